"""Times as savers and archives write them, as RFC 3339 in UTC.

Each form has its own habits: a JavaScript date with a localised zone name, 14 digits, an Internet date, a compact ISO
date. A time without a zone is taken for UTC only where the form says that it is (14 digits, HTTP dates).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
JS_DATE = re.compile(
    r"(?:[A-Za-z]{3},? )?(?P<month>[A-Za-z]{3}) (?P<day>\d{1,2}) (?P<year>\d{4}) (?P<clock>\d\d:\d\d:\d\d)"
    r" (?:GMT|UTC)?(?P<zone>[+-]\d{2}:?\d{2})?"
)
MAIL_DATE = re.compile(
    r"(?:[A-Za-z]{3,9},? )?(?P<day>\d{1,2})[ -](?P<month>[A-Za-z]{3})[a-z]*[ -](?P<year>\d{4}) "
    r"(?P<clock>\d{1,2}:\d\d(?::\d\d)?)(?: (?P<zone>[+-]\d{2}:?\d{2}|GMT|UTC?|Z))?"
)
ISO_DATE = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)[T ](?P<clock>\d\d:\d\d:\d\d)(?P<fraction>\.\d+)?\s*(?P<zone>Z|[+-]\d\d:?\d\d)?$", re.I
)
COMPACT = re.compile(r"(?P<date>\d{8})T(?P<clock>\d{6})Z")
PDF_DATE = re.compile(r"D:(?P<digits>\d{14})(?P<zone>Z|[+-]\d\d'?\d\d)?")


def utc(moment: datetime, fraction: str = "") -> str:
    """RFC 3339 in UTC, with the fraction of the second as it was written."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S") + fraction + "Z"


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    match = re.fullmatch(r"([+-])(\d\d):?'?(\d\d)", text)
    if not match:
        return UTC
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return timezone(-offset if match[1] == "-" else offset)


def _made(year: str, month: int | str, day: str, clock: str, zone: timezone | None) -> str | None:
    hour, minute, second = (int(part) for part in f"{clock}:00".split(":")[:3])
    try:
        return utc(datetime(int(year), int(month), int(day), hour, minute, min(second, 59), tzinfo=zone))
    except (ValueError, OverflowError):
        return None


def from_digits(digits: str) -> str | None:
    """14 digits (`yyyymmddhhmmss`, UTC) of replay services and ARC; 17 with milliseconds, as WebScrapBook writes."""
    if not re.fullmatch(r"\d{14}(?:\d{3})?", digits):
        return None
    made = _made(digits[:4], digits[4:6], digits[6:8], f"{digits[8:10]}:{digits[10:12]}:{digits[12:14]}", UTC)
    return made and (f"{made[:-1]}.{digits[14:]}Z" if digits[14:] else made)


def from_javascript(text: str) -> str | None:
    """`Mon Nov 23 2026 17:24:12 GMT+0100 (…)`: what JavaScript prints; the name in brackets is localised."""
    match = JS_DATE.search(text)
    month = match and MONTHS.get(match["month"].lower())
    zone = match and (_zone(match["zone"]) or (UTC if re.search(r"GMT|UTC", match[0]) else None))
    if not match or not month or not zone:
        return None
    return _made(match["year"], month, match["day"], match["clock"], zone)


def from_mail(text: str) -> str | None:
    """An Internet date (RFC 5322) or HTTP date; one without a zone, or with `-0000`, counts as UTC."""
    match = MAIL_DATE.search(text)
    month = match and MONTHS.get(match["month"].lower())
    if not match or not month:
        return from_javascript(text)
    return _made(match["year"], month, match["day"], match["clock"], _zone(match["zone"]) or UTC)


def from_iso(text: str, *, zone: timezone | None = None) -> str | None:
    """An ISO 8601 date and time; without an offset it is one of `zone`, or None when no zone is given."""
    match = ISO_DATE.match(text.strip())
    stated = match and (_zone(match["zone"] and match["zone"].upper()) or zone)
    if not match or not stated:
        return None
    year, month, day = match["date"].split("-")
    made = _made(year, month, day, match["clock"], stated)
    return made and made[:-1] + (match["fraction"] or "") + "Z"


def from_compact(text: str) -> str | None:
    """`20240129T203941Z`, as Evernote writes."""
    match = COMPACT.fullmatch(text.strip())
    return from_digits(match["date"] + match["clock"]) if match else None


def from_pdf(text: str) -> str | None:
    """`D:20261123172338+00'00'` (ISO 32000 section 7.9.4); without an offset the zone is unknown: None."""
    match = PDF_DATE.match(text.strip())
    if not match or not match["zone"]:
        return None
    digits = match["digits"]
    clock = f"{digits[8:10]}:{digits[10:12]}:{digits[12:]}"
    return _made(digits[:4], digits[4:6], digits[6:8], clock, _zone(match["zone"].replace("'", "")))
