"""The limits that hostile or broken input meets. Hitting one is always a code (`limit.NAME`), never silence."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Defaults chosen from measurements on real pages: the largest was 1.6 MB, 43 levels deep, read in 0.2 s.

    Sizes are bytes, times are seconds, everything else is a count. How deep elements nest is bounded by libxml2
    (2,048), whose cut is noted as `input.truncated`.
    """

    page_bytes: int = 64 * MIB
    data_uri_bytes: int = 64 * 1024
    elements: int = 300_000
    attributes_per_tag: int = 1_000
    page_seconds: float = 20.0
    worker_bytes: int = 1024 * MIB
    worker_pages: int = 1_000
    json_block_bytes: int = 2 * MIB
    json_total_bytes: int = 8 * MIB
    json_depth: int = 64
    json_nodes: int = 50_000
    name_chars: int = 300
    line_chars: int = 1_000
    text_chars: int = 10_000
    url_chars: int = 2_083
    http_bytes: int = 64 * MIB
    ratio: int = 200
    ratio_from_bytes: int = 10 * MIB
    codings: int = 3
    redirects: int = 10
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    robots_bytes: int = 512 * 1024
    record_bytes: int = 64 * MIB
    record_header_bytes: int = MIB
    zip_entries: int = 20_000
    nesting: int = 8
    mhtml_parts: int = 10_000
    mhtml_nesting: int = 50
    mhtml_header_bytes: int = 64 * 1024
    front_matter_bytes: int = 64 * 1024
    markdown_marks: int = 100_000
    credit_statements: int = 1_000
    credit_texts: int = 4_000


LIMITS = Limits()
