"""Photo credits: one printed line into creator, source and distributor, by the photo table of docs/credits.md.

The line itself is kept whole, without its label word. Reading a slash is a convention of newspapers, no standard: such
readings are marked `inferred`. What cannot be read gives no party, but the line is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from provenance.credits.classify import segments
from provenance.credits.clinging import trim
from provenance.credits.segments import Kind, Segment, Sep, Setting, setting
from provenance.credits.values import Mention, PhotoCredit
from provenance.credits.words import Words, flat
from provenance.model import House, Party, Span

MAX_CREDIT = 400
NO_HOUSE = House()
PAIRS = {"(": ")", "[": "]", "【": "】", "（": "）", "「": "」", "《": "》"}
EDGE = ' \t\r\n\u00a0\u3000,;:·•|*"“”„»«'


def parse_photo_credit(
    text: str, language: str | None = None, country: str | None = None, house: House = NO_HOUSE
) -> PhotoCredit:
    """Reads a text that stands in a credit's place. Never raises; `refused` says why a text is no credit."""
    text = text[:10_000]
    ctx = setting(language, country, house, photo=True)
    plain = flat(text)
    span, label = strip_label(plain, trim(text, 0, len(text), EDGE), ctx.words)
    span = unwrap(text, span)
    if label is None:
        span, label = strip_label(plain, span, ctx.words)
    if reason := refusal(text[span[0] : span[1]], ctx):
        return PhotoCredit(text, label=label, refused=reason)
    reader = _read(text, plain, span, ctx)
    generic = not (reader.creators or reader.sources or reader.providers) and is_generic(
        text[span[0] : span[1]], ctx.words
    )
    return PhotoCredit(
        text,
        text[span[0] : span[1]],
        span,
        tuple(reader.creators),
        tuple(reader.sources),
        tuple(reader.providers),
        reader.copyright,
        label,
        generic,
        None,
        reader.inferred,
        ("strip-label",) if label else (),
    )


def strip_label(plain: str, span: Span, known: Words) -> tuple[Span, str | None]:
    """The span without the label words at its start ("Foto:", "Photo by", "©"), and the label."""
    start, end = span
    taken: list[str] = []
    for _ in range(3):
        found = known.pattern("photo_label", "copyright").match(plain, start, end)
        if not found or not plain[found.end() : end].strip(" .:"):
            break
        if not _label_ends(plain, found.start(), found.end()):
            break
        taken.append(plain[found.start() : found.end()].strip())
        start = found.end()
        while start < end and plain[start] in " :-–—,/":
            start += 1
    return (start, end), (" ".join(taken) or None)


def _label_ends(plain: str, start: int, end: int) -> bool:
    """A bare label word ("Foto", "photo") needs a name after it, not a word of a sentence."""
    if plain[end - 1] in ":=/.©" or " " in plain[start:end].strip():
        return True
    rest = plain[end:].lstrip(" :-–—,/")
    return bool(rest) and (not rest[0].islower() or rest[0] in "@(")


def unwrap(text: str, span: Span) -> Span:
    """The span inside brackets that hold all of it."""
    start, end = trim(text, *span, chars=EDGE)
    while (
        end - start > 2 and text[start] in PAIRS and text[end - 1] == PAIRS[text[start]] and _balanced(text, start, end)
    ):
        start, end = trim(text, start + 1, end - 1, chars=EDGE)
    stop = trim(text, start, end, chars=EDGE)
    return stop


def _balanced(text: str, start: int, end: int) -> bool:
    inner = text[start + 1 : end - 1]
    return not any(c in inner for c in (text[start], text[end - 1]))


def refusal(raw: str, ctx: Setting) -> str | None:
    """Why a text is no credit line, or None."""
    if not raw.strip(" .,-–—"):
        return "empty"
    if len(raw) > MAX_CREDIT:
        return "too long for a credit line"
    tokens = flat(raw).split()
    stops = sum(t.casefold().strip(".,") in ctx.words.of("stop") and t[0].islower() for t in tokens)
    if len(tokens) > 6 and stops * 5 > len(tokens):
        return "a sentence"
    if raw.count(". ") > 3 and not any(c in raw for c in "/|©"):
        return "several sentences"
    return None


def is_generic(raw: str, known: Words) -> bool:
    """Only words that name no party: File photo, Handout, Symbolbild, 資料写真."""
    low = " ".join(flat(raw).casefold().split()).strip(" .()[]")
    if low in known.of("holder") or low + "." in known.of("holder"):
        return True
    parts = [p.strip(" .()") for p in re.split(r"[/|,;:]", low) if p.strip(" .()")]
    return bool(parts) and all(p in known.of("holder") for p in parts)


@dataclass
class _Reader:
    text: str
    ctx: Setting
    creators: list[Mention] = field(default_factory=list)
    sources: list[Mention] = field(default_factory=list)
    providers: list[Mention] = field(default_factory=list)
    copyright: Span | None = None
    inferred: bool = False


def _read(text: str, plain: str, span: Span, ctx: Setting) -> _Reader:
    """Interprets the segments of one line."""
    reader = _Reader(text, ctx)
    inner, reader.copyright = _notice(plain, span, ctx.words)
    parts = [s for s in _parts(text, plain, inner, ctx) if not _is_holder(text, s, ctx)]
    agencies = [s for s in parts if s.kind is Kind.AGENCY]
    people = [s for s in parts if s.kind is Kind.PERSON]
    others = [s for s in parts if s.kind not in (Kind.AGENCY, Kind.PERSON)]
    makers = _makers(reader, agencies)
    _people(reader, people, makers)
    _organisations(reader, others, people, agencies)
    return reader


def _parts(text: str, plain: str, inner: Span, ctx: Setting) -> list[Segment]:
    """Segments, with copyright marks and "AP Video by X" leads inside taken off."""
    out: list[Segment] = []
    for segment in segments(text, inner, ctx):
        out.append(segment)
    return out


def _notice(plain: str, span: Span, known: Words) -> tuple[Span, Span | None]:
    """Parts a trailing copyright notice from the names: "X/Copyright 2024 The AP. All rights reserved"."""
    found = known.pattern("rights").search(plain, *span)
    mark = known.pattern("copyright").search(plain, *span)
    start = mark.start() if mark else (found.start() if found else None)
    if start is None:
        return span, None
    return span, (start, span[1])


def _is_holder(text: str, seg: Segment, ctx: Setting) -> bool:
    if seg.kind is Kind.AGENCY:
        return False
    raw = text[seg.span[0] : seg.span[1]]
    return is_generic(raw, ctx.words)


def _mention(reader: _Reader, role: str, agency: str, span: Span, inferred: bool = False) -> Mention:
    party = reader.ctx.authority.party(agency)
    return Mention(role, party, span, (f"authority:{agency}",), inferred)  # type: ignore[arg-type]


def _makers(reader: _Reader, agencies: list[Segment]) -> list[tuple[str, Span]]:
    """Sorts agencies into those that made the picture and those that only pass it on."""
    flat_list = [(a, s.span, s.sep) for s in agencies for a in s.agencies]
    makers: list[tuple[str, Span]] = []
    for i, (agency, span, sep) in enumerate(flat_list):
        stock = reader.ctx.authority.is_stock(agency)
        passes = sep is Sep.VIA or (stock and (len(flat_list) > 1 or True))
        if any(agency == a for a, _ in makers) or any(m.party.agency == agency for m in reader.providers):
            continue
        if passes:
            reader.providers.append(_mention(reader, "provider", agency, span))
        else:
            makers.append((agency, span))
            reader.sources.append(_mention(reader, "source", agency, span))
    return makers


def _people(reader: _Reader, people: list[Segment], makers: list[tuple[str, Span]]) -> None:
    seen: set[str] = set()
    for segment in people:
        assert segment.person is not None
        if segment.person.name.casefold() in seen:
            continue
        seen.add(segment.person.name.casefold())
        affiliation = tuple(reader.ctx.authority.party(a) for a, _ in makers[:1])
        party = Party("person", segment.person.name, affiliation=affiliation)
        reader.inferred = reader.inferred or bool(makers)
        agency_span = makers[0][1] if makers else None
        reader.creators.append(Mention("creator", party, segment.span, segment.person.steps, bool(makers), agency_span))


def _organisations(reader: _Reader, others: list[Segment], people: list[Segment], agencies: list[Segment]) -> None:
    """An organisation left of an agency handed the picture out; alone it is the creator; agencies alone create."""
    named = [s for s in others if s.kind in (Kind.ORGANISATION, Kind.HOUSE)]
    if not people and len(others) == 1 and agencies and others[0].span[0] < agencies[0].span[0]:
        segment = others[0]
        if segment.kind is Kind.UNKNOWN:
            named = [segment]
    if len(named) == 1 and not people:
        raw = reader.text[named[0].span[0] : named[0].span[1]]
        reader.creators.append(Mention("creator", Party("organization", raw), named[0].span, (), bool(agencies)))
        reader.providers = [replace(s, role="provider", inferred=True) for s in reader.sources] + reader.providers
        reader.inferred = reader.inferred or bool(agencies)
        reader.sources = []
    elif not people and not others and reader.sources:
        reader.creators.append(replace(reader.sources[0], role="creator"))
