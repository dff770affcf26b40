"""Cheap tests that spare most lines a close reading: does a text hold any word that a credit could be made of?

One pass of compiled code cuts the text into words; each name or phrase is represented by its longest word, so that one
look at two sets decides. A test may pass a text that holds no credit; it never fails one that does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from provenance.credits.authorities import agencies
from provenance.credits.phrases import lowered
from provenance.credits.words import flat, words

WORD = re.compile(r"[^\W_]+|[©@]")
EAST = re.compile(r"[^\x00-\u2e7f]")
FOOT_KINDS = (
    "contributor",
    "contributed",
    "more_sources",
    "editor",
    "translator",
    "photographer",
    "provider",
    "source",
    "copyright",
    "author_late",
    "collective",
    "feed",
)
PHOTO_KINDS = ("photo_label", "copyright", "holder", "holder_suffix")


def longest_word(phrase: str) -> str:
    """The longest word of a phrase, lower-case; the first of equal ones; "" for a phrase of signs."""
    return max(WORD.findall(lowered(phrase)), key=len, default="")


def _keys(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(longest_word(p) for p in phrases) - {""}


@lru_cache(maxsize=512)
def _cues(language: str, kinds: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    known = words(language)
    phrases = [p for kind in kinds for p in known.of(kind)]
    return _keys(p for p in phrases if not EAST.match(p)), tuple(p for p in phrases if EAST.match(p))


def _hit(plain: str, found: set[str], keys: frozenset[str], east: Iterable[str]) -> bool:
    return not keys.isdisjoint(found) or any(p in plain for p in east)


@lru_cache(maxsize=2048)
def names_agency(text: str) -> bool:
    """True where some agency may be named."""
    plain, authority = flat(text), agencies()
    if not authority.keys.isdisjoint(WORD.findall(lowered(plain))):
        return True
    return any(plain[m.start() : m.start() + 2] in authority.pairs for m in EAST.finditer(plain))


@lru_cache(maxsize=2048)
def may_credit(text: str, language: str | None = None) -> bool:
    """True where a line could be a credit of the text: an agency or a word of credit stands in it."""
    return names_agency(text) or has_cue(text, language, FOOT_KINDS)


@lru_cache(maxsize=2048)
def may_photo_credit(text: str, language: str | None = None) -> bool:
    """True where a caption could hold a credit: an agency, a label, a copyright mark or a word such as "handout"."""
    return names_agency(text) or ":" in text or has_cue(text, language, PHOTO_KINDS)


@lru_cache(maxsize=2048)
def may_origin(text: str, language: str | None = None) -> bool:
    """True where a sentence on first publication may stand: a word of first publication and a verb of publishing."""
    return has_cue(text, language, ("origin_mark",)) and has_cue(text, language, ("origin_verb",))


@lru_cache(maxsize=4096)
def has_cue(text: str, language: str | None, kinds: tuple[str, ...]) -> bool:
    """True where a phrase of these kinds may stand."""
    plain = flat(text)
    keys, east = _cues(words(language).language, kinds)
    return _hit(plain, set(WORD.findall(lowered(plain))), keys, east if EAST.search(plain) else ())
