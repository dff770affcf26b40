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

INDEX_BYTES = 4 * 1024 * 1024
HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,24}", re.IGNORECASE)

PARTS_OF_PAGES = frozenset(
    "css js mjs map json jsonl xml svg wasm csv tsv yaml yml toml py sh c h log cdx cdxj rdf opf ncx dtd xsl".split()
)
"""File names that say "part of a page, or of a program" where the bytes alone would pass for a text or a fragment."""

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


def pages(folder: Path) -> Iterator[Path | Snapshot]:
    """What may hold a page under `folder`, sorted by name; folders of saved parts are left out.

    Of a mirror only what the server sent is read: HTTrack's cache, or the `.orig` beside a page that wget rewrote.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder
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


def _inside(entries: list[os.DirEntry[str]], names: set[str]) -> Iterator[Path | Snapshot]:
    stems = {Path(entry.name).stem for entry in entries if entry.is_file()}
    for entry in entries:
        served = {f"{entry.name}.orig", f"{entry.name.removesuffix('.html')}.orig"}  # wget -K, alone or with -E
        if entry.name.startswith(".") or served & names:
            continue
        if entry.is_dir(follow_symlinks=False):
            if not _holds_parts(entry.name, stems):
                yield from pages(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)


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


def _holds_parts(name: str, stems: set[str]) -> bool:
    """Browsers put the parts of `story.html` into `story_files`; the word differs by language, its place does not."""
    match = re.fullmatch(r"(.+)[-_.][^-_.\s]+", name)
    return bool(match and match[1] in stems)


def names_a_part(item: Capture | Unreadable, path: Path) -> bool:
    """True for a bare text whose file name says that it is a script, a style sheet or data."""
    bare = isinstance(item, Capture) and not item.layers
    return bare and path.name.removesuffix(".orig").rpartition(".")[2].lower() in PARTS_OF_PAGES


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
