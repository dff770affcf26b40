"""Text as records hold it: one line or paragraphs, in NFC, without marks that nobody sees."""

from __future__ import annotations

import re
import unicodedata

from provenance.limits import LIMITS

_FORMAT = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ue000-\uf8ff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str, limit: int = LIMITS.line_chars) -> str:
    """One line in NFC without invisible marks; joiners stay, since Persian and Indic names need them."""
    text = _line(text)
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def clean_body(text: str) -> str:
    """Paragraphs parted by one blank line, each cleaned as a line."""
    return "\n\n".join(filter(None, map(_line, text.split("\n\n"))))


def _line(text: str) -> str:
    if not text.isprintable():  # what is printable holds no mark that nobody sees, and no white space but the space
        text = " ".join(_SURROGATE.sub("\ufffd", _CONTROL.sub(" ", _FORMAT.sub("", text))).split())
    elif "  " in text or text[:1] == " " or text[-1:] == " ":
        text = " ".join(text.split())
    return text if text.isascii() or unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
