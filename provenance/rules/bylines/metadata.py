"""Credits in a page's embedded data: JSON-LD, <meta>, microdata and RDFa.

Sources: schema.org 30.0 (`author`, `creator`, `contributor`, `editor`, `translator`, `sourceOrganization`, `provider`,
`copyrightHolder`); Open Graph `article:author`; Dublin Core `dc.creator`; Twitter card labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from provenance.addresses import same_site, tidy
from provenance.jsonld import Block, escape, types_of
from provenance.model import DataPlace, Detail, Match, Party
from provenance.page import Page
from provenance.rules.address import address_of
from provenance.rules.policy import folded
from provenance.rules.words import is_label
from provenance.selectors import text_of_data

_ROLES = {
    "author": "author",
    "creator": "author",
    "contributor": "contributor",
    "editor": "editor",
    "translator": "translator",
    "sourceOrganization": "source",
    "provider": "provider",
    "copyrightHolder": "holder",
}
_META = (
    "author",
    "authors",
    "article:author",
    "article:author:name",
    "article:author_name",
    "og:article:author",
    "og:author",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor",
    "byl",
    "byline",
    "sailthru.author",
    "parsely-author",
    "cxenseparse:author",
    "cxenseparse:author_name",
    "citation_author",
    "article_author",
    "article.author",
    "news_author",
    "mrf:authors",
    "vr:author",
    "lp:author",
    "creator",
    "writer",
    "reporter",
    "web_author",
    "dcsext.author",
    "articleauthor",
    "front:author",
    "front:authors",
    "front:byline",
    "front:creator",
)
_LIKE_AUTHOR = re.compile(
    r"(?!(?:book|theme|site|app|template|plugin|image|img|photo|video|quote|comment|copyright)[_.:-])"
    r"[a-z]{1,8}[_.:-](?:article[_.:-]?)?authors?(?:[_.:-]?names?)?"
)
"""Names of the site's own making: its short name and what is meant (`xy_authors`)."""
_CARD = "twitter:misc:"
_DEPTH = 4
_MOST = 40


@dataclass(frozen=True, slots=True, eq=False)
class Datum:
    """One name as embedded data state it: `role` as in the grammar (or `holder`), `typed` the type it claims to be.

    `about` is what stands beside the name, `details` where each part of it stands.
    """

    rule: str
    role: str
    match: Match
    typed: str = ""
    about: Party | None = None
    value: str | None = None
    details: tuple[Detail, ...] = ()


def jsonld_data(page: Page) -> Iterator[Datum]:
    """Names in the JSON-LD nodes that describe this article: those of the best node first."""
    first: str | None = None
    for count, (block, pointer, node) in enumerate(page.articles[:6]):
        headline = folded(text_of_data(node.get("headline") or node.get("name") or ""))
        if count and headline and first and headline != first:
            continue
        first = first or headline
        for name, role in _ROLES.items():
            if name in node:
                rule = "byline/jsonld-" + ("author" if name == "creator" else _kebab(name))
                rule += "" if count == 0 else "-again"
                yield from _names(page, block, f"{pointer}/{escape(name)}", node[name], rule, role, _DEPTH)


def _kebab(name: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name)


def _names(page: Page, block: Block, pointer: str, value: Any, rule: str, role: str, depth: int) -> Iterator[Datum]:
    if depth < 0:
        return
    if isinstance(value, list):
        for i, item in enumerate(value[:_MOST]):
            yield from _names(page, block, f"{pointer}/{i}", item, rule, role, depth - 1)
    elif isinstance(value, dict):
        yield from _object(page, block, pointer, value, rule, role, depth)
    else:
        text = text_of_data(value)
        if text:
            yield Datum(rule, role, Match(text, "json-ld", DataPlace(block.element, pointer)))


def _object(
    page: Page, block: Block, pointer: str, node: dict[str, Any], rule: str, role: str, depth: int
) -> Iterator[Datum]:
    key = next((k for k in ("name", "@list", "@set", "@value", "legalName", "alternateName") if node.get(k)), None)
    typed = next(iter(types_of(node)), "")
    about, details = _about(page, block, pointer, node, rule)
    if key:
        found = _names(page, block, f"{pointer}/{escape(key)}", node[key], rule, role, depth - 1)
        yield from (
            replace(d, typed=d.typed or typed, about=d.about or about, details=d.details or details) for d in found
        )
    elif isinstance(node.get("familyName"), str) and node["familyName"].strip():
        names = [m for k in _NAME_PARTS if (m := _text(block, pointer, node, k))]
        whole = " ".join(m.text for m in names)
        name = Detail("name", tuple(names), rule, ("join-names",))
        yield Datum(rule, role, names[-1], typed, about, whole, (name, *details))
    elif isinstance(node.get("@id"), str) and depth > 0:
        target = _referred(page, node["@id"])
        if target:
            yield from _object(page, *target, rule, role, depth - 1)
    elif isinstance(node.get("itemListElement"), list):
        for i, item in enumerate(node["itemListElement"][:_MOST]):
            inner = item.get("item", item) if isinstance(item, dict) else item
            path = f"{pointer}/itemListElement/{i}" + ("/item" if inner is not item else "")
            yield from _names(page, block, path, inner, rule, role, depth - 1)


_NAME_PARTS = ("givenName", "additionalName", "familyName")


def _about(page: Page, block: Block, pointer: str, node: dict[str, Any], rule: str) -> tuple[Party, tuple[Detail, ...]]:
    """Job and address of a person as stated beside the name, each with its place."""
    job, link = (_text(block, pointer, node, name) for name in ("jobTitle", "url"))
    url = page.address(link.text) if link else None
    details = [Detail("jobTitle", (job,), rule)] if job else []
    if link and url:
        details.append(Detail("url", (link,), rule, () if url == link.text else ("absolute-url",)))
    return Party("person", "", job_title=job.text if job else None, url=url), tuple(details)


def _text(block: Block, pointer: str, node: dict[str, Any], name: str) -> Match | None:
    """The text of a property, or of the first of its values."""
    value, path = node.get(name), f"{pointer}/{escape(name)}"
    if isinstance(value, list) and value:
        value, path = value[0], f"{path}/0"
    text = text_of_data(value) if isinstance(value, str) else ""
    return Match(text, "json-ld", DataPlace(block.element, path)) if text else None


def _referred(page: Page, identity: str) -> tuple[Block, str, dict[str, Any]] | None:
    """The node that an `@id` refers to: the one that says more than its own identity."""
    for block in page.jsonld:
        for pointer, node in block.nodes:
            if node.get("@id") == identity and (node.get("name") or node.get("familyName")):
                return block, pointer, node
    return None


def stated_data(page: Page) -> Iterator[Datum]:
    """Names that the container states beside the page."""
    for match in page.stated("author", "byline", "creator"):
        yield Datum("byline/stated-author", "author", match)


def datelines(page: Page) -> Iterator[Match]:
    """Datelines that the article's JSON-LD states."""
    for block, pointer, node in page.articles[:2]:
        text = text_of_data(node.get("dateline"))
        if text and not _NO_PLACE.search(text) and not is_label(text, "no_value"):
            yield Match(text, "json-ld", DataPlace(block.element, f"{pointer}/dateline"))


_NO_PLACE = re.compile(r"\d{4}|^\w{1,2}$|^https?:")
"""A moment, the code of a country, an address: what programs put where a place belongs."""


def meta_data(page: Page, labels: frozenset[str]) -> Iterator[Datum]:
    """Names in <meta> elements; `labels` are the words of a Twitter card that announce an author."""
    for name in _META:
        for match in page.meta(name):
            if match.place.element.get("itemprop") not in ("author", "creator"):  # type: ignore[union-attr]
                yield Datum("byline/meta-author", "author", match)
    for name in page.metas:
        card = name[len(_CARD) :].strip(" :") if name.startswith(_CARD) else ""
        if card in labels or (name not in _META and _LIKE_AUTHOR.fullmatch(name)):
            yield from (Datum("byline/meta-author", "author", match) for match in page.meta(name))
    for number in ("1", "2"):
        label = next(page.meta(f"twitter:label{number}"), None)
        if label and label.text.casefold().strip(" :") in labels:
            for match in page.meta(f"twitter:data{number}"):
                yield Datum("byline/meta-author", "author", match)


def profile_data(page: Page) -> Iterator[Datum]:
    """Names on links to the page of the site that <meta> gives in place of an author's name.

    Open Graph means `article:author` to hold the address of a profile.
    """
    told = {page.address(m.text) for name in ("article:author", "author") for m in page.meta(name) if "/" in m.text}
    own = {tidy(url) for url in told if url and same_site(url, address_of(page))}
    if not own:
        return
    for element, href in page.hrefs:
        url = page.address(href)
        if url and tidy(url) in own:
            text = page.text(element)
            match = page.match(element) if _LEAST <= len(text) <= _NAME_CHARS else None
            if match:
                yield Datum("byline/profile-link", "author", match)
                return


_LEAST, _NAME_CHARS = 4, 60


def microdata(page: Page) -> Iterator[Datum]:
    """Names that only <meta> elements of microdata state; those that a reader sees are lines of the page."""
    for prop in ("author", "creator"):
        for element in page.itemprops.get(prop, ()):
            if not _of_article(element):
                continue
            names = [element] if element.tag == "meta" else [e for e in element.iter("meta") if _is_name(e)]
            for name in names[:_MOST]:
                match = page.attribute(name, "content", "microdata")
                if match:
                    yield Datum("byline/microdata-author", "author", match)


def _is_name(element: Any) -> bool:
    return "name" in (element.get("itemprop") or "").split()


def _of_article(element: Any) -> bool:
    """True where the nearest item around the element is an article, or no item at all."""
    for parent in element.iterancestors():
        if parent.get("itemscope") is not None:
            kind = (parent.get("itemtype") or "").rstrip("/").rpartition("/")[2]
            return kind.endswith(("Article", "Posting")) or kind in ("CreativeWork", "WebPage", "")
    return True
