"""Captions and credits that stand apart from their image: beside it, at the article's foot, or without any image."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from provenance.credits.caption import split_caption
from provenance.credits.photo import parse_photo_credit
from provenance.credits.values import CaptionSplit
from provenance.page import Element, Page
from provenance.rules.photos import marks
from provenance.rules.photos.layout import Layout, foreign_reason, has_linked_heading, leads_away
from provenance.rules.photos.marks import pattern
from provenance.rules.photos.shots import Shot
from provenance.rules.photos.wording import CREDIT_CHARS, Printed, Wording, read_wording

_NEAR = 60
_BOLD = frozenset({"strong", "b", "em", "i"})
_FOOT_LINES = 6
_LINE_CHARS = 350
_LINE_TAGS = frozenset({"p", "div", "span", "em", "i", "small", "figcaption", "center", "font", "dd"})


@dataclass(frozen=True, slots=True, eq=False)
class Loose:
    """A caption or credit in an element that belongs to no image's unit."""

    element: Element
    position: int
    wording: Wording
    is_caption: bool


def with_lines(layout: Layout, shots: list[Shot], language: str | None) -> tuple[list[Shot], list[Loose]]:
    """Shots completed by loose lines near them, and what is left: captions whose image the saved page lost."""
    own = [s for s in shots if s.refused is None]
    left: list[Loose] = []
    for loose in loose_lines(layout, own, language):
        at = _owner(layout, own, loose)
        if at is None:
            left.append(loose)
        else:
            own[at] = replace(own[at], wording=_merged(own[at].wording, loose.wording))
    own = [_with_next(layout, s, language) for s in own]
    own = _foot_credit(layout, own, language)
    by_position = {s.position: s for s in own}
    return [by_position.get(s.position, s) for s in shots], left


def _with_next(layout: Layout, shot: Shot, language: str | None) -> Shot:
    """A shot without a credit and the line right after it, where that line ends in one ("… (Foto: dpa)", "AFP")."""
    if shot.wording.credit is not None or shot.unit is None or shot.zone == "outside":
        return shot
    nodes, at = layout.page.nodes, layout.last(shot.unit) + 1
    following = nodes[at] if at < len(nodes) else None
    if following is None or following.tag not in _LINE_TAGS or layout.last(following) - at > 12:
        return shot
    text = layout.page.text(following)
    if not 1 < len(text) <= _LINE_CHARS or foreign_reason(layout, following):
        return shot
    split = split_caption(text, language)
    apart = at not in layout.prose
    short = split.how in ("label", "brackets") or (split.how == "whole" and len(text) <= 60) or apart
    if not short or split.credit_span is None or not (apart or _is_photo_line(text, split)):
        return shot
    credit = layout.page.match(following, None if split.credit_span == (0, len(text)) else split.credit_span)
    caption = layout.page.match(following, split.caption_span) if split.caption else None
    if credit is None:
        return shot
    found = Wording(
        Printed("caption/next-line", caption, ("without-credit",)) if caption else None,
        Printed("credit/next-line", credit, (f"split:{split.how}",)),
    )
    return replace(shot, wording=_merged(shot.wording, found))


def _is_photo_line(text: str, split: CaptionSplit) -> bool:
    """A label must be one for photos, and a sentence of the article may end in an agency in brackets."""
    if split.credit_span is None:
        return False
    before = text[split.caption_span[1] if split.caption else 0 : split.credit_span[0]]
    labelled = pattern("photo_words").search(before.lower()) or "©" in before
    return bool(labelled or split.how == "whole")


def _merged(first: Wording, second: Wording) -> Wording:
    return Wording(first.caption or second.caption, first.credit or second.credit)


def _owner(layout: Layout, own: list[Shot], loose: Loose) -> int | None:
    """The shot just before a line, else the one just after it, with no text of the article between."""
    before = sum(s.position < loose.position for s in own)
    near = [i for i in (before - 1, before - 2, before) if 0 <= i < len(own)]
    for i in near:
        low, high = sorted((own[i].position, loose.position))
        if high - low > _NEAR or layout.holds_text(low + 1, high - 1):
            continue
        if own[i].wording.credit is None or _same(own[i].wording, loose.wording):
            return i
    return None


def _same(first: Wording, second: Wording) -> bool:
    if first.credit is None or second.credit is None:
        return False
    return first.credit.match.text.casefold() == second.credit.match.text.casefold()


def loose_lines(layout: Layout, own: list[Shot], language: str | None) -> Iterator[Loose]:
    """Marked captions and credits of the article outside the units of its images, in document order."""
    page = layout.page
    used = {e for s in own if s.unit is not None for e in s.unit.iter()}
    taken: set[Element] = set()
    for element, is_caption in _marked(page):
        position = page.order[element]
        if element in used or element in taken or layout.zone(position) == "outside" or not page.text(element):
            continue
        if layout.holds_article(position, layout.last(element)) or foreign_reason(layout, element):
            continue
        taken.update(element.iter())
        if leads_away(page, element) or has_linked_heading(page, element):
            continue
        wording = read_wording(page, element, None, language)
        if wording.credit is not None and wording.credit.rule != "credit/beside":
            stands_alone = (is_caption and wording.caption is not None) or _is_photo_credit(page, element, language)
            yield Loose(element, position, wording, stands_alone)


def _is_photo_credit(page: Page, element: Element, language: str | None) -> bool:
    """A credit that says by its label or its name that it is a photo's."""
    if labelled(page, element, language) is not None:
        return True
    names = " ".join(element.get(n) or "" for n in ("class", "id")).lower()
    return bool(marks.role(element) & marks.CREDIT and pattern("image").search(names))


def _marked(page: Page) -> list[tuple[Element, bool]]:
    found: dict[Element, bool] = dict.fromkeys(page.all("figure", "figcaption"), True)
    for token, elements in page.tokens.items():
        role = marks.role_of_token(token)
        if role & (marks.CREDIT | marks.CAPTION):
            for element in elements:
                found[element] = found.get(element, False) or bool(role & marks.CAPTION)
    return sorted(found.items(), key=lambda item: page.order[item[0]])


def _foot_credit(layout: Layout, own: list[Shot], language: str | None) -> list[Shot]:
    """A line such as "Fotos: A, B" at the article's foot credits the first photo that has no credit of its own."""
    credited = {s.key for s in own if s.wording.credit is not None}
    bare = next((i for i, s in enumerate(own) if s.key not in credited), None)
    if bare is None:
        return own
    for block in reversed(layout.page.story.blocks[-_FOOT_LINES:]):
        printed = labelled(layout.page, block.element, language)
        if printed is not None:
            own[bare] = replace(own[bare], wording=_merged(own[bare].wording, Wording(None, printed)))
            return own
    return own


def labelled(page: Page, element: Element, language: str | None) -> Printed | None:
    """The credit of a line that is nothing but a label word and a credit."""
    text = page.text(element)
    if not 3 < len(text) <= CREDIT_CHARS:
        return None
    parsed = parse_photo_credit(text, language)
    if (
        parsed.refused
        or not parsed.credit
        or not (parsed.label and pattern("photo_words").search(parsed.label.lower()))
    ):
        return None
    match = page.match(element, parsed.span)
    return Printed("credit/line", match, ("strip-label",)) if match else None


def bold_credit(page: Page, element: Element, language: str | None) -> Printed | None:
    """The credit of a paragraph that is bold or italic as a whole, as printed articles and Markdown set it."""
    text = page.text(element)
    children = list(element)
    if element.tag != "p" or not 1 < len(text) <= 150 or len(children) != 1 or children[0].tag not in _BOLD:
        return None
    if page.text(children[0]) != text:
        return None
    parsed = parse_photo_credit(text, language)
    if parsed.refused or not parsed.credit or not (parsed.label or parsed.named):
        return None
    match = page.match(element, None if parsed.span == (0, len(text)) else parsed.span)
    return Printed("credit/bold-line", match) if match else None


def printed_lines(layout: Layout, language: str | None) -> Iterator[Loose]:
    """A caption paragraph followed by a credit paragraph in bold, above the article's text or below an image."""
    page = layout.page
    paragraphs = page.tags.get("p", ())
    for previous, element in pairwise(paragraphs):
        if previous.getnext() is not element:
            continue
        credit = bold_credit(page, element, language)
        match = page.match(previous) if credit else None
        if (
            credit is None
            or match is None
            or len(match.text) > 500
            or not match.text.rstrip().endswith((".", "。", ")", "!", "?"))
        ):
            continue
        yield Loose(element, page.order[element], Wording(Printed("caption/above-credit", match), credit), True)
