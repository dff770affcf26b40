"""Marked captions and credits outside every image's unit: given to the image near them, or kept when it is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from provenance.page import Element, Page
from provenance.rules.photos import marks
from provenance.rules.photos.grammar import Grammar
from provenance.rules.photos.layout import Layout, foreign_reason, has_linked_heading, leads_away
from provenance.rules.photos.lines import labelled, merged
from provenance.rules.photos.marks import pattern
from provenance.rules.photos.shots import Shot
from provenance.rules.photos.texts import Wording
from provenance.rules.photos.wording import read_wording

_NEAR = 60


@dataclass(frozen=True, slots=True, eq=False)
class Loose:
    """A caption or credit that belongs to no image's unit. `stands_alone`: it tells of a photo without showing one."""

    element: Element
    position: int
    wording: Wording
    stands_alone: bool


def with_loose(layout: Layout, shots: list[Shot], grammar: Grammar) -> tuple[list[Shot], list[Loose]]:
    """Shots completed by loose lines near them, and what is left: captions whose image the saved page lost."""
    own = [s for s in shots if s.refused is None]
    left: list[Loose] = []
    for loose in loose_texts(layout, own, grammar):
        at = _owner(layout, own, loose)
        if at is None:
            left.append(loose)
        else:
            own[at] = replace(own[at], wording=merged(own[at].wording, loose.wording))
    by_position = {s.position: s for s in own}
    return [by_position.get(s.position, s) for s in shots], left


def _owner(layout: Layout, own: list[Shot], loose: Loose) -> int | None:
    """The shot just before a line, else the one just after it, with no text of the article between."""
    before = sum(s.position < loose.position for s in own)
    for i in (before - 1, before - 2, before):
        if not 0 <= i < len(own):
            continue
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


def loose_texts(layout: Layout, own: list[Shot], grammar: Grammar) -> Iterator[Loose]:
    """Marked captions and credits of the article outside the units of its images, in document order."""
    page = layout.page
    taken = {e for s in own if s.unit is not None for e in s.unit.iter()}
    for element, is_caption in _marked(page):
        position = page.order[element]
        if element in taken or layout.zone(position) == "outside" or not page.text(element):
            continue
        if layout.holds_article(position, layout.last(element)) or foreign_reason(layout, element):
            continue
        taken.update(element.iter())
        if leads_away(page, element) or has_linked_heading(page, element):
            continue
        wording = read_wording(page, element, None, grammar)
        if wording.credit is not None and wording.credit.rule != "credit/beside":
            alone = (is_caption and wording.caption is not None) or _is_photo_credit(page, element, grammar)
            yield Loose(element, position, wording, alone)


def _is_photo_credit(page: Page, element: Element, grammar: Grammar) -> bool:
    """A credit that says by its label or its name that it is a photo's."""
    if labelled(page, element, grammar) is not None:
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
