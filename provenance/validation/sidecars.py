"""A file of evidence, one JSON object a line, looked up by record: the file stays on disk, only places are kept."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from provenance.errors import OptionError
from provenance.evidence import record_digest
from provenance.validation.problems import Problem
from provenance.validation.reading import unpacked

MISSING = Problem("", "the file of evidence has none for this record", rule="evidence/missing")
LOOKED_UP = "Give a file: it is looked up by record."


class Sidecars:
    """Evidence by the digest of its record, since one article may be held in many copies; by @id for a record that was
    changed since. Raises `OptionError` when the file, gzipped or not, cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._offsets: dict[str, int] = {}
        offset = 0
        if path == Path("-"):
            raise OptionError("The evidence cannot come from standard input.", advice=LOOKED_UP)
        try:
            self._file = unpacked(path)
            if not self._file.seekable():
                raise OptionError(f"The evidence {path} is a pipe.", advice=LOOKED_UP)
            for line in self._file:
                identity, digest = _names(line)
                if identity:
                    self._offsets.setdefault(identity, offset)
                if digest:
                    self._offsets[digest] = offset
                offset += len(line)
        except (OSError, EOFError, ValueError, zlib.error) as error:
            reason = getattr(error, "strerror", None) or "it is damaged"
            raise OptionError(f"The evidence {path} cannot be read: {reason}.") from error

    def of(self, record: Any) -> Mapping[str, Any] | None:
        """The evidence of a record, or None where the file has none."""
        if not isinstance(record, dict):
            return None
        names = (record_digest(record), record.get("@id"))
        offset = next((self._offsets[n] for n in names if isinstance(n, str) and n in self._offsets), None)
        if offset is None:
            return None
        self._file.seek(offset)
        found: dict[str, Any] = json.loads(self._file.readline())
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
