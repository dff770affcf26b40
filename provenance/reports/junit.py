"""Findings as JUnit XML, which CI services show as failed tests: one suite a file, one case a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from provenance.cleaning import xml_text
from provenance.model import Finding
from provenance.reports.summary import TOOL, Summary, by_file, sentence


def report(findings: Sequence[Finding], summary: Summary) -> str:
    """The report; files without findings have one case that passed."""
    from lxml import etree

    groups = by_file(findings)
    root = etree.Element("testsuites", name=TOOL)
    for file in dict.fromkeys((*summary.files, *groups)):
        _suite(etree, root, file, groups.get(file, []), summary)
    for failure in summary.failures:
        suite = _add_suite(etree, root, failure.locator, tests=1, failures=0, errors=1)
        case = _case(etree, suite, failure.code, failure.locator)
        error = etree.SubElement(case, "error", message=xml_text(failure.message), type=xml_text(failure.code))
        error.text = xml_text(failure.advice)
    for name in ("tests", "failures", "errors"):
        counts: list[int] = [int(suite.get(name) or "0") for suite in root]
        root.set(name, str(sum(counts)))
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return text.decode("utf-8")


def _suite(etree: Any, root: Any, file: str, findings: Sequence[Finding], summary: Summary) -> None:
    failing = sum(map(summary.fails, findings))
    suite = _add_suite(etree, root, file, tests=max(1, len(findings)), failures=failing, errors=0)
    if not findings:
        _case(etree, suite, "no findings", file)
    for finding in findings:
        case = _case(etree, suite, f"{finding.rule} {finding.path or '(record)'}", finding.locator)
        words = xml_text("\n".join(_words(finding)))
        if summary.fails(finding):
            kind = f"{finding.severity.name.lower()}:{finding.rule}"
            etree.SubElement(case, "failure", message=xml_text(sentence(finding)), type=xml_text(kind)).text = words
        else:
            etree.SubElement(case, "system-out").text = words


def _add_suite(etree: Any, root: Any, name: str, *, tests: int, failures: int, errors: int) -> Any:
    counts = {"tests": str(tests), "failures": str(failures), "errors": str(errors), "skipped": "0", "time": "0"}
    return etree.SubElement(root, "testsuite", name=xml_text(name), **counts)


def _case(etree: Any, suite: Any, name: str, locator: str) -> Any:
    return etree.SubElement(suite, "testcase", name=xml_text(name), classname=xml_text(locator), time="0")


def _words(finding: Finding) -> Iterator[str]:
    place = f":{finding.position.line}:{finding.position.column}" if finding.position else ""
    yield f"{finding.severity.name.lower()}: {sentence(finding)}"
    yield f"at {finding.locator}{place} {finding.path}".rstrip()
    if finding.expected:
        yield f"expected {finding.expected}"
    if finding.remedy:
        yield finding.remedy
