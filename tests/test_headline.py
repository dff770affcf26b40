"""The displayed headline, told from logos, kickers, paths of links and titles for search engines."""

from __future__ import annotations

import json

import pytest

from provenance.model import Capture
from provenance.page import Page
from provenance.rules.headlines.titles import alike, words_of
from provenance.selectors import replay, selector
from tests.making_pages import TEXT, candidates_of, choice_of, page, refusals_of, text_page, value_of

HEADLINE = "Harbour Bridge Reopens After Two-Year Repair"
SITE = (
    '<link rel="canonical" href="https://www.gazette.example/a/b"><meta property="og:site_name" content="The Gazette">'
)


def og(title: str) -> str:
    return f'<meta property="og:title" content="{title}">'


def test_the_first_h1_is_often_a_logo():
    body = f'<h1 class="logo"><a href="/">The Gazette</a></h1><h1>{HEADLINE}</h1>'
    found = page(body, SITE + og(HEADLINE))
    assert value_of(found, "headline") == HEADLINE
    assert refusals_of(found, "headline")["The Gazette"] == "the site's name"


def test_what_is_marked_as_the_alternative_headline_yields_to_the_headline():
    """schema.org `alternativeHeadline`: the words of the address, while the reader sees the longer one below."""
    second = '<h1 itemprop="alternativeHeadline">Harbour Bridge</h1>'
    found = page(f'{second}<h2 itemprop="headline">{HEADLINE}</h2>', SITE + og("Harbour Bridge"))
    assert value_of(found, "headline") == HEADLINE
    assert "alternative" in refusals_of(found, "headline")["Harbour Bridge"]
    assert value_of(page(second, SITE + og("Harbour Bridge")), "headline") == "Harbour Bridge"


def test_a_title_in_the_path_of_links_is_no_headline_even_as_the_only_h1():
    body = f'<nav class="breadcrumb"><h1>Bridge open: all you need to know</h1></nav><h2>{HEADLINE}</h2>'
    found = page(body, SITE + og("Bridge open: all you need to know"))
    assert value_of(found, "headline") == HEADLINE
    assert "path of links" in refusals_of(found, "headline")["Bridge open: all you need to know"]


@pytest.mark.parametrize(
    "markup",
    [
        f'<h1><span class="kicker">City</span> {HEADLINE}</h1>',
        f'<h1><span class="article__overline">City:</span><span class="article__title">{HEADLINE}</span></h1>',
        f'<h1><span data-manual="overline">City</span><span>:</span><span>{HEADLINE}</span></h1>',
        f"<h1><em>City </em>{HEADLINE}</h1>",
        f"<h1>{HEADLINE} <span>Premium</span></h1>",
    ],
)
def test_a_kicker_in_an_element_of_its_own_is_cut_off(markup):
    found = page(markup, SITE + og(HEADLINE))
    chosen = choice_of(found, "headline").chosen[0]
    assert chosen.value == HEADLINE
    assert chosen.steps[0].startswith(("strip-kicker:", "strip-part:"))
    assert replay(found, selector(found, chosen.match)) == HEADLINE


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        (f"<h1><span>Harbour city</span> <span>{HEADLINE}</span></h1>", f"Harbour city: {HEADLINE}"),
        (f"<h1><strong>Harbour city</strong> {HEADLINE}</h1>", f"Harbour city: {HEADLINE} - Local"),
        (f"<h1><span>Harbour city</span>{HEADLINE}</h1>", f"Harbour city {HEADLINE}"),
        (f"<h1><em>Harbour city </em>{HEADLINE}</h1>", f"Archive - {HEADLINE}"),
    ],
)
def test_a_kicker_without_a_telling_class_is_known_by_what_metadata_make_of_it(markup, title):
    found = page(markup, SITE + og(title))
    assert value_of(found, "headline") == HEADLINE


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<h1><i>Hamlet</i> returns to the stage</h1>", "Hamlet returns to the stage"),
        ("<h1><span>Bridge:</span> It opens on Monday</h1>", "Bridge: It opens on Monday"),
        ("<h1><span>Bio</span>diversity is on the rise</h1>", "Biodiversity is on the rise"),
        ("<h1><span>速報</span>橋が開通した</h1>", "速報橋が開通した"),
    ],
)
def test_other_parts_of_a_headline_stay(markup, title):
    assert value_of(page(markup, SITE + og(title)), "headline") == title


@pytest.mark.parametrize(
    "path",
    [
        '<ol><li typeof="ListItem"><h1 property="name">{}</h1></li></ol>',
        '<div aria-label="Breadcrumb"><h1>{}</h1></div>',
        '<h1 aria-current="page">{}</h1>',
        "<header>" + '<a href="/x">Section</a>' * 8 + "<h1>{}</h1></header>",
    ],
)
def test_a_path_of_links_is_known_by_its_meaning_too(path):
    before = path.format("Bridge open: all you need to know")
    markup = f"<html><head>{SITE}{og(HEADLINE)}</head><body>{before}<article><h2>{HEADLINE}</h2>{TEXT}</article></body></html>"
    assert value_of(Page(Capture("page.html", markup.encode(), "text/html")), "headline") == HEADLINE


def test_emphasis_inside_a_headline_is_no_kicker():
    found = page(
        "<h1><em>Hamlet</em> returns to the harbour stage</h1>", SITE + og("Hamlet returns to the harbour stage")
    )
    assert value_of(found, "headline") == "Hamlet returns to the harbour stage"


def test_what_is_displayed_beats_what_is_written_for_search_engines():
    found = page(f"<h1>{HEADLINE}</h1>", SITE + og("Harbour bridge: when does it open, and how long is the detour?"))
    assert value_of(found, "headline") == HEADLINE


def test_titles_win_where_the_page_displays_no_headline():
    found = page("", SITE + og(f"{HEADLINE} - The Gazette"))
    chosen = choice_of(found, "headline").chosen[0]
    assert chosen.value == HEADLINE
    assert chosen.steps == ("strip-site:The Gazette",)


@pytest.mark.parametrize(
    "title",
    [
        f"{HEADLINE} | The Gazette",
        f"{HEADLINE} – Gazette",
        f"The Gazette | {HEADLINE}",
        f"{HEADLINE} - gazette.example - Politics - Home",
        f"{HEADLINE} | www.gazette.example",
    ],
)
def test_the_site_is_cut_off_a_title(title):
    found = page("", f"{SITE}<title>{title}</title>")
    assert value_of(found, "headline") == HEADLINE


def test_only_the_publishers_name_is_cut_off():
    found = page("", SITE + og("Bridge opens - and the ferries stay"))
    assert value_of(found, "headline") == "Bridge opens - and the ferries stay"


def test_entities_that_json_ld_left_in_are_read():
    data = {"@type": "NewsArticle", "headline": "Caf&eacute; &amp; bridge reopen"}
    found = page("", f'{SITE}<script type="application/ld+json">{json.dumps(data)}</script>')
    assert value_of(found, "headline") == "Café & bridge reopen"


def test_headings_of_teasers_and_below_the_text_are_not_the_headline():
    body = f'<div class="teaser"><h2>Another story that many people read</h2></div><h1>{HEADLINE}</h1>'
    found = page(body, SITE)
    assert value_of(found, "headline") == HEADLINE
    assert "teaser" in refusals_of(found, "headline")["Another story that many people read"]


def test_a_contradiction_between_page_and_metadata_is_noted():
    found = page(f"<h1>{HEADLINE}</h1>", SITE + '<meta property="og:title" content="Wetter: Morgen Regen">')
    choice = choice_of(found, "headline")
    assert choice.value == HEADLINE
    assert {c.match.text for c, _ in choice.rejected} >= {"Wetter: Morgen Regen"}


def test_markdown_and_plain_text_have_headlines_too():
    assert value_of(text_page(f"# {HEADLINE}\n\nThe bridge opened on Saturday.\n"), "headline") == HEADLINE
    front = text_page(f"---\ntitle: {HEADLINE}\n---\n\nThe bridge opened on Saturday.\n")
    assert value_of(front, "headline") == HEADLINE
    assert value_of(text_page(f"{HEADLINE}\n\nThe bridge opened.\n", "text/plain"), "headline") == HEADLINE


def test_weights_are_weights():
    found = page(f'<h1><span class="kicker">City</span>{HEADLINE}</h1><h2>Sub</h2>', SITE + og(HEADLINE))
    assert all(0 <= c.weight <= 1 for c in candidates_of(found, "headline"))


def test_all_candidates_replay():
    body = f'<h1 class="logo">The Gazette</h1><h1><b class="label">City</b> {HEADLINE}</h1><h2>Two years of work</h2>'
    found = page(body, SITE + og(f"{HEADLINE} | The Gazette") + f"<title>{HEADLINE} - The Gazette</title>")
    candidates = candidates_of(found, "headline")
    assert len(candidates) > 5
    for candidate in candidates:
        assert replay(found, selector(found, candidate.match)) == candidate.match.text


def test_the_first_of_two_headings_that_a_title_tells_in_one_is_not_the_headline():
    body = "<h2>Harbour Bridge</h2><h4>Reopens After Two-Year Repair</h4>"
    assert value_of(page(body, SITE + og(f"The {HEADLINE}")), "headline") == f"The {HEADLINE}"
    alone = page("<h2>Harbour Bridge</h2><p>Reopens</p>", SITE + og("Harbour Bridge"))
    assert value_of(alone, "headline") == "Harbour Bridge"


def test_the_first_line_of_a_story_is_its_headline_where_no_heading_is():
    body = '<div><span class="Title"><b>海港大桥在两年修缮之后重新开放</b></span></div>'
    head = "<title>海港大桥在两年修缮之后重新开放 城市办事处_灯台网</title>"
    assert value_of(page(body, head, lang="zh"), "headline") == "海港大桥在两年修缮之后重新开放"


def test_titles_and_headings_in_scripts_without_spaces_are_compared_letter_by_letter():
    title = words_of("海港大桥在两年修缮之后重新开放")
    assert alike(words_of("海港大桥两年修缮之后重新开放"), title) > 0.7
    assert alike(words_of("首页新闻动态"), title) < 0.3
    assert words_of("Harbour 海港 2024") == ["harbour", "海", "港", "2024"]


def test_a_dash_without_spaces_parts_the_site_from_a_title_in_scripts_that_join_no_words_by_it():
    title = "海港大桥重新开放，一块顶十块GPU"
    site = '<meta property="og:site_name" content="灯台 电子网">'
    assert value_of(page("", site + f"<title>{title}-灯台 电子网</title>", lang="zh"), "headline") == title
    latin = '<meta property="og:site_name" content="Man">'
    assert (
        value_of(page("", latin + "<title>The return of Spider-Man</title>"), "headline") == "The return of Spider-Man"
    )


@pytest.mark.parametrize("path", ["首页 - 新闻动态", "Home > City", "Startseite | Stadt"])
def test_a_heading_that_begins_with_the_front_page_is_a_path(path):
    found = page(f"<h2>{path}</h2>", og(HEADLINE))
    assert value_of(found, "headline") == HEADLINE
    assert path in refusals_of(found, "headline")


@pytest.mark.parametrize(
    ("writer", "title", "told"),
    [
        ("Transport editor Ana Bell", f"{HEADLINE} (with photos)", HEADLINE),
        ("Transport editor Ana Bell", f"{HEADLINE} Transport editor Ana Bell", f"{HEADLINE} Transport editor Ana Bell"),
        ("Harbour city", f"{HEADLINE} (with photos)", f"{HEADLINE} Harbour city"),
    ],
)
def test_the_writer_within_the_heading_is_no_part_of_the_headline(writer, title, told):
    found = page(f"<h1><span>{HEADLINE}</span> <span>{writer}</span></h1>", SITE + og(title))
    assert value_of(found, "headline") == told


def test_the_lower_of_two_headings_that_is_marked_as_a_subhead_is_no_headline():
    lower = "What travellers should know about the first day after the repair"
    body = f'<h2 class="h_1">{HEADLINE}</h2><h1 class="sub_header wide">{lower}</h1>'
    assert value_of(page(body, SITE + og(HEADLINE)), "headline") == HEADLINE
    assert value_of(page(body, SITE + og(lower)), "headline") == lower


def test_a_heading_behind_the_text_that_is_a_link_as_a_whole_is_no_headline():
    short = "Harbour Bridge Reopens"
    tail = f'<section><h1><a href="https://www.gazette.example/a/b">{short}</a></h1></section>'
    found = page(f"<h1>{HEADLINE}</h1>", SITE + og(short), tail=tail)
    assert value_of(found, "headline") == HEADLINE
    assert refusals_of(found, "headline")[short] == "a link behind the text"


def test_a_banner_yields_to_the_heading_that_a_title_knows():
    body = f"<header><h1>Hi, I am Ana.</h1></header><h2>{HEADLINE}</h2>"
    assert value_of(page(body, f"<title>{HEADLINE} | Notes</title>"), "headline") == HEADLINE
    assert value_of(page("<header><h1>Hi, I am Ana.</h1></header>"), "headline") == "Hi, I am Ana."


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('<h2>BY <a href="/people/ana-bell" rel="author">Ana Bell</a></h2>', "names who wrote it"),
        ("<h3>Today's paper, Monday 7 October 2021</h3>", "names a day"),
    ],
)
def test_a_heading_with_the_writer_or_a_day_is_no_headline(line, why):
    found = page(line, SITE + og(HEADLINE))
    assert value_of(found, "headline") == HEADLINE
    assert why in refusals_of(found, "headline").values()


def test_the_first_paragraph_is_no_headline_where_a_title_tells_one():
    text = "The bridge over the harbour was opened on Monday. " * 8
    found = page(f"<p>{text}</p>", f"<title>{HEADLINE}</title>", text="")
    assert value_of(found, "headline") == HEADLINE


def test_a_title_that_every_page_of_the_site_has_yields_to_a_line_marked_as_headline():
    head = '<title>News from The Gazette</title><meta property="og:site_name" content="The Gazette">'
    assert value_of(page(f'<p><span class="entry-title headline">{HEADLINE}</span></p>', head), "headline") == HEADLINE


@pytest.mark.parametrize(
    ("banner", "headline"),
    [
        ("<header><h1>City News Online</h1></header>", HEADLINE),
        ('<div><h1><a href="/">City News Online</a></h1></div>', HEADLINE),
        ("<h1>Gone fishing</h1>", "Gone fishing"),
    ],
)
def test_a_banner_yields_to_a_title_on_which_the_metadata_agree(banner, headline):
    """A heading of its own words stays the headline where it stands with the text and is no link."""
    html = f"<html><head><title>{HEADLINE}</title>{og(HEADLINE)}</head><body>{banner}<div>{TEXT}</div></body></html>"
    assert value_of(Page(Capture("p", html.encode())), "headline") == headline


def test_a_paragraph_set_as_a_heading_is_no_headline_where_a_title_tells_one():
    text = "The bridge over the harbour was opened on Monday, and the first cars crossed it at dawn. " * 3
    found = page(f"<h2>{text}</h2>", "<title>Bridge reopens</title>")
    assert value_of(found, "headline") == "Bridge reopens"
    assert "a paragraph of the text" in refusals_of(found, "headline").values()


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ('---\ntitle: "{0} | The Gazette"\nsource: https://thegazette.example/a\n---\n\n', "text/markdown"),
        ("# {0} - The Gazette\n\nSource URL: https://thegazette.example/a\n\n", "text/markdown"),
        ("{0} - The Gazette\n\nSource URL: https://thegazette.example/a\n\n", "text/plain"),
    ],
)
def test_the_site_s_name_in_the_title_of_a_text_form_is_the_publisher_s(form, media_type):
    text = TEXT.replace("<p>", "").replace("</p>", "\n\n")
    found = text_page(form.format("Bridge reopens - after repair") + text, media_type)
    assert value_of(found, "headline") == "Bridge reopens - after repair"
    assert value_of(found, "publisher") == "The Gazette"
    other = text_page(form.format("Bridge reopens").replace("The Gazette", "after repair") + text, media_type)
    assert value_of(other, "publisher") == "thegazette.example"
