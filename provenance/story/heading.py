"""The displayed headline of a page: the heading that says what the page's metadata call the article.

An <h1> is often a kicker, a logo or a line for search engines, while the headline stands in an <h2>.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from provenance.page import Element, Page
from provenance.scripts import WORD

_BONUS = {"h1": 0.2, "h2": 0.05, "h3": 0.0}
_ENOUGH = 0.45
_CHARS = 400
_HEADINGS = 60


def words_of(text: str) -> frozenset[str]:
    """Words of a text without case."""
    return frozenset(WORD.findall(text.casefold()))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of words that two texts have in common, from 0 to 1."""
    common = len(one & other)
    return common / (len(one) + len(other) - common) if one and other else 0.0


def titles(page: Page) -> Iterator[str]:
    """What metadata call the article, <title> included."""
    for match in page.meta("og:title", "twitter:title"):
        yield match.text
    for _, _, node in page.articles[:2]:
        if isinstance(node.get("headline"), str):
            yield node["headline"]
    for element in page.tags.get("title", ())[:1]:
        yield element.text or ""


def headline_of(page: Page, before: int | None = None) -> Element | None:
    """The heading most like the page's titles, at a position of `Page.order` up to `before`; else the first <h1>."""
    named = [words_of(title[:_CHARS]) for title in titles(page)]
    best, score = None, 0.0
    first: Element | None = None
    for element in _headings(page, before):
        text = page.text(element)
        if not text or len(text) > _CHARS:
            continue
        first = element if first is None and element.tag == "h1" else first
        words = words_of(text)
        found = max((likeness(words, name) for name in named), default=0.0) + _BONUS[element.tag]
        if found > score + 1e-9:
            best, score = element, found
    return best if score >= _ENOUGH or first is None else first


def _headings(page: Page, before: int | None) -> Iterable[Element]:
    for tag in _BONUS:
        for element in page.tags.get(tag, ())[:_HEADINGS]:
            if before is not None and page.order[element] > before:
                break
            yield element
