"""Web addresses as names of articles and of houses: what belongs to the same site, and one spelling for each.

Syntax by RFC 3986 (section 6.2: scheme and host are case-insensitive, default ports and empty paths are equal to none).
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_TIDY = re.compile(r"https?://[a-z0-9.-]+[a-z]/[A-Za-z0-9/._~%+-]*")
"""Addresses that have the one spelling already: most of them."""
_SAFE = "%!$&'()*+,/:;=?@[]~-._"
_STARTS = frozenset({"", "index", "home", "default"})
_IP = re.compile(r"[\d.]+|.*:.*")

_CHARS = r"[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2}"
HTTP_URI = re.compile(
    rf"https?://(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~-]+)(?::\d{{1,5}})?(?:[/?](?:{_CHARS})*)?(?:#(?:{_CHARS})*)?",
    re.ASCII,
)
"""An absolute web address without user name (RFC 3986, sections 3 and 3.2.2), its host one that a name can have."""

_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def as_uri(absolute: str, parts: SplitResult) -> str | None:
    """An absolute address, and its parts, as a URI that a record may hold; None where its host cannot be one.

    What no URI may hold is percent-encoded (RFC 3987, section 3.1), a percent sign that encodes nothing too.
    """
    if HTTP_URI.fullmatch(absolute):
        return absolute
    try:
        host = parts.netloc.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    path, query, fragment = (quote(_LONE_PERCENT.sub("%25", part), safe="/?:@!$&'()*+,;=~%-._") for part in parts[2:])
    encoded = urlunsplit((parts.scheme, host, path, query, fragment))
    return encoded if HTTP_URI.fullmatch(encoded) else None


@lru_cache(maxsize=1)
def _facts() -> dict[str, Any]:
    text = files("provenance.data").joinpath("hosts.json").read_text(encoding="utf-8")
    return {key: frozenset(value) if isinstance(value, list) else value for key, value in json.loads(text).items()}


@lru_cache(maxsize=2048)
def split(url: str | None) -> SplitResult | None:
    """The parts of an absolute http(s) address; None where it is none."""
    try:
        parts = urlsplit((url or "").strip())
        usable = parts.scheme in _DEFAULT_PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if usable else None


@lru_cache(maxsize=2048)
def host_of(url: str | None) -> str:
    """Lower-case host name of an address, without a trailing dot; "" where there is none."""
    parts = split(url)
    return (parts.hostname or "").rstrip(".") if parts else ""


@lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """The domain that somebody registered: `news.example.co.uk` is `example.co.uk`. An IP address is itself.

    Decided by rule, without the Public Suffix List: a two-letter top-level domain under one of the labels that
    registries sell names in takes three labels, a hosting domain keeps its customer's label, everything else two.
    """
    labels = host.lower().strip(".").split(".")
    if _IP.fullmatch(host) or len(labels) <= 2:
        return ".".join(labels)
    wide = ".".join(labels[-2:]) in _facts()["hosting"]
    national = len(labels[-1]) == 2 and labels[-2] in _facts()["second_level"]
    return ".".join(labels[-3:] if wide or national else labels[-2:])


def same_site(one: str | None, other: str | None) -> bool:
    """True when two addresses lie under one registrable domain."""
    a, b = host_of(one), host_of(other)
    return bool(a) and bool(b) and registrable(a) == registrable(b)


def site_host(host: str) -> str:
    """A host without the labels that only choose a dress of the site: `www.`, `m.`, `amp.` …"""
    labels = host.lower().split(".")
    while len(labels) > 2 and labels[0] in _facts()["variants"]:
        labels = labels[1:]
    return ".".join(labels)


def label_of(host: str) -> str:
    """The label a site is known by: `thetimes` of `www.thetimes.co.uk`."""
    return registrable(host).split(".")[0]


def tidy(url: str) -> str:
    """One spelling of an address: lower-case scheme and host, no fragment, no default port, no tracking parameters.

    Characters that no URI may hold are percent-encoded (RFC 3987, section 3.1). Nothing else is touched, since order
    and case of the rest may matter to the server.
    """
    if _TIDY.fullmatch(url):
        return url
    parts = split(url)
    if parts is None:
        return url
    host = _ascii((parts.hostname or "").rstrip("."))
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    path, query = quote(parts.path or "/", safe=_SAFE), quote(_query(parts.query), safe=_SAFE)
    return urlunsplit((parts.scheme, host + port, path, query, ""))


def _ascii(host: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return quote(host)


def _query(query: str) -> str:
    if not query:
        return ""
    tracking, prefixes = _facts()["tracking"], tuple(_facts()["tracking_prefixes"])
    kept = []
    for part in query.split("&"):
        name = unquote(part.split("=", 1)[0]).lower()
        if part and name not in tracking and not name.startswith(prefixes):
            kept.append(part)
    return "&".join(kept)


def is_archive(url: str | None) -> bool:
    """True for an address of a service that keeps copies of other people's pages."""
    return registrable(host_of(url)) in _facts()["archives"]


def is_licence(url: str | None) -> bool:
    """True for an address that names a licence, such as those of Creative Commons."""
    return bool(url) and "licen" in str(url) and registrable(host_of(url)) in _facts()["licences"]


def is_public(url: str | None) -> bool:
    """True for a host name that others can look up: neither an IP address nor a name without a domain."""
    host = host_of(url)
    return "." in host and not _IP.fullmatch(host)


def front_of(url: str | None) -> str | None:
    """The front page of an address's host; None where it is no web address."""
    parts = split(url)
    return f"{parts.scheme}://{parts.hostname}/" if parts else None


def is_front(url: str) -> bool:
    """True for an address that names a whole site: no path beyond a slash or a start page, and no query."""
    bare = url.partition("#")[0].rstrip("/ ")
    if bare.count("/") > 2 and bare.rpartition("/")[2].partition(".")[0].lower() not in _STARTS:
        return False  # most addresses, without taking them apart
    parts = split(url)
    path = parts.path.strip("/").lower() if parts else ""
    return parts is not None and not parts.query and path.split(".")[0] in _STARTS
