"""The authority file: which organisation a name, a domain or a host belongs to. It classifies; it never filters.

Names are matched whole and case-sensitively after NFKC (full-width letters); long and unmistakable ones also in any
case ("GETTY IMAGES"). A *weak* name is also an ordinary word or another body's acronym ("Petra", "AA"): it counts only
in a credit slot. Where two agencies share a name the page's country decides, then its language.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

from provenance.model import Party

WIKIDATA = "http://www.wikidata.org/entity/"


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """NFKC with single spaces: the form in which names are compared."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").split())


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who runs a host, as the publisher table has it. Language is BCP 47, country ISO 3166-1, both may be ""."""

    name: str
    language: str
    country: str
    wikidata: str | None


@dataclass(frozen=True)
class Authority:
    """The loaded authority file. Build it with `agencies()`.

    `keys` holds the longest word of every name, in small letters; `pairs` the first two signs of names in scripts
    without spaces. A text without any of them names no agency.
    """

    rows: dict[str, list[Any]] = field(repr=False)
    aliases: dict[str, str | list[str]] = field(repr=False)
    blind: dict[str, str] = field(repr=False)
    weak: frozenset[str] = field(repr=False)
    domains: dict[str, str] = field(repr=False)
    spoken: dict[str, list[str]] = field(repr=False)
    keys: frozenset[str] = field(repr=False)
    pairs: frozenset[str] = field(repr=False)

    def party(self, agency: str) -> Party:
        """The organisation with this id. Raises KeyError for an unknown id."""
        name, short, _kinds, _country, wikidata, *_ = self.rows[agency]
        return Party("organization", name, short or None, WIKIDATA + wikidata if wikidata else None, agency)

    def kinds(self, agency: str) -> frozenset[str]:
        """What it does: wire, photo, stock, sports, syndication, broadcaster, press-release."""
        return frozenset(self.rows[agency][2].split())

    def is_stock(self, agency: str) -> bool:
        """True for houses that only sell pictures others made: a distributor, not an originator."""
        return "stock" in self.kinds(agency)

    def lookup_id(
        self, text: str, *, country: str | None = None, language: str | None = None, slot: bool = True
    ) -> str | None:
        """Id of the agency whose name is exactly `text`, or None. `slot=False` leaves weak names out."""
        key = fold(text)
        found = self.aliases.get(key)
        if found is None:
            return self.blind.get(key.casefold()) if len(key) >= 6 else None
        if not slot and key in self.weak:
            return None
        return found if isinstance(found, str) else self._nearest(found, country, language)

    def lookup(
        self, text: str, *, country: str | None = None, language: str | None = None, slot: bool = True
    ) -> Party | None:
        """The agency whose name is exactly `text`, as a party, or None."""
        found = self.lookup_id(text, country=country, language=language, slot=slot)
        return self.party(found) if found else None

    def by_domain(self, domain: str) -> Party | None:
        """The agency that owns a host or one of its parents."""
        for name in parents(domain):
            if name in self.domains:
                return self.party(self.domains[name])
        return None

    @cached_property
    def small_words(self) -> frozenset[str]:
        """Words in small letters that are part of names: picture, alliance, dpa. They make no sentence."""
        return frozenset(w for alias in self.aliases for w in alias.split() if w.islower() and len(w) > 2)

    def _nearest(self, ids: list[str], country: str | None, language: str | None) -> str:
        """Country first, then language, then the order of the file (core agencies first)."""
        spoken = (language or "").split("-")[0].casefold()

        def distance(agency: str) -> tuple[bool, bool, int]:
            home = self.rows[agency][3]
            return home != country or not country, spoken not in self.spoken.get(home, []), ids.index(agency)

        return min(ids, key=distance)


def parents(host: str) -> list[str]:
    """A host and its parent domains, longest first, `www.` taken off: a.b.co -> a.b.co, b.co."""
    labels = host.casefold().strip(".").split(":")[0].split(".")[-6:]
    names = [".".join(labels[i:]) for i in range(len(labels) - 1)]
    return [name for name in names if name]


@lru_cache(maxsize=1)
def agencies() -> Authority:
    """The authority file, read once."""
    data = json.loads((files("provenance.data") / "agencies.json").read_text(encoding="utf-8"))
    rows, weak = data["agencies"], frozenset(data["weak"])
    keys, pairs = frozenset(data["keys"]), frozenset(data["pairs"])
    return Authority(rows, data["aliases"], data["blind"], weak, data["domains"], data["spoken"], keys, pairs)


@lru_cache(maxsize=1)
def _publishers() -> dict[str, str]:
    lines = (files("provenance.data") / "publishers.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split("\t", 1) for line in lines)


def publisher_of(host: str) -> Publisher | None:
    """The publisher of a host by the publisher table: the exact host first, then its parents."""
    table = _publishers()
    for name in parents(host):
        row = table.get(name)
        if row is not None:
            title, language, country, wikidata, *_ = row.split("\t")
            return Publisher(title, language, country, wikidata or None)
    return None


@lru_cache(maxsize=1)
def publisher_names() -> frozenset[str]:
    """Case-blind names of all publishers in the table (in NFKC already): a name on it is no person."""
    return frozenset(row.split("\t", 1)[0].casefold() for row in _publishers().values())
