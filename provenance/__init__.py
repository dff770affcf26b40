"""Saved news pages into catalogue records that can be defended.

    from provenance import open_captures, process

    for item in open_captures("page.mhtml"):
        outcome = process(item)
        if outcome.record is None:
            print(outcome.refusal)

`open_captures` yields `Capture` and `Unreadable`; `process` makes an `Outcome` of either: a record with evidence and
findings, or a refusal. Names are loaded when they are used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from provenance.evidence import verify
    from provenance.model import Capture, Finding, Outcome, Unreadable
    from provenance.options import Options
    from provenance.page import Page
    from provenance.pipeline import process
    from provenance.sources import open_captures
    from provenance.validate import validate_record

_HOME = {
    "Capture": "model",
    "Finding": "model",
    "Options": "options",
    "Outcome": "model",
    "Page": "page",
    "Unreadable": "model",
    "open_captures": "sources",
    "process": "pipeline",
    "validate_record": "validate",
    "verify": "evidence",
}

__all__ = [
    "Capture",
    "Finding",
    "Options",
    "Outcome",
    "Page",
    "Unreadable",
    "open_captures",
    "process",
    "validate_record",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"provenance.{_HOME[name]}"), name)
    raise AttributeError(f"module 'provenance' has no attribute {name!r}")
