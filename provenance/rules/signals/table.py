"""Every signal by name. The weights in `data/article_signals.json` have the same names (`tools/fit_article.py`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from provenance.rules.signals import built, named
from provenance.rules.signals.facts import Facts, words_in

SIGNALS: Mapping[str, Callable[[Facts], float]] = {
    "title-of-article": named.title_of_article,
    "title-of-offer": named.title_of_offer,
    "forum-or-manual": named.forum,
    "url-of-article": named.url_of_article,
    "url-of-offer": named.url_of_offer,
    "url-of-list": lambda facts: words_in((facts.slug,), "url_list"),
    "url-dated": named.url_dated,
    "url-number": named.url_number,
    "slug-words": named.slug_words,
    "slug-tells-headline": named.slug_tells_headline,
    "type-news": lambda facts: facts.has_type("types_news"),
    "type-article": lambda facts: facts.has_type("types_article"),
    "type-other": lambda facts: facts.has_type("types_offer"),
    "dated-in-data": named.dated_in_data,
    "dated-in-meta": named.dated_in_meta,
    "kept-as-post": named.kept_as_post,
    "first-person": named.first_person,
    "one-h1": lambda facts: len(facts.page.tags.get("h1", ())) == 1,
    "byline-marked": built.byline_marked,
    "date-displayed": built.date_displayed,
    "many-times": built.many_times,
    "one-stream": built.one_stream,
    "in-article": built.in_article,
    "subheads": built.subheads,
    "questions": built.questions,
    "quotations": built.quotations,
    "images": built.images,
    "captions": built.captions,
    "buttons": built.buttons,
    "fields": built.fields,
    "share-links": built.share_links,
}


def signals(facts: Facts) -> dict[str, float]:
    """Value of each signal on a page, by name."""
    return {name: float(measure(facts)) for name, measure in SIGNALS.items()}
