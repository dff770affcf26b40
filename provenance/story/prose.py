"""Which part of a page holds its prose: the worth of runs, the words that mark nothing here, and the story's root."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from provenance.page import Element, Page
from provenance.scripts import WIDE
from provenance.story.layout import Box, Layout, Run
from provenance.story.marks import HIDDEN, NONE, vocabulary
from provenance.story.shapes import shape_marks
from provenance.text import HEADINGS

_LEAST = 40
_LEAST_CJK = 15
_COPIES = 3
_MANY_COPIES = 5
_SENTENCE = 120
_HEAP = 1500
_STOPS = re.compile("[。！？；，、.!?]")
"""A long text in Chinese script without any of these is a heap of words, not prose."""
_SHARE = {"strong": 0.8, "weak": 0.15, "plain": 0.35}
"""A word that marks more than this share of a page's prose marks nothing there."""

NO_ROOT = frozenset("p li ol ul dl dd dt table tbody thead tr td th blockquote pre h1 h2 h3 h4 h5 h6".split())
_OWN = frozenset({"blockquote", "table", "pre"})
_AROUND_OWN = frozenset({"<figure>", "embed"})
_WHOLE = 0.95
_HALF = 0.5
_RIVAL = 0.3
_WITH_HEADLINE = 0.4
_ARTICLE = 0.2
_MAIN = 0.12
_MAIN_LEAST = 400
_MAIN_TAGS = frozenset({"main", "article"})


def is_cjk(text: str) -> bool:
    """True when a text is written in Chinese, Japanese or Korean script, where words are short."""
    return not text.isascii() and WIDE.search(text) is not None


def worth(run: Run) -> int:
    """Characters of a run as prose: none when it is short or mostly a link."""
    length = len(run.text)
    if length >= _HEAP and is_cjk(run.text) and _STOPS.search(run.text) is None:
        return 0
    own = length - run.linked
    if own < _LEAST and (own < _LEAST_CJK or not is_cjk(run.text)):
        return 0
    return 0 if run.linked * 2 > length else own


def weigh(page: Page, layout: Layout, headline: Element | None) -> None:
    """Set the worth of every run and box, and the mark of every box that has one on this page, by word or by shape."""
    copies = Counter([run.text for run in layout.runs])
    for run in layout.runs:
        run.good = worth(run)
        if run.good:
            times = copies[run.text]
            if times >= _COPIES and (run.good < _SENTENCE or times >= _MANY_COPIES):
                run.good = 0
    idle = _idle_words(layout)
    for box in layout.boxes:
        if box.marks or (box.parent is not None and box.parent.mark):
            box.mark = _mark(box, idle)
    _drop_marked(layout)
    shapes = shape_marks(page, layout, headline)
    if shapes:
        for box in layout.boxes:
            box.mark = box.mark or shapes.get(box, "") or _inherited(box)
        _drop_marked(layout)


def _inherited(box: Box) -> str:
    return box.parent.mark if box.parent is not None and box.tag not in _OWN else ""


def _drop_marked(layout: Layout) -> None:
    for run in layout.runs:
        if run.good and run.box.mark:
            run.good = 0
    _sum_up(layout, layout.runs)


def _idle_words(layout: Layout) -> frozenset[str]:
    """Words that mark nothing here: first among the strong ones, whose text is then left out of account."""
    words = vocabulary()
    strong, weak = words["strong"], words["weak"]
    prose = [run for run in layout.runs if run.good]
    shares, total = _shares(layout, prose)
    idle = {word for word in strong if shares[word] > _SHARE["strong"] * total}
    rest = [run for run in prose if strong.isdisjoint(run.box.around) or run.box.around & strong <= idle]
    if len(rest) < len(prose):
        shares, total = _shares(layout, rest)
    for word, share in shares.items():
        if word not in strong and share > _SHARE["weak" if word in weak else "plain"] * total:
            idle.add(word)
    return frozenset(idle | words["faq"])


def _shares(layout: Layout, runs: Iterable[Run]) -> tuple[Counter[str], int]:
    """How much prose stands under each word, and all prose there is."""
    _sum_up(layout, runs)
    shares: Counter[str] = Counter()
    for box in layout.boxes:
        if box.good and box.marks:
            for word in box.marks - (box.parent.around if box.parent else NONE):
                shares[word] += box.good
    return shares, layout.boxes[0].good


def _sum_up(layout: Layout, runs: Iterable[Run]) -> None:
    for box in layout.boxes:
        box.good = 0
    for run in runs:
        if run.good:
            run.box.good += run.good
    for box in reversed(layout.boxes):
        if box.good and box.parent is not None:
            box.parent.good += box.good


def _mark(box: Box, idle: frozenset[str]) -> str:
    inherited = box.parent.mark if box.parent is not None else ""
    if inherited and not (box.tag in _OWN and inherited in _AROUND_OWN):
        return inherited
    if not box.marks or box.marks <= idle:
        return ""
    own = box.marks - idle
    if len(own) == 1 and "<button>" in own and box.parent is not None and box.parent.tag in HEADINGS:
        return ""
    return min(own)


def root_of(layout: Layout, headline: Box | None) -> Box:
    """The smallest box that holds the story: down from the top, as long as one inner box holds what matters."""
    inner: dict[Box, list[Box]] = defaultdict(list)
    for box in layout.boxes:
        if box.good and box.parent is not None:
            inner[box.parent].append(box)
    chain = set(chain_of(headline))
    root = layout.boxes[0]
    unseen = sum(b.good for b in layout.boxes if HIDDEN in b.marks and not (b.parent and HIDDEN in b.parent.around))
    late = unseen >= _RIVAL * root.good
    while True:
        below = _below(root, inner.get(root, ()), chain, late)
        if below is None:
            return _first_article(root, layout, chain)
        root = below


def chain_of(box: Box | None) -> list[Box]:
    """A box and all around it, from the inside out."""
    chain = []
    while box is not None:
        chain.append(box)
        box = box.parent
    return chain


def _below(root: Box, inner: Sequence[Box], chain: set[Box], late: bool) -> Box | None:
    """One step down; `late` tells that scripts bring in much of the page later, so that <main> need not hold it."""
    if not inner:
        return None
    best = max(inner, key=lambda box: box.good)
    if best.tag in NO_ROOT:
        return None
    for box in inner:
        if box in chain and box.good >= _WITH_HEADLINE * root.good and box.tag not in NO_ROOT:
            return box
        if box in chain and box.good >= max(_MAIN_LEAST, _MAIN * root.good) and not late and _holds_main(box, chain):
            return box
    if best.good >= _WHOLE * root.good:
        return best
    return best if best.good >= _HALF * root.good and not _rivals(best, inner) else None


def _holds_main(box: Box, chain: set[Box]) -> bool:
    """True for <main> or <article> around the headline, and for what holds one with nearly all its prose."""
    if any(outer.tag in _MAIN_TAGS for outer in chain_of(box.parent)):
        return False
    return any(
        other.tag in _MAIN_TAGS and other.good >= _WHOLE * box.good and box in chain_of(other) for other in chain
    )


def _rivals(best: Box, inner: Iterable[Box]) -> bool:
    """True when another box next to the best looks like a part of the same text."""
    names = best.element.get("class")
    if sum(box.good for box in inner if box.tag in NO_ROOT) >= _RIVAL * best.good:
        return True
    return any(
        box.good >= _RIVAL * best.good or (box.tag == best.tag and box.element.get("class") == names)
        for box in inner
        if box is not best
    )


def _first_article(root: Box, layout: Layout, chain: set[Box]) -> Box:
    """Of several <article> elements in one page, the one with the page's headline."""
    around = set(chain_of(root))
    found = [
        box for box in layout.boxes if box.tag == "article" and box.good >= _ARTICLE * root.good and box not in around
    ]
    own = next((box for box in found if box in chain), None)
    if own is None or len(found) < 2 or root not in chain_of(own):
        return root
    return own
