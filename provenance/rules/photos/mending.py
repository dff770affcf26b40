"""A caption's split mended: parts of a credit that the grammar leaves in the caption, and the other way round."""

from __future__ import annotations

import re
from dataclasses import replace

from provenance.credits.photo import parse_photo_credit
from provenance.credits.values import CaptionSplit
from provenance.model import Context, Span
from provenance.rules.photos.closing import name_before
from provenance.rules.photos.marks import words

_STOPS = frozenset('.!?…)]»”"。')
_HOST = re.compile(r"(?:[a-z0-9-]{2,40}\.){1,3}[a-z]{2,10}")
_GAP = re.compile(r"\s?\(|\s[–—-]\s|\s?[|·]\s?")
"""What stands between a photographer and the agency beside a slash."""
_DAY = re.compile(r"[\d０-９]+[日時年月]")


def mended(split: CaptionSplit, context: Context) -> CaptionSplit:
    """A split with the agency, site or photographer that belong to its credit, without the place and day before it."""
    return _with_name(_with_host(_without_place(_with_agency(split, context))), context.language)


def _with_agency(split: CaptionSplit, here: Context) -> CaptionSplit:
    """An agency's name before the label belongs to the credit ("… MTI Fotó: Jane Roe")."""
    head, _, last = split.caption.rpartition(" ")
    if split.how != "label" or split.credit_span is None or not (last.isupper() and last.isalpha()):
        return split
    known = parse_photo_credit(last, here.language, here.country, here.house).sources
    if not known or (head and head[-1] not in _STOPS):
        return split
    span = (split.caption_span[1] - len(last), split.credit_span[1])
    caption = head.rstrip()
    end = split.caption_span[0] + len(caption)
    credit = split.text[span[0] : span[1]]
    return CaptionSplit(split.text, caption, (split.caption_span[0], end), credit, span, "label" if head else "whole")


def _with_host(split: CaptionSplit) -> CaptionSplit:
    """A site's address whole, of which the full stops are no ends of sentences."""
    span = split.credit_span
    if split.how != "tail" or span is None or split.text[span[0] - 1 : span[0]] != ".":
        return split
    start = max(split.text.rfind(sign, 0, span[0]) for sign in " \u00a0\n|(") + 1
    if start <= 0 or not _HOST.fullmatch(split.text[start : span[1]]):
        return split
    return _parted_at(split, start, (start, span[1]))


def _with_name(split: CaptionSplit, language: str | None) -> CaptionSplit:
    """An agency with the photographer before it, where more than a slash parts them ("… . JANE ROE (EFE)")."""
    span, text = split.credit_span, split.text
    if split.how not in ("brackets", "tail") or span is None or not split.caption or split.caption_span[1] > span[0]:
        return split
    end = split.caption_span[1]
    gap = text[end : span[0]]
    found = name_before(text, end, language) if _GAP.fullmatch(gap) else None
    if found is None:
        return split
    close = 1 if "(" in gap and text[span[1] : span[1] + 1] == ")" else 0
    return _parted_at(split, found[0], (found[1], span[1] + close))


def _without_place(split: CaptionSplit) -> CaptionSplit:
    """A bracket's maker without the day and the place told before him ("（4日午前、東京都、佐藤美咲撮影）")."""
    if split.how != "brackets" or not split.credit or split.credit_span is None or "、" not in split.credit:
        return split
    before, _, last = split.credit.rpartition("、")
    if not last.endswith(words()["maker_endings"]) or not _DAY.search(before):
        return split
    return replace(split, credit=last, credit_span=(split.credit_span[1] - len(last), split.credit_span[1]))


def _parted_at(split: CaptionSplit, end: int, credit: Span) -> CaptionSplit:
    """The split of the same text with its caption up to `end`, and this credit."""
    start, text = split.caption_span[0], split.text
    caption = text[start:end].rstrip(" |/•·")
    return CaptionSplit(text, caption, (start, start + len(caption)), text[slice(*credit)], credit, "tail")


def of_text(text: str, split: CaptionSplit) -> CaptionSplit:
    """The split of a text of which another spelling was asked, code point for code point."""
    credit = text[slice(*split.credit_span)] if split.credit_span else split.credit
    return replace(split, text=text, caption=text[slice(*split.caption_span)], credit=credit)
