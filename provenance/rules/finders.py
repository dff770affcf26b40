"""Finders say where a value may stand; interpreters say what the text means or why it is refused.

A rule is one row: an id, a weight, a finder, and the interpreter of its field. Rules do not know each other; which
candidate wins is decided in `provenance.resolve` alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from provenance.jsonld import Block
from provenance.model import Candidate, Context, DataPlace, Match, fixed
from provenance.page import Page
from provenance.selectors import text_of_data

Finder = Callable[[Page], Iterable[Match]]


@fixed
class Reading:
    """What an interpreter made of a match: a value with its steps, or a refusal in one short clause."""

    value: Any = None
    steps: tuple[str, ...] = ()
    refused: str | None = None
    inferred: bool = False


Interpreter = Callable[[Match, Page, Context], Reading]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a field's table. `id` is stable (`headline/h1`); `weight` is between 0 and 1."""

    id: str
    weight: float
    find: Finder


def candidates(
    field: str, rules: Iterable[Rule], interpret: Interpreter, page: Page, context: Context
) -> Iterator[Candidate]:
    """All readings of a field, refused ones included, in the order of the table."""
    for rule in rules:
        for match in rule.find(page):
            reading = interpret(match, page, context)
            yield Candidate(
                field, rule.id, match, reading.value, rule.weight, reading.steps, reading.refused, reading.inferred
            )


def meta(*names: str) -> Finder:
    """Contents of <meta> elements by name or property."""
    return lambda page: page.meta(*names)


def link(rel: str) -> Finder:
    """Addresses of <link rel=…> in the head."""

    def find(page: Page) -> Iterator[Match]:
        for element in page.links.get(rel, ()):
            if element.tag == "link":
                match = page.attribute(element, "href", "link")
                if match:
                    yield match

    return find


def jsonld(*paths: str) -> Finder:
    """Scalar values at a property path (`publisher.name`) of the JSON-LD nodes that describe the article."""

    def find(page: Page) -> Iterator[Match]:
        for block, pointer, node in page.articles:
            for path in paths:
                yield from values_at(block, pointer, node, path.split("."))

    return find


def values_at(block: Block, pointer: str, node: Any, path: list[str]) -> Iterator[Match]:
    """Matches for the scalar values that a property path leads to, through lists."""
    if isinstance(node, list):
        for i, item in enumerate(node):
            yield from values_at(block, f"{pointer}/{i}", item, path)
    elif path and isinstance(node, dict):
        if path[0] in node:
            yield from values_at(block, f"{pointer}/{path[0]}", node[path[0]], path[1:])
    elif not path and not isinstance(node, dict):
        text = text_of_data(node)
        if text:
            yield Match(text, "json-ld", DataPlace(block.element, pointer))


def itemprop(name: str, *attributes: str) -> Finder:
    """Microdata values: the first of `attributes` that is there, else the element's text."""

    def find(page: Page) -> Iterator[Match]:
        for element in page.itemprops.get(name, ()):
            if element.tag == "meta":
                match = page.attribute(element, "content", "microdata")
            else:
                named = next((a for a in attributes if element.get(a)), None)
                match = page.attribute(element, named, "microdata") if named else page.match(element)
            if match:
                yield match

    return find


def tags(*names: str) -> Finder:
    """Texts of elements of these tags."""

    def find(page: Page) -> Iterator[Match]:
        for element in page.all(*names):
            match = page.match(element)
            if match:
                yield match

    return find


def marked(pattern: str) -> Finder:
    """Texts of elements with a class, id or itemprop token in which the pattern is found."""
    compiled = re.compile(pattern)

    def find(page: Page) -> Iterator[Match]:
        for element in page.marked(compiled):
            match = page.match(element)
            if match:
                yield match

    return find


def stated(*names: str) -> Finder:
    """Facts that the container states."""
    return lambda page: page.stated(*names)
