"""MHTML (RFC 2557), as Chrome, Internet Explorer, Word, Opera and Firefox add-ons write it.

The standard library frames the parts, always with the `compat32` policy: the newer ones decode headers while they read,
which one header can turn into seconds and gigabytes. Only the root part is decoded.
"""

from __future__ import annotations

import binascii
import email
import quopri
import re
from collections.abc import Iterator
from email.message import Message
from email.policy import compat32

from provenance.errors import LimitError, SourceError
from provenance.limits import Limits
from provenance.model import Capture, Layer, Note, Unreadable
from provenance.sources import times
from provenance.sources.claims import web_address
from provenance.sources.content import HTML_TYPES, charset_of
from provenance.sources.inputs import Input
from provenance.sources.unwrapping import unwrapped

BOUNDARY = re.compile(rb"boundary\s*=\s*(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
SAVERS = ((re.compile(r"Saved by ([\w .-]{1,60})"), "{}"), (re.compile(r"(Opera[\w ./-]{1,40})"), "{}"))


def read_mhtml(source: Input) -> Iterator[Capture | Unreadable]:
    """The page of an MHTML file."""
    raw = source.all()
    _check(raw, source.limits)
    message = email.message_from_bytes(raw, policy=compat32)
    root = _root(message)
    if root is None:
        raise SourceError("is MHTML without an HTML page", code="input.no-page", advice="Save the page again.")
    body, whole = _decoded(root)
    url = _snapshot(message) or web_address(_header(root, "Content-Location"))
    time = times.from_mail(_header(message, "Date"))
    layer = Layer("mhtml", url, time, "save" if time else None, tuple(_details(message)))
    notes = () if whole and not _cut(raw, message) else (CUT,)
    declared = charset_of(_header(root, "Content-Type"))
    yield unwrapped(
        Capture(
            locator=source.locator,
            body=body,
            media_type="text/html",
            charset=declared,
            url=url,
            captured=time,
            layers=(*source.layers, layer),
            notes=notes,
        )
    )


CUT = Note("input.truncated", "the MHTML file ends before its last boundary: the page may be cut short")


def _check(raw: bytes, limits: Limits) -> None:
    """Refuse what the parser would choke on, before it sees it."""
    head = re.split(rb"\r?\n\r?\n", raw[: limits.mhtml_header_bytes + 2], maxsplit=1)[0]
    if len(head) > limits.mhtml_header_bytes:
        raise LimitError("has a header larger than the limit", code="limit.header", advice="This is no saved page.")
    boundaries = {b"--" + (match[1] or match[2]) for match in BOUNDARY.finditer(raw)}
    if len(boundaries) > limits.mhtml_nesting:
        raise LimitError(
            f"has more than {limits.mhtml_nesting} multiparts", code="limit.nesting", advice="This is no saved page."
        )
    if sum(raw.count(b"\n" + boundary) for boundary in boundaries) > limits.mhtml_parts + len(boundaries):
        raise LimitError(
            f"has more than {limits.mhtml_parts} parts", code="limit.parts", advice="This is no saved page."
        )


def _header(part: Message, name: str) -> str:
    """A header as it stands, unfolded. Headers are not decoded: those used here are plain."""
    value = part.get(name)
    return re.sub(r"\s*[\r\n]+\s*", " ", str(value))[:8192].strip() if value is not None else ""


def _snapshot(message: Message) -> str | None:
    folded = str(message.get("Snapshot-Content-Location") or message.get("Content-Location") or "")
    return web_address(re.sub(r"\s+", "", folded))


def _root(message: Message) -> Message | None:
    """The page: the part that the snapshot's address or `start` names, else the first HTML part."""
    parts = [part for part in message.walk() if part.get_content_type() in HTML_TYPES and not part.is_multipart()]
    wanted = re.sub(r"\s+", "", str(message.get("Snapshot-Content-Location") or ""))
    start = message.get_param("start")
    for part in parts:
        named = wanted and re.sub(r"\s+", "", str(part.get("Content-Location") or "")) == wanted
        if named or (start and _header(part, "Content-ID") == start):
            return part
    return parts[0] if parts else None


def _decoded(part: Message) -> tuple[bytes, bool]:
    """The part's bytes, and whether its transfer coding could be taken off whole."""
    coding = _header(part, "Content-Transfer-Encoding").lower()
    del part["Content-Transfer-Encoding"]  # the coding is taken off here: what is damaged is to be told
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    if coding == "quoted-printable":
        return quopri.decodestring(raw), True
    if coding != "base64":
        return raw, True
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    try:
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4)), True
    except binascii.Error:
        return binascii.a2b_base64(letters[: len(letters) // 4 * 4]), False


def _cut(raw: bytes, message: Message) -> bool:
    boundary = message.get_boundary()
    return bool(boundary) and f"--{boundary}--".encode("ascii", "replace") not in raw[-4096 - len(boundary or "") :]


def _details(message: Message) -> Iterator[tuple[str, str]]:
    said = f"{_header(message, 'From')} {_header(message, 'X-MAF')}"
    for pattern, form in SAVERS:
        if match := pattern.search(said):
            yield "tool", form.format(match[1].strip())
            return
