"""The article's text as a candidate: its parts replay, and the page's data step in only for a stub."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.model import Candidate, Capture, Context, Match
from provenance.page import Page
from provenance.rules import body
from provenance.rules.body import BodyText
from provenance.selectors import replay, selector

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
NEEDS_CORPUS = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real pages is not here")

LONG = (
    "The council met on Monday to talk about the harbour, and after four hours of debate it agreed to build a new pier."
)
MORE = (
    "Fishermen had asked for it since the storm of last winter, which broke the old wooden pier and sank three boats."
)
LAST = "Work is to begin in the spring, the mayor told reporters, and it should be finished before the season starts."


def page_of(markup: str, media_type: str = "text/html") -> Page:
    return Page(Capture("test", markup.encode(), media_type=media_type, url="https://paper.example/news/pier"))


def told(text: str, **more: str) -> str:
    node = {"@type": "NewsArticle", "headline": "A new pier", "articleBody": text, **more}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def readings(page: Page) -> list[Candidate]:
    return list(body.collect(page, Context()))


def best(page: Page) -> Candidate:
    return max(readings(page), key=lambda candidate: candidate.weight)


def check_parts(page: Page, candidate: Candidate) -> None:
    value = candidate.value
    assert isinstance(value, BodyText)
    assert value.text == "\n\n".join(part.text for part in value.parts)
    for part in value.parts:
        assert _replayed(page, part) == part.text


def _replayed(page: Page, part: Match) -> str:
    return replay(page, selector(page, part))


def test_the_parts_of_our_own_reading_replay() -> None:
    page = page_of(f"<h1>A new pier</h1><div>{LONG}<br><br>{MORE}<p>{LAST}</p>{LONG} Indeed.</div>")
    found = best(page)
    assert found.rule == "body/own-reading"
    assert found.value.text == "\n\n".join((LONG, MORE, LAST, f"{LONG} Indeed."))
    check_parts(page, found)


def test_data_that_agree_are_a_witness_only() -> None:
    page = page_of(f"{told(' '.join((LONG, MORE, LAST)))}<h1>A new pier</h1><p>{LONG}</p><p>{MORE}</p><p>{LAST}</p>")
    by_rule = {candidate.rule: candidate for candidate in readings(page)}
    assert best(page).rule == "body/own-reading"
    assert by_rule["body/jsonld"].weight < by_rule["body/own-reading"].weight
    for candidate in by_rule.values():
        check_parts(page, candidate)


def test_data_are_taken_where_the_page_shows_a_stub() -> None:
    whole = "\n".join([LONG, MORE, LAST, *(f"{MORE} It happened {i} times." for i in range(6))])
    page = page_of(f"{told(whole)}<h1>A new pier</h1><p>{LONG}</p><div class='paywall'>Subscribe to read on.</div>")
    found = best(page)
    assert found.rule == "body/jsonld"
    assert found.value.text.splitlines()[0] == LONG
    assert len(found.value.parts) == 9
    check_parts(page, found)


def test_data_about_something_else_are_not_taken() -> None:
    other = "\n".join(
        f"Our paper has told the truth since 1890, and here is reason number {i} to buy it." for i in range(20)
    )
    page = page_of(f"{told(other)}<h1>A new pier</h1><p>{LONG}</p><p>{MORE}</p>")
    assert best(page).rule == "body/own-reading"


def test_markup_in_data_parts_the_text() -> None:
    whole = "".join(
        f"<p>{line}</p>" for line in (LONG, MORE, LAST, f"{LONG} Again.", f"{MORE} Again.", f"{LAST} Again.")
    )
    page = page_of(told(whole))
    found = best(page)
    assert found.rule == "body/jsonld"
    assert found.value.text.split("\n\n")[:3] == [LONG, MORE, LAST]
    check_parts(page, found)


def test_a_list_that_complete_data_leave_out_is_a_box_of_links() -> None:
    more = [f"{MORE} It happened {i} times." for i in range(6)]
    items = "<ul><li>Pier: what it will cost the town</li><li>Storm: how the old one broke</li></ul>"
    text = "".join(f"<p>{line}</p>" for line in (LONG, *more[:3])) + items + "".join(f"<p>{x}</p>" for x in more[3:])
    page = page_of(f"{told(' '.join((LONG, *more)))}<h1>A new pier</h1>{text}")
    assert "what it will cost" not in best(page).value.text
    assert "what it will cost" in best(page_of(f"<h1>A new pier</h1>{text}")).value.text


def test_signoffs_are_no_text_and_stay_with_their_reason() -> None:
    page = page_of(
        f"<article><h1>A new pier</h1><p>By Ann Person</p><p>{LONG}</p><p>{MORE}</p><p>{LAST}</p><p>(dpa)</p>"
        "<p>Reporting by Ann Person; editing by Bo Other</p><footer>Quelle: APA</footer></article>"
    )
    lines = ["(dpa)", "Reporting by Ann Person; editing by Bo Other", "By Ann Person"]
    left = {block.text: block for block, _ in page.story.left}
    assert not [line for line in lines if line in best(page).value.text]
    for line in lines:
        assert _replayed(page, body.match_of(left[line])) == line


def test_the_page_without_text_has_no_reading() -> None:
    assert readings(page_of("<h1>A new pier</h1><img src='pier.jpg'>")) == []


def test_text_forms_replay_by_their_lines() -> None:
    page = page_of(f"# A new pier\n\n{LONG}\n\n## What it costs\n\n{MORE}\n", "text/markdown")
    found = best(page)
    assert found.value.text == f"{LONG}\n\nWhat it costs\n\n{MORE}"
    check_parts(page, found)


_INLINE = st.sampled_from(["b", "i", "a", "span", "em"])
_BLOCK = st.sampled_from(["p", "div", "section", "li", "blockquote", "h2", "td"])
_WORDS = st.text("abc ,.\u00e9\u6f22\n", min_size=0, max_size=80)


@st.composite
def _markup(draw: Any, depth: int = 3) -> str:
    parts = []
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.integers(0, 3))
        if kind == 0 or not depth:
            parts.append(draw(_WORDS))
        elif kind == 1:
            parts.append("<br>" * draw(st.integers(1, 3)))
        else:
            tag = draw(_INLINE if kind == 2 else _BLOCK)
            parts.append(f"<{tag}>{draw(_markup(depth=depth - 1))}</{tag}>")
    return "".join(parts)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(_markup(), st.booleans())
def test_parts_replay_on_any_markup(markup: str, prose: bool) -> None:
    page = page_of(f"<body><h1>T</h1>{markup}{f'<p>{LONG}</p>' * prose}{markup}</body>")
    for candidate in readings(page):
        if candidate.rule != "body/trafilatura":
            check_parts(page, candidate)


# -- real pages


def _pages() -> list[tuple[dict[str, Any], Page]]:
    found = []
    lines = (CORPUS / "gold.jsonl").read_text(encoding="utf-8").strip().split("\n")
    for line in lines[::3]:
        label = json.loads(line)
        if label.get("body"):
            raw = gzip.decompress((CORPUS / label["file"]).read_bytes())
            found.append((label, Page(Capture(label["id"], raw, url=label.get("page_url")))))
    return found


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return Counter(tuple(words[i : i + 4]) for i in range(len(words) - 3))


def _agreement(gold: str, found: str) -> float:
    want, got = _shingles(gold), _shingles(found)
    hits = (want & got).total()
    return 2 * hits / (want.total() + got.total()) if hits else 0.0


@NEEDS_CORPUS
def test_real_bodies_agree_with_their_labels_and_replay() -> None:
    scores = []
    for number, (label, page) in enumerate(_pages()):
        found = best(page)
        scores.append(_agreement(label["body"], found.value.text))
        if number % 5 == 0:
            check_parts(page, found)
    assert sum(scores) / len(scores) > 0.955
    assert sum(score < 0.5 for score in scores) == 0, "no real page is read from the wrong part"
