"""Small pages and a small pipeline for runs in tests: pages can crash, hang or swell the worker that reads them."""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import signal
import time
from pathlib import Path

from provenance.model import Capture, Note, Outcome

FAULTS = {
    "segfault": lambda: ctypes.string_at(0),
    "abort": lambda: os.abort(),
    "exit": lambda: os._exit(9),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "hang-in-python": lambda: time.sleep(60),
    "hang-in-c": lambda: ctypes.CDLL(None, use_errno=True).pause(),
    "memory": lambda: [bytearray(40_000_000) for _ in range(200)],
    "recursion": lambda: _deep(0),
    "error": lambda: 1 / 0,
}
CODES = {
    "segfault": "worker.crash",
    "abort": "worker.crash",
    "exit": "worker.crash",
    "kill": "worker.crash",
    "hang-in-python": "worker.timeout",
    "hang-in-c": "worker.timeout",
    "memory": "worker.memory",
    "recursion": "worker.recursion",
    "error": "worker.error",
}


def _deep(level: int) -> int:
    return _deep(level + 1) + 1


def process(capture: Capture) -> Outcome:
    """A record with the title; `<!-- fault: NAME -->` in the page does what it says."""
    fault = re.search(rb"<!-- fault: (\S+) -->", capture.body)
    if fault:
        FAULTS[fault[1].decode()]()
    title = re.search(rb"<title>(.*?)</title>", capture.body, re.DOTALL)
    if title is None:
        return Outcome(capture.locator, capture.sha256, refusal=Note("page.listing", "it is a list of links"))
    digest = hashlib.sha256(capture.body).hexdigest()
    record = {"headline": title[1].decode("utf-8", "replace"), "sha256": digest}
    return Outcome(capture.locator, capture.sha256, record, {"record": digest, "entries": [{"path": "/headline"}]})


def html(title: str, more: str = "", size: int = 0) -> bytes:
    """A page with a title."""
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body><p>{'word ' * (size // 5)}{more}</body></html>".encode()


def write_pages(folder: Path, count: int, size: int = 200) -> list[str]:
    """`count` pages in a folder; every seventh is no article and every eleventh is unreadable."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for n in range(count):
        path = folder / f"{n:05d}.html"
        body = html(f"Story {n} — ë", size=size)
        if n % 7 == 3:
            body = body.replace(b"title>", b"h1>")
        if n % 11 == 5:
            body = b"\x89PNG\r\n\x1a\n" + body
        path.write_bytes(body)
        names.append(str(path))
    return names
