"""A date found in a page, and the reading it becomes."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.dates import Moment, read_machine
from provenance.model import Candidate, Match
from provenance.page import Page

TIME_ELEMENT, PRINTED, FOOT, ADDRESS_DATE, ALONE = 0.56, 0.50, 0.34, 0.36, 0.3
"""Worth of a date by its place."""
INSTANT, LOOSE, STAMPED = 0.08, 0.03, 0.4
"""What a reading gains when it states time and offset, and loses when the order of day and month was a
guess, or when a CMS stamps every change as a publication."""
UTC = ("Z", "+00:00")


@dataclass(frozen=True, slots=True)
class Seen:
    """A date found in the page: the rule, the evidence, what it means, whether it speaks of a change, and
    whether it is displayed close to the headline."""

    rule: str
    weight: float
    match: Match
    moment: Moment
    modified: bool = False
    close: bool = False


def candidate_of(item: Seen, seen: list[Seen], page: Page, stamped: frozenset[Moment]) -> Candidate:
    """The reading of a date, weighed beside the others of the page; `stamped` moments are worth less."""
    moment, steps = item.moment, []
    if moment.time and not moment.offset:
        steps.append(f"no-offset:{moment.time}")
    weight = item.weight + (INSTANT if moment.instant else 0.0) - (LOOSE if moment.guessed else 0.0)
    if moment.offset in UTC and any(_same_clock_elsewhere(moment, other.moment) for other in seen):
        weight -= 2 * INSTANT
        steps.append("clock-of-another-zone")
    if not item.modified and item.match.kind == "metadata" and moment in stamped:
        weight -= STAMPED
        steps.append("stamped-on-change")
    if moment.day.year < _WEB and item.match.kind == "visible":
        weight -= STAMPED
        steps.append("older-than-the-web")
    if moment.text() != item.match.text:
        steps.append("date")
    return Candidate(
        "dateModified" if item.modified else "datePublished",
        item.rule,
        item.match,
        moment.text(),
        round(max(0.02, weight), 3),
        tuple(steps),
        _why_not(moment, page),
        moment.guessed,
    )


def refused_of(item: Seen, reason: str) -> Candidate:
    """The reading of a date that is not weighed."""
    field = "dateModified" if item.modified else "datePublished"
    return Candidate(field, item.rule, item.match, item.moment.text(), item.weight, refused=reason)


def _same_clock_elsewhere(moment: Moment, other: Moment) -> bool:
    """UTC that shows the clock of another zone is a local time with a wrong mark."""
    return moment.wall == other.wall and other.offset not in (None, *UTC)


def _why_not(moment: Moment, page: Page) -> str | None:
    captured = read_machine(page.capture.captured or "")
    if captured and (moment.day - captured.day).days > 1:
        return f"later than the capture, {captured.date}"
    taken, told = captured.instant if captured else None, moment.instant
    if taken and told and abs((taken - told).total_seconds()) < _MINUTE:
        return "the moment of capture"
    return None


_MINUTE = 60
_WEB = 1990
"""A date before there were web pages is more likely one that the story tells."""
