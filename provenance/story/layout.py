"""A page as boxes and runs of text, read in one pass: what every judgement about the story is made of.

A box is an element that parts words (`provenance.text.INLINE` lists those that do not), or an inline element around
such a one. A run is text that stands directly in a box, cut where <br><br> or an inner box parts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from provenance.page import Element, Page
from provenance.story.marks import NONE, marks_of
from provenance.text import INLINE, SILENT

_NEVER = frozenset({"nav", "footer"})
"""Never a part of a story, and often half of a page."""

_LISTS = frozenset({"ul", "ol"})
_MENU = frozenset(
    {"nav", "navbar", "navigation", "menu", "submenu", "breadcrumb", "breadcrumbs", "pagination", "pager"}
)
"""Marks of a list that no reader takes for text."""

_BREAK = "\v"
_PARAGRAPH = re.compile(r"\v\s*\v")


class Box:
    """One box. `marks` are its own words, `around` those of its ancestors too; `linked` is true inside a link.

    `good` is the worth as prose of all that is in it; `mark` the word that keeps it out of the story, "" for none.
    """

    inner = False
    broken = False
    link = 0
    good = 0
    mark = ""
    after: list[Run] | None = None

    def __init__(
        self,
        element: Element,
        tag: str,
        parent: Box | None,
        marks: frozenset[str] = NONE,
        around: frozenset[str] = NONE,
        linked: bool = False,
    ) -> None:
        self.element, self.tag, self.parent = element, tag, parent
        self.marks, self.around, self.linked = marks, around, linked


@dataclass(slots=True, eq=False)
class Run:
    """One run. `linked` counts the characters inside links; `whole` is true when it is all of its element's text.

    `good` is its worth as prose; `why` tells why it is no part of the story, "" while it is.
    """

    box: Box
    text: str
    linked: int = 0
    whole: bool = False
    good: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """All boxes and runs of a page in document order."""

    boxes: tuple[Box, ...]
    runs: tuple[Run, ...]


def read_layout(page: Page) -> Layout:
    """Boxes and runs of a page. Linear in the number of its elements, however deep they nest."""
    places = _Places(page)
    return Layout(tuple(places.boxes), tuple(_in_order(page, places)))


class _Places:
    """The box that each element stands in; None inside scripts, styles and other silent elements."""

    def __init__(self, page: Page) -> None:
        self.boxes: list[Box] = []
        self.near: dict[Element, Box | None] = {}
        silent: list[Element] = []
        near, boxes = self.near, self.boxes
        for element in page.nodes:
            tag = element.tag
            if tag in INLINE or tag == "br":
                continue
            parent = element.getparent()
            box = near[parent] if parent in near else self._climb(parent)
            if parent is not None and box is None:
                near[element] = None
            elif tag in SILENT:
                near[element] = None
                silent.append(element)
            elif tag in _NEVER or (tag in _LISTS and _MENU & marks_of(element, tag)):
                near[element] = None
                if box is not None:
                    box.inner = True
            else:
                near[element] = self._box(element, tag, box)
        self._above: dict[Element, Box | None] = {}
        for element in (*silent, *page.tags.get("br", ())):
            around = self.around(element)
            if around is not None:
                around.broken = True
        for element in page.tags.get("a", ()):
            around = None if element in near else self.around(element)
            if around is not None and not around.inner:
                around.link += _length(element)
        if not boxes:
            self._box(page.root, "html", None)

    def _box(self, element: Element, tag: str, parent: Box | None) -> Box:
        marks = marks_of(element, tag)
        if parent is None:
            box = Box(element, tag, None, marks, marks, tag == "a")
        else:
            parent.inner = True
            around = parent.around | marks if marks else parent.around
            box = Box(element, tag, parent, marks, around, parent.linked or tag == "a")
        self.boxes.append(box)
        return box

    def _climb(self, element: Element | None) -> Box | None:
        """The box around, made of the inline elements on the way: they hold a box, so they part words too."""
        passed = []
        while element is not None and element not in self.near:
            passed.append(element)
            element = element.getparent()
        box = self.near[element] if element is not None else None
        for inline in reversed(passed):
            silent = box is None and element is not None
            box = None if silent else self._box(inline, inline.tag, box)
            self.near[inline] = box
        return box

    def around(self, element: Element) -> Box | None:
        """The box that an inline element stands in."""
        passed = []
        element = element.getparent()
        while element is not None and element not in self.near and element not in self._above:
            passed.append(element)
            element = element.getparent()
        box = self.near.get(element) or self._above.get(element)
        for inline in passed:
            self._above[inline] = box
        return box


def _in_order(page: Page, places: _Places) -> Iterator[Run]:
    open_boxes: list[Box] = []
    for box in places.boxes:
        while open_boxes and open_boxes[-1] is not box.parent:
            yield from open_boxes.pop().after or ()
        yield from _runs_between(box, places.near) if box.inner else _runs_of_leaf(page, box)
        open_boxes.append(box)
    while open_boxes:
        yield from open_boxes.pop().after or ()


def _runs_of_leaf(page: Page, box: Box) -> Iterable[Run]:
    element = box.element
    if box.broken:
        return _cut(box, _gather(element), box.link)
    raw = "".join(element.itertext()) if len(element) else element.text
    text = " ".join(raw.split()) if raw else ""
    if not text:
        return ()
    page.learn(element, text)
    return (Run(box, text, len(text) if box.linked else min(box.link, len(text)), True),)


def _runs_between(box: Box, near: dict[Element, Box | None]) -> Iterable[Run]:
    """Runs before the first inner box; those after an inner box are left there for their turn."""
    first: list[Run] = []
    holder: Box | None = None
    parts, link = [box.element.text or ""], 0
    for child in box.element:
        inner = near.get(child, box)
        if inner is None or inner is not box:
            if inner is not None:
                _leave(box, holder, first, parts, link)
                parts, link, holder = [], 0, inner
        elif child.tag == "br":
            parts.append(_BREAK)
        else:
            parts.append(_gather(child) if len(child) else child.text or "")
            link += _links_in(child)
        tail = child.tail
        if tail:
            parts.append(tail)
    _leave(box, holder, first, parts, link)
    return first


def _leave(box: Box, holder: Box | None, first: list[Run], parts: list[str], link: int) -> None:
    raw = "".join(parts)
    if not raw or raw.isspace():
        return
    runs = _cut(box, raw, link, alone=False)
    if holder is None:
        first += runs
    else:
        holder.after = runs


def _cut(box: Box, raw: str, link: int, alone: bool = True) -> list[Run]:
    pieces = _PARAGRAPH.split(raw) if _BREAK in raw else (raw,)
    texts = [text for text in (" ".join(piece.split()) for piece in pieces) if text]
    link = link if len(texts) < 2 else link // len(texts)
    whole = alone and len(texts) == 1
    return [Run(box, text, len(text) if box.linked else min(link, len(text)), whole) for text in texts]


def _links_in(inline: Element) -> int:
    if inline.tag == "a":
        return _length(inline)
    return sum(_length(link) for link in inline.iter("a")) if len(inline) else 0


def _length(element: Element) -> int:
    return sum(map(len, element.itertext())) if len(element) else len(element.text or "")


def _gather(element: Element) -> str:
    """Text in an element without boxes, its breaks as vertical tabs, without what silent elements hold."""
    parts, ways = [element.text or ""], [(element, iter(element))]
    while ways:
        holder, children = ways[-1]
        child = next(children, None)
        if child is None:
            ways.pop()
            if ways and holder.tail:
                parts.append(holder.tail)
        elif child.tag == "br" or child.tag in SILENT:
            parts.append((_BREAK if child.tag == "br" else "") + (child.tail or ""))
        else:
            parts.append(child.text or "")
            ways.append((child, iter(child)))
    return "".join(parts)
