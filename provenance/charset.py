"""Bytes to text as browsers do it: byte order mark, then transport header, then <meta>, then detection.

Source of the order: WHATWG HTML, section 13.2.3.2 (determining the character encoding); labels by the Encoding
Standard, of which the web's habits that differ from Python's codecs are kept in `_WEB_NAMES`.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from provenance.model import Note

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"""<meta[^>]{0,400}?charset\s{0,20}=\s{0,20}["']?\s{0,20}([A-Za-z0-9_:.\-]{2,40})""", re.I)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s{0,20}=\s{0,20}["']([A-Za-z0-9_.\-]{2,40})""", re.I)
_PRESCAN = 8192
_WEB_NAMES = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "windows-949": "cp949",
    "big5": "big5hkscs",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "utf8": "utf-8",
    "unicode": "utf-8",
    "utf-16": "utf-8",  # a page whose <meta> can be read as ASCII is not UTF-16
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a capture: the codec used, how it was found (`bom`, `header`, `meta`, `utf-8`, `detected`), remarks."""

    text: str
    charset: str
    how: str
    notes: tuple[Note, ...] = ()

    @property
    def exact(self) -> bool:
        """True where the text in UTF-8 is the body again, byte for byte."""
        lossy = any(note.code == "text.replaced" for note in self.notes)
        return self.charset == "utf-8" and self.how != "bom" and not lossy


def decode(body: bytes, declared: str | None = None) -> Decoded:
    """Text of `body`. Never raises: what no codec reads becomes U+FFFD and is counted in a note (`text.replaced`)."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return _decoded(body[len(bom) :], name, "bom")
    for label, how in ((declared, "header"), (_in_page(body[:_PRESCAN]), "meta")):
        name_ = codec_of(label)
        if name_ is not None:
            return _checked(body, name_, how)
    try:
        return Decoded(body.decode("utf-8"), "utf-8", "utf-8")
    except UnicodeDecodeError:
        return _decoded(body, _detect(body), "detected")


def codec_of(label: str | None) -> str | None:
    """Python codec for a charset label of the web, or None when nobody knows it."""
    if not label:
        return None
    name = label.strip().strip("\"'").lower()
    try:
        codec = codecs.lookup(_WEB_NAMES.get(name, name))
    except (LookupError, ValueError):
        return None
    return codec.name if getattr(codec, "_is_text_encoding", True) and name != "utf-7" else None


def _in_page(head: bytes) -> str | None:
    found = _META.search(head) or _XML.search(head)
    return found.group(1).decode("ascii") if found else None


def _checked(body: bytes, codec: str, how: str) -> Decoded:
    """A label that makes rubbish of valid UTF-8 is a wrong label: real pages are labelled gb2312 and hold UTF-8."""
    if codec != "utf-8":
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            return _decoded(body, codec, how)
        if not text.isascii():
            note = Note("text.charset", f"labelled {codec}, but the bytes are valid UTF-8 and were read so")
            return Decoded(text, "utf-8", "utf-8", (note,))
    return _decoded(body, codec, how)


def _decoded(body: bytes, codec: str, how: str) -> Decoded:
    text = body.decode(codec, "replace")
    lost = text.count("\ufffd") if "\ufffd" in text else 0  # the search is far quicker than the count
    notes = (Note("text.replaced", f"{lost} characters could not be read as {codec}"),) if lost else ()
    return Decoded(text, codec, how, notes)


def _detect(body: bytes) -> str:
    from charset_normalizer import from_bytes

    sample = body if len(body) < 200_000 else body[:200_000]
    best = from_bytes(sample, steps=5, chunk_size=2048).best()
    return codec_of(best.encoding) or "cp1252" if best else "cp1252"
