"""What the signals look at, gathered once a page, and the words they look for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from provenance.jsonld import types_of
from provenance.page import Element, Page
from provenance.scripts import UNSPACED
from provenance.story import Story

PROSE = 80
"""From so many characters on a block of text counts as a paragraph."""
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=1)
def data() -> Mapping[str, Any]:
    """Weights, threshold and words from `data/article_signals.json`; lists of words as sets."""
    loaded: dict[str, Any] = json.loads(
        files("provenance.data").joinpath("article_signals.json").read_text(encoding="utf-8")
    )
    return {name: frozenset(value) if isinstance(value, list) else value for name, value in loaded.items()}


def words_in(words: Iterable[str], name: str) -> bool:
    """True when one of these words is in a set of the data."""
    return not data()[name].isdisjoint(words)


@dataclass(frozen=True, slots=True)
class Facts:
    """One page as the signals see it.

    `chars` counts the characters of the story; `paragraphs` are the lengths of its longer blocks; `types` are all
    types in JSON-LD; `segments` are the parts of the address's path in lower case.
    """

    page: Page
    story: Story
    text: str
    chars: int
    paragraphs: tuple[int, ...]
    types: frozenset[str]
    host: str
    segments: tuple[str, ...]
    headline: str
    title_words: frozenset[str]

    @property
    def mute(self) -> bool:
        """True where many signals cannot speak: no address is known, or the page says in neither Open Graph nor JSON-LD
        what it is, as pages older than these never do.
        """
        named = (*self.page.meta("og:type"), *self.page.meta("og:title"))
        return not self.host or not (self.types or named)

    @property
    def slug(self) -> str:
        """Last part of the address's path."""
        return self.segments[-1] if self.segments else ""

    def within(self, *tags: str) -> Iterator[Element]:
        """Elements of these tags from the headline to the story's last block."""
        order, first, last = self.page.order, self.story.start, self.story.end
        return (element for element in self.page.all(*tags) if first <= order[element] <= last)

    def has_type(self, name: str) -> bool:
        """True when JSON-LD has one of the types of a set of the data."""
        return words_in(self.types, name)

    def per_paragraph(self, count: int, most: float = 3.0) -> float:
        """A count against the number of paragraphs."""
        return min(most, count / (1 + len(self.paragraphs)))


def lengths_of(story: Story) -> tuple[int, ...]:
    """How long each block of the story is: a letter that is a word of its own tells as much as two others."""
    return tuple(len(block.text) + _wide(block.text) for block in story.blocks)


def _wide(text: str) -> int:
    return 0 if text.isascii() else len(text) - len(UNSPACED.sub("", text))


def facts_of(page: Page) -> Facts:
    """Gather the facts of a page."""
    story = page.story
    lengths = lengths_of(story)
    address = urlsplit(_address(page))
    headline = page.text(story.headline) if story.headline is not None else ""
    title = next((match.text for match in page.meta("og:title")), "")
    return Facts(
        page,
        story,
        story.text,
        sum(lengths),
        tuple(length for length in lengths if length >= PROSE),
        frozenset(kind for script in page.jsonld for _, node in script.nodes for kind in types_of(node)),
        address.hostname or "",
        tuple(part.lower() for part in address.path.split("/") if part),
        headline,
        frozenset(_WORD.findall((headline or title).casefold())),
    )


def _address(page: Page) -> str:
    """The page's address; "" when nothing tells it, or it is broken."""
    told = [page.capture.url, *(match.text for match in page.meta("og:url"))]
    told += [link.get("href") for link in page.links.get("canonical", ())[:1]]
    for url in told:
        try:
            if url and urlsplit(url).hostname:
                return url
        except ValueError:
            continue
    return ""
