"""Rules between people, organisations and the article's credit.

The article's credit has the composed form `A and B via P` or `P with A` (docs/profiles.md). A credit of another
form, as publishers write it, is not compared with the parties.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from provenance.cleaning import quoted
from provenance.credits.authorities import agencies
from provenance.model import Severity
from provenance.validation.problems import Problem, Rule, Subject, objects, readable

_PEOPLE = ("author", "contributor", "editor", "translator")
_SPLIT = re.compile(r", | and ")


def _names(party: dict[str, Any]) -> set[str]:
    """All names of a party, folded."""
    return {fold(party[key]) for key in ("name", "alternateName") if isinstance(party.get(key), str)}


def fold(text: str) -> str:
    """Text for comparing: case and white space levelled."""
    return " ".join(text.casefold().split())


def _orgs(subject: Subject, *slots: str) -> list[tuple[str, dict[str, Any]]]:
    return [found for slot in slots for found in objects(subject.record, slot)]


def _missing_source(subject: Subject) -> Iterator[Problem]:
    credit = subject.text("creditText")
    head, via, _ = credit.partition(" via ")
    if via and not _orgs(subject, "sourceOrganization", "provider"):
        yield Problem(
            "/creditText",
            f"creditText names {quoted(head, 40)} as the source, but sourceOrganization is missing",
            quoted(credit),
            "sourceOrganization, or no creditText",
        )


def _source_mismatch(subject: Subject) -> Iterator[Problem]:
    credit = subject.text("creditText")
    head, via, _ = credit.partition(" via ")
    sources = [names for _, party in _orgs(subject, "sourceOrganization", "provider") if (names := _names(party))]
    if not via or not sources:
        return
    whole = [fold(head)]
    printed = whole if any(whole[0] in names for names in sources) else [fold(part) for part in _SPLIT.split(head)]
    unknown = [part for part in printed if not any(part in names for names in sources)]
    if unknown:
        yield Problem(
            "/creditText",
            f"creditText names {quoted(head, 40)}, but no sourceOrganization has this name",
            quoted(credit),
            f"names of sourceOrganization: {', '.join(quoted(min(names, key=len), 40) for names in sources[:3])}",
        )


def _publisher_mismatch(subject: Subject) -> Iterator[Problem]:
    credit = subject.text("creditText")
    publisher = subject.record.get("publisher")
    if not isinstance(publisher, dict) or not _names(publisher):
        return
    _, via, tail = credit.rpartition(" via ")
    house = tail if via else credit.partition(" with ")[0] if " with " in credit else ""
    if house and fold(house) not in _names(publisher):
        yield Problem(
            "/creditText",
            f"creditText names {quoted(house, 40)} as the publisher, but publisher is another",
            quoted(credit),
            quoted(publisher.get("name")),
        )


def _missing_credit(subject: Subject) -> Iterator[Problem]:
    sources = _orgs(subject, "sourceOrganization")
    publisher = subject.record.get("publisher")
    if not sources or not isinstance(publisher, dict) or subject.text("creditText"):
        return
    if not any(_names(party) & _names(publisher) for _, party in sources):
        path, party = sources[0]
        yield Problem(path, "there is a sourceOrganization, but no creditText", quoted(party.get("name")), "creditText")


def _source_is_publisher(subject: Subject) -> Iterator[Problem]:
    publisher = subject.record.get("publisher")
    if isinstance(publisher, dict):
        for path, party in _orgs(subject, "sourceOrganization", "provider"):
            if _names(party) & _names(publisher):
                yield Problem(
                    f"{path}/name",
                    f"{readable(path)} is the publisher itself",
                    quoted(party.get("name")),
                    "another party",
                )


def _publisher_as_person(subject: Subject) -> Iterator[Problem]:
    publisher = subject.record.get("publisher")
    known = _names(publisher) if isinstance(publisher, dict) else set()
    for path, party in _orgs(subject, *_PEOPLE):
        if party.get("@type") == "Person" and _names(party) & known:
            yield Problem(
                f"{path}/name", "the publisher is typed as a Person", quoted(party.get("name")), "Organization"
            )


def _is_agency(name: str) -> bool:
    """Weak names of the authority file count when they are acronyms: a person may be called Petra, hardly AAP."""
    return agencies().lookup_id(name, slot=name.isupper()) is not None


def _agency_as_person(subject: Subject) -> Iterator[Problem]:
    for path, party in _orgs(subject, *_PEOPLE):
        name = party.get("name")
        if party.get("@type") == "Person" and isinstance(name, str) and _is_agency(name[:200]):
            yield Problem(f"{path}/name", "an agency is typed as a Person", quoted(name), "Organization")


def _twice(subject: Subject) -> Iterator[Problem]:
    for slot in (*_PEOPLE, "sourceOrganization", "provider"):
        seen: dict[str, str] = {}
        for path, _, name in subject.among(f"{slot}.name"):
            first = seen.setdefault(fold(name), path)
            if first != path:
                yield Problem(path, f"{slot} names the same party twice", quoted(name))


def _notice_year(subject: Subject) -> Iterator[Problem]:
    year, notice = subject.record.get("copyrightYear"), subject.text("copyrightNotice")
    if type(year) is int and re.search(r"\d{4}", notice) and str(year)[:12] not in notice:
        yield Problem("/copyrightYear", "the copyright notice states another year", quoted(year), quoted(notice, 40))


_W = Severity.WARNING

ROWS: tuple[Rule, ...] = (
    Rule(
        "credit/missing-agency",
        _W,
        "A credit that names a source has the source as sourceOrganization.",
        "Add sourceOrganization, or remove the credit when nothing came from elsewhere.",
        _missing_source,
    ),
    Rule(
        "credit/other-source",
        _W,
        "The credit names the organisations of sourceOrganization, by name or alternateName.",
        "Compose the credit again from sourceOrganization and publisher.",
        _source_mismatch,
    ),
    Rule(
        "credit/other-publisher",
        _W,
        "The credit names the publisher of the record.",
        "Compose the credit again from sourceOrganization and publisher.",
        _publisher_mismatch,
    ),
    Rule(
        "credit/missing",
        _W,
        "A record with sourceOrganization and publisher has the credit.",
        "Add creditText, such as A via P.",
        _missing_credit,
    ),
    Rule(
        "credit/own-source",
        _W,
        "sourceOrganization and provider are other parties than the publisher.",
        "Remove the entry: a publisher's own work needs no source.",
        _source_is_publisher,
    ),
    Rule(
        "party/publisher-as-person",
        _W,
        "The publisher is not typed as a person.",
        "Use Organization if the byline prints the publisher's name; otherwise leave the author out.",
        _publisher_as_person,
    ),
    Rule(
        "party/agency-as-person",
        _W,
        "An agency is an organisation.",
        "Use Organization.",
        _agency_as_person,
    ),
    Rule(
        "party/twice",
        _W,
        "A party stands once in each list.",
        "Remove the repetition.",
        _twice,
    ),
    Rule(
        "copyright/other-year",
        _W,
        "The copyright year is a year of the notice.",
        "Correct copyrightYear, or leave it out when the notice names a span of years.",
        _notice_year,
    ),
)
