"""Address of the article.

Order of trust: a canonical link of the same site, `og:url`, JSON-LD, an address printed by a saver or a print view,
the address the page was fetched or saved from. A canonical link to another site is a statement about the source of a
copy, which `rules.original` reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from provenance.addresses import host_of, is_archive, is_front, is_public, registrable, same_site, tidy
from provenance.cleaning import quoted
from provenance.model import Candidate, Capture, CapturePlace, Context, Match, NodePlace, Note
from provenance.page import Page
from provenance.rules.finders import Reading, Rule, candidates, jsonld, link, meta, stated
from provenance.rules.once import once_per_page
from provenance.rules.policy import Policy, never_clash
from provenance.rules.words import is_label

_URL = re.compile(r"https?://[^\s<>\"'）」】]+")
_TAIL = 12
"""How many of the last text blocks may hold the foot of a print view."""


def capture_address(page: Page) -> Iterator[Match]:
    """The address the page was fetched or saved from, where others can look it up."""
    if page.capture.url:
        yield Match(page.capture.url, "url", CapturePlace("url"))


def printed_original(page: Page) -> Iterator[Match]:
    """`Original url:` and an address, as print views and savers set it at the foot (or head) of the text."""
    if page.is_text or not page.links.get("canonical"):
        blocks = page.tags.get("p", [])
        for i, element in [*enumerate(blocks)][-_TAIL:]:
            text = page.text(element)
            head, _, rest = text.partition(":")
            if is_label(head, "original_url") and len(text) < page.limits.url_chars:
                following = blocks[i + 1 : i + 2] if not rest.strip() else []
                yield from _addresses_in(page, [element, *following])


def _addresses_in(page: Page, elements: Iterable[object]) -> Iterator[Match]:
    for element in elements:
        for found in _URL.finditer(page.text(element)):
            match = page.match(element, found.span())
            if match:
                yield match
                return


def identifiers(page: Page) -> Iterator[Match]:
    """Identifiers of Dublin Core that are addresses; others are numbers of a CMS."""
    yield from (m for m in page.meta("dc.identifier", "dcterms.identifier") if m.text.startswith("http"))


def shared(page: Page) -> Iterator[Match]:
    """The one address that all of the page's buttons to pass it on carry, where the page states none for itself.

    Lists of articles have buttons for each, so that several addresses are none. Samples of buttons carry the page of
    their maker.
    """
    if page.links.get("canonical") or page.metas.get("og:url"):
        return
    found: dict[str, Match] = {}
    for element, href in page.hrefs:
        carried = _SHARE.search(href) if "http" in href[_SCHEME:] else None
        if carried:
            _carried(found, Match(carried[1], "link", NodePlace(element, "href"), carried.span(1)))
    for element in page.marked(_PLUGIN):
        match = page.attribute(element, "data-href", "link")
        if match and match.text.startswith("http"):
            _carried(found, match)
    if len(found) == 1:
        yield from found.values()


def _carried(found: dict[str, Match], match: Match) -> None:
    url = unquote(match.text)
    if not is_front(url) and "//share." not in url:
        found.setdefault(tidy(url), match)


_SHARE = re.compile(
    r"(?:share|intent/|/pin/create|/submit|/save|/add)[^?#]*\?(?:[^#]*&)?(?:u|url|href|link|uri)="
    r"(https?(?:%3A|:)(?:%2F|/){2}[^&#\s]+)",
    re.IGNORECASE,
)
"""A link to a network's page for passing on an address, and the address."""
_PLUGIN = re.compile(r"^fb-(?:like|share|save|send|comments)")
"""Buttons that a network's script makes of an element with `data-href`."""
_CODED = re.compile(r"https?%3A", re.IGNORECASE)
_SCHEME = len("https://")


CAPTURE, OPTION = "url/capture", "url/option"
"""The capture's own address, and the caller's, which stands in for it where neither page nor capture tells one."""
ADDRESS = (
    Rule("url/canonical", 0.90, link("canonical")),
    Rule("url/stated", 0.88, stated("url")),
    Rule("url/front-matter", 0.86, meta("front:source", "front:url", "front:link", "front:original_url")),
    Rule("url/og-url", 0.80, meta("og:url")),
    Rule("url/jsonld", 0.72, jsonld("url", "mainEntityOfPage.@id", "mainEntityOfPage", "mainEntityOfPage.url", "@id")),
    Rule("url/printed-original", 0.70, printed_original),
    Rule("url/twitter", 0.60, meta("twitter:url")),
    Rule("url/meta", 0.58, identifiers),
    Rule(CAPTURE, 0.50, capture_address),
    Rule("url/shared", 0.45, shared),
)


_REWRITERS = frozenset({"httrack"})
"""Savers that make a page's own addresses relative, so that a relative one is theirs and not the publisher's."""


def _read_address(match: Match, page: Page, context: Context) -> Reading:
    coded = _CODED.match(match.text)
    found = page.address(unquote(match.text) if coded else match.text)
    steps: tuple[str, ...] = ("percent-decode",) if coded else ()
    if found is None and match.text.startswith("//"):
        found, steps = page.address(f"https:{match.text}"), ("assume-https",)
    if found is None:
        relative = match.text[:1] in "/.?" and not page.base
        return Reading(refused="relative, and the page's address is not known" if relative else "no web address")
    if "://" not in match.text and any(layer.kind in _REWRITERS for layer in page.capture.layers):
        return Reading(refused="rewritten by the tool that mirrored the page")
    url = tidy(found)
    steps = (*steps, *(["resolve"] if found != match.text else []), *(["tidy"] if url != found else []))
    return Reading(url, steps, _why_not(match, url, page.capture))


def _why_not(match: Match, url: str, capture: Capture) -> str | None:
    own = own_address(capture)
    if not is_public(url):
        return "an address that nobody else can look up"
    if is_archive(url) and not (own and is_archive(own)):
        return "the address of an archive"
    if own and match.source != "url" and not same_site(url, own):
        return f"another site than the page's own, {host_of(own)}"
    if own and is_front(url) and not is_front(own):
        return "the address of a whole site"
    return None


def own_address(capture: Capture) -> str | None:
    """The page's own address from outside its bytes, where it names a public site."""
    return capture.url if is_public(capture.url) and not is_archive(capture.url) else None


def _canonical_last(found: Sequence[Candidate], page: Page) -> list[Candidate]:
    """The canonical link behind `og:url` where it is no address as such: a bare number or name that the CMS left there,
    or one on a site that neither the page's links nor its JSON-LD know, while links lead to the other's."""
    told = next((c for c in found if c.rule == "url/og-url" and c.refused is None), None)
    backed = {c.value for c in found if c.rule == "url/jsonld"}
    return [
        replace(c, weight=_LESS, steps=(*c.steps, "doubtful-canonical"))
        if told and c.rule == "url/canonical" and c.refused is None and _is_doubtful(c, told, backed, page)
        else c
        for c in found
    ]


def _is_doubtful(canonical: Candidate, told: Candidate, backed: set[object], page: Page) -> bool:
    if same_site(canonical.value, told.value):
        return "://" in told.match.text and not any(c in canonical.match.text for c in "/.?")
    if canonical.value in backed or own_address(page.capture) is not None:
        return False
    linked = [registrable(host_of(href)) for _, href in page.hrefs if href.startswith("http")][:_LINKS]
    own, other = (registrable(host_of(str(c.value))) for c in (told, canonical))
    return linked.count(own) >= _SOME and other not in linked


_LESS, _SOME, _LINKS = 0.65, 5, 400


def _best_node_only(found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Of several canonical links only the first counts: what comes later is mostly part of a teaser or an embed."""
    seen: set[str] = set()
    for candidate in found:
        if candidate.rule == "url/canonical" and candidate.refused is None:
            if candidate.rule in seen:
                continue
            seen.add(candidate.rule)
        yield candidate


def spelled_alike(url: str) -> str:
    """An address without scheme, `www.`, last slash and case: pages write one in several ways."""
    return re.sub(r"^https?://(www\.)?", "", url).rstrip("/").casefold()


@once_per_page
def address_candidates(page: Page) -> tuple[Candidate, ...]:
    """Candidates for `url`, the surest rule first."""
    found = tuple(_best_node_only(candidates("url", ADDRESS, _read_address, page, Context())))
    return tuple(sorted(_canonical_last(found, page), key=lambda c: c.weight == _LESS))


def collect(page: Page, context: Context) -> Iterator[Candidate]:
    """Candidates for `url`."""
    yield from address_candidates(page)


def address_of(page: Page) -> str | None:
    """The article's address as the rules see it, before anything is resolved; None where no rule finds one."""
    return next((str(c.value) for c in address_candidates(page) if c.refused is None), None)


def stated_address(page: Page) -> Candidate | None:
    """The surest address that page or capture state in so many words; None where at best buttons carry one."""
    stated = (c for c in address_candidates(page) if c.refused is None and c.rule != "url/shared")
    return next(stated, None)


def alike(one: str, other: str) -> bool:
    """True for two spellings of one address, what tracks readers apart."""
    return spelled_alike(tidy(one)) == spelled_alike(tidy(other))


def _other_sites(usable: Sequence[Candidate], chosen: tuple[Candidate, ...]) -> tuple[Note, ...]:
    """A page that gives addresses on two sites is a copy or a sister's: a cataloguer should see both."""
    best = chosen[0]
    others = [c for c in usable if c.weight >= _HEARD and not same_site(c.value, best.value)]
    return tuple(
        Note("conflict/url", f"{best.rule} says {quoted(best.value)}, but {c.rule} says {quoted(c.value)}")
        for c in others[:1]
    )


_HEARD = 0.7

POLICIES = {
    "url": Policy(key=spelled_alike, support=0.0, clash=never_clash, check=_other_sites),
}
