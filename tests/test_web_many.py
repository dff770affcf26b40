"""Many addresses: politeness, order, and the WARC that is kept."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from provenance.errors import FetchError, OptionError, OutputError
from provenance.limits import LIMITS
from provenance.model import Capture, Unreadable
from provenance.sources import open_captures
from provenance.sources.crowd import fetch_many
from provenance.sources.keeping import Existing, capture, warcinfo_member
from provenance.sources.politeness import Manners, RobotsAnswer, pause_before
from provenance.sources.web import FetchOptions, fetch_captures
from tests.loopback import Server, answer, chunked, gzip_bomb, hang, page, redirect, serving

QUICK = replace(LIMITS, connect_seconds=1.0, read_seconds=1.0, total_seconds=2.0, http_bytes=2_000_000)
OPTIONS = FetchOptions(allow_networks=("127.0.0.2/32", "127.0.0.3/32"), delay=0.0, retries=0, limits=QUICK)
TOOLS = Path(__file__).resolve().parent.parent / ".tools"
INDEXERS = [os.environ.get("CDX_INDEXER", ""), str(TOOLS / "pywb" / "bin" / "cdx-indexer")]


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds


def test_one_host_is_asked_once_a_second_and_another_at_once() -> None:
    clock = Clock()
    manners = Manners(FetchOptions(), clock, clock.sleep)
    moments = []
    for url in ["http://a.example/1", "https://a.example/2", "http://b.example/1", "http://a.example/3"]:
        with manners.turn(url):
            moments.append(clock.time)
    assert moments == [100.0, 101.0, 101.0, 102.0]


@pytest.mark.parametrize(
    ("line", "pause"),
    [("Crawl-delay: 7", 7), ("Request-rate: 1/20", 20), ("Crawl-delay: 0.1", 1), ("Crawl-delay: 99999", 600)],
)
def test_a_longer_pause_that_robots_txt_asks_for_is_kept(line: str, pause: float) -> None:
    clock = Clock()
    manners = Manners(FetchOptions(), clock, clock.sleep)
    manners.check_robots("http://a.example/1", lambda url: RobotsAnswer(200, f"User-agent: *\n{line}\n"))
    for _ in range(2):
        with manners.turn("http://a.example/1"):
            pass
    assert clock.time == 100.0 + pause


def test_robots_txt_is_asked_for_once_a_day_and_per_origin() -> None:
    clock = Clock()
    manners = Manners(FetchOptions(), clock, clock.sleep)
    asked: list[str] = []

    def ask(url: str) -> RobotsAnswer:
        asked.append(url)
        return RobotsAnswer(200, "User-agent: news-provenance\nDisallow: /no")

    for url in ["http://a.example/1", "http://a.example/2", "https://a.example/1", "http://a.example:81/1"]:
        manners.check_robots(url, ask)
    assert asked == ["http://a.example/robots.txt", "https://a.example/robots.txt", "http://a.example:81/robots.txt"]
    with pytest.raises(FetchError, match="forbids"):
        manners.check_robots("http://a.example/no", ask)
    clock.time += 25 * 3600
    manners.check_robots("http://a.example/1", ask)
    assert len(asked) == 4


def test_retry_after_is_read_in_both_forms() -> None:
    assert pause_before(0, "12") == 12
    assert pause_before(0, "Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert [pause_before(n, None) for n in (0, 1, 9)] == [1, 4, 60]
    assert pause_before(0, "soon") == 1


def test_arrivals_on_one_host_keep_the_pause_while_hosts_run_side_by_side() -> None:
    with serving({"*": answer(page(1))}) as one, serving({"*": answer(page(1))}, "127.0.0.3") as two:
        urls = [
            server.url(f"/{n}", host) for n in range(4) for server, host in ((one, "127.0.0.2"), (two, "127.0.0.3"))
        ]
        visits = list(fetch_many(urls, replace(OPTIONS, delay=0.6)))
    assert [visit.locator for visit in visits] == urls
    for server in (one, two):
        moments = [moment for moment, _ in server.seen]
        # half the pause: a busy machine may note an arrival late, but without a pause they come within milliseconds
        assert all(later - earlier >= 0.3 for earlier, later in pairwise(moments))
    assert min(two.seen)[0] < max(one.seen)[0]
    assert min(one.seen)[0] < max(two.seen)[0]


def test_a_list_with_every_fault_gives_each_its_own_code_and_every_good_page(server: Server) -> None:
    server.routes |= {f"/good/{n}": answer(page(n)) for n in range(200)}
    server.routes |= {
        "/hang": hang,
        "/bomb": gzip_bomb(60_000_000),
        "/circle": redirect("/circle"),
        "/inside": redirect("http://127.0.0.1/"),
        "/error": answer(b"sorry", "500 Internal Server Error"),
        "/pdf": answer(b"%PDF-1.7", kind="application/pdf"),
        "/empty": answer(b""),
    }
    bad = [server.url(path) for path in server.routes if not path.startswith("/good")] + [
        "http://no-such-host.invalid/"
    ]
    good = [server.url(f"/good/{n}") for n in range(200)]
    urls = good[:50] + bad + good[50:]
    began = time.monotonic()
    items = [item for url, visit in zip(urls, fetch_many(urls, OPTIONS), strict=True) for item in [(url, visit)]]
    assert time.monotonic() - began < 120, "the run hung"
    problems = {url: visit.problem.code for url, visit in items if visit.problem}
    assert sorted(problems) == sorted(bad)
    assert Counter(problems.values()) == Counter(
        [
            "fetch.timeout",
            "limit.bytes",
            "fetch.redirect",
            "fetch.refused-address",
            "fetch.status",
            "fetch.type",
            "fetch.empty",
            "fetch.dns",
        ]
    )
    assert [visit.body for url, visit in items if url in set(good)] == [page(n) for n in range(200)]


@pytest.fixture
def kept(server: Server, tmp_path: Path) -> tuple[Path, list[Capture | Unreadable]]:
    memento = {
        "Memento-Datetime": "Thu, 20 May 2021 10:11:12 GMT",
        "Link": '<http://gazette.example/s>; rel="original"',
    }
    server.routes |= {
        "/a": answer(page(1), kind="text/html; charset=utf-8"),
        "/old": redirect("/b"),
        "/b": chunked(page(2)),
        "/c": answer(
            b"".join(__import__("gzip").compress(part) for part in (page(3)[:90], page(3)[90:])),
            "203 Non-Authoritative Information",
            headers={"Content-Encoding": "gzip"},
        ),
        "/gone": answer(b"<html>gone", "404 Not Found"),
        "/web/20210520101112id_/http://gazette.example/s": answer(page(4), headers=memento),
    }
    urls = [server.url(path) for path in ("/a", "/old", "/c", "/gone", "/web/2021/http://gazette.example/s")]
    server.routes["/web/2021id_/http://gazette.example/s"] = redirect("/web/20210520101112id_/http://gazette.example/s")
    heard: list[Capture | Unreadable] = []
    result = capture(urls, tmp_path / "kept.warc.gz", OPTIONS, heard.append)
    assert (result.pages, result.failures) == (4, 1)
    return tmp_path / "kept.warc.gz", heard


def test_a_kept_warc_is_read_by_fastwarc_with_its_digests(kept: tuple[Path, list[Capture | Unreadable]]) -> None:
    from fastwarc.warc import ArchiveIterator

    with open(kept[0], "rb") as file:
        records = [
            (
                record.headers.get("WARC-Type"),
                record.headers.get("WARC-Target-URI"),
                record.verify_block_digest(),
                record.headers.get("WARC-Payload-Digest"),
            )
            for record in ArchiveIterator(file, parse_http=False, auto_decode="none")
        ]
    kinds = Counter(kind for kind, *_ in records)
    assert kinds == {"warcinfo": 1, "response": 7, "request": 7}
    assert records[0][0] == "warcinfo"
    for kind, address, block_is_right, payload in records[1:]:
        assert address
        assert block_is_right
        assert payload or kind != "response"


def test_a_kept_warc_gives_the_same_pages_again(kept: tuple[Path, list[Capture | Unreadable]]) -> None:
    path, heard = kept

    def facts(item: Capture) -> tuple[object, ...]:
        record = [value for layer in item.layers for name, value in layer.detail if name == "record-id"]
        return item.body, item.url, item.archive_url, item.captured, item.charset, item.media_type, record[-1:]

    live = [facts(item) for item in heard if isinstance(item, Capture)]
    again = [facts(item) for item in open_captures(str(path)) if isinstance(item, Capture)]
    assert again == live
    assert len(live) == 4


def test_a_kept_warc_is_indexed_by_pywb(kept: tuple[Path, list[Capture | Unreadable]], tmp_path: Path) -> None:
    indexer = next((path for path in INDEXERS if path and Path(path).exists()), None)
    if indexer is None:
        pytest.skip("pywb's cdx-indexer is not there: run tools/install_tools.sh, or name it in CDX_INDEXER")
    done = subprocess.run([indexer, "-j", "-s", str(kept[0])], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    lines = [json.loads(line[line.index("{") :]) for line in done.stdout.splitlines() if "{" in line]
    assert sorted(line["status"] for line in lines) == ["200"] * 3 + ["203", "302", "302", "404"]


def test_warcio_finds_no_fault(kept: tuple[Path, list[Capture | Unreadable]]) -> None:
    from warcio.checker import Checker

    checker = Checker(SimpleNamespace(inputs=[str(kept[0])], verbose=True))
    checker.process_all()
    assert checker.exit_value == 0


def test_a_warc_that_cannot_be_written_is_an_output_error(server: Server, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        capture([], tmp_path / "no" / "such" / "a.warc.gz", OPTIONS)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(OutputError, match="is no file"):
        capture([], Path("/dev/null"), OPTIONS)
    assert Path("/dev/null").is_char_device()


def kept_pages(path: Path) -> list[bytes]:
    """Bodies of the pages in a WARC, which an indifferent reader must find without fault."""
    from warcio.checker import Checker

    checker = Checker(SimpleNamespace(inputs=[str(path)], verbose=False))
    checker.process_all()
    assert checker.exit_value == 0
    return [item.body for item in open_captures(str(path)) if isinstance(item, Capture)]


def test_a_warc_that_is_there_is_replaced_or_appended_to_only_when_asked(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.touch()  # an empty file is no loss
    server.routes |= {f"/{n}": answer(page(n)) for n in range(3)}
    capture([server.url("/0")], path, OPTIONS)
    before = path.read_bytes()
    with pytest.raises(OptionError, match="exists"):
        capture([server.url("/1")], path, OPTIONS)
    assert "/1" not in server.paths()
    for existing in (Existing.APPENDED_TO, Existing.REPLACED):
        assert not capture(["http://no-such-host.invalid/"], path, OPTIONS, existing=existing).written
        assert path.read_bytes() == before, "nothing was fetched, so nothing is lost"
    capture([server.url("/1"), server.url("/gone")], path, OPTIONS, existing=Existing.APPENDED_TO)
    assert path.read_bytes().startswith(before)
    assert kept_pages(path) == [page(0), page(1)]
    capture([server.url("/2")], path, OPTIONS, existing=Existing.REPLACED)
    assert kept_pages(path) == [page(2)]
    assert [file.name for file in tmp_path.iterdir()] == ["a.warc.gz"]


def test_nothing_is_appended_to_what_is_no_packed_warc(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(page(1))
    with pytest.raises(OptionError, match="no gzipped WARC"):
        capture(["http://no-such-host.invalid/"], path, OPTIONS, existing=Existing.APPENDED_TO)
    assert path.read_bytes() == page(1)


@pytest.mark.parametrize("kind", ["text/plain", "text/markdown", "text/html"])
def test_a_page_of_text_is_read_back_from_its_warc(server: Server, tmp_path: Path, kind: str) -> None:
    text = b"# Ferry returns\n\nBy Ana Bell\n\nThe ferry is back on the lake after the storm of last winter.\n"
    body = page(1) if kind == "text/html" else text
    server.routes |= {"/a": answer(body, headers={"Content-Type": kind}), "/b": redirect("/a")}
    path = tmp_path / "a.warc.gz"
    capture([server.url("/b")], path, OPTIONS)
    (live,) = fetch_captures(server.url("/b"), OPTIONS)
    (kept,) = (item for item in open_captures(str(path)) if isinstance(item, Capture))
    assert isinstance(live, Capture)
    assert (kept.body, kept.media_type, kept.url) == (live.body, live.media_type, live.url)


def test_an_address_that_comes_again_is_fetched_once(server: Server, tmp_path: Path) -> None:
    server.routes["*"] = answer(page(1))
    named = [server.url("/a"), f" {server.url('/a')}", server.url("/a#end"), server.url("/b")]
    result = capture(named, tmp_path / "a.warc.gz", OPTIONS)
    assert (result.pages, result.repeated) == (2, 2)
    assert [path for path in server.paths() if path != "/robots.txt"] == ["/a", "/b"]


def test_evidence_of_a_fetched_page_leads_to_the_warc_that_was_kept(server: Server, tmp_path: Path) -> None:
    server.routes["/a"] = answer(page(1))
    asked = ["-o", "r.jsonl", "--evidence", "e.jsonl", "--keep", "k.warc.gz", "--allow-private", "--delay", "0"]
    for command in (["extract", server.url("/a"), *asked], ["verify", "r.jsonl", "--evidence", "e.jsonl"]):
        line = [sys.executable, "-m", "provenance", *command]
        done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert "1 record replayed" in done.stderr


def test_where_no_server_answers_no_file_is_written(tmp_path: Path) -> None:
    result = capture(["http://no-such-host.invalid/"], tmp_path / "a.warc.gz", OPTIONS)
    assert (result.failures, result.written) == (1, False)
    assert list(tmp_path.iterdir()) == []


def test_a_list_that_breaks_off_leaves_what_came_before(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provenance.sources.crowd.WINDOW", 1)
    server.routes["*"] = answer(page(1))

    def urls() -> Iterator[str]:
        yield from [server.url("/0"), server.url("/1")]
        raise OptionError("the list cannot be read")

    with pytest.raises(OptionError, match="cannot be read"):
        capture(urls(), tmp_path / "a.warc.gz", OPTIONS)
    assert kept_pages(tmp_path / "a.warc.gz") == [page(1)] * 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_leaves_the_visits_that_were_written_as_a_whole_file(
    server: Server, tmp_path: Path, number: signal.Signals
) -> None:
    server.routes |= {"*": answer(page(1)), "/hang": hang}
    urls = [server.url(path) for path in ("/0", "/1", "/hang", "/2")]
    command = [
        sys.executable,
        "-m",
        "provenance",
        "capture",
        *urls,
        "-o",
        "a.warc.gz",
        "--allow-private",
        "--delay",
        "0",
    ]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as running:
        until = time.monotonic() + 30
        while "/hang" not in server.paths() and time.monotonic() < until:
            time.sleep(0.02)
        assert running.stderr is not None
        said = [running.stderr.readline() for _ in range(2)]
        running.send_signal(number)
        said += running.stderr.readlines()
        assert running.wait(20) == 128 + number
    assert said[2:] == ["interrupted after 2 visits: what came of them is in a.warc.gz\n"]
    assert kept_pages(tmp_path / "a.warc.gz") == [page(1)] * 2
    assert [file.name for file in tmp_path.iterdir()] == ["a.warc.gz"]


def test_a_signal_between_two_visits_ends_the_run_before_the_next(server: Server, tmp_path: Path) -> None:
    server.routes["*"] = answer(page(1))
    path, before = tmp_path / "a.warc.gz", signal.getsignal(signal.SIGTERM)
    urls = [server.url(f"/{n}") for n in range(9)]
    result = capture(urls, path, OPTIONS, lambda item: signal.raise_signal(signal.SIGTERM))
    assert (result.pages, result.stopped_by) == (1, signal.SIGTERM)
    assert kept_pages(path) == [page(1)]
    assert signal.getsignal(signal.SIGTERM) is before


def test_an_early_signal_leaves_nothing_behind(server: Server, tmp_path: Path) -> None:
    server.routes["*"] = hang

    def urls() -> Iterator[str]:
        yield server.url("/0")
        signal.raise_signal(signal.SIGINT)
        yield server.url("/1")

    result = capture(urls(), tmp_path / "a.warc.gz", OPTIONS)
    assert (result.written, result.stopped_by) == (False, signal.SIGINT)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("output", [[], ["-o", "r.jsonl"]])
def test_extract_replaces_no_warc_that_it_was_not_told_to(server: Server, tmp_path: Path, output: list[str]) -> None:
    server.routes["/a"] = answer(page(1))
    precious = warcinfo_member("k.warc.gz", OPTIONS)
    (tmp_path / "k.warc.gz").write_bytes(precious)
    (tmp_path / "page.html").write_bytes(page(1))

    def extracted(source: str, *more: str) -> int:
        more = (*output, "--keep", "k.warc.gz", "--allow-private", "--delay", "0", *more)
        done = subprocess.run(
            [sys.executable, "-m", "provenance", "extract", source, *more], cwd=tmp_path, capture_output=True, text=True
        )
        assert done.returncode != 2 or re.search("k.warc.gz (exists|would be read and overwritten)", done.stderr)
        return done.returncode

    assert extracted(server.url("/a")) == 2
    assert sorted(file.name for file in tmp_path.iterdir()) == ["k.warc.gz", "page.html"]
    assert extracted("page.html", "--force") == 0
    assert (tmp_path / "k.warc.gz").read_bytes() == precious, "nothing was fetched"
    assert extracted(".", "--force", server.url("/a")) == 2, "it is a source"
    assert (tmp_path / "k.warc.gz").read_bytes() == precious
    assert extracted(server.url("/a"), "--force") == 0
    assert kept_pages(tmp_path / "k.warc.gz") == [page(1)]


def test_without_a_warc_no_record_id_is_claimed(server: Server) -> None:
    server.routes["/a"] = answer(page(1))
    (item,) = fetch_captures(server.url("/a"), OPTIONS)
    assert isinstance(item, Capture)
    assert "record-id" not in [name for layer in item.layers for name, _ in layer.detail]
