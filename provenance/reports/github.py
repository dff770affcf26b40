"""Findings as workflow commands of GitHub Actions, which the runner turns into annotations of a change.

The runner obeys `::command::` at the start of a line and `##[command]` anywhere in it; both are kept out of every text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from provenance.cleaning import clean_line, counted
from provenance.model import Finding, Severity
from provenance.reports.summary import TOOL, Summary, by_severity, file_of, sentence

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def report(findings: Sequence[Finding], summary: Summary) -> str:
    """One command a finding, one for each input that could not be read, and a closing notice with the counts."""
    lines = [_command(_COMMANDS[finding.severity], _properties(finding), _message(finding)) for finding in findings]
    for failure in summary.failures:
        said = clean_line(f"{failure.message} {failure.advice}".strip())
        lines.append(_command("error", {"file": file_of(failure.locator), "title": failure.code}, said))
    counts = by_severity(findings)
    words = ", ".join(counted(counts[level], level.name.lower()) for level in _COMMANDS)
    lines.append(_command("notice", {"title": TOOL}, f"{counted(summary.records, 'record')} checked: {words}"))
    return "\n".join(lines) + "\n"


def _properties(finding: Finding) -> dict[str, str]:
    named = {"file": file_of(finding.locator), "title": f"{TOOL} {finding.rule}"}
    position = finding.position
    if position:
        numbers = (("line", position.line), ("col", position.column), ("endLine", position.end_line))
        named.update({name: str(value) for name, value in numbers if value is not None})
        if position.end_column is not None and position.end_line == position.line:
            named["endColumn"] = str(position.end_column)
    return named


def _message(finding: Finding) -> str:
    parts = (f"{finding.path or '(record)'}: {sentence(finding)}", finding.remedy)
    return "\n".join(clean_line(part) for part in parts if part)


def _command(name: str, properties: dict[str, str], message: str) -> str:
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {listed}::{_data(message)}"


def _data(text: str) -> str:
    """Escapes of the runner for a message; line feeds survive as `%0A`."""
    return "".join(_escaped(text.replace("##[", "#\\x23["), {"%": "%25", "\r": "%0D", "\n": "%0A"}))


def _property(text: str) -> str:
    """Escapes of the runner for a property."""
    escapes = {"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"}
    return "".join(_escaped(clean_line(text).replace("##[", "#\\x23["), escapes))


def _escaped(text: str, escapes: dict[str, str]) -> Iterator[str]:
    return (escapes.get(character, character) for character in text)
