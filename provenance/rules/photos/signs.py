"""Signs of credits in texts: label words, separators, words of buttons; and spans moved and trimmed accordingly."""

from __future__ import annotations

import re
from functools import lru_cache

from provenance.credits.words import firm_labels
from provenance.model import Span
from provenance.rules.photos.marks import pattern, words

TRIM = " \t|/·•–—-:;,"
TAIL_CHARS = 160
_COUNTER_CHARS = 40
_AHEAD = TRIM + ".!?…"
_CLOSING = frozenset(")）]】")
_COLON = re.compile(r"([^\W\d]+)\W?\s?[:：]")
_BARS = re.compile(r"[|｜＝]|\s/\s|/[A-Z]")
_SIGN = re.compile(r"[/|｜＝=@।۔]|\s[–—-]\s")
_BREAK = re.compile(r"[.!?…»”\"。！？]\s*(?=\S)")


def may_hold_credit(text: str, *, sure: bool = False) -> bool:
    """Whether any sign of a credit stands in a text; most captions end here, before the grammar is asked.

    With `sure` only signs that are meant as such count: brackets at the end, a label word, a copyright mark.
    """
    tail = text[-TAIL_CHARS:].rstrip(" .\u3002")
    if tail[-1:] in _CLOSING or "©" in text or pattern("photo_words").search(tail.lower()):
        return True
    if tail.endswith(words()["maker_endings"]):
        return True
    ends = f"{text[:40]} {tail}"
    if (":" in ends or "：" in ends) and any(word.casefold() in label_ends() for word in _COLON.findall(ends)):
        return True
    if sure:
        return bool(_BARS.search(tail))
    last = _BREAK.split(tail)[-1]
    short = len(last) <= 80 and (text.rstrip()[-1:] != "." or len(last.split()) <= 5)
    return len(text) < 40 or short or bool(_SIGN.search(tail) or pattern("hints").search(tail.lower()))


@lru_cache(maxsize=1)
def label_ends() -> frozenset[str]:
    """Last words of the labels that end in a colon, in all languages."""
    return frozenset(label.split()[-1].casefold() for label in firm_labels() if label.strip())


def opens_with_colon(text: str) -> bool:
    """Whether the first word of a text, brackets apart, has a colon after it."""
    return _COLON.match(text[:40].lstrip("([ ")) is not None


def moved(span: Span, by: int) -> Span:
    """A span counted from another beginning."""
    return (span[0] + by, span[1] + by)


def is_bare_label(text: str) -> bool:
    """Whether a text is only the word that should come before a credit ("Copyright", "Foto:")."""
    bare = text.strip(" :.,|").casefold()
    return bare in words()["bare_labels"] or (
        " + " in bare and all(part.strip() in words()["bare_labels"] for part in bare.split("+"))
    )


@lru_cache(maxsize=1)
def _stuck_labels() -> re.Pattern[str]:
    """Label words that the grammar does not part from a name: without a space, repeated, or with a comma."""
    labels = sorted((w for w in words()["bare_labels"] if len(w) > 3 and w.isascii()), key=len, reverse=True)
    listed = "|".join(re.escape(w) for w in labels)
    return re.compile(rf"(?i:(?:{listed}))(?:(?:\.\.\.|…|(?i:{listed}))+|\s?,\s|(?=[A-Z][a-z]+\s[A-Z]))")


def label_end(text: str) -> int:
    """Where label words and separators end that stand before a credit in a way of their own; 0 where none do."""
    found = _stuck_labels().match(text)
    end = found.end() if found else 0
    return end + len(text[end:]) - len(text[end:].lstrip(" /|·")) if end < len(text) else 0


@lru_cache(maxsize=1)
def _bare_labels() -> re.Pattern[str]:
    labels = sorted((w for w in words()["bare_labels"] if len(w) > 3), key=len, reverse=True)
    return re.compile(rf"(?i:{'|'.join(map(re.escape, labels))})(?:[\s.,|–—-]+(?=\w)|(?=[A-Z]))")


def bare_label_end(text: str) -> int:
    """Where a label word ends that opens a text and has no colon, with the signs behind it; 0 where none does."""
    found = _bare_labels().match(text)
    return found.end() if found else 0


@lru_cache(maxsize=1)
def maker_tail() -> re.Pattern[str]:
    """A last sentence that ends in a word for "took this picture", which East Asian pages set behind the name.

    Who passed the picture on may follow ("…公安分局供图 华龙网").
    """
    endings = "|".join(words()["maker_endings"])
    return re.compile(rf"[。！？、＝]\s*([^。！？、＝]{{1,30}}(?:{endings})(?:\s+[^。！？、\s]{{1,8}})?)\s*$")


@lru_cache(maxsize=1)
def _noise() -> tuple[str, ...]:
    return tuple(sorted(words()["caption_noise"], key=len, reverse=True))


@lru_cache(maxsize=1)
def _counter() -> re.Pattern[str]:
    """A photo's place in a gallery: "[1/5]", "Slide: 1 / of 2 .", "Foto 3 de 12"; bare numbers may be a date's."""
    opening = "|".join(map(re.escape, words()["counter_words"]))
    joins = "|".join(map(re.escape, sorted(words()["counter_joins"], key=len, reverse=True)))
    return re.compile(
        rf"(?:\[\d+/\d+\]|\b(?:{opening}):?\s?(\d{{1,3}})\s?(?:{joins})\s?(\d{{1,3}})\b)[\s.:|–—-]*", re.I
    )


@lru_cache(maxsize=1)
def _bare_counter() -> re.Pattern[str]:
    joins = "|".join(map(re.escape, words()["counter_joins"]))
    return re.compile(rf"\s*\d{{1,3}}\s?(?:{joins})\s?\d{{1,3}}[\s.]*")


def _without_counter(text: str) -> Span:
    if _bare_counter().fullmatch(text):
        return len(text), len(text)
    first = _counter().match(text)
    start = first.end() if first and _counts(first) else 0
    floor = max(start, len(text) - _COUNTER_CHARS)
    at_end = (m for m in _counter().finditer(text, floor) if m.end() == len(text) and m[1] and _counts(m))
    last = next(at_end, None)
    return start, len(text[: max(start, last.start())].rstrip()) if last else len(text)


def _counts(found: re.Match[str]) -> bool:
    """Whether a place is within its number: "24/7" is none."""
    return found[1] is None or int(found[1]) <= int(found[2])


def quiet_span(text: str) -> Span:
    """A text without the words of buttons at its ends ("hide caption") and the count of a gallery ("[1/5]")."""
    start, end = _without_counter(text)
    for _ in range(6):
        rest = start + len(text[start:end].rstrip(" ."))
        if text.endswith(_noise(), start, rest):
            at = rest - len(next(w for w in _noise() if text.endswith(w, start, rest)))
            if text[at - 1 : at].isalnum():
                break
            end = start + len(text[start:at].rstrip())
        elif text.startswith(_noise(), start, end):
            start += len(next(w for w in _noise() if text.startswith(w, start, end)))
            start += len(text[start:end]) - len(text[start:end].lstrip(" .,:"))
        else:
            break
    return start, end


def trimmed(text: str, span: Span) -> Span:
    """A span without separators at its ends, nor a label word that the credit left behind ("… | Bild")."""
    start, end = span
    for _ in range(2):
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip(TRIM))
        end = start + len(text[start:end].rstrip(TRIM + "(（["))
        head, separator, last = text[start:end].rpartition(" ")
        if separator and head[-1:] in _AHEAD and is_bare_label(last):
            end = start + len(head)
    start, end = start, max(start, end)
    inner = quiet_span(text[start:end])
    return moved(inner, start)


def opens_with_mark(text: str) -> bool:
    """Whether a text opens with a copyright mark, or with a word for photos and a colon."""
    return text[:1] == "©" or (opens_with_colon(text) and is_photo_label(text[:20]))


def is_photo_label(text: str) -> bool:
    """Whether the words before a credit say that it is a photo's."""
    return "©" in text or bool(pattern("photo_words").search(text.lower()))


def words_of(text: str) -> frozenset[str]:
    """Words of a credit, to compare two printings of it."""
    return frozenset(re.findall(r"\w+", text.casefold()))
