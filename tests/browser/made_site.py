"""A site made by the engine for a test or the bench: own pages, this project's code and tools."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHARED = ("requirements", "node_modules", "package.json", ".cache", "py")


def lay(
    folder: Path, config: str, pages: Mapping[str, str], shared: Sequence[str] = SHARED
) -> None:
    """Write the sources of a site.

    Args:
        folder: An empty one.
        config: Of MkDocs; `CELLS` is the whole part of the engine.
        pages: Markdown by file name.
        shared: What of this project lies in it too.
    """
    for name in shared:
        (folder / name).symlink_to(ROOT / name)
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    docs = folder / "docs"
    docs.mkdir()
    for name, text in pages.items():
        (docs / name).write_text(text, encoding="utf-8")


def build(
    folder: Path, config: str, pages: Mapping[str, str], shared: Sequence[str] = SHARED
) -> Path:
    """Build a site from sources that `lay` writes; returns the folder of what was built."""
    lay(folder, config, pages, shared)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", "built"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "built"


CELLS = "\nplugins: [search, livecells]\n"
