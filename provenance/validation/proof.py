"""Rules between a record and its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from provenance.cleaning import clean_line, quoted, shorten
from provenance.model import Severity
from provenance.validation import structure
from provenance.validation.problems import Problem, Rule, Subject, leaves

_UNPROVEN = ("/@context", "/@type", "/@id", "/sdPublisher", "/sdDatePublished", "/sdLicense", "/archivedAt")
"""Parts that no page states: constants, what is derived from the url, the record's own origin, the capture."""


def _entries(evidence: Mapping[str, Any] | None) -> list[tuple[int, dict[str, Any]]]:
    listed = (evidence or {}).get("evidence")
    if not isinstance(listed, list):
        return []
    return [(i, entry) for i, entry in enumerate(listed) if isinstance(entry, dict) and _is_path(entry)]


def _is_path(entry: dict[str, Any]) -> bool:
    return isinstance(entry.get("path"), str)


def is_evidence(value: Any) -> bool:
    """Whether an object is a sidecar, and no record."""
    return isinstance(value, dict) and (
        str(value.get("$schema", "")).endswith("/evidence.schema.json") or {"evidence", "capture"} <= value.keys()
    )


def evidence_problems(evidence: Any) -> Iterator[Problem]:
    """Problems of a sidecar on its own, with pointers into the sidecar."""
    for problem in structure.problems(evidence, "evidence"):
        yield problem._replace(rule="evidence/form")


def _form(subject: Subject) -> Iterator[Problem]:
    if subject.evidence is not None:
        for problem in evidence_problems(subject.evidence):
            where = f" at {clean_line(shorten(problem.path, 80))}" if problem.path else ""
            yield problem._replace(path="", message=f"the evidence is malformed{where}: {problem.message}")


def _missing(subject: Subject) -> Iterator[Problem]:
    if subject.evidence is not None:
        yield from unproven(subject.record, subject.evidence)


def unproven(record: Mapping[str, Any], evidence: Mapping[str, Any]) -> Iterator[Problem]:
    """Values of a record that its evidence does not speak of."""
    proven = {entry["path"] for _, entry in _entries(evidence)}
    for path, value in leaves(record):
        if path.startswith(_UNPROVEN) or path.endswith(("/@type", "/@id", "/representativeOfPage")):
            continue
        if not _is_authority_detail(path, proven) and not any(above in proven for above in _ancestors(path)):
            yield Problem(path, "the value has no evidence", quoted(value), "an entry with this path")


def _ancestors(path: str) -> Iterator[str]:
    """The pointer itself and every pointer above it."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def _is_authority_detail(path: str, proven: set[str]) -> bool:
    """A party's short form and identifier come with its name from the authority file."""
    head, _, key = path.rpartition("/")
    return key in ("alternateName", "sameAs") and f"{head}/name" in proven


def _dangling(subject: Subject) -> Iterator[Problem]:
    if subject.evidence is None:
        return
    known = {above for path, _ in leaves(subject.record) for above in _ancestors(path)}
    for _, entry in _entries(subject.evidence):
        if entry["path"] and entry["path"] not in known:
            place = quoted(entry["path"], 60)
            yield Problem("", f"there is evidence for {place}, which is not in the record", place)


def _quotation(entry: dict[str, Any]) -> str | None:
    raw = entry.get("raw")
    return raw if isinstance(raw, str) else _exact(entry.get("selector"))


def _exact(selector: Any) -> str | None:
    """The innermost quotation of a selector, to a depth that real selectors do not pass."""
    for _ in range(8):
        if isinstance(selector, list):
            selector = next((s for s in selector if isinstance(s, dict) and s.get("type") == "TextQuoteSelector"), None)
        if not isinstance(selector, dict):
            return None
        if selector.get("type") == "TextQuoteSelector":
            return selector["exact"] if isinstance(selector.get("exact"), str) else None
        selector = selector.get("refinedBy")
    return None


def _other_value(subject: Subject) -> Iterator[Problem]:
    values = {}
    if subject.evidence is not None:
        values = {found.path: found.text for listed in subject.strings.values() for found in listed}
    for _, entry in _entries(subject.evidence):
        exact = _quotation(entry) if entry.get("basis") == "verbatim" else None
        value = values.get(entry["path"])
        if exact is not None and value is not None and _squeezed(exact) != _squeezed(value):
            yield Problem(
                entry["path"],
                f"the evidence quotes {quoted(exact, 60)} and calls it verbatim",
                quoted(value),
                quoted(exact),
            )


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _not_replayed(subject: Subject) -> Iterator[Problem]:
    for path, reason in subject.replayed.items():
        yield Problem(path, f"the evidence does not replay: {clean_line(shorten(reason or '', 100))}")


def _other_record(subject: Subject) -> Iterator[Problem]:
    stated, own = _about(subject).get("id"), subject.text("@id")
    if own and isinstance(stated, str) and stated != own:
        yield Problem("/@id", f"the evidence belongs to {quoted(stated, 60)}", quoted(own), quoted(stated))


def _changed(subject: Subject) -> Iterator[Problem]:
    from provenance.evidence import record_digest

    digest = _about(subject).get("sha256")
    if isinstance(digest, str) and digest != record_digest(dict(subject.record)):
        yield Problem("", "the record was changed after its evidence was written", expected=f"sha256 {quoted(digest)}")


def _about(subject: Subject) -> dict[str, Any]:
    about = (subject.evidence or {}).get("record")
    return about if isinstance(about, dict) else {}


def _other_capture(subject: Subject) -> Iterator[Problem]:
    capture = (subject.evidence or {}).get("capture")
    digest = capture.get("sha256") if isinstance(capture, dict) else None
    stated = [text for _, _, text in subject.among("archivedAt.encoding.sha256")]
    if isinstance(digest, str) and stated and digest not in stated:
        yield Problem(
            "/archivedAt", "no copy of the record has the digest of the evidence's capture", expected=quoted(digest)
        )


_E = Severity.ERROR

ROWS: tuple[Rule, ...] = (
    Rule(
        "evidence/form",
        _E,
        "Evidence has the form of the evidence schema.",
        "Write the evidence again with provenance extract --evidence.",
        _form,
    ),
    Rule(
        "evidence/missing",
        _E,
        "Every value of a record has evidence, its own or that of the object around it.",
        "Extract the record again, or remove the value that was added by hand.",
        _missing,
    ),
    Rule(
        "evidence/no-such-value",
        _E,
        "Evidence speaks of values that are in the record.",
        "Extract the record again: a value was removed by hand.",
        _dangling,
    ),
    Rule(
        "evidence/value-differs",
        _E,
        "A value is what the evidence quotes where it is called verbatim, and follows from it where it was changed.",
        "Restore the quoted value, or extract the record again.",
        _other_value,
    ),
    Rule(
        "evidence/does-not-replay",
        _E,
        "The selectors of the evidence lead back to the same text in the capture.",
        "Check that this is the captured file, byte for byte; then extract the record again.",
        _not_replayed,
    ),
    Rule(
        "evidence/other-record",
        _E,
        "Evidence has the @id of its record.",
        "Pair the record with its own evidence.",
        _other_record,
    ),
    Rule(
        "evidence/record-changed",
        _E,
        "A record is as it was when its evidence was written, by digest (RFC 8785).",
        "Restore the record, or extract it again.",
        _changed,
    ),
    Rule(
        "evidence/other-capture",
        _E,
        "The capture of the evidence is a copy that the record names.",
        "Pair the record with its own evidence, or add the copy to archivedAt.",
        _other_capture,
    ),
    Rule(
        "evidence/capture-missing",
        _E,
        "The capture that the evidence speaks of is at hand.",
        "Name the file or folder that holds it, or check the record without replay.",
    ),
    Rule(
        "evidence/without-record",
        _E,
        "Evidence that is replayed speaks of one of the records that are given.",
        "Give the records that were extracted with it; one was left out, or changed together with its @id.",
    ),
)
