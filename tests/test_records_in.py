"""Records as files, gzipped, as a list, broken or missing: export, verify and report read them alike and say what is wrong."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from provenance import open_captures, process
from provenance.cli import _run
from provenance.model import Capture
from provenance.verifying import verify_all

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "html" / "article.html"
COMMANDS = {
    "report": ["report", "{}", "-o", "x.html"],
    "csv": ["export", "{}", "--to", "csv"],
    "mods": ["export", "{}", "--to", "mods"],
    "verify": ["verify", "{}", "--evidence", "e.jsonl"],
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one record, its evidence, and everything that is none."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(SAMPLE, "page.html")
    write(["page.html"])
    line = Path("r.jsonl").read_bytes()
    Path("r.jsonl.gz").write_bytes(gzip.compress(line))
    Path("list.json").write_bytes(b"[\n" + line + b"]")
    Path("truncated.gz").write_bytes(gzip.compress(line * 50 + os.urandom(5000))[:-2000])
    Path("garbled.gz").write_bytes(gzip.compress(line)[:12] + b"\xff" * 90)
    Path("broken.json").write_bytes(line[:40])
    Path("numbers.json").write_bytes(b"3")
    Path("binary").write_bytes(bytes(range(256)) * 20)
    Path("folder").mkdir()
    return tmp_path


def write(names: list[str]) -> None:
    """Records and evidence of pages, written as `extract` writes them."""
    outcomes = [process(c) for name in names for c in open_captures(name) if isinstance(c, Capture)]
    written = {"r.jsonl": [o.record for o in outcomes], "e.jsonl": [o.evidence for o in outcomes]}
    for file, values in written.items():
        text = "".join(json.dumps(v, ensure_ascii=False) + "\n" for v in values)
        Path(file).write_bytes(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode())


def run(command: str, file: str) -> int:
    return _run([part.replace("{}", file) for part in COMMANDS[command]])


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("file", ["r.jsonl", "r.jsonl.gz", "list.json"])
def test_every_form_of_records_is_read(
    place: Path, capsys: pytest.CaptureFixture[str], command: str, file: str
) -> None:
    assert run(command, file) == 0
    out, err = capsys.readouterr()
    headline = json.loads(Path("r.jsonl").read_text())["headline"]
    assert headline in (out or Path("x.html").read_text() if command != "verify" else headline)
    assert ("1 record replayed: every piece" in err) == (command == "verify")


@pytest.mark.parametrize("file", ["r.jsonl", "r.jsonl.gz", "list.json"])
@pytest.mark.parametrize("command", [["validate"], ["export", "--to", "bibtex"]])
def test_standard_input_is_read_packed_and_plain(place: Path, command: list[str], file: str) -> None:
    with open(file, "rb") as records:
        done = subprocess.run([sys.executable, "-m", "provenance", *command, "-"], stdin=records, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert (b"1 record checked" in done.stderr + done.stdout) or b"@article" in done.stdout


def test_packed_records_that_are_cut_short_are_told(place: Path) -> None:
    cut = Path("r.jsonl.gz").read_bytes()[:-20]
    done = subprocess.run(
        [sys.executable, "-m", "provenance", "export", "-", "--to", "bibtex"], input=cut, capture_output=True
    )
    assert done.returncode == 3
    assert b"cannot be read: it is damaged" in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "file", ["nope", "folder", "binary", "truncated.gz", "garbled.gz", "broken.json", "numbers.json", "page.html"]
)
def test_what_cannot_be_read_is_one_line_and_a_code(
    place: Path, capsys: pytest.CaptureFixture[str], command: str, file: str
) -> None:
    Path("e.jsonl").write_bytes(b"")
    assert run(command, file) == 3
    out, err = capsys.readouterr()
    said = [line for line in err.splitlines() if file in line]
    if file != "truncated.gz":  # some of its lines come before the damage
        assert len(said) == 1
        assert out == "", "no head of a document without its end"
    assert "[input." in said[-1]


def test_a_broken_line_leaves_the_document_whole(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from lxml import etree

    with Path("r.jsonl").open("ab") as file:
        file.write(b"{nonsense\n" + Path("r.jsonl").read_bytes())
    assert run("mods", "r.jsonl") == 3
    out, err = capsys.readouterr()
    assert len(etree.fromstring(out.encode())) == 2
    assert "r.jsonl#2: the text is no JSON" in err
    assert "(line 2, column 2)" in err


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        (["report", "r.jsonl", "-o", "./r.jsonl"], "r.jsonl"),
        (["report", "r.jsonl", "--evidence", "e.jsonl", "-o", "e.jsonl"], "e.jsonl"),
        (["validate", "r.jsonl", "--baseline", "r.jsonl", "--update-baseline"], "r.jsonl"),
        (["validate", "r.jsonl", "--evidence", "e.jsonl", "--baseline", "e.jsonl", "--update-baseline"], "e.jsonl"),
    ],
)
def test_no_output_takes_the_place_of_an_input(
    place: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], kept: str
) -> None:
    before = Path(kept).read_bytes()
    assert _run(arguments) == 2
    assert f"{kept} would be overwritten" in capsys.readouterr().err
    assert Path(kept).read_bytes() == before


def verified(*captures: str) -> tuple[list[str], int]:
    records, evidence = ([json.loads(v) for v in Path(n).read_text().splitlines()] for n in ("r.jsonl", "e.jsonl"))
    found, tally = verify_all(records, evidence, captures)
    return [finding.rule for finding in found], tally.replayed


def test_evidence_without_its_record_is_found(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty.jsonl").write_bytes(b"")
    assert run("verify", "empty.jsonl") == 1
    err = capsys.readouterr().err
    assert "evidence/without-record" in err
    assert "0 records replayed: 1 finding\n" in err


def test_nothing_is_not_called_proven(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("e.jsonl").write_bytes(b"")
    Path("r.jsonl").write_bytes(b"")
    assert run("verify", "r.jsonl") == 0
    assert capsys.readouterr().err == "0 records replayed\n"


NAMES = ["a #1.html", "a#b#2.html", "d/plain.html", "d/[1]*.html"]


@pytest.mark.parametrize("name", [*NAMES, os.fsdecode(b"na\xefve.html"), os.fsdecode(b"d\xff/c #3.html")])
def test_captures_are_found_where_they_were_read(place: Path, name: str) -> None:
    if sys.platform == "darwin" and not name.isascii():
        pytest.skip("this file system takes UTF-8 names only")
    for number, file in enumerate(["other.html", name, "twin.html"]):
        Path(file).parent.mkdir(exist_ok=True)
        Path(file).write_bytes(SAMPLE.read_bytes() + b"<!-- %d -->" % (number % 2))
    write(["other.html", name, "twin.html"])
    assert verified() == ([], 3)


def test_one_of_two_equal_copies_is_enough(place: Path) -> None:
    for file in ("one.html", "two.html"):
        shutil.copy(SAMPLE, file)
    write(["one.html", "two.html"])
    Path("two.html").unlink()
    assert verified() == ([], 2)
    Path("one.html").unlink()
    assert verified() == (["evidence/capture-missing"] * 2, 0)
    assert verified(str(SAMPLE.parent)) == ([], 2)


def hostile(evidence: Any) -> Iterator[Any]:
    """Evidence that is none, or leads nowhere."""
    yield {}
    yield {**evidence, "record": {"id": 3, "sha256": None}}
    yield {**evidence, "capture": {}}
    yield {
        **evidence,
        "evidence": [{"path": "/headline", "basis": "verbatim", "rule": "x", "source": "x", "selector": {}}],
    }


def test_no_evidence_and_no_record_breaks_the_replay(place: Path) -> None:
    record, evidence = (json.loads(Path(name).read_text()) for name in ("r.jsonl", "e.jsonl"))
    for entry in hostile(evidence):
        found, _ = verify_all([record, {"@id": ["x"]}, {"headline": "\ud800"}], [entry])
        rules = {finding.rule for finding in found}
        assert rules & {"evidence/form", "evidence/does-not-replay", "evidence/missing"}


def test_a_lone_surrogate_in_a_record_does_not_break_the_search_for_evidence(place: Path) -> None:
    Path("odd.jsonl").write_text('{"@type": "NewsArticle", "headline": "\\ud800"}\n')
    assert _run(["validate", "odd.jsonl", "--evidence", "e.jsonl"]) == 1
    assert _run(["report", "odd.jsonl", "--evidence", "e.jsonl", "-o", "x.html"]) == 0


def test_the_captures_that_are_named_are_the_only_ones_that_count(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Verifying a copy must not be satisfied by the original that happens to lie beside it."""
    command = ["verify", "r.jsonl", "--evidence", "e.jsonl"]
    Path("copies").mkdir()
    copy = Path("copies/page.html")
    copy.write_bytes(Path("page.html").read_bytes())
    assert _run([*command, "copies"]) == 0
    copy.write_bytes(copy.read_bytes().replace(b"e", b"x", 1))
    assert _run([*command, "copies"]) == 1
    assert "no capture with sha256" in capsys.readouterr().err
    assert _run(command) == 0
    for named, said in (("nowhere", "no such file"), ("https://gazette.example/x", "verify fetches none")):
        assert _run([*command, "page.html", named]) == 3
        assert said in capsys.readouterr().err


def test_evidence_may_be_gzipped(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("e.jsonl.gz").write_bytes(gzip.compress(Path("e.jsonl").read_bytes()))
    Path("two.jsonl").write_bytes(Path("r.jsonl").read_bytes() * 2)
    for evidence in ("e.jsonl", "e.jsonl.gz"):
        assert _run(["validate", "r.jsonl", "--evidence", evidence, "--rule", "evidence=error"]) == 0
        assert _run(["report", "two.jsonl", "--evidence", evidence, "-o", "x.html"]) == 0
        assert "evidence/missing" not in Path("x.html").read_text()
        assert _run(["verify", "r.jsonl", "--evidence", evidence]) == 0
    Path("e.jsonl.gz").write_bytes(Path("e.jsonl.gz").read_bytes()[:-30])
    capsys.readouterr()
    for command in (["validate", "r.jsonl"], ["report", "r.jsonl", "-o", "x.html"]):
        assert _run([*command, "--evidence", "e.jsonl.gz"]) == 2
        assert capsys.readouterr().err == "The evidence e.jsonl.gz cannot be read: it is damaged. [usage]\n"


def test_the_archival_profile_is_met_by_the_options_that_its_findings_name(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(["extract", "page.html", "-o", "plain.jsonl", "-q"]) == 0
    assert _run(["validate", "plain.jsonl", "--profile", "archival"]) == 1
    advice = capsys.readouterr().out
    options = {"--sd-publisher": "City Library", "--sd-date": "2026-11-25", "--retrieved": "2026-11-24T10:00:00Z"}
    assert set(re.findall(r"--[a-z-]+", advice)) == set(options)
    assert (
        _run(["extract", "page.html", "-o", "named.jsonl", "-q", *(part for pair in options.items() for part in pair)])
        == 0
    )
    assert _run(["validate", "named.jsonl", "--profile", "archival"]) == 0


def test_records_come_through_a_named_pipe_and_evidence_does_not(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def piped(file: str) -> threading.Thread:
        def feed() -> None:
            with contextlib.suppress(BrokenPipeError):
                Path("pipe").write_bytes(Path(file).read_bytes())

        feeding = threading.Thread(target=feed, daemon=True)
        feeding.start()
        return feeding

    os.mkfifo("pipe")
    for arguments in (
        ["export", "pipe", "--to", "csv"],
        ["report", "pipe"],
        ["verify", "pipe", "--evidence", "e.jsonl"],
    ):
        feeding = piped("r.jsonl")
        assert _run(arguments) == 0
        feeding.join(20)
    piped("e.jsonl")
    assert _run(["report", "r.jsonl", "--evidence", "pipe"]) == 2
    assert "is a pipe" in capsys.readouterr().err


def test_a_baseline_of_what_cannot_be_read_says_so(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = {**json.loads(Path("r.jsonl").read_text()), "headline": "two\nlines"}
    Path("r.jsonl").write_text(json.dumps(broken) + "\n")
    assert _run(["validate", "r.jsonl", "nope.jsonl", "--baseline", "k.json", "--update-baseline"]) == 3
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("nope.jsonl: no such file")
    assert told[1] == "1 finding known from now on"
    assert _run(["validate", "r.jsonl", "--baseline", "k.json"]) == 0


@pytest.mark.parametrize("profile", ["nope", "evidence"])
@pytest.mark.parametrize("command", ["validate", "report"])
def test_what_is_no_profile_is_said_before_anything_is_written(
    place: Path, capsys: pytest.CaptureFixture[str], command: str, profile: str
) -> None:
    assert _run([command, "r.jsonl", "--profile", profile]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"There is no profile {profile!r}. [usage] Choose one of core, archival, google.\n"


def test_a_hyphen_is_standard_output_of_report_too(place: Path) -> None:
    (place / "none.jsonl").write_text("")
    assert _run(["report", "none.jsonl", "-o", "-"]) == 0
    assert not (place / "-").exists()
