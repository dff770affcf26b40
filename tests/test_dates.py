"""Dates of publication and of changes: what machines write, which of many wins, and what is never the article's."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.dates import Moment, by_clock_of, offset_of, read_machine
from provenance.model import Stated
from provenance.selectors import replay, selector
from tests.making_pages import candidates_of, choice_of, page, refusals_of, text_page, value_of


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2024-05-03T15:47:42.389Z", "2024-05-03T15:47:42.389Z"),
        ("2024-05-03 15:47:42+0200", "2024-05-03T15:47:42+02:00"),
        ("2024-05-03T15:47+02", "2024-05-03T15:47:00+02:00"),
        ("2024-05-03T15:47:00-03:30", "2024-05-03T15:47:00-03:30"),
        ("Fri, 03 May 2024 15:47:00 +0200", "2024-05-03T15:47:00+02:00"),
        ("Fri May 03 2024 15:47:00 GMT+0200 (CEST)", "2024-05-03T15:47:00+02:00"),
        ("Fri May  3 15:47:00 UTC 2024", "2024-05-03T15:47:00Z"),
        ("1714751262", "2024-05-03T15:47:42Z"),
        ("1714751262000", "2024-05-03T15:47:42Z"),
        ("20240503", "2024-05-03"),
        ("20240503154700", "2024-05-03"),
        ("2024-05-03", "2024-05-03"),
        ("2024/05/03", "2024-05-03"),
        ("2024-05-03T15:47:42", "2024-05-03"),
        ("May 3, 2024 3:47 PM", "2024-05-03"),
        ("3 May 2024", "2024-05-03"),
        ("2020-12-05T23:15:0Z", "2020-12-05T23:15:00Z"),
        ("Fri May 03 15:47:00 EDT 2024", "2024-05-03T15:47:00-04:00"),
        ("Fri, 03 May 2024 15:47:00 PST", "2024-05-03T15:47:00-08:00"),
        ("Fri May 03 15:47:00 CST 2024", "2024-05-03"),
    ],
)
def test_machine_forms(text, told):
    moment = read_machine(text)
    assert moment is not None
    assert moment.text() == told


@pytest.mark.parametrize(
    "text", ["", "yesterday", "0000-00-00", "2024-02-30", "12345", "1.2.3", "2024-13-01", "x" * 200]
)
def test_what_is_no_date(text):
    assert read_machine(text) is None


def test_a_time_without_offset_is_kept_apart():
    moment = read_machine("2024-05-03T15:47:42")
    assert moment is not None
    assert (moment.text(), moment.wall, moment.instant) == ("2024-05-03", "2024-05-03T15:47", None)


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("Z", "Z"),
        ("+0200", "+02:00"),
        ("GMT+5", "+05:00"),
        ("-0330", "-03:30"),
        ("UTC", "Z"),
        ("+99:00", None),
        ("CEST", None),
    ],
)
def test_offsets(text, offset):
    assert offset_of(text) == offset


@given(
    st.datetimes(
        min_value=__import__("datetime").datetime(1995, 1, 1), max_value=__import__("datetime").datetime(2099, 12, 31)
    ),
    st.integers(-48, 56),
)
def test_the_offset_is_never_shifted(moment, quarters):
    sign, minutes = ("-" if quarters < 0 else "+"), abs(quarters) * 15
    offset = f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"
    text = moment.strftime("%Y-%m-%dT%H:%M:%S") + offset
    found = read_machine(text)
    assert found is not None
    assert found.text() == text


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text):
    found = read_machine(text)
    assert found is None or isinstance(found, Moment)


def test_an_instant_told_by_a_clock_that_does_not_name_its_offset():
    instant, clock = read_machine("2023-11-09T03:28:35Z"), read_machine("2023-11-08 22:28:35")
    assert instant is not None
    assert clock is not None
    local = by_clock_of(instant, clock)
    assert local is not None
    assert local.text() == "2023-11-08T22:28:35-05:00"
    odd = read_machine("2023-11-08 22:31:00")
    assert odd is not None
    assert by_clock_of(instant, odd) is None


# --- which date is the article's -----------------------------------------------------------------------------------


def published(value: str) -> str:
    return f'<meta property="article:published_time" content="{value}">'


def modified(value: str) -> str:
    return f'<meta property="article:modified_time" content="{value}">'


def ld(**properties: str) -> str:
    data = {"@type": "NewsArticle", "headline": "A headline", **properties}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


HEADLINE = "<h1>Harbour Bridge Reopens After Two-Year Repair</h1>"


def test_published_and_modified_are_told_apart():
    found = page(HEADLINE, published("2024-03-02T06:30:00+01:00") + modified("2024-03-02T11:05:00+01:00"))
    assert value_of(found, "datePublished") == "2024-03-02T06:30:00+01:00"
    assert value_of(found, "dateModified") == "2024-03-02T11:05:00+01:00"


def test_a_time_without_offset_takes_it_from_a_place_that_shows_the_same_clock():
    body = f'{HEADLINE}<time datetime="2024-03-02T06:30:00+01:00">Saturday</time>'
    found = page(body, ld(datePublished="2024-03-02T06:30:00"))
    assert value_of(found, "datePublished") == "2024-03-02T06:30:00+01:00"


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ("2024-03-02T11:30:00Z", "2024-03-02T11:30:00Z"),
        ("2024-03-02T11:42:00Z", "2024-03-02"),
        ("2024-03-02T20:30:00Z", "2024-03-02"),
        ("2024-03-03T11:30:00Z", "2024-03-02"),
        ("2024-03-02T11:30:00+01:00", "2024-03-02"),
    ],
)
def test_a_time_without_offset_is_the_moment_that_a_time_element_tells_in_utc(shown, told):
    found = page(f'{HEADLINE}<time datetime="{shown}">Saturday</time>', ld(datePublished="2024-03-02T06:30:00"))
    assert value_of(found, "datePublished") == told


@pytest.mark.parametrize(
    ("stamp", "told"),
    [("2024-03-02 06:30:00 +0800", "2024-03-02T06:30:00+08:00"), ("2024-03-02 09:10:00 +0800", "2024-03-02")],
)
def test_a_printed_clock_takes_its_offset_from_data_beside_it(stamp, told):
    body = f"{HEADLINE}<div><span data-shown='{stamp}'></span><span class=date>2024-03-02 06:30:00</span></div>"
    assert value_of(page(body), "datePublished") == told


def test_a_footer_of_the_headline_holds_the_article_s_date():
    foot = "<footer><p>By Ana Bell</p><time datetime='2024-03-02T06:30-05:00'>Saturday</time></footer>"
    assert value_of(page(f"<div>{HEADLINE}{foot}</div>"), "datePublished") == "2024-03-02T06:30:00-05:00"


def test_without_any_offset_only_the_day_is_told():
    found = page(HEADLINE, ld(datePublished="2024-03-02T06:30:00"))
    chosen = choice_of(found, "datePublished").chosen[0]
    assert chosen.value == "2024-03-02"
    assert "no-offset:06:30:00" in chosen.steps


def test_utc_that_shows_the_clock_of_another_zone_is_a_wrong_mark():
    body = f'{HEADLINE}<time datetime="2024-03-02T06:30:00+01:00">2 March 2024, 6:30</time>'
    found = page(body, ld(datePublished="2024-03-02T06:30:00Z"))
    assert value_of(found, "datePublished") == "2024-03-02T06:30:00+01:00"


def test_the_publishers_own_day_where_utc_is_on_the_next():
    head = published("2023-11-09T03:28:35Z") + '<meta name="sailthru.date" content="2023-11-08 22:28:35">'
    assert value_of(page(HEADLINE, head), "datePublished") == "2023-11-08T22:28:35-05:00"


@pytest.mark.parametrize(
    ("line", "lang", "told"),
    [
        ("<p>May 20, 2021</p>", "en", "2021-05-20"),
        ('<div class="date">Published: 20 May 2021, 10:15 GMT</div>', "en", "2021-05-20T10:15:00Z"),
        ("<span>Stand: 20.05.2021, 10:15 Uhr</span>", "de", "2021-05-20"),
        ('<span class="fecha">20 de mayo de 2021</span>', "es", "2021-05-20"),
        ("<p>2021年5月20日 10時15分</p>", "ja", "2021-05-20"),
        ("<p>By Ana Bell <b>|</b> 20 May 2021</p>", "en", "2021-05-20"),
    ],
)
def test_a_date_displayed_by_the_headline(line, lang, told):
    found = page(HEADLINE + line, lang=lang)
    chosen = choice_of(found, "datePublished").chosen[0]
    assert chosen.value == told
    assert replay(found, selector(found, chosen.match)) == chosen.match.text


def test_a_displayed_change_is_no_publication():
    body = f"{HEADLINE}<p>Published 2 March 2024</p><p>Last updated: 5 March 2024</p>"
    found = page(body)
    assert value_of(found, "datePublished") == "2024-03-02"
    assert value_of(found, "dateModified") == "2024-03-05"


def test_the_attribute_pubdate_says_that_a_time_is_no_change():
    line = '<p>On <time class="updated" datetime="2014-06-29T20:08:00-0400" pubdate>June 29, 2014 08:08 pm</time></p>'
    found = page(HEADLINE + line, '<meta name="pubdate" content="2014-06-30">')
    assert value_of(found, "datePublished") == "2014-06-29T20:08:00-04:00"
    assert value_of(found, "dateModified") is None


def test_labels_in_elements_beside_the_date_count():
    body = f"{HEADLINE}<ul><li><span>Updated</span> <span>5 Mar 2024</span></li></ul>"
    found = page(body, published("2024-03-02T06:30:00Z"))
    assert value_of(found, "datePublished") == "2024-03-02T06:30:00Z"
    assert value_of(found, "dateModified") == "2024-03-05"


def test_a_lone_change_stands_in_for_a_publication_only_as_inferred():
    found = page(f"{HEADLINE}<p>Last updated: 5 March 2024</p>")
    chosen = choice_of(found, "datePublished").chosen[0]
    assert (chosen.value, chosen.inferred) == ("2024-03-05", True)
    assert "only-date:last-change" in chosen.steps


def test_stamps_of_a_later_change_lose_against_the_day_that_is_displayed():
    head = ld(datePublished="Jun 24, 2025", dateModified="Jun 24, 2025")
    found = page(f'{HEADLINE}<div class="text__date">August 25, 2024</div>', head)
    assert value_of(found, "datePublished") == "2024-08-25"
    stamped = next(c for c in candidates_of(found, "datePublished") if c.rule == "published/jsonld")
    assert "stamped-on-change" in stamped.steps


def test_dates_of_comments_teasers_and_the_footer_are_not_the_articles():
    body = HEADLINE + (
        '<div class="comments"><time datetime="2024-04-01">1 April 2024</time></div>'
        "<aside><p>3 April 2024</p></aside><footer><p>4 April 2024</p></footer>"
    )
    assert value_of(page(body), "datePublished") is None


@pytest.mark.parametrize(
    "picture",
    [
        "<figure><img src=a.jpg><figcaption>The pier on 2 March 2019</figcaption></figure>",
        "<div><img src=a.jpg><p>Photo: Ann Lee, 02.03.2019</p></div>",
        "<div><img src=a.jpg><p>The pier at dusk. (Photo: Ann Lee, 2 March 2019)</p></div>",
    ],
)
def test_the_date_of_a_photo_is_not_the_articles(picture):
    assert value_of(page(HEADLINE + picture), "datePublished") is None
    assert value_of(page(HEADLINE + picture + "<p>5 March 2024</p>"), "datePublished") == "2024-03-05"


def test_a_date_behind_the_credit_of_a_photo_is_the_articles():
    line = "<p>Photo: Ann Lee | Published 5 March 2024</p>"
    assert value_of(page(HEADLINE + line), "datePublished") == "2024-03-05"


def test_the_moment_of_capture_is_no_publication():
    captured = {"url": "https://gazette.example/a", "captured": "2024-03-05T09:10:11Z", "replay": "archive.today"}
    body = f'<time itemprop="pubdate" datetime="2024-03-05T09:10:11Z">5 Mar 2024 09:10:11 UTC</time>{HEADLINE}'
    found = page(body, **captured)
    assert value_of(found, "datePublished") is None
    assert "the moment of capture" in refusals_of(found, "datePublished").values()


def test_nothing_is_published_after_its_capture():
    found = page(HEADLINE, published("2031-01-01T00:00:00Z"), captured="2024-03-05T09:10:11Z")
    assert value_of(found, "datePublished") is None
    assert refusals_of(found, "datePublished")["2031-01-01T00:00:00Z"].startswith("later than the capture")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://gazette.example/2024/03/02/bridge", "2024-03-02"),
        ("https://gazette.example/2024/mar/02/bridge", "2024-03-02"),
        ("https://gazette.example/news/20240302-bridge", "2024-03-02"),
        ("https://gazette.example/2024-03-02/bridge", "2024-03-02"),
        ("https://gazette.example/2024/03/bridge", None),
        ("https://gazette.example/a-20243399-b", None),
    ],
)
def test_the_address_tells_the_day_where_nothing_else_does(address, told):
    assert value_of(page(HEADLINE, url=address), "datePublished") == told


def test_metadata_beat_the_address():
    found = page(HEADLINE, published("2024-03-01T23:30:00-05:00"), url="https://gazette.example/2024/03/02/bridge")
    assert value_of(found, "datePublished") == "2024-03-01T23:30:00-05:00"


def test_front_matter_knows_the_publication_and_its_clip_time_is_none():
    front = "---\ntitle: Bridge\npublished: 2024-03-02\ncreated: 2025-01-01\n---\n\nThe bridge opened.\n"
    found = text_page(front)
    assert value_of(found, "datePublished") == "2024-03-02"
    clipped = text_page("---\ntitle: Bridge\ncreated: 2025-01-01\n---\n\nThe bridge opened on a rainy day.\n")
    assert value_of(clipped, "datePublished") is None


def test_the_container_and_a_print_view():
    assert (
        value_of(page(HEADLINE, stated=(Stated("datePublished", "3 May 1998", "PD"),)), "datePublished") == "1998-05-03"
    )
    printed = text_page("# Bridge Reopens\n\nBy Ana Bell\n\nMay 20, 2021\n\nThe bridge opened again after two years.\n")
    assert value_of(printed, "datePublished") == "2021-05-20"


def test_independent_sources_that_disagree_are_a_conflict():
    found = page(f"{HEADLINE}<p>Published 9 March 2024</p>", published("2024-03-02T06:30:00Z"))
    choice = choice_of(found, "datePublished")
    assert choice.value == "2024-03-02T06:30:00Z"
    assert [n.code for n in choice.notes] == ["conflict/datePublished"]


def test_names_of_a_sites_own_making():
    assert value_of(
        page(HEADLINE, '<meta name="w-published-date" content="2025-05-27T06:03:43.274Z">'), "datePublished"
    ) == ("2025-05-27T06:03:43.274Z")
    assert value_of(page(HEADLINE, '<meta name="publisher-id" content="20250527">'), "datePublished") is None


def test_the_displayed_day_where_utc_falls_on_the_one_before():
    found = page("<h1>A headline</h1><p>6 December 2020</p>", published("2020-12-05T23:15:00Z"))
    assert value_of(found, "datePublished") == "2020-12-06"
    other = page("<h1>A headline</h1><p>6 December 2020</p>", published("2020-12-05T08:15:00Z"))
    assert value_of(other, "datePublished") == "2020-12-05T08:15:00Z", "no clock on earth is sixteen hours ahead"
    local = page("<h1>A headline</h1><p>6 December 2020</p>", published("2020-12-05T23:15:00+01:00"))
    assert value_of(local, "datePublished") == "2020-12-05T23:15:00+01:00"


def test_a_change_that_is_earlier_than_the_stated_publication_unmasks_a_stamp():
    body = "<h1>A headline</h1><div><span>Page updated:</span> <span>12 November 2025</span></div>"
    found = page(body, published("2025-11-14") + modified("2025-11-14"))
    assert value_of(found, "datePublished") == "2025-11-12"
    assert choice_of(found, "datePublished").chosen[0].inferred


def test_the_only_day_by_the_headline_counts_even_in_a_box_that_is_named_like_a_teaser():
    box = '<div class="Teaser__meta"><span>22.04.2024</span></div>'
    assert value_of(page(f"{box}<h1>A headline</h1>", lang="de"), "datePublished") == "2024-04-22"
    two = box + '<div class="Teaser__meta"><span>21.04.2024</span></div>'
    assert value_of(page(f"{two}<h1>A headline</h1>", lang="de"), "datePublished") is None


def test_a_displayed_date_that_metadata_tell_too_beats_an_earlier_one():
    head = ld(datePublished="2024-08-29T10:00:00+00:00") + '<meta name="date" content="November 25, 2025">'
    found = page("<h1>A headline</h1><p>Nov 25, 2025 5:00 am PST</p>", head)
    assert str(value_of(found, "datePublished"))[:10] == "2025-11-25"


def test_the_same_moment_displayed_by_the_publishers_clock_tells_its_day():
    body = '<h1>A headline</h1><time class="updated" datetime="2015-04-06 23:42:00-0400">April 6, 2015 11:42 pm</time>'
    found = page(body, published("2015-04-07T03:42:00Z"))
    assert value_of(found, "datePublished") == "2015-04-06T23:42:00-04:00"


def test_the_date_with_which_the_text_opens_is_the_last_resort():
    rest = "harbour bridge opened again after two years of repairs, and the first cars crossed it at dawn. " * 3
    opening = f"<h1>A headline</h1><p>Feb. 23, 2015 -- The {rest}</p>"
    chosen = choice_of(page(opening), "datePublished").chosen[0]
    assert (chosen.value, chosen.rule) == ("2015-02-23", "published/dateline")
    assert value_of(page(opening, published("2015-02-24")), "datePublished") == "2015-02-24"
    told = f"<h1>A headline</h1><p>On Feb. 23, 2015 the {rest}</p>"
    assert value_of(page(told), "datePublished") is None


def test_a_date_that_is_older_than_the_web_is_the_storys_where_the_address_tells_another():
    head = '<link rel="canonical" href="https://gazette.example/2010/CITY/08/13/bridge/index.html">'
    found = page("<h1>A headline</h1><ul><li>The bridge was opened on August 14, 1935</li></ul>", head)
    assert value_of(found, "datePublished") == "2010-08-13"
    alone = page("<h1>A headline</h1><p>August 14, 1935</p>")
    assert value_of(alone, "datePublished") == "1935-08-14"


def test_the_foot_of_a_post_is_the_articles_own_and_a_list_of_related_ones_is_not():
    own = '<h2>A headline</h2><div class="post-footer"><a class="post-date">11 September 2019</a></div>'
    tail = "".join(f'<div class="relate"><span>{d} November 2019</span></div>' for d in (3, 4, 5))
    assert value_of(page(own, tail=tail), "datePublished") == "2019-09-11"


@pytest.mark.parametrize("name", ["apub:time", "pub-date", "news_pubtime", "article.published"])
def test_other_names_of_a_publication_in_metadata(name):
    assert value_of(page(head=f'<meta name="{name}" content="2019-9-7 21:30:50">'), "datePublished") == "2019-09-07"


def test_other_names_of_a_change_in_metadata():
    found = page(head='<meta itemprop="dateUpdate" content="2019-10-08 12:00:57">')
    assert value_of(found, "dateModified") == "2019-10-08"
    assert (value_of(found, "datePublished"), choice_of(found, "datePublished").chosen[0].inferred) == (
        "2019-10-08",
        True,
    )


def test_data_without_a_type_tells_its_publication():
    data = {"@id": "https://gazette.example/1", "title": "Bridge opens", "pubDate": "2019-09-07T15:14:21"}
    found = page(head=f'<script type="application/ld+json">{json.dumps(data)}</script>')
    assert value_of(found, "datePublished") == "2019-09-07"


def test_dates_without_quotation_marks_in_data_are_read():
    data = (
        '{"@type": "NewsArticle", "headline": "Bridge: 2019-01-01 and more",\n"datePublished": 2023-01-12T06:18:10-03:00,'
        '\n"image": {"url": https://gazette.example/1.jpg\n"height": 1200}}'
    )
    found = page(head=f'<script type="application/ld+json">{data}</script>')
    assert value_of(found, "datePublished") == "2023-01-12T06:18:10-03:00"
    assert found.jsonld[0].data["headline"] == "Bridge: 2019-01-01 and more"


def test_a_labelled_date_far_from_the_story_is_the_last_resort():
    far = "<div><p>a</p></div>" * 120
    found = page("<h1>Bridge</h1>", tail=f"{far}<div>Publié le 29/10/2012</div>", lang="fr")
    chosen = choice_of(found, "datePublished").chosen[0]
    assert (chosen.value, chosen.rule) == ("2012-10-29", "published/labelled")
    two = f"{far}<div>Publié le 29/10/2012</div><div>Publié le 30/10/2012</div>"
    assert value_of(page("<h1>Bridge</h1>", tail=two, lang="fr"), "datePublished") is None


def test_the_business_card_of_a_byline_is_no_teaser():
    line = '<cite class="byline vcard">By Ann Person <abbr title="2011-08-25T01:40:40Z">1 hr ago</abbr></cite>'
    assert value_of(page(f"<h1>Bridge</h1>{line}"), "datePublished") == "2011-08-25T01:40:40Z"


@pytest.mark.parametrize("name", ["data-publish-time", "data-ptime", "data-first-published", "data-post-published-at"])
def test_attributes_named_after_a_publication_are_read_where_nothing_else_tells_a_day(name):
    line = f'<div {name}="2019-05-17 20:02:46">'
    found = page(f"{line}<h1>Bridge</h1></div>")
    chosen = choice_of(found, "datePublished").chosen[0]
    assert (chosen.value, chosen.rule) == ("2019-05-17", "published/attribute")
    assert replay(found, selector(found, chosen.match)) == "2019-05-17 20:02:46"
    assert value_of(page(f'{line}<h1>Bridge</h1></div><i {name}="2019-05-18 10:00"></i>'), "datePublished") is None
    assert value_of(page('<div data-expires-time="2019-05-17"><h1>Bridge</h1></div>'), "datePublished") is None


def test_the_date_from_which_the_text_is_available_is_its_publication():
    head = '<meta name="date.available" content="2024-05-03T08:30:00+02:00">'
    assert value_of(page(head=head), "datePublished") == "2024-05-03T08:30:00+02:00"


def test_the_time_of_a_post_that_is_quoted_is_not_the_article_s():
    post = '<blockquote><p>Bridge!</p><time datetime="2024-05-01T10:00:00Z">May 1</time></blockquote>'
    found = page(f"<h1>Bridge</h1><p class=date>May 3, 2024</p>{post}")
    assert value_of(found, "datePublished") == "2024-05-03"


def test_a_date_right_behind_a_heading_in_what_is_around_both():
    links = "".join(f"<a href=/share/{n}>Share this page with somebody {n}</a>" for n in range(9))
    line = f"<div><h3>The council wants more</h3> by Ann Person / May 3, 2024 / <div>{links}</div></div>"
    assert value_of(page(f"<h1>Bridge</h1>{line}"), "datePublished") == "2024-05-03"
    inline = line.replace("<h3>", "<b>").replace("</h3>", "</b>")
    assert value_of(page(f"<h1>Bridge</h1>{inline}"), "datePublished") is None


@pytest.mark.parametrize(("tag", "day"), [("div", "2024-05-03T08:30:00+02:00"), ("ins", "2024-05-03")])
def test_the_attribute_of_time_elements_on_another_element(tag, day):
    line = f'<p class=date>May 3, 2024 <{tag} datetime="2024-05-03 08:30:00 +0200">Fri</{tag}></p>'
    assert value_of(page(f"<h1>Bridge</h1>{line}"), "datePublished") == day
