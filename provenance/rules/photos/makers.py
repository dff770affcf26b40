"""Who took a picture, behind a space and before the word that says so: "大桥夜景 张三 摄"."""

from __future__ import annotations

import re
from functools import lru_cache

from provenance.credits.authorities import agencies
from provenance.credits.names import is_person
from provenance.credits.words import Words
from provenance.rules.photos.marks import words
from provenance.scripts import EAST

_PIECE = re.compile(r"\S+")
_STOPS = re.compile(r"[，。！？；：,;:()（）“”\"]")
_TAIL_CHARS = 80
_NAME_CHARS = 16
_PERSON_CHARS = 4


def maker_start(text: str, language: str | None) -> int | None:
    """Where the makers begin at a text's end; None where none are told, or nothing but them stands there.

    The maker stands right before the word or is one with it. What is before that belongs to it where it is a person,
    an agency, or ends in a word for reporters.
    """
    bare = text.rstrip(" 。.")
    if not bare.endswith(_endings()):
        return None
    pieces = list(_PIECE.finditer(bare, max(0, len(bare) - _TAIL_CHARS)))
    at = _told(pieces, language or "en")
    while at is not None and at > 0 and _is_maker(pieces[at - 1][0], language or "en"):
        at -= 1
    return pieces[at].start() if at is not None and pieces[at].start() > 0 else None


def _told(pieces: list[re.Match[str]], language: str) -> int | None:
    """The piece that holds the maker's name."""
    last = pieces[-1][0]
    if last in words()["maker_endings"]:
        return len(pieces) - 2 if len(pieces) > 1 and _may_be_name(pieces[-2][0]) else None
    if last in words()["maker_words"]:
        return len(pieces) - 2 if len(pieces) > 1 and _is_maker(pieces[-2][0], language) else None
    names = (last.removesuffix(e).rstrip("/／") for e in words()["maker_endings"] if last.endswith(e))
    return len(pieces) - 1 if any(_is_maker(n, language) or _is_body(n, language) for n in names) else None


def _may_be_name(piece: str) -> bool:
    return 1 < len(piece) <= _NAME_CHARS and not _STOPS.search(piece)


def _is_maker(piece: str, language: str) -> bool:
    """A person, with or without a word for reporters before the name, such a word's bearer, or an agency."""
    if not _may_be_name(piece):
        return False
    roles = _phrases(language, "role", "byline_suffix", "reporter_late")
    if piece.endswith(roles) or agencies().lookup_id(piece, language=language):
        return True
    role = next((r for r in roles if r in piece), None)
    name = piece.partition(role)[2] if role else piece
    people = re.split(r"[、/]", name)
    return all(len(p) <= _PERSON_CHARS and is_person(p, language) for p in people)


def _is_body(piece: str, language: str) -> bool:
    return _may_be_name(piece) and piece.endswith(_phrases(language, "org", "press_suffix"))


@lru_cache(maxsize=64)
def _phrases(language: str, *kinds: str) -> tuple[str, ...]:
    known = Words(language)
    return tuple(sorted({p for kind in kinds for p in known.of(kind) if p > EAST}, key=len, reverse=True))


@lru_cache(maxsize=1)
def _endings() -> tuple[str, ...]:
    return (*words()["maker_endings"], *words()["maker_words"])
