"""A broadcaster in the dateline, told by its call sign: "DOVER, Mo. (KXXX) –" on the page of another house.

The FCC gives every station in the United States four letters that begin with K or W (47 CFR 73.3550). A station's own
pages name it in their foot as well, since its public file must be linked there: then the dateline credits nobody else.
"""

from __future__ import annotations

import re

from provenance.credits.authorities import agencies
from provenance.credits.values import Byline, Mention
from provenance.model import Context, Party
from provenance.page import Page
from provenance.rules.bylines.lines import plain_line
from provenance.rules.bylines.statements import Statement

_DATELINE = re.compile(r"(?P<town>[A-Z][^()\n]{2,50}?)\s?\((?P<sign>[KW][A-Z]{3}(?:-(?:TV|FM|AM))?)\)\s?[-–—]")


def station_lines(page: Page, context: Context) -> list[Statement]:
    """The statement of a dateline that names a station of which the rest of the page knows nothing."""
    block = page.story.blocks[0] if page.story.blocks else None
    found = _DATELINE.match(block.text) if block and "(" in block.text[:60] else None
    if block is None or found is None or agencies().lookup_id(found["sign"]) or _is_own(page, found["sign"][:4]):
        return []
    text, span = block.text[: found.end()], found.span("sign")
    source = Mention("source", Party("organization", found["sign"]), span, ("call-sign",), True)
    byline = Byline(text, (source,), "syndicated", found.span(), place=found.span("town"))
    line = plain_line(page, block.element, block.span)
    return [Statement("byline/dateline", 0.8, byline, line.match)]


def _is_own(page: Page, sign: str) -> bool:
    """The call sign stands in the page outside the story, or in its metadata."""
    told = sum(b.text.count(sign) for b in page.story.blocks)
    named = any(sign in m.text.upper() for name in page.metas for m in page.meta(name))
    return named or page.text(page.body).count(sign) > told or any(sign in h.upper() for _, h in page.hrefs)
