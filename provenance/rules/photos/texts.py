"""Texts beside a photo, and the elements of its unit that hold them, by what their names say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from provenance.model import Match, NodePlace, Span
from provenance.page import Element, Page
from provenance.rules.photos import marks
from provenance.rules.photos.grammar import CREDIT_CHARS
from provenance.rules.photos.marks import pattern
from provenance.rules.photos.signs import is_bare_label, is_photo_label
from provenance.text import HEADINGS

_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "select", "iframe"})
_FINE_PRINT = frozenset({"small", "cite", "footer"})
_LINES = frozenset({"p", "span", "div", "em"})
_LINE_CHARS = 120
_LABEL_CHARS = 20


@dataclass(frozen=True, slots=True)
class Printed:
    """A text beside a photo: where it stands, and the rule that found it."""

    rule: str
    match: Match
    steps: tuple[str, ...] = ()

    @property
    def element(self) -> Element | None:
        """The element whose text it is part of; None for an attribute or a value in a script."""
        place = self.match.place
        return place.element if isinstance(place, NodePlace) and place.attribute is None else None


@dataclass(frozen=True, slots=True)
class Wording:
    """Caption and credit of one photo; either may be missing."""

    caption: Printed | None = None
    credit: Printed | None = None


NOTHING = Wording()


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Elements of a unit that hold text, in document order, none inside another of its kind."""

    credits: tuple[Element, ...]
    weak: tuple[Element, ...]
    captions: tuple[Element, ...]


def printed(page: Page, element: Element, span: Span, rule: str, *steps: str) -> Printed | None:
    """A part of an element's text; `strip-label` is noted for a part that no other step explains."""
    whole = span == (0, len(page.text(element)))
    match = page.match(element, None if whole else span)
    if match is None:
        return None
    return Printed(rule, match, steps if whole or steps else ("strip-label",))


def texts_of(page: Page, unit: Element, image: Element | None) -> Texts:
    """The marked elements of a unit; what wraps the image itself is none of its texts."""
    credits: list[Element] = []
    weak: list[Element] = []
    captions: list[Element] = []
    both: list[Element] = []
    above = set(image.iterancestors()) if image is not None else set()
    for element in visible(unit):
        if element in above or not isinstance(element.tag, str) or element.tag in HEADINGS:
            continue
        role = marks.role(element)
        if role & marks.CREDIT and role & marks.CAPTION:
            both.append(element)
        elif role & marks.CREDIT:
            credits.append(element)
        elif element.tag == "figcaption" and role & marks.WEAK and captions:
            weak.append(element)  # a figure's second one, which says by its name that it is the author's
        elif element.tag == "figcaption" or role & marks.CAPTION:
            captions.append(element)
        elif role & marks.WEAK or element.tag in _FINE_PRINT or _opens_with_label(page, element):
            weak.append(element)
    (captions if credits else credits).extend(both)  # a name for both tells the caption beside a name for credits
    captions = [e for e in captions if page.text(e) and not is_bare_label(page.text(e))]
    return Texts(_leaves(page, credits, captions), _leaves(page, weak, captions), tuple(_outer(captions)))


def _opens_with_label(page: Page, element: Element) -> bool:
    """Whether a short line opens with a word for photos ("Image source, …")."""
    if element.tag not in _LINES or not len(element) < 4:
        return False
    opening = (element.text or "").strip() or (len(element) and element[0].text) or ""
    return bool(pattern("photo_words").search(opening[:20].lower())) and len(page.text(element)) <= _LINE_CHARS


def visible(unit: Element) -> Iterator[Element]:
    """Elements of a part of the page in document order, without those that show no text."""
    stack = [unit]
    while stack:
        node = stack.pop()
        if node.tag in _SILENT:
            continue
        yield node
        stack.extend(reversed(node))


def _outer(elements: list[Element]) -> list[Element]:
    """Elements that lie in no other of the list."""
    known = set(elements)
    return [e for e in elements if not any(a in known for a in e.iterancestors())]


def _leaves(page: Page, elements: list[Element], captions: list[Element]) -> tuple[Element, ...]:
    """Marked elements with text of their own: wrappers of a caption are left out, and what lies in another."""
    wrappers = {a for caption in captions for a in caption.iterancestors()}
    kept = [e for e in elements if e not in wrappers and 0 < len(page.text(e)) <= CREDIT_CHARS]
    return tuple(_outer([e for e in kept if not is_bare_label(page.text(e))]))


def says_photo(page: Page, credit: Printed) -> bool:
    """Whether a word for photos stands right before a credit, or in it."""
    if credit.element is None:
        return False
    text = page.text(credit.element)
    start, end = credit.match.span or (0, len(text))
    return is_photo_label(text[max(0, start - _LABEL_CHARS) : end])
