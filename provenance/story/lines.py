"""What a line says of itself by the words it opens with: a way to other pages, a call to the reader, a sign-off.

The words are data (`data/story_words.json`), in some forty languages.
"""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from provenance.page import Page
from provenance.printed_dates import find_dates

SENTENCE_END = (".", "?", "!", ":", "…", "。", "？", "！", "”", "»")
"""What a sentence ends with."""

_LEADING = " *-–—•→►▶▲△●■◆|:>»([“\"'【（📲👉"
_COUNT = "0123456789 »·-–—(（"
_ENDS = " :：."
_FULL_STOPS = "。.)） "
_OPENING = 80
_KEY = 2
_NAMED = 60
_NAME = (5, 60)
_AUTHOR_META = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "cxenseparse:author",
)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CLOCK = re.compile(r"(?<!\d)[012]?\d ?[:.h時시] ?[0-5]\d(?!\d)")
_SPACE = re.compile(r"[\s ,;]")


@lru_cache(maxsize=1)
def _words() -> Mapping[str, tuple[str, ...]]:
    data = json.loads(files("provenance.data").joinpath("story_words.json").read_text(encoding="utf-8"))
    return {kind: tuple(words) for kind, words in data.items() if isinstance(words, list)}


@lru_cache(maxsize=8)
def _by_opening(kind: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in _words()[kind]:
        word = word.lstrip(_LEADING)
        found[word[:_KEY]].append(word)
    return {key: tuple(words) for key, words in found.items()}


def opening_of(text: str) -> str:
    """The beginning of a text in the form in which `begins` compares it."""
    return text[:_OPENING].casefold().lstrip(_LEADING)


def begins(opening: str, kind: str) -> bool:
    """True when an opening (`opening_of`) begins with a word of a kind: `more`, `call`, `signoff` or `end`."""
    known = _by_opening(kind)
    return opening.startswith(known.get(opening[:_KEY], ())) or opening[:1] in known


def opens_with(text: str, kind: str) -> bool:
    """True when a text begins with a word of a kind."""
    return begins(opening_of(text), kind)


def counts_comments(text: str, opening: str) -> bool:
    """True when a short line names the comments and how many there are, in either order."""
    return begins(opening.lstrip(_COUNT), "comments") and any(map(str.isdecimal, text))


def leads_on(text: str) -> bool:
    """True when a text ends with the words of a teaser that go on to its story."""
    return text.endswith(_words_of("onward"))


def is_pictured(text: str) -> bool:
    """True when a line ends as captions do, with the word for who took the picture or what kind it is."""
    return text.rstrip(_FULL_STOPS).endswith(_words_of("pictured"))


def _words_of(kind: str) -> tuple[str, ...]:
    return _words()[kind]


def is_called(text: str, kind: str) -> bool:
    """True when a text is one of the words of a kind and nothing more: `references`."""
    return text.casefold().strip(_ENDS) in _words()[kind]


def holds(text: str, kind: str) -> bool:
    """True when a word of a kind stands anywhere in a text: `credit` or `disclosure`."""
    return any(map(text.casefold().__contains__, _words()[kind]))


def is_social(href: str) -> bool:
    """True when an address is one of a social network (`social` in the data), with a path to a post."""
    host, _, path = href.partition("://")[2].partition("/")
    return bool(path) and host.removeprefix("www.").removeprefix("m.") in _words()["social"]


def stated_text(page: Page) -> str:
    """The longest `articleBody` of the page's JSON-LD, its markup taken off; "" where there is none."""
    texts = [node["articleBody"] for _, _, node in page.articles[:4] if isinstance(node.get("articleBody"), str)]
    text = max(texts, key=len, default="")
    return _TAG.sub(" ", html.unescape(text)) if "<" in text or "&" in text else text


def author_names(page: Page) -> tuple[str, ...]:
    """Names of the article's authors as metadata give them, without case."""
    found = [match.text for match in page.meta(*_AUTHOR_META)]
    for _, _, node in page.articles[:2]:
        found += _names(node.get("author"))
    names = (" ".join(name.casefold().split()) for name in found)
    return tuple(name for name in names if _NAME[0] <= len(name) <= _NAME[1] and _SPACE.search(name))


def _names(value: Any) -> Iterator[str]:
    for item in (value if isinstance(value, list) else [value])[:20]:
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, str):
            yield name


def is_dated(text: str) -> bool:
    """True when a year and a time of day stand in a short text, as they do where a page tells its dates."""
    return _YEAR.search(text) is not None and _CLOCK.search(text) is not None


def holds_date(text: str) -> bool:
    """True when a day is printed in a short text."""
    return _YEAR.search(text) is not None and next(find_dates(text), None) is not None


def tells_of(text: str, names: Iterable[str]) -> bool:
    """True when a text opens with one of these names, as the lines about an author do."""
    opening = text[: _NAMED * 2].casefold()
    return any(0 <= opening.find(name) <= _NAMED for name in names)
