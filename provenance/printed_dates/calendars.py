"""Years and days of other calendars and short forms as Gregorian ones."""

from __future__ import annotations

from datetime import date, timedelta


def gregorian(year: int) -> int:
    """Thai pages print Buddhist years, 543 ahead."""
    return year - 543 if 2440 <= year <= 2643 else year


def century(year: int) -> int:
    """The year that two digits mean."""
    return year + (2000 if year < 70 else 1900)


def solar_day(year: int, month: int, day: int) -> date | None:
    """A day of the Solar Hijri calendar by its 33-year cycle of leap years, right for 1244 to 1472 (1865 to 2093)."""
    if not 1244 <= year <= 1472 or day > (31 if month <= 6 else 30):
        return None
    leaps = sum(y % 33 in (1, 5, 9, 13, 17, 22, 26, 30) for y in range(1244, year))
    elapsed = (year - 1244) * 365 + leaps + (month - 1) * 31 - max(0, month - 7) + day - 1
    return date(1865, 3, 21) + timedelta(days=elapsed)
