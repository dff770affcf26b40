"""Manners towards servers: one request at a time and a pause per host, robots.txt, and when to come back.

Rules: RFC 9309 (Robots Exclusion Protocol), RFC 9110 section 10.2.3 (Retry-After).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from provenance.errors import FetchError
from provenance.sources.guard import FetchOptions

if TYPE_CHECKING:
    from protego import Protego

ROBOTS_SECONDS = 24 * 3600.0
"""How long a robots.txt is believed (RFC 9309 section 2.4)."""
LONGEST_CRAWL_DELAY = 600.0
BACK_OFF = (1.0, 4.0, 16.0, 60.0)
"""Pauses in seconds before the first, second … further try, when the server names none."""
COME_BACK = frozenset({429, 502, 503, 504})
"""Statuses that ask for another try later."""
ROBOTS_ADVICE = "Ask the publisher, or give --ignore-robots if you have the right to fetch it."

Rules = Callable[[str], "RobotsAnswer"]


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """What came back for a robots.txt: HTTP status and text."""

    status: int
    text: str = ""


@dataclass(slots=True)
class _Host:
    """One host: who is talking to it, when the next request may begin, and the pause its robots.txt asks for."""

    talking: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class _Robots:
    """What a robots.txt says, and until when that is believed."""

    until: float
    status: int
    rules: Protego | None


class Manners:
    """Shared by all threads that fetch. `ask_robots` fetches a robots.txt by its address."""

    def __init__(
        self,
        options: FetchOptions,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._options = options
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._robots: dict[str, _Robots] = {}
        self._lock = threading.Lock()

    def _host(self, url: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host_of(url), _Host())

    @contextmanager
    def turn(self, url: str) -> Iterator[None]:
        """Waits until the host of `url` may be asked again, and keeps others from asking it meanwhile."""
        host = self._host(url)
        with host.talking:
            self._sleep(max(0.0, host.free_at - self._clock()))
            began = self._clock()
            try:
                yield
            finally:
                host.free_at = max(host.free_at, began + max(host.delay, self._options.delay))

    def wait_for(self, url: str) -> float:
        """Seconds until the host of `url` may be asked again."""
        return max(0.0, self._host(url).free_at - self._clock())

    def rest(self, url: str, seconds: float) -> None:
        """Leaves the host of `url` alone for a while, whoever wants to ask it."""
        host = self._host(url)
        host.free_at = max(host.free_at, self._clock() + seconds)

    def check_robots(self, url: str, ask: Rules) -> None:
        """Raises FetchError when robots.txt forbids `url`. `ask` fetches it where it is not known yet."""
        if self._options.ignore_robots:
            return
        robots = self._robots.get(origin_of(url))
        if robots is None or robots.until <= self._clock():
            robots = self._robots[origin_of(url)] = self._learn(url, ask)
        if robots.status >= 500:
            raise FetchError(
                f"was not fetched: the server's robots.txt answers {robots.status}, which forbids everything",
                code="fetch.robots",
                advice="Try again later. " + ROBOTS_ADVICE,
            )
        if robots.rules is not None and not robots.rules.can_fetch(url, self._options.user_agent):
            raise FetchError("was not fetched: robots.txt forbids it", code="fetch.robots", advice=ROBOTS_ADVICE)

    def _learn(self, url: str, ask: Rules) -> _Robots:
        from protego import Protego

        answer = ask(origin_of(url) + "/robots.txt")
        rules = Protego.parse(answer.text) if 200 <= answer.status < 300 else None
        self._host(url).delay = self._pause_asked(rules)
        return _Robots(self._clock() + (ROBOTS_SECONDS if answer.status < 500 else 60.0), answer.status, rules)

    def _pause_asked(self, robots: Protego | None) -> float:
        if robots is None:
            return 0.0
        delay = robots.crawl_delay(self._options.user_agent)
        rate = robots.request_rate(self._options.user_agent)
        asked = max(delay or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0)
        return min(asked, LONGEST_CRAWL_DELAY)


def origin_of(url: str) -> str:
    """Scheme, host and port: what a robots.txt holds for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower()


def host_of(url: str) -> str:
    """The host alone: one machine answers both http and https."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def pause_before(attempt: int, retry_after: str | None) -> float:
    """Seconds to wait before try number `attempt` (0 is the first further one), by Retry-After or by our own steps."""
    asked = _seconds_of(retry_after) if retry_after else None
    return BACK_OFF[min(attempt, len(BACK_OFF) - 1)] if asked is None else asked


def _seconds_of(retry_after: str) -> float | None:
    """Retry-After is a number of seconds or an HTTP date."""
    text = retry_after.strip()
    if text.isdecimal() and text.isascii():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
