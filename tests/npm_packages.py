"""Packages of npm for outside checks, installed once into a cache; tests skip with the reason when that cannot be."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest


@cache
def npm_packages(*names: str) -> Path:
    """A folder whose `node_modules` holds these packages (`name@version`)."""
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        pytest.skip("node and npm are not installed, so this outside check cannot run")
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "news-provenance-tests"
    folder = base / "_".join(names).replace("/", "-").replace("@", "")
    done = folder / "done"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text("{}")
        command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", *names]
        try:
            subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
        except (subprocess.SubprocessError, OSError) as error:
            pytest.skip(f"npm could not install {', '.join(names)}, so this outside check cannot run: {error}")
        done.touch()
    return folder
