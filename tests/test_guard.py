"""No spelling of an address, no name, no redirect leads to a host that is not public; a file command opens no socket."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from provenance.model import Unreadable
from provenance.sources import answers
from provenance.sources.exchange import Exchange
from provenance.sources.web import Fetcher, FetchOptions
from tests.loopback import page

SHARED = Path(__file__).parents[2] / "shared/reference/ssrf_forms.json"

PUBLIC = "198.18.0.0"  # stands for nothing: the stub below never lets a packet out
ANSWERS = {
    "good.test": ["93.184.216.34"],
    "priv.test": ["192.168.1.1"],
    "meta.test": ["169.254.169.254"],
    "v6only.test": ["::1"],
    "mapped.test": ["::ffff:127.0.0.1"],
    "zone.test": ["fe80::1%lo"],
    "mixed.test": ["93.184.216.34", "127.0.0.1"],
    "mixed2.test": ["127.0.0.1", "93.184.216.34"],
    "localhost": ["127.0.0.1"],
    "localhost.": ["127.0.0.1"],
    "foo.localhost": ["127.0.0.1"],
    "metadata.google.internal": ["169.254.169.254"],
    "nip.127.0.0.1.nip.io": ["127.0.0.1"],
    "many.test": [f"10.0.{n // 200}.{n % 200 + 1}" for n in range(249)],
}

OURS: dict[str, list[str]] = {
    "ipv4": ["127.0.0.1", "127.1", "0177.0.0.1", "2130706433", "0x7f.1", "①②⑦.⓪.⓪.①", "10.0.0.1", "169.254.169.254", "0", "168.63.129.16"],
    "ipv6": ["::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1%25lo", "fc00::1", "fec0::1", "2001:20::1"],
    "names": ["localhost", "LOCALHOST", "priv.test", "meta.test", "v6only.test", "mapped.test", "mixed.test", "many.test", "rebind.test"],
    "urls": ["http://good.test@127.0.0.1/", "http://127.0.0.1\\@good.test/", "file:///etc/passwd", "gopher://127.0.0.1:11211/_x",
             "http://good.test:22/", "http://user:pass@good.test/", "http://[::]:80/", "http:///127.0.0.1/"],
    "allowed": ["http://good.test/", "http://8.8.8.8/", "http://[2606:4700::1111]/"],
}  # fmt: skip


def forms() -> dict[str, list[str]]:
    if not SHARED.exists():
        return OURS
    found = json.loads(SHARED.read_text())
    return {group: found[group] for group in OURS}


FORMS = forms()
BAD = (
    [f"http://{host}/" for host in FORMS["ipv4"] + FORMS["names"]]
    + [f"http://[{host}]/" for host in FORMS["ipv6"]]
    + FORMS["urls"]
)


class Network:
    """Stands in for the resolver and for connect: nothing leaves the machine, every attempt is written down."""

    def __init__(self) -> None:
        self.connected: list[str] = []
        self.lookups: dict[str, int] = {}

    def resolve(self, host: str, port: int, *_: Any) -> list[Any]:
        self.lookups[host] = self.lookups.get(host, 0) + 1
        name = host.lower()
        if name == "rebind.test":
            addresses = ["93.184.216.34"] if self.lookups[host] == 1 else ["127.0.0.1"]
        else:
            addresses = ANSWERS.get(name) or [host]
        return [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, port, 0, 0))
            if ":" in address
            else (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in addresses
        ]

    def connect(self, _: socket.socket, address: Any) -> None:
        self.connected.append(str(address[0]))
        raise ConnectionRefusedError("nobody there")


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Iterator[Network]:
    stub = Network()

    class Socket(socket.socket):
        def connect(self, address: Any) -> None:
            stub.connect(self, address)

    monkeypatch.setattr(socket, "socket", Socket)
    return stub


def fetcher(network: Network) -> Fetcher:
    return Fetcher(FetchOptions(delay=0, retries=0, ignore_robots=True), resolver=network.resolve)


@pytest.mark.parametrize("url", BAD)
def test_nothing_that_is_not_public_is_connected_to(network: Network, url: str) -> None:
    visit = fetcher(network).visit(url)
    assert visit.problem is not None
    allowed = {"93.184.216.34"} if "rebind.test" in url else set()
    assert set(network.connected) <= allowed, visit.problem


@pytest.mark.parametrize("url", BAD)
def test_no_redirect_leads_there_either(network: Network, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    hops = iter([url])
    real = Fetcher._exchange

    def exchange(self: Fetcher, address: str, *rest: Any, **more: Any) -> Any:
        if address == "http://good.test/start":
            head = (("location", next(hops)),)
            return Exchange(address, 302, head, b"", b"", None, "2024-01-01T00:00:00Z", "urn:uuid:x"), b""
        if address.startswith("http://good.test/"):  # a relative Location stays on the public host
            answer = (("content-type", "text/html"),)
            return Exchange(address, 200, answer, b"", b"", None, "2024-01-01T00:00:00Z", "urn:uuid:x"), page(1)
        return real(self, address, *rest, **more)

    monkeypatch.setattr(Fetcher, "_exchange", exchange)
    fetcher(network).visit("http://good.test/start")
    allowed = {"93.184.216.34"} if "rebind.test" in url else set()
    assert set(network.connected) <= allowed


@pytest.mark.parametrize("url", FORMS["allowed"])
def test_public_addresses_are_tried(network: Network, url: str) -> None:
    visit = fetcher(network).visit(url)
    assert network.connected
    assert visit.problem is not None
    assert visit.problem.code == "fetch.connection"


def test_a_name_that_changes_its_answer_is_looked_up_once(network: Network) -> None:
    fetcher(network).visit("http://rebind.test/")
    assert network.connected == ["93.184.216.34"]
    assert network.lookups == {"rebind.test": 1}


def test_a_name_with_many_answers_costs_four_attempts(network: Network) -> None:
    ANSWERS["wide.test"] = [f"93.184.216.{n}" for n in range(200)]
    fetcher(network).visit("http://wide.test/")
    assert len(network.connected) == 4


def test_private_addresses_open_with_the_option_only(network: Network) -> None:
    Fetcher(FetchOptions(allow_private=True, ignore_robots=True, retries=0), resolver=network.resolve).visit(
        "http://10.0.0.1:8080/"
    )
    assert network.connected == ["10.0.0.1"]


def test_refusals_name_the_address_and_the_option(network: Network) -> None:
    item = answers.capture_of(fetcher(network).visit("http://priv.test/"))
    assert isinstance(item, Unreadable)
    assert item.code == "fetch.refused-address"
    assert "192.168.1.1" in item.message
    assert "--allow-private" in item.advice


FILE_COMMAND = """
import sys
seen = []
sys.addaudithook(lambda event, args: seen.append(event) if event.startswith("socket.") else None)
from provenance.sources import open_captures
for name in sys.argv[1:]:
    items = list(open_captures(name))
    assert items, name
assert not seen, seen
assert not [name for name in ("requests", "ssrfguard", "urllib3.connection") if name in sys.modules]
"""


def test_reading_files_opens_no_socket(tmp_path: Path) -> None:
    """Links, doctypes and canonicals in a page are never followed; a name that looks like an address is a file's name."""
    linked = page(1).replace(
        b"<head>", b'<head><link rel="canonical" href="http://127.0.0.1/"><img src="http://127.0.0.1/a">'
    )
    (tmp_path / "a.html").write_bytes(b'<!DOCTYPE html SYSTEM "http://127.0.0.1/x.dtd">' + linked)
    (tmp_path / "http:").mkdir()
    names = [
        str(tmp_path / "a.html"),
        "http:/127.0.0.1/x.warc.gz",
        "s3://bucket/x.warc",
        "ftp://127.0.0.1/a",
        "file:///etc/hostname",
    ]
    done = subprocess.run(
        [sys.executable, "-c", FILE_COMMAND, *names], capture_output=True, text=True, cwd=tmp_path, timeout=60
    )
    assert done.returncode == 0, done.stderr
