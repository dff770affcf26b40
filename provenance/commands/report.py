"""`provenance report`."""

from __future__ import annotations

import sys
from collections import deque
from pathlib import Path
from typing import Annotated

import typer

from provenance.commands.arguments import read_once, target
from provenance.commands.telling import Missed, leave, say
from provenance.writing import refuse_foreign, refuse_overlap, whole_file


def report(
    records: Annotated[list[str], typer.Argument(help="Files of records (JSON, JSON Lines), or - for standard input.")],
    evidence: Annotated[Path | None, typer.Option(help="Their evidence, as `extract --evidence` writes it.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The page to write; default: stdout.")] = None,
    profile: Annotated[str, typer.Option(help="core, archival or google.")] = "core",
) -> None:
    """Write one self-contained HTML page of records, their evidence and findings, for a person to review."""
    from provenance.reviewing import review

    read_once(*records, evidence)
    output = target(output)
    refuse_overlap({"--output": output}, [*records, *filter(None, [evidence])])
    refuse_foreign(output, "review")
    missed = Missed()
    pieces = review(records, evidence=evidence, profile=profile, missed=missed)
    if output is None:
        sys.stdout.writelines(pieces)
    elif not any(name == "-" or Path(name).exists() for name in records):
        deque(pieces, maxlen=0)  # tells of each
        say(f"nothing could be read: {output} was not written")
    else:
        with whole_file(output) as page:
            page.writelines(piece.encode("utf-8", "replace") for piece in pieces)
    leave(missed.status())
