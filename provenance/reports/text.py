"""Findings for a person at a terminal: grouped by file, with the offending line, coloured on request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from provenance.cleaning import clean_line, counted
from provenance.model import Finding, Position, Severity
from provenance.reports.summary import Summary, by_file, by_severity, sentence

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_WIDTH = 100


def report(findings: Sequence[Finding], summary: Summary, *, colour: bool = False) -> str:
    """The report. Nothing in it can move a cursor or start a command of a CI service."""
    lines: list[str] = []
    for file, group in by_file(findings).items():
        lines.append(_styled(f"── {_shown(file)}", "1", colour))
        for finding in group:
            lines.extend(_lines(finding, file, summary, colour))
        lines.append("")
    lines.extend(_failures(summary, colour))
    lines.append(_total(findings, summary))
    return "\n".join(lines) + "\n"


def _shown(text: str) -> str:
    """Cleaned, and `##[` broken, which the runner of GitHub Actions obeys anywhere in a line."""
    return clean_line(text).replace("##[", "#\\x23[")


def _styled(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def _lines(finding: Finding, file: str, summary: Summary, colour: bool) -> Iterator[str]:
    level = _styled(f"{finding.severity.name.lower():<7}", _COLOURS.get(finding.severity, "0"), colour)
    place = _place(finding, file)
    yield f"   {place:<8} {level}  {_shown(finding.rule)}  {_shown(finding.path) or '(record)'}"
    yield f"            {_shown(sentence(finding))}"
    position = finding.position
    if position and (file, position.line) in summary.excerpts:
        yield from _excerpt(summary.excerpts[file, position.line], position, colour)
    if finding.remedy:
        yield f"            {_styled('→ ' + _shown(finding.remedy), '2', colour)}"


def _place(finding: Finding, file: str) -> str:
    if finding.position:
        return f"{finding.position.line}:{finding.position.column}"
    return _shown(finding.locator[len(file) :]) or "-"


def _excerpt(line: str, position: Position, colour: bool) -> Iterator[str]:
    """The part of the line around the finding, and marks below it."""
    start = max(0, position.column - 1 - _WIDTH // 3)
    same_line = position.end_line == position.line and position.end_column
    end = position.end_column - 1 if same_line and position.end_column else len(line)
    part = line[start : start + _WIDTH]
    head, body = part[: position.column - 1 - start], part[position.column - 1 - start : end - start]
    tail = part[len(head) + len(body) :]
    cut = "…" if start else ""
    shown = [_shown(piece.replace("\t", " ")) for piece in (head, body, tail)]
    number = f"{position.line:>8} | "
    yield _styled(number, "2", colour) + cut + "".join(shown) + ("…" if start + _WIDTH < len(line) else "")
    yield (
        " " * (len(number) - 2) + "| " + " " * len(cut + shown[0]) + _styled("^" * max(1, len(shown[1])), "31", colour)
    )


def _failures(summary: Summary, colour: bool) -> Iterator[str]:
    for failure in summary.failures:
        words = f"{failure.locator}: {failure.message} [{failure.code}] {failure.advice}".rstrip()
        yield _styled("── not read ", "31", colour) + _shown(words)
    if summary.failures:
        yield ""


def _total(findings: Sequence[Finding], summary: Summary) -> str:
    counts = by_severity(findings)
    parts = [f"{counted(summary.records, 'record')} checked"]
    parts += [counted(counts[level], level.name.lower()) for level in (Severity.ERROR, Severity.WARNING, Severity.NOTE)]
    if summary.known:
        parts.append(f"{summary.known} known from the baseline")
    if summary.failures:
        parts.append(f"{len(summary.failures)} not read")
    return ", ".join(parts) + "."
