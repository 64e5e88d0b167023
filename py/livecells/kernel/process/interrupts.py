"""The reader's Stop: it ends the running cell and nothing else, wherever that cell is."""

import asyncio
import contextlib
import signal
from collections.abc import Iterator
from types import FrameType
from typing import Any

LOOP_CODE = ("pyodide/webloop.py", "asyncio/", "livecells/kernel/process/")
"""Files of the code that runs between two steps of tasks."""

_running: asyncio.Task[Any] | None = None
_is_asked = False
_is_ending = False
"""Whether a cell is just being ended: a signal has nothing to add, and would break that off."""


def listen() -> None:
    """Let the signal only end cells: it may come when the last one has just ended."""
    signal.signal(signal.SIGINT, _on_signal)


def interrupt() -> None:
    """End the running cell where it waits for something; without one do nothing."""
    global _is_asked, _is_ending
    _is_ending = True
    try:
        if _running:
            _is_asked = True
            _running.cancel()
    finally:
        _is_ending = False


def check() -> None:
    """End the running cell here if the reader has asked for that.

    Raises:
        KeyboardInterrupt: The reader has asked to stop.
    """
    if _is_asked:
        raise KeyboardInterrupt


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Run a cell, which a Stop ends with a KeyboardInterrupt.

    Raises:
        KeyboardInterrupt: The reader has asked to stop.
    """
    global _running, _is_asked
    task = _running = asyncio.current_task()
    _is_asked = False
    try:
        yield
    except asyncio.CancelledError as error:
        if not _is_asked:
            raise
        raise KeyboardInterrupt().with_traceback(error.__traceback__) from None
    finally:
        _running, _is_asked = None, False
        while task and task.cancelling():
            task.uncancel()  # the reply must get through


def _on_signal(_number: int, frame: FrameType | None) -> None:
    if not _running or _is_ending:
        return
    if _is_of_loop(frame):  # an exception here would be the loop's and not the cell's
        interrupt()
    else:
        raise KeyboardInterrupt


def _is_of_loop(frame: FrameType | None) -> bool:
    """Whether only the event loop's own code runs: the cell waits, and is about to go on."""
    files = []
    while frame:
        files.append(frame.f_code.co_filename)
        frame = frame.f_back
    return all(any(part in file for part in LOOP_CODE) for file in files)
