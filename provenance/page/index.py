"""Where the elements of a page are found: by place, by tag, by the names that its markup gives them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

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


class Names(Mapping[str, list[Element]]):
    """Elements by each lower-case token of their names, in document order.

    `bearers` has the elements by the whole value of an attribute. A list is put together when it is asked for, since
    of most names nobody asks.
    """

    def __init__(self, bearers: Table, order: Callable[[Element], int]) -> None:
        self._order = order
        self._lists: dict[str, list[list[Element]]] = defaultdict(list)
        for value, elements in bearers.items():
            for token in value.lower().split():
                self._lists[token].append(elements)
        self._lists.default_factory = None

    def __getitem__(self, token: str) -> list[Element]:
        lists = self._lists[token]
        if len(lists) > 1:
            lists[:] = [sorted(chain.from_iterable(lists), key=self._order)]
        return lists[0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def __len__(self) -> int:
        return len(self._lists)


def by_name(nodes: Sequence[Element], order: Callable[[Element], int]) -> tuple[Names, Table]:
    """Elements by their names in class, id, itemprop and test ids, and by each microdata property: one walk."""
    bearers: Table = defaultdict(list)
    properties: Table = defaultdict(list)
    for element in nodes:
        for name, value in element.items():
            if name in _NAMING:
                bearers[value].append(element)
                if name == "itemprop":
                    for token in value.split():
                        properties[token].append(element)
    return Names(bearers, order), properties


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
