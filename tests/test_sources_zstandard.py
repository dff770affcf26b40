"""Zstandard around pages and web archives: read like gzip, and bounded like gzip."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from provenance.limits import LIMITS
from provenance.model import Capture, Unreadable
from provenance.sources import open_captures
from tests.making_archives import build_as, page

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def captures(path: Path) -> list[Capture]:
    return [item for item in open_captures(str(path)) if isinstance(item, Capture)]


def failures(path: Path) -> list[Unreadable]:
    return [item for item in open_captures(str(path)) if isinstance(item, Unreadable) and not item.skipped]


def test_a_packed_page_is_the_page(tmp_path: Path) -> None:
    body = (SAMPLES / "html" / "article.html").read_bytes()
    path = tmp_path / "article.html.zst"
    path.write_bytes(zstandard.compress(body[:900]) + zstandard.compress(body[900:]))
    (found,) = captures(path)
    assert found.body == body
    assert found.layers[0].kind == "zstd"


@pytest.mark.parametrize("packing", ["zstd", "dictionary"])
def test_an_archive_from_a_pipe_is_the_archive(tmp_path: Path, packing: str) -> None:
    data, _ = build_as(packing)
    path = tmp_path / "a.warc.zst"
    path.write_bytes(data)
    piped = [item for item in open_captures("-", stdin=BytesIO(data)) if isinstance(item, Capture)]
    assert [(c.url, c.body) for c in piped] == [(c.url, c.body) for c in captures(path)]
    assert len(piped) == 12


def test_a_repeated_page_finds_its_original_through_the_dictionary(tmp_path: Path) -> None:
    body = page(7)
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="WARC/1.1")
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    url, first, second = "https://news.example/7", "2024-03-01T10:00:00Z", "2024-03-05T10:00:00Z"
    whole = writer.create_warc_record(
        url, "response", payload=BytesIO(body), http_headers=headers, warc_headers_dict={"WARC-Date": first}
    )
    writer.write_record(whole)
    middle = out.tell()
    digest = whole.rec_headers.get_header("WARC-Payload-Digest")
    again = writer.create_revisit_record(url, digest, url, first, http_headers=headers)
    again.rec_headers.replace_header("WARC-Date", second)
    writer.write_record(again)
    plain = out.getvalue()
    shared = zstandard.train_dictionary(4096, [page(number) for number in range(200)])
    packer = zstandard.ZstdCompressor(dict_data=shared)
    packed = zstandard.compress(shared.as_bytes())  # the dictionary may itself be compressed
    path = tmp_path / "a.warc.zst"
    path.write_bytes(
        b"\x5d\x2a\x4d\x18" + len(packed).to_bytes(4, "little") + packed
        + packer.compress(plain[:middle]) + b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc" + packer.compress(plain[middle:])
    )  # fmt: skip
    assert [(c.captured, c.body) for c in captures(path)] == [(first, body), (second, body)]


def test_a_bomb_and_a_cut_file_are_one_failure_each(tmp_path: Path) -> None:
    bomb, cut, not_it = tmp_path / "bomb.html.zst", tmp_path / "cut.html.zst", tmp_path / "not.zst"
    bomb.write_bytes(zstandard.compress(b"<html><body>" + b"a" * (LIMITS.page_bytes + 100)))
    cut.write_bytes(zstandard.compress(page(3) * 40)[:-30])
    not_it.write_bytes(b"\x28\xb5\x2f\xfd" + b"\xff" * 400)
    assert [item.code for item in failures(bomb)] in (["limit.bytes"], ["limit.ratio"])
    assert [item.code for item in failures(cut)] == ["input.truncated"]
    assert [item.code for item in failures(not_it)] == ["input.damaged"]
    assert captures(bomb) == captures(cut) == captures(not_it) == []


def test_a_dictionary_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.zst"
    path.write_bytes(b"\x5d\x2a\x4d\x18\xff\xff\xff\xff" + bytes(100))
    assert [item.code for item in failures(path)] == ["limit.dictionary"]


def test_records_of_the_command_are_those_of_the_plain_archive(tmp_path: Path) -> None:
    for packing, name in (("plain", "a.warc"), ("dictionary", "b.warc.zst")):
        (tmp_path / name).write_bytes(build_as(packing)[0])
    run = [sys.executable, "-m", "provenance", "extract", "--any-page", "-q"]
    plain, packed = (
        subprocess.run([*run, str(tmp_path / name)], capture_output=True, check=True).stdout
        for name in ("a.warc", "b.warc.zst")
    )
    assert plain.count(b"\n") == 12
    assert plain == packed
