"""Captions: where the caption ends and its credit begins.

Signs, strongest first: brackets at the end ("(AP Photo/X)"), a label ("Foto:"), a tail after the last sentence
("… 9 mai. ERIC VIDAL / AFP"), a tail with no sign but its own shape ("… in Washington Jane Roe/AP"). Ordinary sentences
are left whole: an unread credit can be found elsewhere, a cut sentence is lost.
"""

from __future__ import annotations

import re
from functools import lru_cache

from provenance.credits.brackets import Found, How, by_brackets, inner_credit, pieces_of
from provenance.credits.classify import segments
from provenance.credits.clinging import find_person, trim
from provenance.credits.creditline import (
    EDGE,
    MAX_TAIL,
    POINTERS,
    credit_like,
    is_advert,
    is_remark,
    is_sentence,
    label_at,
    labels_in,
    refusal,
    strip_noise,
    unwrap,
)
from provenance.credits.hints import may_photo_credit
from provenance.credits.segments import Kind, Setting, setting
from provenance.credits.tails import by_shape, by_tail
from provenance.credits.values import CaptionSplit
from provenance.credits.words import flat, phrase_data
from provenance.model import House, Span
from provenance.scripts import EAST

NO_HOUSE = House()
MAX_TEXT = 10_000
SEAM = re.compile(r"[a-zß-ÿ]{3}[A-Z]|\s[A-Z]{2,6}\W?$")


def split_caption(
    text: str, language: str | None = None, country: str | None = None, house: House = NO_HOUSE
) -> CaptionSplit:
    """Parts a caption from its credit. Never raises; without a credit the whole text is the caption."""
    return _split_caption(text[:MAX_TEXT], language, country, house)


@lru_cache(maxsize=1024)
def _split_caption(text: str, language: str | None, country: str | None, house: House) -> CaptionSplit:
    plain = flat(text)
    whole = trim(text, 0, len(text), " \t\r\n\u00a0\u3000" + POINTERS)
    if not (
        may_photo_credit(text, language)
        or plain[whole[1] - 1 : whole[1]] == ")"
        or "/" in plain
        or SEAM.search(plain)
        or _may_name(plain, house)
    ):
        return CaptionSplit(text, text[whole[0] : whole[1]], whole)
    ctx = setting(language, country, house, photo=True)
    if is_remark(text, ctx.words) or is_advert(text, ctx.words):
        return CaptionSplit(text, text[whole[0] : whole[1]], whole)
    body = strip_noise(plain, whole, ctx.words)
    for find in (by_brackets, _by_label, _by_end_label, by_tail, by_shape):
        found = find(text, plain, body, ctx)
        if found and text[found[1][0] : found[1][1]].strip(EDGE + "/.-–—"):
            return _split(text, *found)
    return CaptionSplit(text, text[whole[0] : whole[1]], whole)


def _may_name(plain: str, house: House) -> bool:
    """Whether a word of the publisher's names, its domain or its initials stand in a text."""
    words, capitals = _house_words(house)
    low = plain.casefold()
    return any(word in low for word in words) or any(word in plain for word in capitals)


@lru_cache(maxsize=512)
def _house_words(house: House) -> tuple[tuple[str, ...], tuple[str, ...]]:
    names = [
        [p for p in re.findall(r"[^\W_]+", name) if p.casefold() not in phrase_data()["articles"]]
        for name in house.names
    ]
    longest = {max(parts, key=len).casefold() for parts in names if parts}
    first = {parts[0].casefold() for parts in names if parts}
    initials = {"".join(p[0] for p in parts).upper() for parts in names if len(parts) > 1}
    stem = house.domain.split(".")[0].casefold()
    return tuple(longest | first | {stem} - {""}), tuple(initials)


def _split(text: str, caption: Span, credit: Span, how: How) -> CaptionSplit:
    if text[credit[0] : credit[0] + 2] in ("— ", "– ", "- "):
        credit = (credit[0] + 2, credit[1])
    caption = trim(text, *caption, chars=" \t\r\n\u00a0\u3000|–—-•/,;:([（=＝")
    if caption[0] >= caption[1]:
        how = "whole"
    return CaptionSplit(text, text[caption[0] : caption[1]], caption, text[credit[0] : credit[1]], credit, how)


def _by_label(text: str, plain: str, whole: Span, ctx: Setting) -> Found | None:
    """The first label whose rest is short and no sentence."""
    for start, end, firm in labels_in(plain, whole, ctx)[-12:]:
        if plain[start - 1 : start] == "/":
            continue
        rest = trim(text, *_quoted(plain, start, (end, whole[1])), chars=EDGE)
        if rest[0] >= rest[1] or rest[1] - rest[0] > MAX_TAIL:
            continue
        if not firm and not (_boundary(plain, start, whole[0]) and _named(text, plain, (start, end), rest, ctx)):
            continue
        while (more := label_at(plain, rest, ctx)) is not None:
            rest = trim(text, more, rest[1], chars=EDGE)
        rest = _once(plain, strip_noise(plain, unwrap(text, rest), ctx.words), ctx)
        raw = text[rest[0] : rest[1]]
        if rest[0] < rest[1] and not refusal(raw, ctx, labelled=True) and not _runs_on(plain, rest, ctx):
            return inner_credit(text, plain, (whole[0], start), rest, ctx)
    return None


def _once(plain: str, rest: Span, ctx: Setting) -> Span:
    """A credit that is printed twice, each time with its label, as it stands the first time."""
    for start, end, _ in labels_in(plain, rest, ctx):
        first, second = trim(plain, rest[0], start, EDGE + "."), trim(plain, end, rest[1], EDGE + ".")
        if first[0] < first[1] and plain[slice(*first)].casefold() == plain[slice(*second)].casefold():
            return first
    return rest


def _named(text: str, plain: str, label: Span, rest: Span, ctx: Setting) -> bool:
    """Whether what follows a label that may be a word of the sentence is a name."""
    return (" " in plain[label[0] : label[1]].strip() and plain[rest[0]].isupper()) or _names_someone(text, rest, ctx)


def _quoted(plain: str, label: int, rest: Span) -> Span:
    """A label inside quotes ends with them: … "Bild: SWR/Hugo Jehle" (S2) …"""
    if label and plain[label - 1] in '"“„':
        close = next((i for i in range(*rest) if plain[i] in '"”“'), rest[1])
        return rest[0], close
    return rest


def _names_someone(text: str, span: Span, ctx: Setting) -> bool:
    parts = segments(text, span, ctx)
    return credit_like(text, span, ctx) or any(p.kind in (Kind.PERSON, Kind.ORGANISATION) for p in parts[:1])


def _runs_on(plain: str, rest: Span, ctx: Setting) -> bool:
    """A rest that goes on with a sentence is caption again."""
    cut = re.compile(r"[.!?]\s+").search(plain, *rest)
    return bool(cut) and is_sentence(plain[cut.end() : rest[1]], ctx) if cut else False


def _boundary(plain: str, at: int, start: int) -> bool:
    before = plain[start:at].rstrip()
    return not before or before[-1] in ".!?…)]»”\"'|–—-:;/\n。"


def _by_end_label(text: str, plain: str, whole: Span, ctx: Setting) -> Found | None:
    """A label after the names: "… / J. Stacevičiaus / LRT nuotr.", "张三 摄"."""
    ends = [
        f
        for f in ctx.words.pattern("end_label").finditer(plain, max(whole[0], whole[1] - 30), whole[1])
        if f.end() >= whole[1] - 1
    ]
    if not ends or plain[ends[-1].start()] >= EAST:
        return None
    pieces = pieces_of(plain, (max(whole[0], whole[1] - MAX_TAIL), ends[-1].start()))
    last = trim(text, *pieces[-1], chars=EDGE)
    start = last[0]
    if not find_person(text, last, ctx.language) and len(pieces) > 1 and pieces[-2][0] > whole[0]:
        start = trim(text, *pieces[-2], chars=EDGE)[0]
    return ((whole[0], start), (start, last[1]), "label") if last[0] < last[1] and start > whole[0] else None
