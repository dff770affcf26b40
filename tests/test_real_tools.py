"""One article of our own, saved by real tools: every form gives the same record in each field that it still carries.

The article is served on loopback by a small proxy, so that every tool sees it under its own address. A tool that is
not installed (see tools/install_tools.sh) skips its tests and says so.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from provenance.model import Capture
from provenance.pipeline import process
from provenance.sources import open_captures

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = (ROOT / "tests" / "pages" / "en-wire" / "input.html").read_bytes()
ADDRESS = "http://gazette.example/2024/03/02/ferry-link-reopens-a1001"
CANONICAL = "https://gazette.example/2024/03/02/ferry-link-reopens-a1001"
CHROMIUM = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
SINGLE_FILE = ROOT / ".tools" / "node" / "node_modules" / ".bin" / "single-file"
PYWB = ROOT / ".tools" / "pywb" / "bin"

COMPARED = (
    "url headline articleBody inLanguage datePublished dateModified author sourceOrganization publisher creditText"
).split()

LOSES: dict[str, frozenset[str]] = {
    "chromium-mhtml": frozenset({"dateModified"}),
    "chromium-pdf": frozenset(
        {"headline", "url", "articleBody", "datePublished", "dateModified", "publisher", "creditText"}
    ),
    "singlefile": frozenset(),
    "singlefile-zip": frozenset(),
    "wget": frozenset(),
    "wget-warc": frozenset(),
    "wget-mirror": frozenset(),
    "httrack": frozenset(),
    "warcio": frozenset(),
    "pywb": frozenset(),
}
"""Fields that a form loses; docs/forms.md shows the same table."""


WITHOUT_SCHEME = frozenset({"httrack"})
"""Forms that do not keep whether the address was http or https."""


class _Proxy(BaseHTTPRequestHandler):
    """Answers every address with the article, images with nothing; reached as a proxy, so no name is resolved."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        page = "ferry-link-reopens" in self.path
        body = ARTICLE if page else b""
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8" if page else "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_CONNECT(self) -> None:
        """Browsers phone home through the proxy; nothing leaves this machine."""
        self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def proxy() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Proxy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def need(tool: str | Path | None, name: str) -> str:
    if tool is None or not Path(tool).exists():
        pytest.skip(f"{name} is not installed (see tools/install_tools.sh)")
    return str(tool)


def run(*command: str, proxy: str = "", cwd: Path | None = None, good: tuple[int, ...] = (0,)) -> None:
    environment = {**os.environ, "http_proxy": proxy, "HOME": str(cwd or "/tmp")}
    done = subprocess.run(command, capture_output=True, timeout=120, cwd=cwd, env=environment)
    assert done.returncode in good, (done.stdout + done.stderr).decode(errors="replace")[-2000:]


def chromium_flags(proxy: str, folder: Path) -> list[str]:
    return [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--proxy-server={proxy}",
        f"--user-data-dir={folder / 'profile'}", "--no-first-run", "--disable-component-update",
        "--disable-background-networking", "--proxy-bypass-list=<-loopback>",
    ]  # fmt: skip


def save_mhtml(proxy: str, folder: Path) -> Path:
    """By the DevTools protocol over a pipe: Page.captureSnapshot is what the browser's Save dialog calls."""
    browser = need(CHROMIUM, "Chromium")
    read_in, write_in = os.pipe()
    read_out, write_out = os.pipe()
    command = ["bash", "-c", f'exec "$@" 3<&{read_in} 4>&{write_out}', "-", browser]
    command += [*chromium_flags(proxy, folder), "--remote-debugging-pipe"]
    process_ = subprocess.Popen(command, pass_fds=(read_in, write_out), stderr=subprocess.DEVNULL)
    try:
        talk = _Protocol(write_in, read_out)
        target = talk("Target.createTarget", url="about:blank")["targetId"]
        session = talk("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        talk("Page.enable", session)
        talk("Page.navigate", session, url=ADDRESS)
        talk.until("Page.loadEventFired")
        snapshot = talk("Page.captureSnapshot", session, format="mhtml")["data"]
    finally:
        process_.kill()
        process_.wait()
    target_file = folder / "article.mhtml"
    target_file.write_bytes(snapshot.encode())
    return target_file


class _Protocol:
    """Messages of the DevTools protocol, parted by NUL bytes."""

    def __init__(self, write: int, read: int) -> None:
        self.write, self.read, self.number, self.buffer = write, read, 0, b""

    def __call__(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.write, json.dumps(message).encode() + b"\0")
        return self.wait(lambda m: m.get("id") == self.number)["result"]

    def until(self, event: str) -> None:
        self.wait(lambda m: m.get("method") == event)

    def wait(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        for _ in range(100_000):
            while b"\0" not in self.buffer:
                self.buffer += os.read(self.read, 1 << 16)
            raw, self.buffer = self.buffer.split(b"\0", 1)
            message = json.loads(raw)
            if wanted(message):
                return message
        raise AssertionError("the browser never answered")


def save_pdf(proxy: str, folder: Path) -> Path:
    pytest.importorskip("pypdf", reason="pypdf is not installed (extra pdf)")
    target = folder / "article.pdf"
    browser = need(CHROMIUM, "Chromium")
    run(browser, *chromium_flags(proxy, folder), f"--print-to-pdf={target}", ADDRESS, cwd=folder)
    return target


def save_singlefile(proxy: str, folder: Path, *options: str) -> Path:
    browser, tool = need(CHROMIUM, "Chromium"), need(SINGLE_FILE, "single-file-cli")
    target = folder / "article.html"
    flags = f"--browser-args={json.dumps(chromium_flags(proxy, folder))}"
    for _ in range(4):  # the tool sometimes loses its browser ("Execution context not found") and writes nothing
        run(tool, ADDRESS, str(target), f"--browser-executable-path={browser}", flags, *options, cwd=folder)
        if target.exists():
            break
    return target


def save_wget(proxy: str, folder: Path) -> Path:
    run(need(shutil.which("wget"), "wget"), "-q", "-O", "article.html", ADDRESS, proxy=proxy, cwd=folder)
    return folder / "article.html"


def save_wget_warc(proxy: str, folder: Path) -> Path:
    tool = need(shutil.which("wget"), "wget")
    run(tool, "-q", "-O", "/dev/null", "--warc-file=article", ADDRESS, proxy=proxy, cwd=folder)
    return folder / "article.warc.gz"


def save_wget_mirror(proxy: str, folder: Path) -> Path:
    tool = need(shutil.which("wget"), "wget")
    run(tool, "-q", "-x", "-E", "-k", "-K", "-P", str(folder / "mirror"), ADDRESS, proxy=proxy, cwd=folder)
    return folder / "mirror"


def save_httrack(proxy: str, folder: Path) -> Path:
    tool = need(shutil.which("httrack"), "HTTrack")
    host = proxy.removeprefix("http://")
    run(tool, ADDRESS, "-O", str(folder / "mirror"), "-P", host, "-r1", "-q", "-%v0", "-s0", "-I0", cwd=folder)
    return folder / "mirror" / "gazette.example"


def save_warcio(proxy: str, folder: Path) -> Path:
    script = (
        "import sys\nfrom warcio.capture_http import capture_http\nimport requests\n"
        "with capture_http(sys.argv[1]):\n    requests.get(sys.argv[2], proxies={'http': sys.argv[3]})\n"
    )
    target = folder / "article.warc.gz"
    python = ROOT / ".venv" / "bin" / "python"
    run(str(python if python.exists() else "python3"), "-c", script, str(target), ADDRESS, proxy, cwd=folder)
    return target


def save_pywb(proxy: str, folder: Path) -> Path:
    """A real pywb replays the WARC; the page is saved from it."""
    need(PYWB / "pywb", "pywb")
    warc = save_wget_warc(proxy, folder)
    run(str(PYWB / "wb-manager"), "init", "news", cwd=folder)
    run(str(PYWB / "wb-manager"), "add", "news", str(warc), cwd=folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [str(PYWB / "pywb"), "-p", str(port), "-b", "127.0.0.1"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        page = _patiently(f"http://127.0.0.1:{port}/news/mp_/{ADDRESS}")
    finally:
        server.kill()
        server.wait()
    target = folder / "replayed.html"
    target.write_bytes(page)
    return target


def _patiently(address: str) -> bytes:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(120):
        try:
            with opener.open(address, timeout=10) as answer:
                return bytes(answer.read())
        except OSError:
            time.sleep(0.25)
    raise AssertionError("pywb did not answer")


FORMS: dict[str, Callable[[str, Path], Path]] = {
    "chromium-mhtml": save_mhtml,
    "chromium-pdf": save_pdf,
    "singlefile": save_singlefile,
    "singlefile-zip": lambda proxy, folder: save_singlefile(
        proxy, folder, "--compress-content", "--self-extracting-archive"
    ),
    "wget": save_wget,
    "wget-warc": save_wget_warc,
    "wget-mirror": save_wget_mirror,
    "httrack": save_httrack,
    "warcio": save_warcio,
    "pywb": save_pywb,
}


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    record = process(Capture("served", ARTICLE, url=ADDRESS)).record
    assert record is not None
    return record


@pytest.mark.parametrize("form", FORMS)
def test_the_record_is_the_same_however_the_article_was_saved(
    form: str, proxy: str, expected: dict[str, Any], tmp_path: Path
) -> None:
    saved = FORMS[form](proxy, tmp_path)
    captures = [item for item in open_captures(str(saved)) if isinstance(item, Capture)]
    records = [r for r in (process(capture).record for capture in captures) if r is not None]
    assert len(records) == 1, f"{len(captures)} captures, {len(records)} records"
    if form in WITHOUT_SCHEME:
        records, expected = (json.loads(json.dumps(v).replace("http://", "https://")) for v in (records, expected))
    differing = {f for f in COMPARED if records[0].get(f) != expected.get(f)}
    assert differing == set(LOSES[form]), {f: (records[0].get(f), expected.get(f)) for f in differing ^ LOSES[form]}
    assert captures[0].captured or form in ("wget", "wget-mirror"), "the moment of capture was not read"
