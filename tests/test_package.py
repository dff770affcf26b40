"""The wheel: what people install holds the whole tool, and runs away from the source tree."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BUILT_FROM = ("provenance", "schemas", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel; the tree is copied first, since a build leaves files in it."""
    tree = tmp_path_factory.mktemp("tree")
    for name in BUILT_FROM:
        part = ROOT / name
        if part.is_dir():
            shutil.copytree(part, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(part, tree / name)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", "dist", "."]
    subprocess.run(command, cwd=tree, check=True, capture_output=True, text=True, timeout=240)
    (built,) = (tree / "dist").glob("*.whl")
    return built


def test_the_wheel_holds_every_module_table_and_schema(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if not name.split("/")[0].endswith(".dist-info")}
    files = [path for path in (ROOT / "provenance").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    wanted = {path.relative_to(ROOT).as_posix() for path in files}
    wanted |= {f"provenance/schemas/{path.name}" for path in (ROOT / "schemas").iterdir() if path.is_file()}
    assert held == wanted


def test_the_wheel_runs_away_from_its_source(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    sample = min((ROOT / "samples" / "html").glob("*.html"))
    environment = {**os.environ, "PYTHONPATH": str(installed), "SOURCE_DATE_EPOCH": "1"}
    command = [sys.executable, "-m", "provenance", "extract", str(sample)]
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["headline"]
    where = subprocess.run(
        [sys.executable, "-c", "import provenance; print(provenance.__file__)"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert Path(where.stdout.strip()).is_relative_to(installed)
