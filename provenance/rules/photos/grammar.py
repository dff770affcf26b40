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
from provenance.credits.words import ONE_TO_ONE, flat
from provenance.credits.words import words as credit_words
from provenance.limits import LIMITS
from provenance.model import Context, Span
from provenance.rules.photos.closing import closes, closing_start, is_bracketed, is_long_enough
from provenance.rules.photos.makers import maker_start
from provenance.rules.photos.marks import pattern
from provenance.rules.photos.mending import mended, of_text
from provenance.rules.photos.signs import (
    TAIL_CHARS,
    bare_label_end,
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
_CREDIT_WORDS = 8
_FULL_STOPS = {0x964: ".", 0x6D4: ".", 0x589: "."}
"""Full stops of other scripts (हिन्दी।, اردو۔, հայերեն։) as the one that the grammar of captions knows."""
_ANY_BRACKETS = re.compile(r"\s[(（]([^()（）]{4,60})[)）]\.?$")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-–]\s?\d{2,4})?\.?")
_PLACEHOLDER = re.compile(r"[Xx×]{2,}(?![^\W_])|[_.…*]{3,}")
"""What stands for a name in a notice to those who copy pages."""
_SECOND = re.compile(r"[.!?]\s+[^\W\d]+\s?[:：]")
"""A label after a sentence: then the first one only said that a picture follows ("Image: … . Pic: AP")."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """The grammar in one page's context."""

    context: Context
    _known: dict[tuple[str, bool | None], Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def full(self) -> bool:
        """Whether it has read as many texts as a page may have read."""
        return len(self._known) >= LIMITS.credit_texts

    def credit(self, text: str, *, named_so: bool = True) -> PhotoCredit | None:
        """The credit that a text is as a whole; None for anything else.

        `named_so` tells that the markup calls the text a credit: then "by Jane Roe" is the photographer.
        """
        key = (text, named_so)
        if key not in self._known:
            self._known[key] = None if self.full else self._credit(text, named_so)
        found: PhotoCredit | None = self._known[key]
        return found

    def _credit(self, text: str, named_so: bool) -> PhotoCredit | None:
        if not text or len(text) > CREDIT_CHARS or _COUNT.fullmatch(text) or is_bare_label(text):
            return None
        here = self.context
        twice = self._second_label(text)
        if twice:
            return self._relabelled(text, twice, named_so)
        before = label_end(text)
        if before:
            return self._relabelled(text, before, named_so)
        parsed = parse_photo_credit(text, here.language, here.country, here.house)
        made = _MADE_LABEL.match(text) if not parsed.label else None
        if made and is_photo_label(made.group()) and made.end() < len(text):
            return self._relabelled(text, made.end(), named_so)
        if parsed.refused or not parsed.credit or is_bare_label(parsed.credit) or _COUNT.fullmatch(parsed.credit):
            return None
        if _YEAR.fullmatch(parsed.credit) or _PLACEHOLDER.match(parsed.credit):
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

    def _second_label(self, text: str) -> int:
        """Where a label begins that another one without a colon stands before ("Credit Image by …"); 0 for none."""
        start = bare_label_end(text)
        known = credit_words(self.context.language).pattern("photo_label", "copyright") if start else None
        found = known.match(flat(text[start:])) if known else None
        return start if found and len(text) > start + found.end() + 1 else 0

    def _relabelled(self, text: str, start: int, named_so: bool) -> PhotoCredit | None:
        """The credit after a label that a page made up ("Rubriklistenbild: © …")."""
        rest = self._credit(text[start:], named_so)
        if rest is None:
            return None
        return replace(
            rest, text=text, span=moved(rest.span, start), label=f"{text[:start].strip()} {rest.label or ''}".strip()
        )

    def _is_rights_notice(self, text: str) -> bool:
        """Whether a text only reserves rights and names nobody."""
        bare = text.strip(" .")
        found = credit_words(self.context.language).pattern("rights").match(bare)
        return found is not None and found.end() == len(bare)

    def _parted(self, text: str) -> CaptionSplit:
        """The grammar's split, where a label opens a sentence ("FILE PHOTO: …") that of the sentence."""
        here = self.context
        split = of_text(text, split_caption(text.translate(_FULL_STOPS), here.language, here.country, here.house))
        if split.credit and (_YEAR.fullmatch(split.credit) or _PLACEHOLDER.match(split.credit)):
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

    def _last_brackets(self, text: str) -> re.Match[str] | None:
        """Brackets after the last sentence that hold a name, or in another form a known house or a licence."""
        found = _LAST_BRACKETS.search(text) or _ANY_BRACKETS.search(text)
        if found is None or found.re is _LAST_BRACKETS:
            return found
        parsed = self.credit(found[1], named_so=False)
        return found if parsed and is_bracketed(parsed) else None

    def _opens_with_label(self, text: str) -> bool:
        if not (is_photo_label(text[:40]) or opens_with_colon(text)):
            return False
        known = credit_words(self.context.language).pattern("photo_label", "copyright")
        return bool(known.match(text.translate(ONE_TO_ONE).lstrip("([ ")) or self._second_label(text))

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
            self._known[key] = CaptionSplit(text, text, (0, len(text))) if self.full else self._split(text)
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
        split = mended(split, self.context)
        where = split.credit_span
        bare = len(split.credit) - len(split.credit.lstrip("/|·=＝ ")) if split.credit else 0
        return replace(
            split,
            text=text,
            caption_span=moved(split.caption_span, start),
            credit=split.credit[bare:] if split.credit else None,
            credit_span=(where[0] + start + bare, where[1] + start) if where else None,
        )


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
