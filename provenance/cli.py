"""The command line: the commands put together, and every way out. stdout carries data only, all else goes to stderr."""

from __future__ import annotations

import os
import sys
from io import RawIOBase
from typing import Annotated, NoReturn

import typer

from provenance.commands.capture import capture
from provenance.commands.explain import explain
from provenance.commands.export import export
from provenance.commands.extract import extract
from provenance.commands.report import report
from provenance.commands.schema import schema
from provenance.commands.telling import say
from provenance.commands.validate import validate
from provenance.commands.verify import verify
from provenance.errors import ExitStatus, OptionError, OutputError, ProvenanceError

app = typer.Typer(
    name="provenance",
    help="Saved news pages into catalogue records that can be defended: every value with evidence.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


for command in (extract, capture, validate, explain, verify, report, schema, export):
    app.command()(command)


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


def main(arguments: list[str] | None = None) -> NoReturn:
    """Entry point of the command. Every way out is an exit code of `ExitStatus`; no traceback reaches a user."""
    _opened_streams()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else "strict")
    sys.exit(_flushed(_run(arguments)))


def _opened_streams() -> None:
    """Stands in for standard streams that the caller closed, so that no file of ours gets their numbers.

    What is written to a closed stdout is an error of output; what is told to a closed stderr is told to nobody.
    """
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY))
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    if isinstance(getattr(sys.stdout, "buffer", None), RawIOBase):  # PYTHONUNBUFFERED, with which half a write is lost
        sys.stdout = os.fdopen(sys.stdout.fileno(), "w", closefd=False)


def _run(arguments: list[str] | None) -> int:
    try:
        return int(app(args=arguments, standalone_mode=False, prog_name="provenance") or 0)
    except typer.Exit as leaving:
        return leaving.exit_code
    except typer.Abort:
        return int(ExitStatus.INTERRUPTED)
    except KeyboardInterrupt:
        say("interrupted")
        return int(ExitStatus.INTERRUPTED)
    except SystemExit as leaving:
        if isinstance(leaving.__context__, BrokenPipeError):  # which typer makes an exit 1
            return _pipe_closed()
        raise
    except ProvenanceError as error:
        say(f"{error.message} [{error.code}] {error.advice}".rstrip())
        return int(_status_of(error))
    except OSError as error:
        say(f"output cannot be written: {error.strerror or error}")
        return int(ExitStatus.OUTPUT)
    except Exception as error:
        return _usage(error)


def _flushed(status: int) -> int:
    """The exit code, once everything reached stdout; what cannot is given up, or the interpreter would tell of it."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        status = _pipe_closed()
    except OSError as error:
        if status == ExitStatus.OK:
            say(f"output cannot be written: {error.strerror or error}")
        _give_up_stdout()
        return int(status or ExitStatus.OUTPUT)
    return status


def _pipe_closed() -> int:
    """The reader went away: end quietly."""
    _give_up_stdout()
    return int(ExitStatus.PIPE_CLOSED)


def _give_up_stdout() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _status_of(error: ProvenanceError) -> ExitStatus:
    from provenance.errors import SchemaError, SourceError

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
    say(f"internal error: {type(error).__name__}: {error} (set PROVENANCE_TRACEBACK=1 to see where; please report it)")
    return int(ExitStatus.INPUT)
