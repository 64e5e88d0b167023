"""Two builds of the same files give the same bytes: elsewhere, from nothing, with other hashes."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SITE = Path(os.environ.get("LIVECELLS_SITE", "_site"))
FOLDERS = ("py", "site", "data", "requirements")
FILES = ("mkdocs.yml", "package.json", "pyproject.toml", "CHANGELOG.md", "LICENSE", "README.md")
LOCK = "tests/golden/prose.json"
SOURCES = (*FOLDERS, *FILES, LOCK)
KEPT = ("wheels", "figures", "prerender")
"""Of the cache: what is fetched, painted, and the results of cells, which other tests compute with
other hashes (test_story). The runtime is made anew, byte code and all."""

DATED = ("sitemap.xml", "sitemap.xml.gz")
"""For search engines: the day of the build."""


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build from a copy of the sources in another folder."""
    if not (SITE / "index.html").is_file():
        pytest.fail("there is no built site: run 'make build', or 'make test' for everything")
    root = Path.cwd()
    folder = tmp_path_factory.mktemp("elsewhere")
    without = shutil.ignore_patterns("sources", "__pycache__", "*.egg-info")
    for name in SOURCES:
        if (root / name).is_dir():
            shutil.copytree(root / name, folder / name, ignore=without)
        else:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, folder / name)
    (folder / "node_modules").symlink_to(root / "node_modules")
    for name in KEPT:
        shutil.copytree(root / ".cache" / name, folder / ".cache" / name, copy_function=os.link)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-q"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "py"), "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "_site"


@pytest.mark.timeout(2400)  # a build from nothing
def test_the_same_bytes(again: Path) -> None:
    first, second = digests(SITE), digests(again)
    assert [name for name in first if first[name] != second.get(name)] == []
    assert set(first) == set(second)


def digests(site: Path) -> dict[str, str]:
    files = sorted(path for path in site.rglob("*") if path.is_file() and path.name not in DATED)
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }
