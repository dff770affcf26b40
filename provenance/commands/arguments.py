"""Arguments that several commands share, and the values that are read from them."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.errors import OptionError
from provenance.writing import STANDARD_OUTPUT

if TYPE_CHECKING:
    from provenance.sources.guard import FetchOptions

Sources = Annotated[list[str], typer.Argument(help="Files, folders, archives, addresses, or - for standard input.")]
FromFile = Annotated[
    str | None, typer.Option("--from-file", help="Read sources from this list, one a line (- is stdin).")
]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Fetch from private addresses too.")]
IgnoreRobots = Annotated[bool, typer.Option("--ignore-robots", help="Fetch what robots.txt asks not to.")]
Delay = Annotated[float, typer.Option(help="Seconds between two requests to one host.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing on stderr but failures.")]


class FailOn(StrEnum):
    """The least severity of a finding that makes the exit code 1."""

    error = "error"
    warning = "warning"
    note = "note"
    never = "never"


def listed(sources: list[str] | None, from_file: str | None) -> Iterable[str]:
    """Sources of the command line, then those of the list, which is read as it is needed."""
    if not sources and from_file is None:
        raise OptionError("Nothing to read.", advice="Name a file, folder or address, or give --from-file LIST.")
    if from_file == "-" and "-" in (sources or ()):
        raise OptionError("Standard input cannot be the list and a page.", advice="Give one of them as a file.")
    return list(sources or ()) if from_file is None else _from_file(sources or [], from_file)


def _from_file(sources: list[str], from_file: str) -> Iterator[str]:
    yield from sources
    try:
        with sys.stdin if from_file == "-" else open(from_file, encoding="utf-8", errors="surrogateescape") as lines:
            yield from filter(None, map(_source, lines))
    except OSError as error:
        reason = error.strerror or error
        raise OptionError(f"The list {from_file} cannot be read: {reason}.", advice="Give a text file.") from error


def _source(line: str) -> str:
    """The source that a line of a list names. Blanks around it belong to it only where a file is called so."""
    if "\0" in line:
        advice = "Give one source a line: tr '\\0' '\\n'."
        raise OptionError("The list has names with NUL between them.", advice=advice)
    name = line.rstrip("\r\n").removeprefix("\ufeff")
    bare = name.strip()
    return name if name != bare and os.path.lexists(name) else bare


def fetching(allow_private: bool, ignore_robots: bool, delay: float) -> FetchOptions:
    """How pages are fetched, from the options of the command line."""
    from provenance.sources.guard import FetchOptions

    return FetchOptions(allow_private=allow_private, ignore_robots=ignore_robots, delay=seconds("--delay", delay))


def seconds(option: str, value: float, least: float = 0) -> float:
    """A length of time from the command line. Raises `OptionError` for what is too little, endless or no number."""
    if not least <= value < math.inf:
        raise OptionError(f"{option} {value} cannot be used.", advice=f"Give seconds, {least} or more.")
    return value


def target(path: Path | None) -> Path | None:
    """Where an option says to write; `-` is standard output."""
    return STANDARD_OUTPUT if path == Path("-") else path


def address(url: str | None) -> str | None:
    """The value of --url. Raises `OptionError` when it is no web address."""
    if url is not None and not url.startswith(("http://", "https://")):
        raise OptionError(f"--url {url} is no http(s) address.", advice="Give the whole address of the article.")
    return url


def moment(text: str | None) -> str | None:
    """The value of --retrieved, RFC 3339 in UTC, as records state it. Raises `OptionError`."""
    if text is None:
        return None
    from datetime import UTC, datetime

    try:
        given = datetime.fromisoformat(text)
    except ValueError as error:
        raise OptionError(f"--retrieved {text} is no RFC 3339 time.", advice="Write 2024-03-05T09:10:11Z.") from error
    if given.tzinfo is None:
        raise OptionError(f"--retrieved {text} has no offset.", advice="Write 2024-03-05T09:10:11Z.")
    return given.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def day(text: str | None) -> str:
    """YYYY-MM-DD: as given, or of SOURCE_DATE_EPOCH, or today."""
    from datetime import UTC, date, datetime

    try:
        if text is not None:
            return date.fromisoformat(text).isoformat()
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date().isoformat()
    except ValueError as error:
        raise OptionError(f"{text} is no date.", advice="Write YYYY-MM-DD.") from error
