"""Properties of photos: evidence replays, addresses keep their identity, texts are parted without loss."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.model import Candidate, Capture, Context, Photo
from provenance.page import Page
from provenance.photo_choice import choose_images
from provenance.rules.images import collect
from provenance.rules.photos.addresses import key_of
from provenance.rules.photos.grammar import Grammar
from provenance.rules.photos.signs import quiet_span
from provenance.selectors import replay, selector
from tests.photo_pages import context, page_of
from tests.test_images_forms import FORMS

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS = SHARED / "corpus"
SEED = SHARED / "seed" / "us-russia-seek-to-ease-tensions.md"


def parts(photo: Photo) -> list[Candidate]:
    single = [photo.url, photo.caption, photo.credit, photo.copyright]
    return [c for c in (*single, *photo.creators, *photo.sources, *photo.providers) if c is not None]


@pytest.mark.parametrize("form", FORMS, ids=[f[0] for f in FORMS])
def test_every_part_replays(form: tuple[str, str, str, str | None, str]) -> None:
    _, language, markup, _, _ = form
    page = page_of(markup, language=language)
    choice = choose_images(collect(page, context(language)), page, context(language))
    kept = [*choice.chosen, *choice.agrees, *(c for c, _ in choice.rejected)]
    found = [part for c in kept for part in parts(c.value)]
    assert found
    for part in found:
        assert replay(page, selector(page, part.match)) == part.match.text


SAME_PHOTO = [
    ("https://a.example/img/bridge-300x200.jpg", "https://cdn.example/i/bridge-1200x630.webp?w=1200&q=80"),
    ("https://a.example/2024/bridge.jpg", "https://r.example/resize/640/https%3A%2F%2Fa.example%2F2024%2Fbridge.jpg"),
    ("https://a.example/image/4711815/320x180", "https://a.example/image/4711815/1600x900?v=3"),
    ("https://a.example/img/ap_harbour-s1200.jpg", "https://a.example/img/ap_harbour-s600-c85.webp"),
    (
        "https://a.example/id/0b9d0a4c-6f0e-4a57-9c1e-0d3f7a2b1c4d/16x9-1280/lead.jpg",
        "https://a.example/id/0b9d0a4c-6f0e-4a57-9c1e-0d3f7a2b1c4d/1x1-256/lead.jpg",
    ),
    (
        "https://a.example/m/harbour-bridge.jpg.jpg/size=320x180.jpg",
        "https://a.example/m/harbour-bridge.jpg.jpg/size=708x398.jpg",
    ),
]
OTHER_PHOTO = [
    ("https://a.example/img/bridge-1.jpg", "https://a.example/img/bridge-2.jpg"),
    ("https://a.example/show.php?id=1", "https://a.example/show.php?id=2"),
    ("https://a.example/image/4711815/320x180", "https://a.example/image/4711816/320x180"),
    ("https://a.example/img/phone-s10.jpg", "https://a.example/img/phone-s20.jpg"),
]


@pytest.mark.parametrize(("one", "other"), SAME_PHOTO)
def test_sizes_share_a_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(("one", "other"), OTHER_PHOTO)
def test_photos_differ_in_key(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


texts = st.text(st.sampled_from("AaBbé.,:;/|()[]©「」（）摄 \u00adPhotoFtbyREUS&-–\"'\n\t0"), max_size=120)


@given(texts)
@settings(max_examples=150, deadline=None)
def test_split_gives_parts_of_the_text(text: str) -> None:
    split = Grammar(Context("en")).split(text)
    assert split.text == text
    assert text[split.caption_span[0] : split.caption_span[1]] == split.caption
    if split.credit_span is not None:
        assert text[split.credit_span[0] : split.credit_span[1]] == split.credit
        assert split.credit_span[0] >= split.caption_span[1] or split.caption_span[0] >= split.credit_span[1]


@given(texts)
@settings(max_examples=100, deadline=None)
def test_credit_is_a_part_of_the_text(text: str) -> None:
    parsed = Grammar(Context("de")).credit(text)
    assert parsed is None or text[parsed.span[0] : parsed.span[1]] == parsed.credit
    start, end = quiet_span(text)
    assert 0 <= start <= end <= len(text)


pieces = st.sampled_from(
    [
        "<figure>",
        "</figure>",
        "<figcaption>Photo: ",
        "</figcaption>",
        "<img src='/a.jpg'>",
        "<img srcset='/b.jpg 2x, ,/c 1w'>",
        "<p>",
        "</p>",
        "<a href='::'>",
        "</a>",
        "<picture><source srcset=''>",
        "<div class='credit caption teaser'>",
        "</div>",
        "AP",
        "<h2><a href='/x'>t</a></h2>",
        "<noscript>",
        "</noscript>",
        "<img src='http://[::1'>",
        "<img>",
        "© ",
        "<amp-img data-src='x.png'>",
    ]
)


@given(st.lists(pieces, max_size=40))
@settings(max_examples=80, deadline=None)
def test_broken_markup_never_fails(markup: list[str]) -> None:
    page = page_of("".join(markup))
    choice = choose_images(collect(page, context()), page, context())
    for candidate in choice.chosen:
        for part in parts(candidate.value):
            assert replay(page, selector(page, part.match)) == part.match.text


def test_page_as_deep_as_the_parser_allows() -> None:
    deep = "<div class=credit>" * 3000 + '<img src="/a.jpg">' + "</div>" * 3000
    page = page_of(deep)
    assert len(choose_images(collect(page, context()), page, context()).chosen) <= 1


def test_print_shape_without_an_image() -> None:
    if not SEED.exists():
        pytest.skip("needs the seed article beside the repository (../shared/seed)")
    page = Page(Capture("seed.md", SEED.read_bytes(), media_type="text/markdown"))
    chosen = choose_images(collect(page, context()), page, context()).chosen
    assert len(chosen) == 1
    photo = chosen[0].value
    assert photo.url is None
    assert photo.caption.value.endswith("Sergei Lavrov meet in Reykjavik.")
    assert photo.credit.value == "Russian Foreign Ministry / TASS"
    assert [(c.value.kind, c.value.name) for c in photo.creators] == [("organization", "Russian Foreign Ministry")]
    assert [c.value.short or c.value.name for c in photo.providers] == ["TASS"]
    assert all(c.inferred for c in photo.providers)


MARKDOWN = """# Harbour bridge open again

By Jane Roe

![A bridge](/img/bridge.jpg)

The bridge at noon on Monday.

**Photo: Jane Roe / Reuters**

The harbour bridge was opened again on Monday after two years of repair, and the first tram crossed it at noon.

Engineers said that the work had cost less than was planned, although the river had flooded the site twice.
"""


def test_markdown_image_with_caption_and_bold_credit() -> None:
    page = Page(Capture("a.md", MARKDOWN.encode(), media_type="text/markdown", url="https://gazette.example/a"))
    chosen = choose_images(collect(page, context()), page, context()).chosen
    assert [(c.value.url.value, c.value.credit.value) for c in chosen] == [
        ("https://gazette.example/img/bridge.jpg", "Jane Roe / Reuters")
    ]
    assert chosen[0].value.caption.value == "The bridge at noon on Monday."


def words(text: str) -> set[str]:
    import re
    import unicodedata

    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return set(re.findall(r"\w+", plain.replace("\u00ad", "").casefold()))


def matched(want: list[str], got: list[str]) -> int:
    left, hits = [words(g) for g in got], 0
    for credit in map(words, want):
        best = next((o for o in left if credit and o and len(credit & o) / len(credit | o) >= 0.7), None)
        if best is not None:
            left.remove(best)
            hits += 1
    return hits


def test_labelled_pages() -> None:
    """Credits of real pages, matched by their words: F1 of at least 0.95."""
    gold = CORPUS / "gold.jsonl"
    if not gold.exists():
        pytest.skip("needs the labelled pages beside the repository (../shared/corpus)")
    labels = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if '"photos"' in line]
    hits = wanted = found = 0
    for label in labels:
        body = gzip.decompress((CORPUS / label["file"]).read_bytes())
        page = Page(Capture(label["id"], body, url=label.get("page_url")))
        here = Context((page.root.get("lang") or "").replace("_", "-") or None)
        choice = choose_images(collect(page, here), page, here)
        got = [c.value.credit.value for c in choice.chosen if c.value.credit]
        want = [p["credit"] for p in label["photos"] if p.get("credit")]
        hits, wanted, found = hits + matched(want, got), wanted + len(want), found + len(got)
    assert wanted > 250
    assert 2 * hits / (wanted + found) >= 0.95
