"""Gzip around one file: told by what is inside, inflated with a bound."""

from __future__ import annotations

import zlib

from provenance.errors import LimitError, SourceError
from provenance.limits import Limits
from provenance.model import Layer
from provenance.sources.inputs import CHUNK, Input, Readable, too_big
from provenance.sources.sniff import kind_of
from provenance.sources.tape import GZIP_WINDOW, Member, Tape


def kind_inside(head: bytes) -> str:
    """Kind of what a gzip file holds, by its first inflated bytes; `gzip` when nothing can be inflated."""
    try:
        return kind_of(zlib.decompressobj(GZIP_WINDOW).decompress(head, CHUNK))
    except zlib.error:
        return "gzip"


def unwrapped(source: Input) -> Input:
    """The content of a gzip file as an input. Raises SourceError when damaged, LimitError for a bomb."""
    return source.inside(inflated(source.file, source.limits), Layer("gzip"))


def inflated(file: Readable, limits: Limits) -> bytes:
    """All members of a gzip file, one after the other; zeros and junk behind the last are passed over."""
    tape = Tape(file)
    out: list[bytes] = []
    size = 0
    try:
        while tape.peek(2) == b"\x1f\x8b":
            member = Member(tape)
            while piece := member.read(CHUNK * 4):
                out.append(piece)
                size += len(piece)
                _check(size, tape.position, limits)
    except zlib.error as error:
        raise SourceError("is damaged gzip data", code="input.damaged", advice="Copy or save it again.") from error
    except EOFError as error:
        raise SourceError("is gzip data cut short", code="input.truncated", advice="Copy or save it again.") from error
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
