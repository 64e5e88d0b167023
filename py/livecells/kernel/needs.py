"""Which requests wait until the start is over: those that may import a compiled library.

Python answers a first cell before such libraries are there (web/worker/boot.js). In doubt a request
waits. One that imports a library behind this module's back still gets it, only Python stands still.
"""

import ast
import sys
from collections.abc import Collection, Mapping
from typing import Any

from livecells.kernel.runner import parse

OF_FRAMES = {"rows", "export", "preview", "replace"}
"""What a page asks between runs that needs Polars (requests.py)."""

BY_NAME = {"importlib", "runpy"}
"""Modules of Python's library that import what nobody can tell from the text."""


def needs_more(request: Mapping[str, Any], light: Collection[str]) -> bool:
    """Return whether a request may need more than Python's own library.

    Args:
        request: An `ExecuteRequest` or a `PageRequest`.
        light: Modules that need nothing compiled.
    """
    if "what" in request:
        return request["what"] in OF_FRAMES
    wording = {request.get("wording", "")} if request.get("expressions") else set()
    found = wording.union(*(imported(text) for text in (request["source"], *request["checks"])))
    known = {*light, *sys.stdlib_module_names, ""} - BY_NAME
    return not {name.partition(".")[0] for name in found} <= known


def imported(source: str) -> set[str]:
    """Find the modules that a cell imports, in functions too; none where it is not valid Python."""
    try:
        tree = parse(source, "<cell>")
    except (SyntaxError, ValueError):
        return set()
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
        elif "sql" in (getattr(node, "id", ""), getattr(node, "attr", "")):
            found.add("polars")  # runs it
    return found
