"""The recipes of docs/pipelines.md are run as they stand."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loopback import Server, answer, page, serving
from tests.test_batch import write_warc_of

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "pipelines.md"
BLOCK = re.compile(r"^```(sh|make|cron)\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCKS = [(match[1], match[2]) for match in BLOCK.finditer(DOCUMENT.read_text(encoding="utf-8"))]
NEEDS = {"jq": "jq ", "parallel": "parallel ", "wget": "wget ", "make": None, "xargs": "xargs "}
COUNT = 12
INDEX = {
    "timestamp": "1704067200.0",
    "canonical": {"singlefile_path": "singlefile.html"},
    "history": {"singlefile": [{"start_ts": "2024-01-01T00:00:05.000000+00:00", "status": "succeeded"}]},
}
"""What ArchiveBox writes beside a snapshot, but for its address."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving({f"/story/{n}": answer(page(n)) for n in range(COUNT)}) as running:
        yield running


@pytest.fixture
def place(tmp_path: Path, server: Server) -> Path:
    """A folder with everything that the recipes speak of."""
    (tmp_path / "pages").mkdir()
    for n in range(COUNT):
        (tmp_path / "pages" / f"{n:02d}.html").write_bytes(page(n))
    (tmp_path / "crawls").mkdir()
    for n in range(2):
        write_warc_of(tmp_path / "crawls" / f"crawl-{n}.warc.gz", [page(n * 5 + k) for k in range(5)])
    write_warc_of(tmp_path / "CC-NEWS-20240101000000-00001.warc.gz", [page(n) for n in range(COUNT)])
    (tmp_path / "urls.txt").write_text("".join(server.url(f"/story/{n}\n") for n in range(COUNT)))
    snapshot = tmp_path / "archivebox" / "archive" / "1704067200.0"
    snapshot.mkdir(parents=True)
    (snapshot / "index.json").write_text(json.dumps(INDEX | {"url": server.url("/story/1")}))
    (snapshot / "singlefile.html").write_bytes(page(1))
    (tmp_path / "news").symlink_to(tmp_path)
    command = tmp_path / "bin" / "provenance"
    command.parent.mkdir()
    fetching = 'case "$1" in extract|capture) set -- "$@" --allow-private --delay 0 ;; esac'
    command.write_text(f'#!/bin/sh\n{fetching}\nexec "{sys.executable}" -m provenance "$@"\n')
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    return tmp_path


def shell(script: str, place: Path, server: Server) -> subprocess.CompletedProcess[str]:
    path = f"{place / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "HOME": str(place), "SITE": server.url(""), "PYTHONPATH": str(ROOT)}
    command = ["sh", "-euc", script]
    return subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, timeout=120, check=False)


def missing(kind: str, text: str) -> list[str]:
    wanted = [name for name, mark in NEEDS.items() if (mark and mark in text) or (name == kind)]
    return [name for name in wanted if shutil.which(name) is None]


def script_of(kind: str, text: str, place: Path) -> str:
    if kind == "make":
        (place / "Makefile").write_text(text)
        return "make --silent citations.ris && touch pages/00.html && make --silent citations.ris"
    if kind == "cron":
        minute, hour, day, month, weekday, command = text.strip().split(" ", 5)
        assert (minute, hour, day, month, weekday) == ("17", "3", "*", "*", "*")
        return command.replace("\\%", "%")
    return text


@pytest.mark.parametrize(("kind", "text"), BLOCKS, ids=[text.split("\n")[0][:40] for _, text in BLOCKS])
def test_a_recipe_runs_as_it_stands(kind: str, text: str, place: Path, server: Server) -> None:
    if absent := missing(kind, text):
        pytest.skip(f"needs {', '.join(absent)}")
    before = {path.name for path in place.iterdir()}
    done = shell(script_of(kind, text, place), place, server)
    assert done.returncode == 0, done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    made = {path.name: path for path in place.iterdir() if path.name not in before}
    assert not [name for name in made if name.endswith((".part", ".journal", ".tmp", ".inputs"))]
    found = [
        path
        for name, path in made.items()
        if re.match(r"(records|news|part|crawl).*\.jsonl$", name) and "fail" not in name
    ]
    assert found
    for path in found:
        headlines = [json.loads(line)["headline"] for line in path.read_text().splitlines()]
        assert headlines
        assert all(re.fullmatch(r"Harbour \d+ opens", headline) for headline in headlines)
    if "pages" in text and "records.jsonl" in made:
        assert len(made["records.jsonl"].read_text().splitlines()) == COUNT


def test_a_snapshot_of_archivebox_is_one_page_of_the_moment_it_was_taken(place: Path, server: Server) -> None:
    done = shell("provenance extract archivebox; provenance explain archivebox --field headline", place, server)
    assert "1 input: 1 record, 0 failures" in done.stderr
    record, *explained = done.stdout.splitlines()
    assert json.loads(record)["archivedAt"][0]["dateCreated"] == "2024-01-01T00:00:05.000000Z"
    assert any("Harbour 1 opens" in line for line in explained)


@pytest.mark.parametrize(
    "command",
    [
        "extract - -",
        "explain - -",
        "extract --from-file - -",
        "validate - -",
        "validate - --evidence -",
        "verify - --evidence -",
        "report - --evidence -",
    ],
)
def test_standard_input_is_read_once(command: str, place: Path, server: Server) -> None:
    done = shell(f"provenance {command} < pages/00.html", place, server)
    assert (done.returncode, done.stderr.splitlines()[0][:42]) == (2, "Standard input can be read once only. [usa")


@pytest.mark.parametrize("command", ["extract", "explain", "validate"])
def test_a_process_substitution_is_told_to_be_a_pipe(command: str, place: Path, server: Server) -> None:
    if shutil.which("bash") is None:
        pytest.skip("needs bash")
    done = shell(f"bash -c 'provenance {command} <(cat pages/00.html)'", place, server)
    assert done.returncode == 3
    assert "is a pipe, which is read as standard input only [input.not-a-file]" in done.stdout + done.stderr


def test_every_tool_that_was_promised_has_a_recipe() -> None:
    everything = DOCUMENT.read_text(encoding="utf-8")
    for word in ("xargs", "parallel", "jq", "wget", "ArchiveBox", "CC-NEWS", "```make", "```cron"):
        assert word in everything
    assert len(BLOCKS) >= 14
