"""Images that are not the article's stay out of the record, each with its reason; its own photos stay in, once."""

from __future__ import annotations

import json

import pytest

from provenance.model import Choice
from provenance.photo_choice import choose_images
from provenance.rules.images import collect
from tests.photo_pages import context, page_of

OWN = (
    '<figure><img src="/img/own.jpg"><figcaption>The bridge at noon on Monday. Photo: Jane Roe/AP</figcaption></figure>'
)
CREDITED = '<img src="/img/other.jpg" alt=""><p class="caption">Mayor at the market. <span class="credit">Rita Moss/AFP</span></p>'


def chosen(before: str = "", inside: str = "", after: str = "", head: str = "") -> Choice:
    page = page_of(before, inside, after, head=head)
    return choose_images(collect(page, context()), page, context())


def credits_of(choice: Choice) -> list[str]:
    return [c.value.credit.value for c in choice.chosen if c.value.credit]


FOREIGN = [
    (
        "teaser card inside the text",
        "inside",
        f'<div class="teaser-card"><a href="/2024/03/01/market"><h3>Market opens</h3>{CREDITED}</a></div>',
    ),
    (
        "teaser, image and heading linked apart",
        "inside",
        '<aside><a href="/2024/03/01/market"><img src="/img/other.jpg"></a><h4><a href="/2024/03/01/market">Market opens again</a></h4><small>Photo: AFP</small></aside>',
    ),
    ("related box", "inside", f'<div class="related-articles"><figure>{CREDITED}</figure></div>'),
    ("read also, in the foot", "after", f'<section class="more-stories"><figure>{CREDITED}</figure></section>'),
    (
        "next article",
        "after",
        f'<article class="next-article"><h2>Market opens</h2><figure>{CREDITED}</figure><p>Another text altogether, long enough to be read as a paragraph of an article of its own.</p></article>',
    ),
    ("newsletter box", "inside", f'<div class="newsletter-signup">{CREDITED}</div>'),
    (
        "advertisement",
        "inside",
        '<div class="advert"><a href="https://shop.example/x"><img src="/img/shoe.jpg"></a><span class="credit">Shoes Ltd</span></div>',
    ),
    ("shop link", "inside", '<a href="https://shop.example/x"><img src="/img/shoe.jpg" alt="Shoes"></a>'),
    (
        "author portrait",
        "before",
        '<div class="author-box"><img src="/img/jane.jpg" alt="Jane Roe"><span class="credit">Gazette</span></div>',
    ),
    (
        "comment avatars",
        "after",
        '<section id="comments"><img src="/u/1.jpg" width="80"><figure><img src="/u/2.jpg"><figcaption>Nice! © me</figcaption></figure></section>',
    ),
    ("tracking pixel", "inside", '<img src="https://count.example/p.gif?id=1" width="1" height="1">'),
    ("share icons", "before", '<div class="social-share"><img src="/i/facebook.png"><img src="/i/x.png"></div>'),
    (
        "site footer",
        "after",
        '<footer><figure><img src="/img/f.jpg"><figcaption>Photo: Gazette</figcaption></figure></footer>',
    ),
    ("navigation", "after", f"<nav><figure>{CREDITED}</figure></nav>"),
    (
        "byline with a name",
        "before",
        '<div class="byline-wrap"><img src="/img/jane.jpg"><span class="author">Jane Roe</span></div>',
    ),
]


@pytest.mark.parametrize(("name", "place", "markup"), FOREIGN, ids=[f[0] for f in FOREIGN])
def test_foreign_image_is_left_out(name: str, place: str, markup: str) -> None:
    parts = {"before": OWN, "inside": "", "after": ""}
    parts[place] += markup
    choice = chosen(**parts)
    assert credits_of(choice) == ["Jane Roe/AP"]
    assert [c.value.url.value for c in choice.chosen] == ["https://gazette.example/img/own.jpg"]


def test_reasons_are_kept() -> None:
    choice = chosen(OWN, f'<div class="related-articles"><figure>{CREDITED}</figure></div>')
    reasons = {c.value.url.value: why for c, why in choice.rejected if c.value.url}
    assert reasons["https://gazette.example/img/other.jpg"] == "another part of the page"


@pytest.mark.parametrize("mark", ["fig--has-shares", "figure with-comments", "no-related", "show-social-share"])
def test_a_state_of_a_figure_is_no_name_of_another_part(mark: str) -> None:
    """`has-…` and its like say what a box holds or shows, not what it is."""
    assert credits_of(chosen(inside=OWN.replace("<figure>", f'<figure class="{mark}">'))) == ["Jane Roe/AP"]


def test_a_figure_among_share_buttons_is_the_article_s() -> None:
    buttons = '<a href="https://pass-it-on.example/"><img src="/img/pass.jpg" width="600"></a>'
    assert credits_of(chosen(before=f'<div class="media share-cta">{OWN}{buttons}</div>')) == ["Jane Roe/AP"]
    alone = chosen(before=f'<div class="media share-cta">{buttons}</div>')
    assert [reason for _, reason in alone.rejected] == ["another part of the page"]


def test_sizes_of_one_photo_are_one() -> None:
    head = '<meta property="og:image" content="https://cdn.example/1200x630/own-1200x630.jpg?w=1200">'
    small = '<figure><img src="https://cdn.example/300x200/own-300x200.jpg"><figcaption>The bridge. Photo: Jane Roe/AP</figcaption></figure>'
    light_box = '<div class="lightbox"><img src="https://cdn.example/own.jpg?w=2000"><span class="credit">Jane Roe/AP</span></div>'
    choice = chosen(small + light_box, head=head)
    assert credits_of(choice) == ["Jane Roe/AP"]
    assert choice.chosen[0].value.representative
    assert {why for _, why in choice.rejected if "again" in why} == {"the same photo again"}
    assert [c.rule for c in choice.agrees] == ["image/meta"]


def test_two_photos_with_one_credit_are_two() -> None:
    two = "".join(
        f'<figure><img src="/img/{n}.jpg"><figcaption>{n} pier at noon. Photo: dpa</figcaption></figure>'
        for n in ("North", "South")
    )
    assert credits_of(chosen("", two)) == ["dpa", "dpa"]


def test_placeholder_address_does_not_merge_photos() -> None:
    two = "".join(
        f'<figure><img src="/static/grey.png"><figcaption>{n} pier at noon. Photo: {n}/AP</figcaption></figure>'
        for n in ("North", "South")
    )
    assert credits_of(chosen("", two)) == ["North/AP", "South/AP"]


def test_document_order_lead_first() -> None:
    inner = '<figure><img src="/img/in.jpg"><figcaption>Inside. Photo: Reuters</figcaption></figure>'
    choice = chosen(OWN, inner)
    assert credits_of(choice) == ["Jane Roe/AP", "Reuters"]
    assert [c.value.representative for c in choice.chosen] == [True, False]


def json_ld(image: object) -> str:
    node = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Harbour bridge open again",
        "image": image,
    }
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def test_metadata_fills_what_is_not_printed() -> None:
    image = {"@type": "ImageObject", "url": "https://gazette.example/img/own.jpg", "creditText": "Photo: Jane Roe/AP"}
    choice = chosen(
        '<figure><img src="/img/own.jpg"><figcaption>The bridge.</figcaption></figure>', head=json_ld([image])
    )
    photo = choice.chosen[0].value
    assert (photo.caption.value, photo.credit.value) == ("The bridge.", "Jane Roe/AP")
    assert photo.credit.match.source == "json-ld"


def test_print_wins_over_metadata() -> None:
    image = {"@type": "ImageObject", "url": "https://gazette.example/img/own.jpg", "creditText": "Gazette"}
    assert credits_of(chosen(OWN, head=json_ld(image))) == ["Jane Roe/AP"]


def test_house_as_holder_is_no_credit() -> None:
    from provenance.model import Context, House

    image = {
        "@type": "ImageObject",
        "url": "/img/own.jpg",
        "copyrightHolder": {"@type": "Organization", "name": "Gazette"},
    }
    page = page_of('<figure><img src="/img/own.jpg"></figure>', head=json_ld(image))
    here = Context("en", None, House(("Gazette",)))
    assert credits_of(choose_images(collect(page, here), page, here)) == []


def test_gallery_that_only_a_script_shows() -> None:
    node = {
        "@type": "NewsArticle",
        "headline": "Harbour bridge open again",
        "hasPart": [
            {
                "@type": "ImageGallery",
                "image": [
                    {
                        "@type": "ImageObject",
                        "contentUrl": f"https://gazette.example/g/{n}.jpg",
                        "caption": f"{n} pier",
                        "creditText": f"{n}/AP",
                    }
                    for n in ("North", "South")
                ],
            }
        ],
    }
    head = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    assert credits_of(chosen(OWN, head=head)) == ["Jane Roe/AP", "North/AP", "South/AP"]


def test_a_logo_in_the_metadata_is_no_photo() -> None:
    """Sites name their own sign as the picture of pages without one."""
    choice = chosen(head='<meta property="og:image" content="https://gazette.example/img/site_logo_1200x630.png">')
    assert choice.chosen == ()
    assert [(c.rule, why) for c, why in choice.rejected] == [("image/meta", "decoration")]


def test_metadata_alone_gives_the_lead() -> None:
    choice = chosen(head='<meta property="og:image" content="/img/lead.jpg">')
    assert [c.value.url.value for c in choice.chosen] == ["https://gazette.example/img/lead.jpg"]
    assert choice.chosen[0].value.credit is None


def test_gallery_with_a_title_of_its_own() -> None:
    slides = "".join(
        f'<figure><img src="/g/{n}.jpg"><figcaption>World in pictures today Slide number {n} of them. Photo: Reuters</figcaption></figure>'
        for n in range(12)
    )
    assert credits_of(chosen(OWN, slides)) == ["Jane Roe/AP"]


def test_foot_line_credits_the_lead() -> None:
    page = page_of('<figure><img src="/img/own.jpg"></figure>')
    source = page.source.replace("</p></div></article>", "</p><p>Rubriklistenbild: © KCNA/dpa</p></div></article>")
    from provenance.model import Capture
    from provenance.page import Page

    page = Page(Capture("t", source.encode(), url=page.capture.url))
    here = context("de")
    assert credits_of(choose_images(collect(page, here), page, here)) == ["KCNA/dpa"]
