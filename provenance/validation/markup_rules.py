"""Rules on a page's own markup; `provenance.validation.markup` finds what they speak of."""

from __future__ import annotations

from provenance.model import Severity
from provenance.validation.problems import Rule

_W, _N = Severity.WARNING, Severity.NOTE

ROWS: tuple[Rule, ...] = (
    Rule(
        "markup/unreadable",
        _W,
        "JSON-LD in a page is JSON.",
        "Repair the block: no program can read it.",
    ),
    Rule(
        "markup/repaired",
        _N,
        "JSON-LD in a page is JSON without repairs.",
        "Repair what is named: a strict reader ignores the whole block.",
    ),
    Rule(
        "markup/no-context",
        _W,
        "JSON-LD has a context, without which its terms mean nothing.",
        'Add "@context": "https://schema.org".',
    ),
    Rule(
        "markup/misspelt-type",
        _W,
        "A type is spelt as the vocabulary spells it.",
        "Correct the spelling; upper and lower case count.",
    ),
    Rule(
        "markup/unknown-property",
        _W,
        "A property of the page's markup is one of its type.",
        "Correct the name, or remove it: readers ignore it.",
    ),
    Rule(
        "markup/wrong-domain",
        _W,
        "A property of the page's markup stands in an object of a type that has it.",
        "Move it to the object that it belongs to.",
    ),
    Rule(
        "markup/wrong-range",
        _W,
        "A value of the page's markup is of a type that its property takes.",
        "Write an object with @type and name, or another value of the types that are named.",
    ),
    Rule(
        "markup/superseded",
        _N,
        "A property of the page's markup has not been superseded.",
        "Use the property that replaced it.",
    ),
    Rule(
        "markup/bare-number",
        _N,
        "A measure has a unit.",
        'Write a text with its unit, such as "1200 px", or a QuantitativeValue. Most readers accept the number.',
    ),
)
