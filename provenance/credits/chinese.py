"""Chinese datelines: the name of an agency or newspaper, town, date and a word for its wire in one run of signs.

新华社北京1月1日电（记者…）, 示例日报讯（记者…）, (中央社記者陳大同台北1日電).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from provenance.credits.classify import segments
from provenance.credits.clinging import NameParts, trim
from provenance.credits.houses import is_akin, is_house
from provenance.credits.lettered import HEAD, agency_credit
from provenance.credits.names import is_person
from provenance.credits.naming import agency_ids
from provenance.credits.segments import Setting
from provenance.credits.values import Byline, Mention
from provenance.credits.words import Words, words
from provenance.model import Party, Span
from provenance.scripts import EAST

LONGEST_PAPER = 10


def opens_chinese(plain: str) -> bool:
    """A cheap test: the text may open with such a dateline, or with its reporters in brackets."""
    return plain[:1] == "(" or bool(plain.lstrip()[:1] >= EAST and _chinese_head().match(plain))


@lru_cache(maxsize=1)
def _chinese_head() -> re.Pattern[str]:
    """An agency, a place and a date in one run, up to the word for its wire."""
    ends = "|".join(sorted(map(re.escape, words(None).of("dateline_end"))))
    return re.compile(rf"\s*(?P<inner>[^\s()【】,。:]{{2,30}}?)(?:{ends})(?=[\s()（）:,]|$)")


def chinese_dateline(text: str, plain: str, ctx: Setting) -> Byline | None:
    """新华社北京1月1日电（记者…）, (中央社記者陳大同台北1日電): the agency's name opens the dateline."""
    start = 1 if plain[:1] in "([（【" and plain else 0
    found = _chinese_head().match(plain, start, min(len(plain), HEAD))
    if not found:
        people, stop = _bracketed(text, plain, 0, ctx)
        return Byline(text, tuple(map(_reporting, people)), "own", (0, stop)) if people else None
    begin, end = found.span("inner")
    for stop in range(min(begin + 8, end), begin + 1, -1):
        ids = agency_ids(text[begin:stop], ctx)
        if ids:
            place = _behind_reporter(plain, (stop, end), ctx)
            read = agency_credit(text, (begin, stop), (0, found.end()), place if place[0] < end else None, ctx)
            if read and place[0] > stop:
                return _named(text, read, _without_role(plain, (stop, place[0]), ctx), ctx)
            return _with_chinese_reporters(text, plain, read, found.end(), ctx) if read else None
    return _of_paper(text, plain, (begin, end), found.end(), ctx)


def _with_chinese_reporters(text: str, plain: str, read: Byline, start: int, ctx: Setting) -> Byline:
    """新华社北京5月3日电（记者张三、李四）: the reporters in the brackets behind, affiliated to the agency."""
    found, stop = _bracketed(text, plain, start, ctx)
    if not found:
        return read
    if not read.mentions:
        return replace(read, mentions=tuple(map(_reporting, found)), span=(read.span[0], stop))
    agency = read.mentions[0]
    people = (_reporting(part, (agency.party,), agency.span) for part in found)
    return replace(read, mentions=(*people, *read.mentions), span=(read.span[0], stop))


def _bracketed(text: str, plain: str, start: int, ctx: Setting) -> tuple[list[NameParts], int]:
    """People in brackets that a word for reporters opens, and where the brackets end."""
    start += plain.startswith(" (", start)
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
