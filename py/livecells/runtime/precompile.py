"""Byte-compiles a tree of sources; runs inside Pyodide, whose Python the result must fit.

It uses the standard library and `livecells.runtime.packs` only, because nothing else is there yet.
"""

from __future__ import annotations

import importlib.util
import py_compile
import tempfile
from pathlib import Path

from livecells.runtime import packs


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
    """Return the byte code of each source, where Python looks for it.

    It is never checked against its source (unchecked hash): the import only asks whether the
    source is there, so that its bytes need not be.

    Args:
        files: Sources by path.
        target: Where the files will lie at run time.

    Returns:
        Byte code by path. A source that does not compile (a template, say) has none.
    """
    compiled: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for path in sorted(files):
            code = _compile(files[path], f"{target}/{path}", Path(scratch))
            if code is not None:
                compiled[importlib.util.cache_from_source(path)] = code
    return compiled


def _compile(source: bytes, shown: str, scratch: Path) -> bytes | None:
    given, made = scratch / "module.py", scratch / "module.pyc"
    given.write_bytes(source)
    try:
        mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
        py_compile.compile(str(given), str(made), dfile=shown, doraise=True, invalidation_mode=mode)
    except py_compile.PyCompileError:
        return None
    return made.read_bytes()
