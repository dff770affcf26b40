"""No page is shortened without a word, and every limit that is promised is kept."""

from __future__ import annotations

import re
import time
from dataclasses import fields
from pathlib import Path

import pytest

from provenance import charset
from provenance.limits import LIMITS, Limits
from provenance.model import Capture, Outcome
from provenance.page import Page
from provenance.pipeline import process
from provenance.sources.inputs import HEAD_BYTES
from provenance.sources.sniff import kind_of

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


HALF_A_MEGABYTE = 500_000
SOON = 8.0
"""Seconds of CPU for a hostile page of that size: what grows with the square of the page takes minutes."""


def many(unit: str, size: int = HALF_A_MEGABYTE) -> str:
    """A text of this size in which one unit stands again and again, each time with another number."""
    return "".join(unit.replace("#", str(i)) for i in range(size // len(unit)))


def timed(body: str, media_type: str = "text/html") -> Outcome:
    began = time.process_time()
    outcome = process(Capture("page", body.encode(), media_type=media_type))
    assert time.process_time() - began < SOON
    return outcome


@pytest.mark.parametrize(
    "unit",
    [
        "<p>word</p>",
        "<h2>Part #</h2>",
        "<table><tr><td>cell</td></tr></table>",
        "<figcaption>Photo: Ada Holm# / AFP</figcaption>",
        "<figure><img src='/#.jpg'><figcaption>Photo: Ada Holm# / AFP</figcaption></figure>",
        "<div class='byline'>By Ada Holm#</div>",
        "<meta name='author' content='Ada Holm#'>",
        "<meta property='article:published_time' content='2024-03-02T06:30:00.#Z'>",
        "<meta property='article:section' content='Part #'>",
        "<meta property='og:site_name' content='Gazette #'>",
        "<link rel='canonical' href='https://gazette.example/#'>",
        "<o:p>word</o:p>",
    ],
)
def test_what_stands_in_a_page_very_often_costs_its_size(unit: str) -> None:
    before, after = STORY.split("<h2>")
    timed(f"{HEAD}<main>{before}{many(unit)}<h2>{after}")


@pytest.mark.parametrize(
    "unit",
    ["![a](b) ", "`a` b ", "[", "![", "![a](", "**a ", "- a\n", "# a\n\n", "### [Part #](/#)\n\n", "word ", "word # "],
)
@pytest.mark.parametrize("media_type", ["text/markdown", "text/plain"])
def test_texts_that_repeat_one_sign_cost_their_size(unit: str, media_type: str) -> None:
    timed(f"# Ferry link reopens\n\nBy Ada Holm\n\n{many(unit)}\n\nThe ferry left.", media_type)


@pytest.mark.parametrize(
    "unit",
    [
        '"\\',
        '{\\"@type\\":',
        '"',
        '{"a":',
        "/*",
        "//",
        "[",
        "{",
        ": ",
        ",",
        ";",
        "\n",
        '"\n',
        "&quot;",
        "-->",
        "<!--",
        ":undefined",
    ],
)
def test_broken_data_cost_their_size(unit: str) -> None:
    start, end = PAGE.split('"publisher"')
    timed(f'{start}"{many(unit)}"publisher"{end}')
    timed(f'{start}{many(unit)}"publisher"{end}')


@pytest.mark.parametrize(
    "unit", ["12 March 2024 ", "Ada-", '"', "(", "By ", "https://a.example/# ", "&", "Ada Holm and "]
)
@pytest.mark.parametrize("place", ["Ferry Link", "Marta Lindqvist", "Harbour Authority", "Passengers wait", "© 2024"])
def test_one_endless_line_costs_its_size(place: str, unit: str) -> None:
    timed(PAGE.replace(place, f"{place} {many(unit)}"))


@pytest.mark.parametrize("unit", ["](#-", "](/", "**a", "<http://a"])
def test_the_kind_of_an_endless_line_is_soon_known(unit: str) -> None:
    began = time.process_time()
    kind_of((unit * HEAD_BYTES)[:HEAD_BYTES].encode())
    assert time.process_time() - began < 1


@pytest.mark.parametrize("head", ["<meta charset=" + " " * 8100, "<meta charset" * 600, "<meta charset " * 600])
def test_the_charset_of_an_endless_tag_is_soon_known(head: str) -> None:
    began = time.process_time()
    charset.decode(head.encode())
    assert time.process_time() - began < 1


def test_markdown_with_too_many_marks_is_read_as_plain_text_and_says_so() -> None:
    story = "\n\n".join(f"The ferry left the mainland on Friday for the {i}th time, islanders said." for i in range(9))
    body = f"# Ferry link to the isles reopens\n\nBy Ada Holm\n\n{story}\n\n" + "[" * (LIMITS.markdown_marks + 1)
    assert "limit.markdown_marks" in codes(timed(body, "text/markdown"))


def test_emphasis_nests_no_deeper_than_others_can_read() -> None:
    page = Page(Capture("page", b"**" * 5000 + b"deep" + b"**" * 5000 + b" and on", media_type="text/markdown"))
    assert page.text(page.body) == "deep and on"
    assert max(len(list(e.iterancestors())) for e in page.nodes) < 200


def test_statements_beyond_the_limit_are_told() -> None:
    outcome = read(many("<meta name='author' content='Ada Holm#'>", 100_000))
    assert "limit.credit_statements" in codes(outcome)
    outcome = read(many("<figcaption>Photo: Ada Holm# / AFP</figcaption>", 300_000))
    assert outcome.record is not None


def test_an_endless_canonical_link_is_no_base_for_others() -> None:
    outcome = process(
        Capture("page", PAGE.replace("https://gazette.example/2024", f"https://{'a.' * 150_000}").encode())
    )
    assert outcome.record is not None
    assert "url" not in outcome.record
    assert not outcome.findings


def test_every_limit_is_kept_somewhere() -> None:
    code = "\n".join(p.read_text("utf-8") for p in (ROOT / "provenance").rglob("*.py") if p.name != "limits.py")
    assert [f.name for f in fields(Limits) if not re.search(rf"\.{f.name}\b", code)] == []
