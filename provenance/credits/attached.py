"""Names that stand together without a sign: an agency and a person, an agency or the house and a job, people."""

from __future__ import annotations

import re

from provenance.credits.authorities import fold
from provenance.credits.clinging import EDGE, NameParts, find_person, is_role, trim
from provenance.credits.hints import names_agency
from provenance.credits.houses import is_house, is_house_short
from provenance.credits.names import opens_with_given_name
from provenance.credits.naming import agency_ids, strip_agency_words
from provenance.credits.segments import Kind, Segment, Sep, Setting
from provenance.credits.words import by_inside, flat, given_names, phrase_data
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


def capital_house(text: str, span: Span, sep: Sep, ctx: Setting) -> list[Segment]:
    """The house in capitals before a region, a desk or one of its people: "XDR SACHSEN", "XDR Jane Roe"."""
    first, _, rest = text[slice(*span)].partition(" ")
    own = len(first) > 2 and first.isupper() and is_house(first, ctx.house)
    if not (rest and own) or first.casefold() in given_names():
        return []
    person = find_person(text, (span[0] + len(first), span[1]), ctx.language)
    kind = Kind.GENERIC if is_role(rest, ctx.language) else Kind.HOUSE
    return [Segment(Kind.PERSON, person.span, sep, (), person) if person else Segment(kind, span, sep)]


def spaced_people(text: str, span: Span, sep: Sep, ctx: Setting) -> list[Segment]:
    """Chinese names with spaces between them (王小明 李四): each of two signs or more, each opening with a surname.

    The house and the job may stand before them (某报见习记者 王小明 李四), another job between them.
    """
    if ctx.words.language != "zh":
        return []
    jobs = ctx.words.of("reporter") | ctx.words.of("reporter_late")
    found = list(TOKEN.finditer(text, *span))[:8]
    tokens = [t for i, t in enumerate(found) if not i or t.group() not in jobs]
    roles, few = tuple(ctx.words.of("role")), 2
    if len(tokens) > 1 and tokens[0].group().endswith(roles):
        tokens, few = tokens[1:], 1
    if not few <= len(tokens) <= 6 or not all(1 < len(t.group()) <= 4 for t in tokens):
        return []
    people = [find_person(text, t.span(), ctx.language) for t in tokens]
    return (
        []
        if None in people
        else [
            Segment(Kind.PERSON, person.span, Sep.AND if i else sep, (), person)
            for i, person in enumerate(people)
            if person
        ]
    )


def prefixed_people(text: str, span: Span, sep: Sep, ctx: Setting) -> list[Segment]:
    """Two names where "and" is the first letter of the second, as Hebrew and Arabic write it."""
    prefixes, tokens = tuple(ctx.words.of("and_prefix")), list(TOKEN.finditer(text, *span))
    for i in range(2, len(tokens) - 1) if prefixes and len(tokens) < 9 else ():
        word = tokens[i].group()
        if len(word) < 4 or not word.startswith(prefixes) or word in ctx.words.of("name_first"):
            continue
        first = find_person(text, (span[0], tokens[i - 1].end()), ctx.language)
        second = find_person(text, (tokens[i].start() + 1, span[1]), ctx.language)
        if first and second:
            named = ((first, sep), (second, Sep.AND))
            return [Segment(Kind.PERSON, person.span, before, (), person) for person, before in named]
    return []


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
            if name is left and _is_surname(tokens[i].group(), text[slice(*name)], ctx):
                continue
            if kind is Kind.ROLE and _wordy(text[name[0] : name[1]], text[rest[0] : rest[1]], ctx):
                continue
            if found := _headed_by(text, name, rest, kind, sep, ctx):
                return found
    return []


def _is_surname(word: str, name: str, ctx: Setting) -> bool:
    """A capital word behind an acronym that is no job: ANA BELL Staff Writer, or Ana, is nobody of the agency ANA."""
    if not name.isupper():
        return word[0].isupper() and name.casefold() in given_names()
    known, low = ctx.words, word.casefold()
    jobs = known.of("role_modifier") | known.of("role") | known.of("generic") | known.of("desk_word")
    return word.isupper() and len(word) > 2 and " " not in name and low not in jobs and not is_role(word, ctx.language)


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
        person = _person_behind(text, name, rest, ctx) if kind is Kind.ROLE else None
        return [Segment(Kind.PERSON, person.span, sep, (), person)] if person else [Segment(Kind.HOUSE, whole, sep)]
    ids = agency_ids(raw, ctx) or (agency_ids(raw.upper(), ctx) if len(raw) <= 5 else ())
    if not ids:
        return []
    agency = Segment(Kind.AGENCY, name, sep, ids)
    person = _person_behind(text, name, rest, ctx) if kind is Kind.ROLE else None
    return [agency, Segment(Kind.PERSON, person.span, Sep.SPACE, (), person)] if person else [agency]


def _person_behind(text: str, name: Span, rest: Span, ctx: Setting) -> NameParts | None:
    """A person behind an agency or the house: "AP National Writer Jane Roe". Where the job comes last, as in "TV
    Capitol Hill Producer", its first words are a name only if they open with a given name."""
    person = find_person(text, rest, ctx.language) if rest[0] > name[0] else None
    if person and person.role and person.span[0] == rest[0] and not opens_with_given_name(text, rest[0]):
        return None
    return person


def _meaning(raw: str, ctx: Setting) -> Kind | None:
    low = fold(flat(raw)).casefold().strip(" .")
    if low in ctx.words.of("collective"):
        return Kind.COLLECTIVE
    if low in ctx.words.of("generic"):
        return Kind.GENERIC
    return Kind.ROLE if is_role(raw, ctx.language) else None
