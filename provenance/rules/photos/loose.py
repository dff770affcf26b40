"""Marked captions and credits outside every image's unit: given to the image near them, or kept when it is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from provenance.page import Element, Page
from provenance.rules.photos import marks
from provenance.rules.photos.belonging import foreign_reason, has_linked_heading, leads_away
from provenance.rules.photos.grammar import Grammar
from provenance.rules.photos.layout import UNIT_NODES, Layout
from provenance.rules.photos.lines import captions_with_bold_credit, labelled, merged
from provenance.rules.photos.marks import pattern
from provenance.rules.photos.shots import ABOVE, Shot
from provenance.rules.photos.signs import may_hold_credit
from provenance.rules.photos.stray import stray_texts
from provenance.rules.photos.texts import Wording, says_photo
from provenance.rules.photos.wording import read_wording

_NEAR = 60
_SERIES = 8


@dataclass(frozen=True, slots=True, eq=False)
class Loose:
    """A caption or credit that belongs to no image's unit. `refused`: why it tells of no photo of the article."""

    element: Element
    position: int
    wording: Wording
    refused: str | None = None


def with_loose(layout: Layout, shots: list[Shot], grammar: Grammar) -> tuple[list[Shot], list[Loose]]:
    """Shots completed by loose lines near them, and what is left: captions whose image the saved page lost."""
    own = [s for s in shots if s.refused in (None, ABOVE)]
    left: list[Loose] = []
    for loose in (*loose_texts(layout, own, grammar), *_text_lines(layout, grammar)):
        at = _owner(layout, own, loose)
        if at is None:
            left.append(loose)
        else:
            own[at] = replace(own[at], wording=merged(own[at].wording, loose.wording), refused=None)
    by_position = {s.position: s for s in own}
    return without_series([by_position.get(s.position, s) for s in shots], left, layout.headline_text.casefold())


def without_series(shots: list[Shot], left: list[Loose], headline: str) -> tuple[list[Shot], list[Loose]]:
    """A gallery whose captions all begin with its own title, not the article's, is a feature of its own."""
    wordings = [*(s.wording for s in shots), *(o.wording for o in left)]
    captions = {w.caption.match.text: _opening(w) for w in wordings if w.caption}
    counts = Counter(captions.values())
    series = {o for o, n in counts.items() if o and n >= _SERIES and o not in headline}
    if not series:
        return shots, left
    places = [s.position for s in shots if _opening(s.wording) in series]
    places += [o.position for o in left if _opening(o.wording) in series]
    first, last = min(places), max(places)
    reason = "gallery of its own"
    shots = [replace(s, refused=reason) if not s.refused and first <= s.position <= last else s for s in shots]
    return shots, [replace(o, refused=reason) if first <= o.position <= last else o for o in left]


def _opening(wording: Wording) -> str:
    words = wording.caption.match.text.casefold().split() if wording.caption else []
    return " ".join(words[:4]) if len(words) > 5 else ""


def _text_lines(layout: Layout, grammar: Grammar) -> Iterator[Loose]:
    """Captions with a credit in bold below them, as text forms keep them."""
    if layout.page.is_text:
        order = layout.page.order
        yield from (Loose(e, order[e], w) for e, w in captions_with_bold_credit(layout, grammar))


def _owner(layout: Layout, own: list[Shot], loose: Loose) -> int | None:
    """The shot just before a line, else the one just after it, with no text of the article between."""
    before = sum(s.position < loose.position for s in own)
    for i in (before - 1, before - 2, before):
        if not 0 <= i < len(own):
            continue
        if own[i].refused == ABOVE and layout.zone(loose.position) != "above":
            continue
        low, high = sorted((own[i].position, loose.position))
        if high - low > _NEAR or _is_apart(layout, low + 1, high - 1):
            continue
        if own[i].wording.credit is None or _same(own[i].wording, loose.wording):
            return i
    return None


def _is_apart(layout: Layout, start: int, end: int) -> bool:
    """Whether text of the article stands between two positions; a headline may have its summary with it."""
    if layout.headline is not None and start <= layout.headline <= end:
        return layout.holds_text(layout.prose[1] if layout.prose[1:] else start, end)
    return layout.holds_text(start, end)


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
        end = layout.last(element)
        if element in taken or layout.zone(position) == "outside" or end - position > UNIT_NODES:
            continue
        if layout.holds_article(position, end) or not page.text(element) or foreign_reason(layout, element):
            continue
        taken.update(element.iter())
        if element.find(".//time") is not None and not is_caption:
            continue  # a credit of the text beside its date
        if leads_away(layout, element) or has_linked_heading(layout, element):
            continue
        if not marks.role(element) & marks.CREDIT and not may_hold_credit(page.text(element), sure=True):
            continue
        wording = read_wording(page, element, None, grammar)
        if wording.credit is not None and wording.credit.rule != "credit/beside":
            alone = (is_caption and wording.caption is not None) or _is_photo_credit(page, element, grammar)
            if layout.zone(position) == "above" and not (alone and says_photo(page, wording.credit)):
                continue
            yield Loose(element, position, wording, None if alone else "a credit without a photo")
    for element, wording in stray_texts(layout, taken, grammar):
        if layout.zone(page.order[element]) not in ("outside", "above") and not foreign_reason(layout, element):
            taken.update(element.iter())
            if not leads_away(layout, element):
                yield Loose(element, page.order[element], wording)


def _is_photo_credit(page: Page, element: Element, grammar: Grammar) -> bool:
    """A credit that says by its label or its name that it is a photo's."""
    if labelled(page, element, grammar):
        return True
    names = " ".join(element.get(n) or "" for n in ("class", "id")).lower()
    return bool(marks.role(element) & marks.CREDIT and pattern("image").search(names))


def _marked(page: Page) -> list[tuple[Element, bool]]:
    found: dict[Element, bool] = dict.fromkeys(page.all("figure", "figcaption"), True)
    for token in marks.tokens_for_texts(page):
        role = marks.role_of_token(token.replace("_", "-"))
        if role & (marks.CREDIT | marks.CAPTION):
            for element in page.tokens[token]:
                found[element] = found.get(element, False) or bool(role & marks.CAPTION)
    return sorted(found.items(), key=lambda item: page.order[item[0]])
