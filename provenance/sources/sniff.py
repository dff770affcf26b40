"""What an input is, by its bytes.

The order follows cost: magic numbers, then containers, then marks in text. `kind_of` answers a key of `READERS`, or a
key of `NAMED`: a form that is recognised but cannot be read, with its name and what to do instead.
"""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

NAMED: dict[str, tuple[str, str]] = {
    "empty": ("an empty file", "Save the page again."),
    "png": ("a PNG image", "A picture of a page cannot be read; give the page itself."),
    "jpeg": ("a JPEG image", "A picture of a page cannot be read; give the page itself."),
    "gif": ("a GIF image", "A picture of a page cannot be read; give the page itself."),
    "webp": ("a WebP image", "A picture of a page cannot be read; give the page itself."),
    "tiff": ("a TIFF image", "A picture of a page cannot be read; give the page itself."),
    "icon": ("an icon", "Give the page itself."),
    "svg": ("an SVG image", "Give the page itself."),
    "font": ("a font", "Give the page itself."),
    "audio-video": ("sound or film", "Give the page itself."),
    "ole": ("an old Microsoft Office file (.doc, .msg)", "Export the article as HTML or plain text."),
    "rtf": ("a Rich Text file", "Export the article as HTML or plain text."),
    "docx": ("a Word file (DOCX)", "Export the article as HTML or plain text."),
    "office": ("an office document", "Export the article as HTML or plain text."),
    "epub": ("an EPUB book", "Give the saved pages that it was made from."),
    "sqlite": ("an SQLite database", "Export the page from the program that keeps it."),
    "gzip": ("damaged gzip data", "Copy or save it again."),
    "xz": ("an xz archive", "Unpack it first: xz -d."),
    "bzip2": ("a bzip2 archive", "Unpack it first: bunzip2."),
    "zstd": ("damaged zstd data", "Copy or save it again."),
    "rar": ("a RAR archive", "Unpack it first."),
    "7z": ("a 7-Zip archive", "Unpack it first."),
    "tar": ("a tar archive", "Unpack it first and give the folder."),
    "zip": ("a ZIP archive without a saved page that is known", "Unpack it and give the folder."),
    "wacz": ("a WACZ without a WARC in it", "Fetch it again."),
    "plist": ("a property list that is no Safari web archive", "Give the page itself."),
    "executable": ("a program", "Give a saved page."),
    "pdf-encrypted": ("an encrypted PDF", "Print the page again without a password."),
    "json": ("JSON of an unknown kind", "Known are HAR, ArchiveBox and read-later exports."),
    "xml": ("XML of an unknown kind", "Known are RSS, Atom, ENEX and Factiva."),
    "table": ("a table of values", "Known are the exports of Pocket and Instapaper."),
    "binary": ("binary data of an unknown kind", "Give a saved page: HTML, MHTML, WARC, WACZ, Markdown or text."),
}
"""Forms that are recognised but not read: what they are, and what to do."""

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"%PDF", "pdf"),
    (b"WARC/", "warc"),
    (b"filedesc:", "arc"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"\x00\x00\x01\x00", "icon"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"OTTO", "font"),
    (b"\x00\x01\x00\x00", "font"),
    (b"ID3", "audio-video"),
    (b"OggS", "audio-video"),
    (b"\x1aE\xdf\xa3", "audio-video"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3", "sqlite"),
    (b"\xfd7zXZ", "xz"),
    (b"BZh", "bzip2"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x5d\x2a\x4d\x18", "zstd"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x7fELF", "executable"),
    (b"bplist00", "plist"),
)

END_OF_ZIP = b"PK\x05\x06"
ZIP_TAIL = 64 * 1024 + 22
"""Where the end record of a ZIP with the longest comment begins."""

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

HTML_START = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|div|span|p|h[1-6]|table|article|section|main|"
    r"header|nav|a|b|br|font|iframe|img|form|ul|ol|base|center|noscript|template)(?![\w:-])",
    re.IGNORECASE,
)
BEFORE_HTML = re.compile(r"(?:\s+|<!--.*?-->|<\?xml[^>]*\?>|<!\[CDATA\[)*", re.DOTALL)
LIST_ENTRY = re.compile(r"<a href=\"https?://[^\"]+\" time_added=\"\d+\"", re.IGNORECASE)
MIME_LINE = re.compile(r"[A-Za-z][A-Za-z0-9-]*:")
MAIL = re.compile(
    r"^(?:content-type:\s*multipart/(?:related|alternative|mixed)|snapshot-content-location:|mime-version:\s*1\.0)",
    re.IGNORECASE | re.MULTILINE,
)
MARKDOWN_SIGNS = re.compile(
    r"^(?:#{1,6} \S|\[[^\]\n]+\]:\s|```)|\]\((?:https?://|#|/|\.)[^)\n]{0,2000}\)|\*\*[^*\n]{1,2000}\*\*"
    r"|<https?://[^>\s]{1,2000}>",
    re.MULTILINE,
)
FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?:.*\n){1,200}?(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def kind_of(head: bytes) -> str:
    """Kind of an input by its first bytes (`HEAD_BYTES` of them, or all)."""
    if not head:
        return "empty"
    return _by_magic(head) or kind_of_text(head)


def _by_magic(head: bytes) -> str | None:
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return "webarchive" if kind == "plist" and b"WebMainResource" in head else kind
    if head[4:8] == b"ftyp" or (head[:4] == b"RIFF" and head[8:12] in (b"WAVE", b"AVI ")):
        return "audio-video"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    return "tar" if head[257:262] == b"ustar" else None


def text_of_head(head: bytes) -> str:
    """The first bytes as text, for looking at only: UTF-16 where it is marked or plain to see, else one byte a sign."""
    for bom, charset in BOMS:
        if head.startswith(bom):
            return head[len(bom) :].decode(charset, "replace")
    for mark, charset in ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be")):
        if head.startswith(mark):
            return head.decode(charset, "replace")
    return head.decode("utf-8", "replace") if head.isascii() else head.decode("latin-1")


def kind_of_text(head: bytes) -> str:
    """Kind of something that has no magic number."""
    text = text_of_head(head)
    start = text[:1024].lstrip()
    if not start:
        return "empty"
    markup = _markup(text)
    if markup:
        return markup
    if CONTROL.search(text[:4096]):
        return "binary"
    return _plain(text, start)


def _markup(text: str) -> str | None:
    body = text[_html_offset(text) :]
    for mark, kind in (
        ("<en-export", "enex"),
        ("<!DOCTYPE en-export", "enex"),
        ("<PPSResponse", "factiva-xml"),
        ("<rss", "feed"),
        ("<feed", "feed"),
        ("<rdf:RDF", "feed"),
        ("<!DOCTYPE plist", "plist"),
        ("<plist", "plist"),
        ("<svg", "svg"),
        ("<!DOCTYPE svg", "svg"),
    ):
        if body.startswith(mark):
            return "webarchive" if kind == "plist" and "WebMainResource" in text else kind
    if body.startswith("<!DOCTYPE NETSCAPE-Bookmark"):
        return "bookmarks"
    if LIST_ENTRY.search(body):
        return "bookmarks"
    if HTML_START.match(body) or (body[:1] == "<" and re.search(r"<html[\s>]", body[:8192], re.IGNORECASE)):
        return "html"
    return "xml" if text.lstrip("\ufeff \r\n\t").startswith("<?xml") else None


def _html_offset(text: str) -> int:
    match = BEFORE_HTML.match(text)
    return match.end() if match else 0


def _plain(text: str, start: str) -> str:
    if MIME_LINE.match(start) and MAIL.search(re.split(r"\r?\n\r?\n", text.lstrip(), maxsplit=1)[0]):
        return "mhtml"
    if start.startswith("HTTP/") and re.match(r"HTTP/\d(?:\.\d)? \d{3}", start):
        return "http"
    if start.startswith("interactions:"):
        return "cassette"
    if start[:1] in "{[" and re.match(r"[\[{]\s*(?:[{\"\]}]|$)", start):
        return "json"
    if _table(start):
        return "table"
    return "markdown" if FRONT_MATTER.match(text.lstrip()) or MARKDOWN_SIGNS.search(text) else "text"


def _table(start: str) -> bool:
    lines = start.splitlines()[:6]
    if re.match(r"(?i)(?:url,title,|title,url,)", lines[0]):
        return True
    tabs = {line.count("\t") for line in lines[:-1]}
    return len(lines) > 2 and len(tabs) == 1 and min(tabs) >= 2


def holds_zip(file: BinaryIO) -> bool:
    """True where a ZIP ends the file, whatever it begins with: savers hide one behind HTML, PNG or PDF."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(size - ZIP_TAIL, 0))
    tail = file.read(ZIP_TAIL)
    file.seek(0)
    at = tail.rfind(END_OF_ZIP)
    return at >= 0 and len(tail) - at >= 22 and tail[at + 10 : at + 12] != b"\0\0"
