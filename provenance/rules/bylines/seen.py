"""What the finders of credits share: the line that was seen, and how elements are walked and looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from provenance.page import Element, Page
from provenance.rules.bylines.grammar import Grammar
from provenance.rules.bylines.lines import Line
from provenance.rules.bylines.places import Region, is_small
from provenance.text import SILENT

CONTROLS = SILENT | {"button", "label", "option", "nav", "time", "figcaption"}
PICTURES = frozenset({"img", "picture", "video", "source", "amp-img"})
NEAR, BRIEF, SHORT = 12, 120, 320
"""Elements behind the text that are near to it; characters of a brief line and of a short one."""
HEAD_NODES, LEAD_NODES = 260, 160
"""Elements behind the headline and before the text that are looked at where many lie between."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A line that may credit the text, the grammar it is read by, and why it is doubtful, if it is."""

    rule: str
    grammar: Grammar
    line: Line
    weight: float
    doubt: str | None = None
    refused: str | None = None


def head_nodes(page: Page, region: Region, start: int) -> list[Element]:
    """Elements from `start` to the region's end; of a long run, such as a carousel in between, only both its ends."""
    stop = region.head[1] + 1
    if stop - start <= HEAD_NODES + LEAD_NODES:
        return page.nodes[start:stop]
    return page.nodes[start : start + HEAD_NODES] + page.nodes[stop - LEAD_NODES : stop]


def outside(nodes: list[Element], taken: set[Element]) -> Iterator[Element]:
    """Of a run of nodes those that neither are nor stand in an element taken, or being taken while this runs."""
    inner: set[Element] = set()
    if nodes and any(a in taken for a in nodes[0].iterancestors()):
        inner.add(nodes[0])
    for node in nodes:
        if node in taken or node in inner or (parent := node.getparent()) in taken or parent in inner:
            inner.add(node)
        else:
            yield node


def own_text(element: Element) -> str:
    """The text that the element begins with: its own, or what follows an empty child such as an icon."""
    own = " ".join((element.text or "").split())
    first = element[0] if not own and len(element) else None
    if first is None or len(first) or not isinstance(first.tag, str) or (first.text or "").strip():
        return own
    return " ".join((first.tail or "").split())


def beside_picture(page: Page, element: Element) -> bool:
    """True where the element shares a small parent with a picture: then it is its caption or credit."""
    node = element.getparent()
    for _ in range(4):
        if node is None or not is_small(node) or len(page.text(node)) > SHORT:
            return False
        if any(e.tag in PICTURES for e in node.iter()):
            return True
        node = node.getparent()
    return False
