"""Small pages of our own writing, one for each way in which news pages print a photo's caption and credit."""

from __future__ import annotations

from provenance.model import Capture, Context
from provenance.page import Page

TEXT = (
    "The harbour bridge was opened again on Monday after two years of repair, and the first tram crossed it at noon. ",
    "Engineers said that the work had cost less than was planned, although the river had flooded the site twice. ",
    "Ferries keep their winter timetable until April, when the council wants to decide on the future of the line. ",
)
URL = "https://gazette.example/2024/03/02/harbour-bridge"


def page_of(
    before: str = "",
    inside: str = "",
    after: str = "",
    *,
    head: str = "",
    language: str = "en",
    url: str | None = URL,
    title: str = "Harbour bridge open again",
) -> Page:
    """An article page with parts of markup before its text, inside it, and after the article; `url` as captured."""
    html = f"""<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Bridge</title>{head}</head>
    <body><nav><a href="/">Gazette</a><img src="/logo.svg" alt="Gazette"></nav>
    <main><article><h1>{title}</h1>{before}
    <div class="body"><p>{TEXT[0]}</p>{inside}<p>{TEXT[1]}</p><p>{TEXT[2]}</p></div></article>{after}</main>
    <footer><p>© 2024 The Example Gazette. All rights reserved.</p></footer></body></html>"""
    return Page(Capture("test.html", html.encode(), url=url))


def context(language: str = "en") -> Context:
    """The context of a test page."""
    return Context(language=language)
