"""Dates with a month's name: `3 May 2024`, `May 3rd, 2024`, `3. Mai 2024`, `2024. május 3.`"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from provenance.dates import Moment, day_of
from provenance.model import fixed
from provenance.printed_dates.calendars import century, gregorian, solar_day
from provenance.printed_dates.tables import Printed, facts, months

_TOKEN = re.compile(r"\d+|[^\s\d.,:;/|()\[\]{}<>،؛。、\"“”„«»·•–—−+@-]+|[^\s]")


@fixed
class Token:
    """A word, a sign, or a number, whose value is known when it may be that of a day or a year."""

    text: str
    start: int
    end: int
    number: int | None


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text."""
    found = ((m.group(), *m.span()) for m in _TOKEN.finditer(text))
    return [Token(t, start, end, int(t) if len(t) <= 4 and t.isdecimal() else None) for t, start, end in found]


def named(tokens: list[Token], language: str | None) -> Iterator[Printed]:
    """Dates around the names of months."""
    names = months(language)
    solar = facts()["solar_hijri"]
    for i, token in enumerate(tokens):
        if token.number is not None or (len(token.text) < 2 and token.text.isascii()):
            continue
        month, width = _month_at(tokens, i, names)
        if month:
            yield from _around(tokens, i, i + width, month, solar=False)
        elif token.text in solar:
            yield from _around(tokens, i, i + 1, solar[token.text], solar=True)


def _month_at(tokens: list[Token], i: int, names: dict[str, int]) -> tuple[int | None, int]:
    word = _lower(tokens[i].text)
    if i + 1 < len(tokens):
        pair = names.get(f"{word} {_lower(tokens[i + 1].text)}")
        if pair:
            return pair, 2
    if i + 2 < len(tokens) and tokens[i + 1].text == "." and tokens[i + 1].end == tokens[i + 2].start:
        dotted = names.get(f"{word}.{_lower(tokens[i + 2].text)}")
        if dotted:
            return dotted, 3
    for form in (
        word,
        word.rstrip("'’`´"),
        word.lstrip("'’`´" + facts()["prefixes"]),
        word.partition("'")[2],
        word.partition("’")[2],
    ):
        if form and form in names:
            return names[form], 1
    return None, 1


def _lower(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower().strip("\u200e\u200f\u200c_*~")


def _around(tokens: list[Token], start: int, end: int, month: int, *, solar: bool) -> Iterator[Printed]:
    """Day and year beside a month's name: `3 May 2024`, `May 3, 2024`, `2024 May 3`, `2024, 3 May`."""
    left, right = _next_number(tokens, start, -1), _next_number(tokens, end - 1, 1)
    beyond = _next_number(tokens, right, 1) if right is not None else None
    before = _next_number(tokens, left, -1) if left is not None else None
    for day, year in ((left, right), (right, beyond), (right, left), (left, before)):
        if day is None or year is None:
            continue
        found = _day(tokens, day, month, year, solar)
        if found:
            first, last = min(day, start, year), max(day, end - 1, year)
            yield Printed((tokens[first].start, tokens[last].end), Moment(found))
            return


def _next_number(tokens: list[Token], i: int, step: int) -> int | None:
    """The next number beyond a few marks and short words such as `de`, `of`, `th`, `.`."""
    cost, at = 0.0, i + step
    while 0 <= at < len(tokens) and cost <= _REACH:
        token = tokens[at]
        if token.number is not None:
            return None if _is_clock(tokens, at) else at
        glued = token.text in "()" and at > 0 and tokens[at - 1].end == token.start
        if len(token.text) > 4 or (token.text in ":|;()–—•·" and not glued):
            return None
        if token.text == "-" and step < 0 and at < i - 1:
            return None
        cost += 1.0 if len(token.text) > 1 else 0.5
        at += step
    return None


_REACH = 2.5
"""How much may stand between the parts of a date: words count one, marks and single letters half."""


def _is_clock(tokens: list[Token], at: int) -> bool:
    """True for a number with a colon and another number glued to it: an hour or a minute."""
    for step in (-1, 1):
        colon, other = at + step, at + 2 * step
        if 0 <= other < len(tokens) and tokens[colon].text == ":" and tokens[other].text.isdecimal():
            first, last = sorted((at, other))
            return tokens[last].end - tokens[first].start == sum(len(tokens[i].text) for i in (at, colon, other))
    return False


def _day(tokens: list[Token], day: int, month: int, year: int, solar: bool) -> date | None:
    number, count = tokens[day].number or 0, tokens[year].text
    if not 1 <= number <= 31 or len(tokens[day].text) > 2:
        return None
    if len(count) == 4:
        return solar_day(int(count), month, number) if solar else day_of(gregorian(int(count)), month, number)
    marked = year > 0 and tokens[year - 1].text in ("'", "’", "-", "/")
    return day_of(century(int(count)), month, number) if len(count) == 2 and marked and not solar else None
