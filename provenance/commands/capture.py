"""`provenance capture`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from provenance.commands.arguments import AllowPrivate, Delay, FromFile, IgnoreRobots, Quiet, fetching, listed, target
from provenance.commands.telling import leave, say, tell_unreadable
from provenance.errors import ExitStatus, OptionError
from provenance.model import Capture, Unreadable
from provenance.writing import refuse_overlap


def capture(
    urls: Annotated[list[str] | None, typer.Argument(help="Addresses of articles.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The WARC to write (.warc.gz).")] = None,
    from_file: FromFile = None,
    allow_private: AllowPrivate = False,
    ignore_robots: IgnoreRobots = False,
    delay: Delay = 1.0,
    quiet: Quiet = False,
) -> None:
    """Fetch pages politely and keep the exchanges, redirects included, as WARC 1.1."""
    from provenance.sources.keeping import capture as fetch_all

    if output is None:
        raise OptionError("Where to?", advice="Give -o FILE.warc.gz.")

    refuse_overlap({"--output": output}, [from_file] if from_file else ())
    output = target(output) or output

    def tell(item: Capture | Unreadable) -> None:
        if isinstance(item, Unreadable):
            tell_unreadable(item)
        elif not quiet:
            say(f"{item.locator}: kept, {len(item.body)} bytes")

    kept = fetch_all(listed(urls, from_file), output, fetching(allow_private, ignore_robots, delay), tell)
    leave(ExitStatus.INPUT if kept.failures else ExitStatus.OK)
