"""A credit line cut into pieces at signs and joining words ("and", "with", "for"). Spans refer to the text as given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from provenance.credits.authorities import Authority, agencies
from provenance.credits.clinging import NameParts
from provenance.credits.words import Words, words
from provenance.model import House, Span

MAX_PIECES = 200


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
    """What stands before a segment. SPACE: nothing but a space ("Jane Roe Reuters")."""

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
    """What the reader of a line knows: its words, country, house. `photo` is set for credits of pictures."""

    words: Words
    language: str | None
    country: str | None
    house: House
    authority: Authority
    photo: bool = False

    def agency(self, text: str, *, slot: bool = True) -> str | None:
        """Id of the agency with this very name."""
        return self.authority.lookup_id(text, country=self.country, language=self.language, slot=slot)


def setting(language: str | None, country: str | None, house: House, *, photo: bool = False) -> Setting:
    return Setting(words(language), language, country, house, agencies(), photo)


# three spaces are what is left of a space of no width between two others;
# dashes and equals signs part only with space around them or in East Asian text, where "ロンドン＝山田" has none;
# a long dash parts letters, too ("Jane Roe—AP")
SIGNS = re.compile(
    r"(?P<line>\s*[\n\u2028]\s*)|(?P<open>\s*[(\[【（「])|(?P<close>[)\]】）」]\s*)|(?P<slash>\s*[/／]\s*)"
    r"|(?P<bar>\s*[|｜•●▪·∙]\s*|(?<=\S)   +(?=\S))|(?P<comma>\s*[,;،、，；]\s*)"
    r"|(?P<dash>\s+[-–—―]+\s+|(?<=[^\W\d_])—(?=[^\W\d_])|\s*[=＝]\s*)"
)


@dataclass(frozen=True, slots=True)
class _Cut:
    start: int
    end: int
    sep: Sep


def _signs(plain: str, span: Span) -> list[_Cut]:
    return [_Cut(m.start(), m.end(), Sep(m.lastgroup or "comma")) for m in SIGNS.finditer(plain, *span)]


def _joins(plain: str, span: Span, known: Words) -> list[_Cut]:
    """Joining words with space around them; an elided article ("l'") needs none after it."""
    out = []
    for found in known.pattern("with", "via", "for", "and").finditer(plain, *span):
        start, end = found.start(), found.end()
        before = plain[start - 1] if start > span[0] else " "
        after = plain[end] if end < span[1] else " "
        if (
            before in " \n/|,;:("
            and (after in " \n" or plain[end - 1] == "'")
            and _joining(found.text, start, end, span)
        ):
            while end < span[1] and plain[end] in " \n":
                end += 1
            out.append(_Cut(start, end, Sep(found.kind)))
    return out


def _joining(word: str, start: int, end: int, span: Span) -> bool:
    """A joining word of one letter ("e", "i", "y") joins names, it does not open or end a piece."""
    return len(word) > 1 or not word.isalpha() or (word.islower() and start > span[0] and end < span[1])


def cut(plain: str, span: Span, known: Words) -> list[tuple[Sep, Span]]:
    """The raw pieces between separators, each with the separator before it; at most MAX_PIECES."""
    cuts = sorted([*_signs(plain, span), *_joins(plain, span, known)], key=lambda c: c.start)
    pieces: list[tuple[Sep, Span]] = []
    start, sep = span[0], Sep.START
    for found in cuts[:MAX_PIECES]:
        if found.end <= start:
            continue
        pieces.append((sep, (start, max(start, found.start))))
        start, sep = found.end, found.sep
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
