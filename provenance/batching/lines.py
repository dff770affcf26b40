"""What one item of a run becomes: a line for each output file, ready to be written."""

from __future__ import annotations

import json
import re
from typing import Any, Literal, NamedTuple

from provenance.model import Finding, Outcome, Unreadable
from provenance.sources.folders import LINK

Kind = Literal["record", "failure", "refused", "skipped"]

BREAKS = {0x2028: "\\u2028", 0x2029: "\\u2029", 0x85: "\\u0085"}
"""Characters that JSON allows in a string and that some readers take for the end of a line."""
SURROGATE = re.compile("[\ud800-\udfff]")
FAILED = ("input.", "limit.", "worker.", "extract.")
"""Beginnings of the codes that say that a page could not be read, where all others say that it is no article."""


class Lines(NamedTuple):
    """One item, written down. `failure` is the line for the failures file; `told` is what a person is told."""

    kind: Kind
    locator: str
    record: bytes = b""
    evidence: bytes = b""
    failure: bytes = b""
    told: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def size(self) -> int:
        """Bytes that it holds in memory, about."""
        return len(self.record) + len(self.evidence) + len(self.failure) + 200


def json_line(value: Any) -> bytes:
    """One line of JSON (RFC 8259), UTF-8, with exactly one line feed, at its end."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(BREAKS) + "\n"
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return SURROGATE.sub("\ufffd", text).encode("utf-8")


def lines_of_outcome(outcome: Outcome) -> Lines:
    """Record and evidence of a page, or why there is none."""
    if outcome.record is None:
        refusal = outcome.refusal
        code, message = (refusal.code, refusal.message) if refusal else ("record.none", "it gave no record")
        kind: Kind = "failure" if code.startswith(FAILED) else "refused"
        return _without_record(kind, outcome.locator, code, message, "", outcome.sha256)
    evidence = json_line(outcome.evidence) if outcome.evidence is not None else b""
    return Lines("record", outcome.locator, json_line(outcome.record), evidence, findings=outcome.findings)


def lines_of_unreadable(item: Unreadable) -> Lines:
    """A failure, or a mere skip, which leaves no line; a person is told of a link only, behind which more may lie."""
    if item.skipped:
        told = f"{item.locator}: {item.message} [{item.code}] {item.advice}" if item.code == LINK else ""
        return Lines("skipped", item.locator, told=told)
    return _without_record("failure", item.locator, item.code, item.message, item.advice)


def _without_record(kind: Kind, locator: str, code: str, message: str, advice: str, sha256: str = "") -> Lines:
    facts = {"kind": kind, "locator": locator, "code": code, "message": message, "advice": advice, "sha256": sha256}
    line = json_line({name: value for name, value in facts.items() if value})
    told = f"{locator}: {message} [{code}] {advice}" if kind == "failure" else f"{locator}: no record: {message}"
    return Lines(kind, locator, failure=line, told=told.rstrip())
