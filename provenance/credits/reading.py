"""How the pieces of a byline's clause are understood: who is named, for whom, in which role."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from provenance.credits.authorities import fold, publisher_names
from provenance.credits.classify import segments, single_person
from provenance.credits.clauses import Clause
from provenance.credits.names import opens_with_given_name
from provenance.credits.segments import Kind, Segment, Sep, Setting
from provenance.credits.values import Mention, Role
from provenance.credits.words import phrase_data, words
from provenance.model import Party, Span

TIED = (Sep.COMMA, Sep.FOR, Sep.OPEN, Sep.BAR, Sep.SLASH, Sep.DASH, Sep.SPACE, Sep.LINE, Sep.VIA, Sep.CLOSE)
"""Signs that tie what follows to the names before it; "and" and "with" set it beside them."""


@dataclass
class Reader:
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
    initials: bool = False

    def raw(self, seg: Segment) -> str:
        return self.text[seg.span[0] : seg.span[1]]

    def staff_before(self) -> bool:
        """Someone of the house, or a person without an agency, stands before this."""
        free = (m for m in self.mentions if m.party.kind == "person" and not m.party.affiliation)
        return self.staff or any(m.role == "author" for m in free)


def read_clause(reader: Reader, clause: Clause) -> None:
    found = segments(reader.text, clause.span, reader.ctx)
    if found and (clause.kind == "by" or (clause.kind == "author_late" and clause.lead.endswith((":", "：")))):
        found[0] = single_person(reader.text, found[0], reader.ctx)
    if _is_section(found, reader):
        found = found[1:]
    found = _whole_jobs(found, reader)
    reader.persons = []
    helping = clause.role == "contributor"
    reader.led = reader.led or bool(clause.lead)
    for i, segment in enumerate(found):
        if not clause.lead and segment.kind in (Kind.UNKNOWN, Kind.ROLE, Kind.ORGANISATION):
            reader.unread.append(reader.raw(segment))
        helping = helping or segment.sep is Sep.WITH
        before, after = found[i - 1] if i else None, found[i + 1] if i + 1 < len(found) else None
        _read_segment(reader, segment, before, after, clause, helping)


def _whole_jobs(found: list[Segment], reader: Reader) -> list[Segment]:
    """Jobs put together again that one of their words made an organisation of: "Social Media & Culture Editor".

    Behind "and" stands a job, or capital words that nothing tells the meaning of; then nor does it of the whole.
    """
    out: list[Segment] = []
    for seg in found:
        before = out[-1] if len(out) > 1 and seg.sep is Sep.AND else None
        tied = before is not None and before.kind is Kind.ORGANISATION and before.sep in TIED
        if before and tied and out[-2].kind is Kind.PERSON and _ends_a_job(seg, reader.raw(seg)):
            out[-1] = replace(seg, span=(before.span[0], seg.span[1]), sep=before.sep)
        else:
            out.append(seg)
    return out


def _ends_a_job(seg: Segment, raw: str) -> bool:
    return seg.kind is Kind.ROLE or (seg.kind is Kind.UNKNOWN and " " in raw and raw[0].isupper())


def _is_section(found: list[Segment], reader: Reader) -> bool:
    """A section whose title looks like a name: "Coin Jardin et plein air". No name is known there, and common
    words follow "and" that speak of nobody."""
    if len(found) < 2 or found[0].kind is not Kind.PERSON or found[1].kind is not Kind.UNKNOWN:
        return False
    tokens = reader.raw(found[1]).split()
    common = found[1].sep is Sep.AND and len(tokens) > 1 and all(t.islower() for t in tokens)
    if not common or not reader.ctx.words.of("stop").isdisjoint(tokens):
        return False
    return not opens_with_given_name(reader.text, found[0].span[0])


def _read_segment(
    reader: Reader, seg: Segment, before: Segment | None, after: Segment | None, clause: Clause, helping: bool
) -> None:
    tied = before is not None and before.kind is Kind.PERSON and seg.sep in TIED
    if tied and reader.persons and seg.kind is not Kind.PERSON and _took_pictures(reader, seg):
        last = reader.persons.pop()
        reader.mentions[last] = replace(reader.mentions[last], role="photographer")
        return
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
            _organisation(reader, seg, before, clause, helping)


def _person(reader: Reader, seg: Segment, before: Segment | None, clause: Clause, helping: bool) -> None:
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


def _took_pictures(reader: Reader, seg: Segment) -> bool:
    """Words behind a name that give it the pictures: "(Fotos)"; "Fotograf" only behind a writer of the text."""
    word = fold(reader.raw(seg)).casefold().strip(" .")
    if word not in _picture_words(reader.ctx.words.language):
        return False
    return seg.sep is Sep.OPEN or len([m for m in reader.mentions if m.role == "author"]) > 1


@lru_cache(maxsize=64)
def _picture_words(language: str) -> frozenset[str]:
    """Labels of pictures and their makers in the tongue of a page, without the colon: "fotos", "fotograf"."""
    return frozenset(label.rstrip(" :") for label in words(language).of("photographer"))


def _affiliated(mention: Mention, reader: Reader, agency: str, span: Span) -> Mention:
    person = replace(mention.party, affiliation=(reader.ctx.authority.party(agency),))
    return replace(mention, party=person, agency_span=span, steps=(*mention.steps, f"authority:{agency}"))


def _agency(reader: Reader, seg: Segment, before: Segment | None, clause: Clause, helping: bool) -> None:
    for agency in seg.agencies:
        if before and agency in before.agencies and seg.sep is Sep.OPEN:
            continue
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


def _cover(reader: Reader, agency: str, seg: Segment) -> bool:
    """Gives the agency to the names before it: to the last one in brackets, else to all that have none yet."""
    waiting = [i for i in reader.persons if not reader.mentions[i].party.affiliation]
    for i in waiting[-1:] if seg.sep is Sep.OPEN else waiting:
        reader.mentions[i] = _affiliated(reader.mentions[i], reader, agency, seg.span)
    return bool(waiting)


def _house(reader: Reader, seg: Segment, clause: Clause, tied: bool) -> None:
    """The house as an author, unless it is only the address of a person or words like "our own"."""
    reader.staff = True
    reader.desk_start = seg.span[0] if reader.desk_start is None else reader.desk_start
    raw = reader.raw(seg)
    bracketed = raw[0] in _OPEN  # "(Gazette)", a dateline
    if clause.role == "author" and not tied and raw.casefold() not in reader.ctx.words.of("house") and not bracketed:
        reader.mentions.append(Mention("author", Party("organization", raw), seg.span, ("house",)))


def _collective(reader: Reader, seg: Segment, helping: bool) -> None:
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


def _role(reader: Reader, seg: Segment, tied: bool, clause: Clause) -> None:
    """A job after a name is that person's; a role alone stands in for a name."""
    if tied and reader.persons:
        last = reader.mentions[reader.persons[-1]]
        raw = reader.raw(seg)
        if (
            not last.party.job_title
            and not _is_sentence(raw, last.party.name)
            and seg.sep in (Sep.COMMA, Sep.OPEN, Sep.LINE, Sep.DASH, Sep.BAR)
        ):
            party = replace(last.party, job_title=raw)
            reader.mentions[reader.persons[-1]] = replace(last, party=party)
    elif seg.kind is Kind.GENERIC and clause.role in ("author", "contributor"):
        reader.generic = reader.generic or reader.raw(seg)
        reader.staff = True
        reader.desk_start = seg.span[0] if reader.desk_start is None else reader.desk_start


def _is_sentence(raw: str, name: str) -> bool:
    """Words about a person rather than a job: they name him again, or he speaks of himself ("I'm the founder")."""
    first = _FIRST_WORD.match(raw)
    return name in raw or (first is not None and first[1] in phrase_data()["speakers"])


_FIRST_WORD = re.compile(r"(\w+)['’ ]")


_OPEN = frozenset({"(", "["})


def _shorthand(
    reader: Reader, seg: Segment, before: Segment | None, after: Segment | None, clause: Clause, helping: bool
) -> None:
    """A staff signature ("det/dpa"); in a list of agencies an agency that the authority file lacks."""
    raw = reader.raw(seg)
    if before and (reader.initials or (before.kind is Kind.AGENCY and seg.sep is Sep.CLOSE)):
        reader.initials = True  # the agency's own desk signs behind its brackets: "(PAP) ab/ mal/"
        return
    beside = seg.sep is Sep.SLASH or (after is not None and after.sep is Sep.SLASH)
    if clause.kind == "copyright" or (raw.casefold() in reader.ctx.words.of("stop") and not beside):
        return
    if helping and clause.lead and before and before.kind is Kind.AGENCY and len(raw) > 2:
        reader.helping.append(Mention("contributor", Party("organization", raw), seg.span, ("in-list",), True))
    elif (
        clause.kind == "contributor" and " " in clause.lead and raw.isupper() and len(raw) > 2 and seg.sep is Sep.START
    ):
        reader.mixed = True
        reader.helping.append(
            Mention("contributor", Party("organization", raw), seg.span, (f"lead:{clause.lead}",), True)
        )
    elif raw.islower() or seg.sep is Sep.SLASH or (after and after.sep in (Sep.SLASH, Sep.WITH, Sep.AND)):
        reader.shorthands.append(raw)
        reader.desk_start = seg.span[0] if reader.desk_start is None else reader.desk_start


def _organisation(reader: Reader, seg: Segment, before: Segment | None, clause: Clause, helping: bool) -> None:
    raw = reader.raw(seg)
    tied = before is not None and before.kind is Kind.PERSON and seg.sep in TIED
    if raw[0].islower() and " " in raw:
        return
    alone = raw == reader.text.strip(" .")
    party = Party("organization", raw)
    if tied and reader.persons and clause.role in ("author", "contributor"):
        for i in reader.persons:
            mention = reader.mentions[i]
            if not mention.party.affiliation:
                reader.mentions[i] = replace(
                    mention, party=replace(mention.party, affiliation=(party,)), agency_span=seg.span
                )
    elif before and before.kind is Kind.HOUSE and seg.sep is Sep.SLASH and fold(raw).casefold() in publisher_names():
        reader.mixed = True
        reader.helping.append(Mention("contributor", party, seg.span, ("publisher-table",), True))
    elif clause.kind in ("source", "origin", "provider", "more_sources"):
        mention = Mention(clause.role, party, seg.span, (f"lead:{clause.lead}",), True)
        (reader.helping if helping else reader.origin).append(mention)
    elif (clause.kind == "by" or (seg.sep is Sep.START and not clause.lead and alone)) and not reader.mentions:
        reader.mentions.append(Mention("author", party, seg.span, ("organisation",), True))
