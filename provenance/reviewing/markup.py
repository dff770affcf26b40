"""HTML from values: every text is escaped by the one function here, so that nothing of a page can act in a sheet."""

from __future__ import annotations

from html import escape

from provenance.cleaning import clean_text, xml_text

_EMPTY = frozenset({"meta", "br"})


class Html(str):
    """Markup that is ready; plain `str` is text that still has to be escaped."""

    __slots__ = ()


def text(value: object) -> Html:
    """Text of a page: controls and bidi marks are shown, what XML cannot hold is replaced, markup is escaped."""
    return Html(escape(clean_text(xml_text(value))))


def element(name: str, /, *children: str | None, **attributes: str | None) -> Html:
    """An element; children that are None are left out. An attribute `class_` is written as `class`."""
    given = "".join(f' {key.rstrip("_")}="{text(value)}"' for key, value in attributes.items() if value is not None)
    if name in _EMPTY:
        return Html(f"<{name}{given}>")
    inside = "".join(child if isinstance(child, Html) else text(child) for child in children if child is not None)
    return Html(f"<{name}{given}>{inside}</{name}>")


def link(address: str, shown: str | None = None) -> Html:
    """A link to a web address, that tells the other side nothing; an address of another scheme stays text."""
    if not address.startswith(("http://", "https://")):
        return text(shown or address)
    return element("a", shown or address, href=address, rel="noopener noreferrer nofollow")
