"""Rights, access, corrections and the printed edition, only where the page states them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenance.addresses import tidy
from provenance.limits import LIMITS
from provenance.model import Candidate, Context, Match, Party
from provenance.page import Page
from provenance.printed_dates import find_dates
from provenance.rules.finders import Interpreter, Reading, Rule, candidates, itemprop, jsonld, link, meta, stated
from provenance.rules.foot import letters_beside_rights, licence_links, print_notes, printed_corrections, printed_notice
from provenance.rules.policy import Policy, folded, never_clash
from provenance.rules.publishers.naming import reader_key
from provenance.rules.words import words

NOTICE = (
    Rule("copyright/stated", 0.75, stated("copyrightNotice")),
    Rule("copyright/jsonld", 0.7, jsonld("copyrightNotice")),
    Rule("copyright/meta", 0.6, meta("copyright", "dc.rights", "dcterms.rights", "dcterms.rightsholder", "rights")),
    Rule("copyright/microdata", 0.55, itemprop("copyrightNotice", "content")),
    Rule("copyright/printed", 0.4, printed_notice),
)
HOLDER = (
    Rule("copyright-holder/jsonld", 0.7, jsonld("copyrightHolder.name", "copyrightHolder")),
    Rule("copyright-holder/microdata", 0.6, itemprop("copyrightHolder", "content")),
    Rule("copyright-holder/notice", 0.4, printed_notice),
)
YEAR = (
    Rule("copyright-year/jsonld", 0.7, jsonld("copyrightYear")),
    Rule("copyright-year/microdata", 0.6, itemprop("copyrightYear", "content")),
)
LICENSE = (
    Rule("license/link", 0.8, licence_links),
    Rule("license/jsonld", 0.7, jsonld("license", "license.url", "license.@id")),
    Rule("license/meta", 0.6, meta("dcterms.license", "dc.rights.license", "license")),
)
USAGE = (
    Rule("usage/jsonld", 0.7, jsonld("usageInfo", "usageInfo.url", "usageInfo.@id")),
    Rule("usage/link", 0.6, link("terms-of-service")),
    Rule("usage/link-copyright", 0.5, link("copyright")),
)
PRINCIPLES = (
    Rule(
        "principles/jsonld",
        0.7,
        jsonld("publishingPrinciples", "publishingPrinciples.url", "publisher.publishingPrinciples"),
    ),
)
FREE = (
    Rule("access/jsonld", 0.7, jsonld("isAccessibleForFree")),
    Rule("access/microdata", 0.6, itemprop("isAccessibleForFree", "content")),
    Rule("access/content-tier", 0.5, meta("article:content_tier", "og:article:content_tier")),
)
CORRECTION = (
    Rule("correction/jsonld", 0.7, jsonld("correction.text", "correction")),
    Rule("correction/printed", 0.6, printed_corrections),
)
PRINT_SECTION = (
    Rule("print-section/stated", 0.75, stated("printSection")),
    Rule("print-section/jsonld", 0.7, jsonld("printSection")),
    Rule("print-section/microdata", 0.6, itemprop("printSection", "content")),
    Rule("print-section/printed", 0.5, print_notes),
)
PRINT_PAGE = (
    Rule("print-page/stated", 0.75, stated("printPage")),
    Rule("print-page/jsonld", 0.7, jsonld("printPage", "pageStart")),
    Rule("print-page/microdata", 0.6, itemprop("printPage", "content")),
    Rule("print-page/front-matter", 0.55, meta("front:page")),
    Rule("print-page/printed", 0.5, print_notes),
)
PRINT_EDITION = (
    Rule("print-edition/stated", 0.75, stated("printEdition")),
    Rule("print-edition/jsonld", 0.7, jsonld("printEdition")),
)


# --- what it means -------------------------------------------------------------------------------------------------


def _read_line(match: Match, page: Page, context: Context) -> Reading:
    return Reading(match.text) if len(match.text) <= LIMITS.line_chars else Reading(refused="is too long")


def _read_notice(match: Match, page: Page, context: Context) -> Reading:
    if len(letters_beside_rights(match.text)) < _LETTERS:
        return Reading(refused="names nobody")
    own = any(folded(name) in folded(match.text) for name in context.house.names)
    if match.source == "visible-text" and not own and not re.search(r"\d{4}", match.text):
        return Reading(refused="has neither a year nor the publisher's name")
    return _read_line(match, page, context)


_LETTERS = 2


def _read_address(match: Match, page: Page, context: Context) -> Reading:
    url = page.address(match.text)
    if url is None:
        return Reading(refused="is no http(s) address")
    return Reading(tidy(url), () if tidy(url) == match.text else ("resolve",))


def _read_licence(match: Match, page: Page, context: Context) -> Reading:
    reading = _read_address(match, page, context)
    if reading.refused is None and reading.value.rstrip("/") == (page.address("/") or "").rstrip("/"):
        return Reading(refused="the address of the whole site")
    return reading


_TRUE, _FALSE = frozenset({"true", "yes", "1", "free"}), frozenset({"false", "no", "0", "locked"})


def _read_flag(match: Match, page: Page, context: Context) -> Reading:
    word = match.text.lower().rsplit("/", 1)[-1]
    if word in _TRUE or word in _FALSE:
        return Reading(word in _TRUE)
    return Reading(refused="is neither true nor false")


def _read_year(match: Match, page: Page, context: Context) -> Reading:
    found = re.fullmatch(r"(1[6-9]|20|21)\d\d", match.text)
    return Reading(int(match.text)) if found else Reading(refused="is no year")


_PLAIN = re.compile(
    r"(?:©|\([cC]\)|ⓒ|[Cc]opyright\b(?:\s*(?:©|\([cC]\)))?)\s*(?:(?:by|BY)\s+)?(?:\d{4}(?:\s?[-–]\s?\d{4})?,?\s+)?"
    r"(?P<name>[^\d|©.;:/]{3,60}?)(?:,?\s+\d{4}(?:\s?[-–]\s?\d{4})?)?[.\s]*"
)


def _read_holder(match: Match, page: Page, context: Context) -> Reading:
    """A name, or a plain `© YEAR NAME` whose name is the publisher's: others are mostly sentences."""
    if match.source != "visible-text":
        if match.text.startswith(("http://", "https://")) or len(match.text) > LIMITS.name_chars:
            return Reading(refused="is no name")
        return Reading(Party("organization", match.text))
    found = _PLAIN.fullmatch(match.text)
    name = found.group("name").strip(" ,") if found else ""
    if not name or reader_key(name) not in {reader_key(n) for n in context.house.names}:
        return Reading(refused="not a plain notice with the publisher's name")
    return Reading(Party("organization", name), ("notice",))


def _read_correction(match: Match, page: Page, context: Context) -> Reading:
    if len(match.text) < 12 or match.text.startswith(("http://", "https://")):
        return Reading(refused="is no text of a correction")
    value = {"@type": "CorrectionComment", "text": match.text}
    dated = next(iter(find_dates(match.text[:120], context.language, context.country)), None)
    if dated and match.source == "visible-text" and dated.span[0] < _DATED:
        value["datePublished"] = dated.moment.text()
    return Reading(value)


_DATED = 40
"""A date so near to the beginning of a correction is the correction's own."""


def _printed(kind: str) -> Interpreter:
    def read(match: Match, page: Page, context: Context) -> Reading:
        if match.source != "visible-text":
            return _read_line(match, page, context)
        marks = "|".join(map(re.escape, words(kind)))
        found = re.search(rf"\b(?:{marks})\s+([A-Z]{{1,2}}\d{{0,3}}|\d{{1,3}}|[A-Z][a-z]{{2,20}})\b", match.text, re.I)
        return Reading(found.group(1), ("print-note",)) if found else Reading(refused=f"names no {kind[6:]}")

    return read


TABLES: tuple[tuple[str, tuple[Rule, ...], Interpreter], ...] = (
    ("copyrightNotice", NOTICE, _read_notice),
    ("copyrightHolder", HOLDER, _read_holder),
    ("copyrightYear", YEAR, _read_year),
    ("license", LICENSE, _read_licence),
    ("usageInfo", USAGE, _read_address),
    ("publishingPrinciples", PRINCIPLES, _read_address),
    ("isAccessibleForFree", FREE, _read_flag),
    ("correction", CORRECTION, _read_correction),
    ("printSection", PRINT_SECTION, _printed("print_section")),
    ("printPage", PRINT_PAGE, _printed("print_page")),
    ("printEdition", PRINT_EDITION, _read_line),
)

POLICIES: dict[str, Policy] = {
    "copyrightNotice": Policy(clash=never_clash),
    "copyrightHolder": Policy(key=lambda party: folded(party.name), single=False, clash=never_clash),
    "license": Policy(key=lambda url: re.sub(r"^https?://", "", str(url)).rstrip("/")),
    "usageInfo": Policy(clash=never_clash),
    "publishingPrinciples": Policy(clash=never_clash),
    "correction": Policy(key=lambda value: folded(value["text"]), single=False, union=True),
}


def collect(page: Page, context: Context) -> Iterator[Candidate]:
    """Candidates of all fields of this module."""
    for field, rules, interpret in TABLES:
        yield from candidates(field, rules, interpret, page, context)
