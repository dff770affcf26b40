"""Locators and plain files: what is read, what is passed over, what is refused and how."""

from __future__ import annotations

import gzip
import io
import os
import socket
from pathlib import Path

import pytest

from provenance.model import Capture, Unreadable
from provenance.sources import open_captures

PAGE = "<!DOCTYPE html><html><head><title>Über</title></head><body><h1>Über</h1></body></html>".encode()


def items(path, **options):
    return list(open_captures(str(path), **options))


def test_html_is_read_as_it_is(tmp_path):
    (tmp_path / "a").write_bytes(PAGE)
    (only,) = items(tmp_path / "a")
    assert only.body == PAGE
    assert (only.media_type, only.url, only.captured) == ("text/html", None, None)


def test_gzip_is_taken_off_and_named(tmp_path):
    (tmp_path / "a.html").write_bytes(gzip.compress(PAGE[:20], mtime=0) + gzip.compress(PAGE[20:], mtime=0))
    (only,) = items(tmp_path / "a.html")
    assert only.body == PAGE
    assert [layer.kind for layer in only.layers] == ["gzip"]


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"# Title\n\nBy [X](#)\n", "text/markdown"),
        (b"---\ntitle: A\nsource: https://a.example/\n---\nText\n", "text/markdown"),
        (b"Title\n\nA plain text of two lines.\n", "text/plain"),
        (b"[[Mara Lind]] writes:\n\n**Bold** text.\n", "text/markdown"),
        (b"\xef\xbb\xbf<html><p>x", "text/html"),
        ("<html><p>ж</p>".encode("utf-16"), "text/html"),
        (b"<!-- a comment -->\n<p>x</p>", "text/html"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"><html>', "text/html"),
    ],
)
def test_text_forms_are_told_by_their_bytes(tmp_path, body, media_type):
    (tmp_path / "x").write_bytes(body)
    (only,) = items(tmp_path / "x")
    assert (only.media_type, only.body) == (media_type, body)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "input.empty"),
        (b"  \n", "input.empty"),
        (bytes(range(256)), "input.binary"),
        (gzip.compress(PAGE * 50, mtime=0)[:-20], "input.truncated"),
        (gzip.compress(PAGE, mtime=0)[:-8] + bytes(8), "input.damaged"),
        (b"\x1f\x8b" + b"\xff" * 500, "input.damaged"),
        (gzip.compress(b"<html>" + b" " * 40_000_000, mtime=0), "limit.ratio"),
        (b"\x89PNG\r\n\x1a\n", "input.png"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "input.ole"),
        (b"{\\rtf1", "input.rtf"),
        (b"a\tb\tc\n1\t2\t3\n1\t2\t3\n", "input.table"),
    ],
)
def test_what_cannot_be_read_is_named_with_advice(tmp_path, body, code):
    (tmp_path / "x").write_bytes(body)
    (only,) = items(tmp_path / "x")
    assert isinstance(only, Unreadable)
    assert (only.code, only.skipped) == (code, False)
    assert only.message
    assert only.advice


def test_places_that_are_no_files_give_one_line(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "shut").write_bytes(PAGE)
    (tmp_path / "shut").chmod(0)
    codes = {name: [item.code for item in items(name)] for name in (tmp_path / "pipe", "/dev/zero", tmp_path / "none")}
    assert list(codes.values()) == [["input.not-a-file"], ["input.not-a-file"], ["input.missing"]]
    assert [item.code for item in items("a\0b")] == ["input.unreadable"]
    if os.geteuid() != 0:
        assert [item.code for item in items(tmp_path / "shut")] == ["input.unreadable"]


def test_a_pipe_is_sent_to_standard_input(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name in (tmp_path / "pipe", "/dev/fd/963", "/proc/self/fd/963"):
        (told,) = items(name)
        assert (told.code, "is a pipe" in told.message, "-" in told.advice) == ("input.not-a-file", True, True)


def test_standard_input(tmp_path):
    (only,) = items("-", stdin=io.BytesIO(PAGE))
    assert (only.locator, only.body) == ("-", PAGE)
    (nothing,) = items("-", stdin=io.BytesIO(b""))
    assert nothing.code == "input.empty"


def test_a_folder_gives_its_pages_in_order_and_no_saved_parts(tmp_path):
    (tmp_path / "b.html").write_bytes(PAGE)
    (tmp_path / "b_files").mkdir()
    (tmp_path / "b_files" / "frame.html").write_bytes(PAGE)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.md").write_bytes(b"# T\n")
    (tmp_path / "a" / "style.css").write_bytes(b"p { color: red }")
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "d.docx").write_bytes(b"{\\rtf1")
    found = items(tmp_path)
    assert [item.locator.removeprefix(str(tmp_path)) for item in found if isinstance(item, Capture)] == [
        "/a/x.md",
        "/b.html",
    ]
    assert [(item.code, item.skipped) for item in found if isinstance(item, Unreadable)] == [
        ("input.parts", True),
        ("input.parts", True),
        ("input.png", True),
        ("input.rtf", False),
    ]


HARBOUR = "harbour.html"


@pytest.mark.parametrize(
    ("beside", "folder", "inside", "read"),
    [
        (HARBOUR, "harbour_files", ["frame.html"], False),
        (HARBOUR, "harbour.files", ["frame.htm"], False),
        ("harbour.htm", "harbour-Dateien", ["frame.html", "a.html"], False),
        ("harbour.mhtml", "harbour_bestanden", ["frame.html"], False),
        (HARBOUR, "harbour_lampiran", ["frame.html", "a.css", "b.js", "c.js.download", "d.png"], False),
        (HARBOUR, "harbour_lampiran", ["frame.html", "a.css"], True),
        (HARBOUR, "harbour-articles", ["1.html", "2.html"], True),
        (HARBOUR, "harbour-articles", ["1.html", "2.html", "3.html", "a.png", "b.css"], True),
        ("2024.txt", "2024_files", ["1.html"], True),
        ("2024.json", "2024-01", ["1.html"], True),
        ("quay.html", "harbour_files", ["1.html"], True),
        (HARBOUR, "harbourfiles", ["1.html"], True),
    ],
)
def test_only_the_folder_of_a_saved_page_is_passed_over_and_it_is_counted(tmp_path, beside, folder, inside, read):
    (tmp_path / beside).write_bytes(PAGE)
    (tmp_path / folder).mkdir()
    for name in inside:
        (tmp_path / folder / name).write_bytes(PAGE)
    found = items(tmp_path)
    assert any(item.locator.startswith(f"{tmp_path / folder}/") for item in found) == read
    told = [(item.code, item.skipped) for item in found if item.locator == str(tmp_path / folder)]
    assert told == ([] if read else [("input.parts", True)])


def test_links_are_counted_and_those_to_folders_not_followed(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.html").write_bytes(PAGE)
    for name, target in {
        "again": tmp_path,
        "b": tmp_path / "a",
        "file": "a/x.html",
        "gone": "none",
        "me": "me",
    }.items():
        (tmp_path / name).symlink_to(target)
    found = [(item.locator.removeprefix(str(tmp_path)), getattr(item, "code", "page")) for item in items(tmp_path)]
    assert found == [
        ("/a/x.html", "page"),
        ("/again", "input.link"),
        ("/b", "input.link"),
        ("/file", "page"),
        ("/gone", "input.link"),
        ("/me", "input.link"),
    ]


def test_a_folder_that_cannot_be_opened_is_a_failure_wherever_it_lies(tmp_path, monkeypatch):
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "a.html").write_bytes(PAGE)
    (tmp_path / "shut").mkdir()
    real = os.scandir

    def scandir(folder):
        if os.path.basename(folder) == "shut":
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    page, shut = items(tmp_path)
    assert isinstance(page, Capture)
    for told in (shut, *items(tmp_path / "shut")):
        assert (told.locator, told.code, told.skipped) == (str(tmp_path / "shut"), "input.unreadable", False)
        assert told.advice


def test_folders_may_lie_as_deep_in_each_other_as_a_system_allows(tmp_path):
    deep = [str(tmp_path)]
    for _ in range(1200):
        deep.append(f"{deep[-1]}/d")
        os.mkdir(deep[-1])
    (file := Path(deep[-1], "x.html")).write_bytes(PAGE)
    try:
        (only,) = items(tmp_path)
        assert only.body == PAGE
    finally:  # what clears temporary folders away may not go as deep
        file.unlink()
        for folder in reversed(deep[1:]):
            os.rmdir(folder)


def test_a_file_named_like_an_address_is_no_address(tmp_path, monkeypatch):
    def no_socket(*_args, **_options):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", no_socket)
    monkeypatch.chdir(tmp_path)
    for name in ("s3://bucket/a.warc", "ftp://a.example/a.warc.gz", "file:///etc/hostname", "memory://a"):
        assert [item.code for item in items(name)] == ["input.missing"]
