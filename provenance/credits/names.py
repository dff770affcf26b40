"""Is a text the name of a person? Shape rules per script, and the words that no name holds.

The rules are cautious: what is not plainly a name stays unread, since a wrong author is worse than none.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from provenance.credits.authorities import fold, publisher_names
from provenance.credits.words import Words, flat, given_names, phrase_data, surname_words, words

MAX_NAME = 80
MAX_WORDS = 5
INITIAL = re.compile(r"^(?:[^\W\d_]\.?-?){1,3}\.?$")
MARKS = frozenset("'.-‐‑·ʻʹ`´׳״־")
QUOTES = "\"“”„«»'‘’"
NICKNAME = re.compile(
    r"(?<=\w)\s+(?:\"[^\"\d]{2,24}\"|“[^“”\d]{2,24}”|„[^„“”\d]{2,24}[“”]|«[^«»\d]{2,24}»|‘[^‘’\d]{2,24}’)\s+(?=\w)"
)
"""A nickname in quotes between two words is no part of the shape: Jane "JD" Roe."""
HAN = re.compile(r"^[\u3400-\u9fff々〆ヶ\U00020000-\U0003134f]+$")
KANA = re.compile(r"[\u3040-\u30ff]")
KATAKANA = re.compile(r"^[\u30a0-\u30ff\u3400-\u9fffー々]+$")
MIXED_JAPANESE = re.compile(r"^[\u3400-\u9fff々]{1,3}(?:[\u3040-\u309f]{1,4}|[\u30a0-\u30ffー]{1,5})$")
HANGUL = re.compile(r"^[\uac00-\ud7a3]+$")
SENTENCE = re.compile(r"[!?;:@#%&*=<>{}\\…。！？/|]|\d|\w{3}\.\s+\w{4,}\s+\w")
CASED = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN")
EAST_ASIAN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "IDEOGRAPHIC")


@lru_cache(maxsize=65536)
def _script(char: str) -> str:
    return unicodedata.name(char, "").split(" ")[0]


def script_of(text: str) -> str:
    """Name of the script of the first letter: LATIN, CYRILLIC, CJK, HANGUL, ARABIC …; "" without a letter."""
    return next((_script(c) for c in text[:200] if c.isalpha()), "")


def is_person(text: str, language: str | None = None, *, single: bool = False) -> bool:
    """True when `text` has the shape of one person's name. `single` lets one word alone pass ("Madonna")."""
    return len(text) <= 2 * MAX_NAME and _is_person(text, words(language).language, single)


@lru_cache(maxsize=8192)
def _is_person(text: str, language: str, single: bool) -> bool:
    text = fold(flat(text)).strip(" ,;")
    known = words(language)
    if not 2 <= len(text) <= MAX_NAME or SENTENCE.search(_untitled(text, known) if "." in text else text):
        return False
    script = script_of(text)
    if script in EAST_ASIAN:
        return _east_asian(text, language, sure=single)
    tokens = _unquoted(NICKNAME.sub(" ", text).split())
    if (
        not tokens
        or len(tokens) > 9
        or (len(tokens) > 1 and len(set(tokens)) == 1)
        or (len(tokens) == 1 and not single)
    ):
        return False
    if _forbidden(tokens, text, known):
        return False
    return _cased(tokens, known) if script in CASED else _uncased(tokens)


def _untitled(text: str, known: Words) -> str:
    """Without titles, whose full stops end no sentence: Prof. Jane Roe."""
    return " ".join(t for t in text.split() if t.casefold() not in known.of("person_title"))


def _unquoted(tokens: list[str]) -> list[str]:
    """The tokens, a nickname in single quotes apart; none where another quote stands in them."""
    if len(tokens) < 3:
        return [] if any(t[0] in QUOTES[:7] for t in tokens) else tokens
    inner = [t for t in tokens[1:-1] if not (t[0] in QUOTES and t[-1] in QUOTES)]
    return (
        []
        if any(c in t for t in (tokens[0], *inner, tokens[-1]) for c in QUOTES[:7])
        else [tokens[0], *inner, tokens[-1]]
    )


def _forbidden(tokens: list[str], text: str, known: Words) -> bool:
    """Organisation, role, date and function words; a publisher's name of several words."""
    whole = text.casefold().strip(".")
    lower = [t.casefold().strip(".,'") for t in tokens]
    if whole in _never_whole(known.language) or not _never(known.language).isdisjoint(_besides_names(tokens, lower)):
        return True
    if len(tokens) > 1 and lower[0] in known.of("place_first"):
        return True
    if len(tokens) == 1 and lower[0] in known.of("date_lead"):
        return True
    if not _never_later(known.language).isdisjoint(lower[1:]):
        return True
    suffixes = _org_suffixes(known.language)
    if suffixes and any(len(w) > 6 and w.endswith(suffixes) for w in lower):
        return True
    return len(tokens) > 1 and whole in publisher_names()


def _besides_names(tokens: list[str], lower: list[str]) -> list[str]:
    """The words, without those that are names in their place: Will Roe is no verb, nor is Ann Price a price."""
    if not 2 <= len(tokens) <= 3 or not tokens[0][0].isupper() or lower[0] not in given_names():
        return lower
    named = tokens[-1][0].isupper() and lower[-1] in surname_words()
    return lower[1:-1] if named else lower[1:]


@lru_cache(maxsize=128)
def _never(language: str) -> frozenset[str]:
    """Words that stand in no name."""
    known = Words(language)
    function = frozenset(w for w in known.of("stop") if len(w) > 1) - _foreign_short(language)
    return (known.of("org") | known.of("no_name") | function) - known.of("particle")


@lru_cache(maxsize=128)
def _foreign_short(language: str) -> frozenset[str]:
    """Words of two letters that mean something in English alone: An, Do, He and So are names elsewhere."""
    table = phrase_data()["languages"]
    own = table.get(language, {}).get("stop", ())
    return (
        frozenset(w for w in table["en"]["stop"] if len(w) == 2) - frozenset(own) if language != "en" else frozenset()
    )


@lru_cache(maxsize=128)
def _never_later(language: str) -> frozenset[str]:
    """Words that stand in no name after its first word: jobs (Major Tom Roe, but no Tom Reporter)."""
    known = Words(language)
    return known.of("role") - known.of("particle")


@lru_cache(maxsize=128)
def _never_whole(language: str) -> frozenset[str]:
    known = Words(language)
    return frozenset().union(*(known.of(kind) for kind in ("generic", "collective", "holder", "updated", "stop")))


@lru_cache(maxsize=128)
def _org_suffixes(language: str) -> tuple[str, ...]:
    return tuple(sorted(Words(language).of("org_suffix")))


def _cased(tokens: list[str], known: Words) -> bool:
    """Capitalised words, with particles and initials between them; one to five of them are full words."""
    particles, titles = known.of("particle"), known.of("person_title") | known.of("name_suffix")
    prepositions = known.of("place_lead") | known.of("and") | known.of("date_lead")
    full = short = 0
    for i, token in enumerate(tokens):
        bare = token.strip(",")
        low = bare.casefold()
        if low in titles:
            continue
        if INITIAL.match(bare) and bare[0].isupper() and len(bare) <= 5 and "." in bare:
            short += 1
        elif low in particles and not bare[0].isupper():
            if i == len(tokens) - 1 or (i == 0 and low in prepositions):
                return False
        elif _name_word(bare):
            full += len(bare) > 1
            short += len(bare) == 1
        else:
            return False
    return (
        (full == 1 and (short > 0 or len(tokens) == 1))
        or 2 <= full <= MAX_WORDS
        or (full == 1 and _titled(tokens, known))
    )


def _titled(tokens: list[str], known: Words) -> bool:
    """One word with a particle or title beside it: "von Ditfurth", "Dr. Müller"."""
    return len(tokens) > 1 and tokens[0].casefold() in known.of("person_title") | known.of("particle")


def _name_word(token: str) -> bool:
    """One capitalised word: letters, apostrophes, hyphens, a final stop of an initial; inner capitals are fine."""
    if not all(c.isalpha() or c in MARKS or unicodedata.combining(c) for c in token):
        return False
    if token.endswith(".") and len(token) > 3:
        return False
    parts = [p for p in re.split(r"[-'‐‑]", token) if p]
    if len(parts) > 1 and len(parts[0]) > 2 and parts[0].isupper() and parts[-1][1:].islower():
        return False  # a house and a thing of its own: ARD-Studio, ZDF-Team
    return bool(parts) and (parts[0][0].isupper() or (len(parts) > 1 and len(parts[0]) <= 2 and parts[-1][0].isupper()))


def _uncased(tokens: list[str]) -> bool:
    """Scripts without capitals: two to five short words of letters."""
    clean = all(all(c.isalpha() or c in MARKS or unicodedata.category(c).startswith("M") for c in t) for t in tokens)
    return clean and 2 <= len(tokens) <= MAX_WORDS and all(len(t) <= 14 for t in tokens)


def _east_asian(text: str, language: str, *, sure: bool) -> bool:
    """Han names of two to six signs (a space may part them), katakana with a dot, Hangul that opens with a surname.

    `sure` says that words around it announce a name; without them a bare word of two signs must open with a surname, in
    Chinese a longer one too.
    """
    bare = text.replace(" ", "")
    if HANGUL.match(bare):
        return (
            (2 if sure else 3) <= len(bare) <= 5
            and _korean_surname(bare)
            and bare not in east_asian_words()
            and ((sure and len(bare) == 3) or not _ends_in_word(bare))
        )
    if HAN.match(bare):
        solid = " " not in text
        if language == "zh" and not solid and all(len(p) > 1 and _chinese_surname(p) for p in text.split()):
            return False
        if not solid and any(part in east_asian_words() for part in text.split()):
            return False
        doubtful = not sure and (language == "zh" or (solid and len(bare) == 2))
        return 2 <= len(bare) <= 6 and not _no_han_name(bare, solid) and not (doubtful and not _chinese_surname(bare))
    parts = re.split(r"[・· =]", text)
    if KANA.search(text) and len(parts) > 1:
        return all(1 < len(p) <= 12 and KATAKANA.match(p) for p in parts) or bool(MIXED_JAPANESE.match(bare))
    return bool(MIXED_JAPANESE.match(bare)) and bare not in east_asian_words() and not _ends_in_word(bare)


def _korean_surname(bare: str) -> bool:
    data = phrase_data()
    return bare[0] in data["surnames"]["ko"] or bare[:2] in data["double_surnames"]


def _chinese_surname(bare: str) -> bool:
    data = phrase_data()
    return bare[0] in data["surnames"]["zh"] or bare[:2] in data["double_surnames"]


def _no_han_name(bare: str, solid: bool) -> bool:
    """A known word, something that ends in one, or a place or body by its last sign (市, 省, 部)."""
    if bare in east_asian_words() or _ends_in_word(bare):
        return True
    surnames = phrase_data()["surnames"]
    named = len(bare) == 3 and bare[-1] in surnames["given_end"] and _chinese_surname(bare)
    return solid and not named and bare[-1] in surnames["no_name_end"]


@lru_cache(maxsize=1)
def east_asian_words() -> frozenset[str]:
    """Words of Chinese, Japanese and Korean credits that are no names."""
    table = phrase_data()["languages"]
    kinds = ("generic", "collective", "role", "holder", "holder_suffix", "byline_suffix", "org", "updated", "not_name")
    return frozenset(p for lang in ("ja", "zh", "ko") for kind in kinds for p in table[lang].get(kind, ()))


def _ends_in_word(bare: str) -> bool:
    """Ends in an organisation word of two signs or more: 新聞社, 編集部."""
    return any(bare[-n:] in east_asian_words() for n in range(2, min(len(bare), 7)))


def opens_with_given_name(text: str, start: int) -> bool:
    """The word that begins here is a listed given name."""
    return text[start : start + MAX_NAME].partition(" ")[0].casefold() in given_names()
