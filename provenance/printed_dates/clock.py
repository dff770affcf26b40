"""The time of day beside a printed date, with the half of the day and the zone."""

from __future__ import annotations

import re
from functools import lru_cache

from provenance.dates import Moment, clock_time, offset_of
from provenance.model import Span
from provenance.printed_dates.tables import Printed, facts, marks


@lru_cache(maxsize=1)
def _clocks() -> re.Pattern[str]:
    return re.compile(
        r"(?P<before>[^\s\d.,:;|()]{1,8}\.?[^\s\d.,:;|()]{0,3}\.?)?\s?"
        rf"(?<![\d.,/-])(?P<hour>\d{{1,2}})(?:(?::|\.|h\s?|{marks('hour')}\s?)(?P<minute>\d{{2}})(?!\d)"
        rf"(?:[:.](?P<second>\d{{2}})(?!\d))?(?![./]\d|\.\s\d{{4}}){marks('minute')}?)?"
        r"\s?(?P<after>[^\s\d,;|()+\-−]{1,12}(?:\s?m\.?)?)?\s?"
        r"(?P<zone>\(?(?:[^\W\d_]{1,5})?\s?(?:[+\-−]\d{1,2}(?::?\d{2})?)?\)?)"
    )


def with_time(text: str, item: Printed, between: Span, language: str | None, country: str | None) -> Printed:
    """The date with a time of day that stands beside it, between the dates before and behind it."""
    (start, end), (first, last) = item.span, between
    for at, stop in ((end, min(last, end + 32)), (max(first, start - 24), start)):
        for found in _clocks().finditer(text, at, stop):
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
        table = facts()[half]
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
    local = facts()["local_zones"].get(country or "", {})
    return local.get(name.lower()) or facts()["zones"].get(name.lower()) if name.isupper() else None
