"""Headings that the page displays: which there are, what part of one is a kicker, and which are not the article's."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.credits.clinging import find_person
from provenance.model import Span
from provenance.page import Element, Page
from provenance.rules.headlines.titles import Title, words_of
from provenance.rules.places import first_paragraph
from provenance.rules.words import in_marks, words

BY_TAG = {"h1": 0.62, "h2": 0.46, "h3": 0.38}
MARKED_ELEMENT, STORY_BONUS = 0.34, 0.06
"""Worth of a displayed heading by its tag, of another element marked as a headline; more for the story's own."""


def headings(page: Page) -> Iterator[tuple[Element, float]]:
    """Elements that may display the headline, with the worth of their kind: above the text, or any <h1>."""
    order, own = page.order, page.story.headline
    first = first_paragraph(page)
    first = len(page.nodes) if first is None else first
    seen: set[Element] = set()
    for tag, weight in BY_TAG.items():
        for element in page.tags.get(tag, ()):
            if tag == "h1" or order[element] < first:
                seen.add(element)
                yield element, weight + (STORY_BONUS if element is own else 0.0)
    if own is not None and own not in seen:
        yield own, MARKED_ELEMENT + STORY_BONUS
        seen.add(own)
    if own is None and page.story.blocks:
        opening = _opening(page)
        if opening not in seen:
            yield opening, MARKED_ELEMENT
        seen.add(opening)
    for token in words("headline_token"):
        for element in page.tokens.get(token, ())[:4]:
            if element not in seen and element.tag in _MAY_DISPLAY and order[element] < first:
                seen.add(element)
                yield element, MARKED_ELEMENT


def _opening(page: Page) -> Element:
    """The first line of a story without any heading, or what is marked as a headline within it."""
    block = page.story.blocks[0].element
    inside = list(block.iter())[:_CHILDREN]
    marked = [e for token in words("headline_token") for e in page.tokens.get(token, ())[:4] if e in inside]
    return marked[0] if marked else block


_MAY_DISPLAY = frozenset({"div", "span", "p", "strong", "b", "td", "font", "a", "h4", "header"})


def parts_of(page: Page, element: Element, known: list[Title]) -> Iterator[tuple[Span | None, str, float]]:
    """The text of a heading whole, and without a kicker or a mark that stands in an element of its own.

    Gives the span, the step, and what speaks for the part beside the heading's own worth.
    """
    text = page.text(element)
    yield None, "", 0.0
    for child in list(element.iter())[1:_CHILDREN]:
        part = page.text(child) if isinstance(child.tag, str) else ""
        if not part or len(part) >= len(text) - 1:
            continue
        rest = _rest(text, part)
        if rest is None:
            continue
        tail = words_of(text[rest[0] : rest[1]])
        kicks = rest[0] > 0 and len(part) < _KICKER and "".join(tail) != ""
        if rest[0] == 0 and _is_byline(part, tail, page, known):
            yield rest, f"strip-byline:{part}", 0.26
        elif kicks and (_is_kicker(child) or _stands_apart(text, part, rest, known)):
            yield rest, f"strip-kicker:{part}", 0.26
        elif any(title.words == tuple(tail) for title in known) and len(tail) > 1:
            yield rest, f"strip-part:{part}", 0.04


def _rest(text: str, part: str) -> Span | None:
    """What is left of a heading without a part at its beginning or end."""
    if text.startswith(part):
        return len(text) - len(text[len(part) :].lstrip(_AROUND)), len(text)
    return (0, len(text[: -len(part)].rstrip(_AROUND))) if text.endswith(part) else None


def _is_byline(part: str, tail: list[str], page: Page, known: list[Title]) -> bool:
    """A job and a name behind the headline in its own element; metadata have the headline without them."""
    told = len(part) <= _KICKER and any(t.words[: len(tail)] == tuple(tail) and part not in t.text for t in known)
    person = find_person(part, (0, len(part)), page.root.get("lang")) if told and len(tail) > 1 else None
    return person is not None and person.role is not None


def _is_kicker(element: Element) -> bool:
    marks = " ".join(value for name, value in element.attrib.items() if name in ("class", "id") or name[:5] == "data-")
    return bool(marks) and in_marks("kicker_token").search(marks.lower()) is not None


def _stands_apart(text: str, part: str, rest: Span, known: list[Title]) -> bool:
    """True for a first part that no mark joins to the rest as displayed, while it is set apart all the same.

    Metadata join the two with a colon or a dash, or leave the first out; or the first is styled as a box of its own, so
    that no space parts it from the capital after it.
    """
    gap, tail = text[len(part) : rest[0]], text[slice(*rest)]
    if gap.strip() or not part[-1].isalnum() or len(part) < _SHORTEST:
        return False
    if not gap and part[-1].islower() and tail[0].isupper():
        return True
    first, second = words_of(part), words_of(tail)
    return len(second) > 1 and any(_joins(title, part, first, second) for title in known)


def _joins(title: Title, part: str, first: list[str], second: list[str]) -> bool:
    shown = list(title.words)
    if shown[: len(first) + len(second)] == first + second:
        return title.text[len(part) :].lstrip()[:1] in _JOINTS and title.text.casefold().startswith(part.casefold())
    return len(second) > 2 and shown[-len(second) :] == second and not set(first) & set(shown[: -len(second)])


def apart(element: Element) -> str | None:
    """Why a heading is not the article's: it stands in a path of links, a teaser, a menu, a footer, a dialog."""
    for _ in range(7):
        if element is None or element.tag in ("body", "html"):
            return None
        marks = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if "crumb" in marks or element.tag == "nav" or _in_path(element):
            return "in a path of links to the article"
        if element.tag in _APART_TAGS or element.get("aria-hidden") == "true":
            return f"in <{element.tag}>, which is not the article's"
        if element.tag not in ("h1", "article", "main") and any(t in words("teaser_token") for t in marks.split()):
            return "in a teaser or another part that is not the article's"
        element = element.getparent()
    return None


def _in_path(element: Element) -> bool:
    """True where attributes say that this is an item of a path of links (schema.org BreadcrumbList, WAI-ARIA)."""
    told = " ".join(element.get(name) or "" for name in _SEMANTIC).lower()
    return element.get("aria-current") is not None or any(word in told for word in ("listitem", "listelement", "crumb"))


def in_page_header(element: Element) -> bool:
    """True inside the header of the whole page, which holds links to its sections, and no part of an article."""
    header = None
    for box in element.iterancestors():
        if box.tag in ("article", "main"):
            return False
        if box.tag == "header":
            header = box
    return header is not None and sum(1 for _ in header.iter("a")) >= _MENU


_SEMANTIC = ("itemtype", "itemprop", "typeof", "property", "aria-label")
_MENU = 8
_JOINTS = frozenset(":–—-|•")
_SHORTEST = 3
_APART_TAGS = frozenset({"footer", "aside", "dialog"})
_AROUND = " :|–—-•/+\u00a0"
_CHILDREN, _KICKER = 8, 80
"""How many elements inside a heading are looked at, and how long a kicker may be."""
