"""Which pages are articles, and why others are refused."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from provenance.model import Capture, Context
from provenance.page import Page
from provenance.rules import article

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
NEEDS_CORPUS = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real pages is not here")

LONG = (
    "The council met on Monday to talk about the harbour, and after four hours of debate it agreed to build a new pier."
)
TEXT = "".join(f"<p>{LONG} It was the {i}th time this year.</p>" for i in range(8))


def ask(body: str, head: str = "", url: str | None = None, media_type: str = "text/html") -> tuple[bool, str]:
    markup = f"<html><head>{head}</head><body>{body}</body></html>" if media_type == "text/html" else body
    return article.is_article(Page(Capture("test", markup.encode(), media_type=media_type, url=url)), Context())


def test_a_news_article_is_one() -> None:
    head = '<meta property="og:type" content="article"><meta property="article:published_time" content="2024-05-01">'
    url = "https://paper.example/news/2024/05/01/harbour-town-decides-on-a-new-pier"
    assert ask(f"<article><h1>Harbour town decides on a new pier</h1>{TEXT}</article>", head, url) == (True, "")


def test_a_bare_page_with_a_story_is_one_where_its_address_is_unknown() -> None:
    """Old saved pages have no metadata at all, and nothing tells where they came from."""
    assert ask(f"<h1>Harbour town decides on a new pier</h1><p>By Ann Person</p>{TEXT}")[0]


def test_text_forms_need_no_metadata() -> None:
    assert ask(f"# A new pier\n\n{LONG}\n\n{LONG} Twice.\n", media_type="text/markdown") == (True, "")


@pytest.mark.parametrize("body", ["", "<h1>Not found</h1><p>Sorry.</p>", "<form><input name=q></form>"])
def test_a_page_without_text_is_none(body: str) -> None:
    found, reason = ask(body, url="https://paper.example/news/pier")
    assert not found
    assert reason.startswith("not-article.no-text: ")


def teasers(count: int) -> str:
    return "".join(
        f"<div class=t><h3><a href='/a{i}'>The harbour and its pier, part {i}</a></h3><p>A word on it.</p></div>"
        for i in range(count)
    )


@pytest.mark.parametrize(
    ("body", "url", "code"),
    [
        (
            f"<h1>News</h1><p>{LONG}</p><p>{LONG} So it is.</p>{teasers(40)}",
            "https://paper.example/category/news/",
            "listing",
        ),
        (
            f"<h1>Our plumbing services</h1><p>We offer our services to you. {LONG}</p><p>Call us, and we come. {LONG}</p>",
            "https://plumber.example/services/",
            "offer",
        ),
        (
            f"<h1>Does it work?</h1><div class=thread><p>{LONG} I ask.</p><p>{LONG} I answer.</p></div>",
            "https://forum.example/threads/1/",
            "forum",
        ),
    ],
)
def test_other_pages_are_refused_with_their_reason(body: str, url: str, code: str) -> None:
    found, reason = ask(body, url=url)
    assert not found
    assert reason.startswith(f"not-article.{code}: ")
    assert "\n" not in reason


def test_every_signal_has_a_weight_and_none_is_left_over() -> None:
    weights = article._data()["weights"]
    assert set(weights) == set(article.SIGNALS)
    assert len(weights) <= 25


def test_signals_are_finite_on_hostile_pages() -> None:
    page = Page(Capture("test", b"<meta property='og:url' content='http://[bad'><h1>" + b"<b>" * 3000))
    assert all(-1e6 < value < 1e6 for value in article.signals(page).values())


@NEEDS_CORPUS
def test_real_pages_are_told_apart() -> None:
    right = taken = articles = 0
    lines = (CORPUS / "gold.jsonl").read_text(encoding="utf-8").strip().split("\n")
    for line in lines[::3]:
        label = json.loads(line)
        raw = gzip.decompress((CORPUS / label["file"]).read_bytes())
        found, _ = article.is_article(Page(Capture(label["id"], raw, url=label.get("page_url"))), Context())
        taken += found
        articles += label["is_article"]
        right += found and label["is_article"]
    assert right / articles > 0.96, "recall: a refused article loses every field"
    assert right / taken > 0.92, "precision"
