"""Text of an element as a reader sees it. One definition, used by rules and by the replay of evidence alike.

White space collapses to single spaces; scripts, styles and templates are silent; the border of a block element parts
words even where the markup has no space. Offsets in evidence are Unicode code points of this text.
"""

from __future__ import annotations

import html
import re
from typing import Any

SILENT = frozenset({"script", "style", "noscript", "template", "head", "iframe", "object", "textarea", "select", "svg"})
"""Elements whose content is no text for a reader."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
"""Headings of any level."""

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter nobr output q rb rp rt rtc "
    "ruby s samp small span strike strong sub sup time tt u var wbr".split()
)
"""Elements that do not part words. Everything else does, <br> included."""


def text_of(element: Any) -> str:
    """Collapsed text of an element and all that is in it."""
    if not len(element):
        return "" if element.tag in SILENT else " ".join((element.text or "").split())
    parts: list[str] = []
    _gather(element, parts)
    return " ".join("".join(parts).split())


def _gather(element: Any, parts: list[str]) -> None:
    """Iterative walk, since hostile pages nest deeper than Python recurses."""
    if element.tag in SILENT:
        return
    add = parts.append
    add(element.text or "")
    holders, ways = [element], [iter(element)]
    while ways:
        for child in ways[-1]:
            tag = child.tag
            if tag not in SILENT and tag.__class__ is str:
                text = child.text or ""
                inline = tag in INLINE
                if len(child):
                    add(text if inline else f" {text}")
                    holders.append(child)
                    ways.append(iter(child))
                    break
                add(text if inline else f" {text} ")
            tail = child.tail
            if tail:
                add(tail)
        else:
            ways.pop()
            done = holders.pop()
            if ways:
                add(done.tail or "" if done.tag in INLINE else f" {done.tail or ''}")


def unescaped(text: str) -> str:
    """A text of metadata without character references, which programs write once more each time it passes through."""
    for _ in range(_TIMES):
        if _REFERENCE.search(text) is None:
            break
        text = html.unescape(text)
    return text


_TIMES = 3
_REFERENCE = re.compile(r"&#?\w{1,31};?")
