"""Photo credits where no name in the markup tells: by place, by label, by an agency's name, by what a text says."""

from __future__ import annotations

import pytest

from provenance.model import Capture
from provenance.page import Page
from provenance.photo_choice import choose_images
from provenance.rules.images import collect
from provenance.rules.photos.grammar import Grammar
from tests.photo_pages import context, page_of
from tests.test_images_foreign import chosen, credits_of


def of(
    before: str = "", inside: str = "", *, language: str = "en", head: str = ""
) -> list[tuple[str | None, str | None]]:
    """Caption and credit of each chosen photo."""
    page, here = page_of(before, inside, head=head, language=language), context(language)
    found = choose_images(collect(page, here), page, here).chosen
    return [
        (c.value.caption.value if c.value.caption else None, c.value.credit.value if c.value.credit else None)
        for c in found
    ]


LINES = (
    ("<span>EFE</span>", "es", "EFE"),
    ("<span>© Aton</span>", "es", "Aton"),
    ("<p>Bild: Jane Roe</p>", "de", "Jane Roe"),
    ("<p><span>Foto:</span> Jane Roe/Ritzau Scanpix</p>", "da", "Jane Roe/Ritzau Scanpix"),
    ("<p>Jane Roe/Haaretz</p>", "de", "Jane Roe/Haaretz"),
    ("<div>Jane Roe | Moment | Getty Images</div>", "en", "Jane Roe | Moment | Getty Images"),
    (
        "<em>Jane Roe/Copyright 2024 The AP. All rights reserved</em>",
        "en",
        "Jane Roe/Copyright 2024 The AP. All rights reserved",
    ),
    ("<div>(Jane Roe / AFP)</div>", "en", "Jane Roe / AFP"),
    ("<p>Povilas Jonaitis / J. Stonkaus / LRT nuotr.</p>", "lt", "J. Stonkaus / LRT"),
)


@pytest.mark.parametrize(("line", "language", "credit"), LINES, ids=[c for _, _, c in LINES])
def test_line_in_the_box_of_a_photo(line: str, language: str, credit: str) -> None:
    assert [
        c for _, c in of(f'<div class="x1f"><img src="/own.jpg"><div class="q7">{line}</div></div>', language=language)
    ] == [credit]


@pytest.mark.parametrize(
    "line",
    [
        "<p>Jane Roe</p>",
        "<p>Jane Roe waves at Reuters reporters</p>",
        "<p>Politics</p>",
        "<p>By Jane Roe / The Example Gazette</p>",
        "<time>03:29</time><span>03:29</span>",
        "<p>Download (JPEG, 5 MB)</p>",
        "<p>Washington, Monday</p>",
    ],
)
def test_line_that_is_no_credit(line: str) -> None:
    assert [c for _, c in of(f'<div class="x1f"><img src="/own.jpg"><div class="q7">{line}</div></div>')] == [None]


def test_caption_line_and_credit_line() -> None:
    markup = '<div class="a1"><img src="/own.jpg"></div><p>The bridge seen from the harbour</p><p>Image: JANE ROE</p>'
    assert of(inside=markup) == [("The bridge seen from the harbour", "JANE ROE")]


def test_line_before_a_picture_in_a_figure() -> None:
    assert [c for _, c in of('<figure><span>© EFE</span><picture><img src="/own.jpg"></picture></figure>')] == ["EFE"]


def test_second_caption_of_a_figure_is_the_credit() -> None:
    markup = '<figure><img src="/own.jpg"><figcaption>The bridge at noon.</figcaption><figcaption>REUTERS</figcaption></figure>'
    assert of(markup) == [("The bridge at noon.", "REUTERS")]


def test_mark_in_a_piece_of_its_own_ends_with_it() -> None:
    markup = '<div class="image-caption"><span>© Alamy</span><span>Alamy rates the bridge in a photo</span></div>'
    assert of(f'<div><img src="/own.jpg">{markup}</div>') == [("Alamy rates the bridge in a photo", "Alamy")]


def test_name_for_both_is_the_caption_beside_a_name_for_credits() -> None:
    markup = (
        '<figure><img src="/own.jpg"><div><figcaption class="caption attribution">Two ferries</figcaption>'
        '<figcaption class="image__credit">Getty Images/Sipa USA</figcaption></div></figure>'
    )
    assert of(markup) == [("Two ferries", "Getty Images/Sipa USA")]


def test_notices_after_a_credit() -> None:
    text = "A ferry burns on Monday in this picture. @JaneRoe/via REUTERS THIS IMAGE HAS BEEN SUPPLIED BY A THIRD PARTY. MANDATORY CREDIT. NO RESALES. NO ARCHIVES."
    assert [c for _, c in of(f'<figure><img src="/own.jpg"><figcaption>{text}</figcaption></figure>')] == [
        "@JaneRoe/via REUTERS"
    ]


def test_lost_picture_with_label_or_brackets() -> None:
    boxes = (
        '<div class="z9"><span>The bridge at noon on Monday</span><span>Bild: Jane Roe</span></div>',
        '<div class="z9">The bridge at noon on Monday. (AP Photo/Jane Roe)</div>',
    )
    for box, credit in zip(boxes, ("Jane Roe", "AP Photo/Jane Roe"), strict=True):
        found = of(inside=box, language="de")
        assert [(c or "").rstrip(".") for c, _ in found] == ["The bridge at noon on Monday"]
        assert [c for _, c in found] == [credit]


def test_lost_picture_without_a_sign_is_no_photo() -> None:
    assert of(inside='<div class="z9"><span>The bridge at noon</span><span>Jane Roe / AFP</span></div>') == []


def test_custom_element_gives_address_caption_and_credit() -> None:
    markup = (
        '<media-image image-set="https://cdn.example/a/one.jpg bestCrop, https://cdn.example/a/one.jpg?crop=4 4:3" '
        'credit="Jane Roe, Example Pictures" caption="The bridge at noon" class="spacer-large"></media-image>'
    )
    choice = chosen(inside=markup)
    assert credits_of(choice) == ["Jane Roe, Example Pictures"]
    assert choice.chosen[0].value.url.value == "https://cdn.example/a/one.jpg"
    assert choice.chosen[0].value.caption.value == "The bridge at noon"


def test_placeholder_that_names_the_lead() -> None:
    image = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACH5" data-viewer="https://cdn.example/images.aspx/1514020?tp=UH">'
    markup = f"<figure>{image}<figcaption>The bridge <span>Reuters/JANE ROE</span></figcaption></figure>"
    head = '<meta property="og:image" content="https://cdn.example/images.aspx/1514020?tp=FB">'
    assert [c for _, c in of(markup, head=head)] == ["Reuters/JANE ROE"]


def test_lead_above_the_headline_takes_a_line_below_it() -> None:
    markup = '<p>Engineers say the works took two years and cost less than planned.</p><figcaption><span class="image-credit">Credit: Jane Roe/Associated Press</span></figcaption>'
    page = page_of(markup)
    source = page.source.replace("<h1>", '<figure><img src="/own.jpg"></figure><h1>')
    from provenance.model import Capture
    from provenance.page import Page

    page = Page(Capture("t", source.encode(), url=page.capture.url))
    assert credits_of(choose_images(collect(page, context()), page, context())) == ["Jane Roe/Associated Press"]


def test_foot_line_of_another_photo_is_not_used_twice() -> None:
    shown = '<figure><img src="/first.jpg"></figure>'
    last = '<figure><img src="/last.jpg"><figcaption>Ferries. Photo: Jane Roe/AFP</figcaption></figure>'
    assert [c for _, c in of(shown, last)] == [None, "Jane Roe/AFP"]


def test_shop_links_are_no_teasers_where_only_the_page_tells_its_site() -> None:
    from provenance.model import Capture
    from provenance.page import Page

    shop = '<a href="https://shop.example/bag"><figure><img src="/bag.jpg"></figure></a><p>Photo: Jane Roe</p>'
    head = '<link rel="canonical" href="https://gazette.example/2024/03/02/harbour-bridge">'
    page = Page(Capture("t", page_of(inside=f"<div>{shop}</div>", head=head).source.encode()))
    assert credits_of(choose_images(collect(page, context()), page, context())) == ["Jane Roe"]


@pytest.mark.parametrize(
    ("language", "caption", "credit"),
    [
        ("en", "harbourpixel.com", "harbourpixel.com"),
        ("zh", "桥上的行人。渡口区公安分局供图 江城网", "渡口区公安分局供图 江城网"),
        ("zh", "资料图：市民在桥上行走。江城社记者 李明 摄", "江城社记者 李明 摄"),
    ],
)
def test_a_caption_that_is_a_site_or_ends_in_a_maker_and_a_site(language: str, caption: str, credit: str) -> None:
    figure = f'<figure><img src="/tram.jpg" width="800"><figcaption>{caption}</figcaption></figure>'
    assert [told for _, told in of(inside=figure, language=language)] == [credit]


def test_a_credit_loses_the_bracket_that_was_opened_outside_it() -> None:
    parsed = Grammar(context()).credit("REUTERS/Jane Roe/File)")
    assert parsed is not None
    assert parsed.credit == "REUTERS/Jane Roe/File"
    assert parsed.span == (0, 21)


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Sources: <a href=/a>Island Post</a>, <a href=/b>Ferry News</a> / Photo Credit: <a href=/c>Jane Roe/Flickr</a>", ["Jane Roe/Flickr"]),
        ("Sources: <a href=/a>Island Post</a>, <a href=/b>Ferry News</a> | Photo: Jane Roe", ["Jane Roe"]),
        ("Sources: <a href=/a>Island Post</a>, <a href=/b>Ferry News</a> / Editing: Jane Roe", []),
    ],
)  # fmt: skip
def test_a_labelled_credit_at_the_end_of_a_line_of_sources(line: str, credit: list[str]) -> None:
    page = page_of('<figure><img src="/img/own.jpg"></figure>')
    source = page.source.replace("</p></div></article>", f"</p><p>{line}</p></div></article>")
    page = Page(Capture("t", source.encode(), url=page.capture.url))
    here = context("en")
    assert credits_of(choose_images(collect(page, here), page, here)) == credit


@pytest.mark.parametrize("second", ["c7", "m. quill", "Pier Watch"])
def test_behind_the_words_that_stand_in_for_the_image_is_its_credit(second: str) -> None:
    words = "The old pier is open again after the storm of last winter."
    figure = f'<figure><img src="/a.jpg" alt="{words}"><figcaption><span>{words}</span> <span>{second}</span></figcaption></figure>'
    assert of(inside=figure) == [(words, second)]


def test_a_second_sentence_is_caption_where_the_image_has_other_words() -> None:
    figure = (
        '<figure><img src="/a.jpg" alt="Pier"><figcaption><span>The old pier is open again this week.</span> '
        "<span>Twice a day</span></figcaption></figure>"
    )
    assert of(inside=figure) == [("The old pier is open again this week. Twice a day", None)]
