"""A page as boxes and runs of text, read in one pass: what every judgement about the story is made of.

A box is an element that parts words (`provenance.text.INLINE` lists those that do not), or an inline element around
such a one. A run is text that stands directly in a box, cut where <br><br> or an inner box parts it.
"""

from __future__ import annotations

import re
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
    `chars`, `links`, `lines` and `prose` count the characters, those in links, the runs, and the runs of prose in it.
    """

    __slots__ = (
        "around", "broken", "chars", "element", "good", "inner", "lines", "linked", "links", "mark", "marks", "parent",
        "prose", "tag",
    )  # fmt: skip

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
        self.inner = self.broken = False
        self.good = self.chars = self.links = self.lines = self.prose = 0
        self.mark = ""


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
    """Boxes and runs of a page. One walk, linear in the number of its elements, however deep they nest."""
    walk = _Walk(page)
    walk.run()
    return Layout(tuple(walk.boxes), tuple(walk.runs))


class _Open:
    """An element whose end is not reached. An inline element has no box until a box is found in it.

    `start` and `linked` tell where in the text at hand it began, and how much of that was in links by then.
    """

    __slots__ = ("box", "children", "element", "linked", "start")

    def __init__(self, element: Element, box: Box | None, start: int, linked: int) -> None:
        self.element, self.box, self.start, self.linked = element, box, start, linked
        self.children = iter(element)


class _Walk:
    """The walk over a page. `parts` and `link` are the text at hand, which belongs to the innermost open box."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.boxes: list[Box] = []
        self.runs: list[Run] = []
        self.parts: list[str] = []
        self.link = 0
        self.open: list[_Open] = []
        self.around: list[Box] = []

    def run(self) -> None:
        root = self.page.root
        self._enter(root, self._box(root, root.tag, None))
        while self.open:
            top = self.open[-1]
            for child in top.children:
                if self._meet(child, child.tag, top.box):
                    break
            else:
                self._leave(self.open.pop())

    def _meet(self, child: Element, tag: str, box: Box | None) -> bool:
        """Take an element in; true when its children are next."""
        if tag in INLINE:
            if len(child):
                self.open.append(_Open(child, None, len(self.parts), self.link))
                if child.text:
                    self.parts.append(child.text)
                return True
            text = child.text
            if text:
                self.parts.append(text)
                if tag == "a":
                    self.link += len(text)
        elif tag == "br":
            self.parts.append(_BREAK)
            self.around[-1].broken = True
        elif self._meet_box(child, tag, box or self._settle()):
            return True
        tail = child.tail
        if tail:
            self.parts.append(tail)
        return False

    def _meet_box(self, child: Element, tag: str, box: Box) -> bool:
        if tag in SILENT:
            box.broken = True
        elif tag in _NEVER or (tag in _LISTS and _MENU & marks_of(child, tag)):
            box.inner = True
        else:
            self._flush(box)
            inner = self._box(child, tag, box)
            if len(child):
                self._enter(child, inner)
                return True
            text = child.text
            if text:
                self._leaf(inner, text, 0)
        return False

    def _enter(self, element: Element, box: Box) -> None:
        self.open.append(_Open(element, box, 0, 0))
        self.around.append(box)
        text = element.text
        if text:
            self.parts.append(text)

    def _leave(self, done: _Open) -> None:
        element, box = done.element, done.box
        if box is None:
            if element.tag == "a":
                self.link += sum(len(part) for part in self.parts[done.start :] if part is not _BREAK)
            if self.open and element.tail:
                self.parts.append(element.tail)
            return
        self.around.pop()
        if box.inner:
            self._flush(box)
        else:
            if self.parts:
                self._leaf(box, "".join(self.parts), self.link)
                self.parts = []
            self.link = 0
        if self.open and element.tail:
            self.parts.append(element.tail)

    def _settle(self) -> Box:
        """Makes boxes of the inline elements that are open, since they hold one: they part words too."""
        first = next(i for i in range(len(self.open) - 1, -1, -1) if self.open[i].box is not None)
        box = self.open[first].box
        assert box is not None
        parts, link = self.parts, self.link
        done = counted = 0
        for opened in self.open[first + 1 :]:
            self.parts, self.link = parts[done : opened.start], opened.linked - counted
            self._flush(box)
            done, counted = opened.start, opened.linked
            box = opened.box = self._box(opened.element, opened.element.tag, box)
            self.around.append(box)
        self.parts, self.link = parts[done:], link - counted
        return box

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

    def _leaf(self, box: Box, raw: str, link: int) -> None:
        """The text of a box that holds no other."""
        if box.broken:
            self.runs += _cut(box, raw, link)
            return
        text = " ".join(raw.split())
        if text:
            self.page.learn(box.element, text)
            self.runs.append(Run(box, text, len(text) if box.linked else min(link, len(text)), True))

    def _flush(self, box: Box) -> None:
        """The text at hand as runs of a box that holds others."""
        if self.parts:
            raw = "".join(self.parts)
            if raw and not raw.isspace():
                self.runs += _cut(box, raw, self.link, alone=False)
            self.parts = []
        self.link = 0


def _cut(box: Box, raw: str, link: int, alone: bool = True) -> list[Run]:
    pieces = _PARAGRAPH.split(raw) if _BREAK in raw else (raw,)
    texts = [text for text in (" ".join(piece.split()) for piece in pieces) if text]
    link = link if len(texts) < 2 else link // len(texts)
    whole = alone and len(texts) == 1
    return [Run(box, text, len(text) if box.linked else min(link, len(text)), whole) for text in texts]
