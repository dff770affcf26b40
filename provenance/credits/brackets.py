"""Credits in brackets at the end of a caption, and what the other ways of finding a credit share with them."""

from __future__ import annotations

import re
from typing import Literal

from provenance.credits.clinging import trim
from provenance.credits.creditline import EDGE, MAX_TAIL, PAIRS, credit_like, is_generic, label_at, refusal
from provenance.credits.naming import agency_ids
from provenance.credits.segments import Setting
from provenance.model import Span

How = Literal["label", "brackets", "tail", "whole", "none"]
Found = tuple[Span, Span, How]
SLASH = re.compile(r"\s?/\s?|\s(?:via|-)\s|\s?[|]\s?|\s–\s")


def by_brackets(text: str, plain: str, whole: Span, ctx: Setting) -> Found | None:
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
    if stopped and capitalised(raw) and len(raw) < 60 and not is_generic(raw, ctx.words):
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


def capitalised(raw: str) -> bool:
    tokens = raw.split()
    return 0 < len(tokens) <= 4 and all(t[0].isupper() and not any(c.isdigit() for c in t) for t in tokens)


def inner_credit(text: str, plain: str, caption: Span, credit: Span, ctx: Setting, how: How = "label") -> Found:
    """ "(AP Photo/Jane Roe) - Copyright AP Photo": the fuller credit in brackets before a bare agency wins."""
    if re.fullmatch(r"\s*[\w-]+\s?:\s*", plain[caption[0] : caption[1]]):
        caption = (caption[0], caption[0])
    bare = bool(agency_ids(text[credit[0] : credit[1]], ctx))
    cut = trim(text, *caption, chars=" \t\n-–—|.")
    if bare and plain[cut[1] - 1 : cut[1]] == ")" and (found := by_brackets(text, plain, cut, ctx)):
        return found
    return caption, credit, how


def pieces_of(plain: str, span: Span) -> list[Span]:
    """The stretch cut at slashes, bars, "via" and dashes."""
    out, start = [], span[0]
    for found in SLASH.finditer(plain, *span):
        out.append((start, found.start()))
        start = found.end()
    return [*out, (start, span[1])]
