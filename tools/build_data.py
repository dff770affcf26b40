"""Builds the data files of credits: agencies.json, credit_phrases.json, publishers.tsv.

    python tools/build_data.py [--reference ../shared/reference] [--out provenance/data]

Input: the reference folder (agency lists, phrase lists, publisher table) and tools/credit_words.json, our own curated
words. The reference gives facts of many origins; words that would misread ordinary text are left out here, so that the
code can trust every entry. Output is sorted and has one entry a line: a change of data reads as a change of lines.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NOT_ALIASES = {"(HS)", "(NA)", "(PL)", "(spot)", "（時事）", "（共同）", "Copyright: Project Syndicate", "Zentralbild"}
PLAIN_LABEL = re.compile(r"[:：=＝]$")
WORD = re.compile(r"[^\W_]+|[©@]")
EAST = re.compile(r"[\u2e80-\U0003ffff]")
PLACEHOLDER = re.compile(r"[…()]")


def fold(text: str) -> str:
    """NFKC, straight apostrophe, one space, trimmed: as provenance.credits.authorities.fold does."""
    if len(text) == 1:  # a sign such as the circled c, which NFKC would turn into a letter
        return text
    return " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").split())


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def longest_word(phrase: str) -> str:
    """The longest word in small letters; the first of equal ones: as provenance.credits.hints does."""
    low = "".join(c.lower() if len(c.lower()) == 1 else c for c in phrase).replace("ς", "σ")
    return max(WORD.findall(low), key=len, default="")


def spoken(publishers: list[dict[str, str]]) -> dict[str, list[str]]:
    """Languages of a country, the commonest first, as its publishers show them."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for row in publishers:
        if row["country"] and row["language"]:
            seen[row["country"]][row["language"].split("-")[0]] += 1
    return {country: [lang for lang, _ in tally.most_common(3)] for country, tally in sorted(seen.items())}


def agencies(reference: Path, words: dict[str, Any], publishers: list[dict[str, str]]) -> dict[str, Any]:
    """The authority file: parties, an index of exact aliases, an index of case-blind ones, and domains."""
    rows = load(reference / "agencies.json") + load(reference / "agencies_extra.json")
    extra = words["agencies"]
    parties: dict[str, list[Any]] = {}
    index: dict[str, list[str]] = defaultdict(list)
    weak: set[str] = set(words["weak_extra"])
    domains: dict[str, str] = {}
    for row in sorted(rows, key=lambda r: (r["tier"], r["id"])):
        agency = row["id"]
        patch = extra.get(agency, {})
        kinds = patch.get("kind", row["kind"]) + (["stock"] if agency in words["stock"] else [])
        source = row["source"].split(". ")[0] if row["wikidata"] else ""
        source = source.removeprefix("QID: ") if source.startswith("QID") else ""
        short = patch.get("short", row["short"])
        parties[agency] = [
            row["name"],
            short,
            " ".join(kinds),
            row["country"] or "",
            row["wikidata"] or "",
            row["tier"],
            source,
        ]
        names = [row["name"], short, *row["aliases"], *patch.get("aliases", [])]
        for alias in names:
            key = fold(alias)
            if alias in NOT_ALIASES or key in patch.get("drop", []) or not key:
                continue
            if agency not in index[key]:
                index[key].append(agency)
        weak.update(fold(alias) for alias in row["ambiguous"])
        for domain in row["domains"]:
            domains.setdefault(domain.casefold(), agency)
    blind: dict[str, str] = {}
    for alias, owners in index.items():
        letters = sum(c.isalpha() for c in alias)
        if len(owners) == 1 and alias not in weak and (letters >= 6 or " " in alias):
            blind.setdefault(alias.casefold(), owners[0])
    return {
        "about": "News and photo agencies, syndicates and broadcasters as credits name them. See README.md.",
        "fields": ["name", "short", "kind", "country", "wikidata", "tier", "source"],
        "agencies": parties,
        "aliases": {k: v[0] if len(v) == 1 else v for k, v in sorted(index.items())},
        "weak": sorted(weak & set(index)),
        "blind": {k: v for k, v in sorted(blind.items()) if k not in index},
        "domains": dict(sorted(domains.items())),
        "spoken": spoken(publishers),
        "keys": sorted({longest_word(a) for a in [*index, *blind] if not EAST.match(a)} - {""}),
        "pairs": sorted({a[:2] for a in index if EAST.match(a)}),
    }


def wanted(phrase: str) -> bool:
    return bool(phrase) and not PLACEHOLDER.search(phrase) and len(phrase) > 1


def phrases(reference: Path, words: dict[str, Any]) -> dict[str, Any]:
    """Words per language: our curated table, and labels of the reference that end in a colon or equals sign."""
    given = load(reference / "credit_phrases.json")
    table: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for lang, kinds in words["languages"].items():
        for kind, entries in kinds.items():
            table[lang][kind].update(fold(e).casefold() for e in entries)
    for theirs, ours in (("byline_prefix", "by"), ("photo_labels", "photo_label"), ("source_labels", "source")):
        for lang, entries in given[theirs].items():
            labels = {fold(e).casefold().lstrip("([") for e in entries if wanted(e) and PLAIN_LABEL.search(e)}
            table[lang][ours].update(labels - set(words["not_labels"]))
    for lang, entries in given["translated_by"].items():
        table[lang]["translator"].update(fold(e).casefold() for e in entries if wanted(e) and " " in e)
    for lang, entries in given["updated"].items():
        table[lang]["updated"].update(fold(e).casefold() for e in entries if wanted(e))
    for lang, entries in given["generic_photo_holders"].items():
        table[lang]["holder"].update(fold(e).casefold() for e in entries if wanted(e))
    refuse = set(words["not_holders"])
    out = {
        lang: {
            kind: sorted(entries - (refuse if kind == "holder" else set())) for kind, entries in sorted(kinds.items())
        }
        for lang, kinds in sorted(table.items())
    }
    fused = {fold(k): v for k, v in given["fused_credits"].items() if "/" not in k and " via " not in k}
    names = {fold(a).casefold() for row in load(reference / "agencies.json") for a in row["aliases"]}
    desks = {
        k: sorted(({fold(c).casefold() for c in v} | set(words["desks"].get(k, []))) - names)
        for k, v in given["desk_codes"].items()
    }
    return {
        "about": "Words that introduce, combine or qualify credits, by language (BCP 47; und = any). See README.md.",
        "languages": out,
        "fused": dict(sorted(fused.items())),
        "desks": {k: desks.get(k, sorted(words["desks"].get(k, []))) for k in sorted(set(desks) | set(words["desks"]))},
        "person_like": sorted(fold(p) for p in given["person_like_agencies"]),
        "surnames": {k: "".join(sorted(set(v))) for k, v in sorted(words["surnames"].items())},
        "double_surnames": sorted(words["double_surnames"]),
        "given_name_last": words["given_name_last"],
        "speakers": words["speakers"],
        "surname_words": sorted(set(" ".join(words["surname_words"]).casefold().split())),
        "given_names": sorted(set(" ".join(words["given_names"]).casefold().split())),
        "articles": sorted(words["articles"]),
        "site_tails": sorted(words["site_tails"]),
        "scripts": words["scripts"],
    }


def dump(path: Path, data: dict[str, Any]) -> None:
    """JSON with one entry of each table a line."""
    parts = []
    for key, value in data.items():
        if isinstance(value, dict):
            lines = ",\n".join(
                f"{json.dumps(k, ensure_ascii=False)}:{json.dumps(v, ensure_ascii=False, separators=(',', ':'))}"
                for k, v in value.items()
            )
            parts.append(f"{json.dumps(key)}:{{\n{lines}\n}}")
        else:
            parts.append(f"{json.dumps(key)}:{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}")
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def read_publishers(reference: Path) -> list[dict[str, str]]:
    """Rows of the reference, and those of our own for domains that it lacks."""
    rows: dict[str, dict[str, str]] = {}
    for path in (reference / "publishers.tsv", Path(__file__).resolve().parent / "more_publishers.tsv"):
        with path.open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE):
                rows.setdefault(row["domain"], row)
    return list(rows.values())


def write_publishers(rows: list[dict[str, str]], out: Path) -> None:
    fields = ("domain", "name", "language", "country", "wikidata", "source")
    lines = sorted("\t".join(fold(row[f] or "") for f in fields) for row in rows)
    (out / "publishers.tsv").write_text("\t".join(fields) + "\n" + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reference", type=Path, default=ROOT.parent / "shared" / "reference")
    parser.add_argument("--out", type=Path, default=ROOT / "provenance" / "data")
    args = parser.parse_args()
    words = load(ROOT / "tools" / "credit_words.json")
    publishers = read_publishers(args.reference)
    write_publishers(publishers, args.out)
    dump(args.out / "agencies.json", agencies(args.reference, words, publishers))
    dump(args.out / "credit_phrases.json", phrases(args.reference, words))


if __name__ == "__main__":
    main()
