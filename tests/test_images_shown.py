"""Photos in places that markup hides: before the article's box, in films' boxes, behind scripts, in galleries."""

from __future__ import annotations

import json

import pytest

from provenance.model import Capture, Photo
from provenance.page import Page
from provenance.photo_choice import choose_images
from provenance.rules.images import collect
from provenance.rules.photos.addresses import key_of
from provenance.rules.photos.signs import quiet_span
from tests.photo_pages import TEXT, URL, context, page_of

GREY = "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACw"


def shown(page: Page, language: str | None = "en") -> list[Photo]:
    here = context(language) if language else context("en").__class__()
    return [c.value for c in choose_images(collect(page, here), page, here).chosen]


def told(page: Page, language: str | None = "en") -> list[tuple[str | None, str | None]]:
    """Caption and credit of each chosen photo."""
    return [
        (p.caption.value if p.caption else None, p.credit.value if p.credit else None) for p in shown(page, language)
    ]


def addresses(page: Page) -> list[str | None]:
    return [p.url.value if p.url else None for p in shown(page)]


# --- before the box of the article ---------------------------------------------------------------------------------


def page_with_top(top: str, inside: str = "") -> Page:
    html = f"""<!doctype html><html lang="en"><head><title>Bridge</title></head><body>
    <nav><a href="/">Gazette</a><img src="/logo.svg" alt="Gazette"></nav>{top}
    <div class="wrap"><div class="text"><h1>Harbour bridge open again</h1><p>{TEXT[0]}</p>{inside}<p>{TEXT[1]}</p>
    <p>{TEXT[2]}</p></div></div></body></html>"""
    return Page(Capture("t", html.encode(), url=URL))


def test_header_image_outside_the_box_with_a_marked_credit() -> None:
    top = '<div id="media_head"><img src="/img/pier.jpg"><span class="header_image_source">Jane Roe for Pier Weekly</span></div>'
    page = page_with_top(top)
    assert told(page) == [(None, "Jane Roe for Pier Weekly")]
    assert addresses(page) == ["https://gazette.example/img/pier.jpg"]


def test_caption_and_credit_stand_apart_from_the_image_above() -> None:
    image = '<header><figure><img src="/img/pier.jpg"></figure></header>'
    box = '<div class="caption-credit"><p class="caption-credit-source">Photo: Jane Roe/HARBOURPIX</p><p class="caption-credit-info">The pier.</p></div>'
    page = page_with_top(f"{image}<section>{box}</section>")
    assert told(page) == [("The pier.", "Jane Roe/HARBOURPIX")]
    assert addresses(page) == ["https://gazette.example/img/pier.jpg"]


@pytest.mark.parametrize(
    "top",
    [
        '<div><img src="/img/promo.jpg" alt="Our shop"></div>',
        '<div><img src="/img/promo.jpg"><p>Jane Roe / AFP</p></div>',
        '<a href="/2024/03/01/market"><img src="/img/market.jpg"><span class="photo-credit">Rita Moss/AFP</span></a>',
        '<div class="related"><img src="/img/market.jpg"><span class="photo-credit">Rita Moss/AFP</span></div>',
        '<div class="credits-box"><p class="credit">The Example Gazette</p></div>',
    ],
)
def test_what_stands_above_and_is_no_photo_of_the_article(top: str) -> None:
    assert told(page_with_top(top)) == []


# --- films ---------------------------------------------------------------------------------------------------------


def test_film_in_the_text_whose_still_has_no_address() -> None:
    caption = "The mayor tells why the works took two years."
    film = f"""<figure><div><span>Video</span><div class="q1"></div></div><figcaption itemprop="caption description">
    <span>{caption}</span><span><span>Published On</span><time datetime="2024-03-02">March 2, 2024</time>
    <span itemprop="copyrightHolder"><span>Credit</span><span>Image by Jane Roe/Associated Press</span></span></span>
    </figcaption></figure>"""
    assert told(page_of(inside=film)) == [(caption, "Jane Roe/Associated Press")]


def test_film_with_two_credits_tells_the_still_s() -> None:
    film = """<figure class="media video"><figcaption class="caption"><div class="summary-credit">
    <p>A tram crosses the bridge on Monday, two years after it was closed for repair.</p>
    <span class="credit video-credit">By RITA MOSS on <span>Publish Date </span>March 2, 2024.</span>
    <span class="credit photo-credit">Photo by Jane Roe for Pier Weekly</span> <a href="/v/1">Watch in full</a></div>
    </figcaption></figure>"""
    assert [credit for _, credit in told(page_of(inside=film))] == ["Jane Roe for Pier Weekly"]


def test_film_list_set_aside_is_not_the_article_s() -> None:
    row = """<aside class="list_item"><div itemprop="video" class="embedded"><figure><img alt="Ferry lost"></figure></div>
    <div class="item_caption"><p>A ferry was lost on Sunday evening. (ABC 7 News)</p></div></aside>"""
    own = '<figure><img src="/own-pier-77.jpg"><figcaption>The old pier. Photo: Jane Roe/AP</figcaption></figure>'
    assert told(page_of(inside=own + row)) == [("The old pier.", "Jane Roe/AP")]


# --- images that only a script shows -------------------------------------------------------------------------------


def test_image_for_readers_without_scripts_is_the_same_photo() -> None:
    box = f"""<figure><span><img src="{GREY}"><noscript><img src="/img/own-pier-77.png"></noscript></span>
    <span class="meta"><cite>pier.example</cite></span></figure>"""
    page = page_of(inside=box)
    assert told(page) == [(None, "pier.example")]
    assert addresses(page) == ["https://gazette.example/img/own-pier-77.png"]


def test_gallery_image_without_an_address_beside_its_caption() -> None:
    item = """<div class="gallery-item"><img alt="{0}"><div class="caption"><span class="caption-text">{0}</span>
    <span class="photographer">{1}</span> <span class="credits">{2}</span></div></div>"""
    rows = item.format("The old pier at noon.", "Jane Roe", "jroe@gazette.example")
    rows += item.format("The new pier at night.", ".", "")
    assert told(page_of(inside=f'<div class="story-gallery">{rows}</div>')) == [
        ("The old pier at noon.", "Jane Roe jroe@gazette.example"),
        ("The new pier at night.", None),
    ]


def test_image_without_an_address_and_without_caption_is_no_photo() -> None:
    assert told(page_of(inside='<div><img alt="The pier"><p>Jane Roe / AFP</p></div>')) == []


def test_metadata_has_the_address_of_a_lead_that_a_script_shows() -> None:
    head = '<meta property="og:image" content="https://cdn.example/pier-north-77.jpg">'
    lead = '<figure><figcaption>The old pier at noon. <span class="credit">Jane Roe/AP</span></figcaption></figure>'
    page = page_of(lead, head=head)
    assert told(page) == [("The old pier at noon.", "Jane Roe/AP")]
    assert addresses(page) == ["https://cdn.example/pier-north-77.jpg"]


def test_metadata_lends_no_address_to_a_photo_in_the_text() -> None:
    head = '<meta property="og:image" content="https://cdn.example/pier-north-77.jpg">'
    lost = '<figure><figcaption>The old pier at noon. <span class="credit">Jane Roe/AP</span></figcaption></figure>'
    assert addresses(page_of(inside=lost, head=head)) == [None]


def test_slides_whose_attributes_have_names_of_their_own() -> None:
    slide = """<div class="slide" data-slide-credits="Pier Museum" data-slide-imagetype="jpg"
    data-slide-urlthumb="https://cdn.example/s/pier-{0}.jpg" data-slide-urllarge="https://cdn.example/l/pier-{0}.jpg"></div>"""
    page = page_of(inside="".join(map(slide.format, ("north", "south"))))
    assert [credit for _, credit in told(page)] == ["Pier Museum"] * 2
    assert addresses(page) == ["https://cdn.example/l/pier-north.jpg", "https://cdn.example/l/pier-south.jpg"]


def test_lazy_addresses_told_apart_by_their_queries() -> None:
    row = """<div><img data-lazy="https://cdn.example/get/r/?d=20240302&i=11654922{0}&w=600"><div class="caption">
    The pier in the morning. <span class="photo-credit">REUTERS/Jane Roe</span></div></div>"""
    page = page_of(inside="".join(map(row.format, ("93", "94"))))
    assert [credit for _, credit in told(page)] == ["REUTERS/Jane Roe"] * 2
    same = "https://cdn.example/get/r/?d=20240302&i=1165492293"
    assert key_of(f"{same}&w=600") == key_of(f"{same}&w=1200&q=80")
    assert key_of(f"{same}&w=600") != key_of("https://cdn.example/get/r/?d=20240302&i=1165492294&w=600")


# --- captions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Slide: 1 / of 2 . Caption", "Caption"),
        ("Foto 1 de 7: El muelle", "El muelle"),
        ("Bild 3 von 8 Die Brücke", "Die Brücke"),
        ("El muelle a mediodía. Foto 3 de 12", "El muelle a mediodía."),
        ("1/12", ""),
        ("1 de 12", ""),
        ("9/11 Memorial at dusk", "9/11 Memorial at dusk"),
        ("2 of 3 ferries were late", "2 of 3 ferries were late"),
        ("Photo 24/7 opens a shop", "Photo 24/7 opens a shop"),
    ],
)
def test_counters_of_galleries(text: str, rest: str) -> None:
    start, end = quiet_span(text)
    assert text[start:end] == rest


def test_counter_and_caption_word_are_no_caption() -> None:
    box = """<figure><img src="/own-pier-77.jpg"><figcaption><p><span>Slide: </span>1 / <span>of </span>2 <span>.</span>
    <span>Caption: </span><span class="credit">Jane Roe/AP</span></p></figcaption></figure>"""
    again = (
        '<figure><img src="/own-pier-77.jpg"><figcaption><span class="credit">Jane Roe/AP</span></figcaption></figure>'
    )
    assert told(page_of(box, again)) == [(None, "Jane Roe/AP")]


def test_button_named_for_captions_is_no_caption() -> None:
    box = """<div class="photo"><img src="/own-pier-77.jpg"><div><span class="toggle_caption">Caption</span>
    <div class="photo_caption">The old pier at noon.</div><span class="credit">Jane Roe</span></div></div>"""
    assert told(page_of(inside=box)) == [("The old pier at noon.", "Jane Roe")]


def test_title_of_an_image_that_repeats_the_headline_is_no_caption() -> None:
    image = '<figure><img src="/own-pier-77.jpg" title="The harbour’s bridge is open again"><figcaption>Photo: Jane Roe</figcaption></figure>'
    page = page_of(image, title="The harbour's bridge is open again")
    assert told(page) == [(None, "Jane Roe")]


@pytest.mark.parametrize(
    ("href", "text", "credit"),
    [
        ("https://pictures.example/photos/3e61-29ad", "herbstlicht", "herbstlicht"),
        ("https://pictures.example/about", "herbstlicht", None),
        ("https://gazette.example/photos/77", "herbstlicht", None),
        ("https://pictures.example/photos/3e61", "The pier that was closed for two years.", None),
    ],
)
def test_caption_that_is_a_link_to_the_photo_elsewhere(href: str, text: str, credit: str | None) -> None:
    box = f'<figure><img src="/own-pier-77.jpg"><figcaption><a href="{href}">{text}</a></figcaption></figure>'
    assert [found for _, found in told(page_of(box))] == [credit]


# --- labels --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("<span>Credit</span> Harbour Daily / AP", "Harbour Daily / AP"),
        ("<span>Credit</span>Illustration by Jane Roe", "Jane Roe"),
        ("<b><span>Photo</span> <span>Jane Roe</span></b>", "Jane Roe"),
        ("Credit Illustration by Jane Roe", "Jane Roe"),
        ("CreditImage by Jane Roe/Associated Press", "Jane Roe/Associated Press"),
        ("Photographed by Jane Roe.", "Jane Roe."),
        ("Photo composite by Jane Roe and John Doe", "Jane Roe and John Doe"),
        ("Credit Suisse/AP", "Credit Suisse/AP"),
    ],
)
def test_labels_before_a_marked_credit(line: str, credit: str) -> None:
    box = f'<figure><img src="/own-pier-77.jpg"><figcaption>The old pier at noon. <span class="credit">{line}</span></figcaption></figure>'
    assert told(page_of(box)) == [("The old pier at noon.", credit)]


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ('<i class="fa fa-camera"></i> Jane Roe', "Jane Roe"),
        ('<svg class="icon-camera"></svg><b>Jane Roe/AFP</b>', "Jane Roe/AFP"),
        ('<i class="fa fa-camera"></i> View gallery', None),
        ('<i class="fa fa-camera"></i> 12 photos', None),
        ('<i class="fa fa-video-camera"></i> Jane Roe', None),
        ("📷 Jane Roe", "Jane Roe"),
        ("📷: @janeroe", "@janeroe"),
        ("The old pier at noon. 📷 Jane Roe", "Jane Roe"),
        ("The old pier at noon. 📸: Jane Roe/AP", "Jane Roe/AP"),
    ],
)
def test_camera_instead_of_a_label(line: str, credit: str | None) -> None:
    box = f'<div class="x7"><img src="/own-pier-77.jpg"><span class="y9">{line}</span></div>'
    assert [found for _, found in told(page_of(inside=box))] == [credit]


def test_placeholder_in_a_notice_to_those_who_copy_is_no_credit() -> None:
    notice = "本网版权说明：凡注明来源为“江城网：XXX（署名）”的作品，未经允许禁止转载。凡本网注明“来源：XXX（非江城网）”的作品，均转载自其它媒体。"
    box = f'<figure><img src="/own-pier-77.jpg"><figcaption>{notice}</figcaption></figure>'
    assert [credit for _, credit in told(page_of(inside=box, language="zh"), "zh")] == [None]


def test_label_in_the_script_of_the_headline_on_a_page_without_language() -> None:
    image = '<p><img src="/own-pier-77.jpg"></p>'
    page = page_of(image, f"<p>{TEXT[1]}</p><p>题图来自 Harbour</p>", title="大桥重新开放", language="")
    assert [credit for _, credit in told(page, None)] == ["Harbour"]


HEAD = '<meta property="og:image" content="https://cdn.example/pier-77.jpg"><meta property="og:title" content="{}">'


@pytest.mark.parametrize(
    ("title", "language", "credit"),
    [
        ("橋が再び開通（写真＝ロイター）", "ja", "ロイター"),
        ("Harbour bridge open again (Photo: Jane Roe)", "en", "Jane Roe"),
        ("Harbour bridge open again (Reuters)", "en", None),
        ("Harbour bridge open again (with photos)", "en", None),
    ],
)
def test_credit_in_the_metadata_s_title(title: str, language: str, credit: str | None) -> None:
    page = page_of(head=HEAD.format(title), language=language)
    assert [found for _, found in told(page, language)] == [credit]


@pytest.mark.parametrize(
    "decoration",
    [
        '<img src="/images/icons/evileye.png" alt="Eye">',
        '<img src="/static/wza.png" style="width:18px; height:auto;">',
        '<img src="/img/ewm.png"><img src="/img/qrcode-app.png">',
        '<img src="/img/1px.gif" border="0">',
        '<img src="https://gazette.example/wp-content/themes/news/images/national.jpg">',
        '<img src="/img/line9.png">' * 4,
        '<a href="javascript:print()"><img src="/i/print.gif" alt="Print"></a> <img src="/i/clear.gif">',
        '<img src="/promo/spring.jpg" width="728" height="90">',
    ],
)
def test_decorations_are_no_photos(decoration: str) -> None:
    photo = '<img src="/photos/bridge.jpg" alt="The bridge at noon">'
    page = page_of(inside=f"<p>{photo}</p><p>{decoration}</p>")
    assert addresses(page) == ["https://gazette.example/photos/bridge.jpg"]


@pytest.mark.parametrize(
    "folder", ["story_files", "story-Dateien", "old%20story_files", "old_\u30d5\u30a1\u30a4\u30eb"]
)
def test_the_folder_of_a_saved_page_is_no_address_of_the_site(folder: str) -> None:
    photo = f'<img src="./{folder}/bridge.jpg">'
    figure = f"<figure>{photo}<figcaption>The bridge at noon. Photo: Ann Lee</figcaption></figure>"
    saved = Page(Capture("out/story.html", page_of(inside=figure).capture.body, url=URL))
    assert addresses(saved) == [None]
    assert told(saved) == [("The bridge at noon.", "Ann Lee")]
    (photo_of,) = shown(page_of(inside=figure.replace(folder, "media")))
    assert photo_of.url is not None


def test_the_photo_that_metadata_name_is_the_article_s_in_a_part_for_others_too() -> None:
    name = "c21f27410259ce13f60e6a706700a61a.jpg"
    head = f'<meta property="og:image" content="https://media.example/w90/news/{name}.cf.png">'
    alt = "The bridge at noon on Monday, as seen from the harbour. (AP Photo/Ann Lee)"
    box = f'<div class="related-photos"><ul><li><img src="https://media.example/w630/news/{name}" width="630" alt="{alt}"></li></ul></div>'
    (photo,) = shown(page_of(before=box, head=head))
    assert photo.credit is not None
    assert photo.credit.value == "AP Photo/Ann Lee"
    assert "AP Photo/Ann Lee" not in str(told(page_of(before=box)))


@pytest.mark.parametrize("alt", ["Ann Lee", "Ben Bo", "The bridge at noon"])
def test_the_portrait_of_who_wrote_the_story_is_no_photo_of_it(alt: str) -> None:
    """By the name in place of the picture; the photo that metadata name for the page is its photo, whoever it shows."""
    author = {"@type": "Person", "name": "Ann Lee"}
    told = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "author": [author, "Ben Bo"]})
    head = f'<script type="application/ld+json">{told}</script>'
    box = (
        f'<div class="about"><img src="/2024/lee.jpg" alt="{alt}"><p>Ann Lee has known the harbour for years.</p></div>'
    )
    own = [] if alt != "The bridge at noon" else ["https://gazette.example/2024/lee.jpg"]
    assert addresses(page_of(inside=box, head=head)) == own
    named = head + '<meta property="og:image" content="https://gazette.example/2024/lee.jpg">'
    assert addresses(page_of(inside=box, head=named)) == ["https://gazette.example/2024/lee.jpg"]


def test_a_list_of_words_to_search_by_is_no_caption() -> None:
    for alt, caption in (
        ("bridge, harbour, old ferry, town", None),
        ("The bridge, the harbour, the old ferry and the town", "The bridge, the harbour, the old ferry and the town"),
        ("Ann Lee, Ben Bo, Carl Doe, Dan Fox", "Ann Lee, Ben Bo, Carl Doe, Dan Fox"),
    ):
        photo = f'<figure><img src="/b.jpg" data-caption="{alt}"><figcaption>Photo: Jane Roe</figcaption></figure>'
        assert told(page_of(inside=photo)) == [(caption, "Jane Roe")]
