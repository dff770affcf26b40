"""Sources that a label announces in so many words, whoever they are: "来源：新京报", "Źródło: Gazeta Przykładowa".

An authority list knows agencies and large publishers; a page that prints a source label beside the date names anybody.
The label with its colon is believed in the lines about the headline; at the foot only where label and name are the
whole line and the script is one in which such a line is a convention of reprinting, not a list of a text's facts.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from provenance.credits.authorities import fold
from provenance.credits.houses import is_house
from provenance.credits.names import is_person
from provenance.credits.values import Byline, Mention
from provenance.credits.words import Words, flat, words
from provenance.model import Context, Party, Span

_EAST = "\u2e80"
_LONGEST, _FOOT = 200, 60
_NAME = r"\s*(?P<name>[^\s|,;:()\[\]{}<>/。、\"“”《》【】][^|,;:()\[\]{}<>/。、\"“”《》【】\n]{1,40})"
_WORDS = 5
"""How many words the name of a house in a script with spaces may have."""


def with_source(found: Byline, text: str, context: Context, *, whole: bool) -> Byline:
    """The reading with the source that a label names where it knows none; `whole`: the line holds nothing else."""
    if found.agencies or found.relation in ("syndicated", "mixed") or len(text) > (_FOOT if whole else _LONGEST):
        return found
    plain = flat(text)
    if ":" not in plain or (match := _labels(words(context.language).language).search(plain)) is None:
        return found
    span = _name(text, plain, match.span("name"), context)
    if span is None or (
        whole and (match.start() > 1 or text[match.end("name") :].strip(" )）】]。.") or text[0] < _EAST)
    ):
        return found
    mention = Mention("source", Party("organization", text[slice(*span)]), span, (f"lead:{match['label']}",), True)
    return replace(found, mentions=(*found.mentions, mention), relation="syndicated", span=(0, len(text)))


@lru_cache(maxsize=64)
def _labels(language: str) -> re.Pattern[str]:
    """A source label with its colon, at the start or after a sign, and what stands behind it."""
    known = {p.rstrip(": ") for p in Words(language).of("source") | Words(language).of("origin") if p.endswith(":")}
    phrases = "|".join(re.escape(p) for p in sorted(known, key=len, reverse=True))
    return re.compile(rf"(?:^|(?<=[\s|\d(（【\[]))(?P<label>{phrases})\s?:{_NAME}", re.IGNORECASE)


def _own(raw: str, context: Context, *, east: bool) -> bool:
    """The house, or without spaces to part its words a channel of it: 示例时报 and 示例时报网-文化频道."""
    names = [n for n in context.house.names if len(n) > 2 and n[0] >= _EAST] if east else []
    return is_house(raw, context.house) or any(n in raw or raw in n for n in names)


def _name(text: str, plain: str, span: Span, context: Context) -> Span | None:
    """The name of a house at the start of what follows the label; None for the page's own, a person, a common word."""
    start, known = span[0], words(context.language)
    east = text[start] >= _EAST
    end = next((i for i in range(*span) if text[i].isspace()), span[1]) if east else span[1]
    raw = text[start:end].rstrip(" .-–—·•")
    common = ("holder", "generic", "collective", "not_name", "house", "updated")
    if len(raw) < 2 or _own(raw, context, east=east) or any(fold(raw).casefold() in known.of(kind) for kind in common):
        return None
    if east:
        return (start, start + len(raw)) if len(raw) <= 20 else None
    sound = raw[0].isupper() and len(raw.split()) <= _WORDS and not any(c.isdigit() for c in raw)
    return (start, start + len(raw)) if sound and not is_person(raw, context.language) else None
