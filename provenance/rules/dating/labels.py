"""Words and marks beside a date that tell a publication from a change."""

from __future__ import annotations

from provenance.page import Element, Page
from provenance.rules.words import words

LINE = 90
"""A longer text around a date is no label."""
SPACES = " \u00a0|:,.-–—•·/("


def label_in(before: str) -> str | None:
    """The last label word before a date: `published` or `updated`."""
    text = before.casefold()
    last = {kind: max((text.rfind(word) for word in words(kind)), default=-1) for kind in ("published", "updated")}
    if max(last.values()) < 0:
        return None
    return max(last, key=lambda kind: last[kind])


def says_updated(element: Element, page: Page) -> bool:
    """True where marks or the words before a date call it a change.

    The attribute `pubdate` (HTML5 drafts until 2012) says plainly that it is none, though hAtom's class `updated`
    stands there too.
    """
    if element.get("pubdate") is not None:
        return False
    for box in (element, element.getparent()):
        marks = " ".join(str(box.get(name) or "") for name in _MARKS).lower() if box is not None else ""
        if "publish" in marks or "pubdate" in marks or "created" in marks:
            return False
        if "modif" in marks or "update" in marks:
            return True
    text, box = page.text(element), element.getparent()
    for _ in range(2):
        if box is None or box.tag in ("body", "article", "main"):
            return False
        around = page.text(box)
        before = around[: around.find(text)] if text else around
        if len(around) > LINE + len(text):
            return False
        if before.strip(SPACES):
            return label_in(before[-40:]) == "updated"
        box = box.getparent()
    return False


_MARKS = ("class", "itemprop", "id", "property")
