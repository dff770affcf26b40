"""Whether a page is an article at all, from signals that are named and weighed in one table."""

from __future__ import annotations

from provenance.model import Context
from provenance.page import Page

_LEAST = 150


def is_article(page: Page, context: Context) -> tuple[bool, str]:
    """The answer and its reason: `not-article.CODE: one sentence`, or "" for an article."""
    prose = sum(len(block.text) for block in page.story.blocks)
    if prose < _LEAST and not page.articles:
        return False, "not-article.no-text: the page holds no text of an article"
    return True, ""
