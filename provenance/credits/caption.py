"""Captions: where the caption ends and its credit begins.

Signs, strongest first: brackets at the end ("(AP Photo/X)"), a label ("Foto:"), a tail after the last sentence
("… 9 mai. ERIC VIDAL / AFP"), a tail with no sign but its own shape ("… in Washington Jane Roe/AP"). Ordinary sentences
are left whole: an unread credit can be found elsewhere, a cut sentence is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from provenance.credits.classify import agency_ids, segments
from provenance.credits.clinging import find_person, seams, trim
from provenance.credits.creditline import (
    ACRONYM,
    EDGE,
    GLUE,
    MAX_TAIL,
    PAIRS,
    credit_like,
    is_generic,
    is_sentence,
    label_at,
    labels_in,
    refusal,
    strip_noise,
    unwrap,
)
from provenance.credits.hints import may_photo_credit
from provenance.credits.segments import Kind, Sep, Setting, setting
from provenance.credits.values import CaptionSplit
from provenance.credits.words import flat
from provenance.model import House, Span

How = Literal["label", "brackets", "tail", "whole", "none"]
Found = tuple[Span, Span, How]
NO_HOUSE = House()
MAX_TEXT = 10_000
BREAK = re.compile(
    r"[.!?…»”\"][)”»]?\s*(?=\S)|[)\]]\s+(?=\S)|[。！？]\s*|\s*\n\s*|\s+[|•–—]\s+|\s-\s|\s{3,}|(?<=[^\x00-\u2e7f])[=＝]|(?<=[)）])\s*[=＝]"
)
SLASH = re.compile(r"\s?/\s?|\s(?:via|-)\s|\s?[|]\s?|\s–\s")
SEAM = re.compile(r"[a-zß-ÿ]{3}[A-Z]|\s[A-Z]{2,6}\W?$")
INITIAL = re.compile(r"^[^\W\d_]\.?$")


def split_caption(
    text: str, language: str | None = None, country: str | None = None, house: House = NO_HOUSE
) -> CaptionSplit:
    """Parts a caption from its credit. Never raises; without a credit the whole text is the caption."""
    return _split_caption(text[:MAX_TEXT], language, country, house)


@lru_cache(maxsize=1024)
def _split_caption(text: str, language: str | None, country: str | None, house: House) -> CaptionSplit:
    plain = flat(text)
    whole = trim(text, 0, len(text), " \t\r\n\u00a0\u3000")
    if not (
        may_photo_credit(text, language)
        or plain[whole[1] - 1 : whole[1]] == ")"
        or "/" in plain
        or SEAM.search(plain)
        or house.names
    ):
        return CaptionSplit(text, text[whole[0] : whole[1]], whole)
    ctx = setting(language, country, house, photo=True)
    body = strip_noise(plain, whole, ctx.words)
    for find in (_by_brackets, _by_label, _by_end_label, _by_tail, _by_shape):
        found = find(text, plain, body, ctx)
        if found:
            return _split(text, *found)
    return CaptionSplit(text, text[whole[0] : whole[1]], whole)


def _split(text: str, caption: Span, credit: Span, how: How) -> CaptionSplit:
    if text[credit[0] : credit[0] + 2] in ("— ", "– ", "- "):
        credit = (credit[0] + 2, credit[1])
    caption = trim(text, *caption, chars=" \t\r\n\u00a0\u3000|–—-•/,;:([（=＝")
    if caption[0] >= caption[1]:
        how = "whole"
    return CaptionSplit(text, text[caption[0] : caption[1]], caption, text[credit[0] : credit[1]], credit, how)


def _by_brackets(text: str, plain: str, whole: Span, ctx: Setting) -> Found | None:
    """A last bracket that holds a credit; after a full stop also a short name that nobody knows."""
    start, end = trim(text, *whole, chars=" \t\r\n\u00a0.。")
    if end - start < 3 or plain[end - 1] not in ")]】」":
        return None
    opening = _opening(plain, end - 1, start)
    if opening is None:
        return None
    inner = trim(text, opening + 1, end - 1, chars=EDGE)
    label = label_at(plain, inner, ctx)
    span = trim(text, label, inner[1], chars=EDGE) if label else inner
    raw = text[span[0] : span[1]]
    like = credit_like(text, span, ctx, glued=True)
    if (label and not refusal(raw, ctx, labelled=True)) or like or _handed(plain, span, ctx):
        return (whole[0], opening), span, "brackets"
    stopped = plain[whole[0] : opening].rstrip()[-1:] in (".", "!", "?", "»", "”", '"')
    if stopped and _capitalised(raw) and len(raw) < 60 and not is_generic(raw, ctx.words):
        return (whole[0], opening), span, "brackets"
    return None


def _opening(plain: str, at: int, start: int) -> int | None:
    close, depth = plain[at], 0
    for i in range(at, max(start - 1, at - 2 * MAX_TAIL), -1):
        if plain[i] == close:
            depth += 1
        elif PAIRS.get(plain[i]) == close:
            depth -= 1
            if depth == 0:
                return i
    return None


def _handed(plain: str, span: Span, ctx: Setting) -> bool:
    """East Asian "handed out by", "taken by" at the end of a short bracket: 警視庁提供."""
    low = plain[span[0] : span[1]].casefold()
    return len(low) <= 24 and any(low.endswith(s) and len(low) > len(s) for s in ctx.words.of("holder_suffix"))


def _capitalised(raw: str) -> bool:
    tokens = raw.split()
    return 0 < len(tokens) <= 4 and all(t[0].isupper() and not any(c.isdigit() for c in t) for t in tokens)


def _by_label(text: str, plain: str, whole: Span, ctx: Setting) -> Found | None:
    """The first label whose rest is short and no sentence."""
    for start, end, firm in labels_in(plain, whole, ctx)[-12:]:
        if plain[start - 1 : start] == "/":
            continue
        rest = trim(text, *_quoted(plain, start, (end, whole[1])), chars=EDGE)
        if rest[0] >= rest[1] or rest[1] - rest[0] > MAX_TAIL:
            continue
        named = _names_someone(text, rest, ctx) or (" " in plain[start:end].strip() and plain[rest[0]].isupper())
        if not firm and not (_boundary(plain, start, whole[0]) and named):
            continue
        while (more := label_at(plain, rest, ctx)) is not None:
            rest = trim(text, more, rest[1], chars=EDGE)
        rest = strip_noise(plain, unwrap(text, rest), ctx.words)
        raw = text[rest[0] : rest[1]]
        if rest[0] < rest[1] and not refusal(raw, ctx, labelled=True) and not _runs_on(plain, rest, ctx):
            return _inner_credit(text, plain, (whole[0], start), rest, ctx)
    return None


def _quoted(plain: str, label: int, rest: Span) -> Span:
    """A label inside quotes ends with them: … "Bild: SWR/Hugo Jehle" (S2) …"""
    if label and plain[label - 1] in '"“„':
        close = next((i for i in range(*rest) if plain[i] in '"”“'), rest[1])
        return rest[0], close
    return rest


def _inner_credit(text: str, plain: str, caption: Span, credit: Span, ctx: Setting, how: How = "label") -> Found:
    """ "(AP Photo/Jane Roe) - Copyright AP Photo": the fuller credit in brackets before a bare agency wins."""
    if re.fullmatch(r"\s*[\w-]+\s?:\s*", plain[caption[0] : caption[1]]):
        caption = (caption[0], caption[0])
    bare = bool(agency_ids(text[credit[0] : credit[1]], ctx))
    cut = trim(text, *caption, chars=" \t\n-–—|.")
    if bare and plain[cut[1] - 1 : cut[1]] == ")" and (found := _by_brackets(text, plain, cut, ctx)):
        return found
    return caption, credit, how


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
    if not ends or plain[ends[-1].start()] >= "\u2e80":
        return None
    pieces = _pieces(plain, (max(whole[0], whole[1] - MAX_TAIL), ends[-1].start()))
    last = trim(text, *pieces[-1], chars=EDGE)
    start = last[0]
    if not find_person(text, last, ctx.language) and len(pieces) > 1 and pieces[-2][0] > whole[0]:
        start = trim(text, *pieces[-2], chars=EDGE)[0]
    return ((whole[0], start), (start, last[1]), "label") if last[0] < last[1] and start > whole[0] else None


def _pieces(plain: str, span: Span) -> list[Span]:
    """The stretch cut at slashes, bars, "via" and dashes."""
    out, start = [], span[0]
    for found in SLASH.finditer(plain, *span):
        out.append((start, found.start()))
        start = found.end()
    return [*out, (start, span[1])]


def _by_tail(text: str, plain: str, whole: Span, ctx: Setting) -> Found | None:
    """A credit after a sentence's end, a line break or a bar; the longest run of such pieces that are all credit."""
    best: Span | None = None
    floor = max(whole[0], whole[1] - MAX_TAIL - 20)
    starts = [m.end() for m in BREAK.finditer(plain, floor, whole[1])][-6:]
    for start in reversed(starts):
        span = trim(text, start, whole[1], chars=EDGE)
        if span[0] >= span[1] or _after_initial(plain, start, whole[0], ctx):
            continue
        added = (span[0], best[0]) if best else span
        if best and plain[: best[0]].rstrip().endswith(")"):
            break
        if best is None:
            fits = credit_like(text, span, ctx, glued=True) or (
                _ended(plain, start) and (_acronym(plain, span) or _name_and_house(text, span, ctx))
            )
        else:
            fits = credit_like(text, span, ctx) and credit_like(text, trim(text, *added, chars=EDGE + ".-–"), ctx)
        best = span if fits else best
    if best and plain[whole[0] : best[0]].rstrip(" -–—|").endswith(")"):
        return _inner_credit(text, plain, (whole[0], best[0]), best, ctx, "tail")
    if best:
        return (whole[0], best[0]), _unlabelled(text, plain, best, ctx), "tail"
    span = trim(text, *whole, chars=EDGE)
    fits = credit_like(text, span, ctx) and not any(_seam(text, plain, at, whole, ctx) for at in _glued(plain, span))
    return ((whole[0], whole[0]), span, "whole") if fits else None


def _seam(text: str, plain: str, at: int, whole: Span, ctx: Setting) -> bool:
    """Caption and credit run together at this place: "Sky Harbor AirportJane Roe / Shutterstock"."""
    rest = trim(text, at, whole[1], chars=EDGE)
    long_enough = len(plain[whole[0] : at].split()) > 1
    return long_enough and not _inside_name(plain, at, whole[0]) and credit_like(text, rest, ctx, glued=True)


def _unlabelled(text: str, plain: str, span: Span, ctx: Setting) -> Span:
    """The span without a label at its start: "Photo | TDW Media"."""
    end = label_at(plain, span, ctx)
    rest = trim(text, end, span[1], chars=EDGE) if end else span
    return rest if rest[0] < rest[1] else span


def _ended(plain: str, start: int) -> bool:
    """A sentence ended just before."""
    return plain[max(0, start - 2) : start].strip(" ")[-1:] in tuple('.!?»”"')


def _name_and_house(text: str, span: Span, ctx: Setting) -> bool:
    """A person beside a slash and a short name that nobody knows: "JANE ROE/THE REGISTER", "LP/Jean Dupont"."""
    parts = segments(text, span, ctx)
    if len(parts) != 2 or parts[1].sep is not Sep.SLASH or sum(p.kind is Kind.PERSON for p in parts) != 1:
        return False
    other = next(p for p in parts if p.kind is not Kind.PERSON)
    return _capitalised(text[other.span[0] : other.span[1]])


def _acronym(plain: str, span: Span) -> bool:
    """An acronym alone after a sentence: "… vor einem Porträt. SRF"."""
    return bool(ACRONYM.match(plain[span[0] : span[1]].rstrip(".")))


def _after_initial(plain: str, at: int, start: int, ctx: Setting) -> bool:
    """A full stop after an initial or a title ends no sentence: Rogelio V. Solis."""
    before = plain[start:at].rstrip()
    if not before.endswith("."):
        return False
    last = before.rsplit(None, 1)[-1].strip("(").casefold()
    return len(last.rstrip(".")) == 1 or last in ctx.words.of("person_title") or last in ctx.words.of("name_suffix")


def _by_shape(text: str, plain: str, whole: Span, ctx: Setting) -> Found | None:
    """No sign before it: pieces that end in an agency, and the two words of a name left of the first slash."""
    floor = max(whole[0], whole[1] - MAX_TAIL)
    pieces = _pieces(plain, (floor, whole[1]))
    for start in _glued(plain, pieces[-1] if len(pieces) == 1 else (floor, whole[1])):
        span = trim(text, start, whole[1], chars=EDGE)
        if span[0] < span[1] and credit_like(text, span, ctx, glued=True) and not _inside_name(plain, start, whole[0]):
            return (whole[0], start), span, "tail"
    if len(pieces) < 2:
        return None
    at = len(pieces) - 1
    while at > 0 and _known(text, pieces[at], ctx):
        at -= 1
    if at == len(pieces) - 1:
        return _agency_name(text, plain, whole, pieces, ctx) or _slash_name(text, whole, pieces, ctx)
    name = _name_at_end(plain, pieces[at], ctx)
    if name is not None and name > whole[0]:
        return (whole[0], name), trim(text, name, whole[1], chars=EDGE), "tail"
    if text[pieces[at][1] : pieces[at + 1][0]] == " / " and len(text[whole[0] : pieces[at][1]].split()) > 1:
        return (whole[0], pieces[at][1]), trim(text, pieces[at + 1][0], whole[1], chars=EDGE), "tail"
    return None


def _known(text: str, piece: Span, ctx: Setting) -> bool:
    """The whole piece is an agency, the house, or a holder's word."""
    span = trim(text, *piece, chars=EDGE + ".")
    raw = text[span[0] : span[1]]
    parts = segments(text, span, ctx) if len(raw) < 80 else []
    known = bool(parts) and all(p.kind in (Kind.AGENCY, Kind.HOUSE, Kind.DESK) for p in parts)
    return known or is_generic(raw, ctx.words)


def _agency_name(text: str, plain: str, whole: Span, pieces: list[Span], ctx: Setting) -> Found | None:
    """A caption that runs into an agency, a slash, and a person's name: "… the country AP Photo/Jane Roe"."""
    last = trim(text, *pieces[-1], chars=EDGE)
    if not find_person(text, last, ctx.language):
        return None
    tokens = list(re.compile(r"\S+").finditer(plain, *pieces[-2]))
    for token in tokens[-4:]:
        raw = text[token.start() : pieces[-2][1]]
        if agency_ids(raw, ctx) and (raw not in ctx.authority.weak or raw.isupper()):
            return (whole[0], token.start()), (token.start(), last[1]), "tail"
    return None


def _slash_name(text: str, whole: Span, pieces: list[Span], ctx: Setting) -> Found | None:
    """A long caption, " / ", and a person's name to the end."""
    last = trim(text, *pieces[-1], chars=EDGE)
    before = text[whole[0] : pieces[-2][1]]
    spaced = text[pieces[-2][1] : pieces[-1][0]] == " / "
    if spaced and len(before.split()) >= 5 and find_person(text, last, ctx.language):
        return (whole[0], pieces[-2][1]), last, "tail"
    return None


def _glued(plain: str, span: Span) -> Iterator[int]:
    """Places where a word runs into the next: "TurniersAFP", "Leyen.Philipp", the last ones first."""
    marks = [m.start() for m in GLUE.finditer(plain, *span)]
    yield from sorted({*marks, *seams(plain, *span)}, reverse=True)[:12]


def _inside_name(plain: str, at: int, start: int) -> bool:
    """A capital inside a name (McCarthy, DeSantis) is no seam: there the word so far is short."""
    word = re.compile(r"[^\W\d_]*$").search(plain, start, at)
    return bool(word) and 0 < len(word.group()) < 4 if word else False


def _name_at_end(plain: str, piece: Span, ctx: Setting) -> int | None:
    """Start of the name, handle or suffixed name that ends the piece: "… Washington DC Stefan Rousseau"."""
    tokens = list(re.compile(r"\S+").finditer(plain, *piece))
    if not tokens:
        return None
    if tokens[-1].group().startswith("@"):
        return tokens[-1].start()
    particles = ctx.words.of("particle") - ctx.words.of("place_lead")
    want, at = 2, len(tokens)
    while at > 0 and want > 0:
        at -= 1
        token = tokens[at].group()
        if not token[0].isupper() and not (token in particles and want == 1):
            return None
        small = INITIAL.match(token) or token in ("II", "III", "Jr.", "Jr") or token.islower()
        want -= 0 if small else 1
    upper = all(t.group().isupper() for t in tokens[at:])
    while upper and at > 0 and tokens[at - 1].group().isupper() and len(tokens[at - 1].group()) > 3:
        at -= 1
    return tokens[at].start() if want == 0 else None
