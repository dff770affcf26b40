"""Credits at the text's ends: notes before it, datelines at its start, sign-offs and signatures at its foot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from provenance.credits.authorities import agencies
from provenance.credits.hints import may_credit
from provenance.credits.words import flat, given_names
from provenance.credits.words import words as credit_words
from provenance.model import Context
from provenance.page import Element, Page
from provenance.rules.bylines.lines import plain_line
from provenance.rules.bylines.places import Region, is_small
from provenance.rules.bylines.seen import BRIEF, NEAR, SHORT, Seen, beside_picture, outside, own_text
from provenance.story.reading import Block

_MOST_LINES = 40
_NOTES = frozenset(
    {"p", "em", "i", "b", "strong", "small", "div", "span", "section", "cite", "center", "font", "aside"}
)
_LATE = 7
_HEAD_NOTES = 150
_ONE_LINE = 60
_SIGNED, _IN_BRACKETS = 50, 90
_PARTED, _FEW = re.compile(r"[,;/|·、]"), 2


def foot_lines(page: Page, context: Context, region: Region) -> Iterator[Seen]:
    """Sign-offs: the first and last blocks, notes between headline and text, notes after the text."""
    for seen in _foot_lines(page, context, region):
        yield replace(seen, refused=_HAT_TIP) if _tips_hat(seen, context) else seen


_HAT_TIP = "links the page where the story was heard of"


def _tips_hat(seen: Seen, context: Context) -> bool:
    """`Via: Gazette`, `(h/t Gazette)`, the names links to articles: thanks for a hint, no credit of the text."""
    opens = credit_words(context.language).pattern("hat_tip")
    if not opens.match(flat(seen.line.text).lstrip(" ([–—-")):
        return False
    return any((a.get("href") or "").rstrip("/").count("/") > _FRONT for a in seen.line.element.iter("a"))


_FRONT = 2


def _foot_lines(page: Page, context: Context, region: Region) -> Iterator[Seen]:
    story = page.story
    known = {b.element for b in story.blocks}
    for block in [b for b, why in story.left if why == "signoff"][:_MOST_LINES]:
        known.add(block.element)
        yield Seen("byline/signoff", "signoff", plain_line(page, block.element, block.span), 0.8)
    for block in [b for b, why in story.left if why == "small-table" and len(b.text) <= BRIEF][:_MOST_LINES]:
        known.add(block.element)
        yield Seen("byline/signoff", "note", plain_line(page, block.element, block.span), 0.8)
    late = [b for b in story.blocks[-_LATE:] if len(b.text) <= BRIEF or b in story.blocks[-3:]]
    early = [b for b in story.blocks[:2] if len(b.text) <= BRIEF]
    for block in early:
        if block not in late:
            yield Seen("byline/signoff", "intro", plain_line(page, block.element, block.span), 0.8)
    for element, start in {b.element: b.span[0] if b.span else 0 for b in late}.items():
        yield Seen("byline/signoff", "ending", plain_line(page, element, (start, len(page.text(element)))), 0.8)
    for block in _last_lines(page):
        line = plain_line(page, block.element, block.span)
        yield Seen("byline/signoff", "house", line, 0.8)
        if block.span:
            yield Seen("byline/signed", "signed", line, 0.5)
    top = page.order.get(story.headline, region.head[0])
    for element in _notes(page, context, region, page.nodes[top + 1 : region.text][:_HEAD_NOTES], known):
        yield Seen("byline/signoff", "intro", plain_line(page, element), 0.8)
    for element in _notes(page, context, region, page.nodes[region.foot[0] : region.foot[1] + 1], known):
        near = page.order[element] <= story.end + NEAR or region.inside(element) == "copyright"
        yield Seen("byline/signoff", "note" if near else "intro", plain_line(page, element), 0.8)
    yield from _signatures(page, context, region)
    yield from _closing_names(page)
    yield from _closing_notice(page, context)
    yield from _opening_names(page)


def _last_lines(page: Page) -> Iterator[Block]:
    """The story's last block where it is one line, and a short line behind it that only line breaks part from it."""
    last = page.story.blocks[-1:]
    yield from (b for b in last if len(b.text) <= _ONE_LINE and b.kind == "paragraph")
    around = {e for b in last for e in (b.element, *b.element.iterancestors())}
    for block, why in page.story.left:
        near = why in ("short", "signoff") and block.span and block.element in around and len(block.text) <= _ONE_LINE
        if near and block.span and not page.text(block.element)[block.span[1] :].strip():
            yield block


def _notes(
    page: Page, context: Context, region: Region, nodes: list[Element], known: set[Element]
) -> Iterator[Element]:
    """Short elements that neither hold text of the story nor caption a picture, outermost first."""
    holders = {a for b in page.story.blocks for a in b.element.iterancestors()}
    for element in outside(nodes, known):
        if element in holders or element.tag not in _NOTES or not is_small(element):
            continue
        text = page.text(element)
        if not 2 < len(text) <= SHORT:
            continue
        known.add(element)
        if next(element.iter("figcaption"), None) is not None:
            continue
        around = region.inside(element) if may_credit(text, context.language) else "nothing"
        notice = around == "copyright" and len(text) <= BRIEF and page.order[element] > page.story.end
        if (around is None or notice) and not beside_picture(page, element):
            yield element


def _signatures(page: Page, context: Context, region: Region) -> Iterator[Seen]:
    """The article's last lines where they hold a few words only: the writer's name, perhaps."""
    root, opens = page.story.root, credit_words(context.language).pattern("by")
    nodes = page.nodes[max(page.story.end - 4, 0) : page.story.end + 8]
    for element in nodes if root is not None else []:
        if element.tag not in ("p", "div") or not is_small(element):
            continue
        own = own_text(element)
        most = _IN_BRACKETS if page.text(element)[:1] in ("(", "（", "[", "【") else _SIGNED
        alone = 3 < len(page.text(element)) <= most and (
            element.find(".//a") is None or opens.match(own.lstrip(" -–—"))
        )
        if alone and any(a is root for a in element.iterancestors()) and region.inside(element) is None:
            whole = element.find(".//a") is None or not page.text(element).startswith(own)
            line = plain_line(page, element, None if whole else (0, len(own)))
            if not _are_topics(page, line.text, element):
                yield Seen("byline/signed", "signed", line, 0.5)


def _closing_names(page: Page) -> Iterator[Seen]:
    """A name in brackets behind the last full stop, as East Asian reports are signed: 完了した。（山田太郎）"""
    for block in page.story.blocks[-1:]:
        found = _CLOSING.search(page.text(block.element))
        if found:
            yield Seen("byline/signed", "signed", plain_line(page, block.element, found.span("signed")), 0.5)


_CLOSING = re.compile(r"[。！？”」』\"]\s?(?P<signed>[(（][^\x00-\u2e7f()（）=＝、，]{2,6}[)）])$")


def _closing_notice(page: Page, context: Context) -> Iterator[Seen]:
    """An agency and its reporter behind the last full stop, as Japanese reports end: 述べた。(c)AFP/Ana BELL"""
    for block in page.story.blocks[-1:]:
        found = _NOTICE.search(page.text(block.element))
        if found and agencies().lookup_id(found["agency"], country=context.country, language=context.language):
            yield Seen("byline/signed", "byline", plain_line(page, block.element, found.span("signed")), 0.5)


_NOTICE = re.compile(r"[。！？」』]\s?(?:\([cC]\)|©)\s?(?P<signed>(?P<agency>[^\s/()。]{2,20})/[^/()。|]{4,60})$")


def _are_topics(page: Page, text: str, element: Element) -> bool:
    """Several names of which the text speaks: a list of its topics."""
    names = [n for n in (part.strip(" ()[]") for part in _PARTED.split(text)) if len(n) > _FEW]
    others = [b.text for b in page.story.blocks if b.element is not element]
    return len(names) > 1 and all(any(n in other for other in others) for n in names)


def _opening_names(page: Page) -> Iterator[Seen]:
    """Lines before the first paragraph that open with a given name, or hold several names in bold.

    A town or a topic may stand there as well: what the text itself names is no writer.
    """
    for block, why in page.story.left:
        text = block.text
        if why != "lead" or not 4 < len(text) <= _ONE_LINE or any(c.isdigit() for c in text):
            continue
        names = [n.strip() for n in text.split("/")]
        bold = [e for e in block.element if e.tag in ("strong", "b") and page.text(e) == text]
        told = text.partition(" ")[0].casefold() in given_names() or (bold and len(names) > 1)
        if told and not any(n in b.text or n.title() in b.text for n in names for b in page.story.blocks):
            yield Seen("byline/signed", "signed", plain_line(page, block.element, block.span), 0.5)


def dated_lines(page: Page) -> Iterator[Seen]:
    """Starts of the first blocks."""
    short = [b for b in page.story.blocks[:3] if len(b.text) <= 30]
    for block in [*short, *[b for b in page.story.blocks if len(b.text) > 30][:2]]:
        yield Seen("byline/dateline", "dateline", plain_line(page, block.element, block.span), 0.8)
