"""What makes a stretch of text a photo's credit line: labels, brackets, holders' words; what no credit looks like."""

from __future__ import annotations

import re

from provenance.credits.classify import segments
from provenance.credits.clinging import trim
from provenance.credits.naming import DOMAIN
from provenance.credits.segments import Kind, Segment, Sep, Setting
from provenance.credits.words import Words, firm_labels, flat
from provenance.model import Span
from provenance.scripts import EAST

MAX_CREDIT = 250
MAX_TAIL = 160
PAIRS = {"(": ")", "[": "]", "【": "】", "（": "）", "「": "」", "《": "》"}
POINTERS = "▲△▼▽◆■●↑↓"
"""Signs that point from a caption to its picture, as East Asian pages print them."""
EDGE = ' \t\r\n\u00a0\u3000,;:·•|*"“”„»«。：｜' + POINTERS
ACRONYM = re.compile(r"^[^\W\d_a-z]{2,6}$")
WORD = re.compile(r"[^\W\d_][\w'’.-]*")
BAR_LABEL = re.compile(r"([^\W\d_]{4,12})\s?[|–—-]\s(?=\S)")
LABEL_WORDS = re.compile(r"(?:[^\W\d_][\w'’-]*\.? ){0,3}[^\W\d_][\w'’-]*$")
FIRM = re.compile(r"[:=]$|[\u2e80-\uffef]\s?[/|]$")
GLUE = re.compile(r"(?<=[.!?»”)\"\d])(?=[^\W\d_])")


def label_at(plain: str, span: Span, ctx: Setting) -> int | None:
    """Where a label word at the start of the span ends, or None: "Foto:", "Photo by", "©", "Crédit photo"."""
    start, end = span
    found = ctx.words.pattern("photo_label", "copyright").match(plain, start, end)
    if found and _label_ends(plain, found.start(), found.end(), end):
        return found.end()
    if bar := BAR_LABEL.match(plain, start, end):
        return bar.end() if bar.group(1).lower() in firm_labels() else None
    colon = plain.find(":", start, min(end, start + 40))
    if colon > start and plain[start:colon].strip().lower() in firm_labels() and plain[colon + 1 : end].strip():
        return colon + 1
    return None


def _label_ends(plain: str, start: int, end: int, stop: int) -> bool:
    """A bare label word ("Foto", "photo") needs a name after it, no word of a sentence; a label alone is none."""
    rest = plain[end:stop].lstrip(" :-–—,")
    if not rest.strip(" ."):
        return False
    if plain[end - 1] in ":=.©)" or plain[end - 1] == "/" or " " in plain[start:end].strip():
        return True
    return (not rest[0].islower() or rest[0] in "@(") and plain[end : end + 1] not in ("-", "/", ",")


def labels_in(plain: str, span: Span, ctx: Setting) -> list[tuple[int, int, bool]]:
    """Labels inside a caption as (start, end, firm). A firm one is © or ends in a colon, in East Asian scripts also in
    a slash or bar; it may be glued to a word.
    """
    out: list[tuple[int, int, bool]] = []
    for found in ctx.words.pattern("photo_label", "copyright").finditer(plain, *span):
        spoken = plain[found.start()].islower() and plain[found.end() :].lstrip()[:1].islower()  # "its copyright terms"
        firm = bool(FIRM.search(found.text.rstrip())) or (found.kind == "copyright" and not spoken)
        out.append((found.start(), found.end(), firm))
    at = plain.find(":", *span)
    while at >= 0 and len(out) < 40:
        if begin := _firm_before(plain, at, span[0]):
            out.append((begin - 1, at + 1, True))
        at = plain.find(":", at + 1, span[1])
    return sorted(set(out))


def _firm_before(plain: str, colon: int, start: int) -> int | None:
    """1 + the start of a label of any language that ends at a colon, also glued to the word before; None if none."""
    head = LABEL_WORDS.search(plain, max(start, colon - 40), colon)
    if not head:
        return None
    text = head.group().rstrip()
    cuts = {0, *(m.end() for m in re.finditer(r" ", text)), *(i for i, c in enumerate(text) if c.isupper())}
    for cut in sorted(cuts):
        if text[cut:].strip().lower() in firm_labels():
            return head.start() + cut + 1
    return None


def strip_noise(plain: str, span: Span, known: Words) -> Span:
    """Without words of buttons at either end ("Vis mer", "hide caption")."""
    start, end = span
    for _ in range(3):
        head = known.pattern("noise").match(plain, start, end)
        if head and head.end() < end:
            start = trim(plain, head.end(), end, EDGE)[0]
        tail = [f for f in known.pattern("noise").finditer(plain, max(start, end - 40), end) if f.end() == end]
        if not tail or tail[-1].start() <= start:
            break
        end = trim(plain, start, tail[-1].start(), EDGE)[1]
    return start, end


def unwrap(text: str, span: Span) -> Span:
    """The span inside brackets that hold all of it."""
    start, end = trim(text, *span, chars=EDGE)
    if end - start > 2 and text[start] in PAIRS and text[end - 1] == PAIRS[text[start]]:
        inner = text[start + 1 : end - 1]
        if text[start] not in inner and text[end - 1] not in inner:
            return trim(text, start + 1, end - 1, chars=EDGE)
    return start, end


def refusal(raw: str, ctx: Setting, *, labelled: bool = False) -> str | None:
    """Why a text is no credit line, or None."""
    if not any(c.isalnum() for c in raw):
        return "empty"
    if len(raw) > MAX_CREDIT:
        return "too long for a credit line"
    plain = flat(raw)
    if not labelled and is_advert(raw, ctx.words):
        return "the label of an advertisement"
    rights = ctx.words.pattern("rights").search(plain)
    if rights and not any(c.isalnum() for c in plain[: rights.start()] + plain[rights.end() :]):
        return "only reserves rights"
    if is_sentence(plain, ctx):
        return "a sentence"
    first = plain.split(" ", 1)[0].casefold()
    if not labelled and " " in plain.strip() and first in ctx.words.of("by") and first in ctx.words.of("by_inside"):
        return "a byline"
    return None


def is_sentence(plain: str, ctx: Setting) -> bool:
    """Many words in small letters that credits do not use; in East Asian text, length and particles of grammar."""
    tokens = [t for t in plain.split() if t[0].isalpha()]
    if len(tokens) < 4:
        return sum(c > EAST and c.isalpha() for c in plain) > 24
    fine = ctx.words.of("particle") | ctx.words.of("via") | ctx.words.of("for") | ctx.words.of("and")
    fine |= ctx.words.of("holder") | ctx.words.of("role")
    parts = {w for t in tokens for w in re.split(r"[/|]", t)} & ctx.authority.small_words
    small = [
        t for t in tokens if t[0].islower() and t.strip(".,:;()").casefold() not in fine and not _part_of(t, parts)
    ]
    spare = sum(len(f.text.split()) for f in ctx.words.pattern("rights", "holder_suffix", "keep_label").finditer(plain))
    count = max(0, len(small) - spare)
    stops = sum(t in ctx.words.of("stop") for t in tokens)
    return count * 10 > 3 * len(tokens) or (stops > 2 and stops * 10 > 2 * len(tokens)) or len(tokens) > 28


def is_remark(raw: str, known: Words) -> bool:
    """Words that qualify the picture and credit nobody: "(stock image)", "Symbolbild"."""
    return " ".join(flat(raw).casefold().split()).strip(" .()[]:-–—") in known.of("remark")


def is_advert(raw: str, known: Words) -> bool:
    """The word that sets an advertisement apart, brackets around it or not: "[PR]", "Anzeige"."""
    return " ".join(flat(raw).casefold().split()).strip(" .()[]:-–—【】") in known.of("advert")


def _part_of(token: str, parts: set[str]) -> bool:
    return any(w in parts for w in re.split(r"[/|]", token.strip(".,")))


def is_generic(raw: str, known: Words) -> bool:
    """Only words that name no party: File photo, Handout, Symbolbild, Screenshots Instagram/TikTok, 資料写真."""
    low = " ".join(flat(raw).casefold().split()).strip(" .()[]:-–—")
    holders = known.of("holder")
    if not low:
        return not raw.strip() or not any(c.isalnum() for c in raw)
    if low in holders or low + "." in holders:
        return True
    parts = [p.strip(" .()") for p in re.split(r"[/|,;:]|\s-\s", low) if p.strip(" .()")]
    return all(p in holders or p + "." in holders or all(w in holders for w in p.split()) for p in parts) and bool(
        parts
    )


ANCHORS = (Kind.AGENCY, Kind.HOUSE)
FITTING = (
    Kind.AGENCY,
    Kind.HOUSE,
    Kind.PERSON,
    Kind.ORGANISATION,
    Kind.DESK,
    Kind.SHORTHAND,
    Kind.NOISE,
    Kind.COLLECTIVE,
)


def credit_like(text: str, span: Span, ctx: Setting, *, glued: bool = False) -> bool:
    """Without a label: an agency, the house or a holder's word anchors the line, and every other part can be read."""
    raw = text[span[0] : span[1]]
    if not raw.strip() or len(raw) > MAX_TAIL or refusal(raw, ctx):
        return False
    if is_generic(raw, ctx.words):
        return not is_remark(raw, ctx.words)
    parts = segments(text, span, ctx)
    if not parts or len(parts) > 8:
        return False
    if _kept_label(flat(raw), ctx):
        return True
    anchors = [p for p in parts if _anchor(text, p, ctx, len(parts) + glued)]
    unread = [p for p in parts if p.kind not in FITTING and not is_generic(text[p.span[0] : p.span[1]], ctx.words)]
    if not anchors or len(unread) > 1 or any(_wordy(text, p, ctx) for p in parts):
        return False
    return not unread or (_joined(unread[0], parts) and len(text[unread[0].span[0] : unread[0].span[1]].split()) <= 5)


def _wordy(text: str, part: Segment, ctx: Setting) -> bool:
    """A piece of a sentence: small words that are part of no name."""
    if part.kind is Kind.AGENCY:
        return False
    raw = flat(text[part.span[0] : part.span[1]])
    if is_generic(raw, ctx.words):
        return False
    small = [t for t in raw.split() if t[0].islower() and t not in ctx.words.of("particle")]
    sentence = part.sep is Sep.FOR and part.kind in (Kind.UNKNOWN, Kind.PERSON)
    return sentence or len(small) >= (1 if part.kind is Kind.UNKNOWN else 2)


def _kept_label(plain: str, ctx: Setting) -> bool:
    """ "Courtesy of X", "Cedida por X": words of handing over that are printed as part of the credit."""
    found = ctx.words.pattern("keep_label").match(plain)
    rest = plain[found.end() :].split() if found else []
    return any(t.lstrip("'\"@«„“")[:1].isupper() or t.startswith("@") for t in rest[:3])


def _anchor(text: str, part: Segment, ctx: Setting, count: int) -> bool:
    """A part that makes the line a credit. Alone, a weak agency name must be an acronym or small ("dpa")."""
    raw = text[part.span[0] : part.span[1]]
    if part.kind in ANCHORS:
        return count > 1 or raw not in ctx.authority.weak or raw.isupper() or raw.islower() or not raw.isascii()
    if part.kind is Kind.ORGANISATION and DOMAIN.match(raw):
        return count > 1
    return part.sep in (Sep.SLASH, Sep.VIA, Sep.START) and count > 1 and is_generic(raw, ctx.words)


def _joined(part: Segment, parts: list[Segment]) -> bool:
    """The unread part stands beside its neighbour with a slash, "via" or a bar."""
    at = parts.index(part)
    after = parts[at + 1].sep if at + 1 < len(parts) else None
    return any(s in (Sep.SLASH, Sep.VIA, Sep.BAR) for s in (part.sep, after))
