"""What a caller may decide about a record. Frozen, recorded in the evidence and in a run's manifest."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from provenance.errors import OptionError


@dataclass(frozen=True, slots=True)
class Options:
    """Choices for `provenance.pipeline.process`.

    `url` and `retrieved` (RFC 3339, UTC) are what the caller knows of a capture that does not say it itself.
    `body` false leaves the article's text out, for archives that may not copy it. `sd_publisher` and `sd_date`
    (YYYY-MM-DD) name who made the record and when. `any_page` gives a record even for a page that is no article.
    `evidence` false skips building the sidecar. Raises OptionError for a maker whose name shows nothing.
    """

    url: str | None = None
    retrieved: str | None = None
    body: bool = True
    sd_publisher: str | None = None
    sd_date: str | None = None
    any_page: bool = False
    evidence: bool = True

    def __post_init__(self) -> None:
        maker = self.sd_publisher
        if maker is not None and not any(mark.isprintable() and not mark.isspace() for mark in maker):
            raise OptionError("The name of who makes the records (sd-publisher) is blank.", advice="Give one or none.")

    def stated(self) -> dict[str, Any]:
        """The options that differ from their defaults, for evidence and manifests."""
        default = asdict(Options())
        return {name: value for name, value in asdict(self).items() if value != default[name]}
