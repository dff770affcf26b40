"""A photo put together: every part of it a candidate of its own, so that each has its evidence."""

from __future__ import annotations

import re

from provenance.credits.photo import parse_photo_credit
from provenance.credits.values import Mention
from provenance.model import Candidate, Context, Detail, Match, Photo, Span
from provenance.rules.photos.texts import Printed, Wording

_WEIGHT = {"json-ld": 0.6, "meta": 0.5, "microdata": 0.6, "attribute": 0.7, "visible-text": 0.9}


def photo_of(
    url: Candidate | None, wording: Wording, context: Context, *, parties: bool = True, key: str = ""
) -> Photo:
    """The photo with this address and these texts; its parties are read out of the credit, if they are asked for."""
    credit = wording.credit
    told = wording.caption is not None and not _is_key_words(wording.caption.match.text)
    caption = _text_candidate("image/caption", wording.caption if told else None)
    if credit is None:
        return Photo(url, caption, key=key)
    if not parties:
        return Photo(url, caption, _text_candidate("image/creditText", credit), key=key)
    parsed = parse_photo_credit(credit.match.text, context.language, context.country, context.house)
    notice = parsed.copyright
    return Photo(
        url,
        caption,
        _text_candidate("image/creditText", credit),
        _copyright(credit, notice) if notice else None,
        _parties("image/creator", credit, parsed.creators),
        _parties("image/sourceOrganization", credit, parsed.sources),
        _parties("image/provider", credit, parsed.providers),
        key=key,
    )


def _is_key_words(text: str) -> bool:
    """Whether a text is a list of words to search by ("bridge, harbour, ferry, town"), and says nothing of a photo."""
    pieces = [piece.strip() for piece in re.split("[,;]", text)]
    bare = sum(piece[:1].islower() and len(piece.split()) <= _KEY_WORDS for piece in pieces)
    return len(pieces) >= _KEYS and bare == len(pieces) and text[-1:] not in _ENDS


_KEYS, _KEY_WORDS, _ENDS = 4, 2, ".!?"


def url_candidate(rule: str, match: Match, address: str) -> Candidate:
    """The address of an image; `absolute-url` is noted where the page writes it in another form."""
    steps = () if match.text == address else ("absolute-url",)
    return Candidate("image/contentUrl", rule, match, address, _WEIGHT.get(match.source, 0.5), steps)


def _text_candidate(field: str, printed: Printed | None) -> Candidate | None:
    if printed is None:
        return None
    match = printed.match
    return Candidate(field, printed.rule, match, match.text, _WEIGHT.get(match.source, 0.5), printed.steps)


def _copyright(credit: Printed, span: Span) -> Candidate:
    match = part_of(credit.match, span)
    return Candidate("image/copyrightNotice", credit.rule, match, match.text, 0.5)


def _parties(field: str, credit: Printed, mentions: tuple[Mention, ...]) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(
            field,
            credit.rule,
            part_of(credit.match, m.span),
            m.party,
            0.5,
            m.steps,
            inferred=m.inferred,
            details=_details(credit, m),
        )
        for m in mentions
    )


def _details(credit: Printed, mention: Mention) -> tuple[Detail, ...]:
    """Where the line names the agency of a photographer."""
    if not mention.party.affiliation or mention.agency_span is None:
        return ()
    return (Detail("affiliation/0", (part_of(credit.match, mention.agency_span),), credit.rule),)


def part_of(match: Match, span: Span) -> Match:
    """A part of a match as a match of its own; `span` counts from the match's first character."""
    if span == (0, len(match.text)):
        return match
    start = match.span[0] if match.span else 0
    return Match(match.text[span[0] : span[1]], match.source, match.place, (start + span[0], start + span[1]))
