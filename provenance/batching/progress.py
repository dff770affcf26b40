"""What a run tells while it goes on. The base class is silent; the command line hands down one that prints."""

from __future__ import annotations

import time
from typing import TextIO

from provenance.batching.lines import Lines
from provenance.batching.settings import Counts, Summary
from provenance.cleaning import clean_line

INTERVAL = 0.5


class Progress:
    """Told of everything that happens, in the order of the output. Does nothing with it."""

    def began(self, total: int | None, done: Counts) -> None:
        """The run begins with `done` already there; `total` is the number of inputs, where it is known."""

    def item(self, lines: Lines, counts: Counts) -> None:
        """An item was written."""

    def ended(self, summary: Summary) -> None:
        """The run is over."""


class TerminalProgress(Progress):
    """Failures as lines, and below them one line with counts, rate and time left, which is drawn over itself.

    `live` false leaves the moving line out (no terminal); `quiet` leaves everything out but failures.
    """

    def __init__(self, out: TextIO, live: bool, quiet: bool = False) -> None:
        self._out = out
        self._live = live and not quiet
        self._quiet = quiet
        self._deaf = False
        self._total: int | None = None
        self._first = 0
        self._start = self._drawn = time.monotonic()

    def began(self, total: int | None, done: Counts) -> None:
        self._total = total
        self._first = done.inputs
        self._start = time.monotonic()

    def item(self, lines: Lines, counts: Counts) -> None:
        if lines.told and not (self._quiet and lines.kind != "failure"):
            self._print(clean_line(lines.told))
        now = time.monotonic()
        if self._live and now - self._drawn > INTERVAL:
            self._drawn = now
            self._write(f"\r\x1b[K{self.line(counts, now - self._start)}")

    def line(self, counts: Counts, seconds: float) -> str:
        """Counts, rate and time left."""
        rate = (counts.inputs - self._first) / seconds if seconds > 0 else 0.0
        of = f" of {self._total}" if self._total else ""
        left = f", {_clock((self._total - counts.inputs) / rate)} left" if self._total and rate else ""
        return (
            f"{counts.inputs}{of} inputs, {counts.record} records, {counts.failure} failures, {rate:.0f} a second{left}"
        )

    def ended(self, summary: Summary) -> None:
        if not self._quiet:
            self._print(summary.line())

    def _print(self, text: str) -> None:
        clear = "\r\x1b[K" if self._live else ""
        self._write(f"{clear}{text}\n")

    def _write(self, text: str) -> None:
        """A terminal that went away is no reason to end the run."""
        if self._deaf:
            return
        try:
            self._out.write(text)
            self._out.flush()
        except OSError:
            self._deaf = True


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"
