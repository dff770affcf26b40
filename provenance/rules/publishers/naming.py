"""What the name of a publisher is worth: whether it is one at all, and whether it is akin to the page's host.

A name that is akin to the host (`The Gazette` on thegazette.example, `Frankfurter Nachrichten` on fn.example) is the
more likely one, since companies name their sites after their papers.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from provenance.addresses import is_archive, registrable, site_host
from provenance.credits.authorities import agencies
from provenance.model import Match, Party
from provenance.rules.policy import folded
from provenance.rules.words import words
from provenance.scripts import WIDE

AKIN = 0.22
"""What being akin to the host adds to a name's weight."""
DOMAIN_LIKE, _AGENCY = -0.25, -0.3
MAX_NAME = 70
HOST_LIKE = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,10})/?", re.I)
"""A name that is a host spelled out."""

_ARCHIVE = "an archive, which only keeps a copy"


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it was cut out of a text, with what speaks for it, and why it is none."""

    text: str
    bonus: float = 0.0
    refused: str | None = None
    steps: tuple[str, ...] = ()


def name_of(match: Match, labels: frozenset[str]) -> Name:
    text = unicodedata.normalize("NFC", match.text).strip(" |-–—·:_")
    if text.startswith("@") or "://" in text or ("/" in text.strip("/") and " " not in text):
        host = HOST_LIKE.fullmatch(text)
        if host is None:
            return Name(text, refused="an address or an account, no name")
        text = site_host(host.group(1))
        return Name(text, DOMAIN_LIKE, _ARCHIVE if is_archive(f"https://{text}/") else None, ("host",))
    if not text or len(text) > 2 * MAX_NAME or not any(c.isalnum() for c in text):
        return Name(text, refused="no name")
    if HOST_LIKE.fullmatch(text) and is_archive(f"https://{text}/"):
        return Name(text, refused=_ARCHIVE)
    if text.casefold() in words("no_site") or _section(text) in words("no_site"):
        return Name(text, refused="a section or a placeholder, no name of a site")
    part = _akin_part(text, labels)
    bonus = _bonus(part, labels)
    if len(part) > MAX_NAME:
        return Name(part, refused="too long for a name")
    return Name(part, bonus, steps=("part-of-name",) if part != match.text else ())


def _section(text: str) -> str:
    """A name without the word for a part of a site that a script without spaces joins to it."""
    return text.removesuffix(next(filter(text.endswith, words("section_after")), ""))


def _bonus(name: str, labels: frozenset[str]) -> float:
    """A host is a poor name, unless its ending is styled too, and an agency that is not akin only wrote the story."""
    if akin(name, labels):
        plain_host = HOST_LIKE.fullmatch(name) and name.rpartition(".")[2].islower()
        return AKIN + (DOMAIN_LIKE if plain_host else 0.0)
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
    letters = plain(name)
    spelled = _spelled(letters)
    initials = "".join(word[0] for word in re.findall(r"\w+", name)).casefold()
    return any(
        letters == label
        or (len(label) >= 3 and label in letters)
        or (len(label) == 2 and letters.startswith(label) and letters[2:].isdigit())
        or (len(letters) >= 4 and letters in label)
        or (len(spelled) >= _TELLING and label.startswith(spelled))
        or (len(label) >= 2 and len(initials) >= 2 and (initials == label or _without_article(name, initials) == label))
        for label in labels
    )


def _spelled(letters: str) -> str:
    """The letters of a name that a host can hold, where others stand beside them: `EX` of `EX電子`."""
    held = "" if letters.isascii() else _HELD.sub("", letters)
    return held if WIDE.search(letters) else ""


_HELD = re.compile("[^a-z0-9]+")
_TELLING = 3
"""From so many letters on the beginning of a host tells whose it is."""


def covered(name: str, labels: frozenset[str]) -> float:
    """Share of a name's letters that a label tells; 1 where the label is of its initials."""
    letters = plain(name)
    return max((len(label) / len(letters) for label in labels if letters and label in letters), default=1.0)


def akin_host_part(part: str, domain: str) -> bool:
    """True for a part of a title that is the host spelled out: `example.org`, `Example.org`, `www.example.org`."""
    host = HOST_LIKE.fullmatch(part)
    return bool(domain) and host is not None and registrable(host.group(1).lower()) == domain


def _without_article(name: str, initials: str) -> str:
    return initials[1:] if name.split()[0].casefold().strip("'’") in words("articles") else initials


@lru_cache(maxsize=512)
def plain(text: str) -> str:
    """Letters and digits of a name as a host spells them."""
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
