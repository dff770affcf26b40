"""Where the elements of a page are found: by place, by tag, by the names that its markup gives them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from provenance.page.parsing import Element

SPEAKING = frozenset({"class", "id", "itemprop", "data-testid", "data-component", "role"})
"""Attributes whose names tell what a part of the page is for."""

TESTING = ("data-qa", "data-type")
"""Attributes by which a site's tests find their way."""

VEILING = ("hidden", "aria-hidden", "style")
"""Attributes that may hide an element."""

_NAMING = SPEAKING.union(TESTING)

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
        lists: dict[str, list[list[Element]]] = defaultdict(list)
        for value, elements in bearers.items():
            for token in value.lower().split():
                lists[token].append(elements)
        self._lists = dict(lists)

    def __getitem__(self, token: str) -> list[Element]:
        lists = self._lists[token]
        if len(lists) > 1:
            lists[:] = [sorted(chain.from_iterable(lists), key=self._order)]
        return lists[0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def __len__(self) -> int:
        return len(self._lists)


@dataclass(frozen=True, slots=True)
class Attributes:
    """What one walk over all attributes of a page finds: lxml makes each of them anew whenever it is asked.

    `names` has the elements by each token of class, id, itemprop, role and test ids, `bearers` by the whole value of
    such an attribute. `said` has elements and values, in document order, by the name of some attributes: `TESTING`,
    `VEILING`, href, itemprop and rel.
    """

    names: Names
    bearers: Table
    said: Mapping[str, Sequence[tuple[Element, str]]]


def read_attributes(nodes: Sequence[Element], order: Callable[[Element], int]) -> Attributes:
    """Read the attributes of all elements."""
    bearers: Table = defaultdict(list)
    said: dict[str, list[tuple[Element, str]]] = {name: [] for name in (*TESTING, *VEILING, "href", "itemprop", "rel")}
    for element in nodes:
        for name, value in element.items():
            if name in _NAMING:
                bearers[value].append(element)
            if name in said:
                said[name].append((element, value))
    return Attributes(Names(bearers, order), bearers, said)


def by_property(said: Iterable[tuple[Element, str]]) -> Table:
    """Elements by each microdata property, from their itemprop."""
    found: Table = defaultdict(list)
    for element, value in said:
        for token in value.split():
            found[token].append(element)
    return found


def by_rel(said: Sequence[tuple[Element, str]]) -> Table:
    """<link> elements, then <a> elements, by each lower-case token of their rel."""
    found: Table = defaultdict(list)
    for tag in ("link", "a"):
        for element, rel in said:
            if element.tag == tag:
                for token in rel.lower().split():
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
