"""Credit lines as printed, read by the grammar: tables of real-shaped lines in tests/credit_lines, one test a row."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from provenance.credits.byline import parse_byline
from provenance.credits.caption import split_caption
from provenance.credits.photo import parse_photo_credit
from provenance.credits.signoff import parse_dateline, parse_signoff
from provenance.credits.values import Byline, Mention
from provenance.model import House

TABLES = Path(__file__).parent / "credit_lines"
AGENCY_SITES = {"Associated Press": "ap", "ANSA": "ansa"}


def rows(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.tsv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def cases(name: str) -> list[object]:
    return [pytest.param(row, id=f"{row['language']}:{row['text'][:50]}") for row in rows(name)]


def house(row: dict[str, str]) -> House:
    name = row.get("house", "")
    return House((name,), "", AGENCY_SITES.get(name)) if name else House()


def listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def shorts(mentions: tuple[Mention, ...]) -> list[str]:
    return [m.party.display for m in mentions]


def spans_quote_the_text(text: str, read: Byline) -> bool:
    return all(text[m.span[0] : m.span[1]].strip() for m in read.mentions)


@pytest.mark.parametrize("row", cases("bylines"))
def test_bylines(row: dict[str, str]) -> None:
    read = parse_byline(row["text"], row["language"], None, house(row))
    persons = [m.party.name for m in read.authors if m.party.kind == "person"]
    assert persons == listed(row["persons"])
    assert read.relation == row["relation"]
    assert shorts(read.agencies) == listed(row["agencies"])
    assert spans_quote_the_text(row["text"], read)


@pytest.mark.parametrize("row", cases("signoffs"))
def test_signoffs(row: dict[str, str]) -> None:
    read = parse_signoff(row["text"], row["language"], None, house(row))
    assert read.relation == row["relation"]
    assert shorts(read.agencies) == listed(row["agencies"])
    assert spans_quote_the_text(row["text"], read)


@pytest.mark.parametrize("row", cases("datelines"))
def test_datelines(row: dict[str, str]) -> None:
    read = parse_dateline(row["text"], row["language"])
    assert read.relation == row["relation"]
    assert shorts(read.agencies) == listed(row["agencies"])
    assert (row["text"][slice(*read.place)] if read.place else "") == row["place"]


@pytest.mark.parametrize("row", cases("photos"))
def test_photo_credits(row: dict[str, str]) -> None:
    read = parse_photo_credit(row["text"], row["language"])
    assert read.credit == row["credit"]
    assert bool(read.refused) == (not row["credit"])
    assert [m.party.display for m in read.creators] == listed(row["creators"])
    assert shorts(read.sources) == listed(row["sources"])
    assert shorts(read.providers) == listed(row["providers"])


@pytest.mark.parametrize("row", cases("captions"))
def test_captions(row: dict[str, str]) -> None:
    split = split_caption(row["text"], row["language"])
    assert (split.credit or "") == row["credit"]
    assert split.caption == row["caption"]


def test_tables_are_broad() -> None:
    every = [row for name in ("bylines", "signoffs", "datelines", "photos", "captions") for row in rows(name)]
    assert len(every) >= 400
    assert len({row["language"].split("-")[0] for row in every}) >= 15


@pytest.mark.parametrize(
    ("text", "job", "house"),
    [
        ("By Ana Bell, Social Media & Culture Editor", "Social Media & Culture Editor", []),
        ("By Ana Bell, Social Media & Community Expert", None, []),
        ("By Ana Bell, Harbour University, and Omar Cole", None, ["Harbour University"]),
        ("By Ana Bell, Harbour University and Omar Cole", None, ["Harbour University"]),
    ],
)
def test_a_part_of_a_job_is_no_employer(text: str, job: str | None, house: list[str]) -> None:
    party = parse_byline(text, "en").authors[0].party
    assert (party.job_title, [a.name for a in party.affiliation]) == (job, house)
