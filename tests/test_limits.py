"""No page is shortened without a word, and every limit that is promised is kept."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from provenance.limits import LIMITS, Limits
from provenance.model import Capture, Outcome
from provenance.pipeline import process

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "tests" / "pages" / "en-wire" / "input.html").read_text(encoding="utf-8")
HEAD, STORY = PAGE.split("<main>")


def read(before: str) -> Outcome:
    """The wire story with something in front of it."""
    return process(Capture("page", f"{HEAD}{before}<main>{STORY}".encode()))


def codes(outcome: Outcome) -> set[str]:
    """Codes of the notes of a record, or of the refusal."""
    if outcome.evidence is None:
        return {outcome.refusal.code} if outcome.refusal else set()
    return {note["code"] for note in outcome.evidence["notes"]}


@pytest.mark.parametrize("tag", ["<div>", "<center>", "<b>", "<ul><li>", "<table><tr><td>"])
@pytest.mark.parametrize("deep", [255, 256, 257, 2047, 2048, 2049, 20_000])
def test_deep_pages_are_read_or_said_to_be_cut(tag: str, deep: int) -> None:
    outcome = read(tag * deep)
    whole = outcome.record is not None and outcome.record["articleBody"].endswith("before the summer.")
    assert whole or "input.truncated" in codes(outcome), codes(outcome)


@pytest.mark.parametrize(
    "blob",
    ["<img src='data:image/png;base64,{}'>", "<script>{}</script>", "<!--{}-->", "<i title='{}'></i>"],
)
def test_large_nodes_before_the_story_change_nothing(blob: str) -> None:
    outcome, plain = read(blob.format("A" * 10_100_000)), read("")
    assert outcome.record is not None
    assert plain.record is not None
    assert outcome.record["articleBody"] == plain.record["articleBody"]
    assert outcome.record["author"] == plain.record["author"]


def test_crowded_tags_are_read_without_their_attributes_and_say_so() -> None:
    outcome = read("<p " + " ".join(f"a{n}='b'" for n in range(40_000)) + ">")
    assert outcome.record is not None
    assert "limit.attributes_per_tag" in codes(outcome)


def test_a_long_tag_with_few_attributes_keeps_them() -> None:
    assert "limit.attributes_per_tag" not in codes(read(f'<p class="{"word " * 3000}">'))


def test_too_many_elements_are_a_coded_failure() -> None:
    assert codes(read("<i></i>" * (LIMITS.elements + 1))) == {"limit.elements"}


def test_every_limit_is_kept_somewhere() -> None:
    code = "\n".join(p.read_text("utf-8") for p in (ROOT / "provenance").rglob("*.py") if p.name != "limits.py")
    assert [f.name for f in fields(Limits) if not re.search(rf"\.{f.name}\b", code)] == []
