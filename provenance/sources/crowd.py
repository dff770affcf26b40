"""Many addresses at once: hosts in parallel, each host one request at a time, results in the order of the list."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from provenance.errors import FetchError
from provenance.sources.exchange import Visit
from provenance.sources.guard import FetchOptions, Resolver
from provenance.sources.politeness import Manners, host_of
from provenance.sources.web import Fetcher

WINDOW = 256
"""How many addresses may be waiting or under way."""

Deliver = Callable[[int, Visit], None]


class Crowd:
    """Threads that visit addresses. `deliver(number, visit)` is called from them, in the order in which visits end."""

    def __init__(self, options: FetchOptions, deliver: Deliver, resolver: Resolver | None = None) -> None:
        self._options = options
        self._deliver = deliver
        self._resolver = resolver
        self._manners = Manners(options)
        self._change = threading.Condition()
        self._waiting: dict[str, deque[tuple[int, str]]] = {}
        self._busy: set[str] = set()
        self._closed = False
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(max(1, options.hosts))]
        for thread in self._threads:
            thread.start()

    def put(self, number: int, url: str) -> None:
        """Takes one more address."""
        with self._change:
            self._waiting.setdefault(host_of(url), deque()).append((number, url))
            self._change.notify()

    def close(self) -> None:
        """Lets the threads end after the visits under way; addresses that wait are dropped."""
        with self._change:
            self._closed = True
            self._change.notify_all()

    def _work(self) -> None:
        fetcher = Fetcher(self._options, self._manners, self._resolver)
        while (task := self._next()) is not None:
            host, number, url = task
            try:
                visit = fetcher.visit(url)
            except Exception as error:  # a hostile answer finds ways that nobody foresees; the others must go on
                problem = FetchError(f"cannot be fetched: {type(error).__name__}", code="fetch.failed")
                visit = Visit(url, problem=problem)
            self._deliver(number, visit)
            with self._change:
                self._busy.discard(host)
                self._change.notify()
        fetcher.close()

    def _next(self) -> tuple[str, int, str] | None:
        """The next address of a host that nobody is talking to and that may be asked now; None at the end."""
        with self._change:
            while not self._closed:
                ready = [
                    (self._manners.wait_for(f"//{host}"), host) for host in self._waiting if host not in self._busy
                ]
                soonest, host = min(ready, default=(None, ""))
                if soonest is not None and soonest <= 0:
                    return self._taken(host)
                self._change.wait(soonest)
            return None

    def _taken(self, host: str) -> tuple[str, int, str]:
        queue = self._waiting[host]
        number, url = queue.popleft()
        if not queue:
            del self._waiting[host]
        self._busy.add(host)
        return host, number, url


def fetch_many(urls: Iterable[str], options: FetchOptions, resolver: Resolver | None = None) -> Iterator[Visit]:
    """The visits of all addresses, in their order. No more than `WINDOW` are held at a time."""
    done: dict[int, Visit] = {}
    arrived = threading.Condition()

    def deliver(number: int, visit: Visit) -> None:
        with arrived:
            done[number] = visit
            arrived.notify()

    crowd = Crowd(options, deliver, resolver)
    try:
        source = enumerate(urls)
        given = given_out = 0
        exhausted = False
        while not exhausted or given_out < given:
            while not exhausted and given - given_out < WINDOW:
                number, url = next(source, (-1, ""))
                exhausted = number < 0
                if not exhausted:
                    crowd.put(number, url)
                    given += 1
            if given_out < given:
                with arrived:
                    while given_out not in done:
                        arrived.wait()
                    visit = done.pop(given_out)
                given_out += 1
                yield visit
    finally:
        crowd.close()
