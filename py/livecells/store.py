"""Made files kept on disk under a hash of what they are made from."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


NAMES = "names"
"""The list of files that were made in one go."""


@dataclass(frozen=True)
class Stored:
    """A file in the store.

    Attributes:
        path: Where it lies on this machine.
        sha256: Of its bytes, in hexadecimal.
        bytes: Its size.
        unpacked: Its size in memory once unpacked, in bytes.
    """

    path: Path
    sha256: str
    bytes: int
    unpacked: int


@dataclass(frozen=True)
class Made:
    """What a maker hands to the store; `unpacked` is a size in bytes."""

    content: bytes
    unpacked: int


class Store:
    """A folder of made files; safe to delete at any time."""

    def __init__(self, folder: Path, *, is_single: bool = False) -> None:
        """Open a folder; a single one has only files of the last key, for what is large."""
        self._folder = folder
        self._is_single = is_single

    def keep(self, name: str, key: str, make: Callable[[], Made]) -> Stored:
        """Take a file from the store, or make it and keep it.

        Args:
            name: File name to recognise it by.
            key: Hash over everything that `make` depends on.
            make: Makes the file; not called when the store has it unaltered.

        Returns:
            The file as it lies in the store.
        """
        folder = self._folder / key[:16]
        if found := _load(folder, name):
            return found
        made = make()
        if self._is_single and not folder.is_dir():
            shutil.rmtree(self._folder, ignore_errors=True)
        return _save(folder, name, made)

    def keep_files(self, key: str, make: Callable[[], Mapping[str, bytes]]) -> dict[str, Path]:
        """Keep files that are made in one go, and a list of their names; say where they lie."""
        made = cache(make)

        def content(one: str) -> Made:
            return Made(made()[one], 0)

        listed = self.keep(NAMES, key, lambda: Made(json.dumps(list(made())).encode(), 0))
        names = json.loads(listed.path.read_bytes())
        return {one: self.keep(one, key, partial(content, one)).path for one in names}


def digest(*parts: str | bytes) -> str:
    """Hash parts, with their borders, to 64 hexadecimal digits."""
    total = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        total.update(len(raw).to_bytes(8, "little") + raw)
    return total.hexdigest()


def place(source: Path, target: Path) -> None:
    """Put a file elsewhere too, as a link where the file system allows it: some are large."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def file_sha256(path: Path) -> str:
    """Hash a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _load(folder: Path, name: str) -> Stored | None:
    path, record = folder / name, folder / f"{name}.json"
    if not (path.is_file() and record.is_file()):
        return None
    stored = Stored(path=path, **json.loads(record.read_text(encoding="utf-8")))
    return stored if file_sha256(path) == stored.sha256 else None


def _save(folder: Path, name: str, made: Made) -> Stored:
    """Write content first and its record last, so that a killed build leaves no half entry."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    size = len(made.content)
    sha256 = hashlib.sha256(made.content).hexdigest()
    stored = Stored(folder / name, sha256, size, made.unpacked)
    _replace(stored.path, made.content)
    record = {key: value for key, value in asdict(stored).items() if key != "path"}
    _replace(folder / f"{name}.json", json.dumps(record).encode())
    return stored


def _replace(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    unfinished.write_bytes(content)
    unfinished.replace(path)
