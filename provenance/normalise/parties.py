"""People and organisations as objects of a record."""

from __future__ import annotations

from typing import Any

from provenance.limits import LIMITS
from provenance.model import Candidate, Choice, Party
from provenance.normalise.claims import Claim, Part, basis_of
from provenance.normalise.text import clean


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
    for key in ("alternateName", "sameAs"):
        if key in value:
            claims.append(_authority(f"{path}/{key}", party.agency, f"{path}/name"))
    for key in ("jobTitle", "url"):
        if key in value:
            claims.append(Claim(f"{path}/{key}", "normalised", candidate.rule, candidate.match, candidate.steps))
    for i, _ in enumerate(party.affiliation):
        where, inferred = f"{path}/affiliation/{i}", candidate.inferred
        claims.append(Claim(where, "normalised", candidate.rule, candidate.match, candidate.steps, inferred=inferred))
    return value, claims


def _name_claim(path: str, candidate: Candidate, name: str, agrees: tuple[Candidate, ...]) -> Claim:
    basis, steps, agency = basis_of(candidate, name), candidate.steps, candidate.value.agency
    if agency and basis == "normalised":
        basis, steps = "authority", _once(*steps, f"authority:{agency}")
    return Claim(path, basis, candidate.rule, candidate.match, steps, agrees=agrees, inferred=candidate.inferred)


def _authority(path: str, agency: str | None, name: str) -> Claim:
    return Claim(path, "authority", "authority/agencies", steps=(f"authority:{agency}",), sources=(name,))


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
