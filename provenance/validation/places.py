"""Where a JSON Pointer stands in a JSON text, as line and column for people and editors.

Only read when something was found: the text is known to be JSON by then, so the scanner is short and forgiving.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right

from provenance.model import Position
from provenance.validation.problems import token

_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.S)
_SCALAR = re.compile(r"[^\s,\]}]+")

Extent = tuple[int, int]


def extents(text: str) -> dict[str, Extent]:
    """Start and end offset of every value by pointer; a member of an object starts at its key."""
    found: dict[str, Extent] = {}
    stack: list[tuple[str, int, str, int]] = []  # pointer, start, closing bracket, next index
    at, pointer, start = _skip(text, 0), "", _skip(text, 0)
    while at < len(text):
        opening = text[at]
        if opening in "{[":
            stack.append((pointer, start, "}" if opening == "{" else "]", 0))
            at += 1
        else:
            match = _STRING.match(text, at) if opening == '"' else _SCALAR.match(text, at)
            at = match.end() if match else len(text)
            found[pointer] = (start, at)
        at = _close(text, at, stack, found)
        if not stack:
            break
        at, pointer, start = _next(text, at, stack)
    return found


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _close(text: str, at: int, stack: list[tuple[str, int, str, int]], found: dict[str, Extent]) -> int:
    """Past a comma, and past every bracket that closes here."""
    at = _skip(text, at)
    while stack and at < len(text) and text[at] == stack[-1][2]:
        pointer, start, _, _ = stack.pop()
        at += 1
        found[pointer] = (start, at)
        at = _skip(text, at)
    return _skip(text, at + 1) if text[at : at + 1] == "," else at


def _next(text: str, at: int, stack: list[tuple[str, int, str, int]]) -> tuple[int, str, int]:
    """Offset of the next value, its pointer, and where it starts, key included."""
    parent, opened, closing, index = stack.pop()
    stack.append((parent, opened, closing, index + 1))
    if closing == "]":
        return at, f"{parent}/{index}", at
    match = _STRING.match(text, at)
    if match is None:
        return len(text), parent, at
    key = json.loads(match.group(), strict=False)
    colon = _skip(text, match.end())
    return _skip(text, colon + 1), f"{parent}/{token(key)}", at


class Places:
    """Positions in one text. `first_line` is the line of the file on which the text begins."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self.text = text
        self._first = first_line
        self._extents = extents(text)
        self._breaks = [match.start() for match in re.finditer("\n", text)]

    def position(self, pointer: str) -> Position:
        """The place of a value, or of the nearest one around it."""
        while pointer and pointer not in self._extents:
            pointer = pointer.rpartition("/")[0]
        start, end = self._extents.get(pointer, (0, 1))
        if pointer == "":
            end = start + 1  # a finding on the whole record marks its first sign, not a hundred lines
        return Position(*self._line(start), *self._line(end))

    def line(self, number: int) -> str:
        """The text of a line of the file."""
        index = number - self._first
        start = self._breaks[index - 1] + 1 if index > 0 else 0
        end = self._breaks[index] if index < len(self._breaks) else len(self.text)
        return self.text[start:end].rstrip("\r")

    def _line(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self._breaks, offset - 1)
        start = self._breaks[index - 1] + 1 if index else 0
        return self._first + index, offset - start + 1
