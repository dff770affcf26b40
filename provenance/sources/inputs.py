"""One opened input, and the ways to read it that are bounded."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO, Protocol

from provenance.errors import LimitError
from provenance.limits import LIMITS, Limits
from provenance.model import Layer

HEAD_BYTES = 64 * 1024
"""How much of an input the sniffer sees."""

CHUNK = 64 * 1024


class Readable(Protocol):
    """What a reader may ask of a stream: bytes, in order."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Input:
    """An input with its name in messages, its first bytes, and what was taken off it already.

    `file` stands at its beginning and can be sought in, except for standard input. `path` is the file on disk, where
    there is one, for readers that need a neighbour. `depth` counts containers inside containers.
    """

    locator: str
    file: BinaryIO = field(repr=False)
    head: bytes = field(repr=False)
    limits: Limits = LIMITS
    path: Path | None = None
    layers: tuple[Layer, ...] = ()
    depth: int = 0
    seekable: bool = True

    def all(self, limit: int | None = None) -> bytes:
        """The whole content. Raises LimitError beyond `limit` bytes (by default a page's)."""
        return read_bounded(self.file, limit or self.limits.page_bytes)

    def inside(self, body: bytes, *layers: Layer, locator: str | None = None) -> Input:
        """The content of a layer that was taken off, as an input of its own. Raises LimitError when too deep."""
        if self.depth >= self.limits.nesting:
            raise LimitError(
                f"more than {self.limits.nesting} containers inside each other",
                code="limit.nesting",
                advice="Unpack the file and give its content.",
            )
        return replace(
            self,
            locator=locator or self.locator,
            file=BytesIO(body),
            head=body[:HEAD_BYTES],
            layers=self.layers + layers,
            depth=self.depth + 1,
            seekable=True,
        )


class Joined:
    """Bytes that were already taken from a stream, and the rest of it."""

    def __init__(self, head: bytes, file: Readable) -> None:
        self._head = head
        self._file = file

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        if not self._head:
            return self._file.read(size)
        piece = self._head if size < 0 else self._head[:size]
        self._head = self._head[len(piece) :]
        return piece


def spool(file: Readable, out: IO[bytes], limit: int) -> None:
    """Copy a stream and go back to its beginning. Raises LimitError beyond `limit` bytes."""
    size = 0
    while chunk := file.read(CHUNK * 16):
        size += len(chunk)
        if size > limit:
            raise too_big(limit)
        out.write(chunk)
    out.seek(0)


def read_bounded(file: Readable, limit: int) -> bytes:
    """Everything up to the end of `file`. Raises LimitError when there is more than `limit` bytes."""
    parts: list[bytes] = []
    size = 0
    while chunk := file.read(min(CHUNK * 16, limit + 1 - size)):
        parts.append(chunk)
        size += len(chunk)
        if size > limit:
            raise too_big(limit)
    return b"".join(parts)


def too_big(limit: int) -> LimitError:
    """The error for content beyond `limit` bytes."""
    return LimitError(
        f"larger than {limit // (1024 * 1024) or 1} MiB",
        code="limit.bytes",
        advice="Give the page alone, without its pictures and attachments.",
    )
