"""`provenance capture`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from provenance.commands.arguments import (
    AllowPrivate,
    Delay,
    FromFile,
    IgnoreRobots,
    Quiet,
    fetching,
    listed,
    named,
    target,
)
from provenance.commands.telling import leave, say, tell_unreadable
from provenance.errors import ExitStatus, OptionError
from provenance.model import Capture, Unreadable
from provenance.writing import refuse_overlap


def capture(
    urls: Annotated[list[str] | None, typer.Argument(help="Addresses of articles.", callback=named)] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The WARC to write (.warc.gz).")] = None,
    from_file: FromFile = None,
    append: Annotated[bool, typer.Option("--append", help="Write behind what the WARC holds already.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a WARC that is there already.")] = False,
    allow_private: AllowPrivate = False,
    ignore_robots: IgnoreRobots = False,
    delay: Delay = 1.0,
    quiet: Quiet = False,
) -> None:
    """Fetch pages politely and keep the exchanges, redirects included, as WARC 1.1."""
    from provenance.cleaning import counted
    from provenance.sources.keeping import Existing
    from provenance.sources.keeping import capture as fetch_all

    if output is None:
        raise OptionError("Where to?", advice="Give -o FILE.warc.gz.")
    if append and force:
        raise OptionError("--append keeps what is there and --force replaces it.", advice="Give one of them.")
    existing = Existing.APPENDED_TO if append else Existing.REPLACED if force else Existing.REFUSED
    refuse_overlap({"--output": output}, [from_file] if from_file else ())
    output = target(output) or output

    def tell(item: Capture | Unreadable) -> None:
        if isinstance(item, Unreadable):
            tell_unreadable(item)
        elif not quiet:
            say(f"{item.locator}: kept, {len(item.body)} bytes")

    kept = fetch_all(listed(urls, from_file), output, fetching(allow_private, ignore_robots, delay), tell, existing)
    if kept.stopped_by is not None:
        came = f"what came of them is in {output}" if kept.written else f"{output} was not written"
        say(f"interrupted after {counted(kept.pages + kept.failures, 'visit')}: {came}")
        leave(ExitStatus(128 + kept.stopped_by))
    if kept.repeated and not quiet:
        say(f"{counted(kept.repeated, 'line')} named an address again: it was fetched once")
    if not kept.written:
        say(f"nothing was answered: {output} was not written")
    leave(ExitStatus.INPUT if kept.failures else ExitStatus.OK)
