"""What a run is asked to do, and what it is measured by: options, versions, counts."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from provenance import __version__
from provenance.batching.lines import Kind, Lines
from provenance.cleaning import counted
from provenance.errors import ExitStatus
from provenance.limits import LIMITS, Limits
from provenance.model import Capture, Outcome, Severity
from provenance.options import Options
from provenance.sources.guard import FetchOptions
from provenance.writing import is_stream

Process = Callable[[Capture], Outcome]

APART = frozenset({"batching", "commands", "exports", "reports", "reviewing"})
"""Packages that have no bearing on a record."""
FINDINGS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTE: "notes"}
"""Under which name findings of each severity are counted."""
AUTHORITIES = ("agencies.json", "publishers.tsv", "hosts.json")


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """One run. `output` None writes records to the stream that `run` is given; `jobs` is the number of workers.

    `page_seconds` and `limits.worker_bytes` bound one page. `resume` goes on with an unfinished run beside `output`;
    `fresh` throws it away. Every path is written whole: under another name until the run is complete.
    """

    jobs: int = 1
    page_seconds: float = LIMITS.page_seconds
    record: Options = field(default_factory=Options)
    fetch: FetchOptions = field(default_factory=FetchOptions)
    limits: Limits = LIMITS
    output: Path | None = None
    failures: Path | None = None
    evidence: Path | None = None
    keep: Path | None = None
    manifest: Path | None = None
    resume: bool = False
    fresh: bool = False

    def paths(self) -> dict[str, Path]:
        """The files that grow with the run, by stream."""
        named = {"records": self.output, "failures": self.failures, "evidence": self.evidence, "kept": self.keep}
        return {name: path for name, path in named.items() if path is not None}

    @property
    def resumable(self) -> bool:
        """Whether the run leaves a journal behind by which it can go on."""
        return self.output is not None and not is_stream(self.output)

    def files(self) -> Iterator[tuple[str, Path]]:
        """Every file that the run writes, under each name that it has meanwhile, with its kind."""
        grown = [(kind, path) for kind, path in self.paths().items() if not is_stream(path)]
        yield from grown
        yield from ((kind, _with(path, ".part")) for kind, path in grown)
        if self.output is not None and self.resumable:
            yield "journal", _with(self.output, ".journal")
        if self.manifest is not None and not is_stream(self.manifest):
            yield from (("manifest", self.manifest), ("manifest", _with(self.manifest, ".tmp")))
        for path in filter(None, (self.output, self.manifest)):
            yield "inputs", _with(path, ".inputs.part")

    def own_files(self) -> dict[str, bool]:
        """Real paths of everything that the run writes, and whether it is the WARC, which could be a source too."""
        return {os.path.realpath(path): path == self.keep for _, path in self.files()}


def _with(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def settings_of(options: BatchOptions) -> dict[str, Any]:
    """Everything that has a bearing on the output, flat, by name: what a resumed run must have in common."""
    facts: dict[str, Any] = {f"version {name}": value for name, value in versions().items()}
    for group, values in (("option", asdict(options.record)), ("fetch", asdict(options.fetch))):
        facts |= {f"{group} {name}": _plain(value) for name, value in values.items() if name not in ("limits", "hosts")}
    facts |= {f"limit {name}": value for name, value in asdict(options.limits).items()}
    facts["limit page_seconds"] = options.page_seconds
    facts |= {f"file for {name}": str(path.absolute()) for name, path in options.paths().items()}
    return facts


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """Versions of the tool, its rules, its authority tables and the parser."""
    from importlib.metadata import version

    from lxml import etree

    found = {
        "tool": __version__,
        "rules": _digest(sorted(_rule_files())),
        "lxml": ".".join(map(str, etree.LXML_VERSION[:3])),
        "libxml2": ".".join(map(str, etree.LIBXML_VERSION)),
        "trafilatura": version("trafilatura"),
    }
    data = Path(__file__).parent.parent / "data"
    return found | {name: _digest([data / name]) for name in AUTHORITIES if (data / name).exists()}


def _rule_files() -> Iterator[Path]:
    package = Path(__file__).parent.parent
    for path in package.rglob("*"):
        if path.suffix in (".py", ".json", ".tsv", ".txt") and path.relative_to(package).parts[0] not in APART:
            yield path


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"sha256:{digest.hexdigest()[:16]}"


@dataclass(slots=True)
class Counts:
    """Inputs and what came of them. Every item of an input is a record, a failure, a refusal or a skip."""

    inputs: int = 0
    record: int = 0
    failure: int = 0
    refused: int = 0
    skipped: int = 0
    notes: int = 0
    warnings: int = 0
    errors: int = 0

    def add(self, lines: Lines) -> None:
        """Counts one item."""
        kind: Kind = lines.kind
        setattr(self, kind, getattr(self, kind) + 1)
        for finding in lines.findings:
            name = FINDINGS[finding.severity]
            setattr(self, name, getattr(self, name) + 1)

    @property
    def nothing_read(self) -> bool:
        """True where no page at all was read."""
        return not self.record + self.refused

    def stated(self) -> dict[str, int]:
        """As plain numbers."""
        return {item.name: getattr(self, item.name) for item in fields(self)}


@dataclass(frozen=True, slots=True)
class Summary:
    """How a run ended. `stopped_by` is the number of a signal, or None for a run that reached its end."""

    counts: Counts = field(default_factory=Counts)
    stopped_by: int | None = None

    def status(self, fail_on: Severity = Severity.OFF) -> ExitStatus:
        """The exit code; `fail_on` is the least severity that counts as a finding (`OFF` counts none)."""
        if self.stopped_by is not None:
            return ExitStatus(128 + self.stopped_by)
        if self.counts.failure:
            return ExitStatus.INPUT
        found = sum(getattr(self.counts, name) for severity, name in FINDINGS.items() if severity >= fail_on)
        return ExitStatus.FINDINGS if fail_on is not Severity.OFF and found else ExitStatus.OK

    def line(self) -> str:
        """One line for a person."""
        counts = self.counts
        ended = "" if self.stopped_by is None else "interrupted after "
        numbers = [(getattr(counts, name), name.removesuffix("s")) for name in FINDINGS.values()]
        found = ", ".join(counted(number, name) for number, name in numbers if number)
        findings = f"; findings: {found}" if found else ""
        refused = "1 page that is no article" if counts.refused == 1 else f"{counts.refused} pages that are no article"
        return (
            f"{ended}{counted(counts.inputs, 'input')}: {counted(counts.record, 'record')}, "
            f"{counted(counts.failure, 'failure')}, {refused}, {counts.skipped} skipped{findings}"
        )
