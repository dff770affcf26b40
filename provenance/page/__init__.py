"""A capture parsed once and then only read: `Page`, and the elements it is made of."""

from provenance.page.page import Page
from provenance.page.parsing import Element

__all__ = ["Element", "Page"]
