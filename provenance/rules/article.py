"""Whether a page is an article at all, from signals that are named and weighed in one table.

Each signal is a number that a person can check on the page; `data/article_signals.json` holds its weight and the words
it looks for. The weights were fitted once, by logistic regression over 454 labelled pages, on signals scaled alike;
ten-fold cross-validation guards them. A page whose sum stays below the threshold is refused, with the reason that
weighed most.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from provenance.jsonld import types_of
from provenance.model import Context
from provenance.page import Page
from provenance.story import Story

_LEAST = 150
_PROSE = 80
_SAMPLE = 20_000
_NUMBER = re.compile(r"\d{5,}")
_DATE = re.compile(r"(?:19|20)\d\d[/-]?(?:0\d|1[0-2])")
_WORD = re.compile(r"\w+")
_SLUG_WORD = re.compile(r"[^\W\d_]{2,}")
_LONG_SLUG = 5
_SLUG_WORDS = 10


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    loaded: dict[str, Any] = json.loads(
        files("provenance.data").joinpath("article_signals.json").read_text(encoding="utf-8")
    )
    return {name: frozenset(value) if isinstance(value, list) else value for name, value in loaded.items()}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the signals look at: gathered once a page."""

    page: Page
    story: Story
    chars: int
    types: frozenset[str]
    og_type: str
    host: str
    segments: tuple[str, ...]
    title_words: frozenset[str]

    @property
    def slug(self) -> str:
        """Last part of the address's path."""
        return self.segments[-1] if self.segments else ""


def is_article(page: Page, context: Context) -> tuple[bool, str]:
    """The answer and its reason: `not-article.CODE: one sentence`, or "" for an article."""
    story = page.story
    chars = sum(len(block.text) for block in story.blocks)
    if chars < _LEAST and not any(node.get("articleBody") for _, _, node in page.articles):
        return False, "not-article.no-text: the page holds no text of an article"
    if page.is_text:
        return True, ""
    found = signals(page)
    weights = _data()["weights"]
    score = _data()["bias"] + sum(weights[name] * value for name, value in found.items())
    return (True, "") if score >= _data()["threshold"] else (False, _reason(found))


def signals(page: Page) -> dict[str, float]:
    """Value of each signal on this page, by name."""
    facts = _facts(page)
    return {name: float(measure(facts)) for name, measure in SIGNALS.items()}


def _facts(page: Page) -> Facts:
    story = page.story
    address = urlsplit(_address(page))
    headline = page.text(story.headline) if story.headline is not None else ""
    title = next((match.text for match in page.meta("og:title")), "")
    return Facts(
        page,
        story,
        sum(len(block.text) for block in story.blocks),
        frozenset(kind for script in page.jsonld for _, node in script.nodes for kind in types_of(node)),
        next((match.text.lower() for match in page.meta("og:type")), ""),
        address.hostname or "",
        tuple(part.lower() for part in address.path.split("/") if part),
        frozenset(_WORD.findall((headline or title).casefold())),
    )


def _address(page: Page) -> str:
    """The page's address; "" when nothing tells it, or it is broken."""
    told = [page.capture.url, *(match.text for match in page.meta("og:url"))]
    told += [link.get("href") for link in page.links.get("canonical", ())[:1]]
    for url in told:
        try:
            if url and urlsplit(url).hostname:
                return url
        except ValueError:
            continue
    return ""


def _words_in(words: Any, name: str) -> bool:
    return not _data()[name].isdisjoint(words)


def _has_type(facts: Facts, name: str) -> bool:
    return _words_in(facts.types, name)


def _is_dated(facts: Facts) -> bool:
    return any(True for _ in facts.page.meta(*sorted(_data()["date_meta"])))


def _is_dated_in_data(facts: Facts) -> bool:
    return any(node.get("datePublished") for _, _, node in facts.page.articles)


def _url_article(facts: Facts) -> bool:
    return _words_in(facts.segments[:-1], "url_article")


def _url_date(facts: Facts) -> bool:
    return _DATE.search("/".join(facts.segments)) is not None


def _long_slug(facts: Facts) -> bool:
    return len(re.split(r"[-_]", facts.slug)) >= _LONG_SLUG


def _no_sign(facts: Facts) -> bool:
    """Nothing at all that articles have; an unknown address speaks neither for nor against."""
    signs = (_url_article, _url_date, _long_slug, _is_dated, _is_dated_in_data)
    return bool(facts.host) and not _has_type(facts, "types_article") and not any(sign(facts) for sign in signs)


def _forum(facts: Facts) -> bool:
    page = facts.page
    maker = " ".join(match.text for match in page.meta("generator")).casefold()
    body = _WORD.findall((page.body.get("class") or "").casefold())
    return (
        _has_type(facts, "types_forum")
        or facts.host.split(".")[0] in _data()["host_forum"]
        or any(word in maker for word in _data()["maker_forum"])
        or _words_in(body, "body_forum")
        or _words_in(facts.segments, "url_forum")
    )


def _url_offer(facts: Facts) -> bool:
    return any(part.endswith(tuple(_data()["url_offer"])) for part in facts.segments)


def _left_share(facts: Facts) -> float:
    return facts.story.dropped / (1 + facts.chars + facts.story.dropped)


def _first_person(facts: Facts) -> float:
    text = facts.story.text[:_SAMPLE].casefold()
    return sum(text.count(f" {word} ") for word in _data()["first_person"]) / (1 + len(text) / 100)


def _subheads(facts: Facts) -> float:
    return min(1.0, sum(b.kind == "subhead" for b in facts.story.blocks) / (1 + _paragraphs(facts)))


def _paragraphs(facts: Facts) -> int:
    return sum(len(block.text) >= _PROSE for block in facts.story.blocks)


def _mean_paragraph(facts: Facts) -> float:
    long = [len(block.text) for block in facts.story.blocks if len(block.text) >= _PROSE]
    return min(3.0, sum(long) / max(1, len(long)) / 200)


def _prose(facts: Facts) -> float:
    return math.log(1 + sum(len(block.text) for block in facts.story.blocks if len(block.text) >= _PROSE))


def _bylined(facts: Facts) -> bool:
    return any("byline" in token or "author" in token for token in facts.page.tokens)


SIGNALS: Mapping[str, Callable[[Facts], float]] = {
    "no-sign": _no_sign,
    "title-of-article": lambda f: _words_in(f.title_words, "title_article") or any(w.isdigit() for w in f.title_words),
    "title-of-offer": lambda f: _words_in(f.title_words, "title_offer"),
    "forum-or-manual": _forum,
    "url-of-article": _url_article,
    "one-h1": lambda f: len(f.page.tags.get("h1", ())) == 1,
    "left-out-share": _left_share,
    "first-person": _first_person,
    "slug-words": lambda f: min(_SLUG_WORDS, len(_SLUG_WORD.findall(f.slug))) / 5 if f.host else 1.0,
    "byline-marked": _bylined,
    "type-news": lambda f: _has_type(f, "types_news"),
    "type-article": lambda f: _has_type(f, "types_article"),
    "type-other": lambda f: _has_type(f, "types_offer"),
    "url-of-offer": _url_offer,
    "url-of-list": lambda f: f.slug in _data()["url_list"],
    "url-dated": _url_date,
    "url-number": lambda f: _NUMBER.search("/".join(f.segments)) is not None,
    "dated-in-data": _is_dated_in_data,
    "dated-in-meta": _is_dated,
    "subheads": _subheads,
    "og-article": lambda f: f.og_type == "article",
    "og-other": lambda f: f.og_type not in ("", "article"),
    "paragraph-length": _mean_paragraph,
    "prose": _prose,
}
"""Every signal by name; the weights have the same names."""

_REASONS = (
    ("forum-or-manual", "forum", "this is a page of a forum, a manual or a wiki"),
    ("url-of-list", "listing", "this page lists other pages"),
    ("url-of-offer", "offer", "this page offers goods, services or courses"),
    ("title-of-offer", "offer", "this page offers goods, services or courses"),
    ("type-other", "offer", "its data say that this page is about an offer or a list"),
)


def _reason(found: Mapping[str, float]) -> str:
    for name, code, sentence in _REASONS:
        if found[name]:
            return f"not-article.{code}: {sentence}"
    if found["left-out-share"] > 0.4:
        return "not-article.listing: this page holds more links and teasers than text"
    return "not-article.other: nothing marks this page as an article"
