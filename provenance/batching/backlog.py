"""What is to be done and has not been given out: files gathered into tasks, pages that came from elsewhere, retries."""

from __future__ import annotations

from collections import deque

from provenance.batching.worker import Job, Page, Task

CHUNK_JOBS = 8
CHUNK_BYTES = 1024 * 1024
LARGE_BYTES = 8 * 1024 * 1024
"""Files beyond this size are read by one process and their pages given to all."""
BYTES_WAITING = 32 * 1024 * 1024


class Backlog:
    """Tasks in the order in which they are given out. `enough` is the number of tasks that keeps all workers busy."""

    def __init__(self, enough: int) -> None:
        self._enough = enough
        self._tasks: deque[Task] = deque()
        self._large: deque[Task] = deque()
        self._chunk: list[Job] = []
        self._chunk_bytes = 0
        self._bytes = 0

    @property
    def enough(self) -> bool:
        """Whether no further input need be taken up now."""
        return len(self._tasks) >= self._enough

    @property
    def full(self) -> bool:
        """Whether those who read and fetch pages should pause."""
        return self._bytes > BYTES_WAITING or len(self._tasks) > 4 * self._enough

    def add(self, job: Job, size: int) -> None:
        """A file. Small ones are gathered, so that giving out costs little."""
        if size > LARGE_BYTES:
            self._large.append(Task((job,), read_only=True))
            return
        self._chunk.append(job)
        self._chunk_bytes += size
        if len(self._chunk) >= CHUNK_JOBS or self._chunk_bytes >= CHUNK_BYTES:
            self.cut()

    def cut(self) -> None:
        """Makes a task of the files that were gathered."""
        if self._chunk:
            self._tasks.append(Task(tuple(self._chunk)))
        self._chunk.clear()
        self._chunk_bytes = 0

    def add_page(self, page: Page) -> None:
        """A page that was read or fetched."""
        self._bytes += len(page.capture)
        last = self._tasks[-1] if self._tasks else None
        if last and last.pages and not last.alone and len(last.pages) < CHUNK_JOBS:
            self._tasks[-1] = Task(pages=(*last.pages, page))
        else:
            self._tasks.append(Task(pages=(page,)))

    def again(self, tasks: list[Task]) -> None:
        """What has to be done once more comes first."""
        for task in reversed(tasks):
            self._bytes += _bytes_of(task)
            (self._large if task.read_only else self._tasks).appendleft(task)

    def next(self) -> Task | None:
        """The next task for a worker. Without one, the files gathered so far are not waited for."""
        if not self._tasks:
            self.cut()
        if not self._tasks:
            return None
        task = self._tasks.popleft()
        self._bytes -= _bytes_of(task)
        return task

    def next_large(self) -> Task | None:
        """The next file for the reader."""
        return self._large.popleft() if self._large else None


def _bytes_of(task: Task) -> int:
    return sum(len(page.capture) for page in task.pages)
