"""Findings as SARIF 2.1.0 (OASIS Standard, 2020), which code hosts show beside the lines of a change."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from provenance.cleaning import clean_line
from provenance.model import Finding, Position, Severity
from provenance.reports.summary import (
    HOME,
    TOOL,
    VERSION,
    Summary,
    file_of,
    fingerprint,
    rule_address,
    sentence,
)
from provenance.validation.rules import RULES

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note", Severity.OFF: "none"}


def report(findings: Sequence[Finding], summary: Summary) -> str:
    """One run with its rules, results and, for inputs that could not be read, notifications."""
    used = sorted({finding.rule for finding in findings})
    index = {rule: i for i, rule in enumerate(used)}
    run = {
        "tool": {
            "driver": {
                "name": TOOL,
                "version": VERSION,
                "informationUri": HOME,
                "rules": [_rule(rule) for rule in used],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(summary)],
        "results": [_result(finding, index) for finding in findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _rule(rule: str) -> dict[str, Any]:
    known = RULES.get(rule)
    described: dict[str, Any] = {"id": rule, "helpUri": rule_address(rule)}
    if known:
        described["shortDescription"] = {"text": known.sentence}
        described["help"] = {"text": known.remedy}
        described["defaultConfiguration"] = {"level": _LEVELS[known.severity]}
    return described


def _invocation(summary: Summary) -> dict[str, Any]:
    notices = [
        {
            "level": "error",
            "message": {"text": clean_line(f"{item.message} {item.advice}".strip())},
            "descriptor": {"id": item.code},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(file_of(item.locator))}}}],
        }
        for item in summary.failures
    ]
    return {"executionSuccessful": not notices, "toolExecutionNotifications": notices}


def _result(finding: Finding, index: Mapping[str, int]) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(file_of(finding.locator))}}
    if finding.position:
        location["region"] = _region(finding.position)
    place = {"fullyQualifiedName": f"{finding.locator}{finding.path}", "kind": "member"}
    return {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": clean_line(sentence(finding))},
        "locations": [{"physicalLocation": location, "logicalLocations": [place]}],
        "partialFingerprints": {"finding/v1": fingerprint(finding)},
    }


def _region(position: Position) -> dict[str, int]:
    named = (
        ("startLine", position.line),
        ("startColumn", position.column),
        ("endLine", position.end_line),
        ("endColumn", position.end_column),
    )
    return {name: value for name, value in named if value is not None}


def _uri(path: str) -> str:
    """A relative reference for a path, an absolute one for an absolute path (RFC 3986, RFC 8089)."""
    if path.startswith(("http://", "https://")):
        return quote(path.encode("utf-8", "replace"), safe="/:?#[]@!$&'()*+,;=%~")
    escaped = quote(_bytes_of(path.replace(os.sep, "/")), safe="/~")
    return f"file://{escaped}" if escaped.startswith("/") else escaped.removeprefix("./")


def _bytes_of(path: str) -> bytes:
    """The name as the file system has it; a name that never came from there is written as it can be."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return path.encode("utf-8", "replace")
