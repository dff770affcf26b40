"""What goes into a run: folders opened up, inputs numbered, and on a resumed run the finished ones passed over."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from provenance.batching.outputs import Outputs
from provenance.batching.worker import facts_of
from provenance.errors import OptionError
from provenance.model import Unreadable
from provenance.sources.folders import Member, Snapshot, members

ADVICE = "Give the same inputs in the same order, or --force to begin anew."


@dataclass(frozen=True, slots=True)
class Entry:
    """One input. `member` is set for what a folder holds; `done` items were written by an earlier run.

    `stamp` is size and time of change (nanoseconds) of a file, None for anything else.
    """

    number: int
    locator: str
    member: Member | None = None
    stamp: tuple[int, int] | None = None
    done: int = 0
    counts: tuple[tuple[str, int], ...] = ()

    @property
    def is_address(self) -> bool:
        """Whether it has to be fetched."""
        return self.locator.lower().startswith(("http://", "https://"))


def entries(locators: Iterable[str], outputs: Outputs) -> Iterator[Entry]:
    """The inputs that are still to do. Raises OptionError when the finished ones are not what they were."""
    source = enumerate(_opened(locators, outputs.own_files))
    for before in outputs.done_inputs():
        number, (locator, _) = next(source, (outputs.start.inputs, (None, None)))
        _check(number, before, locator)
    for number, (locator, member) in source:
        stamp = stamp_of(locator)
        if number == outputs.start.inputs and outputs.start.partial:
            yield _partial(number, locator, member, stamp, outputs.start.partial)
        else:
            yield Entry(number, locator, member, stamp)


def _opened(locators: Iterable[str], own: Mapping[str, bool]) -> Iterator[tuple[str, Member | None]]:
    """Each locator, and for a folder each member of it. Raises OptionError for a source that would be overwritten."""
    for locator in locators:
        if not os.path.isdir(locator):
            if _real(locator) in own:
                raise _overwritten(locator)
            yield locator, None
            continue
        inside = _inside(Path(locator), own)
        first = next(inside, None)
        if first is None:
            yield locator, Unreadable(locator, "input.empty", "the folder holds nothing to read", skipped=True)
            continue
        yield first
        yield from inside


def _inside(folder: Path, own: Mapping[str, bool]) -> Iterator[tuple[str, Member]]:
    """The members of a folder. What the run writes there is none, but a WARC that it would replace."""
    for member in members(folder):
        name = _name(member)
        place = _real(name) if own else ""
        if own.get(place):
            raise _overwritten(name)
        if place not in own:
            yield name, member


def _real(name: str) -> str:
    return "" if "\0" in name else os.path.realpath(name)


def _overwritten(name: str) -> OptionError:
    return OptionError(f"{name} would be read and overwritten.", advice="Name another file to write.")


def _name(member: Member) -> str:
    """The locator of a member. A snapshot is called by the file of it that is read first."""
    if isinstance(member, Unreadable):
        return member.locator
    return str(member.choices[0][0] if isinstance(member, Snapshot) else member)


def stamp_of(locator: str) -> tuple[int, int] | None:
    """Size and time of change of a file."""
    try:
        status = os.stat(locator)
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns


def _check(number: int, before: dict[str, Any], locator: str | None) -> None:
    """Raises OptionError unless input `number` is what it was. A file that was only touched is the same."""
    if locator is None or locator != before["locator"]:
        message = f"input {number + 1} was {before['locator']!r} and is now {locator!r}"
        raise OptionError(message, advice=ADVICE)
    if "sha256" not in before or stamp_of(locator) == (before["bytes"], before["modified"]):
        return
    facts = facts_of(locator)
    digest = facts[2] if facts else "gone"
    if digest != before["sha256"]:
        message = f"input {number + 1}, {locator!r}, had the SHA-256 {before['sha256']} and is now {digest}"
        raise OptionError(message, advice=ADVICE)


def _partial(
    number: int, locator: str, member: Member | None, stamp: tuple[int, int] | None, before: dict[str, Any]
) -> Entry:
    """The input at which an earlier run stopped. Raises OptionError unless it is what it was."""
    was = (before["locator"], before["stamp"] and tuple(before["stamp"]))
    if was != (locator, stamp):
        message = f"input {number + 1} was {was[0]!r} (size, time {was[1]}) and is now {locator!r} ({stamp})"
        raise OptionError(message, advice=ADVICE)
    return Entry(number, locator, member, stamp, before["items"], tuple(before["counts"].items()))
