"""Archives of our own pages, and ways to damage them that say which records stay whole."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from io import BytesIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

WORDS = "harbour council vote ferry bridge winter market river teacher orchard budget station museum glacier".split()


@dataclass(frozen=True)
class Stored:
    """One record in the file: where it lies, and what it holds if it is a page."""

    start: int
    end: int
    url: str | None = None
    body: bytes = b""
    time: str = ""


def page(number: int, paragraphs: int | None = None) -> bytes:
    """A page of our own, the same for the same number."""
    dice = random.Random(number)
    text = "".join(f"<p>{' '.join(dice.choices(WORDS, k=40))}.</p>\n" for _ in range(paragraphs or dice.randint(5, 40)))
    return f"<!DOCTYPE html><html><head><title>Story {number}</title></head><body><h1>Story {number}</h1>{text}</body></html>".encode()


def build_as(packing: str) -> tuple[bytes, list[Stored]]:
    """The archive of `build` as gzip members, plain, as Zstandard frames, or as such with a dictionary before them."""
    if packing in ("gzip", "plain"):
        return build(gzip=packing == "gzip")
    import zstandard

    plain, stored = build(gzip=False)
    shared, out = None, BytesIO()
    if packing == "dictionary":
        shared = zstandard.train_dictionary(4096, [page(number) for number in range(200)])
        out.write(b"\x5d\x2a\x4d\x18" + len(shared).to_bytes(4, "little") + shared.as_bytes())
    compressor = zstandard.ZstdCompressor(dict_data=shared, write_checksum=True)
    framed = []
    for record in stored:
        start = out.tell()
        out.write(compressor.compress(plain[record.start : record.end]))
        framed.append(replace(record, start=start, end=out.tell()))
    return out.getvalue(), framed


PACKINGS = ("gzip", "plain", "zstd", "dictionary")


def build(
    pages: int = 12, *, gzip: bool = True, digests: bool = True, paragraphs: int | None = None
) -> tuple[bytes, list[Stored]]:
    """A WARC 1.1 with a warcinfo record, and for each page a response, a request and now and then an image."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=gzip, warc_version="WARC/1.1")
    stored: list[Stored] = []

    def put(record, url=None, body=b"", time=""):
        start = out.tell()
        if not digests:
            for name in ("WARC-Block-Digest", "WARC-Payload-Digest"):
                record.rec_headers.remove_header(name)
        writer.write_record(record)
        stored.append(Stored(start, out.tell(), url, body, time))

    put(writer.create_warcinfo_record("own.warc", {"software": "own generator 1.0"}))
    for number in range(pages):
        url, time, body = (
            f"https://news.example/{number}",
            f"2024-03-01T10:{number // 60:02}:{number % 60:02}Z",
            page(number, paragraphs),
        )
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        extra = {"WARC-Date": time, "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012}>"}
        put(
            writer.create_warc_record(
                url, "response", payload=BytesIO(body), http_headers=headers, warc_headers_dict=extra
            ),
            url,
            body,
            time,
        )
        asked = StatusAndHeaders(
            f"GET /{number} HTTP/1.1", [("Host", "news.example"), ("Cookie", "session=secret")], is_http_request=True
        )
        put(writer.create_warc_record(url, "request", http_headers=asked, warc_headers_dict={"WARC-Date": time}))
        if number % 4 == 0:
            image = StatusAndHeaders("200 OK", [("Content-Type", "image/png")], protocol="HTTP/1.1")
            noise = random.Random(number).randbytes(3000)
            put(writer.create_warc_record(f"{url}.png", "response", payload=BytesIO(noise), http_headers=image))
    return out.getvalue(), stored


KINDS = ("truncate", "flip", "zero", "delete", "insert", "garbage", "noise")


def damage(data: bytes, stored: list[Stored], kind: str, seed: int) -> tuple[bytes, list[Stored]]:
    """(the damaged file, the records that are still whole). One fault, at a place that the seed chooses."""
    dice = random.Random(f"{kind} {seed}")
    at = dice.randrange(max(1, stored[0].start), len(data) - 1)
    if kind == "truncate":
        return data[:at], [record for record in stored if record.end <= at]
    if kind == "garbage":
        at = dice.choice(stored).end
    size = {"flip": 1, "zero": 1024, "delete": 100, "noise": 4096}.get(kind, 0)
    whole = [record for record in stored if record.end <= at or record.start >= at + max(size, 0)]
    if kind == "flip":
        return data[:at] + bytes([data[at] ^ (1 << dice.randrange(8))]) + data[at + 1 :], whole
    if kind == "zero":
        return data[:at] + bytes(len(data[at : at + size])) + data[at + size :], whole
    if kind == "noise":
        return data[:at] + dice.randbytes(len(data[at : at + size])) + data[at + size :], whole
    if kind == "delete":
        return data[:at] + data[at + size :], whole
    return data[:at] + dice.randbytes(100) + data[at:], whole
