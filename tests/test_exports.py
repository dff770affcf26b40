"""Exports read back by the formats' own parsers, with what a hostile page may put into a name or headline."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from provenance.exports import EXPORTERS, shape
from provenance.exports.catalogue import DC, MODS
from provenance.exports.names import split_name
from provenance.exports.spreadsheet import safe_cell

AFP = {
    "@type": "Organization",
    "name": "Agence France-Presse",
    "alternateName": "AFP",
    "sameAs": "http://www.wikidata.org/entity/Q40464",
}
RECORD: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "@id": "urn:uuid:713e353f-3fe0-53ea-b18b-3f3a7c11bf4f",
    "url": "https://gazette.example/2024/03/02/ferry-link",
    "headline": "Ferry Link Reopens",
    "inLanguage": "en",
    "datePublished": "2024-03-02T06:30:00+00:00",
    "author": [{"@type": "Person", "name": "Marta van der Lind", "affiliation": [AFP]}, AFP],
    "sourceOrganization": [AFP],
    "publisher": {"@type": "Organization", "name": "The Example Gazette"},
    "creditText": "AFP via The Example Gazette",
    "keywords": ["ferries"],
    "image": [{"@type": "ImageObject", "caption": "The quay.", "creditText": "Harbour Authority / TASS"}],
    "archivedAt": [{"@type": "WebPage", "url": "https://archive.example/web/1/x", "dateCreated": "2024-03-05T09:10:11Z"}],
}  # fmt: skip


def exported(name: str, *records: dict[str, Any]) -> str:
    return "".join(EXPORTERS[name](records or (RECORD,)))


def test_csl_names_dates_and_note() -> None:
    (item,) = json.loads(exported("csl-json"))
    assert item["type"] == "article-newspaper"
    assert item["author"] == [{"family": "van der Lind", "given": "Marta"}, {"literal": "Agence France-Presse"}]
    assert item["issued"] == {"date-parts": [[2024, 3, 2]]}
    assert item["accessed"] == {"date-parts": [[2024, 3, 5]]}
    assert item["note"] == "AFP via The Example Gazette"
    assert "original-publisher" not in item


def test_no_record_is_an_empty_array() -> None:
    assert json.loads("".join(EXPORTERS["csl-json"]([]))) == []


def test_ris_corporate_author_ends_in_a_comma() -> None:
    lines = exported("ris").split("\r\n")
    assert lines[0] == "TY  - NEWS"
    assert "AU  - van der Lind, Marta" in lines
    assert "AU  - Agence France-Presse," in lines
    assert "DA  - 2024/03/02/" in lines
    assert lines.index("ER  - ") == len(lines) - 3


@pytest.mark.parametrize("evil", ["x\r\nER  - \r\nTY  - BOOK", "x\u2028ER  - ", "a\x00b"])
def test_ris_cannot_be_forged(evil: str) -> None:
    text = exported("ris", {**RECORD, "headline": evil})
    assert len(re.findall(r"(?m)^TY  - ", text)) == 1
    assert len(re.findall(r"(?m)^ER  - ", text)) == 1


@pytest.mark.parametrize("evil", ["} }\n@book{evil, title={x}", "\\input{/etc/passwd}", "100% & $5 #1 _ ^ ~", "{{{"])
def test_biblatex_cannot_be_broken_out_of(evil: str) -> None:
    text = exported("bibtex", {**RECORD, "headline": evil, "url": "https://x.example/}{"})
    assert text.count("\n@") + text.startswith("@") == 1
    unescaped = re.sub(r"\\[{}]", "", text)
    assert unescaped.count("{") == unescaped.count("}")
    assert "\\input" not in text


def test_biblatex_keys_are_unique_and_plain() -> None:
    text = exported("bibtex", RECORD, RECORD)
    keys = re.findall(r"@article\{([^,]+),", text)
    assert keys == ["van-der-lind-2024-ferry-link-reopens", "van-der-lind-2024-ferry-link-reopens-2"]


def test_mods_merges_author_and_source() -> None:
    tree = etree.fromstring(exported("mods").encode())
    spaces = {"m": MODS}
    names = tree.xpath("//m:mods/m:name[@type='corporate']", namespaces=spaces)
    assert len(names) == 1
    assert names[0].xpath("m:role/m:roleTerm/text()", namespaces=spaces) == ["aut", "prv"]
    assert tree.xpath("//m:namePart[@type='family']/text()", namespaces=spaces) == ["van der Lind"]
    assert tree.xpath("//m:originInfo/m:dateIssued/text()", namespaces=spaces) == ["2024-03-02T06:30:00+00:00"]
    assert tree.xpath("//m:relatedItem[@type='constituent']/m:note/text()", namespaces=spaces) == [
        "Harbour Authority / TASS"
    ]


def test_dublin_core() -> None:
    tree = etree.fromstring(exported("dc").encode())
    assert tree.xpath("//dc:creator/text()", namespaces={"dc": DC}) == ["Marta van der Lind", "Agence France-Presse"]


@given(st.text(min_size=1))
def test_xml_is_well_formed_whatever_a_page_says(text: str) -> None:
    record = {**RECORD, "headline": text, "keywords": [text]}
    for name in ("dc", "mods"):
        etree.fromstring(exported(name, record).encode("utf-8", "replace"))


LOOSE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters())
    | st.sampled_from(
        ["Person", "https://x.example/", "javascript:alert(1)", "2024-02-30", "2024-02-03", "\ud800", "a\x1b[2J"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*"@id @type name url headline caption creditText contentUrl encoding sha256".split()]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
HOSTILE = st.dictionaries(st.sampled_from([*shape._RECORD, "x"]), LOOSE, max_size=8)


@given(st.lists(HOSTILE, max_size=2))
def test_no_record_breaks_an_export(records: list[dict[str, Any]]) -> None:
    """Whatever JSON a record holds, its export is whole, is UTF-8, and cannot move a cursor."""
    texts = {name: "".join(write(records)) for name, write in EXPORTERS.items()}
    for name, text in texts.items():
        text.encode("utf-8")
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text), name
    assert len(json.loads(texts["csl-json"])) == len(records)
    assert len(list(csv.reader(io.StringIO(texts["csv"], newline="")))) == len(records) + 1
    for name in ("dc", "mods"):
        assert len(etree.fromstring(texts[name].encode())) == len(records)
    assert texts["ris"].count("TY  - NEWS\r\n") >= len(records)
    assert len(re.findall(r"(?m)^@article\{", texts["bibtex"])) == len(records)


def test_addresses_are_those_of_the_web() -> None:
    evil = {
        **RECORD,
        "url": "javascript:alert(1)",
        "image": [{"caption": "The quay.", "contentUrl": "JavaScript:alert(1)"}],
        "archivedAt": [{"url": "data:text/html,x"}],
        "isBasedOn": [{"url": "file:///etc/passwd"}],
    }
    for name in EXPORTERS:
        text = exported(name, evil)
        assert not re.search("javascript:|data:|file:", text, re.I), name
        assert "gazette.example" in exported(name), name


@pytest.mark.parametrize("name", EXPORTERS)
def test_controls_are_replaced_in_every_format(name: str) -> None:
    text = exported(name, {**RECORD, "headline": "Ferry\x1b[2J\x0b\x9b Link \ud800"})
    assert "Ferry\ufffd[2J" in text
    assert not re.search("[\x0b\x1b\x9b\ud800]", text)


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_record_of_almost_nothing_is_exported(name: str) -> None:
    text = exported(name, {"url": "https://gazette.example/x"}, {"keywords": "ferries"}, {})
    assert "https://gazette.example/x" in text


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "＝1", "|calc", "%0"])
def test_cells_are_no_formulas(evil: str) -> None:
    (row,) = list(csv.DictReader(io.StringIO(exported("csv", {**RECORD, "headline": evil}))))
    assert row["headline"].startswith("'")
    assert safe_cell("plain") == "plain"


def test_csv_columns() -> None:
    (row,) = list(csv.DictReader(io.StringIO(exported("csv"))))
    assert row["author"] == "Marta van der Lind; Agence France-Presse"
    assert row["archiveUrl"] == "https://archive.example/web/1/x"
    assert row["photoCredits"] == "Harbour Authority / TASS"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ludwig van Beethoven", ("van Beethoven", "Ludwig")),
        ("Martin Luther King Jr.", ("King", "Martin Luther Jr.")),
        ("Marta Lind", ("Lind", "Marta")),
        ("Иван Примеров", ("Примеров", "Иван")),
        ("Prince", None),
        ("山田太郎", None),
        ("Lind, Marta", None),
    ],
)
def test_splitting_names(name: str, parts: tuple[str, str] | None) -> None:
    assert split_name(name) == parts
