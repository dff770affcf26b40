"""Language tags in the canonical form of BCP 47 (RFC 5646, section 4.5)."""

from __future__ import annotations

import re

_TAG = re.compile(r"^([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{1,8})*)(?:\..*)?$")
_PARTS = re.compile(r"[-_]")
_WRONG_NAMES = {
    "cz": "cs",
    "dk": "da",
    "se": "sv",
    "gr": "el",
    "jp": "ja",
    "kr": "ko",
    "ua": "uk",
    "iw": "he",
    "in": "id",
}
"""Codes that pages write and no registry knows in this sense (a country's instead of its language's), or old ones."""
_NO_LANGUAGE = frozenset({"und", "mul", "zxx", "mis", "xx"})


def canonical_tag(text: str) -> str | None:
    """`en_US` becomes `en-US`; None for what is no language tag. Unknown and private parts are left out."""
    found = _TAG.match(text.strip())
    if not found:
        return None
    language = found.group(1).lower()
    language = _WRONG_NAMES.get(language, language)
    if language in _NO_LANGUAGE:
        return None
    script = region = ""
    for part in filter(None, _PARTS.split(found.group(2))):
        if len(part) == 4 and part.isalpha() and not script and not region:
            script = part.title()
        elif (len(part) == 2 and part.isalpha()) or (len(part) == 3 and part.isdigit()):
            region = region or part.upper()
    return "-".join(filter(None, (language, script, region)))


def primary(tag: str | None) -> str | None:
    """The language alone: `pt` of `pt-BR`."""
    return tag.split("-")[0] if tag else None
