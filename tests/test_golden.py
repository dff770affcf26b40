"""Golden pages and samples: one test for each field, so that a red run names what a user would see wrong."""

from __future__ import annotations

import importlib.util
import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


def tool(name: str) -> Any:
    """A script of tools/ as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


golden = tool("golden")
CASES = {f"{path.parent.parent.name}/{path.parent.name}": (path, expected) for path, expected in golden.cases()}
OUTCOME = cache(golden.outcome_of)


def expected_of(name: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(CASES[name][1].read_text(encoding="utf-8"))
    return value


FIELDS = [(name, field) for name in CASES for field in expected_of(name)]


@pytest.mark.parametrize(("name", "field"), FIELDS, ids=[f"{n}-{f}" for n, f in FIELDS])
def test_field(name: str, field: str) -> None:
    assert OUTCOME(CASES[name][0]).get(field) == expected_of(name)[field]


@pytest.mark.parametrize("name", CASES)
def test_nothing_else(name: str) -> None:
    assert set(OUTCOME(CASES[name][0])) <= set(expected_of(name))


def test_samples_are_what_their_maker_makes(tmp_path: Path) -> None:
    maker = tool("make_samples")
    page = maker.SOURCE.read_text(encoding="utf-8")
    for name, make in maker.FORMS.items():
        assert (ROOT / "samples" / name).read_bytes() == make(page), name


SAME = ("url", "headline", "articleBody", "datePublished", "author", "sourceOrganization", "creditText")


@pytest.mark.parametrize("form", sorted(name.split("/")[0] for name in tool("make_samples").FORMS))
def test_the_same_article_whatever_the_form(form: str) -> None:
    """What a form loses is in docs/forms.md; what it keeps is the same everywhere."""
    lost = {
        "print-markdown": {"datePublished", "creditText"},
        "web-clipper": {"datePublished", "author", "sourceOrganization", "creditText"},
        "plain-text": {"datePublished", "creditText"},
        "archive-today": {"creditText"},
    }.get(form, set())
    reference, record = expected_of("samples/html"), expected_of(f"samples/{form}")
    for field in SAME:
        if field not in lost:
            assert record.get(field) == reference.get(field), field
    assert record["datePublished"][:10] == "2024-03-02"
    assert record["author"][0]["name"] == "Marta Lindqvist"
