"""What a check says before severity and remedy are looked up, and how checks walk a record that may be malformed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from provenance.cleaning import clean_line, shorten
from provenance.model import Severity


class Problem(NamedTuple):
    """One thing a check found. `rule` is "" where the table's own row names it; `path` is an RFC 6901 pointer."""

    path: str
    message: str
    found: str = ""
    expected: str = ""
    rule: str = ""


class Text(NamedTuple):
    """A string of a record: its pointer, and its slot without indexes (`image.creator.name`)."""

    path: str
    slot: str
    text: str


@dataclass(frozen=True)
class Subject:
    """What checks may look at: a record, and what is known beside it.

    `captured` is the moment of capture (RFC 3339, UTC); `replayed` maps paths of evidence entries to what a replay of
    their selectors on the capture gave, where one was made.
    """

    record: Mapping[str, Any]
    evidence: Mapping[str, Any] | None = None
    captured: str | None = None
    replayed: Mapping[str, str | None] = field(default_factory=dict)

    @cached_property
    def strings(self) -> dict[str, list[Text]]:
        """Every string of the record by slot; one walk serves all rules on texts."""
        found: dict[str, list[Text]] = {}
        stack: list[tuple[str, str, Any]] = [("", "", self.record)]
        while stack:
            path, slot, item = stack.pop()
            if isinstance(item, str):
                found.setdefault(slot, []).append(Text(path, slot, item))
            elif isinstance(item, dict):
                for key, part in item.items():
                    stack.append((f"{path}/{token(key)}", f"{slot}.{key}" if slot else key, part))
            elif isinstance(item, list):
                stack.extend((f"{path}/{i}", slot, item[i]) for i in range(len(item) - 1, -1, -1))
        return found

    def among(self, *slots: str) -> Iterator[Text]:
        """The strings of some slots, slot by slot, each in the order of the record."""
        for slot in slots:
            yield from self.strings.get(slot, ())

    @cached_property
    def images(self) -> tuple[tuple[str, dict[str, Any]], ...]:
        """The image objects of the record with their pointers."""
        return tuple(objects(self.record, "image"))

    def text(self, name: str) -> str:
        """A top-level string property; "" when it is absent or no string."""
        value = self.record.get(name)
        return value if isinstance(value, str) else ""


def token(name: str) -> str:
    """One reference token of a JSON Pointer (RFC 6901, section 3)."""
    if "~" not in name and "/" not in name:
        return name
    return name.replace("~", "~0").replace("/", "~1")


def pointer(parts: object) -> str:
    """A JSON Pointer of keys and indexes."""
    return "".join(f"/{token(str(part))}" for part in parts)  # type: ignore[attr-defined]


def readable(path: str) -> str:
    """The name of a place for a sentence: `/image/1/creditText` → `image 2, creditText`; indexes count from 1."""
    words: list[str] = []
    for part in path.split("/")[1:]:
        if part.isascii() and part.isdigit() and words:
            words[-1] += f" {int(part[:9]) + 1}"
        else:
            words.append(clean_line(shorten(part.replace("~1", "/").replace("~0", "~"), 40)))
    return ", ".join(words) if words else "the record"


def walk(value: Any, *steps: str, path: str = "") -> Iterator[tuple[str, Any]]:
    """Values at a route of property names, each slot read whether it holds one value or a list; never raises."""
    if isinstance(value, list):
        for i, item in enumerate(value):
            yield from walk(item, *steps, path=f"{path}/{i}")
    elif not steps:
        yield path, value
    elif isinstance(value, dict) and steps[0] in value:
        yield from walk(value[steps[0]], *steps[1:], path=f"{path}/{steps[0]}")


def texts(value: Any, *steps: str) -> Iterator[tuple[str, str]]:
    """Like `walk`, strings only."""
    return ((path, found) for path, found in walk(value, *steps) if isinstance(found, str))


def objects(value: Any, *steps: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Like `walk`, objects only."""
    return ((path, found) for path, found in walk(value, *steps) if isinstance(found, dict))


def leaves(value: Any) -> Iterator[tuple[str, Any]]:
    """Every scalar with its pointer, in document order, iteratively."""
    stack: list[tuple[str, Any]] = [("", value)]
    while stack:
        path, item = stack.pop()
        if isinstance(item, dict):
            stack.extend((f"{path}/{token(key)}", part) for key, part in reversed(item.items()))
        elif isinstance(item, list):
            stack.extend((f"{path}/{i}", item[i]) for i in range(len(item) - 1, -1, -1))
        else:
            yield path, item


def depth_of(value: Any, limit: int) -> int:
    """Nesting depth, counted only up to `limit` + 1."""
    level, depth = [value], 0
    while level and depth <= limit:
        level = [
            part
            for item in level
            if isinstance(item, dict | list)
            for part in (item.values() if isinstance(item, dict) else item)
        ]
        depth += bool(level)
    return depth


Check = Callable[[Subject], Iterator[Problem]]


class Rule(NamedTuple):
    """One row of the table of rules: stable id, default severity, one sentence, what to do, and the check.

    `check` is None where another part finds the problem: a schema, the reader of a collection, the page's markup.
    """

    id: str
    severity: Severity
    sentence: str
    remedy: str
    check: Check | None = None
