"""Gets the sdist of Polars, whose test suite is run against our wheel and never committed.

pip downloads and checks it by the hash in `py/wheels/sdist.txt`. It would also build it to learn
its dependencies, with a toolchain that only the wheel's recipe needs: a build backend of three
lines answers instead.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAME = "polars-1.33.1"
PINNED = ROOT / "py" / "wheels" / "sdist.txt"

BACKEND = """
import pathlib

def prepare_metadata_for_build_wheel(directory, settings=None):
    info = pathlib.Path(directory, "polars-1.33.1.dist-info")
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\\nName: polars\\nVersion: 1.33.1\\n")
    return info.name

def build_wheel(*_): ...
"""


def unpacked(cache: Path) -> Path:
    """Give the folder of the unpacked sdist, from `cache` or from the package index.

    Raises:
        CalledProcessError: pip could not get it, or it is not the pinned one.
    """
    whole = cache / PINNED.read_text().rpartition(":")[2].strip()[:16]
    found = whole / NAME
    if found.is_dir():
        return found
    backend = cache / "backend"
    backend.mkdir(parents=True, exist_ok=True)
    (backend / "maturin.py").write_text(BACKEND)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--no-build-isolation", "--no-binary", "polars"]
    command += ["--require-hashes", "-r", str(PINNED), "-d", str(cache)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(backend)})
    beside = whole.with_suffix(".part")
    with tarfile.open(cache / f"{NAME}.tar.gz") as archive:
        wanted = (f"{NAME}/py-polars/tests/", f"{NAME}/pyproject.toml")
        parts = [one for one in archive.getmembers() if one.name.startswith(wanted)]
        archive.extractall(beside, parts, filter="data")
    beside.rename(whole)
    return found
