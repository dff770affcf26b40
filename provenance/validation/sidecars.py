"""A file of evidence, one JSON object a line, looked up by record: the file stays on disk, only places are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from provenance.errors import OptionError
from provenance.evidence import record_digest
from provenance.validation.problems import Problem

MISSING = Problem("", "the file of evidence has none for this record", rule="evidence/missing")


class Sidecars:
    """Evidence by the digest of its record, since one article may be held in many copies; by @id for a record that was
    changed since. Raises `OptionError` when the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offsets: dict[str, int] = {}
        offset = 0
        try:
            with open(path, "rb") as file:
                for line in file:
                    identity, digest = _names(line)
                    if identity:
                        self._offsets.setdefault(identity, offset)
                    if digest:
                        self._offsets[digest] = offset
                    offset += len(line)
        except OSError as error:
            raise OptionError(f"The evidence {path} cannot be read: {error.strerror}.") from error

    def of(self, record: Any) -> Mapping[str, Any] | None:
        """The evidence of a record, or None where the file has none."""
        if not isinstance(record, dict):
            return None
        offset = self._offsets.get(record_digest(record))
        if offset is None and isinstance(record.get("@id"), str):
            offset = self._offsets.get(record["@id"])
        if offset is None:
            return None
        with open(self._path, "rb") as file:
            file.seek(offset)
            found: dict[str, Any] = json.loads(file.readline())
            return found


def _names(line: bytes) -> tuple[str | None, str | None]:
    """The @id and the digest of the record that a line of evidence speaks of."""
    try:
        about = json.loads(line)["record"]
        names = about.get("id"), about.get("sha256")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None, None
    identity, digest = (name if isinstance(name, str) else None for name in names)
    return identity, digest
