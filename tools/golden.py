"""Run the golden pages and the samples again and write what comes out; look at the difference before you keep it.

`tests/pages/*/expected.json` and `samples/*/record.json` hold the record that each input must give (or the code of the
refusal). `--check` writes nothing and exits with 1 when anything differs.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from provenance.model import Capture
from provenance.pipeline import process
from provenance.sources import open_captures

ROOT = Path(__file__).resolve().parent.parent


def cases() -> Iterator[tuple[Path, Path]]:
    """(input, expected) of every golden page and sample."""
    for folder in sorted((ROOT / "tests" / "pages").iterdir()):
        yield folder / "input.html", folder / "expected.json"
    for folder in sorted((ROOT / "samples").iterdir()):
        inputs = sorted(folder.glob("article.*")) if folder.is_dir() else []
        if inputs:
            yield inputs[0], folder / "record.json"


def outcome_of(path: Path) -> dict[str, Any]:
    """What must come out of one input: its record, or its refusal."""
    captures = [item for item in open_captures(str(path)) if isinstance(item, Capture)]
    if len(captures) != 1:
        raise SystemExit(f"{path}: {len(captures)} captures, but one was expected")
    outcome = process(captures[0])
    if outcome.record is not None:
        return outcome.record
    return {"refusal": outcome.refusal.code if outcome.refusal else ""}


def written(value: dict[str, Any]) -> str:
    """The form in which it is kept."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    checking, differing = "--check" in sys.argv[1:], 0
    for path, expected in cases():
        text = written(outcome_of(path))
        if not expected.exists() or expected.read_text(encoding="utf-8") != text:
            differing += 1
            print(f"differs: {expected.relative_to(ROOT)}")
            if not checking:
                expected.write_text(text, encoding="utf-8")
    print(f"{differing} differ")
    return int(checking and differing > 0)


if __name__ == "__main__":
    raise SystemExit(main())
