"""Which host a page stands on, and in which country."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from provenance.addresses import HTTP_URI, host_of, is_front, is_public, label_of, registrable, site_host, split
from provenance.credits.authorities import publisher_of
from provenance.model import CapturePlace, Match
from provenance.page import Page
from provenance.rules.address import ADDRESS, address_of, own_address
from provenance.rules.once import once_per_page
from provenance.rules.publishers.naming import plain
from provenance.rules.words import words

_MANY, _SOME = 8, 4
"""So many links make a site known that tells its address nowhere else; fewer, where no other front page has more."""


@once_per_page
def hosts_of(page: Page) -> tuple[str, ...]:
    """Hosts the page can be said to stand on, the surest first: its own address, `og:url`, its canonical link …"""
    own = own_address(page.capture)
    if own:
        return (host_of(own),)
    claims = [*page.meta("og:url"), *page.meta("twitter:url")]
    urls = [page.address(m.text) for m in claims] + [address_of(page)]
    hosts = [host_of(u) for u in urls if u]
    if hosts and (around := _site_around(page, hosts[0])):
        hosts = [around]
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
    hrefs = [href for _, href in page.hrefs if href.startswith("http")]
    hosts = Counter(registrable(host_of(page.undo(h))) for h in hrefs[:200])
    host, count = hosts.most_common(1)[0] if hosts else ("", 0)
    if count >= _MANY and 2 * count > len(hrefs[:200]):
        return f"https://{host}/"
    fronts = Counter(registrable(host_of(url)) for url in map(page.undo, hrefs[:200]) if is_front(url))
    return f"https://{host}/" if count >= _SOME and fronts[host] == max(fronts.values(), default=-1) else None


def _site_around(page: Page, stated: str) -> str | None:
    """The host that the page's links lead to where its head names another site, the original's, as a reprint's may:
    hardly a link leads to that site, and hardly one is relative, which would lead to a site that nobody names."""
    hrefs = [href.strip() for _, href in page.hrefs[:_LINKS]]
    hosts = [host_of(page.undo(h)) for h in hrefs if h.startswith("http")]
    sites = Counter(registrable(host) for host in hosts)
    site, count = sites.most_common(1)[0] if sites else ("", 0)
    others = sites[registrable(stated)] * _FEWER + sum(1 for h in hrefs if not _ABSOLUTE.match(h)) * _FEWER
    if count < 2 * _MANY or 2 * count < len(hosts) or others > count or label_of(site) == label_of(stated):
        return None
    return Counter(host for host in hosts if registrable(host) == site).most_common(1)[0][0]


_LINKS, _FEWER = 300, 5
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z+.-]*:|//|#|$")


@once_per_page
def labels_of(page: Page) -> frozenset[str]:
    """The labels of the page's hosts that a site is known by, letters and digits alone."""
    found: set[str] = set()
    for host in hosts_of(page):
        found.add(plain(label_of(host)))
        found.add(plain(site_host(host).split(".")[0]))
        found.update(
            label.removeprefix(article) for label in tuple(found) for article in words("articles") if len(article) > 2
        )
    return frozenset(filter(None, found))


def home_of(page: Page) -> str | None:
    """The front page of the site: the surest host, with the scheme of the article's address where that is there.

    A host that only feeds or other forms of the page tell of may have no front page.
    """
    host = next(iter(hosts_of(page)), None) if place_of_host(page) else None
    parts = split(address_of(page) or own_address(page.capture))
    scheme = parts.scheme if parts and parts.hostname == host else "https"
    front = f"{scheme}://{host}/"
    return front if host and HTTP_URI.fullmatch(front) else None


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
    return _linked_host(page)


def _linked_host(page: Page) -> Match | None:
    """The site's host in the first of the links that made it known."""
    host = next(iter(hosts_of(page)), "")
    for link, href in page.hrefs if host else ():
        if host in href and registrable(host_of(page.undo(href))) == registrable(host):
            match = page.attribute(link, "href")
            at = match.text.lower().find(host) if match else -1
            if match and at >= 0:
                return replace(match, text=match.text[at : at + len(host)], span=(at, at + len(host)))
    return None


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
