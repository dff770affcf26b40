"""Scripts that part no words by spaces, and those whose signs are as wide as high: one definition for all rules."""

from __future__ import annotations

import re

UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
"""A sign of Chinese or Japanese: kana, or Han as Unicode unifies it."""

WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""The same, or a syllable of Hangul."""

WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff]|[^\\W\u3040-\u30ff\u3400-\u9fff]+")
"""A word; scripts without spaces tell no words apart, so that each of their signs counts as one."""

EAST = "\u2e80"
"""The first code point of the East Asian blocks (Unicode, CJK Radicals Supplement)."""
