"""What Python does before a reader's first cell, so that the cell need not wait for it."""

import gc
import random
from collections.abc import Iterable
from importlib import import_module, invalidate_caches


def preload(modules: Iterable[str]) -> None:
    """Import modules that cells are likely to need.

    Raises:
        ImportError: There is no such module.
    """
    for name in modules:
        import_module(name)


def run(module: str) -> None:
    """Import a site's warm-up and do what it does: one small output of each usual kind.

    Args:
        module: A module with a function `run()`.
    """
    import_module(module).run()


def rest() -> None:
    """Become as small as possible: what is left is written into a snapshot of the memory.

    No file may be open: its descriptor means nothing to the Python that starts from the snapshot.
    `importlib.metadata` keeps the library's zip open until its caches are dropped.
    """
    invalidate_caches()
    gc.collect()


def restored() -> None:
    """Undo what must not be the same in every Python that starts from one snapshot."""
    random.seed()
