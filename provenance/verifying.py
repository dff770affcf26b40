"""`provenance verify`: every selector of the evidence is replayed against the captures it speaks of."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from provenance.errors import SourceError
from provenance.evidence import record_digest, verify
from provenance.model import Capture, Finding, Severity, Unreadable
from provenance.page import Page
from provenance.sources import open_captures


def read_lines(path: str) -> Iterator[dict[str, Any]]:
    """JSON objects of a JSON Lines file (`-` is standard input). Raises `SourceError` for a line that is none."""
    try:
        with sys.stdin if path == "-" else Path(path).open(encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _object(line, path, number)
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} cannot be read: {error}", advice="Give a JSON Lines file.") from error


def _object(line: str, path: str, number: int) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{path}:{number} is no JSON: {error}", advice="Give a JSON Lines file.") from error
    if not isinstance(value, dict):
        raise SourceError(f"{path}:{number} is no JSON object", advice="Give a JSON Lines file.")
    return value


@dataclass(frozen=True, slots=True)
class _Claimed:
    """One record with its sidecar, waiting for its capture."""

    name: str
    record: dict[str, Any]
    sidecar: dict[str, Any]


def verify_all(
    records: Iterable[dict[str, Any]], evidence: Iterable[dict[str, Any]], captures: Iterable[str] = ()
) -> Iterator[Finding]:
    """Findings over all records. Captures are found by their digest, in `captures` or where they were read before."""
    sidecars: dict[str, dict[str, Any]] = {}
    for entry in evidence:  # by digest, since one article can be held in many copies; by id for a record that changed
        sidecars.setdefault(entry["record"]["id"], entry)
        sidecars[entry["record"]["sha256"]] = entry
    waiting: dict[str, list[_Claimed]] = defaultdict(list)
    for record in records:
        sidecar = sidecars.get(record_digest(record)) or sidecars.get(record.get("@id", ""))
        name = str(record.get("url") or record.get("@id") or "a record")
        if sidecar is None:
            yield Finding("evidence/missing", Severity.ERROR, "there is no evidence for this record", locator=name)
        else:
            waiting[sidecar["capture"]["sha256"]].append(_Claimed(name, record, sidecar))
    read_before = [c.sidecar["capture"].get("locator", "").split("#")[0] for found in waiting.values() for c in found]
    for capture in _captures(dict.fromkeys((*captures, *read_before)), waiting):
        for claimed in waiting.pop(capture.sha256, ()):
            page = Page(replace(capture, url=claimed.sidecar["capture"].get("url", capture.url)))
            yield from (replace(f, locator=claimed.name) for f in verify(page, claimed.record, claimed.sidecar))
    for digest, claimed_by in waiting.items():
        for claimed in claimed_by:
            yield _lost(claimed.name, digest)


def _lost(name: str, digest: str) -> Finding:
    message = f"no capture with sha256 {digest} was found"
    remedy = "Name the file or folder that holds it."
    return Finding("evidence/capture-missing", Severity.ERROR, message, remedy=remedy, locator=name)


def _captures(locators: Iterable[str], waiting: Mapping[str, object]) -> Iterator[Capture]:
    """Captures of these files and folders while any is waited for; no address is fetched."""
    for locator in locators:
        if not waiting or not locator or locator == "-" or "://" in locator:
            continue
        for item in open_captures(locator):
            if not isinstance(item, Unreadable):
                yield item
