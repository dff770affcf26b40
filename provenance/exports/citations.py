"""Records as citations: CSL-JSON 1.0.2, RIS, BibLaTeX.

The crosswalk is a table a format: property of the record, tag of the format, converter. Agencies are authors only where
they stand in the byline; a source goes into a note, since no citation format has a slot for it that styles print well
(`original-publisher` is printed as "Original work published").
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from provenance.exports.names import Party, copy_of, date_parts, is_person, split_name

Record = dict[str, Any]


# --- CSL-JSON ------------------------------------------------------------------------------------------------------


def csl_json(records: Iterable[Record]) -> Iterator[str]:
    """One JSON array of CSL items."""
    number = 0
    for number, record in enumerate(records, 1):
        yield ("[\n" if number == 1 else ",\n") + json.dumps(csl_item(record, number), ensure_ascii=False)
    yield "\n]\n" if number else "[]\n"


def csl_item(record: Record, number: int) -> dict[str, Any]:
    """One item of type `article-newspaper`; one that nothing identifies has its place in the input for an id."""
    identity = record.get("@id") or record.get("url") or f"record-{number}"
    item: dict[str, Any] = {"id": identity, "type": "article-newspaper"}
    for name, variable, convert in _CSL:
        value = convert(record, name)
        if value:
            item[variable] = value
    return item


def _plain(record: Record, name: str) -> Any:
    return record.get(name)


def _csl_names(record: Record, name: str) -> list[dict[str, str]]:
    return [_csl_name(party) for party in record.get(name, ())]


def _csl_name(party: Party) -> dict[str, str]:
    parts = split_name(party["name"]) if is_person(party) else None
    return {"family": parts[0], "given": parts[1]} if parts else {"literal": party["name"]}


def _csl_date(record: Record, name: str) -> dict[str, Any] | None:
    parts = date_parts(record.get(name))
    return {"date-parts": [list(parts)]} if parts else None


def _csl_accessed(record: Record, name: str) -> dict[str, Any] | None:
    parts = date_parts(copy_of(record).get("dateCreated"))
    return {"date-parts": [list(parts)]} if parts else None


def _name(record: Record, name: str) -> str | None:
    return (record.get(name) or {}).get("name")


def _section(record: Record, name: str) -> str | None:
    return next(iter(record.get(name, ())), None)


_CSL: tuple[tuple[str, str, Callable[[Record, str], Any]], ...] = (
    ("headline", "title", _plain),
    ("author", "author", _csl_names),
    ("contributor", "contributor", _csl_names),
    ("translator", "translator", _csl_names),
    ("publisher", "container-title", _name),
    ("articleSection", "section", _section),
    ("datePublished", "issued", _csl_date),
    ("archivedAt", "accessed", _csl_accessed),
    ("url", "URL", _plain),
    ("inLanguage", "language", _plain),
    ("description", "abstract", _plain),
    ("creditText", "note", _plain),
)


# --- RIS -----------------------------------------------------------------------------------------------------------


def ris(records: Iterable[Record]) -> Iterator[str]:
    """RIS, type NEWS; lines end in CR LF as the format says."""
    for record in records:
        lines = [("TY", "NEWS"), *_ris_lines(record), ("ER", "")]
        yield "".join(f"{tag}  - {_one_line(text)}\r\n" for tag, text in lines) + "\r\n"


def _ris_lines(record: Record) -> Iterator[tuple[str, str]]:
    for name, tag in _RIS_NAMES:
        yield from ((tag, _ris_name(party)) for party in record.get(name, ()))
    for name, tag, convert in _RIS:
        value = convert(record, name)
        if value:
            yield tag, str(value)
    yield from (("KW", word) for word in record.get("keywords", ()))


def _ris_name(party: Party) -> str:
    """`Family, Given`; a corporate name ends in a comma, which readers take for an empty first name."""
    parts = split_name(party["name"]) if is_person(party) else None
    return f"{parts[0]}, {parts[1]}" if parts else party["name"].replace(",", " ") + ","


def _ris_date(record: Record, name: str) -> str | None:
    parts = date_parts(record.get(name))
    return f"{parts[0]:04d}/{parts[1]:02d}/{parts[2]:02d}/" if parts else None


def _year(record: Record, name: str) -> int | None:
    parts = date_parts(record.get(name))
    return parts[0] if parts else None


def _accessed(record: Record, name: str) -> str | None:
    return _ris_date(copy_of(record), "dateCreated")


def _archive(record: Record, name: str) -> str | None:
    return copy_of(record).get("url")


_RIS_NAMES = (("author", "AU"), ("contributor", "A2"), ("translator", "A4"))
_RIS: tuple[tuple[str, str, Callable[[Record, str], Any]], ...] = (
    ("headline", "TI", _plain),
    ("publisher", "T2", _name),
    ("datePublished", "PY", _year),
    ("datePublished", "DA", _ris_date),
    ("archivedAt", "Y2", _accessed),
    ("url", "UR", _plain),
    ("archivedAt", "L2", _archive),
    ("inLanguage", "LA", _plain),
    ("description", "AB", _plain),
    ("creditText", "N1", _plain),
)


def _one_line(text: str) -> str:
    """No line break can forge a tag."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).split())


# --- BibLaTeX ------------------------------------------------------------------------------------------------------


def biblatex(records: Iterable[Record]) -> Iterator[str]:
    """BibLaTeX entries `@article` with `entrysubtype = newspaper`, UTF-8, keys made of letters, digits and hyphens."""
    seen: dict[str, int] = {}
    for record in records:
        key = _key(record)
        seen[key] = seen.get(key, 0) + 1
        fields = [(tag, value) for name, tag, convert in _BIB if (value := convert(record, name))]
        lines = [f"  {tag} = {{{value}}}," for tag, value in fields]
        yield f"@article{{{key if seen[key] == 1 else f'{key}-{seen[key]}'},\n" + "\n".join(lines) + "\n}\n\n"


def _key(record: Record) -> str:
    """Family name, year, first word of the headline: readable, and harmless whatever a page says."""
    person = next((p for p in record.get("author", ()) if is_person(p)), None)
    family = (split_name(person["name"]) or (person["name"],))[0] if person else _name(record, "publisher") or "news"
    year = _year(record, "datePublished") or "undated"
    return (
        "-".join(filter(None, (_slug(family), str(year), _slug(record.get("headline", ""))[:24].strip("-")))) or "news"
    )


def _slug(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")


_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "%": r"\%",
        "&": r"\&",
        "#": r"\#",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
    }
)


def tex(text: str) -> str:
    """Text as TeX prints it: nothing in it is a command, and braces stay balanced."""
    return _one_line(text).translate(_TEX)


def _tex(record: Record, name: str) -> str | None:
    return tex(record[name]) if record.get(name) else None


def _title(record: Record, name: str) -> str | None:
    """In braces of its own, so that no style changes its capitals."""
    return f"{{{tex(record[name])}}}" if record.get(name) else None


def _bib_names(record: Record, name: str) -> str:
    return " and ".join(_bib_name(party) for party in record.get(name, ()))


def _bib_name(party: Party) -> str:
    parts = split_name(party["name"]) if is_person(party) else None
    return f"{tex(parts[0])}, {tex(parts[1])}" if parts else f"{{{tex(party['name'])}}}"


def _tex_name(record: Record, name: str) -> str | None:
    value = _name(record, name)
    return tex(value) if value else None


def _iso_date(record: Record, name: str) -> str | None:
    parts = date_parts(record.get(name))
    return f"{parts[0]:04d}-{parts[1]:02d}-{parts[2]:02d}" if parts else None


def _url(record: Record, name: str) -> str:
    """Addresses are verbatim fields; only braces and blanks could end them."""
    return re.sub(r"[{}\\\s]", lambda m: f"%{ord(m.group()):02X}", record.get(name, ""))


_BIB: tuple[tuple[str, str, Callable[[Record, str], Any]], ...] = (
    ("author", "author", _bib_names),
    ("headline", "title", _title),
    ("publisher", "journaltitle", _tex_name),
    ("", "entrysubtype", lambda record, name: "newspaper"),
    ("datePublished", "date", _iso_date),
    ("url", "url", _url),
    ("archivedAt", "urldate", lambda record, name: _iso_date(copy_of(record), "dateCreated")),
    ("translator", "translator", _bib_names),
    ("creditText", "note", _tex),
)
