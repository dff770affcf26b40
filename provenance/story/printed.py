"""The photo of a story in text forms, where it is no more than two lines: its caption, and its credit all in bold."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.story.layout import Run
from provenance.story.lines import SENTENCE_END

_LINES = 12
_SENTENCE = 30
_CAPTION = 300
_CREDIT = 120


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
