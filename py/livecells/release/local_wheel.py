"""The project as a wheel on its own site: what a reader installs to run a page's cells natively."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TypedDict

from livecells.runtime.errors import ToolError

FOLDER = "livecells/native"

SETUP = "from livecells.page_builtins import display, progress, selected, selection"
"""What a page's cells find without importing it."""


class LocalWheel(TypedDict):
    """How to run a page natively: where the wheel lies, and what the first cell does."""

    wheel: str
    setup: str


def build_wheel(project: Path, target: Path) -> str:
    """Write the project's wheel into a folder; equal sources give equal bytes.

    Returns:
        Its file name.

    Raises:
        ToolError: Hatchling, the build backend, failed or is not installed.
    """
    with tempfile.TemporaryDirectory() as work:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", work]
        done = subprocess.run(  # noqa: S603  fixed words
            command, cwd=project, capture_output=True, text=True, check=False
        )
        wheels = sorted(Path(work).glob("*.whl"))
        if done.returncode or not wheels:
            raise ToolError(command, done.stderr)
        target.mkdir(parents=True, exist_ok=True)
        (target / wheels[0].name).write_bytes(wheels[0].read_bytes())
        return wheels[0].name


def local_wheel(project: Path, target: Path, setup: str) -> LocalWheel:
    """Build the wheel below the site's cache and say how a page uses it."""
    wheel = build_wheel(project, target / FOLDER)
    return {"wheel": f"{FOLDER}/{wheel}", "setup": f"{SETUP}\n{setup.rstrip()}\n"}
