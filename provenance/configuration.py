"""Settings of a check from `provenance.toml`, or the table `[tool.provenance]` of `pyproject.toml`.

    [tool.provenance]
    profile = "archival"
    fail-on = "warning"
    baseline = "known.json"
    schema = "ours.schema.json"

    [tool.provenance.rules]
    "image/missing-credit" = "off"
    google = "note"

Paths count from the file's folder. What is given on the command line goes before the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from provenance.errors import OptionError
from provenance.model import Severity
from provenance.validation import schemas
from provenance.validation.rules import read_levels
from provenance.validation.structure import nearest

FAIL_ON = {"error": Severity.ERROR, "warning": Severity.WARNING, "note": Severity.NOTE, "never": Severity.OFF}
"""Values of `fail-on`; a run fails at findings of this severity and above, with `never` at none."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to check. `evidence` is a file of sidecars; `source` the file that the settings were read from."""

    profile: str = "core"
    fail_on: Severity = Severity.ERROR
    rules: Mapping[str, Severity] = field(default_factory=dict)
    schema: Path | None = None
    baseline: Path | None = None
    evidence: Path | None = None
    source: Path | None = None

    def given(
        self,
        *,
        profile: str | None = None,
        fail_on: str | None = None,
        rules: tuple[str, ...] = (),
        **paths: Path | None,
    ) -> Settings:
        """These settings with what the command line gives; `rules` are words such as `google=off`."""
        changed = {name: path for name, path in paths.items() if path is not None}
        return replace(
            self,
            profile=schemas.profile(profile) if profile else self.profile,
            fail_on=_fail_on(fail_on) if fail_on else self.fail_on,
            rules={**self.rules, **read_levels(rules)},
            **changed,
        )


def find(start: Path) -> Path | None:
    """The settings file that holds for a folder: the nearest upwards, not beyond the root of its repository."""
    for folder in (start, *start.parents):
        own = folder / "provenance.toml"
        if own.is_file():
            return own
        shared = folder / "pyproject.toml"
        if shared.is_file() and "provenance" in _read(shared).get("tool", {}):
            return shared
        if (folder / ".git").exists():
            return None
    return None


def load(path: Path | None) -> Settings:
    """Settings of a file, or the defaults where there is none. Raises `OptionError` that names file and key."""
    if path is None:
        return Settings()
    table = _read(path)
    if path.name == "pyproject.toml":
        table = table.get("tool", {}).get("provenance", {})
    try:
        return Settings(source=path, **dict(_values(table, path.parent)))
    except OptionError as error:
        raise OptionError(f"{path}: {error.message}", advice=error.advice) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise OptionError(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OptionError(f"{path} is no TOML: {error}.", advice="See docs/ci.md for its form.") from error


def _values(table: Mapping[str, Any], folder: Path) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if key not in _KEYS:
            near = nearest(key, _KEYS)
            advice = f"Did you mean {near}?" if near else f"Known are {', '.join(_KEYS)}."
            raise OptionError(f"There is no setting {key!r}.", advice=advice)
        kind, read = _KEYS[key]
        if not isinstance(value, kind):
            raise OptionError(f"The setting {key} has the wrong type.", advice="See docs/ci.md for its form.")
        yield key.replace("-", "_"), read(value, folder)


def _fail_on(word: str) -> Severity:
    if word not in FAIL_ON:
        raise OptionError(f"{word!r} is no level to fail on.", advice=f"Choose one of {', '.join(FAIL_ON)}.")
    return FAIL_ON[word]


def _levels(table: Mapping[str, Any], _: Path) -> dict[str, Severity]:
    return read_levels(f"{rule}={level}" for rule, level in table.items())


_KEYS: dict[str, tuple[type, Any]] = {
    "profile": (str, lambda word, _: schemas.profile(word)),
    "fail-on": (str, lambda word, _: _fail_on(word)),
    "rules": (dict, _levels),
    "schema": (str, lambda name, folder: folder / name),
    "baseline": (str, lambda name, folder: folder / name),
    "evidence": (str, lambda name, folder: folder / name),
}
