"""The border to the browser: nothing else here imports Pyodide's own modules or `js`.

They are imported where they are needed, not above: a memory snapshot cannot hold them.
"""

import builtins
import functools
import getpass
import sys
import time
from collections.abc import Callable
from typing import Any

from livecells.kernel import interrupts

IS_BROWSER = sys.platform == "emscripten"

SLICE_S = 0.05
"""A sleeping cell hears the reader's Stop only between two sleeps."""


_ask: Callable[[str, bool], Any] | None = None


def prepare() -> None:
    """Change what of the standard library does not fit a browser; does nothing elsewhere."""
    if IS_BROWSER:
        interrupts.listen()
        time.sleep = _sliced(time.sleep)  # type: ignore[assignment]
        builtins.input = _input
        getpass.getpass = _getpass


def connect(ask: Callable[[str, bool], Any]) -> None:
    """Take the way to the reader.

    Args:
        ask: Called with a prompt and whether the answer is secret; gives a promise of the answer.
    """
    global _ask
    _ask = ask


def _sliced(sleep: Callable[[float], None]) -> Callable[[float], None]:
    @functools.wraps(sleep)
    def sleep_in_slices(seconds: float, /) -> None:
        end = time.monotonic() + seconds
        sleep(min(seconds, SLICE_S))  # a wrong argument raises as it always does
        _look()
        while (left := end - time.monotonic()) > 0:
            sleep(min(left, SLICE_S))
            _look()

    return sleep_in_slices


def _look() -> None:
    """Look for the reader's Stop, a message where sleeping lets them in, else a flag."""
    interrupts.check()
    import pyodide_js

    pyodide_js.checkInterrupt()


def _input(prompt: object = "", /) -> str:
    """Ask the reader for a line, below what the cell has written so far."""
    return _answer(str(prompt), secret=False)


def _getpass(prompt: str = "Password: ", stream: object = None) -> str:  # noqa: ARG001  its name
    """Ask the reader for a line that is not shown."""
    return _answer(prompt, secret=True)


def _answer(prompt: str, *, secret: bool) -> str:
    from pyodide.ffi import JsException, can_run_sync, run_sync

    if _ask is None or not can_run_sync():
        msg = "this browser cannot wait for an answer in the middle of a cell: write the value down"
        raise RuntimeError(msg)
    sys.stdout.flush()
    try:
        text = str(run_sync(_ask(prompt, secret)))
    except JsException:  # the reader pressed Stop instead
        raise KeyboardInterrupt from None
    sys.stdout.write(f"{prompt}{'·' * 8 if secret else text}\n")
    return text
