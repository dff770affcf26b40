"""Records as citations: CSL-JSON 1.0.2, RIS, BibLaTeX.

The crosswalk is a table a format: property of the record, tag of the format, converter. Agencies are authors only where
they stand in the byline; a source goes into a note, since no citation format has a slot for it that styles print well
(`original-publisher` is printed as "Original work published"). Who edited a story did not edit the newspaper, but so
styles print an `editor` ("The Example Gazette. Edited by ..."): CSL has such people among the contributors,
BibLaTeX as `redactor`. docs/exports.md lists what goes where.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from typing import Any

from provenance.addresses import host_of
from provenance.exports.names import Party, copy_of, date_parts, is_person, parts_of

Record = dict[str, Any]


# --- CSL-JSON ------------------------------------------------------------------------------------------------------


def csl_json(records: Iterable[Record]) -> Iterator[str]:
    """One JSON array of CSL items. Their ids differ, since processors take items of one id for one."""
    taken: dict[str, int] = {}
    number = 0
    for number, record in enumerate(records, 1):
        item = csl_item(record, number)
        item["id"] = _untaken(str(item["id"]), taken, "#")
        yield ("[\n" if number == 1 else ",\n") + json.dumps(item, ensure_ascii=False)
    yield "\n]\n" if number else "[]\n"


def _untaken(name: str, taken: dict[str, int], mark: str) -> str:
    """The name, or for one that another entry has the name with a number: copies of one article share an `@id`."""
    number = taken.get(name, 0) + 1
    free = name if number == 1 else f"{name}{mark}{number}"
    while free in taken:
        number += 1
        free = f"{name}{mark}{number}"
    taken[name] = number
    taken.setdefault(free, 1)
    return free


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


def _csl_contributors(record: Record, name: str) -> list[dict[str, str]]:
    return _csl_names(record, "contributor") + _csl_names(record, "editor")


def _csl_name(party: Party) -> dict[str, str]:
    parts = parts_of(party)
    return {k: v for k, v in parts._asdict().items() if v} if parts else {"literal": party["name"]}


def _csl_date(record: Record, name: str) -> dict[str, Any] | None:
    parts = date_parts(record.get(name))
    return {"date-parts": [list(parts)]} if parts else None


def _csl_accessed(record: Record, name: str) -> dict[str, Any] | None:
    parts = date_parts(copy_of(record).get("dateCreated"))
    return {"date-parts": [list(parts)]} if parts else None


def _name(record: Record, name: str) -> str | None:
    return (record.get(name) or {}).get("name")


def _section(record: Record, name: str) -> str | None:
    """The section in print, which a reader can turn to, or else the first one of the site."""
    printed: str | None = record.get("printSection")
    return printed or next(iter(record.get("articleSection", ())), None)


def _archive(record: Record, name: str) -> str | None:
    return copy_of(record).get("url")


def _archive_host(record: Record, name: str) -> str | None:
    """Whose archive it is, as far as its address says."""
    return host_of(_archive(record, name))


_CSL: tuple[tuple[str, str, Callable[[Record, str], Any]], ...] = (
    ("headline", "title", _plain),
    ("author", "author", _csl_names),
    ("contributor", "contributor", _csl_contributors),
    ("translator", "translator", _csl_names),
    ("publisher", "container-title", _name),
    ("printEdition", "edition", _plain),
    ("articleSection", "section", _section),
    ("printPage", "page", _plain),
    ("datePublished", "issued", _csl_date),
    ("archivedAt", "accessed", _csl_accessed),
    ("archivedAt", "archive", _archive_host),
    ("archivedAt", "archive_location", _archive),
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
    """`Family, Given, Suffix`; a corporate name ends in a comma, which readers take for an empty first name."""
    parts = parts_of(party)
    return ", ".join(filter(None, parts)) if parts else party["name"].replace(",", " ") + ","


def _ris_date(record: Record, name: str) -> str | None:
    parts = date_parts(record.get(name))
    return f"{parts[0]:04d}/{parts[1]:02d}/{parts[2]:02d}/" if parts else None


def _year(record: Record, name: str) -> int | None:
    parts = date_parts(record.get(name))
    return parts[0] if parts else None


def _accessed(record: Record, name: str) -> str | None:
    return _ris_date(copy_of(record), "dateCreated")


_RIS_NAMES = (("author", "AU"), ("contributor", "A2"), ("editor", "ED"), ("translator", "A4"))
_RIS: tuple[tuple[str, str, Callable[[Record, str], Any]], ...] = (
    ("headline", "TI", _plain),
    ("publisher", "T2", _name),
    ("printEdition", "ET", _plain),
    ("articleSection", "SE", _section),
    ("printPage", "SP", _plain),
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
    taken: dict[str, int] = {}
    for record in records:
        key = _untaken(_key(record), taken, "-")
        fields = [(tag, value) for name, tag, convert in _BIB if (value := convert(record, name))]
        lines = [f"  {tag} = {{{value}}}," for tag, value in fields]
        yield f"@article{{{key},\n" + "\n".join(lines) + "\n}\n\n"


def _key(record: Record) -> str:
    """Family name, year, first word of the headline: readable, and harmless whatever a page says."""
    person = next((p for p in record.get("author", ()) if is_person(p)), None)
    family = (parts_of(person) or (person["name"],))[0] if person else _name(record, "publisher") or "news"
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
        "{": r"\textbraceleft{}",  # not "\{": readers of .bib files count that brace
        "}": r"\textbraceright{}",
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
    """`von Last, Jr, First`; a name that stays whole has braces of its own."""
    parts = parts_of(party)
    if not parts:
        return f"{{{tex(party['name'])}}}"
    family, given, suffix = (_bib_part(part) for part in parts)
    return ", ".join(filter(None, (_after_von(family), suffix, given)))


def _bib_part(text: str) -> str:
    """In braces where it holds the word that parts one name from the next."""
    plain = tex(text)
    return f"{{{plain}}}" if "and" in plain.lower().split() else plain


def _after_von(family: str) -> str:
    """`de la {Torre y Lind}`: readers take all up to the last small word for the "von", but for what is in braces."""
    words = family.split()
    small = len(list(takewhile(lambda word: word[0].islower(), words)))
    rest = words[small:]
    if not any(word[0].islower() for word in rest):
        return family
    return " ".join([*words[:small], f"{{{' '.join(rest)}}}"])


def _tex_name(record: Record, name: str) -> str | None:
    value = _name(record, name)
    return tex(value) if value else None


def _bib_type(kind: str) -> Callable[[Record, str], str | None]:
    """The role of the people of a field, where there are any."""
    return lambda record, name: kind if record.get(name) else None


def _addendum(record: Record, name: str) -> str | None:
    """The address of the copy that `urldate` speaks of, as text: no field is meant for it."""
    address = _archive(record, name)
    return f"Archived at {tex(address)}" if address else None


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
    ("printEdition", "edition", _tex),
    ("printPage", "pages", _tex),
    ("datePublished", "date", _iso_date),
    ("url", "url", _url),
    ("archivedAt", "urldate", lambda record, name: _iso_date(copy_of(record), "dateCreated")),
    ("contributor", "editora", _bib_names),
    ("contributor", "editoratype", _bib_type("collaborator")),
    ("editor", "editorb", _bib_names),
    ("editor", "editorbtype", _bib_type("redactor")),
    ("translator", "translator", _bib_names),
    ("creditText", "note", _tex),
    ("archivedAt", "addendum", _addendum),
)
