"""Text exports of news databases (Nexis, ProQuest): many articles in a file, their facts behind labels.

The capture's body is the article's own text, a slice of the file; what the labels say is stated beside it. The
export's head names the library and the person who asked: it is never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from provenance.model import Capture, Layer, Stated, Unreadable
from provenance.sources.claims import web_address
from provenance.sources.databases_lines import PARTED, labels
from provenance.sources.inputs import Input

Item = Capture | Unreadable
NEXIS_HEAD = re.compile(r"(?m)^[ \t]*\d+ \w{2,4} \d+ (?:DOCUMENT|DOKUMENT|DOCUMENTO)[A-Z]*[ \t]*\r?$")
PROQUEST_RULE = re.compile(r"(?m)^_{50,}[ \t]*\r?$")
COPYRIGHT = re.compile(r"\s*(?:Copyright|©|\(c\))")
LINE = re.compile(r"(?m)^.*$")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(slots=True)
class Found:
    """What was found of one article: facts, and the range of its text in the file."""

    stated: list[Stated] = field(default_factory=list)
    start: int = 0
    end: int = 0

    def state(self, name: str, value: str, where: str) -> None:
        """Keep a fact, where there is one; a line that holds several is taken apart."""
        for field_name, part in PARTED[name](value) if name in PARTED else ((name, value),):
            text = re.sub(r"\s+", " ", part).strip()
            if field_name and text:
                self.stated.append(Stated(field_name, text, where))


def is_nexis(text: str) -> bool:
    """True for a text that has the head line of an article, as the classic export writes it."""
    return NEXIS_HEAD.search(text) is not None


def is_proquest(text: str) -> bool:
    """True for records between long rules, with ProQuest's labels."""
    return (
        PROQUEST_RULE.search(text) is not None
        and re.search(r"(?m)^(?:ProQuest document ID|Full [Tt]ext): ", text) is not None
    )


def read_nexis(source: Input) -> Iterator[Item]:
    """The articles of a classic Nexis text export."""
    yield from _captures(source, "nexis", NEXIS_HEAD, _nexis_article)


def read_proquest(source: Input) -> Iterator[Item]:
    """The articles of a ProQuest text export."""
    yield from _captures(source, "proquest", PROQUEST_RULE, _proquest_article)


def _captures(source: Input, kind: str, head: re.Pattern[str], find: Any) -> Iterator[Item]:
    raw = source.all()
    text, charset = decoded(raw)
    starts = [match.end() for match in head.finditer(text)] or [0]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), 1):
        found = find(text, start, end)
        locator = f"{source.locator}#{number}"
        body = text[found.start : found.end].strip()
        if not body:
            if found.stated:
                yield Unreadable(locator, "item.no-content", "states an article, but not its text")
            continue
        url = next(
            (address for fact in found.stated if fact.name == "url" and (address := web_address(fact.value))), None
        )
        offset = len(text[: found.start].encode(charset))
        detail = (("offset", str(offset)), ("lines", f"{_line(text, found.start)}-{_line(text, found.end)}"))
        yield Capture(
            locator,
            body.encode("utf-8"),
            media_type="text/plain",
            charset="utf-8",
            url=url,
            layers=(*source.layers, Layer(kind, url, detail=detail)),
            stated=tuple(fact for fact in found.stated if fact.name != "url"),
        )


def decoded(raw: bytes) -> tuple[str, str]:
    """The text and its charset: by its byte order mark, else UTF-8, else Windows-1252."""
    for mark, charset in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if raw.startswith(mark):
            return raw.decode(charset, "replace"), charset
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace"), "cp1252"


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for match in LINE.finditer(text, start, end):
        yield match.start(), match.end(), match[0].rstrip("\r")


def _blocks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Paragraphs: runs of lines that are not blank."""
    blocks: list[tuple[int, int]] = []
    begin: int | None = None
    for left, right, line in _lines(text, start, end):
        if line.strip():
            begin = left if begin is None else begin
            last = right
        elif begin is not None:
            blocks.append((begin, last))
            begin = None
    return blocks + ([(begin, last)] if begin is not None else [])


def _label(text: str, known: dict[str, str]) -> str | None:
    match = re.match(r"[ \t]*([^\W\d_][\w /ÀÂÉÈÊËÎÏÔÛÜÇÄÖß-]{1,30}?)\s*:", text)
    return match[1] if match and match[1] in known else None


def _nexis_article(text: str, start: int, end: int) -> Found:
    """Publication, date and headline stand first, in this order; then labels; then the text; then labels again."""
    facts = labels()
    known, before = facts["nexis"], set(facts["nexis_before_text"])
    found = Found()
    first = ["publisher", "datePublished", "headline"]
    texts: list[tuple[int, int]] = []
    body_began = closed = False
    for left, right in _blocks(text, start, end):
        block = text[left:right]
        where = f"line {_line(text, left)}"
        label = _label(block, known)
        if label:
            found.state(known[label], block.partition(":")[2], f"{label}: {where}")
            closed = closed or bool(texts)
            body_began = body_began or label in before
        elif COPYRIGHT.match(block):
            found.state("copyrightNotice", block, where)
            closed = closed or bool(texts)
        elif first and not body_began and not closed:
            name = first.pop(0) if first[0] != "datePublished" or YEAR.search(block) else ""
            found.state(name, block, where)
        elif not closed:
            texts.append((left, right))
    if texts:
        found.start, found.end = texts[0][0], texts[-1][1]
    return found


def _proquest_article(text: str, start: int, end: int) -> Found:
    """Labels begin lines, in any order; `Full text` runs to the next label."""
    facts = labels()
    known, texts = facts["proquest"], facts["proquest_text"]
    found = Found()
    at: list[tuple[str, int, int, int]] = []
    for left, right, line in _lines(text, start, end):
        label = _label(line, known)
        if label:
            at.append((label, left, left + line.index(":") + 1, right))
    for (label, left, value, _), following in zip(at, [*at[1:], None], strict=False):
        stop = following[1] if following else end
        if label in texts:
            found.start, found.end = value, stop
        else:
            for part in _persons(text[value:stop]) if known[label] == "author" else [text[value:stop]]:
                found.state(known[label], part, f"{label}: line {_line(text, left)}")
    return found


def _persons(value: str) -> list[str]:
    """`Doe, Jane; Roe, Richard.`: family name first."""
    names = [part.strip().rstrip(".") for part in value.split(";")]
    return [re.sub(r"^([^,]+), ([^,]+)$", r"\2 \1", name) for name in names]
