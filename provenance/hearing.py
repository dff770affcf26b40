"""What each statement of a page says of the text's makers, and which statements speak for the article.

A *voice* is one line of the page, or all the names of one rule of embedded data. To *hear* is to decide which lines are
the article's byline: those that the page's own data confirm, else the first that a word of authorship opens.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from provenance.model import Candidate, DataPlace, NodePlace, Note, Party
from provenance.page import Element
from provenance.rules.policy import folded

AGENCY_FIELDS = ("sourceOrganization", "provider", "contributor")
_PROFILE = "byline/profile-link"
_META_RULES = (
    "byline/jsonld-author",
    "byline/jsonld-author-again",
    "byline/microdata-author",
    "byline/meta-author",
    "byline/stated-author",
    _PROFILE,
)
_VISIBLE_RULES = ("byline/visible", "byline/line")
_DOUBT = 0.4


@dataclass(frozen=True, eq=False)
class Voice:
    """The candidates of one statement of the page: one line, or all the names of one rule of embedded data."""

    rule: str
    candidates: tuple[Candidate, ...]

    @property
    def visible(self) -> bool:
        """A line of the byline's region that nothing speaks against."""
        return self.rule in _VISIBLE_RULES

    @property
    def element(self) -> Element:
        """The element of a visible line."""
        place = self.candidates[0].match.place
        return place.element if isinstance(place, NodePlace) else None

    def of(self, *fields: str) -> list[Candidate]:
        """Usable candidates of these fields."""
        return [c for c in self.candidates if c.field in fields and c.refused is None]

    @property
    def people(self) -> list[Candidate]:
        return [c for c in self.of("author") if c.value.kind == "person"]

    @property
    def agencies(self) -> list[Candidate]:
        return [c for c in self.of(*AGENCY_FIELDS) if c.value.kind == "organization"]

    @property
    def led(self) -> bool:
        """A word of authorship opens it: "By Ana Bell"."""
        return any(step.startswith("strip-lead:") for c in self.candidates for step in c.steps)

    @property
    def opened(self) -> bool:
        """A word of authorship opens it, or it stands where a byline does."""
        return self.led or any(c.weight > _DOUBT for c in self.candidates)

    @property
    def telling(self) -> bool:
        """It names a person or an agency, or speaks of agencies without a name: more than the house's own name."""
        return bool(self.people or self.agencies) or self.relation in ("mixed", "syndicated")

    @property
    def relation(self) -> str:
        """What the statement says of the origin; data list one name an entry, so theirs is put together."""
        said = [c.value for c in self.of("relation")]
        if "mixed" in said or ("syndicated" in said and "own" in said):
            return "mixed"
        return next((r for r in ("syndicated", "own") if r in said), "none")

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(name_key(c.value) for c in self.people)


def name_key(party: Party) -> str:
    """One key a party: the agency's id, else the folded name."""
    return party.agency or folded(party.name)


def voices(candidates: Iterable[Candidate]) -> list[Voice]:
    """Candidates by statement, in their order."""
    grouped: dict[tuple[object, ...], list[Candidate]] = {}
    for candidate in candidates:
        grouped.setdefault(_statement_key(candidate), []).append(candidate)
    return [Voice(str(key[0]), tuple(found)) for key, found in grouped.items()]


def _statement_key(candidate: Candidate) -> tuple[object, ...]:
    place = candidate.match.place
    if candidate.rule in _META_RULES or isinstance(place, DataPlace) or not isinstance(place, NodePlace):
        return (candidate.rule,)
    return candidate.rule, place.element, place.attribute


@dataclass(frozen=True, slots=True, eq=False)
class Hearing:
    """The voices of a page, sorted by how far they count: `heard` ones speak for the article, in order of trust."""

    heard: tuple[Voice, ...]
    data: Voice | None
    notes: tuple[Note, ...] = ()


def hear(found: Sequence[Voice]) -> Hearing:
    """Decide which visible lines are the article's byline and which embedded data count."""
    data = next((v for rule in _META_RULES for v in found if v.rule == rule and v.telling), None)
    known = frozenset(k for v in found if v.rule in _META_RULES and v.rule != _PROFILE for k in v.keys)
    bodies = frozenset(name_key(c.value) for v in found if v.rule in _META_RULES for c in v.agencies)
    lines = [v for v in found if v.visible]
    doubtful = [v for v in found if v.rule == "byline/doubtful"]
    confirmed = [v for v in (*lines, *doubtful) if _confirmed(v, known, bodies)]
    if confirmed:
        kept = [v for v in (*lines, *doubtful) if v in confirmed or (v in lines and _akin(v, confirmed))]
        return Hearing(tuple(kept), data)
    own = _first_lines([*lines, *(v for v in doubtful if v.led)])
    if own and data and data.people and any(v.people for v in own):
        note = Note("conflict/author", f"the byline says {_list(own)}, but {data.rule} says {_list([data])}")
        return Hearing(tuple(own), None, (note,))
    spare = [] if data or _desk_signs(found) else [v for v in doubtful if v.opened and v.telling]
    return Hearing(tuple(own or _first_lines(spare)), data)


def _desk_signs(found: Sequence[Voice]) -> bool:
    """A line or the data say that a desk or "staff" wrote it: then a doubtful line names nobody."""
    sure = (v for v in found if v.visible or v.rule in _META_RULES)
    return any("byline.generic" in c.steps for v in sure for c in v.candidates)


def _confirmed(voice: Voice, known: frozenset[str], bodies: frozenset[str]) -> bool:
    """The page's data name one of the line's people or, where it names none, one of its agencies."""
    if voice.people:
        return _agree(voice.keys, known)
    return bool(bodies & {name_key(c.value) for c in voice.agencies})


def _agree(keys: frozenset[str], known: frozenset[str]) -> bool:
    return bool(keys & known) or any(
        k in other or other in k for k in keys for other in known if min(len(k), len(other)) > 7
    )


def _akin(voice: Voice, confirmed: Sequence[Voice]) -> bool:
    """A line of the same make as a confirmed one, or one beside it that names agencies only: the source by the date."""
    element, sourced = voice.element, bool(voice.agencies) and not voice.people
    for other in confirmed:
        base = other.element
        alike = element.tag == base.tag and element.get("class") == base.get("class")
        if alike and (element.get("class") or element.getparent() is base.getparent()):
            return True
        if sourced and not set(_around(element)).isdisjoint(_around(base)):
            return True
    return False


def _around(element: Element) -> list[Element]:
    """An element and the nearest three around it."""
    return [element, *islice(element.iterancestors(), 3)]


def _first_lines(lines: Sequence[Voice]) -> list[Voice]:
    """Where nothing confirms a line: the first that a word opens, else the first that names somebody; with its kin."""
    naming = [v for v in lines if v.of("author", *AGENCY_FIELDS)]
    first = next((v for v in naming if v.led and v.people), naming[0] if naming else None)
    if first is not None and not first.telling:
        first = next((v for v in naming if v.people), first)
    if first is None:
        return []
    return [v for v in lines if v is first or _akin(v, [first])]


def _list(found: Sequence[Voice]) -> str:
    return ", ".join(dict.fromkeys(c.value.name for v in found for c in v.people))[:120]
