"""Dates that the page displays: <time> elements and printed dates near the headline, and those at its foot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from provenance.dates import read_machine, same_clock
from provenance.model import Context, Match
from provenance.page import Element, Page
from provenance.printed_dates import find_dates, hints
from provenance.rules.dating.labels import LINE, SPACES, label_in, says_updated
from provenance.rules.dating.places import (
    CLOSE,
    FAR,
    Line,
    away,
    foreign,
    hinted,
    in_caption,
    lines_in,
    standing,
    windows,
)
from provenance.rules.dating.seen import ALONE, FOOT, PRINTED, TIME_ELEMENT, Seen
from provenance.rules.photos.signs import opens_with_mark
from provenance.rules.places import first_paragraph
from provenance.rules.words import starts_with
from provenance.text import HEADINGS, SILENT

_LONG_LINE = 200


def time_elements(page: Page) -> Iterator[tuple[Element, Match]]:
    """Elements with a machine form, by the headline, or marked as the publication's anywhere: <time>, <abbr>, and any
    other that bears the attribute of <time>."""
    near = set(windows(page)[0])
    others = (e for e in windows(page)[0] if e.tag not in _TIMES and e.get("datetime"))
    for element in (*page.tags.get("time", ()), *page.tags.get("abbr", ()), *others):
        name = "title" if element.tag == "abbr" else "datetime"
        if element.get(name) and (element in near or element.get("pubdate") is not None) and not foreign(element, page):
            match = page.attribute(element, name)
            if match:
                yield element, match


_TIMES = frozenset({"time", "abbr", "ins", "del"})
"""<ins> and <del> have the attribute too: when a part of the text was changed."""


def read_displayed(page: Page, context: Context) -> Iterator[Seen]:
    """Dates near the headline and at the foot of the story."""
    for element, match in time_elements(page):
        moment = read_machine(match.text)
        if moment:
            modified = says_updated(element, page)
            weight = TIME_ELEMENT + standing(element, page)
            yield Seen(_id("time", modified), weight, match, moment, modified, away(element, page) <= CLOSE)
    yield from _printed(hinted(page), page, context, PRINTED, "printed")
    yield from _printed(lines_in(windows(page)[1]), page, context, FOOT, "foot")


def read_alone(page: Page, context: Context) -> Iterator[Seen]:
    """The only day by the headline, though class names there speak of a teaser: headers are often named so."""
    first = first_paragraph(page) or 0
    near = [line for line in hinted(page) if page.order[line.element] <= first and away(line.element, page) <= FAR]
    found = [s for s in _printed(near, page, context, ALONE, "printed", any_box=True) if not s.modified]
    if len({item.moment.day for item in found}) == 1:
        yield from found


def read_dateline(page: Page, context: Context) -> Iterator[Seen]:
    """The date with which the first paragraph opens, before a dash: `May 3, 2024 -- The bridge`."""
    for block in page.story.blocks[:1]:
        text = page.text(block.element)[:_OPENING]
        for printed in find_dates(text, context.language, context.country):
            match = page.match(block.element, printed.span)
            if match and text[printed.span[1] :].lstrip(" \u00a0").startswith(_DASHES):
                yield Seen("published/dateline", ALONE, match, printed.moment)


def read_attributes(page: Page) -> Iterator[Seen]:
    """The one day that attributes of the site's own making tell around the story (`data-publish-time`)."""
    boxes = page.story.root.iterancestors() if page.story.root is not None else ()
    near = [e for e in windows(page)[0] if len(e.attrib) and not foreign(e, page)]
    told = [
        (match, moment)
        for element in (*near, *boxes)
        for name in element.attrib
        if name[:5] == "data-"
        and _OF_PUBLICATION.fullmatch(name)
        and (match := page.attribute(element, name))
        and (moment := read_machine(match.text))
    ]
    if len({moment.day for _, moment in told}) == 1:
        yield from (Seen("published/attribute", ALONE, match, moment) for match, moment in told)


_OF_PUBLICATION = re.compile(
    r"data-(?:[a-z]+-)?(?:first-?)?(?:p|pub|publish|published|publication|posted)-?(?:time|date|at|on|day)?(?:-?stamp)?"
)


def read_labelled(page: Page, context: Context) -> Iterator[Seen]:
    """The one day that the page labels as a publication, wherever it stands, where nothing else tells any."""
    labelled = [e for e in page.nodes if e.text and hints(e.text) and starts_with(e.text, "published")]
    found = [
        seen
        for element in labelled[:_LABELLED]
        if not foreign(element, page)
        for seen in _printed_in(element, page, context, FOOT, "labelled")
        if not seen.modified
    ]
    if len({seen.moment.day for seen in found}) == 1:
        yield from found


_LABELLED = 8
_OPENING = 70
_DASHES = ("-", "\u2013", "\u2014")


def _printed(
    lines: Iterable[Line], page: Page, context: Context, weight: float, name: str, any_box: bool = False
) -> Iterator[Seen]:
    done: set[Element] = set()
    for line in lines:
        owner = line.element if line.own else line.element.getparent()
        if owner is not None and owner not in done and owner.tag not in SILENT:
            done.add(owner)
            if not foreign(owner, page) or (any_box and not in_caption(owner)):
                yield from _printed_in(owner, page, context, weight, name)
        if owner is not None and not line.own and line.element.tag in HEADINGS and not foreign(owner, page):
            yield from _printed_behind(line, owner, page, context, weight, name)


def _printed_behind(
    line: Line, owner: Element, page: Page, context: Context, weight: float, name: str
) -> Iterator[Seen]:
    """A date in the words right behind a heading before the text, where what is around both is too long for a line."""
    whole, tail = page.text(owner), " ".join(line.text.split())
    at = whole.find(tail, whole.find(page.text(line.element)))
    if len(whole) <= _LONG_LINE or not 6 <= len(tail) <= LINE or at < 0 or away(line.element, page) > 0:
        return
    for printed in find_dates(tail, context.language, context.country):
        match = page.match(owner, (at + printed.span[0], at + printed.span[1]))
        modified = label_in(tail[: printed.span[0]]) == "updated"
        if match:
            yield Seen(
                _id(name, modified), weight + standing(line.element, page), match, printed.moment, modified, True
            )


def _printed_in(element: Element, page: Page, context: Context, weight: float, name: str) -> Iterator[Seen]:
    text = page.text(element)
    if not 6 <= len(text) <= _LONG_LINE:
        return
    found = list(find_dates(text, context.language, context.country))
    if not found or (len(text) >= LINE and 2 * sum(p.span[1] - p.span[0] for p in found) < len(text)):
        return
    for printed in found:
        match = page.match(element, printed.span)
        if match and not _of_photo(text[: printed.span[0]]):
            before = text[max(0, printed.span[0] - 32) : printed.span[0]]
            modified = label_in(before) == "updated" if before.strip(SPACES) else says_updated(element, page)
            worth, close = weight + standing(element, page), away(element, page) <= CLOSE
            yield Seen(_id(name, modified), worth, match, printed.moment, modified, close)
            yield from _with_offset(
                element, page, Seen(_id("attribute", modified), worth, match, printed.moment, modified)
            )


def _of_photo(before: str) -> bool:
    """True where a date stands in a sentence that begins as the credit of a photo: `Photo: Ann Lee, 02.03.2019`."""
    last = _SENTENCE.split(before)[-1].lstrip("( ")
    return not last.startswith("©") and opens_with_mark(last)


_SENTENCE = re.compile(r"[.!?|]\s+(?=\S)|\(")


def _with_offset(element: Element, page: Page, shown: Seen) -> Iterator[Seen]:
    """The clock that an element shows, told with its offset in a `data-` attribute of its own or of one beside it."""
    if not shown.moment.time or shown.moment.offset:
        return
    for holder in (element, element.getprevious(), element.getnext()):
        for name in holder.attrib if holder is not None else ():
            match = page.attribute(holder, name) if name[:5] == "data-" else None
            moment = read_machine(match.text) if match else None
            if match and moment and moment.offset and same_clock(moment, shown.moment):
                yield replace(shown, match=match, moment=moment)


def _id(name: str, modified: bool) -> str:
    return f"modified/{name}" if modified else f"published/{name}"
