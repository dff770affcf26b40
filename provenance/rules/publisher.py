"""Who runs the page, by the name its readers know, and where.

The site's own name beats its owner's: `og:site_name`, JSON-LD, the publisher table by host, the last part of the
title. A name that is akin to the host (`The Gazette` on thegazette.example, `Frankfurter Nachrichten` on fn.example) is
the more likely one, since companies name their sites after their papers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from provenance.addresses import registrable, site_host
from provenance.credits.authorities import agencies, parents, publisher_of
from provenance.model import Candidate, Context, Detail, House, Match, NodePlace, Party
from provenance.page import Page
from provenance.rules.finders import Rule, jsonld, meta, stated
from provenance.rules.once import once_per_page
from provenance.rules.policy import Policy, folded, never_clash
from provenance.rules.publishers.displayed import copyright_lines, front_names, home_links
from provenance.rules.publishers.doubts import DOUBTS, LATIN
from provenance.rules.publishers.hosts import home_of, hosts_of, labels_of, place_of_host
from provenance.rules.publishers.naming import (
    AKIN,
    DOMAIN_LIKE,
    HOST_LIKE,
    Name,
    akin,
    name_of,
    reader_key,
)
from provenance.rules.publishers.stated import organisations, publisher_by_reference, publisher_microdata, title_parts
from provenance.scripts import WIDE

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
DISPLAYED: tuple[Rule, ...] = (
    Rule("publisher/home-link", 0.39, home_links),
    Rule("publisher/front-name", 0.38, front_names),
    Rule("publisher/copyright", 0.36, copyright_lines),
)
"""Looked at only where metadata give no name that is sure enough."""
AUTHORITY_EXACT, AUTHORITY_PARENT, DOMAIN = 0.46, 0.36, 0.20


# --- candidates ----------------------------------------------------------------------------------------------------


@once_per_page
def _candidates(page: Page) -> tuple[Candidate, ...]:
    home = _home_read(page)
    return tuple(replace(candidate, details=home) for candidate in _read(page))


def _home_read(page: Page) -> tuple[Detail, ...]:
    """Where the host was read that the publisher's address is made of."""
    match = place_of_host(page)
    return (Detail("url", (match,), HOME, ("front-page",)),) if match else ()


HOME = "publisher/home"


def _read(page: Page) -> Iterator[Candidate]:
    stated = [*_by_rules(PUBLISHER, page), *_by_host(page, labels_of(page), home_of(page))]
    yield from stated
    if not any(c.refused is None and c.weight >= _SURE for c in stated):
        yield from _by_rules(DISPLAYED, page)


_SURE = 0.55
_OWNER = "publisher/copyright"


def _translated(name: str, page: Page) -> bool:
    """True for an owner in Latin letters on a page in a script without them: its readers know it by another name."""
    opening = "".join(block.text[:_OPENING] for block in page.story.blocks[:2])
    return name.isascii() and len(WIDE.findall(opening)) > len(LATIN.findall(opening))


_OPENING = 200


def _by_rules(rules: tuple[Rule, ...], page: Page) -> Iterator[Candidate]:
    labels, home = labels_of(page), home_of(page)
    for rule in rules:
        for match in rule.find(page):
            name = name_of(match, labels)
            doubt = DOUBTS.get(rule.id)
            refused = name.refused or (doubt(match, name.text, labels) if doubt else None)
            bonus = 0.0 if rule.id == _OWNER and _translated(name.text, page) else name.bonus
            least = 0.0 if LATIN.search(name.text) else AKIN
            unsure = doubt and not name.refused and (refused or bonus < least)
            if unsure and reader_key(name.text) in _agreed(page):
                refused, bonus = None, max(bonus, least)
            if _is_headline(name.text, labels, page):
                refused = "the headline of the article"
            if rule.id in _SHOWN and not name.refused:
                refused, bonus = _by_first(name.text, rule.id, refused, bonus, labels, page)
            if HOST_LIKE.fullmatch(name.text) and name.text in _stated_twice(page):
                bonus -= DOMAIN_LIKE
            if rule.id == _SITE and _is_only_host(name.text) and _data_agree(page):
                bonus += _ONLY_HOST
            party = _party(name.text, home)
            yield Candidate("publisher", rule.id, match, party, rule.weight + bonus, name.steps, refused)
            yield from _known(match, name, home)


def _by_first(
    name: str, rule: str, refused: str | None, bonus: float, labels: frozenset[str], page: Page
) -> tuple[str | None, float]:
    """Of a line of rights the first name is the owner's; where no address is known, it is the best that is told."""
    first, key = _first_owners(page), reader_key(name)
    if rule == _OWNER and refused is None and key not in first and not akin(name, labels):
        return "not the first name in the line of rights", bonus
    if refused and not labels and key in first:
        if key in {reader_key(match.text) for match in home_links(page)}:
            return None, 0.0
        if rule == _OWNER and name[0].isupper() and not agencies().lookup_id(name, slot=False):
            return None, _LONE
    return refused, bonus


def _is_headline(name: str, labels: frozenset[str], page: Page) -> bool:
    """True for the story's heading where it is a sentence, which no site is called by, or not akin to the address."""
    if page.story.headline is None or folded(name) != folded(page.text(page.story.headline)):
        return False
    count = len(name.split())
    return count > _CALLED or (count > _SENTENCE and bool(labels) and not akin(name, labels))


_SENTENCE = 3
_CALLED = 5
_SHOWN = frozenset({"publisher/home-link", "publisher/copyright"})
_LONE = -0.2


@once_per_page
def _first_owners(page: Page) -> frozenset[str]:
    """The first name of each line of rights."""
    firsts: dict[object, str] = {}
    for match in copyright_lines(page):
        place = match.place.element if isinstance(match.place, NodePlace) else None
        firsts.setdefault(place, reader_key(match.text))
    return frozenset(firsts.values())


@once_per_page
def _agreed(page: Page) -> frozenset[str]:
    """Names that the way to the front page and a part of the title both tell: no headline is found in both."""
    shown = {reader_key(match.text) for match in home_links(page)}
    told = {reader_key(match.text) for match in title_parts(page)}
    return frozenset(key for key in told if key in shown or (_begins(key) and any(s.startswith(key) for s in shown)))


def _begins(key: str) -> bool:
    """True where the beginning of a longer name is a name too: `灯台新聞` of `灯台新聞オンライン`."""
    return len(WIDE.findall(key)) == len(key) > 2


@once_per_page
def _stated_twice(page: Page) -> frozenset[str]:
    """Names that look like hosts, with a capital, by which the page calls its site and its data call the publisher."""
    told = {match.text for find in (jsonld("publisher.name"), publisher_by_reference) for match in find(page)}
    return frozenset(m.text for m in page.meta("og:site_name") if m.text in told and not m.text.islower())


def _is_only_host(name: str) -> bool:
    """True for a name that is nothing but a host, no letter of it a capital: it tells the address once more."""
    return name.islower() and HOST_LIKE.fullmatch(name) is not None


@once_per_page
def _data_agree(page: Page) -> bool:
    """Whether the article's publisher and the site or its organisation have one name in JSON-LD, and no mere host."""
    articles = {m.text for find in (jsonld("publisher.name"), publisher_by_reference) for m in find(page)}
    return any(match.text in articles and not _is_only_host(match.text) for match in organisations(page))


_SITE = "publisher/site-name"
_ONLY_HOST = -0.15


def _known(match: Match, name: Name, home: str | None) -> Iterator[Candidate]:
    """The publisher table's name for a host that stands in place of a name."""
    host = HOST_LIKE.fullmatch(name.text)
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
        weight = (AUTHORITY_EXACT if exact else AUTHORITY_PARENT) + (AKIN if akin(known.name, labels) else 0.0)
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
    hosts, labels = hosts_of(page), labels_of(page)
    found = sorted((c for c in _candidates(page) if c.refused is None), key=lambda c: -c.weight)
    sure = [c for c in found if c is found[0] or c.rule in _SITE_RULES or akin(c.value.name, labels)]
    names = tuple(dict.fromkeys(c.value.name for c in sure))
    authority = agencies()
    agency = next((p.agency for p in map(authority.by_domain, hosts[:1]) if p), None)
    if agency is None and names and not hosts:
        agency = authority.lookup_id(names[0], slot=False)
    return House(names, registrable(hosts[0]) if hosts else "", agency)


_SITE_RULES = frozenset({"publisher/stated", "publisher/site-name", "publisher/authority", "publisher/front-matter"})


POLICIES = {"publisher": Policy(key=reader_key, support=0.05, clash=never_clash)}
