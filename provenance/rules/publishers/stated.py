"""Where metadata name the publisher."""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenance.jsonld import types_of
from provenance.model import DataPlace, Match, NodePlace
from provenance.page import Element, Page
from provenance.rules.finders import values_at
from provenance.rules.publishers.hosts import labels_of
from provenance.rules.publishers.naming import HOST_LIKE, MAX_NAME, akin
from provenance.rules.words import words
from provenance.scripts import UNSPACED
from provenance.selectors import text_of_data

_ORGANISATIONS = frozenset({"Organization", "NewsMediaOrganization", "WebSite", "Corporation", "Blog", "Newspaper"})


def publisher_by_reference(page: Page) -> Iterator[Match]:
    """The name of the node that an article's `publisher` refers to by `@id`."""
    wanted = {
        node["publisher"]["@id"]
        for _, _, node in page.articles
        if isinstance(node.get("publisher"), dict) and isinstance(node["publisher"].get("@id"), str)
    }
    if wanted:
        for block in page.jsonld:
            for pointer, node in block.nodes:
                if node.get("@id") in wanted and "name" in node:
                    yield from values_at(block, pointer, node, ["name"])


def organisations(page: Page) -> Iterator[Match]:
    """Names of the site and its organisation in JSON-LD, when they stand at the top of a graph."""
    for block in page.jsonld:
        for pointer, node in block.nodes:
            if isinstance(node.get("name"), str) and pointer.count("/") <= 2 and types_of(node) & _ORGANISATIONS:
                text = text_of_data(node["name"])
                if text:
                    yield Match(text, "json-ld", DataPlace(block.element, f"{pointer}/name"))


def publisher_microdata(page: Page) -> Iterator[Match]:
    """`itemprop=name` inside `itemprop=publisher`, or the text of the latter."""
    for element in page.itemprops.get("publisher", ())[:3]:
        if element.tag == "meta":
            match = page.attribute(element, "content", "microdata")
        else:
            named = next((e for e in element.iter() if "name" in (e.get("itemprop") or "").split()), element)
            match = page.attribute(named, "content", "microdata") or page.match(named, source="microdata")
        if match and not _is_source(element):
            yield match


def _is_source(element: Element) -> bool:
    """True where the name links to what the story is taken from (schema.org `isBasedOn`): that is a source's name."""
    return any((inner.get("itemprop") or "").startswith("isBasedOn") for inner in element.iter("a", "link"))


def title_parts(page: Page) -> Iterator[Match]:
    """First and last part of the title, where they are short; or a host spelled out, or the name before it."""
    for element in page.tags.get("title", ())[:1]:
        text = page.text(element)
        ends = list(_ends(text, labels_of(page)))
        hosts = [end for end in ends if HOST_LIKE.fullmatch(text[slice(*end)].strip())]
        for start, end in list(_before(text, hosts)) or hosts or ends:
            if 1 < end - start <= MAX_NAME:
                yield Match(text[start:end], "meta", NodePlace(element), (start, end))
    if page.is_text:
        yield from _text_title_parts(page)


def _text_title_parts(page: Page) -> Iterator[Match]:
    """Savers and printers of text forms keep the window's title as title or first line, the site's name with it."""
    labels = labels_of(page)
    lines = (page.match(e) for e in page.tags.get("h1", ())[:1] or page.tags.get("p", ())[:1])
    for match in (*page.meta("front:title", "front:headline"), *lines):
        for start, end in _ends(match.text, labels) if match and len(match.text) <= _LINE else ():
            if match and 1 < end - start <= MAX_NAME and akin(match.text[start:end], labels):
                yield Match(match.text[start:end], match.source, match.place, (start, end))


_LINE = 320


def _before(text: str, hosts: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The part before a host that ends the title: `Headline_Section_Name_host.example`."""
    for start, end in hosts:
        if start > 0 and end == len(text):
            kept = text[:start].rstrip("".join(words("site_boundary")))
            yield from [(first, last) for first, last in _ends(kept) if first > 0]


def _ends(text: str, labels: frozenset[str] = frozenset()) -> Iterator[tuple[int, int]]:
    marks = words("site_boundary")
    last = max((text.rfind(mark) + len(mark) for mark in marks if mark in text), default=0)
    last = max([last, *(found.end() for found in _UNSPACED.finditer(text))])
    first = min((text.find(mark) for mark in marks if mark in text), default=0)
    mixed = next((found for found in _MIXED.finditer(text) if found.start("name") > last), None)
    if mixed and akin(mixed.group("name"), labels):
        last = mixed.start("name")
    if last:
        yield _branch(text, last) or (last, len(text))
    if first > 0:
        yield 0, first


def _branch(text: str, last: int) -> tuple[int, int] | None:
    """The part before the last where both begin alike: a branch of a house that readers know by a name of its own."""
    mark = next((m for m in words("site_boundary") if text.endswith(m, 0, last)), None)
    if mark is None or len(UNSPACED.findall(text[last : last + 2])) < 2:
        return None
    end = last - len(mark)
    start = text.rfind(mark, 0, end) + len(mark)
    alike = start >= len(mark) and end - start <= _BRANCH and text[start:end][:2] == text[last:][:2]
    return (start, end) if alike else None


_BRANCH = 10
_MIXED = re.compile("[-\u2013\u2014](?P<name>[A-Za-z][A-Za-z0-9]{1,11} ?[\u3400-\u9fff]{2,10})$")
"""Latin letters and others together at the end of a title: a site's name only where the address begins with them."""
_UNSPACED = re.compile(
    "(?<=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])[-\u2013\u2014]+(?=[0-9]{0,3}[\u3040-\u30ff\u3400-\u9fff])"
)
"""A dash between two letters of a script that joins no words by one parts the site from the headline."""
