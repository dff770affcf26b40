"""HTML and XML exports of news databases (Nexis, Factiva, Europresse): the slice of each article is one body."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from provenance.errors import SourceError
from provenance.model import Capture, Layer, Stated, Unreadable
from provenance.sources.databases import YEAR, Found, decoded
from provenance.sources.databases_lines import labels
from provenance.sources.feeds import parsed
from provenance.sources.inputs import Input

Item = Capture | Unreadable
Articles = Iterator[tuple[int, int, Found]]
TAGS = re.compile(r"<[^>]*>")


def _text(markup: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(TAGS.sub(" ", markup))).strip()


def _nexis(text: str) -> Articles:
    """`<DOCFULL>` around each article; in it number, publication, date, headline, labels, text, all `DIV`s."""
    facts = labels()
    known, before = facts["nexis"], set(facts["nexis_before_text"])
    for doc in re.finditer(r"<DOCFULL>(.*?)</DOCFULL>", text, re.DOTALL):
        found = Found()
        first = ["", "publisher", "datePublished", "headline"]
        began = closed = False
        for block in re.finditer(r"<div\b[^>]*>(.*?)</div>", doc[1], re.DOTALL | re.IGNORECASE):
            line = _text(block[1])
            label = line.partition(":")[0].strip()
            if label in known:
                found.state(known[label], line.partition(":")[2], f"{label}:")
                began, closed = began or label in before, closed or bool(found.end)
            elif re.match(r"Copyright|©", line):
                found.state("copyrightNotice", line, "Copyright")
                closed = closed or bool(found.end)
            elif first and not began:
                name = first.pop(0)
                found.state(name, line, f"block {4 - len(first)}")
            elif not closed:
                found.start = found.start or doc.start(1) + block.start()
                found.end = doc.start(1) + block.end()
        yield doc.start(), doc.end(), found


def _factiva(text: str) -> Articles:
    """A table for each article, with two-letter codes; LP and TD hold the text."""
    facts = labels()
    for article in re.finditer(r"<div class=[\"']article\b.*?</table>", text, re.DOTALL | re.IGNORECASE):
        found = Found()
        for row in re.finditer(r"<tr>(.*?)</tr>", article[0], re.DOTALL | re.IGNORECASE):
            cells = re.findall(r"<td\b[^>]*>(.*?)</td>", row[1], re.DOTALL | re.IGNORECASE)
            code = _text(cells[0]) if len(cells) == 2 else ""
            if code in facts["factiva_text"]:
                found.start = found.start or article.start() + row.start(1)
                found.end = article.start() + row.end(1)
            elif code in facts["factiva"]:
                found.state(facts["factiva"][code], _text(cells[1]), code)
        yield article.start(), article.end(), found


def _europresse(text: str) -> Articles:
    """Both layouts mark publication, head and title by class; the text follows, up to the rights line."""
    heads = list(re.finditer(r"<span class=\"DocPublicationName\">(.*?)</span>", text, re.DOTALL))
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        stop = following.start() if following else len(text)
        found = Found()
        found.state("publisher", _text(head[1]), "DocPublicationName")
        spans = re.findall(r"<span class=\"DocHeader\">(.*?)</span>", text[head.end() : stop], re.DOTALL)
        date, place = _dated(" ".join(map(_text, spans)))
        found.state("datePublished", date, "DocHeader")
        found.state("articleSection", place, "DocHeader")
        title = re.compile(
            r"class=\"[tT]itreArticleVisu\"[^>]*>(.*?)</(?:p|span)>(?=\s*(?:</div>|<br))"
            r"(?:\s*</div>\s*<div>([^<]{2,200})</div>)?",
            re.DOTALL,
        )
        if match := title.search(text, head.end(), stop):
            found.state("headline", _text(match[1]), "titreArticleVisu")
            found.state("author", _text(match[2] or ""), "titreArticle/following")
            section = re.compile(r"<section>(.*?)</section>", re.DOTALL).search(text, match.end(), stop)
            rights = re.compile(r"(?:<[^>]*>)*\s*©").search(text, match.end(), stop)
            found.start = section.start(1) if section else match.end()
            found.end = section.end(1) if section else rights.start() if rights else stop
        yield head.start(), stop, found


def _dated(header: str) -> tuple[str, str]:
    """Date and place of a head such as `Politique, mardi 14 mars 2006, p. 12`; a weekday alone is neither."""
    parts = [part.strip() for part in header.split(",")]
    parts = [part for part in parts if part and part.casefold() not in labels()["weekdays"]]
    last = next((i for i, part in enumerate(parts) if YEAR.search(part)), None)
    if last is None:
        return "", "; ".join(parts)
    first = last
    while first and parts[last].isdigit() and any(c.isdigit() for c in parts[first - 1]):
        first -= 1
    return ", ".join(parts[first : last + 1]), "; ".join((*parts[:first], *parts[last + 1 :]))


FORMS: tuple[tuple[str, bytes, Callable[[str], Articles]], ...] = (
    ("nexis", b"<DOCFULL>", _nexis),
    ("factiva", b"<title>Factiva</title>", _factiva),
    ("europresse", b'<span class="DocPublicationName"', _europresse),
)


def is_export(body: bytes) -> bool:
    """True for an HTML file that a news database wrote."""
    return any(mark in body for _, mark, _ in FORMS)


def read_export(source: Input, body: bytes) -> Iterator[Item]:
    """The articles of an HTML export."""
    text, charset = decoded(body)
    kind, _, find = next(form for form in FORMS if form[1] in body)
    count = 0
    for count, (_, _, found) in enumerate(find(text), 1):
        locator = f"{source.locator}#{count}"
        slice_ = text[found.start : found.end].encode(charset, "replace")
        if not slice_.strip():
            yield Unreadable(locator, "item.no-content", "states an article, but not its text")
            continue
        offset = len(text[: found.start].encode(charset, "replace"))
        layer = Layer(kind, detail=(("offset", str(offset)), ("length", str(len(slice_)))))
        yield Capture(locator, slice_, charset=charset, layers=(*source.layers, layer), stated=tuple(found.stated))
    if not count:
        raise SourceError("is a database export in which no article was found", code="input.no-page")


# --- Factiva XML -----------------------------------------------------------------------------------------------------

XML_FACTS = (
    ("headline", "headline"),
    ("byline", "author"),
    ("credit", "creditText"),
    ("publicationDate", "datePublished"),
    ("sourceName", "publisher"),
    ("sectionName", "articleSection"),
    ("baseLanguage", "inLanguage"),
    ("copyright", "copyrightNotice"),
    ("page", "printPage"),
)


def read_factiva_xml(source: Input) -> Iterator[Item]:
    """The articles of a Factiva XML export; the body is their paragraphs as plain text."""
    root = parsed(source.all())
    articles = list(root.iter("{*}article"))
    if not articles:
        raise SourceError("is a Factiva export without articles", code="input.no-page")
    for number, article in enumerate(articles, 1):
        locator = f"{source.locator}#{number}"
        stated = []
        for name, field in XML_FACTS:
            for element in article.iter("{*}" + name):
                if value := re.sub(r"\s+", " ", "".join(element.itertext())).strip():
                    stated.append(Stated(field, value, name))
        paragraphs = [text for name in ("leadParagraph", "tailParagraphs") for text in _paragraphs(article, name)]
        if not paragraphs:
            yield Unreadable(locator, "item.no-content", "states an article, but not its text")
            continue
        identifier = "".join(next(article.iter("{*}accessionNo"), article).itertext()).strip()[:60]
        layer = Layer("factiva", detail=(("accession-number", identifier),))
        yield Capture(
            locator,
            "\n\n".join(paragraphs).encode(),
            media_type="text/plain",
            charset="utf-8",
            layers=(*source.layers, layer),
            stated=tuple(stated),
        )


def _paragraphs(article: object, name: str) -> Iterator[str]:
    for part in article.iter("{*}" + name):  # type: ignore[attr-defined]
        held = list(part.iter("{*}paragraph"))
        texts = ["".join(element.itertext()) for element in held] or re.split(
            r"\n {2,}(?=\S)", "".join(part.itertext())
        )
        for text in texts:
            if line := re.sub(r"\s+", " ", text).strip():
                yield line
