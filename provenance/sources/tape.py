"""A stream that knows where it is and can go back, and one gzip member read from it.

Archives are read front to back in constant memory. After damage the reader must look again at bytes that it has
already taken; a file can seek, a pipe keeps its last bytes.
"""

from __future__ import annotations

import zlib

from provenance.sources.inputs import CHUNK, Readable

KEPT_BYTES = 8 * 1024 * 1024
"""How far back a stream that cannot seek can go."""

GZIP_WINDOW = 31


class Tape:
    """Bytes of `file` in order, with `position` and a way back of at least `kept` bytes (`seek` clamps to it)."""

    def __init__(self, file: Readable, kept: int = KEPT_BYTES) -> None:
        self._file = file
        self._kept = kept
        self._buffer = bytearray()
        self._start = 0  # position of the buffer's first byte
        self._ended = False
        self.position = 0

    def _fill(self, want: int) -> None:
        """Have `want` bytes ahead of the position, as far as the stream goes."""
        while not self._ended and len(self._buffer) - (self.position - self._start) < want:
            chunk = self._file.read(CHUNK)
            if not chunk:
                self._ended = True
            self._buffer += chunk
            excess = self.position - self._start - self._kept
            if excess > self._kept:  # cut seldom: moving bytes costs
                del self._buffer[:excess]
                self._start += excess

    def peek(self, size: int) -> bytes:
        """The next `size` bytes, or what is left, without moving on."""
        self._fill(size)
        at = self.position - self._start
        return bytes(self._buffer[at : at + size])

    def read(self, size: int = CHUNK) -> bytes:
        """The next `size` bytes, or what is left."""
        piece = self.peek(CHUNK if size is None or size < 0 else size)
        self.position += len(piece)
        return piece

    def readline(self, size: int = -1) -> bytes:
        """The next line with its end, of at most `size` bytes."""
        limit = CHUNK if size is None or size < 0 else size
        want = min(limit, 512)
        while True:
            piece = self.peek(want)
            end = piece.find(b"\n")
            if end >= 0 or len(piece) < want or want >= limit:
                return self.read(end + 1 if end >= 0 else min(len(piece), limit))
            want = min(want * 8, limit)

    def tell(self) -> int:
        """Position of the next byte."""
        return self.position

    def seek(self, position: int) -> None:
        """Go to `position`, or to the nearest place that is still kept."""
        ahead = position - self.position
        if ahead > 0:
            self.skip(ahead)
        else:
            self.position = max(position, self._start)

    def skip(self, size: int) -> int:
        """Pass over `size` bytes; returns how many there were."""
        passed = 0
        while passed < size and (piece := self.read(min(CHUNK, size - passed))):
            passed += len(piece)
        return passed

    def find(self, mark: bytes, limit: int | None = None) -> int | None:
        """Position of the next `mark` at or after the present one, or None; moves there, or to the end."""
        start = self.position
        while piece := self.peek(CHUNK + len(mark) - 1):
            at = piece.find(mark)
            if at >= 0:
                self.position += at
                return self.position
            self.position += max(len(piece) - len(mark) + 1, 1)
            if limit is not None and self.position - start > limit:
                return None
        return None


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
        self.taken = 0
        """Inflated bytes so far."""

    def read(self, size: int = CHUNK, /) -> bytes:
        """Up to `size` inflated bytes; empty at the member's end."""
        size = CHUNK if size < 0 else size
        while not self.ended:
            if not self._pending:
                self._pending = self._tape.read(CHUNK)
                if not self._pending:
                    raise EOFError
            piece = self._inflate.decompress(self._pending, size)
            self._pending = self._inflate.unconsumed_tail
            if self._inflate.eof:
                self.ended = True
                self._tape.seek(self._tape.position - len(self._inflate.unused_data))
            if piece:
                self.taken += len(piece)
                return piece
        return b""
