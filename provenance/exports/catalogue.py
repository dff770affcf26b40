"""Records as library metadata: Dublin Core (oai_dc, with DCMI terms) and MODS 3.7."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from provenance.exports.names import Party, copy_of, is_person, parts_of

Record = dict[str, Any]

DC = "http://purl.org/dc/elements/1.1/"
TERMS = "http://purl.org/dc/terms/"
MODS = "http://www.loc.gov/mods/v3"


def dublin_core(records: Iterable[Record]) -> Iterator[str]:
    """One XML document with a `metadata` element a record."""
    return _document("records", {"dc": DC, "dcterms": TERMS}, map(_dc, records))


def _document(root: str, namespaces: dict[str, str], items: Iterable[Any], namespace: str = "") -> Iterator[str]:
    from lxml import etree

    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in namespaces.items())
    own = f' xmlns="{namespace}"' if namespace else ""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root}{own}{declared}>\n'
    for item in items:
        yield etree.tostring(item, encoding="unicode", pretty_print=True)
    yield f"</{root}>\n"


_DC: tuple[tuple[str, str], ...] = (
    ("headline", f"{{{DC}}}title"),
    ("alternativeHeadline", f"{{{TERMS}}}alternative"),
    ("description", f"{{{DC}}}description"),
    ("creditText", f"{{{DC}}}description"),
    ("datePublished", f"{{{TERMS}}}issued"),
    ("dateModified", f"{{{TERMS}}}modified"),
    ("inLanguage", f"{{{DC}}}language"),
    ("url", f"{{{DC}}}identifier"),
    ("copyrightNotice", f"{{{DC}}}rights"),
    ("license", f"{{{TERMS}}}license"),
)
_DC_PARTIES: tuple[tuple[str, str], ...] = (
    ("author", "creator"),
    ("contributor", "contributor"),
    ("editor", "contributor"),
    ("translator", "contributor"),
    ("sourceOrganization", "contributor"),
    ("provider", "contributor"),
)
_PRINT = ("printEdition", "printSection", "printPage")


def _dc(record: Record) -> Any:
    from lxml import etree

    item = etree.Element("metadata", nsmap={"dc": DC, "dcterms": TERMS})

    def add(tag: str, value: str) -> None:
        etree.SubElement(item, tag).text = value

    for name, tag in _DC:
        if record.get(name):
            add(tag, record[name])
    if any(record.get(name) for name in _PRINT):
        host = record.get("publisher", {}).get("name")
        add(f"{{{TERMS}}}bibliographicCitation", ", ".join(filter(None, (host, *map(record.get, _PRINT)))))
    for name, element in _DC_PARTIES:
        for party in record.get(name, ()):
            add(f"{{{DC}}}{element}", party["name"])
    if record.get("publisher"):
        add(f"{{{DC}}}publisher", record["publisher"]["name"])
    for subject in (*record.get("articleSection", ()), *record.get("keywords", ())):
        add(f"{{{DC}}}subject", subject)
    add(f"{{{DC}}}type", "Text")
    for work in record.get("isBasedOn", ()):
        if work.get("url"):
            add(f"{{{DC}}}source", work["url"])
    if copy_of(record).get("url"):
        add(f"{{{TERMS}}}hasFormat", copy_of(record)["url"])
    return item


def mods(records: Iterable[Record]) -> Iterator[str]:
    """One `modsCollection`; an agency that is author and source is one heading with both roles."""
    return _document("modsCollection", {}, map(_mods, records), MODS)


_ROLES = (
    ("author", "aut"),
    ("contributor", "ctb"),
    ("editor", "edt"),
    ("translator", "trl"),
    ("sourceOrganization", "prv"),
    ("provider", "dst"),
)
_OWN: Any = {None: MODS}  # lxml takes None for the default namespace; its stubs know only texts


def _mods(record: Record) -> Any:
    from lxml import etree

    item = etree.Element(f"{{{MODS}}}mods", {"version": "3.7"}, nsmap=_OWN)

    def add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
        element = etree.SubElement(parent, f"{{{MODS}}}{name}", attributes)
        element.text = text
        return element

    if record.get("headline"):
        add(add(item, "titleInfo"), "title", record["headline"])
    if record.get("alternativeHeadline"):
        add(add(item, "titleInfo", type="alternative"), "title", record["alternativeHeadline"])
    for party, roles in _headings(record):
        _mods_name(add, item, party, roles)
    add(item, "typeOfResource", "text")
    add(item, "genre", "article", authority="marcgt")
    origin = add(item, "originInfo")
    if record.get("publisher"):
        add(origin, "publisher", record["publisher"]["name"])
    if record.get("datePublished"):
        add(origin, "dateIssued", record["datePublished"], encoding="w3cdtf", keyDate="yes")
    if record.get("dateModified"):
        add(origin, "dateModified", record["dateModified"], encoding="w3cdtf")
    if copy_of(record).get("dateCreated"):
        add(origin, "dateCaptured", copy_of(record)["dateCreated"], encoding="w3cdtf")
    if not len(origin):
        item.remove(origin)  # the schema allows none that is empty
    if record.get("inLanguage"):
        add(add(item, "language"), "languageTerm", record["inLanguage"], type="code", authority="rfc4646")
    if record.get("description"):
        add(item, "abstract", record["description"])
    for name, kind in (("creditText", "credits"), ("dateline", "dateline")):
        if record.get(name):
            add(item, "note", record[name], type=kind)
    for subject in record.get("keywords", ()):
        add(add(item, "subject"), "topic", subject)
    _mods_host(add, item, record)
    _mods_photos(add, item, record)
    if record.get("url"):
        add(item, "identifier", record["url"], type="uri")
        add(add(item, "location"), "url", record["url"], usage="primary")
    if copy_of(record).get("url"):
        add(add(item, "location"), "url", copy_of(record)["url"], note="archived copy")
    if record.get("copyrightNotice"):
        add(item, "accessCondition", record["copyrightNotice"], type="use and reproduction")
    _mods_origin(add, item, record)
    return item


def _headings(record: Record) -> list[tuple[Party, list[str]]]:
    found: dict[tuple[str, str], tuple[Party, list[str]]] = {}
    for name, role in _ROLES:
        for party in record.get(name, ()):
            _, roles = found.setdefault((party["@type"], party["name"]), (party, []))
            if role not in roles:
                roles.append(role)
    return list(found.values())


def _mods_name(add: Any, item: Any, party: Party, roles: list[str]) -> None:
    name = add(item, "name", type="personal" if is_person(party) else "corporate")
    parts = parts_of(party)
    if parts:
        add(name, "namePart", parts.family, type="family")
        add(name, "namePart", parts.given, type="given")
        if parts.suffix:
            add(name, "namePart", parts.suffix, type="termsOfAddress")
    else:
        add(name, "namePart", party["name"])
    for affiliation in party.get("affiliation", ()):
        add(name, "affiliation", affiliation["name"])
    for role in roles:
        add(add(name, "role"), "roleTerm", role, type="code", authority="marcrelator")
    if party.get("sameAs"):
        add(name, "nameIdentifier", party["sameAs"], type="uri")


def _mods_host(add: Any, item: Any, record: Record) -> None:
    """The paper, and where in it the article stands."""
    sections = dict.fromkeys(filter(None, (record.get("printSection"), *record.get("articleSection", ()))))
    if not (sections or any(record.get(name) for name in ("publisher", *_PRINT))):
        return
    host = add(item, "relatedItem", type="host")
    if record.get("publisher"):
        add(add(host, "titleInfo"), "title", record["publisher"]["name"])
    if record.get("printEdition"):
        add(add(host, "originInfo"), "edition", record["printEdition"])
    if sections or record.get("printPage"):
        part = add(host, "part")
        for section in sections:
            add(add(part, "detail", type="section"), "title", section)
        if record.get("printPage"):
            add(add(part, "extent", unit="page"), "list", record["printPage"])


def _mods_origin(add: Any, item: Any, record: Record) -> None:
    """Who made the record, when, and its identifier."""
    if not (record.get("sdPublisher") or record.get("@id")):
        return
    info = add(item, "recordInfo")
    if record.get("sdPublisher"):
        add(info, "recordContentSource", record["sdPublisher"]["name"])
        if record.get("sdDatePublished"):
            add(info, "recordCreationDate", record["sdDatePublished"], encoding="w3cdtf")
    if record.get("@id"):
        add(info, "recordIdentifier", record["@id"])


def _mods_photos(add: Any, item: Any, record: Record) -> None:
    for photo in record.get("image", ()):
        if photo.get("caption") or photo.get("creditText"):
            part = add(item, "relatedItem", type="constituent")
            add(part, "typeOfResource", "still image")
            if photo.get("caption"):
                add(part, "abstract", photo["caption"])
            if photo.get("creditText"):
                add(part, "note", photo["creditText"], type="credits")
            if photo.get("contentUrl"):
                add(add(part, "location"), "url", photo["contentUrl"])
