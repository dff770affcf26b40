"""Every piece of evidence leads back to the captured bytes: of chosen values, of those that agree, and of losers."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from provenance.evidence import verify
from provenance.model import Capture, Outcome
from provenance.page import Page
from provenance.pipeline import process
from provenance.sources import open_captures
from provenance.validate import validate_record

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "pages"
OWN = sorted([*ROOT.glob("samples/*/article.*"), *ROOT.glob("tests/pages/*/input.html")])


def captures_of(path: Path) -> Iterator[Capture]:
    return (item for item in open_captures(str(path)) if isinstance(item, Capture))


def check(capture: Capture) -> Outcome:
    outcome = process(capture)
    if outcome.record is not None and outcome.evidence is not None:
        assert not list(verify(Page(capture), outcome.record, outcome.evidence)), capture.locator
        assert not [f for f in validate_record(outcome.record) if f.severity >= 3], capture.locator
        assert not uncovered(outcome.record, outcome.evidence), capture.locator
    return outcome


def uncovered(record: dict[str, Any], evidence: dict[str, Any]) -> list[str]:
    """Pointers of values that no entry speaks for."""
    covered = {entry["path"] for entry in evidence["evidence"]}
    return [
        path
        for path in leaves(record, "")
        if not any(path[:i] in covered for i in range(len(path) + 1) if i == len(path) or path[i] == "/")
    ]


def leaves(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, child in value.items():
            if key not in ("@context", "@type"):
                yield from leaves(child, f"{path}/{key}")
    elif isinstance(value, list):
        for i, child in enumerate(value):
            yield from leaves(child, f"{path}/{i}")
    else:
        yield path


@pytest.mark.parametrize("path", OWN, ids=lambda p: f"{p.parent.parent.name}/{p.parent.name}")
def test_samples_and_golden_pages(path: Path) -> None:
    outcomes = [check(capture) for capture in captures_of(path)]
    assert len(outcomes) == 1


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus folder ../shared/corpus is not here")
@pytest.mark.parametrize("part", range(4))
def test_every_corpus_page(part: int) -> None:
    paths = sorted(CORPUS.iterdir())[part::4]
    records = 0
    for path in paths:
        for capture in captures_of(path):
            records += check(capture).record is not None
    assert records > 70, "most pages are articles"


def test_a_changed_page_is_noticed() -> None:
    capture = next(captures_of(ROOT / "samples" / "html" / "article.html"))
    outcome = process(capture)
    assert outcome.record is not None
    assert outcome.evidence is not None
    changed = Capture(capture.locator, capture.body.replace(b"Marta Lindqvist", b"Marta Lindquist"))
    paths = {finding.path for finding in verify(Page(changed), outcome.record, outcome.evidence)}
    assert "/author/0/name" in paths


def test_a_changed_record_is_noticed() -> None:
    capture = next(captures_of(ROOT / "samples" / "html" / "article.html"))
    outcome = process(capture)
    assert outcome.record is not None
    assert outcome.evidence is not None
    record = copy.deepcopy(outcome.record)
    record["headline"] = "Another headline"
    rules = {finding.rule for finding in verify(Page(capture), record, outcome.evidence)}
    assert rules == {"evidence/record-changed", "evidence/value-differs"}


def test_the_same_input_gives_the_same_bytes() -> None:
    capture = next(captures_of(ROOT / "samples" / "html" / "article.html"))
    one, other = process(capture), process(capture)
    assert one == other
    assert os.linesep not in (one.record or {}).get("headline", "")
