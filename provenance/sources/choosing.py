"""Which records of an archive are pages.

An archive of one article holds hundreds of records. A page is a successful answer of HTML that a browser asked for as a
document: not a picture, a frame, a script's answer, a redirect, an error, robots.txt or a challenge.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from provenance.sources.content import HTML_TYPES, PAGE_STATUS, TEXT_TYPES, Message, media_type_of
from provenance.sources.records import Frame, Headers, header
from provenance.sources.salvage import Hole, Piece
from provenance.sources.sniff import kind_of

MAYBE_HTML = HTML_TYPES | {"", "application/octet-stream", "unknown", "application/xml", "text/xml"}
PAGE_TYPES = frozenset({"response", "revisit", "resource"})
KEPT_TYPES = PAGE_TYPES | {"request", "metadata", "warcinfo"}
MEDIA = re.compile(r"(?:image|audio|video|font)/|text/css|(?:text|application)/(?:x-)?javascript", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a record is no page."""

    code: str
    message: str


def wanted(headers: Headers) -> bool:
    """True for records whose block is needed to tell whether they are pages."""
    kind = header(headers, "WARC-Type") or ""
    if kind not in KEPT_TYPES:
        return False
    if kind == "resource":
        return media_type_of(header(headers, "Content-Type") or "") in HTML_TYPES
    resource = header(headers, "WARC-Resource-Type")
    known = header(headers, "WARC-Identified-Payload-Type") or ""
    return not (kind == "response" and (MEDIA.match(known) or resource in ("image", "stylesheet", "font", "media")))


def with_roles(pieces: Iterator[Piece]) -> Iterator[tuple[Piece, str | None]]:
    """The pieces, each page candidate with what it was asked for (`document`, `iframe`, `image` …) where that is known.

    What is known stands in neighbours: the request's `Sec-Fetch-Dest` (W3C Fetch Metadata) before or after the
    response, or a crawler's note of how it came there. So each candidate waits for its neighbours.
    """
    held: Frame | None = None
    role: str | None = None
    before: tuple[str | None, str | None] = (None, None)
    for piece in pieces:
        kind = piece.header("WARC-Type") if isinstance(piece, Frame) else None
        if isinstance(piece, Frame) and kind in ("request", "metadata"):
            said = _asked_for(piece) if kind == "request" else _came_by(piece)
            if held and _belongs(piece, held):
                role = said if said and role in (None, "document") else role
            elif kind == "request":
                before = (piece.header("WARC-Target-URI"), said)
            continue
        if held:
            yield held, role
            held = None
        if isinstance(piece, Hole) or kind not in PAGE_TYPES:
            yield piece, None
            continue
        held, role = piece, piece.header("WARC-Resource-Type")
        role = before[1] if before[0] == piece.header("WARC-Target-URI") and before[1] else role
        before = (None, None)
    if held:
        yield held, role


def _belongs(piece: Frame, held: Frame) -> bool:
    identifiers = [value for name, value in piece.headers if name == "warc-concurrent-to"]
    if identifiers:
        return held.header("WARC-Record-ID") in identifiers
    return piece.header("WARC-Target-URI") == held.header("WARC-Target-URI")


def _asked_for(request: Frame) -> str | None:
    block = (request.block or b"")[: 64 * 1024]
    match = re.search(rb"^sec-fetch-dest:[ \t]*([a-z]+)", block, re.IGNORECASE | re.MULTILINE)
    if match:
        return match[1].decode().lower()
    return "script" if re.search(rb"^x-requested-with:[ \t]*xmlhttprequest", block, re.I | re.M) else None


def _came_by(metadata: Frame) -> str | None:
    """Heritrix notes the path from the seed: `E` is an embedded part, `X` a guess in a script, `L` a link."""
    match = re.search(rb"^hopsFromSeed:[ \t]*([A-Z]*)", metadata.block or b"", re.MULTILINE)
    return "embed" if match and match[1].rstrip(b"R")[-1:] in (b"E", b"X") else None


def refusal(url: str | None, message: Message, body: bytes, role: str | None) -> Refusal | None:
    """Why an answer is no page, or None where it is one."""
    declared = media_type_of(message.header("content-type"))
    if message.status not in PAGE_STATUS:
        return Refusal("record.status", f"the server answered {message.status}, not with a page")
    text = declared in TEXT_TYPES and role == "document"  # others are robots.txt, templates, data
    if declared not in MAYBE_HTML and not text:
        return Refusal("record.not-html", f"is {declared[:60]}, no page")
    if not body or body.isspace():
        return Refusal("record.empty", "has no content")
    if not text and kind_of(body[:2048]) != "html" and kind_of(body[: 64 * 1024]) != "html":
        return Refusal("record.not-html", "its content is no HTML")
    if urlsplit(url or "").path == "/robots.txt":
        return Refusal("record.robots", "is a robots.txt")
    if role not in (None, "document"):
        return Refusal("record.part", f"was loaded as a part of another page ({role})")
    if is_challenge(message.headers, body):
        return Refusal("record.challenge", "is the challenge of a protection service, not the page")
    return None


@lru_cache(maxsize=1)
def _challenges() -> Any:
    return json.loads((files("provenance.data") / "challenges.json").read_text("utf-8"))


def is_challenge(headers: Headers, body: bytes) -> bool:
    """True for a page that a protection service shows in place of the one asked for."""
    facts = _challenges()
    for name, value in facts["headers"].items():
        found = header(headers, name)
        if found is not None and value in found:
            return True
    if len(body) > facts["longest_page"]:
        return False
    text = body.lower()
    return any(mark.encode() in text for mark in facts["marks"])
