"""The quality gate: scores the development corpus and fails when a field falls below its recorded floor.

    gate.py [--update] [--records FILE]

Floors stand in tests/floors.json beside the digest of the labels they were measured on. `--update` raises floors to
the present figures and never lowers one. Without the corpus folder the gate says so and passes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
FLOORS = ROOT / "tests" / "floors.json"
SLACK = 0.0005
"""Floors are kept to four decimals; less than this is rounding."""


def corpus_digest() -> str:
    """SHA-256 of the labels: figures of other labels cannot be compared."""
    return hashlib.sha256((CORPUS / "gold.jsonl").read_bytes()).hexdigest()


def extract(target: Path) -> None:
    """Records of every corpus page, by the command that a user calls."""
    command = [sys.executable, "-m", "provenance", "extract", str(CORPUS / "pages"), "--jobs", "2", "--quiet"]
    done = subprocess.run([*command, "-o", str(target), "--force"], check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"extract ended with exit code {done.returncode}")


def score(records: Path) -> dict[str, float]:
    """F1 per field, precision and recall of is_article apart."""
    command = [sys.executable, str(CORPUS / "score.py"), str(records), "--json"]
    summary = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    figures = {field: row["f1"] for field, row in summary.items() if field != "is_article"}
    figures |= {f"is_article_{part}": summary["is_article"][part] for part in ("precision", "recall")}
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="raise floors to the present figures")
    parser.add_argument("--records", type=Path, help="score these records instead of extracting anew")
    options = parser.parse_args()
    if not CORPUS.is_dir():
        print("gate: skipped, the corpus folder ../shared/corpus is not here")
        return 0
    records = options.records or ROOT / "out" / "gate.jsonl"
    if options.records is None:
        records.parent.mkdir(exist_ok=True)
        extract(records)
    figures, kept = score(records), json.loads(FLOORS.read_text(encoding="utf-8"))
    if kept["corpus"] != corpus_digest():
        print("gate: the labels are not those that the floors were measured on")
        return 1
    floors: dict[str, float] = kept["floors"]
    for field, figure in figures.items():
        fell = figure < floors.get(field, 0.0) - SLACK
        print(f"{field:22} {figure:7.4f}  floor {floors.get(field, 0.0):7.4f}{'  FELL' if fell else ''}")
    if options.update:
        kept["floors"] = {field: max(figure, floors.get(field, 0.0)) for field, figure in figures.items()}
        FLOORS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return int(any(figure < floors.get(field, 0.0) - SLACK for field, figure in figures.items()))


if __name__ == "__main__":
    raise SystemExit(main())
