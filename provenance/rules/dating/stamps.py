"""Publications that are none: software stamps every change as one, or the page tells nothing but its last change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from provenance.dates import Moment
from provenance.model import Candidate
from provenance.page import Page
from provenance.rules.dating.seen import INSTANT, PRINTED, Seen, candidate_of


def stamped_in(seen: list[Seen]) -> frozenset[Moment]:
    """Moments in metadata that some CMS stamps on every change: publication and change on one day, while the page
    displays an earlier day without calling it a change."""
    metadata = [item for item in seen if item.match.kind == "metadata"]
    changes = [item.moment.day for item in metadata if item.modified]
    shown = [item.moment.day for item in seen if item.close and not item.modified]
    published = [item.moment for item in metadata if not item.modified and item.weight > PRINTED]
    if not changes or not shown or any(m.day in shown for m in published):
        return frozenset()
    late = [m for m in published if m.day >= min(changes) and (m.day - min(shown)).days > (1 if m.instant else 0)]
    return frozenset(late) if len(late) == len(published) else frozenset()


def only_change(seen: list[Seen], page: Page) -> Iterator[Candidate]:
    """Citation practice takes the last change where a page states no other date; here it is marked as inferred."""
    for item in seen:
        found = candidate_of(item, seen, page, frozenset())
        steps = (*found.steps, "only-date:last-change")
        yield replace(
            found, field="datePublished", rule="published/last-change", weight=0.1, steps=steps, inferred=True
        )


def earlier_change(seen: list[Seen], page: Page) -> Iterator[Candidate]:
    """Nothing changes before it is published: where the page displays a change that is earlier than all that its
    metadata call the publication, these were stamped later, and the displayed day is the best that is known."""
    stated = [item for item in seen if not item.modified]
    shown = [item for item in seen if item.modified and item.close and item.match.kind == "visible"]
    if not shown or any(item.match.kind != "metadata" for item in stated):
        return
    day = min(item.moment.day for item in shown)
    if all((item.moment.day - day).days > (1 if item.moment.instant else 0) for item in stated):
        for item in shown:
            found, weight = candidate_of(item, seen, page, frozenset()), max(i.weight for i in stated) + INSTANT
            steps = (*found.steps, "changed-before-stated")
            yield replace(
                found, field="datePublished", rule="published/last-change", weight=weight, steps=steps, inferred=True
            )
