"""How a page is built: one stream of text, or boxes with pictures, buttons and forms."""

from __future__ import annotations

import re
from collections import Counter

from provenance.page import Element
from provenance.printed_dates import find_dates
from provenance.rules.dating.places import hinted, windows
from provenance.rules.signals.facts import PROSE, Facts, data

_OPENING = "“„«「『"
_STRAIGHT = re.compile(r'"(?<!\w")(?=\w)')
_BUTTON = re.compile(r"(?:^|[-_\s])(?:btn|button|cta)", re.I)
_NO_FIELD = frozenset({"hidden", "submit", "search", "button", "image"})
_FIELDS, _TIMES, _QUESTIONS = 20, 8, 5


def one_stream(facts: Facts) -> float:
    """Share of the prose that stands in one box; pages put together of parts spread theirs over many."""
    held: Counter[Element] = Counter()
    for block in facts.story.blocks:
        if len(block.text) >= PROSE:
            box = block.element.getparent()
            held[block.element if box is None else box] += len(block.text)
    return max(held.values(), default=0) / max(1, sum(held.values()))


def in_article(facts: Facts) -> bool:
    """The story stands in an <article>."""
    root = facts.story.root
    return root is not None and any(box.tag == "article" for box in (root, *root.iterancestors()))


def date_displayed(facts: Facts) -> bool:
    """A date, in any language, stands near the headline."""
    if any(_machine_dated(element) for element in windows(facts.page)[0]):
        return True
    return any(next(iter(find_dates(line.text)), None) for line in hinted(facts.page))


def _machine_dated(element: Element) -> bool:
    return element.tag in ("time", "abbr") and bool(element.get("datetime") or element.get("title"))


def many_times(facts: Facts) -> bool:
    """So many dates are a list's."""
    return len(facts.page.tags.get("time", ())) > _TIMES


def subheads(facts: Facts) -> float:
    """Subheads against paragraphs."""
    return facts.per_paragraph(sum(block.kind == "subhead" for block in facts.story.blocks), 1.0)


def questions(facts: Facts) -> float:
    """Subheads that ask."""
    asked = sum(b.kind == "subhead" and b.text.rstrip().endswith(("?", "？")) for b in facts.story.blocks)
    return min(1.0, asked / _QUESTIONS)


def quotations(facts: Facts) -> float:
    """Opening quotation marks in a thousand characters."""
    opened = sum(map(facts.text.count, _OPENING)) + len(_STRAIGHT.findall(facts.text))
    return min(2.0, 1000 * opened / (1 + facts.chars))


def images(facts: Facts) -> float:
    """Pictures and icons against paragraphs."""
    return facts.per_paragraph(sum(1 for _ in facts.within("img", "svg")))


def buttons(facts: Facts) -> float:
    """Buttons, and links that look like one, against paragraphs."""
    return facts.per_paragraph(sum(map(_is_button, facts.within("button", "a"))))


def _is_button(element: Element) -> bool:
    return element.tag == "button" or (element.tag == "a" and _BUTTON.search(element.get("class") or "") is not None)


def fields(facts: Facts) -> float:
    """What a reader can fill in, search fields apart."""
    found = facts.page.all("input", "select", "textarea")
    return min(_FIELDS, sum((field.get("type") or "").lower() not in _NO_FIELD for field in found)) / 10


def captions(facts: Facts) -> bool:
    """Pictures with a caption."""
    return bool(facts.page.tags.get("figcaption"))


def share_links(facts: Facts) -> bool:
    """Links by which readers pass the page on."""
    hrefs = "\n".join(href for _, href in facts.page.hrefs).lower()
    return any(mark in hrefs for mark in data()["share_links"])


def byline_marked(facts: Facts) -> bool:
    """A class or id that speaks of an author."""
    tokens = "\n".join(facts.page.tokens)
    return "byline" in tokens or "author" in tokens
