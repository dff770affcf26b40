"""Who is credited for the text: every place where a page may say so, read by the grammar of credits.

Each reading is a candidate of `author`, `contributor`, `editor`, `translator`, `sourceOrganization`, `provider`,
`dateline` or `relation` (`syndicated`, `mixed`, `own`: what one statement says of the article's origin). Refused
readings are kept with their reason; `provenance.parties` chooses.

| rule | place | weight |
|---|---|---|
| byline/visible | a marked line about headline and text | 0.9 |
| byline/line | an unmarked line there that opens like a byline or holds a known name | 0.7 |
| byline/source | an element marked as the source, a link named like the site it leads to, beside the date | 0.8 |
| byline/signoff | notes before and after the text, its last lines | 0.8 |
| byline/dateline | start of the text | 0.8 |
| byline/jsonld-… | JSON-LD of the article; `…-again` in a second node on it | 0.75 |
| byline/microdata-author | microdata that only data readers see | 0.6 |
| byline/meta-author | <meta>, front matter | 0.55 |
| byline/signed | names alone where the text ends or begins, a marked name right behind it | 0.5 |
| byline/bio | a note about the writer behind the text | 0.5 |
| byline/stated-author | the container: a header, a clipping's note | 0.5 |
| byline/doubtful | a line in a box, a caption, another part of the page; a bare name beside the date | 0.4 |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from provenance.credits.authorities import agencies
from provenance.credits.hints import names_agency
from provenance.credits.values import Byline, Relation, Role
from provenance.credits.words import given_names, spoken_in
from provenance.credits.words import words as credit_words
from provenance.limits import LIMITS
from provenance.model import Candidate, Context, Match, Note, Party, Span
from provenance.page import Page
from provenance.rules.bylines.bios import bio_lines
from provenance.rules.bylines.foot import dated_lines, foot_lines
from provenance.rules.bylines.grammar import read
from provenance.rules.bylines.lines import BAR
from provenance.rules.bylines.metadata import (
    Datum,
    datelines,
    jsonld_data,
    meta_data,
    microdata,
    profile_data,
    stated_data,
)
from provenance.rules.bylines.places import region_of, words
from provenance.rules.bylines.seen import Seen
from provenance.rules.bylines.statements import Statement, candidates_of
from provenance.rules.bylines.stations import station_lines
from provenance.rules.bylines.visible import head_lines
from provenance.rules.once import once_per_page
from provenance.rules.policy import folded
from provenance.selectors import text_of_data
from provenance.text import unescaped

_WEIGHTS = {"json-ld": 0.75, "microdata": 0.6, "meta": 0.55, "visible-text": 0.55, "sidecar-file": 0.5}
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]].*$")
_LINES = frozenset({"byline/visible", "byline/line"})
_PASSAGES = frozenset({"byline/source", "byline/signoff", "byline/signed", "byline/bio", "byline/dateline"})
"""Rules that look into ordinary text: where it credits nobody there is nothing to refuse."""
_TITLE_CUT = re.compile(r"\s+[-–—:»«·]\s+|[|_]|(?<=[^\x00-\u2e7f])[\s-]+|[\s-]+(?=[^\x00-\u2e7f])")
_ADDRESS = re.compile(r"^(?:https?:)?//|^www\.|^@|^[\w.+-]+@[\w-]+\.|^/")
T = TypeVar("T")
_TAG = re.compile(r"<[^<>]{1,200}>")
_MAIL_NAME = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,100} \((?P<name>[^()@]{3,60})\)")
_GIVEN = 2
_SLUG = re.compile(r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$")


def collect(page: Page, context: Context) -> Iterator[Candidate]:
    """All that the page says of who made its text, in the order of the table above, refusals included."""
    context = _at_home(page, context)
    labels = frozenset(words()["labels"])
    data = [*jsonld_data(page), *microdata(page), *meta_data(page, labels), *profile_data(page), *stated_data(page)]
    stated = [s for d in _first(data, page) if (s := _of_data(d, context)) is not None]
    names = frozenset(
        key
        for s in stated
        for m in s.byline.mentions
        if not s.refused and "house" not in m.steps and len(key := folded(m.party.name)) > 4
    )
    region = region_of(page)
    seen = [*head_lines(page, context, region, names), *foot_lines(page, context, region), *dated_lines(page)]
    seen = _first(seen, page)
    for match in datelines(page):
        town = _BRACKETS.sub("", match.text).strip(" ,-–—")
        yield Candidate("dateline", "byline/jsonld-dateline", match, town, _WEIGHTS["json-ld"], ("strip-agency",))
    lines = _reviewed([_without_own(_of_line(s, context, names), page) for s in seen], context)
    lines = _doubted(page, [*lines, *station_lines(page, context)], stated, names)
    if not any(_names_writer(s) for s in (*lines, *stated)):
        lines += [_of_line(s, context, names) for s in bio_lines(page, context, region)]
    for statement in (*lines, *stated):
        if statement.rule not in _PASSAGES or not statement.byline.empty:
            yield from candidates_of(statement)


def _first(found: list[T], page: Page) -> list[T]:
    """As many statements as may be read; what a page states beyond them is left out with a note."""
    most = page.limits.credit_statements
    if len(found) > most:
        page.tell(Note("limit.credit_statements", f"more than {most} statements on who made the text were not read"))
    return found[:most]


def _names_writer(statement: Statement) -> bool:
    """A person is its author, and nothing makes it doubtful."""
    sure = not statement.refused and statement.rule != "byline/doubtful"
    return sure and any(m.role == "author" and m.party.kind == "person" for m in statement.byline.mentions)


def _reviewed(lines: list[Statement], context: Context) -> list[Statement]:
    """Who reviewed a text is its editor where another line says who wrote it, and its author where none does."""
    leads = {f"strip-lead:{w}" for w in credit_words(context.language).of("reviewer")}
    told = [any(step.casefold() in leads for m in s.byline.mentions for step in m.steps) for s in lines]
    if not any(told) or all(
        t or s.refused or s.rule not in _LINES or s.byline.empty for s, t in zip(lines, told, strict=True)
    ):
        return lines
    return [replace(s, byline=_in_role(s.byline, "editor")) if t else s for s, t in zip(lines, told, strict=True)]


def _doubted(page: Page, lines: list[Statement], stated: list[Statement], names: frozenset[str]) -> list[Statement]:
    """Lines that no word opens ("By") count less where they contradict a person of the data whom the page shows too."""
    people = {s: [m.party.name for m in s.byline.mentions if m.party.kind == "person"] for s in (*lines, *stated)}
    agreed = any(folded(name) in names for s in lines for name in people[s])
    bare = [s for s in lines if s.rule in _LINES and people[s] and not _opened(s.byline)]
    told = [name for s in stated if not s.refused for name in people[s]]
    shown = page.text(page.body) if bare and told and not agreed else ""
    if not any(name in shown for name in told):
        return lines
    return [replace(s, rule="byline/doubtful", weight=0.4) if s in bare else s for s in lines]


def _opened(byline: Byline) -> bool:
    return any(step.startswith("strip-lead:") for m in byline.mentions for step in m.steps)


def _of_line(seen: Seen, context: Context, names: frozenset[str]) -> Statement:
    if seen.refused:
        text = seen.line.text
        return Statement(seen.rule, 0.0, Byline(text, span=(0, len(text))), seen.line.match, refused=seen.refused)
    byline = _without_desks(read(seen.grammar, seen.line.text, context), context)
    apart = _apart(seen, byline, names) if seen.grammar == "byline" else frozenset()
    steps = (seen.doubt,) if seen.doubt else ()
    return Statement(seen.rule, seen.weight, byline, seen.line.match, steps=steps, apart=apart)


def _without_desks(byline: Byline, context: Context) -> Byline:
    """The reading without people who are the house's name and a word behind it: Harbour Living Submissions."""
    heads = [f"{name} ".casefold() for name in context.house.names if " " in name]
    desks = [
        m
        for m in byline.mentions
        if m.party.kind == "person"
        and m.party.name.casefold().startswith(tuple(heads))
        and m.party.name.split()[0].casefold() not in given_names()
    ]
    if not desks:
        return byline
    kept = tuple(m for m in byline.mentions if m not in desks)
    generic = byline.generic or desks[0].party.name
    return replace(byline, mentions=kept, generic=generic, relation=byline.relation if kept else "none")


def _without_own(statement: Statement, page: Page) -> Statement:
    """A source that nobody lists and that the page's title names behind the headline is the page's own house."""
    byline = statement.byline
    if byline.relation != "syndicated" or all(m.party.agency for m in byline.mentions):
        return statement
    kept = tuple(
        m for m in byline.mentions if m.party.agency or m.role != "source" or folded(m.party.name) not in _titled(page)
    )
    if len(kept) == len(byline.mentions):
        return statement
    relation: Relation = "syndicated" if any(m.role == "source" for m in kept) else "own"
    return replace(statement, byline=replace(byline, mentions=kept, relation=relation))


@once_per_page
def _titled(page: Page) -> frozenset[str]:
    """Folded names in the page's title that are no part of its headline: section, site, owner."""
    title = next((page.text(e) for e in page.tags.get("title", ())), "")
    headline = page.text(page.story.headline) if page.story.headline is not None else "\n"
    return frozenset(folded(part) for part in _TITLE_CUT.split(title[:300].replace(headline, " ")) if part.strip())


def _apart(seen: Seen, byline: Byline, names: frozenset[str]) -> frozenset[Span]:
    """Spans of people who only stand near the byline's names: beyond a border, in an element of another make."""
    people = [m for m in byline.mentions if m.party.kind == "person" and m.role == "author"]
    if seen.rule == "byline/doubtful" and names:
        return frozenset(m.span for m in people if folded(m.party.name) not in names)
    first = {folded(m.party.name): m for m in reversed(people)}
    known = [m for key, m in first.items() if key in names] or people[:1]
    shapes = {seen.line.shape(m.span) for m in known}
    anchors, apart = {m.span for m in known}, set()
    last = None
    for mention in people:
        near = last is not None and BAR not in seen.line.text[last[1] : mention.span[0]]
        shape = seen.line.shape(mention.span)
        if mention.span in anchors or near or any(_alike(shape, other) for other in shapes):
            last = mention.span
        else:
            apart.add(mention.span)
    return frozenset(apart)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """One make of element: the same tags and classes, or some more of these, as where only some have a note."""
    pairs = [(set(a.split()), set(b.split())) for a, b in zip(one, other, strict=False)]
    return len(one) == len(other) and all(a == b or (a and b and (a < b or b < a)) for a, b in pairs)


def _of_data(datum: Datum, context: Context) -> Statement | None:
    match, text = datum.match, datum.value or datum.match.text
    if not datum.value and (plain := _plain_name(text)) != text:
        return _of_data(replace(datum, value=plain), context)

    def cut(span: Span) -> Match | None:
        if datum.value or span == (0, len(text)):
            return match
        part = text[span[0] : span[1]]
        return Match(part, match.source, match.place, span) if part.strip() else None

    refused = _no_name(text)
    if refused:
        return Statement(datum.rule, 0.0, Byline(text, span=(0, len(text))), cut, refused=refused)
    small = datum.typed == "Person" and text.islower() and " " in text and len(text.title()) == len(text)
    byline = _typed(read("byline", text.title() if small else text, context), datum.typed)
    byline = _without_desks(byline, context)
    byline = _in_role(byline, datum.role)
    joined = "html-entities" if "&" in match.text else "strip-tags" if "<" in match.text else "join-names"
    steps = (*((joined,) if datum.value else ()), *(("capitalise",) if small else ()))
    return Statement(datum.rule, _WEIGHTS[match.source], byline, cut, datum.about, None, steps, details=datum.details)


def _plain_name(text: str) -> str:
    """A name freed of what its CMS left in it: entities, tags, an address before brackets, a surname put first."""
    plain = unescaped(text)
    plain = _TAG.sub(" ", plain) if "<" in plain else plain
    if found := _MAIL_NAME.fullmatch(plain.strip()):
        plain = found.group("name")
    family, _, given = plain.partition(", ")
    turned = given.split(" ", 1)[0].casefold() in given_names() and " " not in family and len(given.split()) <= _GIVEN
    return " ".join((f"{given} {family}" if turned and family.casefold() not in given_names() else plain).split())


def _in_role(byline: Byline, role: str) -> Byline:
    """The names of a property other than `author` in the role that the property gives them.

    An organisation behind the text counts where the authority file knows it: publishers fill these properties with
    their own owners, whom nobody can tell from another newsroom.
    """
    if role == "author":
        return byline
    if role in ("contributor", "editor", "translator"):
        people = [m for m in byline.mentions if m.party.kind == "person"]
        return replace(byline, mentions=tuple(replace(m, role=role) for m in people), relation="none")  # type: ignore[arg-type]
    kept = [m for m in byline.mentions if m.party.agency and m.role in ("source", "provider", "contributor")]
    given: Role = "provider" if role == "provider" else "source"
    relation: Relation = "syndicated" if kept else "none"
    return replace(byline, mentions=tuple(replace(m, role=given) for m in kept), relation=relation)


def _typed(byline: Byline, kind: str) -> Byline:
    """What the data call an organisation is none of the people that its name may look like."""
    if not kind.endswith(("Organization", "Corporation")):
        return byline
    whole = [m for m in byline.mentions if m.party.kind == "person"]
    if len(whole) != 1 or len(byline.mentions) != 1:
        return byline
    party = Party("organization", whole[0].party.name)
    return replace(byline, mentions=(replace(whole[0], party=party, steps=(f"typed:{kind}",)),))


def _at_home(page: Page, context: Context) -> Context:
    """The context with every name that the article's own data give the publisher, agencies of other houses apart.

    The language is one that the text's script can write, whatever the page claims.
    """
    named = [text_of_data(v) for _, _, node in page.articles[:2] for v in _publisher_names(node.get("publisher"))]
    named += [m.text for m in page.meta("og:site_name", "article:publisher")]
    named += _owners(page)
    known = [n for n in named if n and not _ADDRESS.match(n) and not agencies().lookup_id(n)]
    names = tuple(dict.fromkeys((*context.house.names, *known)))
    shown = " ".join(b.text[:200] for b in page.story.blocks[:3])
    language = spoken_in(shown, context.language)
    known_as = frozenset(names)
    alone = tuple(n for n in names if not _holds_agency(n, known_as))
    return replace(context, language=language, house=replace(context.house, names=alone))


def _holds_agency(name: str, houses: frozenset[str]) -> bool:
    """A house's name with an agency's behind it is a byline: "Example Gazette with AFP"."""
    parted = (name.partition(house + " ")[2] for house in _starts_of(name) if house in houses)
    return any(len(rest.split()) > 1 and names_agency(rest) for rest in parted)


def _starts_of(name: str) -> Iterator[str]:
    """The words that a name begins with: the first, the first two … of no more signs than a name can have."""
    return (name[: blank.start()] for blank in re.finditer(" ", name[: LIMITS.name_chars]))


def _owners(page: Page) -> list[str]:
    """Of several names that <meta> elements give as authors those that the page's notice of rights names as well."""
    stated = {m.text for name in ("author", "article:author", "dc.creator") for m in page.meta(name)}
    notices = " ".join(m.text for name in ("copyright", "dc.rights", "dcterms.rights") for m in page.meta(name))
    return [n for n in sorted(stated) if len(n) > 4 and n in notices] if len(stated) > 1 else []


def _publisher_names(value: Any) -> list[Any]:
    if isinstance(value, list):
        return [n for v in value[:4] for n in _publisher_names(v)]
    return [value.get("name"), value.get("legalName")] if isinstance(value, dict) else [value]


def _no_name(text: str) -> str | None:
    if _ADDRESS.match(text):
        return "an address, not a name"
    if _SLUG.match(text) and not agencies().lookup_id(text):
        return "a user name, not a name"
    return None
