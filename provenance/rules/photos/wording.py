"""What is printed beside a photo: its caption, and the credit apart from it.

Order of trust: an element whose names say credit; brackets and label words inside the caption; a small or cited line
beside it; attributes of the image. Texts stay where they are: a caption is a span of its element's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from provenance.credits.words import flat
from provenance.model import Match, NodePlace, Span
from provenance.page import Element, Page
from provenance.rules.photos import marks
from provenance.rules.photos.beside import caption_credit, printed_credit
from provenance.rules.photos.closing import is_long_enough
from provenance.rules.photos.grammar import CAPTION_CHARS, Grammar
from provenance.rules.photos.marks import words
from provenance.rules.photos.signs import (
    TAIL_CHARS,
    is_bare_label,
    is_photo_label,
    may_hold_credit,
    moved,
    trimmed,
    words_of,
)
from provenance.rules.photos.texts import NOTHING, Printed, Wording, printed, texts_of

_UNIT_CHARS = 600
_UNIT_ELEMENTS = 20
_WORDY = re.compile(r"^(?!(?:true|false|none|null|yes|no)$)(?=.*[^\W\d_]{2})", re.I | re.S)


def read_wording(page: Page, unit: Element, image: Element | None, grammar: Grammar) -> Wording:
    """Caption and credit printed inside a unit."""
    texts = texts_of(page, unit, image)
    credit = printed_credit(page, unit, image, texts, grammar)
    outer = next(iter(texts.captions), None)
    return _with_caption(page, unit, _main_part(page, outer) if outer is not None else None, credit, grammar)


def _main_part(page: Page, caption: Element) -> Element:
    """The part of a caption that its markup calls the caption, where that holds most of the words."""
    for inner in caption.iterdescendants():
        if isinstance(inner.tag, str) and marks.role(inner) & marks.CAPTION:
            return inner if 2 * len(page.text(inner)) > len(page.text(caption)) else caption
    parts = [e for e in caption if isinstance(e.tag, str) and page.text(e)]
    dated = any(next(e.iter("time"), None) is not None for e in parts[1:])  # when a film was published
    own = (caption.text or "").strip()
    return parts[0] if dated and not own and is_long_enough(page.text(parts[0])) else caption


def read_line(page: Page, line: Element, grammar: Grammar) -> Wording:
    """Caption and credit of a line near a photo, read as if its element were a caption."""
    texts = texts_of(page, line, None)
    credit = printed_credit(page, line, None, texts, grammar) or caption_credit(page, line, texts, grammar)
    return _with_caption(page, line, line, credit, grammar) if credit else NOTHING


def with_attributes(page: Page, unit: Element, image: Element, wording: Wording, grammar: Grammar) -> Wording:
    """A wording with what attributes of the image tell, where nothing is printed."""
    caption = wording.caption or _attribute_caption(page, unit, image, grammar)
    return Wording(caption, wording.credit or _attribute_credit(page, unit, image, grammar))


def _with_caption(
    page: Page, unit: Element, element: Element | None, credit: Printed | None, grammar: Grammar
) -> Wording:
    """The caption without the credit, and the credit: the caption's own where that is the fuller one."""
    rule = "caption/marked"
    if element is None:
        if credit is None or credit.element is None or len(page.text(unit)) > _UNIT_CHARS:
            return Wording(None, credit)
        element, rule = unit, "caption/beside"
    text = page.text(element)
    span = _without_credit(page, element, credit, grammar)
    if span is not None and credit is not None:
        span, credit = _without_second(page, element, span, credit, grammar)
    span = _without_label(text, span) if span else None
    if span is None or not _WORDY.match(text[span[0] : span[1]]) or is_bare_label(text[span[0] : span[1]]):
        return Wording(None, credit)
    whole = span == (0, len(text))
    return Wording(printed(page, element, span, rule, *(() if whole else ("without-credit",))), credit)


def _without_credit(page: Page, element: Element, credit: Printed | None, grammar: Grammar) -> Span | None:
    """The longer part of an element's text beside its credit, separators trimmed."""
    text = page.text(element)
    cut = _credit_span(page, element, credit, grammar)
    if cut is None:
        split = grammar.split(text)
        return trimmed(text, split.caption_span) if split.caption else None
    parts = [trimmed(text, (0, cut[0])), trimmed(text, (cut[1], len(text)))]
    best = max(parts, key=lambda s: s[1] - s[0])
    return best if best[1] > best[0] else None


def _credit_span(page: Page, element: Element, credit: Printed | None, grammar: Grammar) -> Span | None:
    """Where the element that holds the credit stands in the text of the caption's element, label word included."""
    if credit is None or credit.element is None:
        return None
    holder, text = credit.element, page.text(element)
    if holder is element:
        return _with_label(text, credit.match.span or (0, len(text)), grammar)
    if element not in holder.iterancestors():
        return None
    whole = page.text(holder)
    at = text.rfind(whole)
    return (at, at + len(whole)) if at >= 0 else None


def _with_label(text: str, span: Span, grammar: Grammar) -> Span:
    """A credit's span with the label word and the bracket before it, as the grammar parts them."""
    if span == (0, len(text)):
        return span
    split = grammar.split(text)
    if split.credit_span == span and split.caption:
        start, end = split.caption_span
        return (end, len(text)) if start < span[0] else (0, start)
    return (0, len(text)) if split.how == "whole" else span


def _without_second(
    page: Page, element: Element, span: Span, credit: Printed, grammar: Grammar
) -> tuple[Span, Printed]:
    """A caption that prints the credit too, often in full: "(AP Photo/Jane Roe)" above a line that says "AP Photo"."""
    text = page.text(element)[span[0] : span[1]]
    marked = words_of(credit.match.text)
    if not marked & words_of(text[-TAIL_CHARS:]):
        return span, credit
    split = grammar.split(text)
    inner = words_of(split.credit or "")
    sure = split.how in ("label", "brackets") or marked == inner
    if split.credit_span is None or not sure or not marked & inner:
        return span, credit
    if marked < inner and len(split.credit or "") < 150:
        fuller = printed(page, element, moved(split.credit_span, span[0]), "credit/caption", f"split:{split.how}")
        credit = fuller or credit
    return moved(split.caption_span, span[0]), credit


def _without_label(text: str, span: Span) -> Span:
    """A caption without the word that says that it is one ("Legende:")."""
    label = next((w for w in words()["caption_labels"] if text.startswith(w, span[0])), "")
    start = span[0] + len(label)
    while label and start < span[1] and text[start] in " :,":
        start += 1
    return (start, span[1])


# --- attributes ----------------------------------------------------------------------------------------------------


def _attribute_credit(page: Page, unit: Element, image: Element, grammar: Grammar) -> Printed | None:
    stated = [*_microdata(page, unit), *_attributes(page, unit, image, "credit_attributes")]
    for match in stated:
        parsed = grammar.credit(match.text)
        if parsed:
            return _part(match, parsed.span, "credit/attribute")
    titles = _titles(page)
    for match in (*_attributes(page, unit, image, "caption_attributes"), *_plain(page, unit, image)):
        if match.text in titles or not may_hold_credit(match.text, sure=True):
            continue
        split = grammar.split(match.text)
        if split.credit_span is None or (
            split.how == "whole" and match.text == " ".join((image.get("alt") or "").split())
        ):
            continue
        between = match.text[split.caption_span[1] if split.caption else 0 : split.credit_span[0]]
        if split.how != "label" or is_photo_label(between):
            return _part(match, split.credit_span, "credit/attribute", f"split:{split.how}")
    return None


def _titles(page: Page) -> str:
    """What the page calls itself, line by line: an alternative text that repeats it is no caption."""
    headline = [page.story.headline] if page.story.headline is not None else []
    shown = [page.text(e) for e in (*headline, *page.tags.get("title", ())[:1])]
    return "\n".join((*shown, *(m.text for m in page.meta("og:title"))))


def _attribute_caption(page: Page, unit: Element, image: Element, grammar: Grammar) -> Printed | None:
    named = flat(_titles(page)).casefold().split("\n")
    titles = (m for m in _plain(page, unit, image) if isinstance(m.place, NodePlace) and m.place.attribute == "title")
    for match in (*_attributes(page, unit, image, "caption_attributes"), *titles):
        if len(match.text) <= 15 or flat(match.text).casefold() in named:
            continue
        if not may_hold_credit(match.text, sure=True):
            return Printed("caption/attribute", match)
        split = grammar.split(match.text)
        if split.caption:
            return _part(match, split.caption_span, "caption/attribute")
    return None


def _attributes(page: Page, unit: Element, image: Element, kind: str) -> Iterator[Match]:
    """Texts of data attributes whose names hold a word of this list: of the image, then of all elements of its unit."""
    for node in (image, *islice((e for e in unit.iter() if e is not image), _UNIT_ELEMENTS)):
        for name in node.keys():  # noqa: SIM118 - an element is a list of its children
            if marks.attribute_says(name, kind) and _WORDY.search(node.get(name) or ""):
                match = page.attribute(node, name)
                if match and len(match.text) <= CAPTION_CHARS and "<" not in match.text:
                    yield match


def _plain(page: Page, unit: Element, image: Element) -> Iterator[Match]:
    for node in _up_to(image, unit):
        for name in words()["plain_attributes"]:
            match = page.attribute(node, name) if name in node.attrib else None
            if match and len(match.text) <= CAPTION_CHARS and "<" not in match.text:
                yield match


def _up_to(image: Element, unit: Element) -> Iterator[Element]:
    node = image
    while node is not None:
        yield node
        node = node.getparent() if node is not unit else None


def _microdata(page: Page, unit: Element) -> Iterator[Match]:
    """Rights holders and makers that <meta> elements inside a unit state of its image."""
    for name in words()["microdata_credit"]:
        for element in unit.iter("meta"):
            if element.get("itemprop") == name:
                match = page.attribute(element, "content", "microdata")
                if match:
                    yield match


def _part(match: Match, span: Span, rule: str, *steps: str) -> Printed:
    if span == (0, len(match.text)):
        return Printed(rule, match, steps)
    return Printed(rule, Match(match.text[span[0] : span[1]], match.source, match.place, span), steps)
