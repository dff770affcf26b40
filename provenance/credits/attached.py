"""Names that stand together without a sign: an agency and a person, an agency and a job, the house and "staff"."""

from __future__ import annotations

import re

from provenance.credits.authorities import fold
from provenance.credits.clinging import EDGE, find_person, is_role, trim
from provenance.credits.hints import names_agency
from provenance.credits.houses import is_house, is_house_short
from provenance.credits.naming import agency_ids, strip_agency_words
from provenance.credits.segments import Kind, Segment, Sep, Setting
from provenance.credits.words import by_inside, flat, phrase_data
from provenance.model import Span

TOKEN = re.compile(r"\S+")
HEAD_TOKEN = re.compile(r"[^\s-]+")


def holds_name(text: str, span: Span, ctx: Setting) -> bool:
    """An agency or the house is named somewhere in a piece of at most twelve words."""
    if text.count(" ", *span) > 11:
        return False
    raw = text[span[0] : span[1]]
    return names_agency(raw) or any(is_house_short(t, ctx.house) for t in raw.split())


def clinging(text: str, span: Span, sep: Sep, ctx: Setting) -> list[Segment]:
    """A person followed or preceded by an agency's name without a sign between them."""
    tokens = list(TOKEN.finditer(text, *span))[:12]
    for i in range(1, len(tokens)):
        at, stop = tokens[i].start(), tokens[i - 1].end()
        ids = _clinging_ids(text[at : span[1]], ctx) if i >= 2 else ()
        if ids and (person := find_person(text, (span[0], at), ctx.language)):
            agency = Segment(Kind.AGENCY, (at, span[1]), Sep.SPACE, ids)
            return [Segment(Kind.PERSON, person.span, sep, (), person), agency]
        ids = _clinging_ids(text[span[0] : stop], ctx) if len(tokens) - i >= 2 else ()
        if ids and (person := find_person(text, (_after_by(text, at, span[1]), span[1]), ctx.language)):
            agency = Segment(Kind.AGENCY, (span[0], stop), sep, ids)
            return [agency, Segment(Kind.PERSON, person.span, Sep.SPACE, (), person)]
    return []


def east_agency(text: str, span: Span, sep: Sep, ctx: Setting) -> list[Segment]:
    """An agency, its reporter and the reporter's name without signs: 新华社记者 李明 摄, 연합뉴스 홍길동 기자."""
    start, end = span
    for stop in range(min(end, start + 12), start + 1, -1):
        ids = agency_ids(text[start:stop], ctx)
        if not ids:
            continue
        agency = Segment(Kind.AGENCY, (start, stop), sep, ids)
        rest = _without_east_words(text, (stop, end), ctx)
        person = find_person(text, rest, ctx.language) if rest[0] < rest[1] else None
        if person:
            return [agency, Segment(Kind.PERSON, person.span, Sep.SPACE, (), person)]
        if rest[0] >= rest[1]:
            return [agency]
    return []


def _without_east_words(text: str, span: Span, ctx: Setting) -> Span:
    """The stretch without words for reporters before the name and for taking pictures after it."""
    start, end = trim(text, *span, chars=EDGE)
    for word in sorted(ctx.words.of("role"), key=len, reverse=True):
        if text.startswith(word, start):
            start = trim(text, start + len(word), end, chars=EDGE)[0]
            break
    for word in sorted(ctx.words.of("holder_suffix") | ctx.words.of("end_label"), key=len, reverse=True):
        if text.endswith(word, start, end):
            end = trim(text, start, end - len(word), chars=EDGE)[1]
            break
    return start, end


def _after_by(text: str, start: int, end: int) -> int:
    """Past a "by" between an agency and a name: AP Video by Mike Pesoli."""
    found = by_inside().match(text, start, end)
    return found.end() if found else start


def _clinging_ids(raw: str, ctx: Setting) -> tuple[str, ...]:
    """Without a sign between, only an unmistakable name or an acronym counts: nobody is called Noor after NOOR."""
    key = fold(raw)
    if key in phrase_data()["person_like"]:
        return ()
    found = ctx.agency(key, slot=(key.isupper() and len(key) > 1) or len(key.split()) > 1)
    if not found and " " in key:
        found = ctx.agency(strip_agency_words(key, ctx), slot=False)
    return (found,) if found else ()


def headed(text: str, span: Span, sep: Sep, ctx: Setting) -> list[Segment]:
    """An agency or the house with words of role beside it: "AP National Writer", "Guardian staff", "Redazione ANSA"."""
    tokens = list(HEAD_TOKEN.finditer(text, *span))[:12]
    for i in range(len(tokens) - 1, 0, -1):
        left, right = (span[0], tokens[i - 1].end()), (tokens[i].start(), span[1])
        for name, rest in ((left, right), (right, left)):
            kind = _meaning(text[rest[0] : rest[1]], ctx)
            if kind is None or (name is right and kind is Kind.ROLE):
                continue
            if kind is Kind.ROLE and _wordy(text[name[0] : name[1]], text[rest[0] : rest[1]], ctx):
                continue
            if found := _headed_by(text, name, rest, kind, sep, ctx):
                return found
    return []


def _wordy(raw: str, rest: str, ctx: Setting) -> bool:
    """A sentence after a word that may be no agency at all: a weak name believes only a short role."""
    tokens = rest.split()
    stops = [t for t in tokens if t.casefold() in ctx.words.of("stop")]
    return len(tokens) > 6 or (bool(stops) and fold(raw) in ctx.authority.weak)


def _headed_by(text: str, name: Span, rest: Span, kind: Kind, sep: Sep, ctx: Setting) -> list[Segment]:
    raw = text[name[0] : name[1]]
    whole = (min(name[0], rest[0]), max(name[1], rest[1]))
    if is_house(raw, ctx.house) or (kind is not Kind.ROLE and is_house_short(raw, ctx.house)):
        if kind is Kind.COLLECTIVE:
            pair = ((Kind.HOUSE, name), (kind, rest)) if name < rest else ((kind, rest), (Kind.HOUSE, name))
            return [Segment(k, s, sep if i == 0 else Sep.SPACE) for i, (k, s) in enumerate(pair)]
        return [Segment(Kind.HOUSE, whole, sep)]
    ids = agency_ids(raw, ctx) or (agency_ids(raw.upper(), ctx) if len(raw) <= 5 else ())
    if not ids:
        return []
    agency = Segment(Kind.AGENCY, name, sep, ids)
    person = find_person(text, rest, ctx.language) if kind is Kind.ROLE and rest[0] > name[0] else None
    return [agency, Segment(Kind.PERSON, person.span, Sep.SPACE, (), person)] if person else [agency]


def _meaning(raw: str, ctx: Setting) -> Kind | None:
    low = fold(flat(raw)).casefold().strip(" .")
    if low in ctx.words.of("collective"):
        return Kind.COLLECTIVE
    if low in ctx.words.of("generic"):
        return Kind.GENERIC
    return Kind.ROLE if is_role(raw, ctx.language) else None
