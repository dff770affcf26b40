"""What several clocks of one page tell together: an offset that one of them lacks, and the publisher's own day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from provenance.dates import Moment, by_clock_of, same_clock, same_moment_in_utc
from provenance.rules.dating.seen import INSTANT, PRINTED, UTC, Seen


def by_two_clocks(seen: list[Seen]) -> Iterator[Seen]:
    """UTC falls on another day than the publisher's own clock, which the page shows too: then by that clock."""
    for item in seen:
        if item.modified or item.moment.offset not in UTC:
            continue
        for other in seen:
            same = other.moment.instant is not None and other.moment.instant == item.moment.instant
            local = other.moment if same else by_clock_of(item.moment, other.moment) if not other.modified else None
            if local and local.day != item.moment.day:
                weight = item.weight + INSTANT
                yield replace(item, rule="published/two-clocks", moment=local, weight=weight)
                return


def by_displayed_day(seen: list[Seen]) -> Iterator[Seen]:
    """UTC falls on the day before or after the one day that the page displays: then by the displayed day."""
    shown = {item.moment.day: item for item in seen if item.close and item.match.kind == "visible"}
    if len(shown) != 1 or any(item.modified or item.moment.guessed for item in shown.values()):
        return
    ((day, printed),) = shown.items()
    stated = [item for item in seen if not item.modified and item.match.kind == "metadata" and item.weight > PRINTED]
    if stated and all(_next_day_somewhere(item.moment, day) for item in stated):
        weight = max(item.weight for item in stated) + 2 * INSTANT
        yield replace(printed, rule="published/two-clocks", moment=Moment(day), weight=weight)


def _next_day_somewhere(moment: Moment, day: date) -> bool:
    """True when a UTC time falls on that other day by the clocks of some place: they go from -12 to +14 hours."""
    if moment.offset not in UTC or not moment.time or moment.time.startswith("00:00"):
        return False
    return (day - moment.day).days == (1 if moment.time >= "10:00" else -1 if moment.time < "12:00" else 0)


def by_same_clock(seen: list[Seen]) -> Iterator[Seen]:
    """A time without an offset, told with one at another place of the page: that place then counts as much.

    A <time> element by the headline may tell it in UTC, a whole number of hours away.
    """
    for item in seen:
        if item.moment.time and not item.moment.offset:
            for other in seen:
                same = same_clock(item.moment, other.moment) or (
                    other.close and other.modified == item.modified and same_moment_in_utc(item.moment, other.moment)
                )
                if other.moment.offset and same and other.weight < item.weight:
                    yield replace(item, rule=other.rule, match=other.match, moment=other.moment)
                    break
