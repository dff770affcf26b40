"""Which page is to blame for the death of a worker, and what is done again.

What a worker had in hand when it died is given out again, each input alone. What dies alone is a failure, and what
comes after it in the same file is tried for its part.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field

from provenance.batching.crew import Child, Death
from provenance.batching.lines import Lines
from provenance.batching.worker import Job, Page, Task, failure

OUTSIDE_KILLS = 3
"""How often a page may die alone by a kill -9 that memory does not explain, before it is held to be the cause."""


@dataclass(slots=True)
class Verdict:
    """Tasks to give out again, in order; failures (input, item, lines); inputs given up, with their items so far."""

    again: list[Task] = field(default_factory=list)
    failures: list[tuple[int, int, Lines]] = field(default_factory=list)
    given_up: list[tuple[int, int]] = field(default_factory=list)


class Blame:
    """Remembers how often an item died alone."""

    def __init__(self) -> None:
        self._deaths: dict[tuple[int, int], int] = {}

    def judge(self, child: Child, death: Death) -> Verdict:
        """What follows from the death of a worker."""
        verdict = Verdict()
        task: Task | None = child.task
        if task is None:
            return verdict
        for page in task.pages:
            if page.at >= child.received.get(page.number, 0):
                verdict.again += self._page(page, task.alone, death, verdict)
        for job in task.jobs:
            if job.number not in child.ended:
                verdict.again += self._job(job, task, child, death, verdict)
        return verdict

    def _page(self, page: Page, alone: bool, death: Death, verdict: Verdict) -> Iterator[Task]:
        if alone and self._guilty(page.number, page.at, death):
            name = pickle.loads(page.capture).locator  # noqa: S301  our own child's words
            verdict.failures.append((page.number, page.at, failure(name, death.code, death.message)))
        else:
            yield Task(pages=(page,), alone=True)

    def _job(self, job: Job, task: Task, child: Child, death: Death, verdict: Verdict) -> Iterator[Task]:
        at = max(job.skip, child.received.get(job.number, 0))
        skip = at
        if task.alone and self._guilty(job.number, at, death):
            name = job.locator if at == 0 else f"{job.locator}#{at + 1}"
            verdict.failures.append((job.number, at, failure(name, death.code, death.message)))
            skip = at + 1
            if child.started != (job.number, at):  # it died while the file was read: the rest cannot be reached
                verdict.given_up.append((job.number, skip))
                return
        yield Task((job._replace(skip=skip),), read_only=task.read_only, alone=True)

    def _guilty(self, number: int, at: int, death: Death) -> bool:
        deaths = self._deaths[number, at] = self._deaths.get((number, at), 0) + 1
        return deaths >= (OUTSIDE_KILLS if death.cause == "killed" else 1)
