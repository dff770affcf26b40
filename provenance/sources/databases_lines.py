"""Lines of news databases that hold several facts: section and page, date and edition, paper and issue."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

Facts = Iterator[tuple[str, str]]


@lru_cache(maxsize=1)
def labels() -> Any:
    """Labels and what they state (data/database_labels.json)."""
    return json.loads((files("provenance.data") / "database_labels.json").read_text("utf-8"))


_PLACES = {
    "print_page": r"[A-Z]{0,4}\.?\d{1,4}[A-Z]?(?:\s?[-–]\s?[A-Z]{0,4}\d{1,4})?",
    "print_section": r"[A-Z]{1,2}\d{0,3}|\d{1,3}",
    "print_other": r"\w+",
}
"""What stands behind words for the place in a paper."""


@lru_cache(maxsize=8)
def _place(kind: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, labels()[kind]))
    return re.compile(rf"(?:^|[,;])\s*(?:{words})\b[.:]?\s*(?P<value>{_PLACES[kind]})\s*(?=[,;]|$)", re.IGNORECASE)


def place_in_print(text: str) -> Facts:
    """Section and page of a line such as `NEWS; Pg. 3` or `Section B; Page 22, Column 2; National Desk`.

    A name beside a page is a section of the paper; without one it may be one of the site.
    """
    told: dict[str, list[str]] = {}
    for kind in _PLACES:
        told[kind] = [found["value"] for found in _place(kind).finditer(text)]
        text = _place(kind).sub(";", text)
    names = [name for part in text.split(";") if (name := part.strip(" ,"))]
    yield from (("articleSection", name) for name in names)
    sections = told["print_section"] or (names if told["print_page"] else [])
    yield from (("printSection", section) for section in sections[:1])
    yield from (("printPage", page) for page in told["print_page"][:1])


@lru_cache(maxsize=1)
def edition() -> re.Pattern[str]:
    words = "|".join(labels()["edition"])
    return re.compile(rf"(?:^|[\n,;])[^\n,;]*\b(?:{words})\b.*", re.IGNORECASE | re.DOTALL)


def date_and_edition(text: str) -> Facts:
    """The edition that stands behind a date: `January 11, 2010 Monday`, below it `3 Star Edition`."""
    found = edition().search(text)
    yield "datePublished", text[: found.start()] if found else text
    if found:
        yield "printEdition", found[0].strip("\n,; \t\r")


@lru_cache(maxsize=1)
def _issue() -> re.Pattern[str]:
    words = "|".join(map(re.escape, labels()["issue"]))
    return re.compile(rf",\s*(?P<issue>(?:{words})\.?\s*\d.*)$", re.IGNORECASE)


def paper_and_issue(text: str) -> Facts:
    """The name of a paper without the number of its issue; a bracket has a space before it (`Gazette (London)`)."""
    line = re.sub(r"\s+", " ", text).strip()
    found = _issue().search(line)
    yield "publisher", re.sub(r"(?<=\w)\(", " (", line[: found.start()] if found else line)
    if found:
        yield "printEdition", found["issue"]


PARTED: dict[str, Callable[[str], Facts]] = {
    "articleSection": place_in_print,
    "datePublished": date_and_edition,
    "publisher": paper_and_issue,
}
"""Facts whose lines hold others too."""
