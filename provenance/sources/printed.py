"""PDF printed from a browser, through pypdf (extra `pdf`). The page is gone: what is left is its text, line by line."""

from __future__ import annotations

import hashlib
import logging
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from provenance.errors import LimitError, SourceError
from provenance.model import Capture, Layer, Note, Stated, Unreadable
from provenance.sources import times
from provenance.sources.claims import web_address
from provenance.sources.inputs import Input

PAGES = 300
FOOT = re.compile(r"^\s*(https?://\S+)\s+\d+/\d+\s*$|^\s*(https?://\S+)\s*$")
PAGE_NUMBER = re.compile(r"\s*\d+\s*/\s*\d+\s*$")
LOST = Note("form.printed", "a printed page has no markup: links, pictures and metadata of the page are lost")


def read_pdf(source: Input) -> Iterator[Capture | Unreadable]:
    """The text of a printed page, with the address and time that the browser printed."""
    raw = source.all()
    reader = _opened(raw)
    lines = [text.splitlines() for text in _pages(reader)]
    url, lines = _without_margins(lines)
    text = "\n\n".join(_joined([line for page in lines for line in page]))
    if not text.strip():
        raise SourceError(
            "is a PDF without text", code="input.no-text", advice="It holds pictures of pages: print it again."
        )
    said = {key: str(value) for key, value in (reader.metadata or {}).items()}
    time = times.from_pdf(said.get("/CreationDate", ""))
    title = re.sub(r"\s+", " ", said.get("/Title", "")).strip()
    tool = said.get("/Producer", "")[:80]
    detail = (("sha256", hashlib.sha256(raw).hexdigest()), ("tool", tool), ("pages", str(len(lines))))
    yield Capture(
        source.locator,
        text.encode("utf-8", "replace"),
        media_type="text/plain",
        charset="utf-8",
        url=url,
        captured=time,
        layers=(*source.layers, Layer("pdf", url, time, "print" if time else None, detail)),
        stated=(Stated("headline", title, "/Title"),) if title else (),
        notes=(LOST,),
    )


def _opened(raw: bytes) -> Any:
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise SourceError(
            "is a PDF, and the reader for PDF is not installed",
            code="input.pdf",
            advice="Install it: pip install 'news-provenance[pdf]'.",
        ) from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # it logs pieces of the file as they are
    try:
        reader = pypdf.PdfReader(BytesIO(raw))
        if reader.is_encrypted:
            raise SourceError(
                "is an encrypted PDF", code="input.encrypted", advice="Print the page without a password."
            )
        if len(reader.pages) > PAGES:
            raise LimitError(f"has more than {PAGES} pages", code="limit.pages", advice="Give the article alone.")
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise SourceError("is a damaged PDF", code="input.damaged", advice="Print the page again.") from error
    return reader


def _pages(reader: Any) -> Iterator[str]:
    for page in reader.pages:
        try:
            yield page.extract_text()
        except Exception:  # one broken page must not cost the others
            yield ""


def _without_margins(pages: list[list[str]]) -> tuple[str | None, list[list[str]]]:
    """The address in the margin, and the pages without the lines that a browser prints on each of them."""
    seen = Counter(_margin(line) for page in pages for line in {*page[:2], *page[-2:]})
    repeated = {line for line, count in seen.items() if line and count == len(pages) > 1}
    addresses = [
        match[1] or match[2] for page in pages[:1] for line in page[-2:] + page[:2] if (match := FOOT.match(line))
    ]
    url = next((address for text in addresses if (address := web_address(text))), None)

    def margin(line: str) -> bool:
        return _margin(line) in repeated or bool(url and FOOT.match(line) and url in line)

    return url, [[line for line in page if not margin(line)] for page in pages]


def _margin(line: str) -> str:
    return PAGE_NUMBER.sub("", line).strip()


def _joined(lines: list[str]) -> Iterator[str]:
    """Paragraphs from lines: a line that is nearly as wide as the widest goes on in the next."""
    widths = sorted(len(line) for line in lines if line.strip())
    wide = 0.75 * widths[int(len(widths) * 0.95)] if widths else 0
    paragraph: list[str] = []
    for line in lines:
        paragraph.append(line.strip())
        if len(line) < wide or (re.search(r"[.!?…:”\"»)]\s*$", line) and len(line) < 1.15 * wide):
            yield " ".join(part for part in paragraph if part)
            paragraph = []
    if paragraph:
        yield " ".join(part for part in paragraph if part)
