"""Which grammar reads which place, and how strict each place asks it to be.

A byline may be read generously. A note beside the text must speak of credit in so many words: an agency that the
authority file knows, or a word that opens a credit. A signature is one name and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from provenance.credits.authorities import agencies, fold, publisher_names
from provenance.credits.byline import parse_byline
from provenance.credits.hints import has_cue, may_origin
from provenance.credits.signoff import parse_dateline, parse_signoff
from provenance.credits.values import Byline, Mention
from provenance.credits.words import flat, words
from provenance.model import Context
from provenance.rules.bylines.places import words as places
from provenance.rules.bylines.sourced import as_source, bare_source, with_source
from provenance.scripts import EAST

Grammar = Literal["byline", "house", "signoff", "ending", "note", "intro", "signed", "dateline", "source"]

_LONGEST_CLAUSE, _LONGEST_INTRO, _BRIEF = 240, 400, 60
_TOWN, _OPEN = frozenset("(（【[/／—–=＝"), 100
"""Signs of a dateline, and how near to the start one of them stands."""
_LONGEST_ORIGIN = 600
_NOTE, _TAIL, _TOKENS, _LAST = 120, 70, 12, 160
_TOKEN = re.compile(r"[^\s()\[\]/,;|©:（）【】]+(?<!\.)")
_FUSED = re.compile(r"[-–]")
"""Agencies written as one word: TT-AFP."""
_START = re.compile(r"^\W*|[.!?…)\]|•–—/-]\s*|[(（]\s*")
_OPENING = 28
"""A clause's first name begins this near to its start."""
_AROUND = " \u3000.()[]【】（）/|,;–—-"
_BRACKETS = frozenset("([【（")
_TOWN_FIRST = re.compile(r"^\W*[^\x00-\u2e7f]{2,10}\s*[=＝]")
_WORD = re.compile(r"[^\W\d_]+")
_SIGNERS = 6
"""Fewer names than this sign an article, and fewer letters than this shorten the name of a house."""
_MAIL = re.compile(r"[(<\[]?[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+){1,4}[)>\]]?\s*$")
_PICTURE = re.compile(r"©[^/|]*[/|]\s*[^\W\d_]|\S+\s+\S+\s+\S+\s*©")
"""A notice that names agency and photographer, or one behind a caption, is a picture's."""


@lru_cache(maxsize=1024)
def read(grammar: Grammar, text: str, context: Context) -> Byline:
    """The reading of a text by the grammar of its place. Empty where the text credits nobody."""
    found = _GRAMMARS[grammar](text, context)
    if grammar not in ("signed", "dateline", "house"):
        found = with_source(found, text, context, whole=grammar != "byline")
    return _without_originals(_without_pictures(found, context))


def _without_originals(byline: Byline) -> Byline:
    """A note on a translation ("translated from Le Monde") names the paper of the original, no author of the text."""
    low = byline.text.casefold()
    if not any(phrase in low for phrase in places()["translated_from"]):
        return byline
    return _of_origin(byline, tuple(m for m in byline.mentions if m.party.kind == "person" or m.role != "author"))


def _byline(text: str, context: Context) -> Byline:
    return parse_byline(text, language=context.language, country=context.country, house=context.house)


def _source(text: str, context: Context) -> Byline:
    return as_source(_byline(text, context), text, context)


def _signoff(text: str, context: Context) -> Byline:
    if is_word(text) or ("©" in text and _PICTURE.search(text)):
        return Byline(text)
    found = _sure(_clause(text, context), context)
    if found.empty:
        return found
    if _of_picture(text, found, context):
        return Byline(text)
    low = text.casefold()
    if any(label in low for label in _picture_labels(words(context.language).language)):
        return Byline(text)
    part = text[slice(*found.span)]
    told = any("origin-sentence" in m.steps for m in found.mentions) or part.lstrip(" (").startswith("©")
    original = told or words(context.language).pattern("origin", "copyright").search(flat(part))
    return replace(found, notes=(*found.notes, "byline.origin")) if original else found


def _of_picture(text: str, found: Byline, context: Context) -> bool:
    """An agency in the form that credits pictures: "AP Photo", "Handout/Reuters"."""
    known = words(context.language)
    named = (text[slice(*m.span)].casefold().split() for m in found.agencies)
    if any(not known.of("photo_word").isdisjoint(tokens) for tokens in named):
        return True
    first = text[slice(*found.span)].strip(" ([").partition("/")[0].strip().casefold()
    return first in known.of("holder") - known.of("generic") - known.of("collective") - known.of("house")


@lru_cache(maxsize=64)
def _picture_labels(language: str) -> tuple[str, ...]:
    """Labels such as "Foto:" that are none of a text's as well."""
    known = words(language)
    others = {p for kind in ("source", "more_sources", "copyright", "by", "author_late") for p in known.of(kind)}
    return tuple(sorted(p for p in known.of("photo_label") - others if p.endswith(":")))


def _note(text: str, context: Context) -> Byline:
    worth = speaks(text, context) or (len(text) <= _LONGEST_ORIGIN and may_origin(text, context.language))
    worth = worth or (len(text) <= _LONGEST_CLAUSE and has_cue(text, context.language, ("contributed",)))
    return _signoff(text, context) if worth else Byline(text)


def speaks(text: str, context: Context) -> bool:
    """A cheap test that spares ordinary sentences the grammar: an agency near the end, or a credit word at a start."""
    tail = _TOKEN.findall(text if len(text) <= _NOTE else text[-_TAIL:])[-_TOKENS:]
    names = agencies().aliases
    if any(" ".join(tail[i : i + n]) in names for n in (1, 2, 3) for i in range(len(tail) - n + 1)):
        return True
    if any(all(part in names for part in _FUSED.split(t)) for t in tail if _FUSED.search(t)):
        return True
    if len(text) <= _BRIEF and has_cue(text, context.language, ("collective",)):
        return True
    low = flat(text if len(text) <= _LONGEST_INTRO else text[-_LAST:]).casefold()
    openings = _openings(words(context.language).language)
    return any(low.startswith(openings, found.end()) for found in _START.finditer(low))


@lru_cache(maxsize=64)
def _openings(language: str) -> tuple[str, ...]:
    known = words(language)
    kinds = ("contributor", "contributed", "source", "more_sources", "origin", "provider", "author_late", "copyright")
    return tuple(sorted({p for k in (*kinds, "translator", "editor") for p in known.of(k)}))


def _clause(text: str, context: Context) -> Byline:
    """A sign-off or, in a short line, a clause that a word of credit opens ("Reporting by")."""
    found = parse_signoff(text, language=context.language, country=context.country, house=context.house)
    if found.empty and len(text) <= _LONGEST_CLAUSE:
        clause = _byline(text, context)
        opened = any(s.startswith("strip-lead:") and m.span[0] < _OPENING for m in clause.mentions[:1] for s in m.steps)
        return clause if opened else found
    return found


def _sure(found: Byline, context: Context) -> Byline:
    """The reading without organisations that nobody lists: sources of facts, most likely."""
    kept = tuple(m for m in found.mentions if m.party.kind == "person" or m.role == "author" or _is_known(m, context))
    return _of_origin(found, kept)


def _intro(text: str, context: Context) -> Byline:
    """A note before the text: captions stand there too, so that only words of joint work or a source label count."""
    if len(text) > _LONGEST_INTRO:
        return Byline(text)
    labels = words(context.language).pattern("source", "origin", "contributor", "more_sources", "with")
    labelled = labels.match(flat(text).strip(" (["))
    if not labelled and len(text) > _BRIEF:
        return Byline(text)
    found = _note(text, context)
    return found if labelled or found.relation == "mixed" else Byline(text)


def is_word(text: str) -> bool:
    """True for one word that is an agency's name and an ordinary word too, where no brackets set it apart."""
    bare = fold(text).strip(" .,/|·•")
    plain = len(bare.split()) == 1 and not (bare.isupper() and len(bare) > 2)
    return plain and bare in agencies().weak


def _is_known(mention: Mention, context: Context) -> bool:
    """A listed agency, a known publisher, or an organisation that a word of first publication introduces."""
    if mention.party.agency or fold(mention.party.name).casefold() in publisher_names():
        return True
    known = words(context.language)
    if mention.party.name.endswith(tuple(known.of("press_suffix"))):
        return True
    leads = [s.partition(":")[2].strip().casefold() for s in mention.steps if s.startswith("lead:")]
    return any(lead in known.of(kind) for lead in leads for kind in ("origin", "provider", "contributor"))


def _signed(text: str, context: Context) -> Byline:
    """Names and nothing else: signs and joining words between them, brackets, the house, an address, pictures' makers.

    Only brackets set a day beside the names, and in East Asian scripts a town before them: (Ana Bell, 12.3.2024).
    """
    found, known = _byline(text, context), words(context.language)
    people = tuple(m for m in found.mentions if m.party.kind == "person" and m.role == "author")
    others = [m for m in found.mentions if m not in people and "house" not in m.steps and m.role != "photographer"]
    if not people or len(people) > _SIGNERS or others:
        return Byline(text)
    left = flat(_unread(text, found))
    if ":" in left:
        return Byline(text)
    if text[:1] in _BRACKETS:
        left = _TOWN_FIRST.sub("", left)
    elif any(c.isdigit() for c in left):
        return Byline(text)
    kinds = ("and", "by", "byline_suffix", "house", "photographer", "reporter", "reporter_late")
    fine = frozenset().union(*(known.of(kind) for kind in kinds))
    tokens = [t for t in _WORD.findall(left) if t.casefold() not in fine]
    whole = not tokens or (len(tokens) == 2 and tokens[0] in known.of("for") and _is_short(tokens[1]))
    return replace(found, mentions=people) if whole else Byline(text)


def _unread(text: str, found: Byline) -> str:
    """What of a line is no name, no address and no word that led to a name."""
    rest, last = [], 0
    for mention in found.mentions:
        rest.append(text[last : mention.span[0]])
        last = max(last, mention.span[1])
    left = _MAIL.sub(" ", " ".join((*rest, text[last:])).strip(_AROUND))
    steps = (s.partition(":")[2] for m in found.mentions for s in m.steps if s.startswith(("strip-lead:", "strip-suf")))
    for said in sorted({_MAIL.sub("", step).strip(_AROUND) for step in steps} - {""}, key=len, reverse=True):
        left = left.replace(said, " ")
    return left


def _is_short(word: str) -> bool:
    return word.isupper() and len(word) < _SIGNERS


def _dateline(text: str, context: Context) -> Byline:
    if _TOWN.isdisjoint(text[:_OPEN]) and len(text) > _BRIEF and text[:1] < EAST:
        return Byline(text)
    return parse_dateline(text, language=context.language, country=context.country, house=context.house)


def _without_pictures(byline: Byline, context: Context) -> Byline:
    """Houses that only sell pictures and their people made no text, nor did an agency whose name stands with theirs."""
    texts = {"wire", "syndication", "broadcaster", "press-release"}
    behind = {m: (m.party.agency, *(a.agency for a in m.party.affiliation)) for m in byline.mentions}
    kept = tuple(m for m in byline.mentions if all(not a or agencies().kinds(a) & texts for a in behind[m]))
    if len(kept) < len(byline.mentions) and not any(m.party.kind == "person" for m in byline.mentions):
        kept = tuple(m for m in kept if not m.party.agency)
    return _of_origin(byline, kept)


def _of_origin(byline: Byline, kept: tuple[Mention, ...]) -> Byline:
    """The byline with fewer mentions: where no source is left, what it said of the origin goes with them."""
    if len(kept) == len(byline.mentions):
        return byline
    foreign = byline.collective or any(
        m.role in ("source", "provider", "contributor") and m.party.kind == "organization" for m in kept
    )
    return replace(byline, mentions=kept, relation=byline.relation if foreign else "own" if kept else "none")


_GRAMMARS: dict[Grammar, Callable[[str, Context], Byline]] = {
    "byline": _byline,
    "house": bare_source,
    "signoff": _signoff,
    "ending": _note,
    "note": _note,
    "intro": _intro,
    "signed": _signed,
    "dateline": _dateline,
    "source": _source,
}
