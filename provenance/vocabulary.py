"""schema.org terms that news pages use: where a property belongs, what it may hold, and what replaced it.

The table is data/vocabulary.json: facts of release 30.1, compared in a test with an independent copy of the vocabulary.
It is complete for the types listed under `complete`; of other types it knows too little to judge, and says nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Any, Literal, NamedTuple

_DATE = re.compile(r"^\d{4}(?:-\d\d(?:-\d\d)?)?(?:[T ]\d\d:?\d\d|$)")
_NUMBER = re.compile(r"^[+-]?\d+(?:[.,]\d+)?$")
_LOCAL = re.compile(r"^(?:https?://schema\.org/|schema:)")
_TEXTUAL = frozenset({"Text", "URL", "CssSelectorType", "XPathType", "PronounceableText"})
_DATATYPES = frozenset({"Date", "DateTime", "Time", "Number", "Integer", "Float", "Boolean"})
_REFERENCE = re.compile(r"^(?:https?:)?//\S+$")
"""An address where an object is wanted refers to the object."""
_MEASURES = frozenset({"Distance", "QuantitativeValue", "Duration", "Mass", "Energy", "Quantity"})
_BOOLEANS = frozenset({"true", "false", "https://schema.org/true", "https://schema.org/false"})

Kind = Literal["unknown-property", "superseded", "wrong-domain", "wrong-range", "bare-number", "misspelt-type"]


class Misuse(NamedTuple):
    """One wrong use of a term: `name` the property or type, `near` the nearest right name or form."""

    kind: Kind
    name: str
    message: str
    near: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """The table: parents by type, (domains, ranges) by property."""

    release: str
    types: dict[str, tuple[str, ...]]
    complete: frozenset[str]
    properties: dict[str, tuple[frozenset[str], frozenset[str]]]
    superseded: dict[str, str]
    pending: frozenset[str]

    def line(self, kind: str) -> frozenset[str]:
        """A type and everything above it."""
        found, waiting = set(), [kind]
        while waiting:
            known = waiting.pop()
            if known not in found:
                found.add(known)
                waiting.extend(self.types.get(known, ()))
        return frozenset(found)

    def lines(self, kinds: Iterable[str]) -> frozenset[str]:
        """The lines of several types together."""
        return frozenset().union(*map(self.line, kinds))


@cache
def vocabulary() -> Vocabulary:
    """The table, read once."""
    data = json.loads(resources.files("provenance.data").joinpath("vocabulary.json").read_text("utf-8"))
    return Vocabulary(
        data["release"],
        {name: tuple(parents) for name, parents in data["types"].items()},
        frozenset(data["complete"]),
        {name: (frozenset(domains), frozenset(ranges)) for name, (domains, ranges) in data["properties"].items()},
        dict(data["superseded"]),
        frozenset(data["pending"]),
    )


def local(name: Any) -> str:
    """A term without the vocabulary's address or prefix; "" for what is no string."""
    return _LOCAL.sub("", name) if isinstance(name, str) else ""


def kinds_of(node: dict[str, Any]) -> tuple[str, ...]:
    """Type names of a JSON-LD node, as they stand."""
    stated = node.get("@type", node.get("type"))
    listed = stated if isinstance(stated, list) else [stated]
    return tuple(filter(None, map(local, listed)))


def misuses(node: dict[str, Any]) -> Iterator[tuple[str, Misuse]]:
    """Wrong uses in one node, each with the key at which it stands. Nested nodes are not entered."""
    words, kinds = vocabulary(), kinds_of(node)
    if any(kind not in words.types for kind in kinds):
        yield from _types(kinds)
        return
    if not kinds or any(kind not in words.complete for kind in kinds):
        return
    above = words.lines(kinds)
    for key, value in node.items():
        name = local(key)
        if key.startswith("@") or key == "type" or ":" in name or "-input" in name or "-output" in name:
            continue
        yield from ((key, misuse) for misuse in _property(name, value, kinds, above))


def _types(kinds: tuple[str, ...]) -> Iterator[tuple[str, Misuse]]:
    by_lower = {known.lower(): known for known in vocabulary().types}
    for kind in kinds:
        right = by_lower.get(kind.lower().strip())
        if right and right != kind:
            yield "@type", Misuse("misspelt-type", kind, f"the type is spelt {right}", right)


def _property(name: str, value: Any, kinds: tuple[str, ...], above: frozenset[str]) -> Iterator[Misuse]:
    words = vocabulary()
    subject = kinds[0]
    if name not in words.properties:
        near = _near(name, above)
        hint = f"; did you mean {near}?" if near else ""
        yield Misuse("unknown-property", name, f"{name} is no property of {subject}{hint}", near)
        return
    domains, ranges = words.properties[name]
    if not domains & above:
        homes = " or ".join(sorted(domains)[:3])
        yield Misuse("wrong-domain", name, f"{name} belongs to {homes}, not to {subject}", _near(name, above))
        return
    if name in words.superseded:
        right = words.superseded[name]
        yield Misuse("superseded", name, f"{name} is superseded by {right}", right)
    for item in value if isinstance(value, list) else [value]:
        misuse = _value(name, item, ranges)
        if misuse:
            yield misuse
            return


def _near(name: str, above: frozenset[str]) -> str:
    """The nearest property that may stand here."""
    here = {known.lower(): known for known, (domains, _) in vocabulary().properties.items() if domains & above}
    close = get_close_matches(name.lower()[:60], here, n=1, cutoff=0.78)
    return here[close[0]] if close else ""


def _value(name: str, value: Any, ranges: frozenset[str]) -> Misuse | None:
    expected = " or ".join(sorted(ranges)[:4])
    if value is None or (isinstance(value, dict) and not kinds_of(value)):
        return None  # null, a reference by @id, a typed literal
    if isinstance(value, dict):
        return _object(name, value, ranges, expected)
    if isinstance(value, bool):
        fits = bool(ranges & {"Boolean", "Text"})
    elif isinstance(value, int | float):
        if ranges & _MEASURES and not ranges & {"Number", "Integer"}:
            return Misuse("bare-number", name, f"{name} is a number without a unit; it takes {expected}", expected)
        fits = bool(ranges & {"Number", "Integer", "Text"})
    elif isinstance(value, str):
        fits = _text_fits(value, ranges)
        if not fits and ranges & {"Date", "DateTime"}:
            return Misuse("wrong-range", name, f"{name} is no date of the form ISO 8601", expected)
    else:
        return None
    shown = "a text" if isinstance(value, str) else "a number" if not isinstance(value, bool) else "true or false"
    return None if fits else Misuse("wrong-range", name, f"{name} is {shown}; it takes {expected}", expected)


def _object(name: str, value: dict[str, Any], ranges: frozenset[str], expected: str) -> Misuse | None:
    words = vocabulary()
    kinds = kinds_of(value)
    if any(kind not in words.types for kind in kinds):
        return None
    if words.lines(kinds) & (ranges | {"Role"}):  # a Role may stand for any value
        return None
    return Misuse("wrong-range", name, f"{name} is a {kinds[0]}; it takes {expected}", expected)


def _text_fits(value: str, ranges: frozenset[str]) -> bool:
    if ranges & _TEXTUAL or not ranges:
        return True
    if _REFERENCE.match(value) and not ranges <= _DATATYPES:
        return True
    if ranges & {"Date", "DateTime", "Time"} and _DATE.match(value.strip()):
        return True
    if ranges & {"Number", "Integer", "Float"} and _NUMBER.match(value.strip()):
        return True
    if "Boolean" in ranges and value.strip().lower() in _BOOLEANS:
        return True
    if ranges & _MEASURES:
        return True
    known = vocabulary().types
    return any("Enumeration" in vocabulary().line(kind) or kind not in known for kind in ranges - {"Date", "DateTime"})
