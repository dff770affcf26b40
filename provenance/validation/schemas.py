"""The shipped JSON Schemas, and a user's own.

Each profile is a file of the package `provenance.schemas`. Archival and google refer to core by a relative address;
their bundles carry core inside, so that any validator can use them without a network.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from provenance.errors import OptionError, SchemaError

PROFILES = ("core", "archival", "google")
"""Profiles of a record, weakest first. All include core."""

NAMES = (*PROFILES, "evidence")


def profile(name: str) -> str:
    """The name itself, where it is that of a profile. Raises `OptionError` where it is not."""
    if name not in PROFILES:
        raise OptionError(f"There is no profile {name!r}.", advice=f"Choose one of {', '.join(PROFILES)}.")
    return name


@cache
def shipped(name: str) -> dict[str, Any]:
    """The schema of a profile or of the evidence. Treat it as read only. Raises `OptionError` for another name."""
    name = name if name in NAMES else profile(name)
    text = resources.files("provenance.schemas").joinpath(f"{name}.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def bundle(name: str) -> dict[str, Any]:
    """One self-contained schema: the profile with core inside where it refers to core."""
    schema = shipped(name)
    if schema.get("$ref") != "core.schema.json":
        return schema
    address = schema["$id"].replace(".schema.json", ".bundle.schema.json")
    return {**schema, "$id": address, "$defs": {"core": shipped("core")}}


def read_schema(path: Path) -> dict[str, Any]:
    """A user's own schema (draft 2020-12 unless it names another). Raises `SchemaError` when it cannot be used."""
    try:
        schema = json.loads(path.read_bytes())
    except OSError as error:
        raise SchemaError(f"The schema {path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise SchemaError(f"The schema {path} is not JSON.", advice="Check it with a JSON parser.") from error
    if not isinstance(schema, dict):
        raise SchemaError(f"The schema {path} is not an object.")
    return schema
