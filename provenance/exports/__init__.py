"""Records as citations and catalogue formats. `EXPORTERS` is the registry and the command line's choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from provenance.exports import catalogue, citations, spreadsheet

Exporter = Callable[[Iterable[dict[str, Any]]], Iterator[str]]

EXPORTERS: dict[str, Exporter] = {
    "csl-json": citations.csl_json,
    "ris": citations.ris,
    "bibtex": citations.biblatex,
    "dc": catalogue.dublin_core,
    "mods": catalogue.mods,
    "csv": spreadsheet.table,
}
"""Each takes a stream of records and gives the text piece by piece."""
