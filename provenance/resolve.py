"""Candidates of a field become its choice: the only place where one candidate beats another.

A candidate's score is the weight of its rule, plus the policy's support for each *independent* kind of source that
says the same: three copies of one CMS field are one witness. Ties go to the earlier candidate, which is the order of
the table of rules. Losers stay, each with its reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from provenance.cleaning import quoted
from provenance.model import Candidate, Choice, Note
from provenance.rules.policy import Policy

DEFAULT = Policy()


def resolve(field: str, candidates: Iterable[Candidate], policy: Policy = DEFAULT) -> Choice:
    """The choice of one field from its candidates; an empty choice, losers included, where none can be used."""
    listed = list(candidates)
    usable = [c for c in listed if c.refused is None and c.value not in (None, "", ())]
    if len(listed) == 1 and usable and policy.check is None:
        return Choice(field, tuple(usable))
    keys = {c: policy.key(c.value) for c in usable}
    best = _best(usable, keys, policy)
    if best is None:
        return Choice(field, rejected=_losers(listed, {}, ""))
    chosen = (best,) if policy.single else _list_of(best, usable, keys, policy)
    taken, own = {keys[c] for c in chosen}, set(chosen)
    agrees = tuple(c for c in usable if c not in own and keys[c] in taken)
    against = _against(best, usable, keys, policy) if policy.single else []
    if against and not any(c.match.kind != best.match.kind for c in agrees):
        chosen = (replace(best, inferred=True),)
    kept = dict.fromkeys((best, *chosen, *agrees))
    notes = (*_conflict(field, best, against), *(policy.check(usable, chosen) if policy.check else ()))
    return Choice(field, chosen, agrees, _losers(listed, kept, best.rule), notes)


def _best(usable: Sequence[Candidate], keys: dict[Candidate, str], policy: Policy) -> Candidate | None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for candidate in usable:
        if candidate.weight >= policy.voice:
            kinds[keys[candidate]].add(candidate.match.kind)

    def score(candidate: Candidate) -> float:
        return candidate.weight + policy.support * len(kinds[keys[candidate]] - {candidate.match.kind})

    return max(usable, key=score, default=None)


def _list_of(
    best: Candidate, usable: Sequence[Candidate], keys: dict[Candidate, str], policy: Policy
) -> tuple[Candidate, ...]:
    """Each value once: those of the winning rule, or of every rule, the winning one first."""
    own = [c for c in usable if c.rule == best.rule]
    others = [c for c in usable if c.rule != best.rule] if policy.union else []
    first: dict[str, Candidate] = {}
    for candidate in (*own, *others):
        first.setdefault(keys[candidate], candidate)
    return tuple(first.values())


def _against(
    best: Candidate, usable: Sequence[Candidate], keys: dict[Candidate, str], policy: Policy
) -> list[Candidate]:
    """The strongest contradiction of each independent kind of source."""
    found: dict[str, Candidate] = {}
    backed = {c.match.kind for c in usable if keys[c] == keys[best]}
    for candidate in sorted(usable, key=lambda c: -c.weight):
        kind = candidate.match.kind
        if kind == best.match.kind or kind in found or candidate.weight < policy.heard:
            continue
        if kind in backed:
            found[kind] = best
        elif policy.clash(best.value, candidate.value):
            found[kind] = candidate
    return [c for c in found.values() if c is not best]


def _conflict(field: str, best: Candidate, against: Sequence[Candidate]) -> tuple[Note, ...]:
    return tuple(
        Note(f"conflict/{field}", f"{best.rule} says {quoted(best.value)}, but {c.rule} says {quoted(c.value)}")
        for c in against
    )


def _losers(listed: Sequence[Candidate], kept: dict[Candidate, None], winner: str) -> tuple[tuple[Candidate, str], ...]:
    return tuple(
        (c, c.refused or (f"outvoted by {winner}" if winner and c.value not in (None, "", ()) else "no value"))
        for c in listed
        if c not in kept
    )
