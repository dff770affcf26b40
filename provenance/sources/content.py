"""HTTP messages inside archives: header, body, and the codings of the body, all bounded.

Archives keep what the server sent, but not always: some writers take off `chunked` or gzip and leave the header. A
coding that the body does not have is passed over and noted (RFC 9112 section 7, RFC 9110 section 8.4).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from provenance.errors import LimitError
from provenance.limits import Limits
from provenance.model import Note
from provenance.sources.inputs import CHUNK, too_big
from provenance.sources.tape import GZIP_WINDOW

GZIP = b"\x1f\x8b"
FIRST_STEP = 1024
"""How much of a member is given to zlib at first: of many small members each would copy all that follows it."""

PAGE_STATUS = frozenset({200, 203})
"""The answers that carry the page asked for (RFC 9110 section 15.3): 203 was changed on the way. The others announce,
confirm, or give a part; protection services answer 202 with their challenge."""

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
TEXT_TYPES = frozenset({"text/plain", "text/markdown", "text/x-markdown"})

HARMLESS = frozenset(
    "content-type content-language content-location last-modified date link memento-datetime age "
    "x-archive-orig-date x-archive-orig-content-type x-archive-orig-last-modified x-archive-orig-content-language "
    "x-archive-orig-link x-archive-src".split()
)
"""Response headers that name nobody and open nothing."""

STATUS_LINE = re.compile(rb"\s*HTTP/\d(?:\.\d)?[ \t]+(\d{3})[^\n]*(?:\n|\Z)", re.IGNORECASE)
CHUNK_LINE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\n]*)?\r?\n")
HEADER_END = re.compile(rb"\r?\n\r?\n|\r?\n(?=<)")
"""A blank line; some early servers sent none."""


@dataclass(frozen=True, slots=True)
class Message:
    """An HTTP response. `body` is still coded."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)

    def header(self, name: str) -> str:
        """Value of the first header of that name, or nothing."""
        return next((value for key, value in self.headers if key.lower() == name), "")


def parsed(block: bytes, limits: Limits) -> Message | None:
    """The HTTP response in `block`; None when it is none, or its header is larger than the limit."""
    status = STATUS_LINE.match(block)
    if not status:
        return None
    end = HEADER_END.search(block, max(status.end() - 2, 0), limits.record_header_bytes)
    head = block[status.end() : end.start() if end else len(block)]
    lines = re.sub(rb"\r?\n[ \t]+", b" ", head).splitlines()
    pairs = (line.partition(b":") for line in lines if b":" in line)
    headers = tuple((_text(name).lower(), _text(value)) for name, _, value in pairs)
    return Message(int(status[1]), headers, block[end.end() :] if end else b"")


def _text(raw: bytes) -> str:
    return re.sub(r"[\x00-\x1f\x7f]", "", raw.decode("latin-1")).strip()


def harmless(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The headers that may be passed on."""
    return tuple((name, value[:2000]) for name, value in headers if name.lower() in HARMLESS)


def charset_of(content_type: str) -> str | None:
    """The charset parameter of a Content-Type."""
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", content_type, re.IGNORECASE)
    return match[1] if match else None


def media_type_of(content_type: str) -> str:
    """The media type of a Content-Type, in lower case."""
    match = re.match(r"\s*([\w.+-]+/[\w.+-]+)", content_type)
    return match[1].lower() if match else ""


def decoded(message: Message, limits: Limits) -> tuple[bytes, tuple[Note, ...]]:
    """The body without its codings, and notes on headers that do not fit it. Raises LimitError."""
    notes: list[Note] = []
    body = message.body
    if "chunked" in message.header("transfer-encoding").lower():
        body, note = _dechunked(body)
        notes += [note] if note else []
    codings = [text.strip().lower() for text in message.header("content-encoding").split(",") if text.strip()]
    if len(codings) > limits.codings:
        raise LimitError(f"more than {limits.codings} content codings", code="limit.codings")
    for coding in reversed(codings):
        body, note = _without(coding.removeprefix("x-"), body, limits)
        notes += [note] if note else []
    if len(body) > limits.page_bytes:
        raise too_big(limits.page_bytes)
    return body, tuple(notes)


def _mismatch(coding: str) -> Note:
    return Note("content.coding", f"the header says {coding}, but the body is not; it was read as it is")


def _followed(coding: str) -> Note:
    return Note("content.coding", f"what stands behind the end of the {coding} coding was passed over")


def _cut(coding: str) -> Note:
    return Note("input.truncated", f"the body ends before its {coding} coding does: the page may be cut short")


def _dechunked(body: bytes) -> tuple[bytes, Note | None]:
    out: list[bytes] = []
    at = 0
    while at < len(body):
        line = CHUNK_LINE.match(body, at)
        if not line:
            return (body, _mismatch("chunked")) if not out or body[at:].strip() else (b"".join(out), _cut("chunked"))
        size = int(line[1], 16)
        if not size:
            return b"".join(out), None
        piece = body[line.end() : line.end() + size]
        out.append(piece)
        if len(piece) < size:
            return b"".join(out), _cut("chunked")
        at = line.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1 if body[at : at + 1] == b"\n" else 0
    return b"".join(out), _cut("chunked") if out else None


def _without(coding: str, body: bytes, limits: Limits) -> tuple[bytes, Note | None]:
    decode = DECODERS.get(coding)
    if decode is None or not body:
        known = coding in ("identity", "none", "")
        return body, None if known or not body else Note("content.coding", f"the coding {coding[:20]!r} is unknown")
    try:
        plain, told = decode(body, limits)
    except UndecodableError:
        return body, _mismatch(coding)
    return plain, told(coding) if told else None


class UndecodableError(Exception):
    """The body does not have the coding."""


Decoded = tuple[bytes, Callable[[str], Note] | None]
"""What was decoded, and the note to make of it when the coding did not end where the body does."""


def _inflate(body: bytes, limits: Limits, window: int) -> Decoded:
    """All that inflates; of gzip every member (RFC 1952 section 2.2), as a browser and the live fetch read it."""
    out: list[bytes] = []
    at = size = 0
    while True:
        inflate = zlib.decompressobj(window)
        step = FIRST_STEP
        while not inflate.eof:
            given = body[at : at + step]
            try:
                piece = inflate.decompress(given, CHUNK * 4)
            except zlib.error as error:
                if not size:
                    raise UndecodableError from error
                return b"".join(out), _cut
            if not (given or piece):
                return b"".join(out), _cut
            out.append(piece)
            size += len(piece)
            _bounded(size, len(body), limits)
            at += len(given) - len(inflate.unconsumed_tail) - len(inflate.unused_data)
            step = min(step * 2, CHUNK)
        if window != GZIP_WINDOW or not body.startswith(GZIP, at):
            return b"".join(out), _followed if body[at:].strip(b"\0\r\n") else None


def _bounded(size: int, stored: int, limits: Limits) -> None:
    if size > limits.page_bytes:
        raise too_big(limits.page_bytes)
    if size > limits.ratio_from_bytes and size > limits.ratio * stored:
        raise LimitError(f"inflates to more than {limits.ratio} times its size", code="limit.ratio")


def _gzip(body: bytes, limits: Limits) -> Decoded:
    return _inflate(body, limits, GZIP_WINDOW)


def _deflate(body: bytes, limits: Limits) -> Decoded:
    try:
        return _inflate(body, limits, 15)
    except UndecodableError:
        return _inflate(body, limits, -15)


def _brotli(body: bytes, limits: Limits) -> Decoded:
    import brotli

    decoder = brotli.Decompressor()
    out: list[bytes] = []
    size = 0
    pending = body
    try:
        while not decoder.is_finished():
            piece = decoder.process(pending, output_buffer_limit=CHUNK * 4)
            pending = b""
            out.append(piece)
            size += len(piece)
            _bounded(size, len(body), limits)
            if not piece and decoder.can_accept_more_data():
                break
    except brotli.error as error:
        if not size:
            raise UndecodableError from error
    return b"".join(out), None if decoder.is_finished() else _cut


def _zstd(body: bytes, limits: Limits) -> Decoded:
    import zstandard

    out: list[bytes] = []
    size = 0
    try:
        with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(body, read_across_frames=True) as reader:
            while piece := reader.read(CHUNK * 4):
                out.append(piece)
                size += len(piece)
                _bounded(size, len(body), limits)
    except zstandard.ZstdError as error:
        if not size:
            raise UndecodableError from error
        return b"".join(out), _cut
    return b"".join(out), None


DECODERS: dict[str, Callable[[bytes, Limits], Decoded]] = {
    "gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
"""Content codings by their registered name."""
