"""Elements that are marked as the text's source and stand beside its date: `<span class="source">Beispielblatt</span>`.

No word announces such a name, and a page's own channel stands in the same place; so the date has to be a neighbour, and
the grammar of sources refuses what belongs to the house, a person and a common word.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.page import Element, Page
from provenance.rules.bylines.lines import read_line
from provenance.rules.bylines.places import Region, is_small, marks
from provenance.rules.bylines.seen import BRIEF, Seen

_LONGEST = 40
_DIGITS = 3
"""A neighbour with more digits than this is a date."""
_FEW = 4


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
