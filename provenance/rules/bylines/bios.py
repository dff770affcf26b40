"""Writers whom only a note about themselves names: "Jane Roe is an assistant editor at …", "Follow Jane Roe on …".

Such a note stands at the foot. A text may end with words about one of its own people as well: whoever the story names
elsewhere wrote nothing, and a note must be set apart by slanted type, an account, an address or an author's own page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenance.credits.clinging import is_role
from provenance.credits.names import is_person, opens_with_given_name
from provenance.credits.words import flat
from provenance.credits.words import words as credit_words
from provenance.model import Context, Span
from provenance.page import Element, Page
from provenance.rules.bylines.lines import plain_line
from provenance.rules.bylines.places import Region, is_small, leads_to_author
from provenance.rules.bylines.seen import Seen

_LONGEST, _ABOUT, _WORDS = 420, 60, 4
"""Characters of a note, of the name that opens it with what stands before the verb, and words of a name."""
_FURTHER = 60
"""How many elements behind the foot an author's box may stand."""
_JOB, _NOTE = 90, 40
"""How near to the name a job is told, and how much a note says beside a linked name at least."""
_HOLDERS = frozenset({"p", "div", "section", "aside", "footer", "li", "td", "em", "i", "span"})
_SLANTED = frozenset({"i", "em"})
_ACCOUNT = re.compile(r"(?<!\w)@\w|\w@\w")
_TOKEN = re.compile(r"\S+")


def bio_lines(page: Page, context: Context, region: Region) -> Iterator[Seen]:
    """Names of writers in notes about them behind the text, or in its last paragraph."""
    known, done = credit_words(context.language), set()
    about, follow = known.pattern("is_a"), known.pattern("follow")
    near = page.nodes[region.foot[0] : region.foot[1] + 1]
    boxes = (e for e in page.nodes[region.foot[1] + 1 : region.foot[1] + _FURTHER] if _names_author(e))
    for element in (*near, *boxes):
        if element.tag not in _HOLDERS or not is_small(element) or any(a in done for a in element.iterancestors()):
            continue
        text = flat(page.text(element))
        if not 10 < len(text) <= _LONGEST:
            continue
        span = _described(page, element, text, about, context) or _followed(text, follow, context)
        if span is None or region.inside(element) is not None or _is_told_of(page, element, text[slice(*span)]):
            continue
        done.add(element)
        yield Seen("byline/bio", "signed", plain_line(page, element, span), 0.5)


def _names_author(element: Element) -> bool:
    """A link to an author's own page lies in an element: beyond the share buttons only his box counts."""
    return is_small(element) and any(leads_to_author(a.get("href") or "") for a in element.iter("a"))


def _described(page: Page, element: Element, text: str, about: object, context: Context) -> Span | None:
    """The name that opens a note about its bearer: a link to the bearer's own page, or before "is a" and a job."""
    names = (page.text(a) for a in element.iter("a") if leads_to_author(a.get("href") or ""))
    linked = next((n for n in names if text.startswith(n) and is_person(n, context.language)), None)
    if linked and len(text) >= len(linked) + _NOTE:
        return 0, len(linked)
    verb = about.search(text, 0, _ABOUT)  # type: ignore[attr-defined]
    name = text[: verb.start()].partition(",")[0].rstrip() if verb else ""
    if not name or not is_person(name, context.language):
        return None
    follow = credit_words(context.language).pattern("follow")
    slanted = _is_slanted(page, element, text) and opens_with_given_name(name, 0)
    apart = slanted or _ACCOUNT.search(text) or follow.search(text)
    return (0, len(name)) if apart and is_role(text[verb.end() : verb.end() + _JOB], context.language) else None


def _is_slanted(page: Page, element: Element, text: str) -> bool:
    """The note, or nearly all of it, is set in italics."""
    slanted = (e for e in element.iter() if e.tag in _SLANTED)
    return any(3 * len(page.text(e)) >= 2 * len(text) for e in slanted)


def _followed(text: str, follow: object, context: Context) -> Span | None:
    """The name behind "Follow": one that opens with a given name, since anything may be followed."""
    found = follow.search(text)  # type: ignore[attr-defined]
    tokens = list(_TOKEN.finditer(text, found.end()))[:_WORDS] if found else []
    for count in range(len(tokens), 1, -1):
        start, end = tokens[0].start(), tokens[count - 1].end()
        name = text[start:end]
        capitals = all(t.group()[0].isupper() for t in (tokens[0], tokens[count - 1]))
        if capitals and opens_with_given_name(name, 0) and name[-2] not in "'’" and is_person(name, context.language):
            return start, end
    return None


def _is_told_of(page: Page, element: Element, name: str) -> bool:
    """The story speaks of a person of this surname: a note about one of its people."""
    surname = name.split()[-1]
    return any(
        surname in b.text
        for b in page.story.blocks
        if b.element is not element and element not in b.element.iter() and b.element not in element.iter()
    )
