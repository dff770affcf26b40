"""A run that was ended in any way goes on where it was, and its files are those of a run that nobody disturbed.

PROVENANCE_KILLS sets the number of kills; 40 and more take a minute and more.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from provenance.batch import earlier_settings
from tests.batch_pages import html, write_pages

ROOT = Path(__file__).resolve().parent.parent
KILLS = int(os.environ.get("PROVENANCE_KILLS", "12"))
FILES = ("out.jsonl", "failures.jsonl", "evidence.jsonl")


class Place:
    """A list of inputs and a folder for the outputs."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder = folder
        self.names = write_pages(folder / "pages", count)
        self.list = folder / "list"
        self.list.write_text("\n".join(self.names))

    def start(self, out: str, *given: str, seconds: float = 0.0, **more: object) -> subprocess.Popen[bytes]:
        (self.folder / out).mkdir(exist_ok=True)
        command = [sys.executable, "-m", "tests.batch_driver", str(self.list), str(self.folder / out), *given]
        environment = {**os.environ, "PAGE_SECONDS": str(seconds)}
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, start_new_session=True, **more
        )  # type: ignore[call-overload,no-any-return]

    def finish(self, out: str, *given: str, seconds: float = 0.0) -> tuple[int, str]:
        process = self.start(out, *given, seconds=seconds)
        _, errors = process.communicate(timeout=120)
        return process.returncode, errors.decode()

    def digests(self, out: str) -> dict[str, str]:
        return {name: hashlib.sha256((self.folder / out / name).read_bytes()).hexdigest() for name in FILES}

    def leftovers(self, out: str) -> list[str]:
        return sorted(path.name for path in (self.folder / out).iterdir() if path.name not in (*FILES, "manifest.json"))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    found = Place(tmp_path_factory.mktemp("runs"), 2000)
    status, errors = found.finish("whole", "worker_pages=300")
    assert status == 3, errors
    assert found.leftovers("whole") == []
    return found


def children(session: int) -> list[int]:
    """Living processes of a session."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] not in "ZX":
                found.append(int(entry.name))
    return found


def kill(process: subprocess.Popen[bytes], whom: str, chance: random.Random) -> bool:
    """Whether anyone was killed: a worker may be gone by itself between the look and the blow, since they are renewed."""
    workers = [number for number in children(process.pid) if number != process.pid]
    try:
        if whom == "worker" and workers:
            os.kill(chance.choice(workers), signal.SIGKILL)
        elif whom == "group":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_kill_at_random_moments_changes_no_byte(place: Place) -> None:
    """Each run of 2,000 pages is killed again and again, and resumed until it ends."""
    chance = random.Random(20260101)
    killed = 0
    round_number = 0
    while killed < KILLS:
        round_number += 1
        out = f"killed-{round_number}"
        jobs = f"jobs={1 + round_number % 2}"
        for attempt in range(1000):
            process = place.start(out, jobs, "worker_pages=300", *(["resume"] if attempt else []), seconds=0.0003)
            if attempt < 6 and killed < KILLS:
                try:
                    process.wait(chance.uniform(0.0, 1.2))
                except subprocess.TimeoutExpired:
                    whom = chance.choice(["parent", "worker", "group"])
                    killed += kill(process, whom, chance)
            _, errors = process.communicate(timeout=120)
            deadline = time.monotonic() + 2
            while (orphans := children(process.pid)) and time.monotonic() < deadline:
                time.sleep(0.02)
            assert not orphans
            if process.returncode == 3:
                break
            assert process.returncode == -signal.SIGKILL, errors.decode()
        assert place.digests(out) == place.digests("whole")
        assert (place.folder / out / "manifest.json").read_bytes() == (
            place.folder / out / "manifest.json"
        ).read_bytes()
        assert place.leftovers(out) == []


def test_all_inputs_are_accounted_for(place: Place) -> None:
    counts = json.loads((place.folder / "whole" / "manifest.json").read_text())["counts"]
    assert counts["inputs"] == 2000 == counts["record"] + counts["failure"] + counts["refused"] + counts["skipped"]
    lines = {name: (place.folder / "whole" / name).read_text().splitlines() for name in FILES}
    assert len(lines["out.jsonl"]) == counts["record"] == len(lines["evidence.jsonl"])
    assert len(lines["failures.jsonl"]) == counts["failure"] + counts["refused"]
    headlines = [json.loads(line)["headline"] for line in lines["out.jsonl"]]
    assert headlines == sorted(headlines, key=lambda text: int(text.split()[1]))


def test_the_manifest_names_inputs_with_digests(place: Place) -> None:
    manifest = json.loads((place.folder / "whole" / "manifest.json").read_text())
    assert [row["locator"] for row in manifest["inputs"]] == place.names
    first = manifest["inputs"][0]
    assert first["sha256"] == hashlib.sha256(Path(place.names[0]).read_bytes()).hexdigest()
    assert {"tool", "rules", "lxml", "agencies.json"} <= set(manifest["versions"])
    digests = place.digests("whole")
    assert {row["file"]: row["sha256"] for row in manifest["outputs"]} == digests


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_run_after_the_pages_in_hand(place: Place, number: int, status: int) -> None:
    out = f"signal-{number}"
    process = place.start(out, seconds=0.002)
    while len(children(process.pid)) < 2:
        time.sleep(0.02)
    time.sleep(0.3)
    os.killpg(process.pid, number)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == status, errors.decode()
    assert b"interrupted after" in errors
    assert b"Traceback" not in errors
    assert not children(process.pid)
    assert place.finish(out, "resume")[0] == 3
    assert place.digests(out) == place.digests("whole")


@pytest.fixture
def interrupted(tmp_path: Path) -> Place:
    place = Place(tmp_path, 300)
    process = place.start("out", seconds=0.01)
    while len(children(process.pid)) < 2:
        time.sleep(0.02)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 130
    return place


def test_an_unfinished_run_is_neither_overwritten_nor_forgotten(interrupted: Place) -> None:
    status, errors = interrupted.finish("out")
    assert status == 2
    assert "--resume" in errors
    assert "--force" in errors
    assert interrupted.finish("out", "fresh")[0] == 3
    assert interrupted.finish("whole")[0] == 3
    assert interrupted.digests("out") == interrupted.digests("whole")


def test_the_settings_of_an_unfinished_run_can_be_asked_for(interrupted: Place) -> None:
    settings = earlier_settings(interrupted.folder / "out" / "out.jsonl")
    assert settings["limit page_seconds"] == 20.0
    assert earlier_settings(interrupted.folder / "nothing.jsonl") == {}


def test_a_run_that_waits_for_its_list_stops_at_once(tmp_path: Path) -> None:
    """`tail -f list | …`: the next input may never come."""
    (tmp_path / "out").mkdir()
    os.mkfifo(tmp_path / "list")
    code = (
        "import sys; from pathlib import Path; from provenance.batch import *; from tests.batch_pages import process; "
        "s = run((line.strip() for line in sys.stdin), BatchOptions(output=Path(sys.argv[1])), process=process); "
        "sys.exit(s.status())"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "out" / "o")]
    waiting = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE)
    while not (tmp_path / "out" / "o.journal").exists():
        time.sleep(0.02)
    time.sleep(0.3)
    waiting.send_signal(signal.SIGINT)
    assert waiting.wait(timeout=10) == 130
    assert waiting.stdin is not None
    waiting.stdin.close()


def test_a_changed_option_is_refused_with_both_values(interrupted: Place) -> None:
    status, errors = interrupted.finish("out", "resume", "publisher=Example Library")
    assert status == 2
    assert "sd_publisher" in errors
    assert "None" in errors
    assert "'Example Library'" in errors


def test_a_changed_limit_is_refused_with_both_values(interrupted: Place) -> None:
    status, errors = interrupted.finish("out", "resume", "page_seconds=7")
    assert status == 2
    assert "page_seconds 20.0" in errors
    assert "7.0" in errors


def test_a_changed_version_is_refused_with_both_values(interrupted: Place) -> None:
    journal = interrupted.folder / "out" / "out.jsonl.journal"
    first, rest = journal.read_text().split("\n", 1)
    settings = json.loads(first)
    now = settings["version tool"]
    settings["version tool"] = "0.0.1"
    journal.write_text(json.dumps(settings) + "\n" + rest)
    status, errors = interrupted.finish("out", "resume")
    assert status == 2
    assert "'0.0.1'" in errors
    assert repr(now) in errors


def test_a_changed_input_is_refused_with_both_digests(interrupted: Place) -> None:
    first = Path(interrupted.names[0])
    before = hashlib.sha256(first.read_bytes()).hexdigest()
    first.write_bytes(html("Another story"))
    status, errors = interrupted.finish("out", "resume")
    assert status == 2
    assert before in errors
    assert hashlib.sha256(first.read_bytes()).hexdigest() in errors


def test_a_changed_list_is_refused_with_both_names(interrupted: Place) -> None:
    interrupted.list.write_text("\n".join(interrupted.names[1:]))
    status, errors = interrupted.finish("out", "resume")
    assert status == 2
    assert repr(interrupted.names[0]) in errors
    assert repr(interrupted.names[1]) in errors


def test_an_input_that_was_only_touched_is_the_same(interrupted: Place) -> None:
    os.utime(interrupted.names[0])
    assert interrupted.finish("out", "resume")[0] == 3


def test_a_second_run_beside_the_first_is_refused(tmp_path: Path) -> None:
    place = Place(tmp_path, 300)
    first = place.start("out", seconds=0.05)
    while not (tmp_path / "out" / "out.jsonl.part").exists():
        time.sleep(0.02)
    try:
        status, errors = place.finish("out", "resume")
        assert status == 2
        assert "another run" in errors
    finally:
        os.killpg(first.pid, signal.SIGKILL)
        first.communicate()


@pytest.mark.parametrize("size", [3_000, 70_000])
def test_a_full_disk_is_said_and_leaves_a_run_to_resume(tmp_path: Path, size: int) -> None:
    """A limit on the size of files stands in for the disk: the system refuses to write beyond it just the same."""
    place = Place(tmp_path, 1000)

    def small_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    process = place.start("out", preexec_fn=small_disk)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 4, errors.decode()
    assert b"cannot be written" in errors
    assert b"Traceback" not in errors
    assert not (tmp_path / "out" / "out.jsonl").exists()
    assert place.finish("out", "resume")[0] == 3
    assert place.finish("whole")[0] == 3
    assert place.digests("out") == place.digests("whole")
    assert place.leftovers("out") == []


def test_a_closed_pipe_ends_the_run_silently(tmp_path: Path) -> None:
    place = Place(tmp_path, 1500)
    process = place.start("out", "stdout")
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.wait(timeout=60) == 141
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert place.leftovers("out") == []
    assert (tmp_path / "out" / "failures.jsonl").exists()
