"""The table of all rules. Each id is stable, an anchor of docs/rules.md, and the same in every report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from provenance.errors import OptionError
from provenance.model import Finding, Position, Severity
from provenance.validation import (
    addresses,
    crediting,
    markup_rules,
    picturing,
    proof,
    reported,
    shape_rules,
    times,
    wording,
)
from provenance.validation.problems import Problem, Rule, Subject

_TABLES = (shape_rules, times, addresses, crediting, picturing, wording, proof, reported, markup_rules)

RULES: dict[str, Rule] = {rule.id: rule for part in _TABLES for rule in part.ROWS}

_CHECKED = tuple(rule for rule in RULES.values() if rule.check)
_UNLISTED = Rule("", Severity.ERROR, "", "See the schema that names this rule.")

Levels = Mapping[str, Severity]
"""A user's own severities by rule id or by family: `{"image/missing-credit": Severity.OFF}`, `{"google": ...}`."""


def level_of(rule_id: str, levels: Levels) -> Severity:
    """The severity of a rule under a user's levels; an id of its own goes before its family."""
    own = levels.get(rule_id)
    if own is None:
        own = levels.get(rule_id.partition("/")[0])
    return RULES.get(rule_id, _UNLISTED).severity if own is None else own


def read_levels(pairs: Iterable[str]) -> dict[str, Severity]:
    """Levels from words such as `credit/missing=off`. Raises `OptionError` for an unknown rule or level."""
    return dict(_level(pair) for pair in pairs)


def _level(pair: str) -> tuple[str, Severity]:
    rule_id, _, word = pair.partition("=")
    families = {known.partition("/")[0] for known in RULES}
    if rule_id not in RULES and rule_id not in families:
        raise OptionError(f"There is no rule {rule_id!r}.", advice="docs/rules.md lists them all.")
    if word.upper() not in Severity.__members__:
        raise OptionError(f"{word!r} is no level for {rule_id}.", advice="Use off, note, warning or error.")
    return rule_id, Severity[word.upper()]


def across(subject: Subject, levels: Levels) -> Iterator[Problem]:
    """Problems of all rules that have a check of their own and are not off."""
    for rule in _CHECKED:
        if levels and level_of(rule.id, levels) is Severity.OFF:
            continue
        for problem in rule.check(subject):  # type: ignore[misc]
            yield problem if problem.rule else problem._replace(rule=rule.id)


def finding(problem: Problem, levels: Levels, locator: str = "", position: Position | None = None) -> Finding | None:
    """A problem with severity and remedy; None where the rule is off."""
    severity = level_of(problem.rule, levels)
    if severity is Severity.OFF:
        return None
    remedy = RULES.get(problem.rule, _UNLISTED).remedy
    return Finding(
        problem.rule,
        severity,
        problem.message,
        problem.path,
        problem.found,
        problem.expected,
        remedy,
        locator,
        position,
    )
