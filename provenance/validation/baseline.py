"""Known findings, written to a file once and not counted again: a collection can be held to a rule from today on.

The file is JSON with one entry a fingerprint, so that a review of its change reads well. A finding keeps its
fingerprint when lines move; when the value it speaks of changes, it is a new finding.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from provenance.errors import OptionError
from provenance.model import Finding
from provenance.writing import refuse_foreign, whole_file

FORM = "1"


class Baseline:
    """What is known. Each entry takes out as many equal findings as were there when it was written."""

    def __init__(self, counts: Counter[str] | None = None) -> None:
        self._left = Counter(counts or {})

    def knows(self, fingerprint: str) -> bool:
        """Whether a finding is known; each answer of yes uses one up."""
        if self._left[fingerprint] <= 0:
            return False
        self._left[fingerprint] -= 1
        return True


def read(path: Path) -> Baseline:
    """A baseline from its file. Raises `OptionError` when it cannot be read."""
    try:
        data = json.loads(path.read_bytes())
        return Baseline(Counter({key: int(entry["count"]) for key, entry in data["findings"].items()}))
    except OSError as error:
        advice = "Write it with --update-baseline."
        raise OptionError(f"The baseline {path} cannot be read: {error.strerror}.", advice=advice) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise OptionError(f"{path} is no baseline.", advice="Write it with --update-baseline.") from error


def write(path: Path, findings: Iterable[tuple[str, Finding]]) -> None:
    """Writes the baseline of (fingerprint, finding) pairs. Raises `OutputError`, and `OptionError` for another file."""
    refuse_foreign(path, "baseline")
    entries: dict[str, dict[str, Any]] = {}
    for fingerprint, finding in findings:
        entry = entries.setdefault(fingerprint, _entry(finding))
        entry["count"] += 1
    ordered = sorted(entries.items(), key=lambda item: (item[1]["locator"], item[1]["rule"], item[1]["path"], item[0]))
    text = json.dumps({"version": FORM, "findings": dict(ordered)}, indent=1) + "\n"
    with whole_file(path) as out:
        out.write(text.encode("utf-8"))


def _entry(finding: Finding) -> dict[str, Any]:
    return {"rule": finding.rule, "locator": finding.locator, "path": finding.path, "count": 0}
