"""How deep calls may go in a browser, whose stack ends Python when it ends.

Calls of plain Python need none of that stack. What goes through compiled parts of Python (`repr`,
`==`, `sorted`) does; `web/worker/boot.js` tells Python how much of it there is.
"""

import asyncio
import functools
import importlib.util
import sys
from collections.abc import Callable
from typing import Any

USUAL = 2_000
"""Calls of plain Python in each other, unless a cell sets another limit."""

MOST = 5_000
"""The same at most: a traceback of 6,000 is taken down by as many nested calls, which is fatal."""


def guard(guard_stack: Callable[[], object]) -> None:
    """Bound the limit that cells can set, and take caches of cells off the browser's stack.

    Args:
        guard_stack: Tells Python how much of the browser's stack it has.
    """
    set_limit = sys.setrecursionlimit

    @functools.wraps(set_limit)
    def bounded(limit: int, /) -> None:
        set_limit(min(limit, MOST))

    sys.setrecursionlimit = bounded
    bounded(USUAL)
    known = vars(functools)
    run = asyncio.Handle._run

    def run_guarded(self: asyncio.Handle) -> None:
        guard_stack()  # where Python can wait it has a new state at each entry
        run(self)

    asyncio.Handle._run = run_guarded  # type: ignore[method-assign]
    compiled, plain = known["_lru_cache_wrapper"], _plain_cache()

    def wrapper(function: Any, *more: Any) -> Any:
        is_cells = getattr(function, "__module__", "") == "__main__"
        return (plain if is_cells else compiled)(function, *more)

    known["_lru_cache_wrapper"] = wrapper


def _plain_cache() -> Any:
    """Return the cache that the standard library has for Pythons without the compiled one."""
    spec = importlib.util.find_spec("functools")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    compiled = sys.modules.pop("_functools")
    sys.modules["_functools"] = None  # type: ignore[assignment]
    try:
        spec.loader.exec_module(module)
    finally:
        sys.modules["_functools"] = compiled
    return module._lru_cache_wrapper
