"""The data files of a site: not copied into the runtime, but listed in its manifest."""

from __future__ import annotations

import hashlib
import tomllib
from typing import TYPE_CHECKING

from livecells.runtime.errors import InputMissingError
from livecells.runtime.manifest import Blocks, FileEntry
from livecells.store import file_sha256

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

HOME = "/home/pyodide"
"""Working directory in the browser; data lies below it as it lies below the project's root."""

NO_LICENCE = "not stated"

BLOCK = 65_536
DIGITS = 32

WORTH_PARTS = 1_000_000
"""Bytes from which on a Parquet file is fetched in parts; below, one request beats three."""


def data_files(
    root: Path, globs: Iterable[str], index: Path | None
) -> list[tuple[FileEntry, Path]]:
    """List the files that cells may open.

    Args:
        root: Project root.
        globs: Patterns below `root`; each must match something.
        index: A TOML file of tables with the keys `file` and `licence`, or none.

    Returns:
        Entry and place of each file, in the order of the patterns and sorted within one.

    Raises:
        InputMissingError: A pattern matches nothing, or `index` is not there.
    """
    licences = _read_licences(index) if index else {}
    listed: dict[Path, FileEntry] = {}
    for pattern in globs:
        found = sorted(path for path in root.glob(pattern) if path.is_file())
        if not found:
            raise InputMissingError(root / pattern, "no data file matches")
        for path in found:
            listed[path] = _entry(path, path.relative_to(root).as_posix(), licences)
    return [(entry, path) for path, entry in listed.items()]


def _entry(path: Path, place: str, licences: Mapping[str, str]) -> FileEntry:
    size = path.stat().st_size
    entry = FileEntry(
        path=place,
        kind="data",
        stage="asked",
        name=path.name,
        target=f"{HOME}/{place}",
        sha256=file_sha256(path),
        bytes=size,
        wire=size,
        unpacked=size,
        licence=licences.get(path.name, NO_LICENCE),
    )
    if path.suffix == ".parquet" and size >= WORTH_PARTS:
        entry["blocks"] = _blocks(path.read_bytes())
    return entry


def _blocks(content: bytes) -> Blocks:
    parts = (content[start : start + BLOCK] for start in range(0, len(content), BLOCK))
    return {"size": BLOCK, "sha256": [hashlib.sha256(part).hexdigest()[:DIGITS] for part in parts]}


def _read_licences(index: Path) -> dict[str, str]:
    if not index.is_file():
        raise InputMissingError(index, "it says the licence of each data file")
    tables = tomllib.loads(index.read_text(encoding="utf-8")).values()
    return {
        table["file"]: str(table.get("licence", NO_LICENCE))
        for table in tables
        if isinstance(table, dict) and "file" in table
    }
