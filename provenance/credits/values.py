"""What the credit grammar reads out of a text. Spans count code points of the very text that was parsed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from provenance.model import Party, Span

Role = Literal["author", "contributor", "editor", "translator", "photographer", "source", "provider", "creator"]
Relation = Literal["syndicated", "mixed", "own", "none"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One party in one role. `text[span]` is its name as printed.

    `agency_span` is where the text names the agency of `party.affiliation`; `steps` say what was done to the text
    (`split:for`, `strip-role:Political Editor`, `authority:afp`); `inferred` marks a reading by convention.
    """

    role: Role
    party: Party
    span: Span
    steps: tuple[str, ...] = ()
    inferred: bool = False
    agency_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline, sign-off, dateline or credit sentence of an article.

    `relation` is what the line says of the article's origin: `syndicated` (a party that is not the house made it),
    `mixed` (the house with an agency's material), `own` (people or desks of the house), `none` (nothing).
    `collective` holds words such as "Staff and agencies" as an organisation; `generic` a role that stands in for a name
    ("Staff Reporter"); `shorthands` staff signatures such as "det" in "det/dpa". `span` covers the credit within
    `text`; `place` the town of a dateline. `notes` are stable codes (`byline.collective`, `byline.generic`).
    An agency of an article of mixed origin is a `contributor`; one that made the article is a `source`.
    """

    text: str
    mentions: tuple[Mention, ...] = ()
    relation: Relation = "none"
    span: Span = (0, 0)
    collective: Mention | None = None
    generic: str | None = None
    shorthands: tuple[str, ...] = ()
    place: Span | None = None
    notes: tuple[str, ...] = ()

    def _of(self, role: Role) -> tuple[Mention, ...]:
        return tuple(m for m in self.mentions if m.role == role)

    @property
    def authors(self) -> tuple[Mention, ...]:
        """People and organisations of the byline, in printed order; the collective is among them."""
        return self._of("author")

    @property
    def sources(self) -> tuple[Mention, ...]:
        """Organisations that originated the article; never the house itself."""
        return self._of("source")

    @property
    def providers(self) -> tuple[Mention, ...]:
        """Distributors between originator and publisher."""
        return self._of("provider")

    @property
    def agencies(self) -> tuple[Mention, ...]:
        """Every organisation that stands behind the text beside the house: sources, providers, contributing ones."""
        kept = (m for m in self.mentions if m.role in ("source", "provider", "contributor"))
        return tuple(m for m in kept if m.party.kind == "organization")

    @property
    def empty(self) -> bool:
        """True where the text holds no credit at all."""
        return not (self.mentions or self.collective or self.generic or self.shorthands) and self.relation == "none"


@dataclass(frozen=True, slots=True)
class PhotoCredit:
    """A photo's credit line. `credit` is `text[span]`: the printed line whole, without its label word.

    `creators`, `sources`, `providers` are mentions with spans in `text`. `generic` marks a line that names no party
    ("File photo", "zVg"). `copyright` spans a notice such as "© 2024 The AP. All rights reserved". `refused` says why
    the text is no credit line; then there are no parties.
    """

    text: str
    credit: str = ""
    span: Span = (0, 0)
    creators: tuple[Mention, ...] = ()
    sources: tuple[Mention, ...] = ()
    providers: tuple[Mention, ...] = ()
    copyright: Span | None = None
    label: str | None = None
    generic: bool = False
    refused: str | None = None
    inferred: bool = False
    steps: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """True where the line names at least one party."""
        return bool(self.creators or self.sources or self.providers)


@dataclass(frozen=True, slots=True)
class CaptionSplit:
    """A caption's text taken apart. `caption` and `credit` are `text[span]`; either may be missing.

    `how` names the sign that gave the credit away: `label`, `brackets`, `tail`, `whole`, or `none`.
    """

    text: str
    caption: str
    caption_span: Span
    credit: str | None = None
    credit_span: Span | None = None
    how: Literal["label", "brackets", "tail", "whole", "none"] = "none"
