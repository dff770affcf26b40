"""The credit grammar as a photo's texts need it: with the page's context, and careful where nothing names a credit.

Spans always count in the text that was given, so that a caption stays a part of its element's text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from provenance.credits.caption import split_caption
from provenance.credits.photo import parse_photo_credit
from provenance.credits.values import CaptionSplit, PhotoCredit
from provenance.credits.words import ONE_TO_ONE
from provenance.credits.words import words as credit_words
from provenance.model import Context, Span
from provenance.rules.photos.closing import closes, closing_start, is_bracketed, is_long_enough, name_before
from provenance.rules.photos.makers import maker_start
from provenance.rules.photos.marks import pattern, words
from provenance.rules.photos.signs import (
    TAIL_CHARS,
    is_bare_label,
    is_photo_label,
    label_end,
    maker_tail,
    may_hold_credit,
    moved,
    opens_with_colon,
    quiet_span,
)

CREDIT_CHARS = 300
CAPTION_CHARS = 2_000
_COUNT = re.compile(r"(?:\w+\s)?\d+\s+\w+|\d+\s*(?:/|\w{2,3})\s*\d+")
_LAST_BRACKETS = re.compile(r"[.!?…»”\"。।۔]\s*[(（\[]([^\W\d_a-z][^()（）\[\]\d]{1,40})[)）\]]\.?$")
"""Brackets after the caption's last sentence: what stands there without a label is still a credit."""
_MADE_LABEL = re.compile(r"[^\W\d]{4,30}\s?[:：]\s*(?:©\s*)?")
_NO_NAME = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|tiff?)\b|\b\d+(?:[.,]\d+)?\s?[KMG]I?B\b|\b\d{1,2}:\d\d\b", re.I)
"""A file's name or size, or the time of day or of a film: nothing that credits hold."""
_STOPS = frozenset('.!?…)]»”"。')
_CREDIT_WORDS = 8
_FULL_STOPS = {0x964: ".", 0x6D4: ".", 0x589: "."}
"""Full stops of other scripts (हिन्दी।, اردو۔, հայերեն։) as the one that the grammar of captions knows."""
_ANY_BRACKETS = re.compile(r"\s[(（]([^()（）]{4,60})[)）]\.?$")
_HOST = re.compile(r"(?:[a-z0-9-]{2,40}\.){1,3}[a-z]{2,10}")
_GAP = re.compile(r"\s?\(|\s[–—-]\s|\s?[|·]\s?")
"""What stands between a photographer and the agency beside a slash."""
_DAY = re.compile(r"[\d０-９]+[日時年月]")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-–]\s?\d{2,4})?\.?")
_SECOND = re.compile(r"[.!?]\s+[^\W\d]+\s?[:：]")
"""A label after a sentence: then the first one only said that a picture follows ("Image: … . Pic: AP")."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """The grammar in one page's context."""

    context: Context
    _known: dict[tuple[str, bool | None], Any] = field(default_factory=dict, compare=False, repr=False)

    def credit(self, text: str, *, named_so: bool = True) -> PhotoCredit | None:
        """The credit that a text is as a whole; None for anything else.

        `named_so` tells that the markup calls the text a credit: then "by Jane Roe" is the photographer.
        """
        key = (text, named_so)
        if key not in self._known:
            self._known[key] = self._credit(text, named_so)
        found: PhotoCredit | None = self._known[key]
        return found

    def _credit(self, text: str, named_so: bool) -> PhotoCredit | None:
        if not text or len(text) > CREDIT_CHARS or _COUNT.fullmatch(text) or is_bare_label(text):
            return None
        here = self.context
        before = label_end(text)
        if before:
            return self._relabelled(text, before, named_so)
        parsed = parse_photo_credit(text, here.language, here.country, here.house)
        made = _MADE_LABEL.match(text) if not parsed.label else None
        if made and is_photo_label(made.group()) and made.end() < len(text):
            return self._relabelled(text, made.end(), named_so)
        if parsed.refused or not parsed.credit or is_bare_label(parsed.credit) or _COUNT.fullmatch(parsed.credit):
            return None
        if _YEAR.fullmatch(parsed.credit):
            return None
        if parsed.label and _SECOND.search(parsed.credit):
            return None
        if _NO_NAME.search(parsed.credit) or self._is_rights_notice(parsed.credit):
            return None
        if len(parsed.credit) > TAIL_CHARS and not re.search(r"[/|©]", parsed.credit):
            return None
        if not named_so and self.is_byline(text):
            return None
        return self._without_word(_closed(parsed))

    def _without_word(self, parsed: PhotoCredit) -> PhotoCredit:
        """A credit without a word for photos that has no colon and an agency's name in small letters after it."""
        word, _, rest = parsed.credit.partition(" ")
        opens = any(m.span[0] == parsed.span[0] for m in (*parsed.sources, *parsed.providers))
        if parsed.label or opens or not rest[:1].islower() or not is_bare_label(word):
            return parsed
        inner = parse_photo_credit(rest, self.context.language, self.context.country, self.context.house)
        if not (inner.sources or inner.providers) or inner.refused:
            return parsed
        by = parsed.span[1] - len(rest)
        return self._relabelled(parsed.text, by, True) or parsed

    def _relabelled(self, text: str, start: int, named_so: bool) -> PhotoCredit | None:
        """The credit after a label that a page made up ("Rubriklistenbild: © …")."""
        rest = self._credit(text[start:], named_so)
        if rest is None:
            return None
        return replace(rest, text=text, span=moved(rest.span, start), label=text[:start].strip())

    def _is_rights_notice(self, text: str) -> bool:
        """Whether a text only reserves rights and names nobody."""
        bare = text.strip(" .")
        found = credit_words(self.context.language).pattern("rights").match(bare)
        return found is not None and found.end() == len(bare)

    def _parted(self, text: str) -> CaptionSplit:
        """The grammar's split, where a label opens a sentence ("FILE PHOTO: …") that of the sentence."""
        here = self.context
        split = _of_text(text, split_caption(text.translate(_FULL_STOPS), here.language, here.country, here.house))
        if split.credit and _YEAR.fullmatch(split.credit):
            return CaptionSplit(text, text, (0, len(text)))
        if split.how == "whole" and split.credit and split.credit_span and _is_more(split.credit):
            inner = split_caption(split.credit, here.language, here.country, here.house)
            if inner.credit_span and inner.caption:
                by = split.credit_span[0]
                end = inner.caption_span[1] + by
                return CaptionSplit(text, text[:end], (0, end), inner.credit, moved(inner.credit_span, by), inner.how)
        return split

    def _closing(self, text: str) -> tuple[int, Span] | None:
        """Where a caption ends, and the credit behind a separator that needs no label."""
        for kind, (end, start) in closing_start(text, len(text.rstrip(" ."))):
            if not is_long_enough(text[:end]):
                return None
            parsed = self.credit(text[start:], named_so=False)
            if parsed and closes(kind, parsed, self.context.language):
                stop = end + 1 if kind == "stop" else end
                return stop, moved(parsed.span, start)
        return None

    def _with_agency(self, split: CaptionSplit) -> CaptionSplit:
        """An agency's name before the label belongs to the credit ("… MTI Fotó: Jane Roe")."""
        head, _, last = split.caption.rpartition(" ")
        if split.how != "label" or split.credit_span is None or not (last.isupper() and last.isalpha()):
            return split
        here = self.context
        known = parse_photo_credit(last, here.language, here.country, here.house).sources
        if not known or (head and head[-1] not in _STOPS):
            return split
        span = (split.caption_span[1] - len(last), split.credit_span[1])
        caption = head.rstrip()
        end = split.caption_span[0] + len(caption)
        credit = split.text[span[0] : span[1]]
        return CaptionSplit(
            split.text, caption, (split.caption_span[0], end), credit, span, "label" if head else "whole"
        )

    def _last_brackets(self, text: str) -> re.Match[str] | None:
        """Brackets after the last sentence that hold a name, or in another form a known house or a licence."""
        found = _LAST_BRACKETS.search(text) or _ANY_BRACKETS.search(text)
        if found is None or found.re is _LAST_BRACKETS:
            return found
        parsed = self.credit(found[1], named_so=False)
        return found if parsed and is_bracketed(parsed) else None

    def _with_host(self, split: CaptionSplit) -> CaptionSplit:
        """A site's address whole, of which the full stops are no ends of sentences."""
        span = split.credit_span
        if split.how != "tail" or span is None or split.text[span[0] - 1 : span[0]] != ".":
            return split
        start = max(split.text.rfind(sign, 0, span[0]) for sign in " \u00a0\n|(") + 1
        if start <= 0 or not _HOST.fullmatch(split.text[start : span[1]]):
            return split
        return _parted_at(split, start, (start, span[1]))

    def _with_name(self, split: CaptionSplit) -> CaptionSplit:
        """An agency with the photographer before it, where more than a slash parts them ("… . JANE ROE (EFE)")."""
        span, text = split.credit_span, split.text
        if (
            split.how not in ("brackets", "tail")
            or span is None
            or not split.caption
            or split.caption_span[1] > span[0]
        ):
            return split
        end = split.caption_span[1]
        gap = text[end : span[0]]
        found = name_before(text, end, self.context.language) if _GAP.fullmatch(gap) else None
        if found is None:
            return split
        close = 1 if "(" in gap and text[span[1] : span[1] + 1] == ")" else 0
        return _parted_at(split, found[0], (found[1], span[1] + close))

    def _without_place(self, split: CaptionSplit) -> CaptionSplit:
        """A bracket's maker without the day and the place told before him ("（4日午前、東京都、佐藤美咲撮影）")."""
        if split.how != "brackets" or not split.credit or split.credit_span is None or "、" not in split.credit:
            return split
        before, _, last = split.credit.rpartition("、")
        if not last.endswith(words()["maker_endings"]) or not _DAY.search(before):
            return split
        return replace(split, credit=last, credit_span=(split.credit_span[1] - len(last), split.credit_span[1]))

    def _opens_with_label(self, text: str) -> bool:
        if not (is_photo_label(text[:40]) or opens_with_colon(text)):
            return False
        known = credit_words(self.context.language).pattern("photo_label", "copyright")
        return bool(known.match(text.translate(ONE_TO_ONE).lstrip("([ ")))

    def is_byline(self, text: str) -> bool:
        """Whether a text opens like a byline ("By Jane Roe"), not like a photo's credit."""
        found = credit_words(self.context.language).pattern("by").match(text)
        return bool(found and not pattern("photo_words").search(found.group().lower()))

    def is_author(self, text: str) -> bool:
        """Whether a text names first of all who wrote the story, though perhaps its photographer too ("文/图 …")."""
        return credit_words(self.context.language).pattern("author_late").match(text) is not None

    def split(self, text: str) -> CaptionSplit:
        """A caption's text taken apart; one that opens with a label word is all credit."""
        key = (text, None)
        if key not in self._known:
            self._known[key] = self._split(text)
        found: CaptionSplit = self._known[key]
        return found

    def _split(self, text: str) -> CaptionSplit:
        start, end = quiet_span(text[:CAPTION_CHARS])
        inner = text[start:end]
        if not may_hold_credit(inner):
            return CaptionSplit(text, inner, (start, end))
        if len(inner) < 150 and self._opens_with_label(inner):
            whole = self.credit(inner)
            if whole and whole.label and not _is_more(whole.credit):
                return CaptionSplit(text, "", (0, 0), whole.credit, moved(whole.span, start), "whole")
        split = self._parted(inner)
        if split.how == "whole" and is_bare_label(split.credit or ""):
            return CaptionSplit(text, inner, (start, end))
        closing = self._closing(inner) if split.credit_span is None else None
        if closing:
            caption, at = inner[: closing[0]].rstrip(), moved(closing[1], start)
            return CaptionSplit(text, caption, (start, start + len(caption)), text[slice(*at)], at, "tail")
        last = self._last_brackets(inner) if split.credit_span is None else None
        open_end = split.credit_span is None or (split.how == "whole" and "。" in (split.credit or "")[:-1])
        made = maker_tail().search(inner) if open_end else None
        begin = made.start(1) if made else maker_start(inner, self.context.language) if open_end else None
        if begin is not None:
            caption, credit = inner[:begin].rstrip(" 、，＝"), inner[begin:].rstrip(" 。")
            at = (start + begin, start + begin + len(credit))
            return CaptionSplit(text, caption, (start, start + len(caption)), credit, at, "tail")
        if last:
            caption = inner[: last.start() + 1]
            return CaptionSplit(
                text, caption, (start, start + len(caption)), last[1], moved(last.span(1), start), "brackets"
            )
        split = self._with_name(self._with_host(self._without_place(self._with_agency(split))))
        where = split.credit_span
        bare = len(split.credit) - len(split.credit.lstrip("/|·=＝ ")) if split.credit else 0
        return replace(
            split,
            text=text,
            caption_span=moved(split.caption_span, start),
            credit=split.credit[bare:] if split.credit else None,
            credit_span=(where[0] + start + bare, where[1] + start) if where else None,
        )


def _parted_at(split: CaptionSplit, end: int, credit: Span) -> CaptionSplit:
    """The split of the same text with its caption up to `end`, and this credit."""
    start, text = split.caption_span[0], split.text
    caption = text[start:end].rstrip(" |/•·")
    return CaptionSplit(text, caption, (start, start + len(caption)), text[slice(*credit)], credit, "tail")


def _of_text(text: str, split: CaptionSplit) -> CaptionSplit:
    """The split of a text of which another spelling was asked, code point for code point."""
    credit = text[slice(*split.credit_span)] if split.credit_span else split.credit
    return replace(split, text=text, caption=text[slice(*split.caption_span)], credit=credit)


def _closed(parsed: PhotoCredit) -> PhotoCredit:
    """A credit with the quote that closes one in it, but no bracket that closes one outside it ("Jane Roe/File)")."""
    credit = parsed.credit or ""
    after = parsed.text[parsed.span[1] :]
    if "«" in credit and "»" not in credit and after.lstrip()[:1] == "»":
        end = parsed.span[1] + after.index("»") + 1
        return replace(parsed, credit=parsed.text[parsed.span[0] : end], span=(parsed.span[0], end))
    if not credit.endswith((")", "）")) or "(" in credit or "（" in credit:
        return parsed
    return replace(parsed, credit=credit[:-1], span=(parsed.span[0], parsed.span[1] - 1))


def _is_more(credit: str) -> bool:
    """Whether what follows a label is more than a credit: a sentence with a credit of its own."""
    return len(credit.split()) > _CREDIT_WORDS or "。" in credit[:-1] or bool(_SECOND.search(credit))
