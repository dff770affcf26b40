"""The words of credits in one language, loaded from data and compiled once. No word stands in code."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from provenance.credits.phrases import Finder

ONE_TO_ONE = {i: i - 0xFEE0 for i in range(0xFF01, 0xFF5F)} | {
    0x3000: 32,
    0xA0: 32,
    0x2007: 32,
    0x2009: 32,
    0x202F: 32,
    0x200B: 32,
    0xFEFF: 32,
    0x2019: 39,
    0x2018: 39,
    0x02BC: 39,
    0x09: 32,
    0x0D: 32,
    0xAD: 32,
}
_CONTROL = re.compile(r"[\t\r]")
LOCAL_ONLY = frozenset({"by", "and", "with", "for", "via", "particle", "date_lead"})
"""Kinds of words too short to mean the same in another language; the rest of English counts everywhere."""


@lru_cache(maxsize=512)
def flat(text: str) -> str:
    """The text with full-width forms, odd spaces and curly apostrophes made plain, code point for code point."""
    return text if text.isascii() and not _CONTROL.search(text) else text.translate(ONE_TO_ONE)


@lru_cache(maxsize=1)
def phrase_data() -> dict[str, Any]:
    """The phrase file, read once."""
    data: dict[str, Any] = json.loads((files("provenance.data") / "credit_phrases.json").read_text(encoding="utf-8"))
    return data


@dataclass(frozen=True)
class Words:
    """Lower-case words of one language, with those of English and of any language where that is safe."""

    language: str

    def of(self, kind: str) -> frozenset[str]:
        """All phrases of one kind, lower-case and NFKC."""
        return _of(self.language, kind)

    def pattern(self, *kinds: str) -> Finder:
        """Finds any phrase of these kinds, in any case; where two begin at one place the kind named first wins."""
        return _finder(self.language, kinds)


@lru_cache(maxsize=4096)
def _of(language: str, kind: str) -> frozenset[str]:
    table = phrase_data()["languages"]
    langs = {language, "und"} if kind in LOCAL_ONLY else {language, "en", "und"}
    return frozenset(p for lang in langs for p in table.get(lang, {}).get(kind, ()))


@lru_cache(maxsize=1024)
def _finder(language: str, kinds: tuple[str, ...]) -> Finder:
    return Finder((phrase, kind) for kind in kinds for phrase in sorted(_of(language, kind)))


def spoken_in(text: str, language: str | None) -> str | None:
    """The language, or one of the text's own script where pages claim a tongue that is not written in it."""
    for script in dict.fromkeys(
        unicodedata.name(c, "").split(" ")[0] for c in text[:400] if c > "\u036f" and c.isalpha()
    ):
        tongues = phrase_data()["scripts"].get(script)
        if tongues:
            primary = words(language).language if language else ""
            return language if primary in tongues else tongues[0]
    return language


ALIASES = {"no": "nb", "nn": "nb", "bs": "hr", "in": "id", "iw": "he", "cmn": "zh", "yue": "zh", "be": "ru"}


@lru_cache(maxsize=256)
def words(language: str | None) -> Words:
    """Words for a BCP 47 tag; English for an unknown or missing one."""
    primary = (language or "en").replace("_", "-").split("-")[0].casefold()
    primary = ALIASES.get(primary, primary)
    return Words(primary if primary in phrase_data()["languages"] else "en")


@lru_cache(maxsize=1)
def by_inside() -> re.Pattern[str]:
    """ "by" in any language, as it stands between a picture's kind and its maker: "AP Video by Jane Roe"."""
    return re.compile(rf"(?:{'|'.join(sorted(_of('en', 'by_inside')))})\s+")


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Common given names of people in scripts with capitals, lower-case. A name that is not among them may be one."""
    return frozenset(phrase_data()["given_names"])


@lru_cache(maxsize=1)
def surname_words() -> frozenset[str]:
    """Ordinary words that are family names too, where a given name stands before them, lower-case."""
    return frozenset(phrase_data()["surname_words"])


@lru_cache(maxsize=1)
def firm_labels() -> frozenset[str]:
    """Photo labels of all languages that end in a colon, without it: they mean the same on any page."""
    table = phrase_data()["languages"].values()
    return frozenset(p[:-1].strip() for kinds in table for p in kinds.get("photo_label", ()) if p.endswith(":"))


@lru_cache(maxsize=1)
def lead_languages() -> dict[str, tuple[str, ...]]:
    """Which languages use a word to open a byline: `von` -> de; used when a page misstates its language."""
    found: dict[str, list[str]] = {}
    shy = _of("en", "shy_leads")
    for lang, kinds in phrase_data()["languages"].items():
        for phrase in set(kinds.get("by", ())) - shy:
            found.setdefault(phrase, []).append(lang)
    return {phrase: tuple(langs) for phrase, langs in found.items()}
