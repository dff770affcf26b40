"""What the evidence itself reports: sources that contradict each other, pages that were not read whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from provenance.cleaning import clean_line, shorten
from provenance.model import Note, Severity
from provenance.validation.problems import Problem, Rule, Subject

_CONFLICTS = {
    "headline": "headline",
    "url": "address",
    "datePublished": "date of publication",
    "dateModified": "date of modification",
    "author": "author",
    "publisher": "publisher",
    "inLanguage": "language",
    "sourceOrganization": "source",
    "description": "description",
    "articleSection": "section",
    "image": "image",
    "other": "value of a field",
}
_NOTED = {"input.truncated": "page/cut-short", "text.replaced": "page/characters-lost"}


def _reported(subject: Subject) -> Iterator[Problem]:
    """Notes of the evidence that a cataloguer should see: conflicts between sources, pages that were cut."""
    notes = (subject.evidence or {}).get("notes")
    for note in notes if isinstance(notes, list) else []:
        if not isinstance(note, dict):
            continue
        told = (note.get(key) for key in ("code", "message", "path"))
        code, message, path = (value if isinstance(value, str) else "" for value in told)
        yield from noted(subject.record, (Note(code, message, path),))


def noted(record: Mapping[str, Any], notes: Iterable[Note]) -> Iterator[Problem]:
    """The same of notes on a page that was just read."""
    for note in notes:
        rule = _rule_of(note.code)
        if rule:
            yield Problem(note.path or _place(rule, record), clean_line(shorten(note.message, 200)), rule=rule)


def _rule_of(code: str) -> str:
    family, slash, name = code.partition("/")
    if family == "conflict" and slash:
        return f"conflict/{name}" if name in _CONFLICTS else "conflict/other"
    return "page/limit" if code.startswith("limit.") else _NOTED.get(code, "")


def _place(rule: str, record: Mapping[str, Any]) -> str:
    name = rule.partition("/")[2]
    return f"/{name}" if name in record else ""


_W, _N = Severity.WARNING, Severity.NOTE

ROWS: tuple[Rule, ...] = (
    Rule(
        "page/cut-short",
        _W,
        "The whole page was read.",
        "Look at the capture: part of it was broken, or beyond a limit, and the record may lack what stood there.",
        _reported,
    ),
    Rule(
        "page/no-record",
        _N,
        "A page gives a record.",
        "Nothing is wrong if the page is no article. Otherwise report it.",
    ),
    Rule(
        "page/limit",
        _W,
        "No part of the page is beyond a limit.",
        "The value was cut or left out. Look at the page if it matters; the message names the limit.",
    ),
    Rule(
        "page/characters-lost",
        _W,
        "All characters of the page could be read.",
        "Look for a better copy: bytes of the page do not fit its charset.",
    ),
    *(
        Rule(
            f"conflict/{name}",
            _N,
            f"The sources of a page agree on the {words}.",
            "See provenance explain: the record has the value of the stronger source, the evidence has both.",
        )
        for name, words in _CONFLICTS.items()
    ),
)
