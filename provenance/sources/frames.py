"""Zstandard frames of an archive: each holds a record, and all may share the dictionary in front of them.

Source: Zstandard Compression for WARC Files 1.0 (IIPC); RFC 8878, sections 3.1.1 (frames, blocks) and 3.1.2 (skippable
frames). A frame is walked by the headers of its blocks, so that no byte behind it is taken and output stays bounded.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from provenance.errors import LimitError
from provenance.sources.inputs import CHUNK
from provenance.sources.tape import Tape

FRAME = b"\x28\xb5\x2f\xfd"
DICTIONARY = b"\x5d\x2a\x4d\x18"
SKIPPABLE = b"\x2a\x4d\x18"
"""Bytes 2 to 4 of every skippable frame; the first is 0x50 to 0x5f."""

DICTIONARY_BYTES = 32 * 1024 * 1024
WINDOW_BYTES = 2**27
_HEADER_BYTES = 18
_LONGEST_BLOCK = 128 * 1024
_RLE, _RESERVED = 1, 3


class _Stored:
    """The stored bytes of the frame at which `tape` stands, and none behind it. Raises zlib.error and EOFError."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self._parts = self._walk()

    def read(self, size: int = -1, /) -> bytes:
        """The next part, of any length; empty at the frame's end."""
        return next(self._parts, b"")

    def _walk(self) -> Iterator[bytes]:
        import zstandard

        head = self._tape.peek(_HEADER_BYTES)
        try:
            size = zstandard.frame_header_size(head)
            checked = zstandard.get_frame_parameters(head).has_checksum
        except zstandard.ZstdError as error:
            raise zlib.error(str(error)) from error
        yield self._take(size)
        last = False
        while not last:
            header = self._take(3)
            number = int.from_bytes(header, "little")
            last, kind, size = bool(number & 1), number >> 1 & 3, number >> 3
            if kind == _RESERVED or size > _LONGEST_BLOCK:
                raise zlib.error("a block that cannot be")
            yield header + self._take(1 if kind == _RLE else size)
        if checked:
            yield self._take(4)

    def _take(self, size: int) -> bytes:
        piece = self._tape.read(size) if size else b""
        if len(piece) < size:
            raise EOFError
        return piece


class Frame:
    """The decompressed bytes of one frame, as `tape.Member` gives those of a gzip member."""

    def __init__(self, tape: Tape) -> None:
        self._stored = _Stored(tape)
        self._reader = _decompressor(tape.dictionary).stream_reader(self._stored, closefd=False)

    def read(self, size: int = CHUNK, /) -> bytes:
        """Up to `size` bytes; empty at the frame's end, behind which the tape then stands."""
        import zstandard

        try:
            piece: bytes = self._reader.read(CHUNK if size < 0 else size)
        except zstandard.ZstdError as error:
            raise zlib.error(str(error)) from error
        if not piece:
            while self._stored.read():
                pass
        return piece


def _decompressor(dictionary: bytes) -> Any:
    import zstandard

    shared = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    return zstandard.ZstdDecompressor(dict_data=shared, max_window_size=WINDOW_BYTES)


def pass_extension(tape: Tape) -> bool:
    """Go behind a skippable frame, and keep the dictionary that it may hold; False where there is none."""
    head = tape.peek(8)
    if head[1:4] != SKIPPABLE or head[0] & 0xF0 != 0x50 or len(head) < 8:
        return False
    size = int.from_bytes(head[4:8], "little")
    tape.skip(8)
    if not head.startswith(DICTIONARY):
        tape.skip(size)
    elif size > DICTIONARY_BYTES:
        raise LimitError(
            f"has a dictionary of more than {DICTIONARY_BYTES // 2**20} MiB",
            code="limit.dictionary",
            advice="Unpack it first: zstd -d.",
        )
    else:
        tape.dictionary = _unpacked(tape.read(size))
    return True


def _unpacked(dictionary: bytes) -> bytes:
    """The dictionary itself, which may be compressed. One that is damaged leaves the frames without one."""
    if not dictionary.startswith(FRAME):
        return dictionary
    import zstandard

    try:
        with zstandard.ZstdDecompressor(max_window_size=WINDOW_BYTES).stream_reader(dictionary) as reader:
            return bytes(reader.read(DICTIONARY_BYTES))
    except zstandard.ZstdError:
        return b""


def begins(tape: Tape, size: int) -> bytes:
    """The first `size` decompressed bytes of the frame at which `tape` stands, or none; the tape stays where it is."""
    start = tape.position
    try:
        return Frame(tape).read(size)
    except (zlib.error, EOFError):
        return b""
    finally:
        tape.seek(start)
