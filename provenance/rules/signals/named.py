"""What a page's address, title and metadata call it."""

from __future__ import annotations

import re
from functools import lru_cache

from provenance.rules.signals.facts import Facts, data, words_in

_NUMBER = re.compile(r"\d{5,}")
_DATE = re.compile(r"(?:19|20)\d\d[/-]?(?:0\d|1[0-2])|(?:^|/)20[0-3]\d(?:/|$)")
_WORD = re.compile(r"\w+")
_SLUG_WORD = re.compile(r"[^\W\d_]{2,}")
_TELLING = re.compile(r"[^\W\d_]{3,}")
_SLUG_WORDS = 10
_SAMPLE = 20_000


def title_of_article(facts: Facts) -> bool:
    """The headline asks, counts or advises, as headlines do."""
    return words_in(facts.title_words, "title_article") or any(word.isdigit() for word in facts.title_words)


def title_of_offer(facts: Facts) -> bool:
    """The headline names goods or services, and neither asks, counts nor advises."""
    return words_in(facts.title_words, "title_offer") and not title_of_article(facts)


def forum(facts: Facts) -> bool:
    """A forum, a manual or a wiki, by its address, its software or its data."""
    page = facts.page
    maker = " ".join(match.text for match in page.meta("generator")).casefold()
    body = _WORD.findall((page.body.get("class") or "").casefold())
    return (
        facts.has_type("types_forum")
        or facts.host.split(".")[0] in data()["host_forum"]
        or any(word in maker for word in data()["maker_forum"])
        or words_in(body, "body_forum")
        or words_in(facts.segments, "url_forum")
    )


def url_of_article(facts: Facts) -> bool:
    """The article lies under a part of the site that holds articles."""
    return words_in(facts.segments[:-1], "url_article")


def url_of_offer(facts: Facts) -> bool:
    """A part of the address speaks of goods and services."""
    return any(part.endswith(tuple(data()["url_offer"])) for part in facts.segments)


def url_dated(facts: Facts) -> bool:
    """A month, or a year as a folder, in the address."""
    return _DATE.search("/".join(facts.segments)) is not None


def url_number(facts: Facts) -> bool:
    """A long number in the address."""
    return _NUMBER.search("/".join(facts.segments)) is not None


def slug_words(facts: Facts) -> float:
    """Words in the last part of the address; an unknown address speaks neither for nor against."""
    return min(_SLUG_WORDS, len(_SLUG_WORD.findall(facts.slug))) / 5 if facts.host else 1.0


def slug_tells_headline(facts: Facts) -> float:
    """How many words of the headline the address repeats."""
    return len({*_TELLING.findall(facts.slug)} & {*_TELLING.findall(facts.headline.casefold())}) / 5


def dated_in_meta(facts: Facts) -> bool:
    """A date of publication in <meta>."""
    return any(True for _ in facts.page.meta(*sorted(data()["date_meta"])))


def dated_in_data(facts: Facts) -> bool:
    """A date of publication in JSON-LD."""
    return any(node.get("datePublished") for _, _, node in facts.page.articles)


def first_person(facts: Facts) -> float:
    """How often the page speaks of those who run it."""
    text = facts.text[:_SAMPLE].casefold()
    return sum(text.count(f" {word} ") for word in data()["first_person"]) / (1 + len(text) / 100)


def kept_as_post(facts: Facts) -> bool:
    """The site's software keeps this as a post or an article, not as a page: its interface or class names say so."""
    links = facts.page.tags.get("link", ())
    if any(api in (link.get("href") or "") for link in links for api in data()["post_api"]):
        return True
    root = facts.story.root
    around = (facts.page.body, *((root, *root.iterancestors()) if root is not None else ()))
    return any(_kept().search((box.get("class") or "").lower()) for box in around)


@lru_cache(maxsize=1)
def _kept() -> re.Pattern[str]:
    return re.compile(rf"(?:type|node)-+(?:{'|'.join(map(re.escape, sorted(data()['post_kinds'])))})")
