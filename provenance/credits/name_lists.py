"""Lists of names as data prints them: "A, B", "A and B", "A / B; C", "Roe, Jane"."""

from __future__ import annotations

from provenance.credits.byline import NO_HOUSE
from provenance.credits.classify import segments
from provenance.credits.clinging import NameParts, trim
from provenance.credits.names import is_person
from provenance.credits.segments import Kind, setting

MAX_TEXT = 3_000


def split_names(text: str, language: str | None = None) -> tuple[NameParts, ...]:
    """The persons named in a list, in printed order; organisations, places and roles are left out. Never raises.

    "Last, First" counts as one name only when it is the whole text and each part is a single word.
    """
    text = text[:MAX_TEXT]
    if inverted := _inverted(text, language):
        return (inverted,)
    found = segments(text, (0, len(text)), setting(language, None, NO_HOUSE))
    return tuple(s.person for s in found if s.kind is Kind.PERSON and s.person)


def _inverted(text: str, language: str | None) -> NameParts | None:
    """ "Roe, Jane" as Jane Roe; the span covers both parts."""
    parts = [p.strip() for p in text.split(",")]
    if len(parts) != 2 or not all(len(p.split()) == 1 and len(p) > 1 for p in parts):
        return None
    name = f"{parts[1]} {parts[0]}"
    if not is_person(name, language) or parts[0].isupper() != parts[1].isupper():
        return None
    return NameParts(name, trim(text, 0, len(text)), None, ("turn-name",))
