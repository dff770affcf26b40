"""Is a text the page's own publisher? Names, domain, initials that it signs with."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from provenance.credits.authorities import fold
from provenance.credits.words import flat, phrase_data
from provenance.model import House
from provenance.scripts import EAST

_SHORT = 2
"""A name of fewer signs stands in too many others."""
_SCRIPTS = re.compile(r"(?<=[^\x00-\u2e7f])[\s\-–—|·(（]+(?=[A-Za-z])|(?<=[A-Za-z.])[\s\-–—|·)）]+(?=[^\x00-\u2e7f])")
"""Between one name in two scripts: 示例新闻-The Example."""
_BETWEEN = re.compile(r"[\W_]+")


@lru_cache(maxsize=512)
def spellings(house: House) -> tuple[str, ...]:
    """The publisher's names, and the parts of one that is in two scripts."""
    return tuple(dict.fromkeys(part for name in house.names for part in (name, *_SCRIPTS.split(name))))


def is_house(raw: str, house: House) -> bool:
    """True for a name of the publisher, its domain, or its initials in capitals (FR, NZZ)."""
    key = _squash(raw)
    if len(key) < 2:
        return False
    if key in _keys(house):
        return True
    return 2 <= len(raw) <= 5 and raw.isupper() and raw in _initials(house)


def is_akin(raw: str, house: House) -> bool:
    """The publisher or a part of it: one of the names holds the other (Example Times, Example Times Online)."""
    key = _squash(raw)
    return is_house(raw, house) or any(key in n or n in key for n in _keys(house) if len(n) > _SHORT)


def is_house_short(raw: str, house: House) -> bool:
    """True for one long word of the publisher's name: "Post" of "New York Post". Only beside words like "wires"."""
    low = raw.casefold().strip()
    return len(low) >= 4 and low in _words_of(house)


@lru_cache(maxsize=512)
def _words_of(house: House) -> frozenset[str]:
    return frozenset(word for name in house.names for word in name.casefold().split())


@lru_cache(maxsize=4096)
def _squash(raw: str) -> str:
    bare = fold(flat(raw[:120])).casefold()
    bare = bare if bare.isascii() else unicodedata.normalize("NFD", bare)
    return _BETWEEN.sub("", bare)


@lru_cache(maxsize=512)
def _keys(house: House) -> frozenset[str]:
    keys = {_squash(name) for name in spellings(house)} | {_squash(house.domain), _squash("www" + house.domain)}
    keys |= {key + tail for key in keys if key[:1] >= EAST for tail in phrase_data()["site_tails"]}
    stem = _squash(house.domain.split(".")[0])
    keys |= {stem} if len(stem) > 3 else set()
    for article in phrase_data()["articles"]:
        keys |= {k.removeprefix(article) for k in keys if k.startswith(article) and len(k) > len(article) + 4}
    return frozenset(k for k in keys if len(k) > 1)


@lru_cache(maxsize=512)
def _initials(house: House) -> frozenset[str]:
    found = set()
    for name in house.names:
        parts = re.findall(r"[^\W\d_]+", name)
        if len(parts) > 1:
            found |= {"".join(p[0] for p in parts).upper(), "".join(p[0] for p in parts if p[0].isupper())}
    return frozenset(f for f in found if len(f) > 1)
