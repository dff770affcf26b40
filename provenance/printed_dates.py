"""Dates as newspapers print them, in the languages of the Unicode CLDR.

`3 May 2024`, `May 3rd, 2024`, `3. Mai 2024, 15.47 Uhr`, `el 3 de mayo de 2024`, `2024. május 3.`, `03/05/2024` (in
the order of the country), `2024年5月3日`, `令和6年5月3日`, `3 tháng 5, 2024`, `۱۴ اردیبهشت ۱۴۰۳`, Thai Buddhist years.
A text is read in its page's language and in English; where no language is known, in all that agree on a name.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any

from provenance.dates import Moment, clock_time, day_of, offset_of
from provenance.model import Span

LONGEST = 400
"""Longer texts are not searched: a printed date stands in a line of its own or near one."""


@lru_cache(maxsize=1)
def _facts() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(files("provenance.data").joinpath("dates.json").read_text(encoding="utf-8"))
    return data


@dataclass(frozen=True, slots=True)
class Printed:
    """A date found in a text: where it stands and what it means."""

    span: Span
    moment: Moment


@lru_cache(maxsize=64)
def _months(language: str | None) -> dict[str, int]:
    table: dict[str, dict[str, int]] = _facts()["months"]
    base = (language or "").split("-")[0].lower()
    if base in table:
        return {**table["en"], **table[base]}
    found: dict[str, int] = {}
    clashing = {name for names in table.values() for name, n in names.items() if found.setdefault(name, n) != n}
    return {**{name: n for name, n in found.items() if name not in clashing}, **table["en"]}


@lru_cache(maxsize=256)
def order_for(language: str | None, country: str | None) -> tuple[str, bool]:
    """Order of day, month and year in numeric dates (`dmy`, `mdy`, `ymd`), and whether the country decided it."""
    table: dict[str, str] = _facts()["order"]
    base = (language or "").split("-")[0].lower()
    region = country or (language.split("-")[-1] if language and re.search(r"-[A-Z]{2}$", language) else None)
    named = table.get(f"{base}-{region}")
    if named:
        return _numeric(named), True
    if base == "en" and region not in (None, "US"):
        return "dmy", True
    return _numeric(table.get(base, "dmy")), base != "en" or region is not None


def _numeric(order: str) -> str:
    """With a year at the end only the order of day and month is open; year-first places print the day first then."""
    return "mdy" if order == "mdy" else "dmy"


# --- tokens --------------------------------------------------------------------------------------------------------

_TOKEN = re.compile(r"\d+|[^\s\d.,:;/|()\[\]{}<>،؛。、\"“”„«»·•–—−+@-]+|[^\s]")
_EAST = re.compile(
    r"(?P<era>[^\W\d]{2})?\s?(?P<year>\d{1,4}|元)\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일号號]?"
)
_NUMERIC = re.compile(
    r"(?<![\d.,/:-])(?P<a>\d{1,4})(?P<mark>\u200f?\s?[./-]\s?\u200f?)(?P<b>\d{1,2})(?:(?P=mark)|\.\s?)(?P<c>\d{4}|\d{1,2})(?![\d%€$]|[.,:/-]\d)"
)
_CLOCK = re.compile(
    r"(?P<before>[^\s\d.,:;|()]{1,8}\.?[^\s\d.,:;|()]{0,3}\.?)?\s?"
    r"(?<![\d.,/-])(?P<hour>\d{1,2})(?:(?::|\.|h\s?|[時时시点點]\s?)(?P<minute>\d{2})(?!\d)(?:[:.](?P<second>\d{2})(?!\d))?[分분]?)?"
    r"\s?(?P<after>[^\s\d,;|()+\-−]{1,12}(?:\s?m\.?)?)?\s?(?P<zone>\(?(?:[^\W\d_]{1,5})?\s?(?:[+\-−]\d{1,2}(?::?\d{2})?)?\)?)"
)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def number(self) -> int | None:
        return int(self.text) if self.text.isdecimal() and len(self.text) <= 4 else None


def find_dates(text: str, language: str | None = None, country: str | None = None) -> Iterator[Printed]:
    """Every date printed in a text, in its order; of readings that overlap the tightest.

    Texts longer than `LONGEST` are searched at their beginning only.
    """
    text = text[:LONGEST]
    if not any(c.isdecimal() for c in text) and "元" not in text:
        return
    named = list(_named(text, language)) or list(_named(text, None) if language else ())
    found = [*_east(text), *named, *_with_month_word(text), *_numbers(text, language, country)]
    kept: list[Printed] = []
    for item in sorted(found, key=lambda p: p.span[1] - p.span[0]):
        if all(item.span[1] <= other.span[0] or other.span[1] <= item.span[0] for other in kept):
            kept.append(item)
    for item in sorted(kept, key=lambda p: p.span):
        yield _with_time(text, item, language, country)


def _named(text: str, language: str | None) -> Iterator[Printed]:
    months = _months(language)
    solar = _facts()["solar_hijri"]
    tokens = [_Token(m.group(), *m.span()) for m in _TOKEN.finditer(text)]
    for i, token in enumerate(tokens):
        if token.number is not None or (len(token.text) < 2 and token.text.isascii()):
            continue
        month, width = _month_at(tokens, i, months)
        if month:
            yield from _around(tokens, i, i + width, month, solar=False)
        elif token.text in solar:
            yield from _around(tokens, i, i + 1, solar[token.text], solar=True)


def _month_at(tokens: list[_Token], i: int, months: dict[str, int]) -> tuple[int | None, int]:
    word = _lower(tokens[i].text)
    if i + 1 < len(tokens):
        pair = months.get(f"{word} {_lower(tokens[i + 1].text)}")
        if pair:
            return pair, 2
    if i + 2 < len(tokens) and tokens[i + 1].text == "." and tokens[i + 1].end == tokens[i + 2].start:
        dotted = months.get(f"{word}.{_lower(tokens[i + 2].text)}")
        if dotted:
            return dotted, 3
    for form in (
        word,
        word.rstrip("'’`´"),
        word.lstrip("'’`´" + _facts()["prefixes"]),
        word.partition("'")[2],
        word.partition("’")[2],
    ):
        if form and form in months:
            return months[form], 1
    return None, 1


def _lower(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower().strip("\u200e\u200f\u200c_*~")


def _around(tokens: list[_Token], start: int, end: int, month: int, *, solar: bool) -> Iterator[Printed]:
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


def _next_number(tokens: list[_Token], i: int, step: int) -> int | None:
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


def _is_clock(tokens: list[_Token], at: int) -> bool:
    """True for a number with a colon and another number glued to it: an hour or a minute."""
    for step in (-1, 1):
        colon, other = at + step, at + 2 * step
        if 0 <= other < len(tokens) and tokens[colon].text == ":" and tokens[other].text.isdecimal():
            first, last = sorted((at, other))
            return tokens[last].end - tokens[first].start == sum(len(tokens[i].text) for i in (at, colon, other))
    return False


def _day(tokens: list[_Token], day: int, month: int, year: int, solar: bool) -> date | None:
    number, count = tokens[day].number or 0, tokens[year].text
    if not 1 <= number <= 31 or len(tokens[day].text) > 2:
        return None
    if len(count) == 4:
        return _solar_day(int(count), month, number) if solar else day_of(_gregorian(int(count)), month, number)
    marked = year > 0 and tokens[year - 1].text in ("'", "’", "-", "/")
    return day_of(_century(int(count)), month, number) if len(count) == 2 and marked and not solar else None


def _gregorian(year: int) -> int:
    """Thai pages print Buddhist years, 543 ahead."""
    return year - 543 if 2440 <= year <= 2643 else year


def _century(year: int) -> int:
    return year + (2000 if year < 70 else 1900)


def _solar_day(year: int, month: int, day: int) -> date | None:
    """A day of the Solar Hijri calendar by its 33-year cycle of leap years, right for 1244 to 1472 (1865 to 2093)."""
    if not 1244 <= year <= 1472 or day > (31 if month <= 6 else 30):
        return None
    leaps = sum(y % 33 in (1, 5, 9, 13, 17, 22, 26, 30) for y in range(1244, year))
    elapsed = (year - 1244) * 365 + leaps + (month - 1) * 31 - max(0, month - 7) + day - 1
    return date(1865, 3, 21) + timedelta(days=elapsed)


def _with_month_word(text: str) -> Iterator[Printed]:
    for word in _facts()["month_words"]:
        if word in text.lower():
            pattern = rf"(\d{{1,2}})\s*,?\s*{word}\s*(\d{{1,2}})\s*(?:,|[^\W\d_]{{1,4}})?\s*,?\s*(\d{{4}})"
            for found in re.finditer(pattern, text, re.I):
                day = day_of(int(found.group(3)), int(found.group(2)), int(found.group(1)))
                if day:
                    yield Printed(found.span(), Moment(day))


def _east(text: str) -> Iterator[Printed]:
    if not any(mark in text for mark in "年년"):
        return
    for found in _EAST.finditer(text):
        year = 1 if found.group("year") == "元" else int(found.group("year"))
        era = _facts()["eras"].get(found.group("era") or "")
        day = day_of(year + (era or 0), int(found.group("month")), int(found.group("day")))
        if day and (era or year > 99):
            start = found.start() if era else found.start("year")
            yield Printed((start, found.end()), Moment(day))


def _numbers(text: str, language: str | None, country: str | None) -> Iterator[Printed]:
    order, sure = order_for(language, country)
    for found in _NUMERIC.finditer(text):
        a, b, c = found.group("a"), found.group("b"), found.group("c")
        if len(a) == 4:
            moment = Moment(day) if len(c) < 3 and (day := day_of(_gregorian(int(a)), int(b), int(c))) else None
        elif len(a) <= 2 and len(c) > 1:
            moment = _two_orders(int(a), int(b), int(c) if len(c) == 4 else _century(int(c)), order, sure)
        else:
            moment = None
        if moment:
            yield Printed(found.span(), moment)


def _two_orders(a: int, b: int, year: int, order: str, sure: bool) -> Moment | None:
    first = day_of(_gregorian(year), *((a, b) if order == "mdy" else (b, a)))
    other = day_of(_gregorian(year), *((b, a) if order == "mdy" else (a, b)))
    if first and other and first != other:
        return Moment(first, guessed=not sure)
    found = first or other
    return Moment(found) if found else None


# --- time of day ---------------------------------------------------------------------------------------------------


def _with_time(text: str, item: Printed, language: str | None, country: str | None) -> Printed:
    """The date with a time of day that stands beside it."""
    start, end = item.span
    for at, stop in ((end, min(len(text), end + 32)), (max(0, start - 24), start)):
        for found in _CLOCK.finditer(text, at, stop):
            read = _clock(found, language, country)
            if read:
                time, offset = read
                span = (min(start, found.start("hour")), max(end, found.end()))
                return Printed(span, Moment(item.moment.day, time, offset, item.moment.guessed))
    return item


def _clock(found: re.Match[str], language: str | None, country: str | None) -> tuple[str, str | None] | None:
    half = _half(found.group("after"), language) or _half(found.group("before"), language)
    if found.group("minute") is None and not half:
        return None
    parts: dict[str, str | None] = {"hour": found.group("hour"), "minute": found.group("minute"), "half": half}
    time = clock_time({**parts, "second": found.group("second")})
    if time is None:
        return None
    zone = next((z for z in (_zone(found.group("zone"), country), _zone(found.group("after"), country)) if z), None)
    return time, zone


def _half(word: str | None, language: str | None) -> str | None:
    """`a` or `p` for the words of the halves of the day."""
    key = re.sub(r"[\s.]", "", (word or "")).lower()
    if not key:
        return None
    base = (language or "").split("-")[0].lower()
    for half, letter in (("am", "a"), ("pm", "p")):
        table = _facts()[half]
        known = {*table.get("en", ()), *table.get(base, ()), "am" if letter == "a" else "pm"}
        if any(key == re.sub(r"[\s.]", "", name) for name in known):
            return letter
    return None


def _zone(text: str | None, country: str | None) -> str | None:
    name = (text or "").strip(" ()")
    if not name:
        return None
    stated = offset_of(name.replace(" ", ""))
    if stated:
        return stated
    local = _facts()["local_zones"].get(country or "", {})
    return local.get(name.lower()) or _facts()["zones"].get(name.lower()) if name.isupper() else None
