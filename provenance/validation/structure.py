"""The check against JSON Schema, its errors told as problems of a record.

Good records are answered by `quick`; only the others reach `jsonschema`, whose import alone takes longer than checking
a thousand good records. A failing constraint names its rule by `x-code` and what was expected by `x-message`;
constraints without them have the rule of their keyword. Formats are asserted and nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from typing import Any

from provenance.cleaning import clean_line, quoted, shorten
from provenance.errors import SchemaError
from provenance.limits import LIMITS
from provenance.validation import quick, schemas
from provenance.validation.problems import Problem, depth_of, pointer, readable, token

_RULE_OF_KEYWORD = {
    "required": "record/missing-property",
    "dependentRequired": "record/missing-property",
    "type": "record/wrong-type",
}
_ARTICLES = {"array": "a list", "object": "an object", "boolean": "true or false", "integer": "a whole number"}


@cache
def _quick(name: str) -> quick.Check:
    return quick.compiled(schemas.shipped(name), {"core.schema.json": schemas.shipped("core")})


def problems(record: Any, name: str) -> Iterator[Problem]:
    """Problems of a record against a shipped profile or of evidence against its schema; none for a good one."""
    return iter(()) if _quick(name)(record) else _told(record, _validator(name))


def problems_by(record: Any, schema: dict[str, Any]) -> Iterator[Problem]:
    """Problems against a user's own schema. Raises `SchemaError` when the schema cannot be used."""
    from jsonschema.exceptions import _WrappedReferencingError
    from referencing.exceptions import Unresolvable

    try:
        yield from _told(record, own_validator(schema))
    except (Unresolvable, _WrappedReferencingError) as error:
        raise SchemaError(
            f"The schema refers to {clean_line(str(getattr(error, 'ref', error)))}, which is not in it.",
            advice="Bundle it: schemas are never fetched.",
        ) from error
    except RecursionError as error:
        raise SchemaError("The schema refers to itself without end.") from error


def own_validator(schema: dict[str, Any]) -> Any:
    """A validator for a user's schema; it may refer to the shipped ones by their addresses, and to nothing else."""
    from jsonschema.exceptions import SchemaError as Broken
    from jsonschema.validators import validator_for

    kind = validator_for(schema, default=_draft())
    try:
        kind.check_schema(schema)
    except Broken as error:
        place = pointer(error.absolute_path) or "its top"
        raise SchemaError(f"The schema is wrong at {place}: {clean_line(shorten(error.message, 120))}.") from error
    return kind(schema, format_checker=_draft().FORMAT_CHECKER, registry=_registry())


def _draft() -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator


@cache
def _registry() -> Any:
    from referencing import Registry, Resource

    named = [(schemas.shipped(name)["$id"], schemas.shipped(name)) for name in schemas.NAMES]
    return Registry().with_resources([(address, Resource.from_contents(schema)) for address, schema in named])


@cache
def _validator(name: str) -> Any:
    draft = _draft()
    return draft(schemas.shipped(name), format_checker=draft.FORMAT_CHECKER, registry=_registry())


def _told(record: Any, validator: Any) -> Iterator[Problem]:
    if depth_of(record, LIMITS.json_depth) > LIMITS.json_depth:
        yield Problem("", f"the record is nested more than {LIMITS.json_depth} levels deep", rule="record/too-deep")
        return
    seen = set()
    for problem in _sorted(p for error in validator.iter_errors(record) for p in _problems(error)):
        key = (problem.path, problem.expected) if problem.rule in _MISSING else (problem.path, problem.rule)
        if key not in seen:
            seen.add(key)
            yield problem


_MISSING = frozenset({"record/missing-property", "archival/missing"})
"""Rules whose findings differ by the property that is missing, which `expected` names."""


def _sorted(found: Iterable[Problem]) -> list[Problem]:
    return sorted(found, key=lambda problem: [_rank(part) for part in problem.path.split("/")])


def _rank(part: str) -> tuple[int, str]:
    return (int(part), "") if part.isascii() and part.isdigit() and len(part) < 10 else (-1, part)


def _problems(error: Any) -> Iterator[Problem]:
    path = list(error.absolute_path)
    keyword, schema = error.validator, error.schema if isinstance(error.schema, dict) else {}
    rule = _RULE_OF_KEYWORD.get(keyword, "schema/constraint")
    if keyword != "type" and isinstance(schema.get("x-code"), str):
        rule = schema["x-code"]
    said = str(schema.get("x-message") or "")
    if keyword in ("required", "dependentRequired"):
        yield from _missing(error, path, rule, said)
    elif "propertyNames" in error.absolute_schema_path:
        yield _unknown(error, path, rule)
    else:
        expected = _expected(keyword, error.validator_value) if keyword == "type" or not said else said
        bare = expected.removeprefix("must be ").removeprefix("must ")
        message = f"{readable(pointer(path))} {expected}"
        yield Problem(pointer(path), message, quoted(error.instance), bare, rule)


def _missing(error: Any, path: list[Any], rule: str, said: str) -> Iterator[Problem]:
    wanted = error.validator_value
    if isinstance(wanted, dict):
        wanted = [name for trigger, names in wanted.items() if trigger in error.instance for name in names]
    for name in wanted:
        if name not in error.instance:
            message = f"{name} is missing from {readable(pointer(path))}" if not said else f"{name} {said}"
            yield Problem(pointer(path), message, expected=name, rule=rule)


def _unknown(error: Any, path: list[Any], rule: str) -> Problem:
    name = str(error.instance)
    known = error.validator_value if error.validator == "enum" else []
    near = nearest(name, known)
    hint = f"; did you mean {near}?" if near else ""
    place = f"{pointer(path)}/{token(name)}"
    return Problem(
        place, f"{quoted(name, 40)} is not a property of {readable(pointer(path))}{hint}", quoted(name), near, rule
    )


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is most like a misspelt one, case aside; "" when none is near."""
    by_lower = {item.lower(): item for item in known}
    close = get_close_matches(name.lower()[:80], by_lower, n=1, cutoff=0.75)
    return by_lower[close[0]] if close else ""


def _expected(keyword: str, value: Any) -> str:
    if keyword == "type" and isinstance(value, str):
        return f"must be {_ARTICLES.get(value, 'a ' + value)}"
    if keyword in ("enum", "const"):
        options = value if keyword == "enum" and isinstance(value, list) else [value]
        return f"must be {' or '.join(quoted(option, 30) for option in options[:6])}"
    if isinstance(value, str | int | float):
        return f"must keep {clean_line(keyword)} {quoted(value, 60)}"
    return f"must keep the schema's {clean_line(keyword)}"
