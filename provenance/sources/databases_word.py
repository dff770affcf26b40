"""Word export of Nexis (DOCX, ECMA-376 part 1): many articles in a file, told by the service's own line after each.

An article begins with title, paper and date in centred lines; facts stand behind bold labels, the text between `Body`
and the next label. The cover names the library and its search: it is never read. Only the text of the document's main
part is taken, under the bounds of every ZIP; nothing else of the package is opened.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from provenance.errors import SourceError
from provenance.model import Capture, Layer, Unreadable
from provenance.sources.databases import COPYRIGHT, YEAR, Found
from provenance.sources.databases_lines import edition, labels
from provenance.sources.feeds import parsed
from provenance.sources.inputs import Input
from provenance.sources.sniff import NAMED
from provenance.sources.zipped_pages import entry_bytes

MAIN_PART = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its text on one line, and the two marks of layout that tell heading and label."""

    text: str
    centred: bool = False
    bold: bool = False


def is_word(archive: zipfile.ZipFile) -> bool:
    """True for a Word document."""
    return MAIN_PART in archive.namelist()


def read_word(source: Input, archive: zipfile.ZipFile) -> Iterator[Capture | Unreadable]:
    """The articles of a Nexis export; any other Word file is named and passed over."""
    paragraphs = list(_paragraphs(parsed(entry_bytes(archive, MAIN_PART, source.limits))))
    number = 0
    for start, end in _documents(paragraphs):
        number += 1
        locator = f"{source.locator}#{number}"
        found = _article(paragraphs, start, end)
        body = "\n\n".join(p.text for p in paragraphs[found.start : found.end] if p.text)
        if not body:
            yield Unreadable(locator, "item.no-content", "states an article, but not its text")
            continue
        detail = (("member", MAIN_PART), ("paragraphs", f"{found.start + 1}-{found.end}"))
        yield Capture(
            locator,
            body.encode(),
            media_type="text/plain",
            charset="utf-8",
            layers=(*source.layers, Layer("nexis", detail=detail)),
            stated=tuple(found.stated),
        )
    if not number:
        what, advice = NAMED["docx"]
        raise SourceError(f"is {what} that no news database wrote", code="input.docx", advice=advice)


def _paragraphs(root: Any) -> Iterator[Paragraph]:
    for element in root.iter("{*}p"):
        parts = [
            (part.text or "") if part.tag.endswith("}t") else " "
            for part in element.iter("{*}t", "{*}br", "{*}tab", "{*}cr")
        ]
        yield Paragraph(
            re.sub(r"\s+", " ", "".join(parts)).strip(),
            any(value == "center" for mark in element.iter("{*}jc") for value in mark.values()),
            _begins_bold(element),
        )


def _begins_bold(element: Any) -> bool:
    """True where the first run that holds text is bold (`w:b` without a value that turns it off, 17.3.2.1)."""
    for run in element.iter("{*}r"):
        if any((part.text or "").strip() for part in run.iter("{*}t")):
            return any(not {"0", "false"} & set(mark.values()) for mark in run.iter("{*}b"))
    return False


def _documents(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """Ranges of the articles: each is closed by the service's own line."""
    closing = set(labels()["nexis_word_close"])
    start = 0
    for number, paragraph in enumerate(paragraphs):
        if paragraph.text in closing:
            yield start, number
            start = number + 1


def _article(paragraphs: Sequence[Paragraph], start: int, end: int) -> Found:
    """Facts before the text, the text, and what its labels tell after it."""
    facts = labels()
    known, begins = facts["nexis"], set(facts["nexis_word_text"])
    found = Found()
    begin = next((n for n in range(start, end) if paragraphs[n].bold and paragraphs[n].text in begins), end)
    head = _heading(paragraphs, start, begin)
    for name, number in _named(paragraphs, head):
        found.state(name, paragraphs[number].text, f"paragraph {number + 1}")
    found.start, found.end = min(begin + 1, end), end
    for number in range(head[-1] + 1 if head else start, end):
        label, _, value = paragraphs[number].text.partition(":")
        if paragraphs[number].bold and label.upper() in known and number != begin:
            found.state(known[label.upper()], value, f"{label}: paragraph {number + 1}")
            found.end = min(found.end, number) if number > begin else found.end
        elif number < begin and COPYRIGHT.match(paragraphs[number].text):
            found.state("copyrightNotice", paragraphs[number].text, f"paragraph {number + 1}")
    return found


def _heading(paragraphs: Sequence[Paragraph], start: int, begin: int) -> list[int]:
    """The last run of centred lines before the text: a cover before the first article may hold others."""
    run: list[int] = []
    for number in range(begin - 1, start - 1, -1):
        if not paragraphs[number].text:
            continue
        if paragraphs[number].centred:
            run.append(number)
        elif run:
            break
    return run[::-1]


def _named(paragraphs: Sequence[Paragraph], head: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Title and paper come first, in this order; of what follows, the first line with a year is the date, one behind
    it that speaks of an edition is that."""
    yield from zip(("headline", "publisher"), head, strict=False)
    dated = next((number for number in head[2:] if YEAR.search(paragraphs[number].text)), None)
    if dated is not None:
        yield "datePublished", dated
        later = head[head.index(dated) + 1 :]
        yield from (("printEdition", number) for number in later if edition().search(paragraphs[number].text))
