"""What several rules ask of one page is worked out once and forgotten with the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from provenance.page import Page

T = TypeVar("T")


def once_per_page(function: Callable[[Page], T]) -> Callable[[Page], T]:
    """Keep the answer of a pure function of a page for as long as the page lives."""

    @wraps(function)
    def ask(page: Page) -> T:
        answers = page.answers
        if function not in answers:
            answers[function] = function(page)
        answer: T = answers[function]
        return answer

    return ask
