"""RSS and Atom files: items that carry the whole article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from provenance.errors import SourceError
from provenance.model import Capture, Layer, Stated, Unreadable
from provenance.sources.claims import web_address
from provenance.sources.inputs import Input
from provenance.sources.unwrapping import unwrapped

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
DC_DATE = "{http://purl.org/dc/elements/1.1/}date"
FULL_TEXT = 1_500
"""A description of this many characters is an article, not a teaser."""

FACTS = (
    ("title", "headline"),
    (CREATOR, "author"),
    ("author", "author"),
    ("author/name", "author"),
    ("pubDate", "datePublished"),
    ("published", "datePublished"),
    (DC_DATE, "datePublished"),
    ("updated", "dateModified"),
    ("category", "keywords"),
    ("rights", "copyrightNotice"),
)


def read_feed(source: Input) -> Iterator[Capture | Unreadable]:
    """One capture for each item with its full content; teasers are passed over with a reason."""
    root = parsed(source.all())
    items = [element for element in root.iter() if _name(element) in ("item", "entry")]
    if not items:
        raise SourceError("is a feed without items", code="input.no-page")
    for number, item in enumerate(items, 1):
        yield _capture(source, f"{source.locator}#{number}", item)


def parsed(raw: bytes) -> Any:
    """The XML tree; entities stay as they are, nothing is loaded. Raises SourceError."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=True)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError("is XML that cannot be read", code="input.damaged", advice="Save it again.") from error
    if root is None:
        raise SourceError("is XML that cannot be read", code="input.damaged", advice="Save it again.")
    return root


def _name(element: Any) -> str:
    tag = element.tag
    return re.sub(r"^\{[^}]*\}", "", tag) if isinstance(tag, str) else ""


def _children(item: Any, name: str) -> Iterator[Any]:
    """Children by a plain name in whatever namespace a feed uses, or by an exact one."""
    head, _, rest = name.partition("/") if "{" not in name else (name, "", "")
    for child in item:
        matches = child.tag == head if "{" in head else _name(child) == head
        if matches and rest:
            yield from _children(child, rest)
        elif matches:
            yield child


def _text(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _content(item: Any) -> str:
    for name in (CONTENT, "content"):
        for element in _children(item, name):
            if element.get("type") == "xhtml" and len(element):
                from lxml import etree

                return str(etree.tostring(element[0], encoding="unicode"))
            if text := _text(element):
                return text
    texts = [_text(element) for element in _children(item, "description")]
    return next((text for text in texts if len(text) >= FULL_TEXT and "<" in text), "")


def _link(item: Any) -> str | None:
    for element in _children(item, "link"):
        address = web_address(element.get("href") or _text(element))
        if address and element.get("rel", "alternate") == "alternate":
            return address
    ids = [element for name in ("guid", "id") for element in _children(item, name)]
    return next(
        (url for element in ids if element.get("isPermaLink") != "false" and (url := web_address(_text(element)))), None
    )


def _capture(source: Input, locator: str, item: Any) -> Capture | Unreadable:
    url, body = _link(item), _content(item)
    if not body:
        return Unreadable(
            locator, "item.no-content", f"is a teaser of {url or 'an article'}", "Fetch its address.", skipped=True
        )
    return unwrapped(
        Capture(
            locator,
            body.encode("utf-8", "replace"),
            charset="utf-8",
            url=url,
            layers=(*source.layers, Layer("feed-item", url)),
            stated=tuple(_stated(item)),
        )
    )


def _stated(item: Any) -> Iterator[Stated]:
    for name, field in FACTS:
        for element in _children(item, name):
            value = element.get("term") or _text(element)
            if value and not (name == "author" and len(element)):
                yield Stated(field, re.sub(r"\s+", " ", value), f"{_name(item)}/{re.sub(r'^{[^}]*}', '', name)}")
