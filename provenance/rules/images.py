"""Photos of the article with their captions and credits: what the page shows, then what its metadata adds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from provenance.credits.words import spoken_in
from provenance.model import Candidate, Context, Match, NodePlace, Note
from provenance.page import Page
from provenance.rules.photos.addresses import is_emblem
from provenance.rules.photos.embedded import stated_photos
from provenance.rules.photos.grammar import Grammar
from provenance.rules.photos.layout import read_layout
from provenance.rules.photos.lines import with_attribute_texts, with_lines
from provenance.rules.photos.loose import Loose, with_loose
from provenance.rules.photos.parts import photo_of, url_candidate
from provenance.rules.photos.shots import EMBLEM, OUTSIDE, Shot, shots
from provenance.rules.photos.texts import Wording

FIELD = "image"
SHOWN = frozenset({"image/shown", "image/caption-only"})
"""Rules of photos that the page shows."""
CREDITED = "image/jsonld-credited"
"""Rule of photos to which the metadata gives a credit line of their own."""
STATED = frozenset({"image/jsonld", "image/meta", CREDITED})
"""Rules of photos that the page's metadata states."""


def collect(page: Page, context: Context) -> Iterator[Candidate]:
    """Every photo that may be the article's; images in and around it that are not carry the reason. Values: `Photo`."""
    headline = page.story.headline
    spoken = spoken_in(page.text(headline), context.language) if headline is not None else context.language
    context = replace(context, language=spoken)
    grammar = Grammar(context)
    stated = list(stated_photos(page, grammar))
    layout = read_layout(page, grammar)
    lead_keys = frozenset(s.key for s in stated)
    found, loose = with_loose(layout, shots(layout, lead_keys, grammar), grammar)
    found = with_attribute_texts(layout, with_lines(layout, found, grammar), grammar)
    for shot in (s for s in found if not (s.refused == OUTSIDE or (s.refused and s.zone == "above"))):
        yield _shown(shot, context)
    known = {_bare(s.wording) for s in found if s.refused is None}
    for line in loose:
        again = line.wording.caption is None and _bare(line.wording) in known
        yield _lost(replace(line, refused=line.refused or "a credit given already") if again else line, context)
    if grammar.full:
        most = page.limits.credit_texts
        page.tell(Note("limit.credit_texts", f"only {most} texts were looked at for credits of photos"))
    credited = {s.key for s in found if s.refused is None and s.wording.credit is not None}
    for item in stated:
        rule = CREDITED if item.own_credit else item.url.rule
        photo = item.photo(context, parties=item.key not in credited)
        bare = item.wording.credit is None and item.wording.caption is None
        refused = EMBLEM if bare and is_emblem(item.url.value) else None
        yield Candidate(FIELD, rule, item.url.match, photo, item.url.weight, refused=refused)


def _bare(wording: Wording) -> str:
    """A credit without spaces and case, to know a second printing of it."""
    return "".join(wording.credit.match.text.casefold().split()) if wording.credit else ""


def _shown(shot: Shot, context: Context) -> Candidate:
    if shot.source is None or shot.address is None:
        match = Match("", "attribute", NodePlace(shot.element))
        photo = photo_of(None, shot.wording, context, key="" if shot.key.startswith("@") else shot.key)
        anchor = photo.caption or photo.credit
        refused = shot.refused or (None if anchor else "no address, caption or credit")
        return Candidate(FIELD, "image/shown", anchor.match if anchor else match, photo, 0.9, refused=refused)
    url = url_candidate("image/shown", shot.source, shot.address)
    photo = photo_of(url, shot.wording, context, key=shot.key)
    return Candidate(FIELD, "image/shown", shot.source, photo, 0.9, refused=shot.refused)


def _lost(line: Loose, context: Context) -> Candidate:
    photo = photo_of(None, line.wording, context)
    anchor = photo.caption or photo.credit
    assert anchor is not None
    return Candidate(FIELD, "image/caption-only", anchor.match, photo, 0.6, refused=line.refused)
