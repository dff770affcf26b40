"""Which agency or organisation a whole piece of text names."""

from __future__ import annotations

import re

from provenance.credits.authorities import fold, publisher_names
from provenance.credits.segments import Setting
from provenance.credits.words import flat, phrase_data

DOMAIN = re.compile(r"^(?:www\.)?(?:[\w-]{1,63}\.){1,5}[a-z]{2,12}$", re.IGNORECASE)
HANDLE = re.compile(r"^@[\w.]{2,40}$")
PAIR = re.compile(r"\s?[-–=+&]\s?")


def agency_ids(raw: str, ctx: Setting) -> tuple[str, ...]:
    """Agencies that a whole segment names: an alias, one with "news agency" before it, or a fused pair (AFP-Jiji)."""
    if len(raw) > 100:
        return ()
    if found := ctx.agency(raw):
        return (found,)
    if "." in raw and DOMAIN.match(raw) and (party := ctx.authority.by_domain(raw)) and party.agency:
        return (party.agency,)
    key = fold(raw)
    if (
        key.islower()
        and 3 <= len(key) <= 8
        and key.upper() not in ctx.authority.weak
        and (found := ctx.agency(key.upper()))
    ):
        return (found,)
    if fused := phrase_data()["fused"].get(key):
        return tuple(fused)
    stripped = strip_agency_words(key, ctx)
    if stripped != key and stripped and (found := ctx.agency(stripped)):
        return (found,)
    parts = PAIR.split(key)
    if len(parts) == 2 and parts[0] and parts[1]:
        both = ctx.agency(parts[0]), ctx.agency(parts[1])
        if both[0] and both[1]:
            return (both[0], both[1])
    return ()


def strip_agency_words(key: str, ctx: Setting) -> str:
    """ "Nachrichtenagentur dpa" -> "dpa", "Getty Images Latam" -> "Getty Images"; up to two words are taken off."""
    two = ctx.words.of("region") | ctx.words.of("agency_suffix")
    for _ in range(2):
        low = key.casefold()
        head = ctx.words.pattern("agency_words").match(low)
        tail = low.rsplit(" ", 1)[-1] if " " in low else low.rsplit("-", 1)[-1]
        if head and head.end() < len(low) and (low[head.end()] == " " or low[head.end() - 1] == "'"):
            key = key[head.end() :].strip()
        elif len(tail) < len(low) and tail in ctx.words.of("region"):
            key = key[: -len(tail) - 1].strip()
        elif low.count(" ") > 1 and " ".join(low.rsplit(" ", 2)[1:]) in two:
            key = key.rsplit(" ", 2)[0]
        else:
            return key
        if ctx.agency(key):
            return key
    return key


def is_organisation(raw: str, ctx: Setting) -> bool:
    """An organisation word, a domain, a handle, or a publisher's name."""
    low = fold(flat(raw[:120])).casefold()
    if not 2 < len(low) <= 80:
        return False
    if DOMAIN.match(raw) or HANDLE.match(raw) or low in publisher_names():
        return True
    if " " not in low and low.endswith(tuple(ctx.words.of("press_suffix"))):
        return True
    tokens = [t.strip(".,'\"()") for t in low.split()]
    orgs, suffixes = ctx.words.of("org"), tuple(ctx.words.of("org_suffix"))
    known = [t for t in tokens if t in orgs or (suffixes and len(t) > 6 and t.endswith(suffixes))]
    return bool(known) and len(tokens) <= 9
