"""Single files: HTML, Markdown and plain text."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.model import Capture, Unreadable
from provenance.sources.inputs import Input
from provenance.sources.unwrapping import unwrapped


def read_html(source: Input) -> Iterator[Capture | Unreadable]:
    """One HTML page, as a browser, a saver or a replay service wrote it."""
    yield unwrapped(Capture(locator=source.locator, body=source.all(), media_type="text/html", layers=source.layers))


def read_markdown(source: Input) -> Iterator[Capture]:
    """One Markdown file. Its front matter is read by the page."""
    yield Capture(locator=source.locator, body=source.all(), media_type="text/markdown", layers=source.layers)


def read_text(source: Input) -> Iterator[Capture]:
    """One plain text."""
    yield Capture(locator=source.locator, body=source.all(), media_type="text/plain", layers=source.layers)
