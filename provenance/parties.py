"""Which of the credits that a page states are the record's: people, agencies, and where the text comes from.

The one place where evidence about the text's makers is weighed. Trust runs from what a reader sees over JSON-LD to
<meta> (record.md, section 4): agencies often stand only in the visible byline. A name that the visible byline states is
never lost; embedded data confirm a line, complete it, or stand in for it. What one statement says of the article's
origin decides the relation, in the order: byline, embedded authors, sign-off, dateline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from provenance.hearing import Hearing, Voice, hear, name_key, voices
from provenance.model import Candidate, Choice, Context, Detail, Note, Party
from provenance.rules.policy import folded

FIELDS = ("author", "contributor", "editor", "translator", "sourceOrganization", "provider", "relation", "dateline")
_ORIGIN_RULES = (
    "byline/source",
    "byline/signoff",
    "byline/dateline",
    "byline/jsonld-source-organization",
    "byline/jsonld-provider",
    "byline/jsonld-copyright-holder",
)
"""Statements on the origin beside byline and authors, in the order of trust."""
_LATE_RULES = ("byline/signoff", "byline/dateline", "byline/signed", "byline/bio")


def choose_parties(candidates: Iterable[Candidate], context: Context) -> dict[str, Choice]:
    """Choices of all fields of the text's makers; `relation` holds `syndicated`, `mixed` or `own`."""
    listed = list(candidates)
    found = voices(listed)
    hearing = hear(found)
    people = _people(hearing, found)
    relation, agencies, deciding = _origin(hearing, found, people, context)
    picked: dict[str, list[Candidate]] = {name: [] for name in FIELDS}
    picked["author"] = people + _organisations(hearing, people, relation)
    for name in ("editor", "translator"):
        picked[name] = _distinct(c for v in found for c in v.of(name) if c.weight > 0.5)
    picked["contributor"] = _distinct(
        c
        for v in found
        if v in hearing.heard or v.rule == "byline/signoff"
        for c in v.of("contributor")
        if c.value.kind == "person"
    )
    for candidate in agencies:
        picked[_slot(candidate, relation)].append(candidate)
    if deciding is not None:
        picked["relation"] = [deciding]
    picked["dateline"] = _distinct(c for v in found for c in v.of("dateline"))[:1]
    return {name: _choice(name, picked[name], listed, hearing.notes if name == "author" else ()) for name in FIELDS}


def _people(hearing: Hearing, found: Sequence[Voice]) -> list[Candidate]:
    """Authors in printed order, completed from data and, where there is none, from the sign-off."""
    seen = [c for v in hearing.heard for c in v.people]
    data = hearing.data.people if hearing.data else []
    if hearing.data and hearing.data.rule == "byline/meta-author":
        data = _written_only(data, seen, found)
    people = _merge(_distinct([*seen, *data]), data)
    if people:
        return people
    late = next((v for rule in _LATE_RULES for v in found if v.rule == rule and _signers(v)), None)
    if late is not None and late.rule == "byline/bio":
        return _distinct(c for v in found if v.rule == late.rule for c in _signers(v))
    return _distinct(_signers(late)) if late else []


_PRINTED = ("byline/visible", "byline/line", "byline/signoff")
"""Places where a reader sees who edited the text."""


def _written_only(data: list[Candidate], seen: Sequence[Candidate], found: Sequence[Voice]) -> list[Candidate]:
    """People of <meta> without those whom CMSs list there beside the writer: the editor whom the page shows as such,
    and, where the byline names some of them, a crew of photographers, models and stylists."""
    edited = {name_key(c.value) for v in found if v.rule in _PRINTED for c in v.of("editor")}
    written = [c for c in data if name_key(c.value) not in edited]
    printed = {name_key(c.value) for c in seen}
    named = [c for c in written if name_key(c.value) in printed]
    return named if named and len(written) - len(named) >= _CREW else written


_CREW = 3


def _signers(voice: Voice) -> list[Candidate]:
    """People of a sign-off: only those that a word of authorship introduces ("Reporting by") or who stand before
    the agencies whose material they used; elsewhere all."""
    led = voice.rule != "byline/signoff" or voice.relation == "mixed"
    return [c for c in voice.people if led or any(s.startswith("strip-lead:") for s in c.steps)]


def _merge(people: list[Candidate], data: Sequence[Candidate]) -> list[Candidate]:
    """One candidate a person: a shorter form of another's name goes; case and particulars come from the data."""
    tokens = {c: set(c.value.name.casefold().split()) for c in people}
    by_key = {name_key(d.value): d for d in data}
    sure = [c for c in people if name_key(c.value) in by_key]
    kept = [c for c in people if c in sure or not any(_same_person(tokens[c], tokens[o]) for o in sure)]
    kept = [c for c in kept if not any(o is not c and tokens[c] < tokens[o] for o in kept)]
    return [_completed(c, by_key.get(name_key(c.value))) for c in kept]


def _same_person(one: set[str], other: set[str]) -> bool:
    return one < other or other < one


def _completed(candidate: Candidate, data: Candidate | None) -> Candidate:
    """A person of a line with what only the data tell, each part with its place there."""
    if data is None or data is candidate:
        return candidate
    party, other = candidate.value, data.value
    name = other.name if party.name.isupper() and not other.name.isupper() and not other.name.islower() else party.name
    job, where = party.job_title or other.job_title, party.affiliation or other.affiliation
    full = replace(party, name=name, job_title=job, url=party.url or other.url, affiliation=where)
    taken = [part for key, part in _PARTS.items() if getattr(full, key) != getattr(party, key)]
    details = (*candidate.details, *(_detail(data, part) for part in taken))
    return replace(candidate, value=full, details=details) if taken else candidate


_PARTS = {"name": "name", "job_title": "jobTitle", "url": "url", "affiliation": "affiliation/0"}
"""Parts of a party that data may complete, by the pointers that details go by."""


def _detail(data: Candidate, part: str) -> Detail:
    """Where the data tell a part of a party: beside the name, or in the very text that names it."""
    beside = next((d for d in data.details if d.part == part), None)
    return beside or Detail(part, (data.match,), data.rule, data.steps)


def _distinct(found: Iterable[Candidate]) -> list[Candidate]:
    """The first candidate of each party."""
    first: dict[str, Candidate] = {}
    for candidate in found:
        key = name_key(candidate.value) if isinstance(candidate.value, Party) else folded(candidate.value)
        first.setdefault(key, candidate)
    return list(first.values())


def _origin(
    hearing: Hearing, found: Sequence[Voice], people: Sequence[Candidate], context: Context
) -> tuple[str, list[Candidate], Candidate | None]:
    """Relation, the agencies that it rests on, and the candidate that decided it."""
    spoken: list[tuple[str, Voice]] = [(v.relation, v) for v in hearing.heard]
    if hearing.data:
        spoken.append((_data_relation(hearing), hearing.data))
    spoken += [(v.relation, v) for rule in _ORIGIN_RULES for v in found if v.rule == rule]
    foreign = [(r, v) for r, v in spoken if r in ("mixed", "syndicated")]
    if not foreign:
        own = next((v.of("relation") for r, v in spoken if r == "own"), [])
        return "own", [], own[0] if own else None
    relation = _with_staff(_first_said(foreign), foreign, people)
    agencies = _distinct(
        c for _, v in foreign for c in v.agencies if c.value.agency != context.house.agency or not c.value.agency
    )
    deciding = next((c for _, v in foreign for c in v.of("relation") if c.value == relation), None)
    if deciding is None:
        said = foreign[0][1].of("relation")[0]
        deciding = replace(said, value=relation, inferred=True, steps=(*said.steps, "house-and-agency"))
    return relation, agencies, deciding


def _data_relation(hearing: Hearing) -> str:
    """What the data say of the origin; the house among the authors of an agency's text is no hand in it."""
    data, said = hearing.data, {v.relation for v in hearing.heard}
    if data is None or data.relation != "mixed" or said != {"syndicated"} or data.people:
        return data.relation if data else "none"
    seen = {name_key(c.value) for v in hearing.heard for c in v.agencies}
    return "syndicated" if {name_key(c.value) for c in data.agencies} <= seen else "mixed"


def _first_said(foreign: Sequence[tuple[str, Voice]]) -> str:
    """Mixed where any statement says so - unless an agency signs the whole and the others only thank its own people."""
    whole = {name_key(c.value) for r, v in foreign if r == "syndicated" for c in v.agencies}
    mixed = [v for r, v in foreign if r == "mixed"]
    repeated = all({name_key(c.value) for c in v.agencies} <= whole for v in mixed if v.rule == "byline/signoff")
    first = foreign[0][0]
    if not mixed or (first == "syndicated" and repeated and all(v.rule == "byline/signoff" for v in mixed)):
        return "syndicated"
    return "mixed"


def _with_staff(relation: str, foreign: Sequence[tuple[str, Voice]], people: Sequence[Candidate]) -> str:
    """People of the house beside an agency's sign-off make an article of mixed origin; a dateline outweighs them."""
    first = foreign[0][1]
    if relation == "syndicated" and first.rule == "byline/signoff" and not first.people:
        staff = [c for c in people if not c.value.affiliation]
        dated = any(v.rule == "byline/dateline" or _reprinted(v) for _, v in foreign)
        return "mixed" if staff and not dated else relation
    return relation


def _reprinted(voice: Voice) -> bool:
    """The statement speaks of first publication or of rights: the whole text is another's, whoever wrote it."""
    return any("byline.origin" in c.steps for c in voice.of("relation"))


def _slot(candidate: Candidate, relation: str) -> str:
    if relation == "mixed":
        return "contributor"
    return candidate.field if candidate.field != "contributor" else "sourceOrganization"


def _organisations(hearing: Hearing, people: Sequence[Candidate], relation: str) -> list[Candidate]:
    """Organisations that stand in the byline: always from the line, from data where nobody else is named.

    The house itself, beside its people, is only where they work.
    """
    seen = [c for v in hearing.heard for c in v.of("author") if c.value.kind == "organization"]
    if people:
        seen = [c for c in seen if "house" not in c.steps]
    if not seen and not people and hearing.data:
        seen = [c for c in hearing.data.of("author") if c.value.kind == "organization"]
    return _distinct(seen)


def _choice(name: str, chosen: Sequence[Candidate], listed: Sequence[Candidate], notes: tuple[Note, ...]) -> Choice:
    keys = {name_key(c.value) for c in chosen if isinstance(c.value, Party)}
    taken = {(c.match, c.field) for c in chosen}
    others = [c for c in listed if c.field == name and (c.match, c.field) not in taken]
    agrees = dict.fromkeys(
        c for c in others if c.refused is None and isinstance(c.value, Party) and name_key(c.value) in keys
    )
    lost = tuple((c, c.refused or _why_lost(c, chosen)) for c in others if c not in agrees)
    placed = tuple(c if c.field == name else replace(c, field=name) for c in chosen)
    return Choice(name, placed, tuple(agrees), lost, notes)


def _why_lost(candidate: Candidate, chosen: Sequence[Candidate]) -> str:
    if "house" in candidate.steps and any(isinstance(c.value, Party) and c.value.kind == "person" for c in chosen):
        return "only the house of those who are named"
    return "another statement is trusted more"


def credit_text(choices: dict[str, Choice], publisher: Party | None) -> tuple[str | None, tuple[str, ...]]:
    """The article's composed credit and the steps that made it; None without a publisher or for the house's own work.

    `AFP via P`, `AFP and dpa via P`, `P with AP`, `P with agencies` (record.md, section 1.1).
    """
    relation = choices["relation"].value if "relation" in choices else None
    if publisher is None or relation not in ("syndicated", "mixed"):
        return None, ()
    if relation == "syndicated":
        names = [c.value.display for c in choices["sourceOrganization"].chosen]
        return (
            (f"{_joined(names)} via {publisher.display}", ("credit.a-via-p",))
            if names
            else _with(publisher, ["agencies"])
        )
    names = [c.value.display for c in choices["contributor"].chosen if c.value.kind == "organization"]
    return _with(publisher, names or ["agencies"])


def _with(publisher: Party, names: list[str]) -> tuple[str, tuple[str, ...]]:
    return f"{publisher.display} with {_joined(names)}", ("credit.p-with-a",)


def _joined(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
