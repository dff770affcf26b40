"""Folders: which files in them are pages."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from provenance.model import Capture, Unreadable

PARTS_OF_PAGES = frozenset(
    "css js mjs map json jsonl xml txt~ ico svg woff woff2 ttf otf eot wasm csv tsv yaml yml toml py sh c h log".split()
)
"""File names that say "part of a page, or of a program" where the bytes would pass for plain text."""

BYSTANDERS = frozenset(
    "input.empty input.png input.jpeg input.gif input.webp input.tiff input.icon input.svg input.font "
    "input.audio-video input.executable input.sqlite input.json input.xml input.table input.binary "
    "input.plist input.not-a-file".split()
)
"""What lies beside pages in a folder without anything being wrong."""


def pages(folder: Path) -> Iterator[Path]:
    """Files under `folder` that may hold a page, sorted by name, folders of saved parts left out."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    stems = {Path(entry.name).stem for entry in entries if entry.is_file()}
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if not _holds_parts(entry.name, stems):
                yield from pages(Path(entry.path))
        elif entry.is_file() and not _names_a_part(entry.name):
            yield Path(entry.path)


def _holds_parts(name: str, stems: set[str]) -> bool:
    """Browsers put the parts of `story.html` into `story_files`; the word differs by language, its place does not."""
    match = re.fullmatch(r"(.+)[-_.][^-_.\s]+", name)
    return bool(match and match[1] in stems)


def _names_a_part(name: str) -> bool:
    return name.rpartition(".")[2].lower() in PARTS_OF_PAGES and "." in name


def as_bystander(item: Capture | Unreadable) -> Capture | Unreadable:
    """The same item; a picture or an empty file in a folder is passed over and no failure."""
    if isinstance(item, Unreadable) and item.code in BYSTANDERS:
        return replace(item, skipped=True)
    return item
