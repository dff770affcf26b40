"""What clings to a name: e-mail, handle, date, place, role, suffix. Cut off, with a note of what was cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from provenance.credits.names import EAST_ASIAN, is_person, opens_with_given_name, script_of
from provenance.credits.words import Words, flat, words
from provenance.model import Span
from provenance.scripts import EAST

TOKEN = re.compile(r"\S+")
ADDRESS = re.compile(r"\s\S*@\S+|\s?https?://\S+|\s<[^>]*>")
STAMP = re.compile(
    r"(?<!\w)\d{1,4}(?:[.:/\-]\d|\s|[.,:]?$|th\b|st\b|nd\b|rd\b|\.\s|h\b|年|月)|(?<!\w)(?:19|20)\d\d(?!\w)|\d\d:\d\d"
)
EDGE = ' \t\r\n\u00a0\u3000,;:·•|/-–—*"“”„»«'


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name freed of what clung to it. `span` is the name's place in the text; `role` the job words cut off."""

    name: str
    span: Span
    role: str | None = None
    steps: tuple[str, ...] = ()


def trim(text: str, start: int, end: int, chars: str = " \t\r\n\u00a0\u3000,.;:·•|/-–—*'\"“”„") -> Span:
    """The span without these characters at its ends."""
    while start < end and text[start] in chars:
        start += 1
    while end > start and text[end - 1] in chars:
        end -= 1
    return start, end


Cut = Callable[[str, int, int, Words], tuple[int, int, str]]


def find_person(text: str, span: Span, language: str | None = None, *, single: bool = False) -> NameParts | None:
    """The person named in `text[span]`, freed of what clings to the name; None if there is none."""
    known = words(language)
    start, end = trim(text, *span, chars=EDGE)
    end = _keep_stop(text, start, end)
    steps: list[str] = []
    for cut in CUTS:
        new_start, new_end, step = cut(text, start, end, known)
        if (new_start, new_end) != (start, end):
            steps.append(step)
            start, end = trim(text, new_start, new_end, chars=EDGE + "(")
            end = _keep_stop(text, start, end)
    announced = (
        any(s.startswith(("strip-suffix", "strip-role")) for s in steps)
        and script_of(text[start : start + 1]) in EAST_ASIAN
    )
    if start < end and is_person(text[start:end], language, single=single or announced):
        role = next((s.split(":", 1)[1] for s in steps if s.startswith("strip-role:")), None)
        return NameParts(text[start:end], (start, end), role, tuple(steps))
    return None


def _keep_stop(text: str, start: int, end: int) -> int:
    """A full stop belongs to the name only after an initial, a title or a suffix ("R.", "Jr.")."""
    if end > start and text[end - 1] == ".":
        last = text[start:end].split()[-1]
        if len(last) > 3 or last[:-1].islower():
            return end - 1
    return end


def _cut_address(text: str, start: int, end: int, known: Words) -> tuple[int, int, str]:
    """An e-mail address, @handle or link after the name."""
    found = ADDRESS.search(text, start, end)
    return (start, found.start(), "strip-address") if found else (start, end, "")


def cut_date(text: str, start: int, end: int, known: Words) -> tuple[int, int, str]:
    """A date or time after the name, with the words that lead to it: "dpa am 25.01.2022", "X May 20, 2021"."""
    found = STAMP.search(text, start + 1, end)
    if not found or found.start() <= start:
        return start, end, ""
    stop = found.start()
    tokens = list(TOKEN.finditer(text, start, stop))
    while len(tokens) > 1 and flat(tokens[-1].group()).casefold().strip(".,:()|") in known.of("date_lead"):
        stop = tokens.pop().start()
    return start, stop, "strip-date"


def _cut_hanging(text: str, start: int, end: int, known: Words) -> tuple[int, int, str]:
    """A word that led to a date which stands elsewhere: "Jane Roe on"."""
    name, _, last = text[start:end].rpartition(" ")
    hangs = " " in name and last.islower() and last in known.of("date_lead")
    return (start, start + len(name), "strip-date") if hangs else (start, end, "")


def _cut_update(text: str, start: int, end: int, known: Words) -> tuple[int, int, str]:
    """ "Updated", "min read" and the like after the name."""
    found = known.pattern("updated").search(flat(text[start:end]))
    if found and found.start() > 3 and text[start + found.start() - 1].isspace():
        return start, start + found.start(), "strip-update"
    return start, end, ""


def _cut_stamp(text: str, start: int, end: int, known: Words) -> tuple[int, int, str]:
    """A date and time before the name: "15.10.24 23:35 Tuva Løland", "3:53pm CDT Jane Roe"."""
    tokens = list(TOKEN.finditer(text, start, end))[:10]
    last = max((i for i, t in enumerate(tokens) if t.group()[0].isdigit()), default=-1)
    if last < 0 or not tokens[0].group()[0].isdigit() or len(tokens) - last < 3:
        return start, end, ""
    first = last + 1
    while first < len(tokens) - 2 and (
        tokens[first].group().isupper() or flat(tokens[first].group()).casefold().strip(".,") in known.of("updated")
    ):
        first += 1
    return tokens[first].start(), end, "strip-date"


def _cut_suffix(text: str, start: int, end: int, known: Words) -> tuple[int, int, str]:
    """Words after a name that say a name stood there: 記者, 기자, "skrifar frá X", "berichtet"."""
    low = flat(text[start:end]).casefold()
    found = _suffix_pattern(known.language).search(low)
    if found and found.start() > 1:
        stop = start + found.start()
        first, _, rest = text[start:stop].strip().rpartition(" ")
        if (
            known.language == "ko"
            and first
            and " " not in first
            and is_person(first, "ko")
            and not is_person(rest, "ko")
        ):
            stop = start + text[start:stop].index(first) + len(first)  # a field before the job: 홍길동 나무 칼럼니스트
        return start, stop, f"strip-suffix:{text[stop:end].strip()}"
    return start, end, ""


@lru_cache(maxsize=128)
def _suffix_pattern(language: str) -> re.Pattern[str]:
    phrases = sorted(Words(language).of("byline_suffix"), key=len, reverse=True)
    east = [re.escape(p) for p in phrases if p[0] >= EAST or (p.isascii() and language == "ko")]
    west = [r"\s+".join(map(re.escape, p.split())) for p in phrases if p[0] < EAST]
    rows = [rf"\s?(?:{'|'.join(east)})(?:\s.*)?$"] if east else []
    rows += [rf"\s(?:{'|'.join(west)})(?:\s.*)?$"] if west else []
    return re.compile("|".join(rows) or r"(?!)")


def _cut_role(text: str, start: int, end: int, known: Words) -> tuple[int, int, str]:
    """Role words that follow the name without a comma: Amy Gibbons Political Correspondent."""
    tokens = list(TOKEN.finditer(text, start, end))[:16]
    first = next((i for i, t in enumerate(tokens) if i >= 2 and is_role_word(t.group(), known)), None)
    if first is None:
        return start, end, ""
    modifiers = known.of("role_modifier")
    capitals = tokens[0].group().isupper()
    for i in range(2, first):
        word = tokens[i].group().strip(",")
        if word.casefold() in modifiers or (word.isupper() and len(word) in (2, 3) and not capitals):
            first = i
            break
    if all(t.group().casefold() in modifiers for t in tokens[: first - 1]) and not opens_with_given_name(text, start):
        return start, start, ""  # a job and nothing else: Senior Supreme Court Analyst, Chief Political Correspondent
    return start, tokens[first].start(), f"strip-role:{text[tokens[first].start() : end]}"


def _cut_lead_role(text: str, start: int, end: int, known: Words) -> tuple[int, int, str]:
    """Role words before the name: "Political Editor Jane Roe", "unserem Korrespondenten Max Muster"."""
    tokens = list(TOKEN.finditer(text, start, end))[:10]
    last = -1
    for i, token in enumerate(tokens[:6]):
        if is_role_word(token.group(), known):
            last = i
    ahead = tokens[: last + 1]
    fewest = 1 if tokens and script_of(tokens[-1].group()) in EAST_ASIAN else 2
    if last < 0 or len(tokens) - last - 1 < fewest or tokens[last].group().endswith(","):
        return start, end, ""
    plain = [flat(t.group()).casefold().strip(".,") for t in ahead]
    fine = known.of("role_modifier") | known.of("role") | known.of("stop") | known.of("org")
    if all(
        w in fine or is_role_word(w, known) or (w[:1].islower() and t.group()[:1].islower())
        for w, t in zip(plain, ahead, strict=True)
    ):
        return tokens[last + 1].start(), end, f"strip-role:{text[start : tokens[last].end()]}"
    return start, end, ""


def _cut_place(text: str, start: int, end: int, known: Words) -> tuple[int, int, str]:
    """A place after the name: "Jane Roe in Paris", "Max Muster aus Berlin"."""
    tokens = list(TOKEN.finditer(text, start, end))[:12]
    leads = known.of("place_lead")
    for i in range(2, len(tokens) - 1):
        lead = tokens[i].group() in leads and tokens[i + 1].group()[0].isupper()
        if lead and is_person(text[start : tokens[i - 1].end()], known.language):
            return start, tokens[i].start(), f"strip-place:{text[tokens[i].start() : end]}"
    return start, end, ""


def _cut_town(text: str, start: int, end: int, known: Words) -> tuple[int, int, str]:
    """A town behind a full stop: "Jane Roe. Madrid"."""
    found = _TOWN.search(text, start, end)
    if (
        found
        and len(text[start : found.start()].split()) > 1
        and is_person(text[start : found.start()], known.language)
    ):
        return start, found.start(), f"strip-place:{found.group().strip(' .')}"
    return start, end, ""


_TOWN = re.compile(r"(?<=[^\W\d_]{4})\. [^\W\d_a-z][^\W\d_]+(?: [^\W\d_a-z][^\W\d_]+)?$")


def seams(text: str, start: int, end: int, small: int = 3) -> Iterator[int]:
    """Where a word runs into the next: a capital after at least `small` small letters ("TurniersBild")."""
    run = 0
    for i in range(start, end):
        char = text[i]
        if char.isupper() and run >= small:
            yield i
        run = run + 1 if char.islower() else 0


def _cut_glued(text: str, start: int, end: int, known: Words) -> tuple[int, int, str]:
    """Words run together by a page's layout: "ByJane Roe", "Jane RoePublished", "Max MusterRedakteur"."""
    begin, stop = start, end
    for size in (2, 3, 4):
        lead, rest = text[start : start + size], text[start + size : end]
        glued = rest[:1].isupper() and rest[1:3].islower() and lead[1:].islower()
        if glued and lead.casefold() in known.of("by") | known.of("by_inside"):
            begin = start + size
    for token in list(TOKEN.finditer(text, begin, end))[1:5]:
        seam = next(seams(text, token.start(), token.end(), 4), None)
        if seam:
            stop = seam
            break
    return (begin, stop, "split-glued") if (begin, stop) != (start, end) else (start, end, "")


def _cut_repeat(text: str, start: int, end: int, known: Words) -> tuple[int, int, str]:
    """The same name twice: "Jane Roe Jane Roe"."""
    tokens = list(TOKEN.finditer(text, start, end))
    half = len(tokens) // 2
    if 1 < half <= 4 and len(tokens) == 2 * half:
        names = [t.group() for t in tokens]
        if names[:half] == names[half:]:
            return start, tokens[half - 1].end(), "strip-repeat"
    return start, end, ""


CUTS: tuple[Cut, ...] = (
    _cut_glued,
    _cut_address,
    _cut_stamp,
    cut_date,
    _cut_hanging,
    _cut_update,
    _cut_repeat,
    _cut_suffix,
    _cut_lead_role,
    _cut_role,
    _cut_place,
    _cut_town,
)


def is_role_word(token: str, known: Words) -> bool:
    """One word that names a job: editor, Redakteurin, Online-Redakteurin, corresponsal."""
    return _is_role_word(token, known.language)


@lru_cache(maxsize=32768)
def _is_role_word(token: str, language: str) -> bool:
    known = Words(language)
    low = flat(token).casefold().strip(".,:;()")
    if low in known.of("role") or (low.endswith("s") and low[:-1] in known.of("role")):
        return True
    tail = low.rsplit("-", 1)[-1]
    return tail in known.of("role") or (len(low) > 6 and low.endswith(_role_suffixes(language)))


@lru_cache(maxsize=128)
def _role_suffixes(language: str) -> tuple[str, ...]:
    return tuple(sorted(Words(language).of("role_suffix")))


def is_role(text: str, language: str | None = None) -> bool:
    """True when the text holds a job word: "Political Editor", "Volontär (Sport)", "corresponsal en Atenas"."""
    known = words(language)
    return any(is_role_word(t, known) for t in text[:200].split()[:12])


def script_has_case(text: str) -> bool:
    return script_of(text) in ("LATIN", "CYRILLIC", "GREEK")
