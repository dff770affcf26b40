"""What class names, ids and roles say of a part of a page: comments, navigation, captions, teasers and the like.

The words are data (`data/story_marks.json`). They stand in class names joined by hyphens, underscores or capitals, so a
token is cut there. A word only counts on a page where it does not mark the page's main text: publishers name things as
they like, and `sidebar-grid` may well hold the article (see `provenance.story.prose`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

from provenance.page import Element, Page
from provenance.page.index import SPEAKING, TESTING, VEILING
from provenance.text import HEADINGS

HIDDEN = "#hidden"
"""Mark of what a reader does not see."""

NONE: frozenset[str] = frozenset()
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_STYLE_CHARS = 2000
_TOKEN_CHARS = 60
_TOKENS = 40


@lru_cache(maxsize=1)
def vocabulary() -> Mapping[str, frozenset[str]]:
    """Words by kind: `strong`, `plain`, `weak`, `hidden` (whole tokens), `tags` (element names), `opening`, `faq`."""
    data = json.loads(files("provenance.data").joinpath("story_marks.json").read_text(encoding="utf-8"))
    return {kind: frozenset(words) for kind, words in data.items() if isinstance(words, list)}


@lru_cache(maxsize=1)
def _marking() -> frozenset[str]:
    words = vocabulary()
    return words["strong"] | words["plain"] | words["weak"] | words["faq"]


@lru_cache(maxsize=16_384)
def _words_of(token: str) -> frozenset[str]:
    if token in vocabulary()["hidden"]:
        return frozenset((HIDDEN,))
    if len(token) > _TOKEN_CHARS or ":" in token or "[" in token:
        return NONE
    lower = token.lower()
    parted = lower if token == lower else _CAPITAL.sub("-", token).lower()
    words = parted.replace("_", "-").split("-")
    return NONE if _marking().isdisjoint(words) else _marking().intersection(words)


def _marks_in(value: str) -> frozenset[str]:
    """Marks in the value of an attribute."""
    found = NONE
    for token in value.split()[:_TOKENS]:
        words = _words_of(token)
        if words:
            found |= words
    return found


@lru_cache(maxsize=1)
def tag_marks() -> Mapping[str, frozenset[str]]:
    """Marks of every element with this name, by name."""
    return {tag: frozenset((f"<{tag}>",)) for tag in vocabulary()["tags"]}


def marks_of(page: Page) -> dict[Element, frozenset[str]]:
    """Marks of the elements of a page that have any from their attributes, those of their ancestors apart.

    Each value is looked at once, however many elements bear it.
    """
    read = page.attributes
    tested = {value for name in TESTING for _, value in read.said[name]}
    marked: dict[Element, frozenset[str]] = {}
    for value, bearers in read.bearers.items():
        found = _marks_in(value)
        if found:
            for element in bearers if value not in tested else _speaking(bearers, value):
                if element.tag in HEADINGS and element.get("id") == value != element.get("class"):
                    continue  # made of the heading's own words, to be linked to
                marked[element] = marked[element] | found if element in marked else found
    for name in VEILING:
        for element, value in read.said[name]:
            if _hides(name, value):
                marked[element] = marked.get(element, NONE) | {HIDDEN}
    return marked


def _speaking(bearers: Iterable[Element], value: str) -> Iterator[Element]:
    """Those that bear a value not only in an attribute for tests."""
    return (element for element in bearers if any(element.get(name) == value for name in SPEAKING))


def _hides(name: str, value: str) -> bool:
    if name == "style":
        return len(value) < _STYLE_CHARS and bool(_UNSEEN.search(value))
    return name == "hidden" or value == "true"
