"""Where the elements of a page are found: by place, by tag, by the names that its markup gives them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from provenance.page.parsing import Element

_NAMING = frozenset(
    ("class", "id", "itemprop", "data-testid", "data-qa", "data-component", "data-type", "role"),
)

Table = dict[str, list[Element]]
"""Elements by a name, each list in document order."""


def by_tag(nodes: Sequence[Element]) -> Table:
    """Elements by tag name."""
    found: Table = defaultdict(list)
    for element in nodes:
        found[element.tag].append(element)
    return found


def by_name(nodes: Sequence[Element]) -> tuple[Table, Table]:
    """Elements by each lower-case token of class, id, itemprop and test ids, and by each microdata property.

    One walk reads every attribute once. Many elements share one value, so a value is cut once, into the lists that its
    bearers go to.
    """
    tokens: Table = defaultdict(list)
    properties: Table = defaultdict(list)
    lists: dict[str, list[list[Element]]] = {}
    for element in nodes:
        for name, value in element.items():
            if name in _NAMING:
                known = lists.get(value)
                if known is None:
                    known = lists[value] = [tokens[token] for token in value.lower().split()]
                for bearers in known:
                    bearers.append(element)
                if name == "itemprop":
                    for token in value.split():
                        properties[token].append(element)
    return tokens, properties


def by_rel(elements: Sequence[Element]) -> Table:
    """Elements by each lower-case token of their rel."""
    found: Table = defaultdict(list)
    for element in elements:
        rel = element.get("rel")
        for token in rel.lower().split() if rel else ():
            found[token].append(element)
    return found


def by_meta_name(elements: Sequence[Element]) -> Table:
    """<meta> elements with content by lower-case name, property, itemprop or http-equiv."""
    found: Table = defaultdict(list)
    for element in elements:
        if element.get("content"):
            for key in ("property", "name", "itemprop", "http-equiv"):
                name = element.get(key)
                if name:
                    found[name.strip().lower()].append(element)
    return found
