"""The values that travel from a locator to a record. All are frozen; every stage makes new ones.

    locator -> Capture | Unreadable -> Page -> Candidate -> Choice -> Outcome(record, evidence, findings)

Times are RFC 3339 strings. `captured` and layer times are UTC (ending in `Z`) wherever the form tells the zone.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Any, Literal, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, eq_default=False)
def fixed(cls: type[T]) -> type[T]:
    """Class decorator: a dataclass of which a page needs hundreds, each equal to itself alone.

    Type checkers hold it to be frozen. Nothing watches over that at run time, where it would make the making of one
    four times as slow.
    """
    return dataclass(slots=True, eq=False)(cls)


Span = tuple[int, int]
"""Half-open range of Unicode code points."""


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that a cataloguer should see: a repair, a limit that was hit, a conflict. `code` is stable."""

    code: str
    message: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """One wrapping that was taken off on the way from the file to the page: gzip, WARC record, replay service …

    `url` and `time` are what this layer says of what it holds; `time_kind` tells what the time means: `capture` (a
    server answered then), `save` (a person saved then), `mirror`, `print`, or `inferred`. `detail` holds safe facts
    such as `("record-id", "urn:uuid:…")`, `("offset", "1234")`, `("member", "archive/data.warc.gz")`,
    `("payload-digest", "sha1:…")`, `("tool", "wget 1.21")`.
    """

    kind: str
    url: str | None = None
    time: str | None = None
    time_kind: Literal["capture", "save", "mirror", "print", "inferred"] | None = None
    detail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact that the container states about the article beside the page itself (front matter is read by the page).

    `name` is a property of the record (`headline`, `author`, `datePublished`, `url`, `publisher` …); `where` is a
    readable address inside the container (`note-attributes/source-url`, `BYLINE:`, `line 12`).
    """

    name: str
    value: str
    where: str


@dataclass(frozen=True)
class Capture:
    """One page as it was captured: the very bytes that are parsed, and what its wrappings say about it.

    `locator` names it in messages and output (`dir/a.warc.gz#3`); `media_type` is `text/html`, `text/markdown` or
    `text/plain`; `charset` is what a transport header declared; `url` the original address, never an archive's;
    `archive_url` the memento (RFC 7089 URI-M); `captured` the moment of capture; `replay` the service whose rewriting
    of addresses has to be undone (`wayback`, `pywb`, `archive.today`) or None; `headers` the harmless part of the HTTP
    response header; `layers` run from the outermost in.
    """

    locator: str
    body: bytes = field(repr=False)
    media_type: str = "text/html"
    charset: str | None = None
    url: str | None = None
    archive_url: str | None = None
    captured: str | None = None
    replay: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    layers: tuple[Layer, ...] = ()
    stated: tuple[Stated, ...] = ()
    notes: tuple[Note, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """Digest of `body`, 64 lower-case hexadecimal digits."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An input, or a part of one, that gave no capture. An item of the stream: it never ends a run.

    `skipped` is true where nothing is wrong: an image in an archive, a redirect, a robots.txt.
    """

    locator: str
    code: str
    message: str
    advice: str = ""
    skipped: bool = False


# --- where a text stands -------------------------------------------------------------------------------------------


@fixed
class NodePlace:
    """An element of the page's tree, or one of its attributes."""

    element: Any
    attribute: str | None = None


@fixed
class DataPlace:
    """A value inside a JSON script: the script's element and an RFC 6901 pointer into its parsed data."""

    element: Any
    pointer: str


@dataclass(frozen=True, slots=True)
class CapturePlace:
    """A fact that stands outside the page's own bytes: a header, a layer, a stated fact, the address, an option.

    `name` is the HTTP header's name, `layers/2/url`, `stated/0`, `url` or the option's name.
    """

    name: str


Place = NodePlace | DataPlace | CapturePlace

Source = Literal[
    "visible-text",
    "json-ld",
    "microdata",
    "rdfa",
    "meta",
    "link",
    "attribute",
    "http-header",
    "warc-header",
    "url",
    "sidecar-file",
    "option",
    "authority",
]

KIND_OF_SOURCE: dict[str, str] = {
    "visible-text": "visible",
    "attribute": "visible",
    "json-ld": "metadata",
    "microdata": "metadata",
    "rdfa": "metadata",
    "meta": "metadata",
    "link": "metadata",
    "http-header": "transport",
    "warc-header": "transport",
    "sidecar-file": "transport",
    "url": "address",
    "option": "option",
    "authority": "authority",
}
"""Independent kinds of evidence. Three copies of one CMS field are one witness, so only another *kind* supports."""


@fixed
class Match:
    """A text as it stands in the capture. `text` equals the text at `place`, cut to `span` where there is one."""

    text: str
    source: Source
    place: Place
    span: Span | None = None

    @property
    def kind(self) -> str:
        return KIND_OF_SOURCE[self.source]


@fixed
class Detail:
    """Where one part of a party was read, which seldom is where its name stands.

    `part` is an RFC 6901 pointer into the party's object, without the first slash: `jobTitle`, `affiliation/0`;
    `matches` holds one text, or several that were put together.
    """

    part: str
    matches: tuple[Match, ...]
    rule: str
    steps: tuple[str, ...] = ()


@fixed
class Candidate:
    """One reading of one match for one field.

    `rule` is a stable id such as `headline/h1`. `value` is what the text means (a string, `Party`, `Photo` …).
    `weight` (0 to 1) is the rule's worth; `refused` says why the reading cannot be used, in one short clause; `steps`
    name what was done to the text (`strip-suffix:Example Gazette`). `inferred` marks a reading that the page does not
    state in so many words. `details` tell of a party where its parts were read.
    """

    field: str
    rule: str
    match: Match
    value: Any
    weight: float = 0.5
    steps: tuple[str, ...] = ()
    refused: str | None = None
    inferred: bool = False
    details: tuple[Detail, ...] = ()


@fixed
class Choice:
    """What was chosen for one field, what agrees with it, and what lost and why.

    `chosen` has one candidate for a single-valued field and one per value for a list. `agrees` are candidates of other
    places that say the same. `rejected` pairs each loser with its reason.
    """

    field: str
    chosen: tuple[Candidate, ...] = ()
    agrees: tuple[Candidate, ...] = ()
    rejected: tuple[tuple[Candidate, str], ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def value(self) -> Any:
        """Value of the first chosen candidate, or None."""
        return self.chosen[0].value if self.chosen else None


# --- what values are made of ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Party:
    """A person or an organisation that a credit names.

    `agency` is the id in the authority file; `short` the short form ("AFP"); `same_as` a Wikidata entity URI.
    """

    kind: Literal["person", "organization"]
    name: str
    short: str | None = None
    same_as: str | None = None
    agency: str | None = None
    job_title: str | None = None
    url: str | None = None
    affiliation: tuple[Party, ...] = ()

    @property
    def display(self) -> str:
        """The form used in a composed credit: the short form where there is one."""
        return self.short or self.name


@fixed
class Photo:
    """One photo of the article. Each part is a candidate of its own, so that each has evidence.

    `caption` is the caption without the credit; `credit` the printed credit line without its label word. The values of
    `url`, `caption`, `credit`, `copyright` are strings; those of `creators`, `sources`, `providers` are `Party`. `url`
    is None where the saved form kept the caption and lost the image. `key` is the same for all sizes of one photo.
    """

    url: Candidate | None
    caption: Candidate | None = None
    credit: Candidate | None = None
    copyright: Candidate | None = None
    creators: tuple[Candidate, ...] = ()
    sources: tuple[Candidate, ...] = ()
    providers: tuple[Candidate, ...] = ()
    representative: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """Who runs the page, as far as the page and its address tell before any credit is read.

    `names` are all names the publisher goes by here (site name, JSON-LD publisher, authority file), best first;
    `domain` is the registrable domain; `agency` is the authority file's id when the publisher is itself an agency.
    """

    names: tuple[str, ...] = ()
    domain: str = ""
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What every rule may know beside the page: language (BCP 47 or None), country (ISO 3166-1 or None), house."""

    language: str | None = None
    country: str | None = None
    house: House = House()


# --- what comes out ------------------------------------------------------------------------------------------------


class Severity(IntEnum):
    """How much a finding weighs."""

    OFF = 0
    NOTE = 1
    WARNING = 2
    ERROR = 3


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a text file for people and editors: 1-based line and column; end exclusive."""

    line: int
    column: int = 1
    end_line: int | None = None
    end_column: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or worth a look, in a record or in a page's own markup.

    `rule` is stable and an anchor in docs/rules.md; `path` is an RFC 6901 pointer into the record ("" is the record
    itself); `message` is one sentence; `found` the value, shortened; `locator` the file and record.
    """

    rule: str
    severity: Severity
    message: str
    path: str = ""
    found: str = ""
    expected: str = ""
    remedy: str = ""
    locator: str = ""
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What `process()` made of one capture: a record with its evidence, or a `refusal` (code, message).

    `sha256` is the digest of the captured bytes, "" where none could be read.
    """

    locator: str
    sha256: str
    record: dict[str, Any] | None = None
    evidence: dict[str, Any] | None = None
    findings: tuple[Finding, ...] = ()
    refusal: Note | None = None
