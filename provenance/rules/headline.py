"""The headline as the page displays it, checked against what its metadata call the article.

The first <h1> is often a logo, a kicker or a section, and metadata titles are written for search engines and carry the
site's name. So every heading above the article's text is a candidate, and its worth grows with what it shares with
the metadata titles; these alone win only where the page displays none.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from provenance.model import Candidate, Context, Match, NodePlace, Span
from provenance.page import Element, Page
from provenance.rules.finders import Rule, itemprop, jsonld, meta, stated
from provenance.rules.once import once_per_page
from provenance.rules.places import first_paragraph
from provenance.rules.policy import Policy, folded
from provenance.rules.publisher import house_of
from provenance.rules.publishers.naming import akin_host_part, reader_key
from provenance.rules.words import in_marks, words

_MAX = 320
_HEADINGS = 24
"""How many displayed headings are weighed at most."""


def title_tag(page: Page) -> Iterator[Match]:
    """The document's <title>."""
    for element in page.tags.get("title", ())[:1]:
        match = page.match(element, source="meta")
        if match:
            yield match


STATED: tuple[Rule, ...] = (
    Rule("headline/stated", 0.97, stated("headline")),
    Rule("headline/front-matter", 0.95, meta("front:title", "front:headline")),
)
TITLES: tuple[Rule, ...] = (
    Rule("headline/jsonld", 0.46, jsonld("headline")),
    Rule("headline/og-title", 0.45, meta("og:title")),
    Rule("headline/microdata", 0.44, itemprop("headline", "content")),
    Rule("headline/twitter-title", 0.40, meta("twitter:title")),
    Rule("headline/meta", 0.38, meta("dc.title", "dcterms.title", "citation_title", "parsely-title", "sailthru.title")),
    Rule("headline/jsonld-name", 0.36, jsonld("name")),
    Rule("headline/title-tag", 0.34, title_tag),
)
BY_TAG = {"h1": 0.62, "h2": 0.46, "h3": 0.38}
MARKED_ELEMENT, STORY_BONUS, LEAD_BONUS = 0.34, 0.06, 0.3
"""Worth of a displayed heading by its tag, of another element marked as a headline; more for the story's own heading
and for the one that stands where a headline stands."""


# --- metadata titles -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Title:
    """A metadata title without the site's name."""

    rule: Rule
    match: Match
    text: str
    steps: tuple[str, ...]
    words: tuple[str, ...]


def titles(page: Page, context: Context) -> list[Title]:
    """Metadata titles of the page, the site's name cut off."""
    found = []
    for rule in TITLES:
        for match in list(rule.find(page))[:3]:
            plain = html.unescape(match.text) if "&" in match.text else match.text
            text, steps = without_site(plain, context)
            steps = steps if plain == match.text else ("html-entities", *steps)
            if text and len(text) <= 2 * _MAX:
                found.append(Title(rule, match, text, steps, tuple(_words(text))))
    return found


def without_site(text: str, context: Context) -> tuple[str, tuple[str, ...]]:
    """A title without the publisher's name, and without the sections that follow it, and the steps that took it off."""
    keys = _house_keys(context.house.names)
    steps: list[str] = []
    for _ in range(3):
        cut = next((c for c in _cuts(text, keys, context.house.domain) if c[0]), None)
        if cut is None:
            break
        text = cut[0]
        steps.append(f"strip-site:{cut[1]}")
    return text, tuple(steps)


def _cuts(text: str, keys: frozenset[str], domain: str) -> Iterator[tuple[str, str]]:
    for mark in words("site_boundary"):
        parts = text.split(mark) if mark in text else []
        for i in range(len(parts) - 1, -1, -1):
            if _is_site(parts[i].strip(), keys, domain):
                kept = parts[:i] if i else parts[1:]
                taken = parts[i:] if i else parts[:1]
                yield mark.join(kept).strip(), mark.join(taken).strip()
                break


def _is_site(part: str, keys: frozenset[str], domain: str) -> bool:
    return bool(part) and len(part) <= 60 and (reader_key(part) in keys or akin_host_part(part, domain))


@lru_cache(maxsize=64)
def _house_keys(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(reader_key(name) for name in names)


def _words(text: str) -> list[str]:
    if text.isascii():
        return _WORD.findall(text.lower())
    return _WORD.findall(_MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold())


_WORD = re.compile(r"\w+")
_MARKS = re.compile("[\u00ad\u200b\u0300-\u036f]+")


# --- displayed headings --------------------------------------------------------------------------------------------


def headings(page: Page) -> Iterator[tuple[Element, float]]:
    """Elements that may display the headline, with the worth of their kind: above the text, or any <h1>."""
    order, own = page.order, page.story.headline
    first = first_paragraph(page)
    first = len(page.nodes) if first is None else first
    seen: set[Element] = set()
    for tag, weight in BY_TAG.items():
        for element in page.tags.get(tag, ()):
            if tag == "h1" or order[element] < first:
                seen.add(element)
                yield element, weight + (STORY_BONUS if element is own else 0.0)
    if own is not None and own not in seen:
        yield own, MARKED_ELEMENT + STORY_BONUS
        seen.add(own)
    for token in words("headline_token"):
        for element in page.tokens.get(token, ())[:4]:
            if element not in seen and element.tag in _MAY_DISPLAY and order[element] < first:
                seen.add(element)
                yield element, MARKED_ELEMENT


_MAY_DISPLAY = frozenset({"div", "span", "p", "strong", "b", "td", "font", "a", "h4", "header"})


def parts_of(page: Page, element: Element, known: list[Title]) -> Iterator[tuple[Span | None, str, float]]:
    """The text of a heading whole, and without a kicker or a mark that stands in an element of its own.

    Gives the span, the step, and what speaks for the part beside the heading's own worth.
    """
    text = page.text(element)
    yield None, "", 0.0
    for child in list(element.iter())[1:_CHILDREN]:
        part = page.text(child) if isinstance(child.tag, str) else ""
        if not part or len(part) >= len(text) - 1:
            continue
        rest = _rest(text, part)
        if rest is None:
            continue
        tail = _words(text[rest[0] : rest[1]])
        if _is_kicker(child) and rest[0] > 0 and len(part) < _KICKER and "".join(tail):
            yield rest, f"strip-kicker:{part}", 0.26
        elif any(title.words == tuple(tail) for title in known) and len(tail) > 1:
            yield rest, f"strip-part:{part}", 0.04


def _rest(text: str, part: str) -> Span | None:
    """What is left of a heading without a part at its beginning or end."""
    if text.startswith(part):
        return len(text) - len(text[len(part) :].lstrip(_AROUND)), len(text)
    return (0, len(text[: -len(part)].rstrip(_AROUND))) if text.endswith(part) else None


def _is_kicker(element: Element) -> bool:
    marks = " ".join(value for name, value in element.attrib.items() if name in ("class", "id") or name[:5] == "data-")
    return bool(marks) and in_marks("kicker_token").search(marks.lower()) is not None


def _apart(element: Element) -> str | None:
    """Why a heading is not the article's: it stands in a path of links, a teaser, a menu, a footer, a dialog."""
    for _ in range(7):
        if element is None or element.tag in ("body", "html"):
            return None
        marks = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if "crumb" in marks or element.tag == "nav":
            return "in a path of links to the article"
        if element.tag in _APART_TAGS or element.get("aria-hidden") == "true":
            return f"in <{element.tag}>, which is not the article's"
        if element.tag not in ("h1", "article", "main") and any(t in words("teaser_token") for t in marks.split()):
            return "in a teaser or another part that is not the article's"
        element = element.getparent()
    return None


_APART_TAGS = frozenset({"footer", "aside", "dialog"})
_AROUND = " :|–—-•/+\u00a0"
_SOME, _NEAR = 0.2, 90
"""What a heading must share with a metadata title, or how near to the text it must stand, to be the headline."""
_CHILDREN, _KICKER = 8, 80
"""How many elements inside a heading are looked at, and how long a kicker may be."""


# --- what a displayed heading is worth -----------------------------------------------------------------------------


def _likeness(shown: list[str], known: list[Title]) -> float:
    """0 to 1: how well a displayed text and the best metadata title tell the same."""
    best = 0.0
    for title in known:
        best = max(best, _alike(shown, list(title.words)))
    return best


def _alike(shown: list[str], title: list[str]) -> float:
    if not shown or not title:
        return 0.0
    if shown == title or "".join(shown) == "".join(title):
        return 1.0
    short, long = (shown, title) if len(shown) <= len(title) else (title, shown)
    common = len(set(short) & set(long))
    ends = long[-len(short) :] == short or long[: len(short)] == short
    if ends and len(short) >= 3:
        return 0.9
    return 0.8 * common / len(set(short)) * min(1.0, len(short) / 4)


def collect(page: Page, context: Context) -> Iterator[Candidate]:
    """Candidates for `headline`. The house in `context` is the page's own, so one reading serves all who ask."""
    yield from _found(page)


@once_per_page
def _found(page: Page) -> tuple[Candidate, ...]:
    return tuple(_read(page, Context(house=house_of(page))))


def _read(page: Page, context: Context) -> Iterator[Candidate]:
    for rule in STATED:
        for match in rule.find(page):
            yield Candidate("headline", rule.id, match, match.text, rule.weight)
    known = titles(page, context)
    yield from _displayed(page, context, known)
    for title in known:
        yield Candidate("headline", title.rule.id, title.match, title.text, title.rule.weight, title.steps)


def _displayed(page: Page, context: Context, known: list[Title]) -> Iterator[Candidate]:
    shown = [h for h in headings(page) if 0 < len(page.text(h[0])) <= _MAX][:_HEADINGS]
    doubts = [_doubt(element, page.text(element), context, known) for element, _ in shown]
    lead = _lead([h for h, doubt in zip(shown, doubts, strict=True) if doubt is None], page, known)
    for (element, weight), doubt in zip(shown, doubts, strict=True):
        whole = page.text(element)
        like = _likeness(_words(whole), known)
        worth = weight + 0.3 * like + (LEAD_BONUS if element is lead else 0.25 * min(0.0, like - 0.2) / 0.2)
        rule = f"headline/{element.tag}" if element.tag in BY_TAG else "headline/marked"
        for span, step, bonus in parts_of(page, element, known):
            text = whole[span[0] : span[1]] if span else whole
            match = Match(text, "visible-text", NodePlace(element), span)
            steps = (step,) if step else ()
            yield Candidate("headline", rule, match, text, _scaled(worth + bonus), steps, doubt)


def _scaled(worth: float) -> float:
    """What speaks for a heading, summed up, as a weight between 0 and 1."""
    return round(min(0.99, max(0.02, 0.62 * worth)), 3)


def _lead(shown: list[tuple[Element, float]], page: Page, known: list[Title]) -> Element | None:
    """The heading that stands where a headline stands: the last <h1> above the text, else the last lower heading."""
    first = first_paragraph(page) or 0
    for tag in BY_TAG:
        found = [
            (_likeness(_words(page.text(e)), known), page.order[e], e)
            for e, _ in shown
            if e.tag == tag and len(_words(page.text(e))) > 1
        ]
        if tag != "h1":
            found = [f for f in found if f[0] > _SOME or first - _NEAR < f[1] < first]
        if found:
            return max(found, key=lambda f: f[:2])[2]
    return None


def _doubt(element: Element, text: str, context: Context, known: list[Title]) -> str | None:
    if _is_site(text, _house_keys(context.house.names), context.house.domain):
        return "the site's name"
    if context.house.domain and context.house.domain in text.lower() and _likeness(_words(text), known) < 0.9:
        return "speaks of the site itself"
    apart = _apart(element)
    if apart and ("path" in apart or _likeness(_words(text), known) < 0.9):
        return apart
    return None


def headline_key(value: object) -> str:
    """Letters and digits alone, soft hyphens gone."""
    return folded(str(value).replace("\u00ad", ""))


@once_per_page
def shown_headline(page: Page) -> str | None:
    """The headline that weighs most, before agreement is counted; what other fields must not repeat."""
    usable = [c for c in _found(page) if c.refused is None]
    best = max(usable, key=lambda c: c.weight, default=None)
    return str(best.value) if best else None


POLICIES = {"headline": Policy(key=headline_key, clash=lambda one, other: _alike(_words(one), _words(other)) < 0.3)}
