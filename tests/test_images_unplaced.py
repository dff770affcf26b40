"""Photos whose address no record can hold, photos that only a script shows, and lines below more than one photo."""

from __future__ import annotations

import pytest

from provenance.model import Context, House, Photo
from provenance.photo_choice import choose_images
from provenance.rules.images import collect
from tests.photo_pages import context, page_of


def photos(
    before: str = "", inside: str = "", after: str = "", *, url: str | None = None, language: str = "en"
) -> list[Photo]:
    page, here = page_of(before, inside, after, url=url, language=language), context(language)
    return [c.value for c in choose_images(collect(page, here), page, here).chosen]


def credits_of(listed: list[Photo]) -> list[str | None]:
    return [p.credit.value if p.credit else None for p in listed]


@pytest.mark.parametrize("source", ["./W1234567.jpeg", "pier.jpg", "/img/pier.jpg", "../img/pier.jpg"])
def test_relative_image_on_a_page_without_address(source: str) -> None:
    figure = f'<center><img src="{source}"></center><p><font>The old pier. Photo: Jane Roe</font></p>'
    (photo,) = photos(inside=figure)
    assert photo.url is None
    assert photo.credit is not None
    assert photo.credit.value == "Jane Roe"
    assert photo.caption is not None
    assert photo.caption.value == "The old pier."


def test_two_relative_images_are_two_photos() -> None:
    figures = "".join(
        f'<center><img src="./W123456{n}.jpeg"></center><p>Pier {n}. Photo: Jane Roe</p>' for n in range(2)
    )
    assert credits_of(photos(inside=figures)) == ["Jane Roe", "Jane Roe"]


def test_relative_image_without_words_is_no_photo_of_the_record() -> None:
    assert photos(inside='<center><img src="./W1234567.jpeg"></center>') == []


def test_teasers_on_a_page_without_address() -> None:
    teaser = '<a href="./t20240301_77.html"><img src="./W9.jpeg"></a><p>Ferry lost. Photo: John Doe</p>'
    assert photos(after=f"<div>{teaser}</div>", inside=f'<div class="box">{teaser}</div>') == []


SLIDES = "".join(
    f'<div class="slide" data-caption="The pier in the year {year}." data-credit="Jane Roe/AFP" '
    f'data-image="https://cdn.example/pier-{year}-north.jpg?env=A"></div>'
    for year in (1987, 1999, 2012)
)


@pytest.mark.parametrize("name", ["gallery", "gallery promo"])
def test_gallery_that_only_attributes_hold(name: str) -> None:
    found = photos(inside=f'<div class="{name}">{SLIDES}</div>')
    assert credits_of(found) == ["Jane Roe/AFP"] * 3
    assert [p.url.value for p in found if p.url] == [
        f"https://cdn.example/pier-{year}-north.jpg?env=A" for year in (1987, 1999, 2012)
    ]
    assert [p.caption.value for p in found if p.caption] == [
        f"The pier in the year {year}." for year in (1987, 1999, 2012)
    ]


def test_slide_that_the_page_shows_too_is_one_photo() -> None:
    shown = '<figure><img src="https://cdn.example/pier-1987-north.jpg"></figure>'
    assert (
        credits_of(photos(inside=f'{shown}<p>Between.</p><div class="gallery">{SLIDES}</div>')) == ["Jane Roe/AFP"] * 3
    )


def test_image_that_a_script_shows_from_an_address_without_extension() -> None:
    lazy = '<div><img data-src="https://cdn.example/thumb/127.cms?w=6"><div class="credit">Photo: Jane Roe</div></div>'
    (photo,) = photos(inside=lazy)
    assert photo.url is not None
    assert photo.url.value == "https://cdn.example/thumb/127.cms?w=6"


def test_line_below_several_photos_credits_only_the_last() -> None:
    rows = "".join(f'<p class="c"><img src="/own-{word}.jpg"></p>' for word in ("north", "south", "east"))
    found = photos(inside=f'{rows}<p class="c"><span>Photo: Jane Roe</span></p>', url="https://gazette.example/a/b-c")
    assert [p.url.value for p in found if p.url and p.credit] == ["https://gazette.example/own-east.jpg"]


FILM = (
    '<div class="video-box"><img src="https://cdn.example/film-stills-77.jpg"><div class="headline">The bridge opens'
    '</div><div class="video-info"><span>3:10</span> <span class="video-source">Source: {}</span></div></div>'
)


@pytest.mark.parametrize(("named", "credit"), [("The Example Gazette", None), ("Reuters", "Reuters")])
def test_house_named_as_source_of_its_own_film(named: str, credit: str | None) -> None:
    page = page_of(inside=FILM.format(named))
    here = Context("en", house=House(("The Example Gazette",), "gazette.example"))
    (photo,) = (c.value for c in choose_images(collect(page, here), page, here).chosen)
    assert (photo.credit.value if photo.credit else None) == credit


def test_alternative_text_that_repeats_the_headline_credits_nobody() -> None:
    head = "Harbour bridge open again | Jane Roe/AFP"
    page = page_of(inside=f'<p><img src="/own-pier-77.jpg" alt="{head}"></p>', title=head)
    found = [c.value for c in choose_images(collect(page, context()), page, context()).chosen]
    assert credits_of(found) == [None]


def test_bracket_that_names_the_author_first_credits_no_photo() -> None:
    text = (
        "志愿者们向市民宣传金融知识，并对市民提出的问题一一进行了耐心的解答，受到了市民的一致好评，活动取得圆满成功。"
    )
    assert photos(inside=f"<p>{text}(文/图 刘玺东 易赛楠)</p>", language="zh") == []


@pytest.mark.parametrize(
    ("caption", "rest", "credit"),
    [
        ("The statue in 2015. MTI Fotó: Nemes János", "The statue in 2015.", "MTI Fotó: Nemes János"),
        ("The statue. Fotó: Nemes János", "The statue.", "Nemes János"),
        ("The statue in the USA Fotó: Nemes János", "The statue in the USA", "Nemes János"),
    ],
)
def test_agency_before_the_label_belongs_to_the_credit(caption: str, rest: str, credit: str) -> None:
    figure = f'<figure><img src="/own-statue-77.jpg"><figcaption>{caption}</figcaption></figure>'
    (photo,) = photos(inside=figure, language="hu", url="https://gazette.example/a/b-c")
    assert (photo.caption and photo.caption.value, photo.credit and photo.credit.value) == (rest, credit)


LISTED = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Harbour bridge open again",
"image": [{"@type": "ImageObject", "url": "https://cdn.example/lead-old-77.jpg", "creditText": "John Doe/AFP",
"caption": "Another bridge in another town."}, {"@type": "ImageObject", "url": "https://cdn.example/own-pier-77.jpg",
"creditText": "Jane Roe/AP", "caption": "The old pier at noon."}]}</script>"""
OWN = '<figure><img src="https://cdn.example/own-pier-77.jpg"><figcaption>The old pier at noon.{}</figcaption></figure>'


def test_photo_of_the_metadata_beside_others_that_the_page_shows_with_their_credits() -> None:
    page = page_of(inside=OWN.format(" Jane Roe/AP"), head=LISTED)
    found = [c.value for c in choose_images(collect(page, context()), page, context()).chosen]
    assert credits_of(found) == ["Jane Roe/AP"]


def test_japanese_photographer_behind_a_sign_of_equality() -> None:
    figure = '<figure><img src="/own-pier-77.jpg"><figcaption>開通した橋＝山田太郎撮影</figcaption></figure>'
    (photo,) = photos(inside=figure, language="ja", url="https://gazette.example/a/b-c")
    assert (photo.caption and photo.caption.value, photo.credit and photo.credit.value) == (
        "開通した橋",
        "山田太郎撮影",
    )


MAKERS = [
    # caption, what is the caption, what is the credit
    ("大桥夜景 张三 摄", "大桥夜景", "张三 摄"),
    ("大桥夜景 新华社记者 张三 李四 摄", "大桥夜景", "新华社记者 张三 李四 摄"),
    ("10月4日，列车开往襄阳 张三摄", "10月4日，列车开往襄阳", "张三摄"),
    ("大桥夜景 张三/摄", "大桥夜景", "张三/摄"),
    ("大桥夜景。 新京报记者 王五 摄影报道", "大桥夜景。", "新京报记者 王五 摄影报道"),
    ("大桥夜景 视觉中国 图", "大桥夜景", "视觉中国 图"),
    ("大桥夜景 重庆市气象局供图", "大桥夜景", "重庆市气象局供图"),
    ("大桥夜景 无人机拍摄", "大桥夜景 无人机拍摄", None),
    ("大桥 夜景 图", "大桥 夜景 图", None),
]


@pytest.mark.parametrize(("text", "caption", "credit"), MAKERS, ids=[m[0] for m in MAKERS])
@pytest.mark.parametrize(
    "form",
    ['<figure><img src="{src}"><figcaption>{text}</figcaption></figure>', '<p><img src="{src}"><br>{text}</p>'],
    ids=["figure", "paragraph"],
)
def test_maker_behind_a_space(text: str, caption: str, credit: str | None, form: str) -> None:
    (photo,) = photos(
        inside=form.format(src="/own-pier-77.jpg", text=text), language="zh", url="https://gazette.example/a/b-c"
    )
    assert (photo.credit.value if photo.credit else None) == credit
    if photo.caption is not None:
        assert photo.caption.value == caption


@pytest.mark.parametrize("tag", ["h6", "strong", "small", "div"])
def test_line_with_a_label_in_any_small_element(tag: str) -> None:
    line = f'<p><img src="/own-pier-77.jpg"></p><{tag}>Photo by Jane Roe</{tag}>'
    assert credits_of(photos(inside=line, url="https://gazette.example/a/b-c")) == ["Jane Roe"]
