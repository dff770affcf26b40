"""Finds many phrases in a text at once, in one pass over its words: time grows with the text, not with the word list.

A phrase is looked up by its first word. Phrases that begin or end with a letter match whole words; East Asian ones,
which know no spaces, match anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from provenance.scripts import EAST

WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Found:
    """One phrase where it stands. The methods are those of a regular expression's match."""

    first: int
    last: int
    kind: str
    text: str

    def start(self) -> int:
        return self.first

    def end(self) -> int:
        return self.last

    def group(self) -> str:
        return self.text


@lru_cache(maxsize=512)
def lowered(text: str) -> str:
    """Lower case, code point for code point: the few letters whose small form is longer stay as they are.

    The two small sigmas of Greek are one, as in the data.
    """
    low = text.lower().replace("ς", "σ")
    return (
        low
        if len(low) == len(text)
        else "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("ς", "σ")
    )


class Finder:
    """Phrases with their kinds. Where several begin at one place the longest wins, then the kind given first."""

    def __init__(self, phrases: Iterable[tuple[str, str]], *, cased: bool = False) -> None:
        self._cased = cased
        self._table: dict[str, list[tuple[str, str]]] = {}
        for phrase, kind in phrases:
            for form in dict.fromkeys((phrase, phrase[:-1].rstrip() + " :" if phrase.endswith(":") else phrase)):
                head = next((word for at, word in _words(form, 0, len(form)) if at == 0), None)
                if head:
                    self._table.setdefault(head, []).append((form, kind))
        for entries in self._table.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
        """Phrases in order, none overlapping another."""
        low = text if self._cased else lowered(text)
        stop, free = len(text) if end is None else end, start
        table = self._table
        if max(low[start:stop], default="") < EAST and table.keys().isdisjoint(WORD.findall(low, start, stop)):
            return  # most texts: this look costs a fraction of the walk
        for at, word in _words(low, start, stop):
            entries = table.get(word) if at >= free else None
            if entries and (found := _longest(text, low, at, stop, entries)):
                free = found.last
                yield found

    def search(self, text: str, start: int = 0, end: int | None = None) -> Found | None:
        """The first phrase in the text."""
        return next(self.finditer(text, start, end), None)

    def match(self, text: str, start: int = 0, end: int | None = None) -> Found | None:
        """The phrase that stands at the very start."""
        low = text if self._cased else lowered(text)
        stop = len(text) if end is None else end
        first = WORD.match(low, start, stop)
        if first is None:
            return None
        _, word = next(_parts(first.group(), start))
        entries = self._table.get(word)
        return _longest(text, low, start, stop, entries) if entries else None


def _words(low: str, start: int, stop: int) -> Iterator[tuple[int, str]]:
    """Words and signs with their places; in scripts without spaces every character is one."""
    for match in WORD.finditer(low, start, stop):
        word = match.group()
        if word.isascii():
            yield match.start(), word
        else:
            yield from _parts(word, match.start())


def _parts(word: str, at: int) -> Iterator[tuple[int, str]]:
    """A run of letters cut at East Asian characters: AP通信 -> AP, 通, 信."""
    if word.isascii() or max(word) < EAST:
        yield at, word
        return
    begin = 0
    for i, char in enumerate(word):
        if char >= EAST:
            if begin < i:
                yield at + begin, word[begin:i]
            yield at + i, char
            begin = i + 1
    if begin < len(word):
        yield at + begin, word[begin:]


def _longest(text: str, low: str, at: int, stop: int, entries: list[tuple[str, str]]) -> Found | None:
    for phrase, kind in entries:
        last = at + len(phrase)
        if last <= stop and low.startswith(phrase, at) and _whole(low, at, last):
            return Found(at, last, kind, text[at:last])
    return None


def _whole(low: str, at: int, last: int) -> bool:
    """No letter touches the phrase's own first or last letter, unless the script writes without spaces."""
    if last < len(low) and _western(low[last - 1]) and _western(low[last]):
        return False
    return not (at > 0 and _western(low[at]) and _western(low[at - 1]))


def _western(char: str) -> bool:
    return char.isalnum() and char < EAST
