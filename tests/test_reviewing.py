"""The review sheet: whole in itself, every value and loser in it, and nothing that a page says can act."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from provenance import open_captures, process
from provenance.options import Options
from provenance.reviewing import review
from provenance.validation.sidecars import Sidecars
from tests.making_records import full_record
from tests.test_reports import PAYLOADS

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "html" / "article.html"


def sheet_of(*lines: Any, tmp_path: Path, evidence: list[Any] | None = None) -> Any:
    records = tmp_path / "records.jsonl"
    records.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    beside = None
    if evidence is not None:
        beside = tmp_path / "evidence.jsonl"
        beside.write_text("".join(json.dumps(line) + "\n" for line in evidence), encoding="utf-8")
    return html.document_fromstring("".join(review([str(records)], evidence=beside)))


@pytest.fixture(scope="module")
def outcome() -> Any:
    (capture,) = open_captures(str(SAMPLE))
    return process(capture, Options())


def test_every_value_stands_beside_the_place_where_it_was_read(outcome: Any, tmp_path: Path) -> None:
    page = sheet_of(outcome.record, tmp_path=tmp_path, evidence=[outcome.evidence])
    (article,) = page.findall(".//article")
    assert article.findtext("h2") == outcome.record["headline"]
    rows = {row.findtext("th"): row.text_content() for row in article.iterfind(".//tbody/tr")}
    for entry in outcome.evidence["evidence"]:
        name = entry["path"].split("/")[1]
        assert entry["rule"] in rows[name], entry["path"]
        if "selector" in entry:
            assert entry["selector"]["value"] in rows[name]
    for entry in outcome.evidence["rejected"]:
        if entry["path"] != "/":
            assert entry["reason"] in rows[entry["path"].split("/")[1]]
    assert "records: 1" in page.get_element_by_id("counts").text_content()


def test_findings_are_told_and_counted(tmp_path: Path) -> None:
    record = full_record() | {"datePublished": "yesterday"}
    page = sheet_of(record, full_record(), tmp_path=tmp_path)
    (told,) = page.find_class("findings")
    assert "/datePublished" in told.text_content()
    assert "error: 1" in page.get_element_by_id("counts").text_content()


def test_a_record_without_evidence_is_said_where_evidence_was_given(outcome: Any, tmp_path: Path) -> None:
    page = sheet_of(full_record(), tmp_path=tmp_path, evidence=[outcome.evidence])
    assert "evidence/missing" in page.text_content()


def test_broken_evidence_and_lines_are_told_and_the_others_stand(outcome: Any, tmp_path: Path) -> None:
    broken = dict(outcome.evidence, evidence=[{"path": 3}])
    page = sheet_of(outcome.record, tmp_path=tmp_path, evidence=[broken])
    assert page.find_class("findings")
    assert len(page.findall(".//article")) == 1
    records = tmp_path / "mixed.jsonl"
    records.write_text(json.dumps(outcome.record) + "\n{nonsense\n[1]\n" + json.dumps(full_record()) + "\n", "utf-8")
    page = html.document_fromstring("".join(review([str(records)])))
    assert len(page.findall(".//article")) == 3
    assert "not read: 1" in page.get_element_by_id("counts").text_content()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_a_record_becomes_markup(payload: str, tmp_path: Path) -> None:
    person = {"@type": "Person", "name": payload, "sameAs": f"javascript:{payload}"}
    record = full_record() | {
        "headline": payload, "url": f"javascript:alert(1)//{payload}", "author": [person, payload], payload: [payload],
        "creditText": payload, "inLanguage": payload, "image": {"@type": "ImageObject", "caption": payload},
    }  # fmt: skip
    page = sheet_of(record, full_record(), tmp_path=tmp_path)
    plain = sheet_of(full_record(), full_record(), tmp_path=tmp_path)
    assert not page.xpath("//script|//img|//iframe|//form|//object|//evil|//*[@onload]")
    assert {address.split(":")[0] for address in page.xpath("//@href")} <= {"https", "http", "#counts"}
    assert len(page.findall(".//article")) == len(plain.findall(".//article")) == 2
    assert "\x1b" not in page.text_content()
    assert "\u202e" not in page.text_content()


def test_two_copies_of_one_article_have_their_own_evidence(outcome: Any, tmp_path: Path) -> None:
    (capture,) = open_captures(str(SAMPLE))
    other = process(type(capture)(capture.locator, capture.body + b"\n"), Options())
    assert other.record["@id"] == outcome.record["@id"]
    path = tmp_path / "evidence.jsonl"
    path.write_text("".join(json.dumps(o.evidence) + "\n" for o in (outcome, other)), "utf-8")
    found = Sidecars(path)
    assert found.of(outcome.record) == outcome.evidence
    assert found.of(other.record) == other.evidence
    changed = found.of(dict(outcome.record, headline="Changed by hand"))
    assert changed is not None
    assert changed["record"]["id"] == outcome.record["@id"]


def test_the_command_writes_whole_pages(outcome: Any, tmp_path: Path) -> None:
    records, page = tmp_path / "r.jsonl", tmp_path / "review.html"
    records.write_text(json.dumps(outcome.record) + "\n", "utf-8")
    run = [sys.executable, "-m", "provenance", "report", str(records), "-o", str(page)]
    assert subprocess.run(run, check=False).returncode == 0
    assert page.read_text("utf-8").endswith("</html>\n")
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".tmp"] == []
    lost = subprocess.run([*run[:-1], str(tmp_path / "no" / "x.html")], capture_output=True, text=True, check=False)
    assert lost.returncode == 4
    assert lost.stderr.count("\n") == 1
