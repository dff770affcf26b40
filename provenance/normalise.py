"""Choices to one schema.org NewsArticle, and a claim for every value in it.

The record is flat, its properties stand in a fixed order, a slot that can repeat is always an array, and what is not
known is absent. Nothing is chosen here.
"""

from __future__ import annotations

import base64
import re
import unicodedata
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from provenance.limits import LIMITS
from provenance.model import Candidate, Capture, Choice, Match, Party, Photo
from provenance.options import Options
from provenance.rules.body import BodyText

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Claim:
    """One value of the record and what it rests on: a candidate's match, other values of the record, or a table.

    `path` is an RFC 6901 pointer into the record; `sources` are pointers that a composed value was made from; `parts`
    the matches of a text made of many blocks.
    """

    path: str
    basis: str
    rule: str
    match: Match | None = None
    steps: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    parts: tuple[Match, ...] = ()
    agrees: tuple[Candidate, ...] = ()
    inferred: bool = False


CREDIT_SOURCES = ("/sourceOrganization", "/provider", "/contributor", "/publisher")
"""What an article's credit line can be composed of."""

Part = tuple[Any, list[Claim]]
Writer = Callable[[str, Choice], Part]


def record_of(
    choices: Mapping[str, Choice], capture: Capture, options: Options, kind: str = "NewsArticle"
) -> tuple[Record, tuple[Claim, ...]]:
    """The record of one capture and its claims."""
    values: Record = {"@context": "https://schema.org", "@type": kind}
    claims: list[Claim] = []
    for name in (*ORDER[1:], ORDER[0]):  # the identity is made from the address
        if name in choices and choices[name].chosen:
            value, found = WRITERS.get(name, _line)(f"/{name}", choices[name])
        elif name in _GIVEN:
            value, found = _GIVEN[name](values, capture, options)
        else:
            continue
        found = [_present(claim, values) for claim in found]
        if value not in (None, "", [], {}):
            values[name] = value
            claims.extend(found)
    return dict(in_order(values)), tuple(claims)


def _present(claim: Claim, values: Record) -> Claim:
    """A composed value names only those of its sources that the record has."""
    kept = tuple(p for p in claim.sources if p not in CREDIT_SOURCES or p[1:] in values)
    return claim if kept == claim.sources else replace(claim, sources=kept)


# --- cleaning of text ----------------------------------------------------------------------------------------------

_FORMAT = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ue000-\uf8ff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str, limit: int = LIMITS.line_chars) -> str:
    """One line in NFC without invisible marks; joiners stay, since Persian and Indic names need them."""
    text = _plain(text)
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def clean_body(text: str) -> str:
    """Paragraphs parted by one blank line, each cleaned as a line."""
    return "\n\n".join(filter(None, (" ".join(_plain(p).split()) for p in text.split("\n\n"))))


def _plain(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    text = _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", _FORMAT.sub("", text)))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


# --- one writer per shape of value ---------------------------------------------------------------------------------


def _basis(candidate: Candidate, value: str) -> str:
    return "verbatim" if value == candidate.match.text else "normalised"


def _claim(path: str, candidate: Candidate, value: str, choice: Choice | None = None) -> Claim:
    return Claim(
        path,
        _basis(candidate, value),
        candidate.rule,
        candidate.match,
        candidate.steps,
        agrees=choice.agrees if choice else (),
        inferred=candidate.inferred,
    )


def _line(path: str, choice: Choice) -> Part:
    chosen = choice.chosen[0]
    value = clean(str(chosen.value))
    return value, [_claim(path, chosen, value, choice)]


def _text(path: str, choice: Choice) -> Part:
    chosen = choice.chosen[0]
    value = clean(str(chosen.value), LIMITS.text_chars)
    return value, [_claim(path, chosen, value, choice)]


def _lines(path: str, choice: Choice) -> Part:
    values: list[str] = []
    claims = []
    for candidate in choice.chosen:
        value = clean(str(candidate.value), LIMITS.name_chars)
        if value and value not in values:
            claims.append(_claim(f"{path}/{len(values)}", candidate, value))
            values.append(value)
    return values, claims


def _flag(path: str, choice: Choice) -> Part:
    chosen = choice.chosen[0]
    return chosen.value, [_claim(path, chosen, str(chosen.value).lower(), choice)]


def _body(path: str, choice: Choice) -> Part:
    chosen = choice.chosen[0]
    body = chosen.value
    text = clean_body(body.text if isinstance(body, BodyText) else str(body))
    parts = body.parts if isinstance(body, BodyText) else (chosen.match,)
    basis = "verbatim" if parts and text == "\n\n".join(p.text for p in parts) else "normalised"
    steps = (*chosen.steps, "join:blank-line")
    claim = Claim(path, basis, chosen.rule, None, steps, parts=parts, inferred=chosen.inferred)
    return text, [replace(claim, agrees=choice.agrees)]


def _credit(path: str, choice: Choice) -> Part:
    """The credit line is made of other values, so its evidence is theirs."""
    chosen = choice.chosen[0]
    value = clean(str(chosen.value))
    return value, [Claim(path, "composed", chosen.rule, steps=chosen.steps, sources=CREDIT_SOURCES)]


def _object(path: str, choice: Choice) -> Part:
    chosen = choice.chosen[0]
    return chosen.value, [_claim(path, chosen, "", choice)]


def _objects(path: str, choice: Choice) -> Part:
    values = [c.value for c in choice.chosen]
    return values, [_claim(f"{path}/{i}", c, "") for i, c in enumerate(choice.chosen)]


def _party(path: str, choice: Choice) -> Part:
    return _party_value(path, choice.chosen[0], choice.agrees)


def _parties(path: str, choice: Choice) -> Part:
    values, claims = [], []
    for i, candidate in enumerate(choice.chosen):
        value, found = _party_value(f"{path}/{i}", candidate)
        values.append(value)
        claims.extend(found)
    return values, claims


def _party_value(path: str, candidate: Candidate, agrees: tuple[Candidate, ...] = ()) -> Part:
    party: Party = candidate.value
    value = party_object(party)
    claims = [replace(_party_claim(f"{path}/name", candidate, value["name"]), agrees=agrees)]
    for key in ("alternateName", "sameAs"):
        if key in value:
            claims.append(_authority(f"{path}/{key}", party.agency, f"{path}/name"))
    for key in ("jobTitle", "url"):
        if key in value:
            claims.append(Claim(f"{path}/{key}", "normalised", candidate.rule, candidate.match, candidate.steps))
    for i, _ in enumerate(party.affiliation):
        claim = Claim(f"{path}/affiliation/{i}", "normalised", candidate.rule, candidate.match, candidate.steps)
        claims.append(replace(claim, inferred=candidate.inferred))
    return value, claims


def _party_claim(path: str, candidate: Candidate, name: str) -> Claim:
    claim = _claim(path, candidate, name)
    named_by_table = candidate.value.agency and claim.basis == "normalised"
    return (
        replace(claim, basis="authority", steps=(*claim.steps, f"authority:{candidate.value.agency}"))
        if (named_by_table)
        else claim
    )


def _authority(path: str, agency: str | None, name: str) -> Claim:
    return Claim(path, "authority", "authority/agencies", steps=(f"authority:{agency}",), sources=(name,))


def party_object(party: Party) -> dict[str, Any]:
    """A `Person` or `Organization` object; what is not known is absent."""
    person = party.kind == "person"
    value: dict[str, Any] = {
        "@type": "Person" if person else "Organization",
        "name": clean(party.name, LIMITS.name_chars),
    }
    if party.short and party.short != party.name and not person:
        value["alternateName"] = clean(party.short, LIMITS.name_chars)
    if party.url:
        value["url"] = party.url
    if party.same_as:
        value["sameAs"] = party.same_as
    if person and party.job_title:
        value["jobTitle"] = clean(party.job_title, LIMITS.name_chars)
    if person and party.affiliation:
        value["affiliation"] = [party_object(p) for p in party.affiliation]
    return value


def _photos(path: str, choice: Choice) -> Part:
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
            claims.append(_claim(f"{path}/{key}", part, value[key]))
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
            value[key], found = _parties(f"{path}/{key}", Choice("image", parts))
            claims.extend(found)
    if photo.copyright is not None:
        value["copyrightNotice"] = clean(str(photo.copyright.value), LIMITS.text_chars)
        claims.append(_claim(f"{path}/copyrightNotice", photo.copyright, value["copyrightNotice"]))
    return value, claims


# --- what no rule reads --------------------------------------------------------------------------------------------


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


_GIVEN: dict[str, Callable[[Record, Capture, Options], Part]] = {
    "@id": _identity,
    "identifier": _identifiers,
    "archivedAt": _archived,
    "sdPublisher": lambda v, c, o: _supplied(
        {"@type": "Organization", "name": clean(o.sd_publisher)} if o.sd_publisher else None, "/sdPublisher"
    ),
    "sdDatePublished": lambda v, c, o: _supplied(o.sd_date if o.sd_publisher else None, "/sdDatePublished"),
}

WRITERS: dict[str, Writer] = {
    "description": _text,
    "articleBody": _body,
    "articleSection": _lines,
    "keywords": _lines,
    "author": _parties,
    "contributor": _parties,
    "editor": _parties,
    "translator": _parties,
    "sourceOrganization": _parties,
    "provider": _parties,
    "publisher": _party,
    "creditText": _credit,
    "copyrightNotice": _text,
    "copyrightYear": _flag,
    "copyrightHolder": _parties,
    "isBasedOn": _objects,
    "translationOfWork": _object,
    "correction": _objects,
    "isAccessibleForFree": _flag,
    "backstory": _text,
    "image": _photos,
}
"""How a field's choice becomes a value. Fields that are not named here are single lines."""

ORDER = (
    "@id url headline alternativeHeadline description articleBody articleSection keywords dateline printSection "
    "printPage printEdition inLanguage datePublished dateModified author contributor editor translator "
    "sourceOrganization provider publisher creditText copyrightNotice copyrightYear copyrightHolder license usageInfo "
    "isBasedOn translationOfWork correction isAccessibleForFree backstory publishingPrinciples image identifier "
    "archivedAt sdPublisher sdDatePublished"
).split()
"""Order of the properties in every record."""


def in_order(record: Record) -> Iterator[tuple[str, Any]]:
    """Items of a record in the fixed order, `@context` and `@type` first."""
    rank = {name: i for i, name in enumerate(("@context", "@type", *ORDER))}
    return iter(sorted(record.items(), key=lambda item: rank.get(item[0], len(rank))))
