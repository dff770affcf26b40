"""`provenance extract`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from provenance.commands.arguments import (
    AllowPrivate,
    Delay,
    FailOn,
    FromFile,
    IgnoreRobots,
    Quiet,
    address,
    day,
    fetching,
    listed,
    moment,
    named,
    seconds,
    target,
)
from provenance.commands.telling import leave, say
from provenance.errors import OptionError, OutputError
from provenance.writing import STANDARD_OUTPUT, refuse_foreign, refuse_overlap


def extract(
    sources: Annotated[
        list[str] | None,
        typer.Argument(help="Files, folders, archives, addresses, or - for standard input.", callback=named),
    ] = None,
    from_file: FromFile = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write records here; can be resumed.")] = None,
    evidence: Annotated[Path | None, typer.Option(help="Write the evidence of every record here.")] = None,
    failures: Annotated[
        Path | None, typer.Option(help="Write one JSON line here for each failure, and each page that is no article.")
    ] = None,
    manifest: Annotated[Path | None, typer.Option(help="Write inputs, options, versions and counts here.")] = None,
    keep: Annotated[Path | None, typer.Option(help="Keep fetched exchanges in this WARC (.warc.gz).")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with an unfinished run of the same output.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Begin anew, whatever is there.")] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Worker processes.")] = 1,
    page_timeout: Annotated[float, typer.Option(help="Seconds that one page may take.")] = 20.0,
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
    from provenance.batch import BatchOptions, TerminalProgress, earlier_settings, run
    from provenance.configuration import FAIL_ON
    from provenance.options import Options

    if resume and force:
        raise OptionError("--resume goes on and --force begins anew.", advice="Give one of them.")
    made = day(sd_date) if sd_publisher or sd_date else None
    if made and not sd_publisher:
        raise OptionError("--sd-date says when somebody made the records.", advice="Give --sd-publisher too.")
    output, evidence, failures, manifest, keep = map(target, (output, evidence, failures, manifest, keep))
    records = {"--output": output} if output else {"The records": STANDARD_OUTPUT}
    written = {**records, "--evidence": evidence, "--failures": failures}
    read = [*(sources or ()), *([from_file] if from_file else ())]
    refuse_overlap(written | {"--manifest": manifest, "--keep": keep}, read)
    options = BatchOptions(
        jobs=jobs,
        page_seconds=seconds("--page-timeout", page_timeout, least=0.1),
        record=Options(
            url=address(url, sources, from_file),
            retrieved=moment(retrieved),
            body=not no_body,
            sd_publisher=sd_publisher,
            sd_date=made,
            any_page=any_page,
            evidence=evidence is not None,
        ),
        fetch=fetching(allow_private, ignore_robots, delay),
        output=output,
        failures=failures,
        evidence=evidence,
        keep=keep,
        manifest=manifest,
        resume=resume,
        fresh=force,
    )
    for kind, path in options.files():
        refuse_foreign(path, kind)
    progress = TerminalProgress(sys.stderr, live=sys.stderr.isatty(), quiet=quiet)
    try:
        summary = run(listed(sources, from_file), options, stream=sys.stdout.buffer, progress=progress)
    except OutputError as error:
        begun = output is not None and earlier_settings(output)
        error.advice = f"{error.advice} Then go on with --resume." if begun else error.advice
        raise
    if url and summary.counts.record > 1:
        say("--url is now the address of every page that states none.")
    if summary.stopped_by is not None and options.resumable:
        say("Give the same command with --resume to go on.")
    elif summary.counts.nothing_read and output is not None and output.is_file() and output.stat().st_size:
        say(f"nothing could be read: {output} is left as it was")
    leave(summary.status(FAIL_ON[fail_on.value]))
