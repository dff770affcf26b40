"""`process(capture, options) -> Outcome`: the one composition that the command line and batch runs call."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from provenance.addresses import is_public
from provenance.cleaning import quoted
from provenance.model import Candidate, Capture, CapturePlace, Choice, Context, Match, Note, Outcome, Unreadable
from provenance.normalise import record_of
from provenance.options import Options
from provenance.page import Page
from provenance.parties import choose_parties, credit_text
from provenance.photo_choice import choose_images
from provenance.resolve import resolve
from provenance.rules import address, article, body, byline, document, images, publisher
from provenance.rules.fields import COLLECTORS, POLICIES
from provenance.rules.policy import Policy
from provenance.rules.publishers.hosts import country_of
from provenance.rules.tongue import language_of

DEFAULT = Options()


def process(capture: Capture | Unreadable, options: Options = DEFAULT) -> Outcome:
    """The record of one capture with evidence and findings, or the reason why there is none.

    Whatever `open_captures` yields can be given: what could not be read is an outcome with its code and message.

    Pure: the same capture, options and version give the same outcome, byte for byte. Raises nothing on bad pages;
    running out of memory or recursion is the caller's to contain (see `provenance.batch`).
    """
    if isinstance(capture, Unreadable):
        return Outcome(capture.locator, "", refusal=Note(capture.code, capture.message))
    with _uncollected():
        return _process(capture, options)


@contextmanager
def _uncollected() -> Iterator[None]:
    """The collector of cycles rests: it would walk the whole page again and again, and a page holds no cycles."""
    resting = not gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not resting:
            gc.enable()


def _process(capture: Capture, options: Options) -> Outcome:
    page, supplied = _page(capture, options)
    unread = _unread(page)
    if unread:
        return _refused(capture, *unread)
    context = context_of(page)
    if not options.any_page:
        found, reason = article.is_article(page, context)
        if not found:
            return _refused(capture, *(_cut(page) or _code(reason)))
    choices = choose(page, context, options)
    if not choices["headline"].chosen:
        return _refused(capture, *(_cut(page) or ("record.no-headline", "no headline was found in it")))
    if options.url and not supplied:
        choices["url"] = _with_loser(choices["url"], options.url)
    if not choices["url"].chosen and capture.url and not is_public(capture.url):
        page.tell(Note("address.private", "it was fetched from a private address, which no record can state"))
    return _outcome(page, choices, options, supplied)


def _unread(page: Page) -> tuple[str, str] | None:
    """Code and message for what no rule can read."""
    if not page.source or page.source.isspace():
        return "input.empty", "there is no text in it"
    if len(page.nodes) > page.limits.elements:
        return "limit.elements", f"it has more than {page.limits.elements} elements"
    return None


def _cut(page: Page) -> tuple[str, str] | None:
    """Code and message of a page that was cut while parsing: what is missing in it says nothing of the page."""
    return next(((note.code, note.message) for note in page.notes if note.code == "input.truncated"), None)


def _page(capture: Capture, options: Options) -> tuple[Page, bool]:
    """The page of a capture, and whether its address is the caller's: he fills in what page and capture do not say."""
    if options.retrieved and not capture.captured:
        capture = replace(capture, captured=options.retrieved)
    page = Page(capture)
    if not options.url or _unread(page):
        return page, False
    stated = address.stated_address(page)
    if stated is None:
        return Page(replace(capture, url=options.url)), True
    if not address.alike(stated.value, options.url):
        said = f"{stated.rule} says {quoted(stated.value)}, but the option says {quoted(options.url)}"
        page.tell(Note("conflict/url", said))
    return page, False


def _with_loser(choice: Choice, url: str) -> Choice:
    """The choice of the address beside the caller's, which page and capture had no need of."""
    given = Candidate("url", address.OPTION, Match(url, "option", CapturePlace("option")), url, 0.0)
    return replace(choice, rejected=(*choice.rejected, (given, "the page states its own address")))


def _code(reason: str) -> tuple[str, str]:
    code, _, message = reason.partition(": ")
    return code, message or "this page is no article"


def _refused(capture: Capture, code: str, message: str) -> Outcome:
    return Outcome(capture.locator, capture.sha256, refusal=Note(code, message))


def context_of(page: Page) -> Context:
    """Language, country and house of a page: what every rule may know."""
    return Context(language_of(page), country_of(page), publisher.house_of(page))


def choose(page: Page, context: Context, options: Options = DEFAULT) -> dict[str, Choice]:
    """The choice of every field, losers included."""
    found: dict[str, list[Candidate]] = defaultdict(list)
    for collect in COLLECTORS:
        for candidate in collect(page, context):
            found[candidate.field].append(candidate)
    choices = {name: resolve(name, listed, POLICIES.get(name, Policy())) for name, listed in found.items()}
    choices.setdefault("headline", Choice("headline"))
    choices.setdefault("url", Choice("url"))
    choices.update(choose_parties(byline.collect(page, context), context))
    choices["image"] = choose_images(images.collect(page, context), page, context)
    if options.body:
        choices["articleBody"] = resolve("articleBody", body.collect(page, context), body.POLICY)
    return _with_credit(choices)


def _with_credit(choices: dict[str, Choice]) -> dict[str, Choice]:
    """The article's credit line, composed from the parties ("AFP via The Moscow Times")."""
    chosen = choices.get("publisher")
    text, steps = credit_text(choices, chosen.value if chosen else None)
    if text:
        composed = Match(text, "authority", CapturePlace("record"))
        candidate = Candidate("creditText", "credit/composed", composed, text, 1.0, tuple(steps))
        choices["creditText"] = Choice("creditText", (candidate,))
    return choices


def _outcome(page: Page, choices: dict[str, Choice], options: Options, supplied: bool) -> Outcome:
    from provenance.evidence import evidence_of
    from provenance.validation import validate_record

    capture = page.capture
    record, claims = record_of(choices, capture, options, document.type_of(page))
    if supplied:
        claims = tuple(
            replace(c, basis="supplied", rule=address.OPTION) if c.rule == address.CAPTURE else c for c in claims
        )
    notes = [*page.notes, *(note for choice in choices.values() for note in choice.notes)]
    evidence = evidence_of(page, record, claims, choices, notes, options) if options.evidence else None
    findings = validate_record(record, locator=capture.locator, notes=notes)
    return Outcome(capture.locator, capture.sha256, record, evidence, findings)


__all__ = ["choose", "context_of", "process"]
