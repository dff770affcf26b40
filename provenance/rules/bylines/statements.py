"""One place of the page that credits somebody, read by the grammar of credits, becomes candidates.

A statement is never thrown away: people and organisations it names are candidates of the fields they belong to, what it
says of the article's origin is a candidate of `relation`, and what cannot be used is refused with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from provenance.credits.values import Byline, Mention
from provenance.model import Candidate, Detail, Match, Party, Span

FIELDS = {
    "author": "author",
    "creator": "author",
    "contributor": "contributor",
    "editor": "editor",
    "translator": "translator",
    "source": "sourceOrganization",
    "provider": "provider",
}
"""Field of the record for each role of the grammar. Photographers are not credited for the text."""


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A credit as it stands somewhere: the rule that found it, how far it is to be trusted, and its reading.

    `cut` gives the evidence of a part of the text that was parsed; `about` is what data beside the name tells of the
    person (job title, address), `details` where they tell it; `refused` says why the whole place counts for nothing;
    `apart` are the spans of names that stand beside the byline without being part of it.
    """

    rule: str
    weight: float
    byline: Byline
    cut: Callable[[Span], Match | None]
    about: Party | None = None
    refused: str | None = None
    steps: tuple[str, ...] = field(default=())
    apart: frozenset[Span] = frozenset()
    details: tuple[Detail, ...] = ()


def candidates_of(statement: Statement) -> Iterator[Candidate]:
    """Candidates of a statement, people first in printed order, then what it says of the origin."""
    byline = statement.byline
    for mention in byline.mentions:
        name = FIELDS.get(mention.role)
        match = statement.cut(mention.span)
        if match is None:
            continue
        refused = statement.refused or (None if name else "credited for a picture, not for the text")
        refused = refused or ("words in a sentence, not a name" if _is_phrase(mention) else None)
        refused = refused or ("stands apart from the byline's names" if mention.span in statement.apart else None)
        party = _about(mention, statement.about)
        steps = (*statement.steps, *mention.steps)
        yield Candidate(
            name or "author",
            statement.rule,
            match,
            party,
            statement.weight,
            steps,
            refused,
            mention.inferred,
            _details(statement, mention),
        )
    whole = statement.cut(byline.span) or statement.cut((0, len(byline.text)))
    if whole is not None:
        yield from _rest(statement, whole)


def _details(statement: Statement, mention: Mention) -> tuple[Detail, ...]:
    """Where the line itself names job and house of a person, and what data beside the name tell."""
    party, spans = mention.party, {}
    if party.job_title:
        spans["jobTitle"] = _near(statement.byline.text, party.job_title, mention.span)
    if party.affiliation:
        spans["affiliation/0"] = mention.agency_span
    whole = (0, len(statement.byline.text))
    read = [(part, statement.cut(span or whole)) for part, span in spans.items()]
    own = tuple(Detail(part, (match,), statement.rule) for part, match in read if match is not None)
    return (*own, *(d for d in statement.details if d.part not in spans))


def _near(text: str, words: str, name: Span) -> Span | None:
    """Where words stand in a line: first of all in the name's own stretch or behind it, else before it."""
    at = text.find(words, name[0])
    at = at if at >= 0 else text.rfind(words, 0, name[0])
    return (at, at + len(words)) if at >= 0 else None


def _is_phrase(mention: Mention) -> bool:
    """An organisation that nobody lists, told by one of its words alone, and whose name begins in lower case."""
    party = mention.party
    return (
        party.kind == "organization"
        and not party.agency
        and "organisation" in mention.steps
        and party.name[0].islower()
    )


def _rest(statement: Statement, whole: Match) -> Iterator[Candidate]:
    byline, rule, weight = statement.byline, statement.rule, statement.weight
    town = statement.cut(byline.place) if byline.place else None
    if town is not None:
        yield Candidate("dateline", rule, town, town.text.strip(" ,.-–—"), weight, ("strip-agency",), statement.refused)
    if byline.generic or byline.shorthands:
        reason = "a role, not a name" if byline.generic else "initials, not a name"
        value = byline.generic or "/".join(byline.shorthands)
        yield Candidate("author", rule, whole, value, weight, (*statement.steps, *byline.notes), reason)
    if byline.relation != "none":
        yield Candidate("relation", rule, whole, byline.relation, weight, byline.notes, statement.refused)
    if byline.empty and not byline.mentions:
        yield Candidate("author", rule, whole, byline.text, weight, statement.steps, statement.refused or "no credit")


def _about(mention: Mention, about: Party | None) -> Party:
    party = mention.party
    if about is None or party.kind != "person":
        return party
    return replace(party, job_title=party.job_title or about.job_title, url=party.url or about.url)
