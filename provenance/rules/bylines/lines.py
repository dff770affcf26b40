"""A credit line of the page with the borders of its elements kept.

A reader sees `Ana Bell` and `Omar Cole` as two names because they are two links; the text of the element that holds
both runs them together. A `Line` puts a bar where two elements meet without a word or a mark between them, and knows
for each of its characters where it stands in the element's text, so that evidence quotes the page and not the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from provenance.model import Match, NodePlace, Span
from provenance.page import Element, Page
from provenance.rules.bylines.places import speaks_of
from provenance.text import SILENT

BAR = "|"
"""Stands for the border of two elements."""

_SKIPPED = SILENT | {"button", "time", "input", "form", "figure", "img", "picture", "video", "audio", "nav", "dialog"}
_MARKS = frozenset("(/,;:–—·•|[&+<>»›")
_HANDLE = re.compile(r"@[\w.]+$")
_PIECES = 80
_LONGEST = 400


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Text of one element as a line of credits; `offsets` are the positions of its characters in the page's text.

    A position is -1 where the line has a bar or a space of our own making. `leaves` are the ends of the texts that the
    line is made of, each with the element that directly holds it.
    """

    page: Page = field(repr=False)
    element: Element
    text: str
    offsets: Sequence[int] = field(repr=False)
    leaves: tuple[tuple[int, Element], ...] = field(default=(), repr=False)

    def shape(self, span: Span) -> tuple[str, ...]:
        """Tags and classes around a part of the line, up to the line's element: two names of one list look alike."""
        node = next((e for end, e in self.leaves if span[0] < end), self.element)
        names: list[str] = []
        while node is not None and node is not self.element and len(names) < 6:
            names += [node.tag, node.get("class") or ""]
            node = node.getparent()
        return tuple(names)

    def match(self, span: Span) -> Match | None:
        """The part of the line between these positions as it stands in the page."""
        known = [o for o in self.offsets[span[0] : span[1]] if o >= 0]
        if not known:
            return None
        whole = self.page.text(self.element)
        start, end = known[0], known[-1] + 1
        while start < end and whole[start].isspace():
            start += 1
        while start < end and whole[end - 1].isspace():
            end -= 1
        place = NodePlace(self.element)
        if (start, end) == (0, len(whole)):
            return Match(whole, "visible-text", place)
        return Match(whole[start:end], "visible-text", place, (start, end)) if start < end else None


def plain_line(page: Page, element: Element, span: Span | None = None) -> Line:
    """The text of an element, or a part of it, without bars."""
    whole = page.text(element)
    start, end = span or (0, len(whole))
    return Line(page, element, whole[start:end], range(start, end))


def read_line(page: Page, element: Element) -> Line:
    """The line of an element; buttons, times and pictures are no part of it."""
    whole, at = page.text(element), 0
    text: list[str] = []
    offsets: list[int] = []
    leaves: list[tuple[int, Element]] = []
    before: Element | None = None
    for count, (raw, border, holder) in enumerate(_pieces(element)):
        words = " ".join(raw.split())
        if count > _PIECES or len(text) > _LONGEST:
            break
        start = whole.find(words, at) if words else -1
        if start < 0:
            continue
        if _HANDLE.match(words) or is_monogram(words, whole[start + len(words) :]):
            at = start + len(words)
            continue
        if text:
            family = speaks_of("family", (holder.get("class") or "").lower())
            spaced = whole[start - 1 : start] == " "
            parted = bool(whole[at:start].strip())  # a date or a button stands between them
            joint = (
                " "
                if border and (family or _one_link(before, holder, words))
                else _joint("".join(text), words, border, spaced, parted)
            )
            text.extend(joint)
            offsets.extend([-1] * len(joint))
        text.extend(words)
        at = start + len(words)
        offsets.extend(range(start, at))
        leaves.append((len(text), holder))
        before = holder
    return Line(page, element, "".join(text), tuple(offsets), tuple(leaves))


def _one_link(left: Element | None, right: Element, words: str) -> bool:
    """Given name and surname in two elements of one link: Ana | Bell."""
    if left is None or left is right or left.getparent() is not right.getparent() or right.getparent().tag != "a":
        return False
    pair = len(right.getparent()) == 2 and (left.text or "").split() != words.split()
    return pair and " " not in words and words[:1].isupper()


def is_monogram(words: str, rest: str) -> bool:
    """Initials that stand for a missing portrait: AB before "Ana Bell"."""
    if not (1 < len(words) <= 3 and words.isupper()):
        return False
    after = [w[0] for w in rest.split()[:8] if w[0].isupper()]
    return any("".join(after[i : i + len(words)]) == words for i in range(2))


def _joint(left: str, right: str, border: bool, spaced: bool, parted: bool) -> str:
    """What stands between two texts: nothing, a space, or the bar of a border that nothing else marks."""
    if not border or left[-1] in _MARKS or right[0] in _MARKS:
        return " " if spaced or border else ""
    if left[-1].isdigit() or right[0].isdigit():
        return BAR
    segment = left.rpartition(BAR)[2].split()
    single = len(segment) == 1 and len(right.split()) == 1
    running = right[0].islower() or segment[-1][0].islower() or (len(segment) == 1 and len(segment[0]) <= 3)
    return " " if running or (single and not parted and segment[0][0].isupper()) else BAR


def _pieces(element: Element) -> Iterator[tuple[str, bool, Element]]:
    """Texts in document order, each with whether an element's border stands before it and the element that holds it."""
    stack: list[tuple[Element, bool]] = [(element, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            if node is not element and node.tail:
                yield node.tail, True, node.getparent()
            continue
        stack.append((node, True))
        if not isinstance(node.tag, str) or (node.tag in _SKIPPED and node is not element):
            continue
        if node.text:
            yield node.text, node is not element, node
        stack.extend((child, False) for child in reversed(node))
