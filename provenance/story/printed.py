"""Captions that are plain lines: before a credit all in bold in text forms, below a picture in Chinese or Japanese.

A line of such a page is short anyhow; it is a caption where it stands below a picture and is set in the middle, ends
with the word for a photo, or is too short for a sentence of the story.
"""

from __future__ import annotations

from collections.abc import Sequence

from provenance.page import Element
from provenance.story.layout import Box, Layout, Run
from provenance.story.lines import SENTENCE_END, is_pictured
from provenance.story.prose import is_cjk
from provenance.story.shapes import PICTURES

_LINES = 12
_SENTENCE = 30
_CAPTION = 300
_CREDIT = 120
_BELOW = 60
_REMARK = 14
_BOLD = frozenset({"strong", "b", "h2", "h3", "h4"})


def print_captions(runs: Sequence[Run]) -> dict[int, str]:
    """In text forms a photo leaves its caption and, all in bold, its credit between the date line and the text."""
    for i, run in enumerate(runs[:_LINES]):
        if _is_bold(run) and len(run.text) <= _CREDIT and not run.text.endswith(SENTENCE_END) and i >= 2:
            before = runs[i - 1]
            caption = before.box.tag == "p" and _SENTENCE < len(before.text) <= _CAPTION
            if caption and not _has_prose(runs[: i - 1]):
                return {i - 1: "caption", i: "credit"}
    return {}


def _is_bold(run: Run) -> bool:
    element = run.box.element
    only = element[0] if len(element) == 1 and run.box.tag == "p" else None
    return only is not None and only.tag in ("strong", "b") and not (element.text or only.tail or "").strip()


def _has_prose(runs: Sequence[Run]) -> bool:
    return any(run.good and run.box.tag == "p" for run in runs)


def captions_below(layout: Layout) -> frozenset[Run]:
    """Short lines in Chinese or Japanese script right below pictures, which read as captions."""
    found = []
    places: dict[Box, int] = {}
    before: Box | None = None
    for run in layout.runs:
        if len(run.text) <= _BELOW and is_cjk(run.text) and before is not None and not run.box.mark:
            places = places or {box: i for i, box in enumerate(layout.boxes)}
            if _is_below(layout.boxes, places[before], places[run.box]) and _reads_as_caption(run):
                found.append(run)
        before = run.box
    return frozenset(found)


def _is_below(boxes: Sequence[Box], before: int, at: int) -> bool:
    """True when a picture stands between two boxes, or before the text of the second in it."""
    if any(box.tag in PICTURES for box in boxes[before + 1 : at]):
        return True
    return at + 1 < len(boxes) and boxes[at + 1].tag in PICTURES and boxes[at + 1].parent is boxes[at] and before != at


def _reads_as_caption(run: Run) -> bool:
    if is_pictured(run.text):
        return True
    element = run.box.element
    if any(inner.tag in _BOLD for inner in element) or run.box.tag in _BOLD:
        return False
    return _is_centred(element) or (len(run.text) <= _REMARK and run.text.endswith("。"))


def _is_centred(element: Element) -> bool:
    told = f"{element.get('align')} {element.get('class')} {element.get('style')}".lower()
    return "center" in told
