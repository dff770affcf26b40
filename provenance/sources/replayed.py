"""Pages as a replay service shows them: which service, which original address, which moment.

Services leave their marks in scripts and comments; any of them may be missing (of 61 Wayback pages five had the
toolbar, 47 the newer script call, all the footer). The page's bytes stay as they are.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from provenance.sources import times
from provenance.sources.claims import web_address
from provenance.sources.memento import original_url, replays

HEAD = 128 * 1024
TAIL = 16 * 1024

WOMBAT = re.compile(r"__wm\.wombat\(\s*(\"(?:[^\"\\]|\\.)*\")\s*,\s*\"(\d{14})\"")
WOMBAT_INIT = re.compile(r"WB_wombat_Init\(\s*\"[^\"]*\"\s*,\s*['\"](\d{14})['\"]")
FOOTER = re.compile(r"FILE ARCHIVED ON (\d\d:\d\d:\d\d) ([A-Z][a-z]{2}) (\d{1,2}), (\d{4})")
WAYBACK_MARKS = ("BEGIN WAYBACK TOOLBAR INSERT", "End Wayback Rewrite JS Include", "/_static/js/wombat.js")
PYWB_URL = re.compile(r"wbinfo\.url\s*=\s*(\"(?:[^\"\\]|\\.)*\")")
PYWB_TOP = re.compile(r"wbinfo\.top_url\s*=\s*(\"(?:[^\"\\]|\\.)*\")")
PYWB_STAMP = re.compile(r"wbinfo\.timestamp\s*=\s*\"(\d{14})\"")
TAG = re.compile(r"<(?:link|meta|input|time)\b[^>]{1,4000}>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
REWRITTEN_LINK = re.compile(r"(?:web\.archive\.org)?/web/(\d{14})(?:[a-z]{2}_)?/https?:", re.IGNORECASE)

SIGNS = (b"wombat", b"WAYBACK TOOLBAR", b"Wayback Rewrite", b"wbinfo.", b"@archiveis", b'content="archive.')
"""A page without any of these is no replay page; looked for first, because most pages are none."""

Service = Literal["wayback", "pywb", "archive.today"]


@dataclass(frozen=True, slots=True)
class Replay:
    """What a replay page says of the page it shows."""

    service: Service
    url: str | None = None
    captured: str | None = None
    archive_url: str | None = None


def replay_of(body: bytes) -> Replay | None:
    """The replay service that wrote this page, with its claims; None where no service did."""
    if not any(body.find(sign, 0, HEAD) >= 0 for sign in SIGNS) and b"FILE ARCHIVED ON" not in body:
        return None
    head = _text(body[:HEAD])
    return _archive_today(head) or _pywb(head) or _wayback(head, _text(body[-TAIL:]), body)


def shell_of(body: bytes) -> tuple[str, str] | None:
    """(name, advice) where the page is only the frame of a replay and the article is not in its bytes."""
    if len(body) > HEAD or b"<iframe" not in body:
        return None
    text = _text(body)
    for shell in replays()["shells"]:
        if shell["needs"] in text and any(mark in text for mark in shell["marks"]):
            return shell["name"], shell["advice"]
    return None


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _string(literal: str) -> str:
    """A string of a script; some services escape it as HTML too."""
    try:
        value = json.loads(literal)
    except ValueError:
        value = literal.strip("\"'")
    return html.unescape(str(value))


def _wayback(head: str, tail: str, body: bytes) -> Replay | None:
    call = WOMBAT.search(head)
    footer = FOOTER.search(tail) or FOOTER.search(head)
    if not footer and (at := body.find(b"FILE ARCHIVED ON")) >= 0:
        footer = FOOTER.match(_text(body[at : at + 80]))
    init = WOMBAT_INIT.search(head)
    if not (call or footer or init or any(mark in head for mark in WAYBACK_MARKS)):
        return None
    linked = next(_linked(head), None)
    links = Counter(REWRITTEN_LINK.findall(head))
    stamps = [
        call[2] if call else None,
        init[1] if init else None,
        linked[1] if linked else None,
        links.most_common(1)[0][0] if links else None,
    ]
    stamp = next((found for found in stamps if found), None)
    captured = _footer_time(footer) if footer else times.from_digits(stamp or "")
    url = web_address(_string(call[1])) if call else web_address(linked[0]) if linked else None
    digits = stamp or re.sub(r"\D", "", captured or "")
    memento = f"https://{replays()['wayback_hosts'][0]}/web/{digits}/{url}" if url and digits else None
    return Replay("wayback", url, captured, memento)


def _footer_time(match: re.Match[str]) -> str | None:
    clock, month, day, year = match.groups()
    return times.from_mail(f"{day} {month} {year} {clock} GMT")


def _linked(head: str) -> Iterator[tuple[str, str | None]]:
    """Original addresses behind the page's own rewritten canonical and og:url."""
    for attributes in _tags(head):
        named = attributes.get("rel", "").lower() == "canonical" or attributes.get("property", "") == "og:url"
        named = named or attributes.get("id") == "wmtbURL"
        value = attributes.get("href") or attributes.get("content") or attributes.get("value") or ""
        original = original_url(html.unescape(value)) if named else None
        if original and original[2] == "wayback":
            yield original[0], original[1]
        elif attributes.get("id") == "wmtbURL" and value:
            yield html.unescape(value), None


def _tags(head: str) -> Iterator[dict[str, str]]:
    for tag in TAG.finditer(head):
        yield {name.lower(): a or b or c for name, a, b, c in ATTRIBUTE.findall(tag[0])} | {"": tag[0][:6].lower()}


def _pywb(head: str) -> Replay | None:
    url, stamp = PYWB_URL.search(head), PYWB_STAMP.search(head)
    if not url or not stamp:
        return None
    top = PYWB_TOP.search(head)
    return Replay(
        "pywb", web_address(_string(url[1])), times.from_digits(stamp[1]), _public(_string(top[1]) if top else "")
    )


def _public(url: str) -> str | None:
    """A replay address that others can open; one on the saver's own machine is nobody's business."""
    address = web_address(url)
    host = urlsplit(address).hostname or "" if address else ""
    return address if "." in host and not re.fullmatch(r"[\d.]+|.*\.(?:local|internal|test|lan)", host) else None


def _archive_today(head: str) -> Replay | None:
    if not any(mark in head for mark in replays()["archive_today_marks"]):
        return None
    asked = bookmark = short = time = None
    for attributes in _tags(head):
        if attributes.get("name") == "q" and attributes[""].startswith("<input"):
            asked = asked or html.unescape(attributes.get("value", ""))
        elif attributes.get("rel", "").lower() in ("bookmark", "canonical"):
            href = html.unescape(attributes.get("href", ""))
            bookmark = bookmark or (href if original_url(href) else None)
        elif attributes.get("property") == "og:url":
            short = short or attributes.get("content")
        elif attributes.get("itemprop") == "pubdate" or attributes.get("property") == "article:published_time":
            time = time or times.from_iso(attributes.get("datetime") or attributes.get("content") or "")
    original = original_url(bookmark) if bookmark else None
    url = web_address(asked) or (web_address(original[0]) if original else None)
    captured = time or (times.from_digits(original[1]) if original and original[1] else None)
    return Replay("archive.today", url, captured, web_address(bookmark or short))
