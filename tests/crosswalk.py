"""Where every property of a record goes in every export: found by exporting a record in which each value is unique."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from provenance.exports import EXPORTERS
from provenance.exports.catalogue import DC
from provenance.validation.schemas import shipped

Places = dict[str, set[str]]
"""Names of the places of a format that hold a value of the record, by the property's path (`image.caption`)."""


def places() -> dict[str, Places]:
    """For every format, the places of every property of the core schema; an empty set where it is lost."""
    record, marks = _marked()
    online = {name: value for name, value in record.items() if name != "printSection"}  # it goes before the site's own
    found = {}
    for name, write in EXPORTERS.items():
        cells = [cell for one in (record, online) for cell in _READERS[name]("".join(write([one])))]
        found[name] = {path: {place for place, text in cells if mark in text} for path, mark in marks.items()}
    return found


def _marked() -> tuple[dict[str, Any], dict[str, str]]:
    """A record with every property of the schema, and the mark that each value bears."""
    marks: dict[str, str] = {}
    core = shipped("core")

    def value(path: str, rule: dict[str, Any]) -> Any:
        rule = _resolved(core, rule)
        if rule.get("type") == "array":
            return [value(path, rule["items"])]
        if rule.get("properties"):
            return {"@type": _kind(path), **{k: value(f"{path}.{k}", r) for k, r in _own(rule)}}
        marks[path] = mark = f"{1600 + len(marks)}" if _is_date(path) else f"mark{len(marks):03d}"
        return _worded(path, mark)

    return {k: value(k, rule) for k, rule in _own(core)}, marks


def _own(rule: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(k, r) for k, r in rule["properties"].items() if k not in ("@context", "@type")]


def _resolved(core: dict[str, Any], rule: dict[str, Any]) -> dict[str, Any]:
    """The rule itself; a party that may be both is a person, who has more properties."""
    name = rule.get("$ref", "").rpartition("/")[2]
    return _resolved(core, core["$defs"]["person" if name == "party" else name]) if name else rule


def _kind(path: str) -> str:
    return "Person" if path in ("author", "contributor", "editor", "translator") else "Organization"


def _is_date(path: str) -> bool:
    return path.rpartition(".")[2].startswith(("date", "sdDate")) and path != "dateline"


def _worded(path: str, mark: str) -> str:
    """A text of the form that the property has, with its mark in it."""
    last = path.rpartition(".")[2]
    if _is_date(path):
        return f"{mark}-03-02"
    if last in ("url", "sameAs", "license", "contentUrl"):
        return f"https://{mark}.example/{mark}"
    return mark


# --- one reader a format -------------------------------------------------------------------------------------------


def _csl(text: str) -> Iterator[tuple[str, str]]:
    yield from ((name, json.dumps(value)) for name, value in json.loads(text)[0].items())


def _ris(text: str) -> Iterator[tuple[str, str]]:
    yield from re.findall(r"(?m)^(\w\w)  - (.*)$", text)


def _bibtex(text: str) -> Iterator[tuple[str, str]]:
    yield from re.findall(r"(?m)^  (\w+) = \{(.*)\},$", text)


def _dc(text: str) -> Iterator[tuple[str, str]]:
    for element in etree.fromstring(text.encode())[0]:
        name = etree.QName(element)
        yield f"{'dc' if name.namespace == DC else 'dcterms'}:{name.localname}", element.text or ""


def _mods(text: str) -> Iterator[tuple[str, str]]:
    (item,) = etree.fromstring(text.encode())
    for element in item.iter():
        if not len(element):
            route = [element, *element.iterancestors()][:-2]
            role = f"[{route[-1].findtext('.//{*}roleTerm')}]" if _step(element) == "namePart" else ""
            yield "/".join(_step(step) for step in reversed(route)).replace("/namePart", role), element.text or ""


def _step(element: Any) -> str:
    """An element with the type that tells it from others of its name: `relatedItem[host]`."""
    name = etree.QName(element).localname
    kind = element.get("type") if name in ("titleInfo", "note", "relatedItem", "detail", "identifier") else None
    return f"{name}[{kind}]" if kind else name


def _csv(text: str) -> Iterator[tuple[str, str]]:
    yield from next(csv.DictReader(io.StringIO(text, newline=""))).items()


_READERS = {"csl-json": _csl, "ris": _ris, "bibtex": _bibtex, "dc": _dc, "mods": _mods, "csv": _csv}
