"""A stream that knows where it is and can go back, and one gzip member read from it.

Archives are read front to back in constant memory. After damage the reader must look again at bytes that it has
already taken: a file can be sought in, a gzip member can be inflated anew, a pipe keeps its last bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import BinaryIO

from provenance.errors import LimitError
from provenance.sources.inputs import CHUNK, Readable

KEPT_BYTES = 8 * 1024 * 1024
"""How far back a stream goes without being opened anew."""

READ_AGAIN_BYTES = 8 * 1024 * 1024 * 1024
"""How many bytes of one archive are read a second time before it is given up (each bad record costs its length)."""

GZIP_WINDOW = 31
MEMBER_CHUNK = 16 * 1024
"""Most members are small; what is read beyond one is given back."""


class Tape:
    """Bytes of `file` in order, with `position` and a way back.

    `reopen` gives the stream again from a position; without it `seek` goes back `KEPT_BYTES` at least, and clamps. A
    fault of the stream below (damaged or cut compression) ends the tape and stays in `fault`; what came before it can
    be read.
    """

    def __init__(self, file: Readable, reopen: Callable[[int], Readable] | None = None) -> None:
        self._file = file
        self._reopen = reopen
        self._buffer = bytearray()
        self._start = 0  # position of the buffer's first byte
        self._ended = False
        self.fault: str | None = None
        self.position = 0
        self._read_again = 0
        self.dictionary = b""  # what the Zstandard frames of an archive share (frames.py)

    def _fill(self, want: int) -> None:
        """Have `want` bytes ahead of the position, as far as the stream goes."""
        while not self._ended and len(self._buffer) - (self.position - self._start) < want:
            try:
                chunk = self._file.read(CHUNK)
            except zlib.error:
                chunk, self.fault = b"", "damaged"
            except EOFError:
                chunk, self.fault = b"", "cut"
            self._ended = not chunk
            self._buffer += chunk
            excess = self.position - self._start - KEPT_BYTES
            if excess > KEPT_BYTES:  # seldom: moving bytes costs
                del self._buffer[:excess]
                self._start += excess

    def peek(self, size: int) -> bytes:
        """The next `size` bytes, or what is left, without moving on."""
        self._fill(size)
        at = self.position - self._start
        return bytes(memoryview(self._buffer)[at : at + size])

    def read(self, size: int = CHUNK, /) -> bytes:
        """The next `size` bytes, or what is left."""
        piece = self.peek(CHUNK if size < 0 else size)
        self.position += len(piece)
        return piece

    def readline(self, limit: int) -> bytes:
        """The next line with its end, of at most `limit` bytes."""
        want = min(limit, 512)
        while True:
            piece = self.peek(want)
            end = piece.find(b"\n")
            if end >= 0 or len(piece) < want or want >= limit:
                return self.read(end + 1 if end >= 0 else len(piece))
            want = min(want * 8, limit)

    def seek(self, position: int) -> None:
        """Go to `position`, or to the nearest place that can be reached."""
        if position >= self.position:
            self.skip(position - self.position)
            return
        self._count(self.position - position)
        if position >= self._start or self._reopen is None:
            self.position = max(position, self._start)
        else:
            self._begin_anew(position, self._reopen)

    def give_back(self, size: int) -> None:
        """Undo the last `size` bytes of a read."""
        self.position -= size

    def _count(self, size: int) -> None:
        self._read_again += size
        if self._read_again > READ_AGAIN_BYTES:
            raise LimitError(
                "so much of the archive is damaged that the search for records was given up",
                code="limit.damage",
                advice="Repair the archive first.",
            )

    def _begin_anew(self, position: int, reopen: Callable[[int], Readable]) -> None:
        self._buffer.clear()
        self._start = self.position = position
        self._ended, self.fault = False, None
        try:
            self._file = reopen(position)
        except (zlib.error, EOFError):
            self._ended, self.fault = True, "damaged"

    def skip(self, size: int) -> int:
        """Pass over `size` bytes; returns how many there were."""
        passed = 0
        while passed < size and (piece := self.read(min(CHUNK, size - passed))):
            passed += len(piece)
        return passed


def tape_of(file: BinaryIO, seekable: bool) -> Tape:
    """A tape over an opened file that stands at its beginning."""

    def reopen(position: int) -> Readable:
        file.seek(position)
        return file

    return Tape(file, reopen if seekable else None)


class Member:
    """The inflated bytes of the one gzip member at which `tape` stands.

    `read` raises zlib.error at damage and EOFError where the tape ends inside the member. Once `ended`, the tape
    stands behind the member and the checksum was right.
    """

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self._inflate = zlib.decompressobj(GZIP_WINDOW)
        self._pending = b""
        self.ended = False

    def read(self, size: int = CHUNK, /) -> bytes:
        """Up to `size` inflated bytes; empty at the member's end."""
        while not self.ended:
            if not self._pending:
                self._pending = self._tape.read(MEMBER_CHUNK)
                if not self._pending:
                    raise EOFError
            piece = self._inflate.decompress(self._pending, CHUNK if size < 0 else size)
            self._pending = self._inflate.unconsumed_tail
            if self._inflate.eof:
                self.ended = True
                self._tape.give_back(len(self._inflate.unused_data))
            if piece:
                return piece
        return b""


def inner_tape(tape: Tape, opened: Callable[[Tape], Readable] = Member) -> Tape:
    """The inflated bytes of the member at which `tape` stands, as a tape that can go back: by opening it again."""
    start = tape.position

    def reopen(position: int) -> Readable:
        tape.seek(start)
        member = opened(tape)
        passed = 0
        while passed < position and (piece := member.read(min(CHUNK, position - passed))):
            passed += len(piece)
        return member

    return Tape(opened(tape), reopen)
