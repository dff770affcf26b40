"""`provenance verify`: every selector of the evidence is replayed against the captures it speaks of."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from glob import escape, glob
from typing import Any

from provenance.batching.contained import Death, contained
from provenance.cleaning import quoted
from provenance.evidence import record_digest, verify
from provenance.model import Capture, Finding, Unreadable
from provenance.page import Page
from provenance.sources import open_captures
from provenance.validation.problems import Problem
from provenance.validation.proof import evidence_problems, unproven
from provenance.validation.rules import finding

Record = Mapping[str, Any]
Sidecar = Mapping[str, Any]


@dataclass
class Tally:
    """How many records had all their evidence replayed so far; complete when the findings are exhausted."""

    replayed: int = 0


def verify_all(
    records: Iterable[Record],
    evidence: Iterable[Sidecar],
    captures: Iterable[str] = (),
    missed: Callable[[Unreadable], object] = lambda _: None,
) -> tuple[Iterator[Finding], Tally]:
    """Findings over all records and all evidence, and how many records were replayed.

    Captures are found by their digest: in `captures`, which are files, folders or `-`, and nowhere else; where none are
    named, where the evidence says that they were read. What of the named cannot be read goes to `missed`.
    """
    tally = Tally()
    return _findings(records, evidence, tuple(captures), missed, tally), tally


def _findings(
    records: Iterable[Record],
    evidence: Iterable[Sidecar],
    captures: Sequence[str],
    missed: Callable[[Unreadable], object],
    tally: Tally,
) -> Iterator[Finding]:
    known = _Known()
    for entry in evidence:
        problem = next(evidence_problems(entry), None)
        if problem is None:
            known.add(entry)
        else:
            yield from _told(problem, "the evidence")
    waiting: dict[str, list[_Claimed]] = defaultdict(list)
    for record in records:
        name = str(record.get("url") or record.get("@id") or "a record")
        sidecar = known.of(record)
        if sidecar is None:
            problem = Problem("", "there is no evidence for this record", rule="evidence/missing")
            yield from _told(problem, name)
        else:
            waiting[sidecar["capture"]["sha256"]].append(_Claimed(name, record, sidecar))
    found = _named(captures, missed) if captures else _where_read(known.places(waiting), waiting)
    for capture in found:
        for claimed in waiting.pop(capture.sha256, ()):
            tally.replayed += 1
            yield from _replayed(capture, claimed)
    yield from _left(waiting, known)


@dataclass(frozen=True, slots=True)
class _Claimed:
    """One record with its sidecar, waiting for its capture."""

    name: str
    record: Record
    sidecar: Sidecar


@dataclass
class _Known:
    """Sidecars by the digest of their record, since one article can be held in many copies; by @id for a record that
    changed. Of each capture every place where it was read.
    """

    sidecars: list[Sidecar] = field(default_factory=list)
    by_name: dict[str, Sidecar] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def add(self, entry: Sidecar) -> None:
        self.sidecars.append(entry)
        self.by_name.setdefault(entry["record"]["id"], entry)
        self.by_name[entry["record"]["sha256"]] = entry

    def of(self, record: Record) -> Sidecar | None:
        """The evidence of a record."""
        names = [name for name in (record_digest(dict(record)), record.get("@id")) if name and isinstance(name, str)]
        self.asked.update(names)
        return next((self.by_name[name] for name in names if name in self.by_name), None)

    def places(self, digests: Mapping[str, object]) -> Iterator[str]:
        """Files in which the captures of these digests were read."""
        for entry in self.sidecars:
            if entry["capture"]["sha256"] in digests:
                yield from _files_of(entry["capture"].get("locator", ""))
                yield from filter(os.path.isfile, _kept_in(entry["capture"].get("layers", ())))

    def unasked(self) -> Iterator[Sidecar]:
        """Evidence of which no record was given."""
        for entry in self.sidecars:
            if not {entry["record"]["id"], entry["record"]["sha256"]} & self.asked:
                yield entry


def _kept_in(layers: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """WARCs that a fetch was kept in."""
    named = (layer["detail"].get("kept-in") for layer in layers if isinstance(layer.get("detail"), dict))
    yield from (name for name in named if isinstance(name, str) and "\0" not in name)


def _files_of(locator: str) -> Iterator[str]:
    """Files that a locator may name. Behind the file's name a place in it may follow (`x.json#3`); signs of a name that
    are no UTF-8 were written as U+FFFD.
    """
    ends = [i for i, sign in enumerate(locator) if sign == "#"]
    for name in (locator, *(locator[:end] for end in reversed(ends))):
        found = sorted(glob(escape(name).replace("\ufffd", "?"))) if "\ufffd" in name else [name]
        yield from filter(os.path.isfile, found)


def _named(locators: Iterable[str], missed: Callable[[Unreadable], object]) -> Iterator[Capture]:
    """Every capture of the files and folders that were named; no address is fetched."""
    for locator in dict.fromkeys(locators):
        if locator.lower().startswith(("http://", "https://")):
            missed(Unreadable(locator, "input.address", "is an address, and verify fetches none", "Give a saved file."))
            continue
        for item in open_captures(locator):
            if isinstance(item, Unreadable):
                missed(item)
            else:
                yield item


def _where_read(names: Iterable[str], waiting: Mapping[str, object]) -> Iterator[Capture]:
    """Captures of the files that the evidence names, while any is waited for."""
    for name in dict.fromkeys(names):
        if not waiting:
            return
        yield from (item for item in open_captures(name) if not isinstance(item, Unreadable))


def _replayed(capture: Capture, claimed: _Claimed) -> Iterator[Finding]:
    found = contained(lambda: _replay(capture, claimed))
    if isinstance(found, Death):
        yield from _told(_unreplayed(f"the page {found.message}"), claimed.name)
    else:
        yield from found


def _replay(capture: Capture, claimed: _Claimed) -> list[Finding]:
    try:
        page = Page(replace(capture, url=claimed.sidecar["capture"].get("url", capture.url)))
        found = verify(page, dict(claimed.record), claimed.sidecar)
        missing = (p._replace(rule="evidence/missing") for p in unproven(claimed.record, claimed.sidecar))
        told = (finding for problem in missing for finding in _told(problem, claimed.name))
        return [*(replace(finding, locator=claimed.name) for finding in found), *told]
    except Exception as error:  # evidence and page are hostile, and the other records are to be replayed
        return list(_told(_unreplayed(type(error).__name__), claimed.name))


def _unreplayed(reason: str) -> Problem:
    return Problem("", f"the evidence cannot be replayed: {reason}", rule="evidence/does-not-replay")


def _left(waiting: Mapping[str, list[_Claimed]], known: _Known) -> Iterator[Finding]:
    """Records whose capture was not found, and evidence whose record was not given."""
    for digest, claims in waiting.items():
        message = f"no capture with sha256 {digest} was found"
        for claimed in claims:
            yield from _told(Problem("", message, rule="evidence/capture-missing"), claimed.name)
    for entry in known.unasked():
        message = f"no record was given for the evidence of {quoted(entry['capture'].get('locator', ''))}"
        yield from _told(Problem("", message, rule="evidence/without-record"), entry["record"]["id"] or "a record")


def _told(problem: Problem, locator: str) -> Iterator[Finding]:
    told = finding(problem, {}, locator)
    if told is not None:
        yield told


__all__ = ["Tally", "verify_all"]
