"""Reads a large WARC of our own pages and prints speed and peak memory: `python -m tests.benchmarks.big_warc [MIB] [--plain]`.

The archive is written to a temporary folder, read in a process of its own, and removed. Memory must not grow with size.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.making_archives import build

BATCH = 40
PARAGRAPHS = 300
"""Pages of about 80 KB, the median of real news pages."""


def write(path: Path, mib: int, *, gzip: bool) -> int:
    """Write an archive of about `mib` MiB; returns the number of pages in it."""
    block, stored = build(BATCH, gzip=gzip, paragraphs=PARAGRAPHS)
    pages = sum(1 for record in stored if record.url)
    times = max(1, mib * 1024 * 1024 // len(block))
    with path.open("wb") as file:
        for _ in range(times):
            file.write(block)
    return pages * times


def peak_mib() -> float:
    """Peak memory of this process. Linux tells it in /proc; getrusage would count what the parent held before."""
    status = Path("/proc/self/status")
    if status.is_file():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def read(path: str) -> dict[str, float]:
    """Read all captures; runs in a process of its own so that its peak memory is its own."""
    from provenance.model import Capture
    from provenance.sources import open_captures

    began = time.perf_counter()
    pages = failures = 0
    ordered = True
    before = -1
    for item in open_captures(path):
        if isinstance(item, Capture):
            number = int((item.url or "").rpartition("/")[2])
            ordered = ordered and number == (before + 1) % BATCH
            before = number
            pages += 1
        else:
            failures += not item.skipped
    return {
        "pages": pages,
        "failures": failures,
        "ordered": ordered,
        "seconds": time.perf_counter() - began,
        "peak_mib": peak_mib(),
    }


def measure(mib: int, *, gzip: bool) -> dict[str, float]:
    """Write, read and remove an archive."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("big.warc.gz" if gzip else "big.warc")
        expected = write(path, mib, gzip=gzip)
        code = f"import json; from tests.benchmarks.big_warc import read; print(json.dumps(read({str(path)!r})))"
        root = Path(__file__).parents[2]
        out = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root, env=os.environ
        )
        return json.loads(out.stdout) | {"expected": expected, "mib": path.stat().st_size / 2**20}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mib", nargs="?", type=int, default=2048)
    parser.add_argument("--plain", action="store_true")
    options = parser.parse_args()
    print(json.dumps(measure(options.mib, gzip=not options.plain), indent=1))
