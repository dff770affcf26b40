"""Saved pages: their own markup and the record they give are checked, and findings point into the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from provenance.configuration import Settings
from provenance.model import Capture, Finding, Position, Severity
from provenance.options import Options
from provenance.page import Page
from provenance.pipeline import process
from provenance.sources import open_captures
from provenance.validate import validate_page
from provenance.validating import run
from tests.making_records import BODIES, archival_record

ARTICLE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Bridge to Close for Two Years",
    "url": "https://gazette.example/2024/03/02/bridge",
    "datePublished": "2024-03-02T06:30:00+00:00",
    "dateModified": "2024-03-02T11:05:00+00:00",
    "author": {"@type": "Person", "name": "Ana Bell"},
    "publisher": {"@type": "Organization", "name": "The Example Gazette"},
    "image": "https://gazette.example/1.jpg",
}


def html(block: str, *, end: str = "\n") -> bytes:
    paragraphs = "\n".join(f"<p>{part}.</p>" for part in BODIES["en-GB"].split(". "))
    text = f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8">
<title>Bridge to Close for Two Years - The Example Gazette</title>
<link rel="canonical" href="https://gazette.example/2024/03/02/bridge">
<script type="application/ld+json">{block}</script>
</head><body><article>
<h1>Bridge to Close for Two Years</h1>
<div class="byline">By Ana Bell</div>
<time datetime="2024-03-02T06:30:00+00:00">2 March 2024</time>
{paragraphs}
{paragraphs}
</article></body></html>
"""
    return text.replace("\n", end).encode()


def checked(block: str, **options: Any) -> tuple[Finding, ...]:
    return validate_page(Page(Capture("page.html", html(block))), **options)


def told(block: str, **options: Any) -> list[tuple[str, str]]:
    return [(finding.rule, finding.path) for finding in checked(block, **options)]


def text_at(body: bytes, position: Position | None) -> str:
    assert position is not None
    assert position.end_line is not None
    lines = body.decode().split("\n")
    if position.end_line == position.line:
        return lines[position.line - 1][position.column - 1 : (position.end_column or 0) - 1]
    return lines[position.line - 1][position.column - 1 :]


def test_good_markup_has_no_finding() -> None:
    assert told(json.dumps(ARTICLE)) == []
    graph = {"@context": "https://schema.org", "@graph": [{k: v for k, v in ARTICLE.items() if k != "@context"}]}
    assert told(json.dumps(graph, indent=2)) == []
    assert told("[]") == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("indent", [None, 1, "\t"])
@pytest.mark.parametrize(
    ("change", "rule", "path", "text"),
    [
        ({"autor": "Ana Bell"}, "markup/unknown-property", "/autor", '"autor": "Ana Bell"'),
        ({"author": "Ana Bell"}, "markup/wrong-range", "/author", '"author": "Ana Bell"'),
        (
            {"isBasedOnUrl": "https://a.example/"},
            "markup/superseded",
            "/isBasedOnUrl",
            '"isBasedOnUrl": "https://a.example/"',
        ),
        ({"dateModified": "soon"}, "markup/wrong-range", "/dateModified", '"dateModified": "soon"'),
        (
            {"publisher": {"@type": "organization"}},
            "markup/misspelt-type",
            "/publisher/@type",
            '"@type": "organization"',
        ),
        ({"jobTitle": "Editor"}, "markup/wrong-domain", "/jobTitle", '"jobTitle": "Editor"'),
    ],
)
def test_a_finding_stands_at_its_place(
    change: dict[str, Any], rule: str, path: str, text: str, indent: Any, end: str
) -> None:
    body = html(json.dumps(ARTICLE | change, indent=indent), end=end)
    (finding,) = validate_page(Page(Capture("page.html", body)))
    assert (finding.rule, finding.path) == (rule, path)
    assert text_at(body, finding.position) == text


def test_a_cause_that_repeats_is_one_finding() -> None:
    images = [
        {"@type": "ImageObject", "url": f"https://a.example/{i}.jpg", "width": 10, "height": 10} for i in range(9)
    ]
    assert told(json.dumps(ARTICLE | {"image": images})) == [("markup/bare-number", "/image/0/width")]


def test_broken_and_repaired_blocks() -> None:
    assert told("{ what is this") == [("markup/unreadable", "")]
    (finding,) = checked(json.dumps(ARTICLE)[:-1] + ",}")
    assert (finding.rule, finding.severity) == ("markup/repaired", Severity.NOTE)
    assert finding.position == Position(5, 1, 5, 8)
    assert told(json.dumps({"@type": "NewsArticle", "headline": "x"})) == [("markup/no-context", "")]


def test_levels_hold_for_markup_too() -> None:
    block = json.dumps(ARTICLE | {"autor": "x"})
    assert told(block, rules={"markup": Severity.OFF}) == []
    assert [f.severity for f in checked(block, rules={"markup/unknown-property": Severity.ERROR})] == [Severity.ERROR]


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "[" * 500,
        '{"@type": {"a": 1}, "@context": 7}',
        '{"@type": ["NewsArticle", 7], "headline": {"@value": 1}}',
        '{"": 1, "@type": "NewsArticle"}',
    ],
)
def test_no_markup_breaks_the_check(text: str) -> None:
    checked(text)
    checked(f'{{"@context": "https://schema.org", "@type": "NewsArticle", "x": {text}}}')


# --- the record of the page ---------------------------------------------------------------------------------------


def test_the_record_of_a_page_is_checked_and_points_into_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    swapped = ARTICLE | {"dateModified": "2024-03-01T11:05:00+00:00"}
    body = html(json.dumps(swapped, indent=1))
    page.write_bytes(body)
    found, tally = run([str(page)], Settings())
    listed = [f for f in found if f.rule == "date/modified-before-published"]
    assert tally.records == 1
    assert not tally.failures
    (finding,) = listed
    assert text_at(body, finding.position) == '"dateModified": "2024-03-01T11:05:00+00:00"'
    assert tally.summary().excerpts[str(page), finding.position.line] == ' "dateModified": "2024-03-01T11:05:00+00:00",'  # type: ignore[union-attr]


def test_a_good_page_has_no_error(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(html(json.dumps(ARTICLE)))
    found, tally = run([str(page)], Settings())
    assert [f for f in found if f.severity >= Severity.WARNING] == []
    assert tally.records == 1


def test_pages_and_records_of_a_folder_are_checked_together(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(html(json.dumps(ARTICLE | {"autor": "x"})))
    (tmp_path / "other.html").write_bytes(b"<html><body><p>Nothing to see here.</p></body></html>")
    (tmp_path / "records.jsonl").write_text('{"@type": "NewsArticle"}\n{"@type": "NewsArticle", "headline": "x"}\n')
    found, tally = run([str(tmp_path)], Settings())
    rules = {(Path(f.locator.partition("#")[0]).name, f.rule) for f in found}
    assert ("page.html", "markup/unknown-property") in rules
    assert ("other.html", "page/no-record") in rules
    assert ("records.jsonl", "record/missing-property") in rules
    assert tally.records == 3


@pytest.mark.parametrize("order", [("records", "pages"), ("pages", "records"), (".",)])
@pytest.mark.parametrize("profile", ["core", "archival"])
def test_a_record_and_the_page_it_was_made_of_are_one_member(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: tuple[str, ...], profile: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("pages", "records"):
        Path(name).mkdir()
    saved = b"<!--\n Page saved with SingleFile \n url: https://gazette.example/a \n"
    saved += b" saved date: Tue Mar 05 2024 10:00:00 GMT+0000 (UTC)\n-->"
    Path("pages/a.html").write_bytes(html(json.dumps(ARTICLE)).replace(b"<head>", saved + b"<head>", 1))
    (capture,) = open_captures("pages/a.html")
    outcome = process(capture, Options(sd_publisher="City Library", sd_date="2026-11-25"))
    Path("records/a.jsonl").write_text(json.dumps(outcome.record) + "\n" + json.dumps(archival_record(3)) + "\n")
    Path("records/a.evidence.jsonl").write_text(json.dumps(outcome.evidence) + "\n")
    found, tally = run(order, Settings(profile=profile))
    told = {(f.rule, f.expected) for f in found if f.severity >= Severity.ERROR}
    assert (tally.records, tally.failures) == (3, [])
    assert told == set()
    Path("records/b.jsonl").write_text(json.dumps(outcome.record) + "\n")
    found, _ = run(order, Settings(profile=profile))
    assert [f.rule for f in found if f.severity >= Severity.ERROR] == ["collection/same-id"]


def test_a_page_on_standard_input(tmp_path: Path) -> None:
    import io

    found, tally = run(["-"], Settings(), stdin=io.BytesIO(html(json.dumps(ARTICLE | {"autor": "x"}))))
    assert "markup/unknown-property" in {f.rule for f in found}
    assert tally.records == 1


def test_text_in_the_body_is_found_by_its_evidence() -> None:
    from provenance.pipeline import process
    from provenance.validation.pageplaces import PagePlaces

    body = html("[]")
    capture = Capture("page.html", body, url="https://gazette.example/2024/03/02/bridge")
    outcome = process(capture)
    assert outcome.evidence is not None
    position = PagePlaces(Page(capture)).of_evidence(outcome.evidence, "/author/0/name")
    assert text_at(body, position).endswith("Ana Bell")
    assert position is not None
    assert body.decode().split("\n")[position.line - 1].startswith('<div class="byline">')


# --- the development corpus ---------------------------------------------------------------------------------------

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "pages"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real pages is not here (../shared/corpus)")
def test_real_pages_are_checked_without_failure() -> None:
    pages = sorted(CORPUS.glob("*.gz"))[5::90]
    found, tally = run(map(str, pages), Settings())
    for finding in found:
        assert finding.position is not None
        assert len(finding.message) < 400
    assert not tally.failures
    assert len(tally.summary().files) == len(pages)
