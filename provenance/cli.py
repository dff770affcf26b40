"""The command line: parse, call the library, render, exit. stdout carries data only; everything else goes to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, NoReturn

import typer

from provenance.errors import ExitStatus, OutputError, ProvenanceError
from provenance.model import Finding, Severity, Unreadable

app = typer.Typer(
    name="provenance",
    help="Saved news pages into catalogue records that can be defended: every value with evidence.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Sources = Annotated[list[str], typer.Argument(help="Files, folders, archives, addresses, or - for standard input.")]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Fetch from private addresses too.")]


class Profile(StrEnum):
    """What a record is checked against (docs/profiles.md)."""

    core = "core"
    archival = "archival"
    google = "google"
    evidence = "evidence"


def _version(wanted: bool) -> None:
    if wanted:
        from provenance import __version__

        typer.echo(f"provenance {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Saved news pages into catalogue records that can be defended: every value with evidence."""


# --- explain -------------------------------------------------------------------------------------------------------


@app.command()
def explain(
    sources: Sources,
    field: Annotated[str | None, typer.Option(help="Show one property only, with everything that lost.")] = None,
    url: Annotated[str | None, typer.Option(help="Original address, where the page does not say it.")] = None,
    any_page: Annotated[bool, typer.Option("--any-page", help="Explain pages too that are no article.")] = False,
    colour: Annotated[bool | None, typer.Option("--colour/--no-colour", help="Default: on a terminal only.")] = None,
) -> None:
    """Show what was found where, what lost and why, for a person to read."""
    from provenance.explaining import explain as table
    from provenance.options import Options
    from provenance.pipeline import process
    from provenance.sources import open_captures

    failed = False
    painted = _colour(colour)
    for source in sources:
        for item in open_captures(source):
            if isinstance(item, Unreadable):
                failed |= _tell_unreadable(item)
                continue
            outcome = process(item, Options(url=url, any_page=any_page))
            if outcome.record is None or outcome.evidence is None:
                _tell_refusal(outcome.locator, outcome.refusal.message if outcome.refusal else "")
                continue
            typer.echo(table(outcome.record, outcome.evidence, field=field, colour=painted, width=_width()))
    _leave(ExitStatus.INPUT if failed else ExitStatus.OK)


def _colour(wanted: bool | None) -> bool:
    if wanted is not None:
        return wanted
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _width() -> int:
    import shutil

    return max(60, min(shutil.get_terminal_size((100, 40)).columns, 160))


# --- verify, schema ------------------------------------------------------------------------------------------------


@app.command()
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
        _tell_finding(finding)
    typer.echo(
        "every piece of evidence leads back to the captured bytes" if not count else f"{count} findings", err=True
    )
    _leave(ExitStatus.FINDINGS if count else ExitStatus.OK)


@app.command()
def schema(profile: Profile) -> None:
    """Print the JSON Schema of a profile, with everything it refers to in one document."""
    from importlib.resources import files

    typer.echo(files("provenance.schemas").joinpath(f"{profile.value}.bundle.schema.json").read_text("utf-8"), nl=False)


# --- export --------------------------------------------------------------------------------------------------------


class Format(StrEnum):
    """What records are exported to."""

    csl_json = "csl-json"
    ris = "ris"
    bibtex = "bibtex"
    dc = "dc"
    mods = "mods"
    csv = "csv"


@app.command()
def export(
    records: Annotated[str, typer.Argument(help="Records as JSON Lines, or - for standard input.")],
    to: Annotated[Format, typer.Option(help="The format.")],
) -> None:
    """Write records as citations or catalogue records."""
    from provenance.exports import EXPORTERS
    from provenance.verifying import read_lines

    for piece in EXPORTERS[to.value](read_lines(records)):
        sys.stdout.write(piece)
    _leave(ExitStatus.OK)


# --- what is said on stderr ----------------------------------------------------------------------------------------


def _say(text: str) -> None:
    from provenance.cleaning import clean_line

    typer.echo(clean_line(text), err=True)


def _tell_unreadable(item: Unreadable) -> bool:
    """One line on stderr; true when it is a failure and no mere skip."""
    if not item.skipped:
        _say(f"{item.locator}: {item.message} [{item.code}] {item.advice}".rstrip())
    return not item.skipped


def _tell_refusal(locator: str, reason: str) -> None:
    _say(f"{locator}: no record: {reason}")


def _tell_finding(finding: Finding) -> None:
    _say(f"{finding.locator} {finding.path or '/'} {finding.rule}: {finding.message}")


def tell_findings(findings: Iterable[Finding], least: Severity = Severity.WARNING) -> int:
    """Findings of at least this severity on stderr; gives their number."""
    told = [f for f in findings if f.severity >= least]
    for finding in told:
        _tell_finding(finding)
    return len(told)


# --- the way out ---------------------------------------------------------------------------------------------------


def _leave(status: ExitStatus) -> NoReturn:
    raise typer.Exit(int(status))


def main(arguments: list[str] | None = None) -> NoReturn:
    """Entry point of the command. Every way out is an exit code of `ExitStatus`; no traceback reaches a user."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else "strict")
    sys.exit(_run(arguments))


def _run(arguments: list[str] | None) -> int:
    try:
        result = app(args=arguments, standalone_mode=False, prog_name="provenance")
        sys.stdout.flush()
        return int(result or 0)
    except typer.Exit as leaving:
        return _flushed(leaving.exit_code)
    except typer.Abort:
        return int(ExitStatus.INTERRUPTED)
    except KeyboardInterrupt:
        _say("interrupted")
        return int(ExitStatus.INTERRUPTED)
    except BrokenPipeError:
        return _pipe_closed()
    except ProvenanceError as error:
        _say(f"{error.message} [{error.code}] {error.advice}".rstrip())
        return int(_status_of(error))
    except OSError as error:
        _say(f"output cannot be written: {error.strerror or error}")
        return int(ExitStatus.OUTPUT)
    except Exception as error:
        return _usage(error)


def _flushed(status: int) -> int:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return _pipe_closed()
    except OSError as error:
        _say(f"output cannot be written: {error.strerror or error}")
        return int(ExitStatus.OUTPUT)
    return status


def _pipe_closed() -> int:
    """The reader went away: end quietly. The descriptor is replaced, so that the interpreter's own flush is silent."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return int(ExitStatus.PIPE_CLOSED)


def _status_of(error: ProvenanceError) -> ExitStatus:
    from provenance.errors import OptionError, SchemaError, SourceError

    if isinstance(error, OutputError):
        return ExitStatus.OUTPUT
    if isinstance(error, (OptionError, SchemaError)):
        return ExitStatus.USAGE
    return ExitStatus.INPUT if isinstance(error, SourceError) else ExitStatus.USAGE


def _usage(error: Exception) -> int:
    """Typer's own usage errors, told as it tells them; anything else is a fault of the tool and says so in a line."""
    show = getattr(error, "show", None)
    if show is not None:
        show()
        return int(getattr(error, "exit_code", ExitStatus.USAGE))
    if os.environ.get("PROVENANCE_TRACEBACK"):
        raise error
    _say(f"internal error: {type(error).__name__}: {error} (set PROVENANCE_TRACEBACK=1 to see where; please report it)")
    return int(ExitStatus.INPUT)
