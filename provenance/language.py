"""Language tags in the one spelling of BCP 47 (RFC 5646, section 2.1.1: case), and whether a text can be in a language.

Pages write `en_US`, `DE`, `iw`, `English`, `zh-hans-cn`; the record says `en-US`, `de`, `he`, `en`, `zh-Hans-CN`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import lru_cache
from importlib.resources import files
from typing import Any

_SUBTAGS = re.compile(r"[-_]")
_THREE = re.compile(r"[a-z]{3}")
_NOTHING = frozenset({"und", "zxx", "mul", "mis", "x", "root", "xx"})
_ENOUGH = 40


@lru_cache(maxsize=1)
def _facts() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(files("provenance.data").joinpath("languages.json").read_text(encoding="utf-8"))
    return data


@lru_cache(maxsize=1024)
def canonical_tag(tag: str) -> str | None:
    """A language tag in canonical form; None where the text names no single language.

    Script, region and variants are kept in their order; extensions, private and unknown parts are left out.
    """
    text = re.split(r"[.,@;]", tag.strip(), maxsplit=1)[0]
    named = _facts()["names"].get(text.casefold())
    if named:
        return str(named)
    subtags = [part for part in _SUBTAGS.split(text) if part]
    if not subtags or len(text) > 35:
        return None
    language = subtags[0].lower()
    language = _facts()["renamed"].get(language, language)
    if language in _NOTHING or not (language in _facts()["two_letter"] or _THREE.fullmatch(language)):
        return None
    return "-".join([language, *_rest(subtags[1:])])


_SLOTS = (
    (re.compile(r"[A-Za-z]{4}"), str.title, 1),
    (re.compile(r"[A-Za-z]{2}|\d{3}"), str.upper, 2),
    (re.compile(r"[A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}"), str.lower, 2),
)
"""Script, region, variant (RFC 5646, section 2.1): form, case, and the slot that may follow."""


def _rest(subtags: list[str]) -> list[str]:
    kept: list[str] = []
    at = 0
    for subtag in subtags:
        if len(subtag) == 1:
            break
        for pattern, case, following in _SLOTS[at:]:
            if pattern.fullmatch(subtag):
                kept.append(case(subtag))
                at = following
                break
    return kept


def primary(tag: str | None) -> str | None:
    """The language alone: `pt` of `pt-BR`; None for None."""
    return tag.split("-")[0] if tag else None


@lru_cache(maxsize=64)
def script_of(text: str) -> str | None:
    """The script that most letters of a text belong to; None where it has too few letters to tell."""
    counts: Counter[str] = Counter()
    text = text[:300]
    if text.isascii():
        return "Latin" if sum(map(str.isalpha, text)) >= _ENOUGH else None
    for character in text:
        if character.isalpha():
            counts[_script(ord(character))] += 1
    if sum(counts.values()) < _ENOUGH:
        return None
    if counts["Kana"] * 10 > counts["Han"] and counts["Kana"] > 3:
        return "Kana"
    return counts.most_common(1)[0][0]


@lru_cache(maxsize=4096)
def _script(code: int) -> str:
    for name, ranges in _facts()["ranges"].items():
        if any(first <= code <= last for first, last in ranges):
            return str(name)
    return "other"


def may_be_in(text: str, tag: str) -> bool:
    """False when a text is written in a script that the language is not written in."""
    scripts = _facts()["scripts"].get(primary(tag))
    found = script_of(text) if scripts else None
    return found is None or found == "other" or found in scripts
