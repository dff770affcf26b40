"""What every report needs beside the findings: how much was checked, what failed, and how to name things."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from provenance import __version__
from provenance.model import Finding, Severity, Unreadable

TOOL = "provenance"
HOME = "https://w3id.org/news-provenance"
VERSION = __version__
_PART = re.compile(r"#\d+$")


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of one run.

    `files` are the inputs in their order; `records` how many records were checked; `failures` inputs that could not
    be read; `known` how many findings a baseline took out; `fail_on` the severity at which a run fails; `excerpts`
    source lines by (file, line), for reports that show them.
    """

    files: tuple[str, ...] = ()
    records: int = 0
    failures: tuple[Unreadable, ...] = ()
    known: int = 0
    fail_on: Severity = Severity.ERROR
    excerpts: Mapping[tuple[str, int], str] = field(default_factory=dict)

    def fails(self, finding: Finding) -> bool:
        """Whether this finding alone makes the run fail."""
        return Severity.OFF < self.fail_on <= finding.severity


Reporter = Callable[[Sequence[Finding], Summary], str]


def file_of(locator: str) -> str:
    """The file that a locator names: `records.jsonl#3` → `records.jsonl`."""
    return _PART.sub("", locator)


def by_file(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Findings grouped by file, files and findings in the order in which they came."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(file_of(finding.locator), []).append(finding)
    return groups


def by_severity(findings: Iterable[Finding]) -> Counter[Severity]:
    """How many findings there are of each severity."""
    return Counter(finding.severity for finding in findings)


def fingerprint(finding: Finding) -> str:
    """A name of a finding that survives moved lines: file, rule, place in the record and the value that was found."""
    parts = (file_of(finding.locator), finding.rule, finding.path, finding.found)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def rule_address(rule: str) -> str:
    """Address of a rule's section in the documentation."""
    return f"{HOME}/docs/rules.md#{anchor(rule)}"


def anchor(rule: str) -> str:
    """The anchor of a rule in docs/rules.md, as Markdown renderers build it from the heading."""
    return rule.replace("/", "").lower()


def sentence(finding: Finding) -> str:
    """The message with the value that was found, for reports that have one field for words."""
    if finding.found and finding.found not in finding.message:
        return f"{finding.message} (found {finding.found})"
    return finding.message
