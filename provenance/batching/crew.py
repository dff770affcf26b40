"""The parent's side of a child process: starting it, giving it work, and telling how it died.

Forked by hand: the standard pools hang, or fail every later task, when one of their processes is killed. Each child has
a connection of its own, so that one that dies in the middle of a word cannot hold up the others, and it holds no other
file of the parent's, so that no lock and no pipe outlives the parent in a child.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from provenance.batching.pipe import Pipe, pipe
from provenance.batching.worker import OUT_OF_MEMORY, SUSPECT
from provenance.cleaning import clean_line
from provenance.errors import OptionError
from provenance.limits import Limits

PR_SET_PDEATHSIG = 1

Cause = Literal["timeout", "memory", "crash", "killed"]


@dataclass(frozen=True, slots=True)
class Death:
    """Why a child ended that should not have: `killed` is somebody's kill -9, most likely not the page's fault."""

    cause: Cause
    message: str

    @property
    def code(self) -> str:
        """Code of the failure line."""
        return "worker.crash" if self.cause == "killed" else f"worker.{self.cause}"


class Child:
    """A forked process that runs `body(connection)` and nothing else.

    Of the `task` in hand, `received` counts the items that came back by input, `ended` holds inputs that are finished,
    and `started` is the item that a task alone has come to.
    """

    def __init__(self, body: Callable[[Pipe], None]) -> None:
        self.connection, theirs = pipe()
        self.task: Any = None
        self.received: dict[int, int] = {}
        self.ended: set[int] = set()
        self.started: tuple[int, int] | None = None
        self.heard = time.monotonic()
        parent = os.getpid()
        sys.stdout.flush()
        sys.stderr.flush()
        try:
            self.pid = os.fork()
        except OSError as error:
            message = f"no further process can be started: {error.strerror}"
            raise OptionError(message, advice="Give fewer --jobs.") from error
        if self.pid == 0:
            _child(body, theirs, parent)
        theirs.close()

    def fileno(self) -> int:
        """For selectors."""
        return self.connection.fileno()

    def give(self, task: Any) -> bool:
        """Sends work. False when the child is gone."""
        self.task = task
        self.received.clear()
        self.ended.clear()
        self.started = None
        self.heard = time.monotonic()
        try:
            self.connection.send_bytes(pickle.dumps(task, pickle.HIGHEST_PROTOCOL))
        except OSError:
            return False
        return True

    def hear(self) -> list[Any] | None:
        """What the child has said; None when it is gone."""
        try:
            said: list[Any] = pickle.loads(self.connection.recv_bytes())  # noqa: S301  our own child's words
        except (EOFError, OSError, pickle.UnpicklingError):
            return None
        self.heard = time.monotonic()
        return said

    def kill(self) -> None:
        """Ends the child at once."""
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    def bury(self, limits: Limits, late: bool = False) -> Death | None:
        """Waits for the end of the child, which must be near, and tells why it died; None for a good end."""
        self.connection.close()
        _, status, usage = os.wait4(self.pid, 0)
        peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        return cause_of(os.waitstatus_to_exitcode(status), peak > SUSPECT * limits.worker_bytes, late)


def cause_of(code: int, large: bool, late: bool = False) -> Death | None:
    """Why a process ended, by its exit code (negative: the signal) and whether it was large."""
    if late or code == -signal.SIGALRM:
        return Death("timeout", "took longer than one page may")
    if code == 0:
        return None
    if code == OUT_OF_MEMORY or (large and code in (-signal.SIGKILL, -signal.SIGSEGV, -signal.SIGABRT)):
        return Death("memory", "needed more memory than one page may")
    if code > 0:
        return Death("crash", f"ended its worker with exit code {code}")
    name = signal.Signals(-code).name if -code in signal.valid_signals() else str(-code)
    return Death("killed" if -code == signal.SIGKILL else "crash", f"ended its worker by signal {name}")


def _child(body: Callable[[Pipe], None], connection: Pipe, parent: int) -> None:
    """Never returns, and runs nothing that the parent left to be done at exit."""
    status = 70
    try:
        kept = connection.fileno()
        os.closerange(3, kept)
        os.closerange(kept + 1, 65536)
        _die_with(parent)
        body(connection)
        status = 0
    except BrokenPipeError:
        status = 0
    except MemoryError:
        status = OUT_OF_MEMORY
    except BaseException as error:
        told = clean_line(f"worker: {type(error).__name__}: {error}"[:400])
        os.write(2, f"{told}\n".encode("utf-8", "replace"))
    finally:
        os._exit(status)


def _die_with(parent: int) -> None:
    """Asks the kernel to end this process when its parent ends. Elsewhere than on Linux the closed pipe does it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(0)
