"""One run: who does what next, what came back, who died, what can be written. One thread, one loop."""

from __future__ import annotations

import selectors
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from provenance.batching.backlog import Backlog
from provenance.batching.blame import Blame
from provenance.batching.crew import Child, Death
from provenance.batching.fetching import Fetched, fetch
from provenance.batching.intake import Entry
from provenance.batching.journal import State
from provenance.batching.outputs import Outputs
from provenance.batching.pipe import Pipe
from provenance.batching.progress import Progress
from provenance.batching.settings import BatchOptions, Process
from provenance.batching.window import Slot, Window
from provenance.batching.worker import Done, End, Item, Job, Page, Started, Worker, failure

INPUTS_OPEN = 1024
"""How many inputs may be open: read, fetched, processed, or waiting for an earlier one to be written."""
BYTES_OPEN = 64 * 1024 * 1024
TICK = 0.2
PATIENCE = 30.0
"""Seconds beyond all page limits after which a silent worker is killed; its own alarm should have ended it before."""


class InterruptionError(Exception):
    """The run was asked to stop while it waited for its next input."""


class Run:
    """The state of a run. `go` ends when all inputs are written, or after `stop` when the pages in hand are."""

    def __init__(self, options: BatchOptions, process: Process, outputs: Outputs, progress: Progress) -> None:
        self._options = options
        self._outputs = outputs
        self._progress = progress
        serve = partial(_serve, options=options, process=process, facts=outputs.lists)
        self._work: Callable[[Pipe], None] = serve
        self.counts = outputs.start.counts
        self._done = outputs.start.inputs
        self._window = Window(self._done)
        self._backlog = Backlog(2 * options.jobs)
        self._workers: list[Child] = []
        self._reader: Child | None = None
        self._fetcher: Child | None = None
        self._fetching: dict[int, tuple[str, int]] = {}
        self._blame = Blame()
        self._selector = selectors.DefaultSelector()
        self._stopping = False
        self._waiting_for_input = False

    def stop(self) -> None:
        """Takes up nothing more. Raises InterruptionError out of a wait for the next input."""
        self._stopping = True
        if self._waiting_for_input:
            raise InterruptionError

    # --- the loop ---

    def go(self, source: Iterator[Entry]) -> None:
        """Everything from the first input to the last. Raises OutputError, OptionError."""
        exhausted = False
        while True:
            if not self._stopping:
                exhausted = exhausted or self._fill(source)
                self._dispatch()
            self._write()
            if self._stopping and not any(worker.task for worker in self._workers):
                return
            if exhausted and not len(self._window):
                return
            self._listen()

    def state(self) -> State:
        """How far the run has come."""
        head = self._window.head()
        partial_input = _noted(head) if head and head.next else None
        return State(self._outputs.settings, self._done, partial_input, counts=self.counts.stated())

    def close(self) -> None:
        """Ends every child."""
        for child in (*self._workers, self._reader, self._fetcher):
            if child:
                child.kill()
                child.bury(self._options.limits)
        self._workers.clear()
        self._reader = self._fetcher = None
        self._selector.close()

    # --- taking up ---

    def _fill(self, source: Iterator[Entry]) -> bool:
        """Takes up inputs while there is room. True when there are no more."""
        while len(self._window) < INPUTS_OPEN and self._window.bytes < BYTES_OPEN and not self._backlog.enough:
            entry = self._next(source)
            if entry is None:
                return True
            self._take_up(entry)
        return False

    def _next(self, source: Iterator[Entry]) -> Entry | None:
        self._waiting_for_input = True
        try:
            return next(source, None)
        except InterruptionError:
            return None
        finally:
            self._waiting_for_input = False

    def _take_up(self, entry: Entry) -> None:
        self._window.open(Slot(entry.number, entry.locator, entry.done, stamp=entry.stamp, counts=dict(entry.counts)))
        if entry.is_address:
            self._ask(entry.number, entry.locator)
        else:
            size = entry.stamp[0] if entry.stamp else 0
            self._backlog.add(Job(entry.number, entry.locator, entry.done, entry.member), size)

    def _ask(self, number: int, url: str) -> None:
        """Has an address fetched."""
        self._fetching.setdefault(number, (url, 0))
        if self._fetcher is None:
            keep = str(self._options.keep or "")
            self._fetcher = self._hire(partial(fetch, options=self._options.fetch, keep=keep))
        self._fetcher.give((number, url))

    # --- giving out ---

    def _dispatch(self) -> None:
        if self._reader is None or self._reader.task is None:
            task = self._backlog.next_large()
            if task:
                self._reader = self._reader or self._hire(self._work)
                self._reader.give(task)
        idle = [worker for worker in self._workers if worker.task is None]
        while len(self._workers) - len(idle) < self._options.jobs and (task := self._backlog.next()):
            if not idle:
                idle.append(self._hire(self._work))
                self._workers.append(idle[-1])
            idle.pop().give(task)

    def _hire(self, work: Callable[[Pipe], None]) -> Child:
        child = Child(work)
        self._selector.register(child, selectors.EVENT_READ)
        return child

    # --- listening ---

    def _listen(self) -> None:
        """Waits for news. Who reads or fetches more than the workers take is not heard, and stops at its full pipe."""
        for supplier in (self._reader, self._fetcher):
            if supplier:
                self._heed(supplier, not (self._backlog.full or self._runs_ahead(supplier)))
        for key, _ in self._selector.select(TICK):
            child: Child = key.fileobj  # type: ignore[assignment]
            said = child.hear()
            if said is None:
                self._bury(child)
                continue
            for message in said:
                self._heard(child, message)
        self._wake()

    def _runs_ahead(self, child: Child) -> bool:
        """Whether the reader is at a file whose results must wait for an earlier input while too many wait already."""
        if child is not self._reader or not child.task or self._window.bytes < BYTES_OPEN:
            return False
        return not any(self._window.is_head(job.number) for job in child.task.jobs)

    def _heed(self, child: Child, wanted: bool) -> None:
        heeded = child.fileno() in self._selector.get_map()
        if wanted and not heeded:
            self._selector.register(child, selectors.EVENT_READ)
        elif heeded and not wanted:
            self._selector.unregister(child)

    def _wake(self) -> None:
        """Ends workers that are silent beyond all limits: stopped ones, for instance."""
        for worker in list(self._workers):
            items = len(worker.task.jobs) + len(worker.task.pages) if worker.task else 0
            if items and time.monotonic() - worker.heard > items * (2 * self._options.page_seconds) + PATIENCE:
                worker.kill()
                self._bury(worker, late=True)

    def _heard(self, child: Child, message: Any) -> None:
        match message:
            case Item(number, at, lines):
                child.received[number] = at + 1
                self._window.take(number, at, lines)
            case Page():
                child.received[message.number] = message.at + 1
                self._backlog.add_page(message)
            case End(number, items, facts):
                child.ended.add(number)
                self._window.finish(number, items, facts)
            case Started(number, at):
                child.started = (number, at)
            case Done(tired):
                child.task = None
                if tired:
                    self._bury(child)
            case Fetched():
                self._fetched(message)

    def _fetched(self, message: Fetched) -> None:
        number, capture, failed, kept = message
        self._fetching.pop(number, None)
        self._window[number].kept = kept
        if failed:
            self._window.take(number, 0, failed)
        else:
            self._backlog.add_page(Page(number, 0, capture))
        self._window.finish(number, 1, None)

    # --- ends of children ---

    def _bury(self, child: Child, late: bool = False) -> None:
        """A child has ended. What it had in hand is tried again alone; what dies alone is a failure."""
        self._heed(child, False)
        death = child.bury(self._options.limits, late) or Death("crash", "ended without a word")
        if child is self._fetcher:
            self._fetcher = None
            self._ask_again(death)
            return
        if child is self._reader:
            self._reader = None
        else:
            self._workers.remove(child)
        verdict = self._blame.judge(child, death)
        for number, at, lines in verdict.failures:
            self._window.take(number, at, lines)
        for number, total in verdict.given_up:
            self._window.finish(number, total, None)
        self._backlog.again(verdict.again)

    def _ask_again(self, death: Death) -> None:
        """The fetcher died: every address that it had is asked for once more."""
        for number, (url, deaths) in list(self._fetching.items()):
            if deaths:
                self._fetched(Fetched(number, b"", failure(url, death.code, death.message), b""))
            else:
                self._fetching[number] = (url, 1)
                self._ask(number, url)

    # --- writing ---

    def _write(self) -> None:
        """Writes what can be written in order, and a checkpoint when it is time."""
        for slot, lines in self._window.written():
            if lines is not None:
                self._outputs.write(lines)
                self.counts.add(lines)
                self._progress.item(lines, self.counts)
                continue
            self._outputs.write_kept(slot.kept)
            self._outputs.write_input(slot)
            self.counts.inputs += 1
            self._done += 1
        self._outputs.flush()
        if self._outputs.due():
            self._outputs.checkpoint(self.state())


def _noted(slot: Slot) -> dict[str, Any]:
    return {"locator": slot.locator, "stamp": slot.stamp, "items": slot.next, "counts": slot.counts}


def _serve(connection: Pipe, options: BatchOptions, process: Process, facts: bool) -> None:
    Worker(connection, options, process, facts).serve()
