"""All records of an archive, and after damage the next one.

Writers give each record a gzip member (or Zstandard frame) of its own: after a bad byte the reader looks for the
next member that inflates to a record; in a plain archive it looks for the next line that begins one. What lies between
is a `Hole`. A record counts as good only when its digest fits, or when nothing speaks against it: the member's checksum
is right, and the next record begins where it ends.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from provenance.limits import Limits
from provenance.sources import frames
from provenance.sources.inputs import CHUNK
from provenance.sources.records import BadRecordError, Frame, Headers, Wanted, read_record, starts_here
from provenance.sources.tape import GZIP_WINDOW, Member, Tape, inner_tape

GZIP = b"\x1f\x8b\x08"
PADDING = b"\r\n\0 "
LINE = 4096
"""How much is looked at to tell whether a record begins; ARC lines and gzip headers with names fit in."""

OVERLAP = 64
OVERRUN = "its length does not lead to the next record"
MAYBE_START = re.compile(rb"\x1f\x8b\x08|\x28\xb5\x2f\xfd|(?=WARC/\d\.)|(?<=\n)(?=[a-zA-Z][a-zA-Z0-9+.-]{1,30}:)")
"""What stands before a WARC record may be damaged, so that it need not begin a line; an ARC record must."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A stretch of an archive that gave no record, and why.

    `offset` and `size` count bytes of the file as it is stored. `headers` are those of the damaged record, as far as
    they could be read: its address and time are still worth telling.
    """

    offset: int
    size: int
    reason: str
    headers: Headers = ()


Piece = Frame | Hole


def pieces(tape: Tape, limits: Limits, wanted: Wanted) -> Iterator[Piece]:
    """Every record and every hole of the archive on `tape`, in the order of the file.

    `wanted` says by a record's headers whether its block is kept; the rest is checked and passed over.
    """
    while _pass_padding(tape):
        if frames.pass_extension(tape):
            continue
        if _packed(tape):
            yield from _member(tape, limits, wanted)
        elif starts_here(tape.peek(LINE)):
            yield _plain(tape, limits, wanted)
        else:
            start = tape.position
            to_record(tape)
            yield Hole(start, tape.position - start, "there is no record")
    if tape.fault:
        yield Hole(tape.position, 0, f"the stored data is {tape.fault}")


def _packed(tape: Tape) -> bool:
    """True where a gzip member or a Zstandard frame begins."""
    return tape.peek(4).startswith((GZIP, frames.FRAME))


def _pass_padding(tape: Tape) -> bool:
    """Go to the next byte that is no padding; False at the end."""
    while piece := tape.peek(CHUNK):
        rest = len(piece.lstrip(PADDING))
        tape.position += len(piece) - rest
        if rest:
            return True
    return False


def _member(tape: Tape, limits: Limits, wanted: Wanted) -> Iterator[Piece]:
    """The records of one member or frame. The last one waits for its checksum, unless its digest proved it."""
    start = tape.position
    inner = inner_tape(tape, Member if tape.peek(3) == GZIP else frames.Frame)
    last: Piece | None = None
    count = 0
    while _pass_padding(inner):
        if isinstance(last, Frame) and last.trust == "plausible" and not (last.closed or starts_here(inner.peek(LINE))):
            last = _overrun(inner, last)
            continue
        if last:
            yield last
        last = _next(inner, limits, wanted, start)
        count += 1
    if inner.fault is None:
        yield last or Hole(start, tape.position - start, "it holds no record")
        return
    tape.seek(start + 1)
    to_record(tape)
    proved = isinstance(last, Frame) and last.trust != "plausible"
    if last and proved:
        yield last
    if not proved or count > 1:
        reason = f"its compressed data is {inner.fault}"
        yield Hole(start, tape.position - start, reason, last.headers if last and not proved else ())


def _overrun(inner: Tape, frame: Frame) -> Piece:
    """What to think of a record that is followed by something else: in front of another record it is damaged; at the
    end of the member its checksum decides (some writers state a length that is too small)."""
    begin = inner.position
    if to_record(inner, members=False):
        return Hole(frame.offset, inner.position - begin, OVERRUN, frame.headers)
    return frame


def _next(inner: Tape, limits: Limits, wanted: Wanted, offset: int) -> Piece:
    """The record at which the inflated tape stands, or the hole up to the next."""
    begin = inner.position
    try:
        return read_record(inner, limits, wanted, offset)
    except BadRecordError as error:
        inner.seek(begin + 1)
        to_record(inner, members=False)
        return Hole(offset, inner.position - begin, error.reason, error.headers)


def _plain(tape: Tape, limits: Limits, wanted: Wanted) -> Piece:
    """The record at which a plain tape stands, or the hole up to the next."""
    start = tape.position
    try:
        frame = read_record(tape, limits, wanted, start)
        if frame.trust == "plausible" and not (frame.closed or _ends_well(tape)):
            raise BadRecordError(OVERRUN, frame.headers)
        return frame
    except BadRecordError as error:
        tape.seek(start + 1)
        to_record(tape)
        return Hole(start, tape.position - start, error.reason, error.headers)


def _ends_well(tape: Tape) -> bool:
    """True where after a block comes the end, or the next record."""
    return not _pass_padding(tape) or starts_here(tape.peek(LINE)) or _packed(tape)


def to_record(tape: Tape, members: bool = True, limit: int | None = None) -> bool:
    """Go to the next place where a record begins, plain or as a gzip member; to the end (and False) when none does."""
    before = b"\n" if tape.position == 0 else b""
    while (limit is None or tape.position < limit) and (window := tape.peek(CHUNK)):
        base = tape.position - len(before)
        for match in MAYBE_START.finditer(before + window):
            tape.seek(base + match.end() if match[0] not in (GZIP, frames.FRAME) else base + match.start())
            if (members and _member_begins(tape)) or starts_here(tape.peek(LINE)):
                return True
        tape.seek(base + len(before))
        tape.skip(len(window) - OVERLAP if len(window) == CHUNK else len(window))
        before = b""
    return False


def holds_records(tape: Tape, limit: int) -> bool:
    """True where a record begins within the next `limit` bytes: an archive whose beginning is damaged."""
    return to_record(tape, limit=limit)


def _member_begins(tape: Tape) -> bool:
    """True where a gzip member or a frame begins that inflates to a record."""
    head = tape.peek(LINE)
    if head.startswith(frames.FRAME):
        return starts_here(frames.begins(tape, LINE).lstrip(PADDING))
    if not head.startswith(GZIP):
        return False
    try:
        return starts_here(zlib.decompressobj(GZIP_WINDOW).decompress(head, LINE).lstrip(PADDING))
    except zlib.error:
        return False
