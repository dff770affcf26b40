"""The bytes of a capture as a tree, within the limits that hostile and broken pages meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from provenance.charset import Decoded
from provenance.limits import LIMITS, Limits
from provenance.model import Capture, Note

Element = Any
"""An lxml element. lxml's own class is not generic enough for strict typing."""

_DATA_URI = re.compile(
    rf"data:[a-zA-Z0-9.+/;=-]{{0,80}},[^\s\"'()<>]{{{LIMITS.data_uri_bytes},}}",
)
_CUT_NOTES = ("Excessive depth", "Buffer size limit", "xmlSAX2", "huge text node", "Maximum")
_OVERLAYS = frozenset({"wm-ipp-base", "wm-ipp-print", "donato", "_wb_frame_top_banner", "_wb_plain_banner"})
_OVERLAY_TAGS = frozenset({"singlefile-infobar", "single-file-infobar", "wb-banner"})


def parse(capture: Capture, decoded: Decoded, limits: Limits) -> tuple[Element, list[Note]]:
    """The root of a capture's tree, and what had to be cut. Raises nothing: a page that no parser reads is empty."""
    text = decoded.text
    if capture.media_type != "text/html":
        from provenance.textpage import text_tree

        return text_tree(text, capture.media_type, limits)
    notes: list[Note] = []
    if len(text) > limits.data_uri_bytes and _has_long_data(text):
        text = _DATA_URI.sub("data:,cut", text)
    text, crowded = _thinned(text, limits)
    if crowded:
        message = f"{crowded} tags with more than {limits.attributes_per_tag} attributes were read without them"
        notes.append(Note("limit.attributes_per_tag", message))
    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)
    whole = decoded.exact and text is decoded.text
    data = capture.body if whole else text.encode("utf-8", "replace")
    root = None
    try:
        root = etree.fromstring(data.replace(b"\x00", b" "), parser)
    except etree.LxmlError as error:
        notes.append(Note("input.truncated", f"the parser gave up: {str(error)[:120]}"))
    if root is None:
        root = etree.fromstring("<html><body></body></html>", parser)
    cut = next((e.message for e in parser.error_log if any(mark in e.message for mark in _CUT_NOTES)), None)
    if cut:
        notes.append(Note("input.truncated", f"part of the page was cut while parsing: {cut[:120]}"))
    _clear_overlays(root, capture)
    return root, notes


def _has_long_data(text: str) -> bool:
    """Whether any data URI is to be cut. It holds no quotation mark, so most of the text is leapt over: behind the last
    such mark of each stretch that is as long as the shortest URI to be cut.
    """
    at, least = 0, LIMITS.data_uri_bytes
    while at + least < len(text):
        last = text.rfind('"', at, at + least)
        if last >= 0:
            at = last + 1
            continue
        end = text.find('"', at + least)
        end = end if end >= 0 else len(text)
        if _DATA_URI.search(text, at, end):
            return True
        at = end + 1
    return False


_LONG = 2000
_LONG_TAG = re.compile(rf"<([a-zA-Z][a-zA-Z0-9]{{0,30}})(\s[^<>]{{{_LONG},}})>")
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")


def _thinned(text: str, limits: Limits) -> tuple[str, int]:
    """The text with the attributes of crowded tags taken out, since parsers compare each with all others."""
    parts: list[str] = []
    done = 0
    for tag in _long_tags(text):
        if len(_VALUE.sub("", tag.group(2)).split()) > limits.attributes_per_tag:
            parts += (text[done : tag.start()], f"<{tag.group(1)}>")
            done = tag.end()
    return ("".join((*parts, text[done:])) if parts else text), len(parts) // 2


def _long_tags(text: str) -> Iterator[re.Match[str]]:
    """Tags with very long attributes. Most of the text is leapt over: behind the last bracket of each long stretch."""
    at = 0
    while at + _LONG < len(text):
        end = at + _LONG
        last = text.rfind("<", at, end)
        if last < 0:
            last = text.rfind(">", at, end)
        if last >= 0:
            at = last + 1
            continue
        tag = _LONG_TAG.match(text, at - 1) if at else None
        if tag:
            yield tag
        at = end


def _clear_overlays(root: Element, capture: Capture) -> None:
    """Empty what a saver or a replay service laid over the page; emptied, not removed, so that every XPath stays."""
    for element in _overlays(root, capture):
        tail = element.tail
        element.clear()
        element.tail = tail


def _overlays(root: Element, capture: Capture) -> Iterable[Element]:
    if not capture.layers:
        return []
    return [
        e
        for e in root.iter()
        if isinstance(e.tag, str) and (e.tag in _OVERLAY_TAGS or (e.get("id") or "").lower() in _OVERLAYS)
    ]
