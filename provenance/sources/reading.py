"""From a locator to captures: opening, sniffing, choosing the reader, and turning every failure into an item."""

from __future__ import annotations

import os
import re
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, cast

from provenance.errors import SourceError
from provenance.limits import LIMITS, Limits
from provenance.model import Capture, Unreadable
from provenance.sources import folders, inputs, packed, sniff
from provenance.sources.inputs import HEAD_BYTES, Input
from provenance.sources.sniff import NAMED, kind_of
from provenance.sources.tape import tape_of

Item = Capture | Unreadable
Reader = Callable[[Input], Iterator[Item]]


def _late(module: str, function: str) -> Reader:
    """A reader whose module is loaded when it is first used: a page of HTML needs no mail or ZIP library."""

    def reader(source: Input) -> Iterator[Item]:
        read_it = getattr(import_module(f"provenance.sources.{module}"), function)
        yield from read_it(source)

    return reader


READERS: dict[str, Reader] = {
    "html": _late("files", "read_html"),
    "markdown": _late("files", "read_markdown"),
    "text": _late("files", "read_text"),
    "warc": _late("archives", "read_archive"),
    "arc": _late("archives", "read_archive"),
    "mhtml": _late("mhtml", "read_mhtml"),
    "webarchive": _late("webarchive", "read_webarchive"),
    "zip": _late("zipped", "read_zip"),
    "http": _late("responses", "read_http"),
    "cassette": _late("responses", "read_cassette"),
    "json": _late("listings", "read_json"),
    "table": _late("listings", "read_list"),
    "bookmarks": _late("listings", "read_list"),
    "enex": _late("notes", "read_enex"),
    "feed": _late("feeds", "read_feed"),
    "factiva-xml": _late("databases_html", "read_factiva_xml"),
    "pdf": _late("printed", "read_pdf"),
}
"""One reader per kind that the sniffer tells."""

MAY_END_IN_ZIP = frozenset({"html", "png", "pdf", "binary"})
"""Kinds behind which a saver may have hidden a ZIP."""

DAMAGED_ARCHIVES = frozenset({"gzip", "zstd", "binary", "text", "markdown"})
"""What an archive looks like when its first bytes are damaged."""

SOUND = frozenset({"html", "warc", "arc", "mhtml", "webarchive", "pdf", "zip"})
SEARCHED_BYTES = 4 * 1024 * 1024
SPOOLED_BYTES = 4 * 1024 * 1024 * 1024
"""How much of standard input is kept in a temporary file, for a container that has to be sought in."""

PIPE = (
    "input.not-a-file",
    "is a pipe, which is read as standard input only",
    "Give - for it: COMMAND | provenance extract -.",
)
"""Code, message and advice: a page may have to be read twice, and a pipe cannot."""
DESCRIPTOR = re.compile(r"/(?:dev|proc/(?:self|\d+))/fd/\d+")
"""What a shell makes of `<(…)`. A worker has none of the descriptors of the process that was called."""

STREAMED = frozenset({"warc", "arc"})
"""Kinds whose reader takes gzip members and Zstandard frames off itself."""


def open_captures(locator: str, *, limits: Limits = LIMITS, stdin: BinaryIO | None = None) -> Iterator[Item]:
    """Every page that `locator` holds, in its own order: a file, a folder, `-` (standard input) or an http(s) address.

    Failures and skips are items (`Unreadable`), never exceptions. A file is opened as a local file whatever its name;
    only a locator that begins with `http://` or `https://` reaches the network.
    """
    if locator == "-":
        yield from _standard_input(stdin or sys.stdin.buffer, limits)
    elif locator.lower().startswith(("http://", "https://")):
        from provenance.sources.web import fetch_captures

        yield from fetch_captures(locator, limits=limits)
    elif os.path.isdir(locator):
        for member in folders.members(Path(locator)):
            yield from open_member(member, limits)
    else:
        yield from _file(Path(locator), limits)


def read(source: Input) -> Iterator[Item]:
    """The items of an opened input, whatever it is."""
    kind = kind_of(source.head)
    if kind in MAY_END_IN_ZIP and source.seekable and sniff.holds_zip(source.file):
        kind = "zip"
    if kind in DAMAGED_ARCHIVES and source.seekable and _begins_later(source):
        yield from guarded(source.locator, "warc", READERS["warc"](source))
        return
    if kind in packed.KINDS:
        around, kind = kind, packed.kind_inside(kind, source.head)
        if kind not in STREAMED:
            yield from guarded(source.locator, around, _unpacked(source, around))
            return
    reader = READERS.get(kind)
    if reader is None:
        yield unreadable_kind(source.locator, kind)
        return
    yield from guarded(source.locator, kind, reader(source))


def _begins_later(source: Input) -> bool:
    """True for an archive whose first record is damaged."""
    kind = kind_of(source.head)
    if kind in packed.KINDS and packed.kind_inside(kind, source.head) in SOUND:
        return False
    if kind in ("text", "markdown") and b"\r\nWARC-" not in source.head[:2048]:
        return False
    from provenance.sources.salvage import holds_records

    found = holds_records(tape_of(source.file, True), SEARCHED_BYTES)
    source.file.seek(0)
    return found


def _unpacked(source: Input, kind: str) -> Iterator[Item]:
    yield from read(packed.unwrapped(source, kind))


def unreadable_kind(locator: str, kind: str) -> Unreadable:
    """What to say of a form that is recognised but not read."""
    what, advice = NAMED.get(kind, NAMED["binary"])
    return Unreadable(locator, f"input.{kind if kind in NAMED else 'binary'}", f"is {what}", advice)


def guarded(locator: str, kind: str, items: Iterator[Item]) -> Iterator[Item]:
    """The same items; an error of a reader becomes the last item. Hostile bytes find ways that no reader foresees."""
    try:
        yield from items
    except SourceError as error:
        yield Unreadable(locator, error.code, error.message, error.advice)
    except OSError as error:
        yield Unreadable(locator, "input.unreadable", f"cannot be read: {error.strerror or type(error).__name__}")
    except Exception as error:
        yield Unreadable(
            locator, "input.damaged", f"cannot be read as {kind}: {type(error).__name__}", "Save the page again."
        )


def _file(path: Path, limits: Limits) -> Iterator[Item]:
    name = str(path)
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISFIFO(mode):
            yield Unreadable(name, *PIPE)
            return
        if not stat.S_ISREG(mode):
            yield Unreadable(
                name, "input.not-a-file", "is no regular file", "Give a file, a folder or - for standard input."
            )
            return
        with open(path, "rb") as file:
            head = file.read(HEAD_BYTES)
            file.seek(0)
            yield from read(Input(name, file, head, limits, path))
    except FileNotFoundError:
        missing = ("input.missing", "no such file or folder", "Check the path.")
        yield Unreadable(name, *(PIPE if DESCRIPTOR.fullmatch(name) else missing))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        yield Unreadable(name, "input.unreadable", f"cannot be opened: {reason}", "Check the path and its permissions.")


def open_member(member: folders.Member, limits: Limits) -> Iterator[Item]:
    """The items of one member of a folder: whoever opens up a folder reads its members here."""
    if isinstance(member, Unreadable):
        yield member
    elif isinstance(member, folders.Snapshot):
        yield from _snapshot(member, limits)
    else:
        yield from (folders.as_member(item, member) for item in _file(member, limits))


def _snapshot(snapshot: folders.Snapshot, limits: Limits) -> Iterator[Item]:
    """The page of a snapshot from the first of its forms that gives one."""
    failures: list[Item] = []
    for choice in snapshot.choices:
        items = [folders.as_snapshot(item, snapshot.layer) for path in choice for item in _file(path, limits)]
        if any(isinstance(item, Capture) for item in items):
            yield from items
            return
        failures += items
    yield from failures


def _standard_input(file: BinaryIO, limits: Limits) -> Iterator[Item]:
    """Standard input: an archive is read as it comes; a ZIP needs a file to seek in; all else is small."""
    try:
        head = _head(file)
        kind = kind_of(head)
        kind = packed.kind_inside(kind, head) if kind in packed.KINDS else kind
        rest = cast("BinaryIO", inputs.Joined(head, file))
        if kind in STREAMED:
            yield from read(Input("-", rest, head, limits, seekable=False))
            return
        with tempfile.SpooledTemporaryFile(max_size=limits.page_bytes) as spool:
            inputs.spool(rest, spool, SPOOLED_BYTES if kind in ("zip", "binary") else limits.page_bytes)
            yield from read(Input("-", cast("BinaryIO", spool), head, limits))
    except SourceError as error:
        yield Unreadable("-", error.code, error.message, error.advice)
    except OSError as error:
        yield Unreadable("-", "input.unreadable", f"standard input cannot be read: {error.strerror}", "Give a file.")


def _head(file: BinaryIO) -> bytes:
    """The first bytes; a pipe gives them in pieces."""
    head = b""
    while len(head) < HEAD_BYTES and (piece := file.read(HEAD_BYTES - len(head))):
        head += piece
    return head
