"""People and organisations as objects of a record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from provenance.limits import LIMITS
from provenance.model import Candidate, Choice, Party
from provenance.normalise.claims import Claim, Part, claim_of
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
    claims = [replace(_partyclaim_of(f"{path}/name", candidate, value["name"]), agrees=agrees)]
    for key in ("alternateName", "sameAs"):
        if key in value:
            claims.append(_authority(f"{path}/{key}", party.agency, f"{path}/name"))
    for key in ("jobTitle", "url"):
        if key in value:
            claims.append(Claim(f"{path}/{key}", "normalised", candidate.rule, candidate.match, candidate.steps))
    for i, _ in enumerate(party.affiliation):
        claim = Claim(f"{path}/affiliation/{i}", "normalised", candidate.rule, candidate.match, candidate.steps)
        claims.append(replace(claim, inferred=candidate.inferred))
    return value, claims


def _partyclaim_of(path: str, candidate: Candidate, name: str) -> Claim:
    claim = claim_of(path, candidate, name)
    named_by_table = candidate.value.agency and claim.basis == "normalised"
    return (
        replace(claim, basis="authority", steps=_once(*claim.steps, f"authority:{candidate.value.agency}"))
        if (named_by_table)
        else claim
    )


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
