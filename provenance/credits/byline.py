"""Bylines: who wrote a text, for whom, and whether it came from elsewhere.

The reading follows the byline table of docs/credits.md. Clauses ("editing by …") are found first; each clause is a list
of segments; a trailing agency covers the names before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from provenance.credits.names import trim
from provenance.credits.segments import Kind, Segment, Sep, Setting, segments, setting, single_person
from provenance.credits.values import Byline, Mention, Relation, Role
from provenance.credits.words import Words, flat, lead_languages, words
from provenance.model import House, Party, Span

MAX_TEXT = 3_000
NO_HOUSE = House()
ROLE_OF_KIND: dict[str, Role] = {
    "by": "author",
    "author_late": "author",
    "contributor": "contributor",
    "editor": "editor",
    "translator": "translator",
    "photographer": "photographer",
    "source": "source",
    "more_sources": "contributor",
    "provider": "provider",
    "origin": "source",
}
BOUNDARY = r"(?:^|(?<=[\n|•·;,(\[（【.–—-])|(?<=[\n|•·;,(\[（【.–—-]\s)|(?<=\s\s)|(?<=\S\s(?=[^\s]{0,40}:)))"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the line in which every name has one role. `lead` is the word that opened it."""

    role: Role
    span: Span
    lead: str = ""
    kind: str = ""


@lru_cache(maxsize=128)
def _leads(language: str) -> re.Pattern[str]:
    known = Words(language)
    rows = [f"(?P<{kind}>{known.pattern(kind).pattern})" for kind in ROLE_OF_KIND]
    order = sorted(rows, key=lambda r: "by>" in r[:8])
    return re.compile("|".join(order), re.IGNORECASE)


def clauses(plain: str, known: Words) -> list[Clause]:
    """The line cut at words that give a role. What stands before the first is an author's clause."""
    found: list[tuple[int, int, str, str]] = []
    for match in _leads(known.language).finditer(plain):
        kind = match.lastgroup or "by"
        if _opens(plain, match.start(), match.group(), kind):
            found.append((match.start(), match.end(), kind, match.group()))
    if not found:
        return [Clause("author", (0, len(plain)))]
    out = [Clause("author", (0, found[0][0]))] if plain[: found[0][0]].strip(" ,;:(|-–—•·") else []
    for i, (_, end, kind, lead) in enumerate(found):
        stop = found[i + 1][0] if i + 1 < len(found) else len(plain)
        out.append(Clause(ROLE_OF_KIND[kind], (end, stop), lead, kind))
    return out


def _opens(plain: str, start: int, lead: str, kind: str) -> bool:
    """A lead counts at the start of a line or after a sign; one of several words, or with a colon, anywhere."""
    before = plain[:start].rstrip(" ")
    if not before or before[-1] in "\n|•·;,([【.–—-/:":
        return True
    if kind == "by":
        return lead.endswith(":") or (" " in lead.strip() and not lead[0].islower())
    return " " in lead.strip() or lead.endswith(":")


@dataclass
class _Reader:
    """Collects the mentions of one line. Lives only within one call of `parse_byline`."""

    text: str
    ctx: Setting
    mentions: list[Mention] = field(default_factory=list)
    persons: list[int] = field(default_factory=list)
    originating: list[Mention] = field(default_factory=list)
    helping: list[Mention] = field(default_factory=list)
    staff: bool = False
    house: bool = False
    collective: Span | None = None
    collective_start: int | None = None
    generic: str | None = None
    shorthands: list[str] = field(default_factory=list)
    mixed: bool = False


def parse_byline(text: str, language: str | None = None, country: str | None = None, house: House = NO_HOUSE) -> Byline:
    """Reads a byline ("By X and Y, Reuters"). `language` is BCP 47, `country` ISO 3166-1, `house` the page's publisher.

    Never raises. A text that is no byline gives `Byline.empty`. Source: byline table of the record (docs/credits.md).
    """
    text = text[:MAX_TEXT]
    result = _parse(text, language, country, house)
    if result.empty or (not result.mentions and not result.collective and not result.generic):
        for other in _other_languages(text, language):
            again = _parse(text, other, country, house)
            if again.mentions:
                return again
    return result


def _other_languages(text: str, language: str | None) -> tuple[str, ...]:
    """Languages whose byline word opens the text, for pages that misstate their language."""
    first = flat(text).strip().split(" ", 1)[0].casefold()
    return tuple(lang for lang in lead_languages().get(first, ())[:3] if lang != words(language).language)


def _parse(text: str, language: str | None, country: str | None, house: House) -> Byline:
    ctx = setting(language, country, house)
    reader = _Reader(text, ctx)
    for clause in clauses(flat(text), ctx.words):
        _read_clause(reader, clause)
    return _byline(reader)


def _read_clause(reader: _Reader, clause: Clause) -> None:
    found = segments(reader.text, clause.span, reader.ctx)
    if clause.lead and clause.kind == "by" and found:
        found[0] = single_person(reader.text, found[0], reader.ctx)
    reader.persons = []
    helping = clause.role == "contributor"
    for i, segment in enumerate(found):
        helping = helping or segment.sep is Sep.WITH
        _read_segment(reader, segment, found[i - 1] if i else None, clause, helping)


def _read_segment(reader: _Reader, seg: Segment, before: Segment | None, clause: Clause, helping: bool) -> None:
    raw = reader.text[seg.span[0] : seg.span[1]]
    if seg.kind is Kind.PERSON and seg.person:
        _person(reader, seg, before, clause, helping)
    elif seg.kind in (Kind.AGENCY,):
        _agency(reader, seg, before, clause, helping)
    elif seg.kind is Kind.HOUSE:
        reader.staff = reader.house = True
        if clause.role == "author" and raw.casefold() not in reader.ctx.words.of("house"):
            reader.mentions.append(Mention("author", Party("organization", raw), seg.span, ("house",)))
        reader.collective_start = seg.span[0] if reader.collective_start is None else reader.collective_start
    elif seg.kind is Kind.COLLECTIVE:
        start = reader.collective_start if reader.collective_start is not None else seg.span[0]
        reader.collective = (start, seg.span[1])
        reader.mixed = reader.mixed or seg.sep in (Sep.WITH, Sep.AND)
    elif seg.kind is Kind.GENERIC:
        reader.generic = reader.generic or raw
        reader.staff = True
        reader.collective_start = seg.span[0] if reader.collective_start is None else reader.collective_start
    elif seg.kind is Kind.SHORTHAND:
        reader.shorthands.append(raw)
    elif seg.kind is Kind.ORGANISATION and clause.role in ("source", "provider", "contributor"):
        _organisation(reader, seg, clause, helping)
    elif seg.kind is Kind.ORGANISATION and clause.role == "author" and clause.lead:
        reader.mentions.append(Mention("author", Party("organization", raw), seg.span, ("organisation",), True))


def _organisation(reader: _Reader, seg: Segment, clause: Clause, helping: bool) -> None:
    raw = reader.text[seg.span[0] : seg.span[1]]
    mention = Mention(clause.role, Party("organization", raw), seg.span, (f"lead:{clause.lead}",), True)
    (reader.helping if helping else reader.originating).append(mention)


def _person(reader: _Reader, seg: Segment, before: Segment | None, clause: Clause, helping: bool) -> None:
    assert seg.person is not None
    role: Role = "contributor" if helping and clause.role == "author" else clause.role
    if role in ("source", "provider"):
        role = "author"
    job = seg.person.role
    party = Party("person", seg.person.name, job_title=job)
    steps = ((f"strip-lead:{clause.lead.strip()}",) if clause.lead else ()) + seg.person.steps
    mention = Mention(role, party, seg.span, steps)
    if before and before.kind is Kind.AGENCY and seg.sep in (Sep.SLASH, Sep.SPACE, Sep.BAR):
        mention = _affiliated(mention, reader, before.agencies[0], before.span)
    reader.mentions.append(mention)
    reader.persons.append(len(reader.mentions) - 1)


def _affiliated(mention: Mention, reader: _Reader, agency: str, span: Span) -> Mention:
    party = reader.ctx.authority.party(agency)
    person = replace(mention.party, affiliation=(party,))
    return replace(mention, party=person, agency_span=span, steps=(*mention.steps, f"authority:{agency}"))


def _agency(reader: _Reader, seg: Segment, before: Segment | None, clause: Clause, helping: bool) -> None:
    own = reader.ctx.house.agency
    for agency in seg.agencies:
        party = reader.ctx.authority.party(agency)
        mention = Mention("source", party, seg.span, (f"authority:{agency}",))
        if clause.role == "author":
            covers = seg.sep in (
                Sep.COMMA,
                Sep.FOR,
                Sep.OPEN,
                Sep.BAR,
                Sep.SLASH,
                Sep.DASH,
                Sep.SPACE,
                Sep.LINE,
                Sep.VIA,
            )
            if covers and not helping and _cover(reader, agency, seg):
                pass
            elif not helping:
                reader.mentions.append(replace(mention, role="author"))
        if agency == own:
            reader.staff = True
            continue
        if helping or (seg.sep is Sep.AND and _staff_before(reader)):
            reader.mixed = True
            reader.helping.append(mention)
        elif clause.role == "provider":
            reader.originating.append(replace(mention, role="provider"))
        elif clause.role in ("editor", "translator", "photographer"):
            continue
        else:
            reader.originating.append(mention)


def _cover(reader: _Reader, agency: str, seg: Segment) -> bool:
    """Gives the agency to the names before it: to the last one in brackets, else to all that have none yet."""
    open_ones = [i for i in reader.persons if not reader.mentions[i].party.affiliation]
    for i in open_ones[-1:] if seg.sep is Sep.OPEN else open_ones:
        reader.mentions[i] = _affiliated(reader.mentions[i], reader, agency, seg.span)
    return bool(open_ones)


def _staff_before(reader: _Reader) -> bool:
    """Someone of the house, or a person without an agency, stands before this."""
    free = [m for m in reader.mentions if m.party.kind == "person" and not m.party.affiliation and m.role == "author"]
    return bool(free) or reader.staff


def _byline(reader: _Reader) -> Byline:
    """Puts together what was read; decides the relation; moves agencies of mixed articles to the contributors."""
    free = _staff_before(reader)
    staff = free or bool(reader.shorthands)
    mixed = reader.mixed or bool(reader.helping) or (bool(reader.originating or reader.collective) and staff)
    if reader.originating and not reader.helping and not staff and not reader.mixed:
        mixed = False
    relation: Relation = "none"
    if mixed:
        relation = "mixed"
    elif reader.originating or reader.collective:
        relation = "syndicated"
    elif reader.mentions or reader.generic or reader.staff:
        relation = "own"
    agencies = [*reader.originating, *reader.helping]
    if relation == "mixed":
        agencies = [replace(m, role="contributor") if m.role == "source" else m for m in agencies]
    mentions = tuple([*reader.mentions, *_distinct(agencies)])
    collective = None
    notes: list[str] = []
    if reader.collective:
        words_of = reader.text[reader.collective[0] : reader.collective[1]]
        collective = Mention("author", Party("organization", words_of), reader.collective, ("collective",))
        notes.append("byline.collective")
    if reader.generic:
        notes.append("byline.generic")
    spans = [m.span for m in mentions] + ([reader.collective] if reader.collective else [])
    span = trim(reader.text, 0, len(reader.text), " \n\t") if spans or reader.generic or reader.shorthands else (0, 0)
    return Byline(
        reader.text, mentions, relation, span, collective, reader.generic, tuple(reader.shorthands), None, tuple(notes)
    )


def _distinct(agencies: list[Mention]) -> list[Mention]:
    seen: set[tuple[str, str]] = set()
    out = []
    for mention in agencies:
        key = (mention.role, mention.party.agency or mention.party.name)
        if key not in seen:
            seen.add(key)
            out.append(mention)
    return out
