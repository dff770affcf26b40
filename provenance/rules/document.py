"""What the page says of the document as a whole: language, section, keywords, description, rights, access."""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenance.jsonld import types_of
from provenance.language import canonical_tag, primary
from provenance.limits import LIMITS
from provenance.model import Candidate, Context, Match, Party
from provenance.page import Page
from provenance.rules.finders import Interpreter, Reading, Rule, candidates, itemprop, jsonld, link, meta, stated
from provenance.rules.policy import Policy, folded, never_clash

_SUBTYPES = frozenset(
    {
        "ReportageNewsArticle",
        "OpinionNewsArticle",
        "AnalysisNewsArticle",
        "BackgroundNewsArticle",
        "ReviewNewsArticle",
        "AskPublicNewsArticle",
    }
)


def html_lang(page: Page) -> Iterator[Match]:
    """The lang attribute of <html>, else of <body> or <article>."""
    for element in (page.root, *page.all("body", "article")):
        for name in ("lang", "xml:lang"):
            match = page.attribute(element, name)
            if match:
                yield match


LANGUAGE = (
    Rule("language/html-lang", 0.8, html_lang),
    Rule("language/json-ld", 0.7, jsonld("inLanguage", "inLanguage.name", "inLanguage.alternateName")),
    Rule("language/content-language", 0.6, meta("content-language", "language", "dc.language", "dcterms.language")),
    Rule("language/og-locale", 0.5, meta("og:locale")),
    Rule("language/front-matter", 0.6, meta("front:lang", "front:language")),
    Rule("language/stated", 0.6, stated("inLanguage")),
)
DESCRIPTION = (
    Rule("description/json-ld", 0.7, jsonld("description")),
    Rule("description/og", 0.65, meta("og:description")),
    Rule("description/meta", 0.6, meta("description", "dc.description", "twitter:description")),
    Rule("description/microdata", 0.5, itemprop("description")),
    Rule("description/front-matter", 0.6, meta("front:description", "front:excerpt")),
)
SUBHEAD = (Rule("alternative-headline/json-ld", 0.7, jsonld("alternativeHeadline", "alternateName")),)
SECTION = (
    Rule("section/json-ld", 0.7, jsonld("articleSection")),
    Rule("section/meta", 0.65, meta("article:section", "section", "cxenseparse:section", "parsely-section")),
    Rule("section/microdata", 0.6, itemprop("articleSection")),
    Rule("section/stated", 0.6, stated("articleSection")),
)
KEYWORDS = (
    Rule("keywords/json-ld", 0.7, jsonld("keywords", "keywords.name")),
    Rule("keywords/news", 0.65, meta("news_keywords")),
    Rule("keywords/article-tag", 0.6, meta("article:tag")),
    Rule("keywords/meta", 0.55, meta("keywords", "parsely-tags")),
    Rule("keywords/microdata", 0.5, itemprop("keywords")),
    Rule("keywords/front-matter", 0.5, meta("front:tags", "front:keywords")),
)
NOTICE = (
    Rule("copyright/json-ld", 0.7, jsonld("copyrightNotice")),
    Rule("copyright/meta", 0.6, meta("copyright", "dc.rights", "dcterms.rights", "dcterms.rightsholder")),
)
LICENSE = (
    Rule("license/link", 0.8, link("license")),
    Rule("license/json-ld", 0.7, jsonld("license", "license.url", "license.@id")),
)
USAGE = (Rule("usage/json-ld", 0.7, jsonld("usageInfo", "usageInfo.url")),)
PRINCIPLES = (Rule("principles/json-ld", 0.7, jsonld("publishingPrinciples", "publisher.publishingPrinciples")),)
FREE = (Rule("access/json-ld", 0.7, jsonld("isAccessibleForFree")),)
HOLDER = (Rule("copyright-holder/json-ld", 0.7, jsonld("copyrightHolder.name", "copyrightHolder")),)
YEAR = (Rule("copyright-year/json-ld", 0.7, jsonld("copyrightYear")),)


def _read_language(match: Match, page: Page, context: Context) -> Reading:
    tag = canonical_tag(match.text)
    if tag is None:
        return Reading(refused="is no language tag")
    return Reading(tag, () if tag == match.text else ("bcp47",))


def _read_description(match: Match, page: Page, context: Context) -> Reading:
    text = re.sub(r"<[^<>]{1,200}>", " ", match.text) if "<" in match.text else match.text
    text = " ".join(text.split())
    if len(text) < 12:
        return Reading(refused="is too short for a description")
    if any(folded(text) == folded(name) for name in context.house.names):
        return Reading(refused="is the site's name")
    return Reading(text, () if text == match.text else ("strip-tags",))


def _read_line(match: Match, page: Page, context: Context) -> Reading:
    return Reading(match.text) if len(match.text) <= LIMITS.line_chars else Reading(refused="is too long")


def _read_name(match: Match, page: Page, context: Context) -> Reading:
    if len(match.text) > 100:
        return Reading(refused="is too long for a section or keyword")
    return Reading(match.text) if re.search(r"\w", match.text) else Reading(refused="has no word in it")


def _read_address(match: Match, page: Page, context: Context) -> Reading:
    url = page.address(match.text)
    return Reading(url, () if url == match.text else ("resolve",)) if url else Reading(refused="is no http(s) address")


_TRUE, _FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})


def _read_flag(match: Match, page: Page, context: Context) -> Reading:
    word = match.text.lower().rsplit("/", 1)[-1]
    if word in _TRUE or word in _FALSE:
        return Reading(word in _TRUE)
    return Reading(refused="is neither true nor false")


def _read_year(match: Match, page: Page, context: Context) -> Reading:
    found = re.fullmatch(r"(1[6-9]|20|21)\d\d", match.text)
    return Reading(int(match.text)) if found else Reading(refused="is no year")


def _read_holder(match: Match, page: Page, context: Context) -> Reading:
    if match.text.startswith(("http://", "https://")) or len(match.text) > LIMITS.name_chars:
        return Reading(refused="is no name")
    return Reading(Party("organization", match.text))


TABLES: tuple[tuple[str, tuple[Rule, ...], Interpreter], ...] = (
    ("inLanguage", LANGUAGE, _read_language),
    ("description", DESCRIPTION, _read_description),
    ("alternativeHeadline", SUBHEAD, _read_line),
    ("articleSection", SECTION, _read_name),
    ("copyrightNotice", NOTICE, _read_line),
    ("license", LICENSE, _read_address),
    ("usageInfo", USAGE, _read_address),
    ("publishingPrinciples", PRINCIPLES, _read_address),
    ("isAccessibleForFree", FREE, _read_flag),
    ("copyrightHolder", HOLDER, _read_holder),
    ("copyrightYear", YEAR, _read_year),
)

POLICIES: dict[str, Policy] = {
    "inLanguage": Policy(key=lambda tag: str(primary(str(tag)))),
    "description": Policy(clash=never_clash),
    "alternativeHeadline": Policy(clash=never_clash),
    "articleSection": Policy(single=False, clash=never_clash),
    "keywords": Policy(single=False, clash=never_clash),
    "copyrightNotice": Policy(clash=never_clash),
    "copyrightHolder": Policy(key=lambda party: folded(party.name), single=False, clash=never_clash),
}


def collect(page: Page, context: Context) -> Iterator[Candidate]:
    """Candidates of all fields of this module."""
    for field, rules, interpret in TABLES:
        yield from candidates(field, rules, interpret, page, context)
    yield from _keywords(page, context)


def _keywords(page: Page, context: Context) -> Iterator[Candidate]:
    """Keywords stand one in a value, or many with commas between them; each is evidence of its own."""
    for rule in KEYWORDS:
        for match in rule.find(page):
            for start, end in _pieces(match.text):
                part = Match(
                    match.text[start:end],
                    match.source,
                    match.place,
                    None if end - start == len(match.text) else (start, end),
                )
                reading = _read_name(part, page, context)
                yield Candidate("keywords", rule.id, part, reading.value, rule.weight, reading.steps, reading.refused)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    mark = next((m for m in (",", ";", "、", "，", "،") if m in text), None)
    at = 0
    for piece in text.split(mark) if mark else [text]:
        lead = len(piece) - len(piece.lstrip())
        if piece.strip():
            yield at + lead, at + lead + len(piece.strip())
        at += len(piece) + 1


def language_of(page: Page) -> str | None:
    """The language that the page declares, by the order of the table; None where it declares none."""
    found = (c.value for c in candidates("inLanguage", LANGUAGE, _read_language, page, Context()) if c.value)
    return next(found, None)


def type_of(page: Page) -> str:
    """`NewsArticle`, or its subtype where the page's own markup says so."""
    for _, _, node in page.articles:
        for kind in sorted(types_of(node) & _SUBTYPES):
            return kind
    return "NewsArticle"
