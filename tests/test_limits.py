"""No page is shortened without a word, and every limit that is promised is kept."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
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


SMALL, TIMES = 60_000, 6
"""Characters of the smaller of two pages of one kind, and how many times as large the other is."""
STEEPEST = 2.5
"""Cost may grow so much faster than the page, since machines are noisy; the square of it would be six times as much."""
NOTHING = 0.02
"""Seconds below which a cost says nothing of its growth."""


def many(unit: str, size: int = SMALL) -> str:
    """A text of this size in which one unit stands again and again, each time with another number."""
    return "".join(unit.replace("#", str(i)) for i in range(size // len(unit)))


def costs_its_size(work: Callable[[int], object]) -> None:
    """`work(size)` costs about as many times more as the size is larger: two costs of one run, no seconds."""
    small, large = (min(_cost(work, size) for _ in range(turns)) for size, turns in ((SMALL, 2), (SMALL * TIMES, 1)))
    assert large <= STEEPEST * TIMES * max(small, NOTHING)


def _cost(work: Callable[[int], object], size: int) -> float:
    began = time.process_time()
    work(size)
    return time.process_time() - began


def read_as(body: str, media_type: str) -> Outcome:
    return process(Capture("page", body.encode(), media_type=media_type))


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
    costs_its_size(lambda size: read(f"{HEAD}<main>{before}{many(unit, size)}<h2>{after}"))


@pytest.mark.parametrize(
    "unit",
    ["![a](b) ", "`a` b ", "[", "![", "![a](", "**a ", "- a\n", "# a\n\n", "### [Part #](/#)\n\n", "word ", "word # "],
)
@pytest.mark.parametrize("media_type", ["text/markdown", "text/plain"])
def test_texts_that_repeat_one_sign_cost_their_size(unit: str, media_type: str) -> None:
    head = "# Ferry link reopens\n\nBy Ada Holm\n\n"
    costs_its_size(lambda size: read_as(f"{head}{many(unit, size)}\n\nThe ferry left.", media_type))


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
    for quote in ('"', ""):
        costs_its_size(lambda size, quote=quote: read(f'{start}{quote}{many(unit, size)}"publisher"{end}'))  # type: ignore[misc]


@pytest.mark.parametrize(
    "unit", ["12 March 2024 ", "Ada-", '"', "(", "By ", "https://a.example/# ", "&", "Ada Holm and "]
)
@pytest.mark.parametrize("place", ["Ferry Link", "Marta Lindqvist", "Harbour Authority", "Passengers wait", "© 2024"])
def test_one_endless_line_costs_its_size(place: str, unit: str) -> None:
    costs_its_size(lambda size: read(PAGE.replace(place, f"{place} {many(unit, size)}")))


@pytest.mark.parametrize("unit", ["](#-", "](/", "**a", "<http://a"])
def test_the_kind_of_an_endless_line_is_soon_known(unit: str) -> None:
    costs_its_size(lambda size: kind_of((unit * HEAD_BYTES)[: HEAD_BYTES * size // (SMALL * TIMES)].encode()))


@pytest.mark.parametrize("unit", [" ", "<meta charset", "<meta charset "])
def test_the_charset_of_an_endless_tag_is_soon_known(unit: str) -> None:
    costs_its_size(
        lambda size: charset.decode(f"<meta charset={unit * 8100}"[: 8100 * size // (SMALL * TIMES)].encode())
    )


def test_markdown_with_too_many_marks_is_read_as_plain_text_and_says_so() -> None:
    story = "\n\n".join(f"The ferry left the mainland on Friday for the {i}th time, islanders said." for i in range(9))
    body = f"# Ferry link to the isles reopens\n\nBy Ada Holm\n\n{story}\n\n" + "[" * (LIMITS.markdown_marks + 1)
    assert "limit.markdown_marks" in codes(read_as(body, "text/markdown"))


def test_emphasis_nests_no_deeper_than_others_can_read() -> None:
    page = Page(Capture("page", b"**" * 5000 + b"deep" + b"**" * 5000 + b" and on", media_type="text/markdown"))
    assert page.text(page.body) == "deep and on"
    assert max(len(list(e.iterancestors())) for e in page.nodes) < 200


def test_statements_beyond_the_limit_are_told() -> None:
    outcome = read(many("<meta name='author' content='Ada Holm#'>", 100_000))
    assert "limit.credit_statements" in codes(outcome)
    before, after = STORY.split("<h2>")
    captions = many("<figcaption>Photo: Ada Holm# / AFP</figcaption>", 300_000)
    assert "limit.credit_texts" in codes(read(f"{HEAD}<main>{before}{captions}<h2>{after}"))


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
