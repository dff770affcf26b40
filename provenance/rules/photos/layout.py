"""Which images of a page are the article's, and how much of the page belongs to each of them.

An image's *unit* is the largest part of the page around it that holds no other photo, no text of the article and not
its headline: there stand its caption and credit. The *frame* is the smallest part that holds headline and text.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from provenance.addresses import same_site
from provenance.credits.caption import split_caption
from provenance.page import Element, Page
from provenance.rules.photos import marks
from provenance.rules.photos.addresses import is_image_address
from provenance.rules.photos.marks import words

_STOP = frozenset({"html", "body", "main"})
_OUTSIDE = frozenset({"nav", "footer", "form"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_UNIT_NODES = 120
_HEAD_NODES = 80


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
    _last: dict[Element, int] = field(default_factory=dict)

    @property
    def headline_text(self) -> str:
        """The displayed headline; "" where there is none."""
        element = self.page.story.headline
        return "" if element is None else self.page.text(element)

    def last(self, element: Element) -> int:
        """Position of the last element inside `element`."""
        known = self._last.get(element)
        if known is None:
            following = element.getnext()
            parent = element.getparent()
            if following is not None and following in self.page.order:
                known = self.page.order[following] - 1
            else:
                known = len(self.page.nodes) - 1 if parent is None else self.last(parent)
            self._last[element] = known
        return known

    def holds_article(self, start: int, end: int) -> bool:
        """Whether the headline or text of the article stands between two positions."""
        if self.headline is not None and start <= self.headline <= end:
            return True
        return _any_between(self.prose, start, end)

    def holds_text(self, start: int, end: int) -> bool:
        """Whether text of the article stands between two positions."""
        return _any_between(self.prose, start, end)

    def zone(self, position: int) -> str:
        """`text` between headline and last paragraph, `head` or `foot` in the frame around it, else `outside`."""
        first = self.prose[0] if self.prose else self.frame_span[1]
        top = min(first, self.headline) if self.headline is not None else first
        bottom = self.prose[-1] if self.prose else top
        if top <= position <= bottom:
            return "text"
        if self.frame_span[0] <= position <= self.frame_span[1]:
            return "head" if position < top else "foot"
        return "head" if max(self.outer_start, top - _HEAD_NODES) <= position < top else "outside"


def _any_between(positions: tuple[int, ...], start: int, end: int) -> bool:
    at = bisect_left(positions, start)
    return at < len(positions) and positions[at] <= end


def read_layout(page: Page) -> Layout:
    """The layout of a page, from where `Page.story` says that the article stands."""
    story, order = page.story, page.order
    prose = tuple(
        sorted({order[b.element] for b in story.blocks if b.element in order and _is_prose(b.element, b.text)})
    )
    headline = order.get(story.headline) if story.headline is not None else None
    frame = _common(story.headline, story.root) if story.headline is not None else story.root
    frame = page.body if frame is None else frame
    layout = Layout(page, prose, headline, frame, (0, 0), 0)
    span = (order.get(frame, 0), layout.last(frame))
    return Layout(page, prose, headline, frame, span, _outer_start(page, frame, span[0]), _own(page))


def _own(page: Page) -> tuple[str, ...]:
    """This page's own addresses, without query: a photo may link to the page that shows it."""
    hrefs = [page.capture.url, *(e.get("href") for e in page.links.get("canonical", ())[:1])]
    hrefs += [m.text for m in list(page.meta("og:url"))[:1]]
    found = [address for href in hrefs if href and (address := page.address(href))]
    return tuple(dict.fromkeys(a.split("#")[0].split("?")[0].rstrip("/") for a in found if a.count("/") > 3))


def _outer_start(page: Page, frame: Element, start: int) -> int:
    """Start of the article's outer box: some pages set the lead photo beside the box of headline and text."""
    above = [a for a in frame.iterancestors() if a.tag not in ("body", "html")]
    named = [a for a in above if a.tag in ("article", "main")]
    outer = named[-1] if named else next(iter(above), None)
    return start if outer is None else page.order.get(outer, start)


def _is_prose(element: Element, text: str) -> bool:
    """Captions are no prose, wherever they stand, nor are lines that are only a few words long."""
    if len(text) < 40:
        return False
    if len(text) < 500 and next(element.iter("img"), None) is not None and split_caption(text).credit:
        return False
    node, depth = element, 0
    while node is not None and depth < 4:
        if node.tag in ("figure", "figcaption") or marks.role(node) & (marks.CAPTION | marks.CREDIT):
            return len(text) > 1200
        node, depth = node.getparent(), depth + 1
    return True


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
        if parent is None or parent.tag in _STOP:
            return unit
        start, end = order[parent], layout.last(parent)
        if end - start > _UNIT_NODES or layout.holds_article(start, end) or _any_between(others, start, end):
            return unit
        unit = parent


def leads_away(layout: Layout, anchor: Element) -> bool:
    """Whether an image is a link to another page that shows no photo: the mark of a teaser."""
    node, depth = anchor, 0
    while node is not None and depth < 6 and node.tag not in ("figure", "li", "article"):
        if node.tag == "a" and node.get("href"):
            return _is_other_page(layout, node)
        node, depth = node.getparent(), depth + 1
    if node is not None and node.tag == "figure":
        parent = node.getparent()
        if parent is not None and parent.tag == "a" and parent.get("href"):
            return _is_other_page(layout, parent)
    return False


def _is_other_page(layout: Layout, link: Element) -> bool:
    page = layout.page
    href = page.address(link.get("href"))
    if href is None or is_image_address(href):
        return False
    if page.capture.url and not same_site(href, page.capture.url):
        return False
    there = href.split("#")[0].split("?")[0].rstrip("/")
    if any(there.startswith(here) or (here.startswith(there) and len(there) > 40) for here in layout.own):
        return False
    tail = there.rpartition("//")[2].partition("/")[2].lower()
    folders = tail.split("/")
    named = any(word in folder for folder in folders[:-1] if len(folder) < 25 for word in words()["photo_paths"])
    return not (named or any(folders[-1].startswith(word) for word in words()["photo_paths"]))


def links_out(layout: Layout, anchor: Element) -> bool:
    """Whether an image is a link to another site."""
    node, depth = anchor, 0
    while node is not None and depth < 6:
        if node.tag == "a" and node.get("href"):
            page = layout.page
            href = page.address(node.get("href"))
            return bool(href and page.capture.url and not same_site(href, page.capture.url))
        node, depth = node.getparent(), depth + 1
    return False


def foreign_reason(layout: Layout, anchor: Element) -> str | None:
    """Why an image is not the article's own by the parts of the page that hold it; None when nothing speaks against."""
    order = layout.page.order
    node = anchor
    while node is not None and node.tag not in _STOP:
        start, end = order[node], layout.last(node)
        role = marks.role(node)
        small = end - start < _UNIT_NODES and layout.headline not in range(start, end + 1)
        if small and (role & marks.SOFT or node.tag == "aside") and is_teaser(layout, anchor, node):
            return "teaser of another page"
        if layout.holds_article(start, end):
            return None
        if node.tag in _OUTSIDE and not any(a.tag == "figure" for a in node.iterancestors()):
            return "navigation or footer"
        if role & marks.FOREIGN:
            return "another part of the page"
        if role & marks.PERSON and not role & marks.CREDIT and node.tag != "figcaption":
            return "portrait of an author"
        node = node.getparent()
    return None


def in_soft_box(layout: Layout, anchor: Element) -> bool:
    """Whether a part named for teasers or cards holds an image, with or without text of the article."""
    order = layout.page.order
    for node in anchor.iterancestors():
        if layout.last(node) - order[node] > _UNIT_NODES or node.tag in _STOP:
            return False
        if marks.role(node) & marks.SOFT:
            return True
    return False


def is_teaser(layout: Layout, anchor: Element, box: Element) -> bool:
    """Whether a box around an image leads to another page, by the image itself or by a heading."""
    return leads_away(layout, anchor) or has_linked_heading(layout, box)


def has_linked_heading(layout: Layout, box: Element) -> bool:
    """Whether a part of the page holds a heading that is a link to another page."""
    for heading in box.iter(*_HEADINGS):
        link = next(heading.iter("a"), None)
        link = link if link is not None else _link_above(heading)
        if link is not None and link.get("href") and _is_other_page(layout, link):
            return True
    return False


def has_long_link(layout: Layout, box: Element) -> bool:
    """Whether a part of the page holds a link to another page that is as long as a headline."""
    links = (a for a in box.iter("a") if a.get("href"))
    return any(len(layout.page.text(a)) >= 25 and _is_other_page(layout, a) for a in links)


def _link_above(element: Element) -> Element | None:
    parent, depth = element.getparent(), 0
    while parent is not None and depth < 3:
        if parent.tag == "a":
            return parent
        parent, depth = parent.getparent(), depth + 1
    return None
