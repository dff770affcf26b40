"""Which pages are articles, and why others are refused."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from provenance.model import Capture, Context, Stated
from provenance.page import Page
from provenance.rules import article
from provenance.rules.signals.facts import data, facts_of
from provenance.rules.signals.table import SIGNALS, signals

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
NEEDS_CORPUS = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real pages is not here")

LONG = (
    "The council met on Monday to talk about the harbour, and after four hours of debate it agreed to build a new pier."
)
TEXT = "".join(f"<p>{LONG} It was the {i}th time this year.</p>" for i in range(8))


def ask(body: str, head: str = "", url: str | None = None, media_type: str = "text/html") -> tuple[bool, str]:
    markup = f"<html><head>{head}</head><body>{body}</body></html>" if media_type == "text/html" else body
    return article.is_article(Page(Capture("test", markup.encode(), media_type=media_type, url=url)), Context())


def test_a_news_article_is_one() -> None:
    head = '<meta property="og:type" content="article"><meta property="article:published_time" content="2024-05-01">'
    url = "https://paper.example/news/2024/05/01/harbour-town-decides-on-a-new-pier"
    assert ask(f"<article><h1>Harbour town decides on a new pier</h1>{TEXT}</article>", head, url) == (True, "")


ENTRY = {"headline": "Ferry returns", "publisher": "Example Gazette", "datePublished": "1 March 2024"}


@pytest.mark.parametrize("missing", [None, *ENTRY])
@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_a_brief_that_a_news_database_lists_is_one_however_short(missing: str | None, media_type: str) -> None:
    """A title, a paper and a date stated beside a text make a catalogue entry; two of the three could be any note's."""
    stated = tuple(Stated(name, value, "HD") for name, value in ENTRY.items() if name != missing)
    capture = Capture("brief", b"The ferry returned on Friday.", media_type=media_type, stated=stated)
    found, reason = article.is_article(Page(capture), Context())
    assert found is (missing is None)
    assert reason.startswith("not-article.no-text") is bool(missing)


@pytest.mark.parametrize("title", ["Terms of Service", "Datenschutzerklärung", "Mentions légales", "利用規約", "FAQ:"])
def test_what_every_site_has_is_no_article_unless_it_is_called_news(title: str) -> None:
    body = f"<h1>{title}</h1><p>5 May 2024</p>{TEXT}"
    found, reason = ask(body)
    assert (found, reason.partition(":")[0]) == (False, "not-article.site-page")
    news = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "datePublished": "2024-05-05"}
    assert ask(body, f'<script type="application/ld+json">{json.dumps(news)}</script>')[0]
    assert ask(body.replace(title, f"{title} of the harbour under fire"))[0]


WALLS = {
    "We value your privacy": "We and our partners keep and read data on your device, such as cookies, and use what we find "
    "to show you what you may like. You may say no to some of it, or to all, and change your mind later.",
    "Seite nicht gefunden": "Leider gibt es die Seite, die Sie suchen, nicht mehr. Vielleicht wurde sie verschoben oder "
    "gelöscht, oder die Adresse hat einen Fehler. Gehen Sie zur Startseite oder suchen Sie noch einmal danach.",
    "Are you a robot?": "To go on, please tick the box below and let us know that you are none. This may happen when your "
    "browser runs no scripts, or when many requests come from one network. Write to us if you need help with it.",
    "Votre vie privée nous est chère": "Avec votre accord, nos partenaires et nous gardons et lisons des données sur votre "
    "appareil pour mesurer l'audience et vous montrer des annonces. Vous pouvez refuser ou changer d'avis à tout moment.",
    "Subscribe to continue reading": "You have read all your free articles this month. Try the digital edition for a month, "
    "with all the news of the harbour on every device, the crossword, and the paper of the day from six in the morning.",
    "Le Journal": "Nous et nos partenaires pouvons stocker et/ou accéder à des informations sur votre appareil, par exemple "
    "des cookies, et traiter des données pour mesurer l'audience. Vous pouvez accepter, refuser, ou choisir vous-même.",
}


@pytest.mark.parametrize("title", WALLS)
def test_what_stands_in_the_place_of_an_article_is_none(title: str) -> None:
    body = f"<main><h1>{title}</h1><p>{WALLS[title]}</p><button>OK</button></main>"
    found, reason = ask(body, f"<title>{title}</title>")
    assert (found, reason.partition(":")[0]) == (False, "not-article.wall")


@pytest.mark.parametrize("title", WALLS)
def test_an_article_under_a_wall_or_about_one_stays_one(title: str) -> None:
    wall = f"<div class=dialog><h2>{title}</h2><p>{WALLS[title]}</p></div>"
    head = "<title>Harbour town decides on a new pier</title>"
    assert ask(f"{wall}<article><h1>Harbour town decides on a new pier</h1><p>By Ann Person</p>{TEXT}</article>", head)[
        0
    ]
    about = f"<article><h1>{title}: why so many sites ask</h1><p>By Ann Person, 5 May 2024</p><p>{WALLS[title]}</p></article>"
    news = '<meta property="og:type" content="article"><meta property="article:published_time" content="2024-05-05">'
    assert ask(about, news, "https://paper.example/news/2024/05/05/why-so-many-sites-ask-you-first")[0]


def test_walls_are_none_in_text_forms_and_with_the_number_of_a_case() -> None:
    text = "You do not have the permission to see this page on this server, and whoever runs it can tell you more about it."
    assert ask(f"# Access Denied\n\n{text}\n\n{text} Twice.\n", media_type="text/markdown")[1].startswith(
        "not-article.wall"
    )
    assert ask(
        f"<h1>Access Denied</h1><p>{text}</p><p>{text} Twice.</p><p>Case #18.9d3b1502.1712345678.1a2b3c</p><p>Sorry.</p>"
    )[1].startswith("not-article.wall")


def test_a_box_that_asks_for_consent_beside_a_short_text_leaves_it_an_article() -> None:
    """What a page holds besides the box decides, and the moment that only its metadata state."""
    box = "<div><p>Our partners store and/or access information on a device.</p><button>Accept all</button></div>"
    assert ask(
        f"<h1>Harbour town decides on a new pier</h1><p>By Ann Person</p><p>{LONG}</p>{box}<p>{LONG} Twice.</p>"
    )[0]
    head = '<meta property="article:published_time" content="2024-05-05"><meta property="og:type" content="article">'
    url = "https://paper.example/news/2024/harbour-towns-security-check-is-slow"
    assert ask(
        f"<article><h1>Harbour town's security check is slow</h1><p>{LONG}</p><p>{LONG} Twice.</p></article>", head, url
    )[0]


def test_a_bare_page_with_a_story_is_one_where_its_address_is_unknown() -> None:
    """Old saved pages have no metadata at all, and nothing tells where they came from."""
    assert ask(f"<h1>Harbour town decides on a new pier</h1><p>By Ann Person</p>{TEXT}")[0]


def test_a_plain_old_page_of_unknown_address_is_given_the_benefit_of_the_doubt() -> None:
    """The same page from an address that tells nothing of an article is refused."""
    body = (
        "<table><tr><td>" + "".join(f"<p>{LONG} It was so in {i} years.</p>" for i in range(3)) + "</td></tr></table>"
    )
    assert ask(body)[0]
    assert not ask(body, url="https://paper.example/index.html")[0]
    assert not ask(body, '<link rel="canonical" href="https://paper.example/">')[0], "it calls itself the front page"


def test_an_old_page_that_says_nothing_of_itself_is_an_article_by_its_text() -> None:
    """Captures from before Open Graph: tables for layout, fonts for headings, an author's name at the end."""
    said = ("It was the first time in years.", "“It was about time,” she said.")
    told = "".join(f"<p><font>{LONG} {said[i % 4 == 0]} So ended day {i}.</font></p>" for i in range(30))
    body = f"<table><tr><td><font size=5><strong>Harbour towns decide on piers</strong></font>{told}<p><em>Ann Person</em></p></td></tr></table>"
    url = "http://paper.example:80/site/hs72_003_35.html"
    plain = facts_of(Page(Capture("test", f"<html><body>{body}</body></html>".encode(), url=url)))
    assert plain.mute
    assert data()["threshold_mute"] < article.score(signals(plain)) < data()["threshold"]
    assert ask(body, url=url)[0]
    assert not ask(body, '<meta property="og:type" content="website">', url)[0]


def test_text_forms_need_no_metadata() -> None:
    assert ask(f"# A new pier\n\n{LONG}\n\n{LONG} Twice.\n", media_type="text/markdown") == (True, "")


@pytest.mark.parametrize("body", ["", "<h1>Not found</h1><p>Sorry.</p>", "<form><input name=q></form>"])
def test_a_page_without_text_is_none(body: str) -> None:
    found, reason = ask(body, url="https://paper.example/news/pier")
    assert not found
    assert reason.startswith("not-article.no-text: ")


def teasers(count: int) -> str:
    return "".join(
        f"<div class=t><h3><a href='/a{i}'>The harbour and its pier, part {i}</a></h3><p>A word on it.</p></div>"
        for i in range(count)
    )


@pytest.mark.parametrize(
    ("body", "url", "code"),
    [
        (
            f"<h1>News</h1><p>{LONG}</p><p>{LONG} So it is.</p>{teasers(40)}",
            "https://paper.example/category/news/",
            "listing",
        ),
        (
            f"<h1>Our plumbing services</h1><p>We offer our services to you. {LONG}</p><p>Call us, and we come. {LONG}</p>",
            "https://plumber.example/services/",
            "offer",
        ),
        (
            f"<h1>Does it work?</h1><div class=thread><p>{LONG} I ask.</p><p>{LONG} I answer.</p></div>",
            "https://forum.example/threads/1/",
            "forum",
        ),
    ],
)
def test_other_pages_are_refused_with_their_reason(body: str, url: str, code: str) -> None:
    found, reason = ask(body, url=url)
    assert not found
    assert reason.startswith(f"not-article.{code}: ")
    assert "\n" not in reason


def signal(name: str, body: str, head: str = "") -> float:
    markup = f"<html><head>{head}</head><body>{body}</body></html>"
    return signals(facts_of(Page(Capture("test", markup.encode()))))[name]


@pytest.mark.parametrize(
    ("name", "more", "less"),
    [
        ("one-stream", f"<main>{TEXT}</main>", TEXT.replace("<p>", "<section><p>").replace("</p>", "</p></section>")),
        ("date-displayed", f"<h1>A pier</h1><p>3. Mai 2024</p>{TEXT}", f"<h1>A pier</h1><p>Willkommen</p>{TEXT}"),
        (
            "buttons",
            f"<h1>A pier</h1><p>{LONG}</p><a class='btn-big'>x</a><p>{LONG} Two.</p>",
            f"<h1>A pier</h1>{TEXT}",
        ),
        ("fields", f"<input name=mail><select></select>{TEXT}", f"<input type=search><input type=hidden>{TEXT}"),
        (
            "share-links",
            f"<a href='https://t.me/share/url?url=x'>x</a>{TEXT}",
            f"<a href='https://t.me/paper'>x</a>{TEXT}",
        ),
        ("quotations", TEXT.replace("The council", "„The council“"), TEXT.replace("The council", 'The 6" council')),
        ("captions", f"<figure><figcaption>A pier</figcaption></figure>{TEXT}", f"<figure><img></figure>{TEXT}"),
        ("in-article", f"<article>{TEXT}</article>", f"<main>{TEXT}</main>"),
        (
            "kept-as-post",
            f"<div class='node node--type-article'>{TEXT}</div>",
            f"<div class='node--type-page'>{TEXT}</div>",
        ),
    ],
)
def test_signals_measure_what_they_are_named_for(name: str, more: str, less: str) -> None:
    assert signal(name, more) > signal(name, less)


def test_a_page_of_boxes_with_calls_is_refused_in_any_language() -> None:
    box = "<section class=hero><h3>Bereit?</h3><img src=i.svg><p>{}</p><a class='btn btn-primary' href=/k>Los</a></section>"
    words = (
        "Wir kommen gern zu Ihnen und machen alles neu, was alt geworden ist, vom Keller bis unter das Dach, und gern."
    )
    body = (
        "<h1>Malerarbeiten</h1>"
        + "".join(box.format(f"{words} Teil {i}.") for i in range(6))
        + "<form><input><input></form>"
    )
    found, reason = ask(body, url="https://maler.example/angebot/")
    assert not found
    assert reason.startswith("not-article.")


def test_every_signal_has_a_weight_and_none_is_left_over() -> None:
    weights = data()["weights"]
    assert set(weights) == set(SIGNALS)
    assert len(weights) <= 32, "more signals than labelled pages can tell apart"


def test_signals_are_finite_on_hostile_pages() -> None:
    page = Page(Capture("test", b"<meta property='og:url' content='http://[bad'><h1>" + b"<b>" * 3000))
    assert all(-1e6 < value < 1e6 for value in signals(facts_of(page)).values())


@NEEDS_CORPUS
def test_real_pages_are_told_apart() -> None:
    right = taken = articles = 0
    lines = (CORPUS / "gold.jsonl").read_text(encoding="utf-8").strip().split("\n")
    for line in lines[::3]:
        label = json.loads(line)
        raw = gzip.decompress((CORPUS / label["file"]).read_bytes())
        found, _ = article.is_article(Page(Capture(label["id"], raw, url=label.get("page_url"))), Context())
        taken += found
        articles += label["is_article"]
        right += found and label["is_article"]
    assert right / articles > 0.98, "recall: a refused article loses every field"
    assert right / taken > 0.95, "precision"


def test_letters_that_are_words_tell_more_than_others() -> None:
    """A hundred Chinese letters are a text; a hundred Latin ones are not."""
    assert ask(f"<h1>海港大桥重新开放</h1><p>{'海港大桥周六重新开放。' * 9}</p>")[0]
    assert not ask(f"<h1>Bridge opens</h1><p>{'The bridge. ' * 8}</p>")[0]


def test_a_news_article_in_data_with_a_long_summary_needs_no_text() -> None:
    """Pages that scripts fill hold their article in JSON-LD alone."""
    data = {"@type": "NewsArticle", "headline": "Harbour", "datePublished": "2024-05-01", "description": LONG * 3}
    url = "https://paper.example/news/2024/05/01/harbour-town-decides-on-a-new-pier"
    told = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert ask("<div></div>", told, url)[0]
    undated = json.dumps({k: v for k, v in data.items() if k != "datePublished"})
    assert not ask("<div></div>", f'<script type="application/ld+json">{undated}</script>', url)[0]


def test_a_long_document_without_markup_is_none() -> None:
    """Standards, licences and logs are longer than any news story, and stand in <pre>."""
    assert ask(f"<h1>Message format</h1><pre>{LONG * 400}</pre>")[1].startswith("not-article.document")
    assert ask(f"<h1>Harbour town decides on a new pier</h1><p>By Ann Person</p>{TEXT}<pre>{LONG}</pre>")[0]
