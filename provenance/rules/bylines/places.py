"""Which elements of a page credit the text a reader sees: the byline's region and the article's foot.

Nothing here reads a name. A place is told by its marks (tokens of class, id, itemprop and test attributes, `<address>`,
rel=author) and by where it stands: about the headline, before the text, right after it. What belongs to teasers,
comments, captions and boxes about other pages is refused with a reason, not dropped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from typing import Any, Literal

from provenance.page import Element, Page

Zone = Literal["head", "body", "foot", "far"]

LONGEST = 260
"""A byline with more characters is a paragraph."""
_BEFORE, _STANDFIRST, _BELOW = 90, 70, 45
"""How many elements before the headline, behind a first paragraph, and below the last one a credit may stand."""
_CLIMB = 9
_CHILDREN = 16
_SMALL = 350
_LIGHT = frozenset({"aside", "footer", "sidebar", "share", "sharing", "social", "header"})
_OWN_TAGS = frozenset({"address", "byline"})
PICTURED = frozenset({"image", "img", "picture", "photo", "photos", "figure", "figcaption", "video", "caption"})
"""Marks and tags of pictures and what is written under them."""


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Marks of credit places, read once from the data file."""
    data: dict[str, Any] = json.loads((files("provenance.data") / "byline_places.json").read_text(encoding="utf-8"))
    return data


@lru_cache(maxsize=8)
def marks(name: str) -> re.Pattern[str]:
    """Pattern of the tokens of one kind, each whole within a token (parted by hyphen, underscore or a digit)."""
    return re.compile(rf"(?<![a-z])(?:{words()[name]})(?![a-z])")


@lru_cache(maxsize=8)
def _stems(name: str) -> re.Pattern[str]:
    """The same words without their borders: no look-around, so that most tokens fail at once."""
    return re.compile(words()[name])


@lru_cache(maxsize=32768)
def speaks_of(name: str, token: str) -> bool:
    """True where a lower-case token holds one of the marks of this kind."""
    return bool(_stems(name).search(token)) and bool(marks(name).search(token))


@lru_cache(maxsize=8192)
def leads_to_author(href: str) -> bool:
    """True for an address with a step such as `/authors/` and something after it."""
    return bool(_author_path().search(href))


@lru_cache(maxsize=1)
def _author_path() -> re.Pattern[str]:
    return re.compile(rf"/(?:{words()['paths']})/[^/?#]*[a-z][^/?#]*/?(?:[?#].*)?$", re.IGNORECASE)


def is_small(element: Element, most: int = 40) -> bool:
    """True for an element with few others inside: asked before its text is gathered."""
    return len(element) <= _CHILDREN and sum(1 for _ in islice(element.iter(), most)) < most


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """An element that may credit the text; `strong` where its own markup speaks of authors, not only of sources.

    `inside` names the tag or token around it that speaks of something else.
    """

    element: Element
    zone: Zone
    strong: bool
    inside: str | None = None

    @property
    def doubt(self) -> str | None:
        """A reason to want confirmation, for places inside boxes, pictures and teasers that still speak of authors."""
        light = self.inside is None or (self.strong and self.inside in _LIGHT)
        return None if light else f"inside {self.inside}"

    @property
    def refused(self) -> str | None:
        """A reason to count the place for nothing."""
        hard = self.inside is not None and not (self.strong and marks("soft").fullmatch(self.inside))
        return f"inside {self.inside}" if hard else None


@dataclass(eq=False)
class Region:
    """Where credits of this article may stand, as positions in the document's order; `text` is where it begins."""

    page: Page
    head: tuple[int, int]
    foot: tuple[int, int]
    text: int = 0
    _known: dict[Element, str | None] = field(default_factory=dict)

    def zone(self, position: int) -> Zone:
        if self.head[0] <= position <= self.head[1]:
            return "head"
        if self.foot[0] <= position <= self.foot[1]:
            return "foot"
        return "body" if self.head[1] < position < self.foot[0] else "far"

    def inside(self, element: Element) -> str | None:
        """The tag or token around the element that speaks of something else than a byline; None where there is none."""
        story, chain = self.page.story, []
        reason: str | None = None
        node = element
        for _ in range(_CLIMB):
            if node is None or node is story.root or node.tag in ("body", "main", "html"):
                break
            if node in self._known:
                reason = self._known[node]
                break
            chain.append(node)
            if node is not element and self._holds_headline(node):
                break
            found = self._foreign_tag(node) or _never(node)
            if found:
                reason = str(found)
                break
            node = node.getparent()
        for seen in chain:
            self._known[seen] = reason
        return reason

    def _foreign_tag(self, node: Element) -> str | None:
        """A tag for other matter; a small <footer> or <aside> is the article's own."""
        if node.tag in ("figure", "figcaption", "nav", "blockquote"):
            return str(node.tag)
        if node.tag == "article" and self._is_another(node):
            return "article"
        if node.tag in ("aside", "footer") and not (is_small(node) and len(self.page.text(node)) <= _SMALL):
            return str(node.tag)
        return None

    def _is_another(self, article: Element) -> bool:
        """An <article> with a heading behind the one that holds the headline: the next of a stream."""
        headline = self.page.story.headline
        own = next(headline.iterancestors("article"), None) if headline is not None else None
        if own is None or own is article or own in article.iterancestors() or self._holds_headline(article):
            return False
        later = self.page.order[article] > self.page.order[own]
        return later and next(article.iter("h1", "h2", "h3"), None) is not None

    def _holds_headline(self, node: Element) -> bool:
        headline = self.page.story.headline
        return headline is not None and any(a is node for a in headline.iterancestors())


def _never(node: Element) -> str | None:
    for name in ("class", "id", "data-testid", "data-component"):
        value = node.get(name)
        if value and (found := _foreign_mark(value)):
            return found
    return None


@lru_cache(maxsize=8192)
def _foreign_mark(value: str) -> str | None:
    """A token for other matter. A picture named after the author (`author-image`) is a portrait in the author's box."""
    for token in _parted(value).split():
        for found in marks("never").finditer(token):
            if found.group() not in PICTURED or not marks("strong").search(token, 0, found.start()):
                return found.group()
    return None


def _parted(value: str) -> str:
    """Tokens in lower case, humps parted by hyphens: `authorName` is `author-name`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", value).lower()


def region_of(page: Page) -> Region:
    """Region of a page: from shortly before the headline to the first block, and what follows the last block."""
    story, order = page.story, page.order
    blocks = [b for b in story.blocks if len(b.text) > 60] or list(story.blocks)
    prose = next((b for b in blocks if b.element.tag == "p"), blocks[0] if blocks else None)
    first = order.get(prose.element) if prose else None
    top = order.get(story.headline) if story.headline is not None else None
    if first is None and top is None:
        return Region(page, (0, len(page.nodes)), (0, 0))
    begin = first if first is not None else (top or 0) + 150
    low = max(0, (top if top is not None else begin) - _BEFORE)
    last = max(*(order[b.element] for b in blocks), story.end) - 1 if len(blocks) > 1 else begin
    high = max(begin, min(begin + _STANDFIRST, last))
    end = max(story.end, begin)
    return Region(page, (low, high), (max(begin + 1, end - 25), end + _BELOW), begin)


def marked_places(page: Page, region: Region) -> Iterator[Place]:
    """Outermost short elements whose markup says that they credit somebody, in document order."""
    taken: set[Element] = set()
    for element in _marked(page):
        if any(a in taken for a in element.iterancestors()) or not is_small(element):
            continue
        text = page.text(element)
        if not text or len(text) > LONGEST or element is page.story.headline or _holds(page, element):
            continue
        taken.add(element)
        strong = element.tag in _OWN_TAGS or _is_strong(page, element)
        yield Place(element, region.zone(page.order[element]), strong, region.inside(element))


def _is_strong(page: Page, element: Element) -> bool:
    names = ("class", "id", "rel", "itemprop")
    values = (v for e in element.iter() for n in names if (v := e.get(n)))
    return any(speaks_of("strong", _parted(value)) for value in values)


def marks_person(element: Element) -> bool:
    """True where the element's own marks speak of a person and of nothing else that credits."""
    said = {m for n in ("class", "id", "itemprop") for m in marks("credit").findall(_parted(element.get(n) or ""))}
    return bool(said) and said <= {"person", "persons", "people"}


def _marked(page: Page) -> list[Element]:
    found: dict[Element, None] = {}
    for token in _with_core(page):
        if marks("credit").search(token):
            found.update(dict.fromkeys(page.tokens[token]))
    for tag in _OWN_TAGS:
        found.update(dict.fromkeys(page.tags.get(tag, ())))
    found.update((e, None) for e in page.links.get("author", ()) if e.tag == "a")
    return sorted((e for e in found if e.tag not in ("meta", "link", "script")), key=page.order.__getitem__)


def _with_core(page: Page) -> set[str]:
    """The page's tokens in which a mark may stand: all are searched at once, since few are."""
    tokens = "\n".join(page.tokens)
    found = set()
    for core in words()["cores"]:
        at = tokens.find(core)
        while at >= 0:
            start, end = tokens.rfind("\n", 0, at) + 1, tokens.find("\n", at)
            end = len(tokens) if end < 0 else end
            found.add(tokens[start:end])
            at = tokens.find(core, end)
    return found


def _holds(page: Page, element: Element) -> bool:
    """True where the headline stands inside the element: then it is more than a byline."""
    headline = page.story.headline
    return headline is not None and any(a is element for a in headline.iterancestors())
