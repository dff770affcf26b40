"""`provenance explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.commands.arguments import Sources
from provenance.commands.telling import colour as painted_by
from provenance.commands.telling import leave, tell_refusal, tell_unreadable
from provenance.errors import ExitStatus
from provenance.model import Unreadable


def explain(
    sources: Sources,
    field: Annotated[str | None, typer.Option(help="Show one property only, with everything that lost.")] = None,
    url: Annotated[str | None, typer.Option(help="Original address, where the page does not say it.")] = None,
    any_page: Annotated[bool, typer.Option("--any-page", help="Explain pages too that are no article.")] = False,
    colour: Annotated[bool | None, typer.Option("--colour/--no-colour", help="Default: on a terminal only.")] = None,
) -> None:
    """Show what was found where, what lost and why, for a person to read."""
    from provenance.explaining import explain as table
    from provenance.options import Options
    from provenance.pipeline import process
    from provenance.sources import open_captures

    failed = False
    painted = painted_by(colour)
    for source in sources:
        for item in open_captures(source):
            if isinstance(item, Unreadable):
                failed |= tell_unreadable(item)
                continue
            outcome = process(item, Options(url=url, any_page=any_page))
            if outcome.record is None or outcome.evidence is None:
                tell_refusal(outcome.locator, outcome.refusal.message if outcome.refusal else "")
                continue
            typer.echo(table(outcome.record, outcome.evidence, field=field, colour=painted, width=_width()))
    leave(ExitStatus.INPUT if failed else ExitStatus.OK)


def _width() -> int:
    import shutil

    return max(60, min(shutil.get_terminal_size((100, 40)).columns, 160))
