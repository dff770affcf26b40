"""When the article was published, and when it was changed.

Metadata of the article first, then the times and printed dates that stand by its headline, then its address. A time
without an offset is no instant: its day is kept, unless another place of the page shows the same clock with an offset.
An archive's own times, a saver's clip time and the times of teasers and comments are never the article's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from provenance.dates import Moment, read_machine
from provenance.jsonld import types_of
from provenance.model import Candidate, Context, Match
from provenance.page import Element, Page
from provenance.printed_dates import LONGEST, find_dates
from provenance.rules.address import address_candidates
from provenance.rules.finders import Finder, Rule, itemprop, jsonld, meta, stated, values_at
from provenance.rules.once import once_per_page
from provenance.rules.policy import Policy
from provenance.rules.words import words
from provenance.text import SILENT


def of_the_page(name: str) -> Finder:
    """A property of JSON-LD nodes that describe the page as such."""

    def find(page: Page) -> Iterator[Match]:
        for block in page.jsonld:
            for pointer, node in block.nodes:
                if pointer.count("/") <= 2 and name in node and types_of(node) & _PAGE_TYPES:
                    yield from values_at(block, pointer, node, [name])

    return find


_PAGE_TYPES = frozenset(
    {"WebPage", "ItemPage", "FAQPage", "CollectionPage", "ClaimReview", "HowTo", "Course", "Webpage"}
)


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
TIME_ELEMENT, PRINTED, FOOT, ADDRESS_DATE = 0.56, 0.50, 0.34, 0.36
INSTANT, LOOSE = 0.08, 0.03
"""What a reading gains when it states time and offset, and loses when the order of day and month was a guess."""
_BEFORE, _AFTER, _MOST = 90, 60, 500
"""How many elements before the headline and after the first paragraph are looked at, and how many in all."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A date found in the page: the rule, the evidence, what it means, and whether it speaks of a change."""

    rule: str
    weight: float
    match: Match
    moment: Moment
    modified: bool = False


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
def _windows(page: Page) -> tuple[tuple[Element, ...], tuple[Element, ...]]:
    """Elements around the headline and the first paragraph, where an article's date stands, and those at its foot."""
    story, order, nodes = page.story, page.order, page.nodes
    if not story.blocks:
        return tuple(nodes[:_MOST]), ()
    first, last = order[story.blocks[0].element], order[story.blocks[-1].element]
    head = min(order[story.headline] if story.headline is not None else first, first)
    start, end = max(0, head - _BEFORE, first - _MOST), min(len(nodes), first + _AFTER)
    return tuple(nodes[start:end]), tuple(nodes[max(end, last) : last + _AFTER])


def time_elements(page: Page) -> Iterator[tuple[Element, Match]]:
    """<time> and <abbr> with a machine form, by the headline, or marked as the publication's anywhere."""
    near = set(_windows(page)[0])
    for element in (*page.tags.get("time", ()), *page.tags.get("abbr", ())):
        name = "datetime" if element.tag == "time" else "title"
        if element.get(name) and (element in near or element.get("pubdate") is not None) and not _foreign(element):
            match = page.attribute(element, name)
            if match:
                yield element, match


def _foreign(element: Element) -> bool:
    """True inside comments, teasers and other parts that have dates of their own."""
    for _ in range(6):
        if element is None or element.tag in ("article", "main", "body"):
            return False
        if element.tag in ("aside", "footer", "nav"):
            return True
        marks = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if marks.strip() and any(word in marks for word in words("other_date_token")):
            return True
        element = element.getparent()
    return False


def _displayed(page: Page, context: Context) -> Iterator[Seen]:
    for element, match in time_elements(page):
        moment = read_machine(match.text)
        if moment:
            modified = _says_updated(element, page)
            yield Seen(_id("time", modified), TIME_ELEMENT, match, moment, modified)
    head, foot = _windows(page)
    yield from _printed(head, page, context, PRINTED, "printed")
    yield from _printed(foot, page, context, FOOT, "foot")


def _printed(elements: Iterable[Element], page: Page, context: Context, weight: float, name: str) -> Iterator[Seen]:
    done: set[Element] = set()
    for element in elements:
        for owner, text in ((element, element.text), (element.getparent(), element.tail)):
            if text and owner is not None and owner not in done and _HINT.search(text) and owner.tag not in SILENT:
                done.add(owner)
                yield from _printed_in(owner, page, context, weight, name)


def _printed_in(element: Element, page: Page, context: Context, weight: float, name: str) -> Iterator[Seen]:
    text = page.text(element)
    if not 6 <= len(text) <= LONGEST or _foreign(element):
        return
    found = list(find_dates(text, context.language, context.country))
    if not found or (len(text) >= _LINE and 2 * sum(p.span[1] - p.span[0] for p in found) < len(text)):
        return
    for printed in found:
        match = page.match(element, printed.span)
        if match:
            before = text[max(0, printed.span[0] - 32) : printed.span[0]]
            modified = _label(before) == "updated" if before.strip(_SPACES) else _says_updated(element, page)
            yield Seen(_id(name, modified), weight, match, printed.moment, modified)


_HINT = re.compile(r"\d{4}|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2}|[年년]")
"""What every printed date has: a year of four digits, or three numbers."""
_SPACES, _LINE = " \u00a0|:,.-–—•·/(", 90


def _label(before: str) -> str | None:
    """The last label word before a date: `published` or `updated`."""
    text = before.casefold()
    last = {kind: max((text.rfind(word) for word in words(kind)), default=-1) for kind in ("published", "updated")}
    if max(last.values()) < 0:
        return None
    return max(last, key=lambda kind: last[kind])


def _says_updated(element: Element, page: Page) -> bool:
    marks = " ".join(str(element.get(name) or "") for name in ("class", "itemprop", "id", "property")).lower()
    if "publish" in marks or "pubdate" in marks or "created" in marks:
        return False
    if "modif" in marks or "update" in marks:
        return True
    previous = element.getprevious()
    before = (previous.tail or "") or page.text(previous) if previous is not None else ""
    parent = element.getparent()
    if not before.strip() and parent is not None:
        before = parent.text or ""
    return len(before) < 60 and _label(before[-40:]) == "updated"


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
    for item in seen:
        yield _candidate(item, seen, page)


def _candidate(item: Seen, seen: list[Seen], page: Page) -> Candidate:
    moment, steps = item.moment, []
    if moment.time and not moment.offset:
        steps.append(f"no-offset:{moment.time}")
    weight = item.weight + (INSTANT if moment.instant else 0.0) - (LOOSE if moment.guessed else 0.0)
    if moment.offset in ("Z", "+00:00") and any(_same_clock_elsewhere(moment, other.moment) for other in seen):
        weight -= 2 * INSTANT
        steps.append("clock-of-another-zone")
    if moment.text() != item.match.text:
        steps.append("date")
    return Candidate(
        "dateModified" if item.modified else "datePublished",
        item.rule,
        item.match,
        moment.text(),
        round(weight, 3),
        tuple(steps),
        _why_not(moment, page),
        moment.guessed,
    )


def _same_clock_elsewhere(moment: Moment, other: Moment) -> bool:
    """UTC that shows the clock of another zone is a local time with a wrong mark."""
    return moment.wall == other.wall and other.offset not in (None, "Z", "+00:00")


def _why_not(moment: Moment, page: Page) -> str | None:
    captured = read_machine(page.capture.captured or "")
    if captured and (moment.day - captured.day).days > 1:
        return f"later than the capture, {captured.date}"
    return None


def _day_key(value: object) -> str:
    return str(value)[:10]


POLICIES = {
    "datePublished": Policy(key=_day_key, heard=0.5),
    "dateModified": Policy(key=_day_key, heard=0.9),
}
