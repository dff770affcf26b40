"""The inputs between being taken up and being written: results come in any order and go out in the inputs' own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from provenance.batching.lines import Lines

Facts = tuple[int, int, str] | None


@dataclass(slots=True)
class Slot:
    """One input. `next` is the place of the next item to write; `total` is known when the input has been read.

    `stamp` is size and time of change of its file when it was taken up, `kept` the WARC records of its exchanges.
    """

    number: int
    locator: str
    next: int = 0
    total: int | None = None
    facts: Facts = None
    kept: bytes = b""
    stamp: tuple[int, int] | None = None
    ready: dict[int, Lines] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def finished(self) -> bool:
        """True when every item has been written."""
        return self.total is not None and self.next >= self.total


class Window:
    """All slots that are open, by number; the lowest is written first."""

    def __init__(self, first: int) -> None:
        self._slots: dict[int, Slot] = {}
        self._head = first
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._slots)

    def __getitem__(self, number: int) -> Slot:
        return self._slots[number]

    def open(self, slot: Slot) -> None:
        """A new input."""
        self._slots[slot.number] = slot

    def is_head(self, number: int) -> bool:
        """Whether the input is the next to be written."""
        return number == self._head

    def take(self, number: int, at: int, lines: Lines) -> None:
        """Item `at` of an input has its result. What comes twice, after a retry, is taken once."""
        slot = self._slots[number]
        if at >= slot.next and at not in slot.ready:
            slot.ready[at] = lines
            self.bytes += lines.size

    def finish(self, number: int, total: int, facts: Facts) -> None:
        """An input has been read: it holds `total` items."""
        slot = self._slots[number]
        slot.total, slot.facts = total, facts

    def written(self) -> Iterator[tuple[Slot, Lines | None]]:
        """What can be written now, in order: items, and after the last of an input None."""
        while (slot := self._slots.get(self._head)) is not None:
            while (lines := slot.ready.pop(slot.next, None)) is not None:
                slot.next += 1
                slot.counts[lines.kind] = slot.counts.get(lines.kind, 0) + 1
                self.bytes -= lines.size
                yield slot, lines
            if not slot.finished:
                return
            del self._slots[self._head]
            self._head += 1
            yield slot, None

    def head(self) -> Slot | None:
        """The input that is being written."""
        return self._slots.get(self._head)
