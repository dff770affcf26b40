"""Datelines at the head of a body: "MOSCOW (AFP) —", "Bruselas, 7 oct (EFE).-", "МОСКВА, 5 мая. /ТАСС/."."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from provenance.credits.authorities import fold
from provenance.credits.byline import NO_HOUSE, read_line
from provenance.credits.classify import segments
from provenance.credits.clinging import NameParts, find_person, trim
from provenance.credits.hints import names_agency
from provenance.credits.houses import is_akin, is_house
from provenance.credits.names import is_person
from provenance.credits.naming import agency_ids
from provenance.credits.segments import Kind, Setting, setting
from provenance.credits.values import Byline, Mention
from provenance.credits.words import Words, flat, words
from provenance.model import House, Party, Span

MAX_TEXT = 10_000
HEAD = 160
LONGEST_PAPER = 10
REPORTER = re.compile(r"\s*[【(（\[〔]\S{1,20}[=＝]")
WESTERN = re.compile(
    r"\s*(?P<place>[^()\[\]/\n]{0,70}?(?:/[^()\[\]/\n\s]{2,20})?)[\s,.:–—-]*(?:[(\[](?P<agency>[^()\[\]\n]{2,60})[)\]]|/(?P<slashed>[^()/\[\]\n]{2,40})/)"
    r"(?P<end>\s*[.:,]?\s*[-–—―]+|\s*[.:]|\s*$|\s*(?=[^\W\d_a-z]))"
)
HANDED = re.compile(r"\s*[^\W\d_a-z][\w .&'-]{1,40}?\s(?P<via>\w{2,5})\s(?P<agency>[^\s—–-][^—–\n]{1,30}?)\s*[—–-]+\s")
PLAIN_PIECE = re.compile(r"\s*[,.|:]\s+|\s+[-–—|]+\s*|[-–—]{1,2}\s+")
EAST = re.compile("\\s*[\u2e80-\U0010ffff]")
EASTERN = re.compile(r"\s*[【(\[〔<《](?P<inner>[^【】()\[\]〔〕<>\n]{2,40})[】)\]〕>》]\s*")


@lru_cache(maxsize=1)
def _chinese_head() -> re.Pattern[str]:
    """An agency, a place and a date in one run, up to the word for its wire."""
    ends = "|".join(sorted(map(re.escape, words(None).of("dateline_end"))))
    return re.compile(rf"\s*(?P<inner>[^\s()【】,。:]{{2,30}}?)(?:{ends})(?=[\s()（）:,]|$)")


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
    if not names_agency(head) and not REPORTER.match(head) and not (EAST.match(head) and _chinese_head().match(plain)):
        return Byline(text)
    ctx = setting(language, country, house)
    for read in (_western, _eastern, _chinese, _handed_on, _unbracketed, _alone):
        found = read(text, plain, ctx)
        if found:
            return found
    return Byline(text)


def _western(text: str, plain: str, ctx: Setting) -> Byline | None:
    found = WESTERN.match(plain, 0, min(len(plain), HEAD))
    if not found or not _place_and_date(found.group("place"), ctx):
        return None
    agency = found.span("agency") if found.group("agency") else found.span("slashed")
    return _credit(text, agency, found.span(), found.span("place"), ctx)


def _credit(text: str, agency: Span, whole: Span, place: Span | None, ctx: Setting) -> Byline | None:
    """A dateline whose agency part is made of agencies, the house, desks and shorthands alone."""
    part = text[agency[0] : agency[1]]
    fit = (Kind.AGENCY, Kind.DESK, Kind.HOUSE, Kind.SHORTHAND, Kind.NOISE, Kind.COLLECTIVE, Kind.GENERIC)
    kinds = [s.kind for s in segments(text, agency, ctx)]
    if not kinds or any(k not in fit for k in kinds) or not (Kind.AGENCY in kinds or Kind.HOUSE in kinds):
        return None
    read = read_line(part, ctx).byline
    by = agency[0]
    mentions = tuple(replace(m, span=(m.span[0] + by, m.span[1] + by)) for m in read.mentions if m.role != "author")
    town = trim(text, *place) if place else None
    relation = read.relation if mentions or read.relation == "own" else "none"
    return Byline(
        text, mentions, relation, whole, None, None, read.shorthands, town if town and town[0] < town[1] else None
    )


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
            return _credit(text, (begin, end), (0, end), (0, begin) if begin else None, ctx)
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
    return _credit(text, found.span("agency"), found.span(), None, ctx)


def _alone(text: str, plain: str, ctx: Setting) -> Byline | None:
    """An agency's name as a line of its own at the head of a body."""
    start, end = trim(text, 0, len(text), " \n\t\r\u00a0.()*")
    raw = text[start:end]
    if end - start > 40 or not agency_ids(raw, ctx) or not (raw.isupper() or fold(raw) not in ctx.authority.weak):
        return None
    return _credit(text, (start, end), (0, len(text)), None, ctx)


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
        return _credit(text, (begin, end), found.span(), None, ctx)
    for place, name in pairs:
        name = trim(text, *name, chars=" \u3000")
        if agency_ids(text[name[0] : name[1]], ctx):
            read = _credit(text, name, found.span(), trim(text, *place, chars=" \u3000"), ctx)
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


def _with_chinese_reporters(text: str, plain: str, read: Byline, start: int, ctx: Setting) -> Byline:
    """新华社北京5月3日电（记者张三、李四）: the reporters in the brackets behind, affiliated to the agency."""
    found, stop = _bracketed(text, plain, start, ctx)
    if not read.mentions or not found:
        return read
    agency = read.mentions[0]
    people = (_reporting(part, (agency.party,), agency.span) for part in found)
    return replace(read, mentions=(*people, *read.mentions), span=(read.span[0], stop))


def _bracketed(text: str, plain: str, start: int, ctx: Setting) -> tuple[list[NameParts], int]:
    """People in brackets that a word for reporters opens, and where the brackets end."""
    if plain[start : start + 1] != "(":
        return [], start
    stop = plain.find(")", start, start + 60)
    first = _reporter_words(ctx.words.language).match(plain, start + 1) if stop > 0 else None
    if first is None:
        return [], start
    cuts = [(m.start(), m.end()) for m in _reporter_words(ctx.words.language).finditer(plain, first.end(), stop)]
    spans = zip((first.end(), *(end for _, end in cuts)), (*(begin for begin, _ in cuts), stop), strict=True)
    return [s.person for span in spans for s in segments(text, span, ctx) if s.person], stop + 1


@lru_cache(maxsize=16)
def _reporter_words(language: str) -> re.Pattern[str]:
    """Words for reporters and their helpers in brackets: 记者张三 通讯员李四."""
    known = Words(language)
    phrases = known.of("role") | known.of("byline_suffix") | known.of("reporter_late")
    return re.compile("|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True)))


def _reporting(person: NameParts, affiliation: tuple[Party, ...] = (), span: Span | None = None) -> Mention:
    party = Party("person", person.name, affiliation=affiliation)
    return Mention("author", party, person.span, person.steps, False, span)


def _of_paper(text: str, plain: str, head: Span, end: int, ctx: Setting) -> Byline | None:
    """示例日报讯（记者张三）: a newspaper's own report, with its reporters; another house's is a reprint."""
    for stop in range(min(head[0] + LONGEST_PAPER, head[1]), head[0] + 1, -1):
        raw = text[head[0] : stop]
        own = raw in ctx.words.of("house") or is_house(raw, ctx.house)
        if not own and not raw.endswith(_press_ends(ctx.words.language)):
            continue
        found, last = _bracketed(text, plain, end, ctx)
        place = trim(text, stop, head[1])
        town = place if place[0] < place[1] else None
        if own or is_akin(raw, ctx.house):
            people = tuple(map(_reporting, found))
            return Byline(text, people, "own", (0, last), None, None, (), town) if people else None
        paper = Party("organization", raw)
        source = Mention("source", paper, (head[0], stop), ("press-suffix",), True)
        people = tuple(_reporting(person, (paper,), source.span) for person in found)
        return Byline(text, (*people, source), "syndicated", (0, last), None, None, (), town)
    return None


@lru_cache(maxsize=16)
def _press_ends(language: str) -> tuple[str, ...]:
    return tuple(sorted(Words(language).of("press_suffix")))


def _chinese(text: str, plain: str, ctx: Setting) -> Byline | None:
    """新华社北京1月1日电（记者…）, (中央社記者陳大同台北1日電): the agency's name opens the dateline."""
    start = 1 if plain[:1] in "([（【" and plain else 0
    found = _chinese_head().match(plain, start, min(len(plain), HEAD))
    if not found:
        return None
    begin, end = found.span("inner")
    for stop in range(min(begin + 8, end), begin + 1, -1):
        ids = agency_ids(text[begin:stop], ctx)
        if ids:
            place = _behind_reporter(plain, (stop, end), ctx)
            read = _credit(text, (begin, stop), (0, found.end()), place if place[0] < end else None, ctx)
            if read and place[0] > stop:
                return _named(text, read, _without_role(plain, (stop, place[0]), ctx), ctx)
            return _with_chinese_reporters(text, plain, read, found.end(), ctx) if read else None
    return _of_paper(text, plain, (begin, end), found.end(), ctx)


def _without_role(plain: str, span: Span, ctx: Setting) -> Span:
    """The span without the role word that opens it."""
    roles = [w for w in ctx.words.of("role") if plain.startswith(w, span[0])]
    return span[0] + max(map(len, roles), default=0), span[1]


def _behind_reporter(plain: str, span: Span, ctx: Setting) -> Span:
    """The town behind a role and a name of three or two signs: 記者陳大同台北1日."""
    start = _without_role(plain, span, ctx)[0]
    told = start > span[0] or any(plain.endswith(w, 0, start) for w in ctx.words.of("role"))
    for size in (3, 2) if told else ():
        name = plain[start : start + size]
        if start + size < span[1] and is_person(name, ctx.language, single=True) and is_person(name, ctx.language):
            return start + size, span[1]
    return span


def _named(text: str, read: Byline, span: Span, ctx: Setting) -> Byline:
    party = Party("person", text[slice(*span)], affiliation=(read.mentions[0].party,))
    reporter = Mention("author", party, span, (), False, read.mentions[0].span)
    return replace(read, mentions=(reporter, *read.mentions))
