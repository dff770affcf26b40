"""When the article was published, and when it was changed.

Metadata of the article first, then the times and printed dates that stand by its headline, then its address. A time
without an offset is no instant: its day is kept, unless another place of the page shows the same clock with an offset.
An archive's own times, a saver's clip time and the times of teasers and comments are never the article's.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from provenance.model import Candidate, Context
from provenance.page import Page
from provenance.rules.dating.clocks import by_displayed_day, by_same_clock, by_two_clocks
from provenance.rules.dating.displayed import read_alone, read_attributes, read_dateline, read_displayed, read_labelled
from provenance.rules.dating.in_address import read_address
from provenance.rules.dating.seen import Seen, candidate_of, refused_of
from provenance.rules.dating.stamps import earlier_change, only_change, stamped_in
from provenance.rules.dating.stated import MODIFIED, PUBLISHED, read_stated
from provenance.rules.policy import Policy


def collect(page: Page, context: Context) -> Iterator[Candidate]:
    """Candidates for `datePublished` and `dateModified`."""
    seen: list[Seen] = []
    for item in (*read_stated(PUBLISHED, page, context, False), *read_stated(MODIFIED, page, context, True)):
        if isinstance(item, Seen):
            if len(seen) < _MOST:
                seen.append(item)
            else:
                yield refused_of(item, f"the page states more than {_MOST} dates before it")
        else:
            yield item
    seen.extend(islice(read_displayed(page, context), _MOST))
    seen.extend(read_address(page))
    if not any(not item.modified and item.rule != "published/foot" for item in seen):
        seen.extend(islice(read_alone(page, context), _MOST))
    if not any(not item.modified for item in seen):
        seen.extend(read_dateline(page, context))
    if not any(not item.modified for item in seen):
        seen.extend(islice(read_labelled(page, context), _MOST))
    if not any(not item.modified for item in seen):
        seen.extend(islice(read_attributes(page), _MOST))
    seen.extend([*by_same_clock(seen), *by_two_clocks(seen), *by_displayed_day(seen)])
    stamped = stamped_in(seen)
    for item in seen:
        yield candidate_of(item, seen, page, stamped)
    if not any(not item.modified for item in seen):
        yield from only_change(seen, page)
    else:
        yield from earlier_change(seen, page)


_MOST = 200
"""So many dates of one kind are compared with each other."""


def _day_key(value: object) -> str:
    return str(value)[:10]


POLICIES = {
    "datePublished": Policy(key=_day_key, support=0.25, heard=0.5, voice=0.5),
    "dateModified": Policy(key=_day_key, heard=0.9),
}
