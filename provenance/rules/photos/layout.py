"""Which images of a page are the article's, and how much of the page belongs to each of them.

An image's *unit* is the largest part of the page around it that holds no other photo, no text of the article and not
its headline: there stand its caption and credit. The *frame* is the smallest part that holds headline and text.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import islice

from provenance.page import Element, Page
from provenance.rules.photos import marks
from provenance.rules.photos.closing import is_agencies
from provenance.rules.photos.grammar import Grammar
from provenance.rules.photos.signs import is_photo_label, may_hold_credit

STOP = frozenset({"html", "body", "main"})
UNIT_NODES = 120
_HEAD_NODES = 80
_BEFORE = 8
_LINES = frozenset({"p", "div", "span", "em", "i", "small", "cite"})
_LINE_CHARS = 120
_BOX_PARTS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Positions (in `Page.order`) that bound the article in one page."""

    page: Page
    prose: tuple[int, ...]
    headline: int | None
    frame: Element | None
    frame_span: tuple[int, int]
    outer_start: int
    own: tuple[str, ...] = ()
    site: str | None = None
    """An address of the page's site: the captured one, else one that the page states."""
    parts: dict[Element, str | None] = field(default_factory=dict)
    soft: dict[Element, Element | None] = field(default_factory=dict)
    away: dict[str | None, bool] = field(default_factory=dict)
    headings: dict[Element, bool] = field(default_factory=dict)
    _last: dict[Element, int] = field(default_factory=dict)

    @property
    def headline_text(self) -> str:
        """The displayed headline; "" where there is none."""
        element = self.page.story.headline
        return "" if element is None else self.page.text(element)

    def last(self, element: Element) -> int:
        """Position of the last element inside `element`."""
        climbed = []
        node = element
        while node not in self._last:
            climbed.append(node)
            following, parent = node.getnext(), node.getparent()
            if following is not None or parent is None:
                self._last[node] = self.page.order.get(following, len(self.page.nodes)) - 1
                break
            node = parent
        found = self._last[node]
        for below in climbed:  # each of them ends where the one above it ends
            self._last[below] = found
        return found

    def holds_article(self, start: int, end: int) -> bool:
        """Whether the headline or text of the article stands between two positions."""
        if self.headline is not None and start <= self.headline <= end:
            return True
        return _any_between(self.prose, start, end)

    def holds_text(self, start: int, end: int) -> bool:
        """Whether text of the article stands between two positions."""
        return _any_between(self.prose, start, end)

    def zone(self, position: int) -> str:
        """`text` between headline and last paragraph, `head` or `foot` in the frame around it, else `outside`.

        `above` is right before the headline, but outside the box that holds the article.
        """
        first = self.prose[0] if self.prose else self.frame_span[1]
        top = min(first, self.headline) if self.headline is not None else first
        bottom = self.prose[-1] if self.prose else top
        if top <= position <= bottom:
            return "text"
        if self.frame_span[0] <= position <= self.frame_span[1]:
            return "head" if position < top else "foot"
        if not top - _HEAD_NODES <= position < top:
            return "outside"
        return "head" if position >= self.outer_start else "above"


def _any_between(positions: tuple[int, ...], start: int, end: int) -> bool:
    at = bisect_left(positions, start)
    return at < len(positions) and positions[at] <= end


def read_layout(page: Page, grammar: Grammar) -> Layout:
    """The layout of a page, from where `Page.story` says that the article stands."""
    story, order = page.story, page.order
    captioned: dict[Element, bool] = {}
    images = [order[e] for e in page.tags.get("img", ())]
    blocks = [
        b for b in story.blocks if b.element in order and _is_prose(page, b.element, b.text, images, captioned, grammar)
    ]
    prose = tuple(sorted({order[b.element] for b in blocks}))
    headline = order.get(story.headline) if story.headline is not None else None
    frame = _common(story.headline, story.root) if story.headline is not None else story.root
    frame = page.body if frame is None else frame
    layout = Layout(page, prose, headline, frame, (0, 0), 0)
    span = (order.get(frame, 0), layout.last(frame))
    stated = stated_addresses(page)
    domain = grammar.context.house.domain
    site = next(iter(stated), None) or (f"https://{domain}/" if domain else None)
    start = _outer_start(page, frame, span[0])
    return Layout(page, prose, headline, frame, span, start, _own(stated), site)


def stated_addresses(page: Page) -> list[str]:
    """This page's own addresses: as captured, as its canonical link and as its metadata tell."""
    hrefs = [page.capture.url, *(e.get("href") for e in page.links.get("canonical", ())[:1])]
    hrefs += [m.text for m in list(page.meta("og:url"))[:1]]
    return [address for href in hrefs if href and (address := page.address(href))]


def _own(stated: list[str]) -> tuple[str, ...]:
    """The addresses without query: a photo may link to the page that shows it."""
    return tuple(dict.fromkeys(a.split("#")[0].split("?")[0].rstrip("/") for a in stated if a.count("/") > 3))


def _outer_start(page: Page, frame: Element, start: int) -> int:
    """Start of the article's outer box: some pages set the lead photo beside the box of headline and text."""
    above = [a for a in frame.iterancestors() if a.tag not in ("body", "html")]
    named = [a for a in above if a.tag in ("article", "main")]
    outer = named[-1] if named else next(iter(above), None)
    return start if outer is None else page.order.get(outer, start)


def _is_prose(
    page: Page, element: Element, text: str, images: list[int], captioned: dict[Element, bool], grammar: Grammar
) -> bool:
    """Captions are no prose, wherever they stand, nor are lines that are only a few words long."""
    if len(text) < 40:
        return False
    if (
        len(text) < 500
        and _shows_image(page, element, images)
        and ((may_hold_credit(text, sure=True) and grammar.split(text).credit) or _is_credited(page, element, grammar))
    ):
        return False
    parent = element.getparent()
    if parent is None:
        return True
    if parent not in captioned:
        captioned[parent] = any(_names_caption(e) for e in (parent, *islice(parent.iterancestors(), 2)))
    return len(text) > 1200 if captioned[parent] or _names_caption(element) else True


def _is_credited(page: Page, element: Element, grammar: Grammar) -> bool:
    """Whether an agency's name closes a text that stands alone with a photo in a box, in an element of its own."""
    box, following = element.getparent(), element.getnext()
    if box is None or len(box) > _BOX_PARTS or next(box.iter("img"), None) is None:
        return False
    whole = " ".join(filter(None, (page.text(element), page.text(following) if following is not None else "")))
    if page.text(box) != whole:
        return False
    last = element[-1] if len(element) and not (element[-1].tail or "").strip() else None
    for line in (last, following):
        text = page.text(line) if line is not None and line.tag in _LINES else ""
        parsed = grammar.credit(text, named_so=False) if 1 < len(text) <= _LINE_CHARS else None
        if parsed and (parsed.label is None or is_photo_label(parsed.label)) and is_agencies(parsed):
            return True
    return False


def _names_caption(element: Element) -> bool:
    return element.tag in ("figure", "figcaption") or bool(marks.role(element) & (marks.CAPTION | marks.CREDIT))


def _shows_image(page: Page, element: Element, images: list[int]) -> bool:
    """Whether a text block holds an image or stands right after one; `images` are the positions of all images."""
    at = page.order[element]
    first = bisect_left(images, at - _BEFORE)
    if first == len(images) or images[first] > at + UNIT_NODES:
        return False
    return images[first] < at or next(element.iter("img"), None) is not None


def _common(first: Element, second: Element | None) -> Element | None:
    if second is None:
        return None
    above = set(second.iterancestors()) | {second}
    node = first
    while node is not None and node not in above:
        node = node.getparent()
    return node


def unit_of(layout: Layout, anchor: Element, others: tuple[int, ...]) -> Element:
    """The unit of an image, a figure or a credit. `others` are the positions of other photos, sorted."""
    unit, order = anchor, layout.page.order
    while True:
        parent = unit.getparent()
        if parent is None or parent.tag in STOP:
            return unit
        start, end = order[parent], layout.last(parent)
        if end - start > UNIT_NODES or layout.holds_article(start, end) or _any_between(others, start, end):
            return unit
        unit = parent
