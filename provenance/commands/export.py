"""`provenance export`."""

from __future__ import annotations

import sys
from enum import StrEnum
from itertools import chain, islice
from typing import Annotated

import typer

from provenance.commands.telling import Missed, leave


class Format(StrEnum):
    """What records are exported to."""

    csl_json = "csl-json"
    ris = "ris"
    bibtex = "bibtex"
    dc = "dc"
    mods = "mods"
    csv = "csv"


def export(
    records: Annotated[str, typer.Argument(help="Records (JSON, JSON Lines), or - for standard input.")],
    to: Annotated[Format, typer.Option(help="The format.")],
    bom: Annotated[bool, typer.Option("--bom", help="Begin with a byte order mark, for Excel; csv only.")] = False,
) -> None:
    """Write records as citations or catalogue records."""
    from provenance.exports import EXPORTERS
    from provenance.exports.spreadsheet import BOM
    from provenance.validation.reading import objects

    if bom and to is not Format.csv:
        raise typer.BadParameter(f"{to.value} has no byte order mark.", param_hint="--bom")
    missed = Missed()
    found = objects(records, missed)
    first = list(islice(found, 1))
    if first or not missed.any:  # nothing but errors leaves no head of a document behind
        sys.stdout.writelines(chain([BOM] if bom else [], EXPORTERS[to.value](chain(first, found))))
    leave(missed.status())
