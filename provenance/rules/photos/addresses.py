"""Addresses of images: lazy loading undone, and a key by which two addresses of one photo are known as the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from urllib.parse import unquote

from provenance.model import Match, NodePlace
from provenance.page import Element, Page
from provenance.rules.photos.marks import DECORATION, pattern, role_of_token, words
from provenance.sources.folders import WORDS_FOR_PARTS

_SET = re.compile(r"(\S+?)(?:\s+(?:([\d.]+)[wx]|[a-zA-Z]+|\d+:\d+))?\s*(?:,\s+|,?$)")
"""An offer of a set: address, and its width or density; custom elements give names or ratios instead."""
_LEADING_SIZE = re.compile(r"^\d{2,4}x\d{2,4}[-_]")
_INNER = re.compile(r"https?:/{1,2}")
_IDENTITY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{20,}|[0-9a-f]{20,}|\d{6,}", re.I)
_CREDIT_ATTRIBUTE = re.compile(r"\s(data-[a-z0-9-]{0,30}credits?)=")
_CREDIT_NAMES = 3
_NAME_CHARS = 3
"""A path that ends in fewer signs names no photo: then the long numbers of the query do."""
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
_NOWHERE = re.compile(r"^(?:data:|about:|javascript:|#|$)", re.I)
_NUMBERS = r"\d{2,4}x\d{0,4}|x\d{2,4}|[wh]\d{2,4}|s\d{3,4}|c\d{2}|\d+px|w_?\d+_h_?\d+|e\d{10,13}|@\dx|\d{1,2}x\d{1,2}"
_ONLY_SIZE = re.compile(
    r"(?:[a-z]{1,10}=)?(?:\d{1,4}[x:]\d{0,4}|\d{1,4})?|[wh]\d{2,4}|[a-z]{1,8}[_-]\d{2,4}x\d{2,4}", re.I
)
_PROGRAM = re.compile(r"\.(?:php|aspx?|ashx|cgi|jsp|do|gfn)$", re.I)


def images(page: Page) -> list[Element]:
    """Elements that show an image, custom ones (`amp-img`) included, in document order."""
    found = [e for tag, elements in page.tags.items() if _is_image(tag) for e in elements]
    found += [e for e in _slides(page) if is_slide(e)]
    return sorted(found, key=page.order.__getitem__)


def _slides(page: Page) -> Iterator[Element]:
    """Elements of galleries that hold a photo's address and its credit in attributes, for a script to show."""
    if "credit" not in page.source:
        return
    names = sorted(set(_CREDIT_ATTRIBUTE.findall(page.source)))
    for name in names[:_CREDIT_NAMES]:
        found = page.root.iterfind(f".//*[@{name}]")
        yield from (e for e in found if _slide_attributes(e))


def _slide_attributes(element: Element) -> list[str]:
    """Attributes of a script's own that hold the address of an image, those of small ones last."""
    names = [
        str(n)
        for n, value in element.attrib.items()
        if str(n)[:5] == "data-" and "/" in value and is_image_address(value)
    ]
    return sorted(names, key=lambda name: bool(pattern("small_sizes").search(name)))


def is_slide(element: Element) -> bool:
    """Whether an element is no image by its tag: then only a script makes it one."""
    return not _is_image(str(element.tag))


@lru_cache(maxsize=1024)
def _is_image(tag: str) -> bool:
    return tag == "img" or ("-" in tag and ("img" in tag or "image" in tag))


def address_of(page: Page, image: Element) -> tuple[Match, str] | None:
    """Where an image's address stands, and the absolute address; None where there is only a placeholder."""
    for match in _addresses(page, image):
        address = None if _is_saved(page, match.text) else page.address(match.text)
        if address:
            return match, address
    return None


def _is_saved(page: Page, href: str) -> bool:
    """Whether a link leads into the folder that a browser put the parts of the saved page into: on no server is it.

    The folder is called like the page, with a word behind: `story_files`, `story-Dateien`.
    """
    folder, slash, _ = unquote(href.removeprefix("./")).partition("/")
    if not slash or not is_local(href):
        return False
    stem = re.split(r"[/\\#]", page.capture.locator)[-1].rpartition(".")[0]
    behind = folder[len(stem) :] if stem and folder.startswith(stem) else ""
    return bool(_BEHIND.fullmatch(behind) or _SAVED.search(folder))


_BEHIND = re.compile(r"[_.-][^\W\d_]{3,12}")
_SAVED = re.compile(rf"[-_.](?:{'|'.join(sorted(WORDS_FOR_PARTS))})$", re.IGNORECASE)


def local_address(page: Page, image: Element) -> str | None:
    """The address of an image on a page whose own address nobody knows: a part of one, which no record can hold."""
    return next((match.text for match in _addresses(page, image) if is_local(match.text)), None)


def is_local(href: str) -> bool:
    """Whether a link is relative: without a scheme (RFC 3986, section 4.2), and more than a place in the same page."""
    return bool(href) and href[0] not in "#?{" and not _SCHEME.match(href)


def _addresses(page: Page, image: Element) -> Iterator[Match]:
    lists = words()
    for name in lists["address_attributes"]:
        match = page.attribute(image, name) if name in image.attrib else None
        if not match or is_placeholder(match.text):
            continue
        whole = name == "data-src" or _INNER.match(match.text)
        if name == "src" or (whole and "src" not in image.attrib) or is_image_address(match.text):
            yield match
    yield from (m for n in lists["set_attributes"] if (m := _largest(page, image, n)))
    if is_slide(image):
        yield from (m for n in _slide_attributes(image) if (m := page.attribute(image, n)))
    parent, following = image.getparent(), image.getnext()
    if following is not None and following.tag == "noscript":  # the same photo for readers without scripts
        plain = (page.attribute(e, "src") for e in islice(following.iter("img"), 1) if "src" in e.attrib)
        yield from (m for m in plain if m and not is_placeholder(m.text))
    if parent is not None and parent.tag in ("picture", "source"):
        sources = [e for e in parent.iterancestors("picture") for e in e.iter("source")] or list(parent.iter("source"))
        yield from (m for e in sources[:8] for n in lists["set_attributes"] if (m := _largest(page, e, n)))


def _largest(page: Page, element: Element, name: str) -> Match | None:
    """The largest image of a `srcset` (HTML, "srcset attributes")."""
    whole = page.attribute(element, name) if name in element.attrib else None
    if whole is None or len(whole.text) > 20_000:
        return None
    offers = [(float(m.group(2) or 0), m.span(1)) for m in _SET.finditer(whole.text) if _number(m.group(2))]
    offers = [o for o in offers if not is_placeholder(whole.text[o[1][0] : o[1][1]])]
    if not offers:
        return None
    span = max(offers, key=lambda o: o[0])[1]
    return Match(whole.text[span[0] : span[1]], whole.source, NodePlace(element, name), span)


def _number(text: str | None) -> bool:
    return text is None or (text.count(".") <= 1 and text != ".")


def is_placeholder(address: str) -> bool:
    """Whether an address is what a page shows until a script puts the photo there."""
    path = address.split("?")[0][-80:].lower()
    return bool(_NOWHERE.match(address) or pattern("placeholder").search(path.rpartition("/")[2]))


def is_image_address(href: str) -> bool:
    """Whether a link leads to an image file."""
    path = re.split(r"[?#]", href, maxsplit=1)[0].lower()
    return path.rpartition(".")[2] in words()["image_extensions"]


_DRAWN = frozenset({"gif", "png"})


def is_emblem(address: str) -> bool:
    """Whether a file's name, or the folder that it lies in, tells a logo, an icon or another decoration."""
    folders, _, file = address.split("?")[0].lower().rpartition("/")
    name = file[:99].replace("_", "-")
    if name.endswith(".svg") or folders.rpartition("/")[2] in words()["decoration_folders"]:
        return True
    if any(path in address for path in words()["decoration_paths"]):
        return True
    stem, _, extension = name.partition(".")
    if extension in _DRAWN and stem in words()["decoration_names"]:
        return True
    return bool(role_of_token(name.partition(".")[0]) & DECORATION)


@lru_cache(maxsize=4096)
def key_of(address: str) -> str:
    """What stays the same when a photo is served in other sizes, crops and formats.

    The address inside a resizing service's address counts; then an identifier or the file's name, without its size.
    """
    text = unquote(unquote(address))
    inner = list(_INNER.finditer(text))
    if len(inner) > 1:
        text = text[inner[-1].start() :]
    path, _, query = text.partition("?")
    parts = [p for p in path.split("/")[3:] if p]
    bare = [_bare(p) for p in parts]
    telling = [i for i, name in enumerate(bare) if not _ONLY_SIZE.fullmatch(name)]
    name = bare[telling[-1]] if telling else ""
    if len(name) < 2 or name.lower() in words()["generic_names"]:
        marks = [p for p in parts if _IDENTITY.search(p)]
        name = _bare(max(marks, key=len)) if marks else "/".join(bare[i] for i in telling[-2:]) or path
    if _PROGRAM.search(path):
        name += "?" + query
    elif len(name.rpartition("/")[2]) < _NAME_CHARS and (numbers := _IDENTITY.findall(query)):
        name += "?" + "&".join(numbers)
    return name.lower()


@lru_cache(maxsize=1)
def _sizes() -> re.Pattern[str]:
    """Parts of a file's name that only tell its size or its use."""
    return re.compile(rf"(?:^|[-_.])(?:{_NUMBERS}|{'|'.join(words()['size_words'])})(?=$|[-_.])", re.I)


_INNER_EXTENSION = re.compile(r"(?<=\w)\.(?:jpe?g|png|webp|gif)\.[\w.]{1,12}$", re.IGNORECASE)
"""What services write behind a file's name: `photo.jpg.cf.png`."""


@lru_cache(maxsize=8192)
def _bare(name: str) -> str:
    """A path's part without extensions and sizes."""
    name = _INNER_EXTENSION.sub("", name)
    for _ in range(2):
        stem, dot, extension = name.rpartition(".")
        if dot and extension.lower() in words()["image_extensions"]:
            name = stem
    name = _LEADING_SIZE.sub("", name)
    for _ in range(3):
        before, name = name, _sizes().sub("", name) or name
        if name == before:
            break
    return name.strip("-_. ")
