"""Where a page displays its publisher: on the way to its front page, and in the line of its rights at the foot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from provenance.addresses import host_of, is_front, site_host
from provenance.model import Match, NodePlace, Span
from provenance.page import Element, Page
from provenance.rules.once import once_per_page
from provenance.rules.publishers.hosts import hosts_of
from provenance.rules.publishers.naming import MAX_NAME
from provenance.rules.words import words
from provenance.text import SILENT, text_of

_LINKS, _LINES, _PIECES = 5, 3, 6
_LONG_LINE, _SHORT = 300, 8
_PARTS = re.compile(r"[^|·•,;/\"“”«»。]+?(?=\s[-–—]\s|\.(?:\s|$)|[|·•,;/\"“”«»。]|$)")
_YEARS = re.compile(r"[\s,–-]*\b(?:19|20)\d\d\b[\s,–-]*")
_WORD = re.compile(r"[^\s|:–—]+")
_HOST = r"\bwww\.[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,10}\b"
_EDGES = " \u00a0.:*-–—|"


@once_per_page
def home_links(page: Page) -> tuple[Match, ...]:
    """What the first links to the site's front page show: a logo's alternative text, a title, a label, the text."""
    return tuple(_home_links(page))


def _home_links(page: Page) -> Iterator[Match]:
    own = next(map(site_host, hosts_of(page)), "")
    links = (link for link, href in page.hrefs if _leads_home(page, href, own))
    for _, link in zip(range(_LINKS), links, strict=False):
        for match in _shown(page, link):
            span = _core(match.text)
            if span is not None:
                yield replace(match, text=match.text[slice(*span)], span=span)


@once_per_page
def front_names(page: Page) -> tuple[Match, ...]:
    """Names to which a script without spaces joins the words for a front page: a link says whose front page it is."""
    return tuple(match for match in home_links(page) if _glued(match))


def _glued(match: Match) -> bool:
    if match.span is None or not isinstance(match.place, NodePlace):
        return False
    element, name = match.place.element, match.place.attribute
    whole = " ".join((element.get(name) or "" if name else text_of(element)).split())
    return whole[match.span[1] :].startswith(words("home_after"))


def _leads_home(page: Page, href: str, own: str) -> bool:
    href = href.strip()
    if href.startswith("/") and not href.startswith("//"):
        return len(href) <= 12 and is_front(f"https://site.example{href}")
    url = page.undo(href) if own else ""
    return 8 < len(url) <= 80 and is_front(url) and site_host(host_of(url)) == own


def _shown(page: Page, link: Element) -> Iterator[Match]:
    found = [page.attribute(image, "alt") for image in link.iter("img")]
    found += [page.match(title) for title in link.iter("title")]
    found += [page.attribute(link, "title"), page.attribute(link, "aria-label"), page.match(link)]
    yield from (match for match in found if match and len(match.text) <= 2 * MAX_NAME)


def _core(text: str) -> Span | None:
    """What is left without the words that say `to the front page` or `logo`."""
    known = words("home_words")
    if " " not in text and any(part in known for part in re.split(r"[-_]", text.casefold())):
        return None  # the name of a file
    tokens = [m for m in _WORD.finditer(text) if m.group().strip(_EDGES)]
    while tokens and tokens[0].group().casefold().strip(_EDGES) in known:
        tokens = tokens[1:]
    while tokens and tokens[-1].group().casefold().strip(_EDGES) in known:
        tokens = tokens[:-1]
    return _unglued(text, tokens[0].start(), tokens[-1].end()) if tokens else None


def _unglued(text: str, start: int, end: int) -> Span | None:
    """A name without the words for a front page that a script without spaces joins to it."""
    for word in words("home_after"):
        if text.endswith(word, start, end) and end - start > len(word) + 1:
            end -= len(word)
            before = next((w for w in words("home_before") if text.startswith(w, start, end)), "")
            start += len(before)
            break
    return _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    start += len(text[start:end]) - len(text[start:end].lstrip(_EDGES))
    end -= len(text[start:end]) - len(text[start:end].rstrip(_EDGES))
    return (start, end) if start < end else None


def copyright_lines(page: Page) -> Iterator[Match]:
    """Names in the lines at the foot of the page that say whose the rights are, without years and legal forms."""
    for line in _lines(page):
        for start, end in _pieces(line.text):
            yield replace(line, text=line.text[start:end], span=(start, end))


def _lines(page: Page) -> Iterator[Match]:
    marks, done = (*words("copyright_mark"), *words("all_rights")), 0
    for element in page.nodes[page.story.end + 1 :]:
        if done == _LINES:
            return
        told = element.text
        if told and element.tag not in SILENT and any(map(told.lower().__contains__, marks)):
            match = page.match(element)
            own = " ".join(told.split())
            if match and len(match.text) > 2 * MAX_NAME:
                match = replace(match, text=own) if len(own) <= MAX_NAME and match.text.startswith(own) else None
            if match:
                done += 1
                yield match


def _pieces(text: str) -> Iterator[Span]:
    marks = "|".join(map(re.escape, (*words("copyright_mark"), *words("all_rights"))))
    found = 0
    for part in _PARTS.finditer(text):
        edges = [
            part.start(),
            *(
                at
                for m in re.finditer(rf"{marks}|{_YEARS.pattern}|{_HOST}", part.group(), re.I)
                for at in (part.start() + m.start(), part.start() + m.end())
            ),
            part.end(),
        ]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            span = _without_form(text, start, end)
            if span is not None and found < _PIECES:
                found += 1
                yield span


def _without_form(text: str, start: int, end: int) -> Span | None:
    """A company's name without its legal form."""
    span = _trimmed(text, start, end)
    while span is not None:
        last = text[slice(*span)].split()[-1]
        if last.casefold().replace(".", "") not in words("legal_forms"):
            break
        span = _trimmed(text, span[0], span[1] - len(last))
    if span is not None and span[1] - span[0] <= _SHORT:
        glued = next((word for word in words("forms_after") if text.endswith(word, *span)), "")
        span = _trimmed(text, span[0], span[1] - len(glued))
    if span is None or span[1] - span[0] > MAX_NAME or not any(c.isalpha() for c in text[slice(*span)]):
        return None
    return span
