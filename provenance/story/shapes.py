"""What the shape of a box says where class names say nothing: a picture with its caption, teasers in a row, an embed.

The rules are a table: each gives the boxes it speaks of, and the mark they get. Class names differ from house to house;
that a caption is the only line beside a picture, or that teasers are cards of one build, does not. As with words, a
mark that would cover too much of a page's prose marks nothing there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from provenance.page import Element, Page
from provenance.story.layout import Box, Layout
from provenance.story.lines import is_social
from provenance.text import INLINE

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PICTURES = frozenset({"img", "picture", "video"})
_TEXT_BOXES = frozenset("p li dt dd td th tr table tbody h1 h2 h3 h4 h5 h6 blockquote pre html body main".split())
_SHARE = {"caption": 0.25, "card": 0.25, "embed": 0.4, "copies": 0.5}
"""A shape that covers more than this share of a page's prose is how the page sets its text."""

_CAPTION = 600
_CREDIT = 160
_CLIMB = 3
_CARD = 600
_CARD_LINK = (15, 0.25)
_CARDS = 2
_CARD_RUNS = 4
_TITLE = 25
_COPIES = 4
_COPY = 150
_PICTURES_MOST = 400


@dataclass(slots=True)
class _Sum:
    """What is in a box and all boxes in it: characters, those in links, runs, runs of prose."""

    chars: int = 0
    linked: int = 0
    runs: int = 0
    prose: int = 0


@dataclass(frozen=True, slots=True)
class _View:
    page: Page
    layout: Layout
    sums: dict[Box, _Sum]
    headline: Element | None


def shape_marks(page: Page, layout: Layout, headline: Element | None) -> dict[Box, str]:
    """Marks of boxes by their shape, for boxes without a mark of their own."""
    view = _View(page, layout, _sums(layout), headline)
    found: dict[Box, str] = {}
    for mark, boxes in _SHAPES:
        marked = [box for box in boxes(view) if not box.mark and box not in found]
        if sum(box.good for box in marked) <= _SHARE[mark] * layout.boxes[0].good:
            found.update(dict.fromkeys(marked, mark))
    return found


def _sums(layout: Layout) -> dict[Box, _Sum]:
    sums: dict[Box, _Sum] = {}
    for run in layout.runs:
        own = sums.get(run.box) or sums.setdefault(run.box, _Sum())
        own.chars += len(run.text)
        own.linked += run.linked
        own.runs += 1
        own.prose += run.good > 0
    for box in reversed(layout.boxes):
        inner = sums.get(box)
        if inner is not None and box.parent is not None:
            outer = sums.get(box.parent) or sums.setdefault(box.parent, _Sum())
            outer.chars += inner.chars
            outer.linked += inner.linked
            outer.runs += inner.runs
            outer.prose += inner.prose
    return sums


def _captions(view: _View) -> Iterator[Box]:
    """Boxes with a picture and one line of text, a short credit beside it allowed."""
    seen: set[Box] = set()
    for box in [b for b in view.layout.boxes if b.tag in _PICTURES][:_PICTURES_MOST]:
        around = _first_with_text(box.parent, view)
        for _ in range(_CLIMB):
            if around is None or around in seen or around.tag in _TEXT_BOXES:
                break
            seen.add(around)
            total = view.sums[around]
            if total.prose > 1 or total.chars > _CAPTION:
                break
            if total.prose == 1:
                if total.runs <= 4 and not _is_headed(around, view):
                    yield around
                break
            if total.chars > _CREDIT:
                break
            around = around.parent


def _first_with_text(box: Box | None, view: _View) -> Box | None:
    while box is not None and (box not in view.sums or box.tag in INLINE):
        box = box.parent
    return box


def _is_headed(box: Box, view: _View) -> bool:
    """True when a heading that is no link, or the headline, stands in a box."""
    return any(
        heading is view.headline or next(heading.iter("a"), None) is None for heading in box.element.iter(*_HEADINGS)
    )


def _cards(view: _View) -> Iterator[Box]:
    """Boxes in a row, each short and with a linked heading that leads to another page of the house."""
    rows: dict[tuple[Box, str], list[Box]] = defaultdict(list)
    for box, total in view.sums.items():
        if box.parent is not None and _is_short_and_linked(total) and (box.tag not in _TEXT_BOXES or box.tag == "li"):
            rows[box.parent, box.tag].append(box)
    for row in rows.values():
        if len(row) >= _CARDS:
            cards = [box for box in row if _leads_on(box, view)]
            if len(cards) >= _CARDS:
                yield from cards


def _is_short_and_linked(total: _Sum) -> bool:
    least, share = _CARD_LINK
    return total.chars <= _CARD and total.runs <= _CARD_RUNS and total.linked >= max(least, share * total.chars)


def _leads_on(box: Box, view: _View) -> bool:
    heading = next(box.element.iter(*_HEADINGS[1:]), None)
    if heading is None or len(view.page.text(heading)) < _TITLE:
        return False
    link = next(heading.iter("a"), None)
    link = _around(heading) if link is None else link
    return link is not None and _is_own(link.get("href") or "", view.page)


def _around(heading: Element) -> Element | None:
    parent = heading.getparent()
    return parent if parent is not None and parent.tag == "a" else None


def _is_own(href: str, page: Page) -> bool:
    address = page.address(href) if href and not href.startswith("#") else None
    return address is not None and urlsplit(address).hostname == urlsplit(page.base).hostname


def _embeds(view: _View) -> Iterator[Box]:
    """Quotations that end with a link to a post on a social network."""
    for element in view.page.tags.get("blockquote", ()):
        link = next(reversed(element.findall(".//a")), None)
        if link is not None and is_social(link.get("href") or ""):
            box = next((b for b in view.sums if b.element is element), None)
            if box is not None:
                yield box


def _copies(view: _View) -> Iterator[Box]:
    """Lines that stand twice in a page in the same company: offers of which scripts show one."""
    runs = view.layout.runs
    texts = [run.text for run in runs]
    groups = list(zip(*(texts[i:] for i in range(_COPIES)), strict=False))
    times = Counter(groups)
    for i, group in enumerate(groups):
        if times[group] > 1 and sum(map(len, group)) >= _COPY:
            yield from (run.box for run in runs[i : i + _COPIES] if run.whole)


_SHAPES: tuple[tuple[str, Callable[[_View], Iterable[Box]]], ...] = (
    ("caption", _captions),
    ("card", _cards),
    ("embed", _embeds),
    ("copies", _copies),
)
