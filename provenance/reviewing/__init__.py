"""`provenance report`: records, their evidence and findings as one page for a person, whole in itself.

    for piece in review("records.jsonl", evidence=Path("evidence.jsonl")):
        out.write(piece)

The page loads nothing, runs nothing and needs no network: photographs are named, not shown. It is written piece by
piece, so that memory stays flat over a collection of any size; the counts stand at its end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO

from provenance.model import Finding, Severity, Unreadable
from provenance.reviewing.markup import Html, element
from provenance.reviewing.sheet import sheet
from provenance.validation import reading, schemas, validate_record
from provenance.validation.proof import evidence_problems, is_evidence
from provenance.validation.rules import finding
from provenance.validation.sidecars import MISSING, Sidecars

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Content Security Policy Level 3: should a text ever get through as markup, it can still load and run nothing."""


def review(
    records: Iterable[str],
    *,
    evidence: Path | None = None,
    profile: str = "core",
    rules: Mapping[str, Severity] | None = None,
    stdin: BinaryIO | None = None,
    missed: Callable[[Unreadable], object] = lambda item: None,
) -> Iterator[str]:
    """The page in pieces. `records` are files of records or `-`; a line that is none is told in its place, and `missed`
    hears of it.

    Raises `OptionError` when the evidence cannot be read or the profile is unknown; never for a record.
    """
    profile = schemas.profile(profile)
    sidecars = Sidecars(evidence) if evidence else None
    severities: Counter[str] = Counter()
    broken_rules: Counter[str] = Counter()
    count = 0
    yield _head()
    for item in (item for path in records for item in reading.read(path, stdin)):
        if not isinstance(item, reading.Loaded):
            unread = item.unreadable() if isinstance(item, reading.Broken) else item
            missed(unread)
            severities["not read"] += 1
            said = f"{unread.locator}: {unread.message} [{unread.code}] {unread.advice}"
            yield element("p", said, class_="error") + "\n"
        elif not is_evidence(item.record):
            count += 1
            if not isinstance(item.record, dict):
                missed(reading.no_record(item))
            beside, missing = _evidence(item, sidecars, rules or {})
            found = missing + validate_record(
                item.record, profile=profile, evidence=beside, rules=rules, locator=item.locator
            )
            severities.update(f.severity.name.lower() for f in found)
            broken_rules.update(f.rule for f in found)
            yield sheet(_object(item.record), beside, found, count) + "\n"
    yield _foot(count, severities, broken_rules)


def _evidence(
    item: reading.Loaded, sidecars: Sidecars | None, levels: Mapping[str, Severity]
) -> tuple[Mapping[str, Any] | None, tuple[Finding, ...]]:
    """The evidence of a record where it can be used, or a finding that says why not."""
    if sidecars is None:
        return None, ()
    beside = sidecars.of(item.record)
    problems = list(evidence_problems(beside)) if beside else [MISSING]
    told = tuple(f for f in (finding(p, levels, item.locator) for p in problems) if f is not None)
    return (None if problems else beside), told


def _object(record: object) -> Mapping[str, object]:
    return record if isinstance(record, dict) else {}


def _head() -> str:
    style = Html(files("provenance.data").joinpath("review.css").read_text("utf-8"))
    head = element(
        "head",
        element("meta", charset="utf-8"),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="robots", content="noindex"),
        element("title", "Records for review"),
        element("style", style),
    )
    jump = element("p", element("a", "Counts of records and findings", href="#counts"))
    return f'<!doctype html>\n<html lang="en">{head}\n<body><h1>Records for review</h1>{jump}\n<main>\n'


def _foot(count: int, severities: Counter[str], broken: Counter[str]) -> str:
    facts = [("records", count), *sorted(severities.items())]
    rows = (element("tr", element("th", rule, scope="row"), element("td", str(n))) for rule, n in broken.most_common())
    counted = element("p", ", ".join(f"{name}: {n}" for name, n in facts))
    table = element("table", element("caption", "Findings by rule"), element("tbody", *rows)) if broken else None
    return "</main>\n" + element("footer", element("h2", "Counts"), counted, table, id="counts") + "\n</body></html>\n"


__all__ = ["review"]
