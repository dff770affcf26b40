"""Single files: HTML, Markdown and plain text."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.model import Capture, Unreadable
from provenance.sources import databases, databases_html
from provenance.sources.inputs import Input
from provenance.sources.sniff import text_of_head
from provenance.sources.unwrapping import unwrapped


def read_html(source: Input) -> Iterator[Capture | Unreadable]:
    """One HTML page, as a browser, a saver or a replay service wrote it."""
    body = source.all()
    if databases_html.is_export(body):
        yield from databases_html.read_export(source, body)
        return
    yield unwrapped(Capture(locator=source.locator, body=body, media_type="text/html", layers=source.layers))


def read_markdown(source: Input) -> Iterator[Capture]:
    """One Markdown file. Its front matter is read by the page."""
    yield Capture(locator=source.locator, body=source.all(), media_type="text/markdown", layers=source.layers)


def read_text(source: Input) -> Iterator[Capture | Unreadable]:
    """One plain text, or the many articles of a database's export."""
    head = text_of_head(source.head)
    for fits, reader in ((databases.is_nexis, databases.read_nexis), (databases.is_proquest, databases.read_proquest)):
        if fits(head):
            yield from reader(source)
            return
    yield Capture(locator=source.locator, body=source.all(), media_type="text/plain", layers=source.layers)
