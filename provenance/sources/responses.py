"""Saved HTTP answers: `curl -i`, VCR cassettes and HAR files."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from provenance.errors import SourceError
from provenance.model import Capture, Layer, Unreadable
from provenance.sources import content, memento, times
from provenance.sources.choosing import refusal
from provenance.sources.claims import web_address
from provenance.sources.content import Message
from provenance.sources.inputs import Input
from provenance.sources.unwrapping import unwrapped

Item = Capture | Unreadable


def read_http(source: Input) -> Iterator[Item]:
    """An answer with its header, as `curl -i` prints it; of several (redirects) the last."""
    block = source.all()
    message = content.parsed(block, source.limits)
    while message and re.match(rb"HTTP/\d", message.body) and (after := content.parsed(message.body, source.limits)):
        message = after
    if message is None:
        raise SourceError("is an HTTP answer without a header that can be read", code="input.damaged")
    yield answered(source, source.locator, message, None, Layer("http"))


def answered(source: Input, locator: str, message: Message, url: str | None, layer: Layer) -> Item:
    """The page in an HTTP answer, or why it is none. Memento headers tell original address and moment."""
    body, notes = content.decoded(message, source.limits)
    original, captured, archive = memento.facts_of(message.headers)
    reason = refusal(url, message, body, None)
    if reason:
        return Unreadable(locator, reason.code, reason.message, skipped=True)
    raw = bool(url and "id_/" in url)
    archive = url if url and memento.original_url(url) else archive
    layers = (*source.layers, layer)
    if captured:
        layers = (*layers, Layer("memento", original, captured, "capture"))
    page = unwrapped(
        Capture(
            locator=locator,
            body=body,
            charset=content.charset_of(message.header("content-type")),
            url=url if url and archive else original or url,
            archive_url=archive,
            captured=captured or layer.time,
            headers=content.harmless(message.headers),
            layers=layers,
            notes=notes,
        )
    )
    if isinstance(page, Unreadable):
        return page
    return replace(
        page, url=original or page.url, captured=captured or page.captured, replay=None if raw else page.replay
    )


# --- VCR cassettes ---------------------------------------------------------------------------------------------------


def read_cassette(source: Input) -> Iterator[Item]:
    """The pages of a VCR cassette. Only the shape that its writers give is read, by lines: no YAML loader is needed."""
    text = source.all().decode("utf-8", "replace")
    for number, entry in enumerate(re.split(r"(?m)^- request:", text)[1:], 1):
        request, _, response = entry.partition("\n  response:")
        if re.search(r"(?m)^    method: (?!GET\b)", request):
            continue
        url = web_address(_scalar(request, "uri", 4))
        status = re.search(r"(?m)^      code: (\d{3})", response)
        message = Message(int(status[1]) if status else 0, _headers(response), _body(response))
        yield answered(source, f"{source.locator}#{number}", message, url, Layer("vcr-cassette", url))


def _block(text: str, key: str, indent: int) -> str:
    """The lines under `key:` at that indentation."""
    match = re.search(rf"(?m)^ {{{indent}}}{key}:(.*(?:\n(?: {{{indent + 1},}}| {{{indent}}}-).*|\n[ \t]*$)*)", text)
    return match[1] if match else ""


def _scalar(text: str, key: str, indent: int) -> str:
    return _unquoted(_block(text, key, indent))


def _unquoted(text: str) -> str:
    """A YAML scalar in any of its styles that a writer uses for headers and bodies."""
    value = text.strip()
    if value.startswith("'"):
        return re.sub(r"\s*\n\s*", " ", value.strip("'")).replace("''", "'")
    if value.startswith('"'):
        joined = re.sub(r"\\\n\s*(?:\\(?= ))?", "", value)
        try:
            return str(json.loads(re.sub(r"\\x([0-9A-Fa-f]{2})", r"\\u00\1", joined), strict=False))
        except ValueError:
            return joined.strip('"')
    return re.sub(r"\s*\n\s*", " ", value)


def _headers(response: str) -> tuple[tuple[str, str], ...]:
    block = _block(response, "headers", 4)
    pairs = re.findall(r"(?m)^      ([\w-]+):\n((?:      - .*\n?(?:        .*\n?)*)+)", block)
    found = ((name.lower(), _unquoted(value.strip()[2:])) for name, value in pairs)
    return tuple(pair for pair in found if pair[0] != "transfer-encoding")  # the writer took that off


def _body(response: str) -> bytes:
    block = _block(_block(response, "body", 4), "string", 6).strip()
    match = re.match(r"!!binary \|\s", block)
    if not match:
        return _unquoted(block).encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(re.sub(r"\s", "", block[match.end() :]))
    except binascii.Error as error:
        raise SourceError("has a body that cannot be decoded", code="input.damaged") from error


# --- HAR -------------------------------------------------------------------------------------------------------------


def read_har(source: Input, data: dict[str, Any]) -> Iterator[Item]:
    """The pages of a HAR 1.1 or 1.2 file: of each visited page the first HTML answer; its frames are passed over."""
    log = data.get("log")
    entries = log.get("entries") if isinstance(log, dict) else None
    creator = log.get("creator") if isinstance(log, dict) else None
    tool = str(creator.get("name", ""))[:80] if isinstance(creator, dict) else ""
    seen: set[str] = set()
    for number, entry in enumerate(entries if isinstance(entries, list) else [], 1):
        locator = f"{source.locator}#{number}"
        try:
            item, page = _har_entry(source, locator, entry, tool)
        except (KeyError, TypeError, AttributeError, ValueError):
            yield Unreadable(locator, "input.damaged", "is no complete HAR entry", skipped=True)
            continue
        if page and page in seen and (isinstance(item, Capture) or not item.skipped):
            item = Unreadable(locator, "record.part", "was loaded as a part of another page", skipped=True)
        if page and (isinstance(item, Capture) or item.code == "record.no-body"):
            seen.add(page)
        yield item


def _har_entry(source: Input, locator: str, entry: dict[str, Any], tool: str) -> tuple[Item, str]:
    response, held = entry["response"], entry["response"]["content"]
    url = web_address(str(entry["request"]["url"]))
    headers = tuple((str(pair["name"]).lower(), str(pair["value"])) for pair in response.get("headers", []))
    coded = ("content-encoding", "transfer-encoding")
    plain = tuple(pair for pair in headers if pair[0] not in coded)
    if not any(name == "content-type" for name, _ in plain):
        plain += (("content-type", str(held.get("mimeType", ""))),)
    text = str(held.get("text") or "")
    encoded = held.get("encoding") == "base64"
    body = base64.b64decode(text) if encoded else text.encode("utf-8", "replace")
    message = Message(int(response["status"]), plain, body)
    time = times.from_iso(str(entry.get("startedDateTime", "")))
    layer = Layer("har", url, time, "capture" if time else None, (("tool", tool),) if tool else ())
    declared = content.media_type_of(message.header("content-type"))
    if message.status in content.PAGE_STATUS and declared in content.HTML_TYPES and not body:
        why = "the HAR was exported without the body of this page"
        return Unreadable(locator, "record.no-body", why, "Export it again with contents."), str(
            entry.get("pageref", "")
        )
    kind = entry.get("_resourceType")
    role = None if kind in (None, "document", "other") else str(kind)
    item = answered(source, locator, message, url, layer)
    if role and isinstance(item, Capture):
        item = Unreadable(locator, "record.part", f"was loaded as a part of another page ({role[:20]})", skipped=True)
    if isinstance(item, Capture) and not encoded:
        item = replace(item, charset="utf-8")
    return item, str(entry.get("pageref", ""))
