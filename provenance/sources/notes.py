"""Evernote exports (.enex): clipped pages in a file of notes. Read as a stream, without DTD and without attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from provenance.errors import SourceError
from provenance.limits import Limits
from provenance.model import Capture, Layer, Stated, Unreadable
from provenance.sources import times
from provenance.sources.claims import web_address
from provenance.sources.inputs import CHUNK, Input
from provenance.sources.unwrapping import unwrapped

WANTED = frozenset({"title", "content", "created", "source-url", "author", "source"})
CLIPPED = re.compile(r"--en-clipped-source-url:\s*(https?://[^;\"]+)")


class _Notes:
    """Collects the wanted elements of each note, as text; attachments are passed over as they come."""

    def __init__(self, limits: Limits) -> None:
        self.done: list[dict[str, str]] = []
        self._note: dict[str, str] = {}
        self._open: list[str] = []
        self._text: list[str] | None = None
        self._left = limits.page_bytes
        self._limit = limits.page_bytes

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self._open.append(name)
        if name == "note":
            self._note, self._left = {}, self._limit
        self._text = [] if name in WANTED and "resource" not in self._open else None

    def data(self, text: str) -> None:
        if self._text is not None:
            self._left -= len(text)
            if self._left < 0:
                raise SourceError("has a note larger than the limit", code="limit.bytes")
            self._text.append(text)

    def end(self, name: str) -> None:
        self._open.pop()
        if self._text is not None and name in WANTED:
            self._note.setdefault(name, "".join(self._text).strip())
        self._text = None
        if name == "note":
            self.done.append(self._note)


def read_enex(source: Input) -> Iterator[Capture | Unreadable]:
    """The clipped pages of an ENEX file, one capture a note."""
    for number, note in enumerate(_notes(source), 1):
        yield _capture(source, f"{source.locator}#{number}", note)


def _notes(source: Input) -> Iterator[dict[str, str]]:
    notes = _Notes(source.limits)
    parser: Any = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = notes.start, notes.end
    parser.CharacterDataHandler = notes.data
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.EntityDeclHandler = _no_entities
    try:
        while chunk := source.file.read(CHUNK):
            parser.Parse(chunk, False)
            yield from notes.done
            notes.done = []
        parser.Parse(b"", True)
        yield from notes.done
    except expat.ExpatError as error:
        where = f"line {error.lineno}"
        raise SourceError(f"is damaged at {where}", code="input.damaged", advice="Export the notes again.") from error


def _no_entities(*_declaration: object) -> None:
    raise SourceError("declares entities, which no export does", code="limit.entities", advice="This is no saved page.")


def _capture(source: Input, locator: str, note: dict[str, str]) -> Capture | Unreadable:
    body = note.get("content", "")
    clipped = CLIPPED.search(body)
    url = web_address(note.get("source-url")) or (web_address(clipped[1]) if clipped else None)
    time = times.from_compact(note.get("created", ""))
    if not body:
        return Unreadable(locator, "item.no-content", "is a note without content", skipped=True)
    layer = Layer(
        "evernote", url, time, "save" if time else None, (("tool", note["source"][:40]),) if "source" in note else ()
    )
    stated = (Stated("headline", note["title"], "note/title"),) if note.get("title") else ()
    return unwrapped(
        Capture(
            locator,
            body.encode(),
            charset="utf-8",
            url=url,
            captured=time,
            layers=(*source.layers, layer),
            stated=stated,
        )
    )
