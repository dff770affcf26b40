"""The page docs/rules.md, built from the table of rules. `python -m tests.rules_page` writes it; a test compares."""

from __future__ import annotations

from pathlib import Path

from provenance.validation.rules import RULES

PAGE = Path(__file__).parents[1] / "docs" / "rules.md"

HEAD = """# Rules

What `provenance validate` can find. Each rule has a stable id, the same in every report, in settings and in baselines; a
severity that can be changed with `--rule ID=off|note|warning|error` or in the settings file ([ci.md](ci.md)), for one rule
or, by its first word, for a whole family; one sentence that says what holds when all is well; and what to do when it does
not. A run fails at findings of severity *error*, unless `--fail-on` says otherwise.

This page is built from the table in `provenance/validation/`; `python -m tests.rules_page` writes it.
"""

FAMILIES = {
    "record": "The shape of a record, as the JSON Schemas of the profiles have it ([profiles.md](profiles.md)).",
    "text": "Texts: their form (errors), and what cannot be what was printed (warnings).",
    "url": "Addresses and identifiers.",
    "date": "Dates. A date without a time may be any moment of that day in any time zone; only what is surely wrong is found.",
    "language": "Languages.",
    "digest": "Digests of captured bytes.",
    "media": "Media types.",
    "copyright": "Copyright.",
    "archival": "What the archival profile asks for beside core.",
    "google": "Advice of the google profile: what search engines ask for. Never errors unless you make them so.",
    "schema": "A JSON Schema of your own, given with `--schema`.",
    "collection": "What occurs twice in the records of one run.",
    "archive": "The archived copies.",
    "credit": "The article's credit against its parties. Only credits of the composed form (`A and B via P`, `P with A`) are compared.",
    "party": "People and organisations.",
    "image": "Images, captions and their credits.",
    "evidence": "The evidence of a record: given with `--evidence`, or made from a saved page in the same run.",
    "page": "What happened while a saved page was read.",
    "conflict": "Places where the sources of a page contradict each other. The record has the value of the stronger source.",
    "markup": "A saved page's own JSON-LD, checked against schema.org, whatever the record says. "
    "Of types that few news pages use, nothing is said.",
}


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for family, intro in FAMILIES.items():
        parts.append(f"## {family}\n\n{intro}\n")
        for rule in RULES.values():
            if rule.id.startswith(f"{family}/"):
                parts.append(f"### {rule.id}\n\n*{rule.severity.name.lower()}.* {rule.sentence}\n\n{rule.remedy}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
