"""Credits that a reader sees about the headline: marked places, and lines that open like a byline.

Each finder yields lines to be read by the grammar; none of them decides who is credited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from provenance.credits.authorities import agencies
from provenance.credits.words import flat
from provenance.credits.words import words as credit_words
from provenance.model import Context
from provenance.page import Element, Page
from provenance.rules.bylines.grammar import is_word, read
from provenance.rules.bylines.lines import is_monogram, plain_line, read_line
from provenance.rules.bylines.listed import listed_facts
from provenance.rules.bylines.places import (
    LONGEST,
    PICTURED,
    Place,
    Region,
    is_small,
    leads_to_author,
    marked_places,
    marks_person,
)
from provenance.rules.bylines.seen import BRIEF, CONTROLS, NEAR, Seen, beside_picture, head_nodes, outside, own_text
from provenance.rules.bylines.source_marks import linked_sources, marked_sources
from provenance.rules.bylines.unannounced import dated_names, headline_names
from provenance.rules.policy import folded
from provenance.text import HEADINGS

_FIRST = re.compile(r"\s*[,/|(–•·]\s*")
_MOST_LINES = 40
_LONG_NAME = 6
_STAMPED = 30
"""How long the words may be that open a line with its date: "Published 5 May | Author"."""
_BLOCKS = HEADINGS | {"p", "div", "ul", "header", "figure"}
"""Elements that stand on lines of their own, so that what follows one begins another."""
_SHARED = frozenset({"social", "share", "sharing"})
"""Boxes of buttons to pass the page on, in which date and byline often stand as well."""


def head_lines(page: Page, context: Context, region: Region, names: frozenset[str]) -> Iterator[Seen]:
    """Marked places of the whole page, then unmarked lines of the head; `names` are folded names that data state."""
    taken: set[Element] = set()
    for found, fact in listed_facts(page, region):
        taken.add(found)
        yield fact
    sources = [*marked_sources(page, region), *linked_sources(page, context, region)]
    houses = {s.line.text: s.line.element for s in sources if _is_of_house(s, context)}
    taken.update(houses.values())
    for count, place in enumerate(marked_places(page, region)):
        if count > _MOST_LINES:
            break
        if houses and not place.strong and _only_holds(page, place.element, houses):
            continue
        seen = _marked(page, context, place, names)
        if seen:
            taken.add(place.element)
            yield seen
    yield from _unmarked(page, context, region, names, taken)
    yield from sources
    yield from dated_names(page, context, region, taken)
    yield from headline_names(page, context)


def _is_of_house(seen: Seen, context: Context) -> bool:
    """The source is one that nobody lists, by its mark alone: read as a byline its name might be a person's."""
    found = read(seen.grammar, seen.line.text, context)
    return found.relation == "syndicated" and not any(m.party.agency for m in found.mentions)


def _only_holds(page: Page, element: Element, houses: dict[str, Element]) -> bool:
    """True for an element that holds one of these sources, and else nothing but signs and a date."""
    for name, source in houses.items():
        if element is source or element in source.iterancestors():
            return not any(c.isalpha() for c in read_line(page, element).text.replace(name, "", 1))
    return False


def _marked(page: Page, context: Context, place: Place, names: frozenset[str]) -> Seen | None:
    line = read_line(page, place.element)
    known = any(n in folded(line.text) for n in names) if names else place.strong and place.zone == "body"
    if place.zone == "foot" and not known and place.strong and not place.refused and not place.doubt:
        if (
            page.order[place.element] <= page.story.end + NEAR
            and line.text
            and read("signoff", line.text, context).empty
        ):
            return Seen("byline/signed", "byline", line, 0.5)
        return Seen("byline/signoff", "signoff", line, 0.8)
    if not line.text or (place.zone != "head" and not known):
        return None
    if place.refused:
        return Seen("byline/visible", "byline", line, 0.0, refused=place.refused) if place.zone == "head" else None
    doubt = place.doubt or (f"stands in the {place.zone} of the page" if place.zone != "head" else None)
    if not doubt and not place.strong and marks_person(place.element):
        return Seen("byline/doubtful", "byline", line, 0.4, "marked as a person, not as an author")
    weight = 0.45 if place.zone == "head" and place.inside not in PICTURED else 0.4
    return (
        Seen("byline/doubtful", "byline", line, weight, doubt) if doubt else Seen("byline/visible", "byline", line, 0.9)
    )


def _unmarked(
    page: Page, context: Context, region: Region, names: frozenset[str], taken: set[Element]
) -> Iterator[Seen]:
    opens = credit_words(context.language).pattern("by")
    start = page.order.get(page.story.headline, region.head[0]) if page.story.headline is not None else region.head[0]
    nodes = head_nodes(page, region, start + 1)
    taken.update((*(b.element for b in page.story.blocks if len(b.text) > BRIEF), page.story.headline))
    for element in outside(nodes, taken):
        if element.tag in CONTROLS:
            continue
        own = own_text(element)
        if not own or len(own) > LONGEST:
            continue
        linked = _is_author_link(page, element, own)
        if not linked and not _speaks(own, opens, names, context) and not _dated_label(page, element, own, context):
            continue
        if element.tag in HEADINGS and read("byline", own, context).empty:
            continue
        holder = _holder(page, element)
        if holder is None or holder in taken:
            continue
        taken.add(holder)
        told = opens.match(own) or credit_words(context.language).pattern("byline_suffix").match(own)
        bare = not linked and not told and not any(n in folded(own) for n in names)
        around = region.inside(holder)
        if (around is None or (told and around in _SHARED)) and not (bare and beside_picture(page, holder)):
            yield _line(page, holder, context)
    yield from _behind(page, context, region, nodes, taken)


def _behind(page: Page, context: Context, region: Region, nodes: list[Element], taken: set[Element]) -> Iterator[Seen]:
    """Lines right behind an element of their own, in what is around both: `<h3>…</h3> by Ana Bell / May 3, 2024`."""
    opens = credit_words(context.language).pattern("by")
    for element in nodes:
        if page.order[element] >= region.text:
            break
        tail = " ".join((element.tail or "").split())
        holder = element.getparent()
        if not 4 < len(tail) <= BRIEF or element.tag not in _BLOCKS or not opens.match(flat(tail)):
            continue
        if holder in taken or region.inside(holder) is not None or read("byline", tail, context).empty:
            continue
        whole = page.text(holder)
        at = whole.find(tail, whole.find(page.text(element)))
        if at >= 0:
            yield Seen("byline/line", "byline", plain_line(page, holder, (at, at + len(tail))), 0.7)


def _line(page: Page, holder: Element, context: Context) -> Seen:
    """An unmarked line; one that ends in a picture's words or is about another page counts for nothing."""
    line = read_line(page, holder)
    words = credit_words(context.language)
    if line.text.casefold().rstrip(" )").endswith(tuple(words.of("photo_word") | words.of("holder_suffix"))):
        return Seen("byline/line", "byline", line, 0.0, refused="a picture's credit")
    others = [a for a in holder.iter("a") if len(page.text(a).split()) > 6 and not leads_to_author(a.get("href") or "")]
    if others and holder.tag != "a":
        return Seen("byline/line", "byline", line, 0.0, refused="beside a link to another page")
    return Seen("byline/line", "byline", line, 0.7)


def _is_author_link(page: Page, element: Element, own: str) -> bool:
    """A text in a link to somebody's own page on the site, initials in place of a portrait apart."""
    link = next((n for n in (element, element.getparent()) if n is not None and n.tag == "a"), None)
    if link is None or not leads_to_author(link.get("href") or ""):
        return False
    around = [a for a in islice(link.iterancestors(), 3) if is_small(a)]
    return not any(is_monogram(own, page.text(a).partition(own)[2]) for a in around)


def _speaks(own: str, opens: object, names: frozenset[str], context: Context) -> bool:
    """True where a text opens like a byline, is an agency's name, or holds a name that the page's data know."""
    own = flat(own)
    if opens.match(own):  # type: ignore[attr-defined]
        return True
    if len(own) <= 40 and credit_words(context.language).pattern("byline_suffix").match(own):
        return True
    if len(own) <= 60 and any(c.isdigit() for c in own) and opens.match(own.rpartition(" ")[2]):  # type: ignore[attr-defined]
        return True
    if len(own) <= 60 and ("：" in own or ":" in own) and _labels_source(own, context):
        return True
    if len(own) <= 60 and _opens_with_agency(own, context):
        return True
    key = folded(own)
    return len(own) <= 140 and any(n in key for n in names)


def _dated_label(page: Page, element: Element, own: str, context: Context) -> bool:
    """A line that opens with its date and holds a word of authorship later: `发表于 2024-05-05 | 来源 … | 作者 …`."""
    known = credit_words(context.language)
    if len(own) > _STAMPED or not known.of("author_late") or not known.pattern("updated").match(own):
        return False
    return is_small(element) and bool(known.pattern("author_late").search(flat(page.text(element)[:LONGEST])))


def _labels_source(own: str, context: Context) -> bool:
    """`来源：…`, alone or behind a date: the name may stand in an element of its own."""
    plain = flat(own)
    labels = credit_words(context.language).pattern("source", "origin")
    found = labels.search(plain)
    return (
        found is not None and found.group().endswith(":") and not plain[: found.start()].strip("0123456789 -:./年月日|")
    )


def _opens_with_agency(own: str, context: Context) -> bool:
    """`AFP`, `AFP, MANILA`, `dpa | 12.3.` - but no ordinary word that is some agency's name as well."""
    first = _FIRST.split(own.strip(" ()/|·,"), 1)[0]
    known = agencies().lookup_id(first, country=context.country, language=context.language)
    return known is not None and (not is_word(first) or _is_long_wire(known, first, own))


def _is_long_wire(agency: str, first: str, own: str) -> bool:
    """A wire service whose name is somebody's as well, alone in its element: Bloomberg, but no Beta."""
    return len(first) >= _LONG_NAME and first == own.strip(" ()/|·,") and "wire" in agencies().kinds(agency)


def _holder(page: Page, element: Element) -> Element | None:
    """The widest short element around a text: names, connectors and agencies of one line are often siblings."""
    best = element if is_small(element) and len(page.text(element)) <= LONGEST else None
    node = element.getparent()
    for _ in range(3):
        if node is None or node.tag in ("body", "main", "article", "header", "html"):
            break
        if page.story.headline is not None and any(a is node for a in page.story.headline.iterancestors()):
            break
        if not is_small(node) or len(page.text(node)) > 160:
            break
        best, node = node, node.getparent()
    return best
