"""One tool reads all pages once, in a process of its own: `contestant.py TOOL LIST RECORDS`. Prints figures as JSON.

Runs in the environment of the tool it measures, so it imports nothing that the others need.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

WARM_UP = 20
Reader = Callable[[bytes, str, str], dict[str, Any] | None]


def floor() -> Reader:
    """Parsing alone: what every tool pays at least."""
    from lxml import html

    def read(body: bytes, url: str, name: str) -> None:
        html.document_fromstring(body)

    return read


def provenance() -> Reader:
    """The whole record with evidence, checked against the core profile."""
    from provenance.model import Capture
    from provenance.pipeline import process

    def read(body: bytes, url: str, name: str) -> dict[str, Any] | None:
        outcome = process(Capture(name, body, url=url or None))
        json.dumps(outcome.evidence)
        return outcome.record

    return read


def trafilatura() -> Reader:
    """Text and metadata, as its documentation recommends for both."""
    from trafilatura import bare_extraction

    def read(body: bytes, url: str, name: str) -> dict[str, Any] | None:
        found = bare_extraction(body, url=url or None, with_metadata=True)
        if found is None:
            return None
        facts = found.as_dict() if hasattr(found, "as_dict") else found
        authors = [part.strip() for part in (facts.get("author") or "").split(";")]
        return record(
            facts.get("title"), authors, facts.get("date"), facts.get("text"), facts.get("url"), facts.get("sitename")
        )

    return read


def newspaper4k() -> Reader:
    """Text and metadata, without the natural language step."""
    import newspaper

    def read(body: bytes, url: str, name: str) -> dict[str, Any] | None:
        article = newspaper.Article(url or "http://page.example/", fetch_images=False)
        article.download(input_html=body.decode("utf-8", "replace"))
        article.parse()
        date = article.publish_date.isoformat()[:10] if article.publish_date else None
        site = getattr(article, "meta_site_name", None)
        return record(article.title, article.authors, date, article.text, article.canonical_link or url, site)

    return read


TOOLS: dict[str, Callable[[], Reader]] = {
    "lxml parse alone": floor,
    "provenance": provenance,
    "trafilatura": trafilatura,
    "newspaper4k": newspaper4k,
}


def record(headline: Any, authors: Any, date: Any, body: Any, url: Any, publisher: Any) -> dict[str, Any]:
    """What another tool found, in the form that is scored."""
    found: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": headline,
        "author": [{"@type": "Person", "name": name} for name in authors or [] if name],
        "datePublished": str(date) if date else None,
        "articleBody": body,
        "url": url,
        "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
    }
    return {name: value for name, value in found.items() if value}


def content(path: Path) -> bytes:
    """Bytes of a page, unpacked."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def measure(tool: str, names: list[tuple[str, str]], records: Path) -> dict[str, Any]:
    """Reads every page; only the reading is timed, not the opening of files or the writing of records."""
    read = TOOLS[tool]()
    bodies = [(content(Path(name)), url, name) for name, url in names]
    for body in bodies[:: max(1, len(bodies) // WARM_UP)]:  # what is imported and compiled on first use is start-up
        with suppress(Exception):
            read(*body)
    cpu: list[float] = []
    wall = failures = 0.0
    with records.open("w", encoding="utf-8") as out:
        for body, url, name in bodies:
            cpu_start, wall_start = time.process_time(), time.perf_counter()
            try:
                found = read(body, url, name)
            except Exception:
                failures += 1
                found = None
            cpu.append(time.process_time() - cpu_start)
            wall += time.perf_counter() - wall_start
            if found:
                copy = {"encoding": {"sha256": hashlib.sha256(body).hexdigest()}}
                out.write(json.dumps({**found, "archivedAt": [copy]}, ensure_ascii=True) + "\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    held = sum(len(body) for body, _, _ in bodies)
    ordered = sorted(cpu)
    return {
        "pages": len(names),
        "cpu": sum(cpu),
        "wall": wall,
        "p50": ordered[len(ordered) // 2],
        "p99": ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)],
        "peak": peak - held,
        "failures": int(failures),
    }


if __name__ == "__main__":
    rows = [line.split("\t") for line in Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()]
    os.environ.setdefault("PYTHONHASHSEED", "0")
    print(json.dumps(measure(sys.argv[1], [(row[0], row[1]) for row in rows], Path(sys.argv[3]))))
