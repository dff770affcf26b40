"""The command line: parse, call the library, render, exit. stdout carries data only; everything else goes to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from provenance.errors import ExitStatus, OptionError, OutputError, ProvenanceError
from provenance.model import Capture, Finding, Unreadable

if TYPE_CHECKING:
    from provenance.sources.guard import FetchOptions

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


# --- extract, capture ----------------------------------------------------------------------------------------------


FromFile = Annotated[
    str | None, typer.Option("--from-file", help="Read sources from this list, one a line (- is stdin).")
]
IgnoreRobots = Annotated[bool, typer.Option("--ignore-robots", help="Fetch what robots.txt asks not to.")]
Delay = Annotated[float, typer.Option(help="Seconds between two requests to one host.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing on stderr but failures.")]


class FailOn(StrEnum):
    """The least severity of a finding that makes the exit code 1."""

    error = "error"
    warning = "warning"
    note = "note"
    never = "never"


@app.command()
def extract(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Files, folders, archives, addresses, or - for standard input.")
    ] = None,
    from_file: FromFile = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write records here; can be resumed.")] = None,
    evidence: Annotated[Path | None, typer.Option(help="Write the evidence of every record here.")] = None,
    failures: Annotated[Path | None, typer.Option(help="Write one JSON line for each failure and skip here.")] = None,
    manifest: Annotated[Path | None, typer.Option(help="Write inputs, options, versions and counts here.")] = None,
    keep: Annotated[Path | None, typer.Option(help="Keep fetched exchanges in this WARC (.warc.gz).")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with an unfinished run of the same output.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Begin anew, whatever is there.")] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Worker processes.")] = 1,
    page_timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that one page may take.")] = 20.0,
    url: Annotated[str | None, typer.Option(help="Original address, where the page does not say it.")] = None,
    retrieved: Annotated[
        str | None, typer.Option(help="Moment of capture (RFC 3339, UTC), where nothing says it.")
    ] = None,
    no_body: Annotated[bool, typer.Option("--no-body", help="Leave the article's text out.")] = False,
    any_page: Annotated[
        bool, typer.Option("--any-page", help="Make records of pages too that are no article.")
    ] = False,
    sd_publisher: Annotated[str | None, typer.Option(help="Who makes the records.")] = None,
    sd_date: Annotated[str | None, typer.Option(help="When; default: SOURCE_DATE_EPOCH or today.")] = None,
    fail_on: Annotated[FailOn, typer.Option(help="Findings in records that make the exit code 1.")] = FailOn.error,
    allow_private: AllowPrivate = False,
    ignore_robots: IgnoreRobots = False,
    delay: Delay = 1.0,
    quiet: Quiet = False,
) -> None:
    """Make one record of every article: JSON Lines in the order of the input."""
    from provenance.batch import BatchOptions, TerminalProgress, run
    from provenance.configuration import FAIL_ON
    from provenance.options import Options

    options = BatchOptions(
        jobs=jobs,
        page_seconds=page_timeout,
        record=Options(
            url=_address(url),
            retrieved=_moment(retrieved),
            body=not no_body,
            sd_publisher=sd_publisher,
            sd_date=_day(sd_date) if sd_publisher else None,
            any_page=any_page,
            evidence=evidence is not None,
        ),
        fetch=_fetching(allow_private, ignore_robots, delay),
        output=output,
        failures=failures,
        evidence=evidence,
        keep=keep,
        manifest=manifest,
        resume=resume,
        fresh=force,
    )
    progress = TerminalProgress(sys.stderr, live=sys.stderr.isatty(), quiet=quiet)
    summary = run(_listed(sources, from_file), options, stream=sys.stdout.buffer, progress=progress)
    _leave(summary.status(FAIL_ON[fail_on.value]))


def _listed(sources: list[str] | None, from_file: str | None) -> Iterable[str]:
    """Sources of the command line, then those of the list, which is read as it is needed."""
    if not sources and from_file is None:
        raise OptionError("Nothing to read.", advice="Name a file, folder or address, or give --from-file LIST.")
    return list(sources or ()) if from_file is None else _from_file(sources or [], from_file)


def _from_file(sources: list[str], from_file: str) -> Iterator[str]:
    yield from sources
    try:
        with sys.stdin if from_file == "-" else Path(from_file).open(encoding="utf-8") as lines:
            yield from (line.strip() for line in lines if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise OptionError(
            f"The list {from_file} cannot be read.", advice="Give a text file, one source a line."
        ) from error


def _fetching(allow_private: bool, ignore_robots: bool, delay: float) -> FetchOptions:
    from provenance.sources.guard import FetchOptions

    return FetchOptions(allow_private=allow_private, ignore_robots=ignore_robots, delay=delay)


def _address(url: str | None) -> str | None:
    if url is not None and not url.startswith(("http://", "https://")):
        raise OptionError(f"--url {url} is no http(s) address.", advice="Give the whole address of the article.")
    return url


def _moment(text: str | None) -> str | None:
    """RFC 3339 in UTC, as records state it."""
    if text is None:
        return None
    from datetime import UTC, datetime

    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise OptionError(f"--retrieved {text} is no RFC 3339 time.", advice="Write 2024-03-05T09:10:11Z.") from error
    if moment.tzinfo is None:
        raise OptionError(f"--retrieved {text} has no offset.", advice="Write 2024-03-05T09:10:11Z.")
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _day(text: str | None) -> str:
    """YYYY-MM-DD: as given, or of SOURCE_DATE_EPOCH, or today."""
    from datetime import UTC, date, datetime

    try:
        if text is not None:
            return date.fromisoformat(text).isoformat()
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date().isoformat()
    except ValueError as error:
        raise OptionError(f"{text} is no date.", advice="Write YYYY-MM-DD.") from error


@app.command()
def capture(
    urls: Annotated[list[str] | None, typer.Argument(help="Addresses of articles.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The WARC to write (.warc.gz).")] = None,
    from_file: FromFile = None,
    allow_private: AllowPrivate = False,
    ignore_robots: IgnoreRobots = False,
    delay: Delay = 1.0,
    quiet: Quiet = False,
) -> None:
    """Fetch pages politely and keep the exchanges, redirects included, as WARC 1.1."""
    from provenance.sources.keeping import capture as fetch_all

    if output is None:
        raise OptionError("Where to?", advice="Give -o FILE.warc.gz.")

    def tell(item: Capture | Unreadable) -> None:
        if isinstance(item, Unreadable):
            _tell_unreadable(item)
        elif not quiet:
            _say(f"{item.locator}: kept, {len(item.body)} bytes")

    kept = fetch_all(_listed(urls, from_file), output, _fetching(allow_private, ignore_robots, delay), tell)
    _leave(ExitStatus.INPUT if kept.failures else ExitStatus.OK)


# --- validate ------------------------------------------------------------------------------------------------------


class Report(StrEnum):
    """How findings are told."""

    text = "text"
    json = "json"
    sarif = "sarif"
    junit = "junit"
    github = "github"


@app.command()
def validate(
    paths: Annotated[list[str], typer.Argument(help="Records (JSON, JSON Lines), saved pages, folders, or -.")],
    profile: Annotated[str | None, typer.Option(help="core, archival or google.")] = None,
    output_format: Annotated[Report, typer.Option("--format", help="How findings are told.")] = Report.text,
    fail_on: Annotated[FailOn | None, typer.Option(help="Least severity that makes the exit code 1.")] = None,
    rule: Annotated[list[str] | None, typer.Option(help="ID=off, note, warning or error; can be repeated.")] = None,
    schema: Annotated[Path | None, typer.Option(help="A JSON Schema of your own, checked on top.")] = None,
    evidence: Annotated[Path | None, typer.Option(help="Evidence of the records, checked too.")] = None,
    baseline: Annotated[Path | None, typer.Option(help="Findings in this file are known and not counted.")] = None,
    update_baseline: Annotated[bool, typer.Option("--update-baseline", help="Write the baseline anew.")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="Say how often each rule was broken.")] = False,
    config: Annotated[Path | None, typer.Option(help="Settings; default: provenance.toml or pyproject.toml.")] = None,
) -> None:
    """Check records, or the markup of saved pages and the records they give."""
    from provenance import configuration, validating
    from provenance.reports import REPORTERS
    from provenance.reports.text import report as text_report

    found = config or configuration.find(Path.cwd())
    settings = configuration.load(found).given(
        profile=profile,
        fail_on=fail_on.value if fail_on else None,
        rules=tuple(rule or ()),
        schema=schema,
        evidence=evidence,
        baseline=baseline,
    )
    if update_baseline:
        _say(f"{validating.update_baseline(paths, settings)} findings are known now")
        _leave(ExitStatus.OK)
    findings, tally = validating.run(paths, settings)
    listed = list(findings)
    summary = tally.summary()
    if output_format is Report.text:
        sys.stdout.write(text_report(listed, summary, colour=_colour(None)))
    else:
        sys.stdout.write(REPORTERS[output_format.value](listed, summary))
    if statistics:
        sys.stderr.write(tally.statistics())
    _leave(ExitStatus.INPUT if tally.failures else ExitStatus.FINDINGS if tally.failed else ExitStatus.OK)


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
    _say(f"internal error: {type(error).__name__}: {error} (set PROVENANCE_TRACEBACK=1 to see where; please report it)")
    return int(ExitStatus.INPUT)
