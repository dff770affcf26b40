"""Runs over many pages: order, faults of workers, archives, addresses, and a crash at every step of writing."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.batch import BatchOptions, Progress, Summary, TerminalProgress, run
from provenance.batching import worker
from provenance.batching.crew import cause_of
from provenance.batching.lines import Lines, json_line
from provenance.batching.settings import Counts
from provenance.batching.window import Slot, Window
from provenance.errors import ExitStatus, OptionError, OutputError
from provenance.limits import LIMITS
from provenance.model import Capture, Severity
from provenance.sources import open_captures
from provenance.sources.web import FetchOptions
from tests.batch_pages import CODES, html, process, write_pages
from tests.loopback import answer, endless, gzip_bomb, hang, page, redirect, serving


def go(names: Iterable[str], **options: Any) -> tuple[Summary, list[dict[str, Any]]]:
    out = BytesIO()
    summary = run(names, BatchOptions(**options), process=process, stream=out)
    return summary, [json.loads(line) for line in out.getvalue().splitlines()]


def failures(path: Path) -> dict[str, str]:
    return {
        row["locator"]: row["code"]
        for row in map(json.loads, path.read_text().splitlines())
        if row["kind"] == "failure"
    }


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_records_come_in_the_order_of_the_inputs_whatever_the_number_of_workers(tmp_path: Path, jobs: int) -> None:
    names = write_pages(tmp_path / "p", 300)
    summary, records = go(names, jobs=jobs, failures=tmp_path / "f.jsonl")
    numbers = [int(record["headline"].split()[1]) for record in records]
    assert numbers == [n for n in range(300) if n % 7 != 3 and n % 11 != 5]
    counts = summary.counts
    assert counts.inputs == 300 == counts.record + counts.failure + counts.refused + counts.skipped
    assert summary.status() == ExitStatus.INPUT
    assert list(failures(tmp_path / "f.jsonl").values()) == ["input.png"] * counts.failure


def test_pages_that_are_no_article_are_no_failure(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<html><body><h1>Links")
    summary, records = go([str(tmp_path / "a.html")], failures=tmp_path / "f.jsonl")
    assert records == []
    assert summary.counts.refused == 1
    assert summary.status() == ExitStatus.OK
    assert json.loads((tmp_path / "f.jsonl").read_text())["kind"] == "refused"


@pytest.mark.parametrize("fault", CODES)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_that_breaks_its_worker_costs_one_line_and_nothing_else(tmp_path: Path, fault: str, jobs: int) -> None:
    names = write_pages(tmp_path / "p", 60)
    bad = [names[n] for n in (0, 20, 59)]
    for name in bad:
        Path(name).write_bytes(html("Bad", f"<!-- fault: {fault} -->"))
    limits = replace(LIMITS, worker_bytes=400_000_000)
    seconds = 0.4 if CODES[fault] == "worker.timeout" else 10.0
    _, records = go(names, jobs=jobs, page_seconds=seconds, limits=limits, failures=tmp_path / "f.jsonl")
    good = [n for n in range(60) if n % 7 != 3 and n % 11 != 5 and names[n] not in bad]
    assert [int(record["headline"].split()[1]) for record in records] == good
    found = failures(tmp_path / "f.jsonl")
    assert {name: found[name] for name in bad} == dict.fromkeys(bad, CODES[fault])
    assert Counter(found.values()) == Counter(
        {CODES[fault]: 3, "input.png": sum(1 for n in range(60) if n % 11 == 5 and names[n] not in bad)}
    )


def test_why_a_process_ended() -> None:
    assert cause_of(0, False) is None
    assert {cause_of(code, large).code for code, large in [(-9, True), (77, False), (-6, True)]} == {"worker.memory"}  # type: ignore[union-attr]
    assert cause_of(-9, False).cause == "killed"  # type: ignore[union-attr]
    assert cause_of(-14, False).code == "worker.timeout"  # type: ignore[union-attr]


def test_workers_are_replaced_after_their_share_of_pages(tmp_path: Path) -> None:
    names = write_pages(tmp_path / "p", 120)
    seen = tmp_path / "pids"

    def told(capture: Any) -> Any:
        with open(seen, "a") as file:
            file.write(f"{os.getpid()}\n")
        return process(capture)

    out = BytesIO()
    run(names, BatchOptions(jobs=2, limits=replace(LIMITS, worker_pages=20)), process=told, stream=out)
    pages = Counter(seen.read_text().split())
    assert len(pages) >= 4
    assert max(pages.values()) < 30
    assert str(os.getpid()) not in pages


def write_warc_of(path: Path, bodies: Iterable[bytes]) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with open(path, "wb") as file:
        writer = WARCWriter(file, gzip=True)
        for n, body in enumerate(bodies):
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            address = f"http://gazette.example/{n}"
            writer.write_record(
                writer.create_warc_record(address, "response", payload=BytesIO(body), http_headers=head)
            )


def write_warc(path: Path, count: int, size: int = 500, faults: dict[int, str] | None = None) -> None:
    marks = {n: f"<!-- fault: {fault} -->" for n, fault in (faults or {}).items()}
    write_warc_of(path, (html(f"Story {n}", marks.get(n, ""), size) for n in range(count)))


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_archive_is_one_input_whose_pages_are_shared_out(
    tmp_path: Path, jobs: int, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provenance.batching.backlog.LARGE_BYTES", 1000 if large else 10**9)
    faults = {5: "segfault", 6: "kill", 30: "hang-in-c", 149: "exit"}
    write_warc(tmp_path / "a.warc.gz", 150, faults=faults)
    before, after = write_pages(tmp_path / "p", 2)
    names = [before, str(tmp_path / "a.warc.gz"), after]
    summary, records = go(
        names, jobs=jobs, page_seconds=0.5, failures=tmp_path / "f.jsonl", manifest=tmp_path / "m.json"
    )
    titles = [record["headline"] for record in records]
    assert titles == ["Story 0 — ë", *(f"Story {n}" for n in range(150) if n not in faults), "Story 1 — ë"]
    assert list(failures(tmp_path / "f.jsonl").values()) == [
        "worker.crash",
        "worker.crash",
        "worker.timeout",
        "worker.crash",
    ]
    assert summary.counts.inputs == 3
    assert json.loads((tmp_path / "m.json").read_text())["inputs"][1]["record"] == 146


@pytest.mark.parametrize("large", [False, True])
def test_a_file_that_hangs_its_reader_costs_one_line(
    tmp_path: Path, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provenance.batching.backlog.LARGE_BYTES", 10 if large else 10**9)
    names = write_pages(tmp_path / "p", 20)
    real = worker.open_captures

    def hanging(locator: str, **more: Any) -> Any:
        if locator == names[8]:
            time.sleep(60)
        return real(locator, **more)

    monkeypatch.setattr(worker, "open_captures", hanging)
    _, records = go(names, jobs=2, page_seconds=0.5, failures=tmp_path / "f.jsonl")
    assert failures(tmp_path / "f.jsonl").pop(names[8]) == "worker.timeout"
    assert len(records) == sum(1 for n in range(20) if n % 7 != 3 and n % 11 != 5 and n != 8)


def test_a_worker_that_is_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    names = write_pages(tmp_path / "p", 100)
    mark = tmp_path / "killed"

    def once(capture: Any) -> Any:
        if capture.locator == names[40] and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return process(capture)

    out = BytesIO()
    summary = run(names, BatchOptions(jobs=2), process=once, stream=out)
    assert mark.exists()
    assert summary.counts.record == len(out.getvalue().splitlines()) == 78


def test_a_folder_is_its_pages_and_bystanders_are_no_failures(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    for name, data in {"b.html": html("B"), "a.html": html("A"), "logo.bin": b"\x89PNG\r\n\x1a\n.."}.items():
        (tmp_path / "site" / name).write_bytes(data)
    summary, records = go([str(tmp_path / "site")])
    assert [record["headline"] for record in records] == ["A", "B"]
    assert summary.status() == ExitStatus.OK
    assert summary.counts.skipped == 1


def test_a_run_over_a_folder_gives_what_the_library_reads_of_it(tmp_path: Path) -> None:
    mirror, snapshot = tmp_path / "w" / "quay.example" / "2024", tmp_path / "w" / "archive" / "17"
    for folder in (mirror, snapshot, tmp_path / "w" / "x_files"):
        folder.mkdir(parents=True)
    for name in ("ferry.html", "ferry.html.orig", "../../x.html", "../../x_files/frame.html"):
        (mirror / name).write_bytes(html(name.removesuffix(".orig")))
    for name, text in {"style.css": "p { color: red }", "app.js": "Ferry\n\nreturn 1;", "empty.html": ""}.items():
        (mirror / name).write_text(text)
    index = {"url": "https://quay.example/a", "history": {"dom": [{"start_ts": "2024-03-01T10:05:06+00:00"}]}}
    (snapshot / "index.json").write_text(json.dumps(index))
    (snapshot / "output.html").write_bytes(html("Snapshot"))
    (tmp_path / "w" / "latest").symlink_to(mirror)
    seen = tmp_path / "seen"

    def note(capture: Any) -> Any:
        with open(seen, "a") as file:
            file.write(f"{capture.locator} {capture.url} {capture.captured} {len(capture.layers)}\n")
        return process(capture)

    told: list[str] = []

    class Told(Progress):
        def item(self, lines: Lines, counts: Counts) -> None:
            told.append(lines.told)

    summary = run([str(tmp_path / "w")], BatchOptions(), process=note, stream=BytesIO(), progress=Told())
    read = list(open_captures(str(tmp_path / "w")))
    pages = [item for item in read if isinstance(item, Capture)]
    assert seen.read_text().splitlines() == [
        f"{page.locator} {page.url} {page.captured} {len(page.layers)}" for page in pages
    ]
    assert [page.url for page in pages] == ["https://quay.example/a", "http://quay.example/2024/ferry.html", None]
    assert (summary.counts.record, summary.counts.skipped) == (3, len(read) - 3) == (3, 5)
    assert [line for line in told if line] == [
        f"{tmp_path / 'w' / 'latest'}: is a link to a folder, which is not followed [input.link] Give that folder too."
    ]


def test_a_folder_that_holds_only_what_the_run_writes_is_empty(tmp_path: Path) -> None:
    summary, _ = go([str(tmp_path)], output=tmp_path / "out.jsonl")
    assert (summary.counts.inputs, summary.counts.skipped, summary.status()) == (1, 1, ExitStatus.OK)
    assert (tmp_path / "out.jsonl").read_bytes() == b""


def test_memory_of_the_parent_does_not_grow_with_the_number_of_pages(tmp_path: Path) -> None:
    """The same archive, five times: after the first round the parent needs no more."""
    write_warc(tmp_path / "a.warc.gz", 400, 20_000)
    peaks: list[int] = []

    class Peaks(Progress):
        def item(self, lines: Lines, counts: Counts) -> None:
            if counts.record % 400 == 0:
                peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)

    run([str(tmp_path / "a.warc.gz")] * 5, BatchOptions(jobs=2), process=process, stream=BytesIO(), progress=Peaks())
    assert len(peaks) == 5
    assert peaks[-1] - peaks[0] < 20_000  # KiB; all pages together are 40 MB


FETCH = FetchOptions(
    allow_networks=("127.0.0.2/32",),
    delay=0.0,
    retries=0,
    limits=replace(LIMITS, connect_seconds=1.0, read_seconds=1.0, total_seconds=2.0, http_bytes=2_000_000),
)


def test_a_list_of_addresses_with_every_fault_among_good_ones(tmp_path: Path) -> None:
    routes = {f"/{n}": answer(page(n)) for n in range(200)}
    bad = {
        "/hang": (hang, "fetch.timeout"),
        "/endless": (endless, "limit.bytes"),
        "/bomb": (gzip_bomb(200_000_000), "limit.bytes"),
        "/circle": (redirect("/circle"), "fetch.redirect"),
        "/inside": (redirect("http://127.0.0.1/"), "fetch.refused-address"),
        "/error": (answer(b"sorry", "500 Internal Server Error"), "fetch.status"),
        "/pdf": (answer(b"%PDF-1.7", kind="application/pdf"), "fetch.type"),
        "/empty": (answer(b""), "fetch.empty"),
    }
    with serving(routes | {path: route for path, (route, _) in bad.items()}) as server:
        urls = [server.url(f"/{n}") for n in range(200)]
        codes = {server.url(path): code for path, (_, code) in bad.items()} | {
            "http://no-such-host.invalid/": "fetch.dns"
        }
        mixed = urls[:100] + list(codes) + urls[100:]
        summary, records = go(mixed, jobs=2, fetch=FETCH, failures=tmp_path / "f.jsonl", keep=tmp_path / "k.warc.gz")
    assert [record["headline"] for record in records] == [f"Harbour {n} opens - Example Gazette" for n in range(200)]
    assert failures(tmp_path / "f.jsonl") == codes
    assert summary.status() == ExitStatus.INPUT
    again, repeated = go([str(tmp_path / "k.warc.gz")], jobs=1)
    assert repeated == records
    assert again.counts.failure == 0


class KillsAllChildren(Progress):
    """Kills workers, reader and fetcher, once, when some records are written."""

    def __init__(self) -> None:
        self.killed: list[int] = []

    def item(self, lines: Lines, counts: Counts) -> None:
        if counts.record == 20 and not self.killed:
            number = os.getpid()
            self.killed = [int(child) for child in Path(f"/proc/{number}/task/{number}/children").read_text().split()]
            for child in self.killed:
                os.kill(child, signal.SIGKILL)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("what", ["addresses", "archive"])
def test_reader_and_fetcher_may_be_killed_too(tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provenance.batching.backlog.LARGE_BYTES", 1000)
    bodies = [page(n) for n in range(150)]
    write_warc_of(tmp_path / "a.warc.gz", bodies)
    out, murder = BytesIO(), KillsAllChildren()
    with serving({f"/{n}": answer(body) for n, body in enumerate(bodies)}) as server:
        names = [str(tmp_path / "a.warc.gz")] if what == "archive" else [server.url(f"/{n}") for n in range(150)]
        summary = run(names, BatchOptions(jobs=2, fetch=FETCH), process=process, stream=out, progress=murder)
    assert len(murder.killed) >= 2
    titles = [json.loads(line)["headline"] for line in out.getvalue().splitlines()]
    assert titles == [f"Harbour {n} opens - Example Gazette" for n in range(150)]
    assert summary.status() == ExitStatus.OK


STEPS = ("replace", "unlink", "fsync", "ftruncate")


def child(body: Callable[[], None]) -> int:
    """Runs `body` in a process that may die; gives its exit code."""
    number = os.fork()
    if number == 0:
        status = 1
        try:
            body()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def test_a_crash_at_any_step_of_writing_loses_nothing(tmp_path: Path) -> None:
    names = write_pages(tmp_path / "p", 30)

    def once(folder: Path, die_at: int | None, **more: Any) -> None:
        steps = 0

        def counted(real: Callable[..., Any]) -> Callable[..., Any]:
            def step(*arguments: Any, **named: Any) -> Any:
                nonlocal steps
                steps += 1
                if steps == die_at:
                    os._exit(99)
                return real(*arguments, **named)

            return step

        for name in STEPS:
            setattr(os, name, counted(getattr(os, name)))
        folder.mkdir(exist_ok=True)
        paths = {"output": folder / "o", "failures": folder / "f", "evidence": folder / "e", "manifest": folder / "m"}
        run(names, BatchOptions(**paths, **more), process=process)  # type: ignore[arg-type]

    assert child(lambda: once(tmp_path / "whole", None)) == 0
    whole = {path.name: path.read_bytes() for path in (tmp_path / "whole").iterdir()}
    assert sorted(whole) == ["e", "f", "m", "o"]
    for die_at in range(1, 200):
        folder = tmp_path / f"died-{die_at}"
        if child(lambda at=die_at, place=folder: once(place, at)) == 0:  # type: ignore[misc]
            break
        assert child(lambda place=folder: once(place, None, resume=True)) == 0  # type: ignore[misc]
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == whole, f"step {die_at}"
    assert 20 < die_at < 199


def test_a_finished_run_can_be_given_the_same_command_again(tmp_path: Path) -> None:
    names = write_pages(tmp_path / "p", 30)
    for _ in range(2):
        run(names, BatchOptions(output=tmp_path / "o", resume=True), process=process)
    assert len((tmp_path / "o").read_text().splitlines()) == 23


def test_a_run_into_a_stream_cannot_be_resumed() -> None:
    with pytest.raises(OptionError, match="-o"):
        run([], BatchOptions(resume=True), process=process, stream=BytesIO())


def test_a_page_from_standard_input_is_read_by_the_worker(tmp_path: Path) -> None:
    code = (
        "import sys; from provenance.batch import *; from tests.batch_pages import process; "
        "sys.exit(run(['-'], BatchOptions(), process=process, stream=sys.stdout.buffer).status())"
    )
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code], input=html("From a pipe"), capture_output=True, cwd=root, check=True
    )
    assert json.loads(done.stdout)["headline"] == "From a pipe"


@given(st.lists(st.integers(0, 4), max_size=12), st.randoms(use_true_random=False))
def test_the_window_writes_in_order_whatever_comes_first(sizes: list[int], chance: random.Random) -> None:
    window = Window(0)
    for number in range(len(sizes)):
        window.open(Slot(number, str(number)))
    events = [(number, at) for number, size in enumerate(sizes) for at in range(size + 1)]
    chance.shuffle(events)
    written: list[tuple[int, str | None]] = []
    for number, at in events:
        if at == sizes[number]:
            window.finish(number, at, None)
        else:
            window.take(number, at, Lines("record", str(at)))
            window.take(number, at, Lines("failure", "again"))
        written += [(slot.number, lines.locator if lines else None) for slot, lines in window.written()]
    wanted = [(number, str(at) if at < size else None) for number, size in enumerate(sizes) for at in range(size + 1)]
    assert written == wanted
    assert (len(window), window.bytes) == (0, 0)


def test_a_device_or_pipe_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    names = write_pages(tmp_path / "p", 20)
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    null = Path("/dev/null")
    summary = run(names, BatchOptions(output=fifo, evidence=null, failures=null, manifest=null), process=process)
    assert len(os.read(reader, 1 << 20).splitlines()) == summary.counts.record == 15
    os.close(reader)
    assert fifo.is_fifo()
    assert null.is_char_device()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fifo", "p"]
    with pytest.raises(OutputError, match="No space left"):
        run(names, BatchOptions(output=Path("/dev/full")), process=process)
    assert Path("/dev/full").is_char_device()


def test_an_empty_list_is_an_empty_file(tmp_path: Path) -> None:
    summary = run([], BatchOptions(output=tmp_path / "o"), process=process)
    assert summary.status() == ExitStatus.OK
    assert (tmp_path / "o").read_bytes() == b""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o"]


def test_lines_are_single_lines_of_strict_json() -> None:
    value = {"a": "x\u2028y\u2029z\u0085\n\ud800", "b": "ë"}
    line = json_line(value)
    assert line.count(b"\n") == 1
    assert line.decode().splitlines() == [line.decode()[:-1]]
    assert json.loads(line) == {"a": "x\u2028y\u2029z\u0085\n\ufffd", "b": "ë"}
    with pytest.raises(ValueError, match="JSON"):
        json_line({"a": float("nan")})


def test_progress_shows_counts_rate_and_time_left_and_no_escape_of_a_page() -> None:
    out = StringIO()
    shown = TerminalProgress(out, live=False)
    shown.began(100, Counts(inputs=10))
    assert (
        shown.line(Counts(inputs=30, record=25, failure=5), 2.0)
        == "30 of 100 inputs, 25 records, 5 failures, 10 a second, 0:00:07 left"
    )
    shown.item(Lines("failure", "a", told="a\x1b]0;x\x07.html: is no\nthing"), Counts())
    assert out.getvalue() == "a\\x1b]0;x\\x07.html: is no\\x0athing\n"
    quiet = TerminalProgress(out := StringIO(), live=True, quiet=True)
    quiet.item(Lines("refused", "a", told="a: no record"), Counts())
    quiet.ended(Summary())
    assert out.getvalue() == ""


def test_the_exit_status_of_a_summary() -> None:
    assert Summary(Counts(record=3)).status() == ExitStatus.OK
    assert Summary(Counts(record=3, warnings=1)).status(Severity.WARNING) == ExitStatus.FINDINGS
    assert Summary(Counts(record=3, warnings=1)).status(Severity.ERROR) == ExitStatus.OK
    assert Summary(Counts(failure=1, errors=1)).status(Severity.ERROR) == ExitStatus.INPUT
    assert Summary(Counts(failure=1), 2).status() == ExitStatus.INTERRUPTED
    assert Summary(Counts(), 15).status() == ExitStatus.TERMINATED


def test_importing_the_batch_module_is_light() -> None:
    code = "import sys, provenance.batch; print([n for n in ('requests', 'trafilatura', 'warcio', 'jsonschema', 'ssrfguard') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
