"""Damaged archives: nothing whole is lost, nothing damaged passes for good, every hole has a reason.

All 420 damaged archives are read when PROVENANCE_FULL is set; an ordinary run reads every third.
"""

from __future__ import annotations

import os

import pytest

from provenance.model import Capture, Unreadable
from provenance.sources import open_captures
from tests.making_archives import KINDS, PACKINGS, build_as, damage

SEEDS = range(15)
CASES = [(kind, seed, packing) for kind in KINDS for seed in SEEDS for packing in PACKINGS]
ORDINARY = CASES if os.environ.get("PROVENANCE_FULL") else CASES[::3]


@pytest.fixture(scope="module")
def whole():
    return {packing: build_as(packing) for packing in PACKINGS}


def read(tmp_path, data):
    (tmp_path / "a.warc").write_bytes(data)
    return list(open_captures(str(tmp_path / "a.warc")))


@pytest.mark.parametrize("packing", PACKINGS)
def test_an_undamaged_archive_gives_its_pages_in_order_and_no_failure(tmp_path, whole, packing):
    data, stored = whole[packing]
    items = read(tmp_path, data)
    pages = [record for record in stored if record.url]
    assert [(item.url, item.body, item.captured) for item in items if isinstance(item, Capture)] == [
        (record.url, record.body, record.time) for record in pages
    ]
    assert all(item.skipped for item in items if isinstance(item, Unreadable))


@pytest.mark.parametrize(("kind", "seed", "packing"), ORDINARY)
def test_damage_costs_only_what_it_hit(tmp_path, whole, kind, seed, packing):
    data, stored = whole[packing]
    broken, intact = damage(data, stored, kind, seed)
    items = read(tmp_path, broken)
    original = {record.url: record for record in stored if record.url}
    found = {item.url: item for item in items if isinstance(item, Capture)}
    lost = [record.url for record in intact if record.url and record.url not in found]
    assert not lost
    for url, item in found.items():
        assert url in original, "a record of no page was reported"
        assert item.body == original[url].body, "a damaged page was reported as good"
        assert item.captured == original[url].time
    if len(found) < len(original):
        reasons = [item for item in items if isinstance(item, Unreadable) and not item.skipped]
        assert reasons or kind == "truncate"
        assert all(item.code == "archive.damaged" and item.message and item.advice for item in reasons)
