"""Rules on the images of a record and their credits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenance.cleaning import quoted
from provenance.credits.authorities import agencies
from provenance.model import Severity
from provenance.validation.crediting import fold
from provenance.validation.problems import Problem, Rule, Subject

_CREDITS = ("creditText", "creator", "sourceOrganization", "provider", "copyrightNotice")
_TAIL = re.compile(r"([/|(\[©–—])\s*([^/|()\[\]©–—]{2,40})[)\].]*\s*$")


def _uncredited(subject: Subject) -> Iterator[Problem]:
    """One finding a record, at the first such image: where no credits are printed, none of the images has one."""
    images = subject.images
    bare = [(path, image) for path, image in images if not any(image.get(name) for name in _CREDITS)]
    if bare:
        path, image = bare[0]
        count = "the image has" if len(images) == 1 else f"{len(bare)} of {len(images)} images have"
        shown = image.get("contentUrl") or image.get("caption") or ""
        yield Problem(path, f"{count} no credit", quoted(shown), "creditText or copyrightNotice")


def _credit_in_caption(subject: Subject) -> Iterator[Problem]:
    for path, image in subject.images:
        caption, credit = image.get("caption"), image.get("creditText")
        if not isinstance(caption, str):
            continue
        if isinstance(credit, str) and _holds(fold(caption), fold(credit)):
            yield Problem(f"{path}/caption", "the caption still holds the credit", quoted(caption), "the caption alone")
        elif agency := _agency_at_end(caption):
            message = f"the caption ends with the name of an agency, {quoted(agency, 40)}"
            yield Problem(f"{path}/caption", message, quoted(caption), "the caption alone")


def _agency_at_end(caption: str) -> str:
    """The last part after a slash, dash, bracket or copyright sign, if an agency has exactly this name."""
    match = _TAIL.search(caption[-120:])
    if not match:
        return ""
    sign, name = match.group(1), match.group(2).strip()
    return name if agencies().lookup_id(name, slot=sign in "/|©") else ""


def _holds(caption: str, credit: str) -> bool:
    """Whether the credit stands at the caption's end, or in brackets, rather than in a sentence."""
    bare = caption.rstrip(" .)]")
    return len(credit) > 1 and (
        (bare.endswith(credit) and (len(bare) == len(credit) or not bare[-len(credit) - 1].isalnum()))
        or any(f"{opening}{credit}{closing}" in caption for opening, closing in ("()", "[]"))
    )


def _same_image(subject: Subject) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for path, _, address in subject.among("image.contentUrl"):
        if seen.setdefault(address, path) != path:
            yield Problem(path, "the image is listed twice", quoted(address))


def _several_leads(subject: Subject) -> Iterator[Problem]:
    leads = [path for path, image in subject.images if image.get("representativeOfPage") is True]
    if len(leads) > 1:
        yield Problem(f"{leads[1]}/representativeOfPage", "a second image represents the page", "true", "one image")


_W, _N = Severity.WARNING, Severity.NOTE

ROWS: tuple[Rule, ...] = (
    Rule(
        "image/missing-credit",
        _N,
        "An image has the credit that is printed beside it.",
        "Look at the page: add the credit if there is one. Nothing is wrong when none is printed.",
        _uncredited,
    ),
    Rule(
        "image/credit-in-caption",
        _W,
        "The caption does not hold the credit.",
        "Cut the credit from the caption; it stands in creditText.",
        _credit_in_caption,
    ),
    Rule(
        "image/twice",
        _W,
        "An image is listed once.",
        "Remove the repetition.",
        _same_image,
    ),
    Rule(
        "image/several-leads",
        _W,
        "One image at most represents the page.",
        "Keep representativeOfPage on the lead image.",
        _several_leads,
    ),
)
