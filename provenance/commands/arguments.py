"""Arguments that several commands share, and the values that are read from them."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cleaning import shorten
from provenance.errors import OptionError
from provenance.writing import STANDARD_OUTPUT

if TYPE_CHECKING:
    from provenance.sources.guard import FetchOptions


def named(sources: list[str] | None) -> list[str] | None:
    """The sources of the command line. Raises `OptionError` for an empty name, which stands for no file."""
    if any(not source.strip() for source in sources or ()):
        raise OptionError("A source has an empty name.", advice="Look whether a variable of the shell is unset.")
    read_once(*(sources or ()))
    return sources


def read_once(*names: str | Path | None) -> None:
    """Raises `OptionError` when more than one of the names is standard input, which ends when it was read."""
    if sum(str(name) == "-" for name in names) > 1:
        raise OptionError("Standard input can be read once only.", advice="Give one of them as a file.")


Sources = Annotated[
    list[str], typer.Argument(help="Files, folders, archives, addresses, or - for standard input.", callback=named)
]
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
    read_once(from_file, *(sources or ()))
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
    """The source that a line of a list names; empty for a comment, which begins with `#`. Blanks around it, and a first
    `#`, belong to it only where a file is called so."""
    if "\0" in line:
        advice = "Give one source a line (tr '\\0' '\\n'), or names that hold line breaks as arguments (xargs -0)."
        raise OptionError("The list has names with NUL between them.", advice=advice)
    name = line.rstrip("\r\n").removeprefix("\ufeff")
    bare = name.strip()
    if name != bare and os.path.lexists(name):
        return name
    return "" if bare.startswith("#") and not os.path.lexists(bare) else bare


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


def address(url: str | None, sources: list[str] | None, from_file: str | None = None) -> str | None:
    """The value of --url, as a record may state it. Raises `OptionError` when it is no address of one article."""
    if url is None:
        return None
    from provenance.addresses import as_uri, is_archive, is_public, split
    from provenance.limits import LIMITS

    parts = split(url)
    if parts and "@" in parts.netloc:
        raise OptionError("--url has a user name in it.", advice="Give the address that readers use.")
    uri = as_uri(parts.geturl(), parts) if parts else None
    if uri is None or len(uri) > LIMITS.url_chars:
        message, advice = "is no http(s) address that a record can state", "Give the whole address of the article."
    elif not is_public(uri):
        message, advice = "is no address that others can look up", "Give the one that readers use."
    elif is_archive(uri):
        message, advice = "is the address of an archive", "Give the address of the article itself."
    elif from_file is not None or len(sources or ()) != 1 or _holds_several(sources[0] if sources else ""):
        message, advice = "would be the address of every page", "Give one page with its address."
    else:
        return uri
    raise OptionError(f"--url {shorten(url, 100)} {message}.", advice=advice)


def _holds_several(source: str) -> bool:
    """Whether a folder has more than one file that may be a page, as far as the names tell."""
    if not os.path.isdir(source):
        return False
    from provenance.model import Unreadable
    from provenance.sources.folders import PARTS_OF_PAGES, PICTURES_AND_MORE, members

    beside = PARTS_OF_PAGES | PICTURES_AND_MORE
    read = (member for member in members(Path(source)) if not isinstance(member, Unreadable))
    likely = (member for member in read if str(getattr(member, "suffix", "")).lower()[1:] not in beside)
    return len(list(islice(likely, 2))) > 1


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

    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if text is None and epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
        except (ValueError, OverflowError, OSError) as error:
            message = f"SOURCE_DATE_EPOCH {shorten(epoch, 40)} is no moment."
            raise OptionError(message, advice="Set it to seconds since 1970, or give --sd-date.") from error
    try:
        return (date.fromisoformat(text) if text is not None else datetime.now(UTC).date()).isoformat()
    except ValueError as error:
        raise OptionError(f"--sd-date {text} is no date.", advice="Write YYYY-MM-DD.") from error
