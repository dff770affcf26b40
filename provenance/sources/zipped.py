"""ZIP containers, told apart by what is in them; opened with every bound, never unpacked to disk."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from provenance.errors import LimitError
from provenance.limits import Limits
from provenance.model import Capture, Unreadable
from provenance.sources import archives, databases_word, wacz, zipped_pages
from provenance.sources.inputs import Input, Readable
from provenance.sources.sniff import END_OF_ZIP, NAMED, ZIP_TAIL
from provenance.sources.tape import tape_of

Item = Capture | Unreadable


def read_zip(source: Input) -> Iterator[Item]:
    """The pages of a ZIP of a known kind."""
    try:
        archive = opened(source.file, source.limits)
    except (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError, EOFError):
        yield from _without_directory(source)
        return
    with archive:
        for fits, reader in READERS:
            if fits(archive):
                yield from reader(source, archive)
                return
        yield _unknown(source, archive)


def opened(file: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    """The ZIP in `file`, after its directory was looked at. Raises LimitError and zipfile.BadZipFile."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(size - ZIP_TAIL, 0))
    tail = file.read(ZIP_TAIL)
    at = tail.rfind(END_OF_ZIP)
    if at >= 0 and len(tail) - at >= 22:
        count, directory = struct.unpack_from("<HI", tail, at + 10)
        if (count > limits.zip_entries and count != 0xFFFF) or (
            directory > limits.zip_entries * 400 and directory != 2**32 - 1
        ):
            raise _too_many(limits)
    file.seek(0)
    archive = zipfile.ZipFile(file)
    if len(archive.infolist()) > limits.zip_entries:
        raise _too_many(limits)
    _refuse_overlaps(archive)
    return archive


def _too_many(limits: Limits) -> LimitError:
    return LimitError(
        f"has more than {limits.zip_entries} entries", code="limit.entries", advice="Unpack it with care."
    )


def _refuse_overlaps(archive: zipfile.ZipFile) -> None:
    """Entries that share bytes are the way to a bomb of any size."""
    end = 0
    for entry in sorted(archive.infolist(), key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise LimitError("has entries that overlap", code="limit.overlap", advice="This is no saved page.")
        end = entry.header_offset + 30 + entry.compress_size


def _without_directory(source: Input) -> Iterator[Item]:
    """A ZIP whose end is missing. Web archives lie in it as they are, so that their records can still be found."""
    found = False
    if b"archive/" in source.head or b"datapackage.json" in source.head or b".warc" in source.head:
        source.file.seek(0)
        for item in archives.items(archives.Archive(source.locator, tape_of(source.file, True), source.limits)):
            found = found or isinstance(item, Capture)
            yield item
    what = (
        "its directory is missing; the records that could be found in it were read" if found else "it is damaged or cut"
    )
    yield Unreadable(source.locator, "input.damaged", f"is a ZIP, but {what}", "Copy or fetch it again.")


def _unknown(source: Input, archive: zipfile.ZipFile) -> Unreadable:
    names = set(archive.namelist())
    kind = "zip"
    if "[Content_Types].xml" in names:
        kind = "office"
    elif "datapackage.json" in names:
        kind = "wacz"
    elif "mimetype" in names:
        declared = zipped_pages.entry_bytes(archive, "mimetype", source.limits, 1024)
        kind = "epub" if b"epub" in declared else "office" if b"opendocument" in declared else "zip"
    what, advice = NAMED[kind]
    return Unreadable(source.locator, f"input.{kind}", f"is {what}", advice)


class _Entry:
    """An entry that is read as a stream; a wrong checksum is a fault of the stream, not the end of the run."""

    def __init__(self, file: Readable) -> None:
        self._file = file

    def read(self, size: int = -1, /) -> bytes:
        try:
            return self._file.read(size)
        except zipfile.BadZipFile as error:
            raise zlib.error(str(error)) from error


def _read_wacz(source: Input, archive: zipfile.ZipFile) -> Iterator[Item]:
    yield from wacz.items(source, archive, zipped_pages.entry_bytes, _Entry)


Fits = Callable[[zipfile.ZipFile], bool]
READERS: tuple[tuple[Fits, Callable[[Input, zipfile.ZipFile], Iterator[Item]]], ...] = (
    (wacz.is_wacz, _read_wacz),
    (zipped_pages.is_maff, zipped_pages.read_maff),
    (zipped_pages.is_httrack, zipped_pages.read_httrack),
    (zipped_pages.is_singlefile, zipped_pages.read_singlefile),
    (zipped_pages.is_page, zipped_pages.read_page),
    (databases_word.is_word, databases_word.read_word),
)
"""What the ZIP is, and how it is read; the first that fits."""
