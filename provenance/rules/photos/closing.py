"""Credits at a caption's end that have a separator before them and no label: "… | Jane Roe", "… — Reuters".

Without a label the end must be known: agencies and photo houses after any separator, a person only where the
separator is one that captions set before the photographer. What follows a dash may be who said the words before it.
"""

from __future__ import annotations

import re

from provenance.credits.names import is_person
from provenance.credits.values import PhotoCredit
from provenance.credits.words import flat, given_names, phrase_data
from provenance.credits.words import words as credit_words
from provenance.model import Span
from provenance.rules.photos.signs import is_photo_label
from provenance.scripts import EAST

TAIL_CHARS = 120
_SEPARATORS = re.compile(
    r"(?P<bar>\s*[|｜•]\s*)|(?P<slash>(?:^|(?<=\s))[/／]\s*)|(?P<dash>\s[–—-]\s)"
    r"|(?P<stop>(?:(?<=[^\W\d_]{4})|(?<=\d{4})|(?<=[)»]))\.\s+|(?<=[다요])\.\s*)"
)
"""A full stop behind a short word may be a title's ("with Prof. Jane Roe"); after a question a name is its answer."""
_CAPTION_WORDS = 4
_EAST_CAPTION = 8
_NAME_WORDS = 4
_MAX_CUTS = 4
_EAST_NAME = 3
_JOIN_CHARS = 3
_LICENCE = re.compile(r"[/,(|]\s?CC[ -](?:BY|0)(?:-[A-Z]{2}){0,3}(?:[ -]\d\.\d)?\)?$", re.I)
_QUOTES = '«“"„ \u00a0'


def closing_start(text: str, end: int) -> list[tuple[str, Span]]:
    """The last separators of a text up to `end`, the nearest to the end first: their kind, and where they stand."""
    floor = max(0, end - TAIL_CHARS)
    found = [(m.lastgroup or "", m.span()) for m in _SEPARATORS.finditer(text, floor, end) if m.end() < end]
    return [cut for cut in found[: -_MAX_CUTS - 1 : -1] if cut[0] != "stop" or not _is_title(text[: cut[1][0]])]


def _is_title(before: str) -> bool:
    """Whether a full stop behind a text is that of a title ("with Prof. Jane Roe")."""
    return f"{before[-TAIL_CHARS:].rpartition(' ')[2]}.".casefold().lstrip("(") in credit_words("en").of("person_title")


def is_long_enough(caption: str) -> bool:
    """Whether what stands before a credit can be a caption: some words, or some signs where no spaces part them."""
    signs = sum(c > EAST for c in caption)
    return len(caption.split()) >= _CAPTION_WORDS or signs >= _EAST_CAPTION


def closes(kind: str, parsed: PhotoCredit, language: str | None) -> bool:
    """Whether a credit may stand after a separator of this kind without a label."""
    credit = parsed.credit
    if parsed.label:
        kept = parsed.generic or "/" in flat(credit) or credit[0] == "@"
        return kind != "dash" and kept and is_photo_label(parsed.label)
    if _LICENCE.search(credit):
        return True
    if is_agencies(parsed):
        return kind != "stop" or "/" in flat(credit)
    return kind != "dash" and (_are_photographers(parsed, language) or _is_for_house(credit, language))


def is_bracketed(parsed: PhotoCredit) -> bool:
    """Whether a credit may stand in brackets though small letters open it ("iStock/harbour"), or digits are in it."""
    return is_agencies(parsed) or bool(_LICENCE.search(parsed.credit))


def name_before(text: str, end: int, language: str | None) -> tuple[int, int] | None:
    """Where a caption ends, and where the photographer's name begins that stands behind it, right before `end`.

    What stands behind the name is its agency: "… . JEANNE DUPONT (EFE)". A label may stand before it.
    """
    for kind, (cut, start) in closing_start(text, end)[:1]:
        label = credit_words(language).pattern("photo_label", "copyright").match(flat(text), start, end)
        at = label.end() if label else start
        at += len(text[at:end]) - len(text[at:end].lstrip(" :"))
        known = is_person(text[at:end].strip(), language) if label else is_photographer(text[at:end], language)
        if kind != "dash" and is_long_enough(text[:start]) and (known or _is_shouted(text, at, end, language)):
            return (cut + 1 if kind == "stop" else cut), at
    return None


def _is_shouted(text: str, start: int, end: int, language: str | None) -> bool:
    """Whether a name stands out of its caption by its capitals."""
    name = text[start:end].strip()
    return name.isupper() and not text[:start].isupper() and is_person(name, language)


def is_agencies(parsed: PhotoCredit) -> bool:
    """Whether a credit is a known agency or photo house, alone or with a slash between it and another name."""
    known = [m.span for m in (*parsed.sources, *parsed.providers)]
    if parsed.span in known:
        return True
    at, end = parsed.span
    between = parsed.text[at:end]
    return "/" in flat(between) and len(between.split()) <= 2 * _NAME_WORDS and bool(known)


def _are_photographers(parsed: PhotoCredit, language: str | None) -> bool:
    """Whether a credit is one photographer's name, or several with joining words between them."""
    if is_photographer(parsed.credit, language):
        return True
    makers = parsed.creators
    names = sum(end - start for start, end in (m.span for m in makers))
    rest = len(parsed.credit) - names
    return (
        len(makers) > 1
        and rest <= _JOIN_CHARS * len(makers)
        and all(m.party.kind == "person" and is_photographer(m.party.name, language) for m in makers)
    )


def is_photographer(text: str, language: str | None) -> bool:
    """Whether a text is a person's name that can be told from other names: a given name, a surname of East Asia."""
    bare = _without_job(text.strip(" ."), language)
    if not is_person(bare, language) or len(bare.split()) > _NAME_WORDS:
        return False
    if bare > EAST:
        return len(bare) >= _EAST_NAME
    parts = re.split(r"[\s-]+", flat(bare).casefold())
    return parts[-1 if language in phrase_data()["given_name_last"] else 0] in given_names()


def _without_job(text: str, language: str | None) -> str:
    """A Korean name without the word for reporters behind it ("박민수 기자")."""
    head, space, last = text.rpartition(" ")
    return head if space and last > EAST and last in credit_words(language).of("byline_suffix") else text


def _is_for_house(text: str, language: str | None) -> bool:
    """A photographer and who the picture was taken for: "JEANNE DUPONT POUR « LE QUAI »"."""
    found = credit_words(language).pattern("for").search(flat(text))
    if found is None or text[found.start() - 1 : found.start()] != " ":
        return False
    house = text[found.end() :].lstrip(_QUOTES)
    return house[:1].isupper() and is_photographer(text[: found.start()], language)
