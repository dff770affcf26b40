"""Gzip or Zstandard around one file: told by what is inside, inflated with a bound."""

from __future__ import annotations

import zlib
from io import BytesIO

from provenance.errors import LimitError, SourceError
from provenance.limits import Limits
from provenance.model import Layer
from provenance.sources import frames
from provenance.sources.inputs import CHUNK, Input, Readable, too_big
from provenance.sources.sniff import kind_of
from provenance.sources.tape import GZIP_WINDOW, Member, Tape

KINDS = frozenset({"gzip", "zstd"})
"""Kinds that are something else, packed."""


def kind_inside(kind: str, head: bytes) -> str:
    """Kind of what a packed file holds, by its first inflated bytes; `kind` itself when nothing can be inflated.

    A dictionary stands in front of web archives only (Zstandard Compression for WARC Files 1.0, "File identification").
    """
    if head.startswith(frames.DICTIONARY):
        return "warc"
    if kind == "zstd":
        inside = frames.begins(Tape(BytesIO(head)), CHUNK)
        return kind_of(inside) if inside else kind
    try:
        return kind_of(zlib.decompressobj(GZIP_WINDOW).decompress(head, CHUNK))
    except zlib.error:
        return kind


def unwrapped(source: Input, kind: str) -> Input:
    """The content of a packed file as an input. Raises SourceError when damaged, LimitError for a bomb."""
    return source.inside(inflated(source.file, source.limits, kind), Layer(kind))


def inflated(file: Readable, limits: Limits, kind: str) -> bytes:
    """All members or frames of a file, one after the other; zeros and junk behind the last are passed over."""
    tape = Tape(file)
    out: list[bytes] = []
    size = 0
    try:
        while tape.peek(4).startswith((b"\x1f\x8b", frames.FRAME)):
            member = Member(tape) if tape.peek(2) == b"\x1f\x8b" else frames.Frame(tape)
            while piece := member.read(CHUNK * 4):
                out.append(piece)
                size += len(piece)
                _check(size, tape.position, limits)
    except zlib.error as error:
        raise SourceError(f"is damaged {kind} data", code="input.damaged", advice="Copy or save it again.") from error
    except EOFError as error:
        raise SourceError(
            f"is {kind} data cut short", code="input.truncated", advice="Copy or save it again."
        ) from error
    return b"".join(out)


def _check(size: int, taken: int, limits: Limits) -> None:
    if size > limits.page_bytes:
        raise too_big(limits.page_bytes)
    if size > limits.ratio_from_bytes and size > limits.ratio * max(taken, 1):
        raise LimitError(
            f"inflates to more than {limits.ratio} times its size",
            code="limit.ratio",
            advice="This is no saved page. Unpack it with care.",
        )
