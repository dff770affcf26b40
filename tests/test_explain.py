"""`explain`: what a person sees of a page, and that no page can hold it up."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from provenance import pipeline
from provenance.cli import _run

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "html" / "article.html"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(SAMPLE, "good.html")
    Path("bad.html").write_bytes(SAMPLE.read_bytes() + b"<!-- breaks the parser -->")
    Path("shop.html").write_text("<html><body><p>Nothing to see here.</p></body></html>")
    return tmp_path


def test_a_page_is_explained_with_its_places_and_losers(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["explain", "good.html"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("good.html\n")
    assert "\nheadline\n" in shown
    assert "[byline/" in shown
    assert _run(["explain", "good.html", "--field", "headline"]) == 0
    one = capsys.readouterr().out
    assert "\nheadline\n" in one
    assert "\nauthor\n" not in one


def test_a_page_that_kills_its_process_is_one_line(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    true = pipeline.process

    def process(capture: Any, options: Any = None) -> Any:
        if b"breaks the parser" in capture.body:
            os._exit(11)
        return true(capture, options)

    monkeypatch.setattr(pipeline, "process", process)
    assert _run(["explain", "bad.html", "good.html", "nope"]) == 3
    out, err = capsys.readouterr()
    assert out.startswith("good.html\n")
    assert [line.partition(":")[0] for line in err.splitlines()] == ["bad.html", "nope"]
    assert "[worker.crash]" in err


def test_a_page_without_a_record_says_why(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["explain", "shop.html"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("shop.html: no record: ")
