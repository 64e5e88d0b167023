"""The border to the browser: nothing else here imports Pyodide's own modules or `js`.

They are imported where they are needed, not above: a memory snapshot cannot hold them.
"""

import functools
import sys
import time
from collections.abc import Callable

from livecells.kernel import interrupts

IS_BROWSER = sys.platform == "emscripten"

SLICE_S = 0.05
"""A sleeping cell hears the reader's Stop only between two sleeps."""


def prepare() -> None:
    """Change what of the standard library does not fit a browser; does nothing elsewhere."""
    if IS_BROWSER:
        interrupts.listen()
        time.sleep = _sliced(time.sleep)  # type: ignore[assignment]


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
