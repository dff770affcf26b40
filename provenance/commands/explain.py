"""`provenance explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cleaning import quoted
from provenance.commands.arguments import Sources, address
from provenance.commands.telling import colour as painted_by
from provenance.commands.telling import leave, say
from provenance.errors import OptionError
from provenance.model import Severity

if TYPE_CHECKING:
    from provenance.batching.lines import Lines


def explain(
    sources: Sources,
    field: Annotated[str | None, typer.Option(help="Show one property only, with everything that lost.")] = None,
    url: Annotated[str | None, typer.Option(help="Original address, where the page does not say it.")] = None,
    any_page: Annotated[bool, typer.Option("--any-page", help="Explain pages too that are no article.")] = False,
    colour: Annotated[bool | None, typer.Option("--colour/--no-colour", help="Default: on a terminal only.")] = None,
) -> None:
    """Show what was found where, what lost and why, for a person to read."""
    import json

    from provenance.batch import BatchOptions, Progress, run
    from provenance.explaining import explain as table
    from provenance.normalise import ORDER
    from provenance.options import Options

    if field is not None and field not in ORDER:
        raise OptionError(f"A record has no property {quoted(field)}.", advice=_known(field, ORDER))
    painted, width = painted_by(colour), _width()

    class Explained(Progress):
        """Each page as it comes from a worker, which bounds the time and memory that a page may take."""

        def item(self, lines: Lines, counts: object) -> None:
            if lines.record:
                record, evidence = json.loads(lines.record), json.loads(lines.evidence)
                typer.echo(table(record, evidence, field=field, colour=painted, width=width))
            elif lines.told:
                say(lines.told)

    summary = run(
        sources, BatchOptions(record=Options(url=address(url, sources), any_page=any_page)), progress=Explained()
    )
    leave(summary.status(Severity.OFF))


def _known(field: str, properties: list[str]) -> str:
    from provenance.validation.structure import nearest

    near = nearest(field, properties)
    return f"Did you mean {near}?" if near else f"Known are {', '.join(properties)}."


def _width() -> int:
    import shutil

    return max(60, min(shutil.get_terminal_size((100, 40)).columns, 160))
