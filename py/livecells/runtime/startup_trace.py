"""Which files of the runtime a first output needs: found by making one, in the real Pyodide."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from livecells.runtime import packs
from livecells.runtime.node import run_node
from livecells.store import Made, Store, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from livecells.runtime.core import Core

_HERE = Path(__file__).parent
_WORKER = _HERE.parent / "web" / "worker"


def opened(
    core: Core, key: str, warm_up: str, store: Store, tree: Callable[[], Mapping[str, bytes]]
) -> frozenset[str]:
    """Return the files that Python opens from its start to the end of a warm-up.

    Args:
        core: The Pyodide to run.
        key: Hash over the tree.
        warm_up: A module with a function `run()`, or empty for the start alone.
        store: Where the answer is kept.
        tree: Gives every file below `core.library`; not called when the answer is known.

    Returns:
        Paths below `core.library`.

    Raises:
        ToolError: Node is missing, or Python raised.
    """

    def find() -> Made:
        with tempfile.TemporaryDirectory() as work:
            (Path(work) / "tree.pack").write_bytes(packs.join(tree()))
            run_node("startup_trace.mjs", str(core.folder), work, core.library, warm_up)
            content = (Path(work) / "opened.json").read_bytes()
            return Made(content, len(content))

    scripts = (_HERE / "startup_trace.mjs", _WORKER / "boot.js", _WORKER / "files.js")
    recipe = digest(*(path.read_bytes() for path in scripts))
    stored = store.keep("opened.json", digest(key, warm_up, core.version, recipe), find)
    return frozenset(json.loads(stored.path.read_text(encoding="utf-8")))
