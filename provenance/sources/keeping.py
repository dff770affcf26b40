"""Exchanges kept as WARC 1.1 (ISO 28500:2017): warcinfo, then response and request of every hop, each a gzip member."""

from __future__ import annotations

import shutil
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from enum import Enum, auto
from io import BytesIO
from pathlib import Path
from types import FrameType

from provenance import __version__
from provenance.errors import OptionError, OutputError
from provenance.model import Capture, Unreadable
from provenance.sources.answers import capture_of
from provenance.sources.crowd import fetch_many
from provenance.sources.exchange import Exchange, Visit
from provenance.sources.guard import FetchOptions
from provenance.writing import refuse_existing, refuse_foreign, whole_file

CONFORMS_TO = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


GZIP = b"\x1f\x8b"


class Existing(Enum):
    """What becomes of a file that has the name of the WARC already."""

    REFUSED = auto()
    REPLACED = auto()
    APPENDED_TO = auto()


@dataclass(frozen=True, slots=True)
class Kept:
    """What a capture run did: addresses that gave a page, and those that did not.

    `repeated` addresses had come before, and were fetched once. `written` is false where no server answered, so that
    there was nothing to write; `stopped_by` is the number of the signal that ended the run, or None.
    """

    pages: int = 0
    failures: int = 0
    repeated: int = 0
    written: bool = False
    stopped_by: int | None = None


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
        page = exchange is visit.exchanges[-1] and visit.problem is None
        response = writer.create_warc_record(
            exchange.url,
            "response",
            payload=BytesIO(exchange.received),
            length=len(exchange.received),
            warc_headers_dict={**facts, "WARC-Record-ID": f"<{exchange.record_id}>", **(_PAGE if page else {})},
        )
        request = writer.create_warc_record(
            exchange.url, "request", payload=BytesIO(exchange.sent), length=len(exchange.sent), warc_headers_dict=facts
        )
        writer.write_request_response_pair(request, response)
    return out.getvalue()


_PAGE = {"WARC-Resource-Type": "document"}
"""As browsers' crawlers note it: this record was asked for as a page, whatever its media type."""


def _facts(exchange: Exchange) -> dict[str, str]:
    facts = {"WARC-Date": exchange.moment, "WARC-IP-Address": exchange.peer, "WARC-Truncated": exchange.truncated}
    return {name: value for name, value in facts.items() if value}


def capture(
    urls: Iterable[str],
    path: Path,
    options: FetchOptions,
    tell: Callable[[Capture | Unreadable], None] = lambda item: None,
    existing: Existing = Existing.REFUSED,
) -> Kept:
    """Fetches every address once and writes the exchanges to `path`; `tell` hears of each in order.

    SIGINT and SIGTERM, or a list of addresses that breaks off, end the run at once: the visits that were written by
    then are the file. Where none was, `path` stays as it is. Raises OptionError for a file that is there already, and
    OutputError when it cannot be written.
    """
    before = _before(path, existing)
    kept, once = Kept(), _Once(urls)
    with suppress(_NothingError), _stoppable(fetch_many(once, options)) as visits, whole_file(path) as out:
        if before is not None:
            with open(before, "rb") as earlier:
                shutil.copyfileobj(earlier, out)
        out.write(warcinfo_member(path.name, options))
        for visit in visits:
            out.write(warc_members(visit))
            item = capture_of(visit, str(path))
            kept = Kept(
                kept.pages + isinstance(item, Capture),
                kept.failures + isinstance(item, Unreadable),
                written=kept.written or bool(visit.exchanges),
            )
            tell(item)
        if not kept.written:
            raise _NothingError
    if visits.problem is not None:
        raise visits.problem
    return replace(kept, repeated=once.repeated, stopped_by=visits.stopped_by)


class _Once:
    """Addresses without those that came before, which are counted. What stands behind `#` is no part of an address."""

    def __init__(self, urls: Iterable[str]) -> None:
        self._urls = urls
        self.repeated = 0

    def __iter__(self) -> Iterator[str]:
        seen: set[str] = set()
        for url in self._urls:
            page = url.partition("#")[0].strip()
            if page in seen:
                self.repeated += 1
            else:
                seen.add(page)
                yield url


def _before(path: Path, existing: Existing) -> Path | None:
    """The file to write behind. Raises OptionError or OutputError where `path` may not, or cannot, be written."""
    if path.exists() and not path.is_file():
        raise OutputError(f"{path} is no file", advice="Give the name of a file.")
    if existing is Existing.REFUSED:
        refuse_existing(path, "Give --append to write behind what it holds, or --force to replace it.")
    if existing is Existing.REPLACED:
        refuse_foreign(path, "kept")
    if existing is not Existing.APPENDED_TO or not path.exists():
        return None
    with open(path, "rb") as file:
        head = file.read(len(GZIP))
    if head not in (b"", GZIP):
        raise OptionError(f"{path} is no gzipped WARC, so that nothing can be appended.", advice="Name another file.")
    return path


class _NothingError(Exception):
    """No server answered: a file of the `warcinfo` record alone would be of no use."""


class _StoppedError(BaseException):
    """A signal came while a visit was awaited."""


class _Visits:
    """Visits until a signal comes. Only the waiting for one is broken off, so that what is written is written whole."""

    def __init__(self, visits: Iterator[Visit]) -> None:
        self._visits = visits
        self._waiting = False
        self.stopped_by: int | None = None
        self.problem: Exception | None = None

    def hear(self, number: int, frame: FrameType | None) -> None:
        """Handles a signal."""
        self.stopped_by = self.stopped_by or number
        waiting, self._waiting = self._waiting, False
        if waiting:
            raise _StoppedError

    def __iter__(self) -> Iterator[Visit]:
        while (visit := self._next()) is not None:
            yield visit

    def _next(self) -> Visit | None:
        try:
            self._waiting = True
            return None if self.stopped_by else next(self._visits, None)
        except _StoppedError:
            return None
        except Exception as problem:  # of the list of addresses: those before it are kept
            self.problem = problem
            return None
        finally:
            self._waiting = False


@contextmanager
def _stoppable(visits: Iterator[Visit]) -> Iterator[_Visits]:
    """The visits, which SIGINT and SIGTERM end as long as the block lasts; a signal that is ignored stays ignored."""
    stoppable = _Visits(visits)
    if threading.current_thread() is not threading.main_thread():
        yield stoppable
        return
    asked = [number for number in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, stoppable.hear) for number in asked}
    try:
        yield stoppable
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
