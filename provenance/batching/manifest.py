"""The manifest of a run: what went in, by which options and versions, what came out. Streamed: a list may be long."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from provenance.batching.journal import State
from provenance.batching.outputs import is_nothing
from provenance.batching.settings import BatchOptions, Counts, versions
from provenance.writing import is_stream, whole_file

FORM = 1


def write_manifest(options: BatchOptions, state: State, inputs: Path) -> None:
    """Writes `options.manifest` from the list of inputs of a finished run. Raises OutputError.

    The same inputs, options and versions give the same bytes.
    """
    path = options.manifest
    if path is None:
        return
    with whole_file(path, "tmp") as file:
        file.writelines(piece.encode("utf-8", "replace") for piece in _pieces(options, state, inputs))


def _pieces(options: BatchOptions, state: State, inputs: Path) -> Iterator[str]:
    settings = {name: value for name, value in state.settings.items() if not name.startswith(("version ", "file for "))}
    head = {"manifest": FORM, "versions": versions(), "settings": settings, "counts": state.counts}
    head["outputs"] = list(_outputs(options, Counts(**state.counts)))
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "inputs": ['
    with open(inputs, encoding="utf-8") as file:
        for number, line in enumerate(file):
            row = json.loads(line)
            row.pop("modified", None)
            yield f"{',' if number else ''}\n  {json.dumps(row, ensure_ascii=False)}"
    yield "\n ]\n}\n"


def _outputs(options: BatchOptions, counts: Counts) -> Iterator[dict[str, Any]]:
    """Name, size and digest of every file that the run wrote, under whichever name it has now."""
    for stream, path in options.paths().items():
        part = path.with_name(f"{path.name}.part")
        written = part if part.exists() else path
        if is_stream(path) or not written.exists() or (written is part and is_nothing(stream, part, path, counts)):
            continue
        with open(written, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            yield {"stream": stream, "file": path.name, "bytes": file.tell(), "sha256": digest}
