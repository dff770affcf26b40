"""Records as CSV for a spreadsheet: one row a record, lists joined with "; ", long text left out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from provenance.exports.names import copy_of

Record = dict[str, Any]

COLUMNS = (
    "url headline author sourceOrganization provider contributor editor translator publisher creditText datePublished "
    "dateModified dateline inLanguage articleSection printEdition printSection printPage photoCredits archiveUrl "
    "captured sha256"
).split()

_FORMULA = "=+-@|%＝＋－＠"
_DANGEROUS = f"{_FORMULA}\t\r\n"
"""First characters that spreadsheets take for a formula (OWASP, CSV injection), full-width forms among them."""

_INNER = re.compile(rf'(?<![;\s"])[;\s"]++(?=[{re.escape(_FORMULA)}])')
_ENDS_CELL = re.compile(r"[;\t\r\n]")
"""Where a cell ends for a spreadsheet that is set to semicolons, as in much of Europe, or tabs: quotes around a cell do
not help where it sees another cell begin. Commas are safe behind quotes, and stand in addresses.
"""

BOM = "\ufeff"
"""In front of the table it tells Excel that the text is UTF-8."""


def table(records: Iterable[Record]) -> Iterator[str]:
    """RFC 4180 with a header. A cell that a spreadsheet would run gets an apostrophe: lossy; JSON Lines is exact."""
    yield _row(COLUMNS)
    for record in records:
        yield _row([safe_cell(_cell(record, column)) for column in COLUMNS])


def _row(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    inside = _INNER.sub(lambda run: f"{run[0]}'" if _ENDS_CELL.search(run[0]) else run[0], text)
    return f"'{inside}" if text.lstrip(" \u00a0").startswith(tuple(_DANGEROUS)) else inside


def _cell(record: Record, column: str) -> str:
    copy = copy_of(record)
    special = {
        "archiveUrl": copy.get("url", ""),
        "captured": copy.get("dateCreated", ""),
        "sha256": (copy.get("encoding") or {}).get("sha256", ""),
        "photoCredits": "; ".join(i["creditText"] for i in record.get("image", ()) if i.get("creditText")),
    }
    return special[column] if column in special else _joined(record.get(column, ""))


def _joined(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_joined(item) for item in value)
    return str(value.get("name", "")) if isinstance(value, dict) else str(value)
