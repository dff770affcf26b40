"""A page as boxes and runs of text, read in one pass: what every judgement about the story is made of.

A box is an element that parts words (`provenance.text.INLINE` lists those that do not), or an inline element around
such a one. A run is text that stands directly in a box, cut where <br><br> or an inner box parts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from provenance.page import Element, Page
from provenance.story.marks import NONE, marks_of, tag_marks
from provenance.text import INLINE, SILENT

_NEVER = frozenset({"nav", "footer"})
"""Never a part of a story, and often half of a page."""

_LISTS = frozenset({"ul", "ol"})
_MENU = frozenset(
    {"nav", "navbar", "navigation", "menu", "submenu", "breadcrumb", "breadcrumbs", "pagination", "pager"}
)
"""Marks of a list that no reader takes for text."""

_SET_IN = frozenset({"img", "picture", "source", "image", "button", "input", "meta", "link"})
"""What is set into a line of text and does not end it: pictures of the size of a letter, buttons, data."""
_PICTURES = frozenset({"img", "picture"})
_BUTTONS = frozenset({"button", "input"})
_SENTENCES = frozenset({"p", "li", "dd", "blockquote"})
_SMALL = 64
"""Pictures of so many pixels are signs among the letters."""
_SIGN = re.compile(r"emoji|icon|smiley", re.IGNORECASE)

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


_Open = tuple[Element, "Box | None", int, int, Iterator[Element]]
"""An element whose end is not reached, its box, and its children that are still to come.

An inline element has no box until a box is found in it; for it the numbers tell how much text was at hand where it
began: how many parts, and how many characters in links.
"""


class _Walk:
    """The walk over a page. `parts` is the text at hand, which belongs to the innermost open box."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.marks, self.tags = marks_of(page), tag_marks()
        self.boxes: list[Box] = []
        self.runs: list[Run] = []
        self.parts: list[str] = []
        self.open: list[_Open] = []

    def run(self) -> None:
        """Walk. The steps of an element stand in one loop, since a call for each costs more than the step itself.

        White space that parts two boxes is passed over: no text is at hand there that it could part.
        """
        marks, parts, opened = self.marks, self.parts, self.open
        add = parts.append
        root = self.page.root
        innermost = self._box(root, root.tag, None)
        opened.append((root, innermost, 0, 0, iter(root)))
        if root.text:
            add(root.text)
        link = 0  # characters of the text at hand that are in links
        while opened:
            element, box, start, before, children = opened[-1]
            for child in children:
                tag = child.tag
                if tag in INLINE:
                    text = child.text
                    if len(child):
                        opened.append((child, None, len(parts), link, iter(child)))
                        if text:
                            add(text)
                        break
                    if text:
                        add(text)
                        if tag == "a":
                            link += len(text)
                elif tag == "br":
                    add(_BREAK)
                    innermost.broken = True
                elif tag in SILENT:
                    innermost.broken = True
                elif tag in _SET_IN and _goes_on(child, box, len(parts) > start):
                    if tag in _PICTURES:
                        self._box(child, tag, innermost)
                    text = child.text
                    add(f" {text}" if text else " ")
                    if len(child):
                        opened.append((child, None, len(parts), link, iter(child)))
                        break
                    add(" ")
                else:
                    if box is None:
                        box, link = self._settle(link)
                        innermost = box
                    if tag in _NEVER or (tag in _LISTS and child in marks and not _MENU.isdisjoint(marks[child])):
                        box.inner = True
                    else:
                        if parts:
                            self._flush(box, link)
                        link = 0
                        inner = self._box(child, tag, box)
                        text = child.text
                        if len(child):
                            opened.append((child, inner, 0, 0, iter(child)))
                            innermost = inner
                            if text and not text.isspace():
                                add(text)
                            break
                        if text:
                            self._leaf(inner, text, 0)
                tail = child.tail
                if tail and (parts or tag in INLINE or not tail.isspace()):
                    add(tail)
            else:
                opened.pop()
                if box is None:
                    if element.tag in _SET_IN:
                        add(" ")
                    elif element.tag == "a":
                        link = before + sum(len(part) for part in parts[start:] if part is not _BREAK)
                else:
                    if parts:
                        if box.inner:
                            self._flush(box, link)
                        else:
                            self._leaf(box, "".join(parts), link)
                            parts.clear()
                    link = 0
                    innermost = box.parent or box
                tail = element.tail
                if tail and opened and (box is None or not tail.isspace()):
                    add(tail)

    def _settle(self, link: int) -> tuple[Box, int]:
        """Makes boxes of the inline elements that are open, since they hold one: they part words too.

        The innermost of them, and how many characters of the text at hand, which is its own now, are in links.
        """
        first = next(i for i in range(len(self.open) - 1, -1, -1) if self.open[i][1] is not None)
        box = self.open[first][1]
        assert box is not None
        parts = self.parts.copy()
        done = counted = 0
        for i in range(first + 1, len(self.open)):
            element, _, start, before, children = self.open[i]
            self.parts[:] = parts[done:start]
            self._flush(box, before - counted)
            done, counted = start, before
            box = self._box(element, element.tag, box)
            self.open[i] = (element, box, start, before, children)
        self.parts[:] = parts[done:]
        return box, link - counted

    def _box(self, element: Element, tag: str, parent: Box | None) -> Box:
        marks = self.marks.get(element, NONE)
        if tag in self.tags:
            marks |= self.tags[tag]
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

    def _flush(self, box: Box, link: int) -> None:
        """The text at hand as runs of a box that holds others."""
        raw = "".join(self.parts)
        if raw and not raw.isspace():
            self.runs += _cut(box, raw, link, alone=False)
        self.parts.clear()


def _goes_on(child: Element, box: Box | None, told: bool) -> bool:
    """Whether a line of text goes on behind what is set into it.

    A picture ends it, with what an inline element says of it, unless it is a sign or stands behind the words of a link.
    A button is a word of a sentence, where it stands in one; behind a heading it is none of its words.
    """
    if child.tag in _PICTURES:
        return (box is None and told) or _is_sign(child)
    return box is None or child.tag not in _BUTTONS or box.tag in _SENTENCES


def _is_sign(picture: Element) -> bool:
    sizes = [size for name in ("width", "height") if (size := (picture.get(name) or "").removesuffix("px")).isdecimal()]
    if sizes:
        return all(int(size[:6]) <= _SMALL for size in sizes)
    return _SIGN.search(picture.get("class") or "") is not None


def _cut(box: Box, raw: str, link: int, alone: bool = True) -> list[Run]:
    pieces = _PARAGRAPH.split(raw) if _BREAK in raw else (raw,)
    texts = [text for text in (" ".join(piece.split()) for piece in pieces) if text]
    link = link if len(texts) < 2 else link // len(texts)
    whole = alone and len(texts) == 1
    return [Run(box, text, len(text) if box.linked else min(link, len(text)), whole) for text in texts]
