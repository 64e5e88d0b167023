"""The project's sources in another folder, with what its cache shall keep."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

FOLDERS = ("py", "site", "data", "requirements")
FILES = ("mkdocs.yml", "package.json", "pyproject.toml", "CHANGELOG.md", "LICENSE", "README.md")
LOCK = "tests/golden/prose.json"
SOURCES = (*FOLDERS, *FILES, LOCK)


def copy_sources(folder: Path, kept: Iterable[str], cache: str = ".cache") -> None:
    """Copy all that a build reads; `kept` names folders of the cache, `cache` the copy's own."""
    root = Path.cwd()
    without = shutil.ignore_patterns("sources", "__pycache__", "*.egg-info")
    for name in SOURCES:
        if (root / name).is_dir():
            shutil.copytree(root / name, folder / name, ignore=without)
        else:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, folder / name)
    (folder / "node_modules").symlink_to(root / "node_modules")
    for name in kept:
        shutil.copytree(root / ".cache" / name, folder / cache / name, copy_function=os.link)
