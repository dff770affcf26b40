"""Who is credited for the text: from a page's markup to the choice of authors, agencies and the composed credit."""

from __future__ import annotations

import json

import pytest

from provenance.model import Capture, Context, House, Party, Stated
from provenance.page import Page
from provenance.parties import choose_parties, credit_text
from provenance.rules.byline import collect
from provenance.selectors import replay, selector

TEXT = "".join(
    f"<p>The ferry between the two harbours will run every {n} minutes from Monday, the council said, and the old "
    "timetable comes back in the autumn when the bridge has been repaired.</p>"
    for n in ("ten", "twelve", "fifteen", "twenty", "thirty")
)
BRIEF = (
    "<p>港に架かる古い橋が二年間の工事を終えて土曜日に再び開通し、最初の車は夜明け前に渡り始めたと市が日曜日に発表した。</p>"
    "<p>市によると、渡し船は四月まで冬の時刻表で運航を続け、住民が一つの道だけに頼らなくてもすむようにするという。</p>"
)
"""A short report: in scripts without spaces the whole text is no longer than a note is elsewhere."""
HOUSE = House(("The Example Gazette",), "gazette.example")
PUBLISHER = Party("organization", "The Example Gazette")


def page_of(
    head: str = "", byline: str = "", text: str = TEXT, foot: str = "", after: str = "", lang: str = "en"
) -> Page:
    body = (
        "<header><nav><a href=/a>News</a><a href=/b>Sport</a></nav></header>"
        f"<main><article><h1>Ferry to run every ten minutes</h1>{byline}<div class=text>{text}{foot}</div></article>"
        f"{after}</main>"
    )
    html = f"<html lang={lang}><head><title>Ferry</title>{head}</head><body>{body}</body></html>"
    return Page(Capture("page.html", html.encode(), url="https://gazette.example/ferry"))


def ld(**properties: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Ferry to run every ten minutes"}
    return f'<script type="application/ld+json">{json.dumps(node | properties)}</script>'


class Said:
    """What a page gives, in plain values."""

    def __init__(self, page: Page, house: House = HOUSE, language: str = "en", country: str | None = None) -> None:
        self.page, self.context = page, Context(language, country, house)
        self.candidates = list(collect(page, self.context))
        self.choices = choose_parties(self.candidates, self.context)

    def names(self, field: str) -> list[str]:
        return [c.value.display for c in self.choices[field].chosen]

    @property
    def people(self) -> list[str]:
        return [c.value.name for c in self.choices["author"].chosen if c.value.kind == "person"]

    @property
    def relation(self) -> str:
        value = self.choices["relation"].value
        return "own" if value is None else str(value)

    @property
    def credit(self) -> str | None:
        return credit_text(self.choices, PUBLISHER)[0]


def test_names_in_separate_elements_are_separate_people_in_printed_order() -> None:
    byline = "<div class=byline><span>Ana Bell</span><span>Omar de Cole</span> <span>Lea Marsh</span></div>"
    assert Said(page_of(byline=byline)).people == ["Ana Bell", "Omar de Cole", "Lea Marsh"]


def test_first_and_last_name_in_two_elements_are_one_person() -> None:
    byline = "<div class=author><span class=first>Ana</span> <span class=last>Bell</span></div>"
    assert Said(page_of(byline=byline)).people == ["Ana Bell"]


@pytest.mark.parametrize(
    "byline",
    [
        "<div class=x1><a href=/authors/ana-bell>Ana Bell</a> <span>Transport editor</span></div>",
        "<div class=x1><a href=/authors/ana-bell>AB</a><a href=/authors/ana-bell>Ana Bell</a></div>",
        "<div class=x1><span>By</span><span>Ana Bell</span></div>",
        "<address><a href=/x>Ana Bell</a> @anabell</address>",
        "<div class=author><span class=given>Ana</span><span class=lastname>Bell</span></div>",
        "<div class=byline><time>3 May 2024</time> By Ana Bell <button>Follow</button></div>",
        "<div id=article-writer>Ana Bell</div>",
        "<p itemprop=author itemscope><span itemprop=name>Ana Bell</span></p>",
    ],
)
def test_markup_that_tells_a_byline(byline: str) -> None:
    assert Said(page_of(byline=byline)).people == ["Ana Bell"]


@pytest.mark.parametrize("tip", ["Via: {}", "(Via {} and others)", "(h/t {})"])
def test_thanks_for_the_hint_are_no_credit_of_the_text(tip: str) -> None:
    link = "<a href=https://www.harbour-post.example/2024/05/ferry-timetable>Reuters</a>"
    said = Said(page_of(foot=f"<p>{tip.format(link)}</p>"))
    assert (said.relation, said.names("contributor"), said.names("sourceOrganization")) == ("own", [], [])


@pytest.mark.parametrize("box", ["<div class=module>{}</div>", "<section>{}</section>"])
def test_a_box_with_a_captioned_picture_credits_no_text(box: str) -> None:
    figure = "<figure><img src=/a.jpg><figcaption><h2>The ferry on Monday.</h2><span>(ANA BELL/REUTERS)</span></figcaption></figure>"
    for said in (Said(page_of(byline=box.format(figure))), Said(page_of(foot=box.format(figure)))):
        assert (said.relation, said.names("sourceOrganization"), said.people) == ("own", [], [])


def test_a_line_of_which_nothing_is_left_is_no_byline() -> None:
    lines = "<p class=byline>By By By By 新华社</p><p class=byline>@0</p>"
    assert Said(page_of(after=lines, lang="zh"), language="zh").people == []


def test_a_byline_among_buttons_to_share_is_the_article_s_where_a_word_announces_it() -> None:
    share = "<div class=social-share><div><h5>23.01.2019</h5><div class=x1>{}</div></div><a href=https://s.example>Share</a></div>"
    assert Said(page_of(byline=share.format("By Ana Bell and Omar Reed"))).people == ["Ana Bell", "Omar Reed"]
    assert Said(page_of(byline=share.format("Island Post"))).people == []


def test_a_byline_in_the_menu_above_the_headline_is_another_page_s() -> None:
    """A menu that opens shows the newest stories with their authors."""
    newest = '<ol><li><div><div><p class="navigation-item__byline">By <a rel=author href=/x>Rita Moss</a></p></div></div></ol>'
    page = Page(
        Capture(
            "page.html",
            f"<body><header><div><section><ul><li><div>{newest}</div></ul></section></div></header><article>"
            f"<h1>Ferry to run</h1><h3 class=contributors>By <a rel=author href=/y>Ana Bell</a></h3>{TEXT}</article>".encode(),
        )
    )
    assert Said(page).people == ["Ana Bell"]


@pytest.mark.parametrize(
    "byline",
    [
        "<p class=byline>By Ana Bell for AFP</p>",
        "<p class=byline>By <a rel=author href=/x>Ana Bell</a>, AFP</p>",
        "<p class=byline>Ana Bell (AFP)</p>",
        "<div class=byline><span>By</span> <a href=/x>Ana Bell</a><span class=agency>AFP</span></div>",
    ],
)
def test_a_person_of_an_agency_makes_the_article_syndicated(byline: str) -> None:
    said = Said(page_of(byline=byline))
    author = said.choices["author"].chosen[0]
    assert (author.value.name, [a.short for a in author.value.affiliation]) == ("Ana Bell", ["AFP"])
    assert said.names("sourceOrganization") == ["AFP"]
    assert said.credit == "AFP via The Example Gazette"


@pytest.mark.parametrize("place", ["byline", "foot", "dateline", "json-ld", "meta"])
def test_an_agency_alone_is_found_wherever_it_stands(place: str) -> None:
    said = Said(
        {
            "byline": page_of(byline="<p class=author>Reuters</p>"),
            "foot": page_of(foot="<p>(Reuters)</p>"),
            "dateline": page_of(text=TEXT.replace("<p>The", "<p>MOSCOW (Reuters) - The", 1)),
            "json-ld": page_of(head=ld(author={"@type": "Person", "name": "Reuters"})),
            "meta": page_of(head="<meta name=author content=Reuters>"),
        }[place]
    )
    assert said.names("sourceOrganization") == ["Reuters"]
    assert said.people == []
    assert said.credit == "Reuters via The Example Gazette"


def test_dateline_gives_the_place_without_the_agency() -> None:
    said = Said(page_of(text=TEXT.replace("<p>The", "<p>NEW YORK (AP) — The", 1)))
    assert said.choices["dateline"].value == "NEW YORK"
    assert said.names("sourceOrganization") == ["AP"]


def test_staff_with_agency_material_is_mixed() -> None:
    said = Said(page_of(byline="<p class=byline>By Ana Bell</p>", foot="<p><em>Additional reporting by AP</em></p>"))
    assert said.people == ["Ana Bell"]
    assert said.names("sourceOrganization") == []
    assert said.names("contributor") == ["AP"]
    assert said.credit == "The Example Gazette with AP"


def test_staff_and_german_agency_note() -> None:
    said = Said(page_of(byline="<p class=autor>Von Ana Bell</p>", foot="<p>mit dpa</p>", lang="de"), language="de")
    assert (said.people, said.relation, said.names("contributor")) == (["Ana Bell"], "mixed", ["dpa"])


def test_an_agency_on_its_own_site_is_own_work() -> None:
    house = House(("Associated Press", "AP News"), "apnews.com", "ap")
    said = Said(page_of(byline="<p class=byline>By ANA BELL, Associated Press</p>"), house)
    assert said.names("sourceOrganization") == []
    assert said.credit is None


def test_agencies_in_the_story_a_caption_a_teaser_and_a_comment_are_no_text_credit() -> None:
    text = TEXT.replace("the council said", "the council told Reuters", 1)
    figure = "<figure><img src=a.jpg><figcaption>The pier. Jane Roe/AP</figcaption></figure>"
    after = (
        "<section class=related><div class=teaser><h3>Other</h3><p class=byline>By dpa</p></div></section>"
        "<section class=comments><p class=author>AFP</p></section>"
    )
    said = Said(page_of(byline="<p class=byline>By Ana Bell</p>" + figure, text=text, after=after))
    assert (said.people, said.relation) == (["Ana Bell"], "own")
    assert said.names("sourceOrganization") == said.names("contributor") == []


def test_staff_beside_an_agency_sign_off_is_mixed_and_all_fields_say_so() -> None:
    said = Said(page_of(byline="<p class=byline>By Ana Bell</p>", foot="<p>Source: AFP, Reuters</p>"))
    assert (said.relation, said.names("contributor"), said.names("sourceOrganization")) == (
        "mixed",
        ["AFP", "Reuters"],
        [],
    )
    assert said.credit == "The Example Gazette with AFP and Reuters"
    assert said.choices["relation"].chosen[0].inferred


def test_unnamed_agencies_are_credited_as_such_and_none_is_invented() -> None:
    said = Said(page_of(foot="<div class=byline>red, example.org/Agenturen</div>", lang="de"), language="de")
    assert (said.relation, said.names("contributor"), said.names("sourceOrganization")) == ("mixed", [], [])
    assert said.credit == "The Example Gazette with agencies"


def test_the_byline_of_a_teaser_is_not_the_article_s() -> None:
    after = "<div class=related><p class=byline>By Tom Hale</p></div>"
    said = Said(page_of(byline="<p class=byline>By Ana Bell</p>", after=after))
    assert said.people == ["Ana Bell"]


def test_data_with_the_first_author_only_is_completed_by_the_line() -> None:
    head = ld(author={"@type": "Person", "name": "Ana Bell", "jobTitle": "Transport editor", "url": "/staff/ana"})
    said = Said(page_of(head=head, byline="<p class=byline>By Ana Bell and Omar Cole</p>"))
    assert said.people == ["Ana Bell", "Omar Cole"]
    first = said.choices["author"].chosen[0]
    assert first.value.job_title == "Transport editor"
    assert first.value.url == "https://gazette.example/staff/ana"
    assert first.match.source == "visible-text"


def test_the_visible_byline_beats_data_and_the_conflict_is_noted() -> None:
    said = Said(page_of(head=ld(author={"name": "Web Manager"}), byline="<p class=byline>By Ana Bell</p>"))
    other = Said(page_of(head=ld(author={"name": "Tom Hale"}), byline="<p class=byline>By Ana Bell</p>"))
    assert said.people == other.people == ["Ana Bell"]
    assert [n.code for n in other.choices["author"].notes] == ["conflict/author"]
    assert any(c.value.name == "Tom Hale" for c, _ in other.choices["author"].rejected if isinstance(c.value, Party))


def test_a_badge_beside_the_headline_does_not_beat_the_author_whom_data_and_page_agree_on() -> None:
    after = "<div class=author-box><h3>Ana Bell</h3><p>writes about ferries.</p></div>"
    said = Said(
        page_of(head=ld(author={"name": "Ana Bell"}), byline="<p class=author>Verified Expert</p>", after=after)
    )
    assert said.people == ["Ana Bell"]


@pytest.mark.parametrize(
    "author",
    [
        "Ana Bell",
        ["Ana Bell"],
        {"@type": "Person", "name": "Ana Bell"},
        [{"@type": "Person", "name": ["Ana Bell"]}],
        {"@type": "Person", "givenName": "Ana", "familyName": "Bell"},
        {"@list": [{"name": "Ana Bell"}]},
        {"@type": "Person", "name": "By ANA BELL"},
    ],
)
def test_shapes_of_authors_in_json_ld(author: object) -> None:
    assert [n.casefold() for n in Said(page_of(head=ld(author=author))).people] == ["ana bell"]


def test_a_reference_into_the_graph_is_followed() -> None:
    graph = {
        "@graph": [
            {"@type": "NewsArticle", "headline": "Ferry", "author": {"@id": "#p1"}},
            {"@type": "Person", "@id": "#p1", "name": "Ana Bell"},
        ]
    }
    head = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    assert Said(page_of(head=head)).people == ["Ana Bell"]


def test_other_properties_of_json_ld_give_their_own_roles() -> None:
    head = ld(
        author={"@type": "Person", "name": "Ana Bell"},
        editor={"@type": "Person", "name": "Tom Hale"},
        translator=[{"@type": "Person", "name": "Lea Marsh"}],
        sourceOrganization={"@type": "Organization", "name": "Agence France-Presse"},
        copyrightHolder={"@type": "Organization", "name": "Gazette Holding Group"},
        dateline="PORT EXAMPLE",
    )
    said = Said(page_of(head=head, byline="<p class=byline>By Ana Bell</p>"))
    assert (said.people, said.names("editor"), said.names("translator")) == (["Ana Bell"], ["Tom Hale"], ["Lea Marsh"])
    assert said.names("sourceOrganization") == ["AFP"]
    assert said.choices["dateline"].value == "PORT EXAMPLE"


def test_front_matter_and_facts_of_the_container_name_the_author() -> None:
    source = "---\ntitle: Ferry\nauthor: Ana Bell\n---\n\n# Ferry\n\n" + "The ferry runs every ten minutes. " * 12
    front = Said(Page(Capture("a.md", source.encode(), "text/markdown")))
    assert front.people == ["Ana Bell"]
    html = f"<html><body><h1>Ferry</h1>{TEXT}</body></html>".encode()
    stated = Said(Page(Capture("a.html", html, stated=(Stated("author", "By Ana Bell, AFP", "BYLINE:"),))))
    assert (stated.people, stated.names("sourceOrganization")) == (["Ana Bell"], ["AFP"])
    for said in (front, stated):
        for candidate in said.candidates:
            assert replay(said.page, selector(said.page, candidate.match)) == candidate.match.text


@pytest.mark.parametrize(
    "graph",
    [
        [{"@id": "#a", "familyName": " "}],
        [{"@id": "#a", "name": {"@id": "#a"}}],
        [{"@id": "#a", "name": {"@id": "#b"}}, {"@id": "#b", "name": [{"@id": "#a"}]}],
    ],
)
def test_nodes_that_refer_to_themselves_name_nobody(graph: list[object]) -> None:
    script = f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'
    said = Said(page_of(head=ld(author={"@id": "#a"}) + script))
    assert said.people == []


@pytest.mark.parametrize("name", ["sourceOrganization", "provider", "copyrightHolder"])
def test_the_house_as_source_of_its_own_article_is_no_credit(name: str) -> None:
    head = ld(author="Ana Bell", **{name: {"@type": "Organization", "name": "The Example Gazette"}})
    said = Said(page_of(head=head))
    assert (said.relation, said.credit, said.names("sourceOrganization")) == ("own", None, [])


@pytest.mark.parametrize(
    "name", ["The Example Gazette", "https://www.facebook.com/gazette", "ana-bell", "Staff Reporter", "@gazette"]
)
def test_the_house_addresses_user_names_and_roles_are_no_people(name: str) -> None:
    said = Said(page_of(head=ld(author={"@type": "Person", "name": name})))
    assert said.people == []
    assert said.relation == "own"


def test_contributors_editors_and_translators_have_their_own_fields() -> None:
    foot = "<p>(Additional reporting by Lea Marsh; editing by Tom Hale)</p>"
    said = Said(page_of(byline="<p class=byline>By Ana Bell</p>", foot=foot))
    assert (said.people, said.names("contributor"), said.names("editor")) == (["Ana Bell"], ["Lea Marsh"], ["Tom Hale"])
    assert said.credit is None


def test_words_beside_the_name_are_no_people() -> None:
    byline = (
        "<div class=byline>By <a class=author href=/x>Ana Bell</a><button>Follow</button><h3>Social Links</h3>"
        "<a href=/rss>View Author Archive</a></div>"
    )
    assert Said(page_of(byline=byline)).people == ["Ana Bell"]


def test_evidence_of_every_candidate_replays() -> None:
    page = page_of(
        head=ld(author=["Ana Bell", {"@type": "Person", "name": "By OMAR COLE, AP"}])
        + "<meta name=author content='Ana Bell'>",
        byline="<div class=byline>By <a href=/a>Ana Bell</a>, <b>Omar Cole</b> | AP <time>3 May</time></div>",
        text=TEXT.replace("<p>The", "<p>OSLO (AFP) — The", 1),
        foot="<p>The last word was said. (dpa)</p>",
    )
    said = Said(page)
    assert len(said.candidates) > 8
    for candidate in said.candidates:
        assert replay(page, selector(page, candidate.match)) == candidate.match.text
    people = {c.value.name: c.match.text for c in said.choices["author"].chosen if c.value.kind == "person"}
    assert people == {"Ana Bell": "Ana Bell", "Omar Cole": "Omar Cole"}


def test_source_present_exactly_when_the_credit_says_via() -> None:
    lines = ["By Ana Bell", "Reuters", "AFP, dpa", "By Ana Bell and AP", "Ana Bell, Reuters", "Staff and agencies", ""]
    for line in lines:
        said = Said(page_of(byline=f"<p class=byline>{line}</p>"))
        assert bool(said.names("sourceOrganization")) == (" via " in (said.credit or "")), line
        assert credit_text(said.choices, None)[0] is None


@pytest.mark.parametrize("markup", ["", "<p></p>", "<h1>Only a headline</h1>", "<div class=byline></div>"])
def test_pages_without_a_byline_credit_nobody(markup: str) -> None:
    page = Page(Capture("x.html", f"<html><body>{markup}</body></html>".encode()))
    said = Said(page)
    assert (said.people, said.relation, said.credit) == ([], "own", None)


@pytest.mark.parametrize(
    "byline",
    [
        "<div><span>Ana Bell</span><div><time>5 May 2024</time></div></div>",
        "<div>Ana Bell<br><a href=/x>The Harbour</a><br>Tue, 14 May 2024 17:55 UTC</div>",
        "<div><p>Ana Bell<span>Springfield</span></p><time>05/05/2024</time></div>",
        "<p><i class=x1></i>By Ana Bell</p><p><i></i>17:41, May 5, 2024</p>",
        "<div>Su 05.05.24 | 14:07 | By <span>Ana Bell</span></div>",
        "<div><img src=/a.jpg><p>Ana Bell</p><p>reports from Springfield</p></div>",
        "<address class=x9><a href=/p/1><span class=x1>Ana</span><span class=x2>Bell</span></a></address>",
    ],
)
def test_bylines_that_no_mark_announces(byline: str) -> None:
    assert Said(page_of(byline=byline)).people == ["Ana Bell"]


@pytest.mark.parametrize(
    "byline",
    [
        "<div><img src=/a.jpg><span>Ana Bell</span></div><p>Ferry tickets</p>",
        "<div><span>EFE EFE</span><time>5 May 2024</time></div>",
        "<p class=author>By Harbour Desk</p><div><span>Design Style</span><time>5 May 2024</time></div>",
        "<div class=person-box><p>Ana Bell</p><p>Professor of ferries</p></div>",
        "<div><a href=/other>The other bridge is to be painted this summer</a><span>By Ana Bell</span></div>",
    ],
)
def test_names_that_are_no_bylines(byline: str) -> None:
    assert Said(page_of(byline=byline)).people == []


def test_a_job_and_a_name_within_the_headline_are_a_byline() -> None:
    html = (
        page_of()
        .capture.body.decode()
        .replace("every ten minutes</h1>", "every ten minutes <span class=s>編集委員 中沢克二</span></h1>")
    )
    page = Page(Capture("page.html", html.encode(), url="https://gazette.example/ferry"))
    assert Said(page, language="ja").people == ["中沢克二"]


def test_who_reviewed_is_the_editor_beside_an_author_and_the_author_alone() -> None:
    both = Said(page_of(byline="<p class=author>By Ana Bell</p><p class=author>Reviewed by Omar Cole</p>"))
    assert (both.people, both.names("editor")) == (["Ana Bell"], ["Omar Cole"])
    assert Said(page_of(byline="<p class=author>Reviewed by Omar Cole</p>")).people == ["Omar Cole"]
    checked = Said(page_of(byline="<p class=author>By Ana Bell | Fact checked by Omar Cole</p>"))
    assert (checked.people, checked.names("editor")) == (["Ana Bell"], ["Omar Cole"])


@pytest.mark.parametrize(
    ("foot", "person"),
    [
        ("<p>-- By Ana Bell<a href=/f>Follow @anabell</a></p>", "Ana Bell"),
        ("<p><b>Interview conducted by Ana Bell.</b></p>", "Ana Bell"),
    ],
)
def test_who_signs_at_the_foot_is_the_author_where_the_head_names_nobody(foot: str, person: str) -> None:
    assert Said(page_of(byline="<p class=author>By National Desk</p>", foot=foot)).people == [person]


def test_pictures_at_the_foot_credit_no_text() -> None:
    for foot in ("<p>A ferry. (AP Photo/Jane Roe) AP Photo</p>", "<p>The harbour. Uncredited/AP/dpa</p>"):
        said = Said(page_of(byline="<p class=author>By Ana Bell</p>", foot=foot))
        assert (said.relation, said.names("sourceOrganization"), said.names("contributor")) == ("own", [], [])


def test_a_notice_of_rights_behind_the_text_names_the_distributor() -> None:
    said = Said(page_of(after="<div class=copyright>© 2026 The Canadian Press</div>"))
    assert (said.relation, said.names("sourceOrganization")) == ("syndicated", ["CP"])


def test_an_agency_alone_as_first_line_of_the_text_made_it() -> None:
    said = Said(page_of(byline="<p class=author>Ana Bell</p>", text=f"<p><em><b>AFP</b></em></p>{TEXT}"))
    assert (said.relation, said.names("sourceOrganization"), said.people) == ("syndicated", ["AFP"], ["Ana Bell"])


def test_the_script_of_the_text_outranks_the_language_that_the_page_claims() -> None:
    paragraph = "<p>" + "渡轮公司星期一宣布，两个港口之间的班次将增加，桥梁修复以后恢复原来的时间表。" * 4 + "</p>"
    text = f"<p>新华社北京4月24日电 {paragraph[3:]}{paragraph * 3}"
    page = page_of(text=text, lang="utf")
    assert Said(page, language="utf").names("sourceOrganization") == ["Xinhua"]


def test_a_marked_name_right_behind_the_text_is_the_author_where_the_head_names_nobody() -> None:
    after = "<div class=author_date><span class=author><a href=/u/1>Ana Bell</a>, </span><a>05.05.2024</a></div>"
    assert Said(page_of(after=after)).people == ["Ana Bell"]
    assert Said(page_of(byline="<p class=author>By Omar Cole</p>", after=after)).people == ["Omar Cole"]


def test_the_house_beside_an_agency_in_metadata_has_no_hand_in_the_agency_s_text() -> None:
    head = "<meta name=author content='The Example Gazette'><meta property=article:author content=AFP>"
    said = Said(page_of(head=head, byline="<p class=author>AFP</p>"))
    assert (said.relation, said.names("sourceOrganization")) == ("syndicated", ["AFP"])


def test_an_owner_named_in_the_notice_of_rights_is_no_author() -> None:
    head = (
        "<meta name=author content='Condé Nast'><meta property=article:author content='Ana Bell'>"
        "<meta name=copyright content='Copyright (c) Condé Nast 2023'>"
    )
    assert Said(page_of(head=head, byline="<p class=author>By Ana Bell</p>")).people == ["Ana Bell"]


def test_a_kicker_beside_the_date_is_no_byline() -> None:
    byline = "<h2><span>Harbour Council</span></h2><p><time>5 May 2024</time></p>"
    assert Said(page_of(byline=f"<div>{byline}</div>")).people == []


def test_a_byline_behind_a_carousel_and_behind_a_picture_below_the_standfirst_is_found() -> None:
    carousel = "<ul>" + "".join(f"<li><a href=/s{i}>Story {i}</a></li>" for i in range(300)) + "</ul>"
    assert Said(page_of(byline=f"{carousel}<div><div>By <span>Ana Bell</span></div></div>")).people == ["Ana Bell"]
    picture = "<figure><picture>" + "<source srcset=/p.jpg>" * 50 + "<img src=/p.jpg></picture></figure>"
    standfirst = f"<p>{'The council said that both harbours will be served. ' * 3}</p>"
    said = Said(page_of(byline=f"{standfirst}{picture}<div>By <a href=/x>Ana Bell</a></div>"))
    assert said.people == ["Ana Bell"]


def test_a_name_beside_a_house_of_pictures_is_no_author() -> None:
    assert Said(page_of(byline="<div><span>Ana Bell</span> | <span>Getty Images</span></div>")).people == []


def test_a_name_with_its_job_beside_the_date_is_a_byline() -> None:
    said = Said(page_of(byline="<div><p>Ana Bell, AP National Writer</p><span><time>5 May 2024</time></span></div>"))
    assert (said.people, said.names("sourceOrganization")) == (["Ana Bell"], ["AP"])


CHINESE = "".join(
    f"<p>市政府周一宣布，两个港口之间的渡轮将每{n}分钟开行一班，旧时刻表将在秋季大桥修复之后重新启用，居民表示欢迎。</p>"
    for n in ("十", "十二", "十五", "二十", "三十")
)
EXAMPLE = House(("示例时报", "example.cn"), "example.cn")


@pytest.mark.parametrize(
    ("byline", "source"),
    [
        ("<div class=t>2019-09-07 13:43:45　来源: <a href=/x>港湾早知道</a> <a href=/y>举报</a></div>", "港湾早知道"),
        ("<div class=t><span>2019年9月26日 15:10</span> <span>来源：港湾在线</span></div>", "港湾在线"),
        ("<div class=t><span>本文来源：港湾在线</span> <span>责任编辑：王小明</span></div>", "港湾在线"),
    ],
)
def test_a_source_label_beside_the_date_names_a_house_that_no_list_knows(byline: str, source: str) -> None:
    said = Said(page_of(byline=byline, text=CHINESE, lang="zh"), EXAMPLE, "zh")
    assert (said.relation, said.names("sourceOrganization"), said.people) == ("syndicated", [source], [])


@pytest.mark.parametrize("name", ["示例时报", "示例时报网", "网络", "互联网"])
def test_a_source_label_with_the_house_itself_or_a_common_word_names_no_other_house(name: str) -> None:
    said = Said(page_of(byline=f"<div class=t>2019-09-07 来源：{name}</div>", text=CHINESE, lang="zh"), EXAMPLE, "zh")
    assert (said.relation, said.names("sourceOrganization")) == ("own", [])


def test_a_source_label_in_the_text_itself_or_for_its_pictures_names_no_house() -> None:
    foot = "<p>他说，图表的来源：港湾在线，数据截至去年，而统计部门说，新的数据要到明年春天才能公布。</p><p>图片来源：港湾在线</p>"
    said = Said(page_of(text=CHINESE, foot=foot, lang="zh"), EXAMPLE, "zh")
    assert (said.relation, said.names("sourceOrganization")) == ("own", [])


@pytest.mark.parametrize(
    ("language", "byline", "sources"),
    [
        ("pl", "<div class=t>Źródło: Gazeta Przykładowa</div>", ["Gazeta Przykładowa"]),
        ("hu", "<div class=t>Forrás: Példa Alapítvány</div>", ["Példa Alapítvány"]),
        ("en", "<div class=t>Source: Harbour Living Weekly</div>", ["Harbour Living Weekly"]),
        ("en", "<div class=t>Source: Jane Roe</div>", []),
        ("en", "<div class=t>Source: the ministry's figures of 2019</div>", []),
    ],
)
def test_source_labels_of_other_languages_under_the_headline(language: str, byline: str, sources: list[str]) -> None:
    said = Said(page_of(byline=byline, lang=language), language=language)
    assert said.names("sourceOrganization") == sources


@pytest.mark.parametrize(
    ("foot", "people"),
    [
        ("<p>来源：港湾在线</p>", []),
        ("<p>采写：港都见习记者 林小沛</p>", ["林小沛"]),
        ("<p>采写：港都记者 余小菁 向小妮</p>", ["余小菁", "向小妮"]),
        (
            "<p>活动现场发放了宣传册，居民们表示欢迎，渡轮公司也派人到场说明。(文/图 刘小东 易小楠)</p>",
            ["刘小东", "易小楠"],
        ),
        ("<p>责任编辑：王小明</p>", []),
    ],
)
def test_chinese_lines_at_the_foot_name_writers_and_sources(foot: str, people: list[str]) -> None:
    said = Said(page_of(text=CHINESE, foot=foot, lang="zh"), EXAMPLE, "zh")
    assert said.people == people
    assert said.names("sourceOrganization") == (["港湾在线"] if "来源" in foot else [])


@pytest.mark.parametrize(
    ("language", "byline", "people"),
    [
        ("zh", "<div class=t>2020-11-23 10:22:14 作者：<a href=/u>宪瑞</a> 编辑：宪瑞</div>", ["宪瑞"]),
        ("ko", "<div class=author><a href=/u>홍길동 나무 칼럼니스트</a></div>", ["홍길동"]),
        ("en", "<div class=byline>By Sam Marsh on <time>June 29, 2014</time> 76 Comments</div>", ["Sam Marsh"]),
        ("en", "<span class=byline><a href=/u>Richard (R.J.) Marsh</a></span>", ["Richard (R.J.) Marsh"]),
        ("es", "<div class=author>Por <a href=/u>User Admin</a></div>", []),
        ("en", "<div class=author>Por <a href=/u>User Admin</a></div>", []),
    ],
)
def test_names_with_what_stands_in_or_about_them(language: str, byline: str, people: list[str]) -> None:
    text = CHINESE if language == "zh" else TEXT
    assert Said(page_of(byline=byline, text=text, lang=language), language=language).people == people


@pytest.mark.parametrize(("language", "name"), [("pl", "AWR Example Sp. z o.o."), ("pl", "Grupa Wirtualna Wyspa")])
def test_companies_that_data_name_as_author_are_no_people(language: str, name: str) -> None:
    head = f'<meta name=author content="{name}">'
    assert Said(page_of(head=head, lang=language), language=language).people == []


@pytest.mark.parametrize(
    ("address", "people"),
    [
        ("https://gazette.example/people/ana-bell", ["Ana Bell"]),
        ("https://gazette.example/people/ben-knight", []),
        ("https://social.example/people/ana-bell", []),
    ],
)
def test_the_link_to_the_profile_that_metadata_give_for_a_name_tells_the_name(address: str, people: list[str]) -> None:
    head = f'<meta property="article:author" content="{address}">'
    box = (
        "<div class=sidebar><span>The author</span><a href=/people/ana-bell><img src=a.jpg></a> "
        "<a href=/people/ana-bell>Ana Bell</a> <a href=https://social.example/people/ana-bell>Network</a></div>"
    )
    said = Said(page_of(head=head, after=box))
    assert said.people == people
    assert {c.rule for c in said.choices["author"].chosen} == ({"byline/profile-link"} if people else set())


@pytest.mark.parametrize("label", ["Author", "Autorin/Autor:", "Auteur"])
@pytest.mark.parametrize("place", ["byline", "after"])
def test_the_item_of_a_list_of_facts_that_a_word_of_authorship_labels_is_the_byline(label: str, place: str) -> None:
    """The names in its other items are subjects of the text."""
    facts = (
        f"<ul><li><strong>Date</strong> 05.05.2024</li><li><strong>{label}</strong> Ana Bell</li>"
        "<li><strong>Related subjects</strong> <a href=/x>Angela Bridge</a>, <a href=/y>Ferries</a></li></ul>"
    )
    page = page_of(byline=facts) if place == "byline" else page_of(after=facts)
    assert Said(page).people == ["Ana Bell"]


@pytest.mark.parametrize(
    ("language", "note", "people"),
    [
        ("en", "This article was translated from Le Monde", []),
        ("de", "Dies ist eine übersetzte Fassung eines Textes aus »Le Monde«", []),
        ("fr", "Article traduit de The Guardian", []),
        ("de", "Ana Bell, übersetzte Fassung aus »Le Monde«", ["Ana Bell"]),
    ],
)
def test_the_paper_from_which_a_text_was_translated_is_no_author(language: str, note: str, people: list[str]) -> None:
    said = Said(page_of(byline=f"<p class=byline>{note}</p>", lang=language), language=language)
    assert said.names("author") == people


def test_the_house_beside_its_people_is_no_author() -> None:
    byline = "<p class=byline>The Example Gazette | 4 May 2015 | By Ana Bell</p>"
    assert Said(page_of(byline=byline)).names("author") == ["Ana Bell"]
    assert Said(page_of(byline="<p class=byline>The Example Gazette</p>")).names("author") == ["The Example Gazette"]


KOREAN = "".join(
    f"시의회는 월요일부터 두 항구를 잇는 여객선이 {n}분마다 운항한다고 밝혔으며 가을에는 예전 시간표로 돌아간다고 설명했다.<br><br>"
    for n in ("십", "십이", "십오", "이십", "삼십")
)
ENGLISH_RUNS = TEXT.replace("<p>", "").replace("</p>", "<br><br>")


@pytest.mark.parametrize(
    ("language", "text", "people"),
    [
        ("ko", f"{KOREAN}홍길동 기자 gildong@example.kr<br>", ["홍길동"]),
        ("en", f"{ENGLISH_RUNS}Ana Bell ana.bell@gazette.example", ["Ana Bell"]),
        ("en", f"{ENGLISH_RUNS}Ana Bell (ana.bell@gazette.example)", ["Ana Bell"]),
        ("en", f"{ENGLISH_RUNS}Write to us: desk@gazette.example", []),
    ],
)
def test_a_signature_that_only_line_breaks_part_from_the_text(language: str, text: str, people: list[str]) -> None:
    assert Said(page_of(text=text, lang=language), language=language).people == people


def test_an_agency_named_in_the_middle_of_an_element_of_many_lines_signs_nothing() -> None:
    text = f"{TEXT}<p>{ENGLISH_RUNS[:300]}<br>He cannot dismiss them yet. Reuters <br><a href=/r>reports</a> that he will.</p>"
    assert Said(page_of(text=text)).names("sourceOrganization") == []


@pytest.mark.parametrize(
    ("foot", "sources"),
    [
        ("<br>Dziennik Gazeta Prawna<br>", ["Dziennik Gazeta Prawna"]),
        ("<br>Dziennik Przykładowy<br>", []),
        ("<br>Fakt<br>", []),
    ],
)
def test_a_newspaper_s_bare_name_as_the_last_line_is_where_the_text_comes_from(foot: str, sources: list[str]) -> None:
    said = Said(page_of(text=ENGLISH_RUNS + foot, lang="pl"), language="pl")
    assert said.names("sourceOrganization") == sources


def test_another_newspaper_s_name_behind_the_writers_makes_the_whole_a_reprint() -> None:
    foot = "<p>作者：余小菁 向小妮</p><blockquote><p>渡轮新闻</p></blockquote>,港湾都市报"
    said = Said(page_of(text=CHINESE, foot=foot, lang="zh"), EXAMPLE, "zh")
    assert (said.relation, said.names("sourceOrganization")) == ("syndicated", ["港湾都市报"])
    assert said.people == ["余小菁", "向小妮"]


@pytest.mark.parametrize(
    ("language", "byline", "sources"),
    [
        ("zh", "<div><span>2019-09-26 10:56:28</span><a href=//harbour.example>港湾时报网</a></div>", ["港湾时报网"]),
        ("zh", "<div><span>港湾都市报</span><span>2019-09-09 16:01:46</span></div>", ["港湾都市报"]),
        ("zh", "<div><span>示例时报网</span><span>2019-09-09 16:01:46</span></div>", []),
        ("zh", "<div><span>港湾早知道</span><span>2019-09-09 16:01:46</span></div>", []),
        ("zh", "<p><span>港湾都市报</span></p>", []),
        ("pl", "<div><span>Dziennik Gazeta Prawna</span><time>5 May 2024</time></div>", ["Dziennik Gazeta Prawna"]),
        ("pl", "<div><a href=/s>Dziennik Gazeta Prawna</a><time>5 May 2024</time></div>", []),
        ("es", "<div><span>El Mundo</span><time>5 May 2024</time></div>", []),
    ],
)
def test_a_newspaper_s_bare_name_beside_the_date(language: str, byline: str, sources: list[str]) -> None:
    house, text = (EXAMPLE, CHINESE) if language == "zh" else (HOUSE, TEXT)
    said = Said(page_of(byline=byline, text=text, lang=language), house, language)
    assert said.names("sourceOrganization") == sources
    assert said.relation == ("syndicated" if sources else "own")


@pytest.mark.parametrize(
    ("language", "byline", "sources"),
    [
        ("en", "<div class=t>Source: Real Estates</div>", ["Real Estates"]),
        ("pl", "<div class=t>Źródło: Kurier Przykładowy</div>", ["Kurier Przykładowy"]),
        ("pl", "<div class=t>Źródło: Jan Przykładowy</div>", []),
        ("en", "<div class=t>Source: J. Marsh</div>", []),
    ],
)
def test_behind_a_source_label_only_a_name_that_opens_like_a_person_s_is_a_person(
    language: str, byline: str, sources: list[str]
) -> None:
    said = Said(page_of(byline=byline, lang=language), language=language)
    assert (said.names("sourceOrganization"), said.people) == (sources, [])


def test_a_source_that_the_page_s_title_names_behind_the_headline_is_the_house() -> None:
    byline = "<div class=t><font>来源于：</font><font>{}</font></div>"
    for name, sources in (("东港办事处", []), ("西港办事处", ["西港办事处"])):
        page = page_of(byline=byline.format(name), text=CHINESE, lang="zh")
        title = "<title>Ferry to run every ten minutes 东港办事处_示例网</title>"
        html = page.capture.body.decode().replace("<title>Ferry</title>", title)
        said = Said(Page(Capture("page.html", html.encode())), House(("示例网",), "example.cn"), "zh")
        assert said.names("sourceOrganization") == sources


def test_reports_put_together_are_named_in_brackets_at_the_foot() -> None:
    start = CHINESE.replace("<p>", "<p>示例时报10月4日讯（记者陈小智 整合）", 1)
    said = Said(page_of(text=start, foot="<p>（资料来源：港湾消息、海岛网等）</p>", lang="zh"), EXAMPLE, "zh")
    assert (said.people, said.relation, said.names("contributor")) == (["陈小智"], "mixed", ["港湾消息", "海岛网"])
    chart = Said(page_of(text=CHINESE, foot="<p>资料来源：港湾证券</p>", lang="zh"), EXAMPLE, "zh")
    assert (chart.relation, chart.names("contributor")) == ("own", [])


def test_a_link_marked_as_the_writer_s_in_hungarian_names_the_agency() -> None:
    byline = "<sub class=datum>2015.08.15 10:28</sub><sub class=szerzo><a href=/impresszum>MTI</a></sub>"
    said = Said(page_of(byline=byline, lang="hu"), language="hu", country="HU")
    assert (said.relation, said.names("sourceOrganization")) == ("syndicated", ["MTI"])


@pytest.mark.parametrize(
    "byline",
    [
        "<div>发表于<span>2014-08-24 21:30</span>| <span>1164次阅读</span>| 来源<span>示例时报</span>| 作者<span>魏小星</span></div>",
        "<table><tr><td>发布时间：</td><td>2014-08-24</td><td>作者：</td><td>魏小星</td></tr></table>",
        "<dl><dt>作者：</dt><dd>魏小星</dd></dl>",
        "<p><b>作者：</b><i>魏小星</i></p>",
    ],
)
def test_a_writer_s_name_beside_its_label_in_an_element_of_its_own(byline: str) -> None:
    said = Said(page_of(byline=byline, text=CHINESE, lang="zh"), EXAMPLE, "zh")
    assert (said.people, said.relation) == (["魏小星"], "own")


@pytest.mark.parametrize("name", ["移动互联网", "智能电网", "海报", "一周快报"])
def test_a_section_beside_the_date_that_ends_like_a_site_s_name_is_no_source(name: str) -> None:
    byline = f"<div><span>{name}</span><span>2019-09-09 16:01:46</span></div>"
    assert Said(page_of(byline=byline, text=CHINESE, lang="zh"), EXAMPLE, "zh").names("sourceOrganization") == []


def test_a_newspaper_at_the_end_of_a_list_in_the_text_is_no_source() -> None:
    foot = "<ul><li>Rzeczpospolita Przykładowa</li><li>Dziennik Gazeta Prawna</li></ul>"
    assert Said(page_of(text=TEXT + foot, lang="pl"), language="pl").names("sourceOrganization") == []


def test_a_line_of_sharing_behind_a_date_names_nobody() -> None:
    byline = "<div>更新时间<span>2014-08-24 21:30</span> 分享到 <a href=/1>人人</a> <a href=/2>开心网</a></div>"
    assert Said(page_of(byline=byline, text=CHINESE, lang="zh"), EXAMPLE, "zh").people == []


@pytest.mark.parametrize(
    ("line", "sources"),
    [
        ("港湾晚报记者 李小明 王大同", ["港湾晚报"]),
        ("文/港湾晚报首席记者 李小明", ["港湾晚报"]),
        ("本报记者 李小明", []),
        ("电视台记者 李小明", []),
        ("示例晚报记者 李小明", []),
        ("记者 李小明", []),
    ],
)
def test_reporters_of_another_newspaper_make_its_text_a_reprint(line: str, sources: list[str]) -> None:
    said = Said(page_of(byline=f"<p class=author>{line}</p>", text=CHINESE, lang="zh"), EXAMPLE, "zh")
    assert (said.people[0], said.names("sourceOrganization")) == ("李小明", sources)
    assert said.relation == ("syndicated" if sources else "own")


@pytest.mark.parametrize(
    ("language", "foot", "people"),
    [
        ("de", "<p>(Ana Bell, Omar Cole, 12.3.2024)</p>", ["Ana Bell", "Omar Cole"]),
        ("de", "<p>The Example Gazette / Ana Bell</p>", ["Ana Bell"]),
        ("de", "<p>Text: Ana Bell<br>Fotos: Omar Cole</p>", ["Ana Bell"]),
        ("en", "<p>— Ana Bell and Omar Cole</p>", ["Ana Bell", "Omar Cole"]),
        ("uk", "<p><strong><em>Іван Петренчук, для УХ</em></strong></p>", ["Іван Петренчук"]),
        ("ja", "<p>【山田太郎】</p>", ["山田太郎"]),
        ("ja", "<p>（ロンドン＝山田太郎、鈴木花子）</p>", ["山田太郎", "鈴木花子"]),
        ("ko", "<p>[홍길동 기자 gildong@gazette.example]</p>", ["홍길동"]),
        ("zh", "<p>（记者 王建国 通讯员 李小梅）</p>", ["王建国", "李小梅"]),
        ("vi", "<p><strong>Thu Hà</strong> (Theo <em>AFP, Reuters</em>)</p>", ["Thu Hà"]),
        ("ja", "<p>（敬称略）</p>", []),
        ("en", "<p>Date Last Reviewed: <span>May 2024</span></p>", []),
        ("en", "<p>Bradford White Heaters - 1,200</p>", []),
        ("en", "<p>Ana Bell, winner</p>", []),
        ("en", "<p>North Harbour, South Harbour</p>", []),
        (
            "de",
            "<p>(Ana Bell, Omar Cole, Lea Marsh, Tom Reed-Hale, 12.3.2024)</p>",
            "Ana Bell, Omar Cole, Lea Marsh, Tom Reed-Hale".split(", "),
        ),
    ],
)
def test_names_in_brackets_and_several_names_sign_at_the_foot(language: str, foot: str, people: list[str]) -> None:
    text = TEXT.replace("two harbours", "North Harbour and the South Harbour")
    assert Said(page_of(text=text, foot=foot, lang=language), language=language).people == people


@pytest.mark.parametrize(
    ("first", "people"),
    [
        ("<p><strong>Thabo Mokoena / Palesa Letsie</strong></p>", ["Thabo Mokoena", "Palesa Letsie"]),
        ("<p>Julia Hale</p>", ["Julia Hale"]),
        ("<p><strong>Key Points</strong></p>", []),
        ("<p><strong>Ferry News / Harbour Views</strong></p>", []),
        ("<p><strong>Victoria Falls</strong></p>", []),
    ],
)
def test_names_before_the_first_paragraph_sign_where_the_text_does_not_speak_of_them(
    first: str, people: list[str]
) -> None:
    text = first + TEXT.replace("the old timetable", "in Victoria Falls the old timetable")
    assert Said(page_of(head=ld(author={"@type": "Person", "name": "The Example Gazette"}), text=text)).people == people


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="twitter:misc:Written by" content="Ana Bell, Dover">',
        '<meta name="DCSext.author" content="Ana Bell">',
        '<meta name="xy_authors" content="Ana Bell">',
        '<meta itemprop="articleAuthor" name="articleAuthor" content="Ana Bell">',
        ld(author={"@type": "Person", "name": "Ana&nbsp;Bell"}),
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry to run every ten minutes", '
        '"dateModified": undefined, "author": [{"name": "Ana Bell", "note": "undefined, }"}]}</script>',
    ],
)
def test_places_of_metadata_that_name_the_author(head: str) -> None:
    assert Said(page_of(head=head)).people == ["Ana Bell"]


@pytest.mark.parametrize("name", ["og:book:author", "theme-author", "twitter:misc:Reading time", "author_url"])
def test_metadata_of_like_names_that_name_no_author(name: str) -> None:
    assert Said(page_of(head=f'<meta name="{name}" content="Ana Bell">')).people == []


def test_all_parts_of_a_name_in_json_ld_are_the_name() -> None:
    author = {"@type": "Person", "givenName": "Ana", "additionalName": "Q.", "familyName": "Bell"}
    assert Said(page_of(head=ld(author=author))).people == ["Ana Q. Bell"]


def test_entities_that_json_ld_left_in_a_name_are_read_and_replay() -> None:
    page = page_of(head=ld(author={"@type": "Person", "name": "Ana O&#39;Bell &amp; Omar Cole"}))
    said = Said(page)
    assert said.people == ["Ana O'Bell", "Omar Cole"]
    assert all(replay(page, selector(page, c.match)) == c.match.text for c in said.choices["author"].chosen)


@pytest.mark.parametrize(
    "name",
    ["<a href='/x'>Ana Bell</a>", "ana.bell@gazette.example (Ana Bell)", "Bell, Ana", "Ana&#32;Bell"],
)
def test_what_a_cms_left_in_a_name_of_json_ld_is_taken_off(name: str) -> None:
    assert Said(page_of(head=ld(author={"@type": "Person", "name": name}))).people == ["Ana Bell"]


@pytest.mark.parametrize(("name", "people"), [("Ana Bell, Anna Hale", ["Ana Bell", "Anna Hale"]), ("Ana, Dover", [])])
def test_a_comma_between_other_words_turns_no_name(name: str, people: list[str]) -> None:
    assert Said(page_of(head=ld(author={"@type": "Person", "name": name}))).people == people


@pytest.mark.parametrize(
    ("language", "text", "foot", "sources"),
    [
        ("sv", TEXT, "<p>TT-AFP</p>", ["TT", "AFP"]),
        ("sv", TEXT, "<p>A-B</p>", []),
        ("ja", BRIEF, "<p>（共同）</p>", ["Kyodo"]),
    ],
)
def test_short_credits_behind_a_short_text(language: str, text: str, foot: str, sources: list[str]) -> None:
    said = Said(page_of(text=text, foot=foot, lang=language), language=language)
    assert said.names("sourceOrganization") == sources


def test_a_house_with_an_agency_behind_it_is_no_second_name_of_the_house() -> None:
    name = "The Example Gazette with AFP"
    house = House(("The Example Gazette", name), "gazette.example")
    said = Said(page_of(head=ld(author={"@type": "Organization", "name": name})), house=house)
    assert (said.relation, said.names("contributor")) == ("mixed", ["AFP"])


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("<div><span>Ana Bell |</span> <span>12.03.2024</span></div>", ["Ana Bell"]),
        ("<div><p>Ana Bell - The Example Gazette</p><p>Tue, 12 Mar 2024</p></div>", ["Ana Bell"]),
        ("<div><p>Ana Bell - Dover Castle</p><p>Tue, 12 Mar 2024</p></div>", []),
    ],
)
def test_a_name_beside_the_date_with_a_sign_or_the_house_behind_it(byline: str, people: list[str]) -> None:
    assert Said(page_of(byline=byline)).people == people


@pytest.mark.parametrize(
    ("byline", "relation"),
    [("<div class=x><p>Bloomberg</p></div>", "syndicated"), ("<div class=x><p>Beta</p></div>", "own")],
)
def test_a_wire_service_alone_in_its_element_made_the_text_unless_its_name_is_a_word(
    byline: str, relation: str
) -> None:
    assert Said(page_of(byline=byline)).relation == relation


NOTES = [
    "<p><i>Ana Bell is an assistant editor at The Example Gazette. Follow her on <a href=//t.example/x>Chirp</a>.</i></p>",
    "<p><em>Ana Bell, who grew up on the island, is a reporter for The Example Gazette.</em></p>",
    "<p>On Chirp: Follow <a href=//t.example/x>Ana Bell</a> and get more ferry news.</p>",
    "<p>Ana Bell is a staff writer. Write to ana@gazette.example.</p>",
    "<div id=x1><p><b><a href=/author/anabell/>Ana Bell</a></b> is one of the town's most curious people and sails.</p></div>",
]


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("place", ["foot", "after"])
def test_a_writer_whom_only_a_note_at_the_foot_names(note: str, place: str) -> None:
    assert Said(page_of(**{place: note})).people == ["Ana Bell"]


@pytest.mark.parametrize("note", NOTES)
def test_a_note_about_a_person_of_the_story_names_no_writer(note: str) -> None:
    story = TEXT + "<p>The captain of the older of the two ships, Ana Bell, said that she looks forward to it.</p>"
    said = Said(page_of(text=f"{story}{TEXT}", foot=note))
    assert said.people == []


@pytest.mark.parametrize(
    "note",
    [
        "<p>Ana Bell is a reporter who was on board when the first ferry left.</p>",
        "<p><i>Ana Bell is a lovely place to moor.</i></p>",
        "<p>Follow the coast road for a view of the harbour.</p>",
        "<p>Follow Liveblog Harbour Works on Chirp.</p>",
        "<p>To follow Ana Bell's journey, see the map.</p>",
        "<p><i>Dover Harbour is the chair of all ports.</i></p>",
        "<div class=related><a href=/author/anabell/>Ana Bell</a> writes about a bridge that everybody waits for.</div>",
    ],
)
def test_what_is_no_note_about_a_writer(note: str) -> None:
    assert Said(page_of(foot=note)).people == []


def test_notes_about_several_writers_name_them_all_and_no_one_where_a_byline_stands() -> None:
    notes = "<p><i>Ana Bell is a reporter in Dover.</i></p><p><i>Omar Cole is an editor in Leith.</i></p>"
    assert Said(page_of(foot=notes)).people == ["Ana Bell", "Omar Cole"]
    assert Said(page_of(byline="<p class=byline>By Lea Marsh</p>", foot=notes)).people == ["Lea Marsh"]


@pytest.mark.parametrize(
    ("sign", "people"),
    [("（山田太郎）", ["山田太郎"]), ("（完）", []), ("（編集部）", []), ("（続く）", []), ("（終わり）", [])],
)
def test_a_name_in_brackets_behind_the_last_full_stop_signs(sign: str, people: list[str]) -> None:
    text = BRIEF[: -len("</p>")] + sign + "</p>"
    assert Said(page_of(text=text, lang="ja"), language="ja").people == people


def test_one_word_names_on_both_sides_of_a_date_are_no_first_and_last_name() -> None:
    line = "<div class=byline><div class=author><a href=/author/paula/>Paula</a></div><div><time>3 May 2024</time></div>{}</div>"
    assert Said(page_of(byline=line.format("<div><a href=/c>Harbour</a></div>"))).people != ["Paula Harbour"]


def test_the_editor_whom_the_page_shows_is_no_author_of_its_meta_data() -> None:
    head = "<meta name=author content=李明>"
    said = Said(page_of(head, text=BRIEF, foot="<p>（编辑：李明 王小红）</p>", lang="zh"), language="zh")
    assert (said.people, said.names("editor")) == ([], ["李明", "王小红"])
    assert Said(page_of(head, text=BRIEF, foot="<p>（编辑：王小红）</p>", lang="zh"), language="zh").people == ["李明"]


@pytest.mark.parametrize(
    ("crew", "people"),
    [(["Omar Cole", "Lea Marsh", "Rita Moss"], ["Ana Bell"]), (["Omar Cole"], ["Ana Bell", "Omar Cole"])],
)
def test_a_crew_in_meta_data_beside_the_writer_of_the_byline(crew: list[str], people: list[str]) -> None:
    head = f"<meta name=author content='{', '.join(['Ana Bell', *crew])}'>"
    assert Said(page_of(head, byline="<p class=byline>Ana Bell</p>")).people == people
    assert Said(page_of(head)).people == ["Ana Bell", *crew]


def test_words_about_a_person_are_no_job() -> None:
    for words in ("Ana Bell is the transport editor", "I’m the founder and editor"):
        said = Said(page_of(byline=f"<div class=byline><span>Ana Bell</span> | <span>{words}</span></div>"))
        assert [(c.value.name, c.value.job_title) for c in said.choices["author"].chosen][:1] == [("Ana Bell", None)]


@pytest.mark.parametrize(
    ("opening", "foot", "source"),
    [
        ("DOVER, Mo. (KXQV) – ", "", ["KXQV"]),
        ("DOVER, Mo. (WXQV-TV) — ", "", ["WXQV-TV"]),
        ("DOVER, Mo. (KXQV) – ", "<footer><a href=/file>KXQV Public File</a></footer>", []),
        ("DOVER, Mo. (MXQV) – ", "", []),
        ("The harbour office (KXQV) said on Monday that ", "", []),
    ],
)
def test_a_station_in_the_dateline_that_the_page_does_not_know(opening: str, foot: str, source: list[str]) -> None:
    said = Said(
        page_of(text=f"<p>{opening}The ferry will run every ten minutes, the council said.</p>{TEXT}", after=foot)
    )
    assert (said.names("sourceOrganization"), said.relation) == (source, "syndicated" if source else "own")


def test_a_writer_whose_element_has_fewer_classes_is_no_stranger_to_the_byline() -> None:
    note = "<div class=note><a class=author-more href=/x>More from Omar</a></div>"
    names = f"<li>By <div class='author with-note'>Ana Bell{note}</div></li><li><div class=author>Lea Marsh</div></li>"
    assert Said(page_of(byline=f"<ul class=byline>{names}</ul>")).people == ["Ana Bell", "Lea Marsh"]
    other = "<div class=byline><span class=author>Ana Bell</span><b class=topic>Lea Marsh</b></div>"
    assert Said(page_of(byline=other)).people == ["Ana Bell"]


def test_the_next_article_of_a_stream_has_its_own_byline() -> None:
    following = (
        "<article><header><h3 class=byline>Omar Cole</h3></header><h2>Bridge to close</h2><p>It is old.</p></article>"
    )
    page = page_of(byline="<div class=byline>Ana Bell</div>", text=TEXT.split("</p>")[0], after=following)
    assert Said(page).people == ["Ana Bell"]


@pytest.mark.parametrize(
    ("name", "people"), [("Harbour Living Submissions", []), ("Harbour Living", []), ("Ana Bell", ["Ana Bell"])]
)
def test_the_house_s_name_and_a_word_behind_it_is_no_person(name: str, people: list[str]) -> None:
    house = House(("Harbour Living",), "harbourliving.example")
    assert Said(page_of(byline=f"<a class=byline__author href=/authors/x>{name}</a>"), house).people == people
    assert Said(page_of(ld(author={"@type": "Person", "name": name})), house).people == people


def test_a_writer_of_the_name_that_the_house_bears_is_a_person() -> None:
    house = House(("Ana Bell",), "anabell.example")
    assert Said(page_of(byline="<p class=byline>By Ana Bell Marsh</p>"), house).people == ["Ana Bell Marsh"]


def test_a_heading_that_opens_like_a_byline_without_a_name_credits_nobody() -> None:
    box = "<div><div class=tag>Harbour Galleries</div><h3>From Ferry to Bridge</h3></div>"
    assert Said(page_of(byline=box)).people == []
    assert Said(page_of(byline="<h3>By Ana Bell</h3>")).people == ["Ana Bell"]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        (
            "<div><h3>The council wants more</h3> by Ana Bell / May 3, 2024 / <a href=#c>No comments</a></div>",
            ["Ana Bell"],
        ),
        ("<div><h3>The council wants more</h3> by the end of the year</div>", []),
        ("<div><b>The council</b> by Ana Bell / May 3, 2024</div>", []),
    ],
)
def test_a_byline_right_behind_a_heading_in_what_is_around_both(line: str, people: list[str]) -> None:
    links = "".join(f"<a href=/share/{n}>Share this page there {n}</a>" for n in range(9))
    assert Said(page_of(byline=line.replace("</div>", f"<div>{links}</div></div>"))).people == people


@pytest.mark.parametrize(
    ("notice", "people"),
    [
        ("(c)AFP/Ana BELL", ["Ana BELL"]),
        ("©AFP/Ana BELL", ["Ana BELL"]),
        ("(c)AFP", []),
        ("(c)港新聞/Ana BELL", []),
    ],
)
def test_an_agency_s_reporter_behind_the_last_full_stop_of_a_japanese_text(notice: str, people: list[str]) -> None:
    said = Said(page_of(text=BRIEF[:-4] + notice + "</p>", lang="ja"), language="ja")
    assert said.people == people


def test_a_box_named_after_the_authors_picture_is_the_authors() -> None:
    box = '<div class="author-info_wrapper-image"><div class="author-info__name">Ada Quill</div></div>'
    assert Said(page_of(byline=box)).people == ["Ada Quill"]
    assert Said(page_of(byline=box.replace("author-info_wrapper-image", "image-author"))).people == []


@pytest.mark.parametrize(
    ("house", "source"),
    [
        ("示例新闻-The Example Paper", "示例新闻"),
        ("The Example Paper | 示例新闻", "示例新闻"),
        ("示例新闻-The Example Paper", "示例新闻·示例号·政务"),
        ("示例", "示例网"),
        ("示例新闻", "本站原创"),
    ],
)
def test_the_house_in_another_script_with_its_sites_ending_or_as_this_site_is_no_source(
    house: str, source: str
) -> None:
    line = f"<p class=info>2020-01-03 18:13 来源：{source} 字号 超大 大 标准 小</p>"
    said = Said(page_of(byline=line, text=CHINESE, lang="zh"), House((house,), "example.cn"), "zh")
    assert (said.names("sourceOrganization"), said.people) == ([], [])


@pytest.mark.parametrize("words", ["第九章 附 则", "字号 超大", "全文 打印"])
def test_words_with_spaces_between_are_no_chinese_names(words: str) -> None:
    assert Said(page_of(text=CHINESE + f"<p>{words}</p>", lang="zh"), language="zh").people == []


@pytest.mark.parametrize("line", ["示例报记者 陆一夫 编辑 程波", "示例日报记者陆一夫", "示例報記者陸一夫"])
def test_a_chinese_papers_word_for_its_reporter_announces_a_name(line: str) -> None:
    people = Said(page_of(byline=f"<p class=byline>{line}</p>", text=CHINESE, lang="zh"), language="zh").people
    assert people in (["陆一夫"], ["陸一夫"])
