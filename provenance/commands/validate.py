"""`provenance validate`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from provenance.commands.arguments import FailOn, named, read_once
from provenance.commands.telling import Missed, colour, leave, say
from provenance.errors import ExitStatus


class Report(StrEnum):
    """How findings are told."""

    text = "text"
    json = "json"
    sarif = "sarif"
    junit = "junit"
    github = "github"


def validate(
    paths: Annotated[
        list[str], typer.Argument(help="Records (JSON, JSON Lines), saved pages, folders, or -.", callback=named)
    ],
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
    from provenance.cleaning import counted
    from provenance.reports import REPORTERS
    from provenance.reports.text import report as text_report
    from provenance.writing import refuse_overlap

    read_once(*paths, evidence, schema, config)
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
        beside = [path for path in (settings.evidence, settings.schema, found) if path]
        refuse_overlap({"--baseline": settings.baseline}, [*paths, *beside])
        told = validating.update_baseline(paths, settings)
        missed = Missed()
        for item in told.failures:
            missed(item)
        known = f"{counted(told.findings, 'finding')} known from now on"
        say(f"nothing could be read: {settings.baseline} was not written" if told.nothing_read else known)
        leave(missed.status())
    if settings.baseline and not settings.baseline.exists():
        say(f"{settings.baseline}: there is no such baseline, so that no finding is known")
    findings, tally = validating.run(paths, settings)
    listed = list(findings)
    summary = tally.summary()
    for path in paths:
        if not _came(path, [*tally.files, *(failure.locator for failure in tally.failures)]):
            say(f"{path}: holds no record and no page: nothing was checked")
    if output_format is Report.text:
        sys.stdout.write(text_report(listed, summary, colour=colour(None)))
    else:
        sys.stdout.write(REPORTERS[output_format.value](listed, summary))
    if statistics:
        sys.stderr.write(tally.statistics())
    leave(ExitStatus.INPUT if tally.failures else ExitStatus.FINDINGS if tally.failed else ExitStatus.OK)


def _came(path: str, told: list[str]) -> bool:
    """Whether anything of an input was checked, or told as a failure: what a collection holds begins with its name."""
    from provenance.reports.summary import file_of

    names = {path, str(Path(path)), file_of(path)}
    return any(other in names or file_of(other) in names or Path(path) in Path(other).parents for other in told)
