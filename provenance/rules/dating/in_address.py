"""The date in the address of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from provenance.dates import read_machine
from provenance.page import Page
from provenance.rules.address import address_candidates
from provenance.rules.dating.seen import ADDRESS_DATE, Seen

_IN_PATH = re.compile(
    r"/(?P<year>(?:19|20)\d{2})[/-]?(?P<month>\d{2}|[a-z]{3})[/-]?(?P<day>\d{2})(?=[/_.-]|$)|"
    r"/(?P<y1>(?:19|20)\d{2})(?:/[a-z.]{2,20})?/(?P<m1>\d{1,2})/(?P<d1>\d{1,2})(?=/)|"
    r"[/_-](?P<y>(?:19|20)\d{2})-?(?P<m>\d{2})-?(?P<d>\d{2})(?=[/_.-]|$)"
)


def read_address(page: Page) -> Iterator[Seen]:
    """The first date in the path of the surest address."""
    candidate = next((c for c in address_candidates(page) if c.refused is None), None)
    if candidate is None:
        return
    text = candidate.match.text
    for found in _IN_PATH.finditer(text.lower()):
        parts = [found.group(n) or found.group(f"{n[0]}1") or found.group(n[0]) for n in ("year", "month", "day")]
        moment = read_machine("-".join(parts)) or read_machine(f"{parts[2]} {parts[1]} {parts[0]}")
        if moment:
            start = candidate.match.span[0] if candidate.match.span else 0
            span = (start + found.start() + 1, start + found.end())
            match = replace(candidate.match, text=text[found.start() + 1 : found.end()], span=span)
            yield Seen("published/address", ADDRESS_DATE, match, moment)
            return
