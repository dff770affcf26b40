"""The language of a page: what it states of itself, checked against the script of its text."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.credits.authorities import publisher_of
from provenance.language import canonical_tag, is_spoken_in, may_be_in, spoken_in
from provenance.model import Candidate, Context, Match
from provenance.page import Page
from provenance.rules.finders import Reading, Rule, candidates, itemprop, jsonld, meta, stated
from provenance.rules.once import once_per_page
from provenance.rules.publishers.hosts import place_of_host


def html_lang(page: Page) -> Iterator[Match]:
    """The lang attribute of <html>, else of <body> or <article>."""
    for element in (page.root, *page.all("body", "article")):
        for name in ("lang", "xml:lang"):
            match = page.attribute(element, name)
            if match:
                yield match
                break


def known_language(page: Page) -> Iterator[Match]:
    """The language that the publisher table knows for the site: only a guess about this page."""
    host = place_of_host(page)
    known = publisher_of(host.text.lower()) if host else None
    if host and known and known.language:
        yield Match(host.text, "authority", host.place, host.span)


def read_text(page: Page) -> Iterator[Match]:
    """The first words of the story: what they are written in is only told by words that most texts hold."""
    for block in page.story.blocks[:1]:
        match = page.match(block.element, block.span, source="visible-text")
        if match:
            yield match


LANGUAGE = (
    Rule("language/stated", 0.85, stated("inLanguage")),
    Rule("language/html-lang", 0.8, html_lang),
    Rule("language/jsonld", 0.7, jsonld("inLanguage", "inLanguage.name", "inLanguage.alternateName")),
    Rule("language/front-matter", 0.7, meta("front:lang", "front:language")),
    Rule("language/microdata", 0.65, itemprop("inLanguage")),
    Rule("language/content-language", 0.6, meta("content-language", "language", "dc.language", "dcterms.language")),
    Rule("language/og-locale", 0.5, meta("og:locale")),
    Rule("language/text", 0.2, read_text),
    Rule("language/publisher", 0.1, known_language),
)


def _read_language(match: Match, page: Page, context: Context) -> Reading:
    if match.source == "visible-text":
        spoken = spoken_in(_sample(page))
        return Reading(spoken, ("small-words",), None if spoken else "the words of the text do not tell", inferred=True)
    if match.source == "authority":
        known = publisher_of(match.text.lower())
        tag = canonical_tag(known.language) if known else None
    else:
        tag = canonical_tag(match.text)
    if tag is None:
        return Reading(refused="is no language tag")
    if not may_be_in(_sample(page), tag):
        return Reading(refused="the text is in another script")
    if not is_spoken_in(_sample(page), tag):
        return Reading(refused="the text has the small words of another language")
    if match.source == "authority":
        return Reading(tag, (f"publishers:{match.text.lower()}",), inferred=True)
    return Reading(tag, () if tag == match.text else ("bcp47",))


@once_per_page
def _sample(page: Page) -> str:
    """Some hundred characters of the article, enough to tell its script and its commonest words."""
    return " ".join(block.text[:300] for block in page.story.blocks[:4])


@once_per_page
def languages_of(page: Page) -> tuple[Candidate, ...]:
    """All readings of the page's language."""
    return tuple(candidates("inLanguage", LANGUAGE, _read_language, page, Context()))


def language_of(page: Page) -> str | None:
    """The language of the page by the order of the table; None where nothing tells it."""
    usable = [c for c in languages_of(page) if c.refused is None]
    best = max(usable, key=lambda c: c.weight, default=None)
    return str(best.value) if best else None
