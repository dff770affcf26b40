"""Where the article stands in a page: its headline, its text blocks, and what was left out, each with its reason.

`layout` reads the page as boxes and runs of text, `marks` what class names say of them; `prose` finds the box that
holds the story, `heading` its headline; `keeping` and `trimming` tell which runs are its text, `lines` what a line says
of itself. `reading` puts them together. Others import from here only.
"""

from provenance.story.reading import Block, Story, read_story

__all__ = ["Block", "Story", "read_story"]
