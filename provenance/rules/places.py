"""Places of the story that several rules measure from, as positions in `Page.order`."""

from __future__ import annotations

from bisect import bisect_left

from provenance.page import Element, Page
from provenance.rules.once import once_per_page


@once_per_page
def first_paragraph(page: Page) -> int | None:
    """Position of the first paragraph inside the box of the article's text.

    Headings that open the story do not count, nor does what stands before the box: standfirsts, notices.
    """
    blocks, root = page.story.blocks, page.story.root
    if not blocks:
        return None
    start = page.order.get(root, 0)
    opening = next((b for b in blocks if b.element.tag not in _HEADINGS and page.order[b.element] >= start), blocks[0])
    return page.order[opening.element]


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "hgroup", "header"})


@once_per_page
def headline_place(page: Page) -> int | None:
    """Position of the displayed headline as the story has it, or of the first paragraph where it has none."""
    first, shown = first_paragraph(page), page.story.headline
    if shown is None:
        return first
    at = page.order[shown]
    return at if first is None else min(at, first)


@once_per_page
def last_paragraph(page: Page) -> int | None:
    """Position of the last block of the article's text."""
    return page.order[page.story.blocks[-1].element] if page.story.blocks else None


def links_between(page: Page, start: int, end: int) -> list[Element]:
    """The <a> elements that stand between two positions."""
    links, place = page.tags.get("a", []), page.order.__getitem__
    return links[bisect_left(links, start, key=place) : bisect_left(links, end, key=place)]
