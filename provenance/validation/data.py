"""Words and names that checks compare with: data, not code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class CheckData:
    """Contents of data/checks.json.

    `placeholders` are texts (lower case) that mean nothing was known; `tracking` names of query parameters; `scripts`
    maps languages to the Unicode scripts they are written in; `words` to their commonest words of grammar.
    """

    placeholders: frozenset[str]
    tracking: frozenset[str]
    scripts: dict[str, tuple[str, ...]]
    words: dict[str, frozenset[str]]


@cache
def checks() -> CheckData:
    """The data, read once."""
    text = resources.files("provenance.data").joinpath("checks.json").read_text("utf-8")
    data = json.loads(text)
    return CheckData(
        frozenset(data["placeholders"]),
        frozenset(data["tracking"]),
        {script_of: tuple(scripts) for script_of, scripts in data["scripts"].items()},
        {language: frozenset(words.split()) for language, words in data["words"].items()},
    )
