"""The headline as the page displays it, checked against what its metadata call the article.

The first <h1> is often a logo, a kicker or a section, and metadata titles are written for search engines and carry the
site's name. So every heading above the article's text is a candidate, and its worth grows with what it shares with
the metadata titles; these alone win only where the page displays none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from provenance.model import Candidate, Context, Match, NodePlace, Span
from provenance.page import Element, Page
from provenance.printed_dates import find_dates, hints
from provenance.rules.finders import Rule, meta, stated
from provenance.rules.headlines.headings import BY_TAG, apart, headings, in_page_header, parts_of
from provenance.rules.headlines.titles import (
    MAX,
    Title,
    alike,
    house_keys,
    is_site,
    likeness,
    names_site,
    titles,
    without_site,
    words_of,
)
from provenance.rules.once import once_per_page
from provenance.rules.places import first_paragraph
from provenance.rules.policy import Policy, folded
from provenance.rules.publisher import house_of
from provenance.rules.words import is_label, words
from provenance.text import HEADINGS

_HEADINGS = 24
"""How many displayed headings are weighed at most."""
_SOME, _NEAR, _LIKE = 0.2, 90, 0.5
"""What a heading must share with a metadata title, or how near to the text it must stand, to be the headline; and what
it shares that is surely the article's."""
LEAD_BONUS = 0.3
"""More for the heading that stands where a headline stands."""
STATED: tuple[Rule, ...] = (
    Rule("headline/stated", 0.97, stated("headline")),
    Rule("headline/front-matter", 0.95, meta("front:title", "front:headline")),
)


def collect(page: Page, context: Context) -> Iterator[Candidate]:
    """Candidates for `headline`. The house in `context` is the page's own, so one reading serves all who ask."""
    yield from _found(page)


@once_per_page
def _found(page: Page) -> tuple[Candidate, ...]:
    return tuple(_read(page, Context(house=house_of(page))))


def _read(page: Page, context: Context) -> Iterator[Candidate]:
    for rule in STATED:
        for match in rule.find(page):
            text, steps = without_site(match.text, context)
            yield Candidate("headline", rule.id, match, text, rule.weight, steps)
    told = titles(page, context)
    known = [title for title in told if not names_site(title, context)]
    yield from _displayed(page, context, known)
    for title in told:
        weight = title.rule.weight if title in known else _SITES_OWN
        yield Candidate("headline", title.rule.id, title.match, title.text, weight, title.steps)


_SITES_OWN = 0.04
"""Worth of a title that only names the site: better than none."""


def _displayed(page: Page, context: Context, known: list[Title]) -> Iterator[Candidate]:
    own = page.story.headline
    shown = [h for h in sorted(headings(page), key=lambda h: h[0] is not own) if 0 < len(page.text(h[0])) <= MAX]
    shown = shown[:_HEADINGS]
    marked = any("headline" in _props(element) for element, _ in shown)
    doubts = [
        (_ALTERNATIVE if marked and "alternativeHeadline" in _props(element) else None)
        or _doubt(element, page.text(element), context, known)
        or _half(element, page, known)
        or _below(element, page, known)
        or _link_behind(element, page)
        or _no_title(element, page, context, known)
        for element, _ in shown
    ]
    if any(d is None and _of_story(page, e, known) for (e, _), d in zip(shown, doubts, strict=True)):
        doubts = [d or (_OUTSIDE if in_page_header(e) else None) for (e, _), d in zip(shown, doubts, strict=True)]
    likes = [likeness(words_of(page.text(e)), known) for e, _ in shown]
    if any(d is None and like >= _SAME for d, like in zip(doubts, likes, strict=True)):
        banners = [like < _SOME and _in_banner(e) for (e, _), like in zip(shown, likes, strict=True)]
        doubts = [d or (_OUTSIDE if banner else None) for d, banner in zip(doubts, banners, strict=True)]
    elif _agreed(known):
        strange = [
            not like and _is_name(page.text(e)) and _leads_home(e, page)
            for (e, _), like in zip(shown, likes, strict=True)
        ]
        doubts = [d or (_STRANGER if stranger else None) for d, stranger in zip(doubts, strange, strict=True)]
    lead = _lead([h for h, doubt in zip(shown, doubts, strict=True) if doubt is None], page, known)
    for (element, weight), doubt, like in zip(shown, doubts, likes, strict=True):
        whole = page.text(element)
        worth = weight + 0.3 * like + (LEAD_BONUS if element is lead else 0.25 * min(0.0, like - 0.2) / 0.2)
        rule = f"headline/{element.tag}" if element.tag in BY_TAG else "headline/marked"
        for span, step, bonus in (*parts_of(page, element, known), *_beside_site(page, whole, context)):
            text = whole[span[0] : span[1]] if span else whole
            match = Match(text, "visible-text", NodePlace(element), span)
            steps = (step,) if step else ()
            yield Candidate("headline", rule, match, text, _scaled(worth + bonus), steps, doubt)


def _beside_site(page: Page, text: str, context: Context) -> Iterator[tuple[Span | None, str, float]]:
    """The line that heads a text form without the site's name, which the window's title left in it."""
    bare, steps = without_site(text, context) if page.is_text else (text, ())
    if steps and text.startswith(bare):
        yield (0, len(bare)), steps[0], 0.04


_ALTERNATIVE = "marked as the alternative headline beside the headline itself"


def _props(element: Element) -> list[str]:
    return (element.get("itemprop") or "").split()


_STRANGER = "no word of it is in the title on which the metadata agree"


def _agreed(known: list[Title]) -> bool:
    """True where two kinds of metadata call the article the same, in a sentence."""
    told = Counter(title.words for title in {title.rule.id: title for title in known}.values())
    return any(times > 1 and len(said) > _NAME for said, times in told.items())


def _is_name(text: str) -> bool:
    """True for so few words as sites and sections are called by."""
    return len(words_of(text)) <= _NAME


def _leads_home(element: Element, page: Page) -> bool:
    """True for a heading in the header of the page, or one that is a link as a whole, as a site's name is."""
    parent, link = element.getparent(), next(element.iter("a"), None)
    linked = link is not None and page.text(link) == page.text(element)
    return linked or (parent is not None and parent.tag == "a") or _in_banner(element)


_NAME = 4
_OUTSIDE = "in the header of the page, while the article has a heading of its own"


def _of_story(page: Page, element: Element, known: list[Title]) -> bool:
    """True for a heading inside the story's own <article> or <main> that tells what the metadata titles tell."""
    blocks = page.story.blocks
    boxes = blocks[0].element.iterancestors("article", "main") if blocks else ()
    holder = next(iter(boxes), None)
    inside = holder is not None and any(box is holder for box in element.iterancestors())
    return inside and likeness(words_of(page.text(element)), known) >= _LIKE


def _scaled(worth: float) -> float:
    """What speaks for a heading, summed up, as a weight between 0 and 1."""
    return round(min(0.99, max(0.02, 0.62 * worth)), 3)


def _lead(shown: list[tuple[Element, float]], page: Page, known: list[Title]) -> Element | None:
    """The heading that stands where a headline stands: the last <h1> above the text, else the last lower heading."""
    first = first_paragraph(page) or 0
    for tag in BY_TAG:
        found = [
            (likeness(words_of(page.text(e)), known), page.order[e], e)
            for e, _ in shown
            if e.tag == tag and len(words_of(page.text(e))) > 1
        ]
        if tag != "h1":
            found = [f for f in found if f[0] > _SOME or first - _NEAR < f[1] < first]
        if found:
            return max(found, key=lambda f: f[:2])[2]
    return None


def _doubt(element: Element, text: str, context: Context, known: list[Title]) -> str | None:
    if is_site(text, house_keys(context.house.names), context.house.domain):
        return "the site's name"
    if context.house.domain and context.house.domain in text.lower() and likeness(words_of(text), known) < 0.9:
        return "speaks of the site itself"
    if _begins_at_home(text):
        return "a path that begins with the front page"
    set_apart = apart(element)
    if set_apart and ("path" in set_apart or likeness(words_of(text), known) < 0.9):
        return set_apart
    return None


def _begins_at_home(text: str) -> bool:
    """True for `Home - News`: the front page and a section, parted by a mark."""
    ends = [at for mark in (*words("site_boundary"), ">") if 0 < (at := text.find(mark)) <= _FIRST]
    return bool(ends) and is_label(text[: min(ends)].strip(), "front_page")


_FIRST = 12


def _half(element: Element, page: Page, known: list[Title]) -> str | None:
    """Why the first of two headings is no headline: a title tells it and the heading after it in one sentence."""
    after = element.getnext()
    if after is None or after.tag not in HEADINGS:
        return None
    first, second = words_of(page.text(element)), set(words_of(page.text(after)))
    for title in known:
        for at in (0, 1):
            told = list(title.words[at : at + len(first)])
            rest = set(title.words[at + len(first) :])
            if (
                told == first
                and len(rest) > 1
                and 2 * len(first) <= len(title.words) + 1
                and 2 * len(second & rest) > len(second)
            ):
                return "the first of two parts of the headline"
    return None


def _below(element: Element, page: Page, known: list[Title]) -> str | None:
    """Why a heading that is marked as the lower of two is no headline: a title tells the one right before it."""
    before, marks = element.getprevious(), (element.get("class") or "").lower().split()
    if before is None or before.tag not in HEADINGS or not any(m in words("subhead_token") for m in marks):
        return None
    return "a subhead behind the headline" if likeness(words_of(page.text(before)), known) >= _SAME else None


def _link_behind(element: Element, page: Page) -> str | None:
    """Why a heading behind the text is no headline: it is a link as a whole, and the story has one before it."""
    own = page.story.headline
    if own is None or element is own or page.order[element] <= page.story.end or page.order[own] > page.story.start:
        return None
    link = next(element.iter("a"), None)
    linked = link is not None and link.get("href") and page.text(link) == page.text(element)
    return "a link behind the text" if linked else None


_SAME = 0.9


def _no_title(element: Element, page: Page, context: Context, known: list[Title]) -> str | None:
    """Why a displayed line that no title knows is no headline: the name of who wrote it, a day, the text itself."""
    text = page.text(element)
    told = words_of(text)
    if known and len(told) > _LONG and all(len(told) > 2 * len(title.words) for title in known):
        return "a paragraph of the text"
    if likeness(told, known) >= _SOME:
        return None
    names = sum(len(page.text(a)) for a in element.iter("a") if "author" in (a.get("rel") or "").split())
    if 2 * names > len(text):
        return "names who wrote it"
    days = find_dates(text, context.language, context.country) if hints(text) else ()
    if 3 * sum(p.span[1] - p.span[0] for p in days) > len(text):
        return "names a day"
    return None


_LONG = 30
"""Words of a paragraph; in scripts without spaces each sign is one."""


def _in_banner(element: Element) -> bool:
    """True in the header of the page, and in no article."""
    boxes = [box.tag for box in element.iterancestors("header", "article", "main")]
    return boxes[:1] == ["header"] and len(boxes) == 1


def headline_key(value: object) -> str:
    """Letters and digits alone, soft hyphens gone."""
    return folded(str(value).replace("\u00ad", ""))


@once_per_page
def shown_headline(page: Page) -> str | None:
    """The headline that weighs most, before agreement is counted; what other fields must not repeat."""
    usable = [c for c in _found(page) if c.refused is None]
    best = max(usable, key=lambda c: c.weight, default=None)
    return str(best.value) if best else None


POLICIES = {"headline": Policy(key=headline_key, clash=lambda one, other: alike(words_of(one), words_of(other)) < 0.3)}
