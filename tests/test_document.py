"""Language, standfirst, section, keywords, kind, rights, access, corrections, printed edition: only what is stated."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.language import canonical_tag, may_be_in, script_of
from provenance.model import Capture
from provenance.options import Options
from provenance.pipeline import process
from provenance.rules.document import type_of
from provenance.rules.tongue import language_of
from provenance.selectors import replay, selector
from tests.making_pages import candidates_of, choice_of, page, refusals_of, text_page, value_of

HEADLINE = "<h1>Harbour Bridge Reopens After Two-Year Repair</h1>"
SITE = '<link rel="canonical" href="https://gazette.example/a/b"><meta property="og:site_name" content="The Gazette">'


def ld(**properties: object) -> str:
    data = {"@type": "NewsArticle", "headline": "A headline", **properties}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def values(found, field):
    return [c.value for c in choice_of(found, field).chosen]


# --- language ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "canonical"),
    [
        ("en_US", "en-US"),
        ("DE", "de"),
        ("iw", "he"),
        ("English", "en"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("en_GB.UTF-8", "en-GB"),
        ("es-419", "es-419"),
        ("sr-latn-rs", "sr-Latn-RS"),
        ("de-CH-1996", "de-CH-1996"),
        ("pt_BR@euro", "pt-BR"),
        ("fil", "fil"),
        ("de-x-private", "de"),
        ("x-default", None),
        ("und", None),
        ("", None),
        ("a", None),
        ("not a language", None),
    ],
)
def test_canonical_tags(tag, canonical):
    assert canonical_tag(tag) == canonical


@given(st.text(max_size=30))
def test_a_canonical_tag_stays_what_it_is(text):
    once = canonical_tag(text)
    assert once is None or canonical_tag(once) == once


FEW = "<p>Harbour bridge reopens.</p>"


def test_the_page_says_its_language():
    assert language_of(page(lang="de-AT", text=FEW)) == "de-AT"
    assert language_of(page(lang="", head='<meta property="og:locale" content="pt_BR">', text=FEW)) == "pt-BR"
    told = ld(inLanguage={"@type": "Language", "alternateName": "fr"})
    assert language_of(page(lang="", head=told, text=FEW)) == "fr"
    assert language_of(page(lang="", text=FEW)) is None
    assert language_of(page(lang="utf-8", text=FEW)) is None


BRIDGES = {
    "de": "Die Brücke über den Hafen ist nach zwei Jahren wieder offen, und die ersten Wagen fuhren bei Tag über sie. ",
    "es": "El puente del puerto se abrió de nuevo el sábado y los primeros coches lo cruzaron antes de que saliera el sol. ",
    "fr": "Le pont du port est de nouveau ouvert depuis samedi, et les premières voitures l'ont passé avant le jour. ",
    "nl": "De brug over de haven is na twee jaar weer open, en de eerste auto's reden er voor het licht werd over. ",
    "ru": "Мост через гавань снова открыт после двух лет ремонта, и первые машины прошли по нему ещё до рассвета. ",
    "ja": "港に架かる古い橋が二年間の工事を終えて土曜日に再び開通し、最初の車は夜明け前に渡り始めたという。",
    "zh": "横跨港口的旧桥经过两年施工后于星期六重新开放，第一批汽车在天亮之前就开始驶过大桥。",
    "ko": "항구를 가로지르는 낡은 다리가 두 해의 공사를 마치고 토요일에 다시 열렸고 첫 자동차는 동트기 전에 건넜다. ",
}


@pytest.mark.parametrize("language", BRIDGES)
def test_the_words_of_the_text_tell_its_language_where_the_page_does_not_or_is_wrong(language):
    text = f"<p>{BRIDGES[language] * 4}</p>"
    for found in (
        page(lang="", text=text),
        page(lang="en-US", head='<meta property="og:locale" content="en_US">', text=text),
    ):
        chosen = choice_of(found, "inLanguage").chosen[0]
        assert (chosen.rule, chosen.value, chosen.inferred) == ("language/text", language, True)


def test_a_text_in_the_stated_language_leaves_the_statement_alone():
    for language, sentence in BRIDGES.items():
        chosen = choice_of(page(lang=f"{language}-XX", text=f"<p>{sentence * 4}</p>"), "inLanguage").chosen[0]
        assert (chosen.rule, chosen.inferred) == ("language/html-lang", False)


@pytest.mark.parametrize("tag", ["no", "nb", "da", "nn"])
def test_scandinavian_tags_are_taken_at_their_word(tag):
    text = (
        "<p>"
        + "Broen over havnen er åpen igjen etter to år, og de første bilene kjørte over den før dagen kom. " * 4
        + "</p>"
    )
    assert value_of(page(lang=tag, text=text), "inLanguage") == tag


def test_a_language_and_its_macrolanguage_are_no_conflict():
    found = page(lang="no", head=ld(inLanguage="nb"), text=FEW)
    assert value_of(found, "inLanguage") == "no"
    assert not choice_of(found, "inLanguage").notes


def test_a_language_of_another_script_is_refused():
    russian = "<p>" + "Мост через гавань снова открыт после двух лет ремонта. " * 6 + "</p>"
    found = page(russian, '<meta property="og:locale" content="ru_RU">', lang="en")
    assert value_of(found, "inLanguage") == "ru-RU"
    assert refusals_of(found, "inLanguage")["en"] == "the text is in another script"
    assert script_of("Мост через гавань снова открыт после двух лет ремонта.") == "Cyrillic"
    assert may_be_in("Kratak tekst na srpskom jeziku, ali dovoljno dugačak.", "sr")


def test_what_only_the_publisher_table_knows_is_inferred():
    found = page(head='<link rel="canonical" href="https://www.lavanguardia.com/a">', lang="", text=FEW)
    chosen = choice_of(found, "inLanguage").chosen[0]
    assert (chosen.value, chosen.inferred, chosen.match.source) == ("es", True, "authority")


# --- description, section, keywords, kind --------------------------------------------------------------------------


def test_the_description_is_text_and_no_repetition():
    found = page(
        HEADLINE, SITE + '<meta name="description" content="A &amp;lt;b&gt; long &lt;b&gt;bridge&lt;/b&gt; story.">'
    )
    assert "bridge story." in str(value_of(found, "description"))
    again = page(HEADLINE, SITE + '<meta name="description" content="Harbour bridge reopens after two-year repair">')
    assert value_of(again, "description") is None
    assert "is the headline again" in refusals_of(again, "description").values()


def test_the_displayed_standfirst_is_a_description():
    found = page(HEADLINE + '<p class="article-intro">Ferries keep their winter timetable until April.</p>', SITE)
    chosen = choice_of(found, "description").chosen[0]
    assert chosen.rule == "description/standfirst"
    assert chosen.value == "Ferries keep their winter timetable until April."


def test_sections_and_keywords_one_by_one():
    found = page(HEADLINE, SITE + ld(articleSection=["City", "Traffic"], keywords="bridge, ferries,bridge , "))
    assert values(found, "articleSection") == ["City", "Traffic"]
    assert values(found, "keywords") == ["bridge", "ferries"]
    for candidate in candidates_of(found, "keywords"):
        assert replay(found, selector(found, candidate.match)) == candidate.match.text


def test_placeholders_are_no_sections():
    found = page(HEADLINE, SITE + '<meta property="article:section" content="Uncategorized">')
    assert values(found, "articleSection") == []
    named = page(HEADLINE, SITE + '<meta property="article:section" content="The Gazette">')
    assert refusals_of(named, "articleSection") == {"The Gazette": "is the site's name"}


def test_the_path_of_links_tells_the_section():
    steps = [
        {"@type": "ListItem", "position": i, "name": n} for i, n in enumerate(("Home", "City", "Bridge reopens"), 1)
    ]
    data = {"@type": "BreadcrumbList", "itemListElement": steps}
    found = page(HEADLINE, SITE + f'<script type="application/ld+json">{json.dumps(data)}</script>')
    assert values(found, "articleSection") == ["City"]


def test_hundreds_of_keywords_are_cut():
    words = ", ".join(f"word{i}" for i in range(500))
    assert len(values(page(HEADLINE, f'<meta name="keywords" content="{words}">'), "keywords")) == 60


def test_a_subtype_only_from_the_pages_own_markup():
    data = {"@type": ["Article", "OpinionNewsArticle"], "headline": "A headline"}
    assert (
        type_of(page(HEADLINE, f'<script type="application/ld+json">{json.dumps(data)}</script>'))
        == "OpinionNewsArticle"
    )
    assert type_of(page(HEADLINE, ld())) == "NewsArticle"
    assert (
        type_of(page('<article itemtype="https://schema.org/ReportageNewsArticle"></article>'))
        == "ReportageNewsArticle"
    )


# --- rights --------------------------------------------------------------------------------------------------------


def test_a_notice_in_words_and_the_holder_only_when_it_is_plain():
    foot = "<footer><p>© 2024 The Gazette</p></footer>"
    found = page(HEADLINE, SITE)
    assert value_of(found, "copyrightNotice") is None
    from provenance.model import Capture
    from provenance.page import Page

    html = (
        f"<html><head>{SITE}</head><body><article>{HEADLINE}<p>{'Long text. ' * 30}</p></article>{foot}</body></html>"
    )
    noted = Page(Capture("p", html.encode()))
    assert value_of(noted, "copyrightNotice") == "© 2024 The Gazette"
    assert values(noted, "copyrightHolder")[0].name == "The Gazette"
    assert value_of(noted, "copyrightYear") is None, "the year of a footer is the site's, not the article's"


@pytest.mark.parametrize("notice", ["© 2010-2025 All rights reserved.", "©", "© Alle Rechte vorbehalten"])
def test_a_notice_that_names_nobody(notice):
    assert value_of(page(HEADLINE, f'<meta name="copyright" content="{notice}">'), "copyrightNotice") is None


def test_year_and_holder_from_data():
    found = page(HEADLINE, ld(copyrightYear=2024, copyrightHolder={"@type": "Organization", "name": "Gazette Ltd"}))
    assert value_of(found, "copyrightYear") == 2024
    assert [p.name for p in values(found, "copyrightHolder")] == ["Gazette Ltd"]
    assert value_of(page(HEADLINE, ld(copyrightYear="soon")), "copyrightYear") is None


def test_a_licence_needs_a_licence_link():
    link = '<p>Text under <a href="https://creativecommons.org/licenses/by-nd/4.0/">CC BY-ND</a>.</p>'
    assert value_of(page(HEADLINE + link), "license") == "https://creativecommons.org/licenses/by-nd/4.0/"
    assert value_of(page(HEADLINE + '<p><a href="https://gazette.example/terms">Terms</a></p>'), "license") is None


@pytest.mark.parametrize(
    ("stated", "free"),
    [(True, True), (False, False), ("False", False), ("https://schema.org/True", True), ("metered", None)],
)
def test_access_only_as_stated(stated, free):
    assert value_of(page(HEADLINE, ld(isAccessibleForFree=stated)), "isAccessibleForFree") is free


def test_a_correction_with_its_date():
    text = "Correction, 15 May 2024: An earlier version of this story gave a wrong length for the bridge."
    found = page(f"{HEADLINE}<p>{text}</p>")
    assert values(found, "correction") == [{"@type": "CorrectionComment", "text": text, "datePublished": "2024-05-15"}]
    assert values(page(f"{HEADLINE}<p>Corrections officers crossed the bridge first.</p>"), "correction") == []


def test_the_printed_edition():
    note = "<p><em>A version of this article appears in print on May 5, 2024, Section A, Page 12 of the city edition.</em></p>"
    found = page(HEADLINE + note)
    assert (value_of(found, "printSection"), value_of(found, "printPage")) == ("A", "12")
    assert value_of(page(HEADLINE + "<p>The printer is on page 3 of the manual.</p>"), "printPage") is None


def test_principles_and_terms():
    found = page(
        HEADLINE,
        SITE + ld(publisher={"name": "The Gazette", "publishingPrinciples": "/principles"}, usageInfo="/terms"),
    )
    assert value_of(found, "publishingPrinciples") == "https://gazette.example/principles"
    assert value_of(found, "usageInfo") == "https://gazette.example/terms"


def test_front_matter():
    found = text_page(
        "---\ntitle: Bridge\ntags: [city, traffic]\ndescription: Ferries stay until April.\n---\n\nThe bridge opened.\n"
    )
    assert values(found, "keywords") == ["city", "traffic"]
    assert value_of(found, "description") == "Ferries stay until April."


def test_everything_replays():
    head = SITE + ld(
        description="A long description of it.", keywords=["a1", "b2"], articleSection="City", license="/l"
    )
    found = page(HEADLINE + "<p>Correction: it is 300 metres long, not 200.</p>", head)
    for field in (
        "inLanguage",
        "description",
        "keywords",
        "articleSection",
        "correction",
        "license",
        "copyrightNotice",
    ):
        for candidate in candidates_of(found, field):
            assert replay(found, selector(found, candidate.match)) == candidate.match.text


@pytest.mark.parametrize(
    ("foot", "notice"),
    [
        ("© 2024 The Gazette | <a href=/terms>Terms</a> | <a href=/privacy>Privacy</a>", "© 2024 The Gazette"),
        ("© 2024 The Gazette. All rights reserved. <a href=/p>Privacy</a>", "© 2024 The Gazette. All rights reserved."),
        ("© 2024 <a href=/>The Gazette</a>. All rights reserved.", "© 2024 The Gazette. All rights reserved."),
        ("© 2024 The Gazette <a href=/t>Terms</a> <a href=/p>Privacy</a>", "© 2024 The Gazette"),
        ("© 2024 The Gazette. Made by <a href=https://studio.example>Studio</a>.", "© 2024 The Gazette."),
        ("© 2024 The Gazette, a house of <a href=/g>Group</a>", "© 2024 The Gazette, a house of Group"),
        ("© 2024 The Gazette. <a href=/r>All rights reserved.</a>", "© 2024 The Gazette. All rights reserved."),
        ("Copyright © 2024 The Gazette, Inc. |", "Copyright © 2024 The Gazette, Inc."),
        ("© 2024 The Gazette Terms Privacy Contact", "© 2024 The Gazette"),
        ("© 2024 Der Bote | Impressum | Datenschutz", "© 2024 Der Bote"),
        ("© 2024 The Gazette. All rights reserved. Terms of Use Privacy", "© 2024 The Gazette. All rights reserved."),
        ("© 2024 Harbour Press", "© 2024 Harbour Press"),
    ],
)
def test_links_behind_a_notice_are_none_of_it(foot, notice):
    found = page(f"{HEADLINE}<footer><p>{foot}</p></footer>")
    assert value_of(found, "copyrightNotice") == notice


def test_references_that_were_written_twice_are_read_to_the_end():
    head = '<meta name="description" content="The &amp;amp;quot;ferry&amp;amp;quot; is back &amp;amp; runs">'
    assert value_of(page(HEADLINE, head), "description") == 'The "ferry" is back & runs'
    assert (
        value_of(page(HEADLINE, '<meta name="description" content="Salt &amp;amp pepper">'), "description")
        == "Salt & pepper"
    )


def test_what_programs_write_for_nothing_is_no_keyword():
    found = page(HEADLINE, '<meta name="keywords" content="Not Set, null, ferry, N/A, Nullarbor">')
    assert values(found, "keywords") == ["ferry", "Nullarbor"]


@pytest.mark.parametrize(
    ("told", "town"), [("PORT TOWN", "PORT TOWN"), ("2024-03-02T10:00:00Z", None), ("US", None), ("null", None)]
)
def test_a_moment_or_a_country_s_code_is_no_dateline(told, town):
    html = f"<html><head>{ld(headline='Ferry returns', dateline=told)}</head><body><h1>Ferry returns</h1>"
    text = "<p>The ferry was back on Monday after a year of repair, and the first ran at noon with many people.</p>" * 4
    outcome = process(Capture("p", f"{html}{text}</body></html>".encode()), Options(any_page=True))
    assert outcome.record is not None
    assert outcome.record.get("dateline") == town


def test_tags_that_are_written_as_references_are_none_of_a_description():
    head = '<meta name="description" content="&amp;lt;p&amp;gt;The ferry is back&amp;lt;/p&amp;gt; for less than 5 &lt; 6">'
    assert value_of(page(HEADLINE, head), "description") == "The ferry is back for less than 5 < 6"
