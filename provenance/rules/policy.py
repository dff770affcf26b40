"""How the readings of one field are compared: what counts as the same value, and what support is worth.

A policy is data for `provenance.resolve.resolve`; each module of rules keeps those of its fields in `POLICIES`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from provenance.model import Candidate, Note


def folded(value: Any) -> str:
    """Letters and digits of a value without case, accents, punctuation and spacing: the usual key of agreement."""
    return _folded(str(value)[:_TELLS])


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    text = text.casefold() if text.isascii() else unicodedata.normalize("NFKD", text).casefold()
    return _BETWEEN.sub("", text)


_BETWEEN = re.compile(r"[\W_]+")
_TELLS = 400
"""So many characters tell two texts apart."""


def never_clash(one: Any, other: Any) -> bool:
    """For fields where two sources may well say different things without one being wrong."""
    return False


def differ(one: Any, other: Any) -> bool:
    """The usual test of conflict: two values that were found different stand against each other."""
    return True


@dataclass(frozen=True, slots=True)
class Policy:
    """Choice of one field.

    `key` folds a value for agreement; `support` is added once for every other independent kind of source that says the
    same, by a candidate of at least the weight `voice`; `single` fields take one value, others every value of the best
    rule, in its order (`union`: of all rules);
    `clash` tells whether a losing value contradicts the chosen one; a loser below `heard` is too weak to contradict;
    `check` looks at the unrefused candidates and the chosen ones and adds notes.
    """

    key: Callable[[Any], str] = folded
    support: float = 0.15
    voice: float = 0.0
    single: bool = True
    union: bool = False
    clash: Callable[[Any, Any], bool] = differ
    heard: float = 0.5
    check: Callable[[Sequence[Candidate], tuple[Candidate, ...]], tuple[Note, ...]] | None = None
