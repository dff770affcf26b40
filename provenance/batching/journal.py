"""The files that a run writes, and the journal by which it can go on after any end.

While a run goes on, each file grows under another name (`NAME.part`). A checkpoint forces them to the disk and then
adds a line to the journal, which says how long each of them is and how many inputs that covers. After a kill, what lies
behind those lengths is cut off and the run goes on from there; so every byte is written as if nothing had happened. At
the end the journal says `finishing`, the parts get their names, and the journal goes. Every step can be done twice.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from provenance.batching.lines import json_line
from provenance.errors import OptionError
from provenance.writing import sync_folder, writing

BUFFER = 256 * 1024
LOCK_SECONDS = 3.0
"""How long to wait for a lock: the workers of a run that was killed let go of it a moment later."""


def locked(path: Path) -> int:
    """An open handle of a file that no other run has, the file made where it is missing. Raises OptionError."""
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_at(handle, path):
                return handle
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                os.close(handle)
                message = f"another run is at work on {path.with_suffix('')}"
                raise OptionError(message, advice="Wait for it, or give another name.") from error
        os.close(handle)
        time.sleep(0.02)


def _is_at(handle: int, path: Path) -> bool:
    """False when the file got another name, or none, between opening and locking."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except FileNotFoundError:
        return False


class Part:
    """A file that grows under the name `PATH.part`."""

    def __init__(self, path: Path, size: int = 0) -> None:
        self.path = path
        self.unfinished = path.with_name(f"{path.name}.part")
        self._buffer = bytearray()
        with writing(self.unfinished):
            self._file = locked(self.unfinished)
            if os.fstat(self._file).st_size < size:
                raise OptionError(f"{self.unfinished} is shorter than its journal says", advice="Give --force.")
            os.ftruncate(self._file, size)
            self.size = os.lseek(self._file, 0, os.SEEK_END)

    def write(self, data: bytes) -> None:
        """Appends. Raises OutputError."""
        self._buffer += data
        if len(self._buffer) > BUFFER:
            self.flush()

    def flush(self) -> None:
        """Hands what was appended to the system. Raises OutputError."""
        with writing(self.path):
            self.size += write_all(self._file, bytes(self._buffer))
        self._buffer.clear()

    def sync(self) -> None:
        """Forces everything to the disk. Raises OutputError."""
        self.flush()
        with writing(self.path):
            os.fsync(self._file)

    def close(self) -> None:
        """Lets go of the file, and of what was not flushed."""
        os.close(self._file)


def write_all(handle: int, data: bytes) -> int:
    """Writes everything, and gives its length. Raises OSError."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]
    return len(data)


class Stream:
    """A stream that somebody reads while it grows, such as standard output."""

    def __init__(self, stream: BinaryIO, path: Path | None = None) -> None:
        self._stream = stream
        self._path = path
        self.size = 0

    @classmethod
    def at(cls, path: Path) -> Stream:
        """The stream that a path stands for. Raises OutputError."""
        with writing(path):
            return cls(open(path, "wb"), path)

    def write(self, data: bytes) -> None:
        """Writes at once. Raises OutputError, and BrokenPipeError when nobody reads any more."""
        with writing(self._path or "the output"):
            self._stream.write(data)
        self.size += len(data)

    def flush(self) -> None:
        """Hands over what was written."""
        with writing(self._path or "the output"):
            self._stream.flush()

    sync = flush

    def close(self) -> None:
        """Lets go of a stream that was opened here; any other belongs to somebody else."""
        if self._path:
            with writing(self._path):
                self._stream.close()


@dataclass(frozen=True, slots=True)
class State:
    """What a journal says. `inputs` are written whole; of the next one, `partial` says how far it came."""

    settings: dict[str, Any]
    inputs: int = 0
    partial: dict[str, Any] | None = None
    sizes: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    finishing: bool = False


def journal_path(output: Path) -> Path:
    """Where the journal of an output lies while its run is unfinished."""
    return output.with_name(f"{output.name}.journal")


class Journal:
    """The file beside the output that says how far a run has come: a line of settings, then a line per checkpoint."""

    def __init__(self, output: Path) -> None:
        self.path = journal_path(output)
        with writing(self.path):
            self._file = locked(self.path)

    def read(self) -> State | None:
        """The state that was written last; None when there is no unfinished run. A torn last line does not count."""
        text = os.pread(self._file, os.fstat(self._file).st_size, 0)
        whole = text[: text.rfind(b"\n") + 1]
        try:
            lines = [json.loads(line) for line in whole.splitlines()]
            state = State(dict(lines[0]), **(lines[-1] if len(lines) > 1 else {})) if lines else None
        except (ValueError, TypeError) as error:
            raise OptionError(
                f"{self.path} cannot be read as a journal", advice="Give --force to begin anew."
            ) from error
        os.ftruncate(self._file, len(whole))
        os.lseek(self._file, 0, os.SEEK_END)
        return state

    def begin(self, settings: dict[str, Any]) -> None:
        """Forgets whatever was noted, and notes the settings of a new run. Raises OutputError."""
        with writing(self.path):
            os.ftruncate(self._file, 0)
            os.lseek(self._file, 0, os.SEEK_SET)
            self._add(settings)
            sync_folder(self.path.parent)

    def write(self, state: State) -> None:
        """Notes how far the run has come. Raises OutputError."""
        facts = {name: getattr(state, name) for name in State.__slots__ if name != "settings"}
        with writing(self.path):
            self._add(facts)

    def _add(self, facts: dict[str, Any]) -> None:
        write_all(self._file, json_line(facts))
        os.fsync(self._file)

    def remove(self) -> None:
        """The run is complete."""
        self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Lets go of the lock."""
        os.close(self._file)


def check_settings(before: dict[str, Any], now: dict[str, Any]) -> None:
    """Raises OptionError when a run would not go on as it began; both values are named."""
    for name in sorted(before | now):
        if before.get(name) != now.get(name):
            raise OptionError(
                f"the unfinished run was made with {name} {before.get(name)!r}, and this one has {now.get(name)!r}",
                advice="Give the same again, or --force to begin anew.",
            )
