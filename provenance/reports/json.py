"""Findings as one JSON object, for programs. The form is versioned: a breaking change changes `version`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from provenance.model import Finding, Severity
from provenance.reports.summary import HOME, TOOL, VERSION, Summary, by_severity, file_of, fingerprint

FORM = "1"


def report(findings: Sequence[Finding], summary: Summary) -> str:
    """The report, ASCII only, so that nothing in it can disturb a terminal or a line-based reader."""
    counts = by_severity(findings)
    document = {
        "version": FORM,
        "tool": {"name": TOOL, "version": VERSION, "url": HOME},
        "summary": {
            "files": len(summary.files),
            "records": summary.records,
            "errors": counts[Severity.ERROR],
            "warnings": counts[Severity.WARNING],
            "notes": counts[Severity.NOTE],
            "known": summary.known,
            "failures": len(summary.failures),
            "failed": any(map(summary.fails, findings)),
        },
        "findings": [_finding(finding) for finding in findings],
        "failures": [
            {"locator": item.locator, "code": item.code, "message": item.message, "advice": item.advice}
            for item in summary.failures
        ],
    }
    return json.dumps(document, indent=1, allow_nan=False) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    found: dict[str, Any] = {
        "rule": finding.rule,
        "severity": finding.severity.name.lower(),
        "message": finding.message,
        "file": file_of(finding.locator),
        "locator": finding.locator,
        "path": finding.path,
        "found": finding.found,
        "expected": finding.expected,
        "remedy": finding.remedy,
        "fingerprint": fingerprint(finding),
    }
    position = finding.position
    if position:
        named = (
            ("line", position.line),
            ("column", position.column),
            ("endLine", position.end_line),
            ("endColumn", position.end_column),
        )
        found["position"] = {name: value for name, value in named if value is not None}
    return found
