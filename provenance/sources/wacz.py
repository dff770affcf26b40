"""WACZ (1.1.1, 1.2): WARCs in a ZIP, with the container's own list of pages and digests of its files."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, BinaryIO, cast
from urllib.parse import urljoin

from provenance.errors import SourceError
from provenance.limits import Limits
from provenance.model import Capture, Layer, Note, Unreadable
from provenance.sources import archives, times
from provenance.sources.claims import web_address
from provenance.sources.inputs import CHUNK, Input, Readable
from provenance.sources.signatures import NAME as DIGEST
from provenance.sources.signatures import Seal, json_object, seal_of
from provenance.sources.tape import Tape

Item = Capture | Unreadable
ReadEntry = Callable[[zipfile.ZipFile, "zipfile.ZipInfo | str", Limits, "int | None"], bytes]
Stream = Callable[[Readable], Readable]
PAGE_LISTS = ("pages/pages.jsonl", "pages/extraPages.jsonl")
PAGES = 200_000
"""How many pages of a list are remembered."""

NEAR_SECONDS = 3600.0


def is_wacz(archive: zipfile.ZipFile) -> bool:
    """True for a ZIP with the package file and the folder of WARCs that the specification asks for."""
    names = archive.namelist()
    return "datapackage.json" in names and any(_is_warc(name) for name in names)


def _is_warc(name: str) -> bool:
    return bool(re.fullmatch(r"archive/[^/\\\0]+\.w?arc(?:\.gz)?", name, re.IGNORECASE))


class PageList:
    """The pages that the container lists, and where they were redirected to."""

    def __init__(self, entries: list[tuple[str, str | None]]) -> None:
        self._times: dict[str, list[str]] = {}
        for url, time in entries[:PAGES]:
            self._times.setdefault(_key(url), []).extend([time] if time else [])

    def __bool__(self) -> bool:
        return bool(self._times)

    def lists(self, url: str) -> bool:
        """True for a listed page, or one that a listed page led to."""
        return _key(url) in self._times

    def redirect(self, url: str, location: str) -> None:
        """Take note that `url` answered with another address."""
        if location and self.lists(url):
            self._times.setdefault(_key(urljoin(url, location)), self._times[_key(url)])

    def time(self, url: str, captured: str | None) -> str | None:
        """When the page was visited, by the list: the entry that is nearest to the record's own time."""
        known = self._times.get(_key(url), [])
        if not known or not captured:
            return known[0] if known else None
        best = min(known, key=lambda time: _apart(time, captured))
        return best if _apart(best, captured) <= NEAR_SECONDS else None


def _key(url: str) -> str:
    return re.sub(r"^https?://", "", url.partition("#")[0]).rstrip("/")


def _apart(one: str, other: str) -> float:
    return abs((_moment(one) - _moment(other)).total_seconds())


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(re.sub(r"\.\d+", "", text).replace("Z", "+00:00"))


def items(source: Input, archive: zipfile.ZipFile, read_entry: ReadEntry, stream: Stream) -> Iterator[Item]:
    """The listed pages of a WACZ, in the order of its records; all its pages where the list leads nowhere."""
    raw = _entry(archive, "datapackage.json", source.limits, read_entry)
    package = json_object(raw)
    listed = PageList(list(_listed(archive, package, source.limits, read_entry)))
    seal = seal_of(raw, _entry(archive, DIGEST, source.limits, read_entry)) if DIGEST in archive.namelist() else Seal()
    layer, notes = _layer(package, seal.detail), (*_checked(archive, package), *seal.notes)
    found = False
    for choice in (listed, None) if listed else (None,):
        for item in _records(source, archive, layer, choice, stream):
            found = found or isinstance(item, Capture)
            yield _noted(item, notes)
        if found:
            return
    if not found:
        yield Unreadable(
            source.locator, "input.no-page", "holds no page that was captured whole", "Capture the page again."
        )


def _noted(item: Item, notes: tuple[Note, ...]) -> Item:
    from dataclasses import replace

    return replace(item, notes=item.notes + notes) if notes and isinstance(item, Capture) else item


def _records(
    source: Input, archive: zipfile.ZipFile, layer: Layer, listed: PageList | None, stream: Stream
) -> Iterator[Item]:
    for info in [info for info in archive.infolist() if _is_warc(info.filename)]:
        if info.flag_bits & 1:
            yield Unreadable(f"{source.locator}#{info.filename}", "input.encrypted", "is encrypted")
            continue

        def reopen(position: int, info: zipfile.ZipInfo = info) -> BinaryIO:
            file = archive.open(info)
            file.seek(position)
            return cast("BinaryIO", file)

        def rewound(position: int, info: zipfile.ZipInfo = info) -> Readable:
            return stream(reopen(position, info))

        member = Layer(layer.kind, layer.url, layer.time, layer.time_kind, (*layer.detail, ("member", info.filename)))
        yield from archives.items(
            archives.Archive(
                locator=f"{source.locator}#{info.filename}",
                tape=Tape(rewound(0), rewound),
                limits=source.limits,
                layers=(*source.layers, member),
                reopen=reopen,
                listed=listed,
            )
        )


def _entry(archive: zipfile.ZipFile, name: str, limits: Limits, read_entry: ReadEntry) -> bytes:
    """A small file of the container; empty where it cannot be read."""
    try:
        return read_entry(archive, name, limits, limits.json_total_bytes)
    except SourceError:
        return b""


def _main(package: dict[str, Any]) -> tuple[str | None, str | None]:
    home = package.get("home")
    home = home if isinstance(home, dict) else {}
    url = web_address(str(package.get("mainPageUrl") or home.get("url") or ""))
    return url, times.from_iso(str(package.get("mainPageDate") or package.get("mainPageTs") or home.get("ts") or ""))


def _layer(package: dict[str, Any], sealed: tuple[tuple[str, str], ...]) -> Layer:
    url, time = _main(package)
    detail = [("version", str(package.get("wacz_version", ""))[:20]), ("tool", str(package.get("software", ""))[:120])]
    return Layer("wacz", url, time, "capture" if time else None, (*(pair for pair in detail if pair[1]), *sealed))


def _listed(
    archive: zipfile.ZipFile, package: dict[str, Any], limits: Limits, read_entry: ReadEntry
) -> Iterator[tuple[str, str | None]]:
    """Addresses and times of the pages, the main page first. Files that the tool added itself are none."""
    url, time = _main(package)
    if url:
        yield url, time
    names = set(archive.namelist())
    for name in PAGE_LISTS:
        if name in names:
            for line in read_entry(archive, name, limits, None).splitlines()[: PAGES + 1]:
                yield from (page for page in _page(line) if not url or _key(page[0]) != _key(url))


def _page(line: bytes) -> Iterator[tuple[str, str | None]]:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return
    url = web_address(str(entry.get("url", ""))) if isinstance(entry, dict) else None
    if url:
        yield url, times.from_iso(str(entry.get("ts", "")))


def _checked(archive: zipfile.ZipFile, package: dict[str, Any]) -> Iterator[Note]:
    """What the package's own digests say of the files that were read."""
    names = set(archive.namelist())
    resources = package.get("resources")
    listed = [r for r in resources if isinstance(r, dict)] if isinstance(resources, list) else []
    unlisted = {name for name in names if _is_warc(name)} - {str(r.get("path")) for r in listed}
    for member in sorted(unlisted) if listed else ():
        yield Note("archive.digest", f"the container holds {member[:80]!r}, but no digest of it")
    for resource in listed:
        name = resource.get("path")
        stated = str(resource.get("hash", ""))
        if not isinstance(name, str) or name not in names or not (_is_warc(name) or name in PAGE_LISTS):
            continue
        algorithm, _, value = stated.partition(":")
        if algorithm in ("sha256", "md5", "sha1") and _hash(archive, name, algorithm) != value.lower():
            yield Note("archive.digest", f"the container's digest of {name[:80]!r} does not fit the file")


def _hash(archive: zipfile.ZipFile, name: str, algorithm: str) -> str:
    digest = hashlib.new(algorithm, usedforsecurity=False)
    try:
        with archive.open(name) as file:
            while piece := file.read(CHUNK * 16):
                digest.update(piece)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return ""
    return digest.hexdigest()
