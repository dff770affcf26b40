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
from provenance.rules.photos.signs import is_photo_label, may_hold_credit
from provenance.rules.photos.texts import NOTHING, Printed, Wording
from provenance.selectors import text_of_data

_URL = ("contentUrl", "url", "@id")
_CREDIT = ("creditText", "copyrightNotice", "copyrightHolder", "creator", "author")
_CLOSINGS = (")", "）", "]", "】")
_GALLERY = frozenset({"ImageGallery", "MediaGallery", "Collection"})
_META = ("og:image:secure_url", "og:image:url", "og:image", "twitter:image", "twitter:image:src")


@dataclass(frozen=True, slots=True)
class Stated:
    """A photo stated in metadata, with the key of its address."""

    key: str
    url: Candidate
    wording: Wording = NOTHING
    notice: Match | None = None

    @property
    def own_credit(self) -> bool:
        """True where the data has a credit line of its own (`creditText`), not only a holder of rights."""
        place = self.wording.credit.match.place if self.wording.credit else None
        return isinstance(place, DataPlace) and place.pointer.endswith("/creditText")

    def photo(self, context: Context, *, parties: bool = True) -> Photo:
        """The photo; the copyright notice of the data is no credit line, but stands beside it."""
        photo = photo_of(self.url, self.wording, context, parties=parties, key=self.key)
        if self.notice is None or photo.copyright is not None:
            return photo
        notice = Candidate("image/copyrightNotice", "copyright/jsonld", self.notice, self.notice.text, 0.5)
        return replace(photo, copyright=notice)


def stated_photos(page: Page, grammar: Grammar) -> Iterator[Stated]:
    """Photos that the metadata states; the first one with the credit in the title, where it has none of its own."""
    for at, stated in enumerate(_stated_photos(page, grammar)):
        credit = _title_credit(page, grammar) if at == 0 and stated.wording.credit is None else None
        yield replace(stated, wording=Wording(stated.wording.caption, credit)) if credit else stated


def _title_credit(page: Page, grammar: Grammar) -> Printed | None:
    """A photo's credit in brackets at the end of the metadata's title ("… opens (Photo: Jane Roe)")."""
    for match in page.meta("og:title", "twitter:title"):
        if match.text.endswith(_CLOSINGS) and may_hold_credit(match.text, sure=True):
            split = grammar.split(match.text)
            span = split.credit_span
            if split.how == "brackets" and span and is_photo_label(match.text[split.caption_span[1] : span[0]]):
                return Printed("credit/title", part_of(match, span), ("split:brackets",))
    return None


def _stated_photos(page: Page, grammar: Grammar) -> Iterator[Stated]:
    """Image objects of the article's JSON-LD nodes, then the images of the head."""
    known = _by_id(page)
    seen: set[str] = set()
    for block, pointer, node in page.articles[:3]:
        for name in ("image", "primaryImageOfPage", "thumbnailUrl"):
            yield from _new(_objects(page, grammar, block, f"{pointer}/{name}", node.get(name), known), seen)
        for path, gallery in _galleries(pointer, node):
            yield from _new(_objects(page, grammar, block, path, gallery, known), seen)
    for match in page.meta(*_META):
        address = page.address(match.text)
        if address and key_of(address) not in seen:
            seen.add(key_of(address))
            yield Stated(key_of(address), url_candidate("image/meta", match, address))


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
    page: Page, grammar: Grammar, block: Block, pointer: str, value: Any, known: dict[str, Any]
) -> Iterator[Stated]:
    if isinstance(value, list):
        for i, item in enumerate(value[:40]):
            yield from _objects(page, grammar, block, f"{pointer}/{i}", item, known)
    elif isinstance(value, str):
        url: Match | None = Match(text_of_data(value), "json-ld", DataPlace(block.element, pointer))
        yield from _stated(page, url, NOTHING, None)
    elif isinstance(value, dict):
        node: dict[str, Any] = value
        if set(node) <= {"@id", "@type"} and node.get("@id") in known:
            block, pointer, node = known[node["@id"]]
        url = next((m for n in _URL if (m := _text(block, pointer, node, n))), None)
        if url is not None:
            wording = _wording(block, pointer, node, grammar)
            yield from _stated(page, url, wording, _text(block, pointer, node, "copyrightNotice"))


def _stated(page: Page, url: Match | None, wording: Wording, notice: Match | None) -> Iterator[Stated]:
    address = page.address(url.text) if url else None
    if url is not None and address is not None:
        yield Stated(key_of(address), url_candidate("image/jsonld", url, address), wording, notice)


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


def _wording(block: Block, pointer: str, node: dict[str, Any], grammar: Grammar) -> Wording:
    caption = next((m for n in ("caption", "description") if (m := _text(block, pointer, node, n))), None)
    credit = _stated_credit(block, pointer, node, grammar)
    printed = None
    if caption is not None and len(caption.text) <= CAPTION_CHARS:
        split = grammar.split(caption.text) if may_hold_credit(caption.text, sure=True) else None
        if split is None:
            return Wording(Printed("caption/jsonld", caption), credit)
        if credit is None and split.credit_span and split.how in ("label", "brackets"):
            credit = Printed("credit/jsonld", part_of(caption, split.credit_span), (f"split:{split.how}",))
        if split.caption:
            printed = Printed("caption/jsonld", part_of(caption, split.caption_span))
    return Wording(printed, credit)


def _stated_credit(block: Block, pointer: str, node: dict[str, Any], grammar: Grammar) -> Printed | None:
    """The first property that names somebody; the house's own name as holder or author is a template, no credit."""
    house = {n.casefold() for n in grammar.context.house.names}
    for name in _CREDIT:
        match = _text(block, pointer, node, name)
        if match is None:
            continue
        if name != "creditText" and match.text.casefold() in house:
            continue
        parsed = grammar.credit(match.text)
        if parsed:
            return Printed("credit/jsonld", part_of(match, parsed.span))
    return None
