"""Where the article stands in the page: its headline, its text blocks, and the part of the page that is its own.

Every rule that must tell the article from teasers, navigation and comments asks `Page.story`. The page is read as boxes
and runs of text (`layout`), the box that holds the prose is found (`prose`), and of its runs those are kept that are
the article's text (`keeping`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from provenance.model import Span, fixed
from provenance.page import Element, Page
from provenance.story.heading import headline_of
from provenance.story.keeping import keep
from provenance.story.layout import Box, Layout, Run, read_layout
from provenance.story.prose import root_of, weigh

_KINDS = {"li": "item", "dd": "item", "dt": "item", "blockquote": "quote", "td": "cell", "th": "cell", "pre": "pre"}
_CLOSING = frozenset({"signoff", "tail", "lead", "short", "author", "call"})
_CLOSING_LINES = 3
_LINE = 300
_EARLY = 0.1
_WALK = 20


@fixed
class Block:
    """One paragraph, subhead, list item or quote of the article. `span` cuts the element's text where needed.

    `kind` is `paragraph`, `subhead`, `item`, `quote`, `cell` or `pre`.
    """

    element: Element
    text: str
    kind: str = "paragraph"
    span: Span | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Story:
    """The article as it stands in the page.

    `root` is the smallest element that holds the article's text; `blocks` its text in document order; `headline` the
    element of the displayed headline; `start` and `end` positions in `Page.order` of the article's extent, from the
    headline (or the first block) to the lines that close it. `left` are lines of the root that are no part of the
    text, each with its reason: `signoff`, `tail`, `lead`, `more`, `links`, `caption` and so on; `dropped` counts their
    characters. `outside` counts the characters of prose beyond the root.
    """

    root: Element | None = None
    blocks: tuple[Block, ...] = ()
    headline: Element | None = None
    start: int = 0
    end: int = 0
    left: tuple[tuple[Block, str], ...] = ()
    dropped: int = 0
    outside: int = 0

    @property
    def text(self) -> str:
        """The article's text, blocks parted by blank lines."""
        return "\n\n".join(block.text for block in self.blocks)


def read_story(page: Page) -> Story:
    """Find the article in a page; a story without blocks where there is none."""
    layout = read_layout(page)
    headline = headline_of(page)
    weigh(page, layout, headline)
    root = root_of(layout, _box_of(layout, headline))
    inside = _inside(layout, root)
    headline = _early_headline(page, layout, root, inside, headline)
    kept = keep(page, layout, root, inside, headline)
    blocks = _Blocks(page)
    found = tuple(filter(None, map(blocks.of, kept)))
    left = [run for run in layout.runs if run.why and run.box in inside]
    dropped, outside = sum(len(run.text) for run in left), layout.boxes[0].good - root.good
    lines = tuple((block, run.why) for run in left if (block := blocks.line(run)) is not None)
    if not found:
        return Story(root.element, (), headline, left=lines, dropped=dropped, outside=outside)
    first, last = page.order[found[0].element], page.order[found[-1].element]
    start = min(page.order[headline], first) if headline is not None else first
    return Story(root.element, found, headline, start, _end(page, last, lines), lines, dropped, outside)


def _end(page: Page, last: int, lines: tuple[tuple[Block, str], ...]) -> int:
    """Position of the last of the lines that close the story behind its last block."""
    closing = [page.order[block.element] for block, why in lines if why in _CLOSING]
    return max([last, *[at for at in closing if at > last][:_CLOSING_LINES]])


def _box_of(layout: Layout, element: Element | None) -> Box | None:
    if element is None:
        return None
    return next((box for box in layout.boxes if box.element is element), None)


def _inside(layout: Layout, root: Box) -> set[Box]:
    inside = {root}
    for box in layout.boxes:
        if box.parent in inside:
            inside.add(box)
    return inside


def _early_headline(
    page: Page, layout: Layout, root: Box, inside: set[Box], headline: Element | None
) -> Element | None:
    """The headline, unless it stands behind the first paragraphs: then a heading before them."""
    seen = paragraphs = 0
    limit = 0
    for run in layout.runs:
        if run.box in inside:
            seen += run.good
            paragraphs += run.good >= 80
            limit = page.order[run.box.element]
            if paragraphs >= 2 or seen > _EARLY * root.good:
                break
    if headline is None or page.order[headline] <= limit:
        return headline
    return headline_of(page, limit)


class _Blocks:
    """Makes blocks of runs. The place of a run in its element's text costs a walk, so such walks are rationed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.left = _WALK * len(page.nodes)
        self.from_: dict[Element, int] = {}

    def of(self, run: Run) -> Block | None:
        element = run.box.element
        kind = _KINDS.get(run.box.tag, "subhead" if run.box.tag[0] == "h" and len(run.box.tag) == 2 else "paragraph")
        if run.whole:
            return Block(element, run.text, kind)
        if element not in self.from_:
            self.left -= sum(1 for _ in islice(element.iter(), self.left + 1))
            if self.left < 0:
                return None
        text = self.page.text(element)
        at = text.find(run.text, self.from_.get(element, 0))
        if at < 0:
            return None
        self.from_[element] = at + len(run.text)
        return Block(element, run.text, kind, (at, at + len(run.text)))

    def line(self, run: Run) -> Block | None:
        """A line that was left out; those that only take up room in a large element are passed over."""
        if run.whole:
            return Block(run.box.element, run.text)
        return self.of(run) if run.why in _CLOSING and len(run.text) <= _LINE else None
