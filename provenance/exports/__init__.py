"""Records as citations and catalogue formats. `EXPORTERS` is the registry and the command line's choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from provenance.exports import catalogue, citations, spreadsheet
from provenance.exports.shape import shaped

Exporter = Callable[[Iterable[dict[str, Any]]], Iterator[str]]


def _of_any(write: Exporter) -> Exporter:
    """The same exporter for records that nobody has checked."""
    return lambda records: write(map(shaped, records))


EXPORTERS: dict[str, Exporter] = {
    "csl-json": _of_any(citations.csl_json),
    "ris": _of_any(citations.ris),
    "bibtex": _of_any(citations.biblatex),
    "dc": _of_any(catalogue.dublin_core),
    "mods": _of_any(catalogue.mods),
    "csv": _of_any(spreadsheet.table),
}
"""Each takes a stream of JSON objects, whatever they hold, and gives the text piece by piece."""
