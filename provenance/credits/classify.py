"""What each piece of a credit line is: person, agency, house, role, shorthand …"""

from __future__ import annotations

import re
from dataclasses import replace

from provenance.credits.authorities import fold, publisher_names
from provenance.credits.clinging import EDGE, STAMP, cut_date, find_person, is_role, script_has_case, trim
from provenance.credits.hints import names_agency
from provenance.credits.houses import is_house, is_house_short
from provenance.credits.segments import Kind, Segment, Sep, Setting, cut
from provenance.credits.words import by_inside, flat, phrase_data
from provenance.model import Span

SHORTHAND = re.compile(r"^(?:[a-zäöüßéè]{1,4}|[A-ZÄÖÜ]{1,4}|[a-zA-Z]{1,2}\.[a-zA-Z]{1,2}\.?)$")
DOMAIN = re.compile(r"^(?:www\.)?(?:[\w-]{1,63}\.){1,5}[a-z]{2,12}$", re.IGNORECASE)
HANDLE = re.compile(r"^@[\w.]{2,40}$")
TOKEN = re.compile(r"\S+")
PAIR = re.compile(r"\s?[-–=+&]\s?")


def segments(text: str, span: Span, ctx: Setting) -> list[Segment]:
    """The classified segments of `text[span]`, in order."""
    whole = trim(text, *span)
    if whole[0] >= whole[1]:
        return []
    if known := _known_whole(text, whole, ctx):
        return [known]
    out: list[Segment] = []
    for sep, piece in cut(flat(text), span, ctx.words):
        out.extend(classify(text, piece, sep, ctx, out[-1] if out else None))
    return out


def _known_whole(text: str, span: Span, ctx: Setting) -> Segment | None:
    """A name that holds a separator itself: "imago stock & people", the house "Kölner Stadt-Anzeiger / Express"."""
    raw = text[span[0] : span[1]]
    if len(raw) > 120:
        return None
    if is_house(raw, ctx.house):
        return Segment(Kind.HOUSE, span, Sep.START)
    ids = agency_ids(raw, ctx)
    return Segment(Kind.AGENCY, span, Sep.START, ids) if ids else None


def classify(text: str, span: Span, sep: Sep, ctx: Setting, before: Segment | None) -> list[Segment]:
    """One piece as one segment, or two where an agency clings to a person ("Hillel Italie The Associated Press")."""
    start, end = trim(text, *span, chars=EDGE)
    start, end, _ = _without_notice(text, start, end, ctx)
    if start >= end:
        return []
    stop = end - 1 if text[end - 1] in ".。" and end - start > 1 else end
    ends = (stop, end, cut_date(text, start, stop, ctx.words)[1], _before_place(text, start, stop, ctx))
    for last in dict.fromkeys(ends):
        last = trim(text, start, last, chars=EDGE)[1]
        kind, ids = _simple(text[start:last], ctx, before, sep)
        if kind is not Kind.UNKNOWN and (kind is not Kind.NOISE or last >= stop):
            return [Segment(kind, (start, last), sep, ids)]
    stop = _before_update(text, start, stop, ctx)
    if _holds_name(text, (start, stop), ctx):
        if headed := _headed(text, (start, stop), sep, ctx):
            return headed
        if clung := _clinging(text, (start, stop), sep, ctx):
            return clung
    if text[start] >= "\u2e80" and (east := _east_agency(text, (start, stop), sep, ctx)):
        return east
    if person := find_person(text, (start, end), ctx.language):
        return [Segment(Kind.PERSON, person.span, sep, (), person)]
    if STAMP.match(flat(text), start, stop):
        return [Segment(Kind.NOISE, (start, stop), sep)]
    return [_rest(text, (start, stop), sep, ctx)]


def _before_update(text: str, start: int, end: int, ctx: Setting) -> int:
    """Where words such as "Posted" or "Updated" begin after a name; the end if there are none."""
    found = ctx.words.pattern("updated").search(flat(text), start, end)
    return trim(text, start, found.start(), chars=EDGE)[1] if found and found.start() - start > 3 else end


def _before_place(text: str, start: int, end: int, ctx: Setting) -> int:
    """Where a place begins after a name: "Reuters in Moscow"; the end if there is none."""
    leads = ctx.words.of("place_lead")
    for token in TOKEN.finditer(text, start, min(end, start + 60)):
        if token.start() > start and token.group() in leads and text[token.end() + 1 : token.end() + 2].isupper():
            return token.start()
    return end


def _without_notice(text: str, start: int, end: int, ctx: Setting) -> tuple[int, int, bool]:
    """The piece without a copyright mark, a year and "All rights reserved" around the name."""
    plain = flat(text)
    moved = False
    mark = ctx.words.pattern("copyright").match(plain, start, end)
    if mark and mark.end() < end:
        start, moved = trim(text, mark.end(), end, chars=EDGE)[0], True
    if (
        year := re.compile(r"(?:19|20)\d\d(?:\s?[-–]\s?\d{2,4})?\W{0,3}").match(plain, start, end)
    ) and year.end() < end:
        start = year.end()
    rights = ctx.words.pattern("rights").search(plain, start, end)
    if rights and rights.start() > start:
        end, moved = trim(text, start, rights.start())[1], True
    return start, end, moved


def _simple(raw: str, ctx: Setting, before: Segment | None, sep: Sep) -> tuple[Kind, tuple[str, ...]]:
    """Kinds that a whole segment has by look-up."""
    low = fold(flat(raw)).casefold()
    known = ctx.words
    if before and before.kind in (Kind.AGENCY, Kind.DESK) and sep is Sep.SLASH and _is_desk(low, before):
        return Kind.DESK, before.agencies
    if is_house(raw, ctx.house):
        return Kind.HOUSE, ()
    if ids := agency_ids(raw, ctx):
        return Kind.AGENCY, ids
    for kind, name in ((Kind.COLLECTIVE, "collective"), (Kind.GENERIC, "generic"), (Kind.HOUSE, "house")):
        if low in known.of(name):
            return kind, ()
    if low.strip(" .©") in known.of("rights") or _is_update(low, ctx) or not any(c.isalpha() for c in low):
        return Kind.NOISE, ()
    return Kind.UNKNOWN, ()


def _is_desk(low: str, before: Segment) -> bool:
    desks = phrase_data()["desks"]
    return any(low in desks.get(agency, ()) for agency in before.agencies)


def _is_update(low: str, ctx: Setting) -> bool:
    found = ctx.words.pattern("updated").match(low)
    return bool(found) and len(low.split()) <= 6


def agency_ids(raw: str, ctx: Setting) -> tuple[str, ...]:
    """Agencies that a whole segment names: an alias, one with "news agency" before it, or a fused pair (AFP-Jiji)."""
    if len(raw) > 100:
        return ()
    if found := ctx.agency(raw):
        return (found,)
    if "." in raw and DOMAIN.match(raw) and (party := ctx.authority.by_domain(raw)) and party.agency:
        return (party.agency,)
    key = fold(raw)
    if fused := phrase_data()["fused"].get(key):
        return tuple(fused)
    stripped = _strip_agency_words(key, ctx)
    if stripped != key and stripped and (found := ctx.agency(stripped)):
        return (found,)
    parts = PAIR.split(key)
    if len(parts) == 2 and parts[0] and parts[1]:
        both = ctx.agency(parts[0]), ctx.agency(parts[1])
        if both[0] and both[1]:
            return (both[0], both[1])
    return ()


def _strip_agency_words(key: str, ctx: Setting) -> str:
    """ "Nachrichtenagentur dpa" -> "dpa", "Getty Images Latam" -> "Getty Images"; up to two words are taken off."""
    for _ in range(2):
        low = key.casefold()
        head = ctx.words.pattern("agency_words").match(low)
        tail = low.rsplit(" ", 1)[-1] if " " in low else low.rsplit("-", 1)[-1]
        if head and head.end() < len(low) and (low[head.end()] == " " or low[head.end() - 1] == "'"):
            key = key[head.end() :].strip()
        elif len(tail) < len(low) and tail in ctx.words.of("region"):
            key = key[: -len(tail) - 1].strip()
        elif low.endswith((" north america", " south america", " news agency", " haber ajansı")):
            key = key.rsplit(" ", 2)[0]
        else:
            return key
        if ctx.agency(key):
            return key
    return key


def _holds_name(text: str, span: Span, ctx: Setting) -> bool:
    """An agency or the house is named somewhere in a piece of at most twelve words."""
    if text.count(" ", *span) > 11:
        return False
    raw = text[span[0] : span[1]]
    return names_agency(raw) or any(is_house_short(t, ctx.house) for t in raw.split())


def _clinging(text: str, span: Span, sep: Sep, ctx: Setting) -> list[Segment]:
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


def _east_agency(text: str, span: Span, sep: Sep, ctx: Setting) -> list[Segment]:
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
        found = ctx.agency(_strip_agency_words(key, ctx), slot=False)
    return (found,) if found else ()


def _headed(text: str, span: Span, sep: Sep, ctx: Setting) -> list[Segment]:
    """An agency or the house with words of role beside it: "AP National Writer", "Guardian staff", "Redazione ANSA"."""
    tokens = list(re.compile(r"[^\s-]+").finditer(text, *span))[:12]
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


def _rest(text: str, span: Span, sep: Sep, ctx: Setting) -> Segment:
    """Neither known nor a person: role, shorthand, organisation, or nothing we can read."""
    raw = text[span[0] : span[1]]
    if _is_desk_name(raw, ctx):
        return Segment(Kind.GENERIC, span, sep)
    if is_role(raw, ctx.language):
        return Segment(Kind.ROLE, span, sep)
    if SHORTHAND.match(raw):
        return Segment(Kind.SHORTHAND, span, sep)
    return Segment(Kind.ORGANISATION if is_organisation(raw, ctx) else Kind.UNKNOWN, span, sep)


def _is_desk_name(raw: str, ctx: Setting) -> bool:
    """A desk under a name that we do not know: "TOI staff", "HT Correspondent"."""
    tokens = raw.split()
    last = flat(tokens[-1]).casefold()
    if last in ctx.words.of("desk_word"):
        return 1 < len(tokens) <= 4 and tokens[0][0].isupper()
    return len(tokens) == 2 and tokens[0].isupper() and len(tokens[0]) <= 5 and last in ctx.words.of("generic")


def is_organisation(raw: str, ctx: Setting) -> bool:
    """An organisation word, a domain, a handle, or a publisher's name."""
    low = fold(flat(raw[:120])).casefold()
    if not 2 < len(low) <= 80:
        return False
    if DOMAIN.match(raw) or HANDLE.match(raw) or low in publisher_names():
        return True
    tokens = [t.strip(".,'\"()") for t in low.split()]
    orgs, suffixes = ctx.words.of("org"), tuple(ctx.words.of("org_suffix"))
    known = [t for t in tokens if t in orgs or (suffixes and len(t) > 6 and t.endswith(suffixes))]
    return bool(known) and len(tokens) <= 9


def single_person(text: str, segment: Segment, ctx: Setting) -> Segment:
    """A one-word name is believed where the line says that a name follows ("By Madonna")."""
    raw = text[segment.span[0] : segment.span[1]]
    if segment.kind is not Kind.UNKNOWN or not script_has_case(raw) or len(raw) < 3:
        return segment
    person = find_person(text, segment.span, ctx.language, single=True)
    return replace(segment, kind=Kind.PERSON, person=person) if person else segment
