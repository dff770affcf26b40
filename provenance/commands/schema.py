"""`provenance schema`."""

from __future__ import annotations

from enum import StrEnum

import typer


class Profile(StrEnum):
    """What a record is checked against (docs/profiles.md)."""

    core = "core"
    archival = "archival"
    google = "google"
    evidence = "evidence"


def schema(profile: Profile) -> None:
    """Print the JSON Schema of a profile, with everything it refers to in one document."""
    from importlib.resources import files

    typer.echo(files("provenance.schemas").joinpath(f"{profile.value}.bundle.schema.json").read_text("utf-8"), nl=False)
