"""The evidence sidecar of one record: for every value where it was read, and every candidate that lost.

One JSON object a record (schemas/evidence.schema.json). An entry speaks for its `path` and all that is below it. Every
selector in it replays: `verify()` reads the capture again and finds the same text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from provenance import __version__
from provenance.model import Candidate, Capture, CapturePlace, Choice, Finding, Match, Note, Severity
from provenance.normalise import Claim, Record
from provenance.options import Options
from provenance.page import Page
from provenance.selectors import ReplayError, Selector, replay, selector

SCHEMA = "https://w3id.org/news-provenance/schema/1/evidence.schema.json"
RULE_SET = "2026.11"
VOCABULARY = "schema.org 30.0"
_RAW = 300
_REJECTED = 200


def evidence_of(
    page: Page,
    record: Record,
    claims: Iterable[Claim],
    choices: Mapping[str, Choice],
    notes: Iterable[Note],
    options: Options,
) -> dict[str, Any]:
    """The sidecar of one record."""
    writer = _Writer(page)
    return {
        "$schema": SCHEMA,
        "record": {"id": record.get("@id", ""), "sha256": record_digest(record)},
        "capture": capture_facts(page.capture, page.charset),
        "activity": activity(options),
        "evidence": [writer.entry(claim) for claim in claims],
        "rejected": [
            writer.rejected(candidate, reason)
            for choice in choices.values()
            for candidate, reason in choice.rejected[:_REJECTED]
        ],
        "notes": [_note(note) for note in notes],
    }


def record_digest(record: Record) -> str:
    """SHA-256 over the record in the form of RFC 8785 (sorted keys, no white space, UTF-8).

    Empty for what has no such form: lone surrogates, NaN, bottomless nesting. No evidence speaks of these.
    """
    try:
        text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()
    except (ValueError, RecursionError):
        return ""


def capture_facts(capture: Capture, charset: str) -> dict[str, Any]:
    """What is known of the captured bytes; nothing of who saved them."""
    facts: dict[str, Any] = {
        "locator": capture.locator,
        "url": capture.url,
        "archiveUrl": capture.archive_url,
        "retrieved": capture.captured,
        "mediaType": capture.media_type,
        "charset": charset,
        "length": len(capture.body),
        "sha256": capture.sha256,
        "layers": [_layer(layer) for layer in capture.layers],
    }
    return {key: value for key, value in facts.items() if value not in (None, "", [])}


def _layer(layer: Any) -> dict[str, Any]:
    facts = {"kind": layer.kind, "url": layer.url, "time": layer.time, "timeKind": layer.time_kind}
    found = {key: value for key, value in facts.items() if value}
    return {**found, "detail": dict(layer.detail)} if layer.detail else found


def activity(options: Options) -> dict[str, Any]:
    """What read the capture: tool, rules, vocabulary and parser, since an XPath belongs to a parser."""
    return {
        "tool": "provenance",
        "version": __version__,
        "ruleSet": RULE_SET,
        "vocabulary": VOCABULARY,
        "parser": _parser(),
        "options": options.stated(),
    }


@cache
def _parser() -> str:
    from lxml import etree

    return f"lxml {etree.__version__}, libxml2 {'.'.join(map(str, etree.LIBXML_VERSION))}"


def _note(note: Note) -> dict[str, str]:
    return {key: value for key, value in (("code", note.code), ("path", note.path), ("message", note.message)) if value}


class _Writer:
    """Writes entries for one page; paths of elements are looked up once."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def entry(self, claim: Claim) -> dict[str, Any]:
        entry: dict[str, Any] = {"path": claim.path, "basis": claim.basis}
        if claim.match is not None:
            entry["source"] = "option" if claim.basis == "supplied" else claim.match.source
            entry.update(self.place(claim.match))
        if claim.parts:
            entry["source"] = claim.parts[0].source
            entry["parts"] = [selector(self.page, part, quote=self.page.is_text) for part in claim.parts]
            entry.update(_raw("\n\n".join(part.text for part in claim.parts)))
        if claim.sources:
            entry["from"] = list(claim.sources)
        entry["rule"] = claim.rule
        if claim.steps:
            entry["steps"] = list(claim.steps)
        if claim.inferred or claim.basis in ("verbatim", "normalised"):
            entry["confidence"] = "inferred" if claim.inferred else "stated"
        if claim.agrees:
            entry["agrees"] = [self.agreeing(candidate) for candidate in claim.agrees]
        return entry

    def place(self, match: Match, *, quote: bool = True) -> dict[str, Any]:
        """Selector and text of a match; nothing for what is composed of the record's own values, or was supplied."""
        if isinstance(match.place, CapturePlace) and match.place.name in ("record", "option"):
            return {}
        return {"selector": selector(self.page, match, quote=quote), **_raw(match.text)}

    def agreeing(self, candidate: Candidate) -> dict[str, Any]:
        found = self.place(candidate.match, quote=False)
        kept = {"selector": found["selector"]} if found else {}
        return {"source": candidate.match.source, "rule": candidate.rule, **kept}

    def rejected(self, candidate: Candidate, reason: str) -> dict[str, Any]:
        match = candidate.match
        return {
            "path": f"/{candidate.field}",
            "value": _shown(candidate.value if candidate.value is not None else match.text),
            "reason": reason,
            "rule": candidate.rule,
            "source": match.source,
            **self.place(match, quote=False),
        }


def _raw(text: str) -> dict[str, str]:
    """Short texts stand as they were read; of long ones, which are often protected, only the digest."""
    if len(text) <= _RAW:
        return {"raw": text}
    return {"digest": "sha256:" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()}


def _shown(value: Any) -> str:
    for name in ("name", "text"):
        value = getattr(value, name, value)
    if hasattr(value, "credit"):
        parts = (value.credit, value.caption, value.url)
        value = next((part.value for part in parts if part is not None), "")
    text = str(value)
    return text if len(text) <= 200 else text[:199] + "…"


# --- replay --------------------------------------------------------------------------------------------------------


def verify(page: Page, record: Record, evidence: Mapping[str, Any]) -> Iterator[Finding]:
    """Findings for every entry that does not lead back to the same text in this page, for values that do not follow
    from that text, and for a changed record."""
    from provenance.following import unfounded

    if evidence["record"]["sha256"] != record_digest(record):
        yield _failed("evidence/record-changed", "", "the record is not the one that this evidence was written for")
    texts: dict[int, str] = {}
    for i, entry in enumerate(evidence["evidence"]):
        text = yield from _replayed(page, entry, entry["path"])
        if text is not None:
            texts[i] = text
        for other in entry.get("agrees", ()):
            yield from _replayed(page, other, entry["path"])
        if not _has(record, entry["path"]):
            yield _failed("evidence/no-such-value", entry["path"], "the evidence speaks of a value that is not there")
    for entry in evidence.get("rejected", ()):
        yield from _replayed(page, entry, entry["path"])
    for path in unfounded(page, record, evidence, texts):
        yield _failed("evidence/value-differs", path, "the value does not follow from the text that was read")


def _replayed(page: Page, entry: Mapping[str, Any], path: str) -> Generator[Finding, None, str | None]:
    """The text that an entry leads to; None, and a finding, where it leads to nothing or to another text."""
    try:
        if "parts" in entry:
            text: str | None = "\n\n".join(replay(page, part) for part in entry["parts"])
        else:
            text = replay(page, entry["selector"]) if "selector" in entry else None
    except ReplayError as error:
        yield _failed("evidence/does-not-replay", path, f"the evidence leads nowhere: {error}")
        return None
    if text is None:
        return None
    digest = "sha256:" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    if ("raw" in entry and entry["raw"] != text) or ("digest" in entry and entry["digest"] != digest):
        yield _failed("evidence/does-not-replay", path, "another text stands at the place that the evidence names")
        return None
    return text


def _has(record: Record, path: str) -> bool:
    from provenance.jsonld import at_pointer

    try:
        at_pointer(record, path)
    except LookupError:
        return False
    return True


def _failed(rule: str, path: str, message: str) -> Finding:
    return Finding(rule, Severity.ERROR, message, path)


__all__ = ["Selector", "evidence_of", "record_digest", "verify"]
