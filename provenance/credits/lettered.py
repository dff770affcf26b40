"""The part of a dateline that names the agency: agencies, the house, desks and initials, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from provenance.credits.byline import read_line
from provenance.credits.classify import segments
from provenance.credits.clinging import trim
from provenance.credits.segments import Kind, Setting
from provenance.credits.values import Byline
from provenance.model import Span

HEAD = 160
"""How many characters of a text a dateline may take."""


def agency_credit(text: str, agency: Span, whole: Span, place: Span | None, ctx: Setting) -> Byline | None:
    """A dateline whose agency part is made of agencies, the house, desks and shorthands alone."""
    part = text[agency[0] : agency[1]]
    fit = (Kind.AGENCY, Kind.DESK, Kind.HOUSE, Kind.SHORTHAND, Kind.NOISE, Kind.COLLECTIVE, Kind.GENERIC)
    kinds = [s.kind for s in segments(text, agency, ctx)]
    if not kinds or any(k not in fit for k in kinds) or not (Kind.AGENCY in kinds or Kind.HOUSE in kinds):
        return None
    read = read_line(part, ctx).byline
    by = agency[0]
    mentions = tuple(replace(m, span=(m.span[0] + by, m.span[1] + by)) for m in read.mentions if m.role != "author")
    town = trim(text, *place) if place else None
    relation = read.relation if mentions or read.relation == "own" else "none"
    return Byline(
        text, mentions, relation, whole, None, None, read.shorthands, town if town and town[0] < town[1] else None
    )
