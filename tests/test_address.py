"""The article's address, and the address of the original it was taken from."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from provenance.evidence import verify
from provenance.model import Capture
from provenance.options import Options
from provenance.page import Page
from provenance.pipeline import process
from provenance.selectors import replay, selector
from tests.making_pages import TEXT, candidates_of, choice_of, page, refusals_of, text_page, value_of

HERE = "https://gazette.example/2024/03/02/bridge"
CANONICAL = f'<link rel="canonical" href="{HERE}">'


def test_the_canonical_link_beats_og_url():
    found = page(head=f'<meta property="og:url" content="{HERE}?page=2">{CANONICAL}')
    assert value_of(found, "url") == HERE
    assert choice_of(found, "url").chosen[0].rule == "url/canonical"


def test_an_address_loses_tracking_and_fragment_but_keeps_the_rest():
    found = page(head='<link rel="canonical" href="HTTPS://Gazette.EXAMPLE/a?id=7&amp;utm_source=x#top">')
    assert value_of(found, "url") == "https://gazette.example/a?id=7"
    assert "tidy" in choice_of(found, "url").chosen[0].steps


def test_a_canonical_link_to_another_site_is_the_original_and_not_the_address():
    source = "https://wire.example/story-1"
    found = page(head=f'<link rel="canonical" href="{source}">', url=HERE)
    assert value_of(found, "url") == HERE
    assert "another site than the page's own" in refusals_of(found, "url")[source]
    assert value_of(found, "isBasedOn") == {"@type": "CreativeWork", "url": source}


def test_without_any_other_address_the_canonical_link_is_all_there_is():
    found = page(head='<link rel="canonical" href="https://wire.example/story-1">')
    assert value_of(found, "url") == "https://wire.example/story-1"
    assert not choice_of(found, "isBasedOn").chosen


def test_sites_that_disagree_are_a_conflict():
    found = page(head=f'<meta property="og:url" content="https://sister.example/a">{CANONICAL}')
    assert value_of(found, "url") == HERE
    assert [n.code for n in choice_of(found, "url").notes] == ["conflict/url"]


@pytest.mark.parametrize(
    ("href", "reason"),
    [
        ("https://gazette.example/", "the address of a whole site"),
        ("http://127.0.0.1:8000/a", "an address that nobody else can look up"),
        ("javascript:alert(1)", "no web address"),
        ("https://archive.is/AbCdE", "the address of an archive"),
    ],
)
def test_what_is_no_address_of_an_article_is_refused(href, reason):
    found = page(head=f'<link rel="canonical" href="{href}">', url=HERE)
    assert refusals_of(found, "url")[href] == reason
    assert value_of(found, "url") == HERE


def test_relative_links_need_something_to_stand_on():
    lone = page(head='<link rel="canonical" href="/a/b">')
    assert refusals_of(lone, "url")["/a/b"].startswith("relative")
    based = page(head='<link rel="canonical" href="/a/b">', url="https://gazette.example/x")
    assert value_of(based, "url") == "https://gazette.example/a/b"
    assert (
        value_of(page(head='<link rel="canonical" href="//gazette.example/a">'), "url") == "https://gazette.example/a"
    )


def test_the_first_canonical_link_counts():
    found = page(head=CANONICAL, body='<link rel="canonical" href="https://gazette.example/teaser">')
    assert value_of(found, "url") == HERE
    assert len([c for c in candidates_of(found, "url") if c.rule == "url/canonical"]) == 1


def test_json_ld_and_the_place_of_saving_stand_in_for_missing_links():
    data = {"@type": "NewsArticle", "headline": "x", "mainEntityOfPage": {"@id": HERE}}
    found = page(head=f'<script type="application/ld+json">{json.dumps(data)}</script>')
    assert value_of(found, "url") == HERE
    assert value_of(page(url=HERE), "url") == HERE
    assert value_of(page(), "url") is None


@pytest.mark.parametrize(
    "label", ["Original url:", "**Source URL:**", "Originaladresse:", "URL d'origine :", "原文网址："]
)
def test_a_print_view_tells_its_address_at_the_foot(label):
    found = text_page(
        f"# A headline\n\nSome text that is long enough to be a paragraph of it.\n\n{label}\n\n<{HERE}>\n"
    )
    assert value_of(found, "url") == HERE
    assert choice_of(found, "url").chosen[0].rule == "url/printed-original"


def test_front_matter_tells_the_source():
    found = text_page(f"---\ntitle: A headline\nsource: {HERE}\n---\n\nText of it.\n")
    assert value_of(found, "url") == HERE


def test_a_link_to_the_original_in_words():
    body = "<p>Read the bridge story in full.</p>"
    foot = '<p><a href="https://wire.example/original-1">Read the original article</a> on Wire.</p>'
    found = page(body=body + foot, head=CANONICAL)
    assert value_of(found, "isBasedOn") == {"@type": "CreativeWork", "url": "https://wire.example/original-1"}


def test_a_link_to_the_own_site_is_no_original():
    found = page(body='<p><a href="https://gazette.example/older">Read the original article</a></p>', head=CANONICAL)
    assert not choice_of(found, "isBasedOn").chosen


NUMBER = '<link rel="canonical" href="7001234">'
OG_URL = f'<meta property="og:url" content="{HERE}">'
LINKS = "".join(f"<a href=https://www.gazette.example/{n}>Page {n}</a>" for n in range(6))


def test_a_bare_number_is_no_canonical_address_where_og_url_tells_a_whole_one():
    assert value_of(page(head=NUMBER + OG_URL), "url") == HERE
    assert value_of(page(head=f'<link rel="canonical" href="/2024/bridge">{OG_URL}'), "url").endswith("/2024/bridge")


@pytest.mark.parametrize(
    ("links", "data", "told"),
    [
        (LINKS, "", HERE),
        ("", "", "https://gazette.blogspot.com/bridge"),
        (f"{LINKS}<a href=https://gazette.blogspot.com/>Home</a>", "", "https://gazette.blogspot.com/bridge"),
        (LINKS, "https://gazette.blogspot.com/bridge", "https://gazette.blogspot.com/bridge"),
    ],
)
def test_a_canonical_address_that_nothing_else_knows_is_not_the_page_s(links, data, told):
    head = f'<link rel="canonical" href="https://gazette.blogspot.com/bridge">{OG_URL}'
    if data:
        node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Bridge", "url": data}
        head += f'<script type="application/ld+json">{json.dumps(node)}</script>'
    assert value_of(page(links, head), "url") == told


def test_the_identifier_of_dublin_core_is_the_last_address_of_all():
    assert value_of(page(head=f'<meta name="DC.identifier" content="{HERE}">'), "url") == HERE
    refused = page(head=f'<meta name="DC.identifier" content="1.23456">{CANONICAL}')
    assert value_of(refused, "url") == HERE


SHARED = "https%3A%2F%2Fgazette.example%2F2024%2F03%2F02%2Fbridge"


@pytest.mark.parametrize(
    "button",
    [
        f'<a href="https://social.example/sharer.php?u={SHARED}&amp;t=Bridge">Share</a>',
        f'<a href="https://chat.example/intent/post?text=Bridge&amp;url={SHARED}">Post</a>',
        f'<div class="fb-like" data-href="{HERE}"></div>',
    ],
)
def test_buttons_to_pass_a_page_on_tell_its_address_where_nothing_else_does(button: str):
    found = page(body=f"<article><h1>Bridge</h1><p>Open.</p>{button}</article>")
    assert value_of(found, "url") == HERE
    chosen = choice_of(found, "url").chosen[0]
    assert chosen.rule == "url/shared"
    assert replay(found, selector(found, chosen.match)) == chosen.match.text


def test_buttons_for_several_pages_tell_nothing():
    two = "".join(f'<a href="https://social.example/share?url={SHARED}{n}">Share</a>' for n in (1, 2))
    assert not choice_of(page(body=f"<article><h1>Bridge</h1><p>Open.</p>{two}</article>"), "url").chosen


def test_buttons_to_pass_the_front_page_on_tell_nothing():
    front = '<a href="https://social.example/share?url=https%3A%2F%2Fgazette.example%2F">Share</a>'
    assert not choice_of(page(body=f"<article><h1>Bridge</h1><p>Open.</p>{front}</article>"), "url").chosen


def test_buttons_that_carry_the_page_of_their_maker_tell_nothing():
    sample = '<a href="https://social.example/share?url=http%3A%2F%2Fshare.network.example%2Fcode">Share</a>'
    assert not choice_of(page(body=f"<article><h1>Bridge</h1><p>Open.</p>{sample}</article>"), "url").chosen


ELSEWHERE = "https://wire.example/why-bridges-fall-down-123456"


@pytest.mark.parametrize(
    "sentence",
    [
        "This article was originally published by {}.",
        "<em>Republished from {} under a licence.</em>",
        "Thanks for reading. This story first appeared on our partner {}.",
    ],
)
def test_the_link_in_a_sentence_of_first_publication_is_the_original(sentence):
    link = f'<a href="{ELSEWHERE}">The Wire</a>'
    found = page(tail=f"<p>{sentence.format(link)}</p>", head=CANONICAL)
    assert value_of(found, "isBasedOn") == {"@type": "CreativeWork", "url": ELSEWHERE}


@pytest.mark.parametrize(
    "paragraph",
    [
        'A study that was first published in <a href="{}">a journal</a> had warned of rust in the cables for ten years.',
        'Republished from <a href="https://wire.example/">The Wire</a>, where it had been read by nobody at all until now.',
        'The bridge was painted green, as <a href="{}">The Wire</a> was the first to say on Friday in a long report.',
    ],
)
def test_a_link_of_the_story_or_to_a_front_page_is_no_original(paragraph):
    found = page(tail="", head=CANONICAL, text=f"{TEXT}<p>{paragraph.format(ELSEWHERE)}</p>{TEXT}")
    assert not choice_of(found, "isBasedOn").chosen


GIVEN = "https://other.example/x"
BARE = f"<title>Bridge opens</title></head><body><article><h1>Harbour bridge opens again</h1>{TEXT}{TEXT}</article>"


@pytest.mark.parametrize(
    ("head", "address", "conflict"),
    [
        ("", GIVEN, False),
        (CANONICAL, HERE, True),
        (f'<link rel="canonical" href="{GIVEN}/">', f"{GIVEN}/", False),
        ('<a href="https://social.example/share?u=https%3A%2F%2Fgazette.example%2Fbridge">Share</a>', GIVEN, False),
        ('<link rel="canonical" href="/bridge">', "https://other.example/bridge", False),
    ],
)
def test_an_address_that_is_given_fills_in_what_the_page_does_not_say(head, address, conflict):
    capture = Capture("page.html", f"<html lang=en><head>{head}{BARE}".encode())
    outcome = process(capture, Options(url=GIVEN))
    codes = {note["code"] for note in outcome.evidence["notes"]}
    entry = next(e for e in outcome.evidence["evidence"] if e["path"] == "/url")
    assert outcome.record["url"] == address
    assert ("conflict/url" in codes) == conflict
    assert (entry["basis"] == "supplied") == (address == GIVEN)
    lost = [e["reason"] for e in outcome.evidence["rejected"] if e["rule"] == "url/option"]
    assert bool(lost) == ("canonical" in head and 'href="/' not in head)
    told = Page(replace(capture, url=outcome.evidence["capture"].get("url")))
    assert not list(verify(told, outcome.record, outcome.evidence))


@pytest.mark.parametrize(("url", "noted"), [("http://127.0.0.1:8000/bridge", True), (HERE, False)])
def test_a_private_address_is_left_out_with_a_note(url: str, noted: bool):
    body = f"<html><head><title>Bridge opens</title></head><body><h1>Bridge opens</h1>{TEXT}</body></html>"
    outcome = process(Capture("page", body.encode(), url=url), Options(any_page=True))
    assert outcome.record is not None
    assert outcome.evidence is not None
    assert ("url" in outcome.record) is not noted
    assert ("address.private" in {note["code"] for note in outcome.evidence.get("notes", ())}) is noted
