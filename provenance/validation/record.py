"""The check of a record: JSON Schema, rules across fields, and evidence, told as findings.

    validate_record(record)  ->  (Finding, ...)

Findings have stable rule ids (docs/rules.md) and RFC 6901 pointers into the record, the same that evidence uses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from provenance.cleaning import quoted
from provenance.model import Finding, Severity
from provenance.validation import rules as table
from provenance.validation import structure
from provenance.validation.problems import Problem, Subject


def validate_record(
    record: Any,
    *,
    profile: str = "core",
    evidence: Mapping[str, Any] | None = None,
    capture_time: str | None = None,
    rules: Mapping[str, Severity] | None = None,
    schema: dict[str, Any] | None = None,
    locator: str = "",
) -> tuple[Finding, ...]:
    """Findings of one record, in the order of their paths; empty for a good one.

    `profile` is core, archival or google. `evidence` is the record's sidecar, when its rules shall run too;
    `capture_time` the moment of capture (RFC 3339), when the record does not state it; `rules` a user's severities by
    rule id or family; `schema` a JSON Schema of the user's, checked on top. Raises `OptionError` for an unknown
    profile and `SchemaError` for an unusable schema; never for a record, however broken.
    """
    levels = rules or {}
    if not isinstance(record, dict):
        found = [Problem("", "the record is not a JSON object", quoted(record), rule="record/not-an-object")]
    else:
        found = list(_problems(record, profile, evidence, capture_time, levels, schema))
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
