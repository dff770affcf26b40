"""Where a page states rights, corrections and its printed edition: at the foot of the article and of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from provenance.addresses import is_licence
from provenance.model import Match, Span
from provenance.page import Element, Page
from provenance.rules.once import once_per_page
from provenance.rules.places import first_paragraph, last_paragraph, links_between
from provenance.rules.words import in_marks, words

_NEAR = 60
"""How many elements beyond the last paragraph still belong to the article's foot."""
_NOTICE, _CORRECTION, _PRINT = 200, 1200, 300
"""How long a copyright notice, a correction and a note on the printed edition may be."""


@once_per_page
def printed_notice(page: Page) -> tuple[Match, ...]:
    """Copyright notices in words, at the article's foot or in the page's."""
    return tuple(_notices(page))


def _notices(page: Page) -> Iterator[Match]:
    last = last_paragraph(page)
    tail = page.nodes[-160:] if last is None else [*page.nodes[last : last + _NEAR], *page.nodes[-90:]]
    seen: set[Element] = set()
    for element in tail:
        own = (element.text or "").strip()
        if own and own[:10].lower().startswith(words("copyright_mark")) and element not in seen:
            seen.add(element)
            owner = element.getparent() if len(own) < 12 and element.tag in ("span", "b", "i", "strong") else element
            holder = element if owner is None else owner
            match = page.match(holder, _before_links(page, holder))
            if match and len(match.text) <= _NOTICE:
                yield match


def _before_links(page: Page, element: Element) -> Span | None:
    """The notice without the links behind it: "© 2024 The Gazette" of "© 2024 The Gazette | Terms | Privacy"."""
    text = page.text(element)
    end, gaps, kept = len(text), "", (*words("copyright_mark"), *words("all_rights"))
    for link in reversed(list(islice(element.iter("a"), _LINKS))):
        shown = page.text(link)
        found = text.rfind(shown, 0, end) if shown and link.get("href") is not None else -1
        gaps = text[found + len(shown) : end]
        if found < 0 or any(c.isalpha() for c in gaps) or any(mark in shown.casefold() for mark in kept):
            break
        end = found
    end = _whole(text, end)
    tail = _link_words().search(text, 0, end) if end <= 2 * _NOTICE else None
    end = tail.start() if tail else end
    return (0, end) if len(letters_beside_rights(text[:end])) >= _SAID and end < len(text) else None


def _whole(text: str, end: int) -> int:
    """Where what is left ends in no word that asks for more: "© 2024 The Gazette. Made by"."""
    bare = text[:end].rstrip(_BETWEEN)
    last = bare.rpartition(" ")[2]
    if (
        end < len(text)
        and (last[:1].islower() or bare.endswith(":"))
        and not bare.casefold().rstrip(".").endswith(words("all_rights"))
    ):
        stops = [m.start() + 1 if m[0][0] == "." else m.start() for m in _STOPS.finditer(bare)]
        return stops[-1] if stops else len(text)
    return len(bare)


@lru_cache(maxsize=1)
def _link_words() -> re.Pattern[str]:
    """Names of what every site links to at its foot, two at least or behind a mark, where links became plain words."""
    name = "|".join(map(re.escape, sorted((*words("site_pages"), *words("foot_links")), key=len, reverse=True)))
    gap, after = r"[\s|/•·–—,-]+", r"[\s|/•·–—,.-]"
    first = rf"(?:\s*[|/•·–—]\s*|{gap}(?:{name}){after}+)"
    return re.compile(rf"{first}(?:{name})(?:{after}+(?:{name}))*{after}*$", re.IGNORECASE)


_BETWEEN = " |/•·–—-,"
_STOPS = re.compile(r"\.\s|\s[|•·–—-]\s")


def letters_beside_rights(text: str) -> str:
    """Letters of a notice beside its mark and its words on rights."""
    bare = text.casefold()
    for phrase in (*words("copyright_mark"), *words("all_rights")):
        bare = bare.replace(phrase, "")
    return "".join(c for c in bare if c.isalpha())


_LINKS, _SAID = 20, 2


def licence_links(page: Page) -> Iterator[Match]:
    """Links marked as the licence, and links to a licence's own address beside the article."""
    first, last = first_paragraph(page) or 0, last_paragraph(page) or 0
    for element in page.links.get("license", ()):
        match = page.attribute(element, "href", "link" if element.tag == "link" else "attribute")
        if match:
            yield match
    for element in links_between(page, first - _NEAR, last + 2 * _NEAR):
        if is_licence(element.get("href")):
            match = page.attribute(element, "href")
            if match:
                yield match


def printed_corrections(page: Page) -> Iterator[Match]:
    """Paragraphs of the article, or right after it, that begin with a word for a correction and a colon or a date."""
    for text, element in _near_text(page):
        if text[:60].casefold().lstrip("*[( ").startswith(words("correction")):
            head = re.match(r"[^.:：(]{3,40}[:：(]", text)
            match = page.match(element) if head else None
            if match:
                yield match


def print_notes(page: Page) -> Iterator[Match]:
    """The note that says where the article stood in the printed edition."""
    for text, element in _near_text(page):
        if len(text) <= _PRINT and in_marks("print_note").search(text.casefold()):
            match = page.match(element)
            if match:
                yield match


@once_per_page
def _near_text(page: Page) -> tuple[tuple[str, Element], ...]:
    """Paragraphs at the beginning and the end of the article and right after it, with their texts."""
    first, last, nodes = first_paragraph(page), last_paragraph(page), page.nodes
    if first is None or last is None:
        return ()
    near = (*nodes[max(0, first - 8) : first + 8], *nodes[max(first + 8, last - 12) : last + _NEAR])
    found = ((page.text(e), e) for e in near if e.tag in _PARAGRAPHS or (e.tag in _BOXES and not len(e) and e.text))
    return tuple((text, element) for text, element in found if 20 <= len(text) <= _CORRECTION)


_PARAGRAPHS = frozenset({"p", "em", "i", "small", "li"})
_BOXES = frozenset({"div", "span", "aside"})
