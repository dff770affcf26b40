"""Bylines: who wrote a text, for whom, and whether it came from elsewhere.

The reading follows the byline table of docs/credits.md. Clauses ("editing by …") are found first; each clause is a list
of segments; a trailing agency covers the names before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from provenance.credits.classify import segments, single_person
from provenance.credits.clauses import Clause, clauses
from provenance.credits.clinging import trim
from provenance.credits.hints import names_agency
from provenance.credits.houses import is_house
from provenance.credits.names import is_person
from provenance.credits.segments import Kind, Segment, Sep, Setting, setting
from provenance.credits.values import Byline, Mention, Relation, Role
from provenance.credits.words import Words, flat, lead_languages, words
from provenance.model import House, Party, Span

MAX_TEXT = 3_000
NO_HOUSE = House()
RUN_ON = re.compile(r"[a-zß-ž][A-ZÀ-Ž][a-zß-ž]")
PLAIN = re.compile(r"[^\W\d_][^\W\d_.'’-]*\.?(?: [^\W\d_][^\W\d_'’-]*\.?){1,3}")
TIED = (Sep.COMMA, Sep.FOR, Sep.OPEN, Sep.BAR, Sep.SLASH, Sep.DASH, Sep.SPACE, Sep.LINE, Sep.VIA, Sep.CLOSE)
"""Signs that tie what follows to the names before it; "and" and "with" set it beside them."""


def parse_byline(text: str, language: str | None = None, country: str | None = None, house: House = NO_HOUSE) -> Byline:
    """Reads a byline ("By X and Y, Reuters"). `language` is BCP 47, `country` ISO 3166-1, `house` the page's publisher.

    Never raises. A text that is no byline gives `Byline.empty`. Source: byline table of the record (docs/credits.md).
    """
    return _parse_byline(text[:MAX_TEXT], language, country, house)


@lru_cache(maxsize=1024)
def _parse_byline(text: str, language: str | None, country: str | None, house: House) -> Byline:
    if plain := _plain_name(text, language, house):
        return plain
    others = _other_languages(text, language)
    first = None
    for tongue in (*others, language):
        read = _parse(text, tongue, country, house)
        if read.authors or read.agencies:
            return read
        first = read
    return first or Byline(text)


def _plain_name(text: str, language: str | None, house: House) -> Byline | None:
    """The commonest case, decided without a parse: a person's name and nothing else."""
    tokens = text.casefold().split()
    if not PLAIN.fullmatch(text) or RUN_ON.search(text) or len(set(tokens)) < len(tokens):
        return None
    if not _busy(words(language).language).isdisjoint(tokens):
        return None
    if names_agency(text) or is_house(text, house) or not is_person(text, language):
        return None
    mention = Mention("author", Party("person", text), (0, len(text)))
    return Byline(text, (mention,), "own", (0, len(text)))


@lru_cache(maxsize=128)
def _busy(language: str) -> frozenset[str]:
    """Words that mean more than a name: they open, join, date or describe."""
    known, kinds = (
        Words(language),
        ("by", "and", "with", "for", "via", "role", "role_modifier", "updated", "place_lead"),
    )
    phrases = frozenset().union(*(known.of(kind) for kind in (*kinds, "source", "byline_suffix", "date_lead")))
    return frozenset(w for p in phrases for w in p.split()) | frozenset(lead_languages())


def _other_languages(text: str, language: str | None) -> tuple[str, ...]:
    """Languages whose byline word opens the text where the page's own has none: pages misstate their language."""
    first, _, rest = flat(text[:60]).strip(" (*").partition(" ")
    word = first.casefold()
    own = words(language)
    if not rest.strip() or word in own.of("by") or (word in own.of("particle") and word == first):
        return ()
    return tuple(lang for lang in lead_languages().get(word, ())[:3] if lang != own.language)


@dataclass
class _Reader:
    """Collects the mentions of one line; lives within one call."""

    text: str
    ctx: Setting
    mentions: list[Mention] = field(default_factory=list)
    persons: list[int] = field(default_factory=list)
    origin: list[Mention] = field(default_factory=list)
    helping: list[Mention] = field(default_factory=list)
    staff: bool = False
    mixed: bool = False
    collective: Span | None = None
    verbatim: bool = False
    desk_start: int | None = None
    generic: str | None = None
    shorthands: list[str] = field(default_factory=list)
    feed: bool = False
    unread: list[str] = field(default_factory=list)
    led: bool = False

    def raw(self, seg: Segment) -> str:
        return self.text[seg.span[0] : seg.span[1]]

    def staff_before(self) -> bool:
        """Someone of the house, or a person without an agency, stands before this."""
        free = (m for m in self.mentions if m.party.kind == "person" and not m.party.affiliation)
        return self.staff or any(m.role == "author" for m in free)


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading and what it left: `unread` pieces of clauses without an opening word; `led` if there was one."""

    byline: Byline
    unread: tuple[str, ...]
    led: bool
    feed: bool


def _parse(text: str, language: str | None, country: str | None, house: House) -> Byline:
    return read_line(text, setting(language, country, house)).byline


def read_line(text: str, ctx: Setting) -> Reading:
    """Reads a text by the byline grammar and says what of it was not understood."""
    reader, plain = _Reader(text, ctx), flat(text)
    reader.feed = bool(ctx.words.of("feed")) and bool(ctx.words.pattern("feed").search(plain))
    for clause in clauses(plain, ctx):
        _read_clause(reader, clause)
    return Reading(_byline(reader), tuple(reader.unread), reader.led, reader.feed)


def _read_clause(reader: _Reader, clause: Clause) -> None:
    found = segments(reader.text, clause.span, reader.ctx)
    if clause.kind == "by" and found:
        found[0] = single_person(reader.text, found[0], reader.ctx)
    reader.persons = []
    helping = clause.role == "contributor"
    reader.led = reader.led or bool(clause.lead)
    for i, segment in enumerate(found):
        if not clause.lead and segment.kind in (Kind.UNKNOWN, Kind.ROLE, Kind.ORGANISATION):
            reader.unread.append(reader.raw(segment))
        helping = helping or segment.sep is Sep.WITH
        before, after = found[i - 1] if i else None, found[i + 1] if i + 1 < len(found) else None
        _read_segment(reader, segment, before, after, clause, helping)


def _read_segment(
    reader: _Reader, seg: Segment, before: Segment | None, after: Segment | None, clause: Clause, helping: bool
) -> None:
    tied = before is not None and before.kind is Kind.PERSON and seg.sep in TIED
    match seg.kind:
        case Kind.PERSON:
            _person(reader, seg, before, clause, helping)
        case Kind.AGENCY:
            _agency(reader, seg, before, clause, helping)
        case Kind.HOUSE:
            _house(reader, seg, clause, tied)
        case Kind.COLLECTIVE:
            _collective(reader, seg, helping)
        case Kind.GENERIC | Kind.ROLE:
            _role(reader, seg, tied, clause)
        case Kind.SHORTHAND:
            _shorthand(reader, seg, before, after, clause, helping)
        case Kind.ORGANISATION:
            _organisation(reader, seg, tied, clause, helping)


def _person(reader: _Reader, seg: Segment, before: Segment | None, clause: Clause, helping: bool) -> None:
    if seg.person is None or clause.role in ("source", "provider") or seg.sep in (Sep.FOR, Sep.VIA):
        return
    if before and before.kind is Kind.PERSON and seg.sep is Sep.SLASH and seg.person.role:
        return
    role: Role = "contributor" if helping and clause.role == "author" else clause.role
    steps = ((f"strip-lead:{clause.lead}",) if clause.lead else ()) + seg.person.steps
    mention = Mention(role, Party("person", seg.person.name, job_title=seg.person.role), seg.span, steps)
    if before and before.kind is Kind.AGENCY and seg.sep in (Sep.SLASH, Sep.SPACE, Sep.BAR, Sep.CLOSE):
        mention = _affiliated(mention, reader, before.agencies[0], before.span)
        reader.mentions = [m for m in reader.mentions if m.span != before.span]
    reader.mentions.append(mention)
    reader.persons.append(len(reader.mentions) - 1)


def _affiliated(mention: Mention, reader: _Reader, agency: str, span: Span) -> Mention:
    person = replace(mention.party, affiliation=(reader.ctx.authority.party(agency),))
    return replace(mention, party=person, agency_span=span, steps=(*mention.steps, f"authority:{agency}"))


def _agency(reader: _Reader, seg: Segment, before: Segment | None, clause: Clause, helping: bool) -> None:
    for agency in seg.agencies:
        party = reader.ctx.authority.party(agency)
        mention = Mention("source", party, seg.span, (f"authority:{agency}",))
        covered = seg.sep in TIED and not (helping and clause.role == "author") and _cover(reader, agency, seg)
        if clause.role == "author" and not covered and not helping:
            reader.mentions.append(replace(mention, role="author"))
        if agency == reader.ctx.house.agency:
            reader.staff = True
        elif helping or (seg.sep is Sep.AND and clause.role == "author" and reader.staff_before()):
            reader.mixed = True
            reader.helping.append(mention)
        elif clause.role == "provider" or (reader.origin and _passed_on(seg, before)):
            reader.origin.append(replace(mention, role="provider"))
        elif clause.role in ("author", "source"):
            reader.origin.append(mention)


def _passed_on(seg: Segment, before: Segment | None) -> bool:
    """A distributor behind the originator: "Los Angeles Times (TNS)", "AFP via X"."""
    return seg.sep is Sep.VIA or (seg.sep is Sep.OPEN and before is not None and before.kind is Kind.AGENCY)


def _cover(reader: _Reader, agency: str, seg: Segment) -> bool:
    """Gives the agency to the names before it: to the last one in brackets, else to all that have none yet."""
    waiting = [i for i in reader.persons if not reader.mentions[i].party.affiliation]
    for i in waiting[-1:] if seg.sep is Sep.OPEN else waiting:
        reader.mentions[i] = _affiliated(reader.mentions[i], reader, agency, seg.span)
    return bool(waiting)


def _house(reader: _Reader, seg: Segment, clause: Clause, tied: bool) -> None:
    """The house as an author, unless it is only the address of a person or words like "our own"."""
    reader.staff = True
    reader.desk_start = seg.span[0] if reader.desk_start is None else reader.desk_start
    raw = reader.raw(seg)
    if clause.role == "author" and not tied and raw.casefold() not in reader.ctx.words.of("house"):
        reader.mentions.append(Mention("author", Party("organization", raw), seg.span, ("house",)))


def _collective(reader: _Reader, seg: Segment, helping: bool) -> None:
    """Agencies without a name. "Staff and agencies" is one party as printed; "X with agencies" leaves X the author."""
    staff = reader.desk_start is not None
    reader.verbatim = not helping and not reader.persons
    start = (
        min(reader.desk_start, seg.span[0])
        if staff and reader.verbatim and reader.desk_start is not None
        else seg.span[0]
    )
    reader.collective = (start, seg.span[1])
    reader.mixed = reader.mixed or helping or seg.sep in (Sep.WITH, Sep.AND) or staff


def _role(reader: _Reader, seg: Segment, tied: bool, clause: Clause) -> None:
    """A job after a name is that person's; a role alone stands in for a name."""
    if tied and reader.persons:
        last = reader.mentions[reader.persons[-1]]
        if not last.party.job_title and seg.sep in (Sep.COMMA, Sep.OPEN, Sep.LINE, Sep.DASH, Sep.BAR):
            party = replace(last.party, job_title=reader.raw(seg))
            reader.mentions[reader.persons[-1]] = replace(last, party=party)
    elif seg.kind is Kind.GENERIC and clause.role in ("author", "contributor"):
        reader.generic = reader.generic or reader.raw(seg)
        reader.staff = True
        reader.desk_start = seg.span[0] if reader.desk_start is None else reader.desk_start


def _shorthand(
    reader: _Reader, seg: Segment, before: Segment | None, after: Segment | None, clause: Clause, helping: bool
) -> None:
    """A staff signature ("det/dpa"); in a list of agencies an agency that the authority file lacks."""
    raw = reader.raw(seg)
    beside = seg.sep is Sep.SLASH or (after is not None and after.sep is Sep.SLASH)
    if clause.kind == "copyright" or (raw.casefold() in reader.ctx.words.of("stop") and not beside):
        return
    if helping and clause.lead and before and before.kind is Kind.AGENCY and len(raw) > 2:
        reader.helping.append(Mention("contributor", Party("organization", raw), seg.span, ("in-list",), True))
    elif raw.islower() or seg.sep is Sep.SLASH or (after and after.sep in (Sep.SLASH, Sep.WITH, Sep.AND)):
        reader.shorthands.append(raw)
        reader.desk_start = seg.span[0] if reader.desk_start is None else reader.desk_start


def _organisation(reader: _Reader, seg: Segment, tied: bool, clause: Clause, helping: bool) -> None:
    raw = reader.raw(seg)
    alone = raw == reader.text.strip(" .")
    party = Party("organization", raw)
    if tied and reader.persons and clause.role in ("author", "contributor"):
        for i in reader.persons:
            mention = reader.mentions[i]
            if not mention.party.affiliation:
                reader.mentions[i] = replace(
                    mention, party=replace(mention.party, affiliation=(party,)), agency_span=seg.span
                )
    elif clause.kind in ("source", "origin", "provider", "more_sources"):
        mention = Mention(clause.role, party, seg.span, (f"lead:{clause.lead}",), True)
        (reader.helping if helping else reader.origin).append(mention)
    elif (clause.kind == "by" or (seg.sep is Sep.START and not clause.lead and alone)) and not reader.mentions:
        reader.mentions.append(Mention("author", party, seg.span, ("organisation",), True))


def _byline(reader: _Reader) -> Byline:
    """Puts together what was read and decides the relation."""
    relation = _relation(reader)
    # beside a staff signature an unknown organisation is the house under another name ("ntv.de, mau/dpa")
    origin = [m for m in reader.origin if m.party.agency or not reader.shorthands]
    agencies = [*origin, *reader.helping]
    if relation == "mixed":
        agencies = [replace(m, role="contributor") if m.role == "source" else m for m in agencies]
    collective = None
    if reader.collective:
        name = reader.text[reader.collective[0] : reader.collective[1]]
        role: Role = "author" if reader.verbatim else "contributor"
        collective = Mention(role, Party("organization", name), reader.collective, ("collective",))
    mentions = _named(reader, collective) + _distinct(agencies)
    notes = tuple(n for n, on in (("byline.collective", collective), ("byline.generic", reader.generic)) if on)
    said = mentions or collective or reader.generic or reader.shorthands or reader.feed
    span = trim(reader.text, 0, len(reader.text), " \n\t\r\u00a0") if said else (0, 0)
    return Byline(
        reader.text, tuple(mentions), relation, span, collective, reader.generic, tuple(reader.shorthands), None, notes
    )


def _named(reader: _Reader, collective: Mention | None) -> list[Mention]:
    """Mentions in printed order; a collective takes the place of the house or desk whose name is part of it."""
    if collective is None or collective.role != "author":
        return reader.mentions
    start, end = collective.span
    rest = [m for m in reader.mentions if not (start <= m.span[0] and m.span[1] <= end)]
    return sorted([*rest, collective], key=lambda m: m.span)


def _relation(reader: _Reader) -> Relation:
    staff = reader.staff_before() or bool(reader.shorthands)
    if reader.mixed or reader.helping or ((reader.origin or reader.collective) and staff):
        return "mixed"
    if reader.origin or reader.collective or reader.feed:
        return "syndicated"
    own = reader.staff or any(m.role == "author" and not m.inferred for m in reader.mentions)
    return "own" if own else "none"


def _distinct(agencies: list[Mention]) -> list[Mention]:
    out: dict[tuple[str, str], Mention] = {}
    for mention in agencies:
        out.setdefault((mention.role, mention.party.agency or mention.party.name), mention)
    return list(out.values())
