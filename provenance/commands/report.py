"""`provenance report`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from provenance.commands.telling import leave
from provenance.errors import ExitStatus, OutputError


def report(
    records: Annotated[list[str], typer.Argument(help="Files of records (JSON, JSON Lines), or - for standard input.")],
    evidence: Annotated[Path | None, typer.Option(help="Their evidence, as `extract --evidence` writes it.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The page to write; default: stdout.")] = None,
    profile: Annotated[str, typer.Option(help="core, archival or google.")] = "core",
) -> None:
    """Write one self-contained HTML page of records, their evidence and findings, for a person to review."""
    from provenance.reviewing import review

    pieces = review(records, evidence=evidence, profile=profile)
    if output is None:
        sys.stdout.writelines(pieces)
    else:
        _write_whole(output, pieces)
    leave(ExitStatus.OK)


def _write_whole(path: Path, pieces: Iterable[str]) -> None:
    """Under a temporary name first, so that a page that is there is a whole one."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with open(unfinished, "x", encoding="utf-8", newline="\n") as out:
            out.writelines(pieces)
        os.replace(unfinished, path)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror}", advice="Check the folder and the disk."
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
