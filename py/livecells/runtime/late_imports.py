"""Libraries as they ship: what a first chart does not need is imported when it is used."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_suffix(".toml")


def changed(path: str, content: bytes) -> bytes:
    """Return a library's source with its late imports.

    Args:
        path: Below site-packages, or below the standard library's folder.
        content: The source in UTF-8.
    """
    for old, new in _changes().get(path, ()):
        content = content.replace(old, new, 1)
    return content


@cache
def _changes() -> dict[str, list[tuple[bytes, bytes]]]:
    found: dict[str, list[tuple[bytes, bytes]]] = {}
    for late in tomllib.loads(TABLE.read_text(encoding="utf-8"))["late"]:
        found.setdefault(late["file"], []).append((late["old"].encode(), late["new"].encode()))
    return found
