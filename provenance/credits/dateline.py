"""Datelines at the head of a body: "MOSCOW (AFP) —", "Bruselas, 7 oct (EFE).-", "МОСКВА, 5 мая. /ТАСС/."."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from provenance.credits.authorities import fold
from provenance.credits.byline import NO_HOUSE
from provenance.credits.chinese import chinese_dateline, opens_chinese
from provenance.credits.classify import segments
from provenance.credits.clinging import find_person, trim
from provenance.credits.hints import names_agency
from provenance.credits.lettered import HEAD, agency_credit
from provenance.credits.naming import agency_ids
from provenance.credits.segments import Kind, Setting, setting
from provenance.credits.values import Byline, Mention
from provenance.credits.words import flat, words
from provenance.model import House, Party, Span

MAX_TEXT = 10_000
REPORTER = re.compile(r"\s*[【(（\[〔]\S{1,20}[=＝]")
WESTERN = re.compile(
    r"\s*(?P<place>[^()\[\]/\n]{0,70}?(?:/[^()\[\]/\n\s]{2,20})?)[\s,.:–—-]*(?:[(\[](?P<agency>[^()\[\]\n]{2,60})[)\]]|/(?P<slashed>[^()/\[\]\n]{2,40})/)"
    r"(?P<end>\s*[.:,]?\s*[-–—―]+|\s*[.:]|\s*$|\s*(?=[^\W\d_a-z]))"
)
HANDED = re.compile(r"\s*[^\W\d_a-z][\w .&'-]{1,40}?\s(?P<via>\w{2,5})\s(?P<agency>[^\s—–-][^—–\n]{1,30}?)\s*[—–-]+\s")
PLAIN_PIECE = re.compile(r"\s*[,.|:]\s+|\s+[-–—|]+\s*|[-–—]{1,2}\s+")
EASTERN = re.compile(r"\s*[【(\[〔<《](?P<inner>[^【】()\[\]〔〕<>\n]{2,40})[】)\]〕>》]\s*")


@lru_cache(maxsize=1)
def _date_word() -> re.Pattern[str]:
    """A number of a date, with what languages put behind it."""
    marks = "|".join(sorted(map(re.escape, words(None).of("date_mark"))))
    return re.compile(rf"^[\d.,:]+(?:{marks})?$")


def parse_dateline(
    text: str, language: str | None = None, country: str | None = None, house: House = NO_HOUSE
) -> Byline:
    """Reads the dateline at the start of a body. Empty when there is none. Never raises.

    `span` covers the whole dateline, `place` the town and date; people in it (【ソウル＝小池和樹】) are authors.
    """
    return _parse_dateline(text[:MAX_TEXT], language, country, house)


@lru_cache(maxsize=1024)
def _parse_dateline(text: str, language: str | None, country: str | None, house: House) -> Byline:
    head = text[: HEAD + 40]
    plain = flat(text)
    if not names_agency(head) and not REPORTER.match(head) and not opens_chinese(plain):
        return Byline(text)
    ctx = setting(language, country, house)
    for read in (_western, _eastern, chinese_dateline, _handed_on, _unbracketed, _alone):
        found = read(text, plain, ctx)
        if found:
            return found
    return Byline(text)


def _western(text: str, plain: str, ctx: Setting) -> Byline | None:
    found = WESTERN.match(plain, 0, min(len(plain), HEAD))
    if not found or not _place_and_date(found.group("place"), ctx):
        return None
    agency = found.span("agency") if found.group("agency") else found.span("slashed")
    return agency_credit(text, agency, found.span(), found.span("place"), ctx)


def _place_and_date(raw: str, ctx: Setting) -> bool:
    """Only capitalised words, dates and small joining words: no sentence stands before the agency."""
    tokens = raw.replace("/", " ").replace("-", " ").split()
    small = ctx.words.of("date_lead") | ctx.words.of("particle") | ctx.words.of("place_lead") | ctx.words.of("and")
    if len(tokens) > 10:
        return False
    after_number = [False, *(t[-1:].isdigit() or t[:1].isdigit() for t in tokens)]
    return all(
        not t[0].islower() or numbered or _date_word().match(t) or t.casefold().strip(".,:") in small
        for t, numbered in zip(tokens, after_number, strict=False)
    )


def _unbracketed(text: str, plain: str, ctx: Setting) -> Byline | None:
    """Town, date and agency parted by dots and dashes: "МОСКВА, 5 мая — РИА Новости.", "Paris. AFP —"."""
    start, pieces = 0, []
    for cut in PLAIN_PIECE.finditer(plain, 0, min(len(plain), HEAD)):
        pieces.append((start, cut.start(), cut.group().strip()))
        start = cut.end()
        if len(pieces) == 4:
            break
    for i, (begin, end, sign) in enumerate(pieces):
        raw = text[begin:end].strip()
        strong = sign[:1] in ("-", "–", "—") or (i > 0 and sign in (".", ":"))
        ids = agency_ids(raw, ctx) if strong else ()
        if ids and (raw.isupper() or fold(raw) not in ctx.authority.weak):
            return agency_credit(text, (begin, end), (0, end), (0, begin) if begin else None, ctx)
        if not _place_and_date(raw, ctx):
            return None
    return None


def _handed_on(text: str, plain: str, ctx: Setting) -> Byline | None:
    """A source and the agency that passed it on, before a dash: "KVELLER via JTA —"."""
    found = HANDED.match(plain, 0, min(len(plain), HEAD))
    if not found or found.group("via").casefold() not in ctx.words.of("via"):
        return None
    if not agency_ids(text[slice(*found.span("agency"))], ctx):
        return None
    return agency_credit(text, found.span("agency"), found.span(), None, ctx)


def _alone(text: str, plain: str, ctx: Setting) -> Byline | None:
    """An agency's name as a line of its own at the head of a body."""
    start, end = trim(text, 0, len(text), " \n\t\r\u00a0.()*")
    raw = text[start:end]
    if end - start > 40 or not agency_ids(raw, ctx) or not (raw.isupper() or fold(raw) not in ctx.authority.weak):
        return None
    return agency_credit(text, (start, end), (0, len(text)), None, ctx)


def _eastern(text: str, plain: str, ctx: Setting) -> Byline | None:
    """Brackets that hold town and agency or town and reporter, with or without an equals sign."""
    found = EASTERN.match(plain, 0, min(len(plain), HEAD))
    if not found:
        return None
    begin, end = found.span("inner")
    inner = plain[begin:end]
    cut = inner.find("=")
    pairs = [((begin, begin + cut), (begin + cut + 1, end))] if cut > 0 else []
    pairs += [((begin, at), (at, end)) for at in _seams(inner, begin, end)]
    whole = agency_ids(text[begin:end].strip(), ctx)
    if whole and not inner.isascii():
        return agency_credit(text, (begin, end), found.span(), None, ctx)
    for place, name in pairs:
        name = trim(text, *name, chars=" \u3000")
        if agency_ids(text[name[0] : name[1]], ctx):
            read = agency_credit(text, name, found.span(), trim(text, *place, chars=" \u3000"), ctx)
            return _with_reporter(text, plain, read, found.end(), ctx) if read else None
    return _reporter(text, pairs[:1], found.span(), ctx) if cut > 0 else None


def _seams(inner: str, begin: int, end: int) -> list[int]:
    """Where the town may end and the agency begin: at a space, or anywhere in East Asian text (ロンドン共同)."""
    if inner.isascii():
        return []
    return [begin + i for i in range(len(inner) - 1, 0, -1) if inner[i - 1] == " "] or list(range(begin + 2, end - 1))


def _with_reporter(text: str, plain: str, read: Byline, start: int, ctx: Setting) -> Byline:
    """(서울=연합뉴스) 홍길동 기자 = : the reporters between brackets and equals sign, affiliated to the agency."""
    stop = plain.find("=", start, start + 60)
    if stop < 0 or not read.mentions:
        return read
    people = []
    for segment in segments(text, (start, stop), ctx):
        if segment.person:
            party = Party("person", segment.person.name, affiliation=(read.mentions[0].party,))
            people.append(Mention("author", party, segment.span, segment.person.steps, False, read.mentions[0].span))
    return replace(read, mentions=(*people, *read.mentions), span=(read.span[0], stop + 1)) if people else read


def _reporter(text: str, pairs: list[tuple[Span, Span]], whole: Span, ctx: Setting) -> Byline | None:
    """【ソウル＝小池和樹】, [헤럴드경제=홍길동 기자]: town or house, then the reporter."""
    for place, name in pairs:
        people = [s for s in segments(text, name, ctx) if s.kind is Kind.PERSON and s.person]
        if (people and not find_person(text, place, ctx.language)) or (people and ctx.language):
            mentions = tuple(
                Mention("author", Party("person", s.person.name), s.span, s.person.steps) for s in people if s.person
            )
            return Byline(text, mentions, "own", whole, None, None, (), place)
    return None
