"""Lines without a telling name that credit a photo: right after it, at the foot, or in bold before the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from provenance.credits.values import CaptionSplit
from provenance.model import Span
from provenance.page import Element, Page
from provenance.rules.photos.addresses import is_slide
from provenance.rules.photos.belonging import foreign_reason, in_soft_box
from provenance.rules.photos.grammar import CREDIT_CHARS, Grammar
from provenance.rules.photos.layout import Layout
from provenance.rules.photos.marks import pattern
from provenance.rules.photos.plain import is_all_agency
from provenance.rules.photos.shots import BELOW, Shot
from provenance.rules.photos.signs import is_photo_label, may_hold_credit, moved, opens_with_mark
from provenance.rules.photos.texts import NOTHING, Printed, Wording, printed
from provenance.rules.photos.wording import read_line, with_attributes

_BOLD = frozenset({"strong", "b", "em", "i"})
_LINE_TAGS = frozenset(
    {"p", "div", "span", "em", "i", "small", "figcaption", "center", "font", "dd", "h5", "h6", "strong", "b"}
)
_LINE_CHARS = 350
_SHORT_CHARS = 60
_FOOT_LINES = 6
_FOOT_NODES = 30
_STEPS = 4
_LINE_NODES = 12
_FEW, _LABEL_CHARS, _PARTING = 4, 24, "/|•"
_SENTENCE_ENDS = (".", "。", ")", "!", "?", "…", "”", '"')


def merged(first: Wording, second: Wording) -> Wording:
    """The first wording with what only the second one has."""
    return Wording(first.caption or second.caption, first.credit or second.credit)


def with_lines(layout: Layout, shots: list[Shot], grammar: Grammar) -> list[Shot]:
    """The article's shots, those without a credit completed from lines beside them and at the article's foot."""
    done = [_with_beside(layout, s, grammar) if s.refused in (None, BELOW) else s for s in shots]
    return _with_foot(layout, done, grammar)


def _with_beside(layout: Layout, shot: Shot, grammar: Grammar) -> Shot:
    """A shot without a credit and the lines around it, where one ends in a credit ("… (Foto: dpa)", "AFP").

    A caption and a line with its credit may follow; a picture with either belongs to the article wherever it stands.
    """
    if shot.wording.credit is not None or shot.unit is None or shot.zone in ("outside", "above"):
        return shot
    first = _next_line(layout, layout.last(shot.unit) + 1)
    found = _read_beside(layout, first, grammar) if first is not None else NOTHING
    if not found.credit and first is not None and 0 < len(layout.page.text(first)) <= _LINE_CHARS:
        second = _next_line(layout, layout.last(first) + 1)
        credit = labelled(layout.page, second, grammar) if second is not None else None
        found = (
            Wording(printed(layout.page, first, _whole(layout, first), "caption/beside"), credit) if credit else found
        )
    if not found.credit:
        found = _before(layout, shot.unit, grammar)
    if not found.credit or (shot.refused and not _is_sure(found.credit)):
        return shot
    return replace(shot, wording=merged(shot.wording, found), refused=None)


def _is_sure(credit: Printed) -> bool:
    """Whether a label or brackets say that a line is a photo's."""
    return credit.rule == "credit/line" or bool({"split:label", "split:brackets"}.intersection(credit.steps))


def _whole(layout: Layout, element: Element) -> Span:
    return (0, len(layout.page.text(element)))


def _next_line(layout: Layout, at: int) -> Element | None:
    """The element at a position, or the first one inside it that has text of its own and little else."""
    nodes = layout.page.nodes
    for element in nodes[at : at + _STEPS]:
        if element.tag not in _LINE_TAGS:
            return None
        if layout.last(element) - layout.page.order[element] <= _LINE_NODES:
            return element
    return None


def _before(layout: Layout, unit: Element, grammar: Grammar) -> Wording:
    """A line with a label or a copyright mark right before a picture, in the same figure."""
    line = unit.getprevious()
    parent = unit.getparent()
    if line is None or parent is None or parent.tag != "figure" or line.tag not in _LINE_TAGS:
        return NOTHING
    text = layout.page.text(line)
    parsed = grammar.credit(text) if opens_with_mark(text) else None
    return Wording(None, printed(layout.page, line, parsed.span, "credit/line-beside")) if parsed else NOTHING


def _read_beside(layout: Layout, line: Element, grammar: Grammar) -> Wording:
    page, at = layout.page, layout.page.order[line]
    text = page.text(line)
    if not 1 < len(text) <= _LINE_CHARS or grammar.is_byline(text) or foreign_reason(layout, line):
        return NOTHING
    if len(text) > _SHORT_CHARS and not len(line) and not may_hold_credit(text, sure=True):
        return NOTHING
    if at in layout.prose and not _is_photo_line(grammar.split(text)):
        return NOTHING
    found = read_line(page, line, grammar)
    weak = found.credit is not None and found.credit.rule == "credit/beside" and not _is_photo_line(grammar.split(text))
    parsed = grammar.credit(found.credit.match.text, named_so=False) if weak and found.credit else None
    return NOTHING if weak and not (parsed and is_all_agency(parsed)) else found


def _is_photo_line(split: CaptionSplit) -> bool:
    """In the article's own text a label must be one for photos: a sentence, too, may end in an agency's name."""
    if split.credit_span is None:
        return False
    between = split.text[split.caption_span[1] if split.caption else 0 : split.credit_span[0]]
    return (
        is_photo_label(between)
        or is_photo_label(split.credit or "")
        or (split.how == "whole" and len(split.text) <= _SHORT_CHARS)
    )


def with_attribute_texts(layout: Layout, shots: list[Shot], grammar: Grammar) -> list[Shot]:
    """The article's shots completed from attributes; a teaser's image often has no other text."""
    return [_with_attributes(layout, s, grammar) if s.refused is None and s.unit is not None else s for s in shots]


def _with_attributes(layout: Layout, shot: Shot, grammar: Grammar) -> Shot:
    had = shot.wording
    if had.caption and had.credit:
        return shot
    wording = with_attributes(layout.page, shot.unit, shot.element, had, grammar)
    lent = wording.credit and not had.credit and not is_slide(shot.element)
    if lent and in_soft_box(layout, shot.element):
        return replace(shot, refused="teaser of another page")
    return replace(shot, wording=wording)


def _with_foot(layout: Layout, shots: list[Shot], grammar: Grammar) -> list[Shot]:
    """A line such as "Fotos: A, B" at the article's foot credits the first photo that has no credit of its own."""
    credited = {s.key for s in shots if s.wording.credit is not None}
    bare = next((i for i, s in enumerate(shots) if s.refused is None and s.key not in credited), None)
    if bare is None:
        return shots
    used = {id(e) for s in shots if s.wording.credit is not None and s.unit is not None for e in s.unit.iter()}
    for line in (e for e in _foot_lines(layout) if id(e) not in used):
        found = labelled(layout.page, line, grammar) or _labelled_end(layout.page, line, grammar)
        if found is not None:
            changed = replace(shots[bare], wording=merged(shots[bare].wording, Wording(None, found)))
            return [*shots[:bare], changed, *shots[bare + 1 :]]
    return shots


def _foot_lines(layout: Layout) -> Iterator[Element]:
    """Short lines right after the article's text, then its last paragraphs."""
    page = layout.page
    if layout.prose:
        after = page.nodes[layout.prose[-1] + 1 : layout.prose[-1] + _FOOT_NODES]
        last = layout.frame_span[1]
        short = (e for e in after if e.tag in _LINE_TAGS and _is_line(e) and page.order[e] <= last)
        yield from (e for e in short if not foreign_reason(layout, e))
    yield from (block.element for block in reversed(page.story.blocks[-_FOOT_LINES:]))


def _is_line(element: Element) -> bool:
    """An element with few others in it, or with links alone: a list of sources."""
    return len(element) < _FEW or (len(element) <= _LINE_NODES and all(e.tag == "a" for e in element))


def _labelled_end(page: Page, element: Element, grammar: Grammar) -> Printed | None:
    """The credit with its label at the end of a line about other things: "Sources: A, B / Photo Credit: Jane Roe"."""
    text = page.text(element)
    start = max(0, len(text) - CREDIT_CHARS)
    cut = text.rfind(":", start)
    cut = max(text.rfind(sign, start, cut) for sign in _PARTING) + 1 if cut > start else 0
    label = text[cut:].lstrip()[:_LABEL_CHARS].lower()
    parsed = grammar.credit(text[cut:].lstrip()) if cut > start and pattern("photo_words").search(label) else None
    if parsed is None or not parsed.label or not is_photo_label(parsed.label):
        return None
    by = len(text) - len(text[cut:].lstrip())
    return printed(page, element, moved(parsed.span, by), "credit/line")


def labelled(page: Page, element: Element, grammar: Grammar) -> Printed | None:
    """The credit of a line that is nothing but a label word for photos and a credit."""
    text = page.text(element)
    named = 3 < len(text) <= CREDIT_CHARS and pattern("photo_words").search(text[:40].lower())
    parsed = grammar.credit(text) if named else None
    if parsed is None or not parsed.label or not pattern("photo_words").search(parsed.label.lower()):
        return None
    return printed(page, element, parsed.span, "credit/line")


def bold_credit(page: Page, element: Element, grammar: Grammar) -> Printed | None:
    """The credit of a paragraph that is bold or italic as a whole, as printed articles and Markdown set it."""
    text = page.text(element)
    children = list(element)
    if element.tag != "p" or not 1 < len(text) <= 150 or len(children) != 1 or children[0].tag not in _BOLD:
        return None
    parsed = grammar.credit(text) if page.text(children[0]) == text else None
    if parsed is None or not (parsed.label or parsed.named):
        return None
    return printed(page, element, parsed.span, "credit/bold-line")


def captions_with_bold_credit(layout: Layout, grammar: Grammar) -> Iterator[tuple[Element, Wording]]:
    """A caption paragraph and the credit paragraph in bold after it; the image itself is not in the text."""
    page = layout.page
    for caption, line in pairwise(page.tags.get("p", ())):
        if caption.getnext() is not line:
            continue
        credit = bold_credit(page, line, grammar)
        match = page.match(caption) if credit else None
        if match and len(match.text) <= 500 and match.text.endswith(_SENTENCE_ENDS):
            yield line, Wording(Printed("caption/above-credit", match), credit)
