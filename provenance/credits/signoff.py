"""Credits at the head and foot of the text: sign-offs "(dpa)", datelines "MOSCOW (AFP) —", notices, credit sentences."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from provenance.credits.byline import NO_HOUSE, parse_byline
from provenance.credits.clinging import trim
from provenance.credits.classify import segments
from provenance.credits.segments import Kind, Setting, setting
from provenance.credits.values import Byline, Mention
from provenance.credits.words import Words, flat
from provenance.model import House, Span

MAX_LINE = 500
ENDING = re.compile(r"[(\[（【]([^()\[\]（）【】]{2,300})[)\]）】]\W{0,3}$|(?:^|[.!?»”\"]\s+|\n)([^.!?\n]{2,60})\.?$")
HEAD = re.compile(
    r"^\s*(?P<place>[^()（）—\n]{0,60}?)[\s,]*[(（](?P<agency>[^()（）\n]{2,40})[)）]\s*(?:[.:]?\s*[-–—―]+|[.:])?"
)
EAST = re.compile(
    r"^\s*[【(\[（](?P<place>[^【】()\[\]=＝\s]{1,12})?\s*[=＝]?\s*(?P<agency>[^【】()\[\]（）]{2,24})[】)\]）]"
)


def parse_signoff(
    text: str, language: str | None = None, country: str | None = None, house: House = NO_HOUSE
) -> Byline:
    """Reads the first or last line of a body, or a line that stands apart from it. Empty when it is ordinary text."""
    text = text[:10_000]
    ctx = setting(language, country, house)
    plain = flat(text)
    whole = trim(text, 0, len(text), " \t\r\n\u00a0\u3000")
    for span in _signoff_spans(plain, whole, ctx):
        read = _read_signoff(text, span, ctx)
        if read:
            return read
    return Byline(text)


def _signoff_spans(plain: str, whole: Span, ctx: Setting) -> list[Span]:
    spans = []
    if whole[1] - whole[0] <= MAX_LINE:
        spans.append(whole)
    tail = ENDING.search(plain, max(whole[0], whole[1] - 320), whole[1])
    if tail:
        group = 1 if tail.group(1) else 2
        spans.append(tail.span(group))
    return spans


def _read_signoff(text: str, span: Span, ctx: Setting) -> Byline | None:
    """A byline reading of the span, if it is made of credits only."""
    part = text[span[0] : span[1]]
    read = parse_byline(part, ctx.language, ctx.country, ctx.house)
    if read.relation in ("none", "own") or not _only_credits(text, span, ctx, read):
        return None
    return _shift(read, text, span)


def _only_credits(text: str, span: Span, ctx: Setting, read: Byline) -> bool:
    """No sentence: every piece is read, or the line opens with a word of credit."""
    part = flat(text[span[0] : span[1]])
    opened = ctx.words.pattern(
        "contributor", "contributed", "source", "more_sources", "origin", "provider", "author_late", "copyright", "with"
    ).match(part.strip(" (*[-–—/"))
    pieces = segments(text, span, ctx)
    unread = sum(
        1 for p in pieces if p.kind in (Kind.UNKNOWN, Kind.ROLE) and len(text[p.span[0] : p.span[1]].split()) > 2
    )
    return unread == 0 or (bool(opened) and bool(read.agencies) and len(part) < 300)


def _shift(read: Byline, text: str, span: Span) -> Byline:
    """The reading of a part, with spans of the whole."""
    by = span[0]

    def moved(m: Mention) -> Mention:
        agency = (m.agency_span[0] + by, m.agency_span[1] + by) if m.agency_span else None
        return replace(m, span=(m.span[0] + by, m.span[1] + by), agency_span=agency)

    place = (read.place[0] + by, read.place[1] + by) if read.place else None
    return replace(
        read,
        text=text,
        mentions=tuple(moved(m) for m in read.mentions),
        collective=moved(read.collective) if read.collective else None,
        span=span,
        place=place,
    )


def parse_dateline(
    text: str, language: str | None = None, country: str | None = None, house: House = NO_HOUSE
) -> Byline:
    """Reads the dateline at the start of a body: "MOSCOW (AFP) —", "Bruselas, 7 oct (EFE).-". Empty when there is none."""
    text = text[:10_000]
    ctx = setting(language, country, house)
    plain = flat(text)
    for pattern in (HEAD, EAST):
        found = pattern.match(plain, 0, min(len(plain), 200))
        if not found:
            continue
        span = found.span("agency")
        read = parse_byline(text[span[0] : span[1]], language, country, house)
        if not read.agencies and read.relation != "own":
            continue
        if not any(m.party.agency for m in read.mentions):
            continue
        shifted = _shift(read, text, span)
        mentions = tuple(m for m in shifted.mentions if m.role != "author" or m.party.kind == "person")
        place = found.span("place") if found.group("place") else None
        return replace(shifted, mentions=mentions, span=(found.start(), found.end()), place=place)
    return Byline(text)
