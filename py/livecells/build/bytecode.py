"""Byte code for the browser's Python, made by that Python itself under Node."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from livecells.build import packs
from livecells.build.bundle_errors import ToolError
from livecells.build.store import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from livecells.build.core import Core

_HERE = Path(__file__).parent
_TIMEOUT_S = 600


def recipe() -> str:
    """Hash the code that compiles, so that changing it makes everything anew."""
    names = ("precompile.py", "run_python.mjs", "packs.py")
    return digest(*((_HERE / name).read_bytes() for name in names))


def compile_tree(files: Mapping[str, bytes], target: str, core: Core) -> dict[str, bytes]:
    """Byte-compile a tree of sources with Pyodide's Python.

    Args:
        files: Content by relative path.
        target: Where they will lie in Pyodide's file system; tracebacks show it.
        core: The Pyodide to compile with.

    Returns:
        Content by relative path, `.pyc` in the place of `.py`.

    Raises:
        ToolError: Node is missing or Python failed in it.
    """
    sources = {path: content for path, content in files.items() if path.endswith(".py")}
    others = {path: content for path, content in files.items() if path not in sources}
    with tempfile.TemporaryDirectory() as work:
        (Path(work) / "in.pack").write_bytes(packs.join(sources))
        _run_in_pyodide(core, Path(work), "livecells.build.precompile", "main", target)
        return {**packs.split((Path(work) / "out.pack").read_bytes()), **others}


def _run_in_pyodide(core: Core, work: Path, *call: str) -> None:
    node = shutil.which("node")
    command = ["node", "run_python.mjs", *call]
    if node is None:
        raise ToolError(command, "Node is not installed; it runs Pyodide during the build")
    python = _HERE.parent.parent
    words = [node, str(_HERE / "run_python.mjs"), str(core.folder), str(python), str(work), *call]
    try:
        done = subprocess.run(  # noqa: S603  fixed words
            words, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ToolError(command, f"no end after {_TIMEOUT_S} s") from error
    if done.returncode:
        raise ToolError(command, done.stderr)
