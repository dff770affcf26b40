"""Credits that a reader sees: lines of the byline's region, sign-offs at the foot, datelines at the start.

Each finder yields lines to be read by the grammar; none of them decides who is credited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from provenance.credits.authorities import agencies
from provenance.credits.clinging import is_role_word
from provenance.credits.hints import may_credit
from provenance.credits.names import is_person
from provenance.credits.words import words as credit_words
from provenance.model import Context
from provenance.page import Element, Page
from provenance.rules.bylines.grammar import Grammar, is_word, read
from provenance.rules.bylines.lines import Line, is_monogram, plain_line, read_line
from provenance.rules.bylines.places import (
    LONGEST,
    Place,
    Region,
    is_small,
    leads_to_author,
    marked_places,
    marks_person,
)
from provenance.rules.policy import folded
from provenance.text import SILENT

_FIRST = re.compile(r"\s*[,/|(–•·]\s*")
_MOST_LINES = 40
_NOTES = frozenset(
    {"p", "em", "i", "b", "strong", "small", "div", "span", "section", "cite", "center", "font", "aside"}
)
_CONTROLS = SILENT | {"button", "label", "option", "nav", "time", "figcaption"}
_PICTURES = frozenset({"img", "picture", "video", "source", "amp-img"})
_NEAR, _LATE, _BRIEF = 12, 7, 120
_PICTURED = frozenset({"image", "img", "picture", "photo", "photos", "figure", "figcaption", "video", "caption"})
_HEAD_NODES, _HEAD_NOTES = 260, 150
_SHORT = 320
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A line that may credit the text, the grammar it is read by, and why it is doubtful, if it is."""

    rule: str
    grammar: Grammar
    line: Line
    weight: float
    doubt: str | None = None
    refused: str | None = None


def head_lines(page: Page, context: Context, region: Region, names: frozenset[str]) -> Iterator[Seen]:
    """Marked places of the whole page, then unmarked lines of the head; `names` are folded names that data state."""
    taken: set[Element] = set()
    for count, place in enumerate(marked_places(page, region)):
        if count > _MOST_LINES:
            break
        seen = _marked(page, context, place, names)
        if seen:
            taken.add(place.element)
            yield seen
    yield from _unmarked(page, context, region, names, taken)
    yield from _dated(page, context, region, taken)
    yield from _in_headline(page, context)


def _dated(page: Page, context: Context, region: Region, taken: set[Element]) -> Iterator[Seen]:
    """A person's name alone beside a date, between headline and text: a byline that no word and no mark announces."""
    start = page.order.get(page.story.headline, region.head[0]) if page.story.headline is not None else region.head[0]
    nodes = page.nodes[start + 1 : min(region.text, start + _HEAD_NODES)]
    for element in _outside(nodes, taken):
        own = _own_text(element)
        if element.tag in _CONTROLS or not 4 < len(own) <= 60 or not is_person(own, context.language):
            continue
        if any(agencies().lookup_id(word) for word in own.split()) or _is_title(page, element, own):
            continue
        if _beside_date(page, element) and region.inside(element) is None and not _credits_picture(page, element):
            yield Seen("byline/doubtful", "byline", read_line(page, element), 0.45, "a name beside the date")


def _is_title(page: Page, element: Element, own: str) -> bool:
    """A kicker or subhead rather than a name: in a heading, or words that the text writes small as well."""
    if any(e.tag in _HEADINGS or e is page.story.headline for e in (element, *islice(element.iterancestors(), 3))):
        return True
    written = frozenset(w for b in page.story.blocks[:20] for w in b.text.split())
    return all(word.lower() in written for word in own.split())


def _credits_picture(page: Page, element: Element) -> bool:
    """A picture shares the element's parent, and no date does: a picture's credit rather than a portrait's name."""
    parent = element.getparent()
    pictured = parent is not None and any(e.tag in _PICTURES for e in parent.iter())
    return pictured and parent.find(".//time") is None and not _YEAR.search(page.text(parent))


def _beside_date(page: Page, element: Element) -> bool:
    """A time element or a year stands in the element or in a small one around it."""
    node = element
    for _ in range(4):
        if node is None or not is_small(node) or len(page.text(node)) > 160:
            return False
        if node.find(".//time") is not None or _YEAR.search(page.text(node)):
            return True
        node = node.getparent()
    return False


def _in_headline(page: Page, context: Context) -> Iterator[Seen]:
    """An element within the headline that holds a job and a name, or opens like a byline."""
    headline = page.story.headline
    opens = credit_words(context.language).pattern("by")
    for element in headline.iterdescendants() if headline is not None else ():
        own = " ".join((element.text or "").split()) if isinstance(element.tag, str) else ""
        if not 2 < len(own) <= 60 or len(page.text(headline)) < 2 * len(own):
            continue
        first = own.split(" ", 1)[0]
        if opens.match(own) or (" " in own and is_role_word(first, credit_words(context.language))):
            yield Seen("byline/line", "byline", plain_line(page, element), 0.7)


def _marked(page: Page, context: Context, place: Place, names: frozenset[str]) -> Seen | None:
    line = read_line(page, place.element)
    known = any(n in folded(line.text) for n in names) if names else place.strong and place.zone == "body"
    if place.zone == "foot" and not known and place.strong and not place.refused and not place.doubt:
        if (
            page.order[place.element] <= page.story.end + _NEAR
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
    weight = 0.45 if place.zone == "head" and place.inside not in _PICTURED else 0.4
    return (
        Seen("byline/doubtful", "byline", line, weight, doubt) if doubt else Seen("byline/visible", "byline", line, 0.9)
    )


def _unmarked(
    page: Page, context: Context, region: Region, names: frozenset[str], taken: set[Element]
) -> Iterator[Seen]:
    opens = credit_words(context.language).pattern("by")
    start = page.order.get(page.story.headline, region.head[0]) if page.story.headline is not None else region.head[0]
    nodes = page.nodes[start + 1 : min(region.head[1] + 1, start + _HEAD_NODES)]
    taken.update((*(b.element for b in page.story.blocks if len(b.text) > _BRIEF), page.story.headline))
    for element in _outside(nodes, taken):
        if element.tag in _CONTROLS:
            continue
        own = _own_text(element)
        if not own or len(own) > LONGEST:
            continue
        linked = _is_author_link(page, element, own)
        if not linked and not _speaks(own, opens, names, context):
            continue
        holder = _holder(page, element)
        if holder is None or holder in taken:
            continue
        taken.add(holder)
        told = opens.match(own) or credit_words(context.language).pattern("byline_suffix").match(own)
        bare = not linked and not told and not any(n in folded(own) for n in names)
        if region.inside(holder) is None and not (bare and _beside_picture(page, holder)):
            yield _line(page, holder, context)


def _own_text(element: Element) -> str:
    """The text that the element begins with: its own, or what follows an empty child such as an icon."""
    own = " ".join((element.text or "").split())
    first = element[0] if not own and len(element) else None
    if first is None or len(first) or not isinstance(first.tag, str) or (first.text or "").strip():
        return own
    return " ".join((first.tail or "").split())


def _line(page: Page, holder: Element, context: Context) -> Seen:
    """An unmarked line; one that ends in a picture's words or is about another page counts for nothing."""
    line = read_line(page, holder)
    words = credit_words(context.language)
    if line.text.casefold().rstrip(" )").endswith(tuple(words.of("photo_word") | words.of("holder_suffix"))):
        return Seen("byline/line", "byline", line, 0.0, refused="a picture's credit")
    others = [a for a in holder.iter("a") if len(page.text(a).split()) > 4 and not leads_to_author(a.get("href") or "")]
    if others and holder.tag != "a":
        return Seen("byline/line", "byline", line, 0.0, refused="beside a link to another page")
    return Seen("byline/line", "byline", line, 0.7)


def _outside(nodes: list[Element], taken: set[Element]) -> Iterator[Element]:
    """Of a run of nodes those that neither are nor stand in an element taken, or being taken while this runs."""
    inner: set[Element] = set()
    if nodes and any(a in taken for a in nodes[0].iterancestors()):
        inner.add(nodes[0])
    for node in nodes:
        if node in taken or node in inner or (parent := node.getparent()) in taken or parent in inner:
            inner.add(node)
        else:
            yield node


def _is_author_link(page: Page, element: Element, own: str) -> bool:
    """A text in a link to somebody's own page on the site, initials in place of a portrait apart."""
    link = next((n for n in (element, element.getparent()) if n is not None and n.tag == "a"), None)
    if link is None or not leads_to_author(link.get("href") or ""):
        return False
    around = [a for a in islice(link.iterancestors(), 3) if is_small(a)]
    return not any(is_monogram(own, page.text(a).partition(own)[2]) for a in around)


def _speaks(own: str, opens: object, names: frozenset[str], context: Context) -> bool:
    """True where a text opens like a byline, is an agency's name, or holds a name that the page's data know."""
    if opens.match(own):  # type: ignore[attr-defined]
        return True
    if len(own) <= 40 and credit_words(context.language).pattern("byline_suffix").match(own):
        return True
    if len(own) <= 60 and any(c.isdigit() for c in own) and opens.match(own.rpartition(" ")[2]):  # type: ignore[attr-defined]
        return True
    if len(own) <= 60 and _opens_with_agency(own, context):
        return True
    key = folded(own)
    return len(own) <= 140 and any(n in key for n in names)


def _opens_with_agency(own: str, context: Context) -> bool:
    """`AFP`, `AFP, MANILA`, `dpa | 12.3.` - but no ordinary word that is some agency's name as well."""
    first = _FIRST.split(own.strip(" ()/|·,"), 1)[0]
    known = agencies().lookup_id(first, country=context.country, language=context.language)
    return known is not None and not is_word(first)


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


def foot_lines(page: Page, context: Context, region: Region) -> Iterator[Seen]:
    """Sign-offs: the first and last blocks, notes between headline and text, notes after the text."""
    story = page.story
    known = {b.element for b in story.blocks}
    for block in [b for b, why in story.left if why == "signoff"][:_MOST_LINES]:
        known.add(block.element)
        yield Seen("byline/signoff", "signoff", plain_line(page, block.element, block.span), 0.8)
    for block in [b for b, why in story.left if why == "small-table" and len(b.text) <= _BRIEF][:_MOST_LINES]:
        known.add(block.element)
        yield Seen("byline/signoff", "note", plain_line(page, block.element, block.span), 0.8)
    late = [b for b in story.blocks[-_LATE:] if len(b.text) <= _BRIEF or b in story.blocks[-3:]]
    early = [b for b in story.blocks[:2] if len(b.text) <= _BRIEF]
    for block in dict.fromkeys((*early, *late)):
        grammar: Grammar = "ending" if block in late else "intro"
        yield Seen("byline/signoff", grammar, plain_line(page, block.element), 0.8)
    top = page.order.get(story.headline, region.head[0])
    for element in _notes(page, context, region, page.nodes[top + 1 : region.text][:_HEAD_NOTES], known):
        yield Seen("byline/signoff", "intro", plain_line(page, element), 0.8)
    for element in _notes(page, context, region, page.nodes[region.foot[0] : region.foot[1] + 1], known):
        near = page.order[element] <= story.end + _NEAR or region.inside(element) == "copyright"
        yield Seen("byline/signoff", "note" if near else "intro", plain_line(page, element), 0.8)
    yield from _signatures(page, context, region)


def _notes(
    page: Page, context: Context, region: Region, nodes: list[Element], known: set[Element]
) -> Iterator[Element]:
    """Short elements that are no part of the text and caption no picture, outermost first."""
    for element in _outside(nodes, known):
        if element.tag not in _NOTES or not is_small(element):
            continue
        text = page.text(element)
        if not 2 < len(text) <= _SHORT:
            continue
        known.add(element)
        around = region.inside(element) if may_credit(text, context.language) else "nothing"
        notice = around == "copyright" and len(text) <= _BRIEF and page.order[element] > page.story.end
        if (around is None or notice) and not _beside_picture(page, element):
            yield element


def _beside_picture(page: Page, element: Element) -> bool:
    """True where the element shares a small parent with a picture: then it is its caption or credit."""
    node = element.getparent()
    for _ in range(4):
        if node is None or not is_small(node) or len(page.text(node)) > _SHORT:
            return False
        if any(e.tag in _PICTURES for e in node.iter()):
            return True
        node = node.getparent()
    return False


def _signatures(page: Page, context: Context, region: Region) -> Iterator[Seen]:
    """The article's last lines where they hold a few words only: the writer's name, perhaps."""
    root, opens = page.story.root, credit_words(context.language).pattern("by")
    nodes = page.nodes[max(page.story.end - 4, 0) : page.story.end + 8]
    for element in nodes if root is not None else []:
        if element.tag not in ("p", "div") or not is_small(element):
            continue
        own = _own_text(element)
        alone = 3 < len(page.text(element)) <= 50 and (element.find(".//a") is None or opens.match(own.lstrip(" -–—")))
        if alone and any(a is root for a in element.iterancestors()) and region.inside(element) is None:
            whole = element.find(".//a") is None or not page.text(element).startswith(own)
            line = plain_line(page, element, None if whole else (0, len(own)))
            yield Seen("byline/signed", "signed", line, 0.5)


def dated_lines(page: Page) -> Iterator[Seen]:
    """Starts of the first blocks."""
    short = [b for b in page.story.blocks[:3] if len(b.text) <= 30]
    for block in [*short, *[b for b in page.story.blocks if len(b.text) > 30][:2]]:
        yield Seen("byline/dateline", "dateline", plain_line(page, block.element), 0.8)
