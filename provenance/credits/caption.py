"""Captions: where the caption ends and its credit begins.

Signs, strongest first: a label ("Foto:"), brackets at the end ("(AP Photo/X)"), a tail without a sign ("… 9 mai. ERIC VIDAL /
AFP"). Ordinary sentences are left whole: an unread credit can be found later, a cut sentence is lost.
"""

from __future__ import annotations

import re

from provenance.credits.classify import segments
from provenance.credits.clinging import trim
from provenance.credits.photo import EDGE, PAIRS, is_generic, parse_photo_credit, refusal, strip_label, unwrap
from provenance.credits.segments import Kind, Setting, setting
from provenance.credits.values import CaptionSplit
from provenance.credits.words import flat
from provenance.model import House, Span

MAX_TAIL = 160
NO_HOUSE = House()
BREAK = re.compile(r"[.!?…»”\"]\s+(?=\S)|[。！？]\s*|\s*\n\s*|\s+[|•–—]\s+|\s{3,}")


def split_caption(
    text: str, language: str | None = None, country: str | None = None, house: House = NO_HOUSE
) -> CaptionSplit:
    """Parts a caption from its credit. Never raises; without a credit the whole text is the caption."""
    text = text[:10_000]
    ctx = setting(language, country, house, photo=True)
    plain = flat(text)
    whole = trim(text, 0, len(text), " \t\r\n\u00a0\u3000")
    for find in (_by_brackets, _by_label, _by_tail):
        found = find(text, plain, whole, ctx)
        if found:
            caption, credit, how = found
            return _split(text, caption, credit, how)
    return CaptionSplit(text, text[whole[0] : whole[1]], whole)


def _split(text: str, caption: Span, credit: Span, how: str) -> CaptionSplit:
    caption = trim(text, *caption, chars=" \t\r\n\u00a0\u3000|–—-•/,;:([（")
    if caption[0] >= caption[1]:
        how = "whole"
    return CaptionSplit(text, text[caption[0] : caption[1]], caption, text[credit[0] : credit[1]], credit, how)  # type: ignore[arg-type]


Found = tuple[Span, Span, str]


def _by_brackets(text: str, plain: str, whole: Span, ctx: Setting) -> Found | None:
    """A last bracket that holds a credit."""
    start, end = trim(text, *whole, chars=" \t\r\n\u00a0.。")
    if end - start < 3 or plain[end - 1] not in ")]】":
        return None
    opening = _opening(plain, end - 1, start)
    if opening is None:
        return None
    inner = (opening + 1, end - 1)
    span, label = strip_label(plain, trim(text, *inner, chars=EDGE), ctx.words)
    if (label and not refusal(text[span[0] : span[1]], ctx)) or credit_like(text, span, ctx):
        return (whole[0], opening), trim(text, *span, chars=EDGE), "brackets"
    return None


def _opening(plain: str, at: int, start: int) -> int | None:
    close = plain[at]
    depth = 0
    for i in range(at, max(start - 1, at - 2 * MAX_TAIL), -1):
        if plain[i] == close:
            depth += 1
        elif plain[i] in PAIRS and PAIRS[plain[i]] == close:
            depth -= 1
            if depth == 0:
                return i
    return None


def _by_label(text: str, plain: str, whole: Span, ctx: Setting) -> Found | None:
    """The last label word whose rest is short and no sentence."""
    for match in reversed(list(ctx.words.pattern("photo_label", "copyright").finditer(plain, *whole))[-6:]):
        label = match.group()
        firm = label.rstrip()[-1] in ":=/©" or label.strip() in ("©", "(c)", "(C)")
        rest = trim(text, match.end(), whole[1], EDGE)
        if rest[0] >= rest[1] or rest[1] - rest[0] > MAX_TAIL:
            continue
        if not firm and not (_boundary(plain, match.start(), whole[0]) and credit_like(text, rest, ctx, strict=False)):
            continue
        rest, _ = strip_label(plain, rest, ctx.words)
        rest = unwrap(text, rest)
        raw = text[rest[0] : rest[1]]
        if rest[0] < rest[1] and not refusal(raw, ctx) and not _runs_on(raw):
            return (whole[0], match.start()), _trim_stop(text, rest), "label"
    return None


def _runs_on(raw: str) -> bool:
    """A rest with sentences in it is caption again."""
    return bool(re.search(r"[.!?]\s+\S+\s+\S+\s+\S+\s+\S+", raw)) and not re.search(r"[/|]", raw)


def _trim_stop(text: str, span: Span) -> Span:
    start, end = trim(text, *span, chars=EDGE)
    return start, end


def _boundary(plain: str, at: int, start: int) -> bool:
    before = plain[start:at].rstrip()
    return not before or before[-1] in ".!?…)]»”\"'|–—-/:,;\n。" or "\n" in plain[start:at][len(before) :]


def _by_tail(text: str, plain: str, whole: Span, ctx: Setting) -> Found | None:
    """A credit after the last sentence, or the whole text."""
    starts = [m.end() for m in BREAK.finditer(plain, *whole)][-4:]
    for start in starts:
        span = trim(text, start, whole[1], EDGE)
        if span[0] < span[1] and credit_like(text, span, ctx):
            return (whole[0], start), span, "tail"
    span = trim(text, *whole, chars=EDGE)
    if credit_like(text, span, ctx):
        return (whole[0], whole[0]), span, "whole"
    return None


def credit_like(text: str, span: Span, ctx: Setting, *, strict: bool = True) -> bool:
    """Without a label: an agency must be named, and every other part must be readable too."""
    raw = text[span[0] : span[1]]
    if not raw.strip() or len(raw) > MAX_TAIL or refusal(raw, ctx):
        return False
    if is_generic(raw, ctx.words):
        return True
    parts = segments(text, span, ctx)
    if not parts or len(parts) > 8:
        return False
    agency = any(p.kind in (Kind.AGENCY, Kind.HOUSE) for p in parts)
    unread = [p for p in parts if p.kind in (Kind.UNKNOWN, Kind.ROLE) and len(text[p.span[0] : p.span[1]].split()) > 3]
    if unread:
        return False
    if not strict:
        return agency or any(p.kind in (Kind.PERSON, Kind.ORGANISATION) for p in parts)
    return agency and len(raw.split()) <= 16


__all__ = ["parse_photo_credit", "split_caption"]
