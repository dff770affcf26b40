"""Every image that the page shows, judged: the article's own with their texts, the others with a reason."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from provenance.model import Match
from provenance.page import Element, Page
from provenance.rules.photos import marks
from provenance.rules.photos.addresses import address_of, images, is_emblem, is_image_address, key_of, local_address
from provenance.rules.photos.belonging import (
    ELSEWHERE,
    PORTRAIT,
    foreign_reason,
    has_linked_heading,
    has_long_link,
    in_film_box,
    is_portrait,
    leads_away,
    links_out,
)
from provenance.rules.photos.grammar import Grammar
from provenance.rules.photos.layout import UNIT_NODES, Layout, unit_of
from provenance.rules.photos.texts import NOTHING, Wording, says_photo
from provenance.rules.photos.wording import read_wording

_MAX_IMAGES = 400
_TINY = 50
_STYLED = re.compile(r"(?:^|[;\s])(?:width|height)\s*:\s*(\d{1,5})px", re.IGNORECASE)
_STYLE_CHARS = 400
_STRIP = 5
"""A panorama is up to four times as wide as high."""
_DIGITS = 5
_OFTEN = 4
"""So often no photo is shown in one article."""
_SOURCE_CHARS = 20_000
_KEY_CHARS = 6
_STEPS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One showing of an image. `refused` says why it is not the article's; `zone` where it stands.

    Without a `source` the address is a relative one that nothing makes whole.
    """

    element: Element
    position: int
    key: str
    source: Match | None = None
    address: str | None = None
    unit: Element | None = None
    zone: str = "text"
    wording: Wording = NOTHING
    refused: str | None = None


def shots(layout: Layout, lead_keys: frozenset[str], grammar: Grammar) -> list[Shot]:
    """All images of the page in document order."""
    tails = tuple(sorted({key.rpartition("/")[2] for key in lead_keys}))
    seen = [_seen(layout, e, lead_keys, tails) for e in images(layout.page)[:_MAX_IMAGES]]
    seen = [_judged(layout, s, lead_keys) for s in seen]
    others = [(s.position, s.key) for s in seen if s.refused not in _INVISIBLE and s.zone != "outside"]
    read = [_read(layout, s, others, lead_keys, grammar) if s.refused is None else s for s in seen]
    times = Counter(s.key for s in read if s.refused is None and s.wording == NOTHING)
    read = [replace(s, refused=EMBLEM) if not s.refused and times[s.key] >= _OFTEN else s for s in read]
    inside = any(s.refused is None and s.zone not in _APART for s in read)
    return [replace(s, refused=_APART[s.zone]) if inside and s.zone in _APART and not s.refused else s for s in read]


OUTSIDE = "outside the article"
BELOW = "below the article, without caption or credit"
"""Refusal of an image that a line beside it can still lift."""
ABOVE = "above the article, without a credit"
"""Refusal of an image that a credit near it can still lift."""
EMBLEM = "decoration"
_APART = {"outside": OUTSIDE, "above": ABOVE}
_INVISIBLE = ("tracking pixel or icon", "no address", EMBLEM)


def _seen(layout: Layout, element: Element, lead_keys: frozenset[str], tails: tuple[str, ...]) -> Shot:
    page = layout.page
    position = page.order[element]
    zone = layout.zone(position)
    if zone == "outside" and not _may_be_lead(element, tails):
        return Shot(element, position, "", zone=zone, refused=OUTSIDE)
    if _is_tiny(element):
        return Shot(element, position, "", refused=_INVISIBLE[0])
    found = address_of(page, element)
    if found is None and (key := _lead_key(element, lead_keys)):
        return Shot(element, position, key, zone=zone)
    local = local_address(page, element) if found is None else None
    if local is not None:
        return Shot(element, position, key_of(f"///{local.lstrip('./')}"), address=local, zone=zone)
    if found is None:
        kept = zone != "above" and _is_captioned(element)
        return Shot(element, position, f"@{position}", zone=zone, refused=None if kept else _INVISIBLE[1])
    match, address = found
    return Shot(element, position, _linked_key(page, element) or key_of(address), match, address, zone=zone)


def _is_captioned(element: Element) -> bool:
    """Whether an image without an address stands in a figure, or right beside what is named its caption or credit."""
    if any(a.tag == "figure" for a in element.iterancestors()):
        return True
    beside = (element.getprevious(), element.getnext())
    return any(marks.role(e) & (marks.CAPTION | marks.CREDIT) for e in beside if e is not None)


def _may_be_lead(element: Element, tails: tuple[str, ...]) -> bool:
    """Whether an image outside the article may be the one that the metadata names, at the price of a look."""
    if not tails:
        return False
    sources = _sources(element)
    return any(tail in sources for tail in tails)


def _sources(element: Element) -> str:
    """What attributes tell of an image's address: scripts put it where they like."""
    return "\n".join(v for k, v in element.attrib.items() if "src" in k or k[:5] == "data-")[:_SOURCE_CHARS].lower()


def _lead_key(element: Element, lead_keys: frozenset[str]) -> str | None:
    """The key of the metadata's photo whose file a placeholder's attributes name."""
    sources = _sources(element)
    return next((k for k in sorted(lead_keys) if len(k) >= _KEY_CHARS and k.rpartition("/")[2] in sources), None)


def _is_tiny(element: Element) -> bool:
    """Whether an image says that it is small, or a strip, as rules and advertisements are."""
    stated = [(element.get(name) or "").removesuffix("px") for name in ("width", "height")]
    sizes = [int(value) for value in stated if value.isdecimal() and len(value) <= _DIGITS]
    if any(size <= _TINY for size in sizes) or (len(sizes) == 2 and max(sizes) > _STRIP * min(sizes)):
        return True
    return any(int(size) <= _TINY for size in _STYLED.findall((element.get("style") or "")[:_STYLE_CHARS]))


def _linked_key(page: Page, element: Element) -> str | None:
    """The key of the large image that a small one links to."""
    node, depth = element.getparent(), 0
    while node is not None and depth < 3:
        if node.tag == "a":
            href = page.address(node.get("href"))
            return key_of(href) if href and is_image_address(href) else None
        node, depth = node.getparent(), depth + 1
    return None


def _judged(layout: Layout, shot: Shot, lead_keys: frozenset[str]) -> Shot:
    if shot.refused:
        return shot
    if shot.zone == "outside" and shot.key not in lead_keys:
        return replace(shot, refused=OUTSIDE)
    if _is_decoration(shot):
        return replace(shot, refused=EMBLEM)
    reason = foreign_reason(layout, shot.element)
    if reason == ELSEWHERE and shot.key in lead_keys and _is_large(shot.element):
        reason = None
    if reason is None and shot.key not in lead_keys and is_portrait(layout.page, shot.element):
        reason = PORTRAIT
    if reason is None and leads_away(layout, shot.element) and shot.key not in lead_keys:
        reason = "teaser of another page"
    return replace(shot, refused=reason) if reason else shot


def _is_large(element: Element) -> bool:
    """Whether an image says that it is as wide as a column."""
    width = (element.get("width") or "").removesuffix("px")
    return width.isdigit() and int(width) >= _LARGE


_LARGE = 300


def _is_decoration(shot: Shot) -> bool:
    if marks.role(shot.element) & marks.DECORATION:
        return not _has_telling_attribute(shot)
    return is_emblem(shot.address or "")


def _read(
    layout: Layout, shot: Shot, others: list[tuple[int, str]], lead_keys: frozenset[str], grammar: Grammar
) -> Shot:
    near = others[bisect_left(others, (shot.position - UNIT_NODES, "")) :]  # no unit reaches farther
    apart = tuple(p for p, key in takewhile(lambda o: o[0] <= shot.position + UNIT_NODES, near) if key != shot.key)
    unit = unit_of(layout, shot.element, apart)
    if shot.key not in lead_keys and _is_teaser_unit(layout, unit, shot.zone):
        return replace(shot, unit=unit, refused="teaser of another page")
    wording = read_wording(layout.page, unit, shot.element, grammar)
    says = wording.credit is not None and says_photo(layout.page, wording.credit)
    if shot.key not in lead_keys and not says and _is_film_aside(layout, shot.element):
        return replace(shot, unit=unit, refused="film beside the article")
    shot = replace(shot, unit=unit, wording=wording)
    if shot.zone == "above" and shot.key not in lead_keys:
        marked = wording.credit is not None and wording.credit.rule == "credit/marked"
        return replace(shot, zone="head") if marked else replace(shot, refused=ABOVE)
    if wording.credit is None and wording.caption is None and links_out(layout, shot.element):
        return replace(shot, refused="advertisement or link to another site")
    if shot.zone == "text" or shot.key in lead_keys or wording.credit is not None:
        return shot
    if shot.zone == "foot" and wording.caption is None and not _has_telling_attribute(shot):
        return replace(shot, refused=BELOW)
    return shot


def _is_film_aside(layout: Layout, element: Element) -> bool:
    """Whether a picture stands for a film that the page sets aside."""
    return in_film_box(layout, element) and any(a.tag == "aside" for a in islice(element.iterancestors(), _STEPS))


def _has_telling_attribute(shot: Shot) -> bool:
    kinds = ("credit_attributes", "caption_attributes")
    parent = shot.element.getparent()
    names = [*shot.element.attrib, *(parent.attrib if parent is not None and parent.tag == "a" else ())]
    return any(marks.attribute_says(str(name), kind) for name in names for kind in kinds)


def _is_teaser_unit(layout: Layout, unit: Element, zone: str) -> bool:
    if has_linked_heading(layout, unit):
        return True
    captioned = any(e.tag == "figcaption" for e in unit.iter("figcaption"))
    return zone != "text" and not captioned and has_long_link(layout, unit)
