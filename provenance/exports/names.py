"""Names and dates as citation formats want them. Names are split here only; the record keeps them as printed."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any, NamedTuple

Party = dict[str, Any]

_PARTICLES = frozenset(
    "van von der den de del della di da dos das du la le ten ter zu zum zur af av bin ibn al el".split()
)
"""Small words in front of a family name. They bind to it when the name is split."""

_SMALL_PARTICLES = frozenset("'t 's in op".split())
"""The same, but only as printed here: "in 't Veld"."""

_JOINING = frozenset("y e i".split())
"""Between the two halves of a family name: "Robles y Luna". A capital letter there is an initial."""

_APOSTROPHES = str.maketrans("’‘", "''")

_SUFFIXES = frozenset(
    "Jr JR jr Sr SR sr Jnr Snr II III IV PhD PHD Phd DPhil MD DDS DVM MPH MSc Esq OBE MBE CBE MP QC".split()
)
"""What follows a name and is no part of it, without full stops."""


class Name(NamedTuple):
    """A person's name in parts. The suffix ("Jr.", "PhD") is empty for most."""

    family: str
    given: str
    suffix: str = ""


def parts_of(party: Party) -> Name | None:
    """The parts of a person's name; None for organisations, and for names that must stay whole."""
    return split_name(party["name"]) if is_person(party) else None


def split_name(name: str) -> Name | None:
    """The parts of a name in Latin, Greek or Cyrillic script; None where it must stay whole.

    Whole stay names of one word or with no given name, names of two people ("Ana and Bo Lind"), and names in scripts
    whose order this cannot know.
    """
    words = name.replace(",", " , ").split()
    suffix = _taken_suffix(words)
    if len(words) < 2 or "," in words or "and" in words[1:-1] or not _alphabetic(name):
        return None
    start = len(words) - 1
    while start > 0 and (bound := _bound(words, start)):
        start -= bound
    return Name(" ".join(words[start:]), " ".join(words[:start]), suffix) if start > 0 else None


def _taken_suffix(words: list[str]) -> str:
    """The suffixes at the end of `words`, from which they are taken with their commas."""
    found: list[str] = []
    while words and words[-1].replace(".", "") in _SUFFIXES:
        found.append(words.pop())
        if words and words[-1] == ",":
            words.pop()
    return " ".join(reversed(found))


def _bound(words: list[str], start: int) -> int:
    """How many words before `start` belong to the family name that begins there."""
    before = words[start - 1].translate(_APOSTROPHES)
    if before in _JOINING:
        return 2
    if before in _PARTICLES or before in _SMALL_PARTICLES:
        return 1
    return 1 if start > 1 and before.lower() in _PARTICLES else 0  # "Al Gore": a capital at the front is a given name


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
