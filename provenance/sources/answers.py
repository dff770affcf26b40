"""What an answer from the web becomes: a capture, with redirects and archive told apart, or a reason why not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus

from provenance.errors import FetchError
from provenance.model import Capture, Layer, Unreadable
from provenance.sources import content, memento
from provenance.sources.exchange import Exchange, Visit
from provenance.sources.inputs import HEAD_BYTES
from provenance.sources.sniff import NAMED, kind_of
from provenance.sources.unwrapping import unwrapped

WANTED = content.HTML_TYPES | content.TEXT_TYPES
"""Content types that can be a page. A missing or unspecific one is told by the bytes."""
UNSPECIFIC = frozenset({"", "application/octet-stream", "unknown/unknown", "application/unknown"})
PARSED_AS = {"html": "text/html", "markdown": "text/markdown", "text": "text/plain"}
LIKE_TEXT = frozenset({"xml", "table", "json"})
"""What XHTML and plain texts may look like."""

MEMENTO = re.compile(
    r"(?P<archive>https?://[^/?#]+/(?:[^?#]*?/)?)(?P<time>\d{4,14})(?P<mode>[a-z]{2}_)?/(?P<page>https?:/.+)", re.DOTALL
)
"""An archived copy's address as Wayback and pywb build it: the archive, a time, how to play it, the page."""
SAVE_ADVICE = "Download the file and give its path."


def raw_memento(url: str) -> str | None:
    """The address of the unchanged bytes (`id_`) of an archived copy; None for any other address."""
    match = MEMENTO.fullmatch(url)
    return f"{match['archive']}{match['time']}id_/{match['page']}" if match else None


def wanted(declared: str | None) -> bool:
    """Whether an answer with that Content-Type may be a page."""
    return content.media_type_of(declared or "") in WANTED | UNSPECIFIC


def check(exchange: Exchange, body: bytes) -> None:
    """Raises FetchError when the last answer is no page."""
    declared = content.media_type_of(exchange.header("content-type") or "")
    if exchange.status not in content.PAGE_STATUS:
        name = HTTPStatus(exchange.status).phrase if exchange.status in HTTPStatus._value2member_map_ else ""
        raise FetchError(
            f"answered {exchange.status} {name}".strip(), code="fetch.status", advice=_status_advice(exchange)
        )
    if not wanted(declared):
        raise FetchError(f"answered with {declared[:80]}, which is no page", code="fetch.type", advice=SAVE_ADVICE)
    kind = kind_of(body[:HEAD_BYTES])
    if kind == "empty":
        raise FetchError("answered with an empty page", code="fetch.empty", advice="Open it in a browser.")
    if kind not in PARSED_AS and not (declared in WANTED and kind in LIKE_TEXT):
        what = NAMED.get(kind, (f"a file of the kind {kind}", ""))[0]
        raise FetchError(f"answered with {what}, which is no page", code="fetch.type", advice=SAVE_ADVICE)


def _status_advice(exchange: Exchange) -> str:
    if exchange.status in (401, 402, 403, 451):
        return "Save the page in a browser and give the file."
    return "Look for an archived copy." if exchange.status in (404, 410) else "Try again later."


def capture_of(visit: Visit, kept_in: str = "") -> Capture | Unreadable:
    """The page of a visit. `kept_in` names the WARC that its exchanges are written to under their record ids."""
    if visit.problem is not None:
        return Unreadable(visit.locator, visit.problem.code, visit.problem.message, visit.problem.advice)
    last = visit.exchanges[-1]
    declared = last.header("content-type") or ""
    original, moment, _ = memento.facts_of(last.headers)
    page = unwrapped(
        Capture(
            locator=visit.locator,
            body=visit.body,
            media_type=parsed_as(content.media_type_of(declared), visit.body),
            charset=content.charset_of(declared),
            url=last.url,
            captured=last.moment,
            headers=content.harmless(last.headers),
            layers=tuple(_layers(visit, kept_in)),
        )
    )
    if isinstance(page, Unreadable) or moment is None:
        return page
    raw = raw_memento(last.url) == last.url
    return replace(
        page,
        url=original or page.url,
        archive_url=page.archive_url or last.url,
        captured=moment,
        replay=None if raw else page.replay,
    )


def parsed_as(declared: str, body: bytes) -> str:
    """The media type that a page is read as: what the server says, checked against the bytes where it says little."""
    if declared in ("text/markdown", "text/x-markdown"):
        return "text/markdown"
    kind = PARSED_AS.get(kind_of(body[:HEAD_BYTES]), "text/plain")
    if declared == "text/plain":
        return "text/plain" if kind == "text/html" else kind
    return kind if declared in UNSPECIFIC else "text/html"


def _layers(visit: Visit, kept_in: str) -> Iterator[Layer]:
    *hops, last = visit.exchanges
    for hop in hops:
        detail = (("status", str(hop.status)), ("location", (hop.header("location") or "")[:2083]))
        yield Layer("redirect", hop.url, hop.moment, "capture", detail)
    record = (("record-id", last.record_id), ("kept-in", kept_in)) if kept_in else ()
    yield Layer("http", last.url, last.moment, "capture", (("status", str(last.status)), *record))
