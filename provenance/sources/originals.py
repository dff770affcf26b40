"""Revisit records: an unchanged page is stored once, and later visits only point to it (ISO 28500 section 6.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from provenance.limits import Limits
from provenance.sources.records import Frame
from provenance.sources.salvage import pieces
from provenance.sources.tape import tape_of

REMEMBERED = 50_000
"""How many answers of one archive are remembered for later revisits."""

EMPTY_DIGESTS = ("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709")


@dataclass(frozen=True, slots=True)
class Originals:
    """Where the answers stand that later revisits may point to, by record id, payload digest, address and date."""

    _places: dict[str, tuple[int, str]] = field(default_factory=dict)

    def remember(self, frame: Frame) -> None:
        """Note where an answer stands."""
        if len(self._places) < REMEMBERED:
            place = (frame.offset, frame.header("WARC-Record-ID") or "")
            for key in _own_keys(frame):
                self._places.setdefault(key, place)

    def find(
        self, revisit: Frame, reopen: Callable[[int], BinaryIO] | None, limits: Limits, dictionary: bytes = b""
    ) -> Frame | None:
        """The answer that a revisit points to, read again; None when it is not in this archive."""
        place = next((self._places[key] for key in _wanted_keys(revisit) if key in self._places), None)
        if place is None or reopen is None:
            return None
        offset, identifier = place
        with reopen(offset) as file:
            tape = tape_of(file, seekable=False)
            tape.dictionary = dictionary
            found = next(pieces(tape, limits, lambda headers: True), None)
        same = isinstance(found, Frame) and (found.header("WARC-Record-ID") or "") == identifier
        return found if isinstance(found, Frame) and same else None


def _own_keys(frame: Frame) -> Iterator[str]:
    yield f"id {frame.header('WARC-Record-ID')}"
    yield f"at {frame.header('WARC-Date')} {frame.header('WARC-Target-URI')}"
    if (digest := frame.header("WARC-Payload-Digest")) and digest not in EMPTY_DIGESTS:
        yield f"of {digest}"


def _wanted_keys(revisit: Frame) -> Iterator[str]:
    yield f"id {revisit.header('WARC-Refers-To')}"
    yield f"at {revisit.header('WARC-Refers-To-Date')} {revisit.header('WARC-Refers-To-Target-URI')}"
    if (digest := revisit.header("WARC-Payload-Digest")) and digest not in EMPTY_DIGESTS:
        yield f"of {digest}"
