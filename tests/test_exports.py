"""Exports read back by the formats' own parsers, with what a hostile page may put into a name or headline."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import time
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from provenance.exports import EXPORTERS, shape
from provenance.exports.catalogue import DC, MODS
from provenance.exports.names import Name, split_name
from provenance.exports.spreadsheet import BOM, safe_cell
from provenance.normalise import ORDER
from tests.crosswalk import places

DOC = (Path(__file__).resolve().parent.parent / "docs" / "exports.md").read_text(encoding="utf-8")

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
    assert item["archive_location"] == "https://archive.example/web/1/x", "what was seen on that day"
    assert item["archive"] == "archive.example"
    assert "original-publisher" not in item


def test_copies_of_one_article_have_ids_of_their_own() -> None:
    same = [RECORD, RECORD, {**RECORD, "@id": f"{RECORD['@id']}#2"}, RECORD]
    ids = [item["id"] for item in json.loads("".join(EXPORTERS["csl-json"](same)))]
    assert ids[0] == RECORD["@id"]
    assert len(set(ids)) == len(same)
    keys = re.findall(r"@article{(.*?),", "".join(EXPORTERS["bibtex"](same)))
    assert len(set(keys)) == len(same)


def test_an_editor_of_a_story_is_not_said_to_edit_the_newspaper() -> None:
    record = {**RECORD, "contributor": [AFP], "editor": [{"@type": "Person", "name": "Max Unger"}]}
    (item,) = json.loads(exported("csl-json", record))
    assert item["contributor"] == [{"literal": "Agence France-Presse"}, {"family": "Unger", "given": "Max"}]
    assert "editor" not in item
    bibtex = exported("bibtex", record)
    assert "  editora = {{Agence France-Presse}},\n  editoratype = {collaborator},\n" in bibtex
    assert "  editorb = {Unger, Max},\n  editorbtype = {redactor},\n" in bibtex
    assert "ED  - Unger, Max\r\n" in exported("ris", record)
    assert "editor" not in exported("bibtex"), "no type without people"


def test_the_copy_is_named_where_its_day_is() -> None:
    assert "  urldate = {2024-03-05}," in exported("bibtex")
    assert "  addendum = {Archived at https://archive.example/web/1/x}," in exported("bibtex")
    local = {**RECORD, "archivedAt": [{"@type": "WebPage", "dateCreated": "2024-03-05T09:10:11Z"}]}
    assert not {"archive", "archive_location"} & set(json.loads(exported("csl-json", local))[0])
    assert "addendum" not in exported("bibtex", local)


PRINTED = {**RECORD, "articleSection": ["City"], "printSection": "Metro", "printPage": "A3", "printEdition": "Late"}


def test_the_place_in_print() -> None:
    (item,) = json.loads(exported("csl-json", PRINTED))
    assert (item["section"], item["page"], item["edition"]) == ("Metro", "A3", "Late")
    assert {"SE  - Metro", "SP  - A3", "ET  - Late"} <= set(exported("ris", PRINTED).split("\r\n"))
    assert "  pages = {A3},\n" in exported("bibtex", PRINTED)
    assert (
        "<dcterms:bibliographicCitation>The Example Gazette, Late, Metro, A3</dcterms:bibliographicCitation>"
        in exported("dc", PRINTED)
    )
    (row,) = csv.DictReader(io.StringIO(exported("csv", PRINTED)))
    assert (row["printSection"], row["printPage"], row["printEdition"]) == ("Metro", "A3", "Late")
    (host,) = etree.fromstring(exported("mods", PRINTED).encode()).findall(".//{*}relatedItem[@type='host']")
    assert host.findtext("{*}originInfo/{*}edition") == "Late"
    assert [e.text for e in host.findall("{*}part/{*}detail[@type='section']/{*}title")] == ["Metro", "City"]
    assert host.findtext("{*}part/{*}extent[@unit='page']/{*}list") == "A3"


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


@pytest.mark.parametrize(
    "evil", ["} }\n@book{evil, title={x}", "\\input{/etc/passwd}", "100% & $5 #1 _ ^ ~", "{{{", "\\}"]
)
def test_biblatex_cannot_be_broken_out_of(evil: str) -> None:
    text = exported("bibtex", {**RECORD, "headline": evil, "url": "https://x.example/}{"})
    assert text.count("\n@") + text.startswith("@") == 1
    assert "\\input" not in text
    depths = _depths(text)
    assert depths[-1] == 0
    assert depths[text.rindex("}")] == 0
    assert min(depths[text.index("{") : text.rindex("}")]) == 1, "the entry ends before its end"


def _depths(text: str) -> list[int]:
    """Depth of braces after every character, as readers of .bib files count them: a backslash hides none."""
    return list(accumulate({"{": 1, "}": -1}.get(c, 0) for c in text))


def people(*names: str) -> dict[str, Any]:
    return {**RECORD, "author": [{"@type": "Person", "name": name} for name in names]}


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Marta Lind", "Lind, Marta"),
        ("Carl Berg Jr.", "Berg, Jr., Carl"),
        ("Marta van der Lind", "van der Lind, Marta"),
        ("Joris van 't Veen", "van 't Veen, Joris"),
        ("Pablo Robles y Luna", "{Robles y Luna}, Pablo"),
        ("Pablo de la Roca y Luna", "de la {Roca y Luna}, Pablo"),
        ("Ana and Bo Lind", "{Ana and Bo Lind}"),
        ("Ana AND Bo Lind", "Lind, {Ana AND Bo}"),
        ("Bo\u00a0and\u00a0Ana Lind", "{Bo and Ana Lind}"),
        ("Metin And", "{And}, Metin"),
        ("others", "{others}"),
    ],
)
def test_biblatex_names_are_one_person_each(name: str, printed: str) -> None:
    (authors,) = re.findall(r"author = \{(.*)\},", exported("bibtex", people(name, "Zoe Marsh")))
    assert authors == f"{printed} and Marsh, Zoe"


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
    assert tree.xpath("//m:recordInfo/m:recordIdentifier/text()", namespaces=spaces) == [RECORD["@id"]]


def test_mods_has_no_prefixes() -> None:
    text = exported("mods")
    assert "<mods xmlns=" in text
    assert not re.search(r"</?\w+:|xmlns:", text)
    assert {etree.QName(e).namespace for e in etree.fromstring(text.encode()).iter()} == {MODS}


def test_mods_has_no_empty_elements() -> None:
    tree = etree.fromstring(exported("mods", RECORD, PRINTED, {"headline": "Ferry"}).encode())
    assert [e.tag for e in tree.iter() if not len(e) and not e.text] == []


@pytest.mark.parametrize(
    ("format_", "printed"),
    [
        ("csl-json", '"author": [{"family": "Berg", "given": "Carl", "suffix": "Jr."}]'),
        ("ris", "AU  - Berg, Carl, Jr.\r\n"),
        ("bibtex", "author = {Berg, Jr., Carl},"),
        ("mods", '<namePart type="termsOfAddress">Jr.</namePart>'),
    ],
)
def test_suffixes_have_a_place_of_their_own(format_: str, printed: str) -> None:
    assert printed in exported(format_, people("Carl Berg, Jr."))


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


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('x;=HYPERLINK("…")', """x;'=HYPERLINK("…")"""),
        ("x; +1", "x; '+1"),
        ("x\t@SUM(1)", "x\t'@SUM(1)"),
        ("x\n-1", "x\n'-1"),
        ('x;"=1+1', """x;"'=1+1"""),
        ('x"; "=1', """x"; "'=1"""),
        ("x;；＝1", "x;；＝1"),
        ("x;＝1", "x;'＝1"),
        ("down, -5 points", "down, -5 points"),
        ("https://x.example/a,-b?c=d", "https://x.example/a,-b?c=d"),
        ("three - four; five", "three - four; five"),
        ("Lind; Marsh", "Lind; Marsh"),
    ],
)
def test_no_part_of_a_cell_is_a_formula(text: str, cell: str) -> None:
    """Where cells are parted at semicolons, another one begins in the middle of this."""
    assert safe_cell(text) == cell


def test_a_second_author_is_no_formula() -> None:
    (row,) = csv.DictReader(io.StringIO(exported("csv", people("Marta Lind", "=1+1"))))
    assert row["author"] == "Marta Lind; '=1+1"


@pytest.mark.parametrize("text", [";" * 400_000, '\t"' * 200_000, ";=" * 200_000])
def test_cells_are_read_once(text: str) -> None:
    start = time.process_time()
    safe_cell(text)
    assert time.process_time() - start < 3


def test_a_byte_order_mark_where_it_is_wanted() -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "provenance", "export", "-", *arguments],
            input=json.dumps(RECORD).encode(), capture_output=True,
        )  # fmt: skip

    plain, marked, refused = run("--to", "csv"), run("--to", "csv", "--bom"), run("--to", "ris", "--bom")
    assert marked.stdout == BOM.encode() + plain.stdout
    assert plain.stdout.startswith(b"url,")
    assert (refused.returncode, refused.stdout) == (2, b"")


def test_csv_columns() -> None:
    (row,) = list(csv.DictReader(io.StringIO(exported("csv"))))
    assert row["author"] == "Marta van der Lind; Agence France-Presse"
    assert row["archiveUrl"] == "https://archive.example/web/1/x"
    assert row["photoCredits"] == "Harbour Authority / TASS"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ludwig van Beethoven", ("van Beethoven", "Ludwig")),
        ("Carl Berg Jr.", ("Berg", "Carl", "Jr.")),
        ("Carl Berg, Jr.", ("Berg", "Carl", "Jr.")),
        ("Carl Berg III", ("Berg", "Carl", "III")),
        ("Lea Marsh PhD", ("Marsh", "Lea", "PhD")),
        ("Lea van Marsh, Ph.D., M.D.", ("van Marsh", "Lea", "Ph.D. M.D.")),
        ("Berg Jr.", None),
        ("Elizabeth II", None),
        ("Anna E Berg", ("Berg", "Anna E")),
        ("Anna Y Berg", ("Berg", "Anna Y")),
        ("Anna I. Berg", ("Berg", "Anna I.")),
        ("Pablo Robles y Luna", ("Robles y Luna", "Pablo")),
        ("Pablo María Robles y Luna", ("Robles y Luna", "Pablo María")),
        ("Lúcio Prado e Silva", ("Prado e Silva", "Lúcio")),
        ("Jordi Roca i Pujol", ("Roca i Pujol", "Jordi")),
        ("Pablo de la Roca y Luna", ("de la Roca y Luna", "Pablo")),
        ("Robles y Luna", None),
        ("Joris van 't Veen", ("van 't Veen", "Joris")),
        ("Joris van ’t Veen", ("van ’t Veen", "Joris")),
        ("Joris in 't Veen", ("in 't Veen", "Joris")),
        ("van der Lind", None),
        ("Al Marsh", ("Marsh", "Al")),
        ("Roberto De Luna", ("De Luna", "Roberto")),
        ("Ana and Bo Lind", None),
        ("Marta Lind", ("Lind", "Marta")),
        ("Иван Примеров", ("Примеров", "Иван")),
        ("Prince", None),
        ("山田太郎", None),
        ("Lind, Marta", None),
    ],
)
def test_splitting_names(name: str, parts: tuple[str, ...] | None) -> None:
    assert split_name(name) == (Name(*parts) if parts else None)


# --- docs/exports.md -----------------------------------------------------------------------------------------------


def _table(name: str) -> list[list[str]]:
    """Rows of a table of the page, its head first."""
    found = re.search(rf"<!-- {name}:begin -->\n(.*?)<!-- {name}:end -->", DOC, re.S)
    assert found is not None
    head, _, *rows = ([cell.strip() for cell in line[1:-1].split("|")] for line in found[1].splitlines())
    return [head, *rows]


def test_the_page_says_where_every_property_goes() -> None:
    (_, *formats), *rows = _table("crosswalk")
    assert formats == list(EXPORTERS)
    told = {
        path: {name: set(re.findall("`([^`]+)`", cell)) for name, cell in zip(formats, cells, strict=True)}
        for properties, *cells in rows
        for path in re.findall("`([^`]+)`", properties)
    }
    found = places()
    kept = {path for name in formats for path, where in found[name].items() if where}
    assert kept <= set(told), "a property is exported, and the page does not say so"
    assert {path.partition(".")[0] for path in told} >= set(ORDER), "a property is lost, and the page does not say so"
    for path, cells in told.items():
        assert cells == {name: found[name].get(path, set()) for name in formats}, path


def test_the_page_splits_names_as_the_code_does() -> None:
    _, *rows = _table("names")
    for name, family, given_name, suffix in rows:
        assert split_name(name) == (Name(family, given_name, suffix) if family else None), name


def test_formats_of_the_page_are_those_of_the_code() -> None:
    named = re.findall(r"(?m)^\| `([a-z-]+)` \| [^|]+ \|$", DOC)
    assert named == ["--to", *EXPORTERS]
