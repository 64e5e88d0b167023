"""Byte-compiles a tree of sources; runs inside Pyodide, whose Python the result must fit.

Docstrings are a fifth of what travels, and few readers ask for one. So they lie in files of their
own, which `livecells.kernel.process.docstrings` reads.

It uses the standard library and `livecells.runtime.packs` only, because nothing else is there yet.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import marshal
from collections.abc import Iterator
from pathlib import Path

from livecells.runtime import packs

DOCSTRINGS = ".docstrings.json"
"""In place of `.pyc`; `livecells.kernel.process.docstrings` reads them."""

UNCHECKED = (1).to_bytes(4, "little")
"""Flags of byte code with a hash of its source that nobody compares (PEP 552)."""

KEPT = "altair/vegalite/"
"""Altair copies docstrings of these modules when it is imported, and raises where it finds none."""

NAMED = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
DOCUMENTED = (ast.Module, *NAMED)


def main(folder: str, target: str) -> None:
    """Compile `in.pack` to `out.pack`, both uncompressed packs in `folder`.

    Args:
        folder: Folder of both packs.
        target: Where the files will lie at run time; tracebacks show it.
    """
    place = Path(folder)
    files = packs.split((place / "in.pack").read_bytes())
    (place / "out.pack").write_bytes(packs.join(compile_tree(files, target)))


def compile_tree(files: dict[str, bytes], target: str) -> dict[str, bytes]:
    """Return the byte code of each source, where Python looks for it, and its docstrings beside it.

    It is never checked against its source (unchecked hash): the import only asks whether the
    source is there, so that its bytes need not be.

    Args:
        files: Sources by path.
        target: Where the files will lie at run time.

    Returns:
        Byte code by path, and docstrings as JSON by the qualified names of what they describe. A
        source that does not compile (a template, say) has none.
    """
    compiled: dict[str, bytes] = {}
    for path in sorted(files):
        place = importlib.util.cache_from_source(path)
        try:
            code, docstrings = _compile(files[path], f"{target}/{path}", is_kept=KEPT in path)
        except (SyntaxError, ValueError):
            continue
        compiled[place] = code
        if docstrings:
            written = json.dumps(docstrings, ensure_ascii=False, separators=(",", ":"))
            compiled[place.removesuffix(".pyc") + DOCSTRINGS] = written.encode()
    return compiled


def _compile(source: bytes, shown: str, *, is_kept: bool) -> tuple[bytes, dict[str, str]]:
    tree = ast.parse(source)
    taken = [] if is_kept else [*_taken(tree, "")]
    docstrings = dict(reversed(taken))  # of a property and its setter that of the first counts
    code = compile(tree, shown, "exec", dont_inherit=True)
    head = importlib.util.MAGIC_NUMBER + UNCHECKED + importlib.util.source_hash(source)
    return head + marshal.dumps(code), docstrings


def _taken(node: ast.AST, name: str) -> Iterator[tuple[str, str]]:
    """Take the docstrings out of a definition, each with the qualified name that it belongs to."""
    inside = (
        f"{name}.<locals>" if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else name
    )
    if isinstance(node, DOCUMENTED) and (text := ast.get_docstring(node)) is not None:
        (written, *rest) = node.body
        empty = ast.Expr(ast.Constant(""))  # Polars knows its empty methods by their byte code
        node.body = rest or [ast.fix_missing_locations(ast.copy_location(empty, written))]
        yield name, text
    for child in ast.iter_child_nodes(node):
        own = f"{inside}.{child.name}".lstrip(".") if isinstance(child, NAMED) else inside
        yield from _taken(child, own)
