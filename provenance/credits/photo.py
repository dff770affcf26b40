"""Photo credits: one printed line into creator, source and distributor, by the photo table of docs/credits.md.

The line itself is kept whole, without its label word. Reading a slash is a convention of newspapers, no standard: such
readings are marked `inferred`. What cannot be read gives no party, but the line is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

from provenance.credits.classify import segments
from provenance.credits.clinging import trim
from provenance.credits.creditline import EDGE, is_generic, is_remark, label_at, refusal, strip_noise, unwrap
from provenance.credits.segments import Kind, Segment, Sep, Setting, setting
from provenance.credits.values import Mention, PhotoCredit, Role
from provenance.credits.words import flat
from provenance.model import House, Party, Span

NO_HOUSE = House()
MAX_TEXT = 10_000


def parse_photo_credit(
    text: str, language: str | None = None, country: str | None = None, house: House = NO_HOUSE
) -> PhotoCredit:
    """Reads a text that stands in a credit's place. Never raises; `refused` says why a text is no credit.

    A label word at the start ("Foto:", "Photo by", "©") is left out of `credit`; a kind of picture that is printed as
    part of the line ("Skjáskot/Dagen", "Courtesy of X") stays in it.
    """
    return _parse(text[:MAX_TEXT], language, country, house)


@lru_cache(maxsize=2048)
def _parse(text: str, language: str | None, country: str | None, house: House) -> PhotoCredit:
    ctx = setting(language, country, house, photo=True)
    span, label = _bare(text, ctx)
    raw = text[span[0] : span[1]]
    if label and is_remark(text, ctx.words):
        return PhotoCredit(text, label=label, refused="tells what kind of picture it is")
    if reason := refusal(raw, ctx, labelled=label is not None):
        return PhotoCredit(text, label=label, refused=reason)
    reader = _read(text, span, ctx)
    named = reader.creators or reader.sources or reader.providers
    return PhotoCredit(
        text,
        raw,
        span,
        tuple(reader.creators),
        tuple(reader.sources),
        tuple(reader.providers),
        _notice(text, span, ctx),
        label,
        not named and is_generic(raw, ctx.words),
        None,
        any(m.inferred for m in (*reader.creators, *reader.sources, *reader.providers)),
        ("strip-label",) if label else (),
    )


def _bare(text: str, ctx: Setting) -> tuple[Span, str | None]:
    """The span without label words, brackets around it and buttons' words, and the label."""
    plain = flat(text)
    span = trim(text, 0, len(text), EDGE)
    if plain[span[0] : span[0] + 1] == "/":
        span = (trim(text, *span, chars=EDGE + "/")[0], span[1])
    span = strip_noise(plain, span, ctx.words)
    labels: list[str] = []
    for _ in range(4):
        end = label_at(plain, span, ctx)
        if end is not None:
            labels.append(plain[span[0] : end].strip())
            span = trim(text, end, span[1], EDGE)
            continue
        inner = unwrap(text, span)
        if inner == span:
            break
        span = inner
    return span, " ".join(labels) or None


@dataclass
class _Reader:
    """Collects the parties of one line; lives within one call."""

    text: str
    ctx: Setting
    creators: list[Mention] = field(default_factory=list)
    sources: list[Mention] = field(default_factory=list)
    providers: list[Mention] = field(default_factory=list)


def _read(text: str, span: Span, ctx: Setting) -> _Reader:
    """Interprets the segments of one line. Words such as "Pool" and "File" are no parties."""
    reader = _Reader(text, ctx)
    kept = ctx.words.pattern("keep_label").match(flat(text), *span)
    if kept and text[kept.end() : span[1]].strip(" ,:/|"):
        span = (kept.end(), span[1])
    parts = [s for s in _parts(text, span, ctx) if s.kind is Kind.AGENCY or not _is_holder(text, s, ctx)]
    agencies = [s for s in parts if s.kind is Kind.AGENCY]
    people = [s for s in parts if s.kind is Kind.PERSON]
    others = [s for s in parts if s.kind not in (Kind.AGENCY, Kind.PERSON, Kind.DESK, Kind.NOISE, Kind.ROLE)]
    makers = _agencies(reader, agencies)
    _people(reader, people, makers)
    if not people:
        _organisations(reader, others, agencies)
    return reader


def _parts(text: str, span: Span, ctx: Setting) -> list[Segment]:
    """The segments of a line; a picture shown on a stock house is passed on by it ("Jane Roe on Unsplash")."""
    plain = flat(text)
    for found in ctx.words.pattern("shown_on").finditer(plain, *span):
        house = trim(text, found.end(), span[1])
        agency = ctx.agency(text[house[0] : house[1]])
        if agency is not None and ctx.authority.is_stock(agency) and span[0] < found.start():
            left = trim(text, span[0], found.start())
            return [*segments(text, left, ctx), Segment(Kind.AGENCY, house, Sep.VIA, (agency,))]
    return segments(text, span, ctx)


def _is_holder(text: str, seg: Segment, ctx: Setting) -> bool:
    return is_generic(text[seg.span[0] : seg.span[1]], ctx.words)


def _agencies(reader: _Reader, agencies: list[Segment]) -> list[tuple[str, Span]]:
    """Sorts agencies into those that made the picture and those that only pass it on (stock houses, "via X")."""
    makers: list[tuple[str, Span]] = []
    seen: set[str] = set()
    for segment in agencies:
        for agency in segment.agencies:
            if agency in seen:
                continue
            seen.add(agency)
            passes = segment.sep is Sep.VIA or reader.ctx.authority.is_stock(agency)
            role: Role = "provider" if passes else "source"
            party = reader.ctx.authority.party(agency)
            mention = Mention(role, party, segment.span, (f"authority:{agency}",))
            (reader.providers if passes else reader.sources).append(mention)
            if not passes:
                makers.append((agency, segment.span))
    return makers


def _people(reader: _Reader, people: list[Segment], makers: list[tuple[str, Span]]) -> None:
    """Persons are creators; the first agency that makes pictures is their affiliation, by convention."""
    seen: set[str] = set()
    affiliation = tuple(reader.ctx.authority.party(agency) for agency, _ in makers[:1])
    for segment in people:
        if segment.person is None or segment.person.name.casefold() in seen:
            continue
        seen.add(segment.person.name.casefold())
        party = Party("person", segment.person.name, affiliation=affiliation)
        agency_span = makers[0][1] if makers else None
        mention = Mention("creator", party, segment.span, segment.person.steps, bool(makers), agency_span)
        reader.creators.append(mention)


def _organisations(reader: _Reader, others: list[Segment], agencies: list[Segment]) -> None:
    """One organisation left of an agency handed the picture out; alone it made it; agencies alone made it too."""
    named = [s for s in others if s.kind in (Kind.ORGANISATION, Kind.HOUSE) or (agencies and s.kind is Kind.UNKNOWN)]
    if len(named) == 1 and len(others) == 1:
        raw = reader.text[named[0].span[0] : named[0].span[1]]
        after = bool(agencies) and named[0].span[0] > agencies[0].span[0]
        if after and named[0].kind is Kind.UNKNOWN:
            return
        creator = Mention("creator", Party("organization", raw), named[0].span, (), bool(agencies))
        reader.creators.append(creator)
        handed = [replace(m, role="provider", inferred=True) for m in reader.sources]
        reader.providers, reader.sources = [*handed, *reader.providers], []
    elif not others and reader.sources:
        reader.creators.append(replace(reader.sources[0], role="creator"))


def _notice(text: str, span: Span, ctx: Setting) -> Span | None:
    """Where a copyright notice stands in the line: "Copyright 2024 The AP. All rights reserved"."""
    plain = flat(text)
    mark = ctx.words.pattern("copyright").search(plain, *span)
    rights = ctx.words.pattern("rights").search(plain, *span)
    starts = [m.start() for m in (mark, rights) if m]
    if not starts:
        before = ctx.words.pattern("copyright").search(plain, 0, span[0])
        return (before.start(), span[1]) if before else None
    start = min(starts) if mark else span[0]
    return trim(text, start, span[1], chars=" \t\n")
