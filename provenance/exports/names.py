"""Names and dates as citation formats want them. Names are split here only; the record keeps them as printed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

Party = dict[str, Any]

_PARTICLES = frozenset(
    "van von der den de del della di da dos das du la le ten ter zu zum zur af av bin ibn al el y e".split()
)
"""Small words in front of a family name. They bind to it when the name is split."""

_SUFFIX = re.compile(r"^(?:Jr|Sr|II|III|IV)\.?$")


def split_name(name: str) -> tuple[str, str] | None:
    """(family, given) of a person's name in Latin, Greek or Cyrillic script; None where it must stay whole.

    One-word names, and names in scripts whose order this cannot know, stay whole.
    """
    words = name.replace(",", " ,").split()
    if len(words) < 2 or "," in words or not _alphabetic(name):
        return None
    suffix = [words.pop()] if _SUFFIX.match(words[-1]) and len(words) > 2 else []
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    given = " ".join(words[:start])
    return (" ".join(words[start:]), " ".join([given, *suffix])) if given else None


def _alphabetic(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    known = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN")
    return bool(letters) and all(unicodedata.name(c, "").startswith(known) for c in letters)


def is_person(party: Party) -> bool:
    """True for a `Person` object."""
    return party.get("@type") == "Person"


def date_parts(value: str | None) -> tuple[int, int, int] | None:
    """(year, month, day) of a record's date, in the offset that it is printed with; None for what is no such day."""
    try:
        day = date.fromisoformat((value or "")[:10])
    except ValueError:
        return None
    return day.year, day.month, day.day


def copy_of(record: dict[str, Any]) -> dict[str, Any]:
    """The first archived copy of a record, or an empty object."""
    copies = record.get("archivedAt") or [{}]
    first: dict[str, Any] = copies[0]
    return first
