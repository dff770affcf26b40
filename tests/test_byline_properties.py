"""Laws of bylines that hold for any markup: nothing raises, every reading replays, the fields agree with each other."""

from __future__ import annotations

import html
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.model import Capture, Context, House, Party
from provenance.page import Page
from provenance.parties import choose_parties, credit_text
from provenance.rules.byline import collect
from provenance.selectors import replay, selector

HOUSE = House(("The Example Gazette",), "gazette.example")
PUBLISHER = Party("organization", "The Example Gazette")
TEXT = "<p>The ferry between the two harbours will run every ten minutes from Monday, the council said.</p>" * 3

WORDS = st.sampled_from(
    "By Von Par and und et with mit AP AFP dpa Reuters Ana Bell Omar Cole de la Staff Agencies / | , ; ( ) for © — "
    "Additional reporting by Translated contributed 记者 新华社 By: @ana https://x.example 3 May 2024".split(" ")
)
LINES = st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=60)
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | LINES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["@type", "@id", "name", "@list", "url", "familyName", "jobTitle"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)
TAGS = st.sampled_from(["p", "div", "span", "address", "a", "li", "aside", "figure", "footer", "time", "button"])
CLASSES = st.sampled_from(["byline", "author", "teaser", "comments", "x", "source", "author-bio", "photo-author"])
ELEMENT = st.builds(lambda tag, kind, text: f"<{tag} class='{kind}'>{html.escape(text)}</{tag}>", TAGS, CLASSES, LINES)


def page_of(author: object, before: list[str], after: list[str], meta: str) -> Page:
    data = json.dumps({"@type": "NewsArticle", "headline": "Ferry", "author": author}).replace("<", "\\u003c")
    source = (
        f'<html><head><meta name="author" content="{html.escape(meta)}">'
        f'<script type="application/ld+json">{data}</script></head><body><main><h1>Ferry</h1>'
        f"{''.join(before)}<div>{TEXT}{''.join(after)}</div></main></body></html>"
    )
    return Page(Capture("page.html", source.encode("utf-8", "replace"), url="https://gazette.example/a"))


@settings(max_examples=60, deadline=None)
@given(DATA, st.lists(ELEMENT, max_size=5), st.lists(ELEMENT, max_size=4), LINES)
def test_any_markup_gives_readings_that_replay_and_fields_that_agree(
    author: object, before: list[str], after: list[str], meta: str
) -> None:
    page = page_of(author, before, after, meta)
    context = Context("en", None, HOUSE)
    candidates = list(collect(page, context))
    for candidate in candidates:
        assert replay(page, selector(page, candidate.match)) == candidate.match.text
    choices = choose_parties(candidates, context)
    credit, _ = credit_text(choices, PUBLISHER)
    sources = [c.value.name for c in choices["sourceOrganization"].chosen]
    assert bool(sources) == (" via " in (credit or ""))
    assert not {c.value.name for c in choices["author"].chosen if c.value.kind == "person"} & set(HOUSE.names)
    for choice in choices.values():
        keys = [c.value.agency or c.value.name for c in choice.chosen if isinstance(c.value, Party)]
        assert len(keys) == len(set(keys))


def test_a_hostile_byline_costs_no_more_than_a_line() -> None:
    """Ten thousand nested and repeated author elements: read within bounds, the first name found."""
    deep = "<div class=author>" * 400 + "Ana Bell" + "</div>" * 400
    many = "".join(f"<span class=author>By Name Number{i} Bell</span>" for i in range(2000))
    page = page_of([{"name": "Ana Bell"}] * 500, [deep], [many], "Ana Bell, " * 900)
    candidates = list(collect(page, Context("en", None, HOUSE)))
    assert len(candidates) < 1500
    people = [c.value.name for c in choose_parties(candidates, Context("en", None, HOUSE))["author"].chosen]
    assert people[0] == "Ana Bell"
