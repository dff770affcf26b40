"""Locators and plain files: what is read, what is passed over, what is refused and how."""

from __future__ import annotations

import gzip
import io
import os
import socket

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
        ("input.png", True),
        ("input.rtf", False),
    ]


def test_a_file_named_like_an_address_is_no_address(tmp_path, monkeypatch):
    def no_socket(*_args, **_options):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", no_socket)
    monkeypatch.chdir(tmp_path)
    for name in ("s3://bucket/a.warc", "ftp://a.example/a.warc.gz", "file:///etc/hostname", "memory://a"):
        assert [item.code for item in items(name)] == ["input.missing"]
