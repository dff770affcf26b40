"""People and organisations as objects of a record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from provenance.limits import LIMITS
from provenance.model import Candidate, Choice, Detail, Party
from provenance.normalise.claims import Claim, Part, basis_of
from provenance.normalise.text import clean
from provenance.rules.publisher import HOME


def party(path: str, choice: Choice) -> Part:
    """The first party of a choice."""
    return _party_value(path, choice.chosen[0], choice.agrees)


def parties(path: str, choice: Choice) -> Part:
    """All parties of a choice."""
    values, claims = [], []
    for i, candidate in enumerate(choice.chosen):
        value, found = _party_value(f"{path}/{i}", candidate)
        values.append(value)
        claims.extend(found)
    return values, claims


def _party_value(path: str, candidate: Candidate, agrees: tuple[Candidate, ...] = ()) -> Part:
    party: Party = candidate.value
    value = party_object(party)
    claims = [_name_claim(f"{path}/name", candidate, value["name"], agrees)]
    claims += _known(path, party, value, candidate.steps)
    for key in ("jobTitle", "url"):
        if key in value:
            claims.append(_claim(f"{path}/{key}", candidate.value, value[key], _detail(candidate, key)))
    for i, house in enumerate(party.affiliation):
        where, named = f"{path}/affiliation/{i}", value["affiliation"][i]
        detail = _detail(candidate, f"affiliation/{i}")
        claims.append(_claim(f"{where}/name", house, named["name"], detail, candidate.inferred))
        claims += _known(where, house, named, ())
    return value, claims


def _name_claim(path: str, candidate: Candidate, name: str, agrees: tuple[Candidate, ...]) -> Claim:
    told = next((d for d in candidate.details if d.part == "name"), None)
    if told is not None:
        return replace(_claim(path, candidate.value, name, told, candidate.inferred), agrees=agrees)
    basis, steps, agency = basis_of(candidate, name), candidate.steps, candidate.value.agency
    if agency and basis == "normalised":
        basis, steps = "authority", _once(*steps, f"authority:{agency}")
    return Claim(path, basis, candidate.rule, candidate.match, steps, agrees=agrees, inferred=candidate.inferred)


def _detail(candidate: Candidate, part: str) -> Detail:
    """Where a part of a party was read: where the rule says, else in the text that names the party."""
    found = next((d for d in candidate.details if d.part == part), None)
    return found or Detail(part, (candidate.match,), candidate.rule, candidate.steps)


def _claim(path: str, party: Party, value: str, detail: Detail, inferred: bool = False) -> Claim:
    """The claim of one part of a party. Several matches are pieces that were put together."""
    first, *others = detail.matches
    basis, steps = "verbatim" if not others and value == first.text else "normalised", detail.steps
    if basis == "normalised" and party.agency and path.endswith("/name"):
        basis, steps = "authority", _once(*steps, f"authority:{party.agency}")
    sources = ("/url",) if detail.rule == HOME else ()
    match, parts = (None, detail.matches) if others else (first, ())
    return Claim(path, basis, detail.rule, match, steps, sources, parts, inferred=inferred)


def _known(path: str, party: Party, value: dict[str, Any], steps: tuple[str, ...]) -> list[Claim]:
    """Claims of what a table tells of a known organisation: its short form and its identifier."""
    table = f"authority:{party.agency}" if party.agency else next((s for s in steps if s.startswith(_TABLE)), "")
    rule = "authority/agencies" if party.agency else "authority/publishers"
    given = (table,) if table else ()
    return [
        Claim(f"{path}/{key}", "authority", rule, steps=given, sources=(f"{path}/name",))
        for key in ("alternateName", "sameAs")
        if key in value
    ]


_TABLE = "publishers:"


def party_object(party: Party) -> dict[str, Any]:
    """A `Person` or `Organization` object; what is not known is absent."""
    person = party.kind == "person"
    value: dict[str, Any] = {
        "@type": "Person" if person else "Organization",
        "name": clean(party.name, LIMITS.name_chars),
    }
    if party.short and party.short != party.name and not person:
        value["alternateName"] = clean(party.short, LIMITS.name_chars)
    if party.url:
        value["url"] = party.url
    if party.same_as:
        value["sameAs"] = party.same_as
    if person and party.job_title:
        value["jobTitle"] = clean(party.job_title, LIMITS.name_chars)
    if person and party.affiliation:
        value["affiliation"] = [party_object(p) for p in party.affiliation]
    return value


def _once(*steps: str) -> tuple[str, ...]:
    """Steps in their order, each once: a reader may have named the agency already."""
    return tuple(dict.fromkeys(steps))
