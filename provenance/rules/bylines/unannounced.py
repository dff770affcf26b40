"""Bylines that neither a word nor a mark announces: a name beside the date, a job and a name within the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from provenance.addresses import same_site
from provenance.credits.authorities import agencies
from provenance.credits.clinging import is_role, is_role_word
from provenance.credits.houses import is_house
from provenance.credits.names import is_person
from provenance.credits.words import phrase_data
from provenance.credits.words import words as credit_words
from provenance.model import Context
from provenance.page import Element, Page
from provenance.rules.bylines.lines import plain_line, read_line
from provenance.rules.bylines.places import Region, is_small
from provenance.rules.bylines.seen import CONTROLS, PICTURES, Seen, head_nodes, outside, own_text
from provenance.rules.bylines.sourced import is_press
from provenance.scripts import EAST
from provenance.text import HEADINGS

_WORD = re.compile(r"\w+")
_HANGING = " |·•–—-,"
_BEHIND = re.compile(r"\s[-–—|]\s")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def dated_names(page: Page, context: Context, region: Region, taken: set[Element]) -> Iterator[Seen]:
    """A person's name alone beside a date, between headline and text: a byline that no word and no mark announces."""
    start = page.order.get(page.story.headline, region.head[0]) if page.story.headline is not None else region.head[0]
    nodes = head_nodes(page, region, start + 1)
    for element in outside(nodes, taken):
        own = own_text(element).rstrip(_HANGING)
        if element.tag in CONTROLS or not 2 < len(own) <= 60:
            continue
        if is_press(own, context) and _is_dated_house(page, element, own, region):
            yield Seen("byline/line", "house", plain_line(page, element), 0.7)
            continue
        if len(own) <= 4 or not _is_name(own, context):
            continue
        if any(agencies().lookup_id(word) for word in own.partition(",")[0].split()) or _is_title(page, element, own):
            continue
        if _beside_date(page, element) and region.inside(element) is None and not _credits_picture(page, element):
            yield Seen("byline/doubtful", "byline", read_line(page, element), 0.45, "a name beside the date")


def _is_dated_house(page: Page, element: Element, own: str, region: Region) -> bool:
    """A newspaper's or a site's name in an element of its own beside the date: where the text comes from.

    A section may be called like a newspaper (El Mundo): a link within the site, or an article and one word.
    """
    if page.text(element) != own or _is_section(page, element, own) or not _beside_date(page, element):
        return False
    return region.inside(element) is None and not _credits_picture(page, element)


def _is_section(page: Page, element: Element, own: str) -> bool:
    first, _, rest = own.casefold().partition(" ")
    if rest and " " not in rest and first in phrase_data()["articles"]:
        return True
    link = next((e for e in (element, element.getparent()) if e is not None and e.tag == "a"), None)
    if link is None or own[0] >= EAST:
        return False
    address = page.address(link.get("href"))
    return address is None or same_site(address, page.base)


def _is_name(own: str, context: Context) -> bool:
    """One person's name, with a job behind a comma or the house behind a dash, or without."""
    name, _, more = (_BEHIND.sub(",", own, count=1)).partition(",")
    more, language = more.strip(), context.language
    return is_person(name, language) and (not more or is_role(more, language) or is_house(more, context.house))


def _is_title(page: Page, element: Element, own: str) -> bool:
    """A kicker or subhead rather than a name: in a heading, or words that the text writes small as well."""
    if any(e.tag in HEADINGS or e is page.story.headline for e in (element, *islice(element.iterancestors(), 3))):
        return True
    words = own.lower().split()
    if not all(any(word in b.text for b in page.story.blocks) for word in words):
        return False  # nearly every name: no need to cut the text into words
    written = frozenset(w for b in page.story.blocks for w in _WORD.findall(b.text))
    return written.issuperset(words)


def _credits_picture(page: Page, element: Element) -> bool:
    """A picture shares the element's parent, and no date does: a picture's credit rather than a portrait's name."""
    parent = element.getparent()
    pictured = parent is not None and any(e.tag in PICTURES for e in parent.iter())
    return pictured and parent.find(".//time") is None and not _YEAR.search(page.text(parent))


def _beside_date(page: Page, element: Element) -> bool:
    """A time element or a year stands in the element or in a small one around it."""
    node = element
    for _ in range(4):
        if node is None or not is_small(node) or len(page.text(node)) > 160:
            return False
        if node.find(".//time") is not None or _YEAR.search(page.text(node)):
            return True
        node = node.getparent()
    return False


def headline_names(page: Page, context: Context) -> Iterator[Seen]:
    """An element within the headline that holds a job and a name, or opens like a byline."""
    headline = page.story.headline
    opens = credit_words(context.language).pattern("by")
    for element in headline.iterdescendants() if headline is not None else ():
        own = " ".join((element.text or "").split()) if isinstance(element.tag, str) else ""
        if not 2 < len(own) <= 60 or len(page.text(headline)) < 2 * len(own):
            continue
        first = own.split(" ", 1)[0]
        if opens.match(own) or (" " in own and is_role_word(first, credit_words(context.language))):
            yield Seen("byline/line", "byline", plain_line(page, element), 0.7)
