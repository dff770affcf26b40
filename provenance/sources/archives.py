"""WARC and ARC: from records to pages, in the order of the file, in constant memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO, Protocol

from provenance.errors import SourceError
from provenance.limits import LIMITS, Limits
from provenance.model import Capture, Layer, Note, Unreadable
from provenance.sources import content, times
from provenance.sources.answers import parsed_as
from provenance.sources.choosing import Refusal, refusal, wanted, with_roles
from provenance.sources.claims import web_address
from provenance.sources.content import HTML_TYPES, PAGE_STATUS, Message
from provenance.sources.inputs import Input
from provenance.sources.originals import Originals
from provenance.sources.records import Frame, Headers, digest_fits, header
from provenance.sources.salvage import Hole, pieces
from provenance.sources.tape import Tape, tape_of
from provenance.sources.unwrapping import unwrapped

Item = Capture | Unreadable
NOTHING = "It holds requests or notes only; give the archive with the pages."


class PageList(Protocol):
    """What a container says of its own pages."""

    def lists(self, url: str) -> bool: ...
    def redirect(self, url: str, location: str) -> None: ...
    def time(self, url: str, captured: str | None) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Archive:
    """One WARC or ARC that is being read. `reopen` gives its bytes again from a position, for revisits."""

    locator: str
    tape: Tape
    limits: Limits = LIMITS
    layers: tuple[Layer, ...] = ()
    reopen: Callable[[int], BinaryIO] | None = None
    listed: PageList | None = None
    originals: Originals = field(default_factory=Originals)


@dataclass(frozen=True, slots=True)
class Found:
    """A record on its way to a capture. `number` counts them from 1, requests and notes left out."""

    frame: Frame
    number: int
    url: str | None
    message: Message
    tool: str | None = None
    role: str | None = None
    original: Frame | None = None


def read_archive(source: Input) -> Iterator[Item]:
    """Every page of a WARC or ARC file; what is no page, and every hole, as an item with its reason."""
    path = source.path
    reopen = _reopener(source) if path and source.seekable else None
    yield from items(
        Archive(source.locator, tape_of(source.file, source.seekable), source.limits, source.layers, reopen)
    )


def _reopener(source: Input) -> Callable[[int], BinaryIO]:
    def reopen(position: int) -> BinaryIO:
        file = open(source.path or "", "rb")  # noqa: SIM115 - the caller closes it
        file.seek(position)
        return file

    return reopen


def items(archive: Archive) -> Iterator[Item]:
    """The pages of an archive, and why the rest gave none."""
    tool: str | None = None
    number = 0
    told = False
    for piece, role in with_roles(pieces(archive.tape, archive.limits, wanted)):
        if isinstance(piece, Hole):
            told = True
            yield _damaged(archive, piece)
            continue
        number += 1
        if piece.header("WARC-Type") == "warcinfo":
            tool = _tool(piece) or tool
            continue
        told = True
        yield from _record(archive, piece, number, tool, role)
    if not told:
        yield Unreadable(archive.locator, "input.no-page", "is a web archive without answers of a server", NOTHING)


def _damaged(archive: Archive, hole: Hole) -> Unreadable:
    url = web_address(header(hole.headers, "WARC-Target-URI"))
    time = _time(hole.headers)
    what = f"the record of {url}{f' captured {time}' if time else ''}" if url else "a part of the archive"
    return Unreadable(
        f"{archive.locator}@{hole.offset}",
        "archive.damaged",
        f"{what} is damaged: {hole.reason} ({hole.size} bytes at offset {hole.offset})",
        "Fetch the archive again; the records before and after were read.",
    )


def _tool(warcinfo: Frame) -> str | None:
    match = re.search(rb"^software:[ \t]*([^\r\n]{1,120})", warcinfo.block or b"", re.MULTILINE | re.IGNORECASE)
    return match[1].decode("utf-8", "replace").strip() if match else None


def _record(archive: Archive, frame: Frame, number: int, tool: str | None, role: str | None) -> Iterator[Item]:
    """One record: a page, or the reason why it is none."""
    name = f"{archive.locator}#{number}"
    url = web_address(frame.header("WARC-Target-URI"), 8 * archive.limits.url_chars)
    found = _found(archive, frame, number, url)
    if isinstance(found, Refusal):
        yield Unreadable(name, found.code, found.message, skipped=True)
        return
    found = replace(found, tool=tool, role=role)
    if archive.listed and url and 300 <= found.message.status < 400:
        archive.listed.redirect(url, found.message.header("location"))
    try:
        yield _page(archive, found, name)
    except SourceError as error:
        skipped = content.media_type_of(found.message.header("content-type")) not in HTML_TYPES
        yield Unreadable(name, error.code, error.message, error.advice, skipped=skipped)


def _found(archive: Archive, frame: Frame, number: int, url: str | None) -> Found | Refusal:
    kind = frame.header("WARC-Type")
    if url is None:
        return Refusal("record.address", "has no web address")
    declared = frame.header("Content-Type") or ""
    if kind != "revisit" and frame.block is not None and content.media_type_of(declared) in HTML_TYPES:
        return Found(frame, number, url, Message(200, (("content-type", declared),), frame.block))
    if kind == "revisit":
        return _revisited(archive, frame, number, url)
    message = content.parsed(frame.block, archive.limits) if frame.block is not None else None
    if message is None:
        return Refusal("record.not-page", f"is a record of type {kind} without a page")
    if message.status in PAGE_STATUS:
        archive.originals.remember(frame)
    return Found(frame, number, url, message)


def _revisited(archive: Archive, frame: Frame, number: int, url: str) -> Found | Refusal:
    original = archive.originals.find(frame, archive.reopen, archive.limits, archive.tape.dictionary)
    whole = content.parsed(original.block, archive.limits) if original and original.block else None
    if not original or not whole:
        return Refusal("record.revisit", "repeats a capture that is not in this archive")
    own = content.parsed(frame.block or b"", archive.limits)
    headers = own.headers if own and own.status in PAGE_STATUS else whole.headers
    coded = tuple(pair for pair in whole.headers if pair[0] in ("content-encoding", "transfer-encoding"))
    kept = tuple(pair for pair in headers if pair[0] not in ("content-encoding", "transfer-encoding"))
    typed = () if any(name == "content-type" for name, _ in kept) else (("content-type", whole.header("content-type")),)
    return Found(frame, number, url, Message(whole.status, kept + typed + coded, whole.body), original=original)


def _page(archive: Archive, found: Found, name: str) -> Item:
    if found.frame.oversize and content.media_type_of(found.message.header("content-type")) in HTML_TYPES:
        size = archive.limits.record_bytes // (1024 * 1024)
        return Unreadable(name, "limit.record", f"the record is larger than {size} MiB")
    body, notes = content.decoded(found.message, archive.limits)
    reason = refusal(found.url, found.message, body, found.role)
    if reason is None and archive.listed and found.url and not archive.listed.lists(found.url):
        reason = Refusal("record.not-listed", "is not in the container's list of pages")
    if reason:
        return Unreadable(name, reason.code, reason.message, skipped=True)
    return _capture(archive, found, body, notes, name)


def _capture(archive: Archive, found: Found, body: bytes, notes: tuple[Note, ...], name: str) -> Item:
    recorded = _time(found.frame.headers)
    visited = archive.listed.time(found.url, recorded) if archive.listed and found.url else None
    declared = found.message.header("content-type")
    layer = Layer(
        "arc" if found.frame.arc else "warc",
        url=found.url,
        time=recorded,
        time_kind="capture" if recorded else None,
        detail=tuple(_details(found)),
    )
    capture = Capture(
        locator=name,
        body=body,
        media_type=_media_type(content.media_type_of(declared), body),
        charset=content.charset_of(declared),
        url=found.url,
        captured=visited or recorded,
        headers=content.harmless(found.message.headers),
        layers=(*archive.layers, layer),
        notes=notes + tuple(_notes(found, body)),
    )
    return unwrapped(capture)


def _media_type(declared: str, body: bytes) -> str:
    return parsed_as(declared, body) if declared in content.TEXT_TYPES else "text/html"


def _details(found: Found) -> Iterator[tuple[str, str]]:
    frame = found.frame
    if not frame.arc and (identifier := frame.header("WARC-Record-ID")):
        yield "record-id", identifier.strip("<>")
    yield "record-type", frame.header("WARC-Type") or ""
    yield "offset", str(frame.offset)
    if payload := frame.header("WARC-Payload-Digest"):
        yield "payload-digest", payload
    if coding := found.message.header("content-encoding"):
        yield "content-encoding", coding
    if found.original and (identifier := found.original.header("WARC-Record-ID")):
        yield "refers-to", identifier.strip("<>")
    if found.tool:
        yield "tool", found.tool


def _notes(found: Found, body: bytes) -> Iterator[Note]:
    frame = found.frame
    if _time(frame.headers) is None:
        yield Note("capture.time", f"the record's date {(frame.header('WARC-Date') or '')[:40]!r} is no usable time")
    if frame.header("WARC-Truncated"):
        yield Note("input.truncated", "the crawler cut this page short")
    if frame.header("WARC-Segment-Number"):
        yield Note("input.truncated", "the page is stored in several records, of which the first was read")
    if frame.trust == "payload":
        yield Note("archive.header", "the digest of the page fits, that of its HTTP header does not")
    stated = frame.header("WARC-Payload-Digest")
    if frame.trust == "plausible" and digest_fits(stated, found.message.body) == digest_fits(stated, body) == "wrong":
        yield Note("archive.digest", "the stated payload digest fits neither the stored bytes nor the page")


def _time(headers: Headers) -> str | None:
    text = header(headers, "WARC-Date") or ""
    return times.from_digits(text) or times.from_iso(text)
