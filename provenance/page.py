"""A capture parsed once and then only read.

`Page` gives rules the same views of every form: elements in document order, class and id tokens, <meta>, <link>,
JSON-LD, microdata, and text. Markdown and plain text become a small tree too (`provenance.textpage`), whose elements
carry the lines they came from, so that one set of rules reads all forms.

Nothing here changes the tree after parsing; libraries that would get a copy of the part they need.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from lxml import etree

from provenance import charset
from provenance.jsonld import ARTICLE_TYPES, Block, read_block, types_of
from provenance.limits import LIMITS, Limits
from provenance.model import Capture, CapturePlace, Match, NodePlace, Note, Source, Span
from provenance.text import text_of

if TYPE_CHECKING:
    from provenance.story import Story

Element = Any
"""An lxml element. lxml's own class is not generic enough for strict typing."""

_DATA_URI = re.compile(
    rf"data:[a-zA-Z0-9.+/;=-]{{0,80}},[^\s\"'()<>]{{{LIMITS.data_uri_bytes},}}",
)
_CUT_NOTES = ("Excessive depth", "Buffer size limit", "xmlSAX2", "huge text node", "Maximum")
_TOKEN_ATTRIBUTES = frozenset(
    ("class", "id", "itemprop", "data-testid", "data-qa", "data-component", "data-type", "role"),
)
_OVERLAYS = frozenset({"wm-ipp-base", "wm-ipp-print", "donato", "_wb_frame_top_banner", "_wb_plain_banner"})
_OVERLAY_TAGS = frozenset({"singlefile-infobar", "single-file-infobar", "wb-banner"})


class Page:
    """One capture, parsed. Raises nothing on broken markup: what had to be cut or guessed is in `notes`."""

    def __init__(self, capture: Capture, limits: Limits = LIMITS) -> None:
        self.capture = capture
        self.limits = limits
        decoded = charset.decode(capture.body, capture.charset)
        self.source = decoded.text
        self.charset = decoded.charset
        self.root, notes = _tree(capture, decoded.text, limits)
        self.notes: tuple[Note, ...] = (*capture.notes, *decoded.notes, *notes)
        self.nodes: list[Element] = list(self.root.iter("*"))
        self._texts: dict[Element, str] = {}

    # -- structure

    @property
    def is_text(self) -> bool:
        """True for Markdown and plain text, whose elements carry `data-lines`."""
        return self.capture.media_type != "text/html"

    @cached_property
    def order(self) -> dict[Element, int]:
        """Position of each element in document order."""
        return {element: i for i, element in enumerate(self.nodes)}

    @cached_property
    def tags(self) -> dict[str, list[Element]]:
        """Elements by tag name, in document order."""
        found: dict[str, list[Element]] = defaultdict(list)
        for element in self.nodes:
            found[element.tag].append(element)
        return found

    @cached_property
    def body(self) -> Element:
        """The <body>, or the root where there is none."""
        bodies = self.tags.get("body")
        return bodies[0] if bodies else self.root

    @cached_property
    def tokens(self) -> dict[str, list[Element]]:
        """Elements by each lower-case token of class, id, itemprop and test ids: one walk serves every rule."""
        bearers: dict[str, list[Element]] = defaultdict(list)  # many elements share one value, which is cut once
        for element in self.nodes:
            for name, value in element.items():
                if name in _TOKEN_ATTRIBUTES and value:
                    bearers[value].append(element)
        found: dict[str, list[Element]] = defaultdict(list)
        shared = set()
        for value, elements in bearers.items():
            for token in value.lower().split():
                if token in found:
                    shared.add(token)
                found[token] += elements
        for token in shared:
            found[token].sort(key=self.order.__getitem__)
        return found

    def marked(self, pattern: re.Pattern[str]) -> list[Element]:
        """Elements with a class, id or itemprop token in which `pattern` is found, in document order."""
        found = {e: None for token, elements in self.tokens.items() if pattern.search(token) for e in elements}
        return sorted(found, key=self.order.__getitem__)

    def all(self, *names: str) -> Iterator[Element]:
        """Elements of these tags, tag by tag."""
        for name in names:
            yield from self.tags.get(name, ())

    @cached_property
    def story(self) -> Story:
        """Where the article stands in this page."""
        from provenance.story import read_story

        return read_story(self)

    # -- text

    def text(self, element: Element) -> str:
        """Text of an element as a reader sees it (see `provenance.text.text_of`), kept for repeated use."""
        known = self._texts.get(element)
        if known is None:
            known = self._texts[element] = text_of(element)
        return known

    def learn(self, element: Element, text: str) -> None:
        """Keep an element's text that was worked out elsewhere, exactly as `text` would give it."""
        self._texts.setdefault(element, text)

    def match(self, element: Element, span: Span | None = None, source: Source = "visible-text") -> Match | None:
        """The text of an element (or a span of it) as evidence; None when it is empty."""
        text = self.text(element)
        text = text if span is None else text[span[0] : span[1]]
        return Match(text, source, NodePlace(element), span) if text.strip() else None

    def attribute(self, element: Element, name: str, source: Source = "attribute") -> Match | None:
        """The value of an attribute, white space collapsed, as evidence; None when it is missing or empty."""
        value = " ".join((element.get(name) or "").split())
        return Match(value, source, NodePlace(element, name)) if value else None

    # -- embedded metadata

    @cached_property
    def metas(self) -> dict[str, list[Element]]:
        """<meta> elements with content by lower-case name, property, itemprop or http-equiv."""
        found: dict[str, list[Element]] = defaultdict(list)
        for element in self.tags.get("meta", ()):
            if element.get("content"):
                for key in ("property", "name", "itemprop", "http-equiv"):
                    name = element.get(key)
                    if name:
                        found[name.strip().lower()].append(element)
        return found

    def meta(self, *names: str) -> Iterator[Match]:
        """Contents of the <meta> elements of these names, name by name."""
        for name in names:
            for element in self.metas.get(name.lower(), ()):
                match = self.attribute(element, "content", "meta")
                if match:
                    yield match

    @cached_property
    def links(self) -> dict[str, list[Element]]:
        """<link> and <a> elements with a rel, by each lower-case rel."""
        found: dict[str, list[Element]] = defaultdict(list)
        for element in (*self.tags.get("link", ()), *self.tags.get("a", ())):
            for rel in (element.get("rel") or "").lower().split():
                found[rel].append(element)
        return found

    @cached_property
    def jsonld(self) -> tuple[Block, ...]:
        """JSON-LD scripts in document order, read with care."""
        blocks, total = [], 0
        for element in self.tags.get("script", ()):
            kind = (element.get("type") or "").lower()
            if "ld+json" in kind and element.text:
                total += len(element.text)
                if total > self.limits.json_total_bytes:
                    break
                blocks.append(read_block(element, element.text, self.limits))
        return tuple(blocks)

    @cached_property
    def articles(self) -> tuple[tuple[Block, str, dict[str, Any]], ...]:
        """JSON-LD nodes that describe the page's article, the best first: (block, pointer, node).

        A node counts when its type is an article's and it is not nested in another's list of parts or suggestions.
        Nodes whose address is this page's come first, then news types, then the order of the document.
        """
        found: list[tuple[tuple[int, int], int, tuple[Block, str, dict[str, Any]]]] = []
        for block in self.jsonld:
            for pointer, node in block.nodes:
                kinds = types_of(node)
                if kinds & ARTICLE_TYPES and not _NESTED.search(pointer):
                    found.append((_article_rank(kinds, node, self.capture.url), len(found), (block, pointer, node)))
        return tuple(item for _, _, item in sorted(found, key=lambda f: f[:2]))

    @cached_property
    def itemprops(self) -> dict[str, list[Element]]:
        """Elements by each microdata property name."""
        found: dict[str, list[Element]] = defaultdict(list)
        for element in self.nodes:
            for name in (element.get("itemprop") or "").split():
                found[name].append(element)
        return found

    # -- addresses

    @cached_property
    def base(self) -> str:
        """Address that relative links are resolved against; "" when nothing is known.

        The page's own <base>, then where it was captured, then what it calls its canonical address.
        """
        canonical = [e.get("href") for e in self.links.get("canonical", ()) if e.tag == "link"]
        own = [e.get("content") for e in self.metas.get("og:url", ())]
        bases = [e.get("href") for e in self.tags.get("base", ())[:1]] if "base" in self.tags else []
        for address in (*bases, self.capture.url, *canonical, *own):
            href = self.undo((address or "").strip())
            if href.startswith(("http://", "https://")):
                return href
        return ""

    def undo(self, href: str) -> str:
        """An address without a replay service's prefix."""
        if self.capture.replay or "/web/" in href:
            from provenance.sources.memento import original_url

            unwrapped = original_url(href)
            if unwrapped:
                return str(unwrapped[0])
        return href

    def address(self, href: str | None) -> str | None:
        """Absolute http(s) address of a link of this page, replay prefix undone, fragment kept; else None.

        What no URI may hold is percent-encoded (RFC 3987, section 3.1).
        """
        href = self.undo(" ".join((href or "").split()))
        if not href or len(href) > self.limits.url_chars:
            return None
        try:
            whole = href.startswith(("http://", "https://")) and "/." not in href and href[-1] not in "?#"
            absolute = href if whole else self.undo(urljoin(self.base, href))
            parts = urlsplit(absolute)
        except ValueError:
            return None
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            return None
        return absolute if _URI.fullmatch(absolute) else _encoded(parts)

    # -- facts from outside the page's bytes

    def stated(self, *names: str) -> Iterator[Match]:
        """Facts that the container states for these record properties (`Capture.stated`)."""
        for i, fact in enumerate(self.capture.stated):
            if fact.name in names and fact.value.strip():
                yield Match(" ".join(fact.value.split()), "sidecar-file", CapturePlace(f"stated/{i}"))


_URI = re.compile(r"[\w.~:/?#\[\]@!$&'()*+,;=%-]+", re.ASCII)


def _encoded(parts: SplitResult) -> str | None:
    try:
        host = parts.netloc.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    path, query, fragment = (quote(part, safe="/?:@!$&'()*+,;=~%-._") for part in parts[2:])
    return urlunsplit((parts.scheme, host, path, query, fragment))


_NESTED = re.compile(
    r"/(?:hasPart|itemListElement|mentions|isRelatedTo|relatedLink|citation|review|comment|video|associatedMedia|"
    r"subjectOf|isPartOf|liveBlogUpdate|potentialAction|mainContentOfPage|about)(?:/|$)"
)
_NEWS = frozenset({"NewsArticle", "ReportageNewsArticle", "OpinionNewsArticle", "AnalysisNewsArticle", "Article"})
_LAST = frozenset({"VideoObject", "Recipe", "Review", "SocialMediaPosting"})


def _article_rank(kinds: frozenset[str], node: dict[str, Any], url: str | None) -> tuple[int, int]:
    if kinds & _LAST and not kinds & (ARTICLE_TYPES - _LAST):
        return (3, 0)
    named = (node.get("url"), node.get("@id"), _id_of(node.get("mainEntityOfPage")))
    here = (url or "").rstrip("/")
    own = bool(here) and any(isinstance(n, str) and n.split("#")[0].rstrip("/") == here for n in named)
    bare = not (node.get("headline") or node.get("name"))
    return (2 if bare else 0 if own else 1, 0 if kinds & _NEWS else 1)


def _id_of(value: Any) -> Any:
    return (value.get("@id") or value.get("url")) if isinstance(value, dict) else value


def _tree(capture: Capture, text: str, limits: Limits) -> tuple[Element, list[Note]]:
    if capture.media_type != "text/html":
        from provenance.textpage import text_tree

        return text_tree(text, capture.media_type, limits), []
    notes: list[Note] = []
    if len(text) > limits.data_uri_bytes and "data:" in text:
        text = _DATA_URI.sub("data:,cut", text)
    text, crowded = _thinned(text, limits)
    if crowded:
        message = f"{crowded} tags with more than {limits.attributes_per_tag} attributes were read without them"
        notes.append(Note("limit.attributes_per_tag", message))
    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)
    root = None
    try:
        root = etree.fromstring(text.encode("utf-8", "replace").replace(b"\x00", b" "), parser)
    except etree.LxmlError as error:
        notes.append(Note("input.truncated", f"the parser gave up: {str(error)[:120]}"))
    if root is None:
        root = etree.fromstring("<html><body></body></html>", parser)
    cut = next((e.message for e in parser.error_log if any(mark in e.message for mark in _CUT_NOTES)), None)
    if cut:
        notes.append(Note("input.truncated", f"part of the page was cut while parsing: {cut[:120]}"))
    _clear_overlays(root, capture)
    return root, notes


_LONG_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,30})(\s[^<>]{2000,})>")
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")


def _thinned(text: str, limits: Limits) -> tuple[str, int]:
    """The text with the attributes of crowded tags taken out, since parsers compare each with all others."""
    crowded = 0

    def without(found: re.Match[str]) -> str:
        nonlocal crowded
        if len(_VALUE.sub("", found.group(2)).split()) <= limits.attributes_per_tag:
            return found.group(0)
        crowded += 1
        return f"<{found.group(1)}>"

    return _LONG_TAG.sub(without, text), crowded


def _clear_overlays(root: Element, capture: Capture) -> None:
    """Empty what a saver or a replay service laid over the page; emptied, not removed, so that every XPath stays."""
    for element in _overlays(root, capture):
        tail = element.tail
        element.clear()
        element.tail = tail


def _overlays(root: Element, capture: Capture) -> Iterable[Element]:
    kinds = {layer.kind for layer in capture.layers}
    if not kinds:
        return []
    return [
        e
        for e in root.iter()
        if isinstance(e.tag, str) and (e.tag in _OVERLAY_TAGS or (e.get("id") or "").lower() in _OVERLAYS)
    ]
