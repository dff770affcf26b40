"""Pages for tests of rules: a short article in a body, with what a test is about around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from provenance.model import Candidate, Capture, Choice, Context
from provenance.page import Page
from provenance.pipeline import context_of
from provenance.resolve import resolve
from provenance.rules.fields import COLLECTORS, POLICIES
from provenance.rules.policy import Policy

TEXT = (
    "<p>The harbour bridge opened again on Saturday after two years of repairs, and the first cars crossed it at dawn.</p>"
    "<p>Engineers had replaced every one of its cables, which had been rusting since the storms of the last decade.</p>"
    "<p>Ferries keep their winter timetable until April, the city said, so that nobody has to rely on one way alone.</p>"
)


def page(
    body: str = "",
    head: str = "",
    lang: str = "en",
    media_type: str = "text/html",
    tail: str = "",
    text: str = TEXT,
    **capture: object,
) -> Page:
    """A page with this head, this body before three paragraphs of text (of English), and this tail after them."""
    language = f' lang="{lang}"' if lang else ""
    html = (
        f"<!DOCTYPE html><html{language}><head>{head}</head><body><article>{body}{text}</article>{tail}</body></html>"
    )
    return Page(Capture("page.html", html.encode(), media_type, **capture))  # type: ignore[arg-type]


def text_page(source: str, media_type: str = "text/markdown", **capture: object) -> Page:
    """A Markdown or plain-text page."""
    return Page(Capture("page.md", source.encode(), media_type, **capture))  # type: ignore[arg-type]


def candidates_of(page: Page, field: str) -> list[Candidate]:
    """All candidates of a field."""
    context = context_of(page)
    return [c for collect in COLLECTORS for c in _of(collect, page, context) if c.field == field]


def _of(collect: Callable[[Page, Context], Iterator[Candidate]], page: Page, context: Context) -> Iterator[Candidate]:
    return collect(page, context)


def choice_of(page: Page, field: str) -> Choice:
    """The choice of a field."""
    return resolve(field, candidates_of(page, field), POLICIES.get(field, Policy()))


def value_of(page: Page, field: str) -> object:
    """The chosen value of a field, the name alone for an organisation."""
    value = choice_of(page, field).value
    return getattr(value, "name", value)


def refusals_of(page: Page, field: str) -> dict[str, str]:
    """Refused candidates of a field by their text, with the reason."""
    return {c.match.text: c.refused for c in candidates_of(page, field) if c.refused}
