"""Safari's .webarchive: a property list with the main resource, its parts and their responses.

No moment of saving is stored. The responses of the parts (property lists of their own) tell when they were fetched; the
earliest is the nearest to an answer that the file gives, and is marked as inferred.
"""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from provenance.errors import SourceError
from provenance.limits import Limits
from provenance.model import Capture, Layer, Note, Unreadable
from provenance.sources import times
from provenance.sources.claims import web_address
from provenance.sources.content import HTML_TYPES
from provenance.sources.inputs import Input
from provenance.sources.unwrapping import unwrapped

APPLE_EPOCH = datetime(2001, 1, 1, tzinfo=UTC)
RESPONSES = 2_000
"""How many responses are looked at for a time."""

INFERRED = Note(
    "capture.inferred", "the form states no time of saving; the earliest answer to a part of the page was taken"
)


def read_webarchive(source: Input) -> Iterator[Capture | Unreadable]:
    """The page of a Safari web archive."""
    root = _loaded(source.all())
    main = root.get("WebMainResource") if isinstance(root, dict) else None
    body = main.get("WebResourceData") if isinstance(main, dict) else None
    if not isinstance(main, dict) or not isinstance(body, bytes):
        raise SourceError("is a web archive without a page", code="input.no-page", advice="Save the page again.")
    media_type = str(main.get("WebResourceMIMEType", "text/html")).lower()
    if media_type not in HTML_TYPES:
        raise SourceError(
            f"is a web archive of {media_type[:60]}, not of a page", code="input.no-page", advice="Save the page."
        )
    url = web_address(_text(main.get("WebResourceURL")))
    time = _earliest(root.get("WebSubresources"), source.limits)
    layer = Layer("webarchive", url, time, "inferred" if time else None, (("tool", "Safari"),))
    yield unwrapped(
        Capture(
            locator=source.locator,
            body=body,
            charset=_text(main.get("WebResourceTextEncodingName")) or None,
            url=url,
            captured=time,
            layers=(*source.layers, layer),
            notes=(INFERRED,) if time else (),
        )
    )


def _loaded(raw: bytes) -> Any:
    try:
        return plistlib.loads(raw)
    except (
        plistlib.InvalidFileException,
        ValueError,
        OverflowError,
        RecursionError,
        KeyError,
        IndexError,
        TypeError,
    ) as e:
        raise SourceError("is a damaged property list", code="input.damaged", advice="Save the page again.") from e


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _earliest(resources: object, limits: Limits) -> str | None:
    """The earliest moment at which a part was fetched."""
    found: list[str] = []
    for resource in resources[:RESPONSES] if isinstance(resources, list) else []:
        response = resource.get("WebResourceResponse") if isinstance(resource, dict) else None
        if isinstance(response, bytes) and len(response) <= limits.mhtml_header_bytes:
            found += _moments(response)
    return min(found, default=None)


def _moments(response: bytes) -> list[str]:
    """The time of an archived NSURLResponse, in seconds since 2001; its `Date` header where it has none."""
    try:
        objects = plistlib.loads(response).get("$objects", [])
    except Exception:  # whatever is wrong with a part, the page is still good
        return []
    if not isinstance(objects, list):
        return []
    seconds = [value for value in objects if isinstance(value, float) and 1e7 < value < 3e9]
    if seconds:
        return [times.utc((APPLE_EPOCH + timedelta(seconds=min(seconds))).replace(microsecond=0))]
    return [time for value in _dates(objects) if (time := times.from_mail(value))]


def _dates(objects: list[Any]) -> Iterator[str]:
    """Values of `Date` headers in an archived dictionary of headers."""
    for item in objects:
        if isinstance(item, dict) and "NS.keys" in item and "NS.objects" in item:
            for key, held in zip(item["NS.keys"], item["NS.objects"], strict=False):
                value = _at(objects, held)
                if _at(objects, key) == "Date" and isinstance(value, str):
                    yield value


def _at(objects: list[Any], reference: object) -> object:
    index = getattr(reference, "data", None)
    return objects[index] if isinstance(index, int) and 0 <= index < len(objects) else None
