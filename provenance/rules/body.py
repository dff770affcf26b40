"""The article's text: our own reading of the page, checked against what the page's data and a referee say.

A body is many blocks, so a candidate's value is a `BodyText`: the text and the matches it is made of, each of which
replays for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from provenance.model import Candidate, Context, Match, NodePlace
from provenance.page import Page
from provenance.rules.policy import Policy
from provenance.story import Block

FIELD = "articleBody"
POLICY = Policy(key=lambda value: str(getattr(value, "text", value))[:200], support=0.0, clash=lambda one, other: False)


@dataclass(frozen=True, slots=True, eq=False)
class BodyText:
    """A text and the matches it is made of: their texts joined by blank lines are the text."""

    text: str
    parts: tuple[Match, ...]

    def __str__(self) -> str:
        return self.text


def collect(page: Page, context: Context) -> Iterator[Candidate]:
    """Readings of the article's text, the best first."""
    parts = tuple(match_of(block) for block in page.story.blocks)
    if parts:
        yield Candidate(FIELD, "body/own-reading", parts[0], BodyText(joined(parts), parts), 0.8)


def match_of(block: Block) -> Match:
    """A block of the story as evidence."""
    return Match(block.text, "visible-text", NodePlace(block.element), block.span)


def joined(parts: tuple[Match, ...]) -> str:
    """Texts of matches, parted by blank lines."""
    return "\n\n".join(part.text for part in parts)


def signoffs(page: Page) -> list[Match]:
    """Short lines beside the body that may carry a credit: behind its end, at its end and before its start."""
    story = page.story
    if not story.blocks:
        return []
    return [match_of(block) for block, why in story.left if why in ("tail", "lead") and len(block.text) < 200]
