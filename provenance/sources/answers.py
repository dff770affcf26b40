"""What an answer from the web becomes: a capture, with redirects and archive told apart, or a reason why not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from provenance.errors import FetchError
from provenance.model import Capture, Layer, Unreadable
from provenance.sources.exchange import Exchange, Visit
from provenance.sources.inputs import HEAD_BYTES
from provenance.sources.sniff import NAMED, kind_of

WANTED = frozenset({"text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown"})
"""Content types that can be a page. A missing or unspecific one is told by the bytes."""
UNSPECIFIC = frozenset({"", "application/octet-stream", "unknown/unknown", "application/unknown"})
PARSED_AS = {"html": "text/html", "markdown": "text/markdown", "text": "text/plain"}
LIKE_TEXT = frozenset({"xml", "table", "json"})
"""What XHTML and plain texts may look like."""

HARMLESS = frozenset({"content-type", "content-language", "last-modified", "link", "memento-datetime", "date"})
"""Response headers that say something of the page and nothing of who asked for it."""

MEMENTO = re.compile(
    r"(?P<archive>https?://[^/?#]+/(?:[^?#]*?/)?)(?P<time>\d{4,14})(?P<mode>[a-z]{2}_)?/(?P<page>https?:/.+)", re.DOTALL
)
"""An archived copy's address as Wayback and pywb build it: the archive, a time, how to play it, the page."""
LINK = re.compile(r"<([^<>]*)>([^<]*)")
SAVE_ADVICE = "Download the file and give its path."


def raw_memento(url: str) -> str | None:
    """The address of the unchanged bytes (`id_`) of an archived copy; None for any other address."""
    match = MEMENTO.fullmatch(url)
    return f"{match['archive']}{match['time']}id_/{match['page']}" if match else None


def media_type(declared: str | None) -> str:
    """The type in a Content-Type header, lower case, without parameters."""
    return (declared or "").partition(";")[0].strip().lower()


def wanted(declared: str | None) -> bool:
    """Whether an answer with that Content-Type may be a page."""
    return media_type(declared) in WANTED | UNSPECIFIC


def check(exchange: Exchange, body: bytes) -> None:
    """Raises FetchError when the last answer is no page."""
    declared = media_type(exchange.header("content-type"))
    if exchange.status != HTTPStatus.OK:
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


def capture_of(visit: Visit, kept: bool = False) -> Capture | Unreadable:
    """The page of a visit. `kept` says that its exchanges are written to a WARC, so that their record ids are real."""
    if visit.problem is not None:
        return Unreadable(visit.locator, visit.problem.code, visit.problem.message, visit.problem.advice)
    last = visit.exchanges[-1]
    original, archive, moment = _addresses(last)
    declared = Message()
    declared["Content-Type"] = last.header("content-type") or ""
    return Capture(
        locator=visit.locator,
        body=visit.body,
        media_type=_parsed_as(media_type(last.header("content-type")), visit.body),
        charset=declared.get_content_charset(),
        url=original,
        archive_url=archive,
        captured=moment,
        headers=tuple((name, value) for name, value in last.headers if name.lower() in HARMLESS),
        layers=tuple(_layers(visit, kept)),
    )


def _parsed_as(declared: str, body: bytes) -> str:
    if declared in ("text/markdown", "text/x-markdown"):
        return "text/markdown"
    kind = PARSED_AS.get(kind_of(body[:HEAD_BYTES]), "text/plain")
    if declared == "text/plain":
        return "text/plain" if kind == "text/html" else kind
    return kind if declared in UNSPECIFIC else "text/html"


def _addresses(last: Exchange) -> tuple[str, str | None, str]:
    """Original address, archive's address, moment of capture (RFC 7089: Memento-Datetime, Link rel=original)."""
    memento = last.header("memento-datetime")
    moment = _utc(memento) if memento else None
    if moment is None:
        return last.url, None, last.moment
    match = MEMENTO.fullmatch(last.url)
    archive = f"{match['archive']}{match['time']}/{match['page']}" if match else last.url
    original = linked(last.header("link") or "", "original") or (match["page"] if match else last.url)
    return re.sub(r"^(https?:)/+", r"\1//", original), archive, moment


def linked(header: str, relation: str) -> str | None:
    """Target of the first link of that relation in a Link header (RFC 8288)."""
    for target, parameters in LINK.findall(header):
        relations = re.search(r"""\brel\s*=\s*["']?([^"';,]*)""", parameters)
        if relations and relation in relations[1].lower().split():
            return str(target)
    return None


def _utc(http_date: str) -> str | None:
    try:
        moment = parsedate_to_datetime(http_date)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _layers(visit: Visit, kept: bool) -> Iterator[Layer]:
    *hops, last = visit.exchanges
    for hop in hops:
        detail = (("status", str(hop.status)), ("location", (hop.header("location") or "")[:2083]))
        yield Layer("redirect", hop.url, hop.moment, "capture", detail)
    record = (("record-id", last.record_id),) if kept else ()
    yield Layer("http", last.url, last.moment, "capture", (("status", str(last.status)), *record))
