"""ZIP files that a page saver wrote: SingleFile, MAFF, WebScrapBook, and the cache of HTTrack."""

from __future__ import annotations

import html
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from provenance.errors import LimitError, SourceError
from provenance.limits import Limits
from provenance.model import Capture, Layer, Unreadable
from provenance.sources import content, times
from provenance.sources.claims import web_address
from provenance.sources.inputs import Input, read_bounded, too_big
from provenance.sources.sniff import kind_of
from provenance.sources.unwrapping import unwrapped

Item = Capture | Unreadable


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


def is_singlefile(archive: zipfile.ZipFile) -> bool:
    return {"manifest.json", "index.html"} <= set(archive.namelist())


def read_singlefile(source: Input, archive: zipfile.ZipFile) -> Iterator[Item]:
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


def is_page(archive: zipfile.ZipFile) -> bool:
    return "index.html" in archive.namelist()


def read_page(source: Input, archive: zipfile.ZipFile) -> Iterator[Item]:
    body = entry_bytes(archive, "index.html", source.limits)
    layer = Layer("zip", detail=(("member", "index.html"),))
    yield unwrapped(Capture(source.locator, body, layers=(*source.layers, layer)))


def is_maff(archive: zipfile.ZipFile) -> bool:
    return any(re.fullmatch(r"[^/]+/index\.rdf", name) for name in archive.namelist())


RDF_VALUE = r"<MAF:{}\b[^>]*?RDF:resource=\"([^\"]*)\""


def read_maff(source: Input, archive: zipfile.ZipFile) -> Iterator[Item]:
    """Mozilla Archive Format: one folder a page, with an RDF file that says where it came from."""
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


def is_httrack(archive: zipfile.ZipFile) -> bool:
    names = archive.namelist()
    return bool(names) and all(re.match(r"https?://", name) for name in names[:50])


def read_httrack(source: Input, archive: zipfile.ZipFile) -> Iterator[Item]:
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
