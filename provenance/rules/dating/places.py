"""Where a page displays the date of its article, and where those of comments and teasers stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from provenance.page import Element, Page
from provenance.printed_dates import hints
from provenance.rules.once import once_per_page
from provenance.rules.places import first_paragraph, headline_place, last_paragraph
from provenance.rules.words import in_marks

CLOSE, FAR = 10, 40
"""So many elements from the stretch between headline and first paragraph are close; beyond the other they are far."""
_BEFORE, _AFTER, _MOST = 60, 50, 400
"""How many elements before the headline and after the first paragraph are looked at, and how many in all."""


@once_per_page
def windows(page: Page) -> tuple[tuple[Element, ...], tuple[Element, ...]]:
    """Elements around the headline and the first paragraph, where an article's date stands, and those at its foot."""
    nodes, first, last, head = page.nodes, first_paragraph(page), last_paragraph(page), headline_place(page)
    if first is None or last is None or head is None:
        return tuple(nodes[:_MOST]), ()
    start, end = max(0, head - _BEFORE, first - _MOST), min(len(nodes), first + _AFTER)
    return tuple(nodes[start:end]), tuple(nodes[max(end, last) : last + _AFTER])


@dataclass(frozen=True, slots=True)
class Line:
    """A text that may hold a date: directly in an element, or, unless `own`, behind it in what is around it."""

    element: Element
    own: bool
    text: str


@once_per_page
def hinted(page: Page) -> tuple[Line, ...]:
    """What may hold a date around the headline and the first paragraph."""
    return tuple(lines_in(windows(page)[0]))


def lines_in(elements: Iterable[Element]) -> Iterator[Line]:
    """Texts of elements and behind them that may hold a date, in document order."""
    for element in elements:
        text, tail = element.text, element.tail
        if text and hints(text):
            yield Line(element, True, text)
        if tail and hints(tail):
            yield Line(element, False, tail)


def foreign(element: Element, page: Page) -> bool:
    """True inside comments, teasers, captions and other parts that have dates of their own, short of what holds the
    article."""
    own = _own_boxes(page)
    for _ in range(6):
        if element is None or element in own:
            return False
        if element.tag in ("blockquote", "figcaption"):
            return True
        if element.tag in ("aside", "footer", "nav") and not _is_foot_of_headline(element, page):
            return True
        marks = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if marks != " " and in_marks("other_date_token").search(in_marks("own_foot_token").sub("", marks)):
            return True
        element = element.getparent()
    return False


def in_caption(element: Element) -> bool:
    """True in the caption of a picture, which tells when that was taken."""
    return element.tag == "figcaption" or next(element.iterancestors("figcaption"), None) is not None


def _is_foot_of_headline(element: Element, page: Page) -> bool:
    """True for a <footer> of a few words and a <time> right behind the headline, in one box with it: the byline's."""
    headline = page.story.headline
    if element.tag != "footer" or headline is None or not 0 < page.order[element] - page.order[headline] <= CLOSE:
        return False
    boxes = headline.iterancestors("div", "section", "header", "article")
    return element.getparent() in boxes and element.find(".//time") is not None and len(page.text(element)) <= _FEW


_FEW = 120


@once_per_page
def _own_boxes(page: Page) -> frozenset[Element]:
    """The boxes around the headline and around the first paragraph."""
    story = page.story
    inner = [e for e in (story.headline, story.blocks[0].element if story.blocks else None) if e is not None]
    return frozenset(box for element in inner for box in element.iterancestors())


def standing(element: Element, page: Page) -> float:
    """What the place of a date says for it: between headline and text, or far from both, and marked as a date."""
    distance = away(element, page)
    parent = element.getparent()
    marks = f"{element.get('class') or ''} {parent.get('class') or '' if parent is not None else ''}".lower()
    marked = element.tag == "time" or in_marks("date_token").search(marks) is not None
    return (0.05 if distance <= CLOSE else -0.03 if distance <= FAR else -0.12) + (0.04 if marked else 0.0)


def away(element: Element, page: Page) -> int:
    """How many elements lie between a place and the stretch from the headline to the first paragraph."""
    first, head, at = first_paragraph(page) or 0, headline_place(page) or 0, page.order[element]
    return max(0, head - at, at - first)
