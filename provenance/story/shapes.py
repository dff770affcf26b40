"""What the shape of a box says where class names say nothing: a picture with its caption, a teaser, an embed.

The rules are a table: each gives the boxes it speaks of, and the mark they get. Class names differ from house to house;
that a caption is the only line beside a picture, or that a teaser is a linked heading with a line, does not. As with
words, a mark that would cover too much of a page's prose marks nothing there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from provenance.page import Element, Page
from provenance.story.layout import Box, Layout
from provenance.story.lines import is_social
from provenance.text import HEADINGS, INLINE

_BELOW = HEADINGS - {"h1"}
_NEAR = 5
PICTURES = frozenset({"img", "picture", "video"})
_TEXT_BOXES = frozenset("p li dt dd td th tr table tbody h1 h2 h3 h4 h5 h6 blockquote pre html body main".split())
_SHARE = {"caption": 0.25, "card": 0.25, "embed": 0.4, "copies": 0.5}
"""A shape that covers more than this share of a page's prose is how the page sets its text."""

_CAPTION = 600
_CAPTION_LINES = 4
_CREDIT = 160
_CLIMB = 3
_CARD = 600
_CARD_LINK = (15, 0.25)
_CARD_RUNS = 4
_TITLE = 25
_COPIES = 4
_COPY = 150
_PICTURES_MOST = 400
_POST = 4000
_POSTS = 200
_POST_LINKS = 200


@dataclass(frozen=True, slots=True)
class _View:
    page: Page
    layout: Layout
    headline: Element | None


def shape_marks(page: Page, layout: Layout, headline: Element | None) -> dict[Box, str]:
    """Marks of boxes by their shape, for boxes without a mark of their own."""
    _sum_up(layout)
    view = _View(page, layout, headline)
    found: dict[Box, str] = {}
    for mark, boxes in _SHAPES:
        marked = [box for box in boxes(view) if not box.mark and box not in found]
        if sum(box.good for box in marked) <= _SHARE[mark] * layout.boxes[0].good:
            found.update(dict.fromkeys(marked, mark))
    return found


def _sum_up(layout: Layout) -> None:
    for run in layout.runs:
        box = run.box
        box.chars += len(run.text)
        box.links += run.linked
        box.lines += 1
        box.prose += run.good > 0
    for box in reversed(layout.boxes):
        if box.lines and (outer := box.parent) is not None:
            outer.chars += box.chars
            outer.lines += box.lines
            if box.links:
                outer.links += box.links
            if box.prose:
                outer.prose += box.prose


def _captions(view: _View) -> Iterator[Box]:
    """Boxes with a picture and one line of text, a short credit beside it allowed."""
    seen: set[Box] = set()
    for box in [b for b in view.layout.boxes if b.tag in PICTURES][:_PICTURES_MOST]:
        around = _first_with_text(box.parent)
        for _ in range(_CLIMB):
            if around is None or around in seen or around.tag in _TEXT_BOXES:
                break
            seen.add(around)
            if around.prose > 1 or around.chars > _CAPTION:
                break
            if around.prose == 1:
                if around.lines <= _CAPTION_LINES and not _is_headed(around, view):
                    yield around
                break
            if around.chars > _CREDIT:
                break
            around = around.parent


def _first_with_text(box: Box | None) -> Box | None:
    while box is not None and (not box.lines or box.tag in INLINE):
        box = box.parent
    return box


def _is_headed(box: Box, view: _View) -> bool:
    """True when a heading that is no link, the headline, or a button with a question on it stands in a box."""
    for heading in box.element.iter(*HEADINGS, "button", "summary"):
        if heading.tag in ("button", "summary"):
            if len(view.page.text(heading)) >= _TITLE:
                return True
        elif heading is view.headline or next(heading.iter("a"), None) is None:
            return True
    return False


def _cards(view: _View) -> Iterator[Box]:
    """Short boxes with a linked heading that leads to another page of the house."""
    for box in _around_headings(view.layout):
        if box.links and box.parent is not None and _may_be_card(box) and _is_card(box, view):
            yield box


def _around_headings(layout: Layout) -> Iterable[Box]:
    """Boxes near around the headings below the first rank, in document order of the headings."""
    found: dict[Box, None] = {}
    for box in layout.boxes:
        if box.tag in _BELOW:
            outer = box.parent
            for _ in range(_NEAR):
                if outer is None or outer in found or outer.chars > _CARD:
                    break
                found[outer] = None
                outer = outer.parent
    return found


def _may_be_card(box: Box) -> bool:
    least, share = _CARD_LINK
    if box.lines > _CARD_RUNS or box.chars > _CARD or box.links < max(least, share * box.chars):
        return False
    return box.tag not in _TEXT_BOXES or box.tag == "li"


def _is_card(box: Box, view: _View) -> bool:
    heading = next(box.element.iter(*_BELOW), None)
    if heading is None or len(view.page.text(heading)) < _TITLE:
        return False
    link = next(heading.iter("a"), None)
    link = _around(heading) if link is None else link
    return link is not None and _leads_on(link, view.page)


def _around(heading: Element) -> Element | None:
    parent = heading.getparent()
    return parent if parent is not None and parent.tag == "a" else None


def _leads_on(link: Element, page: Page) -> bool:
    """True when a link leads to another page of the house."""
    href = link.get("href") or ""
    address = page.address(href) if href and not href.startswith("#") else None
    return address is not None and urlsplit(address).hostname == urlsplit(page.base).hostname


def _embeds(view: _View) -> Iterator[Box]:
    """Quotations that end with a link to a post on a social network."""
    quotations = [box for box in view.layout.boxes if box.tag == "blockquote" and 0 < box.chars <= _POST]
    for box in quotations[:_POSTS]:
        links = list(islice(box.element.iter("a"), _POST_LINKS))
        if links and is_social(links[-1].get("href") or ""):
            yield box


def _copies(view: _View) -> Iterator[Box]:
    """Lines that stand twice in a page in the same company: offers of which scripts show one."""
    runs = view.layout.runs
    times = Counter([run.text for run in runs])
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    company: list[str] = []
    for i, run in enumerate(runs):
        company = [*company[1 - _COPIES :], run.text] if times[run.text] > 1 else []
        if len(company) == _COPIES:
            groups[tuple(company)].append(i)
    for group, ends in groups.items():
        if len(ends) > 1 and sum(map(len, group)) >= _COPY:
            yield from (run.box for end in ends for run in runs[end + 1 - _COPIES : end + 1] if run.whole)


_SHAPES: tuple[tuple[str, Callable[[_View], Iterable[Box]]], ...] = (
    ("caption", _captions),
    ("card", _cards),
    ("embed", _embeds),
    ("copies", _copies),
)
