"""What is said on stderr, and the way out of a command. Text of a page is made harmless before it is shown."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import typer

from provenance.errors import ExitStatus
from provenance.model import Finding, Unreadable


def say(text: str) -> None:
    """One line on stderr. That nobody can read it is no reason to fail."""
    from provenance.cleaning import clean_line

    try:
        typer.echo(clean_line(text), err=True)
    except OSError:
        mute()


def mute() -> None:
    """Sends stderr nowhere from now on."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def tell_unreadable(item: Unreadable) -> bool:
    """One line on stderr; true when it is a failure and no mere skip."""
    if not item.skipped:
        say(f"{item.locator}: {item.message} [{item.code}] {item.advice}".rstrip())
    return not item.skipped


class Missed:
    """Tells of every input that cannot be read, and knows what the run ends with when there was one."""

    def __init__(self) -> None:
        self.any = False

    def __call__(self, item: Unreadable) -> None:
        self.any |= tell_unreadable(item)

    def status(self, otherwise: ExitStatus = ExitStatus.OK) -> ExitStatus:
        """What cannot be read goes before everything else."""
        return ExitStatus.INPUT if self.any else otherwise


def tell_finding(finding: Finding) -> None:
    """A finding in one line."""
    say(f"{finding.locator} {finding.path or '/'} {finding.rule}: {finding.message}")


def colour(wanted: bool | None) -> bool:
    """Whether stdout is painted: as asked, else on a terminal, unless NO_COLOR is set (no-color.org)."""
    if wanted is not None:
        return wanted
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def leave(status: ExitStatus) -> NoReturn:
    """Ends the command with its exit code."""
    raise typer.Exit(int(status))
