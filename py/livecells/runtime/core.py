"""Pyodide's own files, from the npm package, at the version that package.json pins."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from livecells.runtime.errors import InputMissingError, PyodideVersionError

if TYPE_CHECKING:
    from pathlib import Path

MODULE = "pyodide.asm.wasm"
CORE_FILES = ("pyodide.mjs", "pyodide.asm.mjs", MODULE)
"""Their names stay: the loader derives the addresses of the other two from its own."""


@dataclass(frozen=True)
class Core:
    """An installed Pyodide.

    Attributes:
        folder: The npm package.
        version: Of Pyodide, such as `314.0.7`.
        python: Full version of its Python, such as `3.14.2`.
        abi: What compiled wheels must be built for, such as `2026_0`.
        platform: Emscripten's version, such as `emscripten_5_0_3`.
    """

    folder: Path
    version: str
    python: str
    abi: str
    platform: str

    @property
    def python_minor(self) -> str:
        """Python's version without the patch level, such as `3.14`."""
        return ".".join(self.python.split(".")[:2])

    @property
    def module(self) -> Path:
        """Python itself, compiled."""
        return self.folder / MODULE

    @property
    def library(self) -> str:
        """Folder of the standard library in Pyodide's file system; packages lie below it."""
        return f"/lib/python{self.python_minor}"

    def read_stdlib(self) -> dict[str, bytes]:
        """Read the standard library's files by path in the zip."""
        with zipfile.ZipFile(self.folder / "python_stdlib.zip") as archive:
            names = sorted(name for name in archive.namelist() if not name.endswith("/"))
            return {name: archive.read(name) for name in names}


def find_core(root: Path, node_modules: Path) -> Core:
    """Find the installed Pyodide and check it against the pin.

    Args:
        root: Folder of package.json.
        node_modules: Where npm installed.

    Raises:
        InputMissingError: Pyodide or one of its files is not installed.
        PyodideVersionError: Another version is installed than pinned.
    """
    folder = node_modules / "pyodide"
    for name in ("package.json", "pyodide-lock.json", "python_stdlib.zip", *CORE_FILES):
        if not (folder / name).is_file():
            remedy = "run npm ci, or install the wheel of livecells"
            raise InputMissingError(folder / name, remedy)
    found = _read_json(folder / "package.json")["version"]
    pinned = _pinned(root / "package.json")
    if found != pinned:
        raise PyodideVersionError(found, pinned)
    info = _read_json(folder / "pyodide-lock.json")["info"]
    return Core(folder, found, info["python"], info["abi_version"], info["platform"])


def _pinned(package: Path) -> str:
    if not package.is_file():
        raise InputMissingError(package, "it pins Pyodide's version")
    data = _read_json(package)
    wanted = {**data.get("dependencies", {}), **data.get("devDependencies", {})}
    return str(wanted.get("pyodide", "nothing"))


def _read_json(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data
