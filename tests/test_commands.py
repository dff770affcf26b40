"""The command as a shell meets it: what it may not destroy, streams that go away, lists of every kind, wrong options."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.loopback import page

COMMAND = [sys.executable, "-m", "provenance"]
PAGES = 3


def run(*arguments: str | bytes, cwd: Path, shell: str = "", **more: object) -> subprocess.CompletedProcess[str]:
    """The command in a folder, through a shell where the streams matter; `{}` stands for it."""
    settings = {"cwd": cwd, "capture_output": True, "text": True, "timeout": 90, **more}
    if shell:
        script = shell.replace("{}", f"{sys.executable} -m provenance")
        return subprocess.run(["bash", "-c", script], **settings)  # type: ignore[call-overload, no-any-return]
    return subprocess.run([*COMMAND, *arguments], **settings)  # type: ignore[call-overload, no-any-return]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(PAGES):
        (tmp_path / f"{number}.html").write_bytes(page(number))
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        (("0.html", "-o", "0.html"), "0.html"),
        (("0.html", "-o", "records.jsonl", "--evidence", "./0.html"), "0.html"),
        (("--from-file", "list", "-o", "list"), "list"),
        (("--from-file", "list", "--manifest", "list"), "list"),
    ],
)
def test_no_output_takes_the_place_of_an_input(folder: Path, arguments: tuple[str, ...], kept: str) -> None:
    (folder / "list").write_text("0.html\n")
    before = (folder / kept).read_bytes()
    done = run("extract", *arguments, cwd=folder)
    assert done.returncode == 2
    assert "would be overwritten" in done.stderr
    assert (folder / kept).read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["0.html", "1.html", "2.html", "list"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract", ".", "-o", "2.html"),
        ("extract", ".", "-o", "2.html", "--force"),
        ("extract", "0.html", "-o", "records.jsonl", "--evidence", "2.html"),
        ("extract", "0.html", "-o", "records.jsonl", "--failures", "2.html"),
        ("extract", "0.html", "-o", "records.jsonl", "--manifest", "2.html"),
        ("extract", "--from-file", "list", "-o", "2.html"),
        ("extract", "0.html", "-o", "page.har"),
        ("validate", "0.html", "--baseline", "2.html", "--update-baseline"),
        ("report", "made.jsonl", "-o", "2.html"),
        ("capture", "http://127.0.0.1:9/", "-o", "2.html", "--force"),
        ("capture", "http://127.0.0.1:9/", "-o", "other.warc.gz", "--force"),
        ("extract", ".", "--keep", "other.warc.gz", "--force"),
        ("extract", "0.html", "-o", "data.jsonld"),
        ("extract", "0.html", "-o", "records.jsonl", "--evidence", "schema.json"),
        ("extract", "0.html", "-o", "records.jsonl", "--manifest", "package.json"),
        ("extract", "0.html", "-o", "half"),
        ("extract", "--from-file", "records", "-o", "made.jsonl"),
        ("extract", "--from-file", "records", "--force", "--evidence", "made.jsonl"),
    ],
)
def test_no_output_takes_the_place_of_a_file_that_the_tool_did_not_write(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    (folder / "list").write_text("0.html\n2.html\n")
    (folder / "records").write_text("0.html\nmade.jsonl\n")
    (folder / "page.har").write_text('{"log": {"entries": []}}')
    (folder / "data.jsonld").write_text('{"@context": {"dc": "http://purl.org/dc/terms/"}}')
    (folder / "schema.json").write_text('{"$schema":"https://json-schema.org/draft/2020-12/schema"}')
    (folder / "package.json").write_text('{\n "version": "1"\n}')
    (folder / "half.part").write_bytes(page(3))
    (folder / "other.warc.gz").write_bytes(gzip.compress(b"WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\nsoftware: Wget/1.21"))
    assert run("extract", "1.html", "-o", "made.jsonl", cwd=folder).returncode == 0
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = run(*arguments, cwd=folder)
    assert done.returncode == 2
    assert "Name another file" in done.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_what_the_tool_wrote_is_written_anew(folder: Path) -> None:
    outputs = "-o", "r.jsonl", "--evidence", "e.jsonl", "--failures", "f.jsonl", "--manifest", "m.json"
    for source in ("0.html", "1.html", "missing.html", "1.html"):
        assert run("extract", source, *outputs, cwd=folder).returncode == (3 if source == "missing.html" else 0)
        assert (folder / "r.jsonl").read_bytes(), "a run that could read nothing empties no file of records"
        assert (folder / "e.jsonl").read_bytes()
    for _ in range(2):
        baseline = run("validate", "r.jsonl", "--baseline", "b.json", "--update-baseline", cwd=folder)
        assert baseline.returncode == 0
        assert run("report", "r.jsonl", "-o", "r.html", cwd=folder).returncode == 0
    reviewed = (folder / "r.html").read_bytes()
    assert run("report", "missing.jsonl", "-o", "r.html", cwd=folder).returncode == 3
    assert (folder / "r.html").read_bytes() == reviewed
    unread = run("validate", "missing.html", "--baseline", "none.json", "--update-baseline", cwd=folder)
    assert (unread.returncode, (folder / "none.json").exists()) == (3, False)
    assert "none.json was not written" in unread.stderr


@pytest.mark.parametrize(
    "sources", [("missing.html",), ("missing.html", "pictures"), ("pictures",), ("--from-file", "list")]
)
def test_where_no_page_is_read_earlier_records_and_their_manifest_agree(folder: Path, sources: tuple[str, ...]) -> None:
    (folder / "pictures").mkdir()
    (folder / "pictures" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "list").write_text("# nothing yet\n")
    assert run("extract", "0.html", "-o", "r.jsonl", cwd=folder).returncode == 0
    before = (folder / "r.jsonl").read_bytes()
    done = run("extract", *sources, "-o", "r.jsonl", "--manifest", "m.json", cwd=folder)
    assert "nothing could be read: r.jsonl is left as it was" in done.stderr
    assert (folder / "r.jsonl").read_bytes() == before
    assert json.loads((folder / "m.json").read_bytes())["outputs"] == []


@pytest.mark.parametrize("name", ["nolist", "list"])
def test_a_run_that_is_refused_leaves_nothing_to_go_on_with(folder: Path, name: str) -> None:
    (folder / "list").write_text("0.html\x001.html")
    before = sorted(path.name for path in folder.iterdir())
    assert run("extract", "--from-file", name, "-o", "r.jsonl", cwd=folder).returncode == 2
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.parametrize("command", ["validate -", "export - --to ris"])
def test_no_records_on_standard_input_are_no_failure(folder: Path, command: str) -> None:
    (folder / "0.html").write_text("<title>Shop</title><form><input><input></form>")
    done = run(cwd=folder, shell=f"set -o pipefail; {{}} extract 0.html | {{}} {command}")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["r.jsonl", "r.json", "r.txt", "records"])
@pytest.mark.parametrize("command", ["verify {} --evidence {}", "export {} --to ris", "report {}"])
def test_an_empty_file_of_records_is_no_failure_whatever_it_is_called(folder: Path, command: str, name: str) -> None:
    (folder / name).write_text("\n")
    done = run(*command.replace("{}", name).split(), cwd=folder)
    assert done.returncode == 0, done.stderr


def test_comments_in_a_list_are_no_sources(folder: Path) -> None:
    (folder / "#1.html").write_bytes(page(1))
    (folder / "list").write_text("# to be read first\n0.html\n#done: 9.html\n\n#1.html\n")
    done = run("extract", "--from-file", "list", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 2


def test_a_date_of_the_record_needs_a_maker(folder: Path) -> None:
    done = run("extract", "0.html", "--sd-date", "2026-01-02", cwd=folder)
    assert done.returncode == 2
    assert "--sd-publisher" in done.stderr


@pytest.mark.parametrize(
    "command", ["extract 0.html -o nowhere/r.jsonl", "validate 0.html --baseline nowhere/b.json --update-baseline"]
)
def test_only_a_run_that_was_begun_is_said_to_go_on(folder: Path, command: str) -> None:
    done = run(*command.split(), cwd=folder)
    assert done.returncode == 4
    assert "--resume" not in done.stderr


def test_a_baseline_that_is_not_there_is_told(folder: Path) -> None:
    done = run("validate", "0.html", "--baseline", "known.json", cwd=folder)
    assert "known.json: there is no such baseline" in done.stderr


def test_what_the_reading_of_a_page_found_is_a_finding_of_extract_too(folder: Path) -> None:
    (folder / "lost.html").write_bytes(
        page(0).replace(b"</p>", b" caf\xe9 \xff</p>", 1).replace(b"<head>", b"<head><meta charset=utf-8>")
    )
    done = run("extract", "lost.html", "--fail-on", "warning", cwd=folder)
    assert done.returncode == 1, done.stderr
    assert "1 warning" in done.stderr
    assert run("extract", "lost.html", cwd=folder).returncode == 0


def test_notes_are_findings_for_whoever_asks_for_them(folder: Path) -> None:
    other = b'<head><meta property="og:url" content="https://other.example/story">'
    (folder / "two.html").write_bytes(page(0).replace(b"<head>", other, 1))
    asked, spared = (run("extract", "two.html", "--fail-on", level, cwd=folder) for level in ("note", "warning"))
    assert (asked.returncode, spared.returncode) == (1, 0)
    assert "findings: 1 note" in asked.stderr


def test_one_file_is_not_written_twice(folder: Path) -> None:
    done = run("extract", "0.html", "-o", "out.jsonl", "--evidence", "out.jsonl", cwd=folder)
    assert done.returncode == 2
    assert "--output" in done.stderr
    assert "--evidence" in done.stderr
    assert not list(folder.glob("out*"))


def test_what_a_run_writes_into_its_folder_is_no_input(folder: Path) -> None:
    outputs = ["-o", "r.txt", "--evidence", "e.txt", "--failures", "f.txt", "--manifest", "m.json"]
    for _ in range(2):
        done = run("extract", ".", *outputs, cwd=folder)
        assert done.returncode == 0, done.stderr
        named = [row["locator"] for row in json.loads((folder / "m.json").read_text())["inputs"]]
        assert sorted(named) == ["0.html", "1.html", "2.html"]


@pytest.mark.parametrize("output", [("-o", "-"), ()])
def test_a_hyphen_is_standard_output(folder: Path, output: tuple[str, ...]) -> None:
    done = run("extract", "0.html", *output, cwd=folder)
    assert done.returncode == 0
    assert json.loads(done.stdout)["headline"]
    assert not (folder / "-").exists()
    evidence = run("extract", "0.html", "-o", "r.jsonl", "--evidence", "-", cwd=folder)
    assert json.loads(evidence.stdout)["evidence"]
    both = run("extract", "0.html", "--evidence", "-", cwd=folder)
    assert both.returncode == 2
    assert "The records and --evidence cannot both go to standard output" in both.stderr
    lookup = run("validate", "r.jsonl", "--evidence", "-", cwd=folder, stdin=subprocess.DEVNULL)
    assert lookup.returncode == 2
    assert "Give a file" in lookup.stderr


@pytest.mark.parametrize(
    "command", ["extract {names}", "validate --format json {names}", "explain 0.html", "schema core", "--help"]
)
def test_a_closed_pipe_is_told_by_its_own_code_and_in_silence(folder: Path, command: str) -> None:
    asked = command.replace("{names}", " ".join(["0.html"] * 50))
    done = run(cwd=folder, shell=f"exec 3> >(:); sleep 0.3; {{}} {asked} >&3; echo $?")
    assert done.stdout.strip() == "141"
    assert done.stderr == ""


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_pipe_that_is_closed_in_the_midst_is_told_alike(folder: Path, unbuffered: str) -> None:
    (folder / "many.jsonl").write_text('{"@type": "NewsArticle"}\n' * 2000)
    shell = f"PYTHONUNBUFFERED={unbuffered} {{}} validate many.jsonl | head -1 >/dev/null; echo ${{PIPESTATUS[0]}}"
    assert run(cwd=folder, shell=shell).stdout.strip() == "141"


def test_closed_standard_streams_are_errors_of_output_or_nothing(folder: Path) -> None:
    without_stdout = run(cwd=folder, shell="{} extract 0.html >&-; echo $?; {} schema core >&-; echo $?")
    assert without_stdout.stdout.split() == ["4", "4"]
    assert "internal error" not in without_stdout.stderr
    into_a_file = run(cwd=folder, shell="{} extract 0.html -o r.jsonl >&- 2>&-; echo $?")
    assert into_a_file.stdout.split() == ["0"]
    assert len((folder / "r.jsonl").read_text().splitlines()) == 1


def test_nobody_listening_to_stderr_changes_no_exit_code(folder: Path) -> None:
    done = run(cwd=folder, shell="{} extract nope 2>/dev/full; echo $?; {} extract 0.html nope 2>/dev/full | wc -l")
    assert done.stdout.split() == ["3", "1"]


def test_lists_take_names_of_every_kind(folder: Path) -> None:
    names = [b"\xef\xbb\xbf0.html", b"  1.html\t", b" blank.html", "caf\u00e9.html".encode("latin-1"), b""]
    (folder / " blank.html").write_bytes(page(7))
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.html")).write_bytes(page(8))
    (folder / "list").write_bytes(b"\r\n".join(names))
    done = run("extract", "--from-file", "list", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from-file", "nul"), "NUL"),
        (("--from-file", "absent"), "No such file"),
        (("-", "--from-file", "-"), "Standard input"),
        (("0.html", "--page-timeout", "inf"), "--page-timeout"),
        (("0.html", "--page-timeout", "nan"), "--page-timeout"),
        (("0.html", "--page-timeout", "0"), "--page-timeout"),
        (("0.html", "--delay", "-1"), "--delay"),
        (("0.html", "-o", "r", "--resume", "--force"), "--force"),
        (("0.html", "--sd-date", "rubbish"), "YYYY-MM-DD"),
        (("0.html", "--sd-publisher", "  "), "blank"),
        (("0.html", "--sd-publisher", "\u200b"), "blank"),
        (("0.html", ""), "empty name"),
        ((" ",), "empty name"),
        (("0.html", "--url", "ftp://gazette.example/a"), "no http(s) address"),
        (("0.html", "--url", "http://"), "no http(s) address"),
        (("0.html", "--url", "http://[::1"), "no http(s) address"),
        (("0.html", "--url", "http://two words/a"), "no http(s) address"),
        (("0.html", "--url", "https://gazette.example/" + "a" * 3000), "no http(s) address"),
        (("0.html", "--url", "https://ada:secret@gazette.example/a"), "user name"),
        (("0.html", "--url", "http://127.0.0.1/a"), "others can look up"),
        (("0.html", "--url", "https://web.archive.org/web/2020/https://gazette.example/a"), "archive"),
        (("0.html", "1.html", "--url", "https://gazette.example/a"), "every page"),
        ((".", "--url", "https://gazette.example/a"), "every page"),
        (("--from-file", "list", "--url", "https://gazette.example/a"), "every page"),
    ],
)
def test_what_cannot_be_meant_is_said_before_anything_is_done(
    folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    (folder / "nul").write_bytes(b"0.html\x001.html\x00")
    before = sorted(folder.iterdir())
    done = run("extract", *arguments, cwd=folder, stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "secret" not in done.stderr
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize("command", [["explain"], ["validate"], ["capture", "-o", "a.warc.gz"]])
def test_no_command_takes_an_empty_name_for_its_folder(folder: Path, command: list[str]) -> None:
    done = run(*command, "", cwd=folder)
    assert done.returncode == 2
    assert "empty name" in done.stderr


@pytest.mark.parametrize(
    ("given", "stated"),
    [
        ("HTTPS://Gazette.example/a", "https://gazette.example/a"),
        ("https://gazette.example/caf\u00e9 noir", "https://gazette.example/caf%C3%A9%20noir"),
    ],
)
def test_an_address_that_is_given_stands_in_the_record(tmp_path: Path, given: str, stated: str) -> None:
    (tmp_path / "p").mkdir()
    bare = page(1).replace(b"canonical", b"other")
    (tmp_path / "p" / "0.html").write_bytes(bare)
    (tmp_path / "p" / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    for source in ("p/0.html", "p"):
        done = run("extract", source, "--url", given, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["url"] == stated


def test_one_address_for_many_pages_of_an_archive_is_told(tmp_path: Path) -> None:
    entries = [{"content": page(number).replace(b"canonical", b"other").decode()} for number in range(2)]
    (tmp_path / "saved.json").write_text(json.dumps(entries))
    done = run("extract", "saved.json", "--url", "https://gazette.example/a", cwd=tmp_path)
    assert len(done.stdout.splitlines()) == 2
    assert "every page that states none" in done.stderr


@pytest.mark.parametrize("epoch", ["abc", "9" * 14, "9" * 30, "1e9"])
def test_a_wrong_epoch_is_named(folder: Path, epoch: str) -> None:
    told = {**os.environ, "SOURCE_DATE_EPOCH": epoch}
    done = run("extract", "0.html", "--sd-publisher", "City Library", cwd=folder, env=told)
    assert done.returncode == 2
    assert f"SOURCE_DATE_EPOCH {epoch} is no moment." in done.stderr
    for more in (["--sd-date", "2024-03-01"], []):
        told["SOURCE_DATE_EPOCH"] = epoch if more else "86400"
        done = run("extract", "0.html", "--sd-publisher", "City Library", *more, cwd=folder, env=told)
        assert json.loads(done.stdout)["sdDatePublished"] == (more[-1] if more else "1970-01-02")


@pytest.mark.parametrize(("field", "said"), [("authors", "Did you mean author?"), ("zzz", "Known are @id, url")])
def test_explain_knows_which_properties_there_are(folder: Path, field: str, said: str) -> None:
    done = run("explain", "0.html", "--field", field, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert run("explain", "0.html", "--field", "editor", cwd=folder).returncode == 0
    assert run("explain", "0.html", "--url", "ftp://gazette.example/a", cwd=folder).returncode == 2


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_validate_says_when_there_was_nothing_to_check(folder: Path, form: str) -> None:
    (folder / "none.jsonl").touch()
    (folder / "empty").mkdir()
    run("extract", "0.html", "-o", "records.jsonl", cwd=folder)
    named = ["./none.jsonl", "records.jsonl", "empty", "1.html", "nope.jsonl", "."]
    done = run("validate", *named, "--fail-on", "never", "--format", form, cwd=folder)
    silent = [line for line in done.stderr.splitlines() if "nothing was checked" in line]
    assert [line.partition(":")[0] for line in silent] == ["./none.jsonl", "empty"]
    alone = run("validate", "none.jsonl", cwd=folder)
    assert (alone.returncode, len(alone.stderr.splitlines())) == (0, 1)
    piped = run("validate", "-", cwd=folder, stdin=subprocess.DEVNULL)
    assert piped.stderr or "not read" in piped.stdout


@pytest.mark.parametrize(
    ("journal", "advice"),
    [
        ("1\n", "remove"),
        ("null\n", "remove"),
        ('{"version tool": "1"}\n7\n', "--force"),
        ('{"version tool": "1"}\n{"by": 1}\n', "--force"),
    ],
)
def test_a_journal_that_is_none_is_one_clear_line(folder: Path, journal: str, advice: str) -> None:
    (folder / "r.jsonl.journal").write_text(journal)
    done = run("extract", "0.html", "-o", "r.jsonl", "--resume", cwd=folder)
    assert done.returncode == 2
    assert "internal" not in done.stderr
    assert advice in done.stderr


def test_an_interruption_while_the_tool_is_loading_leaves_no_traceback(folder: Path) -> None:
    code = "import os, signal, sys; from provenance.__main__ import main; sys.argv[1:] = ['extract', '0.html']\n"
    code += "class Loader:\n def find_spec(self, name, *_):\n  if name == 'provenance.cli': os.kill(os.getpid(), signal.SIGINT)\n"
    code += "sys.meta_path.insert(0, Loader()); main()"
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, timeout=60)
    assert done.returncode == -signal.SIGINT
    assert done.stderr == b""
