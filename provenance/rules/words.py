"""Words that stand before or in facts of an article, read once from `data/document_words.json`."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    data = json.loads(files("provenance.data").joinpath("document_words.json").read_text(encoding="utf-8"))
    return {name: tuple(words) for name, words in data.items() if isinstance(words, list)}


def words(name: str) -> tuple[str, ...]:
    """Lower-case words or phrases of one kind, such as `original_url`; raises `KeyError` for an unknown kind."""
    return _words()[name]


@lru_cache(maxsize=32)
def in_marks(name: str) -> re.Pattern[str]:
    """A pattern that finds any of these words inside class and id names in lower case."""
    return re.compile("|".join(map(re.escape, words(name))))


def is_label(text: str, name: str) -> bool:
    """True when a text is one of these words and nothing more, a colon or brackets apart."""
    return text.casefold().strip(" :：.·–—-()[]*") in words(name)


def starts_with(text: str, name: str) -> bool:
    """True when a text begins with one of these words."""
    return text[:80].casefold().lstrip(" *-–—([").startswith(words(name))
