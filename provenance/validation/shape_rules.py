"""Rules that the JSON Schemas carry: each constraint names its rule by `x-code`."""

from __future__ import annotations

from provenance.model import Severity
from provenance.validation.problems import Rule

_E, _W = Severity.ERROR, Severity.WARNING

ROWS: tuple[Rule, ...] = (
    Rule(
        "record/not-json",
        _E,
        "A file of records is JSON in UTF-8 (RFC 8259).",
        "Correct the text at the place that is named; NaN and Infinity are no JSON.",
    ),
    Rule(
        "record/duplicate-name",
        _E,
        "An object has each name once (RFC 8259, section 4).",
        "Remove one of the two: programs differ in which they read.",
    ),
    Rule(
        "record/not-an-object",
        _E,
        "A record is a JSON object.",
        "Write one object for each record, one record for each line of a .jsonl file.",
    ),
    Rule(
        "record/too-deep",
        _E,
        "A record is nested at most 64 levels deep.",
        "Remove what is not part of the record: it needs four levels.",
    ),
    Rule(
        "record/missing-property",
        _E,
        "A property is there that the object cannot do without.",
        "Add the property. When its value is unknown, leave out the whole object.",
    ),
    Rule(
        "record/unknown-property",
        _E,
        "Only the properties of the profile are used, at the places where it has them.",
        "Correct the spelling, or move the value to the property that is meant for it.",
    ),
    Rule(
        "record/wrong-type",
        _E,
        "A value has the JSON type of its property; a property that can repeat is always a list.",
        "Write the type that is named in the message.",
    ),
    Rule(
        "record/empty-list",
        _E,
        "A list holds at least one value, since what is unknown is left out.",
        "Leave the property out.",
    ),
    Rule(
        "record/context",
        _E,
        "The context is https://schema.org.",
        'Write "@context": "https://schema.org".',
    ),
    Rule(
        "record/type",
        _E,
        "An object has a type that fits its place.",
        "Use one of the types that are named in the message.",
    ),
    Rule(
        "record/empty-work",
        _E,
        "Another work is named by its address, its name or its language.",
        "Add url, name or inLanguage, or leave the work out.",
    ),
    Rule(
        "record/unidentified",
        _E,
        "A record names its article by address or, where none is known, by an identifier.",
        "Add url; extract takes it from --url where the page does not say it.",
    ),
    Rule(
        "text/blank",
        _E,
        "Text is not empty and has no white space at its ends.",
        "Trim the text; leave the property out when nothing remains.",
    ),
    Rule(
        "text/line",
        _E,
        "Names, headlines and credits are one line.",
        "Replace line breaks by single spaces and trim the text.",
    ),
    Rule(
        "url/absolute",
        _E,
        "An address is an absolute http or https URL (RFC 3986).",
        "Resolve the address against the page's, percent-encode what is not ASCII, drop user name and password.",
    ),
    Rule(
        "url/identifier",
        _E,
        "An identifier is an absolute URI.",
        "Use an http URL or a urn:uuid: name.",
    ),
    Rule(
        "date/form",
        _E,
        "A date is YYYY-MM-DD; a moment has seconds and an offset (RFC 3339); both exist in the calendar.",
        "Write 2021-05-20 or 2021-05-20T10:00:00+03:00. When the offset is unknown, keep the date only.",
    ),
    Rule(
        "date/utc",
        _E,
        "The moment of a capture is in UTC and ends in Z.",
        "Convert the moment to UTC.",
    ),
    Rule(
        "language/tag",
        _E,
        "A language is a BCP 47 tag in its usual case.",
        "Write en, en-GB or zh-Hant, with a hyphen and the region in capitals.",
    ),
    Rule(
        "digest/sha256",
        _E,
        "A SHA-256 digest is 64 lower-case hexadecimal digits.",
        "Write the digest in lower-case hexadecimal without a prefix.",
    ),
    Rule(
        "media/type",
        _E,
        "A media type has the form type/subtype in lower case.",
        "Write text/html, without parameters such as charset.",
    ),
    Rule(
        "copyright/year",
        _E,
        "A copyright year is a whole number between 1600 and 2200.",
        "Write the year that the notice states.",
    ),
    Rule(
        "archival/missing",
        _E,
        "A record for deposit has @id, publisher, inLanguage, datePublished, archivedAt, sdPublisher, sdDatePublished.",
        "Extract with --sd-publisher NAME, which names who makes the record and dates it (or --sd-date DAY). What else "
        "the page does not state, write into the record by hand, or use the core profile.",
    ),
    Rule(
        "archival/copy",
        _E,
        "A record for deposit names a copy by its moment and by its address or digest.",
        "Add dateCreated and url or encoding to one entry of archivedAt; extract takes the moment from --retrieved "
        "TIME where the capture does not state it.",
    ),
    Rule(
        "archival/image",
        _E,
        "An image of a record for deposit has an address, a caption or a credit.",
        "Add one of them, or leave the image out.",
    ),
    Rule(
        "google/author",
        _W,
        "Article results work best with an author.",
        "Add the author if the page names one.",
    ),
    Rule(
        "google/date",
        _W,
        "Article results work best with a date of publication.",
        "Add datePublished if the page states it.",
    ),
    Rule(
        "google/date-time",
        _W,
        "Article results work best with a time and its offset.",
        "Add time and offset if the page states them.",
    ),
    Rule(
        "google/image",
        _W,
        "Article results work best with an image.",
        "Add the images of the article.",
    ),
    Rule(
        "google/image-address",
        _W,
        "Picture licence results need the address of the image file.",
        "Add contentUrl.",
    ),
    Rule(
        "google/image-credit",
        _W,
        "Picture licence results need a creator, credit, copyright notice or licence.",
        "Add what is printed beside the image.",
    ),
    Rule(
        "schema/constraint",
        _E,
        "A record keeps the constraints of the schema that was given with --schema.",
        "See the schema; a constraint with x-code and x-message beside it is reported under its own id and words.",
    ),
)
