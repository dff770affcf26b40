"""Which runs of a page are the article's text. Each run that is not has its reason in `Run.why`.

The rules are a table: the first that speaks gives the reason. They look at what a run is (tag, length, links, words it
opens with) and at where it stands; what class names say was settled before (`provenance.story.prose`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from provenance.page import Element, Page
from provenance.story.heading import likeness, titles, words_of
from provenance.story.layout import Box, Layout, Run
from provenance.story.lines import (
    SENTENCE_END,
    author_names,
    begins,
    counts_comments,
    holds,
    holds_date,
    is_called,
    is_dated,
    leads_on,
    opening_of,
    tells_of,
)
from provenance.story.lists import firsts_of, link_lists, menus, table_sizes
from provenance.story.marks import vocabulary
from provenance.story.printed import captions_below, print_captions
from provenance.story.prose import is_cjk, worth
from provenance.story.trimming import trimmed, witnessed
from provenance.text import HEADINGS

_RIGHTS = re.compile(r"(?:©|\(c\)|ⓒ)\s*[^\W\d_][^.!?]{1,70}\.?$", re.IGNORECASE)
_MAIL = re.compile(r"^(?:[^\s.!?:]+\s){1,4}\(?[\w.+-]+@[\w-]+\.[\w.]{2,}\)?$")
"""A name and an address of mail, and nothing else."""
_BARS = re.compile(r"\s[|•·–]\s")
"""Between the parts of a line of facts: house, day, change, byline."""
_CELLS = frozenset({"td", "th"})
_TEXT_TAGS = frozenset("p li td th h1 h2 h3 h4 h5 h6 blockquote pre dt dd summary caption".split())
_LINKED = 0.7
_SAME = 0.8
_PARAGRAPH = 80
_SHORT = 80
_SHORT_CJK = 20
_CELL_COUNT = 4
_COPY = 80
_AHEAD = 4
_MORE = 200
_CALL = 120
_SIGNOFF = 200
_DISCLOSURE = 400
_HUGE = 1500
_PROBES = 20
_COPY_PROBES = 8
_COPY_PROBE = 30
_COPY_HITS = 4
_SENTENCE = 30
_HEADING = 80
_ENDING = 300
_TEASER = 400
_CREDIT = 40
_OPENING = 40
_TITLE = 15
_NAMING = 5
_LATE = 0.5
_BODY = 0.25


@dataclass(slots=True, eq=False)
class _View:
    """What the rules know of the page beside the run at hand."""

    runs: Sequence[Run]
    inside: set[Box]
    root: Box
    headline: Element | None
    names: list[frozenset[str]]
    begin: int
    top: int
    order: dict[Element, int]
    lists: dict[Box, bool] = field(default_factory=dict)
    tables: dict[Box, int] = field(default_factory=dict)
    more: bool = False
    prose: bool = False
    told: bool = False
    seen: set[str] = field(default_factory=set)
    probes: int = 0
    authors: tuple[str, ...] = ()
    menus: frozenset[Box] = frozenset()
    firsts: dict[int, Box] = field(default_factory=dict)
    section: int = 0
    referring: bool = False
    opening: str = ""
    read: int = 0
    ended: bool = False
    captions: frozenset[Run] = frozenset()


def keep(page: Page, layout: Layout, root: Box, inside: set[Box], headline: Element | None) -> list[Run]:
    """The runs of the article's text in document order."""
    order = page.order
    names = [words_of(title) for title in titles(page)]
    if headline is not None:
        names.append(words_of(page.text(headline)))
    begin = order[headline] if headline is not None else -1
    view = _View(layout.runs, inside, root, headline, names, begin, order[root.element], order)
    view.lists, view.tables = link_lists(layout.runs, inside, root), table_sizes(layout.runs)
    view.menus, view.firsts = menus(layout.runs, inside), firsts_of(layout.runs, inside, root)
    view.authors = author_names(page)
    view.captions = captions_below(layout)
    captions = print_captions(layout.runs) if page.is_text else {}
    kept = []
    for i, run in enumerate(layout.runs):
        if run.box not in inside and not run.good and not run.box.mark and not _is_standfirst(run, view):
            run.why = "outside"
            continue
        view.opening = opening_of(run.text)
        run.why = captions.get(i) or _reason(i, run, view)
        if not run.why:
            view.seen.add(run.text)
            view.prose = view.prose or run.good > 0
            view.read += run.good
            view.told = view.told or run.good >= _PARAGRAPH
            kept.append(run)
    return trimmed(witnessed(kept, page) if kept else kept, view.authors)


def _reason(i: int, run: Run, view: _View) -> str:
    if run.box not in view.inside:
        return "" if _opens(i, run, view) else "outside"
    if run.box.mark and _is_opening(run) and not view.prose and view.begin >= 0 and not _before(i, run, view):
        return ""
    if run.box.mark:
        return "before" if _before(i, run, view) else run.box.mark
    if view.told and not view.ended and view.read >= _BODY * view.root.good:
        view.ended = _ends(run, view)
    for reason, speaks in _RULES:
        if speaks(i, run, view):
            return reason
    return ""


def _opens(i: int, run: Run, view: _View) -> bool:
    """A standfirst between the headline and the root, which class names may well call a teaser."""
    if not view.begin < view.order[run.box.element] < view.top or view.headline is None or _is_title(run, view):
        return False
    if _dated(i, run, view) or _signs(i, run, view) or _calls(i, run, view):
        return False
    if _is_standfirst(run, view):
        run.good = len(run.text)
    return bool(run.good) or _is_opening(run)


def _is_standfirst(run: Run, view: _View) -> bool:
    """A lesser heading as long as a sentence, right behind the headline."""
    headline = view.headline
    if headline is None or run.box.tag not in HEADINGS or run.box.element.getprevious() is not headline:
        return False
    return run.box.tag > headline.tag and len(run.text) >= _PARAGRAPH


def _is_opening(run: Run) -> bool:
    mark = run.box.mark
    if mark not in vocabulary()["opening"] or mark not in run.box.marks:
        return False
    run.good = worth(run)
    return run.good > 0


def _is_title(run: Run, view: _View) -> bool:
    """The headline, or a heading that tells the same; a paragraph above the text may repeat it word by word."""
    if run.box.element is view.headline:
        return True
    if run.box.tag not in HEADINGS and (view.told or not _TITLE < len(run.text) <= _MORE):
        return False
    words = words_of(run.text)
    heading = run.box.tag in HEADINGS
    if heading and not view.told and len(words) >= _NAMING and any(words <= name for name in view.names):
        return True  # the title has a kicker before it
    return any(likeness(words, name) >= (_SAME if heading else 1.0) for name in view.names)


def _before(i: int, run: Run, view: _View) -> bool:
    return view.top < view.begin and view.order[run.box.element] < view.begin


def _linked_heading(i: int, run: Run, view: _View) -> bool:
    """A heading that is a link is a teaser, unless a paragraph beside it follows."""
    if run.box.tag not in HEADINGS or run.linked <= _LINKED * len(run.text) or _is_anchor(run.box.element):
        return False
    if view.lists.get(run.box):
        return False
    for following in view.runs[i + 1 : i + _AHEAD]:
        if following.good >= _PARAGRAPH:
            return following.box.parent is not run.box.parent
    return True


def _is_anchor(heading: Element) -> bool:
    """True when a heading's link leads to the heading itself, or to another place in the page."""
    link = next(heading.iter("a"), None)
    return link is not None and (link.get("href") or "#").startswith("#")


def _links(i: int, run: Run, view: _View) -> bool:
    return run.box.tag not in HEADINGS and run.linked > _LINKED * len(run.text) and not view.lists.get(run.box, False)


def _copy(i: int, run: Run, view: _View) -> bool:
    if len(run.text) > _COPY and run.box.tag != "li" and run.text in view.seen:
        return True
    if len(run.text) < _HUGE or run.box.tag == "p" or view.probes >= _PROBES:
        return False
    view.probes += 1
    step = len(run.text) // (_COPY_PROBES + 1)
    probes = [run.text[i * step : i * step + _COPY_PROBE] for i in range(1, _COPY_PROBES + 1)]
    return sum(any(probe in text for text in view.seen) for probe in probes) >= _COPY_HITS


def _small_table(i: int, run: Run, view: _View) -> bool:
    return run.box.tag in _CELLS and view.tables.get(run.box, _CELL_COUNT) < _CELL_COUNT


def _dated(i: int, run: Run, view: _View) -> bool:
    """A line that tells when the story was published, or who wrote it, with no sentence in it."""
    most = _MORE if _BARS.search(run.text) and not view.told else _CALL
    if len(run.text) > most or run.box.tag == "li" or run.box.tag in _CELLS or run.text.endswith(SENTENCE_END):
        return False
    if run.box.tag in HEADINGS:
        return not view.told and is_dated(run.text)
    return is_dated(run.text) or (not view.told and (holds_date(run.text) or tells_of(run.text, view.authors)))


def _in_menu(i: int, run: Run, view: _View) -> bool:
    return run.box in view.menus


def _in_more(i: int, run: Run, view: _View) -> bool:
    """A heading that leads to other pages, first in its box, and all of that box."""
    if view.order[run.box.element] < view.section:
        return True
    box = view.firsts.get(i)
    if box is None or len(run.text) > _HEADING or not begins(view.opening, "more"):
        return False
    view.section = view.order[box.element] + sum(1 for _ in box.element.iter("*"))
    return True


def _refers(i: int, run: Run, view: _View) -> bool:
    """What stands under the heading of the sources, late in a page, up to the next heading."""
    late = view.told and i >= _LATE * len(view.runs)
    if late and run.box.tag != "li" and len(run.text) <= _CREDIT and is_called(run.text, "references"):
        view.referring = True
        return True
    if run.box.tag in HEADINGS:
        view.referring = False
    return view.referring


def _short(i: int, run: Run, view: _View) -> bool:
    if run.box.tag in _TEXT_TAGS:
        return False
    if len(run.text) >= _SENTENCE and run.text.endswith(SENTENCE_END):
        return False
    return len(run.text) < (_SHORT_CJK if is_cjk(run.text) else _SHORT)


def _leads_away(i: int, run: Run, view: _View) -> bool:
    """A line that leads to other pages, and the list behind it."""
    item = run.box.tag in ("li", "a") or view.lists.get(run.box) is not None
    if item and view.more and len(run.text) <= _MORE:
        return True
    view.more = len(run.text) <= _MORE and begins(view.opening, "more")
    view.more = view.more or (view.told and len(run.text) <= _CREDIT and is_called(run.text, "topics"))
    return view.more


def _calls(i: int, run: Run, view: _View) -> bool:
    return len(run.text) <= _CALL and run.box.tag != "li" and begins(view.opening, "call")


def _signs(i: int, run: Run, view: _View) -> bool:
    whole = run.text[:1] == "(" and run.text[-1:] == ")" and " by " in run.text[:_OPENING]  # who reported, who edited
    if len(run.text) > _SIGNOFF * (3 if whole else 1) or run.box.tag == "li":
        return False
    return begins(view.opening, "signoff") or (len(run.text) <= _SHORT and _MAIL.search(run.text) is not None)


def _discloses(i: int, run: Run, view: _View) -> bool:
    return len(run.text) <= _DISCLOSURE and run.box.tag != "li" and holds(run.text, "disclosure")


def _teases(i: int, run: Run, view: _View) -> bool:
    return len(run.text) <= _TEASER and leads_on(run.text)


def _credits(i: int, run: Run, view: _View) -> bool:
    """A short line that ends in a rights sign and a name: the caption of a picture, or a notice.

    In scripts without spaces a paragraph is as short, and a story ends in its agency's sign: "…と発表した。(c)AFP".
    """
    if len(run.text) > _MORE or run.box.tag in HEADINGS or is_cjk(run.text):
        return False
    return _RIGHTS.search(run.text) is not None


def _ends(run: Run, view: _View) -> bool:
    """True for the line that ends a story: its editor, a disclaimer, offers, the count of the comments."""
    if len(run.text) > _ENDING:
        return False
    return begins(view.opening, "end") or (len(run.text) <= _HEADING and counts_comments(run.text, view.opening))


_RULES: tuple[tuple[str, Callable[[int, Run, _View], bool]], ...] = (
    ("before", _before),
    ("headline", lambda i, run, view: run.box.tag == "h1" or _is_title(run, view)),
    ("linked-heading", _linked_heading),
    ("links", _links),
    ("copy", _copy),
    ("small-table", _small_table),
    ("references", _refers),
    ("dated", _dated),
    ("links", _in_menu),
    ("more", _in_more),
    ("more", _leads_away),
    ("more", _teases),
    ("short", _short),
    ("caption", lambda i, run, view: run in view.captions),
    ("caption", _credits),
    ("call", _calls),
    ("signoff", _signs),
    ("disclosure", _discloses),
    ("beyond", lambda i, run, view: view.ended),
)
