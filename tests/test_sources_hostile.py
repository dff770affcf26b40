"""Hostile and broken containers: each ends in a code, soon, and costs nothing else."""

from __future__ import annotations

import gzip
import io
import json
import plistlib
import struct
import time
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.limits import LIMITS
from provenance.model import Capture, Unreadable
from provenance.sources import open_captures
from tests.making_archives import build, page

GOOD = build(1, gzip=False)[0]


def items(tmp_path, body, name="x"):
    (tmp_path / name).write_bytes(body)
    began = time.process_time()
    found = list(open_captures(str(tmp_path / name)))
    assert time.process_time() - began < 20, "took too long"
    return found


def codes(found):
    return [item.code for item in found if isinstance(item, Unreadable) and not item.skipped]


# --- MHTML ------------------------------------------------------------------------------------------------------------


def mhtml(body, head="", boundary="b"):
    return (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/1\r\n{head}MIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related; type="text/html"; boundary="{boundary}"\r\n\r\n{body}'
    ).encode()


PART = "--b\r\nContent-Type: text/html\r\nContent-Location: https://news.example/1\r\n\r\n<html><p>Text</p></html>\r\n"


def nested(depth):
    head = "".join(f'--b{i}\r\nContent-Type: multipart/related; boundary="b{i + 1}"\r\n\r\n' for i in range(depth))
    tail = "".join(f"--b{i}--\r\n" for i in range(depth, -1, -1))
    return mhtml(
        f"{head}--b{depth}\r\nContent-Type: text/html\r\n\r\n<html><p>Text</p></html>\r\n{tail}", boundary="b0"
    )


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            mhtml(PART + "--b--", head="Subject: " + "=?UTF-8?B?QUFB?= " * 3_000 + "\r\n"), id="encoded words"
        ),
        pytest.param(mhtml(PART + "--b--", head="X-A: " + "a=b; " * 4_000 + "\r\n"), id="parameters"),
        pytest.param(mhtml(PART + "--b--", head="X-From: " + "(" * 5_000 + "\r\n"), id="comments"),
        pytest.param(mhtml(PART + "--b\r\n\r\nx\r\n" * 9_000 + "--b--"), id="wide"),
        pytest.param(nested(40), id="nested"),
    ],
)
def test_odd_mhtml_still_gives_its_page(tmp_path, body):
    (only,) = items(tmp_path, body)
    assert b"Text" in only.body


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (mhtml(PART + "--b--", head="Subject: " + "=?UTF-8?B?QUFB?= " * 24_000 + "\r\n"), "limit.header"),
        (mhtml("--b\r\n\r\nx\r\n" * 100_000), "limit.parts"),
        (nested(2_000), "limit.nesting"),
        (mhtml("--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--"), "input.no-page"),
    ],
)
def test_mhtml_beyond_the_limits_is_refused(tmp_path, body, code):
    assert codes(items(tmp_path, body)) == [code]


def test_mhtml_that_is_cut_says_so(tmp_path):
    (only,) = items(tmp_path, mhtml(PART))
    assert "input.truncated" in [note.code for note in only.notes]


# --- WARC -------------------------------------------------------------------------------------------------------------


def record(length, body=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>x</p></html>", extra=b""):
    lines = b"".join(b"Content-Length: " + value + b"\r\n" for value in length)
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
    return head + b"WARC-Target-URI: https://news.example/bad\r\n" + extra + lines + b"\r\n" + body + b"\r\n\r\n"


LENGTHS = [[b"-5"], [b"1" + b"0" * 20], [b"0x10"], [], [b"10", b"5000"], [b"99999"], [b"3"], [b"abc"], [b""]]


@pytest.mark.parametrize("length", LENGTHS, ids=repr)
@pytest.mark.parametrize("compressed", [True, False])
def test_a_wrong_length_never_costs_the_next_record(tmp_path, length, compressed):
    wrap = gzip.compress if compressed else bytes
    good = build(1, gzip=compressed)[0]
    found = items(tmp_path, wrap(record(length)) + good)
    assert "https://news.example/0" in [item.url for item in found if isinstance(item, Capture)]


def http(headers, body):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + headers + b"\r\n" + body
    return record([str(len(block)).encode()], block)


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param(http(b"Content-Encoding: gzip\r\n", gzip.compress(bytes(150_000_000), mtime=0)), id="gzip body"),
        pytest.param(
            http(b"Content-Encoding: gzip, gzip\r\n", gzip.compress(gzip.compress(bytes(150_000_000)), mtime=0)),
            id="gzip in gzip",
        ),
        pytest.param(http(b"Content-Encoding: gzip, gzip, gzip, gzip\r\n", b"x"), id="codings"),
    ],
)
def test_a_bomb_in_a_record_is_told_and_the_next_record_read(tmp_path, bomb):
    found = items(tmp_path, gzip.compress(bomb, mtime=0) + build(1)[0])
    assert any(code.startswith("limit.") for code in codes(found))
    assert [item.url for item in found if isinstance(item, Capture)] == ["https://news.example/0"]


def test_a_header_without_end_is_told_and_the_next_record_read(tmp_path):
    found = items(tmp_path, gzip.compress(b"WARC/1.0\r\nWARC-Type: " + b"a" * 20_000_000, mtime=0) + build(1)[0])
    assert codes(found) == ["archive.damaged"]
    assert [item.url for item in found if isinstance(item, Capture)] == ["https://news.example/0"]


def test_a_page_larger_than_a_record_may_be_is_told(tmp_path):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>" + b" " * LIMITS.record_bytes
    found = items(tmp_path, gzip.compress(record([str(len(block)).encode()], block), 1) + build(1)[0])
    assert codes(found) == ["limit.record"]
    assert [item.url for item in found if isinstance(item, Capture)] == ["https://news.example/0"]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (b"Transfer-Encoding: chunked\r\n", b"<html><p>already plain</p></html>"),
        (b"Content-Encoding: gzip\r\n", b"<html><p>already plain</p></html>"),
        (b"Content-Encoding: br\r\n", b"<html><p>already plain</p></html>"),
        (b"Content-Encoding: zstd\r\n", b"<html><p>already plain</p></html>"),
        (b"Content-Encoding: deflate\r\n", b"<html><p>already plain</p></html>"),
        (b"Content-Encoding: sdch\r\n", b"<html><p>already plain</p></html>"),
    ],
)
def test_a_body_that_does_not_match_its_header_is_read_as_it_is(tmp_path, headers, body):
    (only,) = [item for item in items(tmp_path, http(headers, body)) if isinstance(item, Capture)]
    assert only.body == body
    assert [note.code for note in only.notes] == ["content.coding"]


def test_every_coding_is_taken_off(tmp_path):
    import brotli
    import zstandard

    html = page(3)
    raw = zlib.compressobj(wbits=-15)
    chunked = (
        b"".join(b"%x;a=b\r\n%s\r\n" % (len(html[i : i + 999]), html[i : i + 999]) for i in range(0, len(html), 999))
        + b"0\r\n\r\n"
    )
    forms = [
        (b"Transfer-Encoding: chunked\r\n", chunked),
        (b"Content-Encoding: gzip\r\n", gzip.compress(html, mtime=0)),
        (b"Content-Encoding: x-gzip\r\n", gzip.compress(html, mtime=0)),
        (b"Content-Encoding: deflate\r\n", zlib.compress(html)),
        (b"Content-Encoding: deflate\r\n", raw.compress(html) + raw.flush()),
        (b"Content-Encoding: br\r\n", brotli.compress(html)),
        (b"Content-Encoding: zstd\r\n", zstandard.compress(html)),
        (b"Content-Encoding: gzip, br\r\n", brotli.compress(gzip.compress(html, mtime=0))),
        (b"Content-Encoding: identity\r\n", html),
    ]
    for headers, body in forms:
        (only,) = [item for item in items(tmp_path, http(headers, body)) if isinstance(item, Capture)]
        assert (only.body, only.notes) == (html, ()), headers


def test_a_body_that_is_cut_inside_its_coding_is_marked(tmp_path):
    (only,) = items(tmp_path, http(b"Content-Encoding: gzip\r\n", gzip.compress(page(3), mtime=0)[:-300]))
    assert "input.truncated" in [note.code for note in only.notes]


# --- ZIP --------------------------------------------------------------------------------------------------------------


def zipped(entries, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **options) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


def wacz(warc=None, pages=None, main=None):
    listed = [{"format": "json-pages-1.0", "id": "pages"}] + [
        {"url": url, "ts": "2024-03-01T10:00:00Z"} for url in pages or []
    ]
    package = {"profile": "data-package", "wacz_version": "1.1.1"} | ({"mainPageUrl": main} if main else {})
    return zipped(
        [
            ("archive/data.warc.gz", build(3)[0] if warc is None else warc),
            ("pages/pages.jsonl", "\n".join(map(json.dumps, listed))),
            ("datapackage.json", json.dumps(package)),
        ]
    )


def lying():
    """An entry whose directory says 10 bytes and whose data inflates to 100 MB."""
    body = bytearray(zipped([("index.html", bytes(100_000_000))], compression=zipfile.ZIP_DEFLATED))
    at = body.rfind(b"PK\x01\x02")
    struct.pack_into("<I", body, at + 24, 10)
    return bytes(body)


def overlapping():
    """Two directory entries for the same bytes."""
    body = bytearray(zipped([("index.html", b"<html>x</html>"), ("other.html", b"<html>x</html>")]))
    second = body.rfind(b"PK\x01\x02")
    struct.pack_into("<I", body, second + 42, 0)
    return bytes(body)


def encrypted():
    body = bytearray(zipped([("index.html", b"<html>x</html>")]))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", body, body.find(mark) + at, 1)
    return bytes(body)


LAUGHS = b"<!DOCTYPE d [<!ENTITY a 'End of Document'>" + b"".join(
    f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>".encode() for i in range(9)
) + b"]><d><p><t>&j;</t></p></d>"  # fmt: skip


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            lambda: zipped([("index.html", bytes(30_000_000))], compression=zipfile.ZIP_DEFLATED),
            "limit.ratio",
            id="bomb",
        ),
        pytest.param(lying, "input.damaged", id="lying size"),
        pytest.param(overlapping, "limit.overlap", id="overlap"),
        pytest.param(encrypted, "input.encrypted", id="encrypted"),
        pytest.param(lambda: zipped([(f"{i}", b"") for i in range(21_000)]), "limit.entries", id="entries"),
        pytest.param(lambda: zipped([("../../index.html", b"<html>")]), "input.zip", id="traversal"),
        pytest.param(lambda: zipped([("a.html", b"<html>x</html>")])[:-30], "input.damaged", id="cut"),
        pytest.param(lambda: zipped([("word/document.xml", b"x")]), "input.damaged", id="docx of junk"),
        pytest.param(lambda: zipped([("word/document.xml", LAUGHS)]), "input.docx", id="docx of entities"),
        pytest.param(lambda: zipped([("mimetype", b"application/epub+zip")]), "input.epub", id="epub"),
        pytest.param(lambda: zipped([("datapackage.json", b"{}")]), "input.wacz", id="wacz without warc"),
        pytest.param(lambda: wacz(b"no archive"), "input.no-page", id="wacz with junk"),
    ],
)
def test_hostile_zips_end_in_a_code(tmp_path, body, expected):
    found = items(tmp_path, body())
    assert not [item for item in found if isinstance(item, Capture)]
    assert expected in codes(found)


def test_the_pages_of_a_wacz_are_those_that_it_lists(tmp_path):
    found = items(tmp_path, wacz(pages=["https://news.example/1", "file:///screenshot.png"]))
    assert [item.url for item in found if isinstance(item, Capture)] == ["https://news.example/1"]
    assert {item.code for item in found if isinstance(item, Unreadable)} >= {"record.not-listed"}
    found = items(tmp_path, wacz(pages=[]))
    assert len([item for item in found if isinstance(item, Capture)]) == 3
    found = items(tmp_path, wacz(main="https://news.example/2"))
    assert [item.url for item in found if isinstance(item, Capture)] == ["https://news.example/2"]


@pytest.mark.parametrize("part", range(1, 7))
def test_a_wacz_without_its_end_gives_the_records_that_are_whole(tmp_path, part):
    body = wacz()
    end = body.find(b"pages/pages.jsonl") - 30
    found = items(tmp_path, body[: end * part // 6])
    assert codes(found)
    if part == 6:
        assert len({item.url for item in found if isinstance(item, Capture)}) == 3


def test_nothing_is_written_to_disk(tmp_path):
    (tmp_path / "in").mkdir()
    items(
        tmp_path / "in",
        zipped([("../evil.html", b"<html>"), ("/abs.html", b"<html>"), ("index.html", b"<html>x</html>")]),
    )
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["in", "x"]


# --- property lists, XML, JSON ------------------------------------------------------------------------------------------


def webarchive(**extra):
    main = {
        "WebResourceData": b"<html><p>x</p></html>",
        "WebResourceMIMEType": "text/html",
        "WebResourceURL": "https://news.example/1",
    }
    return {"WebMainResource": main} | extra


def dag(levels):
    """A list that holds the next one twice, and so on: few bytes, 2 to the power of `levels` paths."""
    node = ["end"]
    for _ in range(levels):
        node = [node, node]
    return node


def cycle():
    node = []
    node.append(node)
    return node


@pytest.mark.parametrize("parts", [dag(100), cycle()], ids=["graph", "cycle"])
def test_a_webarchive_with_a_graph_of_parts_gives_its_page(tmp_path, parts):
    (only,) = items(tmp_path, plistlib.dumps(webarchive(WebSubresources=parts), fmt=plistlib.FMT_BINARY))
    assert only.url == "https://news.example/1"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"bplist00" + b"\xff" * 60 + b"WebMainResource", "input.damaged"),
        (
            plistlib.dumps({"WebMainResource": {"WebResourceData": b"x", "WebResourceMIMEType": "image/png"}}),
            "input.no-page",
        ),
        (plistlib.dumps({"WebMainResource": "no dictionary"}), "input.no-page"),
        (
            b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "aaaa">]><plist><string>WebMainResource&a;</string></plist>',
            "input.damaged",
        ),
        (b'[{"a":' * 200_000, "input.damaged"),
        (b'{"log": {"entries": [1, {"request": {}}]}}', None),
        (b'{"a": 1}', "input.json"),
        (b"<?xml version='1.0'?><x/>", "input.xml"),
        (b"<en-export><note><content>x</note>", "input.damaged"),
        (
            b'<!DOCTYPE en-export [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><en-export><note><title>&b;</title></note></en-export>',
            "limit.entities",
        ),
        (b"<rss><channel></channel></rss>", "input.no-page"),
        (b"<PPSResponse></PPSResponse>", "input.no-page"),
        (b"<html><!-- <DOCFULL> --></html>", "input.no-page"),
    ],
)
def test_broken_data_ends_in_a_code(tmp_path, body, code):
    found = items(tmp_path, body)
    assert not [item for item in found if isinstance(item, Capture)]
    assert codes(found) == ([code] if code else [])


def test_entities_of_a_feed_are_not_expanded(tmp_path):
    feed = b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "bbb">]><rss><channel><item><title>&a;&b;</title><description>%s</description></item></channel></rss>'
    found = items(tmp_path, feed % (b"&lt;p&gt;text&lt;/p&gt; " * 200))
    assert all("bbb" not in repr(item.stated) for item in found if isinstance(item, Capture))


def test_a_broken_pdf_ends_in_a_code_and_prints_nothing(tmp_path, capfd):
    pytest.importorskip("pypdf")
    for body in (
        b"%PDF-1.4\n1 0 obj\n<< /Type /\x1b[31mCatalog",
        b"%PDF-1.7\n" + b"x" * 500 + b"\nstartxref\n5\n%%EOF",
    ):
        assert codes(items(tmp_path, body)) in (["input.damaged"], ["input.no-text"])
    assert capfd.readouterr() == ("", "")


# --- anything at all ----------------------------------------------------------------------------------------------------

STARTS = [
    b"", b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"filedesc://a 0 20200101000000 text/plain 5\n", b"PK\x03\x04", b"%PDF-1.4", b"bplist00WebMainResource",
    b"From: <Saved by Blink>\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n", b"{\"log\":{\"entries\":[", b"<rss>", b"<en-export>", b"<PPSResponse>",
    b"HTTP/1.1 200 OK\r\n", b"interactions:\n- request:\n", b"<html>", b"---\n", b"1 of 2 DOCUMENTS\n", b"_" * 60 + b"\nFull text: ", GOOD[:700],
]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=400))
def test_whatever_the_bytes_are_the_answer_is_a_stream_of_items(start, rest):
    for item in open_captures("-", stdin=io.BytesIO(start + rest)):
        assert isinstance(item, Capture | Unreadable)
        assert isinstance(item, Capture) or (item.code and item.message)
