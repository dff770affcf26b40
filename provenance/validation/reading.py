"""Records from JSON, JSON Lines and JSON-LD files, each with what is needed to point at a place in its file.

Every command that takes records reads them here: `read` gives the items with their places, `objects` only the objects.

A line or file that is no JSON is an item of the stream too, with its place: a collection in CI is broken there.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BufferedReader
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, cast

from provenance.cleaning import clean_line, quoted
from provenance.jsonld import ARTICLE_TYPES, types_of
from provenance.limits import LIMITS
from provenance.model import Position, Unreadable
from provenance.sources.content import GZIP
from provenance.sources.tape import GZIP_WINDOW
from provenance.validation.places import Places
from provenance.validation.problems import Problem

NAMES = re.compile(r"\.(?:json|jsonl|ndjson|jsonld)(?:\.gz)?$", re.I)
"""File names that hold records; everything else is taken for a page."""

_LINES = re.compile(r"\.(?:jsonl|ndjson)(?:\.gz)?$", re.I)


@dataclass(frozen=True)
class Loaded:
    """One record of a file: `base` is its pointer in `text`, which begins on line `first_line` of the file."""

    locator: str
    file: str
    record: Any
    text: str = field(repr=False)
    first_line: int = 1
    base: str = ""
    problems: tuple[Problem, ...] = ()

    @cached_property
    def places(self) -> Places:
        """Positions in the text; scanned when the first finding asks."""
        return Places(self.text, self.first_line)

    def position(self, path: str) -> Position:
        """The place of a pointer of the record in the file."""
        return self.places.position(self.base + path)


@dataclass(frozen=True, slots=True)
class Broken:
    """A text that is no JSON, with the place where reading stopped, and the line there."""

    locator: str
    problem: Problem
    position: Position
    line: str = ""

    def unreadable(self) -> Unreadable:
        """The same, for whoever tells of inputs and not of findings."""
        message = f"{self.problem.message} (line {self.position.line}, column {self.position.column})"
        return Unreadable(self.locator, "input.not-json", message, RECORDS)


Item = Loaded | Broken | Unreadable
RECORDS = "Give records as JSON Lines or JSON, as extract writes them."


def read(path: str, stdin: BinaryIO | None = None) -> Iterator[Item]:
    """Items of a file, or of standard input for `-`; gzip is taken off both."""
    if path != "-":
        yield from read_file(Path(path))
        return
    try:
        yield from read_stream("-", _stream(stdin or sys.stdin.buffer))
    except (OSError, EOFError, zlib.error) as error:
        yield _damaged("-", error)


def beginning(file: BufferedReader[Any]) -> bytes:
    """The first bytes of a stream, unpacked where they are gzip; none of them are used up."""
    head = file.peek(1024)[:1024]
    if head[:2] != GZIP:
        return head
    try:
        return zlib.decompressobj(GZIP_WINDOW).decompress(head, 1024)
    except zlib.error:
        return b""


def _stream(file: BinaryIO) -> BinaryIO:
    packed = isinstance(file, BufferedReader) and file.peek(2)[:2] == GZIP
    return cast("BinaryIO", gzip.GzipFile(fileobj=file)) if packed else file


def objects(
    path: str, missed: Callable[[Unreadable], object], stdin: BinaryIO | None = None
) -> Iterator[dict[str, Any]]:
    """The JSON objects of a file or of `-`. What cannot be read or is no object goes to `missed`; the others come."""
    for item in read(path, stdin):
        if isinstance(item, Unreadable):
            missed(item)
        elif isinstance(item, Broken):
            missed(item.unreadable())
        elif isinstance(item.record, dict):
            yield item.record
        else:
            missed(no_record(item))


def no_record(item: Loaded) -> Unreadable:
    """What is told of JSON that is no object, where only records can be used."""
    return Unreadable(item.locator, "input.no-record", f"is no record, but {quoted(item.record)}", RECORDS)


def read_file(path: Path) -> Iterator[Item]:
    """Items of one file, streamed line by line where it is JSON Lines."""
    try:
        with unpacked(path) as file:
            yield from read_stream(str(path), file, lines=bool(_LINES.search(path.name)))
    except FileNotFoundError:
        yield Unreadable(str(path), "input.missing", "no such file or folder", "Check the path.")
    except IsADirectoryError:
        yield Unreadable(str(path), "input.not-a-file", "is a folder", "Name the files of records in it.")
    except (OSError, EOFError, ValueError, zlib.error) as error:
        yield _damaged(str(path), error)


def _damaged(name: str, error: Exception) -> Unreadable:
    reason = getattr(error, "strerror", None) or "it is damaged"
    return Unreadable(name, "input.unreadable", f"cannot be read: {reason}", "Check the file.")


def unpacked(path: Path) -> BinaryIO:
    """A file opened for reading, its gzip taken off where it has one; told by its first bytes. Raises `OSError`."""
    file = open(path, "rb")  # noqa: SIM115  the caller closes it
    if file.peek(2)[:2] != GZIP:  # a pipe cannot be wound back
        return file
    file.close()
    return cast("BinaryIO", gzip.open(path))


def read_stream(name: str, file: BinaryIO | Any, *, lines: bool = False) -> Iterator[Item]:
    """Items of an open stream; none of one that holds nothing, as `extract` writes it where no page is an article.

    JSON Lines are known by name, or by a first line that is one object among several.
    """
    numbered = _numbered(file)
    head = list(islice(numbered, 1))
    if not lines and head and _is_object(head[0][1]):
        head += islice(numbered, 1)
        lines = len(head) > 1
    if lines or not head:
        for count, (number, line) in enumerate(chain(head, numbered), 1):
            yield from _loaded(f"{name}#{count}", name, line.rstrip(b"\r\n"), number)
        return
    number, first = head[0]
    rest = file.read(LIMITS.record_bytes + 1)
    if len(first) + len(rest) > LIMITS.record_bytes:
        size = LIMITS.record_bytes // (1024 * 1024)
        yield Unreadable(name, "limit.record_bytes", f"larger than {size} MiB", "Write JSON Lines: one record a line.")
        return
    yield from _document(name, number, first + rest)


def _numbered(file: Any) -> Iterator[tuple[int, bytes]]:
    """Lines that are not blank, with their numbers."""
    number = 0
    while line := file.readline(LIMITS.record_bytes + 1):
        number += 1
        if line.strip():
            yield number, bytes(line).removeprefix(b"\xef\xbb\xbf") if number == 1 else bytes(line)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _document(name: str, number: int, body: bytes) -> Iterator[Item]:
    """A whole file: one object, a list of them, or an object whose @graph holds articles."""
    for item in _loaded(name, name, body, number):
        if not isinstance(item, Loaded):
            yield item
            return
        parts = list(_parts(item.record))
        for i, (base, record) in enumerate(parts, 1):
            locator = name if len(parts) == 1 else f"{name}#{i}"
            yield Loaded(locator, name, record, item.text, item.first_line, base, item.problems if i == 1 else ())


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        yield from ((f"/{i}", item) for i, item in enumerate(value))
    elif isinstance(value, dict) and isinstance(value.get("@graph"), list):
        context = {"@context": value["@context"]} if "@context" in value else {}
        for i, item in enumerate(value["@graph"]):
            if isinstance(item, dict) and types_of(item) & ARTICLE_TYPES:
                yield f"/@graph/{i}", {**context, **item}
    else:
        yield "", value


def _loaded(locator: str, name: str, body: bytes, line: int) -> Iterator[Item]:
    """One JSON text as an item, with a problem for every name that an object has twice."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        before = body[: error.start]
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        place = Position(line + before.count(b"\n"), column)
        yield Broken(locator, _not_json("the text is not UTF-8"), place)
        return
    twice: list[str] = []
    try:
        value = json.loads(text, object_pairs_hook=lambda pairs: _object(pairs, twice), parse_constant=_refuse)
    except json.JSONDecodeError as error:
        place = Position(line + error.lineno - 1, error.colno)
        shown = text.split("\n")[error.lineno - 1].rstrip("\r")
        yield Broken(locator, _not_json(f"the text is no JSON: {error.msg}"), place, shown)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deep" if isinstance(error, RecursionError) else clean_line(str(error)[:100])
        yield Broken(locator, _not_json(f"the text is no JSON that can be read: {reason}"), Position(line, 1))
    else:
        yield Loaded(locator, name, value, text, line, "", tuple(map(_repeated, dict.fromkeys(twice))))


def _object(pairs: list[tuple[str, Any]], twice: list[str]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        counts = Counter(name for name, _ in pairs)
        twice.extend(name for name, count in counts.most_common(20) if count > 1)
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")


def _not_json(message: str) -> Problem:
    return Problem("", message, rule="record/not-json")


def _repeated(name: str) -> Problem:
    message = f"an object has the name {quoted(name, 40)} twice; only the last value counts"
    return Problem("", message, quoted(name, 40), rule="record/duplicate-name")
