"""What exporters may rely on: any JSON object goes in, a record whose slots have their types comes out.

A slot that does not fit is left out, a text loses its control characters, and an address is one of the web. So that no
exporter has to ask, and all of them answer alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from provenance.cleaning import data_text
from provenance.exports.names import date_parts

Read = Callable[[Any], Any]
"""A value of unknown type to one of the slot's type, or None where it does not fit."""

_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f<>\"]+", re.I)


def shaped(record: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a record that exporters know, in its order."""
    return _fitting(record, _RECORD)


def _fitting(value: Mapping[str, Any], slots: Mapping[str, Read]) -> dict[str, Any]:
    read = ((name, slots[name](part)) for name, part in value.items() if name in slots)
    return {name: part for name, part in read if part is not None}


def _text(value: Any) -> str | None:
    return data_text(value) if isinstance(value, str) and value.strip() else None


def _address(value: Any) -> str | None:
    text = _text(value)
    return text if text and _ADDRESS.fullmatch(text) else None


def _date(value: Any) -> str | None:
    text = _text(value)
    return text if text and date_parts(text) else None


def _object(**slots: Read) -> Read:
    return lambda value: (_fitting(value, slots) or None) if isinstance(value, dict) else None


def _listed(read: Read) -> Read:
    """A list of what fits; one value alone counts as a list of one."""

    def listed(value: Any) -> list[Any] | None:
        found = (read(item) for item in (value if isinstance(value, list) else [value]))
        return [item for item in found if item is not None] or None

    return listed


def _named(value: Any) -> dict[str, Any] | None:
    """A party with a name: a person, or else an organisation."""
    party = _PARTY(value) or {}
    kind = "Person" if party.pop("@type", None) == "Person" else "Organization"
    return {"@type": kind, **party} if "name" in party else None


_PARTY = _object(**{"@type": _text}, name=_text, sameAs=_address, affiliation=_listed(_object(name=_text)))
_COPY = _object(url=_address, dateCreated=_date, encoding=_object(sha256=_text))

_RECORD: dict[str, Read] = {
    **dict.fromkeys(("@id", "headline", "alternativeHeadline", "description", "creditText", "dateline"), _text),
    **dict.fromkeys(("inLanguage", "copyrightNotice", "license"), _text),
    **dict.fromkeys(("printSection", "printPage", "printEdition"), _text),
    **dict.fromkeys(("datePublished", "dateModified", "sdDatePublished"), _date),
    **dict.fromkeys(("articleSection", "keywords"), _listed(_text)),
    **dict.fromkeys(("author", "contributor", "editor", "translator"), _listed(_named)),
    **dict.fromkeys(("sourceOrganization", "provider"), _listed(_named)),
    **dict.fromkeys(("publisher", "sdPublisher"), _named),
    "url": _address,
    "image": _listed(_object(caption=_text, creditText=_text, contentUrl=_address)),
    "isBasedOn": _listed(_object(url=_address)),
    "archivedAt": _listed(_COPY),
}
