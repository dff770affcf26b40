"""Dates of numbers: with marks between them, with a word for month, and with the marks of East Asia."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from provenance.dates import Moment, day_of
from provenance.printed_dates.calendars import century, gregorian, solar_day
from provenance.printed_dates.tables import Printed, facts, marks, order_for, year_first

_NUMERIC = re.compile(
    r"(?<![\d.,/:-])(?P<a>\d{1,4})(?P<mark>\u200f?\s?[./-]\s?\u200f?)(?P<b>\d{1,2})(?:(?P=mark)|\.\s?)(?P<c>\d{4}|\d{1,2})(?![\d%€$]|[.,:/-]\d)"
)


@lru_cache(maxsize=1)
def _east() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<era>[^\W\d]{{2}})?\s?(?P<year>\d{{1,4}}|{marks('first_year')})\s?{marks('year')}\s?(?P<month>\d{{1,2}})\s?"
        rf"{marks('month')}\s?(?P<day>\d{{1,2}})\s?{marks('day')}?"
    )


def with_month_word(text: str) -> Iterator[Printed]:
    """`3 tháng 5, 2024`: the word for month before its number."""
    for word in facts()["month_words"]:
        if word in text.lower():
            pattern = rf"(\d{{1,2}})\s*,?\s*{word}\s*(\d{{1,2}})\s*(?:,|[^\W\d_]{{1,4}})?\s*,?\s*(\d{{4}})"
            for found in re.finditer(pattern, text, re.I):
                day = day_of(int(found.group(3)), int(found.group(2)), int(found.group(1)))
                if day:
                    yield Printed(found.span(), Moment(day))


def east(text: str) -> Iterator[Printed]:
    """`2024年5月3日`, and years of eras."""
    if not any(mark in text for mark in facts()["marks"]["year"]):
        return
    for found in _east().finditer(text):
        year = int(found.group("year")) if found.group("year").isdecimal() else 1
        era = facts()["eras"].get(found.group("era") or "")
        day = day_of(year + (era or 0), int(found.group("month")), int(found.group("day")))
        if day and (era or year > 99):
            start = found.start() if era else found.start("year")
            yield Printed((start, found.end()), Moment(day))


def numbers(text: str, language: str | None, country: str | None) -> Iterator[Printed]:
    """`03/05/2024` in the order of the country, `2024-05-03`."""
    order, sure = order_for(language, country)
    for found in _NUMERIC.finditer(text):
        a, b, c = found.group("a"), found.group("b"), found.group("c")
        moment: Moment | None
        if solar := _solar(a, b, c, language):
            moment = Moment(solar)
        elif len(a) == 4:
            moment = Moment(day) if len(c) < 3 and (day := day_of(gregorian(int(a)), int(b), int(c))) else None
        elif len(a) == len(b) == len(c) == 2 and year_first(language, country):
            moment = Moment(day) if (day := day_of(century(int(a)), int(b), int(c))) else None
        elif len(a) <= 2 and len(c) > 1:
            day_first = "." in found.group("mark") and not sure
            year = int(c) if len(c) == 4 else century(int(c))
            moment = _two_orders(int(a), int(b), year, "dmy" if day_first else order, sure)
        else:
            moment = None
        if moment:
            yield Printed(found.span(), moment)


def _solar(a: str, b: str, c: str, language: str | None) -> date | None:
    """`1402/12/22` and `22/12/1402` on a page in Persian: a day of the Solar Hijri calendar."""
    if (language or "").split("-")[0] not in _SOLAR:
        return None
    year, day = (a, c) if len(a) == 4 else (c, a)
    fits = len(year) == 4 and len(day) < 3 and _SOLAR_YEARS[0] <= int(year) <= _SOLAR_YEARS[1]
    return solar_day(int(year), int(b), int(day)) if fits and 1 <= int(b) <= 12 and int(day) > 0 else None


_SOLAR, _SOLAR_YEARS = frozenset({"fa", "prs", "ps"}), (1300, 1472)


def _two_orders(a: int, b: int, year: int, order: str, sure: bool) -> Moment | None:
    first = day_of(gregorian(year), *((a, b) if order == "mdy" else (b, a)))
    other = day_of(gregorian(year), *((b, a) if order == "mdy" else (a, b)))
    if first and other and first != other:
        return Moment(first, guessed=not sure)
    found = first or other
    return Moment(found) if found else None
