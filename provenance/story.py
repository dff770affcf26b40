"""Where the article stands in the page: its headline, its text blocks, and the part of the page that is its own.

Every rule that must tell the article from teasers, navigation and comments asks `Page.story`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from provenance.model import Span
from provenance.page import Element, Page


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One paragraph, subhead, list item or quote of the article. `span` cuts the element's text where needed."""

    element: Element
    text: str
    kind: str = "paragraph"
    span: Span | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Story:
    """The article as it stands in the page.

    `root` is the smallest element that holds the article's text; `blocks` its text in document order; `headline` the
    element of the displayed headline; `start` and `end` positions in `Page.order` of the article's extent, from the
    headline (or the first block) to the last block.
    """

    root: Element | None = None
    blocks: tuple[Block, ...] = ()
    headline: Element | None = None
    start: int = 0
    end: int = 0

    @property
    def text(self) -> str:
        """The article's text, blocks parted by blank lines."""
        return "\n\n".join(block.text for block in self.blocks)


def read_story(page: Page) -> Story:
    """Find the article in a page; an empty story where there is none."""
    scores: dict[Any, int] = defaultdict(int)
    paragraphs = [(e, page.text(e)) for e in page.tags.get("p", ())]
    for element, text in paragraphs:
        parent = element.getparent()
        if len(text) > 60 and parent is not None:
            scores[parent] += len(text)
            if parent.getparent() is not None:
                scores[parent.getparent()] += len(text) // 2
    if not scores:
        return Story()
    root = max(scores, key=lambda e: (scores[e], -page.order.get(e, 0)))
    inside = set(root.iter())
    blocks = tuple(Block(e, t) for e, t in paragraphs if e in inside and t)
    headline = next(iter(page.tags.get("h1", ())), None)
    order = page.order
    start = order[headline] if headline is not None else order[blocks[0].element]
    return Story(root, blocks, headline, min(start, order[blocks[0].element]), order[blocks[-1].element])
