"""What each piece of a credit line is: person, agency, house, role, shorthand …"""

from __future__ import annotations

import re
from dataclasses import replace

from provenance.credits.attached import (
    capital_house,
    clinging,
    east_agency,
    headed,
    holds_name,
    prefixed_people,
    spaced_people,
)
from provenance.credits.authorities import fold, publisher_names
from provenance.credits.clinging import EDGE, STAMP, NameParts, cut_date, find_person, is_role, script_has_case, trim
from provenance.credits.houses import is_house
from provenance.credits.names import is_person, opens_with_given_name
from provenance.credits.naming import agency_ids, is_organisation
from provenance.credits.segments import Kind, Segment, Sep, Setting, cut
from provenance.credits.words import flat, phrase_data
from provenance.model import Span
from provenance.scripts import EAST

SHORTHAND = re.compile(r"^(?:[a-zäöüßéè]{1,4}|[A-ZÄÖÜ]{1,4}|[a-zA-Z]{1,2}\.[a-zA-Z]{1,2}\.?)$")
TOKEN = re.compile(r"\S+")
INNER = re.compile(r"(?<=\w)\s\((?:[^\W\d_]\.\s?){1,3}\)\s(?=\w)")
"""Initials in brackets inside a name: Richard (R.J.) Roe."""
FUSED = re.compile(r"[^-–+]+")
_BEHIND = (Sep.COMMA, Sep.OPEN, Sep.BAR, Sep.DASH, Sep.LINE)


def segments(text: str, span: Span, ctx: Setting) -> list[Segment]:
    """The classified segments of `text[span]`, in order."""
    whole = trim(text, *span)
    if whole[0] >= whole[1]:
        return []
    if known := _known_whole(text, whole, ctx):
        return [known]
    out: list[Segment] = []
    for sep, piece in _whole_names(text, cut(flat(text), span, ctx.words), ctx):
        for segment in classify(text, piece, sep, ctx, out[-1] if out else None):
            joined = _joined_name(text, out[-1], segment, ctx) if out else None
            out[-1:] = [joined] if joined else [*out[-1:], segment]
    return out


def _whole_names(text: str, pieces: list[tuple[Sep, Span]], ctx: Setting) -> list[tuple[Sep, Span]]:
    """Pieces put together again where a joining word stands inside an agency's name: Press Trust | of | India."""
    out: list[tuple[Sep, Span]] = []
    for sep, piece in pieces:
        whole = trim(text, out[-1][1][0], piece[1]) if out and sep in (Sep.FOR, Sep.AND) else (0, 0)
        if whole[0] < whole[1] <= whole[0] + 80 and agency_ids(text[slice(*whole)], ctx):
            out[-1] = (out[-1][0], whole)
        else:
            out.append((sep, piece))
    return out


def _joined_name(text: str, before: Segment, seg: Segment, ctx: Setting) -> Segment | None:
    """One name with a joining letter in it: José Volta e Pinto, Josep Puig i Cadafalch."""
    if before.kind is not Kind.PERSON or seg.kind is not Kind.UNKNOWN or seg.sep is not Sep.AND:
        return None
    if len(text[before.span[1] : seg.span[0]].strip()) != 1 or " " in text[seg.span[0] : seg.span[1]]:
        return None
    person = find_person(text, (before.span[0], seg.span[1]), ctx.language)
    return replace(before, span=person.span, person=person) if person else None


def _known_whole(text: str, span: Span, ctx: Setting) -> Segment | None:
    """A name that holds a separator itself: "imago stock & people", the house "Kölner Stadt-Anzeiger / Express"."""
    raw = text[span[0] : span[1]]
    if len(raw) > 120:
        return None
    if is_house(raw, ctx.house):
        return Segment(Kind.HOUSE, span, Sep.START)
    if ids := agency_ids(raw, ctx):
        return Segment(Kind.AGENCY, span, Sep.START, ids)
    if INNER.search(raw) and is_person(INNER.sub(" ", raw), ctx.language):
        return Segment(Kind.PERSON, span, Sep.START, (), NameParts(raw, span))
    return None


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
    if listed := _small_agency(text, (start, stop), sep, ctx, before):
        return [listed]
    if holds_name(text, (start, stop), ctx):
        if found := headed(text, (start, stop), sep, ctx):
            return found
        if clung := clinging(text, (start, stop), sep, ctx):
            return clung
    if desk := capital_house(text, (start, stop), sep, ctx):
        return desk
    if house := _person_and_house(text, (start, stop), sep, ctx):
        return house
    if fused := _fused(text, (start, stop), sep, ctx):
        return fused
    if text[start] >= EAST and (east := east_agency(text, (start, stop), sep, ctx)):
        return east
    if people := spaced_people(text, (start, stop), sep, ctx) or prefixed_people(text, (start, stop), sep, ctx):
        return people
    if person := find_person(text, (start, end), ctx.language):
        if before and sep in _BEHIND and _is_job(text, start, person, before):
            return [Segment(Kind.ROLE, (start, stop), sep)]
        return [Segment(Kind.PERSON, person.span, sep, (), person)]
    if STAMP.match(flat(text), start, stop):
        return [Segment(Kind.NOISE, (start, stop), sep)]
    return [_rest(text, (start, stop), sep, ctx)]


def _is_job(text: str, start: int, person: NameParts, before: Segment) -> bool:
    """A job behind a name whose first words look like another: "Jane Roe, Capitol Hill Producer"."""
    if before.kind is not Kind.PERSON or not person.role or person.span[0] != start:
        return False
    return opens_with_given_name(text, before.span[0]) and not opens_with_given_name(text, start)


def _small_agency(text: str, span: Span, sep: Sep, ctx: Setting, before: Segment | None) -> Segment | None:
    """An acronym in small letters within a list of agencies: the last of "(dpa, afp, ap)"."""
    if before is None or before.kind is not Kind.AGENCY or sep not in (Sep.COMMA, Sep.AND):
        return None
    raw = text[slice(*span)]
    small = 1 < len(raw) <= 4 and raw.islower() and text[slice(*before.span)].islower()
    ids = agency_ids(raw.upper(), ctx) if small else ()
    return Segment(Kind.AGENCY, span, sep, ids) if ids else None


def _fused(text: str, span: Span, sep: Sep, ctx: Setting) -> list[Segment]:
    """Agencies and the house with hyphens between them and no space: TT-AFP-Reuters, HS–STT."""
    parts = [m.span() for m in FUSED.finditer(text, *span)]
    if not 2 <= len(parts) <= 4 or any(c.isspace() for c in text[slice(*span)]):
        return []
    out: list[Segment] = []
    for start, end in parts:
        raw = text[start:end]
        kind, ids = (Kind.HOUSE, ()) if is_house(raw, ctx.house) else (Kind.AGENCY, agency_ids(raw, ctx))
        if kind is Kind.AGENCY and not (ids and raw[0].isupper()):
            return []
        out.append(Segment(kind, (start, end), Sep.SLASH if out else sep, ids))
    return out


def _person_and_house(text: str, span: Span, sep: Sep, ctx: Setting) -> list[Segment]:
    """A person followed by the house or another publisher: "Jane Roe The Example Gazette"."""
    tokens = list(TOKEN.finditer(text, *span))
    if not 3 < len(tokens) < 12:
        return []
    for token in tokens[2:-1]:
        right = text[token.start() : span[1]]
        own = is_house(right, ctx.house)
        if own or fold(right).casefold() in publisher_names():
            person = find_person(text, (span[0], token.start()), ctx.language)
            kind = Kind.HOUSE if own else Kind.ORGANISATION
            place = Segment(kind, (token.start(), span[1]), Sep.SPACE)
            return [Segment(Kind.PERSON, person.span, sep, (), person), place] if person else []
    return []


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


def single_person(text: str, segment: Segment, ctx: Setting) -> Segment:
    """A one-word name is believed where the line says that a name follows ("By Madonna", 作者：宪瑞)."""
    raw = text[segment.span[0] : segment.span[1]]
    labelled = raw[:1] >= EAST and flat(text[: segment.span[0]]).rstrip(" |").endswith(":")
    if segment.kind is not Kind.UNKNOWN or not (labelled or (script_has_case(raw) and len(raw) >= 3)):
        return segment
    person = find_person(text, segment.span, ctx.language, single=True)
    if person is None or "strip-date" in person.steps:
        return segment
    return replace(segment, kind=Kind.PERSON, span=person.span, person=person)
