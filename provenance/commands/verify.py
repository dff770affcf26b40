"""`provenance verify`."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.commands.telling import leave, tell_finding
from provenance.errors import ExitStatus


def verify(
    records: Annotated[str, typer.Argument(help="Records as JSON Lines, as `extract` writes them.")],
    evidence: Annotated[str, typer.Option(help="Their evidence, as `extract --evidence` writes it.")],
    captures: Annotated[
        list[str] | None, typer.Argument(help="Files and folders with the captures; default: where they were read.")
    ] = None,
) -> None:
    """Replay every piece of evidence against the captures."""
    from provenance.verifying import read_lines, verify_all

    count = 0
    for finding in verify_all(read_lines(records), read_lines(evidence), captures or ()):
        count += 1
        tell_finding(finding)
    typer.echo(
        "every piece of evidence leads back to the captured bytes" if not count else f"{count} findings", err=True
    )
    leave(ExitStatus.FINDINGS if count else ExitStatus.OK)
