"""A capture parsed once and then only read.

`Page` gives rules the same views of every form: elements in document order, class and id tokens, <meta>, <link>,
JSON-LD, microdata, and text. Markdown and plain text become a small tree too (`provenance.textpage`), whose elements
carry the lines they came from, so that one set of rules reads all forms.

Nothing here changes the tree after parsing; libraries that would get a copy of the part they need.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from provenance import charset
from provenance.addresses import as_uri
from provenance.jsonld import Article, Block, articles_of, read_block
from provenance.limits import LIMITS, Limits
from provenance.model import Capture, CapturePlace, Match, NodePlace, Note, Source, Span
from provenance.page.index import Attributes, Names, Table, by_meta_name, by_property, by_rel, by_tag, read_attributes
from provenance.page.parsing import Element, parse
from provenance.text import text_of

if TYPE_CHECKING:
    from provenance.story import Story


class Page:
    """One capture, parsed. Raises nothing on broken markup: what had to be cut or guessed is in `notes`."""

    def __init__(self, capture: Capture, limits: Limits = LIMITS) -> None:
        self.capture = capture
        self.limits = limits
        decoded = charset.decode(capture.body, capture.charset)
        self.source = decoded.text
        self.charset = decoded.charset
        self.root, notes = parse(capture, decoded, limits)
        self.notes: tuple[Note, ...] = (*capture.notes, *decoded.notes, *notes)
        self.nodes: list[Element] = list(self.root.iter("*"))
        self.answers: dict[Callable[[Page], Any], Any] = {}
        self._texts: dict[Element, str] = {}
        self._paths: dict[Element, str] = {}
        self._ranks: dict[Element, tuple[int, int, int]] = {}
        self._addresses: dict[str, str | None] = {}

    def tell(self, note: Note) -> None:
        """Add a remark of a rule that met a limit."""
        if note not in self.notes:
            self.notes = (*self.notes, note)

    # -- structure

    @property
    def is_text(self) -> bool:
        """True for Markdown and plain text, whose elements carry `data-lines`."""
        return self.capture.media_type != "text/html"

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the source of a text."""
        return self.source.splitlines()

    @cached_property
    def numbered(self) -> Table:
        """Elements of a text by the lines they came from."""
        found: Table = {}
        for element in self.nodes:
            found.setdefault(element.get("data-lines") or "", []).append(element)
        return found

    @cached_property
    def order(self) -> dict[Element, int]:
        """Position of each element in document order."""
        return dict(zip(self.nodes, range(len(self.nodes)), strict=True))

    @cached_property
    def tags(self) -> Table:
        """Elements by tag name, in document order."""
        return by_tag(self.nodes)

    @cached_property
    def body(self) -> Element:
        """The <body>, or the root where there is none."""
        bodies = self.tags.get("body")
        return bodies[0] if bodies else self.root

    @cached_property
    def attributes(self) -> Attributes:
        """Elements by what their attributes say."""
        return read_attributes(self.nodes, self.order.__getitem__)

    @property
    def tokens(self) -> Names:
        """Elements by each lower-case token of class, id, itemprop and test ids, in document order."""
        return self.attributes.names

    @cached_property
    def itemprops(self) -> Table:
        """Elements by each microdata property name, in document order."""
        return by_property(self.attributes.said["itemprop"])

    def marked(self, pattern: re.Pattern[str]) -> list[Element]:
        """Elements with a class, id or itemprop token in which `pattern` is found, in document order."""
        found = {e: None for token in self.tokens if pattern.search(token) for e in self.tokens[token]}
        return sorted(found, key=self.order.__getitem__)

    def path(self, element: Element) -> str:
        """The absolute XPath of an element in the tree that lxml's HTML parser builds, kept for repeated use.

        It is what lxml's `getpath` gives, which counts the siblings anew for every element that is asked for. In broken
        markup a tag's name may be none in XPath: there every step is numbered, and such steps count all elements.
        """
        known = self._paths.get(element)
        if known is None:
            chain = [*reversed(list(element.iterancestors())), element]
            plain = self._well_named or all(_NAME.fullmatch(node.tag) for node in chain)
            known = self._paths[element] = "/" + "/".join(self._step(node, plain) for node in chain)
        return known

    def _step(self, node: Element, plain: bool) -> str:
        parent = node.getparent()
        if parent is None:
            return self._top if _NAME.fullmatch(node.tag) else "*"
        if node not in self._ranks:
            self._ranks.update(_ranks_in(parent))
        rank, alike, place = self._ranks[node]
        if plain:
            return f"{node.tag}[{rank}]" if alike > 1 else str(node.tag)
        return f"{node.tag}[{rank}]" if _NAME.fullmatch(node.tag) else f"*[{place}]"

    @cached_property
    def _top(self) -> str:
        """The root's step: in broken markup another root may follow it."""
        return str(self.root.getroottree().getpath(self.root)).removeprefix("/")

    @cached_property
    def _well_named(self) -> bool:
        """Whether the name of every tag is one in XPath too, as it is in all but broken markup."""
        return all(map(_NAME.fullmatch, self.tags))

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
    def metas(self) -> Table:
        """<meta> elements with content by lower-case name, property, itemprop or http-equiv."""
        return by_meta_name(self.tags.get("meta", ()))

    def meta(self, *names: str) -> Iterator[Match]:
        """Contents of the <meta> elements of these names, name by name."""
        for name in names:
            for element in self.metas.get(name.lower(), ()):
                match = self.attribute(element, "content", "meta")
                if match:
                    yield match

    @cached_property
    def links(self) -> Table:
        """<link> and <a> elements with a rel, by each lower-case rel."""
        return by_rel(self.attributes.said["rel"])

    @cached_property
    def hrefs(self) -> tuple[tuple[Element, str], ...]:
        """<a> elements that lead somewhere, each with its href."""
        return tuple((element, href) for element, href in self.attributes.said["href"] if href and element.tag == "a")

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
    def articles(self) -> tuple[Article, ...]:
        """JSON-LD nodes that describe the page's article, the best first (`provenance.jsonld.articles_of`)."""
        return articles_of(self.jsonld, self.capture.url)

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
            if href.startswith(("http://", "https://")) and len(href) <= self.limits.url_chars:
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
        href = href or ""
        if href not in self._addresses:  # images and teasers share their links
            self._addresses[href] = self._absolute(self.undo(" ".join(href.split())))
        return self._addresses[href]

    def _absolute(self, href: str) -> str | None:
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
        if len(absolute) > self.limits.url_chars:
            return None
        return as_uri(absolute, parts)

    # -- facts from outside the page's bytes

    def stated(self, *names: str) -> Iterator[Match]:
        """Facts that the container states for these record properties (`Capture.stated`)."""
        for i, fact in enumerate(self.capture.stated):
            if fact.name in names and fact.value.strip():
                yield Match(" ".join(fact.value.split()), "sidecar-file", CapturePlace(f"stated/{i}"))


_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def _ranks_in(parent: Element) -> Iterator[tuple[Element, tuple[int, int, int]]]:
    """Each child element with its number among those of its tag, how many these are, and its number among all."""
    children = list(parent.iterchildren("*"))
    alike = Counter(child.tag for child in children)
    seen: Counter[str] = Counter()
    for place, child in enumerate(children, 1):
        seen[child.tag] += 1
        yield child, (seen[child.tag], alike[child.tag], place)
