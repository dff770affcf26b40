"""Saved news pages into catalogue records that can be defended."""

__version__ = "0.1.0"
