"""Finds all dates that a text prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from provenance.printed_dates.clock import with_time
from provenance.printed_dates.named import named
from provenance.printed_dates.numeric import east, numbers, with_month_word
from provenance.printed_dates.tables import Printed, facts, marks

LONGEST = 400
"""Longer texts are not searched: a printed date stands in a line of its own or near one."""
_LINE = 200


def hints(text: str) -> bool:
    """A quick look at a text: most are white space, prose or words without what every printed date has."""
    return 3 < len(text) <= _LINE and _hint().search(text) is not None


@lru_cache(maxsize=1)
def _hint() -> re.Pattern[str]:
    """A year of four digits, three numbers, or a mark of East Asia."""
    return re.compile(rf"\d{{4}}|\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?\d{{2}}|{marks('year')}")


def find_dates(text: str, language: str | None = None, country: str | None = None) -> Iterator[Printed]:
    """Every date printed in a text, in its order; of readings that overlap the tightest.

    Texts longer than `LONGEST` are searched at their beginning only.
    """
    text = text[:LONGEST]
    if not any(c.isdecimal() for c in text) and facts()["marks"]["first_year"] not in text:
        return
    by_name = list(named(text, language)) or list(named(text, None) if language else ())
    found = [*east(text), *by_name, *with_month_word(text), *numbers(text, language, country)]
    kept: list[Printed] = []
    for item in sorted(found, key=lambda p: p.span[1] - p.span[0]):
        if all(item.span[1] <= other.span[0] or other.span[1] <= item.span[0] for other in kept):
            kept.append(item)
    for item in sorted(kept, key=lambda p: p.span):
        yield with_time(text, item, language, country)
