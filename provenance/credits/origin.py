"""Sentences that say where a text first appeared: "This article was originally published by The Conversation".

Such a sentence holds a word of first publication and a verb of publishing; the origin is the first agency or publisher
that it names and that is not the house.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenance.credits.authorities import fold, publisher_names
from provenance.credits.clinging import trim
from provenance.credits.houses import is_house
from provenance.credits.segments import Setting
from provenance.credits.values import Byline, Mention
from provenance.credits.words import flat
from provenance.model import Party, Span

MAX_SENTENCE = 400
SENTENCE = re.compile(r"[^.!?\n。]*(?:\.(?=\S)[^.!?\n。]*)*[.!?\n。]*")
TOKEN = re.compile(r"[^\s,;:()\"“”„«»]+")


def find_origin(text: str, ctx: Setting) -> Byline | None:
    """The first sentence of a text that names its origin, as a syndicated reading; None if there is none."""
    plain = flat(text)
    for sentence in _sentences(plain):
        if not (_says(plain, sentence, "origin_mark", ctx) and _says(plain, sentence, "origin_verb", ctx)):
            continue
        names = list(_names(plain, text, sentence, ctx))
        if names:
            mention = names[0]
            span = trim(text, *sentence, chars=" \n\t\r")
            return Byline(text, (mention,), "syndicated", span)
    return None


def _sentences(plain: str) -> Iterator[Span]:
    """Sentences of at most MAX_SENTENCE characters, at most thirty."""
    for number, match in enumerate(SENTENCE.finditer(plain)):
        if number > 30:
            return
        if 10 < match.end() - match.start() <= MAX_SENTENCE:
            yield match.span()


def _says(plain: str, span: Span, kind: str, ctx: Setting) -> bool:
    return bool(ctx.words.of(kind)) and bool(ctx.words.pattern(kind).search(plain, *span))


def _names(plain: str, text: str, span: Span, ctx: Setting) -> Iterator[Mention]:
    """Agencies and publishers named in the sentence, longest name first at each place."""
    tokens = list(TOKEN.finditer(plain, *span))[:80]
    i = 0
    while i < len(tokens):
        for size in range(min(6, len(tokens) - i), 0, -1):
            start, end = tokens[i].start(), tokens[i + size - 1].end()
            start, end = trim(text, start, end)
            mention = _party(text, (start, end), ctx) if start < end else None
            if mention:
                yield mention
                i += size - 1
                break
        i += 1


def _party(text: str, span: Span, ctx: Setting) -> Mention | None:
    raw = text[span[0] : span[1]]
    if not raw[0].isupper() and not raw.isupper() and raw[0].isascii() and not raw.islower():
        return None
    if is_house(raw, ctx.house):
        return None
    agency = ctx.agency(raw, slot=False) or (ctx.agency(raw) if raw.isupper() or " " in raw else None)
    if agency and agency != ctx.house.agency:
        return Mention("source", ctx.authority.party(agency), span, (f"authority:{agency}", "origin-sentence"))
    key = fold(raw).casefold()
    if (
        not agency
        and raw[0].isupper()
        and len(key) > 3
        and key in publisher_names()
        and key not in ctx.words.of("stop")
    ):
        return Mention("source", Party("organization", raw), span, ("publisher-table", "origin-sentence"), True)
    return None
