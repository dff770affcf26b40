"""The child's side: takes tasks, turns captures into lines, and dies when a page takes too much time or memory.

Time: before each page the kernel's alarm clock is set, and its default action ends the process wherever it is, even
inside one call of a C library; no handler in Python could (it would wait for that call to return). Memory: a limit
of the kernel. Both leave no trace but the way the process ended, which the parent reads.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import resource
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from provenance.batching.lines import Lines, lines_of_outcome, lines_of_unreadable
from provenance.batching.pipe import Pipe
from provenance.batching.settings import BatchOptions, Process
from provenance.model import Capture, Unreadable
from provenance.sources import open_captures
from provenance.sources.folders import Member
from provenance.sources.reading import open_member

OUT_OF_MEMORY = 77
"""Exit code of a worker that met its memory limit."""
OWN_BYTES = 64 * 1024 * 1024
"""What a worker may take beyond the memory of a large parent, before its pages are held to have taken it."""
SUSPECT = 0.6
"""Above this share of the memory limit a page without a record is not believed: C libraries report lack of memory
as damaged input."""
FLUSH_BYTES = 256 * 1024
RECYCLE_BYTES = 600 * 1024 * 1024


class Job(NamedTuple):
    """An input to read and process, its first `skip` items left out. `member` is what a folder holds by that name."""

    number: int
    locator: str
    skip: int = 0
    member: Member | None = None


class Item(NamedTuple):
    """Item `at` of input `number` is finished."""

    number: int
    at: int
    lines: Lines


class Page(NamedTuple):
    """Item `at` of input `number` is a capture, pickled, for somebody else to process."""

    number: int
    at: int
    capture: bytes


class End(NamedTuple):
    """Input `number` holds `items` items and no more. `facts` are size, time of change and digest of its file."""

    number: int
    items: int
    facts: tuple[int, int, str] | None


class Started(NamedTuple):
    """A task that runs alone has come to item `at`: if the worker dies now, that page is the cause."""

    number: int
    at: int


class Done(NamedTuple):
    """The task is finished; `tired` says that the worker ends now."""

    tired: bool


@dataclass(frozen=True, slots=True)
class Task:
    """Work for one worker: files to read and process, captures to process, or one file to read only."""

    jobs: tuple[Job, ...] = ()
    pages: tuple[Page, ...] = ()
    read_only: bool = False
    alone: bool = False


class Worker:
    """One child process. `serve` returns when the parent closes the connection or the worker is tired."""

    def __init__(self, connection: Pipe, options: BatchOptions, process: Process, facts: bool) -> None:
        self._connection = connection
        self._options = options
        self._process = process
        self._facts = facts
        self._out: list[tuple[Any, ...]] = []
        self._bytes = 0
        self._pages = 0
        self._inherited = peak_bytes()

    def serve(self) -> None:
        """Tasks, one after the other."""
        restrain(self._options.limits.worker_bytes)
        while True:
            try:
                task: Task = pickle.loads(self._connection.recv_bytes())  # noqa: S301  the parent's own words
            except (EOFError, OSError):
                return
            for page in task.pages:
                self._item(page.number, page.at, pickle.loads(page.capture), task)  # noqa: S301
            for job in task.jobs:
                self._input(job, task)
            tired = self._tired()
            self._send(Done(tired))
            self._flush()
            if tired:
                return

    def _tired(self) -> bool:
        """lxml's table of names is never freed, so that a worker only grows."""
        return self._pages >= self._options.limits.worker_pages or peak_bytes() > RECYCLE_BYTES

    def _input(self, job: Job, task: Task) -> None:
        count = 0
        for count, item in enumerate(self._items(job), 1):
            if count > job.skip:
                self._item(job.number, count - 1, item, task)
        self._clock(self._options.page_seconds + self._options.limits.total_seconds)
        facts = facts_of(job.locator) if self._facts else None
        self._clock(0)
        self._send(End(job.number, count, facts))

    def _items(self, job: Job) -> Iterator[Capture | Unreadable]:
        """The items of an input, with the clock running while each is read."""
        self._clock(self._options.page_seconds)
        limits = self._options.limits
        source = open_member(job.member, limits) if job.member else open_captures(job.locator, limits=limits)
        while True:
            item = next(source, None)
            self._clock(0)
            if item is None:
                return
            yield item
            self._clock(self._options.page_seconds)

    def _item(self, number: int, at: int, item: Capture | Unreadable, task: Task) -> None:
        if isinstance(item, Unreadable):
            self._send(Item(number, at, lines_of_unreadable(item)))
        elif task.read_only:
            self._send(Page(number, at, pickle.dumps(item, pickle.HIGHEST_PROTOCOL)))
        else:
            if task.alone:
                self._send(Started(number, at))
                self._flush()
            self._send(Item(number, at, self._lines(item)))
        if task.alone or self._bytes > FLUSH_BYTES:
            self._flush()

    def _lines(self, capture: Capture) -> Lines:
        self._clock(self._options.page_seconds)
        try:
            lines = lines_of_outcome(self._process(capture))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except RecursionError:
            lines = failure(capture.locator, "worker.recursion", "its parts are nested too deeply")
        except Exception as error:
            lines = failure(
                capture.locator, "worker.error", f"cannot be processed: {type(error).__name__}: {error}"[:300]
            )
        self._clock(0)
        self._pages += 1
        most = max(SUSPECT * self._options.limits.worker_bytes, self._inherited + OWN_BYTES)
        if lines.kind != "record" and peak_bytes() > most:
            os._exit(OUT_OF_MEMORY)
        return lines

    @staticmethod
    def _clock(seconds: float) -> None:
        signal.setitimer(signal.ITIMER_REAL, seconds)

    def _send(self, message: tuple[Any, ...]) -> None:
        self._out.append(message)
        self._bytes += (
            message[2].size if isinstance(message, Item) else len(message[2]) if isinstance(message, Page) else 50
        )

    def _flush(self) -> None:
        self._connection.send_bytes(pickle.dumps(self._out, pickle.HIGHEST_PROTOCOL))
        self._out.clear()
        self._bytes = 0


def failure(locator: str, code: str, message: str) -> Lines:
    """The lines of a page that broke its worker."""
    advice = "Look at the page; the other pages of the run are not affected."
    return lines_of_unreadable(Unreadable(locator, code, message, advice))


def facts_of(locator: str) -> tuple[int, int, str] | None:
    """Size, time of change in nanoseconds, and SHA-256 of a file; None for anything else."""
    try:
        with open(locator, "rb") as file:
            status = os.fstat(file.fileno())
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns, digest


def peak_bytes() -> int:
    """The most memory that this process has held at once."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def restrain(memory: int) -> None:
    """Limits of this process, and its death with its parent's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for name in ("RLIMIT_DATA", "RLIMIT_AS"):
        kind = getattr(resource, name, None)
        room = memory if name == "RLIMIT_DATA" else memory + (1 << 30)
        if kind is not None:
            hard = resource.getrlimit(kind)[1]
            resource.setrlimit(kind, (room if hard == resource.RLIM_INFINITY else min(room, hard), hard))
    try:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")
    except OSError:
        pass
