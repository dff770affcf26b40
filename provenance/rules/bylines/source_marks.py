"""Elements that are marked as the text's source and stand beside its date: `<span class="source">Beispielblatt</span>`.

No word announces such a name, and a page's own channel stands in the same place; so the date has to be a neighbour, and
the grammar of sources refuses what belongs to the house, a person and a common word.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.addresses import host_of, label_of, registrable
from provenance.credits.words import phrase_data
from provenance.model import Context
from provenance.page import Element, Page
from provenance.rules.bylines.lines import read_line
from provenance.rules.bylines.places import Region, is_small, marks, words
from provenance.rules.bylines.seen import BRIEF, Seen
from provenance.rules.publishers.naming import plain

_LONGEST, _SHORTEST = 40, 4
_DIGITS = 3
"""A neighbour with more digits than this is a date."""
_FEW = 4


def linked_sources(page: Page, context: Context, region: Region) -> Iterator[Seen]:
    """Links beside the date that lead to another site and show its name: Island Post of islandpost.example."""
    top = page.order.get(page.story.headline, region.head[0]) if page.story.headline is not None else region.head[0]
    for link in page.tags.get("a", ()) if context.house.domain else ():
        if not top < page.order[link] < region.text or len(link) > 1:
            continue
        text, host = page.text(link), host_of(page.address(link.get("href")))
        if not _SHORTEST <= len(text) <= _LONGEST or not host or registrable(host) == context.house.domain:
            continue
        if _is_called(text, host) and _is_dated(page, link, text) and region.inside(link) is None:
            yield Seen("byline/source", "source", read_line(page, link), 0.8)


def _is_called(name: str, host: str) -> bool:
    """True where a host is the name run together, an article before it apart, and no network where pages are shared."""
    key, label = plain(name), plain(label_of(host))
    bare = {key.removeprefix(article) for article in phrase_data()["articles"]}
    return label not in words()["networks"] and (label == key or label in bare)


def marked_sources(page: Page, region: Region) -> Iterator[Seen]:
    """Short elements about the headline whose own name says source, in document order."""
    found: dict[Element, None] = {}
    for token in page.tokens:
        if marks("source").fullmatch(token):
            found.update(dict.fromkeys(page.tokens[token][:_FEW]))
    for element in sorted(found, key=page.order.__getitem__):
        if region.zone(page.order[element]) != "head" or len(element) > 1:
            continue
        text = page.text(element)
        if text and len(text) <= _LONGEST and _is_dated(page, element, text) and region.inside(element) is None:
            yield Seen("byline/source", "source", read_line(page, element), 0.8)


def _is_dated(page: Page, element: Element, text: str) -> bool:
    """Whether the element itself holds no digit, and a date stands beside it or beside its parent."""
    if any(c.isdigit() for c in text):
        return False
    node = element.getparent()
    for _ in range(2):
        if node is None or not is_small(node):
            return False
        around = page.text(node)
        if len(around) <= BRIEF and sum(c.isdigit() for c in around) > _DIGITS:
            return True
        node = node.getparent()
    return False
