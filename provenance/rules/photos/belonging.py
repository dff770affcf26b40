"""Whether an image is the article's own: by the parts of the page that hold it, and by where it leads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from provenance.addresses import same_site
from provenance.page import Element, Page
from provenance.rules.once import once_per_page
from provenance.rules.photos import marks
from provenance.rules.photos.addresses import is_image_address, is_local
from provenance.rules.photos.layout import STOP, UNIT_NODES, Layout
from provenance.rules.photos.marks import pattern, words
from provenance.rules.policy import folded
from provenance.text import HEADINGS

_OUTSIDE = frozenset({"nav", "footer", "form"})


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
    href = link.get("href")
    if href not in layout.away:
        layout.away[href] = _leads_to_other_page(layout, href)
    return layout.away[href]


def _leads_to_other_page(layout: Layout, href: str | None) -> bool:
    absolute = layout.page.address(href)
    if absolute is None:  # on a page without an address of its own a relative link still leads somewhere else
        return bool(href and is_local(href) and not (is_image_address(href) or shows_photos(href)))
    href = absolute
    if is_image_address(href):
        return False
    if layout.site and not same_site(href, layout.site):
        return False
    there = href.split("#")[0].split("?")[0].rstrip("/")
    if any(there.startswith(here) or (here.startswith(there) and len(there) > 40) for here in layout.own):
        return False
    return not shows_photos(there.rpartition("//")[2].partition("/")[2])


def shows_photos(path: str) -> bool:
    """Whether a path names photos: a folder for them, or a page whose name begins so."""
    *folders, last = path.split("?")[0].lower().split("/")
    named = any(word in folder for folder in folders if len(folder) < 25 for word in words()["photo_paths"])
    return named or any(last.startswith(word) for word in words()["photo_paths"])


def links_out(layout: Layout, anchor: Element) -> bool:
    """Whether an image is a link to another site."""
    node, depth = anchor, 0
    while node is not None and depth < 6:
        if node.tag == "a" and node.get("href"):
            page = layout.page
            href = page.address(node.get("href"))
            return bool(href and layout.site and not same_site(href, layout.site))
        node, depth = node.getparent(), depth + 1
    return False


def is_portrait(page: Page, image: Element) -> bool:
    """Whether the text in place of an image is the name of an author whom the metadata state: his portrait."""
    name = folded(image.get("alt") or "")
    return name in _authors(page) and not any(a.tag == "figure" for a in image.iterancestors())


@once_per_page
def _authors(page: Page) -> frozenset[str]:
    told = [text for _, _, node in page.articles for text in _named(node.get("author"))]
    return frozenset(folded(name) for name in (*told, *(m.text for m in page.meta("author")))) - {""}


def _named(value: Any) -> Iterator[str]:
    for one in value[:_AUTHORS] if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str):
            yield name


_AUTHORS = 20
ELSEWHERE = "another part of the page"
PORTRAIT = "portrait of an author"


def foreign_reason(layout: Layout, anchor: Element) -> str | None:
    """Why an image is not the article's own by the parts of the page that hold it; None when nothing speaks against."""
    reason = _teaser_reason(layout, anchor)
    return reason if reason else _part_reason(layout, anchor)


def _teaser_reason(layout: Layout, anchor: Element) -> str | None:
    """A small part named for teasers or set aside counts only when it leads to another page."""
    box = _soft_box(layout, anchor)
    while box is not None:
        if is_teaser(layout, anchor, box):
            return "teaser of another page"
        box = _soft_box(layout, box.getparent())
    return None


def _soft_box(layout: Layout, element: Element | None) -> Element | None:
    """The smallest box at or above an element that is set aside or named for teasers; kept, since images share them."""
    climbed: list[Element] = []
    found: Element | None = None
    node = element
    while node is not None:
        if node in layout.soft:
            found = layout.soft[node]
            break
        start, end = layout.page.order[node], layout.last(node)
        if end - start >= UNIT_NODES or (layout.headline is not None and start <= layout.headline <= end):
            break
        climbed.append(node)
        if node.tag == "aside" or marks.role(node) & marks.SOFT:
            found = node
            break
        node = node.getparent()
    layout.soft.update(dict.fromkeys(climbed, found))
    return found


def _part_reason(layout: Layout, element: Element) -> str | None:
    """What the parts around an element are, up to the one that holds the article; kept, since images share them."""
    climbed: list[Element] = []
    reason: str | None = None
    node = element
    while node is not None and node.tag not in STOP and reason is None:
        if node in layout.parts:
            reason = layout.parts[node]
            break
        if layout.holds_article(layout.page.order[node], layout.last(node)):
            break
        climbed.append(node)
        reason = _own_reason(node)
        node = node.getparent()
    layout.parts.update(dict.fromkeys(climbed, reason))
    return reason


def _own_reason(node: Element) -> str | None:
    role = marks.role(node)
    if node.tag in _OUTSIDE and not any(a.tag == "figure" for a in node.iterancestors()):
        return "navigation or footer"
    if role & marks.FOREIGN or (role & marks.SHARING and next(node.iter("figure", "figcaption"), None) is None):
        return ELSEWHERE
    if role & marks.PERSON and not role & marks.CREDIT and node.tag != "figcaption":
        return PORTRAIT
    return None


def in_soft_box(layout: Layout, anchor: Element) -> bool:
    """Whether a part named for teasers or cards holds an image, with or without text of the article."""
    order = layout.page.order
    for node in anchor.iterancestors():
        if layout.last(node) - order[node] > UNIT_NODES or node.tag in STOP:
            return False
        if marks.role(node) & marks.SOFT:
            return True
    return False


def in_film_box(layout: Layout, anchor: Element) -> bool:
    """Whether a part named for films holds a photo or its line, and no text of the article."""
    order = layout.page.order
    for node in (anchor, *anchor.iterancestors()):
        start, end = order[node], layout.last(node)
        if end - start > UNIT_NODES or node.tag in STOP or layout.holds_article(start, end):
            return False
        if pattern("film").search((node.get("class") or "").lower()) or node.get("itemprop") == "video":
            return True
    return False


def is_teaser(layout: Layout, anchor: Element, box: Element) -> bool:
    """Whether a box around an image leads to another page, by the image itself or by a heading."""
    return leads_away(layout, anchor) or has_linked_heading(layout, box)


def has_linked_heading(layout: Layout, box: Element) -> bool:
    """Whether a part of the page holds a heading that is a link to another page; kept, since images share parts."""
    if box not in layout.headings:
        layout.headings[box] = _has_linked_heading(layout, box)
    return layout.headings[box]


def _has_linked_heading(layout: Layout, box: Element) -> bool:
    for heading in box.iter(*HEADINGS):
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
