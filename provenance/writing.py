"""Files that are whole or not there: written under another name, forced to the disk, then renamed."""

from __future__ import annotations

import os
import re
import stat
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from provenance.errors import OptionError, OutputError

STANDARD_OUTPUT = Path("/dev/stdout")
ADVICE = "Mend that and run it again."


def is_stream(path: Path) -> bool:
    """Whether a path is a device, a pipe or a descriptor: written to as it is, never replaced by a file."""
    if path.absolute().parts[1:2] in (("dev",), ("proc",)):
        return True
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def refuse_overlap(outputs: Mapping[str, Path | None], inputs: Iterable[Path | str] = ()) -> None:
    """Raises OptionError when one file would be written twice, or written while it is read; nothing is touched.

    `outputs` are paths by the option that names them. What is no file, such as an address or a pipe, is no input.
    """
    written: dict[str, str] = {}
    for option, path in outputs.items():
        if path is None or (is_stream(path) and not _is_standard(path)):
            continue
        place = os.path.realpath(path)
        if place in written:
            raise _twice(path, f"{written[place]} and {option}")
        written[place] = option
    for source in inputs:
        option = written.get(os.path.realpath(source), "") if "\0" not in str(source) else ""
        if option:
            raise OptionError(f"{source} would be overwritten by {option}.", advice="Name another file.")


def _twice(path: Path, options: str) -> OptionError:
    if _is_standard(path):
        return OptionError(f"{options} cannot both go to standard output.", advice="Name a file for one of them.")
    return OptionError(f"{path} is named by {options}.", advice="Name two files.")


def refuse_existing(path: Path | None, advice: str) -> None:
    """Raises OptionError when something would be lost with the file that `path` is now; a stream loses nothing."""
    if path is not None and path.is_file() and path.stat().st_size:
        raise OptionError(f"{path} exists.", advice=advice)


BEGINNINGS = {
    "records": rb'\{"@context":"https://schema\.org","@type":"',
    "evidence": rb'\{"\$schema":"https://w3id\.org/news-provenance/schema/',
    "failures": rb'\{"kind":"(?:failure|refused)","locator":"',
    "manifest": rb'\{\n "manifest": \d+,\n "versions": ',
    "journal": rb'\{"version ',
    "inputs": rb'\{"locator":"',
    "baseline": rb'\{\n "version": "\d+",\n "findings": ',
    "review": rb'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-P',
    "kept": rb"WARC/1\.1\r\n(?s:.{1,1500}?)\r\nsoftware: news-provenance/",
}
"""What each file that the tool writes begins with, unpacked."""
HEAD_BYTES = 2048
GZIP = b"\x1f\x8b"
GZIP_WINDOW = 31
"""zlib's name for gzip (RFC 1952)."""


def refuse_foreign(path: Path | None, kind: str) -> None:
    """Raises OptionError when `path` is a file that the tool did not write as this kind of output: a capture, a page.

    What the tool wrote can be made again; anything else cannot, so that no option replaces it.
    """
    if path is None or is_stream(path) or not path.is_file():
        return
    with writing(path), open(path, "rb") as file:
        head = file.read(HEAD_BYTES)
    if head and not re.match(BEGINNINGS[kind], _unpacked(head)):
        raise OptionError(
            f"{path} is there, and holds something else.", advice="Name another file, or remove this one."
        )


def _unpacked(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(GZIP_WINDOW).decompress(head, HEAD_BYTES) if head.startswith(GZIP) else head
    except zlib.error:
        return head


def _is_standard(path: Path) -> bool:
    return path == STANDARD_OUTPUT


@contextmanager
def writing(path: Path | str) -> Iterator[None]:
    """Turns an error of the file system into OutputError. A closed pipe is left to the caller."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}", advice=ADVICE) from error


@contextmanager
def whole_file(path: Path, ending: str | None = None) -> Iterator[BinaryIO]:
    """A file to write into, that takes the place of `path` when all went well; a stream is written to as it is.

    Until then it has `ending` behind its name, by default one that no other process uses. Raises `OutputError`.
    """
    if is_stream(path):
        with writing(path), open(path, "wb") as out:
            yield out
        return
    unfinished = path.with_name(f"{path.name}.{ending or f'{os.getpid()}.tmp'}")
    try:
        with writing(path):
            unfinished.unlink(missing_ok=True)
            with open(unfinished, "xb") as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            os.replace(unfinished, path)
            sync_folder(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Forces new names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
