"""Places in a page's source, for findings on its markup and on the record that was read from it.

The parser tells the line of an element. The column is found by looking the text up in the source from there on; where
that fails (repaired JSON, decoded entities) the place is the element's line alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from provenance.jsonld import Block
from provenance.model import Position
from provenance.page import Element, Page
from provenance.validation.places import extents

_NEAR = 20_000
"""How far from an element's start its text is looked for."""


class PagePlaces:
    """Positions in one page, from elements, blocks of JSON-LD, and evidence."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.source = page.source.replace("\r\n", "\n")  # as the parser reads it; lines and columns stay
        self._blocks: dict[int, tuple[int, dict[str, tuple[int, int]]]] = {}

    @cached_property
    def _breaks(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.source)]

    def line(self, number: int) -> str:
        """The text of a line of the source."""
        start = self._breaks[number - 2] + 1 if number > 1 and number - 2 < len(self._breaks) else 0
        end = self._breaks[number - 1] if number - 1 < len(self._breaks) else len(self.source)
        return self.source[start:end].rstrip("\r")

    def in_block(self, block: Block, pointer: str) -> Position:
        """The place of a value in a block of JSON-LD; of the block itself where it was repaired."""
        offset, found = self._block(block)
        while pointer and pointer not in found:
            pointer = pointer.rpartition("/")[0]
        if offset < 0 or (pointer not in found):
            return self.of_element(block.element)
        start, end = found[pointer]
        return self._between(offset + start, offset + (end if pointer else start + 1))

    def _block(self, block: Block) -> tuple[int, dict[str, tuple[int, int]]]:
        key = id(block)
        if key not in self._blocks:
            text = block.element.text or ""
            offset = self.source.find(text, self._offset(block.element))
            readable = not block.steps and block.data is not None
            self._blocks[key] = (offset, extents(text) if readable and offset >= 0 else {})
        return self._blocks[key]

    def of_element(self, element: Element) -> Position:
        """The line of an element's start tag."""
        offset = self._offset(element)
        tag = self.source.find(f"<{element.tag}", offset, offset + _NEAR)
        return self._between(tag, tag + len(element.tag) + 1) if tag >= 0 else Position(element.sourceline or 1)

    def of_text(self, element: Element, text: str) -> Position:
        """The place of a text in or after an element's start tag."""
        offset = self._offset(element)
        words = text.split()[:8]
        pattern = r"\s+".join(map(re.escape, words))
        match = re.compile(pattern).search(self.source, offset, offset + _NEAR) if words else None
        return self._between(*match.span()) if match else self.of_element(element)

    def of_evidence(self, evidence: Mapping[str, Any], path: str) -> Position | None:
        """Where the value at a pointer of the record was read, or one in it or around it; None when no entry tells."""
        entries = {entry.get("path"): entry for entry in evidence.get("evidence", ()) if "selector" in entry}
        entry = entries.get(path) or next((e for at, e in entries.items() if path and at.startswith(f"{path}/")), None)
        while entry is None and path:
            path = path.rpartition("/")[0]
            entry = entries.get(path)
        return self._selected(entry) if entry else None

    def _selected(self, entry: Mapping[str, Any]) -> Position | None:
        selector = entry["selector"]
        lines = re.fullmatch(r"line=(\d+),(\d+)", str(selector.get("value")))
        if lines:
            return Position(int(lines[1]) + 1, 1, int(lines[2]) + 1, 1)
        element = self._element(str(selector.get("value")).partition("/@")[0])
        if element is None:
            return None
        inner = selector.get("refinedBy")
        for block in self.page.jsonld:
            if block.element is element and isinstance(inner, Mapping):
                return self.in_block(block, str(inner.get("value")))
        return self.of_text(element, str(entry.get("raw", "")))

    def _element(self, xpath: str) -> Element | None:
        from lxml import etree

        try:
            found = self.page.root.getroottree().xpath(xpath)
        except etree.XPathError:
            return None
        return found[0] if isinstance(found, list) and found and hasattr(found[0], "tag") else None

    def _offset(self, element: Element) -> int:
        line = int(element.sourceline or 1)
        return self._breaks[line - 2] + 1 if 1 < line <= len(self._breaks) + 1 else 0

    def _between(self, start: int, end: int) -> Position:
        return Position(*self._line(start), *self._line(end))

    def _line(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self._breaks, offset - 1)
        start = self._breaks[index - 1] + 1 if index else 0
        return index + 1, offset - start + 1
