"""Speed, memory, start-up and scores beside other tools, on the same pages in one run: `make bench`.

The others are installed in `.venv-bench`, so that their dependencies do not touch ours. Figures hold for one machine and
one hour; the ratios are what counts. Tools take turns in several rounds, and the quickest round of each is shown, since
noise only adds.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

CORPUS = ROOT.parent / "shared" / "corpus"
BENCH = ROOT / ".venv-bench"
PEERS = ("trafilatura", "newspaper4k", "lxml_html_clean")
OURS = "provenance"
FLOOR = "lxml parse alone"
TOOLS = (FLOOR, OURS, "trafilatura", "newspaper4k")
SCORED = ("is_article", "headline", "authors", "authors_exact", "date", "relation", "text_credits", "photo_credits", "url", "publisher", "body")  # fmt: skip
UNREAD = {
    "trafilatura": ("relation", "text_credits", "photo_credits"),
    "newspaper4k": ("relation", "text_credits", "photo_credits"),
}
"""Fields that a tool does not read at all; the scoring script would give it the majority's answer."""
START_UPS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "import typer": [sys.executable, "-c", "import typer"],
    "provenance --help": [sys.executable, "-m", "provenance", "--help"],
    "provenance extract, one small page": [sys.executable, "-m", "provenance", "extract", "{page}"],
    "import trafilatura": ["{bench}", "-c", "import trafilatura"],
    "import newspaper": ["{bench}", "-c", "import newspaper"],
}


def peers() -> Path:
    """Python of the environment that holds the other tools, made where it is missing."""
    python = BENCH / "bin" / "python"
    if not python.exists():
        print(f"setting up {BENCH.name} …", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", BENCH], check=True)
        for wanted in (["--upgrade", "pip"], list(PEERS)):
            subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True)
    return python


def pages(count: int) -> list[tuple[str, str]]:
    """Path and address of real pages where the corpus is there, spread evenly over it; else pages of our own."""
    gold = CORPUS / "gold.jsonl"
    if gold.exists():
        rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").split("\n") if line.strip()]
        rows = rows[:: max(1, len(rows) // count)][:count] if count else rows
        return [(str(CORPUS / row["file"]), row.get("page_url") or "") for row in rows]
    from tests.loopback import page

    folder = Path(tempfile.mkdtemp())
    for number in range(count or 200):
        (folder / f"{number}.html").write_bytes(
            page(number).replace(b"</article>", b"<p>More words.</p>" * 200 + b"</article>")
        )
    return [(str(path), "") for path in sorted(folder.iterdir())]


def contest(listed: Path, rounds: int, work: Path) -> dict[str, dict[str, Any]]:
    """Figures of each tool: the round with the least CPU time."""
    best: dict[str, dict[str, Any]] = {}
    other = peers()
    for turn in range(rounds):
        for tool in TOOLS[turn % 2 :] + TOOLS[: turn % 2]:
            python = sys.executable if tool in (OURS, FLOOR) else other
            command = [str(python), str(Path(__file__).with_name("contestant.py")), tool, str(listed), str(work / tool)]
            environment = {**os.environ, "PYTHONPATH": str(ROOT) if tool == OURS else ""}
            done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
            if done.returncode:
                print(f"{tool} failed: {done.stderr[-500:]}", file=sys.stderr)
                continue
            found = json.loads(done.stdout)
            if tool not in best or found["cpu"] < best[tool]["cpu"]:
                best[tool] = found
    return best


def start_ups(bench: Path, rounds: int = 5) -> dict[str, tuple[float, float]]:
    """Seconds of CPU and of wall time of each command, the quickest of several."""
    from tests.loopback import page

    small = Path(tempfile.mkdtemp()) / "small.html"
    small.write_bytes(page(1))
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(small.parent / "bytecode")  # all are installed alike: with bytecode
    found: dict[str, tuple[float, float]] = {}
    for name, command in START_UPS.items():
        filled = [part.format(page=small, bench=bench) for part in command]
        subprocess.run(filled, capture_output=True, check=True, cwd=ROOT, env=environment)
        for _ in range(rounds):
            before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            subprocess.run(filled, capture_output=True, check=True, cwd=ROOT, env=environment)
            wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            least = found.get(name, (99.0, 99.0))
            found[name] = min(least[0], cpu), min(least[1], wall)
    return found


def two_jobs(names: list[str], rounds: int) -> tuple[float, float, float]:
    """Wall seconds of a batch run with one job and with two, the quickest of several; the parent's share of the CPU."""
    from provenance.batch import BatchOptions, run

    best = {1: 1e9, 2: 1e9}
    share = 1.0
    for _ in range(rounds):
        for jobs in best:
            before, began = os.times(), time.perf_counter()
            with open(os.devnull, "wb") as nowhere:
                run(names, BatchOptions(jobs=jobs), stream=nowhere)
            best[jobs] = min(best[jobs], time.perf_counter() - began)
            after = os.times()
            own = after.user + after.system - before.user - before.system
            workers = after.children_user + after.children_system - before.children_user - before.children_system
            share = min(share, own / (own + workers))
    return best[1], best[2], share


def scores(records: Path, measured: set[str]) -> dict[str, float]:
    """Scores of a tool on the measured pages by the corpus's own script; none where there is no gold."""
    script = CORPUS / "score.py"
    if not script.exists() or not records.exists():
        return {}
    gold = records.with_suffix(".gold")
    rows = [
        json.loads(line) for line in (CORPUS / "gold.jsonl").read_text(encoding="utf-8").split("\n") if line.strip()
    ]
    kept = [row for row in rows if str(CORPUS / row["file"]) in measured]
    gold.write_text("".join(json.dumps(row) + "\n" for row in kept), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script, records, "--gold", gold, "--json"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        return {}
    unread = UNREAD.get(records.name, ())
    return {name: row["f1"] for name, row in json.loads(done.stdout).items() if name not in unread}


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table, first column to the left, the others to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def speed_table(found: dict[str, dict[str, Any]]) -> str:
    """CPU, wall and memory, with ratios to trafilatura and to the floor."""
    base = found.get("trafilatura", {}).get("cpu")
    least = found.get(FLOOR, {}).get("cpu")
    rows = []
    for tool in TOOLS:
        if tool not in found:
            continue
        facts = found[tool]
        per = 1000 / facts["pages"]
        rows.append(
            [
                tool,
                f"{facts['cpu'] * per:.1f} ms",
                f"{facts['wall'] * per:.1f} ms",
                f"{facts['p99'] * 1000:.0f} ms",
                f"{facts['peak'] / 2**20:.0f} MiB",
                f"{facts['cpu'] / base:.2f}" if base else "",
                f"{facts['cpu'] / least:.1f}" if least else "",
            ]
        )
    return table(
        ["tool", "CPU a page", "wall a page", "CPU p99", "peak memory", "CPU : trafilatura", "CPU : lxml"], rows
    )


def report(
    found: dict[str, dict[str, Any]], work: Path, listed: list[tuple[str, str]], jobs: tuple[float, float, float]
) -> str:
    """Everything as Markdown."""
    count = next(iter(found.values()))["pages"]
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    load = os.getloadavg()[0]
    parts = [
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {count} pages ({machine}; load {load:.1f} at the end).",
        speed_table(found),
        f"Two jobs against one: {jobs[0] / jobs[1]:.2f} times as fast ({jobs[0]:.1f} s, {jobs[1]:.1f} s); "
        f"the process that hands out and writes uses {jobs[2]:.1%} of the CPU time.",
        table(
            ["start-up", "CPU s", "wall s"],
            [[name, f"{cpu:.2f}", f"{wall:.2f}"] for name, (cpu, wall) in start_ups(peers()).items()],
        ),
    ]
    marks = {tool: scores(work / tool, {name for name, _ in listed}) for tool in TOOLS if tool != FLOOR}
    if any(marks.values()):
        fields = [name for name in SCORED if any(name in mark for mark in marks.values())]
        rows = [
            [name, *(f"{mark[name]:.3f}" if name in mark else "none" for mark in marks.values())] for name in fields
        ]
        parts.append(table(["F1 by the gold labels", *marks], rows))
    return "\n\n".join(parts) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=150, help="how many pages; 0 for all")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("-o", "--output", type=Path, help="also write the table to this file")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        listed = pages(given.pages)
        (work / "list").write_text("".join(f"{name}\t{url}\n" for name, url in listed), encoding="utf-8")
        found = contest(work / "list", given.rounds, work)
        jobs = two_jobs([name for name, _ in listed], given.rounds)
        text = report(found, work, listed, jobs)
    print(text, end="")
    if given.output:
        given.output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
