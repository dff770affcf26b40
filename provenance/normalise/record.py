"""Choices to one schema.org NewsArticle, and a claim for every value in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from provenance.addresses import front_of
from provenance.model import Capture, Choice
from provenance.normalise.claims import Claim, Record
from provenance.normalise.given import GIVEN
from provenance.normalise.writers import CREDIT_SOURCES, WRITERS, line
from provenance.options import Options
from provenance.rules.publisher import HOME


def record_of(
    choices: Mapping[str, Choice], capture: Capture, options: Options, kind: str = "NewsArticle"
) -> tuple[Record, tuple[Claim, ...]]:
    """The record of one capture and its claims."""
    values: Record = {"@context": "https://schema.org", "@type": kind}
    claims: list[Claim] = []
    for name in (*ORDER[1:], ORDER[0]):  # the identity is made from the address
        if name in choices and choices[name].chosen:
            value, found = WRITERS.get(name, line)(f"/{name}", choices[name])
        elif name in GIVEN:
            value, found = GIVEN[name](values, capture, options)
        else:
            continue
        found = [_at_home(_present(claim, values), values, value) for claim in found]
        if value not in (None, "", [], {}):
            values[name] = value
            claims.extend(found)
    return dict(in_order(values)), tuple(claims)


def _present(claim: Claim, values: Record) -> Claim:
    """A composed value names only those of its sources that the record has."""
    kept = tuple(p for p in claim.sources if p not in CREDIT_SOURCES or p[1:] in values)
    return claim if kept == claim.sources else replace(claim, sources=kept)


def _at_home(claim: Claim, values: Record, party: Any) -> Claim:
    """A front page is composed of the article's address where that stands on its host; else it was read elsewhere."""
    if claim.rule != HOME:
        return claim
    if front_of(values.get("url")) == party["url"]:
        return replace(claim, basis="composed", match=None)
    return replace(claim, sources=())


ORDER = (
    "@id url headline alternativeHeadline description articleBody articleSection keywords dateline printSection "
    "printPage printEdition inLanguage datePublished dateModified author contributor editor translator "
    "sourceOrganization provider publisher creditText copyrightNotice copyrightYear copyrightHolder license usageInfo "
    "isBasedOn translationOfWork correction isAccessibleForFree backstory publishingPrinciples image identifier "
    "archivedAt sdPublisher sdDatePublished"
).split()
"""Order of the properties in every record."""


def in_order(record: Record) -> Iterator[tuple[str, Any]]:
    """Items of a record in the fixed order, `@context` and `@type` first."""
    rank = {name: i for i, name in enumerate(("@context", "@type", *ORDER))}
    return iter(sorted(record.items(), key=lambda item: rank.get(item[0], len(rank))))
