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
_NOTHING = frozenset({"utf", "und", "zxx", "mul", "mis", "x", "root", "xx"})
_ENOUGH = 40
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_WORDS = 200
_LEAST_WORDS = 40
_SPOKEN, _SHARE, _CLEARLY, _MANY = 0.15, 0.06, 1.15, 6


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


def alike_key(tag: str) -> str:
    """Key under which tags agree: the language alone, or the macrolanguage it is one of (`no` for `nb` and `nn`)."""
    language = tag.split("-")[0]
    return str(_facts()["macro"].get(language, language))


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


def spoken_in(text: str) -> str | None:
    """The language that a text's commonest words are of; None where they are few, or of two languages alike.

    Scripts that write one language alone tell it by themselves.
    """
    words, counts = _small_words(text)
    if words < _LEAST_WORDS:
        return _written_in(text)
    (best, most), (_, second) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    clear = most >= _SPOKEN * words and most >= _CLEARLY * second
    return best if clear else _written_in(text)


def is_spoken_in(text: str, tag: str) -> bool:
    """False when next to none of a language's commonest words stand in a text, and many of another's do."""
    listed = _facts()["small_words"]
    language = primary(tag) or ""
    known = _facts()["words_of"].get(language, language)
    words, counts = _small_words(text)
    most = max(counts.values(), default=0)
    if known not in listed or words < _LEAST_WORDS or most < _SHARE * words:
        return True
    return counts[known] * _MANY > most


@lru_cache(maxsize=64)
def _small_words(text: str) -> tuple[int, Counter[str]]:
    """How many words stand in a text, and how many of them are among the commonest of each language."""
    words = [word.casefold() for word in _WORD.findall(text)[:_WORDS]]
    return len(words), Counter(language for word in words for language in _languages_by_word().get(word, ()))


@lru_cache(maxsize=1)
def _languages_by_word() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for language, words in _facts()["small_words"].items():
        for word in words.split():
            table.setdefault(word, []).append(language)
    return table


def _written_in(text: str) -> str | None:
    """The only language that is written in the text's script, or in no other: Japanese has kana beside Han signs.

    None for a script of several.
    """
    script = script_of(text)
    languages = {tag: scripts for tag, scripts in _facts()["scripts"].items() if script in scripts}
    alone = [tag for tag, scripts in languages.items() if len(languages) == 1 or len(scripts) == 1]
    return alone[0] if len(alone) == 1 else None
