"""Exchanges kept as WARC 1.1 (ISO 28500:2017): warcinfo, then response and request of every hop, each a gzip member."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from provenance import __version__
from provenance.errors import OutputError
from provenance.model import Capture, Unreadable
from provenance.sources.answers import capture_of
from provenance.sources.crowd import fetch_many
from provenance.sources.exchange import Exchange, Visit
from provenance.sources.guard import FetchOptions
from provenance.writing import whole_file

CONFORMS_TO = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a capture run did: addresses that gave a page, and those that did not."""

    pages: int = 0
    failures: int = 0


def warcinfo_member(name: str, options: FetchOptions) -> bytes:
    """The record that opens a WARC file: who wrote it, and by which manners."""
    from warcio.warcwriter import WARCWriter

    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    facts = {
        "software": f"news-provenance/{__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": CONFORMS_TO,
        "robots": "ignore" if options.ignore_robots else "classic",
        "http-header-user-agent": options.user_agent,
    }
    writer.write_record(writer.create_warcinfo_record(name, facts))
    return out.getvalue()


def warc_members(visit: Visit) -> bytes:
    """The exchanges of one visit that were finished, redirects and error answers too."""
    from warcio.warcwriter import WARCWriter

    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    for exchange in visit.exchanges:
        facts = _facts(exchange)
        response = writer.create_warc_record(
            exchange.url,
            "response",
            payload=BytesIO(exchange.received),
            length=len(exchange.received),
            warc_headers_dict={**facts, "WARC-Record-ID": f"<{exchange.record_id}>"},
        )
        request = writer.create_warc_record(
            exchange.url, "request", payload=BytesIO(exchange.sent), length=len(exchange.sent), warc_headers_dict=facts
        )
        writer.write_request_response_pair(request, response)
    return out.getvalue()


def _facts(exchange: Exchange) -> dict[str, str]:
    facts = {"WARC-Date": exchange.moment, "WARC-IP-Address": exchange.peer, "WARC-Truncated": exchange.truncated}
    return {name: value for name, value in facts.items() if value}


def capture(
    urls: Iterable[str],
    path: Path,
    options: FetchOptions,
    tell: Callable[[Capture | Unreadable], None] = lambda item: None,
) -> Kept:
    """Fetches every address and writes the exchanges to `path`, whole or not at all; `tell` hears of each in order.

    Raises OutputError when the file cannot be written.
    """
    if path.exists() and not path.is_file():
        raise OutputError(f"{path} is no file", advice="Give the name of a file.")
    pages = failures = 0
    with whole_file(path) as out:
        out.write(warcinfo_member(path.name, options))
        for visit in fetch_many(urls, options):
            out.write(warc_members(visit))
            item = capture_of(visit, kept=True)
            pages, failures = pages + isinstance(item, Capture), failures + isinstance(item, Unreadable)
            tell(item)
    return Kept(pages, failures)
