"""Text from a page made harmless before a person, a terminal, a log or a CI service reads it.

Characters that move a cursor, start a command or turn the reading direction are shown as `\\x1b` or `\\u202e`. What is
written for machines (JSON Lines, SARIF, XML) has escapes of its own; this is for everything that is printed.
"""

from __future__ import annotations

import re

# C0 without TAB, DEL, C1, soft hyphen; zero width and bidi marks, line and paragraph separator, bidi embeddings,
# overrides and isolates, invisible operators, byte order mark, interlinear marks, tag characters; lone surrogates.
_HIDDEN = (
    "\x00-\x08\x0a-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff"
)
_LINE = re.compile(f"[{_HIDDEN}]")
_TEXT = re.compile(f"(?!\n)[{_HIDDEN}]")


def _shown(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def clean_line(text: str) -> str:
    """One line: line feeds are shown as `\\x0a` too, so that nothing can forge a second line of a log."""
    return _LINE.sub(_shown, text)


def clean_text(text: str) -> str:
    """Text whose line feeds are kept; carriage returns and all other controls are shown."""
    return _TEXT.sub(_shown, text)


def shorten(text: str, width: int = 80) -> str:
    """`text` cut in its middle to at most `width` code points, the cut shown by one ellipsis."""
    if len(text) <= width:
        return text
    head = (width - 1) * 2 // 3
    return f"{text[:head]}…{text[len(text) - (width - 1 - head) :]}"


def quoted(value: object, width: int = 80) -> str:
    """A value of a record for a message: strings in quotes, lists and objects only by their size."""
    match value:
        case str():
            return f'"{shorten(clean_line(shorten(value, width)), width)}"'
        case bool() | None:
            return {True: "true", False: "false", None: "null"}[value]
        case int() | float():
            return shorten(_digits(value), width)
        case list():
            return f"a list of {len(value)}"
        case dict():
            return "an object"
    return f"a value of type {type(value).__name__}"


def _digits(value: int | float) -> str:
    try:
        return str(value)
    except ValueError:  # Python refuses to print integers beyond its own limit of digits
        return "a number with thousands of digits"


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


_NOT_DATA = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def data_text(text: str) -> str:
    """Text for a file that other programs read, in any format: controls, and what UTF-8 or XML cannot hold, replaced
    by U+FFFD. TAB and the ends of lines are kept.
    """
    return _NOT_DATA.sub("\ufffd", text)


def xml_text(value: object) -> str:
    """Text with what XML 1.0 (section 2.2) cannot hold replaced by U+FFFD, since lxml refuses it."""
    return _NOT_XML.sub("\ufffd", str(value))


def counted(count: int, word: str) -> str:
    """A number with its noun: `1 record`, `2 records`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
