"""Is a text the name of a person? Shape rules per script, and the words that no name holds.

The rules are cautious: what is not plainly a name stays unread, since a wrong author is worse than none.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from provenance.credits.authorities import fold
from provenance.credits.words import Words, flat, phrase_data, words
from provenance.model import Span

MAX_NAME = 80
TOKEN = re.compile(r"[^\s]+")
INITIAL = re.compile(r"^(?:[^\W\d_]\.?-?){1,3}\.?$")
MARKS = frozenset("'.-‐‑·ʻʹ`´׳״־")
HAN = re.compile(r"^[\u3400-\u9fff々〆ヶ\U00020000-\U0003134f]+$")
KANA = re.compile(r"[\u3040-\u30ff]")
HANGUL = re.compile(r"^[\uac00-\ud7a3]+$")
SENTENCE = re.compile(r"[!?;:@#%&*=<>{}\\\"“”„«»…。！？]|\d|\.\s+\w{4,}\s+\w")
CASED = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN")


@lru_cache(maxsize=65536)
def _script(char: str) -> str:
    return unicodedata.name(char, "").split(" ")[0]


def script_of(text: str) -> str:
    """Name of the script of the first letter: LATIN, CYRILLIC, CJK, HANGUL, ARABIC …; "" without a letter."""
    return next((_script(c) for c in text if c.isalpha()), "")


def is_person(text: str, language: str | None = None, *, single: bool = False) -> bool:
    """True when `text` has the shape of one person's name. `single` lets one word alone pass ("Madonna")."""
    text = fold(flat(text)).strip(" ,.;") if not text.endswith(".") else fold(flat(text)).strip(" ,;")
    if not 2 <= len(text) <= MAX_NAME or SENTENCE.search(text):
        return False
    script = script_of(text)
    if script in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL"):
        return _east_asian(text)
    known = words(language)
    tokens = text.split()
    if not 1 <= len(tokens) <= 8 or (len(tokens) == 1 and not single):
        return False
    if _forbidden(tokens, text, known):
        return False
    return _cased(tokens, known) if script in CASED else _uncased(tokens)


def _forbidden(tokens: list[str], text: str, known: Words) -> bool:
    """Organisation, role, date and function words; capitals excuse none of them but an initial."""
    lower = [t.casefold().strip(".,'") for t in tokens]
    whole = text.casefold()
    if any(whole in known.of(kind) for kind in ("generic", "collective", "holder", "updated", "stop")):
        return True
    particles = known.of("particle")
    for i, token in enumerate(lower):
        if token in known.of("org") or _org_suffix(token, known):
            return True
        if token in known.of("stop") and token not in particles and len(token) > 1:
            return True
        if i and token in known.of("role") and token not in particles:
            return True
    return False


def _org_suffix(token: str, known: Words) -> bool:
    return any(len(token) > len(s) + 2 and token.endswith(s) for s in known.of("org_suffix"))


def _cased(tokens: list[str], known: Words) -> bool:
    """Capitalised words, with particles and initials between them; at least one word of two letters."""
    particles, titles = known.of("particle"), known.of("person_title") | known.of("name_suffix")
    full = 0
    for i, token in enumerate(tokens):
        bare = token.strip(",")
        if bare.casefold() in titles or (INITIAL.match(bare) and bare[0].isupper() and len(bare) <= 5 and "." in bare):
            continue
        if bare.casefold() in particles and not bare[0].isupper():
            if i == len(tokens) - 1:
                return False
            continue
        if not _name_word(bare):
            return False
        full += len(bare) > 1
    return full >= (1 if len(tokens) == 1 or any("." in t for t in tokens) else 2) or (full == 1 and len(tokens) > 1)


def _name_word(token: str) -> bool:
    """One capitalised word: letters, apostrophes, hyphens, a final stop of an initial; inner capitals are fine."""
    if not all(c.isalpha() or c in MARKS or unicodedata.combining(c) for c in token):
        return False
    parts = [p for p in re.split(r"[-'‐‑]", token) if p]
    return bool(parts) and (parts[0][0].isupper() or (len(parts) > 1 and len(parts[0]) <= 2 and parts[-1][0].isupper()))


def _uncased(tokens: list[str]) -> bool:
    """Scripts without capitals: two to five short words of letters."""
    clean = all(all(c.isalpha() or c in MARKS or unicodedata.category(c).startswith("M") for c in t) for t in tokens)
    return clean and 2 <= len(tokens) <= 5 and all(len(t) <= 14 for t in tokens)


def _east_asian(text: str) -> bool:
    """Han names of two to five signs (a space may part them), katakana with a dot, Hangul of two to four."""
    bare = text.replace(" ", "")
    data = phrase_data()
    if HANGUL.match(bare):
        return 2 <= len(bare) <= 5 and (bare[0] in data["surnames"]["ko"] or bare[:2] in data["double_surnames"])
    if HAN.match(bare):
        return 2 <= len(bare) <= 6 and bare.casefold() not in _east_asian_words() and not _place_like(bare)
    parts = re.split(r"[・· =]", text)
    if KANA.search(text) and len(parts) > 1:
        return all(1 < len(p) <= 12 for p in parts) and all(
            re.match(r"^[\u3040-\u30ff\u3400-\u9fffー々]+$", p) for p in parts
        )
    return bool(
        re.match(r"^[\u3400-\u9fff々]{1,3}[\u3040-\u309f]{1,4}$|^[\u3400-\u9fff々]{1,3}[\u30a0-\u30ff]{1,5}$", bare)
    )


@lru_cache(maxsize=1)
def _east_asian_words() -> frozenset[str]:
    table = phrase_data()["languages"]
    kinds = ("generic", "collective", "role", "holder", "byline_suffix", "org")
    return frozenset(p for lang in ("ja", "zh", "ko") for kind in kinds for p in table[lang].get(kind, ()))


def _place_like(bare: str) -> bool:
    """Ends in an organisation word of two signs or more: 新聞社, 編集部."""
    words_of = _east_asian_words()
    return any(len(w) > 1 and bare.endswith(w) for w in words_of if len(w) <= len(bare))


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name with what clung to it. `span` is the name's place in the text; `role` the words cut off."""

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


def find_person(text: str, span: Span, language: str | None = None, *, single: bool = False) -> NameParts | None:
    """The person named in `text[span]`, freed of e-mail, handle, role, place and suffix words; None if there is none."""
    known = words(language)
    start, end = trim(text, *span, chars=' \t\r\n\u00a0\u3000,;:·•|/-–—*"“”„')
    end = _keep_stop(text, start, end)
    steps: list[str] = []
    for cut in (_cut_address, _cut_suffix, _cut_role):
        cut_end, step = cut(text, start, end, known)
        if cut_end < end:
            steps.append(step)
            end = trim(text, start, cut_end, chars=" \t\r\n\u00a0\u3000,;:·•|/-–—(")[1]
    if start < end and is_person(text[start:end], language, single=single):
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


def _cut_address(text: str, start: int, end: int, known: Words) -> tuple[int, str]:
    """An e-mail address or @handle after the name."""
    found = re.compile(r"\s\S*@\S+|https?://\S+").search(text, start, end)
    return (found.start(), "strip-address") if found else (end, "")


def _cut_suffix(text: str, start: int, end: int, known: Words) -> tuple[int, str]:
    """Words after an East Asian name: 記者, 기자, 记者."""
    low = flat(text[start:end]).casefold()
    for suffix in sorted(_suffixes(known), key=len, reverse=True):
        if low.endswith(suffix) and len(low) > len(suffix):
            return end - len(suffix), f"strip-suffix:{text[end - len(suffix) : end]}"
    return end, ""


def _suffixes(known: Words) -> frozenset[str]:
    return known.of("byline_suffix")


def _cut_role(text: str, start: int, end: int, known: Words) -> tuple[int, str]:
    """Role words that follow the name without a comma: Amy Gibbons Political Correspondent."""
    tokens = list(TOKEN.finditer(text, start, end))
    heads = [i for i, t in enumerate(tokens) if i >= 2 and is_role_word(t.group(), known)]
    if not heads:
        return end, ""
    first = heads[0]
    modifiers = known.of("role_modifier")
    while first > 2 and tokens[first - 1].group().casefold().strip(",") in modifiers:
        first -= 1
    return tokens[first].start(), f"strip-role:{text[tokens[first].start() : end]}"


def is_role_word(token: str, known: Words) -> bool:
    """One word that names a job: editor, Redakteurin, Online-Redakteurin, corresponsal."""
    low = flat(token).casefold().strip(".,:;()")
    if low in known.of("role"):
        return True
    tail = low.rsplit("-", 1)[-1]
    return tail in known.of("role") or any(low.endswith(s) and len(low) > len(s) for s in known.role_suffixes)


def is_role(text: str, language: str | None = None) -> bool:
    """True when the text holds a job word: "Political Editor", "Volontär (Sport)", "corresponsal en Atenas"."""
    known = words(language)
    return any(is_role_word(t, known) for t in text.split()[:12])
