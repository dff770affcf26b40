"""The child that fetches: threads that visit addresses, in a process that may be killed."""

from __future__ import annotations

import pickle
import signal
import threading
from typing import NamedTuple

from provenance.batching.lines import Lines, lines_of_unreadable
from provenance.batching.pipe import Pipe
from provenance.model import Unreadable
from provenance.sources.guard import FetchOptions


class Fetched(NamedTuple):
    """Input `number` was visited: a pickled capture or the lines of a failure, and the WARC records to keep."""

    number: int
    capture: bytes
    failed: Lines | None
    kept: bytes


def fetch(connection: Pipe, options: FetchOptions, keep: str) -> None:
    """Visits the addresses that come in as `(number, url)`, until the connection is closed; `keep` names the WARC."""
    from provenance.sources.answers import capture_of
    from provenance.sources.crowd import Crowd
    from provenance.sources.exchange import Visit
    from provenance.sources.keeping import warc_members

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    sending = threading.Lock()

    def deliver(number: int, visit: Visit) -> None:
        item = capture_of(visit, keep)
        failed = lines_of_unreadable(item) if isinstance(item, Unreadable) else None
        capture = b"" if failed else pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
        fetched = Fetched(number, capture, failed, warc_members(visit) if keep else b"")
        with sending:
            connection.send_bytes(pickle.dumps([fetched], pickle.HIGHEST_PROTOCOL))

    crowd = Crowd(options, deliver)
    while True:
        try:
            number, url = pickle.loads(connection.recv_bytes())  # noqa: S301  the parent's own words
        except (EOFError, OSError):
            return
        crowd.put(number, url)
