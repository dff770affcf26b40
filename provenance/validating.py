"""`provenance validate`: records and saved pages in, findings with their places out, one at a time.

    findings, tally = run(["records.jsonl", "pages/"], settings)
    for finding in findings: ...
    text = REPORTERS["sarif"](list_of_findings, tally.summary())

Memory stays with one record or page, and what a collection needs to know of the others: digests of identifiers.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from provenance.batching.contained import Death, contained
from provenance.configuration import Settings
from provenance.errors import OptionError
from provenance.model import Finding, Position, Severity, Unreadable
from provenance.options import Options
from provenance.reports.summary import TOOL, Summary, file_of, fingerprint
from provenance.validation import Collection, baseline, reading, rules, validate_record
from provenance.validation.problems import Problem
from provenance.validation.proof import evidence_problems, is_evidence
from provenance.validation.schemas import read_schema
from provenance.validation.sidecars import MISSING, Sidecars
from provenance.writing import refuse_foreign

_EXCERPTS = 1_000
_EXCERPT_CHARS = 50_000
_SOME_DAY = "2000-01-01"


@dataclass
class Tally:
    """What a run has counted so far; complete when its findings are exhausted."""

    fail_on: Severity
    files: list[str] = field(default_factory=list)
    records: int = 0
    failures: list[Unreadable] = field(default_factory=list)
    known: int = 0
    by_rule: Counter[str] = field(default_factory=Counter)
    by_severity: Counter[Severity] = field(default_factory=Counter)
    excerpts: dict[tuple[str, int], str] = field(default_factory=dict)

    @property
    def findings(self) -> int:
        """How many findings there were, without those that the baseline knows."""
        return self.by_rule.total()

    @property
    def nothing_read(self) -> bool:
        """Whether there were inputs, and none that could be read."""
        return bool(self.failures) and not self.files

    @property
    def failed(self) -> bool:
        """Whether a finding reached the severity to fail on."""
        return self.fail_on > Severity.OFF and any(self.by_severity[s] for s in Severity if s >= self.fail_on)

    def summary(self) -> Summary:
        """The counts as reports want them."""
        return Summary(
            tuple(dict.fromkeys(self.files)),
            self.records,
            tuple(self.failures),
            self.known,
            self.fail_on,
            self.excerpts,
        )

    def statistics(self) -> str:
        """A table of rules by how often they were broken, for `--statistics`."""
        lines = [f"{count:>7}  {rule}" for rule, count in sorted(self.by_rule.items(), key=lambda i: (-i[1], i[0]))]
        return "".join(line + "\n" for line in lines)


def run(paths: Iterable[str], settings: Settings, *, stdin: BinaryIO | None = None) -> tuple[Iterator[Finding], Tally]:
    """Findings of files, folders, addresses and `-`, in input order, without those that the baseline knows.

    Raises `OptionError` or `SchemaError` for settings that cannot be used; never for an input.
    """
    tally = Tally(settings.fail_on)
    checker = _Checker(settings, tally)
    known = baseline.read(settings.baseline) if settings.baseline and settings.baseline.exists() else None
    return _counted(checker.all(paths, stdin), tally, known), tally


def update_baseline(paths: Iterable[str], settings: Settings) -> Tally:
    """Checks everything and writes what was found as the new baseline, unless nothing could be read.

    Raises as `run` does, and `OutputError`.
    """
    if settings.baseline is None:
        raise OptionError("There is no baseline to update.", advice="Name it with --baseline FILE.")
    refuse_foreign(settings.baseline, "baseline")
    findings, tally = run(paths, replace(settings, baseline=None))
    found = [(fingerprint(finding), finding) for finding in findings]
    if not tally.nothing_read:
        baseline.write(settings.baseline, found)
    return tally


def _counted(findings: Iterator[Finding], tally: Tally, known: baseline.Baseline | None) -> Iterator[Finding]:
    for finding in findings:
        if known is not None and known.knows(fingerprint(finding)):
            tally.known += 1
            continue
        tally.by_rule[finding.rule] += 1
        tally.by_severity[finding.severity] += 1
        yield finding


class _Checker:
    """One run: its settings, read once, and what it counts."""

    def __init__(self, settings: Settings, tally: Tally) -> None:
        self.settings = settings
        self.tally = tally
        self.schema = read_schema(settings.schema) if settings.schema else None
        if self.schema is not None:
            from provenance.validation.structure import own_validator

            own_validator(self.schema)  # says at once what is wrong with it
        self.sidecars = Sidecars(settings.evidence) if settings.evidence else None
        self.collection = Collection(settings.rules)

    def all(self, paths: Iterable[str], stdin: BinaryIO | None) -> Iterator[Finding]:
        for path in paths:
            if path == "-":
                yield from self._standard_input(stdin or sys.stdin.buffer)
            elif os.path.isdir(path):
                for name in _record_files(Path(path)):
                    yield from self._items(reading.read_file(name), in_folder=True)
                yield from self._pages(path, in_folder=True)
            elif reading.NAMES.search(path) and "://" not in path:
                yield from self._items(reading.read_file(Path(path)))
            else:
                yield from self._pages(path)

    def _standard_input(self, stdin: BinaryIO) -> Iterator[Finding]:
        """Records or a page, told apart by the first byte; nothing at all is what `extract` writes of no article."""
        import io

        buffered = stdin if isinstance(stdin, io.BufferedReader) else io.BufferedReader(stdin)  # type: ignore[type-var]
        if reading.beginning(buffered).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"", b"{", b"["):
            yield from self._items(reading.read("-", buffered))
        else:
            yield from self._pages("-", buffered)

    # -- records

    def _items(self, items: Iterator[reading.Item], *, in_folder: bool = False) -> Iterator[Finding]:
        for item in items:
            if isinstance(item, Unreadable):
                self._failed(item)
            elif isinstance(item, reading.Broken):
                self.tally.files.append(file_of(item.locator))
                self._excerpt(file_of(item.locator), item.position, item)
                yield from self._told(item.problem, item.locator, item.position)
            elif not in_folder or _is_record(item.record):
                self.tally.files.append(item.file)
                yield from self._record(item)

    def _record(self, item: reading.Loaded) -> Iterator[Finding]:
        if is_evidence(item.record):
            for problem in evidence_problems(item.record):
                yield from self._told(problem, item.locator, item.position(problem.path), item)
            return
        self.tally.records += 1
        for problem in item.problems:
            yield from self._told(problem, item.locator, item.position(""), item)
        evidence = self.sidecars.of(item.record) if self.sidecars else None
        if self.sidecars and evidence is None:
            yield from self._told(MISSING, item.locator, item.position(""), item)
        for finding in (*self._findings(item.record, evidence, item.locator), *self._again(item)):
            position = item.position(finding.path)
            self._excerpt(item.file, position, item.places)
            yield replace(finding, position=position)

    def _again(self, item: reading.Loaded) -> tuple[Finding, ...]:
        """What repeats an earlier record. Only files of records are the collection: pages are what it was made of."""
        return self.collection.add(item.record, item.locator)

    def _findings(
        self, record: Any, evidence: Mapping[str, Any] | None, locator: str, captured: str | None = None
    ) -> tuple[Finding, ...]:
        return validate_record(
            record,
            profile=self.settings.profile,
            evidence=evidence,
            capture_time=captured,
            rules=self.settings.rules,
            schema=self.schema,
            locator=locator,
        )

    # -- pages

    def _pages(self, locator: str, stdin: BinaryIO | None = None, *, in_folder: bool = False) -> Iterator[Finding]:
        from provenance.sources import open_captures

        for item in open_captures(locator, stdin=stdin):
            if isinstance(item, Unreadable):
                if not (in_folder and reading.NAMES.search(item.locator)):  # those were read as records
                    self._failed(item)
                continue
            self.tally.files.append(file_of(item.locator))
            checked = contained(partial(self._checked, item))
            if isinstance(checked, Death):
                advice = "Look at the page; the others are not affected."
                self._failed(Unreadable(item.locator, checked.code, checked.message, advice))
                continue
            findings, records, excerpts, failure = checked
            self.tally.records += records
            self.tally.excerpts.update(excerpts)
            yield from findings
            if failure:
                self._failed(failure)

    def _checked(self, capture: Any) -> tuple[list[Finding], int, dict[Any, str], Unreadable | None]:
        """What a child finds out about one page, and what it counted: its tally is a copy that ends with it."""
        before, shown = self.tally.records, set(self.tally.excerpts)
        findings: list[Finding] = []
        failure = None
        try:
            findings.extend(self._page(capture))
        except Exception as error:  # a hostile page may break any stage; the run goes on
            said = f"could not be processed: {type(error).__name__}"
            failure = Unreadable(capture.locator, "page.failed", said, "Please report the page.")
        excerpts = {key: line for key, line in self.tally.excerpts.items() if key not in shown}
        return findings, self.tally.records - before, excerpts, failure

    def _page(self, capture: Any) -> Iterator[Finding]:
        from provenance.evidence import verify
        from provenance.page import Page
        from provenance.pipeline import process
        from provenance.validation.markup import validate_page
        from provenance.validation.pageplaces import PagePlaces

        page = Page(capture)
        places = PagePlaces(page)
        file = file_of(capture.locator)
        for finding in validate_page(page, rules=self.settings.rules, locator=capture.locator):
            self._excerpt(file, finding.position, places)
            yield finding
        captured = capture.captured if str(capture.captured or "").endswith("Z") else None
        outcome = process(capture, _made_by_the_check(captured))
        if outcome.record is None:
            reason = outcome.refusal.message if outcome.refusal else "it is no article"
            problem = Problem("", f"the page gave no record: {reason}", rule="page/no-record")
            yield from self._told(problem, capture.locator, Position(1))
            return
        self.tally.records += 1
        record, evidence = outcome.record, outcome.evidence or {}
        found = list(self._findings(record, evidence, capture.locator, captured))
        found += [self._levelled(f, capture.locator) for f in verify(page, record, evidence)] if evidence else []
        for finding in {(f.rule, f.path, f.message): f for f in found}.values():
            if finding.severity > Severity.OFF:
                position = places.of_evidence(evidence, finding.path) or Position(1)
                self._excerpt(file, position, places)
                yield replace(finding, position=position)

    def _levelled(self, finding: Finding, locator: str) -> Finding:
        """A finding of the replay with its remedy, and the severity that the user gave to its rule."""
        row = rules.RULES.get(finding.rule)
        level = rules.level_of(finding.rule, self.settings.rules)
        return replace(finding, severity=level, locator=locator, remedy=row.remedy if row else finding.remedy)

    # -- counting

    def _told(
        self, problem: Problem, locator: str, position: Position, item: reading.Loaded | None = None
    ) -> Iterator[Finding]:
        finding = rules.finding(problem, self.settings.rules, locator, position)
        if finding is not None:
            if item is not None:
                self._excerpt(item.file, position, item.places)
            yield finding

    def _failed(self, item: Unreadable) -> None:
        if not item.skipped:
            self.tally.failures.append(item)

    def _excerpt(self, file: str, position: Position | None, source: Any) -> None:
        """Keeps the line of a finding for reports that show it, within bounds."""
        key = (file, position.line) if position else None
        if key and key not in self.tally.excerpts and len(self.tally.excerpts) < _EXCERPTS:
            line = source.line if isinstance(source, reading.Broken) else source.line(key[1])
            if len(line) < _EXCERPT_CHARS:
                self.tally.excerpts[key] = line


def _made_by_the_check(captured: str | None) -> Options:
    """Who makes a page's record, and when, no page can state: the check stands in, so that no profile asks for it."""
    return Options(sd_publisher=TOOL, sd_date=(captured or _SOME_DAY)[:10])


def _record_files(folder: Path) -> Iterator[Path]:
    """Files of records under a folder, sorted by path; hidden folders and the parts of saved pages left out."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not name.endswith("_files"))
        for name in sorted(names):
            if reading.NAMES.search(name) and not name.startswith("."):
                yield Path(parent, name)


def _is_record(value: Any) -> bool:
    """Whether an object found in a folder is meant as a record or as evidence; other JSON is none of our business."""
    return isinstance(value, dict) and (is_evidence(value) or "headline" in value or "@type" in value)


__all__ = ["Tally", "run", "update_baseline"]
