"""Markdown and plain text as a small tree, so that the same rules read them.

Every block element carries `data-lines="START,END"`: the half-open range of source lines, counted from 0, that it came
from (RFC 5147, section 2.1.2). Front matter becomes <meta> elements named `front:KEY`.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from provenance.cleaning import xml_text
from provenance.limits import LIMITS, Limits
from provenance.model import Note

_FENCE = re.compile(r"^---\s*$")
_PAIR = re.compile(r"^([A-Za-z_][\w .-]{0,40}?)\s*:\s?(.*)$")
_ITEM = re.compile(r"^\s*-\s+(.*)$")
_MARKS = "\n[]`*_&<!\\|"
"""Signs that cost a Markdown parser most of its time: every line, and what may open a link, a code or an emphasis."""
_DEEPEST = 100
_WIKILINK = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]+))?\]\]")


def text_tree(source: str, media_type: str, limits: Limits = LIMITS) -> tuple[Any, list[Note]]:
    """The tree of a Markdown or plain-text source, and what could not be read as it was meant."""
    html = etree.Element("html")
    head, body = etree.SubElement(html, "head"), etree.SubElement(html, "body")
    lines = source.splitlines()
    start = _front_matter(lines, head, limits)
    article = etree.SubElement(body, "article")
    marks = sum(map(source.count, _MARKS)) if media_type == "text/markdown" else 0
    if media_type == "text/markdown" and marks <= limits.markdown_marks:
        _markdown("\n".join(lines[start:]), start, article)
    else:
        _plain(lines, start, article)
    crowded = marks > limits.markdown_marks
    message = f"Markdown with more than {limits.markdown_marks} marks and lines was read as plain text"
    return html, [Note("limit.markdown_marks", message)] if crowded else []


def _front_matter(lines: list[str], head: Any, limits: Limits) -> int:
    """Read YAML front matter line by line: savers write values that no YAML parser accepts. Gives the next line."""
    if not lines or not _FENCE.match(lines[0].lstrip("\ufeff")):
        return 0
    end = next((i for i, line in enumerate(lines[1:2000], 1) if _FENCE.match(line)), 0)
    if not end or sum(map(len, lines[:end])) > limits.front_matter_bytes:
        return 0
    key = ""
    for i, line in enumerate(lines[1:end], 1):
        pair, item = _PAIR.match(line), _ITEM.match(line)
        if pair:
            key = pair.group(1).strip().lower()
            for value in _values(pair.group(2)):
                _meta(head, key, value, i)
        elif item and key:
            for value in _values(item.group(1)):
                _meta(head, key, value, i)
    return end + 1


def _values(text: str) -> list[str]:
    text = text.strip()
    if text.startswith("[") and text.endswith("]") and not text.startswith("[["):
        return [v for part in text[1:-1].split(",") for v in _values(part)]
    text = text.strip("\"'").strip()
    text = _WIKILINK.sub(lambda m: m.group(2) or m.group(1), text)
    return [text] if text and text not in ("null", "~", "|", ">") else []


def _meta(head: Any, key: str, value: str, line: int) -> None:
    meta = etree.SubElement(head, "meta", name=f"front:{key}", content=xml_text(value))
    meta.set("data-lines", f"{line},{line + 1}")


def _markdown(source: str, offset: int, article: Any) -> None:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    stack = [article]
    for token in parser.parse(source):
        if token.nesting == 1:
            element = etree.SubElement(stack[-1], token.tag)
            _lines(element, token, offset)
            stack.append(element)
        elif token.nesting == -1:
            stack.pop()
        elif token.type == "inline":
            _lines(stack[-1], token, offset)
            _inline(token.children or [], stack[-1])
        elif token.type in ("fence", "code_block"):
            element = etree.SubElement(stack[-1], "pre")
            element.text = xml_text(token.content)
            _lines(element, token, offset)
        elif token.type == "hr":
            _lines(etree.SubElement(stack[-1], "hr"), token, offset)


def _inline(tokens: list[Any], parent: Any) -> None:
    """The parts of one paragraph. Words are gathered and put down once: adding to a node's text copies it each time."""
    stack, last = [parent], None
    words: list[str] = []

    def put_down() -> None:
        if words:
            text = "".join(words)
            words.clear()
            if last is None:
                stack[-1].text = (stack[-1].text or "") + text
            else:
                last.tail = (last.tail or "") + text

    for token in tokens:
        if token.type in ("softbreak", "hardbreak", "image"):
            put_down()
            last = _single(token, stack[-1])
        elif token.nesting == 1 and len(stack) >= _DEEPEST:
            stack.append(stack[-1])
        elif token.nesting == 1:
            put_down()
            stack.append(etree.SubElement(stack[-1], token.tag, _attributes(token)))
            last = None
        elif token.nesting == -1 and stack[-1] is stack[-2]:
            stack.pop()
        elif token.nesting == -1:
            put_down()
            last = stack.pop()
        else:
            words.append(xml_text(token.content))
    put_down()


def _single(token: Any, parent: Any) -> Any:
    if token.type != "image":
        return etree.SubElement(parent, "br")
    return etree.SubElement(parent, "img", {**_attributes(token), "alt": xml_text(token.content)})


def _attributes(token: Any) -> dict[str, str]:
    return {k: xml_text(str(v)) for k, v in (token.attrs or {}).items() if k in ("href", "src", "alt", "title")}


def _lines(element: Any, token: Any, offset: int) -> None:
    if token.map and not element.get("data-lines"):
        element.set("data-lines", f"{token.map[0] + offset},{token.map[1] + offset}")


def _plain(lines: list[str], start: int, article: Any) -> None:
    """Paragraphs are parted by blank lines; the first short one that ends without a full stop is the headline."""
    at, titled = start, False
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        end = at
        while end < len(lines) and lines[end].strip():
            end += 1
        text = " ".join(" ".join(lines[at:end]).split())
        heading = not titled and len(text) < 200 and not text.endswith((".", "。", ":"))
        element = etree.SubElement(article, "h1" if heading else "p")
        titled = titled or heading or len(text) > 300
        element.text = xml_text(text)
        element.set("data-lines", f"{at},{end}")
        at = end
