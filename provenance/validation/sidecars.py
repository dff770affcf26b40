"""A file of evidence, one JSON object a line, looked up by record: the file stays on disk, only places are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from provenance.errors import OptionError


class Sidecars:
    """Evidence by the @id of its record. Raises `OptionError` when the file cannot be read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offsets: dict[str, int] = {}
        offset = 0
        try:
            with open(path, "rb") as file:
                for line in file:
                    identity = _identity(line)
                    if identity:
                        self._offsets[identity] = offset
                    offset += len(line)
        except OSError as error:
            raise OptionError(f"The evidence {path} cannot be read: {error.strerror}.") from error

    def of(self, record: Any) -> Mapping[str, Any] | None:
        """The evidence of a record, or None where the file has none."""
        identity = record.get("@id") if isinstance(record, dict) else None
        offset = self._offsets.get(identity) if isinstance(identity, str) else None
        if offset is None:
            return None
        with open(self._path, "rb") as file:
            file.seek(offset)
            found: dict[str, Any] = json.loads(file.readline())
            return found


def _identity(line: bytes) -> str | None:
    try:
        identity = json.loads(line)["record"]["id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return identity if isinstance(identity, str) else None
