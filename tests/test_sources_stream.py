"""Large archives: read in the order of the file, in memory that does not grow with them."""

from __future__ import annotations

import io

import pytest

from provenance.model import Capture
from provenance.sources import open_captures
from tests.benchmarks.big_warc import measure
from tests.making_archives import build


@pytest.mark.parametrize("gzip", [True, False])
def test_memory_does_not_grow_with_the_archive(gzip):
    found = measure(8 if gzip else 48, gzip=gzip)
    assert found["pages"] == found["expected"] > 100
    assert found["ordered"]
    assert found["failures"] == 0
    assert found["peak_mib"] < 150


class Pipe(io.RawIOBase):
    """A stream that cannot be sought in, and gives its bytes in small pieces."""

    def __init__(self, data):
        self._data = io.BytesIO(data)

    def readable(self):
        return True

    def seekable(self):
        return False

    def readinto(self, buffer):
        piece = self._data.read(min(len(buffer), 1000))
        buffer[: len(piece)] = piece
        return len(piece)


@pytest.mark.parametrize("gzip", [True, False])
def test_a_pipe_is_read_as_a_file_is(gzip):
    data, stored = build(20, gzip=gzip)
    pages = [record for record in stored if record.url]
    broken = data[: pages[5].start + 40] + data[pages[5].start + 140 :]
    found = [item.url for item in open_captures("-", stdin=Pipe(broken)) if isinstance(item, Capture)]
    assert found == [record.url for record in pages if record is not pages[5]]


def test_one_gzip_around_the_whole_archive():
    import gzip

    data, stored = build(20, gzip=False)
    body = bytearray(data)
    pages = [record for record in stored if record.url]
    body[pages[3].end - 60] ^= 1
    found = [
        item.url
        for item in open_captures("-", stdin=io.BytesIO(gzip.compress(bytes(body), mtime=0)))
        if isinstance(item, Capture)
    ]
    assert found == [record.url for record in pages if record is not pages[3]]
