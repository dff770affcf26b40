"""Many locators: `run` turns each into records, whatever happens to single pages, and can go on after any end."""

from __future__ import annotations

import gc
import json
import signal
import threading
from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO

from provenance.batching.intake import entries
from provenance.batching.journal import journal_path
from provenance.batching.manifest import write_manifest
from provenance.batching.outputs import Outputs
from provenance.batching.progress import Progress, TerminalProgress
from provenance.batching.run import Run
from provenance.batching.settings import BatchOptions, Counts, Process, Summary
from provenance.errors import OptionError
from provenance.model import Capture

__all__ = ["BatchOptions", "Counts", "Process", "Progress", "Summary", "TerminalProgress", "earlier_settings", "run"]

WARM_UP = b"""<!DOCTYPE html><html lang="en"><head><title>Harbour opens</title>
<meta property="og:type" content="article"><script type="application/ld+json">{"@context": "https://schema.org",
"@type": "NewsArticle", "headline": "Harbour opens", "datePublished": "2024-03-01T08:00:00Z",
"author": {"@type": "Person", "name": "Ada Quill"}}</script></head><body><article><h1>Harbour opens</h1>
<p>By Ada Quill</p><p>The mayor cut a ribbon on Monday and said that ships would come before the week was over.</p>
</article></body></html>"""
"""A page of our own, processed once before the workers are made, so that they share what is imported and compiled."""
FEW = 3
"""Up to this number of inputs the worker imports what it needs and no more."""


def run(
    locators: Iterable[str],
    options: BatchOptions | None = None,
    *,
    process: Process | None = None,
    stream: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Every page of every locator, in their order; a page that fails, hangs or kills its worker is one failure line.

    Locators are files, folders, archives and addresses; the list may be endless, and is read as it is needed. Records
    go to `options.output`, or to `stream`. SIGINT and SIGTERM end the run after the pages in hand. Raises OptionError
    for a call that cannot be carried out, OutputError when something cannot be written, BrokenPipeError when nobody
    reads `stream` any more.
    """
    options = options or BatchOptions()
    progress = progress or Progress()
    process = process or composed(options, warm=not _few(locators))
    outputs = Outputs(options, stream)
    try:
        if outputs.complete:
            outputs.finish(outputs.state(), partial(write_manifest, options))
            return _ended(progress, Summary(outputs.start.counts))
        return _ended(progress, _run(locators, options, process, outputs, progress))
    except BaseException as error:
        if not outputs.resumable or (isinstance(error, OptionError) and not outputs.begun):
            outputs.abandon(keep=isinstance(error, BrokenPipeError))
        raise
    finally:
        outputs.close()


def _few(locators: Iterable[str]) -> bool:
    return isinstance(locators, Sized) and len(locators) <= FEW


def earlier_settings(output: Path) -> dict[str, Any]:
    """Settings of the unfinished run beside `output`, by name; none where there is no such run."""
    try:
        with open(journal_path(output), encoding="utf-8") as file:
            found: dict[str, Any] = json.loads(file.readline())
            return found
    except (OSError, ValueError):
        return {}


def _ended(progress: Progress, summary: Summary) -> Summary:
    progress.ended(summary)
    return summary


def _run(
    locators: Iterable[str], options: BatchOptions, process: Process, outputs: Outputs, progress: Progress
) -> Summary:
    if not _few(locators):
        gc.collect()
        gc.freeze()  # so that the workers' collectors leave the pages of memory that they share alone
    going = Run(options, process, outputs, progress)
    progress.began(len(locators) if isinstance(locators, Sized) else None, going.counts)
    try:
        with interruptions(going) as signals:
            going.go(entries(locators, outputs))
        if not signals:
            outputs.finish(going.state(), partial(write_manifest, options))
        elif outputs.resumable and len(signals) == 1:
            outputs.checkpoint(going.state())
        elif not outputs.resumable:
            outputs.abandon(keep=True)
        return Summary(going.counts, signals[0] if signals else None)
    finally:
        going.close()
        gc.unfreeze()


@contextmanager
def interruptions(going: Run) -> Iterator[list[int]]:
    """The signals that asked for an end: the first is listened to after the pages in hand, the second at once."""
    seen: list[int] = []

    def hear(number: int, frame: FrameType | None) -> None:
        seen.append(number)
        if len(seen) > 1:
            raise KeyboardInterrupt
        going.stop()

    if threading.current_thread() is not threading.main_thread():
        yield seen
        return
    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield seen
    except KeyboardInterrupt:
        if not seen:
            raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def composed(options: BatchOptions, warm: bool) -> Process:
    """The pipeline; when it is `warm`, with everything imported and compiled that a page may need."""
    from provenance.pipeline import process

    made = partial(process, options=options.record)
    if warm:
        made(Capture("warm-up", WARM_UP, url="https://gazette.example/harbour"))
    return made
