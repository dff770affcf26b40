"""A credit behind the icon of a camera, which stands for the word that pages would print there."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.page import Element, Page
from provenance.rules.photos.closing import is_agencies
from provenance.rules.photos.grammar import Grammar
from provenance.rules.photos.marks import pattern
from provenance.rules.photos.texts import Printed, printed

_TAGS = ("i", "span", "em", "svg", "b")
_CHARS = 80


def icon_credit(page: Page, unit: Element, grammar: Grammar) -> Printed | None:
    """The photographers or the agency that a unit names behind the icon of a camera; buttons have it, too."""
    for icon in _icons(page, unit):
        box = icon.getparent()
        line = (icon.tail or "").strip()
        if box is None or not line:
            box = icon.getnext() if box is not None else None
            line = page.text(box) if box is not None else ""
        line = " ".join(line.split())
        parsed = grammar.credit(line, named_so=False) if box is not None and 1 < len(line) <= _CHARS else None
        if box is None or parsed is None:
            continue
        people = parsed.creators and all(m.party.kind == "person" for m in parsed.creators)
        start = page.text(box).rfind(line)
        if start >= 0 and (people or is_agencies(parsed)):
            return printed(page, box, (start + parsed.span[0], start + parsed.span[1]), "credit/icon")
    return None


def _icons(page: Page, unit: Element) -> Iterator[Element]:
    """Empty elements named for a camera, those for filming left out."""
    for element in unit.iter(*_TAGS):
        names = (element.get("class") or "").lower()
        if pattern("camera").search(names) and not pattern("film").search(names) and not page.text(element):
            yield element
