"""A credit line cut into segments, each with what it is: person, agency, house, role, shorthand …

Separators are data of the language ("and", "with", "for") and signs (comma, slash, bar, brackets). Spans refer to the
text as given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from provenance.credits.authorities import Authority, agencies, fold, publisher_names
from provenance.credits.names import NameParts, find_person, is_role, script_of, trim
from provenance.credits.words import Words, alternation, flat, phrase_data, words
from provenance.model import House, Span

SHORTHAND = re.compile(r"^(?:[a-zäöüßéè]{1,4}|[A-ZÄÖÜ]{1,4}|[a-zA-Z]{1,2}\.[a-zA-Z]{1,2}\.?)$")
DOMAIN = re.compile(r"^(?:www\.)?(?:[\w-]+\.)+[a-z]{2,12}$", re.IGNORECASE)
HANDLE = re.compile(r"^@[\w.]{2,40}$")
DATE = re.compile(r"\d")


class Kind(Enum):
    """What a segment is."""

    PERSON = "person"
    AGENCY = "agency"
    HOUSE = "house"
    COLLECTIVE = "collective"
    GENERIC = "generic"
    ROLE = "role"
    SHORTHAND = "shorthand"
    DESK = "desk"
    ORGANISATION = "organisation"
    NOISE = "noise"
    UNKNOWN = "unknown"


class Sep(Enum):
    """What stands before a segment."""

    START = "start"
    COMMA = "comma"
    AND = "and"
    WITH = "with"
    FOR = "for"
    VIA = "via"
    SLASH = "slash"
    BAR = "bar"
    DASH = "dash"
    OPEN = "open"
    CLOSE = "close"
    LINE = "line"
    SPACE = "space"


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of a line. `agencies` are ids when it is one; `person` the name when it is one."""

    kind: Kind
    span: Span
    sep: Sep
    agencies: tuple[str, ...] = ()
    person: NameParts | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What the reader of a line knows: its words, country, house."""

    words: Words
    language: str | None
    country: str | None
    house: House
    authority: Authority
    photo: bool = False

    def agency(self, text: str, *, slot: bool = True) -> str | None:
        return self.authority.lookup_id(text, country=self.country, language=self.language, slot=slot)


def setting(language: str | None, country: str | None, house: House, *, photo: bool = False) -> Setting:
    return Setting(words(language), language, country, house, agencies(), photo)


SIGNS = (
    r"(?P<line>\s*[\n\u2028]\s*)|(?P<open>\s*[(\[【（「])|(?P<close>[)\]】）」]\s*)|(?P<slash>\s*[/／]\s*)"
    r"|(?P<bar>\s*[|｜•●▪·∙]\s*)|(?P<comma>\s*[,;،、，；]\s*)|(?P<dash>\s+[-–—―]+\s+|\s*[=＝]\s*)"
)


@lru_cache(maxsize=128)
def separators(language: str) -> re.Pattern[str]:
    """All separators of one language as one pattern with a named group per kind."""
    known = Words(language)
    rows = [SIGNS]
    for name in ("with", "via", "for", "and"):
        phrases = known.of(name)
        spaced = frozenset(p for p in phrases if p[0] < "\u2e80")
        # an elided article ends in an apostrophe and needs no space after it
        rows.append(rf"(?P<{name}>(?<!\S)(?:{alternation(spaced)})(?:\s+|(?<=')))")
    tight = frozenset(p for p in known.of("and") if p[0] >= "\u2e80" and language != "ja")
    rows.append(rf"(?P<tight>{alternation(tight)})")
    return re.compile("|".join(rows), re.IGNORECASE)


def cut(plain: str, span: Span, known: Words) -> list[tuple[Sep, Span]]:
    """The raw pieces between separators, each with the separator before it."""
    pieces: list[tuple[Sep, Span]] = []
    start, sep = span[0], Sep.START
    for found in separators(known.language).finditer(plain, *span):
        pieces.append((sep, (start, found.start())))
        name = found.lastgroup or "comma"
        sep = Sep.AND if name == "tight" else Sep(name)
        start = found.end()
    pieces.append((sep, (start, span[1])))
    return [(s, p) for s, p in _merge(pieces) if plain[p[0] : p[1]].strip()]


def _merge(pieces: list[tuple[Sep, Span]]) -> list[tuple[Sep, Span]]:
    """An empty piece hands its separator on when that says more: ", with AP" is "with AP"."""
    out: list[tuple[Sep, Span]] = []
    carried: Sep | None = None
    strong = (Sep.WITH, Sep.AND, Sep.FOR, Sep.VIA)
    for sep, piece in pieces:
        if carried in strong and sep not in strong:
            sep = carried
        elif carried is Sep.OPEN and sep not in strong:
            sep = Sep.OPEN
        carried = sep if piece[0] >= piece[1] else None
        out.append((sep, piece))
    return out


def segments(text: str, span: Span, ctx: Setting) -> list[Segment]:
    """The classified segments of `text[span]`, in order. At most 200; a longer list is no credit line."""
    plain = flat(text)
    whole = trim(text, *span)
    if whole[0] < whole[1] and (known := _known_whole(text, whole, ctx)):
        return [Segment(known.kind, known.span, Sep.START, known.agencies)]
    out: list[Segment] = []
    for sep, piece in cut(plain, span, ctx.words)[:200]:
        for segment in classify(text, piece, sep, ctx, out[-1] if out else None):
            out.append(segment)
    return out


def _known_whole(text: str, span: Span, ctx: Setting) -> Segment | None:
    """A name that holds a separator itself: "imago stock & people", the house "Kölner Stadt-Anzeiger / Express"."""
    raw = text[span[0] : span[1]]
    if is_house(raw, ctx):
        return Segment(Kind.HOUSE, span, Sep.START)
    agency = ctx.agency(raw)
    return Segment(Kind.AGENCY, span, Sep.START, (agency,)) if agency else None


def classify(text: str, span: Span, sep: Sep, ctx: Setting, before: Segment | None) -> list[Segment]:
    """One piece as one segment, or two where an agency clings to a person ("Hillel Italie The Associated Press")."""
    start, end = trim(text, *span, chars=' \t\r\n\u00a0\u3000,;:·•|/-–—*"“”„»«')
    if start >= end:
        return []
    stop = end - 1 if text[end - 1] == "." and end - start > 1 else end
    raw = text[start:stop]
    kind, ids = _simple(raw, text[start:end], ctx, before, sep)
    if kind is not Kind.UNKNOWN:
        return [Segment(kind, (start, stop if kind is not Kind.GENERIC else end), sep, ids)]
    person = find_person(text, (start, end), ctx.language)
    if person and (clung := _clinging(text, (start, stop), sep, ctx)):
        return clung
    if person:
        return [Segment(Kind.PERSON, person.span, sep, (), person)]
    return _rest(text, (start, stop), sep, ctx)


def _simple(raw: str, dotted: str, ctx: Setting, before: Segment | None, sep: Sep) -> tuple[Kind, tuple[str, ...]]:
    """Kinds that a whole segment has by look-up."""
    low = fold(flat(raw)).casefold()
    if is_house(raw, ctx):
        return Kind.HOUSE, ()
    if before and before.kind in (Kind.AGENCY, Kind.DESK) and sep is Sep.SLASH and _is_desk(low, before):
        return Kind.DESK, before.agencies
    if ids := agency_ids(raw, ctx) or agency_ids(dotted, ctx):
        return Kind.AGENCY, ids
    for kind, name in ((Kind.COLLECTIVE, "collective"), (Kind.GENERIC, "generic"), (Kind.HOUSE, "house")):
        if low in ctx.words.of(name) or fold(flat(dotted)).casefold() in ctx.words.of(name):
            return kind, ()
    if DATE.search(raw) or _is_update(low, ctx):
        return Kind.NOISE, ()
    return Kind.UNKNOWN, ()


def _is_desk(low: str, before: Segment) -> bool:
    desks = phrase_data()["desks"]
    return any(low in desks.get(agency, ()) for agency in before.agencies)


def _is_update(low: str, ctx: Setting) -> bool:
    found = ctx.words.pattern("updated").match(low)
    return bool(found) and len(low.split()) <= 6


def agency_ids(raw: str, ctx: Setting) -> tuple[str, ...]:
    """Agencies that a whole segment names: an alias, one with "news agency" before it, or a fused pair (AFP-Jiji)."""
    if found := ctx.agency(raw):
        return (found,)
    key = fold(raw)
    if fused := phrase_data()["fused"].get(key):
        return tuple(fused)
    stripped = _strip_agency_words(key, ctx)
    if stripped != key and (found := ctx.agency(stripped)):
        return (found,)
    if 2 < len(key) < 60 and len(pair := re.split(r"[-–=+&]|\s-\s", key)) == 2:
        both = [ctx.agency(p.strip()) for p in pair]
        if both[0] and both[1]:
            return (both[0], both[1])
    return ()


def _strip_agency_words(key: str, ctx: Setting) -> str:
    """ "Nachrichtenagentur dpa" -> "dpa", "Getty Images Latam" -> "Getty Images"."""
    low = key.casefold()
    for phrase in sorted(ctx.words.of("agency_words"), key=len, reverse=True):
        if low.startswith(phrase) and len(low) > len(phrase) and (phrase[-1] == "'" or low[len(phrase)] == " "):
            return key[len(phrase) :].strip()
        if " " in phrase and low.endswith(" " + phrase.removeprefix("the ")):
            return key[: -len(phrase.removeprefix("the "))].strip()
    for phrase in sorted(ctx.words.of("region"), key=len, reverse=True):
        if low.endswith(" " + phrase) or low.endswith("-" + phrase):
            return key[: -len(phrase) - 1].strip()
    return key


def _clinging(text: str, span: Span, sep: Sep, ctx: Setting) -> list[Segment]:
    """A person followed or preceded by an agency's name without a sign between them."""
    tokens = list(re.finditer(r"\S+", text[: span[1]][span[0] :]))[:12]
    for i in range(1, len(tokens)):
        at = span[0] + tokens[i].start()
        right, left = text[at : span[1]], text[span[0] : at]
        if i >= 2 and (ids := _clinging_ids(right, ctx)) and (person := find_person(text, (span[0], at), ctx.language)):
            return [
                Segment(Kind.PERSON, person.span, sep, (), person),
                Segment(Kind.AGENCY, (at, span[1]), Sep.SPACE, ids),
            ]
        stop = span[0] + tokens[i - 1].end()
        if len(tokens) - i >= 2 and (ids := _clinging_ids(left.strip(), ctx)):
            person = find_person(text, (at, span[1]), ctx.language)
            if person and not ctx.photo:
                return [
                    Segment(Kind.AGENCY, (span[0], stop), sep, ids),
                    Segment(Kind.PERSON, person.span, Sep.SPACE, (), person),
                ]
    return []


def _clinging_ids(raw: str, ctx: Setting) -> tuple[str, ...]:
    """Without a sign between, only an unmistakable name or an acronym counts: no person is called Noor because NOOR is."""
    key = fold(raw)
    if key in phrase_data()["person_like"]:
        return ()
    found = ctx.agency(key, slot=key.isupper() or len(key.split()) > 1)
    return (found,) if found else ()


def _rest(text: str, span: Span, sep: Sep, ctx: Setting) -> list[Segment]:
    """Neither known nor a person: agency plus role, role, shorthand, organisation, or nothing we can read."""
    raw = text[span[0] : span[1]]
    if headed := _headed(text, span, sep, ctx):
        return headed
    if is_role(raw, ctx.language):
        return [Segment(Kind.ROLE, span, sep)]
    if SHORTHAND.match(raw):
        return [Segment(Kind.SHORTHAND, span, sep)]
    if is_organisation(raw, ctx):
        return [Segment(Kind.ORGANISATION, span, sep)]
    return [Segment(Kind.UNKNOWN, span, sep)]


def _headed(text: str, span: Span, sep: Sep, ctx: Setting) -> list[Segment]:
    """An agency or the house with more words: "AP National Writer", "Guardian staff", "Redazione ANSA", "dpa-Korrespondent"."""
    tokens = list(re.finditer(r"[^\s-]+", text[: span[1]][span[0] :]))[:10]
    for i in range(len(tokens) - 1, 0, -1):
        left = (span[0], span[0] + tokens[i - 1].end())
        right = (span[0] + tokens[i].start(), span[1])
        for name, rest in ((left, right), (right, left)):
            raw, other = text[name[0] : name[1]], text[rest[0] : rest[1]]
            low = fold(flat(other)).casefold()
            meaning = (
                low in ctx.words.of("generic") or low in ctx.words.of("collective") or is_role(other, ctx.language)
            )
            if not meaning:
                continue
            kind = (
                Kind.COLLECTIVE
                if low in ctx.words.of("collective")
                else Kind.GENERIC
                if low in ctx.words.of("generic")
                else Kind.ROLE
            )
            if is_house(raw, ctx):
                return [Segment(Kind.HOUSE, span if kind is not Kind.COLLECTIVE else name, sep)] + (
                    [Segment(kind, rest, Sep.SPACE)] if kind is Kind.COLLECTIVE else []
                )
            if ids := agency_ids(raw, ctx):
                return [Segment(Kind.AGENCY, name, sep, ids)]
    return []


def is_organisation(raw: str, ctx: Setting) -> bool:
    """An organisation word, a domain, a handle, or a publisher's name."""
    if DOMAIN.match(raw) or HANDLE.match(raw):
        return True
    low = fold(flat(raw)).casefold()
    if not 2 < len(low) <= 80:
        return False
    tokens = [t.strip(".,'\"()") for t in low.split()]
    orgs, suffixes = ctx.words.of("org"), tuple(ctx.words.of("org_suffix"))
    if len(tokens) <= 9 and any(t in orgs or (suffixes and t.endswith(suffixes) and len(t) > 6) for t in tokens):
        return True
    return low in publisher_names()


def is_house(raw: str, ctx: Setting) -> bool:
    """The page's own publisher: a name of it, its domain, or the initials that it signs with (FR, NZZ)."""
    key = _squash(raw)
    if len(key) < 2:
        return False
    names = _house_keys(ctx.house)
    if key in names:
        return True
    return raw.isupper() and 2 <= len(raw) <= 5 and raw in _house_initials(ctx.house) and not ctx.agency(raw)


def _squash(raw: str) -> str:
    return "".join(c for c in fold(flat(raw)).casefold() if c.isalnum())


@lru_cache(maxsize=512)
def _house_keys(house: House) -> frozenset[str]:
    keys = {_squash(name) for name in house.names} | {_squash(house.domain)}
    keys |= {_squash("www." + house.domain)} if house.domain else set()
    stems = {_squash(house.domain.split(".")[0])} if house.domain else set()
    for article in ("the", "der", "die", "das", "le", "la", "el", "il"):
        keys |= {k.removeprefix(article) for k in keys if k.startswith(article) and len(k) > len(article) + 4}
    return frozenset(k for k in keys | {s for s in stems if len(s) > 3} if len(k) > 1)


@lru_cache(maxsize=512)
def _house_initials(house: House) -> frozenset[str]:
    found = set()
    for name in house.names:
        parts = re.findall(r"[^\W\d_]+", name)
        if len(parts) > 1:
            found.add("".join(p[0] for p in parts).upper())
            found.add("".join(p[0] for p in parts if p[0].isupper()))
    return frozenset(f for f in found if len(f) > 1)


def single_person(text: str, segment: Segment, ctx: Setting) -> Segment:
    """A one-word name is believed where the line says that a name follows ("By Madonna")."""
    if segment.kind is not Kind.UNKNOWN or script_of(text[segment.span[0] : segment.span[1]]) not in (
        "LATIN",
        "CYRILLIC",
    ):
        return segment
    person = find_person(text, segment.span, ctx.language, single=True)
    return replace(segment, kind=Kind.PERSON, person=person) if person else segment
