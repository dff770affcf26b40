"""Whether a page is an article at all, from signals that are named and weighed in one table.

Each signal is a number that a person can check on the page (`provenance.rules.signals`); `data/article_signals.json`
holds its weight. The weights were fitted by logistic regression over labelled pages, and checked by leaving out one
site at a time (`tools/fit_article.py`). A page whose sum stays below the threshold is refused, with the plainest of the
reasons that speak against it. Where no address is known, or the page states nothing of itself as old pages do, many
signals are mute, so that the threshold is lower there: a saved page of which nothing is known gets its record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from provenance.addresses import is_front
from provenance.jsonld import types_of
from provenance.model import Context
from provenance.page import Page
from provenance.printed_dates import hints
from provenance.rules.address import stated_address
from provenance.rules.dating.places import hinted
from provenance.rules.dating.stated import untyped
from provenance.rules.headline import shown_headline
from provenance.rules.signals.facts import data, facts_of, lengths_of, words_in
from provenance.rules.signals.table import signals
from provenance.rules.words import is_label, words

LEAST = 150
"""A shorter text is no article's."""


def is_article(page: Page, context: Context) -> tuple[bool, str]:
    """The answer and its reason: `not-article.CODE: one sentence`, or "" for an article."""
    if _catalogued(page):
        return True, ""
    chars = sum(lengths_of(page.story))
    if chars < LEAST and not _told(page):
        return False, "not-article.no-text: the page holds no text of an article"
    if _is_of_site(page):
        return False, "not-article.site-page: this page tells the terms or the address of its site"
    if _is_wall(page, chars):
        return False, "not-article.wall: this page asks for consent, a subscription or a check, or tells an error"
    if page.is_text:
        return True, ""
    if _is_document(page, chars):
        return False, "not-article.document: this page holds a long document without markup"
    facts = facts_of(page)
    found = signals(facts)
    least = data()["threshold_mute" if facts.mute and not _is_front(page) else "threshold"]
    if not found["dated-in-data"] and next(untyped(page), None):
        found["dated-in-data"] = 1.0
    return (True, "") if score(found) >= least else (False, _reason(found, _left_out(page, chars)))


def _catalogued(page: Page) -> bool:
    """True for an item that its container lists as a dated text of a paper: a brief in a news database is one too."""
    return {fact.name for fact in page.capture.stated} >= _ENTRY


_ENTRY = frozenset({"headline", "datePublished", "publisher"})


def _is_of_site(page: Page) -> bool:
    """True where the headline names what every site has, and nothing else: "Terms of Service", "Impressum"."""
    shown = shown_headline(page)
    if shown is None or not is_label(shown, "site_pages"):
        return False
    return not any(words_in(types_of(node), "types_news") for _, _, node in page.articles)


def _is_wall(page: Page, chars: int) -> bool:
    """True for a short text without a day that stands in the place of an article: consent, a subscription, a check, an
    error. A box over an article leaves the article's own headline and text."""
    if chars > _WALL or any(words_in(types_of(node), "types_news") for _, _, node in page.articles):
        return False
    if next(page.meta(*sorted(data()["date_meta"])), None):
        return False
    shown = (shown_headline(page) or "").casefold()
    asks = any(phrase in shown for phrase in words("wall")) or _speaks_of_consent(page) > _MOSTLY * chars
    return asks and not any(hints(_NUMBERED.sub("", text)) for text in _texts_with_days(page))


def _speaks_of_consent(page: Page) -> int:
    """Characters of the blocks that say what readers shall agree to; of an article they are a box beside its text."""
    texts = [block.text.casefold() for block in page.story.blocks]
    return sum(len(text) for text in texts if any(phrase in text for phrase in words("wall_text")))


def _texts_with_days(page: Page) -> Iterator[str]:
    yield from (block.text for block in page.story.blocks)
    yield from (line.text for line in hinted(page))


_WALL = 2_500
_NUMBERED = re.compile(r"https?://\S+|#\S+")
"""Addresses and numbers of a case, in which digits tell no day."""


def _is_front(page: Page) -> bool:
    """True where the only address that the page states is the site's front page."""
    stated = stated_address(page)
    return stated is not None and is_front(str(stated.value))


def _is_document(page: Page, chars: int) -> bool:
    """True for a text longer than any news story, most of it in <pre>: a standard, a licence, a log, a book."""
    if chars < _LONGEST or not page.tags.get("pre"):
        return False
    plain = [b for b in page.story.blocks if any(e.tag == "pre" for e in (b.element, *b.element.iterancestors()))]
    return 2 * sum(len(block.text) for block in plain) > chars


_LONGEST = 20_000


def _told(page: Page) -> bool:
    """True where JSON-LD holds the text, or a dated news article with a summary as long as a short text."""
    for _, _, node in page.articles:
        summary = node.get("description")
        dated = bool(node.get("datePublished")) and words_in(types_of(node), "types_news")
        if node.get("articleBody") or (dated and isinstance(summary, str) and len(summary) >= 2 * LEAST):
            return True
    return False


def score(found: Mapping[str, float]) -> float:
    """Sum of the weighed signals: the logarithm of the odds that the page is an article."""
    weights: Mapping[str, float] = data()["weights"]
    return float(data()["bias"]) + sum(weights[name] * value for name, value in found.items())


def _left_out(page: Page, chars: int) -> float:
    """Share of the story's box that is no part of its text: links, teasers, calls."""
    return page.story.dropped / (1 + chars + page.story.dropped)


_REASONS = (
    ("forum-or-manual", 0.5, "forum", "this is a page of a forum, a manual or a wiki"),
    ("url-of-list", 0.5, "listing", "this page lists other pages"),
    ("url-of-offer", 0.5, "offer", "this page offers goods, services or courses"),
    ("title-of-offer", 0.5, "offer", "this page offers goods, services or courses"),
    ("type-other", 0.5, "offer", "its data say that this page is about an offer or a list"),
    ("many-times", 0.5, "listing", "this page lists other pages"),
    ("fields", 0.5, "form", "this page asks to fill in a form"),
    ("buttons", 0.5, "offer", "this page has a button for every few sentences"),
)
"""Signal, what it must reach, code and sentence; the first that holds is told."""
_MOSTLY = 0.4


def _reason(found: Mapping[str, float], left_out: float) -> str:
    for name, least, code, sentence in _REASONS:
        if found[name] >= least:
            return f"not-article.{code}: {sentence}"
    if left_out > _MOSTLY:
        return "not-article.listing: this page holds more links and teasers than text"
    return "not-article.other: nothing marks this page as an article"
