"""Dates that metadata and the container state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from provenance.dates import read_machine
from provenance.jsonld import types_of
from provenance.model import Candidate, Context, Match
from provenance.page import Page
from provenance.printed_dates import find_dates
from provenance.rules.dating.seen import Seen
from provenance.rules.finders import Finder, Rule, itemprop, jsonld, meta, stated, values_at

_PUBLISHED_NAMES = (
    "datepublished article:published article.published article:published_date article:publish_time article:post_date "
    "pubdate publishdate publish-date publish_date pub_date publication_date publication-date published_time "
    "published-date date.published dc.date.published parsely-pub-date sailthru.date cxenseparse:recs:publishtime "
    "originalpublicationdate article_date_original rnews:datepublished citation_publication_date citation_date "
    "dc.date.issued dcterms.issued dc.date dcterms.date dc.date.created dcterms.created date creation_date "
    "date-creation-yyyymmdd article.created shareaholic:article_published_time bt:pubdate displaydate ptime "
    "prism.publicationdate eomportal-pubdate last-published release_date og:release_date vr:published_time "
    "iso-8601-publish-date date.available og:pubdate live:published_time og:article:publish_time"
).split()
"""Names under which CMSs and services put the date of publication into <meta>."""

_MODIFIED_NAMES = (
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
)
_OF_ARTICLES = ("article:published_time", "article:modified_time", "og:article:modified_time", "og:modified_time")


def of_the_page(name: str) -> Finder:
    """A property of JSON-LD nodes that describe the page as such."""

    def find(page: Page) -> Iterator[Match]:
        for block in page.jsonld:
            for pointer, node in block.nodes:
                if name in node and pointer.count("/") <= 2 and types_of(node) & _PAGE_TYPES:
                    yield from values_at(block, pointer, node, [name])

    return find


def named_like(pattern: str) -> Finder:
    """Contents of <meta> elements with a name of the site's own making that fits a pattern."""
    compiled, known = re.compile(pattern), frozenset((*_PUBLISHED_NAMES, *_MODIFIED_NAMES, *_OF_ARTICLES))

    def find(page: Page) -> Iterator[Match]:
        for name in page.metas:
            if name not in known and compiled.match(name):
                yield from page.meta(name)

    return find


_LIKE_PUBLISHED = (
    r"^(?!.*(?:modif|updat|publisher|expir)).*(?:publish|(?:^|[^a-z])a?pub(?:lication)?[-_:.]?(?:time|date|day)$)"
)
_LIKE_MODIFIED = r"^(?!.*(?:publish|secure)).*(?:modif|updat).*(?:date|time)$|^(?:date|time|last)[-_:.]?(?:modif|updat)"


def untyped(page: Page) -> Iterator[Match]:
    """`pubDate` in a JSON-LD node of no type with a title, as search engines without schema.org ask for it."""
    for block in page.jsonld:
        for pointer, node in block.nodes:
            if "pubDate" in node and isinstance(node.get("title"), str) and not pointer and not types_of(node):
                yield from values_at(block, pointer, node, ["pubDate"])


_PAGE_TYPES = frozenset(
    {"WebPage", "ItemPage", "FAQPage", "CollectionPage", "ClaimReview", "HowTo", "Course", "Webpage"}
)


PUBLISHED: tuple[Rule, ...] = (
    Rule("published/stated", 0.93, stated("datePublished")),
    Rule("published/front-matter", 0.90, meta("front:published", "front:date", "front:publish_date", "front:pubdate")),
    Rule("published/jsonld", 0.80, jsonld("datePublished")),
    Rule("published/meta", 0.78, meta("article:published_time", "og:article:published_time", "og:published_time")),
    Rule("published/microdata", 0.72, itemprop("datePublished", "datetime", "content", "title")),
    Rule(
        "published/meta-name",
        0.66,
        meta(*_PUBLISHED_NAMES),
    ),
    Rule("published/meta-like", 0.55, named_like(_LIKE_PUBLISHED)),
    Rule("published/jsonld-page", 0.62, of_the_page("datePublished")),
    Rule("published/jsonld-untyped", 0.42, untyped),
    Rule("published/jsonld-created", 0.40, jsonld("dateCreated", "uploadDate")),
)
MODIFIED: tuple[Rule, ...] = (
    Rule("modified/stated", 0.93, stated("dateModified")),
    Rule("modified/front-matter", 0.88, meta("front:modified", "front:updated", "front:last_modified")),
    Rule("modified/jsonld", 0.80, jsonld("dateModified")),
    Rule("modified/jsonld-page", 0.62, of_the_page("dateModified")),
    Rule("modified/meta", 0.78, meta("article:modified_time", "og:article:modified_time", "og:modified_time")),
    Rule("modified/microdata", 0.72, itemprop("dateModified", "datetime", "content", "title")),
    Rule(
        "modified/meta-name",
        0.60,
        meta(*_MODIFIED_NAMES),
    ),
    Rule("modified/meta-like", 0.50, named_like(_LIKE_MODIFIED)),
)


def read_stated(rules: Iterable[Rule], page: Page, context: Context, modified: bool) -> Iterator[Seen | Candidate]:
    """Dates by a table of rules; what is no date becomes a refused candidate."""
    field = "dateModified" if modified else "datePublished"
    for rule in rules:
        for match in rule.find(page):
            moment = read_machine(match.text)
            if moment is None:
                printed = next(iter(find_dates(match.text, context.language, context.country)), None)
                moment = printed.moment if printed else None
            if moment is None:
                yield Candidate(field, rule.id, match, None, rule.weight, refused="not a date")
            else:
                yield Seen(rule.id, rule.weight, match, moment, modified)
