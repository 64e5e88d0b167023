"""Docstrings of the libraries: they lie apart from the byte code, and travel when one is wanted."""

import json
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

ENDING = ".docstrings.json"
"""In place of `.pyc`; `livecells.runtime.precompile` writes them."""


def find(value: Any) -> str | None:
    """Return the docstring that a library has for `value`; None where none is kept apart."""
    if isinstance(value, property):
        value = value.fget
    if not isinstance(value, ModuleType) and not hasattr(value, "__qualname__"):
        value = type(value)
    is_module = isinstance(value, ModuleType)
    module = value if is_module else sys.modules.get(getattr(value, "__module__", None) or "")
    byte_code = getattr(getattr(module, "__spec__", None), "cached", None)
    name = "" if is_module else value.__qualname__
    try:
        return _kept(byte_code).get(name) if byte_code else None
    except OSError:  # no network: it can be asked for again
        return None


@cache
def _kept(byte_code: str) -> dict[str, str]:
    """Read the docstrings of a module by qualified name; its own is that of the empty name."""
    place = Path(byte_code.removesuffix(".pyc") + ENDING)
    return dict(json.loads(place.read_bytes())) if place.exists() else {}
