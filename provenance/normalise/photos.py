"""Photos as objects of a record."""

from __future__ import annotations

from typing import Any

from provenance.limits import LIMITS
from provenance.model import Choice, Photo
from provenance.normalise.claims import Claim, Part, claim_of
from provenance.normalise.parties import parties
from provenance.normalise.text import clean


def photos(path: str, choice: Choice) -> Part:
    """All photos of a choice."""
    values, claims = [], []
    for i, candidate in enumerate(choice.chosen):
        value, found = _photo(f"{path}/{i}", candidate.value)
        values.append(value)
        claims.extend(found)
    return values, claims


def _photo(path: str, photo: Photo) -> Part:
    value: dict[str, Any] = {"@type": "ImageObject"}
    claims: list[Claim] = []
    for key, part in (("contentUrl", photo.url), ("caption", photo.caption), ("creditText", photo.credit)):
        if part is not None:
            limit = LIMITS.url_chars if key == "contentUrl" else LIMITS.text_chars if key == "caption" else 1000
            value[key] = clean(str(part.value), limit)
            claims.append(claim_of(f"{path}/{key}", part, value[key]))
        if key == "contentUrl" and photo.representative:
            value["representativeOfPage"] = True
            claims.append(
                Claim(
                    f"{path}/representativeOfPage", "composed", "image/representative", sources=(f"{path}/contentUrl",)
                )
            )
    for key, parts in (
        ("creator", photo.creators),
        ("sourceOrganization", photo.sources),
        ("provider", photo.providers),
    ):
        if parts:
            value[key], found = parties(f"{path}/{key}", Choice("image", parts))
            claims.extend(found)
    if photo.copyright is not None:
        value["copyrightNotice"] = clean(str(photo.copyright.value), LIMITS.text_chars)
        claims.append(claim_of(f"{path}/copyrightNotice", photo.copyright, value["copyrightNotice"]))
    return value, claims
