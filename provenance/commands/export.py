"""`provenance export`."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from provenance.commands.telling import leave
from provenance.errors import ExitStatus


class Format(StrEnum):
    """What records are exported to."""

    csl_json = "csl-json"
    ris = "ris"
    bibtex = "bibtex"
    dc = "dc"
    mods = "mods"
    csv = "csv"


def export(
    records: Annotated[str, typer.Argument(help="Records as JSON Lines, or - for standard input.")],
    to: Annotated[Format, typer.Option(help="The format.")],
) -> None:
    """Write records as citations or catalogue records."""
    from provenance.exports import EXPORTERS
    from provenance.verifying import read_lines

    for piece in EXPORTERS[to.value](read_lines(records)):
        sys.stdout.write(piece)
    leave(ExitStatus.OK)
