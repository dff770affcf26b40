"""A photo's credit in a line of its own to which the markup gives no telling name.

What counts is where the line stands and how it reads: with a label word or a copyright mark ("Bild: Jane Roe",
"© EFE"), in brackets, or as an agency's line ("Jane Roe / AFP", "EFE") where the photo's box holds little other text.
"""

from __future__ import annotations

import re
from itertools import islice

from provenance.credits.values import PhotoCredit
from provenance.credits.words import words as credit_words
from provenance.page import Element, Page
from provenance.rules.photos.closing import is_long_enough, is_photographer
from provenance.rules.photos.grammar import Grammar
from provenance.rules.photos.marks import pattern
from provenance.rules.photos.signs import is_bare_label, is_photo_label
from provenance.rules.photos.texts import Printed, Texts, printed, visible
from provenance.text import HEADINGS

_LINE_CHARS = 120
_MAX_LINES = 16
_FEW_LINES = 3
_NAME_WORDS = 6
_OPENINGS = frozenset("([（【")
_CLOSINGS = frozenset(")]）】")
_JOINS = re.compile(r"[/|｜·•;]|\s[–—-]\s|[—]|\bvia\b|\(")
_SKIPPED = HEADINGS | {"time", "button", "li", "option", "label"}
_CERTAIN = 3
_BOX_CHARS = 500


def plain_credit(page: Page, unit: Element, image: Element, texts: Texts, grammar: Grammar) -> Printed | None:
    """The credit in an unmarked line of a photo's unit; None where no line is surely one."""
    lines = list(islice(_lines(page, unit, image, texts), _MAX_LINES))
    few = len({page.text(e) for e in lines}) <= _FEW_LINES
    best: tuple[int, int, Element, PhotoCredit] | None = None
    for line in lines:
        text = page.text(line)
        parsed = grammar.credit(text, named_so=False)
        rating = _rating(text, parsed, grammar, few=few) if parsed else 0
        rating = rating or int(few and _is_photographer(page, line, image, unit, texts, grammar))
        if parsed and rating and (best is None or (rating, -len(text)) > best[:2]):
            best = (rating, -len(text), line, parsed)
    return printed(page, best[2], best[3].span, "credit/line-beside") if best else None


def _lines(page: Page, unit: Element, image: Element, texts: Texts) -> list[Element]:
    """Short elements with text of their own, in document order; one that is only a label stands for its parent."""
    above = {image, *image.iterancestors()}
    read = set(texts.captions[:1])
    found: dict[Element, None] = {}
    for element in visible(unit):
        if element in above or element.tag in _SKIPPED or not isinstance(element.tag, str) or element in read:
            continue
        if not _has_own_text(element):
            continue
        parent = element.getparent()
        if is_bare_label(page.text(element)) and parent is not None and parent not in above:
            element = parent
        if 1 < len(page.text(element)) <= _LINE_CHARS and not _inside(element, read):
            found[element] = None
    return list(found)


def _has_own_text(element: Element) -> bool:
    if element.text and element.text.strip():
        return True
    return any(child.tail and child.tail.strip() for child in element)


def _inside(element: Element, others: set[Element]) -> bool:
    return bool(others) and any(a in others for a in element.iterancestors())


def photo_box(element: Element, unit: Element) -> Element | None:
    """The nearest box around an element of a unit that holds an image, where it is a figure or named for images."""
    for box in element.iterancestors():
        if next(box.iter("img", "picture", "amp-img"), None) is not None:
            return box if box.tag == "figure" or pattern("image").search((box.get("class") or "").lower()) else None
        if box is unit:
            break
    return None


def _is_photographer(page: Page, line: Element, image: Element, unit: Element, texts: Texts, grammar: Grammar) -> bool:
    """Whether a line is a person's name and the last one of a photo's box, after a caption or right before it."""
    text = page.text(line)
    if not is_photographer(text, grammar.context.language):
        return False
    box = photo_box(line, unit)
    whole = page.text(box) if box is not None and image in box.iter(image.tag) else ""
    if not whole or len(whole) > _BOX_CHARS:
        return False
    before = whole.removesuffix(text)
    if before != whole:
        return is_long_enough(before)
    after = whole.removeprefix(text).strip()
    return box is not None and box.tag == "figure" and any(page.text(c) == after for c in texts.captions[:1])


def _rating(text: str, parsed: PhotoCredit, grammar: Grammar, *, few: bool) -> int:
    """3 for a photo's label or mark, 2 for a label or brackets, 1 for a known agency; 0 for what may be anything."""
    if parsed.label and is_photo_label(parsed.label):
        return _CERTAIN
    if not few:
        return 0
    if parsed.label or (text[0] in _OPENINGS and text[-1] in _CLOSINGS and (parsed.named or parsed.generic)):
        return 2
    if not _is_agency_line(text, parsed, grammar):
        return 0
    split = grammar.split(text)
    short = split.how == "tail" and len(split.caption.split()) <= _NAME_WORDS
    return int(short or not (split.caption and split.credit))  # a caption with its credit is not the credit alone


def _is_agency_line(text: str, parsed: PhotoCredit, grammar: Grammar) -> bool:
    if parsed.generic or parsed.copyright or is_all_agency(parsed):
        return True
    if (parsed.sources or parsed.providers) and _JOINS.search(parsed.credit):
        return True
    return "/" in text and len(text.split()) <= _NAME_WORDS and (parsed.named or _keeps_label(text, grammar))


def is_all_agency(parsed: PhotoCredit) -> bool:
    """Whether a line is nothing but the name of an agency."""
    return any(m.span == parsed.span for m in (*parsed.sources, *parsed.providers))


def _keeps_label(text: str, grammar: Grammar) -> bool:
    """Whether a line opens with a kind of picture that is part of the credit ("Skjáskot/Dagen")."""
    return bool(credit_words(grammar.context.language).pattern("keep_label").match(text))
