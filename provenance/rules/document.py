"""What the page says of the article as a document: its standfirst, section, keywords and kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenance.jsonld import types_of
from provenance.language import alike_key
from provenance.limits import LIMITS
from provenance.model import Candidate, Context, DataPlace, Match
from provenance.page import Page
from provenance.rules.finders import Interpreter, Reading, Rule, candidates, itemprop, jsonld, meta, stated
from provenance.rules.headline import headline_key, shown_headline
from provenance.rules.places import first_paragraph, headline_place
from provenance.rules.policy import Policy, folded, never_clash
from provenance.rules.tongue import languages_of
from provenance.rules.words import words
from provenance.selectors import text_of_data
from provenance.text import unescaped

_SUBTYPES = frozenset(
    "ReportageNewsArticle OpinionNewsArticle AnalysisNewsArticle BackgroundNewsArticle ReviewNewsArticle "
    "AskPublicNewsArticle".split()
)
_MOST_KEYWORDS = 60


# --- what the article is called and filed under --------------------------------------------------------------------


def standfirst(page: Page) -> Iterator[Match]:
    """The displayed standfirst: an element marked as one, between the headline and the text or at its beginning."""
    first, head = first_paragraph(page), headline_place(page)
    if first is None or head is None:
        return
    for token in words("standfirst_token"):
        for element in page.tokens.get(token, ())[:3]:
            if head - 5 <= page.order[element] <= first:
                match = page.match(element)
                if match and len(match.text) <= _STANDFIRST:
                    yield match


_STANDFIRST = 700

DESCRIPTION = (
    Rule("description/stated", 0.85, stated("description")),
    Rule("description/front-matter", 0.8, meta("front:description", "front:excerpt", "front:summary")),
    Rule("description/jsonld", 0.7, jsonld("description")),
    Rule("description/og", 0.65, meta("og:description")),
    Rule("description/meta", 0.6, meta("description", "dc.description", "twitter:description")),
    Rule("description/standfirst", 0.55, standfirst),
    Rule("description/microdata", 0.5, itemprop("description", "content")),
)
SUBHEAD = (
    Rule("alternative-headline/jsonld", 0.7, jsonld("alternativeHeadline", "alternateName")),
    Rule("alternative-headline/microdata", 0.6, itemprop("alternativeHeadline", "content")),
)


def breadcrumb(page: Page) -> Iterator[Match]:
    """The last step but the article's own of a JSON-LD path from the front page."""
    for block in page.jsonld:
        for pointer, node in block.nodes:
            steps = node.get("itemListElement")
            if isinstance(steps, list) and len(steps) > 2 and "BreadcrumbList" in types_of(node):
                yield from _step(block.element, f"{pointer}/itemListElement/{len(steps) - 2}", steps[-2])


def _step(element: object, pointer: str, step: object) -> Iterator[Match]:
    if isinstance(step, dict):
        item = step.get("item")
        named = (step.get("name"), f"{pointer}/name")
        if not named[0] and isinstance(item, dict):
            named = (item.get("name"), f"{pointer}/item/name")
        text = text_of_data(named[0])
        if text:
            yield Match(text, "json-ld", DataPlace(element, named[1]))


SECTION = (
    Rule("section/stated", 0.8, stated("articleSection")),
    Rule("section/front-matter", 0.75, meta("front:section", "front:category", "front:categories")),
    Rule("section/jsonld", 0.7, jsonld("articleSection")),
    Rule(
        "section/meta", 0.65, meta("article:section", "section", "cxenseparse:section", "parsely-section", "dc.subject")
    ),
    Rule("section/microdata", 0.6, itemprop("articleSection", "content")),
    Rule("section/breadcrumb", 0.4, breadcrumb),
)
KEYWORDS = (
    Rule("keywords/jsonld", 0.7, jsonld("keywords", "keywords.name")),
    Rule("keywords/news", 0.65, meta("news_keywords")),
    Rule("keywords/article-tag", 0.6, meta("article:tag", "og:article:tag")),
    Rule("keywords/meta", 0.55, meta("keywords", "parsely-tags")),
    Rule("keywords/microdata", 0.5, itemprop("keywords", "content")),
    Rule("keywords/front-matter", 0.5, meta("front:tags", "front:keywords")),
)


def _read_description(match: Match, page: Page, context: Context) -> Reading:
    text = unescaped(match.text)
    text = " ".join((re.sub(r"</?[a-zA-Z][^<>]{0,200}>", " ", text) if "<" in text else text).split())
    if len(text) < 12:
        return Reading(refused="is too short for a description")
    if any(folded(text) == folded(name) for name in context.house.names):
        return Reading(refused="is the site's name")
    if headline_key(text) == headline_key(shown_headline(page) or ""):
        return Reading(refused="is the headline again")
    if text.startswith(("http://", "https://")) and " " not in text:
        return Reading(refused="is an address")
    return Reading(text, () if text == match.text else ("strip-tags",))


def _read_subhead(match: Match, page: Page, context: Context) -> Reading:
    text = unescaped(match.text)
    if headline_key(text) == headline_key(shown_headline(page) or ""):
        return Reading(refused="is the headline again")
    if len(text) > LIMITS.line_chars or len(text) < 3:
        return Reading(refused="is no line of a headline")
    return Reading(text, () if text == match.text else ("html-entities",))


def _read_name(match: Match, page: Page, context: Context) -> Reading:
    text = unescaped(match.text)
    if len(text) > 100:
        return Reading(refused="is too long for a section or keyword")
    if not any(c.isalnum() for c in text) or text.startswith(("http://", "https://")):
        return Reading(refused="has no word in it")
    if text.casefold().strip(" .") in words("no_value"):
        return Reading(refused="a program's word for nothing")
    return Reading(text, () if text == match.text else ("html-entities",))


def _read_section(match: Match, page: Page, context: Context) -> Reading:
    if match.text.casefold() in words("no_section"):
        return Reading(refused="a placeholder, no section")
    if any(folded(match.text) == folded(name) for name in context.house.names):
        return Reading(refused="is the site's name")
    return _read_name(match, page, context)


TABLES: tuple[tuple[str, tuple[Rule, ...], Interpreter], ...] = (
    ("description", DESCRIPTION, _read_description),
    ("alternativeHeadline", SUBHEAD, _read_subhead),
    ("articleSection", SECTION, _read_section),
)

POLICIES: dict[str, Policy] = {
    "inLanguage": Policy(key=lambda tag: alike_key(str(tag)), support=0.1),
    "description": Policy(clash=never_clash, support=0.05),
    "alternativeHeadline": Policy(clash=never_clash),
    "articleSection": Policy(single=False, clash=never_clash),
    "keywords": Policy(single=False, clash=never_clash),
}


def collect(page: Page, context: Context) -> Iterator[Candidate]:
    """Candidates of all fields of this module."""
    yield from languages_of(page)
    for field, rules, interpret in TABLES:
        yield from candidates(field, rules, interpret, page, context)
    yield from _keywords(page, context)


def _keywords(page: Page, context: Context) -> Iterator[Candidate]:
    """Keywords stand one in a value, or many with commas between them; each is evidence of its own."""
    for rule in KEYWORDS:
        count = 0
        for match in rule.find(page):
            for start, end in _pieces(match.text):
                count += 1
                if count > _MOST_KEYWORDS:
                    break
                span = None if end - start == len(match.text) else (start, end)
                part = Match(match.text[start:end], match.source, match.place, span)
                reading = _read_name(part, page, context)
                yield Candidate("keywords", rule.id, part, reading.value, rule.weight, reading.steps, reading.refused)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    mark = next((m for m in (",", ";", "、", "，", "،", "|") if m in text), None)
    at = 0
    for piece in text.split(mark) if mark else [text]:
        lead = len(piece) - len(piece.lstrip())
        if piece.strip():
            yield at + lead, at + lead + len(piece.strip())
        at += len(piece) + 1


def type_of(page: Page) -> str:
    """`NewsArticle`, or its subtype where the page's own markup says so."""
    for _, _, node in page.articles[:2]:
        for kind in sorted(types_of(node) & _SUBTYPES):
            return kind
    for element in page.all("article"):
        for kind in (element.get("itemtype") or "").split():
            if kind.rsplit("/", 1)[-1] in _SUBTYPES:
                return kind.rsplit("/", 1)[-1]
    return "NewsArticle"
