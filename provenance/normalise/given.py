"""What no rule reads: the record's identity, the captured copy, and who made the record."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Callable
from typing import Any

from provenance.model import Capture
from provenance.normalise.claims import Claim, Part, Record
from provenance.normalise.text import clean
from provenance.options import Options


def _identity(values: Record, capture: Capture, options: Options) -> Part:
    """A name-based UUID (RFC 9562, section 5.5) of the address, or of the capture's digest where none is known.

    It is the same everywhere and claims no one's namespace.
    """
    name, source = (values["url"], "/url") if "url" in values else (digest_uri(capture), "/identifier")
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}", [
        Claim("/@id", "composed", "id/uuid5", sources=(source,))
    ]


def digest_uri(capture: Capture) -> str:
    """The capture's bytes as a name (RFC 6920, section 3)."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(capture.sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


def _identifiers(values: Record, capture: Capture, options: Options) -> Part:
    """Only where no address is known: a number that a database states, or the digest of the captured bytes."""
    if "url" in values:
        return None, []
    stated = [(f.where, f.value) for f in capture.stated if f.name == "identifier"]
    named = [(where.rstrip(":") or "identifier", " ".join(value.split())) for where, value in stated]
    found = [
        {"@type": "PropertyValue", "propertyID": key, "value": value}
        for key, value in (*named, ("sha256", capture.sha256))
    ]
    return found, [Claim("/identifier", "composed", "capture/identifier")]


def _archived(values: Record, capture: Capture, options: Options) -> Part:
    copy: dict[str, Any] = {"@type": "WebPage"}
    captured = capture.captured or options.retrieved
    if capture.archive_url:
        copy["url"] = capture.archive_url
    if captured:
        copy["dateCreated"] = captured
    record_id = next((v for layer in capture.layers for k, v in layer.detail if k == "record-id"), None)
    if record_id:
        copy["identifier"] = [{"@type": "PropertyValue", "propertyID": "WARC-Record-ID", "value": record_id}]
    copy["encoding"] = {
        "@type": "MediaObject",
        "encodingFormat": capture.media_type,
        "sha256": capture.sha256,
        "contentSize": str(len(capture.body)),
    }
    return [copy], [Claim("/archivedAt/0", "composed", "capture/facts")]


def _supplied(value: Any, path: str) -> Part:
    return (value, [Claim(path, "supplied", "option/given")]) if value else (None, [])


GIVEN: dict[str, Callable[[Record, Capture, Options], Part]] = {
    "@id": _identity,
    "identifier": _identifiers,
    "archivedAt": _archived,
    "sdPublisher": lambda v, c, o: _supplied(
        {"@type": "Organization", "name": clean(o.sd_publisher)} if o.sd_publisher else None, "/sdPublisher"
    ),
    "sdDatePublished": lambda v, c, o: _supplied(o.sd_date if o.sd_publisher else None, "/sdDatePublished"),
}
"""Properties that are made of the capture, the options and the record so far."""
