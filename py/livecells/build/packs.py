"""Packs: many small files as one, read in the browser without a library.

A pack is a little-endian uint32 with the length of the index, the index as JSON
`[[path, offset, size], …]`, and the files' bytes; offsets count from the end of the index. Packs
travel in gzip, because hosts do not compress unknown file types and every browser can unpack gzip
as a stream.
"""

from __future__ import annotations

import gzip
import json
import struct
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LENGTH = struct.Struct("<I")


class PackError(ValueError):
    """The bytes are not a pack, or a path in one leads outside."""


def join(files: Mapping[str, bytes]) -> bytes:
    """Join files into one uncompressed pack.

    Args:
        files: Content by relative POSIX path.

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
    head = json.dumps(index, separators=(",", ":"), ensure_ascii=False).encode()
    return b"".join([_LENGTH.pack(len(head)), head, *(files[path] for path, _, _ in index)])


def split(pack: bytes) -> dict[str, bytes]:
    """Take an uncompressed pack apart.

    Args:
        pack: What `join` made.

    Returns:
        Content by relative POSIX path, in the order of the index.

    Raises:
        PackError: The pack is cut short or is none.
    """
    try:
        (length,) = _LENGTH.unpack_from(pack)
        start = _LENGTH.size + length
        index = json.loads(pack[_LENGTH.size : start])
        files = {path: pack[start + offset : start + offset + size] for path, offset, size in index}
    except (struct.error, ValueError, TypeError) as error:
        msg = f"not a pack: {error}"
        raise PackError(msg) from error
    if [len(files[path]) for path, _, _ in index] != [size for _, _, size in index]:
        msg = "the pack is cut short"
        raise PackError(msg)
    return files


def squeeze(pack: bytes) -> bytes:
    """Compress with gzip at its best, without a date."""
    return gzip.compress(pack, compresslevel=9, mtime=0)


def _require_inside(path: str) -> None:
    parts = PurePosixPath(path).parts
    if path.startswith("/") or not parts or ".." in parts:
        msg = f"{path!r} is not a path inside the pack"
        raise PackError(msg)
