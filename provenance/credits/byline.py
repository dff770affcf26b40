"""Bylines: who wrote a text, for whom, and whether it came from elsewhere.

The reading follows the byline table of docs/credits.md. Clauses ("editing by …") are found first; each clause is a list
of segments; a trailing agency covers the names before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from provenance.credits.clauses import clauses
from provenance.credits.clinging import trim
from provenance.credits.hints import names_agency
from provenance.credits.houses import is_house
from provenance.credits.names import is_person
from provenance.credits.phrases import lowered
from provenance.credits.reading import Reader, read_clause
from provenance.credits.segments import Setting, setting
from provenance.credits.values import Byline, Mention, Relation, Role
from provenance.credits.words import Words, flat, given_names, lead_languages, words
from provenance.model import House, Party

MAX_TEXT = 3_000
NO_HOUSE = House()
RUN_ON = re.compile(r"[a-zß-ž][A-ZÀ-Ž][a-zß-ž]")
PLAIN = re.compile(r"[^\W\d_][^\W\d_.'’-]*\.?(?: [^\W\d_][^\W\d_'’-]*\.?){1,3}")


def parse_byline(text: str, language: str | None = None, country: str | None = None, house: House = NO_HOUSE) -> Byline:
    """Reads a byline ("By X and Y, Reuters"). `language` is BCP 47, `country` ISO 3166-1, `house` the page's publisher.

    Never raises. A text that is no byline gives `Byline.empty`. Source: byline table of the record (docs/credits.md).
    """
    return _parse_byline(text[:MAX_TEXT], language, country, house)


@lru_cache(maxsize=1024)
def _parse_byline(text: str, language: str | None, country: str | None, house: House) -> Byline:
    if plain := _plain_name(text, language, house):
        return plain
    others = _other_languages(text, language)
    first = None
    for tongue in (*others, language):
        read = _parse(text, tongue, country, house)
        if read.authors or read.agencies or read.generic:
            return read
        first = read
    return first or Byline(text)


def _plain_name(text: str, language: str | None, house: House) -> Byline | None:
    """The commonest case, decided without a parse: a person's name and nothing else."""
    tokens = lowered(text).split()
    if not PLAIN.fullmatch(text) or RUN_ON.search(text) or len(set(tokens)) < len(tokens):
        return None
    known = words(language)
    if not _busy(known.language).isdisjoint(tokens) or (len(tokens) > 3 and known.of("and_prefix")):
        return None
    if names_agency(text) or is_house(text, house) or _opens_with_house(text, house) or not is_person(text, language):
        return None
    mention = Mention("author", Party("person", text), (0, len(text)))
    return Byline(text, (mention,), "own", (0, len(text)))


def _opens_with_house(text: str, house: House) -> bool:
    first = text.partition(" ")[0]
    return first.isupper() and first.casefold() not in given_names() and is_house(first, house)


@lru_cache(maxsize=128)
def _busy(language: str) -> frozenset[str]:
    """Words that mean more than a name: they open, join, date or describe."""
    known, kinds = (
        Words(language),
        ("by", "and", "with", "for", "via", "role", "role_modifier", "updated", "place_lead"),
    )
    phrases = frozenset().union(
        *(known.of(kind) for kind in (*kinds, "source", "reviewer", "byline_suffix", "date_lead"))
    )
    return frozenset(w for p in phrases for w in p.split()) | frozenset(lead_languages())


def _other_languages(text: str, language: str | None) -> tuple[str, ...]:
    """Languages whose byline word opens the text where the page's own has none: pages misstate their language."""
    first, _, rest = flat(text[:60]).strip(" (*").partition(" ")
    word = first.casefold()
    own = words(language)
    if not rest.strip() or word in own.of("by") or (word in own.of("particle") and word == first):
        return ()
    return tuple(lang for lang in lead_languages().get(word, ())[:3] if lang != own.language)


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading and what it left: `unread` pieces of clauses without an opening word; `led` if there was one."""

    byline: Byline
    unread: tuple[str, ...]
    led: bool
    feed: bool


def _parse(text: str, language: str | None, country: str | None, house: House) -> Byline:
    return read_line(text, setting(language, country, house)).byline


def read_line(text: str, ctx: Setting) -> Reading:
    """Reads a text by the byline grammar and says what of it was not understood."""
    reader, plain = Reader(text, ctx), flat(text)
    reader.feed = bool(ctx.words.of("feed")) and bool(ctx.words.pattern("feed").search(plain))
    for clause in clauses(plain, ctx):
        read_clause(reader, clause)
    return Reading(_byline(reader), tuple(reader.unread), reader.led, reader.feed)


def _byline(reader: Reader) -> Byline:
    """Puts together what was read and decides the relation."""
    relation = _relation(reader)
    # beside a staff signature an unknown organisation is the house under another name ("ntv.de, mau/dpa")
    origin = [m for m in reader.origin if m.party.agency or not reader.shorthands]
    agencies = [*origin, *reader.helping]
    if relation == "mixed":
        agencies = [replace(m, role="contributor") if m.role == "source" else m for m in agencies]
    collective = None
    if reader.collective:
        name = reader.text[reader.collective[0] : reader.collective[1]]
        role: Role = "author" if reader.verbatim else "contributor"
        collective = Mention(role, Party("organization", name), reader.collective, ("collective",))
    mentions = _named(reader, collective) + _distinct(agencies)
    notes = tuple(n for n, on in (("byline.collective", collective), ("byline.generic", reader.generic)) if on)
    said = mentions or collective or reader.generic or reader.shorthands or reader.feed
    span = trim(reader.text, 0, len(reader.text), " \n\t\r\u00a0") if said else (0, 0)
    return Byline(
        reader.text, tuple(mentions), relation, span, collective, reader.generic, tuple(reader.shorthands), None, notes
    )


def _named(reader: Reader, collective: Mention | None) -> list[Mention]:
    """Mentions in printed order; a collective takes the place of the house or desk whose name is part of it."""
    if collective is None or collective.role != "author":
        return reader.mentions
    start, end = collective.span
    rest = [m for m in reader.mentions if not (start <= m.span[0] and m.span[1] <= end)]
    return sorted([*rest, collective], key=lambda m: m.span)


def _relation(reader: Reader) -> Relation:
    staff = reader.staff_before() or bool(reader.shorthands)
    if reader.mixed or reader.helping or ((reader.origin or reader.collective) and staff):
        return "mixed"
    if reader.origin or reader.collective or reader.feed:
        return "syndicated"
    own = reader.staff or any(m.role == "author" and not m.inferred for m in reader.mentions)
    return "own" if own else "none"


def _distinct(agencies: list[Mention]) -> list[Mention]:
    out: dict[tuple[str, str], Mention] = {}
    for mention in agencies:
        out.setdefault((mention.role, mention.party.agency or mention.party.name), mention)
    return list(out.values())
