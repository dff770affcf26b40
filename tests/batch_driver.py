"""One run as a process of its own, to be killed: `python -m tests.batch_driver LIST FOLDER [name=value ...]`."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from provenance.batch import BatchOptions, run
from provenance.batching import settings
from provenance.errors import ExitStatus, OptionError, OutputError
from provenance.limits import LIMITS
from provenance.model import Capture, Outcome
from provenance.options import Options
from tests.batch_pages import process


def slow(capture: Capture) -> Outcome:
    """As in life, a page takes a moment."""
    time.sleep(float(os.environ.get("PAGE_SECONDS", "0")))
    return process(capture)


def options(folder: Path, given: dict[str, str]) -> BatchOptions:
    limits = replace(LIMITS, worker_pages=int(given.get("worker_pages", "1000")))
    asked: dict[str, Any] = {name: True for name in ("resume", "fresh") if name in given}
    if "stdout" not in given:
        asked |= {"output": folder / "out.jsonl"}
    return BatchOptions(
        jobs=int(given.get("jobs", "2")),
        page_seconds=float(given.get("page_seconds", "20")),
        record=Options(sd_publisher=given.get("publisher")),
        limits=limits,
        failures=folder / "failures.jsonl",
        evidence=folder / "evidence.jsonl",
        manifest=folder / "manifest.json",
        **asked,
    )


settings._rule_files = lambda: iter(())  # the sources may be edited while the tests run


def main(arguments: list[str]) -> int:
    names, folder, *rest = arguments
    given = {name: value for name, _, value in (item.partition("=") for item in rest)}
    locators = Path(names).read_text().splitlines()
    try:
        summary = run(locators, options(Path(folder), given), process=slow, stream=sys.stdout.buffer)
    except OptionError as error:
        print(error, file=sys.stderr)
        return ExitStatus.USAGE
    except OutputError as error:
        print(error, file=sys.stderr)
        return ExitStatus.OUTPUT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitStatus.PIPE_CLOSED
    print(summary.line(), file=sys.stderr)
    return summary.status()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
