"""Dates and times as machines write them, and the one value that all readings of a date become.

A time without an offset is no instant: its date is kept, and the time as it stands is kept apart (`Moment.wall`). An
offset is kept as it is stated, never shifted. Forms: RFC 3339, ISO 8601 (calendar dates, basic and extended), RFC 5322,
what browsers and CMSs print (`Fri May 03 2024 15:47:00 GMT+0200`), seconds and milliseconds since 1970.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

EARLIEST, LATEST = 1600, 2100


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, with the time of day and the offset from UTC where they are stated.

    `time` is `HH:MM`, `HH:MM:SS` or with a fraction; `offset` is `Z` or `+HH:MM`; `guessed` marks a reading that took
    a decision, such as the order of day and month in 3/5/2024.
    """

    day: date
    time: str | None = None
    offset: str | None = None
    guessed: bool = False

    def text(self) -> str:
        """`YYYY-MM-DD`, or RFC 3339 with the offset as stated where both time and offset are known."""
        return f"{self.day.isoformat()}T{seconds(self.time)}{self.offset}" if self.time and self.offset else self.date

    @property
    def date(self) -> str:
        """`YYYY-MM-DD`."""
        return self.day.isoformat()

    @property
    def wall(self) -> str | None:
        """Date and time to the minute without offset, as a reader of that clock saw it; None without a time."""
        return f"{self.date}T{self.time[:5]}" if self.time else None

    @property
    def instant(self) -> datetime | None:
        """The moment in UTC; None where it is not known."""
        if not self.time or not self.offset:
            return None
        return datetime.fromisoformat(self.text().replace("Z", "+00:00")).astimezone(UTC)


def seconds(time: str) -> str:
    """A time of day with seconds, as RFC 3339 wants it."""
    return time if time.count(":") == 2 else f"{time}:00"


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where there is no such day or it lies outside of what news can be dated."""
    try:
        return date(year, month, day) if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None


def offset_of(text: str) -> str | None:
    """`Z`, `+0200`, `+02`, `+2`, `GMT+02:00`, `UTC` as `Z` or `+HH:MM`; None for anything else."""
    found = _OFFSET.fullmatch(text.strip())
    if not found:
        return None
    sign, hours, minutes = found.group("sign"), found.group("hours"), found.group("minutes") or "00"
    if not sign:
        return "Z"
    if int(hours) > 14 or int(minutes) > 59:
        return None
    return f"{'-' if sign in '-−' else '+'}{int(hours):02d}:{minutes}"


_OFFSET = re.compile(
    r"(?:Z|z|(?:UTC|GMT|utc|gmt|Z)?(?:(?P<sign>[+\-−])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?)|UTC|GMT|utc|gmt)"
)
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{1,2})(?P<fraction>[.,]\d{1,9})?)?"
_NAMED_ZONES = {
    "EST": "-05:00",
    "EDT": "-04:00",
    "CDT": "-05:00",
    "MST": "-07:00",
    "MDT": "-06:00",
    "PST": "-08:00",
    "PDT": "-07:00",
}
"""Zones that RFC 5322 (4.3) names in machine forms; CST is left out, since servers in China write it for their own."""
_ZONE = rf"(?P<zone>[Zz]|(?:UTC|GMT|Z)?\s?[+\-−]\d{{1,2}}(?::?\d{{2}})?|UTC|GMT|{'|'.join(_NAMED_ZONES)})"
_ISO = re.compile(
    rf"(?P<year>\d{{4}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})"
    rf"(?:(?:[Tt]|\s*[,·|]?\s*|\s+-\s+|:){_TIME}\s*(?:{_ZONE})?(?:\[[\w/+-]+\]|\s*\([^)]*\))?)?"
)
_BASIC = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:[T ]?(?P<clock>\d{4}|\d{6})(?P<zone>Z|[+-]\d{4})?)?"
)
_HOUR_ONLY = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})T(?P<hour>\d{2})(?P<minute>\d{2})?(?P<zone>Z|[+-]\d{2}:?\d{2})?")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NAMED = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_MAIL = re.compile(
    rf"(?:[a-z]{{3,9}},?\s+)?(?P<day>\d{{1,2}})[\s-]{_NAMED}[\s,-]+(?P<year>\d{{4}})"
    rf"(?:(?:\s*,|\s+at|:)?\s*{_TIME}\s*(?P<half>[ap]\.?m\.?)?\s*(?:{_ZONE})?(?:\s*\([^)]*\)|\s+[a-z]{{2,4}})?)?",
    re.I,
)
_SCRIPT = re.compile(
    rf"(?:[a-z]{{3,9}},?\s+)?{_NAMED}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
    rf"(?:(?:\s*,|\s+at|\s+-)?\s*{_TIME}\s*(?P<half>[ap]\.?m\.?)?\s*(?:{_ZONE})?(?:\s*\([^)]*\)|\s+[a-z]{{2,4}})?)?",
    re.I,
)
_UNIX_DATE = re.compile(
    rf"[a-z]{{3}}\s+{_NAMED}\s+(?P<day>\d{{1,2}})\s+{_TIME}\s+(?:(?P<zone>UTC|GMT|[+-]\d{{4}}|{'|'.join(_NAMED_ZONES)})|[a-z]{{2,5}})\s+"
    r"(?P<year>\d{4})",
    re.I,
)
_EPOCH = re.compile(r"(?P<seconds>\d{9,10})(?P<milli>\d{3})?(?:\.\d+)?")


def read_machine(text: str) -> Moment | None:
    """The moment that an attribute, a meta element or a JSON value states; None where it is in no known form."""
    text = " ".join(text.split()).strip("\"'")
    if not 8 <= len(text) <= 80 or not any(c.isdigit() for c in text):
        return None
    for pattern in (_ISO, _BASIC, _HOUR_ONLY, _MAIL, _SCRIPT, _UNIX_DATE):
        found = pattern.fullmatch(text)
        if found:
            return _moment(found.groupdict())
    epoch = _EPOCH.fullmatch(text)
    return _since_1970(int(epoch.group("seconds"))) if epoch else None


def _since_1970(count: int) -> Moment | None:
    """Unix time, which is UTC; only of years that have web pages."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=count)
    if not 1994 <= moment.year <= LATEST:
        return None
    return Moment(moment.date(), moment.strftime("%H:%M:%S"), "Z")


def _moment(parts: dict[str, str | None]) -> Moment | None:
    if parts.get("date"):
        year, month, day = map(int, str(parts["date"]).split("-"))
    else:
        name = parts.get("name")
        month = _MONTHS.index(name[:3].lower()) + 1 if name else int(parts["month"] or 0)
        year, day = int(parts["year"] or 0), int(parts["day"] or 0)
    found = day_of(year, month, day)
    if found is None:
        return None
    clock = parts.get("clock")
    if clock:
        parts = {**parts, "hour": clock[:2], "minute": clock[2:4], "second": clock[4:6] or None}
    time = clock_time(parts)
    if time is None:
        return Moment(found)
    zone = parts.get("zone")
    return Moment(found, time, _NAMED_ZONES.get(zone.upper()) or offset_of(zone.replace(" ", "")) if zone else None)


def clock_time(parts: dict[str, str | None]) -> str | None:
    """`HH:MM`, with seconds and fraction where stated, from the parts of a match; None where it is no time of day."""
    if not parts.get("hour"):
        return None
    hour, minute = int(parts["hour"] or 0), int(parts.get("minute") or 0)
    second = int(parts["second"] or 0) if parts.get("second") else None
    half = (parts.get("half") or "").lower()[:1]
    if half in ("a", "p") and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or (second or 0) > 59:
        return None
    fraction = (parts.get("fraction") or "").replace(",", ".")
    return f"{hour:02d}:{minute:02d}" + (f":{second:02d}{fraction}" if second is not None else "")


def by_clock_of(instant: Moment, clock: Moment) -> Moment | None:
    """An instant in UTC told by another clock that shows the same moment without naming its offset.

    Both must show the same minute of the hour, give or take whole quarters, and lie at most 14 hours apart, which is
    as far as offsets go. None where they do not fit, or where the clock shows UTC itself.
    """
    utc = instant.instant
    if utc is None or not clock.time or clock.offset:
        return None
    wall = datetime.fromisoformat(f"{clock.date}T{clock.time[:5]}").replace(tzinfo=UTC)
    minutes = round((wall - utc.replace(second=0, microsecond=0)).total_seconds() / 60)
    if minutes == 0 or minutes % 15 or not -12 * 60 <= minutes <= 14 * 60:
        return None
    offset = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
    local = utc + timedelta(minutes=minutes)
    return Moment(local.date(), local.strftime("%H:%M:%S"), offset)


def same_moment_in_utc(local: Moment, other: Moment) -> bool:
    """True when a time without an offset may be the same moment as one in UTC, by the clock of some place."""
    if not local.time or local.offset or other.offset not in ("Z", "+00:00") or other.day != local.day:
        return False
    here, there = (datetime.fromisoformat(f"{m.date}T{seconds(m.time or '')[:8]}") for m in (local, other))
    hours = (here - there).total_seconds() / 3600
    return hours == int(hours) and hours != 0 and -12 <= hours <= 14


def same_clock(one: Moment, other: Moment) -> bool:
    """True when two readings show the same day and minute on the clock, whatever their offsets."""
    return one.wall is not None and one.wall == other.wall
