"""A page that is checked takes nothing with it: neither the run, nor its time, nor its memory."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest

from provenance import validating, verifying
from provenance.batching.contained import Death, contained
from provenance.cli import _run
from provenance.limits import LIMITS
from provenance.model import Capture

SHORT = replace(LIMITS, page_seconds=0.5)
SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "html" / "article.html"


def hang() -> None:
    while True:
        time.sleep(1)


def devour() -> int:
    held = []
    while True:
        held.append(bytearray(64 * 1024 * 1024))


def break_down() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


@pytest.mark.parametrize(("work", "code"), [(hang, "timeout"), (devour, "memory"), (break_down, "crash")])
def test_work_that_ends_its_child_is_told_by_its_cause(work: object, code: str) -> None:
    began = time.monotonic()
    found = contained(work, replace(SHORT, page_seconds=0.5 if work is hang else 20.0))  # type: ignore[arg-type]
    assert isinstance(found, Death)
    assert found.code == f"worker.{code}"
    assert time.monotonic() - began < 15


def test_a_value_comes_back_and_nothing_else_changes() -> None:
    counted = [0]

    def work() -> dict[str, int]:
        counted[0] += 1
        return {"count": counted[0]}

    assert contained(work) == {"count": 1}
    assert counted == [0]


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages with the word `hang` in them take for ever; a page may take half a second."""

    def page(capture: Capture) -> object:
        while b"hang" in capture.body:
            time.sleep(1)
        return Page(capture)

    from provenance.page import Page

    import_module("provenance.pipeline")  # extract keeps the page that it knows, whichever test comes first
    monkeypatch.setattr("provenance.page.Page", page)
    monkeypatch.setattr(verifying, "Page", page)
    for module in (validating, verifying):
        monkeypatch.setattr(module, "contained", partial(contained, limits=replace(LIMITS, page_seconds=0.5)))


@pytest.mark.usefixtures("hanging")
def test_a_page_that_hangs_costs_validate_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.html").write_bytes(SAMPLE.read_bytes().replace(b"</body>", b"<!-- hang --></body>"))
    (tmp_path / "b.html").write_bytes(SAMPLE.read_bytes())
    assert _run(["validate", str(tmp_path)]) == 3
    told = "".join(capsys.readouterr())
    assert "took longer than one page may" in told
    assert "1 record checked" in told
    assert "1 not read" in told


@pytest.mark.usefixtures("hanging")
def test_a_page_that_hangs_costs_verify_one_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, records, evidence = tmp_path / "a.html", tmp_path / "r.jsonl", tmp_path / "e.jsonl"
    page.write_bytes(SAMPLE.read_bytes().replace(b"</body>", b"<!-- hang --></body>"))
    assert _run(["extract", str(page), "-q", "-o", str(records), "--evidence", str(evidence)]) == 0
    assert _run(["verify", str(records), "--evidence", str(evidence)]) == 1
    assert "cannot be replayed: the page took longer than one page may" in capsys.readouterr().err
