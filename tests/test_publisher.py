"""Who publishes a page, by the name its readers know."""

from __future__ import annotations

import json

import pytest

from provenance.model import Stated
from provenance.rules.publisher import house_of
from provenance.rules.publishers.hosts import country_of
from provenance.rules.publishers.naming import akin, reader_key
from provenance.selectors import replay, selector
from tests.making_pages import candidates_of, choice_of, page, refusals_of, value_of

CANONICAL = '<link rel="canonical" href="https://www.gazette.example/a/b">'


def site(name: str) -> str:
    return f'<meta property="og:site_name" content="{name}">'


def ld(publisher: object) -> str:
    data = {"@type": "NewsArticle", "headline": "A headline", "publisher": publisher}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_the_name_of_the_site_beats_its_owner():
    found = page(
        head=CANONICAL + site("The Gazette") + ld({"@type": "Organization", "name": "Regional Press Holding Ltd"})
    )
    assert value_of(found, "publisher") == "The Gazette"
    assert choice_of(found, "publisher").value.url == "https://www.gazette.example/"
    assert "Regional Press Holding Ltd" not in house_of(found).names


def test_a_real_name_beats_a_bare_host_and_the_host_is_the_last_resort():
    both = page(head=CANONICAL + site("gazette.example") + ld({"name": "The Gazette"}))
    assert value_of(both, "publisher") == "The Gazette"
    alone = page(head=CANONICAL)
    assert value_of(alone, "publisher") == "gazette.example"
    assert choice_of(alone, "publisher").chosen[0].inferred


@pytest.mark.parametrize("name", ["Home", "News", "@gazette", "https://facebook.com/gazette", "WordPress", "||"])
def test_what_is_no_name_is_refused(name):
    found = page(head=CANONICAL + site(name))
    assert value_of(found, "publisher") == "gazette.example"
    assert all(reason for reason in refusals_of(found, "publisher").values())


def test_an_agency_that_only_wrote_the_story_does_not_publish_it():
    found = page(head=CANONICAL + ld({"name": "Associated Press"}) + "<title>Bridge opens - The Gazette</title>")
    assert value_of(found, "publisher") == "The Gazette"
    assert house_of(found).agency is None


def test_an_agency_on_its_own_site_does():
    found = page(head='<link rel="canonical" href="https://apnews.com/article/x-1">' + ld({"name": "AP News"}))
    assert value_of(found, "publisher") == "AP News"
    assert house_of(found).agency == "ap"


def test_the_title_gives_a_name_only_where_it_is_akin_to_the_address():
    named = page(head=CANONICAL + "<title>Bridge opens | Politics | Gazette</title>")
    assert value_of(named, "publisher") == "Gazette"
    other = page(head=CANONICAL + "<title>Bridge opens - the town rejoices</title>")
    assert value_of(other, "publisher") == "gazette.example"


def test_one_part_of_a_slogan_is_the_name():
    found = page(head=CANONICAL + site("Breaking News and Weather - Gazette"))
    assert value_of(found, "publisher") == "Gazette"


def test_a_publisher_given_by_reference_is_found_in_the_graph():
    graph = {
        "@graph": [
            {"@type": "NewsArticle", "headline": "A headline", "publisher": {"@id": "#org"}},
            {"@type": "Organization", "@id": "#org", "name": "The Gazette"},
        ]
    }
    found = page(head=CANONICAL + f'<script type="application/ld+json">{json.dumps(graph)}</script>')
    assert value_of(found, "publisher") == "The Gazette"


def test_an_archive_is_no_publisher():
    found = page(head=site("archive.is"), url="https://gazette.example/a")
    assert value_of(found, "publisher") == "gazette.example"
    assert refusals_of(found, "publisher")["archive.is"].startswith("an archive")


def test_what_the_container_states_counts_most():
    found = page(head=site("Some Mirror"), stated=(Stated("publisher", "The Guardian", "line 2"),))
    assert value_of(found, "publisher") == "The Guardian"


def test_the_publisher_table_knows_a_host():
    found = page(head='<link rel="canonical" href="https://www.themoscowtimes.com/2021/05/20/x-a73954">')
    chosen = choice_of(found, "publisher").chosen[0]
    assert chosen.value.name == "The Moscow Times"
    assert chosen.rule == "publisher/authority"
    assert chosen.match.source == "authority"
    assert house_of(found).domain == "themoscowtimes.com"


@pytest.mark.parametrize(
    ("name", "label", "same"),
    [
        ("The Evening Gazette", "gazette", True),
        ("Frankfurter Nachrichten", "fn", True),
        ("The Harbour News", "hn", True),
        ("Süddeutscher Kurier", "sueddeutscherkurier", True),
        ("BR24", "br", True),
        ("Regional Press Holding", "gazette", False),
        ("Go", "gazette", False),
    ],
)
def test_akin_to_the_address(name, label, same):
    assert akin(name, frozenset({label})) is same


def test_the_article_before_a_name_does_not_part_two_sources():
    assert reader_key("The Gazette") == reader_key("Gazette") != reader_key("gazette.example")


@pytest.mark.parametrize(
    ("head", "lang", "country"),
    [
        ('<link rel="canonical" href="https://www.nachrichten-beispiel.at/a">', "de", "AT"),
        ('<link rel="canonical" href="https://www.example-paper.co.uk/a">', "en", "GB"),
        ('<link rel="canonical" href="https://example-paper.io/a">', "en", None),
        ("", "pt-BR", "BR"),
        ('<meta property="og:locale" content="es_MX">', "", "MX"),
    ],
)
def test_the_country_by_host_then_by_language(head, lang, country):
    assert country_of(page(head=head, lang=lang)) == country


def test_a_page_without_any_address_still_tells_its_site_by_its_links():
    links = "".join(f'<a href="https://gazette.example/{i}">x</a>' for i in range(9))
    found = page(body=links)
    assert house_of(found).domain == "gazette.example"
    assert house_of(page()).domain == ""
    assert not [c for c in candidates_of(page(), "publisher") if c.refused is None]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/"><img src="l.svg" alt="The Gazette logo"></a>',
        '<a href="https://www.gazette.example/" title="Zur The Gazette Startseite"></a>',
        '<a href="/index.html" aria-label="Go to The Gazette"><svg></svg></a>',
        '<a href="/">Home</a><a href="/"><svg><title>The Gazette</title></svg></a>',
    ],
)
def test_the_way_to_the_front_page_tells_the_name_where_metadata_do_not(link):
    found = page(link, head=CANONICAL)
    chosen = choice_of(found, "publisher").chosen[0]
    assert (chosen.value.name, chosen.rule) == ("The Gazette", "publisher/home-link")
    assert replay(found, selector(found, chosen.match)) == chosen.match.text


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://shop.gazette.example/">Gazette Shop</a>',
        '<a href="/"><img alt="logo-gazette-big"></a>',
        '<a href="/">All that the gazette knows of sport and weather today</a>',
        '<a href="/politics">The Gazette</a>',
    ],
)
def test_other_links_and_names_of_files_do_not(link):
    assert value_of(page(link, head=CANONICAL), "publisher") == "gazette.example"


def test_the_line_of_rights_tells_the_name_without_years_and_legal_form():
    foot = "<footer><p>Copyright © 2001-2024 Gazette Media GmbH. All rights reserved</p></footer>"
    found = page(head=CANONICAL, tail=foot)
    chosen = choice_of(found, "publisher").chosen[0]
    assert (chosen.value.name, chosen.rule) == ("Gazette Media", "publisher/copyright")
    assert replay(found, selector(found, chosen.match)) == "Gazette Media"
    owner = page(head=CANONICAL, tail="<footer><p>© 2024 Regional Press Holding Ltd</p></footer>")
    assert value_of(owner, "publisher") == "gazette.example", "an owner is not the site"


def test_metadata_beat_what_is_displayed():
    found = page('<a href="/"><img alt="Gazette"></a>', head=CANONICAL + site("The Evening Gazette"))
    assert value_of(found, "publisher") == "The Evening Gazette"


def test_a_name_in_another_script_is_known_by_title_and_logo_alike():
    found = page('<a href="/"><img alt="灯台新聞"></a>', head=CANONICAL + "<title>橋が開通した | 灯台新聞</title>")
    assert value_of(found, "publisher") == "灯台新聞"


def test_a_host_in_the_title_is_the_site_where_no_address_is_known():
    found = page("<h1>The bridge opens</h1>", head="<title>gazette.example | The bridge opens</title>")
    assert value_of(found, "publisher") == "gazette.example"


def test_the_site_of_a_page_without_address_is_named_by_its_links():
    links = "".join(f'<a href="https://www.gazette.example/{i}">x</a>' for i in range(4))
    links += "".join(f'<a href="https://elsewhere.example/{i}/{i}">x</a>' for i in range(3))
    found = page('<a href="https://www.gazette.example/">Home</a>' + links)
    assert value_of(found, "publisher") == "gazette.example"
    assert value_of(page(links), "publisher") is None


@pytest.mark.parametrize(
    "title",
    [
        "海港大桥重新开放-灯台网",
        "海港大桥：两年后重新开放-城市频道-灯台网",
        "海港大桥重新开放——灯台网",
        "海港大桥重新开放_城市_灯台网_gazette.example",
        "海港大桥重新开放_灯台网",
    ],
)
def test_the_end_of_a_title_names_the_site_in_scripts_that_part_it_without_spaces(title):
    found = page(f"<h1>{title[:8]}</h1>", head=CANONICAL + f"<title>{title}</title>", lang="zh")
    chosen = choice_of(found, "publisher").chosen[0]
    assert (chosen.value.name, chosen.rule) == ("灯台网", "publisher/title")
    assert replay(found, selector(found, chosen.match)) == "灯台网"


@pytest.mark.parametrize("title", ["海港大桥：两年修缮后重新开放", "最老的桥: 两年修缮后重新开放"])
def test_what_follows_a_colon_is_the_headlines(title):
    assert value_of(page(f"<h1>{title}</h1>", head=f"<title>{title}</title>", lang="zh"), "publisher") is None


def test_a_title_may_end_in_the_sites_name_and_a_section():
    head = CANONICAL + "<title>Bridge opens - City - Gazette Lifestyle</title>"
    assert value_of(page(head=head), "publisher") == "Gazette Lifestyle"
    two = CANONICAL + "<title>Bridge opens - Gazette readers remember the storms</title>"
    assert value_of(page(head=two), "publisher") == "gazette.example"


def test_a_name_in_another_script_stands_before_the_host_in_the_line_of_rights():
    foot = "<footer><p>© 2019 灯台网 www.gazette.example</p></footer>"
    assert value_of(page(head=CANONICAL, tail=foot, lang="zh"), "publisher") == "灯台网"
    owner = "<footer><p>© 2019 灯台文化传媒控股有限公司</p></footer>"
    assert value_of(page(head=CANONICAL, tail=owner, lang="zh"), "publisher") == "gazette.example"


def test_a_name_that_looks_like_a_host_counts_where_page_and_data_both_call_the_site_by_it():
    known = '<link rel="canonical" href="https://www.bostonglobe.com/a/b">'
    styled = known + site("BostonGlobe.com")
    assert value_of(page(head=styled), "publisher") == "The Boston Globe"
    assert value_of(page(head=styled + ld({"name": "BostonGlobe.com"})), "publisher") == "BostonGlobe.com"
    assert (
        value_of(page(head=known + site("bostonglobe.com") + ld({"name": "bostonglobe.com"})), "publisher")
        != "bostonglobe.com"
    )


def test_a_link_that_says_whose_front_page_it_leads_to_names_the_site():
    link = '<a href="https://www.gazette.example/" title="到灯台首页"><img src="/l.png" alt="到灯台首页"></a>'
    foot = "<p>© Gazette</p>"
    found = page(
        f"{link}<h1>海港大桥重新开放</h1><p>{'海港大桥重新开放，两年修缮结束。' * 12}</p>{foot}",
        head=CANONICAL,
        lang="zh",
    )
    chosen = choice_of(found, "publisher").chosen[0]
    assert (chosen.value.name, chosen.rule) == ("灯台", "publisher/front-name")
    assert replay(found, selector(found, chosen.match)) == "灯台"
    section = page('<a href="/">财经首页</a><h1>海港大桥重新开放</h1>', head=CANONICAL, lang="zh")
    assert value_of(section, "publisher") == "gazette.example"


def test_an_owner_in_latin_letters_counts_less_where_readers_read_another_script():
    text = f"<h1>海港大桥重新开放</h1><p>{'海港大桥重新开放，两年修缮结束。' * 12}</p>"
    foot = "<p>Copyright © 1996-2019 GAZETTE Corporation</p>"
    titled = CANONICAL + "<title>海港大桥重新开放_灯台网</title>"
    assert value_of(page(text, head=titled, tail=foot, lang="zh"), "publisher") == "灯台网"
    assert value_of(page(text, head=CANONICAL, tail=foot, lang="zh"), "publisher") == "GAZETTE"


def test_a_branch_of_a_house_goes_by_its_own_name():
    head = CANONICAL + "<title>海港大桥重新开放_城市_灯台财经_灯台网</title>"
    assert value_of(page("<h1>海港大桥重新开放</h1>", head=head, lang="zh"), "publisher") == "灯台财经"
    other = CANONICAL + "<title>海港大桥重新开放_城市频道_灯台网</title>"
    assert value_of(page("<h1>海港大桥重新开放</h1>", head=other, lang="zh"), "publisher") == "灯台网"


def test_a_name_in_two_scripts_is_akin_to_the_host_that_begins_with_its_letters():
    head = CANONICAL + "<title>海港大桥的传感器比得上十块GPU-Gaz 电子技术</title>"
    found = page("<h2>海港</h2>", head=head, lang="zh")
    assert value_of(found, "publisher") == "Gaz 电子技术"
    other = CANONICAL + "<title>海港大桥的工程师用Wi-Fi 测量全部桥面</title>"
    assert value_of(page("<h1>海港</h1>", head=other, lang="zh"), "publisher") == "gazette.example"


def test_what_a_story_is_based_on_does_not_publish_it():
    source = (
        '<span itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><span itemprop="name">'
        '<a itemprop="{}" href="https://other.example/1">商讯</a></span></span>'
    )
    head = "<title>海港大桥重新开放_灯台网</title>"
    assert value_of(page(source.format("isBasedOnUrl"), head=head, lang="zh"), "publisher") == "灯台网"
    assert value_of(page(source.format("url"), head=head, lang="zh"), "publisher") == "商讯"


def test_the_line_of_rights_is_read_where_more_lines_follow_in_the_same_paragraph():
    more = "<br>备案号 12345678 许可证 31220170001 " + "违法和不良信息举报电话 " * 12
    foot = f"<footer><p>Copyright © 2019 灯台 All rights reserved。{more}</p></footer>"
    assert value_of(page(head=CANONICAL, tail=foot, lang="zh"), "publisher") == "灯台"
    company = "<footer><p>灯台公司 版权所有</p></footer>"
    assert value_of(page(head=CANONICAL, tail=company, lang="zh"), "publisher") == "灯台"


def test_a_section_of_a_site_is_no_site_and_names_may_begin_with_digits():
    section = CANONICAL + "<title>海港大桥重新开放_新闻频道</title>"
    assert value_of(page("<h1>海港</h1>", head=section, lang="zh"), "publisher") == "gazette.example"
    digits = CANONICAL + "<title>海港大桥重新开放-36灯</title>"
    assert value_of(page("<h1>海港</h1>", head=digits, lang="zh"), "publisher") == "36灯"


def test_the_owner_is_the_first_name_in_the_line_of_rights():
    foot = "<footer><p>© 2019 Вечерний Маячный Вестник. 123112, Город, ул. Новая, 10</p></footer>"
    assert value_of(page(tail=foot, lang="ru"), "publisher") == "Вечерний Маячный Вестник"
    agency = "<footer><p>© 2019 Reuters</p></footer>"
    assert value_of(page(tail=agency), "publisher") is None
    elsewhere = "<footer><p>© 2019 Harbour Media Holding</p></footer>"
    assert value_of(page(head=CANONICAL, tail=elsewhere), "publisher") == "gazette.example"


def test_the_front_page_is_named_by_link_and_line_of_rights_together_where_no_address_is_known():
    link, foot = (
        '<a href="/">The Gazette_</a><a href="/">English</a>',
        "<footer><p>© The Gazette. All rights reserved</p></footer>",
    )
    chosen = choice_of(page(link, tail=foot), "publisher").chosen[0]
    assert (chosen.value.name, chosen.rule) == ("The Gazette", "publisher/home-link")


def test_a_title_may_end_in_a_name_after_a_colon_that_the_link_to_the_front_page_begins_with():
    head = CANONICAL + "<title>海港大桥重新开放：灯台新聞</title>"
    link = '<a href="/"><img src="/l.png" alt="灯台新聞オンライン"></a>'
    assert value_of(page(f"{link}<h1>海港大桥重新开放</h1>", head=head, lang="ja"), "publisher") == "灯台新聞"
    assert value_of(page("<h1>海港大桥重新开放</h1>", head=head, lang="ja"), "publisher") == "gazette.example"


def test_a_reprint_that_names_the_original_s_site_in_its_head_stands_where_its_links_lead():
    links = "".join(f'<a href="https://www.portal.example/{n}">Section {n}</a>' for n in range(20))
    found = page(f"<nav>{links}</nav>", head=CANONICAL)
    assert value_of(found, "publisher") == "portal.example"
    assert value_of(found, "url") == "https://www.gazette.example/a/b"
    own = '<a href="/sport">Sport</a>' * 6
    for other in (f"<nav>{links}{own}</nav>", f"<nav>{links[: len(links) // 2]}</nav>"):
        assert value_of(page(other, head=CANONICAL), "publisher") == "gazette.example"


def test_no_site_is_called_like_the_headline_of_its_article():
    title = "The harbour bridge opens again on Monday"
    head = CANONICAL + f'<meta name="application-name" content="{title}">'
    assert value_of(page(f"<h1>{title}</h1>", head=head), "publisher") == "gazette.example"
    short = "Harbour bridge opens again"
    assert value_of(page(f"<h1>{short}</h1>", head=CANONICAL + site(short)), "publisher") == "gazette.example"
    own = "The Gazette of Harbour Town"
    assert value_of(page(f"<h1>{own}</h1>", head=CANONICAL + site(own)), "publisher") == own


def test_the_host_once_more_is_no_name_where_the_data_agree_on_another():
    data = [
        {
            "@type": "NewsArticle",
            "headline": "A headline",
            "publisher": {"@type": "Organization", "name": "Pier Daily"},
        },
        {"@type": "WebSite", "name": "Pier Daily", "url": "https://www.gazette.example/"},
    ]
    told = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert value_of(page(head=CANONICAL + site("gazette.example") + told), "publisher") == "Pier Daily"
    assert value_of(page(head=CANONICAL + site("Gazette.example") + told), "publisher") == "Gazette.example"
