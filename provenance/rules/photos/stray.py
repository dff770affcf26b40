"""Captions and credits that no name in the markup tells and no image holds: they say themselves what they are.

Two forms are sure: a line that is a photo's label and a credit ("Bild: Jane Roe"), and a text that ends in brackets
with a word for photos ("… in Mexico. (AP Photo/Jane Roe)").
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.page import Element
from provenance.rules.photos.grammar import Grammar
from provenance.rules.photos.layout import Layout
from provenance.rules.photos.marks import pattern
from provenance.rules.photos.signs import TAIL_CHARS, is_photo_label
from provenance.rules.photos.texts import NOTHING, Printed, Wording, printed

_TAGS = frozenset({"p", "div", "span", "figcaption", "em", "i", "small", "cite", "dd"})
_CREDIT_CHARS = 160
_CAPTION_CHARS = 600
_LABEL_CHARS = 30
_CLOSINGS = frozenset(")）]")
_FOOT_NODES = 30


def stray_texts(layout: Layout, taken: set[Element], grammar: Grammar) -> Iterator[tuple[Element, Wording]]:
    """Elements of the article, outside `taken`, that are such a line or caption, with what they say."""
    page = layout.page
    last = page.nodes[layout.prose[-1]] if layout.prose else None
    high = layout.last(last) + _FOOT_NODES if last is not None else layout.frame_span[1]
    for element in _telling(page.nodes[layout.outer_start : min(high, layout.frame_span[1]) + 1]):
        if element not in taken:
            wording = _wording(layout, element, grammar)
            if wording.credit is not None:
                yield element, wording


def _telling(elements: list[Element]) -> Iterator[Element]:
    """Elements whose own text has a word for photos at its beginning, or in brackets at its end: one search for all."""
    listed = [e for e in elements if e.tag in _TAGS and _has_own_text(e)]
    ends = "\n".join(map(_ends, listed)).lower()
    at = done = 0
    for found in pattern("photo_words").finditer(ends):
        line = at + ends.count("\n", done, found.start())
        if line > at or done == 0:
            yield listed[line]
        at, done = line, found.start()


def _has_own_text(element: Element) -> bool:
    """Whether text stands in an element itself, before its first child or right after it: boxes have none."""
    text = element.text
    if text and not text.isspace():
        return True
    tail = (element[0].tail or "") if len(element) else ""
    return not (tail == "" or tail.isspace())


def _ends(element: Element) -> str:
    """The beginning and the bracketed end of the text that stands in an element itself, without line breaks."""
    text = (element.text or "").strip() or ((element[0].text or "") if len(element) else "")
    tail = ((element[-1].tail if len(element) else element.text) or "").rstrip(" .\n\t")
    known = text[:_LABEL_CHARS] + " " + tail[-TAIL_CHARS:] if tail[-1:] in _CLOSINGS else text[:_LABEL_CHARS]
    return known.replace("\n", " ")


def _wording(layout: Layout, element: Element, grammar: Grammar) -> Wording:
    page = layout.page
    text = page.text(element)
    if len(text) <= _CAPTION_CHARS and text.rstrip(" .")[-1:] in _CLOSINGS:
        split = grammar.split(text)
        shot = is_photo_label(text[split.caption_span[1] :]) and not grammar.is_author(split.credit or "")
        if split.how == "brackets" and split.credit_span and shot:
            credit = printed(page, element, split.credit_span, "credit/caption", "split:brackets")
            return Wording(printed(page, element, split.caption_span, "caption/beside", "without-credit"), credit)
    parsed = grammar.credit(text) if len(text) <= _CREDIT_CHARS else None
    if parsed is None or not parsed.label or not is_photo_label(parsed.label) or not (parsed.named or "/" in text):
        return NOTHING
    return Wording(_caption_before(layout, element), printed(page, element, parsed.span, "credit/line-beside"))


def _caption_before(layout: Layout, element: Element) -> Printed | None:
    """What stands right before a credit line in the same box and is no text of the article."""
    page, before = layout.page, element.getprevious()
    if before is None or before.tag not in _TAGS or not 10 < len(page.text(before)) <= _CAPTION_CHARS:
        return None
    if layout.holds_text(page.order[before], layout.last(before)):
        return None
    return printed(page, before, (0, len(page.text(before))), "caption/beside")
