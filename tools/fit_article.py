"""Fits the weights of `provenance/data/article_signals.json` over a folder of labelled pages.

    python tools/fit_article.py CORPUS [--write]

CORPUS holds `gold.jsonl`, one label a line (`file`, `is_article`, perhaps `page_url`), and the pages. Logistic
regression with a ridge penalty, by Newton's method, on signals scaled alike. Every page is read four times: as it is
and without its metadata, with its address and without, so that no signal is trusted alone. The figure to believe is
the second one: each site's pages are judged by weights that were fitted without that site. The words behind the
signals were chosen by people who had seen these pages, so even that figure is somewhat kind.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from provenance.addresses import host_of, registrable
from provenance.model import Capture
from provenance.page import Page
from provenance.rules.article import LEAST
from provenance.rules.signals.facts import facts_of
from provenance.rules.signals.table import SIGNALS

DATA = Path(__file__).resolve().parent.parent / "provenance" / "data" / "article_signals.json"
RIDGE, STEPS = 8.0, 12
UNSEEN, SEEN = 3, 1
"""How many articles may be missed: of sites that were left out, and of those that were fitted."""
TRUST = {"as-is": 1.0, "as-is, address known": 0.5, "bare": 0.25, "bare, address known": 0.25}
"""How much each of the four readings of a page counts."""
_SCRIPT = re.compile(rb"<script[^>]*ld\+json[^>]*>.*?</script>", re.S | re.I)
_META = re.compile(rb"<meta(?![^>]*(?:charset|refresh))[^>]*(?:property|name|itemprop)=[^>]*>", re.I)
_SEMANTIC = re.compile(rb"\s(?:itemprop|itemtype|itemscope|rel|typeof|property)=(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.I)

Vector = list[float]
Matrix = list[Vector]


class Row(NamedTuple):
    """One reading of one page."""

    page: str
    site: str
    article: bool
    reading: str
    mute: bool
    values: Vector


def bare(raw: bytes) -> bytes:
    """A page without JSON-LD, microdata and <meta>, as old and plain pages are."""
    return _SEMANTIC.sub(b"", _META.sub(b"", _SCRIPT.sub(b"", raw)))


def read(corpus: Path) -> Iterator[Row]:
    """All readings of all labelled pages that have a text."""
    for line in (corpus / "gold.jsonl").read_text(encoding="utf-8").split("\n"):
        if line.strip():
            label = json.loads(line)
            raw = gzip.decompress((corpus / label["file"]).read_bytes())
            yield from _readings(label, raw)


def _readings(label: dict[str, object], raw: bytes) -> Iterator[Row]:
    url = str(label.get("page_url") or "") or None
    site = ""
    for reading, body, address in zip(TRUST, (raw, raw, *[bare(raw)] * 2), (None, url) * 2, strict=True):
        if reading.endswith("known") and not url:
            continue
        facts = facts_of(Page(Capture(str(label["id"]), body, url=address)))
        site = site or registrable(facts.host) or registrable(host_of(url or "")) or str(label["id"])
        if facts.chars >= LEAST:
            values = [float(measure(facts)) for measure in SIGNALS.values()]
            yield Row(str(label["id"]), site, bool(label["is_article"]), reading, facts.mute, values)


def scales(rows: list[Row]) -> list[tuple[float, float]]:
    """Mean and standard deviation of each signal."""
    found = []
    for column in zip(*(row.values for row in rows), strict=True):
        mean = sum(column) / len(column)
        found.append((mean, math.sqrt(sum((v - mean) ** 2 for v in column) / len(column)) or 1.0))
    return found


def fit(rows: list[Row], points: Matrix, start: Vector | None = None, steps: int = STEPS) -> Vector:
    """Weights of scaled signals, the bias last."""
    size = len(points[0])
    weights = list(start or [0.0] * size)
    for _ in range(steps):
        slope = [RIDGE * w for w in weights[:-1]] + [0.0]
        curve = [[RIDGE if i == j < size - 1 else 0.0 for j in range(size)] for i in range(size)]
        for row, point in zip(rows, points, strict=True):
            chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, _dot(point, weights)))))
            trust = TRUST[row.reading]
            miss, bend = trust * (chance - row.article), trust * chance * (1 - chance)
            for i, value in enumerate(point):
                slope[i] += miss * value
                if bend > 1e-6 and value:
                    scaled, line = bend * value, curve[i]
                    for j in range(i + 1):
                        line[j] += scaled * point[j]
        change = _solve([[curve[max(i, j)][min(i, j)] for j in range(size)] for i in range(size)], slope)
        weights = [w - c for w, c in zip(weights, change, strict=True)]
        if max(map(abs, change)) < 1e-4:
            break
    return weights


def _dot(one: Vector, other: Vector) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def _solve(matrix: Matrix, right: Vector) -> Vector:
    """Gaussian elimination with pivoting."""
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for i in range(len(rows)):
        top = max(range(i, len(rows)), key=lambda k: abs(rows[k][i]))
        rows[i], rows[top] = rows[top], rows[i]
        for k in range(i + 1, len(rows)):
            part = rows[k][i] / rows[i][i]
            if part:
                rows[k] = [a - part * b for a, b in zip(rows[k], rows[i], strict=True)]
    found = [0.0] * len(rows)
    for i in reversed(range(len(rows))):
        found[i] = (rows[i][-1] - sum(rows[i][k] * found[k] for k in range(i + 1, len(rows)))) / rows[i][i]
    return found


def left_out(rows: list[Row], points: Matrix, full: Vector) -> Vector:
    """Score of each reading by weights that were fitted without its site."""
    places: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        places[row.site].append(i)
    scores = [0.0] * len(rows)
    for own in places.values():
        kept = [i for i in range(len(rows)) if i not in set(own)]
        weights = fit([rows[i] for i in kept], [points[i] for i in kept], full, steps=2)
        for i in own:
            scores[i] = _dot(points[i], weights)
    return scores


def threshold_of(rows: list[Row], scores: Vector, missed: int) -> float:
    """The highest threshold at which so many of the articles, read as they are, are missed."""
    found = sorted(s for row, s in zip(rows, scores, strict=True) if row.article and row.reading == "as-is")
    return found[missed] - 0.03


def figures(rows: list[Row], scores: Vector, threshold: float, lenient: float) -> str:
    """Precision and recall of each reading; `lenient` is the threshold of mute pages."""
    told = []
    for reading in TRUST:
        pairs = ((row, s) for row, s in zip(rows, scores, strict=True) if row.reading == reading)
        kept = [(row.article, s >= (lenient if row.mute else threshold)) for row, s in pairs]
        hits, taken, there = sum(a and t for a, t in kept), sum(t for _, t in kept), sum(a for a, _ in kept)
        told.append(f"{reading}: precision {hits / taken:.3f} recall {hits / there:.3f}")
    return "; ".join(told)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--write", action="store_true", help="keep the weights")
    options = parser.parse_args()
    rows = list(read(options.corpus))
    scale = scales(rows)
    points = [[*((v - m) / d for v, (m, d) in zip(row.values, scale, strict=True)), 1.0] for row in rows]
    full = fit(rows, points)
    apart = left_out(rows, points, full)
    close = [_dot(point, full) for point in points]
    threshold = min(threshold_of(rows, apart, UNSEEN), threshold_of(rows, close, SEEN))
    lenient = json.loads(DATA.read_text(encoding="utf-8"))["threshold_mute"]
    print("fitted:", figures(rows, close, threshold, lenient))
    print("site left out:", figures(rows, apart, threshold, lenient))
    weights = {name: round(w / d, 3) for name, w, (_, d) in zip(SIGNALS, full, scale, strict=False)}
    bias = full[-1] - sum(w * m / d for w, (m, d) in zip(full, scale, strict=False))
    told = (
        f'"bias": {bias:.3f},\n "threshold": {threshold:.3f},\n "threshold_mute": {lenient},\n '
        f'"weights": {json.dumps(weights)},'
    )
    print(told)
    if options.write:
        kept = DATA.read_text(encoding="utf-8")
        DATA.write_text(re.sub(r'"bias": .*?"weights": \{.*?\},', told, kept, flags=re.S), encoding="utf-8")


if __name__ == "__main__":
    main()
