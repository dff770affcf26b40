"""When the article was published, and when it was changed.

Metadata of the article first, then the times and printed dates that stand by its headline, then its address. A time
without an offset is no instant: its day is kept, unless another place of the page shows the same clock with an offset.
An archive's own times, a saver's clip time and the times of teasers and comments are never the article's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from provenance.dates import Moment, by_clock_of, read_machine, same_clock
from provenance.jsonld import types_of
from provenance.model import Candidate, Context, Match
from provenance.page import Element, Page
from provenance.printed_dates import find_dates
from provenance.rules.address import address_candidates
from provenance.rules.finders import Finder, Rule, itemprop, jsonld, meta, stated, values_at
from provenance.rules.once import once_per_page
from provenance.rules.places import first_paragraph, headline_place, last_paragraph
from provenance.rules.policy import Policy
from provenance.rules.words import in_marks, words
from provenance.text import SILENT

_PUBLISHED_NAMES = (
    "datepublished article:published article.published article:published_date article:publish_time article:post_date "
    "pubdate publishdate publish-date publish_date pub_date publication_date publication-date published_time "
    "published-date date.published dc.date.published parsely-pub-date sailthru.date cxenseparse:recs:publishtime "
    "originalpublicationdate article_date_original rnews:datepublished citation_publication_date citation_date "
    "dc.date.issued dcterms.issued dc.date dcterms.date dc.date.created dcterms.created date creation_date "
    "date-creation-yyyymmdd article.created shareaholic:article_published_time bt:pubdate displaydate ptime "
    "prism.publicationdate eomportal-pubdate last-published release_date og:release_date vr:published_time "
    "iso-8601-publish-date og:pubdate live:published_time og:article:publish_time"
).split()
"""Names under which CMSs and services put the date of publication into <meta>."""


def of_the_page(name: str) -> Finder:
    """A property of JSON-LD nodes that describe the page as such."""

    def find(page: Page) -> Iterator[Match]:
        for block in page.jsonld:
            for pointer, node in block.nodes:
                if name in node and pointer.count("/") <= 2 and types_of(node) & _PAGE_TYPES:
                    yield from values_at(block, pointer, node, [name])

    return find


def named_like(pattern: str) -> Finder:
    """Contents of <meta> elements with a name of the site's own making that fits a pattern."""
    compiled, known = re.compile(pattern), frozenset((*_PUBLISHED_NAMES, "article:published_time"))

    def find(page: Page) -> Iterator[Match]:
        for name in page.metas:
            if name not in known and compiled.match(name):
                yield from page.meta(name)

    return find


_PAGE_TYPES = frozenset(
    {"WebPage", "ItemPage", "FAQPage", "CollectionPage", "ClaimReview", "HowTo", "Course", "Webpage"}
)


PUBLISHED: tuple[Rule, ...] = (
    Rule("published/stated", 0.93, stated("datePublished")),
    Rule("published/front-matter", 0.90, meta("front:published", "front:date", "front:publish_date", "front:pubdate")),
    Rule("published/jsonld", 0.80, jsonld("datePublished")),
    Rule("published/meta", 0.78, meta("article:published_time", "og:article:published_time", "og:published_time")),
    Rule("published/microdata", 0.72, itemprop("datePublished", "datetime", "content", "title")),
    Rule(
        "published/meta-name",
        0.66,
        meta(*_PUBLISHED_NAMES),
    ),
    Rule("published/meta-like", 0.55, named_like(r"^(?!.*(?:modif|updat|publisher)).*publish")),
    Rule("published/jsonld-page", 0.62, of_the_page("datePublished")),
    Rule("published/jsonld-created", 0.40, jsonld("dateCreated", "uploadDate")),
)
MODIFIED: tuple[Rule, ...] = (
    Rule("modified/stated", 0.93, stated("dateModified")),
    Rule("modified/front-matter", 0.88, meta("front:modified", "front:updated", "front:last_modified")),
    Rule("modified/jsonld", 0.80, jsonld("dateModified")),
    Rule("modified/jsonld-page", 0.62, of_the_page("dateModified")),
    Rule("modified/meta", 0.78, meta("article:modified_time", "og:article:modified_time", "og:modified_time")),
    Rule("modified/microdata", 0.72, itemprop("dateModified", "datetime", "content", "title")),
    Rule(
        "modified/meta-name",
        0.60,
        meta("og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "last-modified", "lastmod"),
    ),
)
TIME_ELEMENT, PRINTED, FOOT, ADDRESS_DATE, ALONE = 0.56, 0.50, 0.34, 0.36, 0.3
INSTANT, LOOSE, STAMPED = 0.08, 0.03, 0.4
"""What a reading gains when it states time and offset, and loses when the order of day and month was a
guess, or when a CMS stamps every change as a publication."""
_BEFORE, _AFTER, _MOST = 60, 50, 400
"""How many elements before the headline and after the first paragraph are looked at, and how many in all."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A date found in the page: the rule, the evidence, what it means, whether it speaks of a change, and
    whether it is displayed close to the headline."""

    rule: str
    weight: float
    match: Match
    moment: Moment
    modified: bool = False
    close: bool = False


# --- metadata ------------------------------------------------------------------------------------------------------


def _stated(rules: Iterable[Rule], page: Page, context: Context, modified: bool) -> Iterator[Seen | Candidate]:
    field = "dateModified" if modified else "datePublished"
    for rule in rules:
        for match in rule.find(page):
            moment = read_machine(match.text)
            if moment is None:
                printed = next(iter(find_dates(match.text, context.language, context.country)), None)
                moment = printed.moment if printed else None
            if moment is None:
                yield Candidate(field, rule.id, match, None, rule.weight, refused="not a date")
            else:
                yield Seen(rule.id, rule.weight, match, moment, modified)


# --- the page as displayed -----------------------------------------------------------------------------------------


@once_per_page
def windows(page: Page) -> tuple[tuple[Element, ...], tuple[Element, ...]]:
    """Elements around the headline and the first paragraph, where an article's date stands, and those at its foot."""
    nodes, first, last, head = page.nodes, first_paragraph(page), last_paragraph(page), headline_place(page)
    if first is None or last is None or head is None:
        return tuple(nodes[:_MOST]), ()
    start, end = max(0, head - _BEFORE, first - _MOST), min(len(nodes), first + _AFTER)
    return tuple(nodes[start:end]), tuple(nodes[max(end, last) : last + _AFTER])


def time_elements(page: Page) -> Iterator[tuple[Element, Match]]:
    """<time> and <abbr> with a machine form, by the headline, or marked as the publication's anywhere."""
    near = set(windows(page)[0])
    for element in (*page.tags.get("time", ()), *page.tags.get("abbr", ())):
        name = "datetime" if element.tag == "time" else "title"
        if (
            element.get(name)
            and (element in near or element.get("pubdate") is not None)
            and not _foreign(element, page)
        ):
            match = page.attribute(element, name)
            if match:
                yield element, match


def _foreign(element: Element, page: Page) -> bool:
    """True inside comments, teasers and other parts that have dates of their own, short of what holds the article."""
    own = _own_boxes(page)
    for _ in range(6):
        if element is None or element in own:
            return False
        if element.tag in ("aside", "footer", "nav"):
            return True
        marks = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if marks != " " and in_marks("other_date_token").search(marks):
            return True
        element = element.getparent()
    return False


@once_per_page
def _own_boxes(page: Page) -> frozenset[Element]:
    """The boxes around the headline and around the first paragraph."""
    story = page.story
    inner = [e for e in (story.headline, story.blocks[0].element if story.blocks else None) if e is not None]
    return frozenset(box for element in inner for box in element.iterancestors())


def _displayed(page: Page, context: Context) -> Iterator[Seen]:
    for element, match in time_elements(page):
        moment = read_machine(match.text)
        if moment:
            modified = _says_updated(element, page)
            weight = TIME_ELEMENT + _standing(element, page)
            yield Seen(_id("time", modified), weight, match, moment, modified, _away(element, page) <= _CLOSE)
    head, foot = windows(page)
    yield from _printed(head, page, context, PRINTED, "printed")
    yield from _printed(foot, page, context, FOOT, "foot")


def _alone(page: Page, context: Context) -> Iterator[Seen]:
    """The only day by the headline, though class names there speak of a teaser: headers are often named so."""
    first = first_paragraph(page) or 0
    near = [e for e in windows(page)[0] if page.order[e] <= first and _away(e, page) <= _FAR]
    found = [s for s in _printed(near, page, context, ALONE, "printed", foreign=True) if not s.modified]
    if len({item.moment.day for item in found}) == 1:
        yield from found


def _printed(
    elements: Iterable[Element], page: Page, context: Context, weight: float, name: str, foreign: bool = False
) -> Iterator[Seen]:
    done: set[Element] = set()
    for element in elements:
        for own, text in ((True, element.text), (False, element.tail)):
            if text and hints(text):
                owner = element if own else element.getparent()
                if owner is not None and owner not in done and owner.tag not in SILENT:
                    done.add(owner)
                    if foreign or not _foreign(owner, page):
                        yield from _printed_in(owner, page, context, weight, name)


def hints(text: str) -> bool:
    """A quick look at a text: most are white space, prose or words without any digit."""
    return 3 < len(text) <= _LONG_LINE and _DIGIT.search(text) is not None and _HINT.search(text) is not None


def _printed_in(element: Element, page: Page, context: Context, weight: float, name: str) -> Iterator[Seen]:
    text = page.text(element)
    if not 6 <= len(text) <= _LONG_LINE:
        return
    found = list(find_dates(text, context.language, context.country))
    if not found or (len(text) >= _LINE and 2 * sum(p.span[1] - p.span[0] for p in found) < len(text)):
        return
    for printed in found:
        match = page.match(element, printed.span)
        if match:
            before = text[max(0, printed.span[0] - 32) : printed.span[0]]
            modified = _label(before) == "updated" if before.strip(_SPACES) else _says_updated(element, page)
            worth, close = weight + _standing(element, page), _away(element, page) <= _CLOSE
            yield Seen(_id(name, modified), worth, match, printed.moment, modified, close)


def _standing(element: Element, page: Page) -> float:
    """What the place of a date says for it: between headline and text, or far from both, and marked as a date."""
    away = _away(element, page)
    parent = element.getparent()
    marks = f"{element.get('class') or ''} {parent.get('class') or '' if parent is not None else ''}".lower()
    marked = element.tag == "time" or in_marks("date_token").search(marks) is not None
    return (0.05 if away <= _CLOSE else -0.03 if away <= _FAR else -0.12) + (0.04 if marked else 0.0)


def _away(element: Element, page: Page) -> int:
    """How many elements lie between a place and the stretch from the headline to the first paragraph."""
    first, head, at = first_paragraph(page) or 0, headline_place(page) or 0, page.order[element]
    return max(0, head - at, at - first)


_CLOSE, _FAR = 10, 40
_DIGIT = re.compile(r"[\d年년]")
_HINT = re.compile(r"\d{4}|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2}|[年년]")
"""What every printed date has: a year of four digits, or three numbers."""
_SPACES, _LINE, _LONG_LINE = " \u00a0|:,.-–—•·/(", 90, 200


def _label(before: str) -> str | None:
    """The last label word before a date: `published` or `updated`."""
    text = before.casefold()
    last = {kind: max((text.rfind(word) for word in words(kind)), default=-1) for kind in ("published", "updated")}
    if max(last.values()) < 0:
        return None
    return max(last, key=lambda kind: last[kind])


def _says_updated(element: Element, page: Page) -> bool:
    for box in (element, element.getparent()):
        marks = " ".join(str(box.get(name) or "") for name in _MARKS).lower() if box is not None else ""
        if "publish" in marks or "pubdate" in marks or "created" in marks:
            return False
        if "modif" in marks or "update" in marks:
            return True
    text, box = page.text(element), element.getparent()
    for _ in range(2):
        if box is None or box.tag in ("body", "article", "main"):
            return False
        around = page.text(box)
        before = around[: around.find(text)] if text else around
        if len(around) > _LINE + len(text):
            return False
        if before.strip(_SPACES):
            return _label(before[-40:]) == "updated"
        box = box.getparent()
    return False


_MARKS = ("class", "itemprop", "id", "property")


def _id(name: str, modified: bool) -> str:
    return f"modified/{name}" if modified else f"published/{name}"


# --- the address ---------------------------------------------------------------------------------------------------

_IN_PATH = re.compile(
    r"/(?P<year>(?:19|20)\d{2})[/-]?(?P<month>\d{2}|[a-z]{3})[/-]?(?P<day>\d{2})(?=[/_.-]|$)|"
    r"[/_-](?P<y>(?:19|20)\d{2})-?(?P<m>\d{2})-?(?P<d>\d{2})(?=[/_.-]|$)"
)


def _in_address(page: Page) -> Iterator[Seen]:
    candidate = next((c for c in address_candidates(page) if c.refused is None), None)
    if candidate is None:
        return
    text = candidate.match.text
    for found in _IN_PATH.finditer(text.lower()):
        parts = [found.group(n) or found.group(n[0]) for n in ("year", "month", "day")]
        moment = read_machine("-".join(parts)) or read_machine(f"{parts[2]} {parts[1]} {parts[0]}")
        if moment:
            start = candidate.match.span[0] if candidate.match.span else 0
            span = (start + found.start() + 1, start + found.end())
            match = replace(candidate.match, text=text[found.start() + 1 : found.end()], span=span)
            yield Seen("published/address", ADDRESS_DATE, match, moment)
            return


# --- candidates ----------------------------------------------------------------------------------------------------


def collect(page: Page, context: Context) -> Iterator[Candidate]:
    """Candidates for `datePublished` and `dateModified`."""
    seen: list[Seen] = []
    for item in (*_stated(PUBLISHED, page, context, False), *_stated(MODIFIED, page, context, True)):
        if isinstance(item, Seen):
            seen.append(item)
        else:
            yield item
    seen.extend(_displayed(page, context))
    seen.extend(_in_address(page))
    if not any(not item.modified and item.rule != "published/foot" for item in seen):
        seen.extend(_alone(page, context))
    seen.extend([*_by_same_clock(seen), *_by_two_clocks(seen), *_by_displayed_day(seen)])
    stamped = _stamped(seen)
    for item in seen:
        yield _candidate(item, seen, page, stamped)
    if not any(not item.modified for item in seen):
        yield from _only_change(seen, page)
    else:
        yield from _earlier_change(seen, page)


def _by_two_clocks(seen: list[Seen]) -> Iterator[Seen]:
    """UTC falls on another day than the publisher's own clock, which the page shows too: then by that clock."""
    for item in seen:
        if item.modified or item.moment.offset not in _UTC:
            continue
        for other in seen:
            local = by_clock_of(item.moment, other.moment) if not other.modified else None
            if local and local.day != item.moment.day:
                weight = item.weight + INSTANT
                yield replace(item, rule="published/two-clocks", moment=local, weight=weight)
                return


def _by_displayed_day(seen: list[Seen]) -> Iterator[Seen]:
    """UTC falls on the day before or after the one day that the page displays: then by the displayed day."""
    shown = {item.moment.day: item for item in seen if item.close and item.match.kind == "visible"}
    if len(shown) != 1 or any(item.modified or item.moment.guessed for item in shown.values()):
        return
    ((day, printed),) = shown.items()
    stated = [item for item in seen if not item.modified and item.match.kind == "metadata" and item.weight > PRINTED]
    if stated and all(_next_day_somewhere(item.moment, day) for item in stated):
        weight = max(item.weight for item in stated) + 2 * INSTANT
        yield replace(printed, rule="published/two-clocks", moment=Moment(day), weight=weight)


def _next_day_somewhere(moment: Moment, day: date) -> bool:
    """True when a UTC time falls on that other day by the clocks of some place: they go from -12 to +14 hours."""
    if moment.offset not in _UTC or not moment.time or moment.time.startswith("00:00"):
        return False
    return (day - moment.day).days == (1 if moment.time >= "10:00" else -1 if moment.time < "12:00" else 0)


def _by_same_clock(seen: list[Seen]) -> Iterator[Seen]:
    """A time without an offset, told with one at another place of the page: that place then counts as much."""
    for item in seen:
        if item.moment.time and not item.moment.offset:
            for other in seen:
                if other.moment.offset and same_clock(item.moment, other.moment) and other.weight < item.weight:
                    yield replace(item, rule=other.rule, match=other.match, moment=other.moment)
                    break


def _stamped(seen: list[Seen]) -> frozenset[Moment]:
    """Moments in metadata that some CMS stamps on every change: publication and change on one day, while the page
    displays an earlier day without calling it a change."""
    metadata = [item for item in seen if item.match.kind == "metadata"]
    changes = [item.moment.day for item in metadata if item.modified]
    shown = [item.moment.day for item in seen if item.close and not item.modified]
    published = [item.moment for item in metadata if not item.modified and item.weight > PRINTED]
    if not changes or not shown or any(m.day in shown for m in published):
        return frozenset()
    late = [m for m in published if m.day >= min(changes) and (m.day - min(shown)).days > (1 if m.instant else 0)]
    return frozenset(late) if len(late) == len(published) else frozenset()


def _only_change(seen: list[Seen], page: Page) -> Iterator[Candidate]:
    """Citation practice takes the last change where a page states no other date; here it is marked as inferred."""
    for item in seen:
        found = _candidate(item, seen, page, frozenset())
        steps = (*found.steps, "only-date:last-change")
        yield replace(
            found, field="datePublished", rule="published/last-change", weight=0.1, steps=steps, inferred=True
        )


def _earlier_change(seen: list[Seen], page: Page) -> Iterator[Candidate]:
    """Nothing changes before it is published: where the page displays a change that is earlier than all that its
    metadata call the publication, these were stamped later, and the displayed day is the best that is known."""
    stated = [item for item in seen if not item.modified]
    shown = [item for item in seen if item.modified and item.close and item.match.kind == "visible"]
    if not shown or any(item.match.kind != "metadata" for item in stated):
        return
    day = min(item.moment.day for item in shown)
    if all((item.moment.day - day).days > (1 if item.moment.instant else 0) for item in stated):
        for item in shown:
            found, weight = _candidate(item, seen, page, frozenset()), max(i.weight for i in stated) + INSTANT
            steps = (*found.steps, "changed-before-stated")
            yield replace(
                found, field="datePublished", rule="published/last-change", weight=weight, steps=steps, inferred=True
            )


_UTC = ("Z", "+00:00")


def _candidate(item: Seen, seen: list[Seen], page: Page, stamped: frozenset[Moment]) -> Candidate:
    moment, steps = item.moment, []
    if moment.time and not moment.offset:
        steps.append(f"no-offset:{moment.time}")
    weight = item.weight + (INSTANT if moment.instant else 0.0) - (LOOSE if moment.guessed else 0.0)
    if moment.offset in _UTC and any(_same_clock_elsewhere(moment, other.moment) for other in seen):
        weight -= 2 * INSTANT
        steps.append("clock-of-another-zone")
    if not item.modified and item.match.kind == "metadata" and moment in stamped:
        weight -= STAMPED
        steps.append("stamped-on-change")
    if moment.text() != item.match.text:
        steps.append("date")
    return Candidate(
        "dateModified" if item.modified else "datePublished",
        item.rule,
        item.match,
        moment.text(),
        round(max(0.02, weight), 3),
        tuple(steps),
        _why_not(moment, page),
        moment.guessed,
    )


def _same_clock_elsewhere(moment: Moment, other: Moment) -> bool:
    """UTC that shows the clock of another zone is a local time with a wrong mark."""
    return moment.wall == other.wall and other.offset not in (None, *_UTC)


def _why_not(moment: Moment, page: Page) -> str | None:
    captured = read_machine(page.capture.captured or "")
    if captured and (moment.day - captured.day).days > 1:
        return f"later than the capture, {captured.date}"
    taken, told = captured.instant if captured else None, moment.instant
    if taken and told and abs((taken - told).total_seconds()) < _MINUTE:
        return "the moment of capture"
    return None


_MINUTE = 60


def _day_key(value: object) -> str:
    return str(value)[:10]


POLICIES = {
    "datePublished": Policy(key=_day_key, support=0.25, heard=0.5, voice=0.5),
    "dateModified": Policy(key=_day_key, heard=0.9),
}
