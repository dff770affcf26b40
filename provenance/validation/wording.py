"""Rules on texts: what cannot be what was printed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from provenance.cleaning import quoted
from provenance.model import Severity
from provenance.validation.data import checks
from provenance.validation.problems import Problem, Rule, Subject, objects, readable

_NAMES = tuple(
    f"{slot}.name"
    for slot in (
        *("author", "contributor", "editor", "translator", "sourceOrganization", "provider", "publisher"),
        *("author.affiliation", "image.creator", "image.sourceOrganization", "image.provider"),
    )
)
_SHORT = (
    *("headline", "alternativeHeadline", "description", "dateline", "creditText"),
    *("image.caption", "image.creditText"),
    *_NAMES,
)
_ALL = (*_SHORT, "articleBody", "articleSection", "keywords")

_MARKUP = re.compile(
    r"</?(?:a|b|i|p|br|em|span|div|strong|img|h[1-6]|li|ul|script|figure)\b[^<>]{0,200}>|&(?:amp|nbsp|quot|apos|lt|gt|#\d{2,5}|#x[0-9a-f]{2,4});",
    re.I,
)
_DAMAGE = re.compile("[\ufffd\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
# UTF-8 read as a one-byte code page: a lead byte followed by what continuation bytes become there.
_MOJIBAKE = re.compile("Ã[\x80-\xbf©¨ªºŸŒ¤¶¼]|â€[™œ\x9dž“”¦˜\x93\x94]|Ð[°-¿\x80-\x8f][Ð\x80-ÑÐ]|Â[\xa0«»°£§]")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 600
_LETTERS = 150
"""Code points of the article's text that the language rule reads, for its words and for its script."""


def _placeholder(subject: Subject) -> Iterator[Problem]:
    known = checks().placeholders
    for path, _, text in subject.among(*_SHORT):
        if len(text) < 20 and text.strip().lower() in known:
            yield Problem(path, f"{readable(path)} stands for an unknown value", quoted(text), "the property left out")


def _markup(subject: Subject) -> Iterator[Problem]:
    for path, _, text in subject.among(*_SHORT):
        match = _MARKUP.search(text) if "<" in text or "&" in text else None
        if match:
            yield Problem(
                path,
                f"{readable(path)} holds markup, {quoted(match.group(), 30)}",
                quoted(text),
                "the text as it is read",
            )


def _damage(subject: Subject) -> Iterator[Problem]:
    for path, _, text in subject.among(*_ALL):
        match = None if _is_plain(text) else _DAMAGE.search(text) or _MOJIBAKE.search(text)
        if match:
            around = text[max(0, match.start() - 20) : match.end() + 20]
            yield Problem(
                path,
                f"{readable(path)} holds characters that were lost or misread",
                quoted(around),
                "the text as printed",
            )


def _is_plain(text: str) -> bool:
    """A quick answer for most texts: nothing unprintable, and none of the characters that misread UTF-8 begins with."""
    if not (text.replace("\n", "") if "\n" in text else text).isprintable():
        return False
    return text.isascii() or not any(sign in text for sign in ("\ufffd", "Ã", "â€", "Ð", "Â"))


def _repeated(subject: Subject) -> Iterator[Problem]:
    headline = _folded(subject.text("headline"))
    for name in ("alternativeHeadline", "description"):
        if headline and _folded(subject.text(name)) == headline:
            yield Problem(
                f"/{name}", f"{name} repeats the headline", quoted(subject.text(name)), "another text, or none"
            )


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


def _site_suffix(subject: Subject) -> Iterator[Problem]:
    headline = subject.text("headline")
    for _, publisher in objects(subject.record, "publisher"):
        for name in (publisher.get("name"), publisher.get("alternateName")):
            if isinstance(name, str) and len(name) > 2 and headline.casefold().endswith(name.casefold()):
                head = headline[: -len(name)].rstrip()
                if head and head[-1] in "|-–—·•:":
                    yield Problem(
                        "/headline",
                        "headline ends with the publisher's name",
                        quoted(headline),
                        quoted(head[:-1].strip()),
                    )
                    return


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    """First word of the character's Unicode name, which is its script for letters; full-width forms are Latin."""
    word = unicodedata.name(character, "").partition(" ")[0]
    return {"FULLWIDTH": "LATIN", "HALFWIDTH": "KATAKANA", "IDEOGRAPHIC": "CJK"}.get(word, word)


def _confusable(subject: Subject) -> Iterator[Problem]:
    for path, _, name in subject.among(*_NAMES):
        word = None if name.isascii() else _mixed(name)
        if word:
            yield Problem(path, f"{readable(path)} mixes alphabets within the word {quoted(word, 30)}", quoted(name))


def _mixed(name: str) -> str | None:
    """A word whose letters come from two of the alphabets that look alike."""
    for word in _WORD.findall(name[:300]):
        if len({_script(character) for character in word} & {"LATIN", "CYRILLIC", "GREEK"}) > 1:
            return str(word)
    return None


def _language(subject: Subject) -> Iterator[Problem]:
    language = subject.text("inLanguage").partition("-")[0]
    body = subject.text("articleBody")[:_SAMPLE]
    if not language or len(body) < 200:
        return
    said = _by_script(language, body) or _by_words(language, body)
    if said:
        yield Problem("/inLanguage", f"inLanguage does not fit the article's text, which {said}", quoted(language))


def _by_script(language: str, body: str) -> str | None:
    expected = checks().scripts.get(language)
    body = body[:_LETTERS]
    if expected is None or (body.isascii() and "LATIN" in expected):
        return None
    scripts = Counter(map(_script, filter(str.isalpha, body)))
    if not scripts:
        return None
    common, count = scripts.most_common(1)[0]
    if common in expected or count < 0.8 * scripts.total():
        return None
    return f"is written in {common.capitalize()} letters"


def _by_words(language: str, body: str) -> str | None:
    """Another language when its words of grammar are common in the text and those of the stated one are rare."""
    words = _WORD.findall(body.lower()) if language in checks().words else []
    if len(words) < 40:
        return None
    own = _share(words, language)
    if own > 0.14:  # no text has a third and more of its words from another language's grammar
        return None
    share, best = max((_share(words, other), other) for other in checks().words)
    return f"looks like {best}" if share > 0.2 and own < 0.4 * share else None


def _share(words: list[str], language: str) -> float:
    known = checks().words[language]
    return sum(word in known for word in words) / len(words)


_W = Severity.WARNING

ROWS: tuple[Rule, ...] = (
    Rule(
        "text/placeholder",
        _W,
        "A value that is unknown is left out, not filled with a word.",
        "Remove the property.",
        _placeholder,
    ),
    Rule(
        "text/markup",
        _W,
        "Texts hold no tags and no character references.",
        "Remove tags and decode references.",
        _markup,
    ),
    Rule(
        "text/damaged",
        _W,
        "Texts hold no control characters and none that were lost by a wrong charset.",
        "Compare with the page; often it was once saved with a wrong charset, and another copy is sound.",
        _damage,
    ),
    Rule(
        "text/repeated",
        _W,
        "A second headline or a description says something that the headline does not.",
        "Remove the property.",
        _repeated,
    ),
    Rule(
        "text/site-suffix",
        _W,
        "The headline does not end with the publisher's name.",
        "Cut the name and the sign before it.",
        _site_suffix,
    ),
    Rule(
        "text/mixed-alphabets",
        _W,
        "A name does not mix letters of two alphabets within a word.",
        "Look closely: a letter was replaced by one that looks the same.",
        _confusable,
    ),
    Rule(
        "language/other-text",
        _W,
        "The stated language is that of the text.",
        "Correct inLanguage; pages often keep the language of their template.",
        _language,
    ),
)
