"""Addresses of replay services, and how to undo them.

Archives show a page under an address that holds the original one and the moment of capture (RFC 7089 calls it URI-M),
and rewrite every address in the page, inside scripts too. `original_url` takes one such address apart, `undo` puts all
of a text back.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote, urlsplit

from provenance.sources import times
from provenance.sources.claims import web_address

STAMP_PATH = re.compile(r"/(?P<stamp>\d{1,14})(?P<mode>[a-z]{2}_)?/(?P<target>\S.*)$")
ARCHIVE_TODAY_PATH = re.compile(r"^/(?:o/\w{4,8}/|(?P<stamp>\d{14}|\d{4}\.\d\d\.\d\d-\d{6})/)(?P<target>\S.*)$")
CACHE_QUERY = re.compile(r"(?:^|&)q=cache:(?:[\w-]{8,16}:)?(?P<target>https?[^&+]+|[^&+:]+\.[^&+]+)")
AMP_PATH = re.compile(r"^/(?:amp/|[a-z]/|wp/)?(?P<secure>s/)?(?P<target>[\w.-]+\.[a-z]{2,}(?:/.*)?)$", re.IGNORECASE)
SLASH = r"(?:/|\\/|\\u002[fF]|%2[fF])"
REWRITTEN = re.compile(
    rf"(?P<prefix>(?:https?:)?(?:{SLASH}{SLASH}(?P<host>[a-zA-Z0-9.-]+(?::\d+)?))?{SLASH}(?P<collection>[\w.-]{{1,40}}{SLASH})?"
    rf"(?P<stamp>\d{{14}})(?:[a-z]{{2}}_)?{SLASH})(?=https?:{SLASH})"
)

LINK = re.compile(r"<(?P<target>[^<>]*)>\s*;\s*rel=\"?(?P<rel>original|memento)\"?\s*(?:[;,]|$)")

Original = tuple[str, str | None, str]


@lru_cache(maxsize=1)
def replays() -> Any:
    """The facts on replay services (data/replays.json)."""
    return json.loads((files("provenance.data") / "replays.json").read_text("utf-8"))


def original_url(url: str) -> Original | None:
    """(original address, timestamp, service) of a replay address; None for any other address.

    The timestamp has 14 digits, UTC (fewer where the address has fewer), or is None. `service` is `wayback`,
    `archive.today`, `pywb` (any other service of that address form), `google-cache` or `amp-cache`. An address without
    scheme is taken for http, as the services do. Nested replay addresses are undone to the innermost.
    """
    found = _once(url)
    if found is None:
        return None
    inner = original_url(found[0])
    return (inner[0], inner[1] or found[1], found[2]) if inner else found


def _once(url: str) -> Original | None:
    try:
        parts = urlsplit(url.strip().replace("\\/", "/"))
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    facts = replays()
    path = parts.path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    if host in facts["archive_today_hosts"]:
        return _stamped(ARCHIVE_TODAY_PATH.match(path), "archive.today")
    if host in facts["wayback_hosts"] or (not host and path.startswith("/web/")):
        return _stamped(STAMP_PATH.match(path.removeprefix("/web")), "wayback")
    if host in facts["cache_hosts"]:
        match = CACHE_QUERY.search(parts.query)
        return (_schemed(unquote(match["target"])), None, "google-cache") if match else None
    if f"{host}{parts.path}".startswith(tuple(facts["amp_viewers"])) or host.endswith(
        tuple(facts["amp_cache_suffixes"])
    ):
        return _amp(path)
    return _other(path)


def _stamped(match: re.Match[str] | None, service: str) -> Original | None:
    if not match or "." not in match["target"]:
        return None
    stamp = re.sub(r"\D", "", match["stamp"] or "")
    return _schemed(match["target"]), stamp or None, service


def _other(path: str) -> Original | None:
    """The same form at any other service: only with all 14 digits or a mode, and a whole address behind them."""
    match = re.search(r"/(?:(?P<stamp>\d{14})(?:[a-z]{2}_)?|(?:mp|oe|id|if)_)/(?P<target>https?:/{1,2}[^/].*)$", path)
    return _stamped(match, "pywb") if match else None


def _amp(path: str) -> Original | None:
    match = AMP_PATH.match(path)
    return (f"http{'s' if match['secure'] else ''}://{match['target']}", None, "amp-cache") if match else None


def _schemed(target: str) -> str:
    """The address with its scheme; services and servers on the way merge the two slashes."""
    match = re.match(r"(https?):/+", target, re.IGNORECASE)
    return f"{match[1].lower()}://{target[match.end() :]}" if match else f"http://{target.lstrip('/')}"


def undo(text: str) -> str:
    """`text` (markup, a script, JSON) with every rewritten address put back, however its slashes are escaped."""
    return _short_links().sub("", REWRITTEN.sub("", text))


@lru_cache(maxsize=1)
def _short_links() -> re.Pattern[str]:
    hosts = "|".join(re.escape(host) for host in replays()["archive_today_hosts"])
    return re.compile(rf"https?:{SLASH}{SLASH}(?:{hosts}){SLASH}o{SLASH}\w{{4,8}}{SLASH}(?=https?:{SLASH})")


def facts_of(headers: tuple[tuple[str, str], ...]) -> tuple[str | None, str | None, str | None]:
    """(original address, moment, memento address) that the headers of a memento state (RFC 7089 section 2).

    Each is None where the headers do not tell.
    """
    fields = {name.lower(): value for name, value in headers}
    links = {match["rel"]: match["target"] for match in LINK.finditer(fields.get("link", ""))}
    captured = times.from_mail(fields["memento-datetime"]) if "memento-datetime" in fields else None
    original, memento = links.get("original"), links.get("memento")
    return (web_address(original) if captured else None), captured, (web_address(memento) if captured else None)
