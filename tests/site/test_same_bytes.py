"""Two builds of the same files give the same bytes: elsewhere, from nothing, with other hashes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from elsewhere import copy_sources

SITE = Path(os.environ.get("LIVECELLS_SITE", "_site"))
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
    folder = tmp_path_factory.mktemp("elsewhere")
    copy_sources(folder, KEPT)
    return build(folder)


def build(folder: Path) -> Path:
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


def test_a_warm_build_gives_the_same_files(again: Path) -> None:
    first = digests(again)
    assert digests(build(again.parent)) == first


def digests(site: Path) -> dict[str, str]:
    files = sorted(path for path in site.rglob("*") if path.is_file() and path.name not in DATED)
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }
