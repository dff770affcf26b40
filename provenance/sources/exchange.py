"""One request and its answer: as values, as bytes within limits, and as errors that say what went wrong."""

from __future__ import annotations

import socket
import ssl
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from provenance.errors import FetchError, LimitError, SourceError
from provenance.limits import Limits
from provenance.sources import content

if TYPE_CHECKING:
    import requests

    from provenance.sources.wire import Wire

UNLIKE_HTTP = "Open it in a browser."
SLOW = "The server is slow or hangs; try again later."
CHUNK = 64 * 1024
SIDE_BYTES = 1024 * 1024
"""How much is read of an answer that is no page: a redirect's or an error's text, a robots.txt."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, as they went over the wire.

    Header names are in lower case; `moment` is when the request was sent, UTC; `truncated` a WARC-Truncated reason, or
    None for a whole answer.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    sent: bytes = field(repr=False)
    received: bytes = field(repr=False)
    peer: str | None
    moment: str
    record_id: str
    truncated: str | None = None

    def header(self, name: str) -> str | None:
        """Value of the first header of that name, given in lower case."""
        return next((value for key, value in self.headers if key == name), None)


@dataclass(frozen=True, slots=True)
class Visit:
    """What became of one address: all exchanges in order, the decoded body of the last, or why there is none."""

    locator: str
    exchanges: tuple[Exchange, ...] = ()
    body: bytes = field(default=b"", repr=False)
    problem: SourceError | None = None


def exchange_of(
    url: str, response: requests.Response, wire: Wire, started: datetime, truncated: str | None
) -> Exchange:
    """The exchange that `wire` saw."""
    return Exchange(
        url=url,
        status=response.status_code,
        headers=tuple((name.lower(), value) for name, value in response.raw.headers.items()),
        sent=bytes(wire.sent),
        received=bytes(wire.received),
        peer=wire.peer,
        moment=started.strftime("%Y-%m-%dT%H:%M:%SZ"),
        record_id=f"urn:uuid:{uuid.uuid4()}",
        truncated=truncated,
    )


def whole_body(response: requests.Response, limits: Limits) -> bytes:
    """The decoded body. Raises LimitError when it is too large, packed too often, or unpacks beyond reason; FetchError
    when its coding is damaged or ends too early, as that of an answer does whose server gave up."""
    parts: list[bytes] = []
    size = 0
    for chunk in response.raw.stream(CHUNK, decode_content=False):
        parts.append(chunk)
        size += len(chunk)
        if size > limits.http_bytes:
            raise too_large(limits)
    stored = b"".join(parts)
    coding = (("content-encoding", response.headers.get("Content-Encoding", "")),)
    try:
        body, notes = content.decoded(
            content.Message(response.status_code, coding, stored), replace(limits, page_bytes=limits.http_bytes)
        )
    except LimitError as error:
        raise (too_large(limits) if error.code == "limit.bytes" else error) from error
    if any(note.code == "input.truncated" for note in notes):
        raise FetchError("its compressed answer ends too early", code="fetch.encoding", advice="Try again later.")
    if notes and body == stored:
        raise FetchError("its compressed answer is damaged", code="fetch.encoding", advice="Try again later.")
    return body


def some_body(response: requests.Response, decode: bool) -> tuple[bytes, str | None]:
    """The first `SIDE_BYTES` of the body, and `length` when there is more."""
    parts: list[bytes] = []
    size = 0
    for chunk in response.raw.stream(CHUNK, decode_content=decode):
        parts.append(chunk)
        size += len(chunk)
        if size > SIDE_BYTES:
            return b"".join(parts), "length"
    return b"".join(parts), None


def too_large(limits: Limits) -> LimitError:
    """The error for an answer beyond the size limit."""
    return LimitError(f"is larger than {limits.http_bytes // 1024} KiB, or never ends", code="limit.bytes")


@contextmanager
def explained(wire: Wire, limits: Limits) -> Iterator[None]:
    """Turns whatever requests, urllib3 and the sockets below raise into FetchError and LimitError."""
    from requests.exceptions import RequestException
    from urllib3.exceptions import HTTPError

    try:
        yield
    except (RequestException, HTTPError, OSError, ValueError) as error:
        if wire.flooded:
            raise too_large(limits) from error
        raise _explanation(error, wire) from error
    if wire.expired:
        raise _timeout(wire)


def _timeout(wire: Wire) -> FetchError:
    return FetchError(f"was not finished within {wire.seconds:.0f} s", code="fetch.timeout", advice=SLOW)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and everything that it wraps, outermost first."""
    seen: set[int] = set()
    queue: list[object] = [error]
    while queue:
        item = queue.pop(0)
        if isinstance(item, BaseException) and id(item) not in seen:
            seen.add(id(item))
            yield item
            queue += [item.__cause__, item.__context__, getattr(item, "reason", None), *item.args]


Kinds = tuple[type[BaseException], ...]


def _table() -> tuple[tuple[Kinds, str, str, str], ...]:
    """Errors, most telling first: classes, code, message, advice. urllib3 counts unknown hosts among its time-outs."""
    from requests import exceptions as above
    from urllib3 import exceptions as below

    invalid = (above.InvalidURL, above.InvalidSchema, below.LocationParseError, UnicodeError)
    return (
        ((socket.gaierror, below.NameResolutionError), "fetch.dns", "its host name is not known", "Check the address."),
        (
            (below.SSLError, ssl.SSLError),
            "fetch.tls",
            "its certificate or encryption is refused",
            "Open it in a browser.",
        ),
        ((below.NewConnectionError,), "fetch.connection", "no connection could be made", "Try again later."),
        ((TimeoutError, below.TimeoutError), "fetch.timeout", "did not answer in time", SLOW),
        ((below.DecodeError,), "fetch.encoding", "its compressed answer is damaged", "Try again later."),
        ((above.InvalidHeader, below.InvalidHeader), "fetch.answer", "its answer is no valid HTTP", UNLIKE_HTTP),
        (invalid, "fetch.url", "is no valid address", "Check the address."),
    )


def _explanation(error: BaseException, wire: Wire) -> FetchError:
    """The first line of the table that fits the error or one of its causes, else by how far the answer came."""
    if wire.expired:
        return _timeout(wire)
    causes = list(_causes(error))
    for kinds, code, message, advice in _table():
        if any(isinstance(cause, kinds) for cause in causes):
            return FetchError(message, code=code, advice=advice)
    if b"\r\n\r\n" in wire.received:
        return FetchError("its answer broke off", code="fetch.incomplete", advice="Try again later.")
    if wire.received:
        return FetchError("its answer is no valid HTTP", code="fetch.answer", advice=UNLIKE_HTTP)
    return FetchError("the server closed the connection", code="fetch.connection", advice="Try again later.")
