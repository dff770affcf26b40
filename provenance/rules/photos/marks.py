"""What the names in a page's markup say of photos: class, id and itemprop tokens, by the word lists of the data.

A role is a set of bits, so that an element's names are asked once for all questions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any

from provenance.page import Element, Page

CREDIT = 1
"""Names a credit wherever it stands in the article (`photo-credit`, `bildquelle`)."""
WEAK = 2
"""Names a credit only beside a photo (`source`, `author`)."""
CAPTION = 4
FOREIGN = 8
"""Names a part of the page that is not the article (`related`, `newsletter`)."""
SOFT = 16
"""Names a part that is often not the article's (`teaser`, `card`): a link to another page has to confirm it."""
DECORATION = 32
PERSON = 64
"""Names a box about the author."""
SHARING = 128
"""Names buttons to pass the page on: no part of the article, unless a figure stands among them."""

_ATTRIBUTES = ("class", "id", "itemprop", "data-testid")


@lru_cache(maxsize=1)
def words() -> dict[str, tuple[str, ...]]:
    """The word lists of `data/photo_marks.json`."""
    data = json.loads(files("provenance.data").joinpath("photo_marks.json").read_text(encoding="utf-8"))
    return {key: tuple(value) for key, value in data.items() if isinstance(value, list)}


def _pattern(entries: Iterable[str]) -> re.Pattern[str]:
    """`^` and `$` stand for the borders of a token's parts, which hyphens, underscores and colons make."""
    loose = [e for e in entries if e[0] != "^" and e[-1] != "$"]
    parts = [_trie(loose)] if loose else []
    for entry in entries:
        if entry not in loose:
            start = r"(?:^|(?<=[-_:]))" if entry.startswith("^") else ""
            end = r"(?=$|[-_:\d])" if entry.endswith("$") else ""
            parts.append(start + re.escape(entry.strip("^$")) + end)
    return re.compile("|".join(parts))


def _trie(entries: Iterable[str]) -> str:
    """Alternatives with shared beginnings written once: Python tries plain alternatives one by one."""
    tree: dict[str, Any] = {}
    for entry in entries:
        node = tree
        for letter in entry:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _written(tree)


def _written(node: dict[str, Any]) -> str:
    if "" in node:  # a word ends here, and a longer one finds nothing that this one does not
        return ""
    branches = [re.escape(letter) + _written(below) for letter, below in sorted(node.items())]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


@lru_cache(maxsize=16)
def pattern(name: str) -> re.Pattern[str]:
    """The pattern of one word list."""
    return _pattern(words()[name])


@lru_cache(maxsize=1)
def _any() -> re.Pattern[str]:
    """Whether any list has a word in a token: most tokens end here."""
    names = [name for _, name in (*_ELSEWHERE, *_BESIDE)]
    return re.compile(_trie(entry.strip("^$") for name in names for entry in words()[name]))


@lru_cache(maxsize=1)
def _names_texts() -> re.Pattern[str]:
    """Words for captions and credits, to be looked for in all tokens of a page at once."""
    return re.compile(
        _trie(entry.strip("^$") for name in ("credit", "caption", "weak_credit") for entry in words()[name])
    )


def tokens_for_texts(page: Page) -> list[str]:
    """The page's tokens in which a word for captions or credits stands."""
    listed = "\n".join(page.tokens)
    tokens = listed.replace("_", "-")
    found: dict[str, None] = {}
    at = 0
    while match := _names_texts().search(tokens, at):
        start, at = tokens.rfind("\n", 0, match.start()) + 1, tokens.find("\n", match.end())
        at = len(tokens) if at < 0 else at
        found[listed[start:at]] = None
    return list(found)


_ELSEWHERE = (
    (FOREIGN, "foreign"),
    (SHARING, "sharing"),
    (SOFT, "soft_foreign"),
    (DECORATION, "decoration"),
    (PERSON, "person"),
)
_BESIDE = ((CREDIT, "credit"), (CAPTION, "caption"), (WEAK, "weak_credit"))


@lru_cache(maxsize=65_536)
def role_of_token(token: str) -> int:
    """Role of one lower-case token."""
    if len(token) >= 100 or not _any().search(token):
        return 0
    beside = _beside(token)
    if beside & CREDIT:
        return beside
    role = beside
    for bit, name in _ELSEWHERE:
        unless = f"not_{name}"
        if pattern(name).search(token) and not (unless in words() and pattern(unless).search(token)):
            role |= bit
    return role


def _beside(token: str) -> int:
    """The last word decides (`caption__source` is a source); a weak word after one for images is a strong one."""
    found = [
        (m.start(), bit)
        for bit, name in _BESIDE
        for m in pattern(name).finditer(token)
        if f"not_{name}" not in words() or not pattern(f"not_{name}").search(token)
    ]
    if not found:
        return 0
    at, bit = max(found)
    if bit != WEAK:
        return bit
    return CREDIT if any(b == CAPTION for _, b in found) or pattern("image").search(token, 0, at) else WEAK


@lru_cache(maxsize=65_536)
def _role_of_names(value: str) -> int:
    found = 0
    for token in value.lower().replace("_", "-").split():
        found |= role_of_token(token)
    return found


def role(element: Element) -> int:
    """Role of an element by all its names."""
    found = 0
    get = element.get
    for name in _ATTRIBUTES:
        value = get(name)
        if value:
            found |= _role_of_names(value)
    return found


@lru_cache(maxsize=8_192)
def attribute_says(name: str, kind: str) -> bool:
    """Whether a data attribute's name holds a word of a list (`credit_attributes`, `caption_attributes`).

    A name of one word is none of HTML's own only where it is that word ("caption", "credit" of custom elements).
    """
    return ("-" in name or name in words()[kind]) and bool(pattern(kind).search(name))
