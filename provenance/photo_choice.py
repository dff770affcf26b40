"""Which photos a record holds: one for each photo of the article, in document order, the losers with their reasons.

What the page shows decides; metadata of the same photo agrees or fills in what is not printed. Metadata alone gives a
photo only where the page shows none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from provenance.model import Candidate, Choice, Context, NodePlace, Photo
from provenance.page import Page
from provenance.rules.images import CREDITED, FIELD, SHOWN, STATED


def choose_images(candidates: Iterable[Candidate], page: Page, context: Context) -> Choice:
    """The choice of the field `image`: chosen photos in document order, the lead first."""
    listed = list(candidates)
    rejected = [(c, c.refused) for c in listed if c.refused]
    shown = [c for c in listed if not c.refused and c.rule in SHOWN]
    stated = [c for c in listed if not c.refused and c.rule in STATED]
    shown.sort(key=lambda c: _position(page, c))
    kept, repeated = _once(shown)
    kept, stated, agrees = _with_address(page, kept, stated)
    kept, also, unused = _with_stated(kept, stated)
    agrees += also
    rejected += [*repeated, *unused]
    chosen = _marked(kept, [c.value.key for c in (*agrees, *stated)])
    return Choice(FIELD, tuple(chosen), tuple(agrees), tuple(rejected))


def _position(page: Page, candidate: Candidate) -> int:
    place = candidate.match.place
    return page.order.get(place.element, 0) if isinstance(place, NodePlace) else 0


def _once(shown: list[Candidate]) -> tuple[list[Candidate], list[tuple[Candidate, str]]]:
    """Each photo once: a second showing lends its texts where the first has none."""
    kept: list[Candidate] = []
    repeated: list[tuple[Candidate, str]] = []
    keys: dict[str, int] = {}
    for candidate in shown:
        photo: Photo = candidate.value
        names = [n for n in (photo.key, _words_of(photo)) if n]
        at = next((keys[n] for n in names if n in keys), None)
        if at is not None and photo.key and kept[at].value.key and photo.key != kept[at].value.key:
            at = None  # two files with the same words are two photos
        if at is None or _differ(kept[at].value, candidate.value):
            at = len(kept)
            kept.append(candidate)
        else:
            kept[at] = replace(kept[at], value=_filled(kept[at].value, candidate.value))
            repeated.append((candidate, "the same photo again"))
        for name in names:
            keys.setdefault(name, at)
    return kept, repeated


def _differ(first: Photo, second: Photo) -> bool:
    """Two captions that tell different things belong to two photos, whatever a lazy page gives as their address."""
    if first.caption is None or second.caption is None:
        return False
    one, other = first.caption.value.casefold(), second.caption.value.casefold()
    return one[:40] != other[:40] and one not in other and other not in one


def _words_of(photo: Photo) -> str:
    """Caption and credit together tell a photo where addresses do not: other crops for other screens."""
    if photo.caption is None or photo.credit is None:
        return ""
    return f"{photo.caption.value}\n{photo.credit.value}".casefold()


def _filled(first: Photo, second: Photo) -> Photo:
    """The first photo with what only the second one tells."""
    url, key = (first.url, first.key) if first.url is not None else (second.url, second.key or first.key)
    parties = first if first.credit is not None else second
    return Photo(
        url,
        parties.caption or first.caption or second.caption,
        parties.credit,
        parties.copyright or first.copyright or second.copyright,
        parties.creators,
        parties.sources,
        parties.providers,
        first.representative,
        key,
    )


def _with_address(
    page: Page, kept: list[Candidate], stated: list[Candidate]
) -> tuple[list[Candidate], list[Candidate], list[Candidate]]:
    """The lead with the address that the metadata tells, where only a script shows the photos of a page."""
    text = min((page.order.get(b.element, 0) for b in page.story.blocks), default=0)
    leads = kept and all(c.value.url is None for c in kept) and _position(page, kept[0]) < text
    if not leads or not stated or _differ(kept[0].value, stated[0].value):
        return kept, stated, []
    lead = replace(kept[0], value=_filled(kept[0].value, stated[0].value))
    return [lead, *kept[1:]], stated[1:], stated[:1]


def _with_stated(
    kept: list[Candidate], stated: list[Candidate]
) -> tuple[list[Candidate], list[Candidate], list[tuple[Candidate, str]]]:
    agrees: list[Candidate] = []
    unused: list[tuple[Candidate, str]] = []
    if not kept and stated:
        first, *stated = stated
        kept = [first]
    keys = {c.value.key: i for i, c in enumerate(kept) if c.value.key}
    shown = any(kept[keys[c.value.key]].value.credit for c in stated if c.rule == CREDITED and c.value.key in keys)
    for candidate in stated:
        at = keys.get(candidate.value.key)
        if at is None and candidate.rule == CREDITED and not shown and not _credited(kept, candidate.value):
            kept, unused = _taken_up(kept, unused, candidate)
        elif at is None:
            unused.append((candidate, "the page shows no such photo"))
        else:
            kept[at] = replace(kept[at], value=_filled(kept[at].value, candidate.value))
            agrees.append(candidate)
    return kept, agrees, unused


def _credited(kept: list[Candidate], photo: Photo) -> bool:
    """Whether a photo with this caption or credit is there already: other crops of one photo have other addresses."""
    shown = [c.value for c in kept]
    if photo.caption is not None:
        known = [p.caption.value.casefold()[:60] for p in shown if p.caption]
        if photo.caption.value.casefold()[:60] in known or not known:
            return any(p.caption or p.credit for p in shown)
        return False
    credits = [p.credit.value.casefold() for p in shown if p.credit]
    return photo.credit is None or photo.credit.value.casefold() in credits


def _taken_up(
    kept: list[Candidate], unused: list[tuple[Candidate, str]], candidate: Candidate
) -> tuple[list[Candidate], list[tuple[Candidate, str]]]:
    """A photo that only the metadata credits: the lead, where it has no credit, else one that a script shows."""
    lead: Photo = kept[0].value
    if lead.credit is None and (lead.caption is None or not _differ(lead, candidate.value)):
        filled = replace(kept[0], value=_filled(lead, candidate.value))
        return [filled, *kept[1:]], [*unused, (candidate, "another address of the lead photo")]
    return [*kept, candidate], unused


def _marked(kept: list[Candidate], stated_keys: list[str]) -> list[Candidate]:
    """The photo that stands for the page: the one that the metadata names, else the lead."""
    if not kept:
        return kept
    at = next((i for key in stated_keys for i, c in enumerate(kept) if c.value.key == key), 0)
    if kept[at].value.url is None:
        return kept
    kept[at] = replace(kept[at], value=replace(kept[at].value, representative=True))
    return kept
