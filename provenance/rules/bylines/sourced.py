"""Sources that a label announces in so many words, whoever they are: "来源：新京报", "Źródło: Gazeta Przykładowa".

An authority list knows agencies and large publishers; a page that prints a source label beside the date names anybody.
The label with its colon is believed in the lines about the headline; at the foot only where label and name are the
whole line and the script is one in which such a line is a convention of reprinting, not a list of a text's facts.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from provenance.credits.authorities import fold, publisher_names
from provenance.credits.houses import is_akin, is_house, spellings
from provenance.credits.names import is_person
from provenance.credits.values import Byline, Mention
from provenance.credits.words import Words, flat, given_names, words
from provenance.model import Context, Party, Span
from provenance.scripts import EAST

_LONGEST, _FOOT = 200, 60
_NAME = r"\s*(?P<name>[^\s|,;:()\[\]{}<>/。、\"“”《》【】][^|,;:()\[\]{}<>/。、\"“”《》【】\n]{1,40})"
_LONGEST_NAME, _EAST_NAME = 40, 10
_SENTENCE = frozenset("!?:;/@<>！？：；，。、\n")
_PRESS = 3
_LISTED = re.compile(r"(?P<name>[^\s、,，;；)）][^、,，;；)）]{1,19}?)(?:等)?\s*(?=[、,，;；)）])")
_SMALL = 3
"""A longer word that is small is none of a name, but of a sentence or a link: "Read it online"."""
_WORDS = 5
"""How many words the name of a house in a script with spaces may have."""


def with_source(found: Byline, text: str, context: Context, *, whole: bool) -> Byline:
    """The reading with the source that a label names where it knows none; `whole`: the line holds nothing else."""
    if found.agencies or found.relation in ("syndicated", "mixed") or len(text) > (_FOOT if whole else _LONGEST):
        return found
    plain = flat(text)
    if whole and plain[:1] == "(" and (listed := _compiled(text, plain, context)):
        return replace(found, mentions=(*found.mentions, *listed), relation="mixed", span=(0, len(text)))
    if reporting := _reporters_house(text, found, context):
        return replace(found, mentions=(*found.mentions, reporting), relation="syndicated", span=(0, len(text)))
    if ":" not in plain or (match := _labels(words(context.language).language).search(plain)) is None:
        return found
    span = _name(text, plain, match.span("name"), context)
    if span is None or (
        whole and (match.start() > 1 or text[match.end("name") :].strip(" )）】]。.") or text[0] < EAST)
    ):
        return found
    mention = Mention("source", Party("organization", text[slice(*span)]), span, (f"lead:{match['label']}",), True)
    return replace(found, mentions=(*found.mentions, mention), relation="syndicated", span=(0, len(text)))


def _reporters_house(text: str, found: Byline, context: Context) -> Mention | None:
    """The newspaper that a line gives its reporters (港湾晚报记者 李小明), where it is another than the page's own.

    A newspaper and its site often share the town's name, the first two signs: those are one house.
    """
    if not any(m.party.kind == "person" and m.role == "author" for m in found.mentions):
        return None
    pattern = _reporting(words(context.language).language)
    match = pattern.search(text) if pattern else None
    known, name = words(context.language), match["name"] if match else ""
    common = known.of("house") | known.of("org") | known.of("press_suffix")
    if match is None or len(name) < _PRESS or name in common:
        return None
    if is_akin(name, context.house) or any(n[:2] == name[:2] for n in context.house.names):
        return None
    return Mention("source", Party("organization", name), match.span("name"), ("press-suffix",), True)


@lru_cache(maxsize=16)
def _reporting(language: str) -> re.Pattern[str] | None:
    """A name that ends like a newspaper's, a site's or a station's, right before a word for its reporters."""
    known = Words(language)
    ends, roles = ("|".join(map(re.escape, sorted(known.of(kind)))) for kind in ("press_end", "reporter"))
    name = rf"(?P<name>[\u3400-\u9fff]{{1,7}}(?:{ends}))(?:{roles})"
    return re.compile(rf"(?:^|(?<=[\s:/：(（【、，|])){name}") if roles else None


def _compiled(text: str, plain: str, context: Context) -> list[Mention]:
    """Houses whose reports were put together, in brackets of their own: （资料来源：港湾日报、海岛网等）."""
    label, colon, names = plain.rstrip(" .。").partition(":")
    if not colon or names[-1:] != ")" or f"{label.strip('( ')}:" not in words(context.language).of("compiled_from"):
        return []
    found = []
    for match in _LISTED.finditer(text, len(label) + 1, len(label) + 1 + len(names)):
        span = _name(text, plain, (match.start(), match.start() + len(match["name"])), context)
        if span:
            party = Party("organization", text[slice(*span)])
            found.append(Mention("contributor", party, span, (f"lead:{label.strip('( ')}:",), True))
    return found


def bare_source(text: str, context: Context) -> Byline:
    """A text that is the name of another newspaper or site and nothing else, as its place alone tells a reprint."""
    raw = text.strip(" \t\n.,;:，。、-–—|·•()（）[]【】")
    if not is_press(raw, context) or is_akin(raw, context.house):
        return Byline(text)
    start = text.index(raw)
    mention = Mention("source", Party("organization", raw), (start, start + len(raw)), ("publisher-table",), True)
    return Byline(text, (mention,), "syndicated", (0, len(text)), notes=("byline.origin",))


def is_press(raw: str, context: Context) -> bool:
    """A publisher's name of several words; in a script without spaces one that ends like a newspaper's or site's."""
    if not 3 <= len(raw) <= _LONGEST_NAME:
        return False
    if raw[0] < EAST:
        return " " in raw and raw[0].isupper() and fold(raw).casefold() in publisher_names()
    known = words(context.language)
    ends = len(raw) <= _EAST_NAME and raw.endswith(_press_ends(known.language)) and _SENTENCE.isdisjoint(raw)
    return ends and raw not in known.of("not_name") and not raw.endswith(tuple(known.of("no_site")))


@lru_cache(maxsize=64)
def _press_ends(language: str) -> tuple[str, ...]:
    return tuple(sorted(Words(language).of("press_suffix") | Words(language).of("site_suffix")))


def as_source(found: Byline, text: str, context: Context) -> Byline:
    """The reading of an element that is marked as the text's source: its name is one, listed or not."""
    if found.agencies or found.relation in ("syndicated", "mixed"):
        return found
    plain = flat(text)
    span = _name(text, plain, (0, len(text)), context) if len(text) <= _FOOT and ":" not in plain else None
    if span is None or span[1] < len(text.rstrip(" .")) or any(w.islower() and len(w) > _SMALL for w in text.split()):
        return found
    mention = Mention("source", Party("organization", text[slice(*span)]), span, ("marked:source",), True)
    return Byline(text, (mention,), "syndicated", span=(0, len(text)))


@lru_cache(maxsize=64)
def _labels(language: str) -> re.Pattern[str]:
    """A source label with its colon, at the start or after a sign, and what stands behind it."""
    known = {p.rstrip(": ") for p in Words(language).of("source") | Words(language).of("origin") if p.endswith(":")}
    phrases = "|".join(re.escape(p) for p in sorted(known, key=len, reverse=True))
    return re.compile(rf"(?:^|(?<=[\s|\d(（【\[]))(?P<label>{phrases})\s?:{_NAME}", re.IGNORECASE)


def _own(raw: str, context: Context, *, east: bool) -> bool:
    """The house, or without spaces to part its words a channel of it: 示例时报 and 示例时报网-文化频道."""
    names = [n for n in spellings(context.house) if len(n) > 2 and n[0] >= EAST] if east else []
    return is_house(raw, context.house) or any(n in raw or raw in n for n in names)


def _name(text: str, plain: str, span: Span, context: Context) -> Span | None:
    """The name of a house at the start of what follows the label; None for the page's own, a person, a common word."""
    start, known = span[0], words(context.language)
    east = text[start] >= EAST
    end = next((i for i in range(*span) if text[i].isspace()), span[1]) if east else span[1]
    raw = text[start:end].rstrip(" .-–—·•")
    common = ("holder", "generic", "collective", "not_name", "house", "updated")
    if len(raw) < 2 or _own(raw, context, east=east) or any(fold(raw).casefold() in known.of(kind) for kind in common):
        return None
    if east:
        return (start, start + len(raw)) if len(raw) <= 20 else None
    sound = raw[0].isupper() and len(raw) > 2 and len(raw.split()) <= _WORDS and not any(c.isdigit() for c in raw)
    return (start, start + len(raw)) if sound and not _is_somebody(raw, context.language) else None


def _is_somebody(raw: str, language: str | None) -> bool:
    """A person, as far as names tell: shaped like one and opening with a given name, a title or an initial.

    Behind a label that announces a source every other name of two words is a house: Real Estates, Kurier Lokalny.
    """
    first = fold(raw).split()[0].casefold()
    known = first.endswith(".") or first in given_names() or first in words(language).of("person_title")
    return known and is_person(raw, language)
