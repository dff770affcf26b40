"""Rules on addresses, identifiers and digests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import NAMESPACE_URL, UUID, uuid5

from provenance.cleaning import quoted
from provenance.model import Severity
from provenance.validation.data import checks
from provenance.validation.problems import Problem, Rule, Subject, objects, readable

_REPLAYED = re.compile(r"^https?://[^/]+/(?:[\w-]+/){0,2}\d{14}(?:[a-z]{2}_)?/https?:/")
_HOST = re.compile(r"^https?://(?:www\d?\.|m\.|mobile\.|amp\.)?([^/?#:]+)", re.I)
_NO_BYTES = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
"""SHA-256 of nothing at all."""


def _archive_address(subject: Subject) -> Iterator[Problem]:
    for path, _, address in subject.among("url", "image.contentUrl"):
        if _REPLAYED.match(address):
            yield Problem(
                path, f"{readable(path)} is the address of an archive's copy", quoted(address), "the original address"
            )


def _tracking(subject: Subject) -> Iterator[Problem]:
    address = subject.text("url")
    query = address.partition("#")[0].partition("?")[2]
    if query:
        names = [part.partition("=")[0].lower() for part in query.split("&")]
        tracked = [name for name in names if name in checks().tracking or name.startswith("utm_")]
        if tracked:
            yield Problem("/url", f"url carries the tracking parameter {quoted(tracked[0], 40)}", quoted(address))


def _site(address: str) -> str:
    """The part of a host that one publisher holds, as its length tells: `news.example.co.uk` → `example.co.uk`."""
    match = _HOST.match(address)
    labels = match.group(1).lower().split(".") if match else []
    wide = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3:] if wide else labels[-2:])


def _other_host(subject: Subject) -> Iterator[Problem]:
    capture = (subject.evidence or {}).get("capture")
    captured = capture.get("url") if isinstance(capture, dict) else None
    url = subject.text("url")
    if isinstance(captured, str) and url and _site(captured) and _site(url) != _site(captured):
        yield Problem(
            "/url",
            f"url is on another site than the page, {quoted(captured, 60)}",
            quoted(url),
            f"an address on {_site(captured)}",
        )


def _identifier(subject: Subject) -> Iterator[Problem]:
    stated, url = subject.text("@id"), subject.text("url")
    if stated.startswith("urn:uuid:") and url.startswith("http"):
        try:
            own = UUID(stated[9:])
        except ValueError:
            yield Problem("/@id", "@id is no UUID", quoted(stated), f"urn:uuid:{uuid5(NAMESPACE_URL, url)}")
            return
        expected = uuid5(NAMESPACE_URL, url)
        if own.version == 5 and own != expected:
            yield Problem("/@id", "@id is not the UUID of the record's url", quoted(stated), f"urn:uuid:{expected}")


def _copy_of_itself(subject: Subject) -> Iterator[Problem]:
    url = subject.text("url")
    for path, _, address in subject.among("archivedAt.url"):
        if address == url:
            yield Problem(path, "the copy has the address of the page itself", quoted(address), "an archive's address")


def _empty_digest(subject: Subject) -> Iterator[Problem]:
    for path, _, digest in subject.among("archivedAt.encoding.sha256"):
        if digest == _NO_BYTES:
            yield Problem(path, "the digest is that of an empty file", quoted(digest))


def _based_on_itself(subject: Subject) -> Iterator[Problem]:
    url = subject.text("url")
    for path, work in objects(subject.record, "isBasedOn"):
        if url and work.get("url") == url:
            yield Problem(f"{path}/url", "the article is based on itself", quoted(url), "the original's address")


_W, _E = Severity.WARNING, Severity.ERROR

ROWS: tuple[Rule, ...] = (
    Rule(
        "url/archive-address",
        _W,
        "The address is the article's own, not that of an archive's copy.",
        "Write the original address here and the archive's address under archivedAt.",
        _archive_address,
    ),
    Rule(
        "url/tracking",
        _W,
        "The address carries no parameter that only counts visitors.",
        "Remove the parameter.",
        _tracking,
    ),
    Rule(
        "url/other-site",
        _W,
        "The canonical address is on the site where the page was captured.",
        "Keep the page's own address; a canonical link to another site names the original: use isBasedOn.",
        _other_host,
    ),
    Rule(
        "url/wrong-uuid",
        _W,
        "A urn:uuid identifier of version 5 is made from the record's url (RFC 9562, name space URL).",
        "Write the identifier that is named in the finding.",
        _identifier,
    ),
    Rule(
        "url/based-on-itself",
        _W,
        "An article is not based on itself.",
        "Remove isBasedOn, or give the original's address.",
        _based_on_itself,
    ),
    Rule(
        "archive/own-address",
        _W,
        "A copy's address is an archive's, not the page's.",
        "Leave url out when the copy has no public address.",
        _copy_of_itself,
    ),
    Rule(
        "digest/empty",
        _E,
        "A digest is taken of the captured bytes.",
        "Read the capture again: this is the digest of no bytes at all.",
        _empty_digest,
    ),
    Rule(
        "collection/same-id",
        _E,
        "An @id names one record of a collection; what a saved page gives is no second one.",
        "Remove one of the two records, or give it an identifier of its own.",
    ),
    Rule(
        "collection/same-url",
        _W,
        "An address has one record in a collection.",
        "Merge the two records: their copies belong in one archivedAt.",
    ),
)
