"""JSON-LD scripts as publishers really write them: read where a careful reader could read it.

Repairs are tried in a fixed order, each named in the block's `steps`, so that a replay repairs in the same way:
HTML comments and CDATA marks around the data, data that were escaped twice, control characters, comments, trailing
commas and semicolons, dates and addresses without quotation marks, `undefined` for no value, missing commas, HTML
entities for quotes, several objects in one script. Every pattern takes what it has read for good (`*+`), and a string
or comment without end reaches to the end of the text: so each is read once, however broken the script is.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from provenance.limits import LIMITS, Limits

_WRAP = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*$"
)
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)'
_ENDLESS = r"/\*(?:[^*]|\*(?!/))*+\Z"
_COMMENT = re.compile(rf"({_STRING}|{_ENDLESS})|/\*.*?\*/|(?<![:\\])//[^\n]*", re.S)
_TRAILING = re.compile(rf"({_STRING})|,(?=\s*+[}}\]])|;\s*+\Z", re.S)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_BARE = re.compile(rf"({_STRING})|(:\s*+)(https?://[^\s,\"}}]+|\d{{4}}-\d\d-\d\d[^\s,\"}}]*)", re.S)
_UNDEFINED = re.compile(rf"({_STRING})|(:\s*+)undefined(?=\s*+[,}}])", re.S)
_MISSING_COMMA = re.compile(r'("|\}|\])([^\S\n]*+\n\s*+")')
_TWICE_ESCAPED = re.compile(r'(?:\s|\\[nrt])*+[\[{](?:[\s\[{]|\\[nrt])*+\\"')
_ESCAPED = re.compile(r'\\(["\\/nrt])')
_PLAIN = {"n": "\n", "r": "\r", "t": "\t"}


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One script: its element, its data (None when nobody could read it), and the repairs it took.

    Pointers into `data` are RFC 6901; where a script holds several values side by side, `data` is their list.
    """

    element: Any
    data: Any
    steps: tuple[str, ...] = ()
    nodes: tuple[tuple[str, dict[str, Any]], ...] = field(default=(), repr=False)


def read_block(element: Any, text: str, limits: Limits = LIMITS) -> Block:
    """The block of one script element with this text."""
    if len(text) > limits.json_block_bytes:
        return Block(element, None, ("limit.json_block_bytes",))
    data, steps = parse(text)
    return Block(element, data, steps, tuple(walk(data, limits)))


def parse(text: str) -> tuple[Any, tuple[str, ...]]:
    """Data of a script and the repairs applied; `(None, ("json-broken",))` when it cannot be read."""
    steps: list[str] = []
    for name, repair in _REPAIRS:
        repaired = repair(text)
        if name and repaired == text:
            continue
        text = repaired
        if name:
            steps.append(name)
        data = _loads(text)
        if data is not _BROKEN and not isinstance(data, str):
            return data, tuple(steps)
    several = _several(text)
    return (several, (*steps, "json-several")) if several else (None, ("json-broken",))


_BROKEN = object()


def _loads(text: str) -> Any:
    try:
        return json.loads(text, strict=False, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return _BROKEN


def _several(text: str) -> list[Any]:
    decoder = json.JSONDecoder(strict=False)
    found: list[Any] = []
    at = 0
    while at < len(text) and len(found) < 50:
        opening = min((i for i in (text.find("{", at), text.find("[", at)) if i >= 0), default=-1)
        if opening < 0:
            break
        try:
            value, at = decoder.raw_decode(text, opening)
        except (ValueError, RecursionError):
            break
        found.append(value)
    return found


def _unwrap(text: str) -> str:
    for _ in range(3):
        text = _WRAP.sub("", text)
    return text


def _unescape(text: str) -> str:
    """Data that were put into a string: `{\\"@type\\": \\"Article\\"}`, the quotation marks around it or not."""
    try:
        inner = json.loads(text, strict=False) if text.lstrip().startswith('"') else None
    except (ValueError, RecursionError):
        inner = None
    if isinstance(inner, str):
        return inner
    return _ESCAPED.sub(lambda m: _PLAIN.get(m[1], m[1]), text) if _TWICE_ESCAPED.match(text) else text


_REPAIRS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("", lambda t: t),
    ("json-unwrap", _unwrap),
    ("json-unescape", _unescape),
    ("json-controls", lambda t: _CONTROL.sub(" ", t)),
    ("json-comments", lambda t: _COMMENT.sub(lambda m: m.group(1) or "", t)),
    ("json-trailing", lambda t: _TRAILING.sub(lambda m: m.group(1) or "", t)),
    ("json-escapes", lambda t: _BAD_ESCAPE.sub(r"\\\\", t)),
    ("json-bare", lambda t: _BARE.sub(lambda m: m.group(1) or f'{m.group(2)}"{m.group(3)}"', t)),
    ("json-undefined", lambda t: _UNDEFINED.sub(lambda m: m.group(1) or f"{m.group(2)}null", t)),
    ("json-commas", lambda t: _MISSING_COMMA.sub(r"\1,\2", t)),
    ("json-entities", lambda t: html.unescape(t) if "&quot;" in t or "&#34;" in t else t),
)


def walk(data: Any, limits: Limits = LIMITS) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object in document order with its pointer, iteratively, within the limits on depth and number."""
    stack: list[tuple[str, Any, int]] = [("", data, 0)]
    seen = 0
    while stack:
        pointer, value, depth = stack.pop()
        seen += 1
        if seen > limits.json_nodes:
            return
        if isinstance(value, dict):
            yield pointer, value
            children = [(f"{pointer}/{escape(key)}", v) for key, v in value.items() if isinstance(v, (dict, list))]
        elif isinstance(value, list):
            children = [(f"{pointer}/{i}", v) for i, v in enumerate(value) if isinstance(v, (dict, list))]
        else:
            continue
        if depth < limits.json_depth:
            stack.extend((p, v, depth + 1) for p, v in reversed(children))


def escape(key: str) -> str:
    """One reference token of a JSON Pointer (RFC 6901, section 3)."""
    return key.replace("~", "~0").replace("/", "~1")


def at_pointer(data: Any, pointer: str) -> Any:
    """The value at an RFC 6901 pointer; raises `LookupError` when there is none."""
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        try:
            data = data[int(key)] if isinstance(data, list) else data[key]
        except (KeyError, IndexError, ValueError, TypeError) as error:
            raise LookupError(pointer) from error
    return data


def types_of(node: dict[str, Any]) -> frozenset[str]:
    """Type names of a node without their vocabulary's address."""
    kinds = node.get("@type") or node.get("type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return frozenset(_type_name(kind) for kind in listed if isinstance(kind, str))


@lru_cache(maxsize=512)
def _type_name(kind: str) -> str:
    return re.split(r"[/#:]", kind)[-1]


ARTICLE_TYPES = frozenset(
    "NewsArticle Article BlogPosting ReportageNewsArticle OpinionNewsArticle AnalysisNewsArticle BackgroundNewsArticle "
    "ReviewNewsArticle AskPublicNewsArticle LiveBlogPosting ScholarlyArticle TechArticle Report SatiricalArticle "
    "AdvertiserContentArticle SocialMediaPosting Review Recipe VideoObject".split()
)
"""Types whose node can describe the page's article, the last few only for want of a better one."""

Article = tuple[Block, str, dict[str, Any]]
"""A node that describes an article: its block, its pointer in it, and the node itself."""

_NESTED = re.compile(
    r"/(?:hasPart|itemListElement|mentions|isRelatedTo|relatedLink|citation|review|comment|video|associatedMedia|"
    r"subjectOf|isPartOf|liveBlogUpdate|potentialAction|mainContentOfPage|about)(?:/|$)"
)
_NEWS = frozenset({"NewsArticle", "ReportageNewsArticle", "OpinionNewsArticle", "AnalysisNewsArticle", "Article"})
_LAST = frozenset({"VideoObject", "Recipe", "Review", "SocialMediaPosting"})


def articles_of(blocks: Iterable[Block], url: str | None) -> tuple[Article, ...]:
    """Nodes that describe the article of the page captured at `url`, the best first.

    A node counts when its type is an article's and it is not nested in another's list of parts or suggestions.
    Nodes whose address is this page's come first, then news types, then the order of the document.
    """
    found: list[tuple[tuple[int, int], Article]] = []
    for block in blocks:
        for pointer, node in block.nodes:
            kinds = types_of(node)
            if kinds & ARTICLE_TYPES and not _NESTED.search(pointer):
                found.append((_rank(kinds, node, url), (block, pointer, node)))
    return tuple(article for _, article in sorted(found, key=lambda ranked: ranked[0]))


def _rank(kinds: frozenset[str], node: dict[str, Any], url: str | None) -> tuple[int, int]:
    if kinds & _LAST and not kinds & (ARTICLE_TYPES - _LAST):
        return (3, 0)
    named = (node.get("url"), node.get("@id"), _id_of(node.get("mainEntityOfPage")))
    here = (url or "").rstrip("/")
    own = bool(here) and any(isinstance(n, str) and n.split("#")[0].rstrip("/") == here for n in named)
    bare = not (node.get("headline") or node.get("name"))
    return (2 if bare else 0 if own else 1, 0 if kinds & _NEWS else 1)


def _id_of(value: Any) -> Any:
    return (value.get("@id") or value.get("url")) if isinstance(value, dict) else value
