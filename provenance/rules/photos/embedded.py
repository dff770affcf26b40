"""Photos as the page's metadata states them: image objects of the article's JSON-LD, og:image, twitter:image."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from provenance.jsonld import Block, escape, types_of
from provenance.model import Candidate, Context, DataPlace, Match, Photo
from provenance.page import Page
from provenance.rules.photos.addresses import key_of
from provenance.rules.photos.grammar import CAPTION_CHARS, Grammar
from provenance.rules.photos.parts import part_of, photo_of, url_candidate
from provenance.rules.photos.texts import NOTHING, Printed, Wording
from provenance.selectors import text_of_data

_URL = ("contentUrl", "url", "@id")
_CREDIT = ("creditText", "copyrightNotice", "copyrightHolder", "creator", "author")
_GALLERY = frozenset({"ImageGallery", "MediaGallery", "Collection"})
_META = ("og:image:secure_url", "og:image:url", "og:image", "twitter:image", "twitter:image:src")


@dataclass(frozen=True, slots=True)
class Stated:
    """A photo stated in metadata, with the key of its address."""

    key: str
    photo: Photo
    own_credit: bool = False
    """True where the data has a credit line of its own (`creditText`), not only a holder of rights."""


def stated_photos(page: Page, context: Context) -> Iterator[Stated]:
    """Image objects of the article's JSON-LD nodes, then the images of the head."""
    known = _by_id(page)
    seen: set[str] = set()
    for block, pointer, node in page.articles[:3]:
        for name in ("image", "primaryImageOfPage", "thumbnailUrl"):
            yield from _new(_objects(page, context, block, f"{pointer}/{name}", node.get(name), known), seen)
        for path, gallery in _galleries(pointer, node):
            yield from _new(_objects(page, context, block, path, gallery, known), seen)
    for match in page.meta(*_META):
        address = page.address(match.text)
        if address and key_of(address) not in seen:
            seen.add(key_of(address))
            yield Stated(key_of(address), Photo(url_candidate("image/meta", match, address)))


def _new(found: Iterator[Stated], seen: set[str]) -> Iterator[Stated]:
    for stated in found:
        if stated.key not in seen:
            seen.add(stated.key)
            yield stated


def _galleries(pointer: str, node: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Images of the article's galleries, which often only a script shows."""
    for name in ("hasPart", "associatedMedia"):
        parts = node.get(name)
        for i, part in enumerate(parts if isinstance(parts, list) else [parts]):
            path = f"{pointer}/{name}/{i}" if isinstance(parts, list) else f"{pointer}/{name}"
            if isinstance(part, dict) and types_of(part) & _GALLERY:
                yield from ((f"{path}/{key}", part.get(key)) for key in ("image", "associatedMedia", "hasPart"))


def _by_id(page: Page) -> dict[str, tuple[Block, str, dict[str, Any]]]:
    found: dict[str, tuple[Block, str, dict[str, Any]]] = {}
    for block in page.jsonld:
        for pointer, node in block.nodes:
            name = node.get("@id")
            if isinstance(name, str) and len(node) > 1:
                found.setdefault(name, (block, pointer, node))
    return found


def _objects(
    page: Page, context: Context, block: Block, pointer: str, value: Any, known: dict[str, Any]
) -> Iterator[Stated]:
    if isinstance(value, list):
        for i, item in enumerate(value[:40]):
            yield from _objects(page, context, block, f"{pointer}/{i}", item, known)
    elif isinstance(value, str):
        stated = _stated(
            page, Match(text_of_data(value), "json-ld", DataPlace(block.element, pointer)), NOTHING, context
        )
        if stated:
            yield stated
    elif isinstance(value, dict):
        node: dict[str, Any] = value
        if set(node) <= {"@id", "@type"} and node.get("@id") in known:
            block, pointer, node = known[node["@id"]]
        url = next((m for n in _URL if (m := _text(block, pointer, node, n))), None)
        if url is not None:
            stated = _stated(page, url, _wording(block, pointer, node, context), context)
            if stated:
                yield _with_notice(stated, _text(block, pointer, node, "copyrightNotice"))


def _stated(page: Page, url: Match, wording: Wording, context: Context) -> Stated | None:
    address = page.address(url.text)
    if address is None:
        return None
    photo = photo_of(url_candidate("image/json-ld", url, address), wording, context)
    place = wording.credit.match.place if wording.credit else None
    return Stated(key_of(address), photo, isinstance(place, DataPlace) and place.pointer.endswith("/creditText"))


def _with_notice(stated: Stated, notice: Match | None) -> Stated:
    """The photo with the copyright notice that the data states, which is no credit line."""
    if notice is None or stated.photo.copyright is not None:
        return stated
    candidate = Candidate("image/copyrightNotice", "copyright/json-ld", notice, notice.text, 0.5)
    return replace(stated, photo=replace(stated.photo, copyright=candidate))


def _text(block: Block, pointer: str, node: dict[str, Any], name: str) -> Match | None:
    """The text of a property, of its first item, or of the `name` of its object."""
    if name not in node:
        name = next((key for key in node if key.casefold() == name.casefold()), name)
    value: Any = node.get(name)
    path = f"{pointer}/{escape(name)}"
    if isinstance(value, list) and value:
        value, path = value[0], f"{path}/0"
    if isinstance(value, dict):
        inner = "name" if value.get("name") else "url"
        value, path = value.get(inner), f"{path}/{inner}"
    text = text_of_data(value) if isinstance(value, str) else ""
    return Match(text, "json-ld", DataPlace(block.element, path)) if text else None


def _wording(block: Block, pointer: str, node: dict[str, Any], context: Context) -> Wording:
    caption = next((m for n in ("caption", "description") if (m := _text(block, pointer, node, n))), None)
    credit = _stated_credit(block, pointer, node, context)
    printed = None
    if caption is not None and len(caption.text) <= CAPTION_CHARS:
        split = Grammar(context).split(caption.text)
        if credit is None and split.credit_span and split.how in ("label", "brackets"):
            credit = Printed("credit/json-ld", part_of(caption, split.credit_span), (f"split:{split.how}",))
        if split.caption:
            printed = Printed("caption/json-ld", part_of(caption, split.caption_span))
    return Wording(printed, credit)


def _stated_credit(block: Block, pointer: str, node: dict[str, Any], context: Context) -> Printed | None:
    """The first property that names somebody; the house's own name as holder or author is a template, no credit."""
    house = {n.casefold() for n in context.house.names}
    for name in _CREDIT:
        match = _text(block, pointer, node, name)
        if match is None:
            continue
        if name != "creditText" and match.text.casefold() in house:
            continue
        parsed = Grammar(context).credit(match.text)
        if parsed:
            return Printed("credit/json-ld", part_of(match, parsed.span))
    return None
