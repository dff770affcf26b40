"""`provenance verify`."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.commands.arguments import read_once
from provenance.commands.telling import Missed, leave, say, tell_finding
from provenance.errors import ExitStatus


def verify(
    records: Annotated[str, typer.Argument(help="Records (JSON, JSON Lines), as `extract` writes them.")],
    evidence: Annotated[str, typer.Option(help="Their evidence, as `extract --evidence` writes it.")],
    captures: Annotated[
        list[str] | None, typer.Argument(help="Files and folders with the captures; default: where they were read.")
    ] = None,
) -> None:
    """Replay every piece of evidence against the captures."""
    from provenance.cleaning import counted
    from provenance.validation.reading import objects
    from provenance.verifying import verify_all

    read_once(records, evidence, *(captures or ()))
    missed = Missed()
    findings, tally = verify_all(objects(records, missed), objects(evidence, missed), captures or (), missed)
    count = 0
    for finding in findings:
        count += 1
        tell_finding(finding)
    said = counted(count, "finding") if count else "every piece of evidence leads back to the captured bytes"
    say(f"{counted(tally.replayed, 'record')} replayed" + (f": {said}" if count or tally.replayed else ""))
    leave(missed.status(ExitStatus.FINDINGS if count else ExitStatus.OK))
