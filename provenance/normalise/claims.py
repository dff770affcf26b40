"""Values of a record and what each of them rests on."""

from __future__ import annotations

from typing import Any

from provenance.model import Candidate, Choice, Match, fixed

Record = dict[str, Any]
"""A schema.org NewsArticle as JSON-LD."""


@fixed
class Claim:
    """One value of the record and what it rests on: a candidate's match, other values of the record, or a table.

    `path` is an RFC 6901 pointer into the record; `sources` are pointers that a composed value was made from; `parts`
    the matches of a text made of many blocks or pieces.
    """

    path: str
    basis: str
    rule: str
    match: Match | None = None
    steps: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    parts: tuple[Match, ...] = ()
    agrees: tuple[Candidate, ...] = ()
    inferred: bool = False


Part = tuple[Any, list[Claim]]
"""A value of the record with its claims; no value where there is nothing to say."""


def basis_of(candidate: Candidate, value: str) -> str:
    """`authority` for what a table says of a text, `verbatim` for the very text that was read, else `normalised`."""
    if candidate.match.source == "authority":
        return "authority"
    return "verbatim" if value == candidate.match.text else "normalised"


def claim_of(path: str, candidate: Candidate, value: str, choice: Choice | None = None) -> Claim:
    """The claim of a value that was read at one place."""
    basis = basis_of(candidate, value)
    agrees = choice.agrees if choice else ()
    return Claim(
        path, basis, candidate.rule, candidate.match, candidate.steps, agrees=agrees, inferred=candidate.inferred
    )
