"""Credits at the foot of a text: "(dpa)", "Mit Agenturmaterial.", "© Thomson Reuters 2020", "(Reporting by X)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from provenance.credits.authorities import fold
from provenance.credits.byline import NO_HOUSE, Reading, read_line
from provenance.credits.clinging import trim
from provenance.credits.dateline import parse_dateline
from provenance.credits.hints import has_cue, may_credit, may_origin, names_agency
from provenance.credits.origin import find_origin
from provenance.credits.segments import Setting, setting
from provenance.credits.values import Byline, Mention
from provenance.credits.words import flat
from provenance.model import House, Span

MAX_TEXT = 10_000
MAX_LINE = 400
BRACKET = re.compile(r"[(\[（【]([^()\[\]（）【】]{2,300})[)\]）】]\W{0,4}$")
LAST = re.compile(r"(?:[.!?»”\"“:]\s*|\s[-–—*]+\s?|\n\s*|\s/)([^.!?\n]{2,70})\.?\s*$")
STOPS = re.compile(r"[.!?»”\"“]\s+(?=\S)|\s*\n\s*")
EASTERN_SENTENCE = re.compile(r"[^。\n]{40}。\s?[^\s。]")
"""A sentence and what stands behind it, in a script whose full stop needs no space after it."""
EDGE = " \t\r\n\u00a0\u3000*_"

OPENING = (
    "contributor",
    "more_sources",
    "editor",
    "translator",
    "photographer",
    "provider",
    "source",
    "copyright",
    "author_late",
    "with",
)
"""Kinds of words that open a credit at the foot of a text."""

__all__ = ["parse_dateline", "parse_signoff"]


def parse_signoff(
    text: str, language: str | None = None, country: str | None = None, house: House = NO_HOUSE
) -> Byline:
    """Reads the first or last line of a body, or a line that stands apart from it. Empty when it is ordinary text.

    Never raises. The result's `span` covers the credit only, so that a body can be freed of it.
    """
    return _parse_signoff(text[:MAX_TEXT], language, country, house)


@lru_cache(maxsize=1024)
def _parse_signoff(text: str, language: str | None, country: str | None, house: House) -> Byline:
    if not may_credit(text[-MAX_LINE:], language) and not may_origin(text, language):
        return Byline(text)
    ctx = setting(language, country, house)
    plain = flat(text)
    whole = trim(text, 0, len(text), EDGE)
    for span, bare in _places(plain, whole):
        if not _worth_reading(plain, span, ctx):
            continue
        read = _read(text, span, ctx, bare)
        if read:
            return read
    return (may_origin(text, language) and find_origin(text, ctx)) or Byline(text)


def _places(plain: str, whole: Span) -> Iterator[tuple[Span, bool]]:
    """Stretches that may be a sign-off: all, the last brackets, the last sentence, a last run of sentences.

    The second value is true where nothing but its place marks the stretch: no brackets around it.
    """
    if whole[1] - whole[0] <= MAX_LINE and not EASTERN_SENTENCE.search(plain, *whole):
        yield whole, plain[whole[0] : whole[0] + 1] not in ("(", "[", "（", "【", "/", "©")
    start = max(whole[0], whole[1] - 320)
    if found := BRACKET.search(plain, start, whole[1]):
        yield found.span(1), False
    if found := LAST.search(plain, start, whole[1]):
        yield found.span(1), True
    ends = [m.end() for m in STOPS.finditer(plain, max(whole[0], whole[1] - MAX_LINE), whole[1])]
    for end in ends[-5:]:
        yield (end, whole[1]), True


def _worth_reading(plain: str, span: Span, ctx: Setting) -> bool:
    """A word of credit opens it, or it names an agency and is no sentence."""
    head = trim(plain, *span, chars=" ([*-–—_/")[0]
    part = plain[span[0] : span[1]]
    if ctx.words.pattern(*OPENING).match(plain, head, span[1]) or has_cue(part, ctx.language, ("contributed", "feed")):
        return True
    if len(part) > 160:
        return False
    stops, tokens = ctx.words.of("stop"), part.split()
    if len(tokens) > 6 and sum(t in stops for t in tokens) * 6 > len(tokens):
        return False
    return names_agency(part) or has_cue(part, ctx.language, ("collective", *OPENING))


def _read(text: str, span: Span, ctx: Setting, bare: bool) -> Byline | None:
    """A byline reading of the stretch, if it is made of credits only."""
    part = text[span[0] : span[1]]
    reading = read_line(part, ctx)
    return _shifted(reading.byline, text, span) if _credits_only(part, reading, ctx, bare) else None


def _credits_only(part: str, reading: Reading, ctx: Setting, bare: bool) -> bool:
    """A credit, and no sentence around it."""
    read = reading.byline
    own_notice = reading.led and read.relation == "own" and not reading.unread and not read.mentions
    said = bool(read.agencies) or (read.collective is not None) or read.relation == "syndicated" or own_notice
    if not said and not (reading.led and read.mentions and not reading.unread and _opens_with_role(part, ctx)):
        return False
    if reading.feed:
        return True
    if read.relation == "own" and not reading.led:
        return False
    joint = read.relation == "mixed" and reading.led
    if not all(_place_like(piece) or (joint and " " not in piece.strip()) for piece in reading.unread):
        return False
    alone = len(read.agencies) == 1 and not read.shorthands and read.relation == "syndicated"
    if bare and alone and not reading.led and any(_doubtful(part[m.span[0] : m.span[1]], ctx) for m in read.agencies):
        return False
    loose = [m for m in read.mentions if m.party.kind == "person" and not m.party.affiliation and m.role == "author"]
    return reading.led or not loose or read.relation == "mixed"


def _doubtful(name: str, ctx: Setting) -> bool:
    """An ordinary word with a capital that is also an agency's name: Trend, Petra, Prime."""
    key = fold(name)
    first = key.split(" ", 1)[0]
    return name.istitle() and (
        key in ctx.authority.weak or (key not in ctx.authority.aliases and first in ctx.authority.weak)
    )


def _opens_with_role(part: str, ctx: Setting) -> bool:
    kinds = ("author_late", "contributor", "editor", "translator", "photographer")
    head = flat(part).lstrip(" ([*-–—")
    return bool(ctx.words.pattern(*kinds).match(head)) or bool(ctx.words.pattern("contributed").search(head))


def _place_like(piece: str) -> bool:
    """A town beside an agency: at most three words, none in small letters alone."""
    tokens = piece.split()
    return len(tokens) <= 3 and all(not t.islower() for t in tokens)


def _shifted(read: Byline, text: str, span: Span) -> Byline:
    """The reading of a part, with spans of the whole. What stands only at the foot is no author of the byline."""
    by = span[0]

    def moved(m: Mention) -> Mention:
        agency = (m.agency_span[0] + by, m.agency_span[1] + by) if m.agency_span else None
        return replace(m, span=(m.span[0] + by, m.span[1] + by), agency_span=agency)

    collective = replace(moved(read.collective), role="contributor") if read.collective else None
    mentions = tuple(moved(m) for m in read.mentions if m.role != "author" or m.party.kind == "person")
    return replace(read, text=text, mentions=mentions, collective=collective, span=span)
