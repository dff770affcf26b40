"""Titles in metadata, which are written for search engines and carry the site's name, and how alike two texts are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from provenance.model import Context, Match
from provenance.page import Page
from provenance.rules.finders import Rule, itemprop, jsonld, meta
from provenance.rules.publishers.naming import akin_host_part, reader_key
from provenance.rules.words import words
from provenance.scripts import UNSPACED, WORD
from provenance.text import unescaped

MAX = 320
"""No headline is longer, in characters."""


def title_tag(page: Page) -> Iterator[Match]:
    """The document's <title>."""
    for element in page.tags.get("title", ())[:1]:
        match = page.match(element, source="meta")
        if match:
            yield match


TITLES: tuple[Rule, ...] = (
    Rule("headline/jsonld", 0.46, jsonld("headline")),
    Rule("headline/og-title", 0.45, meta("og:title")),
    Rule("headline/microdata", 0.44, itemprop("headline", "content")),
    Rule("headline/twitter-title", 0.40, meta("twitter:title")),
    Rule("headline/meta", 0.38, meta("dc.title", "dcterms.title", "citation_title", "parsely-title", "sailthru.title")),
    Rule("headline/jsonld-name", 0.36, jsonld("name")),
    Rule("headline/title-tag", 0.34, title_tag),
)


@dataclass(frozen=True, slots=True)
class Title:
    """A metadata title without the site's name."""

    rule: Rule
    match: Match
    text: str
    steps: tuple[str, ...]
    words: tuple[str, ...]


def titles(page: Page, context: Context) -> list[Title]:
    """Metadata titles of the page, the site's name cut off."""
    found = []
    for rule in TITLES:
        for match in list(rule.find(page))[:3]:
            plain = unescaped(match.text)
            text, steps = without_site(plain, context)
            steps = steps if plain == match.text else ("html-entities", *steps)
            if text and len(text) <= 2 * MAX:
                found.append(Title(rule, match, text, steps, tuple(words_of(text))))
    return found


def names_site(title: Title, context: Context) -> bool:
    """True for a title that every page of the site may have: its name, and words such as "News from"."""
    for name in context.house.names:
        own = words_of(name)
        at = (
            next((i for i in range(len(title.words)) if list(title.words[i : i + len(own)]) == own), None)
            if own
            else None
        )
        if at is not None:
            rest = (*title.words[:at], *title.words[at + len(own) :])
            return all(word in words("site_title") for word in rest)
    return False


def without_site(text: str, context: Context) -> tuple[str, tuple[str, ...]]:
    """A title without the publisher's name, and without the sections that follow it, and the steps that took it off."""
    keys = house_keys(context.house.names)
    steps: list[str] = []
    for _ in range(3):
        cut = next((c for c in _cuts(text, keys, context.house.domain) if c[0]), None)
        if cut is None:
            break
        text = cut[0]
        steps.append(f"strip-site:{cut[1]}")
    return text, tuple(steps)


def _cuts(text: str, keys: frozenset[str], domain: str) -> Iterator[tuple[str, str]]:
    for mark in words("site_boundary"):
        parts = text.split(mark) if mark in text else []
        for i in range(len(parts) - 1, -1, -1):
            if is_site(parts[i].strip(), keys, domain):
                kept = parts[:i] if i else parts[1:]
                taken = parts[i:] if i else parts[:1]
                yield mark.join(kept).strip(), mark.join(taken).strip()
                break
    for found in _DASH.finditer(text):
        if len(text) - found.end() > _SITE + 2:
            continue  # too long for a name, blanks around it or not
        if is_site(text[found.end() :].strip(), keys, domain) and UNSPACED.search(text[found.end() :]):
            yield text[: found.start()].strip(), text[found.end() :].strip()


_DASH = re.compile("(?<=\\S)[-\u2013\u2014]+(?=\\S)")
"""A dash joins no words in these scripts, so that it parts the site from the headline without any space."""


_SITE = 60
"""A site's name is no longer."""


def is_site(part: str, keys: frozenset[str], domain: str) -> bool:
    """True for one of the publisher's names, or the host spelled out."""
    return bool(part) and len(part) <= _SITE and (reader_key(part) in keys or akin_host_part(part, domain))


@lru_cache(maxsize=64)
def house_keys(names: tuple[str, ...]) -> frozenset[str]:
    """Keys of the publisher's names."""
    return frozenset(reader_key(name) for name in names)


def words_of(text: str) -> list[str]:
    """The words of a text without case, accents and soft hyphens."""
    if text.isascii():
        return WORD.findall(text.lower())
    return WORD.findall(_MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold())


_MARKS = re.compile("[\u00ad\u200b\u0300-\u036f]+")


def likeness(shown: list[str], known: list[Title]) -> float:
    """0 to 1: how well a displayed text and the best metadata title tell the same."""
    best = 0.0
    for title in known:
        best = max(best, alike(shown, list(title.words)))
    return best


def alike(shown: list[str], title: list[str]) -> float:
    """0 to 1: how well two lists of words tell the same."""
    if not shown or not title:
        return 0.0
    if shown == title or "".join(shown) == "".join(title):
        return 1.0
    short, long = (shown, title) if len(shown) <= len(title) else (title, shown)
    common = len(set(short) & set(long))
    ends = long[-len(short) :] == short or long[: len(short)] == short
    if ends and len(short) >= 3:
        return 0.9
    return 0.8 * common / len(set(short)) * min(1.0, len(short) / 4)
