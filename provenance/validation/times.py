"""Rules between dates. A date without a time may be any moment of that day in any time zone of the world."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from provenance.cleaning import quoted
from provenance.model import Severity
from provenance.validation.problems import Problem, Rule, Subject

_WEST, _EAST = timedelta(hours=12), timedelta(hours=14)
_SKEW = timedelta(minutes=5)
"""Clocks of servers and archives differ by minutes; no finding is built on that."""

Interval = tuple[datetime, datetime]


def interval(text: str) -> Interval | None:
    """First and last moment that a date or a date-time of a record can mean; None when it is neither."""
    try:
        moment = datetime.fromisoformat(text)
        if "T" in text:
            return (moment.astimezone(UTC), moment.astimezone(UTC)) if moment.tzinfo else None
        start = moment.replace(tzinfo=UTC)
        return start - _EAST, start + timedelta(days=1) + _WEST
    except (ValueError, OverflowError):
        return None


def surely_before(earlier: str, later: str) -> bool:
    """Whether the first is before the second whatever their time zones; two dates are compared as they stand."""
    if "T" not in earlier and "T" not in later:
        return bool(interval(earlier) and interval(later)) and earlier < later
    first, second = interval(earlier), interval(later)
    return bool(first and second and first[1] + _SKEW < second[0])


def _captured(subject: Subject) -> str:
    """The moment of capture: as given, else the earliest that the record states of its copies."""
    stated = [text for _, _, text in subject.among("archivedAt.dateCreated") if interval(text)]
    return subject.captured or min(stated, default="")


def _modified_first(subject: Subject) -> Iterator[Problem]:
    published, modified = subject.text("datePublished"), subject.text("dateModified")
    if published and modified and surely_before(modified, published):
        yield Problem(
            "/dateModified",
            f"dateModified is before datePublished {quoted(published)}",
            quoted(modified),
            f"a moment not before {quoted(published)}",
        )


def _after_capture(subject: Subject) -> Iterator[Problem]:
    captured = _captured(subject)
    for name in ("datePublished", "dateModified"):
        stated = subject.text(name)
        if captured and stated and surely_before(captured, stated):
            yield Problem(
                f"/{name}",
                f"{name} is after the capture of {quoted(captured)}",
                quoted(stated),
                f"a moment not after {quoted(captured)}",
            )


def _described_early(subject: Subject) -> Iterator[Problem]:
    captured, described = _captured(subject), subject.text("sdDatePublished")
    if captured and described and surely_before(described, captured):
        yield Problem(
            "/sdDatePublished",
            f"the record's own date is before the capture of {quoted(captured)}",
            quoted(described),
            f"a date not before {quoted(captured[:10])}",
        )


def _corrected_early(subject: Subject) -> Iterator[Problem]:
    published = subject.text("datePublished")
    for path, _, stated in subject.among("correction.datePublished"):
        if published and surely_before(stated, published):
            yield Problem(path, f"the correction is before datePublished {quoted(published)}", quoted(stated))


_W = Severity.WARNING

ROWS: tuple[Rule, ...] = (
    Rule(
        "date/modified-before-published",
        _W,
        "An article is not modified before it is published.",
        "Look at the page: often the two are swapped, or one of them belongs to another article.",
        _modified_first,
    ),
    Rule(
        "date/after-capture",
        _W,
        "An article is not published or modified after its page was captured.",
        "Check the moment of capture and the offset of the date: a banner's date is no date of the article.",
        _after_capture,
    ),
    Rule(
        "date/described-before-capture",
        _W,
        "A record is not made before the copy that it describes.",
        "Correct sdDatePublished or the copy's dateCreated.",
        _described_early,
    ),
    Rule(
        "date/corrected-before-published",
        _W,
        "A correction is not older than its article.",
        "Check the date of the correction.",
        _corrected_early,
    ),
)
