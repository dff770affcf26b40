"""A record and its evidence as a table for eyes: value, where it was read, what lost and why."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from provenance.cleaning import clean_line, counted, shorten
from provenance.jsonld import at_pointer

_LOST = 6
_BOLD, _DIM, _RED, _GREEN, _END = "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[32m", "\x1b[0m"


def explain(
    record: Mapping[str, Any],
    evidence: Mapping[str, Any],
    *,
    field: str | None = None,
    colour: bool = False,
    width: int = 100,
) -> str:
    """The table. `field` shows one property only, with every loser; page text is made harmless before it is shown."""
    paint = _Paint(colour)
    lines = [paint(_BOLD, clean_line(evidence["capture"].get("locator", ""))), *_capture(evidence["capture"]), ""]
    for name in _fields(record, evidence, field):
        lines += _field(name, record, evidence, paint, width, None if field else _LOST)
    for note in evidence.get("notes", ()):
        lines.append(paint(_RED, f"note  {note['code']}: ") + clean_line(note["message"]))
    return "\n".join(lines) + "\n"


class _Paint:
    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def __call__(self, style: str, text: str) -> str:
        return f"{style}{text}{_END}" if self.colour else text


def _capture(capture: Mapping[str, Any]) -> Iterator[str]:
    chain = " > ".join(layer["kind"] for layer in capture.get("layers", ()))
    facts = (
        ("form", chain or capture["mediaType"]),
        ("original", capture.get("url", "")),
        ("archive", capture.get("archiveUrl", "")),
        ("captured", capture.get("retrieved", "")),
        ("sha256", capture["sha256"]),
    )
    return (f"  {name:9} {clean_line(str(value))}" for name, value in facts if value)


def _fields(record: Mapping[str, Any], evidence: Mapping[str, Any], field: str | None) -> list[str]:
    if field:
        return [field]
    lost = [entry["path"].split("/")[1] for entry in evidence.get("rejected", ()) if entry["path"] != "/"]
    return list(dict.fromkeys([*(key for key in record if key not in ("@context", "@type")), *lost]))


def _field(
    name: str, record: Mapping[str, Any], evidence: Mapping[str, Any], paint: _Paint, width: int, limit: int | None
) -> Iterator[str]:
    entries = [e for e in evidence["evidence"] if e["path"] == f"/{name}" or e["path"].startswith(f"/{name}/")]
    lost = [e for e in evidence.get("rejected", ()) if e["path"] == f"/{name}"]
    yield paint(_BOLD, name)
    if name not in record:
        yield paint(_DIM, "  (no value)")
    for entry in entries:
        yield from _entry(entry, name, record, paint, width)
    for entry in lost[:limit]:
        text = f'lost "{clean_line(shorten(entry["value"], 60))}": {clean_line(entry["reason"])}'
        yield from _wrapped(paint, _RED, "x", f"{text}  [{entry['rule']}, {entry['source']}]", width)
    if limit is not None and len(lost) > limit:
        yield paint(_DIM, f"    … and {len(lost) - limit} more that lost; see them with --field {name}")


def _entry(entry: Mapping[str, Any], name: str, record: Mapping[str, Any], paint: _Paint, width: int) -> Iterator[str]:
    label = entry["path"][len(name) + 2 :]
    try:
        value = at_pointer(record, entry["path"])
    except LookupError:
        value = ""
    shown = clean_line(shorten(_value(value), 160))
    yield from _wrapped(paint, _GREEN, label or "=", shown, width)
    yield paint(_DIM, f"      {clean_line(where(entry))}")
    for other in entry.get("agrees", ()):
        yield paint(_DIM, f"      agrees: {other['source']}  [{clean_line(other['rule'])}]")


def _wrapped(paint: _Paint, style: str, mark: str, text: str, width: int) -> Iterable[str]:
    lines = textwrap.wrap(text, max(40, width - 4 - len(mark))) or [""]
    head = f"  {paint(style, clean_line(mark))} {lines[0]}"
    return [head, *(f"    {line}" for line in lines[1:])]


def _value(value: Any) -> str:
    if isinstance(value, dict):
        named = (value.get(key) for key in ("name", "url", "dateCreated", "text", "value"))
        digest = (value.get("encoding") or {}).get("sha256", "")
        return str(next(filter(None, named), f"sha256 {digest}" if digest else ""))
    if isinstance(value, list):
        return ", ".join(_value(item) for item in value)
    if isinstance(value, str) and "\n" in value:
        return f"{counted(len(value.split()), 'word')}: {value}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def where(entry: Mapping[str, Any]) -> str:
    """One line on where an entry's value was read, by which rule, and how it was changed."""
    parts = [entry["basis"]]
    if "selector" in entry:
        parts += [entry["source"], _place(entry["selector"])]
    elif "parts" in entry:
        parts += [entry["source"], f"{counted(len(entry['parts']), 'block')} from {_place(entry['parts'][0])}"]
    elif "from" in entry:
        parts.append("from " + ", ".join(entry["from"]))
    parts.append(f"[{entry['rule']}]")
    if entry.get("steps"):
        parts.append("steps: " + ", ".join(entry["steps"]))
    if entry.get("confidence") == "inferred":
        parts.append("inferred")
    return "  ".join(parts)


def _place(selector: Mapping[str, Any]) -> str:
    refined = selector.get("refinedBy")
    listed = refined if isinstance(refined, list) else [refined] if refined else []
    text = str(selector["value"])
    for inner in listed:
        if inner["type"] == "FragmentSelector":
            text += f" {inner['value']}"
        elif inner["type"] == "TextPositionSelector":
            text += f" characters {inner['start']} to {inner['end']}"
    return text
