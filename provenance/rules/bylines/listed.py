"""Lists of facts about the article, a label and a value in each item: `<li><strong>Author</strong> Ana Bell</li>`.

The item that a word of authorship labels is a byline; the others tell dates, subjects and key words, whose names credit
nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.page import Element, Page
from provenance.rules.bylines.lines import plain_line
from provenance.rules.bylines.places import LONGEST, Region, is_small, words
from provenance.rules.bylines.seen import Seen

_LABELS = frozenset({"strong", "b", "span", "em"})
_LEAST, _MOST_ITEMS = 2, 12


def listed_facts(page: Page, region: Region) -> Iterator[tuple[Element, Seen]]:
    """Each such list about the article, with the line of the item that names who wrote it."""
    for found in (*page.tags.get("ul", ()), *page.tags.get("ol", ())):
        if region.head[0] <= page.order[found] <= region.foot[1] and region.inside(found) is None:
            items = [item for item in found if item.tag == "li"][:_MOST_ITEMS]
            heads = [_label(page, item) for item in items]
            if len(items) >= _LEAST and all(heads):
                for item, label in zip(items, heads, strict=True):
                    if _is_of_author(label) and is_small(item) and len(page.text(item)) <= LONGEST:
                        line = plain_line(page, item, (len(label), len(page.text(item))))
                        yield found, Seen("byline/visible", "byline", line, 0.9)


def _label(page: Page, item: Element) -> str:
    """The words in an element of their own that open an item, before other words."""
    first = next(iter(item), None)
    if first is None or first.tag not in _LABELS or (item.text or "").strip():
        return ""
    label, text = page.text(first), page.text(item)
    return label if text.startswith(label) and len(label) < len(text) else ""


def _is_of_author(label: str) -> bool:
    known = words()["labels"]
    return all(part.strip(" :：") in known for part in label.casefold().split("/"))
