"""How a field's choice becomes a value of the record: one writer for each shape of value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from provenance.limits import LIMITS
from provenance.model import Choice
from provenance.normalise.claims import Claim, Part, claim_of
from provenance.normalise.parties import parties, party
from provenance.normalise.photos import photos
from provenance.normalise.text import clean, clean_body
from provenance.rules.body import BodyText

Writer = Callable[[str, Choice], Part]
CREDIT_SOURCES = ("/sourceOrganization", "/provider", "/contributor", "/publisher")
"""What an article's credit line can be composed of."""


def line(path: str, choice: Choice) -> Part:
    """A single line: what a field is unless `WRITERS` says otherwise."""
    chosen = choice.chosen[0]
    value = clean(str(chosen.value))
    return value, [claim_of(path, chosen, value, choice)]


def _text(path: str, choice: Choice) -> Part:
    chosen = choice.chosen[0]
    value = clean(str(chosen.value), LIMITS.text_chars)
    return value, [claim_of(path, chosen, value, choice)]


def _lines(path: str, choice: Choice) -> Part:
    claims: dict[str, Claim] = {}
    for candidate in choice.chosen:
        value = clean(str(candidate.value), LIMITS.name_chars)
        if value and value not in claims:
            claims[value] = claim_of(f"{path}/{len(claims)}", candidate, value)
    return list(claims), list(claims.values())


def _flag(path: str, choice: Choice) -> Part:
    chosen = choice.chosen[0]
    return chosen.value, [claim_of(path, chosen, str(chosen.value).lower(), choice)]


def _body(path: str, choice: Choice) -> Part:
    chosen = choice.chosen[0]
    body = chosen.value
    text = clean_body(body.text if isinstance(body, BodyText) else str(body))
    parts = body.parts if isinstance(body, BodyText) else (chosen.match,)
    basis = "verbatim" if parts and text == "\n\n".join(p.text for p in parts) else "normalised"
    steps = (*chosen.steps, "join:blank-line")
    claim = Claim(path, basis, chosen.rule, None, steps, parts=parts, inferred=chosen.inferred)
    return text, [replace(claim, agrees=choice.agrees)]


def _credit(path: str, choice: Choice) -> Part:
    """The credit line is made of other values, so its evidence is theirs."""
    chosen = choice.chosen[0]
    value = clean(str(chosen.value))
    return value, [Claim(path, "composed", chosen.rule, steps=chosen.steps, sources=CREDIT_SOURCES)]


def _object(path: str, choice: Choice) -> Part:
    chosen = choice.chosen[0]
    return chosen.value, [claim_of(path, chosen, "", choice)]


def _objects(path: str, choice: Choice) -> Part:
    values = [c.value for c in choice.chosen]
    return values, [claim_of(f"{path}/{i}", c, "") for i, c in enumerate(choice.chosen)]


WRITERS: dict[str, Writer] = {
    "description": _text,
    "articleBody": _body,
    "articleSection": _lines,
    "keywords": _lines,
    "author": parties,
    "contributor": parties,
    "editor": parties,
    "translator": parties,
    "sourceOrganization": parties,
    "provider": parties,
    "publisher": party,
    "creditText": _credit,
    "copyrightNotice": _text,
    "copyrightYear": _flag,
    "copyrightHolder": parties,
    "isBasedOn": _objects,
    "translationOfWork": _object,
    "correction": _objects,
    "isAccessibleForFree": _flag,
    "backstory": _text,
    "image": photos,
}
"""How a field's choice becomes a value. Fields that are not named here are single lines."""
