"""Locators and files in, captures out.

`open_captures` is the only door: a file, a folder, `-` or an address goes in, a stream of `Capture` and `Unreadable`
comes out. What a file is, is told by its bytes (`sniff`), never by its name; one reader per kind stands in `READERS`.
"""

from provenance.sources.reading import READERS, open_captures

__all__ = ["READERS", "open_captures"]
