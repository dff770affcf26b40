"""A module imports only from lower floors, so that knowledge has one place (see docs/design.md)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent / "provenance"

FLOORS = {
    "errors": 0, "limits": 0, "model": 0, "options": 0, "cleaning": 0, "writing": 0, "data": 0, "schemas": 0,
    "sources": 1, "charset": 1, "text": 1, "scripts": 1, "jsonld": 1, "vocabulary": 1, "language": 1, "dates": 1,
    "textpage": 2, "page": 2, "selectors": 2, "credits": 2, "printed_dates": 2, "addresses": 2,
    "story": 2,
    "rules": 3, "finders": 3,
    "resolve": 4, "hearing": 4, "parties": 4, "photo_choice": 4, "normalise": 4, "evidence": 4,
    "following": 4,
    "validation": 5, "validate": 5, "configuration": 5,
    "pipeline": 6,
    "exports": 7, "reports": 7, "explaining": 7, "reviewing": 7,
    "batch": 8, "batching": 8, "extracting": 8, "capturing": 8, "verifying": 8, "validating": 8,
    "commands": 9, "cli": 9, "__main__": 9, "__init__": 9,
}  # fmt: skip


def floor_of(parts: tuple[str, ...]) -> int:
    return FLOORS[parts[0]]


def imports_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    checked = {n for node in ast.walk(tree) if isinstance(node, ast.If) and _for_types(node) for n in ast.walk(node)}
    found = set()
    for node in ast.walk(tree):
        if node in checked:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("provenance"):
            if node.module == "provenance":
                found |= {f"provenance.{alias.name}" for alias in node.names if alias.name != "__version__"}
            else:
                found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("provenance.")}
    return found


def _for_types(node: ast.If) -> bool:
    return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


MODULES = sorted(p for p in ROOT.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_only_downwards(path: Path) -> None:
    own = floor_of(path.relative_to(ROOT).with_suffix("").parts)
    for name in imports_of(path):
        other = floor_of(tuple(name.split(".")[1:]))
        assert other <= own, f"{path.relative_to(ROOT)} (floor {own}) imports {name} (floor {other})"


def test_every_module_has_a_floor() -> None:
    assert {p.relative_to(ROOT).with_suffix("").parts[0] for p in MODULES} <= set(FLOORS)
