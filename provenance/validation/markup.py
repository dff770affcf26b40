"""A page's own markup: its JSON-LD as found, checked against the vocabulary, with line and column in the page.

A cause that repeats (the same wrong property of the same type) is one finding, at its first place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from provenance.cleaning import clean_line, quoted, shorten
from provenance.jsonld import Block, at_pointer
from provenance.model import Finding, Severity
from provenance.page import Page
from provenance.validation import rules as table
from provenance.validation.pageplaces import PagePlaces
from provenance.validation.problems import Problem, token
from provenance.vocabulary import kinds_of, misuses


def validate_page(page: Page, *, rules: Mapping[str, Severity] | None = None, locator: str = "") -> tuple[Finding, ...]:
    """Findings on the JSON-LD of a page, in document order, each with its place in the page's source.

    A finding's `path` is an RFC 6901 pointer into the data of the block that stands at its position.
    """
    levels, places, seen = rules or {}, PagePlaces(page), set()
    found = []
    for block in page.jsonld:
        for cause, problem in _problems(block):
            if cause not in seen:
                seen.add(cause)
                position = places.in_block(block, problem.path)
                found.append(table.finding(problem, levels, locator or page.capture.locator, position))
    return tuple(finding for finding in found if finding is not None)


def _problems(block: Block) -> Iterator[tuple[tuple[str, ...], Problem]]:
    """Problems of one block, each with what makes two of them the same cause."""
    if block.data is None:
        yield ("unreadable",), Problem("", "the block is no JSON, and could not be repaired", rule="markup/unreadable")
        return
    if block.steps:
        words = clean_line(", ".join(block.steps))
        yield ("repaired", words), Problem("", f"the block was read after repairs: {words}", rule="markup/repaired")
    if not _has_context(block.data):
        yield ("no-context",), Problem("", "the block has no @context", rule="markup/no-context")
    for pointer, node in block.nodes:
        for key, misuse in misuses(node):
            problem = Problem(
                f"{pointer}/{token(key)}",
                clean_line(shorten(misuse.message, 200)),
                _found(block, pointer, key),
                clean_line(misuse.near),
                f"markup/{misuse.kind}",
            )
            name = "" if misuse.kind == "bare-number" else misuse.name  # width and height have one cause
            yield (misuse.kind, name, *kinds_of(node)), problem


def _has_context(data: Any) -> bool:
    """Whether every top-level object has a context; an empty list has nothing that needs one."""
    listed = data if isinstance(data, list) else [data]
    return all(not isinstance(item, dict) or not item or "@context" in item for item in listed)


def _found(block: Block, pointer: str, key: str) -> str:
    try:
        return quoted(at_pointer(block.data, f"{pointer}/{token(key)}"), 60)
    except LookupError:
        return ""
