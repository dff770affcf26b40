"""One page's work in a child of its own, which ends when the page takes too much time or memory.

`extract` and `explain` keep a crew of workers; a check of pages has no lines to write in order, so that one child for
each page is enough. What comes back is the work's own value.
"""

from __future__ import annotations

import pickle
import signal
from collections.abc import Callable
from typing import TypeVar, cast

from provenance.batching.crew import Child, Death
from provenance.batching.pipe import Pipe
from provenance.batching.worker import restrain
from provenance.limits import LIMITS, Limits

Found = TypeVar("Found")


def contained(work: Callable[[], Found], limits: Limits = LIMITS) -> Found | Death:
    """The value of `work()`, which must be picklable, or why its child ended without one.

    An exception of the work ends the child as well: the work says itself what it makes of a broken page.
    """

    def body(connection: Pipe) -> None:
        restrain(limits.worker_bytes)
        signal.setitimer(signal.ITIMER_REAL, limits.page_seconds)
        connection.send_bytes(pickle.dumps([work()], pickle.HIGHEST_PROTOCOL))

    child = Child(body)
    said = child.hear()
    death = child.bury(limits)
    if said is not None:
        return cast("Found", said[0])
    return death or Death("crash", "ended its worker without a word")


__all__ = ["Death", "contained"]
