"""A web server for tests on a loopback address: good pages, and every kind of bad answer.

It listens on 127.0.0.2, so that a test can allow that one address and still see 127.0.0.1 refused.
"""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

ADDRESS = "127.0.0.2"
NETWORK = ("127.0.0.2/32",)

Answer = Callable[[socket.socket], None]

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Harbour {n} opens - Example Gazette</title>
<link rel="canonical" href="https://gazette.example/story/{n}">
<meta property="og:type" content="article"><meta property="og:site_name" content="Example Gazette">
<meta property="article:published_time" content="2024-03-{d:02d}T08:00:00+01:00">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Harbour {n} opens",
"datePublished": "2024-03-{d:02d}T08:00:00+01:00", "author": {{"@type": "Person", "name": "Ada Quill"}},
"publisher": {{"@type": "Organization", "name": "Example Gazette"}}}}</script></head>
<body><article><h1>Harbour {n} opens</h1><p class="byline">By Ada Quill</p>
<p>The mayor of port number {n} cut a ribbon on Monday and said that ships would come before the end of the week.</p>
<p>Fishermen who had waited for eleven years stood on the pier, and some of them sang while it rained on the flags.</p>
<p>The works cost less than planned, the council said, because the sand for the pier was found beside the pier {n}.</p>
</article></body></html>"""


def page(n: int) -> bytes:
    """A small news page of our own, different for every `n`."""
    return PAGE.format(n=n, d=n % 28 + 1).encode()


def answer(
    body: bytes = b"", status: str = "200 OK", headers: dict[str, str] | None = None, kind: str = "text/html"
) -> Answer:
    """An answer that is whole and well-formed."""
    lines = {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}
    head = f"HTTP/1.1 {status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value) + "\r\n"
    return lambda connection: connection.sendall(head.encode("latin-1") + body)


def redirect(place: str, status: str = "302 Found", body: bytes = b"") -> Answer:
    """A redirect to `place`."""
    return answer(body, status, {"Location": place})


def raw(data: bytes) -> Answer:
    """These very bytes."""
    return lambda connection: connection.sendall(data)


def hang(connection: socket.socket) -> None:
    """Takes the request and never answers."""
    with suppress(OSError):
        connection.settimeout(30)
        connection.recv(1)


def drip(head: bytes, piece: bytes, pause: float = 0.05) -> Answer:
    """Sends `head`, then `piece` for ever."""

    def run(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(piece)
            time.sleep(pause)

    return run


def endless(connection: socket.socket) -> None:
    """A body that never ends, as fast as it goes."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>")
    while True:
        connection.sendall(b"<p>word</p>" * 6000)


def gzip_bomb(size: int) -> Answer:
    """`size` zero bytes, packed."""
    return answer(gzip.compress(bytes(size), mtime=0), headers={"Content-Encoding": "gzip"})


def chunked(body: bytes, kind: str = "text/html") -> Answer:
    """The body in two chunks."""
    half = len(body) // 2
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:half], body[half:]))
    return raw(head + chunks + b"0\r\n\r\n")


@dataclass
class Server:
    """A running server. `routes` is looked up by path, then by `*`; `seen` lists time and path of every request."""

    routes: dict[str, Answer] = field(default_factory=dict)
    seen: list[tuple[float, str]] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)
    port: int = 0

    def url(self, path: str, host: str = ADDRESS) -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [path for _, path in self.seen]

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError, IndexError):
            connection.settimeout(30)
            request = b""
            while b"\r\n\r\n" not in request and (piece := connection.recv(65536)):
                request += piece
            path = request.split(b" ")[1].decode("latin-1")
            self.seen.append((time.monotonic(), path))
            self.requests.append(request)
            lost = answer(b"<html><body>none", "404 Not Found")
            self.routes.get(path, self.routes.get("*", lost))(connection)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()


@contextmanager
def serving(routes: dict[str, Answer] | None = None, address: str = ADDRESS) -> Iterator[Server]:
    """A server that lives as long as the block."""
    with socket.create_server((address, 0), backlog=256) as listener:
        server = Server(routes=dict(routes or {}), port=listener.getsockname()[1])
        threading.Thread(target=server._accept, args=(listener,), daemon=True).start()
        yield server
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
