"""Folders: which files in them are pages."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import Any

from provenance.model import Capture, Layer, Note, Unreadable
from provenance.sources import times
from provenance.sources.claims import web_address

LINK = "input.link"
"""Code of a link that is not followed: a person is told of it, for whole folders may lie behind."""
INDEX_BYTES = 4 * 1024 * 1024
HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,24}", re.IGNORECASE)

PARTS_OF_PAGES = frozenset(
    "css js mjs map json jsonl xml svg wasm csv tsv yaml yml toml py sh c h log cdx cdxj rdf opf ncx dtd xsl".split()
)
"""File names that say "part of a page, or of a program" where the bytes alone would pass for a text or a fragment."""

PICTURES_AND_MORE = frozenset(
    "png jpg jpeg jfif gif webp avif ico bmp woff woff2 ttf otf eot mp4 webm mp3 ogg bin download".split()
)
"""File names of what else browsers put beside a page; Chrome calls its scripts `NAME.js.download`."""

SAVED_PAGES = frozenset("html htm xhtml xht shtml php asp aspx jsp cfm mht mhtml".split())
"""File names of pages beside which a browser makes a folder for the parts."""

WORDS_FOR_PARTS = frozenset(
    "files file dateien fichiers bestanden archivos arquivos ficheiros filer tiedostot pliki soubory súbory elemei "
    "fájlok dosyalar datoteke fajlovi fitxers fitxategiak failid fails bylos fișiere αρχεία файлы ファイル".split()
)
"""What browsers and word processors call that folder: `story_files`, `story-Dateien`, `story.files`."""

BYSTANDERS = frozenset(
    "input.empty input.png input.jpeg input.gif input.webp input.tiff input.icon input.svg input.font "
    "input.audio-video input.executable input.sqlite input.json input.xml input.table input.binary "
    "input.plist input.list input.not-a-file".split()
)
"""What lies beside pages in a folder without anything being wrong."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A folder in which an archiver kept one page in several forms; `choices` are the best first."""

    folder: Path
    layer: Layer
    choices: tuple[tuple[Path, ...], ...]


Member = Path | Snapshot | Unreadable
"""What a folder holds: a file, one page in several forms, or something that is not read, with the reason."""


def members(folder: Path) -> Iterator[Member]:
    """What may hold a page under `folder`, sorted by name, and what is passed over, but for hidden files."""
    ways = [_listed(folder)]
    while ways:
        found = next(ways[-1], None)
        if found is None:
            ways.pop()
        elif isinstance(found, os.DirEntry):
            ways.append(_listed(Path(found.path)))
        else:
            yield found


def _listed(folder: Path) -> Iterator[Member | os.DirEntry[str]]:
    """The members of one folder, and the folders in it to go into.

    Of a mirror only what the server sent is read: HTTrack's cache, or the `.orig` beside a page that wget rewrote.
    """
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        reason = f"the folder cannot be opened: {error.strerror}"
        yield Unreadable(str(folder), "input.unreadable", reason, "Check its permissions.")
        return
    names = {entry.name for entry in entries}
    snapshot = _snapshot(folder) if "index.json" in names or "index.jsonl" in names else None
    cache = folder / "hts-cache" / "new.zip"
    if snapshot:
        yield snapshot
    elif "hts-cache" in names and cache.is_file():
        yield cache
    else:
        yield from _inside(entries, names)


def _inside(entries: list[os.DirEntry[str]], names: set[str]) -> Iterator[Member | os.DirEntry[str]]:
    saved = {Path(name).stem for name in names if _ending(name) in SAVED_PAGES}
    for entry in entries:
        served = {f"{entry.name}.orig", f"{entry.name.removesuffix('.html')}.orig"}  # wget -K, alone or with -E
        if entry.name.startswith(".") or served & names:
            continue
        if entry.is_symlink() and not os.path.isfile(entry.path):
            yield _link(entry.path)
        elif not entry.is_dir():
            yield Path(entry.path)
        elif _holds_parts(entry, saved):
            yield Unreadable(entry.path, "input.parts", "holds the parts of the saved page beside it", skipped=True)
        else:
            yield entry


def _link(path: str) -> Unreadable:
    """A link that is not followed: folders could hold each other."""
    if os.path.isdir(path):
        return Unreadable(path, LINK, "is a link to a folder, which is not followed", "Give that folder too.", True)
    return Unreadable(path, LINK, "is a link that leads to no file", "Check where it leads.", True)


def _snapshot(folder: Path) -> Snapshot | None:
    """ArchiveBox keeps a snapshot as WARC, SingleFile, DOM dump and more, beside an index of its own."""
    index = _index(folder)
    url = web_address(str(index.get("url", "")))
    if not url or not ({"history", "schema", "type"} & index.keys()):
        return None
    choices = (
        tuple(sorted(folder.glob("warc/*.warc.gz"))),
        tuple(sorted((*folder.glob("singlefile.html"), *folder.glob("singlefile/*.html")))),
        tuple(sorted((*folder.glob("output.html"), *folder.glob("dom/*.html")))),
    )
    time = _started(index.get("history"))
    layer = Layer("archivebox", url, time, "capture" if time else None, (("tool", "ArchiveBox"),))
    return Snapshot(folder, layer, tuple(choice for choice in choices if choice)) if any(choices) else None


def _index(folder: Path) -> dict[str, Any]:
    for name in ("index.json", "index.jsonl"):
        try:
            with open(folder / name, "rb") as file:
                raw = file.read(INDEX_BYTES)
            for text in [raw] if name.endswith("n") else raw.splitlines():
                value = json.loads(text)
                if isinstance(value, dict) and value.get("url"):
                    return value
        except (OSError, ValueError, RecursionError):
            continue
    return {}


def _started(history: object) -> str | None:
    """The earliest moment at which a method of the archiver began."""
    methods = history.values() if isinstance(history, dict) else ()
    runs = [run for method in methods if isinstance(method, list) for run in method if isinstance(run, dict)]
    found = [str(run["start_ts"]) for run in runs if run.get("start_ts")]
    moments = [time for text in found if (time := times.from_iso(text, zone=UTC))]
    return min(moments, default=None)


def mirror_address(path: Path) -> str | None:
    """The address of a page that wget kept as the server sent it: its folders are host and path."""
    if path.suffix != ".orig":
        return None
    parts = path.parts
    hosts = [index for index, part in enumerate(parts[:-1]) if HOST.fullmatch(part)]
    if not hosts:
        return None
    names = [*parts[hosts[-1] : -1], path.name.removesuffix(".orig").replace("index.html", "")]
    return web_address("http://" + "/".join(names))


def _holds_parts(folder: os.DirEntry[str], saved: set[str]) -> bool:
    """Browsers put the parts of `story.html` into `story_files`. Where the word is unknown, the files in it tell."""
    match = re.fullmatch(r"(.+)[-_.]([^-_.\s]+)", folder.name)
    return bool(match and match[1] in saved and (match[2].lower() in WORDS_FOR_PARTS or _mostly_parts(folder.path)))


def _mostly_parts(folder: str) -> bool:
    try:
        with os.scandir(folder) as found:
            parts = [_ending(entry.name) in PARTS_OF_PAGES | PICTURES_AND_MORE for entry in found]
    except OSError:
        return False
    return sum(parts) * 2 > len(parts)


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def as_member(item: Capture | Unreadable, path: Path) -> Capture | Unreadable:
    """What a file of a folder gave, as an item of the folder."""
    if _names_a_part(item, path):
        return Unreadable(item.locator, "input.parts", "is a script, a style sheet or data by its name", skipped=True)
    return as_bystander(as_mirrored(item, path))


def _names_a_part(item: Capture | Unreadable, path: Path) -> bool:
    """True for a bare text whose file name says that it is a script, a style sheet or data."""
    bare = isinstance(item, Capture) and not item.layers
    return bare and _ending(path.name.removesuffix(".orig")) in PARTS_OF_PAGES


def as_bystander(item: Capture | Unreadable) -> Capture | Unreadable:
    """The same item; a picture or an empty file in a folder is passed over and no failure."""
    if isinstance(item, Unreadable) and item.code in BYSTANDERS:
        return replace(item, skipped=True)
    return item


def as_mirrored(item: Capture | Unreadable, path: Path) -> Capture | Unreadable:
    """The same page, with the address that the folders of a wget mirror tell."""
    url = mirror_address(path)
    if not url or not isinstance(item, Capture):
        return item
    note = Note("url.scheme", "the mirror does not state whether the address was http or https; http was taken")
    layers = (*item.layers, Layer("wget-mirror", url, detail=(("tool", "wget"),)))
    if item.url:
        return replace(item, layers=layers)
    return replace(item, url=url, layers=layers, notes=(*item.notes, note))


def as_snapshot(item: Capture | Unreadable, layer: Layer) -> Capture | Unreadable:
    """The same page, with what the archiver's index says of it."""
    if not isinstance(item, Capture):
        return item
    layers = (layer, *item.layers)
    return replace(item, url=item.url or layer.url, captured=item.captured or layer.time, layers=layers)
