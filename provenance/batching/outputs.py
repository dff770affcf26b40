"""All outputs of one run together: what is written where, checkpoints, and the end."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from provenance.batching.journal import Journal, Part, State, Stream, check_settings
from provenance.batching.lines import Lines, json_line
from provenance.batching.settings import BatchOptions, Counts, settings_of
from provenance.batching.window import Slot
from provenance.errors import OptionError, OutputError
from provenance.writing import is_stream, refuse_existing, sync_folder, writing

CHECKPOINT_ITEMS = 500
CHECKPOINT_SECONDS = 10.0
STREAMS = ("records", "failures", "evidence", "kept", "inputs")
"""In the order in which finished files get their names."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where a run begins: inputs that are done already, how far the next one came, and what was counted."""

    inputs: int
    partial: dict[str, Any] | None
    counts: Counts


class Outputs:
    """The files of a run; `begun` when its journal tells of anything that was done.

    Raises OptionError when they are another run's, OutputError when they cannot be written.
    """

    def __init__(self, options: BatchOptions, stream: BinaryIO | None) -> None:
        self._options = options
        self._parts: dict[str, Part | Stream] = {}
        file = options.output if options.resumable else None
        if file is None and options.resume:
            raise OptionError("a run into a stream cannot be resumed", advice="Name a file with -o.")
        self._journal = Journal(file) if file else None
        self.own_files = options.own_files()
        self.settings = settings_of(options) if options.output or options.manifest else {}
        before: State | None = None
        try:
            if self._journal:
                before = self._before(self._journal)
            else:
                self._anew()
            self._finishing = bool(before and before.finishing)
            if not self._finishing:
                self._open(before.sizes if before else {}, stream)
        except OutputError:
            if self._journal and not before:
                self._journal.remove()
            self.close()
            raise
        except OptionError:
            self.close()
            raise
        self.begun = before is not None
        counts = Counts(**before.counts) if before else Counts()
        self.start = Start(before.inputs if before else 0, before.partial if before else None, counts)
        self._kept = bool(before and before.sizes.get("kept"))
        self._since = 0
        self._saved = time.monotonic()

    def _before(self, journal: Journal) -> State | None:
        """What an unfinished run left, if this one goes on with it."""
        before = None if self._options.fresh else journal.read()
        if before is None:
            try:
                self._anew()
            except OptionError:
                journal.remove()
                raise
            journal.begin(self.settings)
            return None
        if not self._options.resume:
            raise OptionError(
                f"{journal.path} tells of an unfinished run",
                advice="Give --resume to go on with it, or --force to begin anew.",
            )
        check_settings(before.settings, self.settings)
        return before

    def _anew(self) -> None:
        """Refuses a WARC that a new run would replace: what it keeps cannot be fetched again."""
        if not self._options.fresh:
            refuse_existing(self._options.keep, "Give --force to replace it, or another name.")

    def _open(self, sizes: dict[str, int], stream: BinaryIO | None) -> None:
        paths = self._options.paths()
        if self._journal or self._options.manifest:
            paths["inputs"] = inputs_path(self._options)
        for name, path in paths.items():
            self._parts[name] = Stream.at(path) if is_stream(path) else Part(path, sizes.get(name, 0))
        if "records" not in paths and stream is not None:
            self._parts["records"] = Stream(stream)

    @property
    def lists(self) -> bool:
        """Whether finished inputs are listed with their digests."""
        return "inputs" in self._parts

    def state(self) -> State:
        """The state at the start."""
        return State(self.settings, self.start.inputs, self.start.partial, counts=self.start.counts.stated())

    @property
    def complete(self) -> bool:
        """True when an earlier run wrote everything and was ended while it gave the files their names."""
        return self._finishing

    def done_inputs(self) -> Iterator[dict[str, Any]]:
        """What is noted of each input that an earlier run finished."""
        if self.start.inputs:
            with open(_unfinished(inputs_path(self._options)), encoding="utf-8") as file:
                for _ in range(self.start.inputs):
                    yield json.loads(file.readline())

    def write(self, lines: Lines) -> None:
        """One item."""
        for name, data in (("records", lines.record), ("evidence", lines.evidence), ("failures", lines.failure)):
            if data and name in self._parts:
                self._parts[name].write(data)
        self._since += 1

    def write_kept(self, data: bytes) -> None:
        """WARC records of one input, behind the one that opens the file."""
        if data and "kept" in self._parts:
            self._parts["kept"].write(data if self._kept else _warcinfo(self._options) + data)
            self._kept = True

    def write_input(self, slot: Slot) -> None:
        """An input is finished."""
        if "inputs" in self._parts:
            size, modified, digest = slot.facts or (None, None, None)
            facts = {"locator": slot.locator, "bytes": size, "sha256": digest, **slot.counts, "modified": modified}
            self._parts["inputs"].write(json_line({name: value for name, value in facts.items() if value is not None}))
        self._since += 1

    def flush(self) -> None:
        """Lets readers of a stream see what was written."""
        if isinstance(self._parts.get("records"), Stream):
            self._parts["records"].flush()

    def due(self) -> bool:
        """Whether it is time for a checkpoint."""
        late = time.monotonic() - self._saved > CHECKPOINT_SECONDS
        return self._journal is not None and bool(self._since) and (late or self._since >= CHECKPOINT_ITEMS)

    def checkpoint(self, state: State) -> None:
        """Forces everything to the disk, then says so in the journal."""
        for part in self._parts.values():
            part.sync()
        if self._journal:
            self._journal.write(replace(state, sizes={name: part.size for name, part in self._parts.items()}))
        self.begun = True
        self._since = 0
        self._saved = time.monotonic()

    def finish(self, state: State, manifest: Callable[[State, Path], None]) -> None:
        """Gives every file its name. `manifest` writes the manifest from the list of inputs."""
        if not self._finishing:
            self.checkpoint(replace(state, finishing=True))
        inputs = _unfinished(inputs_path(self._options))
        if self._options.manifest and inputs.exists():
            manifest(state, inputs)
        paths = self._options.paths()
        for name in STREAMS:
            path = paths.get(name)
            if path is not None and not is_stream(path) and _unfinished(path).exists():
                with writing(path):
                    _named(name, _unfinished(path), path, Counts(**state.counts))
                    sync_folder(path.parent)
        inputs.unlink(missing_ok=True)
        if self._journal:
            self._journal.remove()

    def abandon(self, keep: bool) -> None:
        """The end of a run that nothing can go on with: what there is gets its name, or is thrown away."""
        for name, part in self._parts.items():
            if isinstance(part, Part) and part.path != inputs_path(self._options) and keep:
                part.sync()
                with writing(part.path):
                    _named(name, part.unfinished, part.path, Counts())
            elif isinstance(part, Part):
                part.unfinished.unlink(missing_ok=True)
        if self._journal:
            self._journal.remove()

    @property
    def resumable(self) -> bool:
        """Whether there is a journal."""
        return self._journal is not None

    def close(self) -> None:
        """Lets go of all files."""
        for part in self._parts.values():
            part.close()
        self._parts.clear()
        if self._journal:
            self._journal.close()


def inputs_path(options: BatchOptions) -> Path:
    """The list of finished inputs, which lives as long as the run."""
    named = [path for path in (options.output, options.manifest) if path is not None and not is_stream(path)]
    beside = named[0] if named else Path(tempfile.gettempdir(), f"provenance-{os.getpid()}")
    return beside.with_name(f"{beside.name}.inputs")


def _warcinfo(options: BatchOptions) -> bytes:
    from provenance.sources.keeping import warcinfo_member

    return warcinfo_member(options.keep.name if options.keep else "", options.fetch)


def _named(name: str, unfinished: Path, path: Path, counts: Counts) -> None:
    """Gives a finished file its name, if it is to have it."""
    if is_nothing(name, unfinished, path, counts):
        unfinished.unlink()
    else:
        os.replace(unfinished, path)


def is_nothing(name: str, unfinished: Path, path: Path, counts: Counts) -> bool:
    """Whether a finished file takes no place. A WARC in which no server answered is none; and the records of a run that
    could read nothing (a mistyped path, a disk that is not there) take no other's place."""
    if unfinished.stat().st_size:
        return False
    return name == "kept" or (name in ("records", "evidence") and path.exists() and counts.nothing_read)


def _unfinished(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")
