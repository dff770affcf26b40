"""Credits at the end of a caption without label or brackets: after the last sentence, or by their shape alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenance.credits.brackets import Found, capitalised, inner_credit, pieces_of
from provenance.credits.classify import segments
from provenance.credits.clinging import find_person, seams, trim
from provenance.credits.creditline import ACRONYM, EDGE, GLUE, MAX_TAIL, credit_like, is_generic, label_at
from provenance.credits.naming import agency_ids
from provenance.credits.segments import Kind, Sep, Setting
from provenance.model import Span

BREAK = re.compile(
    r"[.!?…»”\"][)”»]?\s*(?=\S)|[)\]]\s+(?=\S)|[。！？]\s*|\s*\n\s*|\s+[|•–—]\s+|\s-\s|\s{3,}|(?<=[^\x00-\u2e7f])[=＝]|(?<=[)）])\s*[=＝]"
)
INITIAL = re.compile(r"^[^\W\d_]\.?$")


def by_tail(text: str, plain: str, whole: Span, ctx: Setting) -> Found | None:
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
        return inner_credit(text, plain, (whole[0], best[0]), best, ctx, "tail")
    if best:
        return (whole[0], best[0]), _unlabelled(text, plain, best, ctx), "tail"
    span = trim(text, *whole, chars=EDGE)
    fits = credit_like(text, span, ctx) and not any(_seam(text, plain, at, whole, ctx) for at in _glued(plain, span))
    return ((whole[0], whole[0]), span, "whole") if fits else None


def _ended(plain: str, start: int) -> bool:
    """A sentence ended just before."""
    return plain[max(0, start - 2) : start].strip(" ")[-1:] in tuple('.!?»”"')


def _name_and_house(text: str, span: Span, ctx: Setting) -> bool:
    """A person beside a slash and a short name that nobody knows: "JANE ROE/THE REGISTER", "LP/Jean Dupont"."""
    if "/" not in (raw := text[slice(*span)]) and "／" not in raw:
        return False
    parts = segments(text, span, ctx)
    if len(parts) != 2 or parts[1].sep is not Sep.SLASH or sum(p.kind is Kind.PERSON for p in parts) != 1:
        return False
    other = next(p for p in parts if p.kind is not Kind.PERSON)
    return capitalised(text[other.span[0] : other.span[1]])


def _acronym(plain: str, span: Span) -> bool:
    """An acronym alone after a sentence: "… vor einem Porträt. SRF"."""
    return bool(ACRONYM.match(plain[span[0] : span[1]].rstrip(".")))


def _unlabelled(text: str, plain: str, span: Span, ctx: Setting) -> Span:
    """The span without a label at its start: "Photo | TDW Media"."""
    end = label_at(plain, span, ctx)
    rest = trim(text, end, span[1], chars=EDGE) if end else span
    return rest if rest[0] < rest[1] else span


def _after_initial(plain: str, at: int, start: int, ctx: Setting) -> bool:
    """A full stop after an initial or a title ends no sentence: Rogelio V. Solis."""
    before = plain[start:at].rstrip()
    if not before.endswith("."):
        return False
    last = before.rsplit(None, 1)[-1].strip("(").casefold()
    return len(last.rstrip(".")) == 1 or last in ctx.words.of("person_title") or last in ctx.words.of("name_suffix")


def by_shape(text: str, plain: str, whole: Span, ctx: Setting) -> Found | None:
    """No sign before it: pieces that end in an agency, and the two words of a name left of the first slash."""
    floor = max(whole[0], whole[1] - MAX_TAIL)
    pieces = pieces_of(plain, (floor, whole[1]))
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


def _seam(text: str, plain: str, at: int, whole: Span, ctx: Setting) -> bool:
    """Caption and credit run together at this place: "Sky Harbor AirportJane Roe / Shutterstock"."""
    rest = trim(text, at, whole[1], chars=EDGE)
    long_enough = len(plain[whole[0] : at].split()) > 1
    return long_enough and not _inside_name(plain, at, whole[0]) and credit_like(text, rest, ctx, glued=True)
