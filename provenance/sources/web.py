"""Live addresses: one polite, bounded exchange after the other, with every redirect checked and kept.

Redirects are followed here, not by requests, so that each hop is checked, counted, timed and kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

from provenance.errors import FetchError, SourceError
from provenance.limits import LIMITS, Limits
from provenance.model import Capture, Unreadable
from provenance.sources import answers
from provenance.sources.content import PAGE_STATUS
from provenance.sources.exchange import Exchange, Visit, exchange_of, explained, some_body, whole_body
from provenance.sources.guard import HEAD_BYTES, Door, FetchOptions, Resolver
from provenance.sources.politeness import COME_BACK, Manners, RobotsAnswer, pause_before
from provenance.sources.wire import Wire

if TYPE_CHECKING:
    import requests

__all__ = ["FetchOptions", "Fetcher", "fetch_captures"]

REDIRECTS = frozenset({301, 302, 303, 307, 308})
ROBOTS_REDIRECTS = 5
"""RFC 9309 section 2.3.1.2."""
HEADERS = {
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


def fetch_captures(
    url: str, options: FetchOptions | None = None, *, limits: Limits = LIMITS
) -> Iterator[Capture | Unreadable]:
    """The page at `url`, or one Unreadable that says why it was not had. Never raises for what a server does."""
    fetcher = Fetcher(options or FetchOptions(limits=limits))
    try:
        yield answers.capture_of(fetcher.visit(url))
    finally:
        fetcher.close()


@dataclass(slots=True)
class _Walk:
    """The way to one page: what was exchanged so far, and how many seconds are left. Pauses for manners cost none."""

    seconds: float
    exchanges: list[Exchange] = field(default_factory=list)


class Fetcher:
    """Visits addresses one at a time. Several fetchers, each in its own thread, share one `Manners`."""

    def __init__(self, options: FetchOptions, manners: Manners | None = None, resolver: Resolver | None = None) -> None:
        self._options = options
        self._limits = options.limits
        self._manners = manners or Manners(options)
        self._door = Door(options, resolver)

    def close(self) -> None:
        """Lets go of all connections."""
        self._door.close()

    def visit(self, url: str) -> Visit:
        """Everything that happened on the way to the page at `url`."""
        walk = _Walk(self._limits.total_seconds)
        try:
            body = self._follow(urldefrag(url.strip()).url, walk)
        except SourceError as error:
            return Visit(url, tuple(walk.exchanges), problem=error)
        except ValueError as error:
            return Visit(url, problem=FetchError(f"is no valid address: {error}", code="fetch.url"))
        return Visit(url, tuple(walk.exchanges), body)

    def _follow(self, url: str, walk: _Walk) -> bytes:
        """Body of the page that `url` leads to. An archive's copy is asked for unchanged, else as it is given."""
        raw = answers.raw_memento(url)
        target = raw or url
        seen: set[str] = set()
        for _ in range(self._limits.redirects + 1):
            if target in seen:
                raise FetchError("is redirected in a circle", code="fetch.redirect", advice="Open it in a browser.")
            seen.add(target)
            exchange, body = self._answer(target, walk)
            if exchange.status in REDIRECTS and (place := exchange.header("location")):
                target = self._next(target, place)
            elif target == raw and exchange.header("memento-datetime") is None:
                raw, target = None, url
            else:
                answers.check(exchange, body)
                return body
        hops = f"is redirected more than {self._limits.redirects} times"
        raise FetchError(hops, code="fetch.redirect", advice="Give the address that it leads to.")

    def _next(self, target: str, place: str) -> str:
        """Address of the next hop. Raises FetchError when it may not be asked."""
        try:
            place = place.encode("latin-1", "replace").decode("utf-8", "replace").strip().replace(" ", "%20")
            following = urldefrag(urljoin(target, place)).url
            self._door.check(following)
        except FetchError as error:
            message = f"is redirected to {place[:200]!r}, which {error.message}"
            raise FetchError(message, code=error.code, advice=error.advice) from error
        except ValueError as error:
            raise FetchError(f"is redirected to {place[:200]!r}, no valid address", code="fetch.redirect") from error
        return answers.raw_memento(following) or following

    def _answer(self, url: str, walk: _Walk) -> tuple[Exchange, bytes]:
        """The answer to `url`, asked again when the server says so or the connection was lost."""
        self._door.check(url)
        self._manners.check_robots(url, self._robots)
        for attempt in range(self._options.retries):
            try:
                exchange, body = self._exchange(url, walk)
            except FetchError as error:
                if error.code != "fetch.connection":
                    raise
                self._manners.rest(url, pause_before(attempt, None))
                continue
            if exchange.status not in COME_BACK:
                break
            self._come_back(url, exchange, attempt)
        else:
            exchange, body = self._exchange(url, walk)
        walk.exchanges.append(exchange)
        return exchange, body

    def _come_back(self, url: str, exchange: Exchange, attempt: int) -> None:
        """Leaves the host alone as long as it asks for. Raises FetchError when that is too long to wait here."""
        seconds = pause_before(attempt, exchange.header("retry-after"))
        self._manners.rest(url, min(seconds, self._options.patience))
        if seconds > self._options.patience:
            message = f"answered {exchange.status} and asks to come back in {seconds:.0f} s"
            raise FetchError(message, code="fetch.status", advice="Run it again then.")

    def _robots(self, url: str) -> RobotsAnswer:
        walk = _Walk(self._limits.total_seconds)
        for _ in range(ROBOTS_REDIRECTS + 1):
            exchange, body = self._exchange(url, walk, robots=True)
            place = exchange.header("location")
            if exchange.status not in REDIRECTS or not place:
                text = body[: self._limits.robots_bytes].decode("utf-8", "replace")
                return RobotsAnswer(exchange.status, text)
            url = self._next(url, place)
        return RobotsAnswer(HTTPStatus.NOT_FOUND)

    def _exchange(self, url: str, walk: _Walk, robots: bool = False) -> tuple[Exchange, bytes]:
        """One request and its answer. Raises FetchError or LimitError when it cannot be finished."""
        with self._manners.turn(url):
            started = datetime.now(UTC)
            wire = Wire(walk.seconds, self._limits.http_bytes + HEAD_BYTES)
            with wire.timed(), explained(wire, self._limits):
                response = self._door.send(url, {**HEADERS, "User-Agent": self._options.user_agent}, wire)
                try:
                    body, truncated = self._read(response, robots)
                finally:
                    response.close()
        walk.seconds -= (datetime.now(UTC) - started).total_seconds()
        return exchange_of(url, response, wire, started, truncated), body

    def _read(self, response: requests.Response, robots: bool) -> tuple[bytes, str | None]:
        """The body, and a WARC-Truncated reason: a page's is read whole, of another answer the beginning."""
        if robots or response.status_code not in PAGE_STATUS:
            return some_body(response, decode=robots)
        if not answers.wanted(response.headers.get("Content-Type")):
            return b"", "unspecified"
        return whole_body(response, self._limits), None
