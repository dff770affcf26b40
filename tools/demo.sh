#!/bin/sh
# Extract the samples, print their records in short, and explain one. $1 is the folder of the tool's commands.
set -eu
cd "$(dirname "$0")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
echo "== one article in twelve saved forms: credit, author, address"
"$1/provenance" extract samples/*/article.* --evidence "$out/evidence.jsonl" -o "$out/records.jsonl" --fail-on never
"$1/python" - "$out/records.jsonl" <<'PY'
import json
import sys

for line in open(sys.argv[1], encoding="utf-8"):
    record = json.loads(line)
    authors = ", ".join(author["name"] for author in record.get("author", ()))
    print(f"{record.get('creditText', '-'):28} {authors:18} {record.get('datePublished', '-')[:10]}  {record.get('url', '-')}")
PY
echo
echo "== every piece of evidence is replayed"
"$1/provenance" verify "$out/records.jsonl" --evidence "$out/evidence.jsonl"
echo
echo "== one record explained"
"$1/provenance" explain samples/print-markdown/article.md --no-colour
