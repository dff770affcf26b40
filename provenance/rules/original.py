"""The original that an article was taken from, where it is linked.

A canonical link to another site is a statement about the source of a copy (RFC 6596, section 3: the target may be on
another host), so it is `isBasedOn` where the page's own site is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import islice

from provenance.addresses import is_archive, is_front, is_public, same_site, tidy
from provenance.credits.words import flat
from provenance.credits.words import words as credit_words
from provenance.model import Candidate, Context, Match
from provenance.page import Element, Page
from provenance.rules.address import address_of, own_address, spelled_alike
from provenance.rules.finders import Reading, Rule, candidates, jsonld, link, meta
from provenance.rules.places import links_between
from provenance.rules.policy import Policy
from provenance.rules.words import starts_with
from provenance.text import INLINE

_NEAR = 80
"""How many elements after the article's end may still speak of it."""


def read_original(page: Page) -> Iterator[Match]:
    """Links whose words say that the original stands elsewhere, after the start of the article."""
    for element in links_between(page, page.story.start - _NEAR // 4, page.story.end + _NEAR):
        href = element.get("href")
        if href and href.startswith("http") and len(element) < 3:
            text = page.text(element)
            if 8 <= len(text) < 120 and starts_with(text, "read_original"):
                match = page.attribute(element, "href")
                if match:
                    yield match


def linked_origin(page: Page, language: str | None) -> Iterator[Match]:
    """Links in sentences of first publication: "This article was originally published by <The Conversation>".

    In the story's own text only a sentence that opens with such words speaks of the story; a study may be "first
    published in" a journal.
    """
    words = credit_words(language).pattern("origin")
    text = {block.element for block in page.story.blocks}
    for element in links_between(page, page.story.start - _NEAR // 4, page.story.end + _NEAR):
        if not (element.get("href") or "").startswith("http"):
            continue
        raw = _right_before(element)
        if raw and not words.search(flat(raw[-_LONGEST:])):
            continue  # told by the text before the link alone, since most links stand in the story
        holder = _sentence_holder(page, element)
        before = _before_link(page, holder, element) if holder is not None else ""
        said = words.match(before) or (words.search(before) if text.isdisjoint(_upwards(element)) else None)
        if said and len(before[said.end() :].split()) <= _BETWEEN:
            match = page.attribute(element, "href")
            if match:
                yield match


_BETWEEN = 2
"""Words that may stand between those of first publication and the link: an article, "our partner"."""
_INLINE = 4


def _upwards(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()


def _right_before(element: Element) -> str:
    """The words between a link and the element or the start before it; empty where there are none."""
    previous, parent = element.getprevious(), element.getparent()
    text = previous.tail if previous is not None else parent.text if parent is not None else ""
    return (text or "").strip()


def _sentence_holder(page: Page, element: Element) -> Element | None:
    """The nearest element around a link that has words before it."""
    inner = element
    for around in islice(element.iterancestors(), _INLINE):
        if (around.text and not around.text.isspace()) or inner.getprevious() is not None:
            return around
        if around.tag not in INLINE:
            return None
        inner = around
    return None


def _before_link(page: Page, holder: Element, element: Element) -> str:
    """The words of the link's sentence before it."""
    text = page.text(holder)
    if len(text) > _LONGEST:
        return ""
    before = text[: text.find(page.text(element))]
    return flat(_STOP.split(before)[-1].lstrip(" ([*–—-"))


_LONGEST = 1_000
_STOP = re.compile(r"[.!?。]\s+")


ORIGINAL = (
    Rule("based-on/jsonld", 0.90, jsonld("isBasedOn", "isBasedOn.url", "isBasedOn.@id", "isBasedOnUrl")),
    Rule("based-on/meta-original-source", 0.85, meta("original-source", "original-url", "syndication-source")),
    Rule("based-on/read-original", 0.80, read_original),
    Rule("based-on/foreign-canonical", 0.75, link("canonical")),
)


def _read_original(match: Match, page: Page, context: Context) -> Reading:
    found = page.address(match.text)
    if found is None or not is_public(found) or is_archive(found):
        return Reading(refused="no web address of an original")
    url = tidy(found)
    if is_front(url):
        return Reading(refused="the address of a whole site")
    own = own_address(page.capture) or address_of(page)
    if own is None or same_site(url, own):
        return Reading(refused="not known to stand on another site")
    return Reading({"@type": "CreativeWork", "url": url}, ("tidy",) if url != match.text else ())


def collect(page: Page, context: Context) -> Iterator[Candidate]:
    """Candidates for `isBasedOn`."""
    origin = Rule("based-on/origin-sentence", 0.78, partial(linked_origin, language=context.language))
    yield from candidates("isBasedOn", (*ORIGINAL, origin), _read_original, page, context)


POLICIES = {"isBasedOn": Policy(key=lambda work: spelled_alike(work["url"]), single=False, union=True)}
