"""Where a value stands, as W3C Web Annotation selectors, and the replay that finds the same text again.

Elements and attributes are an `XPathSelector`; values in JSON-LD an `XPathSelector` refined by a `FragmentSelector`
whose value is an RFC 6901 pointer; text forms a `FragmentSelector` by RFC 5147 (`line=START,END`, counted from 0). A
part of a text is refined by a `TextQuoteSelector` and a `TextPositionSelector`. Facts from outside the page's bytes
are a `FragmentSelector` on the capture (`stated/0`, `layers/1/url`).

Source: W3C Recommendation "Web Annotation Data Model" (2017), section 4.2.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import Any

from lxml import etree

from provenance.jsonld import at_pointer
from provenance.model import CapturePlace, DataPlace, Match, NodePlace, Span
from provenance.page import Element, Page

POINTER = "http://tools.ietf.org/rfc/rfc6901"
LINES = "http://tools.ietf.org/rfc/rfc5147"
CAPTURE = "https://w3id.org/news-provenance/schema/1/capture"
_CONTEXT = 24
_WORD = re.compile(r"\S+")
_NODE = re.compile(r"^(/.*?)(?:/@([\w:.-]+))?$")

Selector = dict[str, Any]


class ReplayError(LookupError):
    """A selector leads nowhere, or to another text than it quotes."""


def selector(page: Page, match: Match, *, quote: bool = True) -> Selector:
    """The selector of a match. With `quote` false no words of the page are repeated, only their position."""
    place = match.place
    if isinstance(place, CapturePlace):
        outside: Selector = {"type": "FragmentSelector", "conformsTo": CAPTURE, "value": place.name}
        return {**outside, "refinedBy": _position(match.span)} if match.span else outside
    if isinstance(place, DataPlace):
        inner: Selector = {"type": "FragmentSelector", "conformsTo": POINTER, "value": place.pointer}
        if match.span:
            inner["refinedBy"] = _position(match.span)
        return {"type": "XPathSelector", "value": page.path(place.element), "refinedBy": inner}
    return _node_selector(page, match, place, quote)


def _node_selector(page: Page, match: Match, place: NodePlace, quote: bool) -> Selector:
    lines = _lines(page, place.element) if page.is_text else None
    if lines:
        outer: Selector = {"type": "FragmentSelector", "conformsTo": LINES, "value": f"line={lines[0]},{lines[1]}"}
        span = _in_source(page, lines, match.text)
        outer["refinedBy"] = [_quote(_source_lines(page, lines), span)] if quote else []
        outer["refinedBy"] += [_position(span)] if span else []
        if quote and not span:
            outer["refinedBy"] = [{"type": "TextQuoteSelector", "exact": match.text, "prefix": "", "suffix": ""}]
        return outer
    path = page.path(place.element)
    if place.attribute is None and not match.span:
        return {"type": "XPathSelector", "value": path}
    outer = {"type": "XPathSelector", "value": path if place.attribute is None else f"{path}/@{place.attribute}"}
    if match.span:
        text = page.text(place.element) if place.attribute is None else _attribute(place.element, place.attribute)
        outer["refinedBy"] = [*([_quote(text, match.span)] if quote else []), _position(match.span)]
    return outer


def _position(span: Span) -> Selector:
    return {"type": "TextPositionSelector", "start": span[0], "end": span[1]}


def _quote(text: str, span: Span | None) -> Selector:
    start, end = span or (0, 0)
    return {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - _CONTEXT) : start],
        "suffix": text[end : end + _CONTEXT],
    }


def _attribute(element: Element, name: str) -> str:
    return " ".join((element.get(name) or "").split())


def _lines(page: Page, element: Element) -> tuple[int, int] | None:
    while element is not None:
        value = element.get("data-lines")
        if value:
            start, end = value.split(",")
            return int(start), int(end)
        element = element.getparent()
    return None


def _source_lines(page: Page, lines: tuple[int, int]) -> str:
    return "\n".join(page.lines[lines[0] : lines[1]])


def _in_source(page: Page, lines: tuple[int, int], text: str) -> Span | None:
    """Where the words of `text` stand in the raw lines, white space apart; None where markup stands between them."""
    words = text.split()
    if not words or len(words) > 2000:
        return None
    source = _source_lines(page, lines)
    places = [found.start() for found in _WORD.finditer(source)]
    known = source.split()
    begins = [0, *accumulate(len(word) + 1 for word in known)]
    wanted = " ".join(words)
    at = " ".join(known).find(wanted)

    def in_source(offset: int) -> int:
        word = bisect_right(begins, offset) - 1
        return places[word] + offset - begins[word]

    return (in_source(at), in_source(at + len(wanted) - 1) + 1) if at >= 0 else None


def replay(page: Page, found: Selector) -> str:
    """The text that a selector leads to in this page. Raises `ReplayError` when it leads nowhere."""
    if found["type"] == "XPathSelector":
        return _replay_xpath(page, found)
    standard, value = found.get("conformsTo"), found["value"]
    if standard == CAPTURE:
        return _cut(_replay_capture(page, value), _refinements(found))
    if standard == LINES:
        return _replay_lines(page, value, _refinements(found))
    raise ReplayError(f"unknown selector standard {standard}")


def _replay_xpath(page: Page, found: Selector) -> str:
    parts = _NODE.match(found["value"])
    try:
        nodes = page.root.getroottree().xpath(parts.group(1)) if parts else []
    except (etree.XPathError, ValueError) as error:  # ValueError: signs that XML cannot hold
        raise ReplayError(f"not an XPath: {found['value'][:80]}") from error
    if not nodes:
        raise ReplayError(f"nothing at {found['value'][:120]}")
    refinements = _refinements(found)
    inner = next((r for r in refinements if r["type"] == "FragmentSelector"), None)
    if inner is not None:
        text = _json_text(page, nodes[0], inner["value"])
        return _cut(text, _refinements(inner))
    attribute = parts.group(2) if parts else None
    text = _attribute(nodes[0], attribute) if attribute else page.text(nodes[0])
    return _cut(text, refinements)


def _refinements(found: Selector) -> list[Selector]:
    inner = found.get("refinedBy", [])
    return inner if isinstance(inner, list) else [inner]


def _cut(text: str, refinements: list[Selector]) -> str:
    for refinement in refinements:
        if refinement["type"] == "TextPositionSelector":
            text_cut = text[refinement["start"] : refinement["end"]]
            quoted = next((r["exact"] for r in refinements if r["type"] == "TextQuoteSelector"), text_cut)
            if quoted != text_cut:
                raise ReplayError(f"another text stands there: {text_cut[:60]!r}")
            return text_cut
    return text


def _json_text(page: Page, element: Element, pointer: str) -> str:
    for block in page.jsonld:
        if block.element is element:
            try:
                return text_of_data(at_pointer(block.data, pointer))
            except LookupError as error:
                raise ReplayError(f"nothing at {pointer}") from error
    raise ReplayError("no JSON-LD there")


def text_of_data(value: Any) -> str:
    """A JSON value as text: strings with white space collapsed, numbers and booleans as JSON writes them."""
    if isinstance(value, str):
        return " ".join(value.split())
    return (
        ""
        if value is None or isinstance(value, (dict, list))
        else str(value).lower()
        if value in (True, False)
        else str(value)
    )


def _replay_capture(page: Page, name: str) -> str:
    head, _, rest = name.partition("/")
    capture = page.capture
    try:
        if head == "stated":
            return " ".join(capture.stated[int(rest)].value.split())
        if head == "layers":
            index, _, attribute = rest.partition("/")
            return str(getattr(capture.layers[int(index)], attribute) or "")
        if head == "headers":
            return next(value for key, value in capture.headers if key.lower() == rest.lower())
        return str(getattr(capture, name) or "")
    except (IndexError, ValueError, StopIteration, AttributeError) as error:
        raise ReplayError(f"no {name} in the capture") from error


def _replay_lines(page: Page, value: str, refinements: list[Selector]) -> str:
    numbers = re.fullmatch(r"line=(\d+),(\d+)", value)
    if not numbers:
        raise ReplayError(f"not a line range: {value[:40]}")
    lines = (int(numbers.group(1)), int(numbers.group(2)))
    if any(r["type"] == "TextPositionSelector" for r in refinements):
        return " ".join(_cut(_source_lines(page, lines), refinements).split())
    quoted = next((r["exact"] for r in refinements if r["type"] == "TextQuoteSelector"), "")
    rendered = map(page.text, page.numbered.get(f"{lines[0]},{lines[1]}", ()))
    if any(quoted in text for text in rendered):
        return str(quoted)
    raise ReplayError(f"the quoted text does not stand in lines {lines[0]} to {lines[1]}")
