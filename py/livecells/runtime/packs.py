"""Packs: many small files as one, read in the browser without a library for archives.

A pack is a little-endian uint32 with the length of the head, the head as JSON and the files' bytes.
The head is `{"files": [[path, offset, size], …], "lazy": {pack: [[path, size], …]}}`: offsets count
from its end, and `lazy` tells which files other packs hold, so that they can be listed before those
packs are fetched. Packs travel in zstd (runtime/zstd.py), because hosts do not compress unknown
file types.
"""

from __future__ import annotations

import json
import struct
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_LENGTH = struct.Struct("<I")


class PackError(ValueError):
    """The bytes are not a pack, or a path in one leads outside."""


def join(
    files: Mapping[str, bytes], *, lazy: Mapping[str, Mapping[str, int]] | None = None
) -> bytes:
    """Join files into one uncompressed pack.

    Args:
        files: Content by relative POSIX path.
        lazy: Sizes in bytes of the files in other packs, by the packs' names.

    Returns:
        The pack; equal files give equal bytes, whatever their order.

    Raises:
        PackError: A path is absolute or climbs with `..`.
    """
    index: list[tuple[str, int, int]] = []
    offset = 0
    for path in sorted(files):
        _require_inside(path)
        size = len(files[path])
        index.append((path, offset, size))
        offset += size
    others = {name: sorted(held.items()) for name, held in (lazy or {}).items()}
    head = json.dumps({"files": index, "lazy": others}, separators=(",", ":"), ensure_ascii=False)
    raw = head.encode()
    return b"".join([_LENGTH.pack(len(raw)), raw, *(files[path] for path, _, _ in index)])


def split(pack: bytes) -> dict[str, bytes]:
    """Take an uncompressed pack apart.

    Args:
        pack: What `join` made.

    Returns:
        Content by relative POSIX path, in the order of the index.

    Raises:
        PackError: The bytes are cut short or not a pack.
    """
    try:
        head, start = _head(pack)
        index = head["files"]
        files = {path: pack[start + offset : start + offset + size] for path, offset, size in index}
    except (struct.error, ValueError, TypeError, KeyError) as error:
        msg = f"not a pack: {error}"
        raise PackError(msg) from error
    if [len(files[path]) for path, _, _ in index] != [size for _, _, size in index]:
        msg = "the pack is cut short"
        raise PackError(msg)
    return files


def listed(pack: bytes) -> dict[str, dict[str, int]]:
    """Return what an uncompressed pack lists of other packs: sizes in bytes by path, by pack."""
    head, _ = _head(pack)
    return {name: dict(held) for name, held in head["lazy"].items()}


def _head(pack: bytes) -> tuple[dict[str, Any], int]:
    """Return the head, and where the files begin."""
    (length,) = _LENGTH.unpack_from(pack)
    start = _LENGTH.size + length
    return json.loads(pack[_LENGTH.size : start]), start


def _require_inside(path: str) -> None:
    parts = PurePosixPath(path).parts
    if path.startswith("/") or not parts or ".." in parts:
        msg = f"{path!r} is not a path inside the pack"
        raise PackError(msg)
