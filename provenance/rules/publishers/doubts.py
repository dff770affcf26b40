"""Why a name that a page displays may not be its publisher's: it is not akin to the address, or part of a headline."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from provenance.model import Match, NodePlace
from provenance.rules.publishers.naming import HOST_LIKE, akin, covered, plain

_SHORT = 25
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
"""Letters of which hosts are made: a name in another script cannot be compared with the address."""


def title_doubt(match: Match, name: str, labels: frozenset[str]) -> str | None:
    """A part of a title is a name only where it is hardly more than the host's label, or where no host is known."""
    if akin(name, labels):
        return (
            None
            if covered(name, labels) >= _COVERED or _section_of(name, labels)
            else "part of a title with a word of the address in it"
        )
    last = match.span is not None and match.span[0] > 0
    if _after_colon(match):
        return "part of a title that may be the headline's"
    if labels and (not last or LATIN.search(name) or len(name) > _SHORT // 2):
        return "part of a title that is not akin to the address"
    if not labels and HOST_LIKE.fullmatch(name):
        return None
    return None if last and len(name) <= _SHORT else "part of a title that may be the headline's"


def _section_of(name: str, labels: frozenset[str]) -> bool:
    """True for the site's name and one word after it: `Gazette Lifestyle`."""
    parts = name.split()
    return len(parts) == 2 and plain(parts[0]) in labels and parts[0][0].isupper()


def _after_colon(match: Match) -> bool:
    """True where a colon parts this from the rest of the title, as headlines themselves are parted."""
    if match.span is None or not isinstance(match.place, NodePlace):
        return False
    whole = "".join(match.place.element.itertext()).split()
    return bool(whole) and " ".join(whole)[: match.span[0]].rstrip().endswith(("\uff1a", ":"))


def link_doubt(match: Match, name: str, labels: frozenset[str]) -> str | None:
    close = len(name) > 2 and akin(name, labels) and covered(name, labels) >= _MOSTLY
    return None if close else "a link to the front page that is not akin to the address"


def front_doubt(match: Match, name: str, labels: frozenset[str]) -> str | None:
    short = 1 < len(name) <= _SHORT // 3 and not LATIN.search(name)
    return None if short else "a front page of no short name in another script than hosts are written in"


def owner_doubt(match: Match, name: str, labels: frozenset[str]) -> str | None:
    close = akin(name, labels) and covered(name, labels) >= _MOSTLY
    foreign = not LATIN.search(name) and len(name) <= _SHORT // 3 and not any(c.isdigit() for c in name)
    return None if close or foreign else "an owner whose name is not that of the site"


_COVERED, _MOSTLY = 0.35, 0.5
"""Share of a name's letters that the host must tell."""
DOUBTS: Mapping[str, Callable[[Match, str, frozenset[str]], str | None]] = {
    "publisher/title": title_doubt,
    "publisher/home-link": link_doubt,
    "publisher/front-name": front_doubt,
    "publisher/copyright": owner_doubt,
}
"""By rule: the reason why a name is refused, or None. Takes the match, the name and the labels of the host."""
