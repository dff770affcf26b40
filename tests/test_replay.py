"""Every piece of evidence leads back to the captured bytes: of chosen values, of those that agree, and of losers."""

from __future__ import annotations

import copy
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from provenance.evidence import record_digest, verify
from provenance.jsonld import at_pointer
from provenance.model import Capture, Outcome
from provenance.page import Page
from provenance.pipeline import process
from provenance.sources import open_captures
from provenance.validate import validate_record
from provenance.verifying import verify_all

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


# --- values against what was read ------------------------------------------------------------------------------------

UNREAD = re.compile(
    r"/(?:image/\d+/representativeOfPage|identifier/\d+/propertyID"
    r"|archivedAt/\d+/(?:url|dateCreated|identifier.*|encoding/encodingFormat))$"
)
"""Facts of the container, and what the choice of photos says: no text of the page tells them."""


def forged(path: str, value: Any) -> Any:
    """Another value of the same form."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if path.endswith("inLanguage"):
        return "is"
    if value.startswith("http"):
        return "https://other.example/"
    dated = re.match(r"\d{4}-\d\d-\d\d", value)
    return f"2019{value[4:]}" if dated else "Chief astrologer"


def with_value(record: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(record)
    *above, last = path.split("/")[1:]
    holder: Any = changed
    for key in above:
        holder = holder[int(key)] if isinstance(holder, list) else holder[key]
    holder[int(last) if isinstance(holder, list) else last] = value
    return changed


def resealed(record: dict[str, Any], evidence: dict[str, Any]) -> dict[str, Any]:
    """Evidence whose digest is that of the changed record, as a forger would leave it."""
    return {**evidence, "record": {**evidence["record"], "sha256": record_digest(record)}}


@pytest.mark.parametrize("path", OWN, ids=lambda p: f"{p.parent.parent.name}/{p.parent.name}")
def test_no_forged_value_passes(path: Path) -> None:
    capture = next(captures_of(path))
    outcome, page = check(capture), Page(capture)
    if outcome.record is None or outcome.evidence is None:
        return
    for where in leaves(outcome.record, ""):
        record = with_value(outcome.record, where, forged(where, at_pointer(outcome.record, where)))
        found = {finding.path for finding in verify(page, record, resealed(record, outcome.evidence))}
        if not UNREAD.search(where):
            assert any(where.startswith(f) for f in found), where


CREDITED = """<!DOCTYPE html><html lang="en"><head><link rel="canonical" href="https://gazette.example/bridge">
<meta property="og:site_name" content="The Example Gazette"><title>Bridge opens</title>
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Harbour bridge opens again after two years",
"datePublished": "2024-05-03T10:00:00Z", "author": [{"@type": "Person", "name": "Ana Bell", "jobTitle": ["Harbour reporter"],
"url": "/people/ana-bell"}, {"@type": "Person", "givenName": "Omar", "familyName": "Cole"}]}</script></head><body><article>
<h1>Harbour bridge opens again after two years</h1><p class="byline">By ANA BELL and Omar Cole, Social Media and Culture Editor</p>
<figure><img src="/bridge.jpg" width="900" height="600"><figcaption>The bridge on Saturday. Photo: Jane Roe/AP</figcaption></figure>
<p>The harbour bridge opened again on Saturday after two years of repairs, and the first cars crossed it at dawn.</p>
<p>Engineers had replaced every one of its cables, which had been rusting since the storms of the last decade.</p>
<p>Ferries keep their winter timetable until April, the city said, so that nobody relies on one way alone.</p>
</article></body></html>"""
PLACES = {
    "/author/0/name": ("verbatim", "json-ld", "Ana Bell"),
    "/author/0/jobTitle": ("verbatim", "json-ld", "Harbour reporter"),
    "/author/0/url": ("normalised", "json-ld", "/people/ana-bell"),
    "/author/1/name": ("verbatim", "visible-text", "Omar Cole"),
    "/author/1/jobTitle": ("verbatim", "visible-text", "Social Media and Culture Editor"),
    "/publisher/url": ("composed", None, None),
    "/image/0/creator/0/affiliation/0/name": ("authority", "visible-text", "AP"),
    "/image/0/creator/0/affiliation/0/sameAs": ("authority", None, None),
}


@pytest.mark.parametrize("path", PLACES)
def test_every_part_of_a_party_has_a_place_of_its_own(path: str) -> None:
    outcome = check(Capture("page.html", CREDITED.encode()))
    assert outcome.evidence is not None
    entry = next(e for e in outcome.evidence["evidence"] if e["path"] == path)
    assert (entry["basis"], entry.get("source"), entry.get("raw")) == PLACES[path]


def test_a_name_in_two_parts_has_both_places() -> None:
    capture = Capture("page.html", CREDITED.replace(" and Omar Cole, Social Media and Culture Editor", "").encode())
    outcome = check(capture)
    assert outcome.evidence is not None
    entry = next(e for e in outcome.evidence["evidence"] if e["path"] == "/author/1/name")
    pointers = [part["refinedBy"]["value"] for part in entry["parts"]]
    assert (entry["steps"], pointers) == (["join-names"], ["/author/1/givenName", "/author/1/familyName"])


def test_a_front_page_that_the_address_does_not_tell_was_read_elsewhere() -> None:
    links = "".join(f'<a href="https://www.gazette.example/{i}">More {i}</a>' for i in range(9))
    source = re.sub("<link[^>]*>", "", CREDITED).replace("</article>", f"</article>{links}")
    outcome = check(Capture("page.html", source.encode()))
    assert outcome.evidence is not None
    entry = next(e for e in outcome.evidence["evidence"] if e["path"] == "/publisher/url")
    assert (entry["basis"], entry["raw"], entry["steps"]) == ("normalised", "gazette.example", ["front-page"])


def test_a_value_without_evidence_is_told(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(CREDITED, encoding="utf-8")
    outcome = process(next(captures_of(page)))
    assert outcome.record is not None
    assert outcome.evidence is not None
    record = with_value(outcome.record, "/author/1/url", "https://gazette.example/people/omar")
    findings, tally = verify_all([record], [resealed(record, outcome.evidence)], [str(page)])
    assert {(f.rule, f.path) for f in findings} == {("evidence/missing", "/author/1/url")}
    assert tally.replayed == 1


STORY = "".join(
    f"<p>The ferry was back on Monday after {n} years of repair, and the first ran at noon with many people.</p>"
    for n in ("two", "three", "four", "five")
)


def test_a_site_of_which_only_a_feed_tells_has_no_front_page() -> None:
    head = '<title>Ferry returns | Gazette</title><link rel=alternate href="https://feeds.gazette.example/news.rss">'
    outcome = check(
        Capture("p", f"<html><head>{head}</head><body><h1>Ferry returns</h1>{STORY}</body></html>".encode())
    )
    assert outcome.record is not None
    assert "url" not in outcome.record.get("publisher", {})


def test_a_day_in_an_address_with_a_section_between_replays() -> None:
    url = "https://gazette.example/2010/POLITICS/08/13/ferry-returns-to-the-lake/index.html"
    page = f'<html><head><link rel=canonical href="{url}"></head><body><h1>Ferry returns to the lake</h1>{STORY}</body></html>'
    outcome = check(Capture("p", page.encode()))
    assert outcome.record is not None
    assert outcome.record["datePublished"] == "2010-08-13"
