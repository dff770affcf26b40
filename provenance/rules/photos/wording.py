"""What is printed beside a photo: its caption, and the credit apart from it.

Order of trust: an element whose names say credit; brackets and label words inside the caption; a small or cited line
beside it; attributes of the image. Texts stay where they are: a caption is a span of its element's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from provenance.credits.caption import split_caption
from provenance.credits.photo import parse_photo_credit
from provenance.credits.values import CaptionSplit
from provenance.model import Match, NodePlace, Span
from provenance.page import Element, Page
from provenance.rules.photos import marks
from provenance.rules.photos.marks import words

CREDIT_CHARS = 300
CAPTION_CHARS = 2_000
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "select", "iframe"})
_FINE_PRINT = frozenset({"small", "cite", "footer"})
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]{2,80}[)）\]]\.?")
_BRACKET_TAIL = re.compile(r"[.!?…»”\"。]\s*[(（\[]([^\W\d_a-z][^()（）\[\]\d]{1,40})[)）\]]\.?$")
"""Brackets after the caption's last sentence: what stands there without a label is still a credit."""
_TRIM = " \t|/·•–—-:;,"


@dataclass(frozen=True, slots=True)
class Printed:
    """A text beside a photo: where it stands, and the rule that found it."""

    rule: str
    match: Match
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """Caption and credit of one photo; either may be missing."""

    caption: Printed | None = None
    credit: Printed | None = None


NOTHING = Wording()


@dataclass(frozen=True, slots=True, eq=False)
class _Texts:
    """Elements of a unit that hold text, by what their names say."""

    credits: tuple[Element, ...]
    weak: tuple[Element, ...]
    captions: tuple[Element, ...]


def read_wording(page: Page, unit: Element, image: Element | None, language: str | None) -> Wording:
    """Caption and credit inside a unit; attributes are asked where nothing is printed.

    Without an image only what the markup names a credit, or a sign inside a caption, counts.
    """
    texts = _texts(page, unit, image)
    caption_element = next(iter(texts.captions), None)
    credit = _marked_credit(page, _continued(texts), language, "credit/marked")
    if credit is None and caption_element is not None:
        credit = _inner_credit(page, caption_element, texts, language)
    if image is not None:
        credit = credit or _marked_credit(page, _firm(page, texts.weak, language), language, "credit/beside")
        credit = credit or _loose_credit(page, unit, caption_element, language)
    caption, credit = _caption(page, unit, caption_element, credit, language)
    if image is not None:
        credit = credit or _attribute_credit(page, unit, image, language)
        caption = caption or _attribute_caption(page, unit, image, language)
    return Wording(caption, credit)


def _continued(texts: _Texts) -> tuple[Element, ...]:
    """Credit elements, and a weakly marked one that stands right after the first ("Jane Roe" "/" "AFP")."""
    following = texts.credits[0].getnext() if len(texts.credits) == 1 else None
    return (*texts.credits, following) if following is not None and following in texts.weak else texts.credits


def _firm(page: Page, elements: tuple[Element, ...], language: str | None) -> tuple[Element, ...]:
    """Weakly marked elements that read like a credit: a label, brackets, or a name that is known."""
    rated = [(e, _firmness(page.text(e), language)) for e in elements]
    best = max((r for _, r in rated), default=0)
    return tuple(e for e, r in rated if r == best > 0)


def _firmness(text: str, language: str | None) -> int:
    parsed = parse_photo_credit(text, language)
    if parsed.refused or len(text) > 120:
        return 0
    if parsed.label or (text[0] in "([（" and text[-1] in ")]）"):
        return 2
    return int(parsed.generic or (parsed.named and len(text.split()) < 12))


def _texts(page: Page, unit: Element, image: Element | None) -> _Texts:
    credits: list[Element] = []
    weak: list[Element] = []
    captions: list[Element] = []
    above = set(image.iterancestors()) if image is not None else set()
    for element in _visible(unit):
        if element in above or not isinstance(element.tag, str):
            continue
        role = marks.role(element)
        if (element.tag == "figcaption" and not role & marks.CREDIT) or (
            role & marks.CAPTION and not role & marks.CREDIT
        ):
            captions.append(element)
        elif role & marks.CREDIT:
            credits.append(element)
        elif role & marks.WEAK or element.tag in _FINE_PRINT:
            weak.append(element)
    captions = [e for e in captions if page.text(e)]
    return _Texts(_leaves(page, credits, captions), _leaves(page, weak, captions), tuple(_outer(captions)))


def _visible(unit: Element) -> Iterator[Element]:
    stack = [unit]
    while stack:
        node = stack.pop()
        if node.tag in _SILENT:
            continue
        yield node
        stack.extend(reversed(node))


def _outer(elements: list[Element]) -> list[Element]:
    """Elements that lie in no other of the list."""
    known = set(elements)
    return [e for e in elements if not any(a in known for a in e.iterancestors())]


def _leaves(page: Page, elements: list[Element], captions: list[Element]) -> tuple[Element, ...]:
    """Marked elements with text of their own: wrappers of a caption are left out, and what lies in another."""
    wrappers = {a for caption in captions for a in caption.iterancestors()}
    kept = [e for e in elements if e not in wrappers and 0 < len(page.text(e)) <= CREDIT_CHARS]
    kept = [e for e in kept if page.text(e).strip(" :.").casefold() not in words()["bare_labels"]]
    return tuple(_outer(kept))


def _marked_credit(page: Page, elements: tuple[Element, ...], language: str | None, rule: str) -> Printed | None:
    found: list[tuple[Element, Printed]] = []
    for element in elements:
        printed = _credit_in(page, element, language, rule)
        if printed is not None:
            found.append((element, printed))
    if len(found) > 1:
        joined = _joined(page, [f[0] for f in found], language, rule)
        if joined is not None:
            return joined
    return found[0][1] if found else None


def _credit_in(page: Page, element: Element, language: str | None, rule: str) -> Printed | None:
    """The credit in an element that is one by its name: a caption before it is left out."""
    text = page.text(element)
    if len(text) > 60:
        split = split_caption(text, language)
        if split.credit_span and split.caption:
            return _printed(page, element, split.credit_span, rule, f"split:{split.how}")
    parsed = parse_photo_credit(text, language)
    if parsed.refused or not parsed.credit:
        return None
    return _printed(page, element, parsed.span, rule)


def _printed(page: Page, element: Element, span: Span, rule: str, *steps: str) -> Printed | None:
    whole = span == (0, len(page.text(element)))
    match = page.match(element, None if whole else span)
    if match is None:
        return None
    return Printed(rule, match, (*(() if whole or steps else ("strip-label",)), *steps))


def _joined(page: Page, elements: list[Element], language: str | None, rule: str) -> Printed | None:
    """One credit printed in two elements side by side ("Jane Roe" and "/AFP via Getty Images")."""
    first, second = elements[0], elements[1]
    parent = first.getparent()
    if parent is None or parent is not second.getparent() or page.text(first) == page.text(second):
        return None
    text = page.text(parent)
    start = text.find(page.text(first))
    end = text.find(page.text(second), start + len(page.text(first))) + len(page.text(second))
    gap = text[start + len(page.text(first)) : end - len(page.text(second))]
    if start < 0 or end <= start or len(gap.strip(_TRIM + "()")) > 3:
        return None
    parsed = parse_photo_credit(text[start:end], language)
    if parsed.refused or not parsed.credit:
        return None
    span = (start + parsed.span[0], start + parsed.span[1])
    return _printed(page, parent, span, rule, "join:neighbours")


def _inner_credit(page: Page, caption: Element, texts: _Texts, language: str | None) -> Printed | None:
    """The credit inside a caption: by its own sign first, then a fine-print element of the caption."""
    split = _split(page, caption, language)
    inside = tuple(e for e in (*texts.weak, *_bracketed(page, caption)) if caption in e.iterancestors())
    fine = _marked_credit(page, inside, language, "credit/beside")
    if fine is not None and (
        split.how in ("none", "tail") or _words_of(split.credit or "") <= _words_of(fine.match.text)
    ):
        return fine
    if split.credit_span is not None:
        return _printed(page, caption, split.credit_span, "credit/caption", f"split:{split.how}")
    tail = _BRACKET_TAIL.search(page.text(caption))
    if fine is None and tail and tail.start() > 0:
        return _printed(page, caption, tail.span(1), "credit/caption", "split:last-brackets")
    return fine


def _bracketed(page: Page, caption: Element) -> tuple[Element, ...]:
    """The last element of a caption when all of it stands in brackets."""
    found = [
        e for e in caption.iter() if isinstance(e.tag, str) and e is not caption and _BRACKETS.fullmatch(page.text(e))
    ]
    return tuple(found[-1:])


def _split(page: Page, element: Element, language: str | None) -> CaptionSplit:
    """A caption's text taken apart; one that opens with a label word is all credit."""
    text = page.text(element)[:CAPTION_CHARS]
    if len(text) < 150:
        parsed = parse_photo_credit(text, language)
        if parsed.label and not parsed.refused and parsed.credit and ". " not in parsed.credit:
            return CaptionSplit(text, "", (0, 0), parsed.credit, parsed.span, "whole")
    return split_caption(text, language)


def _loose_credit(page: Page, unit: Element, caption: Element | None, language: str | None) -> Printed | None:
    """A line with a label word somewhere in the unit, in an element without a telling name."""
    text = page.text(unit)
    if not text or len(text) > 800 or (caption is not None and page.text(caption) == text):
        return None
    split = _split(page, unit, language)
    if split.credit_span is None or (split.how == "tail" and len(text) > 500):
        return None
    return _printed(page, unit, split.credit_span, "credit/loose", f"split:{split.how}")


def _caption(
    page: Page, unit: Element, element: Element | None, credit: Printed | None, language: str | None
) -> tuple[Printed | None, Printed | None]:
    """The caption without the credit, and the credit: the caption's own where that is the fuller one."""
    rule = "caption/marked"
    if element is None:
        place = credit.match.place if credit else None
        if not isinstance(place, NodePlace) or place.attribute or len(page.text(unit)) > 600:
            return None, credit
        element, rule = unit, "caption/beside"
    span = _without_credit(page, element, credit, language)
    if span is None:
        return None, credit
    text = page.text(element)
    if credit is not None:
        split = split_caption(text[span[0] : span[1]], language)
        if split.credit_span and split.how in ("label", "brackets") and _overlap(credit.match.text, split.credit or ""):
            if _is_fuller(credit.match.text, split.credit or ""):
                inner = (span[0] + split.credit_span[0], span[0] + split.credit_span[1])
                credit = _printed(page, element, inner, "credit/caption", f"split:{split.how}")
            span = (span[0] + split.caption_span[0], span[0] + split.caption_span[1])
    span = _without_label(text, span)
    if not text[span[0] : span[1]].strip() or text[span[0] : span[1]].strip(" :.").casefold() in words()["bare_labels"]:
        return None, credit
    whole = span == (0, len(text))
    match = page.match(element, None if whole else span)
    return (Printed(rule, match, () if whole else ("without-credit",)) if match else None), credit


def _words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _overlap(first: str, second: str) -> bool:
    return bool(_words_of(first) & _words_of(second))


def _is_fuller(marked: str, inner: str) -> bool:
    """Whether the caption's own credit says all that the marked one says, and more."""
    return _words_of(marked) < _words_of(inner) and len(inner) < 150


def _without_label(text: str, span: Span) -> Span:
    """A caption without the word that says that it is one ("Legende:")."""
    label = next((w for w in words()["caption_labels"] if text.startswith(w, span[0])), "")
    start = span[0] + len(label)
    while label and start < span[1] and text[start] in " :,":
        start += 1
    return (start, span[1])


def _without_credit(page: Page, element: Element, credit: Printed | None, language: str | None) -> Span | None:
    """The longer part of an element's text beside its credit, separators trimmed."""
    text = page.text(element)
    cut = _credit_span(page, element, credit)
    if cut is None:
        split = split_caption(text[:CAPTION_CHARS], language)
        return split.caption_span if split.caption else None
    if cut == (0, len(text)):
        return None
    before, after = _trimmed(text, 0, cut[0]), _trimmed(text, cut[1], len(text))
    best = before if before[1] - before[0] >= after[1] - after[0] else after
    return best if best[1] > best[0] else None


def _credit_span(page: Page, element: Element, credit: Printed | None) -> Span | None:
    """Where the element that holds the credit stands in the text of the caption's element, label word included."""
    if credit is None or not isinstance(credit.match.place, NodePlace) or credit.match.place.attribute:
        return None
    holder, text = credit.match.place.element, page.text(element)
    if holder is element:
        return _with_label(text, credit.match.span or (0, len(text)))
    if element not in holder.iterancestors():
        return None
    whole = page.text(holder)
    at = text.rfind(whole)
    return (at, at + len(whole)) if at >= 0 else None


def _with_label(text: str, span: Span) -> Span:
    """A credit's span with the label word and the bracket before it, as `split_caption` saw them."""
    split = split_caption(text[:CAPTION_CHARS], None)
    if split.credit_span == span and split.caption:
        start, end = split.caption_span
        return (end, len(text)) if start < span[0] else (0, start)
    return span


def _trimmed(text: str, start: int, end: int) -> Span:
    """A span without separators at its ends, nor a label word that the credit left behind ("… | Bild")."""
    for _ in range(2):
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip(_TRIM))
        end = start + len(text[start:end].rstrip(_TRIM + "(（["))
        head, separator, last = text[start:end].rpartition(" ")
        if separator and head[-1:] in _TRIM and last.casefold() in words()["bare_labels"]:
            end = start + len(head)
    return (start, max(start, end))


def _attribute_credit(page: Page, unit: Element, image: Element, language: str | None) -> Printed | None:
    for element, name in _attributes(unit, image, words()["credit_attributes"]):
        match = page.attribute(element, name)
        if match and len(match.text) <= CREDIT_CHARS:
            parsed = parse_photo_credit(match.text, language)
            if not parsed.refused and parsed.credit:
                return _attribute_printed(match, parsed.span, "credit/attribute")
    for element, name in _attributes(unit, image, (*words()["caption_attributes"], "title", "alt")):
        match = page.attribute(element, name)
        if match and len(match.text) <= CAPTION_CHARS and "<" not in match.text:
            split = split_caption(match.text, language)
            if split.credit_span and split.how != "none" and (split.how != "whole" or name != "alt"):
                return _attribute_printed(match, split.credit_span, "credit/attribute", f"split:{split.how}")
    return None


def _attribute_printed(match: Match, span: Span, rule: str, *steps: str) -> Printed:
    if span == (0, len(match.text)):
        return Printed(rule, match, steps)
    return Printed(rule, Match(match.text[span[0] : span[1]], match.source, match.place, span), steps)


def _attribute_caption(page: Page, unit: Element, image: Element, language: str | None) -> Printed | None:
    for element, name in _attributes(unit, image, (*words()["caption_attributes"], "title")):
        match = page.attribute(element, name)
        if match and 15 < len(match.text) <= CAPTION_CHARS and "<" not in match.text:
            split = split_caption(match.text, language)
            if split.caption:
                return _attribute_printed(match, split.caption_span, "caption/attribute")
    return None


def _attributes(unit: Element, image: Element, names: tuple[str, ...]) -> Iterator[tuple[Element, str]]:
    """Attributes of the image, then of the elements around it up to its unit."""
    node = image
    while node is not None:
        for name in names:
            if name in node.attrib:
                yield node, name
        if node is unit:
            return
        node = node.getparent()
