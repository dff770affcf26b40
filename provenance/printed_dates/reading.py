"""Finds all dates that a text prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from provenance.printed_dates.clock import with_time
from provenance.printed_dates.named import named, tokens_of
from provenance.printed_dates.numeric import east, numbers, with_month_word
from provenance.printed_dates.tables import Printed, facts, marks

LONGEST = 400
"""Longer texts are not searched: a printed date stands in a line of its own or near one."""
_LINE = 200
_DIGIT = re.compile(r"\d")


def hints(text: str) -> bool:
    """A quick look at a text: most are white space, prose or words without what every printed date has."""
    if not 3 < len(text) <= _LINE:
        return False
    first = _sign().search(text)
    return first is not None and _hint().search(text, first.start()) is not None


@lru_cache(maxsize=1)
def _sign() -> re.Pattern[str]:
    """What every hint begins with: looked for first, since a single character is found many times quicker."""
    return re.compile(rf"\d|{marks('year')}")


@lru_cache(maxsize=1)
def _hint() -> re.Pattern[str]:
    """A year of four digits, three numbers, or a mark of East Asia."""
    return re.compile(rf"\d{{4}}|\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?\d{{2}}|{marks('year')}")


def find_dates(text: str, language: str | None = None, country: str | None = None) -> Iterator[Printed]:
    """Every date printed in a text, in its order; of readings that overlap the tightest.

    Texts longer than `LONGEST` are searched at their beginning only.
    """
    text = text[:LONGEST]
    if _DIGIT.search(text) is None and facts()["marks"]["first_year"] not in text:
        return
    tokens = tokens_of(text)
    by_name = list(named(tokens, language)) or list(named(tokens, None) if language else ())
    found = [*east(text), *by_name, *with_month_word(text), *numbers(text, language, country)]
    kept: list[Printed] = []
    for item in sorted(found, key=lambda p: p.span[1] - p.span[0]):
        if all(item.span[1] <= other.span[0] or other.span[1] <= item.span[0] for other in kept):
            kept.append(item)
    kept.sort(key=lambda p: p.span)
    done = 0
    for i, item in enumerate(kept):
        following = kept[i + 1].span[0] if i + 1 < len(kept) else len(text)
        timed = with_time(text, item, (done, following), language, country)
        done = timed.span[1]
        yield timed
