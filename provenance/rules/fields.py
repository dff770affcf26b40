"""The rules of all fields that are chosen one by one.

A module of rules has tables of `Rule` rows and one `collect(page, context)`; `POLICIES` says how the readings of its
fields are compared. `COLLECTORS` gathers the modules whose fields are chosen one by one; bylines, photos and the body
are chosen together with their parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from provenance.model import Candidate, Context
from provenance.page import Page
from provenance.rules import address, dates, document, headline, original, publisher, rights
from provenance.rules.policy import Policy

Collector = Callable[[Page, Context], Iterator[Candidate]]

COLLECTORS: tuple[Collector, ...] = (
    headline.collect,
    address.collect,
    original.collect,
    publisher.collect,
    dates.collect,
    document.collect,
    rights.collect,
)

POLICIES: dict[str, Policy] = {
    name: policy
    for module in (headline, address, original, publisher, dates, document, rights)
    for name, policy in module.POLICIES.items()
}
