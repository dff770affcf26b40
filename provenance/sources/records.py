"""One WARC or ARC record from a tape: its header, its block, and whether it can be trusted.

ISO 28500:2017 section 4 (WARC 1.1); the ARC format of 1996, versions 1 and 2. WARC headers are parsed by warcio. ARC
header lines are read here: warcio takes the ten fields of version 2 for the five of version 1.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from provenance.limits import Limits
from provenance.sources.inputs import CHUNK
from provenance.sources.tape import Tape

Headers = tuple[tuple[str, str], ...]
Trust = Literal["proved", "payload", "plausible", "wrong"]
Wanted = Callable[["Headers"], bool]

ARC_LINE = re.compile(
    rb"(?:filedesc|https?|ftp|dns|whois|gopher|metadata|urn|screenshot|warcinfo|alexa):\S.* \d{12,14} .*?\d+\r?\n", re.I
)
ARC_CLOSE = re.compile(rb"\n[a-z]{2,12}:\S")
RECORD_START = re.compile(rb"WARC/\d\.\d{1,2}[ \t]*\r?\n[A-Za-z-]+[ \t]*:")
SOUND_LINE = re.compile(
    rb"(?:WARC/|[ \t]|[!#$%&'*+.^_`|~0-9A-Za-z-]+[ \t]*:|\r?\n|\Z)[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*\Z"
)
KINDS = {"response", "request", "revisit", "resource", "conversion", "continuation"}
"""Records that must have an address (section 5.12)."""

WITHOUT_ADDRESS = {"warcinfo", "metadata"}
ALGORITHMS = {
    "sha1": "sha1",
    "sha-1": "sha1",
    "sha256": "sha256",
    "sha-256": "sha256",
    "sha512": "sha512",
    "md5": "md5",
}
BREAKS = b"\r\n"


class BadRecordError(Exception):
    """A record that cannot be taken as it stands; `reason` says why, `headers` what could still be read of it."""

    def __init__(self, reason: str, headers: Headers = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.headers = headers


@dataclass(frozen=True, slots=True)
class Frame:
    """One record.

    `block` is None where it was not wanted, and only its first `CHUNK` bytes where it is larger than the limit
    (`oversize`). `trust` is `proved` when the block digest fits, `payload` when only that of the payload does (the HTTP
    header was altered, the page was not), `plausible` when there is none to check.
    """

    offset: int
    headers: Headers
    length: int
    block: bytes | None = field(default=None, repr=False)
    trust: Trust = "plausible"
    oversize: bool = False
    arc: bool = False
    closed: bool = False
    """What a writer puts behind a block stands behind this one: its length is right."""

    def header(self, name: str) -> str | None:
        """Value of the first header of that name, in any case."""
        return header(self.headers, name)


def header(headers: Headers, name: str) -> str | None:
    """Value of the first header of that name; names in `headers` are in lower case."""
    wanted = name.lower()
    for key, value in headers:
        if key == wanted:
            return value
    return None


def starts_here(head: bytes) -> bool:
    """True where a record's header begins."""
    return RECORD_START.match(head) is not None or ARC_LINE.match(head) is not None


def read_record(tape: Tape, limits: Limits, wanted: Wanted, offset: int) -> Frame:
    """The record at which `tape` stands, which then stands behind its block.

    Raises BadRecordError for a header that cannot be read, a block that is cut, and a block whose digest does not fit.
    """
    arc = tape.peek(5) != b"WARC/"
    headers = _arc_headers(tape) if arc else _warc_headers(tape, limits)
    length = _length(headers)
    oversize = length > limits.record_bytes
    keep = wanted(headers) and (CHUNK if oversize else length)
    digest = _digest(header(headers, "WARC-Block-Digest"))
    block = _block(tape, length, headers, keep, digest)
    trust: Trust = "plausible" if digest is None else digest.verdict()
    if trust == "wrong" and digest_fits(header(headers, "WARC-Payload-Digest"), _payload(block)) == "proved":
        trust = "payload"
    if trust == "wrong":
        raise BadRecordError("its digest does not fit its bytes", headers)
    closed = ARC_CLOSE.match(tape.peek(40)) is not None if arc else tape.peek(4) == b"\r\n\r\n"
    return Frame(offset, headers, length, block, trust, oversize, arc, closed)


def _payload(block: bytes | None) -> bytes:
    return (block or b"").partition(b"\r\n\r\n")[2]


def _block(tape: Tape, length: int, headers: Headers, keep: int | bool, digest: Digest | None) -> bytes | None:
    kept = bytearray()
    left = length
    while left and (piece := tape.read(min(CHUNK, left))):
        left -= len(piece)
        if len(kept) < keep:
            kept += piece
        if digest:
            digest.update(piece)
    if left:
        raise BadRecordError(f"it is cut short by {left} bytes", headers)
    return None if keep is False else bytes(kept)


def _length(headers: Headers) -> int:
    found = {value.strip() for name, value in headers if name == "content-length"}
    if len(found) != 1 or not re.fullmatch(r"[0-9]{1,15}", next(iter(found))):
        raise BadRecordError("its length is missing or no number", headers)
    return int(found.pop())


class _Lines:
    """What warcio's parser reads a header from: lines, with a bound on all of them together."""

    def __init__(self, tape: Tape, limit: int) -> None:
        self._tape = tape
        self._left = limit

    def readline(self) -> bytes:
        line = self._tape.readline(self._left + 1)
        self._left -= len(line)
        if self._left < 0:
            raise BadRecordError("its header is larger than the limit")
        if not SOUND_LINE.match(line):
            raise BadRecordError("its header is damaged")
        return line


@lru_cache(maxsize=1)
def _warc_parser() -> Any:
    from warcio.statusandheaders import StatusAndHeadersParser

    return StatusAndHeadersParser(["WARC/"])


def _warc_headers(tape: Tape, limits: Limits) -> Headers:
    from warcio.statusandheaders import StatusAndHeadersParserException

    try:
        parsed = _warc_parser().parse(_Lines(tape, limits.record_header_bytes))
    except (StatusAndHeadersParserException, EOFError, ValueError) as error:
        raise BadRecordError("its header cannot be read") from error
    headers = tuple((name.strip().lower(), value.strip()) for name, value in parsed.headers)
    kind = header(headers, "WARC-Type")
    if kind not in KINDS and kind not in WITHOUT_ADDRESS:
        raise BadRecordError("its header does not say what it is", headers)
    if kind in KINDS and not header(headers, "WARC-Target-URI"):
        raise BadRecordError("its header has no address", headers)
    mandatory = header(headers, "WARC-Record-ID") and header(headers, "WARC-Date")
    if not mandatory and header(headers, "WARC-Block-Digest"):  # who writes digests writes these
        raise BadRecordError("its header lacks what every record has", headers)
    return headers


def _arc_headers(tape: Tape) -> Headers:
    line = tape.readline(64 * 1024)
    if not ARC_LINE.match(line):
        raise BadRecordError("its header cannot be read")
    fields = line.decode("utf-8", "replace").rstrip().split(" ")
    at = next(index for index, text in enumerate(fields[1:], 1) if re.fullmatch(r"\d{12,14}", text))
    first = fields[0].startswith("filedesc:")
    media_type = fields[at + 1] if len(fields) > at + 2 else ""
    return (
        ("warc-type", "warcinfo" if first else "response"),
        ("warc-target-uri", "%20".join(fields[: max(at - 1, 1)])),
        ("warc-date", fields[at].ljust(14, "0")),
        ("content-type", "text/plain" if first else "application/http; msgtype=response"),
        ("x-arc-content-type", media_type),
        ("content-length", fields[-1]),
    )


class Digest:
    """A labelled digest (`sha1:BASE32`, hexadecimal too) and the bytes it is of."""

    def __init__(self, algorithm: str, value: str) -> None:
        self._hash = hashlib.new(algorithm, usedforsecurity=False)
        self._value = value

    def update(self, data: bytes) -> None:
        """Take more bytes."""
        self._hash.update(data)

    def verdict(self) -> Trust:
        """`proved`, or `wrong`; `plausible` where the stated value is no digest at all."""
        found = self._hash.digest()
        stated = _decoded(self._value, len(found))
        return "plausible" if stated is None else "proved" if stated == found else "wrong"


def _decoded(value: str, size: int) -> bytes | None:
    text = value.strip().rstrip("=")
    try:
        if len(text) == size * 2:
            return bytes.fromhex(text)
        data = base64.b32decode(text.upper() + "=" * (-len(text) % 8))
    except (ValueError, binascii.Error):
        return None
    return data if len(data) == size else None


def _digest(label: str | None) -> Digest | None:
    algorithm, _, value = (label or "").partition(":")
    name = algorithm.strip().lower().replace("-", "")
    return Digest(name, value) if name in ALGORITHMS and value else None


def digest_fits(label: str | None, data: bytes) -> Trust:
    """Whether `data` has the labelled digest; `plausible` when there is no usable label."""
    digest = _digest(label)
    if digest is None:
        return "plausible"
    digest.update(data)
    return digest.verdict()
