"""Marks that browsers and page savers leave in the HTML they write: who saved, from which address, when.

Every mark is looked for; a page that was saved twice has two, in the order of the file.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from provenance.model import Layer
from provenance.sources import times
from provenance.sources.claims import web_address
from provenance.sources.sniff import text_of_head

HEAD = 64 * 1024
NEAR = 16 * 1024

Make = Callable[[re.Match[str]], Layer | None]


@dataclass(frozen=True, slots=True)
class Mark:
    """One saver's mark: where it stands in the text and what it says. `sign` is looked for first."""

    sign: bytes
    pattern: re.Pattern[str]
    make: Make
    within: int = NEAR


def _browser(match: re.Match[str]) -> Layer | None:
    """`(0042)` is the number of characters of the address (Mark of the Web, as Internet Explorer began it)."""
    address = html.unescape(match[2]).replace("%2D%2D", "--")
    fits = "yes" if int(match[1]) == len(match[2]) else "no"
    return Layer("browser-save", url=web_address(address), detail=(("length-fits", fits),))


def _singlefile(match: re.Match[str]) -> Layer | None:
    fields = dict(re.findall(r"^\s*(url|saved date|info):[ \t]*(.*?)\s*$", match[1], re.MULTILINE))
    time = times.from_javascript(fields.get("saved date", ""))
    return Layer(
        "singlefile", web_address(fields.get("url")), time, "save" if time else None, (("tool", "SingleFile"),)
    )


def _monolith(match: re.Match[str]) -> Layer | None:
    time = times.from_iso(match[2])
    detail = (("tool", f"monolith {match[3]}"),)
    return Layer("monolith", web_address(match[1]), time, "save" if time else None, detail)


def _httrack(match: re.Match[str]) -> Layer | None:
    address = match[1].strip()
    url = web_address(address if "://" in address else f"http://{address}")
    time = times.from_mail(match[3])
    detail = (("tool", f"HTTrack {match[2].strip()}"), ("scheme", "not stated"))
    return Layer("httrack", url, time, "mirror" if time else None, detail)


def _save_page_we(match: re.Match[str]) -> Layer | None:
    fields = {name: html.unescape(value) for name, value in _metas(match.string, "savepage-")}
    time = times.from_javascript(fields.get("date", ""))
    tool = f"Save Page WE {fields.get('version', '')[:20]}".strip()
    return Layer("save-page-we", web_address(fields.get("url")), time, "save" if time else None, (("tool", tool),))


def _metas(text: str, prefix: str) -> Iterator[tuple[str, str]]:
    for tag in re.finditer(r"<meta\b[^>]{1,4000}>", text, re.IGNORECASE):
        fields = {name.lower(): a or b for name, a, b in re.findall(r"([\w:-]+)=(?:\"([^\"]*)\"|([^\s\">]+))", tag[0])}
        name = fields.get("name") or fields.get("property") or ""
        if name.startswith(prefix):
            yield name.removeprefix(prefix), fields.get("content", "")


def _webscrapbook(match: re.Match[str]) -> Layer | None:
    fields = dict(re.findall(r"data-scrapbook-(source|create)=\"([^\"]*)\"", match[0]))
    time = times.from_digits(fields.get("create", ""))
    detail = (("tool", "WebScrapBook"),)
    return Layer("webscrapbook", web_address(html.unescape(fields["source"])), time, "save" if time else None, detail)


def _obelisk(match: re.Match[str]) -> Layer | None:
    return Layer(
        "obelisk", web_address(dict(_metas(match.string, "source:")).get("url")), detail=(("tool", "obelisk"),)
    )


def _search_cache(match: re.Match[str]) -> Layer | None:
    url = re.search(r"cache of (?:<[^>]*>)*\s*<?a?[^>]*?(https?://[^\s<>\"]+)", match[0])
    time = re.search(
        r"(?:on|as of|at)\s+(?:(\d{1,2}) ([A-Z][a-z]{2})|([A-Z][a-z]{2}) (\d{1,2})),? (\d{4}) ([\d:]+) GMT", match[0]
    )
    if not url or not time:
        return None
    day, month = (time[1], time[2]) if time[1] else (time[4], time[3])
    captured = times.from_mail(f"{day} {month} {time[5]} {time[6]} GMT")
    return Layer("google-cache", web_address(url[1].rstrip(".")), captured, "capture" if captured else None)


def _firefox(match: re.Match[str]) -> Layer | None:
    return Layer("firefox-save", detail=(("base", address),) if (address := web_address(match[1])) else ())


AMP = re.compile(r"<html\b[^>]{0,2000}?\s(?:amp|⚡)(?:=\"\"|\s|>)", re.IGNORECASE)


MARKS: tuple[Mark, ...] = (
    Mark(
        b"aved from url=", re.compile(r"<!--\s*saved from url=\((\d{4,})\)(\S+?)\s*-->", re.IGNORECASE), _browser, 2048
    ),
    Mark(
        b"SingleFile",
        re.compile(r"<!--\s*(?:Page saved with|Archive processed by) SingleFile\b(.{0,8000}?)-->", re.DOTALL),
        _singlefile,
    ),
    Mark(
        b"monolith", re.compile(r"<!-- Saved from (.{1,4000}?) at (\S+) using monolith v?([\w.-]{1,20}) -->"), _monolith
    ),
    Mark(
        b"HTTrack",
        re.compile(
            r"<!-- Mirrored from (.{1,4000}?) by HTTrack Website Copier/([\w.-]+)[^,]{0,60}, ([^>]{10,60}?) -->"
        ),
        _httrack,
    ),
    Mark(b"savepage-url", re.compile(r"<meta\b[^>]{0,40}name=\"?savepage-url\b", re.IGNORECASE), _save_page_we, HEAD),
    Mark(
        b"data-scrapbook-source",
        re.compile(r"<html\b[^>]{0,4000}data-scrapbook-source=\"[^>]{0,4000}>", re.IGNORECASE),
        _webscrapbook,
    ),
    Mark(b"source:url", re.compile(r"<meta\b[^>]{0,40}property=\"?source:url\b", re.IGNORECASE), _obelisk, HEAD),
    Mark(b"google-cache-hdr", re.compile(r"google-cache-hdr.{0,4000}?GMT", re.DOTALL), _search_cache),
    Mark(b"<!-- base href", re.compile(r"<!-- base href=\"([^\"]{1,2000})\" -->"), _firefox),
)


def layers_of(body: bytes) -> tuple[Layer, ...]:
    """What savers wrote into the page, in the order of their marks."""
    marks = [mark for mark in MARKS if body.find(mark.sign, 0, mark.within) >= 0]
    text = _head(body) if marks else ""
    found = []
    for mark in marks:
        match = mark.pattern.search(text, 0, mark.within)
        if match and (layer := mark.make(match)):
            found.append((match.start(), layer))
    return tuple(layer for _, layer in sorted(found, key=lambda pair: pair[0]))


def is_amp(body: bytes) -> bool:
    """True for a page in the AMP dialect: a copy of another page, which its canonical link names."""
    return AMP.search(body[:8192].decode("utf-8", "replace")) is not None


def _head(body: bytes) -> str:
    head = body[:HEAD]
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.start > len(head) - 4  # only the last character is cut
        return head[: error.start].decode("utf-8") if cut else text_of_head(head)
