"""Which records of an archive are pages, and what is told of them."""

from __future__ import annotations

import base64
import gzip
import hashlib
import time

import pytest

from provenance.model import Capture, Unreadable
from provenance.sources import open_captures

HTML = b"<!DOCTYPE html><html><body><h1>Ferry returns</h1></body></html>"
URL = "https://news.example/ferry"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nSet-Cookie: secret=1\r\n\r\n"


def record(
    kind,
    block,
    url=URL,
    number=1,
    date="2024-03-01T10:05:06Z",
    content_type="application/http; msgtype=response",
    **headers,
):
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{number}>",
        "WARC-Date": date,
        "Content-Type": content_type,
        "Content-Length": str(len(block)),
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    if url:
        fields["WARC-Target-URI"] = url
    return (
        b"WARC/1.1\r\n"
        + "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
        + b"\r\n"
        + block
        + b"\r\n\r\n"
    )


def request(dest, number=2, to=1, url=URL):
    block = f"GET / HTTP/1.1\r\nHost: news.example\r\nCookie: session=secret\r\n{dest}\r\n".encode()
    return record(
        "request",
        block,
        url,
        number,
        content_type="application/http; msgtype=request",
        WARC_Concurrent_To=f"<urn:uuid:{to}>",
    )


def sha1(data):
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def items(tmp_path, *records, gz=True):
    body = b"".join(gzip.compress(item, mtime=0) if gz else item for item in records)
    (tmp_path / "a.warc").write_bytes(body)
    return list(open_captures(str(tmp_path / "a.warc")))


def captures(found):
    return [item for item in found if isinstance(item, Capture)]


def reasons(found):
    return [item.code for item in found if isinstance(item, Unreadable)]


def test_what_a_capture_tells(tmp_path):
    info = record(
        "warcinfo",
        b"software: own crawler 1.0\r\nhostname: secret-host\r\nip: 203.0.113.7\r\noperator: somebody\r\n",
        None,
        9,
    )
    (page,) = items(
        tmp_path,
        info,
        record("response", OK + HTML, WARC_Payload_Digest=sha1(HTML), WARC_IP_Address="203.0.113.8"),
        request(""),
    )
    assert (page.url, page.captured, page.charset, page.body) == (URL, "2024-03-01T10:05:06Z", "utf-8", HTML)
    assert page.headers == (("content-type", "text/html; charset=utf-8"),)
    (layer,) = page.layers
    detail = dict(layer.detail)
    assert (layer.kind, layer.url, layer.time_kind) == ("warc", URL, "capture")
    assert detail["record-id"] == "urn:uuid:1"
    assert detail["payload-digest"] == sha1(HTML)
    assert detail["tool"] == "own crawler 1.0"
    with open(tmp_path / "a.warc", "rb") as file:
        file.seek(int(detail["offset"]))
        assert b"urn:uuid:1" in gzip.decompress(file.read())
    told = repr(page) + repr(page.layers) + repr(page.headers) + repr(page.notes)
    for secret in ("203.0.113", "secret", "somebody", "session"):
        assert secret not in told


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((), (request("Sec-Fetch-Dest: iframe\r\n"),)),
        ((request("sec-fetch-dest: empty\r\n", number=0, to=99),), ()),
        ((), (request("X-Requested-With: XMLHttpRequest\r\n"),)),
        (
            (),
            (
                record(
                    "metadata",
                    b"hopsFromSeed: LLE\r\nvia: https://news.example/\r\n",
                    URL,
                    3,
                    content_type="application/warc-fields",
                    WARC_Concurrent_To="<urn:uuid:1>",
                ),
            ),
        ),
    ],
    ids=["frame", "request first", "script", "crawler's note"],
)
def test_what_was_loaded_as_a_part_is_no_page(tmp_path, before, after):
    found = items(
        tmp_path,
        *before,
        record("response", OK + HTML),
        *after,
        record("response", OK + HTML, "https://news.example/next", 7),
    )
    assert reasons(found) == ["record.part"]
    assert [page.url for page in captures(found)] == ["https://news.example/next"]


@pytest.mark.parametrize("dest", ["Sec-Fetch-Dest: document\r\n", "", "Referer: https://news.example/\r\n"])
def test_what_was_asked_for_as_a_document_is_a_page(tmp_path, dest):
    assert len(captures(items(tmp_path, record("response", OK + HTML), request(dest)))) == 1


@pytest.mark.parametrize(
    ("block", "url", "code"),
    [
        (b"HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\nLocation: /x\r\n\r\n" + HTML, URL, "record.status"),
        (b"HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\n\r\n" + HTML, URL, "record.status"),
        (b"HTTP/1.1 206 Partial\r\nContent-Type: text/html\r\n\r\n" + HTML, URL, "record.status"),
        (b"HTTP/1.1 202 Accepted\r\nContent-Type: text/html\r\n\r\n" + HTML, URL, "record.status"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG", URL, "record.not-html"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{}", URL, "record.not-html"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{\"a\": 1}", URL, "record.not-html"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", URL, "record.empty"),
        (OK + b"<html>User-agent: *</html>", "https://news.example/robots.txt", "record.robots"),
        (OK + b"<html><script>window._cf_chl_opt={}</script></html>", URL, "record.challenge"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\ncf-mitigated: challenge\r\n\r\n" + HTML, URL, "record.challenge"),
        (OK + HTML, "dns:news.example", "record.address"),
        (OK + HTML, "file:///C:/cap.html", "record.address"),
        (b"SSH-2.0-OpenSSH", URL, "record.not-page"),
    ],
)  # fmt: skip
def test_what_is_no_page_is_passed_over_with_its_reason(tmp_path, block, url, code):
    (item,) = items(tmp_path, record("response", block, url))
    assert (item.code, item.skipped) == (code, True)
    assert item.message


def test_a_long_page_that_loads_a_protection_script_is_a_page(tmp_path):
    body = HTML.replace(b"</body>", b"<p>text</p>" * 9000 + b"<script>window._cf_chl_opt={}</script></body>")
    assert len(captures(items(tmp_path, record("response", OK + body)))) == 1


def test_wget_writes_its_address_in_brackets(tmp_path):
    (page,) = items(tmp_path, record("response", OK + HTML, f"<{URL}>"))
    assert page.url == URL


def test_a_date_that_is_none_is_noted(tmp_path):
    (page,) = items(tmp_path, record("response", OK + HTML, date="2008-10-294T05:21:46-0700"))
    assert page.captured is None
    assert [note.code for note in page.notes] == ["capture.time"]


def test_a_page_stored_as_resource(tmp_path):
    (page,) = items(tmp_path, record("resource", HTML, content_type="text/html; charset=koi8-r"))
    assert (page.body, page.charset) == (HTML, "koi8-r")


def test_a_page_whose_http_header_alone_is_damaged_is_given_with_a_note(tmp_path):
    block = OK + HTML
    (page,) = items(
        tmp_path,
        record("response", block, WARC_Block_Digest=sha1(block + b"x"), WARC_Payload_Digest=sha1(HTML)),
        gz=False,
    )
    assert page.body == HTML
    assert [note.code for note in page.notes] == ["archive.header"]
    (item,) = items(
        tmp_path,
        record("response", block, WARC_Block_Digest=sha1(block + b"x"), WARC_Payload_Digest=sha1(HTML + b"x")),
        gz=False,
    )
    assert item.code == "archive.damaged"
    assert URL in item.message
    assert "2024-03-01T10:05:06Z" in item.message


PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


@pytest.mark.parametrize("gz", [True, False])
def test_a_revisit_gives_the_page_again_with_its_own_address_and_moment(tmp_path, gz):
    first = record("response", OK + HTML, WARC_Payload_Digest=sha1(HTML))
    again = record(
        "revisit",
        b"HTTP/1.1 200 OK\r\n\r\n",
        number=2,
        date="2025-01-01T00:00:00Z",
        WARC_Profile=PROFILE,
        WARC_Payload_Digest=sha1(HTML),
    )
    other = record(
        "revisit",
        b"",
        "https://news.example/copy",
        3,
        WARC_Profile=PROFILE,
        WARC_Refers_To_Target_URI=URL,
        WARC_Refers_To_Date="2024-03-01T10:05:06Z",
    )
    unknown = record(
        "revisit", b"", "https://news.example/gone", 4, WARC_Profile=PROFILE, WARC_Payload_Digest=sha1(b"other")
    )
    found = items(tmp_path, first, again, other, unknown, gz=gz)
    assert [(page.url, page.captured, page.body) for page in captures(found)] == [
        (URL, "2024-03-01T10:05:06Z", HTML),
        (URL, "2025-01-01T00:00:00Z", HTML),
        ("https://news.example/copy", "2024-03-01T10:05:06Z", HTML),
    ]
    assert dict(captures(found)[1].layers[0].detail)["refers-to"] == "urn:uuid:1"
    assert reasons(found) == ["record.revisit"]


def test_a_replay_page_inside_an_archive_is_undone_too(tmp_path):
    memento = f"https://web.archive.org/web/20200101000000/{URL}"
    (page,) = items(tmp_path, record("response", OK + HTML, memento))
    assert (page.url, page.archive_url, page.captured, page.replay) == (URL, memento, "2020-01-01T00:00:00Z", "wayback")


def arc(version):
    body = b"HTTP/1.0 200 OK\nContent-Type: text/html\n\n" + HTML
    head = {
        1: b"1 0 Own\nURL IP-address Archive-date Content-type Archive-length\n",
        2: b"2 0 Own\nURL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename Archive-length\n",
    }[version]
    lines = {
        1: b"%s 192.0.2.1 20240301100506 text/html %d\n",
        2: b"%s 192.0.2.1 20240301100506 text/html 200 abc - 200 a.arc %d\n",
    }
    first = b"filedesc://a.arc 0.0.0.0 20240301100506 text/plain %d\n" % len(head)
    return first + head + b"\n" + lines[version] % (b"http://news.example/with space", len(body)) + body + b"\n"


@pytest.mark.parametrize("version", [1, 2])
def test_arc_of_both_versions(tmp_path, version):
    (page,) = items(tmp_path, arc(version), gz=False)
    assert (page.url, page.captured, page.body) == ("http://news.example/with%20space", "2024-03-01T10:05:06Z", HTML)
    assert page.layers[0].kind == "arc"
    assert "192.0.2.1" not in repr(page.layers)


def test_an_archive_of_requests_alone_says_so(tmp_path):
    (item,) = items(tmp_path, request(""))
    assert (item.code, item.skipped) == ("input.no-page", False)


MEMBERS = [gzip.compress(part, mtime=0) for part in (HTML[:30], HTML[30:])]


@pytest.mark.parametrize(
    ("coded", "body", "notes"),
    [
        (b"".join(MEMBERS), HTML, []),
        (b"".join([gzip.compress(b"", mtime=0), *MEMBERS]), HTML, []),
        (b"".join([*MEMBERS, bytes(500)]), HTML, []),
        (b"".join([*MEMBERS, b"<!-- 20 ms -->"]), HTML, ["content.coding"]),
        (b"".join(MEMBERS)[:-4], HTML, ["input.truncated"]),
        (MEMBERS[0] + b"\x1f\x8bno member", HTML[:30], ["input.truncated"]),
    ],
)
def test_every_member_of_a_gzipped_body_is_read(tmp_path, coded, body, notes):
    head = OK.replace(b"Set-Cookie: secret=1", b"Content-Encoding: gzip").replace(b"200 OK", b"203 Changed on the way")
    (page,) = items(tmp_path, record("response", head + coded))
    assert (page.body, [note.code for note in page.notes]) == (body, notes)


def test_many_small_members_cost_no_more_than_their_bytes():
    from provenance.limits import LIMITS
    from provenance.sources.content import Message, decoded

    def seconds(count):
        body = gzip.compress(b"x", mtime=0) * count
        began = time.process_time()
        plain, notes = decoded(Message(200, (("content-encoding", "gzip"),), body), LIMITS)
        assert (len(plain), notes) == (count, ())
        return time.process_time() - began

    few, many = (min(seconds(count) for _ in range(3)) for count in (20_000, 200_000))
    assert many < 40 * few
