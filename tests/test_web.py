"""Fetching one address: what comes back, what is refused, and that nothing hangs."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import pytest

from provenance.limits import LIMITS
from provenance.model import Capture, Unreadable
from provenance.sources.answers import raw_memento
from provenance.sources.web import Fetcher, FetchOptions, fetch_captures
from tests.loopback import (
    NETWORK,
    Server,
    answer,
    chunked,
    drip,
    endless,
    gzip_bomb,
    hang,
    page,
    raw,
    redirect,
    serving,
)

QUICK = replace(LIMITS, connect_seconds=1.0, read_seconds=1.0, total_seconds=1.5, http_bytes=2_000_000)
OPTIONS = FetchOptions(allow_networks=NETWORK, delay=0.0, retries=1, limits=QUICK)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def get(url: str, **options: object) -> Capture | Unreadable:
    (item,) = fetch_captures(url, replace(OPTIONS, **options))  # type: ignore[arg-type]
    return item


def test_a_page_comes_with_its_address_time_and_harmless_headers_only(server: Server) -> None:
    headers = {
        "Set-Cookie": "session=secret",
        "Last-Modified": "Tue, 05 Mar 2024 10:00:00 GMT",
        "X-Your-IP": "198.51.100.7",
    }
    server.routes["/a"] = answer(page(1), headers=headers, kind="text/html; charset=ISO-8859-1")
    item = get(server.url("/a#part"))
    assert isinstance(item, Capture)
    assert item.body == page(1)
    assert (item.url, item.media_type, item.charset) == (server.url("/a"), "text/html", "ISO-8859-1")
    assert item.captured is not None
    assert item.captured.endswith("Z")
    assert dict(item.headers)["last-modified"].startswith("Tue")
    assert not {name.lower() for name, _ in item.headers} & {"set-cookie", "x-your-ip"}


def test_redirects_are_kept_in_order_and_the_last_address_is_the_pages(server: Server) -> None:
    server.routes |= {
        "/old": redirect("/newer", "301 Moved"),
        "/newer": redirect(server.url("/new")),
        "/new": answer(page(2)),
    }
    item = get(server.url("/old"))
    assert isinstance(item, Capture)
    assert item.url == server.url("/new")
    assert [(layer.kind, layer.url) for layer in item.layers] == [
        ("redirect", server.url("/old")),
        ("redirect", server.url("/newer")),
        ("http", server.url("/new")),
    ]


@pytest.mark.parametrize(
    ("place", "asked"),
    [
        ("/two words", "/two%20words"),
        (" /padded ", "/padded"),
        ("/caf\u00c3\u00a9 noir?a=b c", "/caf%C3%A9%20noir?a=b%20c"),
    ],
)
def test_a_redirect_with_blanks_is_followed_as_browsers_follow_it(server: Server, place: str, asked: str) -> None:
    server.routes |= {"/old": redirect(place), asked: answer(page(2))}
    item = get(server.url("/old"))
    assert isinstance(item, Capture), item
    assert item.url == server.url(asked) or "caf" in asked


@pytest.mark.parametrize(
    "body", [chunked(page(3)), answer(__import__("gzip").compress(page(3)), headers={"Content-Encoding": "gzip"})]
)
def test_transfer_and_content_codings_are_taken_off(server: Server, body: object) -> None:
    server.routes["/a"] = body  # type: ignore[assignment]
    item = get(server.url("/a"))
    assert isinstance(item, Capture)
    assert item.body == page(3)


BAD = {
    "hang": (hang, "fetch.timeout"),
    "slow-head": (drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"), "fetch.timeout"),
    "slow-body": (drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>", b"a"), "fetch.timeout"),
    "endless": (endless, "limit.bytes"),
    "bomb": (gzip_bomb(60_000_000), "limit.bytes"),
    "circle": (redirect("/circle"), "fetch.redirect"),
    "file": (redirect("file:///etc/passwd"), "fetch.url"),
    "inside": (redirect("http://127.0.0.1/"), "fetch.refused-address"),
    "metadata": (redirect("//169.254.169.254/latest"), "fetch.refused-address"),
    "error": (answer(b"sorry", "500 Internal Server Error"), "fetch.status"),
    "gone": (answer(b"sorry", "404 Not Found"), "fetch.status"),
    "pdf": (answer(b"%PDF-1.7 ...", kind="application/pdf"), "fetch.type"),
    "hidden-pdf": (answer(b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", kind="text/html"), "fetch.type"),
    "warc": (answer(b"WARC/1.1\r\nWARC-Type: warcinfo\r\n", kind="application/warc"), "fetch.type"),
    "empty": (answer(b""), "fetch.empty"),
    "short": (
        raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<html>half"),
        "fetch.incomplete",
    ),
    "cut-chunk": (
        raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n<html>"),
        "fetch.incomplete",
    ),
    "not-gzip": (answer(b"<html>plain", headers={"Content-Encoding": "gzip"}), "fetch.encoding"),
    "gzip-cut": (
        answer(__import__("gzip").compress(page(3))[:-30], headers={"Content-Encoding": "gzip"}),
        "fetch.encoding",
    ),
    "unknown-coding": (answer(page(3), headers={"Content-Encoding": "compress"}), "fetch.encoding"),
    "codings": (answer(b"<html>plain", headers={"Content-Encoding": ", ".join(["gzip"] * 4)}), "limit.codings"),
    "no-http": (raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), "fetch.answer"),
    "two-lengths": (
        raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\n<html>"),
        "fetch.answer",
    ),
    "nul": (raw(b"HTTP/1.1 200 O\0K\r\nCont\0ent: a\r\n\r\n"), "fetch.empty"),
    "closed": (raw(b""), "fetch.connection"),
    "headers": (raw(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 300 + b"\r\n"), "fetch.answer"),
}


@pytest.mark.parametrize("name", BAD)
def test_every_bad_answer_has_its_code_and_advice_and_ends_in_time(server: Server, name: str) -> None:
    server.routes[f"/{name}"], code = BAD[name]
    began = time.monotonic()
    item = get(server.url(f"/{name}"), retries=0)
    assert isinstance(item, Unreadable)
    assert item.code == code, item.message
    assert item.message
    assert time.monotonic() - began < 10  # a hang would be 30


def test_the_ratio_of_a_bomb_is_named(server: Server) -> None:
    server.routes["/a"] = gzip_bomb(30_000_000)
    item = get(
        server.url("/a"), limits=replace(QUICK, http_bytes=60_000_000, ratio_from_bytes=1_000_000, total_seconds=20)
    )
    assert isinstance(item, Unreadable)
    assert item.code == "limit.ratio"


def test_ten_redirects_are_followed_and_eleven_are_not(server: Server) -> None:
    server.routes |= {f"/{n}": redirect(f"/{n + 1}") for n in range(20)} | {"/20": answer(page(1))}
    assert isinstance(get(server.url("/10")), Capture)
    item = get(server.url("/9"))
    assert isinstance(item, Unreadable)
    assert item.code == "fetch.redirect"


def test_the_body_of_a_redirect_is_never_unpacked(server: Server) -> None:
    bomb = __import__("gzip").compress(bytes(200_000_000), 1)
    server.routes |= {
        "/a": answer(bomb, "302 Found", {"Location": "/b", "Content-Encoding": "gzip"}),
        "/b": answer(page(1)),
    }
    tracemalloc.start()
    item = get(server.url("/a"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(item, Capture)
    assert peak < 50_000_000


def test_an_unknown_host_is_said_to_be_unknown() -> None:
    item = get("http://no-such-host.invalid/")
    assert isinstance(item, Unreadable)
    assert item.code == "fetch.dns"


def test_nobody_listens() -> None:
    with serving() as server:
        url = server.url("/")
    item = get(url, retries=0)
    assert isinstance(item, Unreadable)
    assert item.code == "fetch.connection"


def test_a_server_that_asks_for_patience_is_asked_again(server: Server) -> None:
    answers = [answer(b"busy", "503 Service Unavailable", {"Retry-After": "0"}), answer(page(4))]
    server.routes["/a"] = lambda connection: answers.pop(0)(connection)
    assert isinstance(get(server.url("/a")), Capture)
    assert server.paths().count("/a") == 2


def test_a_server_that_asks_for_too_much_patience_is_left_alone(server: Server) -> None:
    server.routes["/a"] = answer(b"busy", "429 Too Many Requests", {"Retry-After": "86400"})
    item = get(server.url("/a"))
    assert isinstance(item, Unreadable)
    assert item.code == "fetch.status"
    assert "86400" in item.message
    assert server.paths().count("/a") == 1


ROBOTS = b"User-agent: *\nDisallow: /private\n"


@pytest.mark.parametrize(
    ("robots", "ignored", "code"),
    [
        (answer(ROBOTS, kind="text/plain"), False, "fetch.robots"),
        (answer(ROBOTS, kind="text/plain"), True, None),
        (answer(b"down", "503 Service Unavailable"), False, "fetch.robots"),
        (answer(b"none", "404 Not Found"), False, None),
        (redirect("/other-robots"), False, "fetch.robots"),
        (redirect("/robots.txt"), False, None),
    ],
)
def test_robots_txt_is_honoured(server: Server, robots: object, ignored: bool, code: str | None) -> None:
    server.routes |= {
        "/robots.txt": robots,
        "/other-robots": answer(ROBOTS, kind="text/plain"),
        "/private/a": answer(page(1)),
    }  # type: ignore[dict-item]
    item = get(server.url("/private/a"), ignore_robots=ignored)
    assert getattr(item, "code", None) == code
    assert ("/private/a" in server.paths()) == (code is None)
    assert not (ignored and "/robots.txt" in server.paths())


def test_no_cookie_proxy_or_password_of_the_environment_is_used(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    netrc = tmp_path / "netrc"  # type: ignore[operator]
    netrc.write_text("machine 127.0.0.2 login me password secret")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    monkeypatch.setenv("all_proxy", "http://127.0.0.1:9/")
    server.routes |= {"/a": answer(b"", "302 Found", {"Location": "/b", "Set-Cookie": "id=1"}), "/b": answer(page(1))}
    assert isinstance(get(server.url("/a")), Capture)
    sent = b"".join(server.requests).lower()
    assert b"cookie" not in sent
    assert b"authorization" not in sent


def test_an_archived_copy_is_asked_for_raw_and_both_addresses_are_kept(server: Server) -> None:
    moment = "Thu, 20 May 2021 10:11:12 GMT"
    original = "http://gazette.example/story?a=1"
    raw_path = f"/web/20210520101112id_/{original}"
    memento = {"Memento-Datetime": moment, "Link": f'<{original}>; rel="original", <http://x.example/>; rel="timegate"'}
    server.routes |= {"/web/2021id_/" + original: redirect(raw_path), raw_path: answer(page(1), headers=memento)}
    item = get(server.url("/web/2021/" + original))
    assert isinstance(item, Capture)
    assert item.url == original
    assert item.archive_url == server.url(f"/web/20210520101112id_/{original}")
    assert item.captured == "2021-05-20T10:11:12Z"
    assert item.replay is None


def test_an_address_that_only_looks_archived_is_read_as_it_is(server: Server) -> None:
    server.routes["/2021/http://a.example/"] = answer(page(1))
    item = get(server.url("/2021/http://a.example/"))
    assert isinstance(item, Capture)
    assert item.url == server.url("/2021/http://a.example/")
    assert item.archive_url is None


def test_forms_of_archive_addresses() -> None:
    assert (
        raw_memento("https://archive.example/web/20210520im_/https://a.example/x")
        == "https://archive.example/web/20210520id_/https://a.example/x"
    )
    assert raw_memento("https://archive.example/wayback/20210520101112/https://a.example/x") is not None
    assert raw_memento("https://a.example/2021/05/20/story") is None


def test_one_fetcher_asks_robots_once(server: Server) -> None:
    server.routes |= {"/robots.txt": answer(ROBOTS, kind="text/plain"), "*": answer(page(1))}
    fetcher = Fetcher(OPTIONS)
    for n in range(3):
        assert fetcher.visit(server.url(f"/{n}")).problem is None
    fetcher.close()
    assert server.paths() == ["/robots.txt", "/0", "/1", "/2"]
