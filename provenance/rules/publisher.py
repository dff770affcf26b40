"""Who runs the page, by the name its readers know, and where.

The site's own name beats its owner's: `og:site_name`, JSON-LD, the publisher table by host, the last part of the
title. A name that is akin to the host (`The Gazette` on thegazette.example, `Frankfurter Nachrichten` on fn.example) is
the more likely one, since companies name their sites after their papers.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from provenance.addresses import host_of, is_archive, is_public, label_of, registrable, site_host, split
from provenance.credits.authorities import agencies, parents, publisher_of
from provenance.jsonld import types_of
from provenance.model import Candidate, CapturePlace, Context, DataPlace, House, Match, NodePlace, Party
from provenance.page import Page
from provenance.rules.address import ADDRESS, address_of, own_address
from provenance.rules.finders import Rule, jsonld, meta, stated, values_at
from provenance.rules.once import once_per_page
from provenance.rules.policy import Policy, folded, never_clash
from provenance.rules.words import words
from provenance.selectors import text_of_data

_AKIN, _DOMAIN_LIKE, _AGENCY = 0.22, -0.25, -0.3
_MAX_NAME, _SHORT, _MANY, _COVERED = 70, 25, 8, 0.35
_HOST_LIKE = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,10})/?", re.I)
_ORGANISATIONS = frozenset({"Organization", "NewsMediaOrganization", "WebSite", "Corporation", "Blog", "Newspaper"})


# --- where a name may stand ----------------------------------------------------------------------------------------


def publisher_by_reference(page: Page) -> Iterator[Match]:
    """The name of the node that an article's `publisher` refers to by `@id`."""
    wanted = {
        node["publisher"]["@id"]
        for _, _, node in page.articles
        if isinstance(node.get("publisher"), dict) and isinstance(node["publisher"].get("@id"), str)
    }
    if wanted:
        for block in page.jsonld:
            for pointer, node in block.nodes:
                if node.get("@id") in wanted and "name" in node:
                    yield from values_at(block, pointer, node, ["name"])


def organisations(page: Page) -> Iterator[Match]:
    """Names of the site and its organisation in JSON-LD, when they stand at the top of a graph."""
    for block in page.jsonld:
        for pointer, node in block.nodes:
            if isinstance(node.get("name"), str) and pointer.count("/") <= 2 and types_of(node) & _ORGANISATIONS:
                text = text_of_data(node["name"])
                if text:
                    yield Match(text, "json-ld", DataPlace(block.element, f"{pointer}/name"))


def publisher_microdata(page: Page) -> Iterator[Match]:
    """`itemprop=name` inside `itemprop=publisher`, or the text of the latter."""
    for element in page.itemprops.get("publisher", ())[:3]:
        if element.tag == "meta":
            match = page.attribute(element, "content", "microdata")
        else:
            named = next((e for e in element.iter() if "name" in (e.get("itemprop") or "").split()), element)
            match = page.attribute(named, "content", "microdata") or page.match(named, source="microdata")
        if match:
            yield match


def title_parts(page: Page) -> Iterator[Match]:
    """First and last part of the title, where they are short."""
    for element in page.tags.get("title", ())[:1]:
        text = page.text(element)
        for start, end in _ends(text):
            if 1 < end - start <= _MAX_NAME:
                yield Match(text[start:end], "meta", NodePlace(element), (start, end))


def _ends(text: str) -> Iterator[tuple[int, int]]:
    marks = words("site_boundary")
    last = max((text.rfind(mark) + len(mark) for mark in marks if mark in text), default=0)
    first = min((text.find(mark) for mark in marks if mark in text), default=0)
    if last:
        yield last, len(text)
    if first > 0:
        yield 0, first


def place_of_host(page: Page) -> Match | None:
    """Where the site's host stands: in the page's own address, or in what the page gives as its address."""
    url = own_address(page.capture)
    if url:
        place, text = CapturePlace("url"), url
        at = text.lower().find(host_of(url))
        return Match(text[at : at + len(host_of(url))], "url", place, (at, at + len(host_of(url)))) if at >= 0 else None
    for rule in ADDRESS:
        for match in rule.find(page):
            host = host_of(page.address(match.text) or match.text)
            at = match.text.lower().find(host)
            if host and at >= 0 and host == next(iter(hosts_of(page)), None):
                start = at + (match.span[0] if match.span else 0)
                return replace(match, text=match.text[at : at + len(host)], span=(start, start + len(host)))
    return None


PUBLISHER: tuple[Rule, ...] = (
    Rule("publisher/stated", 0.95, stated("publisher")),
    Rule("publisher/front-matter", 0.85, meta("front:publisher", "front:site", "front:site_name", "front:publication")),
    Rule("publisher/site-name", 0.70, meta("og:site_name")),
    Rule("publisher/jsonld", 0.62, jsonld("publisher.name", "publisher")),
    Rule("publisher/jsonld-reference", 0.61, publisher_by_reference),
    Rule("publisher/microdata", 0.50, publisher_microdata),
    Rule(
        "publisher/meta", 0.48, meta("publisher", "dc.publisher", "dcterms.publisher", "article:publisher_name", "cre")
    ),
    Rule("publisher/jsonld-site", 0.46, organisations),
    Rule("publisher/application-name", 0.45, meta("application-name", "apple-mobile-web-app-title", "al:ios:app_name")),
    Rule("publisher/title", 0.40, title_parts),
)
AUTHORITY_EXACT, AUTHORITY_PARENT, DOMAIN = 0.46, 0.36, 0.20


# --- what a name is worth ------------------------------------------------------------------------------------------


_ARCHIVE = "an archive, which only keeps a copy"


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    bonus: float = 0.0
    refused: str | None = None
    steps: tuple[str, ...] = ()


def _name(match: Match, labels: frozenset[str]) -> _Name:
    text = unicodedata.normalize("NFC", match.text).strip(" |-–—·:")
    if text.startswith("@") or "://" in text or ("/" in text.strip("/") and " " not in text):
        host = _HOST_LIKE.fullmatch(text)
        if host is None:
            return _Name(text, refused="an address or an account, no name")
        text = site_host(host.group(1))
        return _Name(text, _DOMAIN_LIKE, _ARCHIVE if is_archive(f"https://{text}/") else None, ("host",))
    if not text or len(text) > 2 * _MAX_NAME or not any(c.isalnum() for c in text):
        return _Name(text, refused="no name")
    if _HOST_LIKE.fullmatch(text) and is_archive(f"https://{text}/"):
        return _Name(text, refused=_ARCHIVE)
    if text.casefold() in words("no_site"):
        return _Name(text, refused="a section or a placeholder, no name of a site")
    part = _akin_part(text, labels)
    bonus = _bonus(part, labels)
    if len(part) > _MAX_NAME:
        return _Name(part, refused="too long for a name")
    return _Name(part, bonus, steps=("part-of-name",) if part != match.text else ())


def _bonus(name: str, labels: frozenset[str]) -> float:
    """A host is a poor name, unless its ending is styled too, and an agency that is not akin only wrote the story."""
    if akin(name, labels):
        plain_host = _HOST_LIKE.fullmatch(name) and name.rpartition(".")[2].islower()
        return _AKIN + (_DOMAIN_LIKE if plain_host else 0.0)
    return _AGENCY if labels and agencies().lookup_id(name, slot=False) else 0.0


def _akin_part(text: str, labels: frozenset[str]) -> str:
    """The part of `Breaking News Headlines - Gazette` that names the site, where exactly one part is akin to it."""
    for mark in words("site_boundary"):
        if mark in text:
            named = [part.strip() for part in text.split(mark) if akin(part.strip(), labels)]
            return named[0] if len(named) == 1 else text
    return text


def akin(name: str, labels: frozenset[str]) -> bool:
    """True when a name and one of the host's labels are made of the same letters, or the label of its initials."""
    letters = _plain(name)
    initials = "".join(word[0] for word in re.findall(r"\w+", name)).casefold()
    return any(
        letters == label
        or (len(label) >= 3 and label in letters)
        or (len(label) == 2 and letters.startswith(label) and letters[2:].isdigit())
        or (len(letters) >= 4 and letters in label)
        or (len(label) >= 2 and len(initials) >= 2 and (initials == label or _without_article(name, initials) == label))
        for label in labels
    )


def akin_host_part(part: str, domain: str) -> bool:
    """True for a part of a title that is the host spelled out: `example.org`, `Example.org`, `www.example.org`."""
    host = _HOST_LIKE.fullmatch(part)
    return bool(domain) and host is not None and registrable(host.group(1).lower()) == domain


def _without_article(name: str, initials: str) -> str:
    return initials[1:] if name.split()[0].casefold().strip("'’") in words("articles") else initials


@lru_cache(maxsize=512)
def _plain(text: str) -> str:
    return folded(text if text.isascii() else text.translate(_SPELLED))


_SPELLED = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "ø": "o",
        "å": "a",
        "æ": "ae",
        "Ä": "ae",
        "Ö": "oe",
        "Ü": "ue",
        "Ø": "o",
    }
)
"""How hosts spell letters that they cannot hold."""


def reader_key(party: Party | str) -> str:
    """Key of agreement: a name without its leading article. A host agrees with no name."""
    name = party.name if isinstance(party, Party) else party
    first, _, rest = name.partition(" ")
    return folded(rest if rest and first.casefold() in words("articles") else name)


# --- hosts ---------------------------------------------------------------------------------------------------------


@once_per_page
def hosts_of(page: Page) -> tuple[str, ...]:
    """Hosts the page can be said to stand on, the surest first: its own address, `og:url`, its canonical link …"""
    own = own_address(page.capture)
    if own:
        return (host_of(own),)
    claims = [*page.meta("og:url"), *page.meta("twitter:url")]
    urls = [page.address(m.text) for m in claims] + [address_of(page)]
    hosts = [host_of(u) for u in urls if u]
    if not hosts:
        hosts = [host_of(u) for u in (page.base, _site_link(page)) if u]
    return tuple(dict.fromkeys(host for host in hosts if host and is_public(f"https://{host}/")))


def _site_link(page: Page) -> str | None:
    """A link by which a page without any address of its own still tells its site."""
    for rel in ("home", "shortlink", "amphtml", "search", "alternate"):
        for element in page.links.get(rel, ()):
            url = page.address(element.get("href")) if element.tag == "link" else None
            if url:
                return url
    hrefs = [h for h in (e.get("href") or "" for e in page.tags.get("a", ())) if h.startswith("http")]
    hosts = Counter(registrable(host_of(page.undo(h))) for h in hrefs[:200])
    host, count = hosts.most_common(1)[0] if hosts else ("", 0)
    return f"https://{host}/" if count >= _MANY and 2 * count > len(hrefs[:200]) else None


@once_per_page
def _labels(page: Page) -> frozenset[str]:
    found: set[str] = set()
    for host in hosts_of(page):
        found.add(_plain(label_of(host)))
        found.add(_plain(site_host(host).split(".")[0]))
        found.update(
            label.removeprefix(article) for label in tuple(found) for article in words("articles") if len(article) > 2
        )
    return frozenset(filter(None, found))


def _home(page: Page) -> str | None:
    """The front page of the site: the surest host, with the scheme of the article's address where that is there."""
    host = next(iter(hosts_of(page)), None)
    parts = split(address_of(page) or own_address(page.capture))
    scheme = parts.scheme if parts and parts.hostname == host else "https"
    return f"{scheme}://{host}/" if host else None


# --- candidates ----------------------------------------------------------------------------------------------------


@once_per_page
def _candidates(page: Page) -> tuple[Candidate, ...]:
    return tuple(_read(page))


def _read(page: Page) -> Iterator[Candidate]:
    labels, home = _labels(page), _home(page)
    for rule in PUBLISHER:
        for match in rule.find(page):
            name = _name(match, labels)
            refused = name.refused
            if rule.id == "publisher/title":
                refused = refused or _title_doubt(match, name.text, labels)
            party = _party(name.text, home)
            yield Candidate("publisher", rule.id, match, party, rule.weight + name.bonus, name.steps, refused)
            yield from _known(match, name, home)
    yield from _by_host(page, labels, home)


def _title_doubt(match: Match, name: str, labels: frozenset[str]) -> str | None:
    """A part of a title is a name only where it is hardly more than the host's label, or where no host is known."""
    if akin(name, labels):
        covered = max((len(label) / len(_plain(name)) for label in labels if label in _plain(name)), default=1.0)
        return None if covered >= _COVERED else "part of a title with a word of the address in it"
    last = match.span is not None and match.span[0] > 0
    if labels and (not last or _LATIN.search(name) or len(name) > _SHORT // 2):
        return "part of a title that is not akin to the address"
    return None if last and len(name) <= _SHORT else "part of a title that may be the headline's"


_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
"""Letters of which hosts are made: a name in another script cannot be compared with the address."""


def _known(match: Match, name: _Name, home: str | None) -> Iterator[Candidate]:
    """The publisher table's name for a host that stands in place of a name."""
    host = _HOST_LIKE.fullmatch(name.text)
    known = publisher_of(host.group(1)) if host and not name.refused else None
    if known and host:
        steps = (f"publishers:{site_host(host.group(1))}",) if host else ()
        party = _party(known.name, home, known.wikidata)
        yield Candidate("publisher", "publisher/named-host", match, party, AUTHORITY_PARENT, steps)


def _by_host(page: Page, labels: frozenset[str], home: str | None) -> Iterator[Candidate]:
    match = place_of_host(page)
    if match is None:
        return
    host = match.text.lower()
    known = publisher_of(host)
    if known:
        exact = publisher_of(registrable(host)) != known or site_host(host) == registrable(host)
        weight = (AUTHORITY_EXACT if exact else AUTHORITY_PARENT) + (_AKIN if akin(known.name, labels) else 0.0)
        said = Match(match.text, "authority", match.place, match.span)
        steps = (f"publishers:{parents(host)[0]}",)
        yield Candidate(
            "publisher", "publisher/authority", said, _party(known.name, home, known.wikidata), weight, steps
        )
    name = site_host(host)
    yield Candidate("publisher", "publisher/host", match, _party(name, home), DOMAIN, ("host",), inferred=True)


def _party(name: str, home: str | None, wikidata: str | None = None) -> Party:
    same_as = f"http://www.wikidata.org/entity/{wikidata}" if wikidata else None
    return Party("organization", name, same_as=same_as, url=home)


def collect(page: Page, context: Context) -> Iterator[Candidate]:
    """Candidates for `publisher`."""
    yield from _candidates(page)


# --- who and where, before any credit is read ----------------------------------------------------------------------


@once_per_page
def house_of(page: Page) -> House:
    """Names, domain and agency of whoever runs the page.

    A name in JSON-LD alone may be the owner's, or an agency's whose story this is: it counts only when it is akin to
    the address, or when nothing else names the site.
    """
    hosts, labels = hosts_of(page), _labels(page)
    found = sorted((c for c in _candidates(page) if c.refused is None), key=lambda c: -c.weight)
    sure = [c for c in found if c is found[0] or c.rule in _SITE_RULES or akin(c.value.name, labels)]
    names = tuple(dict.fromkeys(c.value.name for c in sure))
    authority = agencies()
    agency = next((p.agency for p in map(authority.by_domain, hosts[:1]) if p), None)
    if agency is None and names and not hosts:
        agency = authority.lookup_id(names[0], slot=False)
    return House(names, registrable(hosts[0]) if hosts else "", agency)


_SITE_RULES = frozenset({"publisher/stated", "publisher/site-name", "publisher/authority", "publisher/front-matter"})


@once_per_page
def country_of(page: Page) -> str | None:
    """ISO 3166-1 code of the country a page is published in, by its host, else by the region of its language."""
    for host in hosts_of(page):
        known = publisher_of(host)
        if known and known.country:
            return known.country
        ending = host.rsplit(".", 1)[-1]
        if len(ending) == 2 and ending not in words("generic_tld"):
            return {"uk": "GB"}.get(ending, ending.upper())
    for tag in (page.root.get("lang"), *(m.text for m in page.meta("og:locale"))):
        region = re.search(r"[-_]([A-Za-z]{2})\b", tag or "")
        if region:
            return region.group(1).upper()
    return None


POLICIES = {"publisher": Policy(key=reader_key, support=0.05, clash=never_clash)}
