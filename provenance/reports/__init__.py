"""Findings to what a person, a program or a CI service reads: (findings, summary) -> str, one module a format."""

from provenance.reports import github, json, junit, sarif, text
from provenance.reports.summary import Reporter, Summary

REPORTERS: dict[str, Reporter] = {
    "text": text.report,
    "json": json.report,
    "sarif": sarif.report,
    "junit": junit.report,
    "github": github.report,
}
"""Formats of `--format`, by name."""

__all__ = ["REPORTERS", "Reporter", "Summary"]
