"""ZIP containers, told apart by what is in them; opened with every bound, never unpacked to disk."""

from __future__ import annotations

import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from provenance.errors import LimitError, SourceError
from provenance.limits import Limits
from provenance.model import Capture, Layer, Unreadable
from provenance.sources import archives, content, times, wacz
from provenance.sources.claims import web_address
from provenance.sources.inputs import Input, Readable, read_bounded, too_big
from provenance.sources.sniff import END_OF_ZIP, NAMED, ZIP_TAIL, kind_of
from provenance.sources.tape import tape_of
from provenance.sources.unwrapping import unwrapped

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


def entry_bytes(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo | str, limits: Limits, limit: int | None = None
) -> bytes:
    """One entry, whole. Raises LimitError for size or ratio, SourceError when encrypted or damaged."""
    info = archive.getinfo(entry) if isinstance(entry, str) else entry
    bound = limit or limits.page_bytes
    if info.flag_bits & 1:
        raise SourceError("is encrypted", code="input.encrypted", advice="Save it without a password.")
    if info.file_size > bound:
        raise too_big(bound)
    if info.file_size > limits.ratio_from_bytes and info.file_size > limits.ratio * max(info.compress_size, 1):
        raise LimitError(f"inflates to more than {limits.ratio} times its size", code="limit.ratio")
    try:
        with archive.open(info) as file:
            return read_bounded(file, bound)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise SourceError(f"has a damaged entry {info.filename[:80]!r}", code="input.damaged") from error


def _json(archive: zipfile.ZipFile, name: str, limits: Limits) -> dict[str, Any]:
    try:
        value = json.loads(entry_bytes(archive, name, limits, limits.json_total_bytes))
    except (ValueError, RecursionError, KeyError, SourceError):
        return {}
    return value if isinstance(value, dict) else {}


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
        kind = "docx" if any(name.startswith("word/") for name in names) else "office"
    elif "datapackage.json" in names:
        kind = "wacz"
    elif "mimetype" in names:
        declared = entry_bytes(archive, "mimetype", source.limits, 1024)
        kind = "epub" if b"epub" in declared else "office" if b"opendocument" in declared else "zip"
    what, advice = NAMED[kind]
    return Unreadable(source.locator, f"input.{kind}", f"is {what}", advice)


# --- savers that write one ZIP ----------------------------------------------------------------------------------------


def _is_singlefile(archive: zipfile.ZipFile) -> bool:
    return {"manifest.json", "index.html"} <= set(archive.namelist())


def _read_singlefile(source: Input, archive: zipfile.ZipFile) -> Iterator[Item]:
    manifest = _json(archive, "manifest.json", source.limits)
    url = web_address(str(manifest.get("originalUrl", "")))
    time = times.from_iso(str(manifest.get("archiveTime", "")))
    layer = Layer(
        "singlefile-zip", url, time, "save" if time else None, (("tool", "SingleFile"), ("member", "index.html"))
    )
    body = entry_bytes(archive, "index.html", source.limits)
    yield unwrapped(
        Capture(source.locator, body, charset="utf-8", url=url, captured=time, layers=(*source.layers, layer))
    )


def _is_page(archive: zipfile.ZipFile) -> bool:
    return "index.html" in archive.namelist()


def _read_page(source: Input, archive: zipfile.ZipFile) -> Iterator[Item]:
    body = entry_bytes(archive, "index.html", source.limits)
    layer = Layer("zip", detail=(("member", "index.html"),))
    yield unwrapped(Capture(source.locator, body, layers=(*source.layers, layer)))


def _is_maff(archive: zipfile.ZipFile) -> bool:
    return any(re.fullmatch(r"[^/]+/index\.rdf", name) for name in archive.namelist())


RDF_VALUE = r"<MAF:{}\b[^>]*?RDF:resource=\"([^\"]*)\""


def _read_maff(source: Input, archive: zipfile.ZipFile) -> Iterator[Item]:
    """Mozilla Archive Format: one folder a page, with an RDF file that says where it came from."""
    import html

    for name in [name for name in archive.namelist() if re.fullmatch(r"[^/]+/index\.rdf", name)]:
        text = entry_bytes(archive, name, source.limits, source.limits.front_matter_bytes).decode("utf-8", "replace")
        said = {key: match[1] for key in MAF_KEYS if (match := re.search(RDF_VALUE.format(key), text))}
        folder = name.partition("/")[0]
        member = f"{folder}/{said.get('indexfilename', 'index.html')}"
        url = web_address(html.unescape(said.get("originalurl", "")))
        time = times.from_mail(said.get("archivetime", ""))
        layer = Layer("maff", url, time, "save" if time else None, (("member", member),))
        locator = f"{source.locator}#{folder}"
        if member not in archive.namelist():
            yield Unreadable(locator, "input.no-page", "lacks the page that its index names", "Save the page again.")
            continue
        body = entry_bytes(archive, member, source.limits)
        charset = said.get("charset") or None
        yield unwrapped(Capture(locator, body, charset=charset, url=url, captured=time, layers=(*source.layers, layer)))


MAF_KEYS = ("originalurl", "archivetime", "indexfilename", "charset")


def _is_httrack(archive: zipfile.ZipFile) -> bool:
    names = archive.namelist()
    return bool(names) and all(re.match(r"https?://", name) for name in names[:50])


def _read_httrack(source: Input, archive: zipfile.ZipFile) -> Iterator[Item]:
    """HTTrack's cache: entries are named by their address and hold what the server sent; the extra field its header."""
    for entry in archive.infolist():
        url = web_address(entry.filename)
        locator = f"{source.locator}#{entry.filename}"
        message = content.parsed(_local_extra(source.file, entry), source.limits)
        declared = content.media_type_of(message.header("content-type")) if message else ""
        body = entry_bytes(archive, entry, source.limits) if declared in ("", *content.HTML_TYPES) else b""
        if not body or kind_of(body[:8192]) != "html":
            yield Unreadable(locator, "record.not-html", "is no page", skipped=True)
            continue
        layer = Layer("httrack-cache", url, detail=(("member", entry.filename),))
        yield unwrapped(
            Capture(
                locator,
                body,
                charset=content.charset_of(message.header("content-type")) if message else None,
                url=url,
                headers=content.harmless(message.headers) if message else (),
                layers=(*source.layers, layer),
            )
        )


def _local_extra(file: BinaryIO, entry: zipfile.ZipInfo) -> bytes:
    """The extra field of the entry's own header; the directory at the end has another, empty one."""
    file.seek(entry.header_offset)
    fixed = file.read(30)
    if len(fixed) < 30:
        return b""
    name, extra = struct.unpack_from("<HH", fixed, 26)
    file.seek(name, 1)
    data = file.read(extra)
    return data[max(data.find(b"HTTP/"), 0) :]


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
    yield from wacz.items(source, archive, entry_bytes, _Entry)


Fits = Callable[[zipfile.ZipFile], bool]
READERS: tuple[tuple[Fits, Callable[[Input, zipfile.ZipFile], Iterator[Item]]], ...] = (
    (wacz.is_wacz, _read_wacz),
    (_is_maff, _read_maff),
    (_is_httrack, _read_httrack),
    (_is_singlefile, _read_singlefile),
    (_is_page, _read_page),
)
"""What the ZIP is, and how it is read; the first that fits."""
