"""The article's text: our own reading of the page, beside what the page's data and a referee say.

A body is many blocks, so a candidate's value is a `BodyText`: the text and the matches it is made of, each of which
replays for itself. `articleBody` in JSON-LD is a witness: it is taken only where the page shows no more than a stub
of it. trafilatura is asked where our own reading found next to nothing; its paragraphs are looked up in the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from provenance.jsonld import Block as Script
from provenance.jsonld import escape
from provenance.model import Candidate, Context, DataPlace, Match, NodePlace, Span
from provenance.page import Element, Page
from provenance.rules.policy import Policy, never_clash
from provenance.selectors import text_of_data
from provenance.story import Block, Story

FIELD = "articleBody"
_OWN, _TOLD, _TOLD_WHOLE, _REFEREE = 0.8, 0.4, 0.9, 0.85
_STUB = 250
_DOUBT = 3
_TOLD_LEAST = 600
_TOLD_TIMES = 2.5
_OPENING = 60
_KEY_CHARS = 400
_REFEREE_NODES = 20_000
_TAG = re.compile(r"<[^<>]{1,2000}>")


@dataclass(frozen=True, slots=True, eq=False)
class BodyText:
    """A text and the matches it is made of: their texts joined by blank lines are the text."""

    text: str
    parts: tuple[Match, ...]

    def __str__(self) -> str:
        return self.text


_BETWEEN = re.compile(r"[\W_]+")


def _key(value: object) -> str:
    text = value.text if isinstance(value, BodyText) else str(value)
    return _BETWEEN.sub("", text[:_KEY_CHARS].casefold())[:_OPENING]


POLICY = Policy(key=_key, support=0.0, clash=never_clash)
"""Two readings of a body are one when they begin alike; how far each goes is a matter of taste, not a conflict."""


def collect(page: Page, context: Context) -> Iterator[Candidate]:
    """Readings of the article's text in document order of trust."""
    own = _body(match_of(block) for block in page.story.blocks)
    if own is not None:
        yield _candidate("body/own-reading", own, _OWN)
    for told in _told(page):
        yield _candidate("body/jsonld", told, _TOLD_WHOLE if _is_stub_of(own, told) else _TOLD)
    if _is_doubtful(page.story, own):
        referee = _referee(page)
        if referee is not None and (own is None or len(referee.text) > 2 * len(own.text)):
            yield _candidate("body/trafilatura", referee, _REFEREE)


def _candidate(rule: str, body: BodyText, weight: float) -> Candidate:
    return Candidate(FIELD, rule, body.parts[0], body, weight)


def _body(parts: Iterator[Match]) -> BodyText | None:
    kept = tuple(part for part in parts if part.text)
    return BodyText("\n\n".join(part.text for part in kept), kept) if kept else None


def match_of(block: Block) -> Match:
    """A block of the story as evidence."""
    return Match(block.text, "visible-text", NodePlace(block.element), block.span)


# -- what the page's data say


def _told(page: Page) -> Iterator[BodyText]:
    """`articleBody` of the page's article in JSON-LD, paragraph by paragraph."""
    for script, pointer, node in page.articles[:4]:
        value = node.get("articleBody")
        if isinstance(value, str) and value.strip():
            body = _body(_told_parts(script, f"{pointer}/{escape('articleBody')}", value))
            if body is not None:
                yield body
                return


def _told_parts(script: Script, pointer: str, value: str) -> Iterator[Match]:
    """Spans into the value as a replay reads it, its white space collapsed; markup parts them too."""
    whole = text_of_data(value)
    at = 0
    for line in _TAG.sub("\n", value).splitlines():
        text = " ".join(line.split())
        start = whole.find(text, at) if text else -1
        if start >= 0:
            at = start + len(text)
            span: Span | None = (start, at) if text != whole else None
            yield Match(text, "json-ld", DataPlace(script.element, pointer), span)


def _is_stub_of(own: BodyText | None, told: BodyText) -> bool:
    """True when the page shows no more than the beginning of a longer text that its data hold."""
    if len(told.text) < _TOLD_LEAST:
        return False
    return own is None or (
        len(told.text) > _TOLD_TIMES * len(own.text) and _key(own.parts[-1].text) in _flat(told.text)
    )


def _flat(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


# -- the referee


def _is_doubtful(story: Story, own: BodyText | None) -> bool:
    """Next to no text, or far more prose beyond the part that was taken for the article."""
    return own is None or len(own.text) < _STUB or story.outside > _DOUBT * len(own.text)


def _referee(page: Page) -> BodyText | None:
    """trafilatura's reading of a copy of the tree, as far as its paragraphs are found in the page."""
    if page.is_text or len(page.nodes) > _REFEREE_NODES:
        return None
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(deepcopy(page.root), with_metadata=False, include_comments=False)
    except (ValueError, TypeError, AttributeError, RecursionError, LookupError):
        return None
    text = getattr(found, "text", None) or ""
    return _body(_found_again(page, text.splitlines())) if text else None


def _found_again(page: Page, lines: list[str]) -> Iterator[Match]:
    known: dict[str, Element] = {}
    for element in page.all("p", "li", "h2", "h3", "h4", "blockquote", "td", "pre", "div"):
        if not len(element) or element.tag != "div":
            known.setdefault(_flat(page.text(element)), element)
    for line in lines:
        element = known.get(_flat(line))
        if element is not None and line.strip():
            yield Match(page.text(element), "visible-text", NodePlace(element))
