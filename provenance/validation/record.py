"""The check of a record: JSON Schema, rules across fields, and evidence, told as findings.

    validate_record(record)  ->  (Finding, ...)

Findings have stable rule ids (docs/rules.md) and RFC 6901 pointers into the record, the same that evidence uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any

from provenance.cleaning import clean_line, quoted, shorten
from provenance.model import Finding, Note, Severity
from provenance.validation import rules as table
from provenance.validation import structure
from provenance.validation.problems import Problem, Subject
from provenance.validation.reported import noted


def validate_record(
    record: Any,
    *,
    profile: str = "core",
    evidence: Mapping[str, Any] | None = None,
    capture_time: str | None = None,
    rules: Mapping[str, Severity] | None = None,
    schema: dict[str, Any] | None = None,
    locator: str = "",
    notes: Iterable[Note] = (),
) -> tuple[Finding, ...]:
    """Findings of one record, in the order of their paths; empty for a good one.

    `profile` is core, archival or google. `evidence` is the record's sidecar, when its rules shall run too;
    `capture_time` the moment of capture (RFC 3339), when the record does not state it; `rules` a user's severities by
    rule id or family; `schema` a JSON Schema of the user's, checked on top; `notes` are those on a page that was just
    read, which its evidence will hold. Raises `OptionError` for an unknown
    profile and `SchemaError` for an unusable schema; never for a record, however broken.
    """
    levels = rules or {}
    if not isinstance(record, dict):
        found = [Problem("", "the record is not a JSON object", quoted(record), rule="record/not-an-object")]
    else:
        found = [*_problems(record, profile, evidence, capture_time, levels, schema), *noted(record, notes)]
    told = (table.finding(problem, levels, locator) for problem in found)
    return tuple(finding for finding in told if finding is not None)


def _problems(
    record: dict[str, Any],
    profile: str,
    evidence: Mapping[str, Any] | None,
    captured: str | None,
    levels: table.Levels,
    schema: dict[str, Any] | None,
) -> Iterator[Problem]:
    yield from structure.problems(record, profile)
    if schema is not None:
        yield from structure.problems_by(record, schema)
    yield from table.across(Subject(record, evidence, captured), levels)


class Collection:
    """What a collection has seen so far: feed it record after record.

    Of each record only digests of its identifiers and its place are kept, about 300 bytes.
    """

    def __init__(self, rules: Mapping[str, Severity] | None = None) -> None:
        self._levels = rules or {}
        self._seen: dict[bytes, str] = {}

    def add(self, record: Any, locator: str) -> tuple[Finding, ...]:
        """Findings of a record that repeats the @id or url of an earlier one."""
        if not isinstance(record, dict):
            return ()
        same_id = self._again("@id", record, locator)
        same_url = None if same_id else self._again("url", record, locator)
        told = [table.finding(problem, self._levels, locator) for problem in (same_id, same_url) if problem]
        return tuple(finding for finding in told if finding is not None)

    def _again(self, name: str, record: dict[str, Any], locator: str) -> Problem | None:
        value = record.get(name)
        if not isinstance(value, str):
            return None
        key = blake2b(f"{name}={value}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
        first = self._seen.get(key)
        if first is None:
            self._seen[key] = locator
            return None
        rule = "collection/same-id" if name == "@id" else "collection/same-url"
        message = f"{name} is that of another record, {clean_line(shorten(first, 120))}"
        return Problem(f"/{name}", message, quoted(value), f"another {name}", rule)


def validate_collection(
    records: Iterable[tuple[str, Any]], *, rules: Mapping[str, Severity] | None = None
) -> Iterator[Finding]:
    """Findings of what occurs twice among (locator, record) pairs, as they stream by."""
    seen = Collection(rules)
    for locator, record in records:
        yield from seen.add(record, locator)
