"""Byte code for the browser's Python, made by that Python itself under Node."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from livecells.runtime import packs
from livecells.runtime.node import run_node
from livecells.store import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from livecells.runtime.core import Core

_HERE = Path(__file__).parent


def recipe() -> str:
    """Hash the code that compiles, so that changing it makes everything anew."""
    names = ("precompile.py", "run_python.mjs", "packs.py")
    return digest(*((_HERE / name).read_bytes() for name in names))


def compile_tree(files: Mapping[str, bytes], target: str, core: Core) -> dict[str, bytes]:
    """Byte-compile a tree of sources with Pyodide's Python.

    Args:
        files: Content by relative path; what is not `.py` is left out.
        target: Where they will lie in Pyodide's file system; tracebacks show it.
        core: The Pyodide to compile with.

    Returns:
        Byte code by relative path, in `__pycache__` folders.

    Raises:
        ToolError: Node is missing or Python failed in it.
    """
    sources = {path: content for path, content in files.items() if path.endswith(".py")}
    with tempfile.TemporaryDirectory() as work:
        (Path(work) / "in.pack").write_bytes(packs.join(sources))
        call = ("livecells.runtime.precompile", "main", target)
        run_node("run_python.mjs", str(core.folder), str(_HERE.parent.parent), work, *call)
        return packs.split((Path(work) / "out.pack").read_bytes())
