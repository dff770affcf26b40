"""What stands around the runs of a story: lists that lead to other pages, tables, boxes that a heading opens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from provenance.story.layout import Box, Run

_LISTS = frozenset({"ul", "ol"})
_CELLS = frozenset({"td", "th"})
_LIST_LINKED = 0.8
_MENU = (3, 0.5, 0.6)
"""Items of a menu at least; the least share of each that is a link, and of all."""

_HEADING = 80
_SECTION = 0.3


def link_lists(runs: Sequence[Run], inside: set[Box], root: Box) -> dict[Box, bool]:
    """For boxes in lists: whether items that are links belong to the text, as they do behind a colon."""
    outer: dict[Box, Box | None] = {}
    sums: dict[Box, list[int]] = {}
    opened: dict[Box, str] = {}
    before = ""
    for run in runs:
        if run.box.mark or run.box not in inside:
            continue
        top = _outer_list(run.box, root, outer)
        if top is None:
            before = run.text
            continue
        opened.setdefault(top, before)
        total = sums.setdefault(top, [0, 0])
        total[0] += len(run.text)
        total[1] += run.linked
    keeps = {
        top: linked < _LIST_LINKED * chars or opened[top][-1:] in (":", "：") for top, (chars, linked) in sums.items()
    }
    return {box: keeps[top] for box, top in outer.items() if top is not None and top in keeps}


def menus(runs: Sequence[Run], inside: set[Box]) -> frozenset[Box]:
    """Boxes of lists whose every item is mostly a link, words beside it or not; none behind a colon."""
    items: dict[Box, list[Run]] = defaultdict(list)
    colon = ""
    opened: dict[Box, str] = {}
    for run in runs:
        parent = run.box.parent
        if run.box.tag == "li" and parent is not None and run.box in inside and not run.box.mark:
            opened.setdefault(parent, colon)
            items[parent].append(run)
        else:
            colon = run.text[-1:]
    return frozenset(
        run.box for box, own in items.items() if opened[box] not in (":", "：") and _is_menu(own) for run in own
    )


def _is_menu(items: Sequence[Run]) -> bool:
    least, each, share = _MENU
    if len(items) < least or any(run.linked < each * len(run.text) for run in items):
        return False
    return sum(run.linked for run in items) >= share * sum(len(run.text) for run in items)


def firsts_of(runs: Sequence[Run], inside: set[Box], root: Box) -> dict[int, Box]:
    """For short runs that are the first in boxes: the largest such box that is no large part of the story."""
    firsts: dict[int, Box] = {}
    seen: set[Box] = set()
    most = _SECTION * root.good
    for i, run in enumerate(runs):
        box: Box | None = run.box
        if box not in inside:
            continue
        while box is not None and box is not root and box not in seen:
            seen.add(box)
            if box.good <= most and len(run.text) <= _HEADING:
                firsts[i] = box
            box = box.parent
    return firsts


def _outer_list(box: Box, root: Box, known: dict[Box, Box | None]) -> Box | None:
    """The outermost list around a box below the root; each box is walked once."""
    passed: list[Box] = []
    at: Box | None = box
    while at is not None and at is not root and at not in known:
        passed.append(at)
        at = at.parent
    found = known.get(at) if at is not None and at is not root else None
    for each in reversed(passed):
        if found is None and each.tag in _LISTS:
            found = each
        known[each] = found
    return found


def table_sizes(runs: Sequence[Run]) -> dict[Box, int]:
    """For cells: how many of them their table has with text."""
    tables: dict[Box, Box] = {}
    counts: dict[Box, int] = defaultdict(int)
    for run in runs:
        if run.box.tag in _CELLS and run.box not in tables:
            at: Box | None = run.box
            for _ in range(6):
                if at is None or at.tag == "table":
                    break
                at = at.parent
            if at is not None:
                tables[run.box] = at
                counts[at] += 1
    return {cell: counts[table] for cell, table in tables.items()}
