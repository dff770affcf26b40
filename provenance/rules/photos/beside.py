"""The credit printed beside a photo: in an element named for it, in the caption, or in a line with a label word."""

from __future__ import annotations

import re
from itertools import islice

from provenance.addresses import same_site
from provenance.credits.values import PhotoCredit
from provenance.page import Element, Page
from provenance.rules.photos import marks
from provenance.rules.photos.belonging import shows_photos
from provenance.rules.photos.closing import is_long_enough
from provenance.rules.photos.grammar import Grammar
from provenance.rules.photos.icons import icon_credit
from provenance.rules.photos.layout import stated_addresses
from provenance.rules.photos.marks import pattern, words
from provenance.rules.photos.plain import is_all_agency, photo_box, plain_credit
from provenance.rules.photos.signs import (
    TRIM,
    is_bare_label,
    is_photo_label,
    may_hold_credit,
    moved,
    opens_with_mark,
    words_of,
)
from provenance.rules.photos.texts import Printed, Texts, printed

_EDGE_CHARS = 80
_REST_CHARS = 20
_NAME_WORDS = 6
_JOINED_WORDS = 8
_ENDS = (".", "!", "?", "。", ":")
_FILM_STEPS = 3
_LABEL_PARTS = 6
_BOX_PARTS = 12
_LONG_REST = 40
_BLOCKS = frozenset({"p", "div", "li", "dd"})
_HOST = re.compile(r"(?:[a-z0-9-]{2,40}\.){1,3}[a-z]{2,10}", re.I)
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]{2,80}[)）\]]\.?")


def printed_credit(page: Page, unit: Element, image: Element | None, texts: Texts, grammar: Grammar) -> Printed | None:
    """The credit of a unit. Without an image only a marked element or a sign inside a caption counts."""
    caption = next(iter(texts.captions), None)
    found = _marked(page, _continued(texts), grammar, "credit/marked")
    if found is None and caption is not None:
        found = caption_credit(page, caption, texts, grammar)
    if found is None and image is not None:
        found = icon_credit(page, unit, grammar) or _marked(
            page, _firm(page, unit, texts, grammar), grammar, "credit/beside"
        )
        found = found or plain_credit(page, unit, image, texts, grammar) or _loose(page, unit, caption, grammar)
        found = None if found and _is_film_of_house(found, grammar) else found
    return found


def _continued(texts: Texts) -> tuple[Element, ...]:
    """Credit elements, and a weakly marked one that stands right after the only one ("Jane Roe" "/" "AFP")."""
    following = texts.credits[0].getnext() if len(texts.credits) == 1 else None
    return (*texts.credits, following) if following is not None and following in texts.weak else texts.credits


def _marked(page: Page, elements: tuple[Element, ...], grammar: Grammar, rule: str) -> Printed | None:
    joined = _joined(page, elements[0], elements[1], grammar, rule) if len(elements) > 1 else None
    found = (_credit_of(page, e, grammar, rule) for e in elements)
    return joined or next((p for p in found if p is not None), None)


def _credit_of(page: Page, element: Element, grammar: Grammar, rule: str) -> Printed | None:
    """The credit in an element that is one by its name: a caption before it is left out."""
    inner = _labelled_part(page, element, grammar)
    if inner is not None:
        return _credit_of(page, inner, grammar, rule)
    start = _after_label(page, element)
    text = page.text(element)[start:]
    if len(text) > 60:
        split = grammar.split(text)
        if split.credit_span and split.caption:
            return printed(page, element, moved(split.credit_span, start), rule, f"split:{split.how}")
    named_so = start > 0 or any(a.tag == "figure" for a in element.iterancestors())
    parsed = grammar.credit(text, named_so=named_so)
    return printed(page, element, moved(parsed.span, start), rule) if parsed else None


def _labelled_part(page: Page, element: Element, grammar: Grammar) -> Element | None:
    """The part of a box for credit and caption that is named the credit and opens with a word for photos."""
    whole = page.text(element)
    for inner in islice(element.iterdescendants(), _BOX_PARTS):
        if not isinstance(inner.tag, str) or not marks.role(inner) & marks.CREDIT:
            continue
        text = page.text(inner)
        apart = inner.tag in _BLOCKS or len(whole) > len(text) + _LONG_REST
        parsed = grammar.credit(text) if apart and text != whole and len(text) <= _EDGE_CHARS else None
        if parsed and parsed.label and is_photo_label(parsed.label):
            return inner
    return None


def _after_label(page: Page, element: Element) -> int:
    """Where a credit begins behind a first part that is only a label ("<span>Credit</span> Jane Roe")."""
    text = page.text(element)
    for inner in islice(element.iterdescendants(), _LABEL_PARTS):
        label = page.text(inner) if isinstance(inner.tag, str) else ""
        if not label or label == text:
            continue
        rest = text.removeprefix(label)
        return len(text) - len(rest.lstrip(TRIM)) if rest != text and is_bare_label(label) else 0
    return 0


def _joined(page: Page, first: Element, second: Element, grammar: Grammar, rule: str) -> Printed | None:
    """One credit printed in two elements side by side."""
    parent = first.getparent()
    one, other = page.text(first), page.text(second)
    if parent is None or parent is not second.getparent() or one == other or len(one.split()) > _JOINED_WORDS:
        return None
    text = page.text(parent)
    start = text.find(one)
    at = text.find(other, start + len(one))
    if start < 0 or at < 0 or len(text[start + len(one) : at].strip(TRIM + "()")) > 3:
        return None
    if other.endswith(".") and not one.endswith(".") and not _names_house(other, grammar):
        return None  # a caption behind its credit
    parsed = grammar.credit(text[start : at + len(other)])
    return printed(page, parent, moved(parsed.span, start), rule, "join:neighbours") if parsed else None


def _names_house(text: str, grammar: Grammar) -> bool:
    parsed = grammar.credit(text)
    return parsed is not None and bool(parsed.sources or parsed.providers)


def caption_credit(page: Page, caption: Element, texts: Texts, grammar: Grammar) -> Printed | None:
    """The credit inside a caption: by its own sign, in a fine-print element, or in an element at the caption's edge."""
    inside = tuple(e for e in texts.weak if caption in e.iterancestors())
    fine = _marked(page, inside, grammar, "credit/beside")
    fine = fine or _marked(page, _bracketed(page, caption), grammar, "credit/caption")
    fine = fine or _at_edge(page, caption, grammar)
    text = page.text(caption)
    if (
        fine is not None
        and text.endswith(fine.match.text)
        and not may_hold_credit(text.removesuffix(fine.match.text), sure=True)
    ):
        return fine
    split = grammar.split(text)
    sure = split.how not in ("none", "tail")
    if fine is not None and (
        not sure or split.how == "whole" or words_of(split.credit or "") <= words_of(fine.match.text)
    ):
        return fine
    if split.credit_span is not None:
        return printed(page, caption, split.credit_span, "credit/caption", f"split:{split.how}")
    return fine or _whole(page, caption, grammar)


def _whole(page: Page, caption: Element, grammar: Grammar) -> Printed | None:
    """A caption that is nothing but an agency's name or the name of a site."""
    text = page.text(caption)
    parsed = grammar.credit(text, named_so=False) if len(text) <= _EDGE_CHARS else None
    whole = parsed and (is_all_agency(parsed) or _HOST.fullmatch(text) or _leads_to_photo(page, caption))
    return printed(page, caption, parsed.span, "credit/caption") if parsed and whole else None


def _leads_to_photo(page: Page, caption: Element) -> bool:
    """Whether a caption is nothing but a short link to the page of a photo at another site, as licences ask for it."""
    link = next(caption.iter("a"), None)
    text = page.text(caption)
    if link is None or page.text(link) != text or len(text.split()) > _NAME_WORDS or text.endswith(_ENDS):
        return False
    there, own = page.address(link.get("href")), next(iter(stated_addresses(page)), None)
    if there is None or own is None or same_site(there, own):
        return False
    return shows_photos(there.rpartition("//")[2].partition("/")[2])


def _bracketed(page: Page, caption: Element) -> tuple[Element, ...]:
    """The last element of a caption when all of its text stands in brackets."""
    inner = [e for e in caption.iterdescendants() if isinstance(e.tag, str)]
    found = [e for e in inner if _BRACKETS.fullmatch(page.text(e))]
    return tuple(found[-1:])


def _at_edge(page: Page, caption: Element, grammar: Grammar) -> Printed | None:
    """A credit in an element of its own after the caption's words, or before them, though no name says so."""
    box = caption
    while len(box) == 1 and page.text(box[0]) == page.text(caption):
        box = box[0]
    pieces = [e for e in box if isinstance(e.tag, str) and page.text(e)]
    first = pieces[:1] if not (box.text or "").strip() else []
    for piece in (*pieces[-1:], *first):
        if piece in first and caption.tag != "figcaption" and not opens_with_mark(page.text(piece)):
            continue
        text = page.text(piece)
        before = page.text(caption).removesuffix(text).rstrip()
        short = len(page.text(caption)) < len(text) + _REST_CHARS and not is_long_enough(before)
        if len(text) > _EDGE_CHARS or short or text.endswith(_ENDS):
            continue
        if before.rpartition(" ")[2].casefold() in words()["joining_words"]:
            continue  # the end of a sentence or of a longer credit: "Photo by Jane Roe on Unsplash"
        described = piece is pieces[-1] and _describes(caption, before)
        parsed = grammar.credit(text, named_so=described)
        if parsed and (_tells(piece, text, parsed) or (described and len(text.split()) <= _NAME_WORDS)):
            return printed(page, piece, parsed.span, "credit/edge")
    return None


def _describes(caption: Element, before: str) -> bool:
    """Whether words are the very text that stands in for the image: what is printed behind them is no caption."""
    figure = next(caption.iterancestors("figure"), None)
    image = next(figure.iter("img"), None) if figure is not None else None
    alt = " ".join((image.get("alt") or "").split()) if image is not None else ""
    return is_long_enough(alt) and alt.rstrip(TRIM + ".") == before.rstrip(TRIM + ".")


def _tells(piece: Element, text: str, parsed: PhotoCredit) -> bool:
    """Whether an unmarked piece of a caption can be its credit; a link in a sentence ends captions, too."""
    if parsed.label or parsed.sources or parsed.providers or text[0] in "/|":
        return True
    short = len(text.split()) <= _NAME_WORDS
    return short and parsed.named and piece.tag != "a" and next(piece.iter("a"), None) is None


def _firm(page: Page, unit: Element, texts: Texts, grammar: Grammar) -> tuple[Element, ...]:
    """Weakly marked elements that read like a credit: those with a label or brackets, else those with a known name."""
    rated = [(e, _firmness(page.text(e), grammar, boxed=_is_boxed(e, unit, texts))) for e in texts.weak]
    best = max((r for _, r in rated), default=0)
    return tuple(e for e, r in rated if r == best > 0)


def _is_film_of_house(found: Printed, grammar: Grammar) -> bool:
    """Whether a line names the house itself as the source of a film: that credits no photo."""
    if found.element is None or found.match.text.casefold() not in {n.casefold() for n in grammar.context.house.names}:
        return False
    near = (found.element, *islice(found.element.iterancestors(), _FILM_STEPS))
    return any(pattern("film").search((e.get("class") or "").lower()) for e in near)


def _is_boxed(element: Element, unit: Element, texts: Texts) -> bool:
    """Whether a name in an element is the photo's: in a figure, beside its caption, or a source in a box of images."""
    if any(a.tag == "figure" for a in element.iterancestors()):
        return True
    beside = [e for e in (element.getprevious(), element.getnext()) if e is not None and e in texts.captions]
    if marks.role(element) & marks.PERSON:
        return any(e.tag == "figcaption" for e in beside)  # beside a "description" it is the author of the text
    return bool(beside) or photo_box(element, unit) is not None


def _firmness(text: str, grammar: Grammar, *, boxed: bool) -> int:
    """2 with a label or brackets; 1 with an agency, or a name in a photo's box: elsewhere the author's."""
    parsed = grammar.credit(text, named_so=False) if len(text) <= 120 else None
    if parsed is None:
        return 0
    if parsed.label or (text[0] in "([（" and text[-1] in ")]）"):
        return 2
    if parsed.generic or parsed.sources or parsed.providers:
        return 1
    return int(boxed and parsed.named and len(text.split()) < 12)


def _loose(page: Page, unit: Element, caption: Element | None, grammar: Grammar) -> Printed | None:
    """A line with a label word or an agency somewhere in the unit, in an element without a telling name."""
    text = page.text(unit)
    if (
        not text
        or len(text) > 800
        or not may_hold_credit(text, sure=True)
        or (caption is not None and page.text(caption) == text)
    ):
        return None
    split = grammar.split(text)
    if split.credit_span is None or (split.how == "tail" and len(text) > 500):
        return None
    return printed(page, unit, split.credit_span, "credit/loose", f"split:{split.how}")
