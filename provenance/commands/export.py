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
) -> None:
    """Write records as citations or catalogue records."""
    from provenance.exports import EXPORTERS
    from provenance.validation.reading import objects

    missed = Missed()
    found = objects(records, missed)
    first = list(islice(found, 1))
    if first or not missed.any:  # nothing but errors leaves no head of a document behind
        sys.stdout.writelines(EXPORTERS[to.value](chain(first, found)))
    leave(missed.status())
