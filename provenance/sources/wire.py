"""What goes over one connection: every byte is noted, and the clock ends it whatever state it is in."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Wire:
    """What went over one connection: bytes as sent and as received, the peer, and whether its time ran out."""

    seconds: float
    limit: int
    sent: bytearray = field(default_factory=bytearray)
    received: bytearray = field(default_factory=bytearray)
    peer: str | None = None
    expired: bool = False
    flooded: bool = False
    _sockets: list[socket.socket] = field(default_factory=list)

    def opened(self, connection: socket.socket) -> None:
        """Keeps a second handle of the connection, with which `expire` ends it in whatever state it is."""
        self.peer = str(connection.getpeername()[0])
        self._sockets.append(connection.dup())
        if self.expired:
            self.expire()

    def expire(self) -> None:
        """Ends the exchange: time limits of requests hold per read, and a slow server outlives them for ever."""
        self.expired = True
        for handle in self._sockets:
            try:
                handle.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def take(self, data: bytes | bytearray | memoryview) -> None:
        """Notes received bytes; raises OSError beyond the limit."""
        self.received += data
        if len(self.received) > self.limit:
            self.flooded = True
            raise OSError("answer beyond the size limit")

    @contextmanager
    def timed(self) -> Iterator[Wire]:
        """The wire while its clock runs."""
        clock = threading.Timer(max(self.seconds, 0.001), self.expire)
        clock.daemon = True
        clock.start()
        try:
            yield self
        finally:
            clock.cancel()
            for handle in self._sockets:
                handle.close()
            self._sockets.clear()


class Tee:
    """A response's file that notes every byte which is read from it."""

    def __init__(self, file: Any, wire: Wire) -> None:
        self._file = file
        self._wire = wire

    def _noted(self, data: bytes) -> bytes:
        self._wire.take(data)
        return data

    def read(self, *size: int) -> bytes:
        return self._noted(self._file.read(*size))

    def read1(self, *size: int) -> bytes:
        return self._noted(self._file.read1(*size))

    def readline(self, *size: int) -> bytes:
        return self._noted(self._file.readline(*size))

    def readinto(self, buffer: Any) -> int:
        count: int = self._file.readinto(buffer)
        self._wire.take(memoryview(buffer)[:count])
        return count

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
