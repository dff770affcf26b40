"""Month names, marks and orders of dates by language, from `data/dates.json`; and what a printed date is."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from provenance.dates import Moment
from provenance.model import Span


@lru_cache(maxsize=1)
def facts() -> dict[str, Any]:
    """All tables."""
    data: dict[str, Any] = json.loads(files("provenance.data").joinpath("dates.json").read_text(encoding="utf-8"))
    return data


@dataclass(frozen=True, slots=True)
class Printed:
    """A date found in a text: where it stands and what it means."""

    span: Span
    moment: Moment


@lru_cache(maxsize=64)
def months(language: str | None) -> dict[str, int]:
    """Names of months in a language and in English; those that all languages agree on where none is known."""
    table: dict[str, dict[str, int]] = facts()["months"]
    base = (language or "").split("-")[0].lower()
    if base in table:
        return {**table["en"], **table[base]}
    found: dict[str, int] = {}
    clashing = {name for names in table.values() for name, n in names.items() if found.setdefault(name, n) != n}
    return {**{name: n for name, n in found.items() if name not in clashing}, **table["en"]}


@lru_cache(maxsize=256)
def order_for(language: str | None, country: str | None) -> tuple[str, bool]:
    """Order of day, month and year in numeric dates (`dmy`, `mdy`, `ymd`), and whether the country decided it."""
    table: dict[str, str] = facts()["order"]
    base, region = _base_and_region(language, country)
    named = table.get(f"{base}-{region}")
    if named:
        return _numeric(named), True
    if base == "en" and region not in (None, "US"):
        return "dmy", True
    return _numeric(table.get(base, "dmy")), base != "en" or region is not None


@lru_cache(maxsize=256)
def year_first(language: str | None, country: str | None) -> bool:
    """True where dates of three short numbers begin with the year: in the languages of East Asia, Hungary, Sweden …"""
    table: dict[str, str] = facts()["order"]
    base, region = _base_and_region(language, country)
    return base != "en" and table.get(f"{base}-{region}", table.get(base)) == "ymd"


def _base_and_region(language: str | None, country: str | None) -> tuple[str, str | None]:
    region = country or (language.split("-")[-1] if language and re.search(r"-[A-Z]{2}$", language) else None)
    return (language or "").split("-")[0].lower(), region


def _numeric(order: str) -> str:
    """With a year at the end only the order of day and month is open; year-first places print the day first then."""
    return "mdy" if order == "mdy" else "dmy"


@lru_cache(maxsize=16)
def marks(name: str) -> str:
    """A character class of the marks of one kind: `year`, `month`, `day`, `hour`, `minute`, `first_year`."""
    return f"[{re.escape(facts()['marks'][name])}]"
