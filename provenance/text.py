"""Text of an element as a reader sees it. One definition, used by rules and by the replay of evidence alike.

White space collapses to single spaces; scripts, styles and templates are silent; the border of a block element parts
words even where the markup has no space. Offsets in evidence are Unicode code points of this text.
"""

from __future__ import annotations

from typing import Any

SILENT = frozenset({"script", "style", "noscript", "template", "head", "iframe", "object", "textarea", "select", "svg"})
"""Elements whose content is no text for a reader."""

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
    stack: list[tuple[Any, bool]] = [(element, False)]
    first = True
    while stack:
        node, leaving = stack.pop()
        tag = node.tag
        if leaving:
            if tag not in INLINE:
                parts.append(" ")
            if node is not element and node.tail:
                parts.append(node.tail)
            continue
        if not isinstance(tag, str) or tag in SILENT:
            if not first and node.tail:
                parts.append(node.tail)
            first = False
            continue
        first = False
        if tag not in INLINE:
            parts.append(" ")
        if node.text:
            parts.append(node.text)
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
