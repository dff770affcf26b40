"""Whether a value follows from the text that was read: the steps of its evidence replayed, as far as they can be.

What a property means decides how: a date is read again, an address made absolute again, a language told again, a table
looked up again. Any other text has to stand in what was read, letter by letter and digit by digit; of steps that only
cut something off, the value may be a part of it.
"""

from __future__ import annotations

import html
import re
import unicodedata
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from provenance import __version__
from provenance.addresses import front_of, tidy
from provenance.credits.authorities import WIKIDATA, agencies, publisher_of
from provenance.dates import read_machine
from provenance.jsonld import at_pointer, escape
from provenance.language import canonical_tag
from provenance.normalise.given import digest_uri
from provenance.page import Page
from provenance.printed_dates import find_dates
from provenance.rules.publisher import HOME
from provenance.rules.publishers.hosts import country_of
from provenance.rules.tongue import language_of, languages_of
from provenance.text import unescaped

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """A value of the record, the text that its evidence leads to ("" where it leads to none), and how it was made."""

    value: str
    text: str
    entry: Entry
    page: Page

    @property
    def steps(self) -> tuple[str, ...]:
        """What the evidence says was done to the text."""
        return tuple(self.entry.get("steps", ()))


def unfounded(page: Page, record: Any, evidence: Mapping[str, Any], texts: Mapping[int, str]) -> Iterator[str]:
    """Pointers of values that do not follow from what their evidence leads to.

    `texts` holds, by its position, the text of each entry that was replayed.
    """
    paths = {entry["path"] for entry in evidence["evidence"]}
    current = evidence["activity"].get("version") == __version__
    for i, entry in enumerate(evidence["evidence"]):
        try:
            value = at_pointer(record, entry["path"])
        except LookupError:
            continue
        if entry["basis"] == "composed":
            if entry["rule"] in COMPOSED and not COMPOSED[entry["rule"]](value, record, page):
                yield entry["path"]
        elif entry["basis"] == "authority":
            if current and not _is_listed(entry["path"], str(value), entry):
                yield entry["path"]
        elif i in texts and entry["basis"] in ("verbatim", "normalised"):
            for path, leaf in _leaves(value, entry["path"], paths):
                if not _follows(path, Reading(leaf, texts[i], entry, page)):
                    yield path


def _leaves(value: Any, path: str, others: set[str]) -> Iterator[tuple[str, str]]:
    """Texts, numbers and flags that an entry speaks for: those with entries of their own, and types, apart."""
    if isinstance(value, dict):
        for key, inner in value.items():
            where = f"{path}/{escape(key)}"
            if where not in others and not key.startswith("@"):
                yield from _leaves(inner, where, others)
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            if f"{path}/{i}" not in others:
                yield from _leaves(inner, f"{path}/{i}", others)
    else:
        yield path, str(value).lower() if isinstance(value, bool) else str(value)


def _follows(path: str, reading: Reading) -> bool:
    if reading.value == reading.text:
        return True
    if reading.entry["basis"] == "verbatim" and path == reading.entry["path"]:
        return False
    if reading.entry["rule"] == HOME:
        return _is_front(reading)
    names = [name for name in path.split("/") if name and not name.isdigit()]
    return MEANINGS.get(names[-1], _stands_there)(reading)


# --- what the properties mean --------------------------------------------------------------------------------------


def _is_date(reading: Reading) -> bool:
    """One of the dates that the text holds, with its time or without; another clock may tell the offset."""
    language, country = language_of(reading.page), country_of(reading.page)
    pieces = _PIECES.findall(reading.text)
    numbers = [piece for piece in pieces if piece.isdigit()]
    written = (reading.text, "-".join(pieces), " ".join(reversed(pieces)), "-".join(numbers))
    machine = (read_machine(text) for text in written)
    moments = [m for m in (*machine, *(p.moment for p in find_dates(reading.text, language, country))) if m]
    if any(reading.value in (moment.text(), moment.date) for moment in moments):
        return True
    told = read_machine(reading.value)
    return told is not None and any(
        told.instant == m.instant if m.offset else told.wall == m.wall for m in moments if m.time
    )


_PIECES = re.compile(r"\d+|[A-Za-z]+")
"""Year, month and day of an address: `2024-05/03`, `2024/may/03`, `2024/politics/05/03`."""


def _is_address(reading: Reading) -> bool:
    text = reading.text
    found = [reading.page.address(t) for t in (text, unquote(text), f"https:{text}", html.unescape(text))]
    return reading.value in {*found, *(tidy(url) for url in found if url)}


def _is_front(reading: Reading) -> bool:
    return reading.value in {f"{scheme}://{reading.text.lower()}/" for scheme in ("http", "https")}


_TRUE = frozenset({"true", "yes", "1", "free"})


def _is_flag(reading: Reading) -> bool:
    return reading.value == str(reading.text.lower().rsplit("/", 1)[-1] in _TRUE).lower()


def _is_language(reading: Reading) -> bool:
    if "small-words" in reading.steps:
        return reading.value in {c.value for c in languages_of(reading.page) if c.rule == reading.entry["rule"]}
    return reading.value == canonical_tag(reading.text)


_TAG = re.compile(r"<[^<>]*>")
_WHOLE = frozenset({"html-entities", "strip-tags", "join-names", "capitalise"})
"""Steps that take nothing away but markup."""


def _stands_there(reading: Reading) -> bool:
    wanted, letters = _letters(reading.value), _letters(reading.text)
    if wanted == letters:
        return True
    cut = reading.value.endswith("…") or any(step not in _WHOLE for step in reading.steps)
    return bool(wanted) and cut and wanted in letters


def _letters(text: str) -> str:
    """Letters and digits alone, of any case, entities and tags resolved as often as pages nest them."""
    folded = unicodedata.normalize("NFKC", _TAG.sub(" ", unescaped(text))).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


MEANINGS: dict[str, Callable[[Reading], bool]] = {
    "datePublished": _is_date,
    "dateModified": _is_date,
    "url": _is_address,
    "contentUrl": _is_address,
    "license": _is_address,
    "usageInfo": _is_address,
    "publishingPrinciples": _is_address,
    "isAccessibleForFree": _is_flag,
    "inLanguage": _is_language,
}
"""What makes a value of a property follow from a text. Properties that are not named here are texts."""


# --- what was not read -------------------------------------------------------------------------------------------


def _is_listed(path: str, value: str, entry: Entry) -> bool:
    """What the table that a step names says of a property: True too where no step names one."""
    for step in entry.get("steps", ()):
        table, _, key = step.partition(":")
        if table in _TABLES:
            return value == _TABLES[table](key).get(path.rpartition("/")[2])
    return True


def _of_agency(key: str) -> dict[str, str | None]:
    known = agencies().party(key) if key in agencies().rows else None
    return {"name": known.name, "alternateName": known.short, "sameAs": known.same_as} if known else {}


def _of_publisher(host: str) -> dict[str, str | None]:
    known = publisher_of(host)
    if known is None:
        return {}
    entity = WIKIDATA + known.wikidata if known.wikidata else None
    return {"name": known.name, "sameAs": entity, "inLanguage": canonical_tag(known.language)}


_TABLES = {"authority": _of_agency, "publishers": _of_publisher}


def _is_home(value: Any, record: Any, page: Page) -> bool:
    return bool(value == front_of(_text(record.get("url"))))


def _is_name_of(value: Any, record: Any, page: Page) -> bool:
    """The identity is that of the address, or of the captured bytes."""
    name = _text(record.get("url")) or digest_uri(page.capture)
    return bool(value == f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}")


def _are_facts(value: Any, record: Any, page: Page) -> bool:
    """Digest and size of the copy are those of the captured bytes."""
    copy = value.get("encoding") if isinstance(value, dict) else None
    told = (copy.get("sha256"), copy.get("contentSize")) if isinstance(copy, dict) else None
    return told == (page.capture.sha256, str(len(page.capture.body)))


def _holds_digest(value: Any, record: Any, page: Page) -> bool:
    numbers = [item.get("value") for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    return page.capture.sha256 in numbers


def _is_credit(value: Any, record: Any, page: Page) -> bool:
    """The credit names the publisher, and everyone else in it is a party of the record."""
    parties = [
        party
        for slot in ("publisher", "sourceOrganization", "provider", "contributor")
        for party in (record.get(slot) if isinstance(record.get(slot), list) else [record.get(slot)])
        if isinstance(party, dict)
    ]
    rest = _text(value)
    for name in sorted((_text(p.get(k)) for p in parties for k in ("alternateName", "name")), key=len, reverse=True):
        rest = rest.replace(name, "") if name else rest
    return rest != _text(value) and set(rest.replace(",", " ").split()) <= _JOINING


_JOINING = frozenset({"via", "with", "and", "agencies"})


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


COMPOSED: dict[str, Callable[[Any, Any, Page], bool]] = {
    HOME: _is_home,
    "id/uuid5": _is_name_of,
    "capture/facts": _are_facts,
    "capture/identifier": _holds_digest,
    "credit/composed": _is_credit,
}
"""What a value that was not read was made of: other values, and the captured bytes."""
