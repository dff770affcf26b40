"""How the readings of one field are compared: what counts as the same value, and what support is worth.

A policy is data for `provenance.resolve.resolve`; each module of rules keeps those of its fields in `POLICIES`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from provenance.model import Candidate, Note


def folded(value: Any) -> str:
    """Letters and digits of a value without case, accents, punctuation and spacing: the usual key of agreement."""
    text = unicodedata.normalize("NFKD", str(value)).casefold()
    return "".join(c for c in text if c.isalnum())


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
