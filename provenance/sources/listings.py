"""JSON and tables of read-later services and bookmark files: some hold pages, most are lists of addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from provenance.errors import SourceError
from provenance.model import Capture, Layer, Stated, Unreadable
from provenance.sources import responses, times
from provenance.sources.claims import web_address
from provenance.sources.inputs import Input
from provenance.sources.sniff import NAMED
from provenance.sources.unwrapping import unwrapped

Item = Capture | Unreadable
ADDRESS = re.compile(rb"https?://[^\s\"'<>,]{4,2000}")
SHORTEST_TEXT = 200
"""A saved article has more characters of markup than this; what has fewer is a note that nothing could be fetched."""


def read_json(source: Input) -> Iterator[Item]:
    """HAR and read-later exports; other JSON is named and refused."""
    try:
        data = json.loads(source.all().lstrip(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        if _is_lines(source):
            yield _unknown_json(source)
            return
        raise SourceError("is JSON that cannot be read", code="input.damaged", advice="Export it again.") from error
    if isinstance(data, dict) and isinstance(data.get("log"), dict) and "entries" in data["log"]:
        yield from responses.read_har(source, data)
    elif isinstance(data, list) and data and all(isinstance(entry, dict) for entry in data[:20]):
        yield from _entries(source, data)
    elif isinstance(data, dict) and ("roots" in data or "bookmarks" in data):
        yield _list(source)
    else:
        yield _unknown_json(source)


def _unknown_json(source: Input) -> Unreadable:
    what, advice = NAMED["json"]
    return Unreadable(source.locator, "input.json", f"is {what}", advice)


def _is_lines(source: Input) -> bool:
    """Whether the first line is JSON by itself, as in JSON Lines: data, and nothing that is damaged."""
    source.file.seek(0)
    try:
        json.loads(source.file.readline())
    except (ValueError, RecursionError):
        return False
    return True


def read_list(source: Input) -> Iterator[Item]:
    """A table or bookmark file: a list of addresses, told as such."""
    yield _list(source) if ADDRESS.search(source.all()) else _unknown_table(source)


def _unknown_table(source: Input) -> Unreadable:
    what, advice = NAMED["table"]
    return Unreadable(source.locator, "input.table", f"is {what}", advice)


def _list(source: Input) -> Unreadable:
    source.file.seek(0)
    count = len(set(ADDRESS.findall(source.all())))
    return Unreadable(
        source.locator,
        "input.list",
        f"is a list of about {count} addresses, without the pages",
        "Put the addresses into a text file, one a line, and give it with --from-file.",
    )


def _entries(source: Input, entries: list[dict[str, Any]]) -> Iterator[Item]:
    """Entries of a read-later export, where they hold text (wallabag); others are lists."""
    texts = [_text_of(entry) for entry in entries]
    if not any(texts):
        known = any(key in entries[0] for key in ("url", "href", "link"))
        yield _list(source) if known else _unknown_json(source)
        return
    for number, (entry, text) in enumerate(zip(entries, texts, strict=True), 1):
        locator = f"{source.locator}#{number}"
        url = web_address(str(entry.get("url") or entry.get("2") or ""))
        if not text:
            yield Unreadable(
                locator, "item.no-content", f"holds no text of {url or 'its article'}", "Fetch the address."
            )
            continue
        time = times.from_iso(str(entry.get("created_at", "")))
        layer = Layer("read-later", url, time, "save" if time else None)
        yield unwrapped(
            Capture(
                locator,
                text.encode("utf-8", "replace"),
                charset="utf-8",
                url=url,
                captured=time,
                layers=(*source.layers, layer),
                stated=tuple(_stated(entry)),
            )
        )


def _text_of(entry: dict[str, Any]) -> str:
    for key in ("content", "5"):
        value = entry.get(key)
        if isinstance(value, str) and len(value) >= SHORTEST_TEXT and "<" in value:
            return value
    return ""


FACTS: tuple[tuple[str, str, Callable[[Any], bool]], ...] = (
    ("title", "headline", bool),
    ("1", "headline", bool),
    ("published_by", "author", bool),
    ("published_at", "datePublished", bool),
    ("language", "inLanguage", bool),
)


def _stated(entry: dict[str, Any]) -> Iterator[Stated]:
    for key, name, useful in FACTS:
        value = entry.get(key)
        for text in value if isinstance(value, list) else [value]:
            if useful(text) and isinstance(text, str):
                yield Stated(name, text.strip(), key)
