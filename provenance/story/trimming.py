"""What a whole story tells of its parts: what the page's data leave out of it, and where it begins and ends."""

from __future__ import annotations

import re

from provenance.page import Page
from provenance.story.layout import Run
from provenance.story.lines import holds, opens_with, stated_text, tells_of
from provenance.text import HEADINGS

_CALL_LAST = 300
_BIO = 700
_LAST = 5
_TERMS = frozenset({"dt", "dd"})
_TERM = 40
_TOLD = 400
_TOLD_SHARE = 0.75
_TOLD_MOST = 0.85
_PROBE = 25
_WORD = re.compile(r"\w+")


def witnessed(kept: list[Run], page: Page) -> list[Run]:
    """Without what a complete `articleBody` in JSON-LD leaves out between its first and last words, subheads apart."""
    told = _folded(stated_text(page))
    if len(told) < _TOLD:
        return kept
    found = [_is_told(_folded(run.text), told) for run in kept]
    share = sum(len(run.text) for run, hit in zip(kept, found, strict=True) if hit) / sum(len(r.text) for r in kept)
    if share < _TOLD_SHARE or True not in found:
        return kept
    first, last = found.index(True), len(found) - found[::-1].index(True)
    for run, hit in list(zip(kept, found, strict=True))[first:last]:
        if not hit and run.box.tag not in HEADINGS and (run.box.tag != "p" or share >= _TOLD_MOST):
            run.why = "not-told"
    return [run for run in kept if not run.why]


def _folded(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))


def _is_told(text: str, told: str) -> bool:
    if text in told:
        return True
    middle, size = len(text) // 2, _PROBE
    probes = (text[:size], text[middle : middle + size], text[-size:])
    return len(text) >= 2 * size and sum(probe in told for probe in probes) >= 2


def trimmed(kept: list[Run], authors: tuple[str, ...]) -> list[Run]:
    """Without what is no prose before the first and behind the last paragraph; a list may end a story."""
    for run in kept[-_LAST:]:
        run.why = _closing(run, authors)
    kept = [run for run in kept if not run.why]
    end = len(kept)
    while end and _is_tail(kept[end - 1]):
        end -= 1
        kept[end].why = "tail"
    start = 0
    while start < end and not kept[start].good:
        kept[start].why = "lead"
        start += 1
    return kept[start:end]


def _is_tail(run: Run) -> bool:
    if run.box.tag in _TERMS and len(run.text) <= _TERM:
        return True
    return not run.good and run.box.tag != "li"


def _closing(run: Run, authors: tuple[str, ...]) -> str:
    """The reason why a line at the end of a story is none of its text: a credit, a call, a word on the author."""
    length = len(run.text)
    if length <= _CALL_LAST and opens_with(run.text, "call"):
        return "call"
    if length <= _CALL_LAST and holds(run.text, "credit"):
        return "signoff"
    return "author" if length <= _BIO and run.good and tells_of(run.text, authors) else ""
