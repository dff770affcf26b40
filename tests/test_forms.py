"""Real saved forms: each gives the address and the capture time that its wrapping states.

The files are other people's pages and lie beside the repository; without that folder the tests are skipped.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import html
import logging
import re
import zipfile
from pathlib import Path

import pytest

from provenance.limits import LIMITS
from provenance.model import Capture, Unreadable
from provenance.sources import memento, open_captures, times
from provenance.sources.claims import web_address
from provenance.sources.salvage import Hole, pieces
from provenance.sources.signatures import seal_of
from provenance.sources.tape import tape_of

FORMS = Path(__file__).parents[2] / "shared" / "forms"
MANIFEST = FORMS / "MANIFEST.tsv"
pytestmark = pytest.mark.skipif(not MANIFEST.is_file(), reason=f"no real forms at {FORMS}")

DAMAGED = {"clipped.warc.gz", "transfer_compression_none_truncated.warc.gz", "example-trunc.warc"}
"""The only record with the listed address is cut or fails its digest: the reason names address and time."""

NO_PAGE = {
    "main-entry-403.warc.gz": "record.part",  # the listed address is a challenge's frame; the article answered 403
    "rss.har": "record.not-html",  # a feed's answer, no page
}
BROKEN_TIME = {"clueweb-quirk.warc.gz"}
"""WARC-Date 2008-10-294T05:21:46-0700 is no time."""

TIMELESS = {"browser-saved", "factiva", "lexisnexis", "europresse"}


def rows():
    if not MANIFEST.is_file():
        return []
    with MANIFEST.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def expected_address(row):
    stated = html.unescape(row["original_url"])
    if row["group"] == "httrack" or "httrack3" in row["file"]:
        stated = f"http://{stated}"
    original = memento.original_url(stated)
    return web_address(original[0] if original else stated)


def expected_time(row):
    text = row["capture_time"].partition(" (inferred")[0]
    for read in (
        times.from_digits,
        times.from_compact,
        times.from_pdf,
        times.from_iso,
        times.from_mail,
        times.from_javascript,
    ):
        if found := read(text):
            return found
    return None


def seconds(time):
    return re.sub(r"\.\d+", "", time or "")


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"].rpartition("/")[2][:60])
def test_each_form_gives_its_address_and_capture_time(row):
    items = list(open_captures(str(FORMS / row["file"])))
    captures = [item for item in items if isinstance(item, Capture)]
    failures = [item for item in items if isinstance(item, Unreadable)]
    name = row["file"].rpartition("/")[2]
    url, time = expected_address(row), expected_time(row)
    assert items, "nothing at all was said of this file"
    for item in failures:
        assert re.fullmatch(r"[a-z]+\.[a-z-]+", item.code)
        assert item.message
        assert item.skipped or item.advice
    if name in DAMAGED:
        assert any(url in item.message and time in item.message and not item.skipped for item in failures)
        return
    if name in NO_PAGE:
        assert not captures
        assert NO_PAGE[name] in {item.code for item in failures}
        return
    if url is not None:
        found = [capture for capture in captures if capture.url == url]
        assert found, f"{url} is not among {[capture.url for capture in captures]}"
        if name not in BROKEN_TIME and time is not None:
            assert seconds(time) in {seconds(capture.captured) for capture in found}
    if row["group"] in TIMELESS:
        assert all(capture.captured is None for capture in captures)
    for capture in captures:
        assert capture.url is None or capture.url.startswith(("http://", "https://"))
        assert capture.url is None or not memento.original_url(capture.url)
        assert capture.captured is None or re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", capture.captured)


PERSONAL = (
    "73.231.253.6",  # who saved the archive.today pages
    "76.113.71.139",
    "python-requests/2.18.4",
    "GLASGOW",  # whose Nexis account it was
    "HILLHEAD",
    "ezproxy",
    "University",  # whose Europresse account
)


def test_nothing_of_the_saver_is_passed_on():
    for item in open_captures(str(FORMS)):
        told = repr(item)
        if isinstance(item, Capture):
            told += repr((item.layers, item.stated, item.notes, item.headers))
        for word in PERSONAL:
            assert word not in told
        assert not re.search(r"(?i)set-cookie|cookie:|authorization", told)


def test_the_databases_give_their_articles_with_facts_and_text():
    items = list(open_captures(str(FORMS / "lexisnexis/JBGruber+LexisNexisTools/sample.TXT")))
    assert len(items) == 10
    first = {fact.name: fact.value for fact in items[0].stated}
    assert first["publisher"] == "Guardian.com"
    assert first["author"] == "Andrew Sparrow"
    assert first["datePublished"] == "January 11, 2010 Monday"
    assert items[0].body.startswith(b"Lorem ipsum dolor sit amet, consectetur")
    assert b"LOAD-DATE" not in items[0].body
    wires = list(open_captures(str(FORMS / "factiva/cran+tm.plugin.factiva/reut21578-factiva.xml")))
    assert len(wires) == 19
    assert {fact.name: fact.value for fact in wires[0].stated}["headline"] == "DIAMOND SHAMROCK (DIA) CUTS CRUDE PRICES"


def test_a_self_extracting_page_is_read_from_its_archive():
    (page,) = open_captures(str(FORMS / "generated-by-real-tools/houstonpress-singlefile2.0.83-selfextract.html"))
    assert page.layers[0].kind == "singlefile-zip"
    assert page.charset == "utf-8"
    assert b"Chance" in page.body[:2000]


SIGNED = {
    "webrecorder+replayweb.page/example.wacz": {"signed": "2022-09-16T19:14:45.174Z"},
    "webrecorder+replayweb.page/iframetest.wacz": {"signed": "2025-05-08T19:52:46.717Z"},
    "webrecorder+py-wacz/invalid_signed_example_1.wacz": {
        "signed-for": "btrix-sign-test.webrecorder.net",
        "stamped": "2022-01-18T04:54:34Z",
    },
}


@pytest.mark.parametrize("name", SIGNED)
def test_signatures_of_real_containers_hold(name):
    pytest.importorskip("cryptography", reason="cryptography is not installed (extra signatures)")
    file = FORMS / "wacz" / name
    with zipfile.ZipFile(file) as archive:
        seal = seal_of(archive.read("datapackage.json"), archive.read("datapackage-digest.json"))
    detail = dict(seal.detail)
    assert seal.notes == ()
    assert detail["signature"] == "fits"
    assert SIGNED[name].items() <= detail.items()


# --- archives against a plain reading of the frames ---------------------------------------------------------------------


def archives():
    return sorted(path for path in (FORMS / "warc").rglob("*") if path.is_file()) if MANIFEST.is_file() else []


def by_warcio(path):
    """(type, address, date) of every whole record that warcio frames; a digest that is wrong is no whole record."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    whole = []
    with path.open("rb") as file:
        try:
            for record in ArchiveIterator(file, no_record_parse=True):
                raw = record.raw_stream.read()
                length = record.rec_headers.get_header("Content-Length") or record.rec_headers.get_header("length")
                if len(raw) == int(length) and digest_fits(record.rec_headers.get_header("WARC-Block-Digest"), raw):
                    whole.append(key(record.rec_type, record.rec_headers))
        except (ArchiveLoadFailed, EOFError):
            pass
    return whole


def key(kind, headers):
    address = headers.get_header("WARC-Target-URI") or headers.get_header("uri")
    return {"arc_header": "warcinfo"}.get(kind, kind), (address or "").strip("<>").replace(" ", "%20")


def digest_fits(label, raw):
    algorithm, _, value = (label or "").partition(":")
    if not value:
        return True
    found = hashlib.new(algorithm.replace("-", ""), raw).digest()
    return value.lower() == found.hex() or value == base64.b32encode(found).decode()


@pytest.mark.parametrize("path", archives(), ids=lambda path: path.name[:60])
def test_no_good_record_is_lost_against_a_plain_reading(path, caplog, capsys):
    caplog.set_level(logging.CRITICAL)
    reference = by_warcio(path)
    with path.open("rb") as file:
        found = list(pieces(tape_of(file, True), LIMITS, lambda headers: True))
    ours = [
        (piece.header("WARC-Type"), (piece.header("WARC-Target-URI") or "").strip("<>").replace(" ", "%20"))
        for piece in found
        if not isinstance(piece, Hole)
    ]
    for record in reference:
        if record[1].startswith("http://www.dryswamp.edu") or record[0] == "warcinfo":
            continue  # warcio takes the ten fields of ARC 2 for five, and a wrong length for a right one
        assert record in ours
    assert len(ours) >= len(reference) or path.name == "hello-world2.arc"


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("clipped.warc.gz", 0),
        ("transfer_compression_none_truncated.warc.gz", 2),
        ("example-trunc.warc", 2),
        ("badexample.arc.gz", 3),
        ("hello-world2.arc", 0),
        ("Evil-Warc-Headers.warc", 0),
    ],
)
def test_broken_archives_give_what_stands_before_the_damage_and_a_reason(name, before):
    path = next(path for path in archives() if path.name == name)
    with path.open("rb") as file:
        found = list(pieces(tape_of(file, True), LIMITS, lambda headers: True))
    hole = next(index for index, piece in enumerate(found) if isinstance(piece, Hole))
    assert hole == before
    failures = [item for item in open_captures(str(path)) if isinstance(item, Unreadable) and not item.skipped]
    assert failures
    assert all(item.code == "archive.damaged" for item in failures)
