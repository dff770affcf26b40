"""Whole messages between parent and child over a pair of sockets: a length of eight bytes, then as many bytes."""

from __future__ import annotations

import socket
import struct

HEAD = struct.Struct("!Q")
PIECE = 1024 * 1024


class Pipe:
    """One end."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end

    def fileno(self) -> int:
        """For selectors."""
        return self._end.fileno()

    def send_bytes(self, message: bytes) -> None:
        """Sends one message. Raises OSError when the other end is gone."""
        self._end.sendall(HEAD.pack(len(message)))
        self._end.sendall(message)

    def recv_bytes(self) -> bytes:
        """The next message. Raises EOFError when the other end is gone, in the middle of a message too."""
        (size,) = HEAD.unpack(self._exactly(HEAD.size))
        return self._exactly(size)

    def _exactly(self, size: int) -> bytes:
        parts: list[bytes] = []
        while size:
            part = self._end.recv(min(size, PIECE))
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def close(self) -> None:
        """Lets go of this end."""
        self._end.close()


def pipe() -> tuple[Pipe, Pipe]:
    """Both ends."""
    one, other = socket.socketpair()
    return Pipe(one), Pipe(other)
