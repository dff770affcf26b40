"""Dates of an article: where they are stated and displayed, and what several clocks tell together."""
