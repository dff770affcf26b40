"""One page of our own in every saved form: address, archive address, moment, and the bytes that are parsed."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Capture, Unreadable
from provenance.pipeline import process
from provenance.sources import memento, open_captures, times
from provenance.sources.claims import web_address

URL = "https://news.example/2024/03/ferry"
TEXT = "<h1>Ferry returns</h1><p>The ferry returned on Friday.</p>"
PAGE = f"<!DOCTYPE html><html><head><title>Ferry returns</title></head><body>{TEXT}</body></html>"


def items(tmp_path, body, name="x"):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    return list(open_captures(str(path)))


def only(tmp_path, body, name="x"):
    (item,) = items(tmp_path, body, name)
    assert isinstance(item, Capture), item
    return item


def with_mark(mark):
    return PAGE.replace("<html>", f"<html>{mark}", 1)


SAVERS = [
    ("browser-save", f"<!-- saved from url=({len(URL):04}){URL} -->", URL, None),
    ("browser-save", "<!-- saved from url=(0014)about:internet -->", None, None),
    ("browser-save", "<!-- saved from url=(0022)http://internet.e-mail -->", "http://internet.e-mail", None),
    ("browser-save", "<!-- saved from url=(0031)file:///C:/Users/someone/page.html -->", None, None),
    (
        "singlefile",
        f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: Fri Mar 01 2024 11:05:06 GMT+0100 (heure normale d’Europe centrale)\n-->",
        URL,
        "2024-03-01T10:05:06Z",
    ),
    ("singlefile", f"<!--\n Archive processed by SingleFile \n url: {URL} \n-->", URL, None),
    (
        "monolith",
        f"<!-- Saved from {URL} at 2024-03-01T10:05:06Z using monolith v2.8.1 -->",
        URL,
        "2024-03-01T10:05:06Z",
    ),
    (
        "httrack",
        "<!-- Mirrored from news.example/2024/03/ferry by HTTrack Website Copier/3.x [XR&CO'2014], Fri, 01 Mar 2024 10:05:06 GMT -->",
        "http://news.example/2024/03/ferry",
        "2024-03-01T10:05:06Z",
    ),
    (
        "save-page-we",
        f'<meta name="savepage-url" content="{URL}"><meta name="savepage-date" content="Fri Mar 01 2024 04:05:06 GMT-0600 (Central)"><meta name="savepage-version" content="28.11">',
        URL,
        "2024-03-01T10:05:06Z",
    ),
    ("obelisk", f'<meta property="source:url" content="{URL}">', URL, None),
]


@pytest.mark.parametrize(("kind", "mark", "url", "time"), SAVERS)
def test_the_mark_of_a_saver_is_read(tmp_path, kind, mark, url, time):
    page = only(tmp_path, with_mark(mark))
    assert (page.layers[0].kind, page.url, page.captured) == (kind, url, time)
    assert page.body == with_mark(mark).encode(), "the bytes stay as they are"


def test_webscrapbook_states_its_source_in_the_root(tmp_path):
    page = only(
        tmp_path,
        PAGE.replace("<html>", f'<html data-scrapbook-source="{URL}" data-scrapbook-create="20240301100506789">'),
    )
    assert (page.url, page.captured) == (URL, "2024-03-01T10:05:06.789Z")


def test_an_address_with_two_hyphens_is_whole(tmp_path):
    page = only(tmp_path, with_mark("<!-- saved from url=(0026)https://news.example/a%2D%2Db -->"))
    assert page.url == "https://news.example/a--b"


# --- replay services ----------------------------------------------------------------------------------------------------

STAMP = "20240301100506"
WAYBACK = f"https://web.archive.org/web/{STAMP}/{URL}"
WOMBAT = f'<script>__wm.wombat("{URL}","{STAMP}","https://web.archive.org/","web","/_static/","1709287506");</script><!-- End Wayback Rewrite JS Include -->'
FOOTER = "<!--\n     FILE ARCHIVED ON 10:05:06 Mar 01, 2024 AND RETRIEVED FROM THE\n     INTERNET ARCHIVE ON 09:00:00 Okt 02, 2025.\n-->"
CANONICAL = f'<link rel="canonical" href="{WAYBACK}">'


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(with_mark(WOMBAT), id="script call"),
        pytest.param(with_mark(CANONICAL) + FOOTER, id="canonical and footer"),
        pytest.param(
            with_mark(
                f'<script>WB_wombat_Init("https://web.archive.org/web", "{STAMP}", "news.example");</script>{CANONICAL}'
            ),
            id="older script",
        ),
        pytest.param(
            with_mark(f'<!-- BEGIN WAYBACK TOOLBAR INSERT --><input id="wmtbURL" value="{URL}">') + FOOTER, id="toolbar"
        ),
        pytest.param(
            with_mark(f"<!-- saved from url=({len(WAYBACK):04}){WAYBACK} -->") + FOOTER, id="saved by a browser"
        ),
    ],
)
def test_a_wayback_page_is_told_by_any_of_its_marks(tmp_path, page):
    found = only(tmp_path, page)
    assert (found.url, found.captured, found.replay) == (URL, "2024-03-01T10:05:06Z", "wayback")
    assert found.archive_url == WAYBACK
    assert found.body == page.encode()


def test_the_moment_of_an_archive_is_nearer_than_that_of_the_saver(tmp_path):
    comment = (
        f"<!--\n Page saved with SingleFile \n url: {WAYBACK} \n saved date: Mon Nov 25 2024 11:05:06 GMT+0000\n-->"
    )
    found = only(tmp_path, with_mark(comment + WOMBAT))
    assert (found.url, found.archive_url, found.captured) == (URL, WAYBACK, "2024-03-01T10:05:06Z")
    assert [(layer.kind, layer.time) for layer in found.layers] == [
        ("singlefile", "2024-11-25T11:05:06Z"),
        ("wayback", "2024-03-01T10:05:06Z"),
    ]


def test_a_page_that_writes_about_archives_is_no_replay(tmp_path):
    found = only(
        tmp_path, PAGE.replace(TEXT, f'<p>See <a href="{WAYBACK}">the copy</a>: FILE ARCHIVED ON a Friday.</p>')
    )
    assert (found.replay, found.archive_url, found.layers) == (None, None, ())


def test_pywb_and_archive_today(tmp_path):
    script = f'<!-- WB Insert --><script>wbinfo.top_url = "https://archive.example/coll/{STAMP}/{URL}";wbinfo.url = "{URL}";wbinfo.timestamp = "{STAMP}";</script>'
    found = only(tmp_path, with_mark(script))
    assert (found.url, found.captured, found.replay) == (URL, "2024-03-01T10:05:06Z", "pywb")
    assert found.archive_url == f"https://archive.example/coll/{STAMP}/{URL}"
    local = only(tmp_path, with_mark(script.replace("archive.example", "localhost:8080")))
    assert local.archive_url is None, "the saver's own machine is nobody's business"
    today = (
        "<!DOCTYPE html><html><!--203.0.113.9--><!--Mozilla/5.0 (secret)--><head>"
        '<meta property="og:site_name" content="archive.is"/><meta property="og:url" content="http://archive.is/AbCdE"/>'
        f'<link rel="bookmark" href="http://archive.today/{STAMP}/{URL}"/></head><body><input type="text" name="q" value="{URL}"/>'
        '<time itemprop="pubdate" datetime="2024-03-01T10:05:06Z"></time><div id="CONTENT">Text</div></body></html>'
    )
    found = only(tmp_path, today)
    assert (found.url, found.captured, found.replay) == (URL, "2024-03-01T10:05:06Z", "archive.today")
    assert found.archive_url == f"http://archive.today/{STAMP}/{URL}"
    assert "203.0.113.9" not in repr(found)


def test_shells_without_the_article_are_named(tmp_path):
    for body in ("This is a <strong>Perma.cc</strong> record<iframe src=x>", '<iframe id="replay_iframe"></iframe>'):
        (item,) = items(tmp_path, f"<html><body>{body}</body></html>")
        assert (item.code, bool(item.advice), item.skipped) == ("input.shell", True, False)


def test_amp_is_the_innermost_layer(tmp_path):
    found = only(tmp_path, PAGE.replace("<html>", f"<html ⚡>{WOMBAT}"))
    assert [layer.kind for layer in found.layers] == ["wayback", "amp"]


ADDRESSES = [
    (WAYBACK, (URL, STAMP, "wayback")),
    (f"https://web.archive.org/web/{STAMP}id_/{URL}?a=1#b", (f"{URL}?a=1#b", STAMP, "wayback")),
    ("https://web.archive.org/web/2024/news.example/a", ("http://news.example/a", "2024", "wayback")),
    (f"http://web.archive.org/web/{STAMP}/https:/news.example/a", ("https://news.example/a", STAMP, "wayback")),
    (f"/web/{STAMP}im_/https://news.example/a.jpg", ("https://news.example/a.jpg", STAMP, "wayback")),
    (f"https://archive.ph/2024.03.01-100506/{URL}", (URL, STAMP, "archive.today")),
    (f"https://archive.is/o/AbCdE/{URL}", (URL, None, "archive.today")),
    ("https://archive.is/AbCdE", None),
    (f"https://archive.example/collection/{STAMP}mp_/{URL}", (URL, STAMP, "pywb")),
    ("https://www.google.com/amp/s/news.example/a", ("https://news.example/a", None, "amp-cache")),
    ("https://news-example.cdn.ampproject.org/c/s/news.example/a", ("https://news.example/a", None, "amp-cache")),
    (
        f"https://web.archive.org/web/{STAMP}/https://web.archive.org/web/20200101000000/{URL}",
        (URL, "20200101000000", "wayback"),
    ),
    (URL, None),
    ("https://news.example/2024/03/01/https-explained", None),
    ("https://web.archive.org/web/*/news.example", None),
    ("", None),
    ("http://[broken", None),
]


@pytest.mark.parametrize(("address", "expected"), ADDRESSES)
def test_replay_addresses_are_taken_apart(address, expected):
    assert memento.original_url(address) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'href="{WAYBACK}"', f'href="{URL}"'),
        (f'src="/web/{STAMP}im_/{URL}"', f'src="{URL}"'),
        (json.dumps({"url": WAYBACK}).replace("/", "\\/"), json.dumps({"url": URL}).replace("/", "\\/")),
        (WAYBACK.replace("/", "\\u002F"), URL.replace("/", "\\u002F")),
        (f"https://archive.is/o/AbCdE/{URL}", URL),
        (f"nothing to undo at {URL}", f"nothing to undo at {URL}"),
    ],
)
def test_rewritten_text_is_put_back(text, expected):
    assert memento.undo(text) == expected


@given(st.text(max_size=200))
def test_any_text_can_be_asked_for_its_original(text):
    found = memento.original_url(text)
    assert found is None or found[0].startswith(("http://", "https://"))


# --- containers ---------------------------------------------------------------------------------------------------------


def mhtml(headers, part, coding="quoted-printable", content=None):
    return (
        f'{headers}MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/html\r\nContent-Location: https://ads.example/frame\r\n\r\n<html>frame</html>\r\n"
        f"--b\r\nContent-Type: text/html{part}\r\nContent-Transfer-Encoding: {coding}\r\nContent-Location: {URL}\r\n\r\n"
        f"{content or PAGE.replace('=', '=3D')}\r\n--b--\r\n"
    )


BLINK = f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {URL}\r\nSubject: (2) Ferry\r\nDate: Fri, 1 Mar 2024 11:05:06 +0100\r\n"


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (mhtml(BLINK, ""), "quoted-printable"),
        (mhtml(BLINK, "", "binary", PAGE), "binary"),
        (mhtml(BLINK, "", "base64", base64.encodebytes(PAGE.encode()).decode()), "base64"),
        (mhtml(BLINK, "").replace("\r\n", "\n"), "unix line ends"),
    ],
)
def test_mhtml_gives_the_page_and_not_its_frames(tmp_path, body, coding):
    page = only(tmp_path, body)
    assert page.body == PAGE.encode(), coding
    assert (page.url, page.captured) == (URL, "2024-03-01T10:05:06Z")
    assert page.layers[0].detail == (("tool", "Blink"),)


def test_mhtml_of_internet_explorer_word_and_firefox(tmp_path):
    page = only(
        tmp_path,
        mhtml(
            "From: <Saved by Windows Internet Explorer 8>\r\nDate: Fri, 1 Mar 2024 12:05:06 +0200\r\n",
            '; charset="Windows-1252"',
        ).replace("ads.example/frame", "news.example/first"),
    )
    assert (page.url, page.captured) == ("https://news.example/first", "2024-03-01T10:05:06Z")
    maf = only(
        tmp_path,
        mhtml(
            f"X-MAF: Produced By MAF V0.6\r\nContent-Location: {URL}\r\nDate: Fri Mar 01 2024 11:05:06 GMT+0100\r\n", ""
        ),
    )
    assert maf.captured == "2024-03-01T10:05:06Z"
    word = only(tmp_path, mhtml("", "").replace("https://ads.example/frame", "file:///C:/page.htm"))
    assert (word.url, word.captured) == (None, None)


def zipped(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_singlefile_behind_html_and_png(tmp_path):
    manifest = json.dumps({"originalUrl": URL, "archiveTime": "2024-03-01T10:05:06.789Z"})
    archive = zipped({"index.html": PAGE, "manifest.json": manifest})
    for head in (
        b"<!DOCTYPE html><html data-sfz><meta charset=windows-1252><title></title>",
        b"\x89PNG\r\n\x1a\n" + bytes(40),
    ):
        page = only(tmp_path, head + archive)
        assert (page.url, page.captured, page.body, page.charset) == (
            URL,
            "2024-03-01T10:05:06.789Z",
            PAGE.encode(),
            "utf-8",
        )


def test_maff_holds_several_pages(tmp_path):
    rdf = '<RDF:RDF><MAF:originalurl RDF:resource="{}"/><MAF:archivetime RDF:resource="Fri, 1 Mar 2024 11:05:06 +0100"/><MAF:indexfilename RDF:resource="index.html"/></RDF:RDF>'
    pages = items(
        tmp_path,
        zipped(
            {
                "1/index.rdf": rdf.format(URL),
                "1/index.html": PAGE,
                "2/index.rdf": rdf.format(URL + "?a=1&amp;b=2"),
                "2/index.html": PAGE,
            }
        ),
    )
    assert [(page.url, page.captured) for page in pages] == [
        (URL, "2024-03-01T10:05:06Z"),
        (f"{URL}?a=1&b=2", "2024-03-01T10:05:06Z"),
    ]


def har(**content):
    def entry(url, mime, text, **more):
        return {
            "startedDateTime": "2024-03-01T11:05:06.1234567+01:00",
            "pageref": "page_1",
            "request": {"url": url, "headers": [{"name": "Cookie", "value": "secret"}]},
            "response": {
                "status": 200,
                "headers": [
                    {"name": "Content-Type", "value": mime},
                    {"name": "Content-Encoding", "value": "gzip"},
                    {"name": "Set-Cookie", "value": "secret"},
                ],
                "content": {"mimeType": mime, "text": text} | more,
            },
        }

    encoded = base64.b64encode(PAGE.encode()).decode()
    page = (
        entry(URL, "text/html; charset=utf-8", encoded, encoding="base64")
        if content.get("base64")
        else entry(URL, "text/html", PAGE)
    )
    entries = [
        entry("https://news.example/a.png", "image/png", ""),
        page,
        entry("https://ads.example/frame", "text/html", PAGE),
    ]
    return (
        b"\xef\xbb\xbf"
        + json.dumps({"log": {"version": "1.2", "creator": {"name": "Fiddler"}, "entries": entries}}).encode()
    )


@pytest.mark.parametrize("base", [True, False])
def test_har_gives_the_page_and_not_its_frames(tmp_path, base):
    found = items(tmp_path, har(base64=base))
    (page,) = [item for item in found if isinstance(item, Capture)]
    assert (page.url, page.body, page.captured) == (URL, PAGE.encode(), "2024-03-01T10:05:06.1234567Z")
    assert "secret" not in repr(found) + repr(page.headers)
    assert all(item.skipped for item in found if isinstance(item, Unreadable))


MEMENTO = (
    f"HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\nmemento-datetime: Fri, 01 Mar 2024 10:05:06 GMT\r\nset-cookie: secret=1\r\n"
    f'link: <{URL}>; rel="original", <https://web.archive.org/web/timemap/link/{URL}>; rel="timemap"; type="application/link-format", <{WAYBACK}>; rel="memento"; datetime="Fri, 01 Mar 2024 10:05:06 GMT"\r\n\r\n'
)


def test_an_answer_with_its_header(tmp_path):
    page = only(tmp_path, "HTTP/1.1 302 Found\r\nlocation: x\r\n\r\n" + MEMENTO + PAGE)
    assert (page.url, page.archive_url, page.captured) == (URL, WAYBACK, "2024-03-01T10:05:06Z")
    assert (page.body, page.charset) == (PAGE.encode(), "utf-8")
    assert "secret" not in repr(page.headers)


def test_a_cassette_of_mementos(tmp_path):
    body = base64.encodebytes(PAGE.encode()).decode().replace("\n", "\n        ").rstrip()
    cassette = f"""interactions:
- request:
    body: null
    headers:
      Cookie:
      - secret
    method: GET
    uri: https://web.archive.org/web/{STAMP}id_/{URL}
  response:
    body:
      string: !!binary |
        {body}
    headers:
      Content-Type:
      - text/html
      Transfer-Encoding:
      - chunked
      link:
      - <{URL}>; rel="original", <{WAYBACK}>;
        rel="memento"
      memento-datetime:
      - Fri, 01 Mar 2024 10:05:06 GMT
    status:
      code: 200
      message: OK
version: 1
"""
    page = only(tmp_path, cassette)
    assert (page.url, page.captured, page.body) == (URL, "2024-03-01T10:05:06Z", PAGE.encode())
    assert page.replay is None, "the raw page was asked for"
    assert "secret" not in repr(page) + repr(page.layers)


def test_evernote_notes(tmp_path):
    note = f'<note><title>Ferry returns</title><content><![CDATA[<?xml version="1.0"?><en-note>{TEXT}</en-note>]]></content><created>20240301T100506Z</created><note-attributes><source-url>{URL}</source-url></note-attributes><resource><data>{"QUJD" * 1000}</data></resource></note>'
    first, second = items(
        tmp_path,
        f'<?xml version="1.0"?><!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export4.dtd"><en-export>{note}{note}</en-export>',
    )
    assert (first.url, first.captured) == (URL, "2024-03-01T10:05:06Z")
    assert first.stated[0].value == "Ferry returns"
    assert TEXT.encode() in first.body
    assert second.locator.endswith("#2")


def test_feeds_give_whole_articles_and_pass_over_teasers(tmp_path):
    text = TEXT.replace("<", "&lt;")
    rss = f"""<?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
    <item><title>Ferry returns</title><link>{URL}</link><dc:creator>Mara Lind</dc:creator><pubDate>Fri, 01 Mar 2024 10:05:06 GMT</pubDate><content:encoded>{text}</content:encoded></item>
    <item><title>Teaser</title><link>{URL}/2</link><description>Short.</description></item></channel></rss>"""
    page, teaser = items(tmp_path, rss)
    assert (page.url, page.captured) == (URL, None), "a feed states when an item was published, not when it was saved"
    assert {fact.name: fact.value for fact in page.stated} == {
        "headline": "Ferry returns",
        "author": "Mara Lind",
        "datePublished": "Fri, 01 Mar 2024 10:05:06 GMT",
    }
    assert page.body == TEXT.encode()
    assert (teaser.code, teaser.skipped) == ("item.no-content", True)
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Ferry</title><link href="{URL}"/><author><name>Mara Lind</name></author><published>2024-03-01T10:05:06Z</published><content type="html">{text}</content></entry></feed>'
    page = only(tmp_path, atom)
    assert page.url == URL
    assert ("author", "Mara Lind") in [(fact.name, fact.value) for fact in page.stated]


NEXIS = """


Download Request: Selected Items: 1-2
Time Of Request: Friday, March 20, 2020  16:51:31

Send To:
SOME LIBRARY

                               1 of 2 DOCUMENTS



                                Example Gazette

                             March 1, 2024 Friday

Ferry returns

BYLINE: Mara Lind

SECTION: NEWS; Pg. 3

LENGTH: 20 words

The ferry returned
on Friday.

Nobody was hurt.

LOAD-DATE: March 2, 2024

LANGUAGE: ENGLISH

                         Copyright 2024 Example Gazette



                               2 of 2 DOCUMENTS

                                Example Gazette

                             March 3, 2024 Sunday

Second story

LENGTH: 3 words

Only one paragraph.
"""


def test_nexis_text(tmp_path):
    first, second = items(tmp_path, "\ufeff" + NEXIS)
    assert first.body == b"The ferry returned\non Friday.\n\nNobody was hurt."
    facts = {fact.name: fact.value for fact in first.stated}
    assert facts == {
        "publisher": "Example Gazette",
        "datePublished": "March 1, 2024 Friday",
        "headline": "Ferry returns",
        "author": "Mara Lind",
        "articleSection": "NEWS",
        "printSection": "NEWS",
        "printPage": "3",
        "inLanguage": "ENGLISH",
        "copyrightNotice": "Copyright 2024 Example Gazette",
    }
    assert (second.body, second.url, second.captured) == (b"Only one paragraph.", None, None)
    assert "LIBRARY" not in repr(first.stated) + repr(first.layers)
    offset = int(dict(first.layers[0].detail)["offset"])
    raw = ("\ufeff" + NEXIS).encode()
    assert raw[offset:].startswith(b"The ferry returned")


@pytest.mark.parametrize(
    ("section", "facts"),
    [
        ("NEWS; Pg. 3", {"articleSection": "NEWS", "printSection": "NEWS", "printPage": "3"}),
        ("Pg. 12", {"printPage": "12"}),
        ("POLITICS; Version:28", {"articleSection": "POLITICS"}),
        (
            "Section B; Page 22, Column 2; Harbour Desk",
            {"articleSection": "Harbour Desk", "printSection": "B", "printPage": "22"},
        ),
        ("KULTUR; S. 11-12", {"articleSection": "KULTUR", "printSection": "KULTUR", "printPage": "11-12"}),
        (
            "ARTS, BRIEFLY; Pg. E4",
            {"articleSection": "ARTS, BRIEFLY", "printSection": "ARTS, BRIEFLY", "printPage": "E4"},
        ),
        ("Parties and Pages", {"articleSection": "Parties and Pages"}),
    ],
)
def test_nexis_states_section_and_page_of_the_paper_in_one_line(tmp_path, section, facts):
    first, _ = items(tmp_path, NEXIS.replace("NEWS; Pg. 3", section))
    record = process(first).record
    assert {name: record[name] for name in ("printSection", "printPage") if name in record} == {
        name: value for name, value in facts.items() if name.startswith("print")
    }
    assert record.get("articleSection", [None])[0] == facts.get("articleSection")


@pytest.mark.parametrize(
    ("below", "edition"),
    [("3 Star Edition", "3 Star Edition"), ("Edition 1;\n     Harbour", "Edition 1; Harbour"), ("", None)],
)
def test_an_edition_stands_below_the_date_of_nexis(tmp_path, below, edition):
    first, _ = items(tmp_path, NEXIS.replace("March 1, 2024 Friday\n", f"March 1, 2024 Friday\n    {below}\n"))
    record = process(first).record
    assert (record["datePublished"], record.get("printEdition")) == ("2024-03-01", edition)


def test_a_bracket_glued_to_a_paper_s_name_is_parted(tmp_path):
    first, _ = items(tmp_path, NEXIS.replace("Example Gazette\n", "Example Gazette(Oslo)\n"))
    assert process(first).record["publisher"]["name"] == "Example Gazette (Oslo)"


def europresse(paper, *head):
    spans = "".join(f'<span class="DocHeader">{part}</span>' for part in head)
    return (
        f'<html><body><span class="DocPublicationName">{paper}</span><br>{spans}<br><br>'
        f'<span class="TitreArticleVisu">Le ferry revient au port</span><br><br>{TEXT.partition("</h1>")[2]}'
        "<p></p>© 2024 Exemple. Tous droits réservés.</body></html>"
    )


@pytest.mark.parametrize(
    ("paper", "head", "facts"),
    [
        (
            "La Gazette",
            ("Politique, ", "jeudi ", "4 octobre 2012", ", p. 03"),
            ("La Gazette", "4 octobre 2012", "Politique", "Politique", "03", None),
        ),
        (
            "La Gazette",
            ("Sports, mardi 14 mars 2006, p. MDE6",),
            ("La Gazette", "14 mars 2006", "Sports", "Sports", "MDE6", None),
        ),
        ("Le Mag", ("mercredi ", "3 octobre 2012"), ("Le Mag", "3 octobre 2012", None, None, None, None)),
        (
            "Le Mag, no. 5968",
            ("News, Tuesday, March 14, 2006, p. A1",),
            ("Le Mag", "March 14, 2006", "News", "News", "A1", "no. 5968"),
        ),
    ],
)
def test_europresse_states_date_section_and_page_in_one_head(tmp_path, paper, head, facts):
    stated = {fact.name: fact.value for fact in only(tmp_path, europresse(paper, *head)).stated}
    names = ("publisher", "datePublished", "articleSection", "printSection", "printPage", "printEdition")
    told = [stated.get(name) for name in names]
    assert told[1].endswith(facts[1])
    assert (told[0], *told[2:]) == (facts[0], *facts[2:])


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(*lines):
    """A Word file of one line a paragraph: `^` centres it, `*` makes it bold."""
    paragraphs = []
    for line in lines:
        text = line.lstrip("^*")
        centred = '<w:pPr><w:jc w:val="center"/></w:pPr>' if "^" in line[:2] else ""
        bold = "<w:rPr><w:b/></w:rPr>" if "*" in line[:2] else '<w:rPr><w:b w:val="0"/></w:rPr>'
        first, _, rest = text.partition(":") if "*" in line[:2] else (text, "", "")
        tail = f"<w:r><w:t>:\u00a0{rest}</w:t></w:r>" if rest else ""
        paragraphs.append(f"<w:p>{centred}<w:r>{bold}<w:br/><w:t>{first}</w:t></w:r>{tail}</w:p>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{"".join(paragraphs)}</w:body></w:document>'
        )
    return out.getvalue()


NEXIS_WORD = (
    *("^A cover of Our University Library, Jane Reader", "Documents (2)", "1. Ferry returns", "Search Terms: ferry", ""),
    *("^*Ferry returns", "^Example Gazette", "^March 1, 2024 Friday", "^Late Edition - Final", "", "Copyright 2024 Gazette"),
    *("*Section:NEWS; Pg. 3", "*Length:90 words", "*Byline:Mara Lind, Reuters", "*Highlight:It was away for weeks.", "*Body", ""),
    *("The ferry returned on Friday.", "", "*Bold words open a paragraph: not a label.", "Correction: this is prose."),
    *("Nobody was hurt.", "*Load-Date:March 4, 2024", "*Classification", "Subject: FERRIES", "*End of Document", ""),
    *("^*A second story", "^Example Gazette", "^March 3, 2024", "*Length:3 words", "*Body", "Only one paragraph.", "End of Document"),
    "What follows the last article is none.",
)  # fmt: skip


def test_nexis_word(tmp_path):
    first, second = items(tmp_path, word(*NEXIS_WORD), "export.docx")
    assert {fact.name: fact.value for fact in first.stated} == {
        "headline": "Ferry returns",
        "publisher": "Example Gazette",
        "datePublished": "March 1, 2024 Friday",
        "copyrightNotice": "Copyright 2024 Gazette",
        "printEdition": "Late Edition - Final",
        "articleSection": "NEWS",
        "printSection": "NEWS",
        "printPage": "3",
        "author": "Mara Lind, Reuters",
        "description": "It was away for weeks.",
    }
    assert first.body.decode().split("\n\n") == [
        "The ferry returned on Friday.",
        "Bold words open a paragraph: not a label.",
        "Correction: this is prose.",
        "Nobody was hurt.",
    ]
    assert (first.url, first.captured, first.layers[-1].kind) == (None, None, "nexis")
    assert "Reader" not in repr(first.stated) + repr(first.layers)
    assert second.body == b"Only one paragraph."
    record = process(first).record
    assert record["author"][0]["name"] == "Mara Lind"
    assert [house["name"] for house in record["sourceOrganization"]] == ["Reuters"]
    assert (record["copyrightNotice"], record["datePublished"]) == ("Copyright 2024 Gazette", "2024-03-01")


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("^A letter", "Dear reader, this is no export."), "input.docx"),
        (("^*Ferry returns", "^Example Gazette", "^March 1, 2024", "*Body", "End of Document"), "item.no-content"),
        (("End of Document",), "item.no-content"),
    ],
)
def test_a_word_file_without_articles_is_named(tmp_path, lines, code):
    (item,) = items(tmp_path, word(*lines), "letter.docx")
    assert isinstance(item, Unreadable)
    assert item.code == code


def test_proquest_text(tmp_path):
    rule = "_" * 60
    text = f"""{rule}

Ferry returns

Author: Lind, Mara; Roe, Richard.

Publication title: Example Gazette; Oslo

Publication date: Mar 1, 2024

Full text: The ferry returned on Friday.

Nobody was hurt.

Title: Ferry returns

ProQuest document ID: 123

Document URL: https://www.proquest.example/docview/123?accountid=999

Database: News

{rule}
"""
    page = only(tmp_path, text)
    assert page.body == b"The ferry returned on Friday.\n\nNobody was hurt."
    facts = [(fact.name, fact.value) for fact in page.stated]
    assert ("author", "Mara Lind") in facts
    assert ("author", "Richard Roe") in facts
    assert ("headline", "Ferry returns") in facts
    assert "accountid" not in repr(page)


def test_lists_of_addresses_are_named_as_lists(tmp_path):
    for body in (
        f"title,url,time_added,tags,status\nFerry,{URL},1600322788,,unread\n",
        f"URL,Title,Selection,Folder\n{URL},Ferry,,Unread\n",
        f'<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A HREF="{URL}">Ferry</A></DL>',
        json.dumps([{"url": URL, "title": "Ferry"}]),
    ):
        (item,) = items(tmp_path, body)
        assert (item.code, bool(item.advice)) == ("input.list", True)


def test_a_read_later_export_with_text(tmp_path):
    entry = {
        "title": "Ferry returns",
        "url": URL,
        "created_at": "2024-03-01T11:05:06+0100",
        "language": "en",
        "content": TEXT * 10,
    }
    page, empty = items(tmp_path, json.dumps([entry, {"url": URL, "content": "Oh no"}]))
    assert (page.url, page.captured, page.body) == (URL, "2024-03-01T10:05:06Z", (TEXT * 10).encode())
    assert empty.code == "item.no-content"


# --- folders ------------------------------------------------------------------------------------------------------------


def test_a_wget_mirror_is_read_as_the_server_sent_it(tmp_path):
    folder = tmp_path / "news.example" / "2024"
    folder.mkdir(parents=True)
    (folder / "ferry.html").write_text(PAGE.replace("Ferry", "Rewritten"))
    (folder / "ferry.html.orig").write_text(PAGE)
    (page,) = open_captures(str(tmp_path))
    assert (page.url, page.body) == ("http://news.example/2024/ferry.html", PAGE.encode())
    assert "url.scheme" in [note.code for note in page.notes]


def test_an_archivebox_snapshot_gives_one_page(tmp_path):
    folder = tmp_path / "archive" / "1709287506.0"
    folder.mkdir(parents=True)
    index = {
        "schema": "Link",
        "url": URL,
        "timestamp": "1709287506.0",
        "history": {"dom": [{"start_ts": "2024-03-01T10:05:06.000000+00:00"}]},
    }
    (folder / "index.json").write_text(json.dumps(index))
    (folder / "index.html").write_text("<html><p>the archiver's own page</p></html>")
    (folder / "output.html").write_text(PAGE)
    (page,) = open_captures(str(tmp_path))
    assert (page.url, page.body, page.layers[0].kind) == (URL, PAGE.encode(), "archivebox")
    assert page.captured == "2024-03-01T10:05:06.000000Z"


# --- addresses and times --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("<https://news.example/a>", "https://news.example/a"),
        ("https://user:password@news.example/a", "https://news.example/a"),
        ("https://news.example/a?id=1&access_token=abc&PHPSESSID=9", "https://news.example/a?id=1"),
        ("https://news.example/a b", "https://news.example/a%20b"),
        ("file:///C:/a.html", None),
        ("about:blank", None),
        ("https://", None),
        ("https://news.example:port/", None),
        ("https://news.example/" + "a" * 9000, None),
        (None, None),
    ],
)
def test_only_web_addresses_without_secrets_are_passed_on(stated, expected):
    assert web_address(stated) == expected


@given(st.datetimes(min_value=datetime(1996, 1, 1), max_value=datetime(2099, 1, 1)), st.integers(-12 * 4, 14 * 4))
def test_every_way_of_writing_a_moment_means_the_same(moment, quarters):
    zone = timezone(timedelta(minutes=15 * quarters))
    local = moment.replace(microsecond=0, tzinfo=UTC).astimezone(zone)
    expected = local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    offset = local.strftime("%z")
    assert times.from_iso(local.isoformat()) == expected
    assert times.from_mail(local.strftime(f"%a, %d %b %Y %H:%M:%S {offset}")) == expected
    assert times.from_javascript(local.strftime(f"%a %b %d %Y %H:%M:%S GMT{offset} (…)")) == expected
    assert times.from_digits(local.astimezone(UTC).strftime("%Y%m%d%H%M%S")) == expected
    assert times.from_compact(local.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")) == expected
    assert times.from_pdf(f"D:{local.strftime('%Y%m%d%H%M%S')}{offset[:3]}'{offset[3:]}'") == expected


@given(st.text(max_size=60))
def test_what_is_no_time_is_none(text):
    for read in (
        times.from_iso,
        times.from_mail,
        times.from_javascript,
        times.from_digits,
        times.from_compact,
        times.from_pdf,
    ):
        found = read(text)
        assert found is None or found.endswith("Z")
