"""One record as a part of a review sheet: its values, where each was read, what lost, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from provenance.cleaning import counted, shorten
from provenance.explaining import where
from provenance.jsonld import at_pointer
from provenance.model import Finding
from provenance.reviewing.markup import Html, element, link

Record = Mapping[str, Any]

_LONG = 600
_LOST = 12
_UNTOLD = frozenset({"@context", "@type"})
_LEVELS = {1: "note", 2: "warning", 3: "error"}


def sheet(record: Record, evidence: Mapping[str, Any] | None, findings: Sequence[Finding], number: int) -> Html:
    """The part for one record. `number` is its place in the input, from 1, and its anchor (`#r1`)."""
    language = record.get("inLanguage")
    title = element("h2", str(record.get("headline") or "(no headline)"), lang=_tag(language), dir="auto")
    return element(
        "article",
        element("p", f"{number}", class_="number"),
        title,
        element("p", str(record["creditText"]), class_="credit", dir="auto") if record.get("creditText") else None,
        _findings(findings),
        _table(record, evidence),
        id=f"r{number}",
    )


def _tag(language: object) -> str | None:
    return language if isinstance(language, str) else None


def _findings(findings: Sequence[Finding]) -> Html | None:
    if not findings:
        return None
    told = (
        element(
            "li",
            element("strong", _LEVELS.get(int(f.severity), "note")),
            f" {f.path or '(record)'}: {f.message} ",
            element("code", f.rule),
            f" {f.remedy}" if f.remedy else None,
            class_=_LEVELS.get(int(f.severity), "note"),
        )
        for f in findings
    )
    return element("ul", *told, class_="findings")


def _table(record: Record, evidence: Mapping[str, Any] | None) -> Html:
    head = element("tr", *(element("th", name, scope="col") for name in ("property", "value", "where it was read")))
    rows = (_row(name, record, evidence or {}) for name in _names(record, evidence or {}))
    return element("table", element("thead", head), element("tbody", *rows))


def _names(record: Record, evidence: Mapping[str, Any]) -> list[str]:
    """Properties of the record, then those for which there were only losers."""
    lost = (_first(entry["path"]) for entry in evidence.get("rejected", ()))
    return [name for name in dict.fromkeys((*record, *lost)) if name and name not in _UNTOLD]


def _first(pointer: str) -> str:
    return pointer.split("/")[1] if pointer.startswith("/") else ""


def _row(name: str, record: Record, evidence: Mapping[str, Any]) -> Html:
    value = record.get(name)
    told = [_entry(entry, record) for entry in _entries(name, evidence)]
    lost = [entry for entry in evidence.get("rejected", ()) if _first(entry["path"]) == name]
    return element(
        "tr",
        element("th", name, scope="row"),
        element("td", *(_value(value) if name in record else (element("em", "no value"),)), dir="auto"),
        element("td", *told, _lost(lost)),
    )


def _entries(name: str, evidence: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [entry for entry in evidence.get("evidence", ()) if _first(entry["path"]) == name]


def _entry(entry: Mapping[str, Any], record: Record) -> Html:
    inner = entry["path"].split("/", 2)[2:]
    label = f"{inner[0]}: " if inner else ""
    value = _plain(_at(record, entry["path"])) if inner else ""
    agreeing = entry.get("agrees", ())
    return element(
        "p",
        element("b", label + shorten(value, 120)) if inner else None,
        element("br") if inner else None,
        where(entry),
        element("br") if agreeing else None,
        "agrees: " + ", ".join(f"{other['source']} [{other['rule']}]" for other in agreeing) if agreeing else None,
        class_="inferred" if entry.get("confidence") == "inferred" else None,
    )


def _at(record: Record, pointer: str) -> Any:
    try:
        return at_pointer(record, pointer)
    except LookupError:
        return ""


def _lost(lost: Sequence[Mapping[str, Any]]) -> Html | None:
    if not lost:
        return None
    items = [
        element("li", f'"{shorten(str(e["value"]), 120)}": {e["reason"]} [{e["rule"]}, {e["source"]}]')
        for e in lost[:_LOST]
    ]
    if len(lost) > _LOST:
        items.append(element("li", f"and {len(lost) - _LOST} more"))
    return element("details", element("summary", f"{len(lost)} lost"), element("ul", *items))


def _value(value: Any) -> Iterator[Html]:
    """A value for eyes: parties by name, images by caption and credit, addresses as links, long text folded."""
    match value:
        case str() if len(value) > _LONG:
            paragraphs = (element("p", part) for part in value.split("\n\n"))
            summary = element("summary", f"{counted(len(value.split()), 'word')}: {shorten(value[:400], 120)}")
            yield element("details", summary, *paragraphs)
        case str():
            yield link(value)
        case list():
            yield element("ul", *(element("li", *_value(item)) for item in value))
        case dict():
            yield from _object(value)
        case _:
            yield element("span", str(value).lower() if isinstance(value, bool) else str(value))


def _object(value: Mapping[str, Any]) -> Iterator[Html]:
    if value.get("@type") in ("Person", "Organization") and value.get("name"):
        yield element("span", str(value["name"]), " ", element("small", ", ".join(_about(value))))
        return
    pairs: Iterable[tuple[str, Any]] = ((key, inner) for key, inner in value.items() if not key.startswith("@"))
    yield element("dl", *(part for key, inner in pairs for part in (element("dt", key), element("dd", *_value(inner)))))


def _about(party: Mapping[str, Any]) -> Iterator[str]:
    yield str(party["@type"])
    for key in ("alternateName", "jobTitle", "affiliation", "sameAs"):
        if party.get(key):
            yield _plain(party[key])


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("name") or value.get("url") or value.get("contentUrl") or "")
    if isinstance(value, list):
        return ", ".join(_plain(item) for item in value)
    return str(value)
