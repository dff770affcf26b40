"""A line cut at the words that give a role: "editing by", "Mit Material von", "Source:", "©". A clause has one role."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from provenance.credits.naming import agency_ids
from provenance.credits.phrases import Found
from provenance.credits.segments import Setting
from provenance.credits.values import Role
from provenance.credits.words import Words
from provenance.model import Span
from provenance.scripts import EAST

ROLE_OF_KIND: dict[str, Role] = {
    "origin": "source",
    "contributor": "contributor",
    "more_sources": "contributor",
    "editor": "editor",
    "reviewer": "editor",
    "translator": "translator",
    "photographer": "photographer",
    "provider": "provider",
    "source": "source",
    "copyright": "source",
    "author_late": "author",
    "by": "author",
}
"""Kinds of opening words and the role they give, in order of precedence where two begin at one place."""

OPENERS = "\n|•·;,([【.–—-/:*"
STOP = re.compile(r"(?<=\w\w\w)[.!?]\s+(?=[^\W\d_a-z])")
_LISTED = 24
"""So many signs behind a Chinese word for editors may name them."""
SENTENCE_END = re.compile(r"[.!?;\n(]\s+|[(\n]")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the line in which every name has one role. `lead` is the word that opened it, `kind` its kind."""

    role: Role
    span: Span
    lead: str = ""
    kind: str = ""


def clauses(plain: str, ctx: Setting) -> list[Clause]:
    """The clauses of a line in order. What stands before the first opening word is an author's clause."""
    found: list[tuple[int, int, str, str]] = []
    for match in ctx.words.pattern(*ROLE_OF_KIND).finditer(plain):
        kind = match.kind
        if (kind in ("by", "editor") and _stands_for_a_name(plain, match, ctx)) or _is_bracketed(plain, match):
            continue
        if kind == "reviewer" and not found and not plain[: match.start()].strip(" ,;:(|-–—•·[*"):
            kind = "by"
        if _opens(plain, match, kind, found[-1][1] if found else 0, ctx):
            found.append((match.start(), match.end(), kind, match.group()))
    if not (found and found[0][0] == 0) and (signed := _papers_reporter(plain, ctx)):
        found = [(0, signed, "by", plain[:signed]), *(f for f in found if f[0] >= signed)]
    if found and found[0][3].casefold() in ctx.words.of("reviewer") and any(kind == "by" for *_, kind, _ in found[1:]):
        found[0] = (*found[0][:2], "reviewer", found[0][3])
    out: list[Clause] = []
    first = found[0][0] if found else len(plain)
    if plain[:first].strip(" ,;:(|-–—•·[*") and not (found and _is_title(plain[:first], found[0][2], ctx)):
        out.append(Clause("author", (0, first)))
    for i, (_, end, kind, lead) in enumerate(found):
        stop = found[i + 1][0] if i + 1 < len(found) else len(plain)
        if kind == "editor" and lead[0] >= EAST:
            stop = min(stop, end + _LISTED)
        if kind not in ("by", "author_late") and (sentence := STOP.search(plain, end, stop)):
            stop = sentence.start()
        out.append(Clause(ROLE_OF_KIND[kind], (end, stop), lead.strip(), kind))
    return [part for clause in out for part in _contributed(plain, clause, ctx)]


def _papers_reporter(plain: str, ctx: Setting) -> int:
    """Where "示例报记者" ends, with which a Chinese paper announces its reporter; 0 where the line opens otherwise."""
    if plain[:1] < EAST or ctx.words.language != "zh":
        return 0
    found = _reporter_of_paper().match(plain)
    return found.end() if found else 0


@lru_cache(maxsize=1)
def _reporter_of_paper() -> re.Pattern[str]:
    ends = "|".join(map(re.escape, sorted(Words("zh").of("press_suffix"), key=len, reverse=True)))
    return re.compile(rf"[^\W\d_a-zA-Z]{{1,6}}?(?:{ends}|报|報)(?:记者|記者)[ :]*(?=[^\W\d_])")


def _opens(plain: str, match: Found, kind: str, since: int, ctx: Setting) -> bool:
    """A lead counts at the start of a line or after a sign; one of several words, or with a colon, anywhere.

    So does a capital word for pictures behind another lead: "Text Jane Roe Foto John Doe".
    """
    start, lead = match.start(), match.group().strip()
    before = plain[:start].rstrip(" ")
    if not before or before[-1] in OPENERS:
        return before[-1:] not in ("-", "/", ",") or kind != "by" or lead[0].isupper() or plain[start - 1] == " "
    if kind == "copyright" or (kind == "by" and plain[match.end() : match.end() + 1] in ("|", "\n")):
        return True
    if lead.endswith(":"):
        return plain[start - 1] == " "
    if kind == "photographer" and since and plain[start].isupper():
        return True
    if lead[0] >= EAST and kind in ("by", "editor", "photographer") and plain[start - 1] == " ":
        return plain[match.end() : match.end() + 2].lstrip(" |")[:1] >= EAST
    if kind == "by":
        return _opens_inside(plain, match, since, ctx)
    return " " in lead


def _opens_inside(plain: str, match: Found, since: int, ctx: Setting) -> bool:
    """ "by" inside a line: after an agency's name ("Quelle: dpa Von X") or a kind of text ("Ein Nachruf von X")."""
    rest = plain[match.end() :].lstrip()
    if not rest or not rest[0].isupper():
        return False
    left = plain[since : match.start()].strip(" :|,-–—")
    dated = any(c.isdigit() for c in left) or (ctx.words.pattern("updated").search(left) and not left[-1:].isupper())
    return bool(agency_ids(left, ctx)) or _is_title(left, "by", ctx) or bool(dated)


def _is_bracketed(plain: str, match: Found) -> bool:
    """A label alone in brackets says what the name before it made: "Jane Roe (foto)"."""
    return plain[match.start() - 1 : match.start()] == "(" and plain[match.end() : match.end() + 1] == ")"


def _stands_for_a_name(plain: str, match: Found, ctx: Setting) -> bool:
    """The whole line says who wrote without naming anybody: "Van onze verslaggever", "編輯部"."""
    line = plain.strip(" .()")
    return (line == match.text or line[:1] >= EAST) and line.casefold() in ctx.words.of("generic")


def _is_title(left: str, kind: str, ctx: Setting) -> bool:
    """A kind of text, not a name: opens with an article or another function word."""
    first = left.strip().split(" ", 1)[0].casefold()
    return kind == "by" and 0 < len(left.split()) <= 5 and first in ctx.words.of("stop") and len(first) > 1


def _contributed(plain: str, clause: Clause, ctx: Setting) -> list[Clause]:
    """Names that stand before their role: "Jane Roe contributed to this report"."""
    if clause.role not in ("author", "contributor"):
        return [clause]
    match = ctx.words.pattern("contributed").search(plain, *clause.span)
    if not match:
        return [clause]
    cuts = [m.end() for m in SENTENCE_END.finditer(plain, clause.span[0], match.start())]
    begin = cuts[-1] if cuts else clause.span[0]
    out = [Clause(clause.role, (clause.span[0], begin), clause.lead, clause.kind)] if begin > clause.span[0] else []
    return [*out, Clause("contributor", (begin, match.start()), match.group().strip(), "contributed")]
