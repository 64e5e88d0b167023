"""The border to the browser: nothing else here imports Pyodide's own modules or `js`.

They are imported where they are needed, not above: a memory snapshot cannot hold them.
"""

import builtins
import functools
import getpass
import io
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, Protocol

from livecells.kernel.process import depth, interrupts, threads

IS_BROWSER = sys.platform == "emscripten"

SLICE_S = 0.05
"""A sleeping cell hears the reader's Stop only between two sleeps."""

_questions: Any = None
"""The worker's way to the reader (prompts.js)."""

_network: Any = None
"""The worker's gate to other hosts (network.js)."""

_ranges: Any = None
"""The worker's reader of ranges of files (ranges.js)."""


def prepare() -> None:
    """Change what of the standard library does not fit a browser; does nothing elsewhere."""
    if IS_BROWSER:
        interrupts.listen()
        time.sleep = _sliced(time.sleep)  # type: ignore[assignment]
        builtins.input = _input
        getpass.getpass = _getpass
        vars(sys).update(stdin=STDIN, __stdin__=STDIN)
        depth.guard(_guard_stack)
        threads.run_at_start()


def connect(questions: object, network: object, ranges: object) -> None:
    """Take the ways to the reader, to other hosts and to ranges of the site's files.

    Args:
        questions: The worker's, a `Prompts` of prompts.js.
        network: The worker's gate, a `Network` of network.js.
        ranges: The worker's reader, a `Ranges` of ranges.js.
    """
    global _questions, _network, _ranges
    _questions, _network, _ranges = questions, network, ranges


class RangeError(Exception):
    """A range of a file cannot be had; the whole file may."""


class RangedFile(Protocol):
    """A file of which ranges can be fetched.

    Attributes:
        size: In bytes.
        sparse: Path of a file of that size, with what has been fetched so far and zeros elsewhere.
    """

    size: int
    sparse: str

    def fetch(self, ranges: Sequence[tuple[int, int]]) -> None:
        """Bring ranges, by start and end in bytes, into the sparse file.

        Raises:
            RangeError: They cannot be had.
        """

    def read(self, start: int, end: int) -> bytes:
        """Fetch one range and return it.

        Raises:
            RangeError: It cannot be had.
        """


@dataclass
class _RangedFile:
    """A file of the site that is not here yet."""

    path: str
    size: int
    sparse: str

    def fetch(self, ranges: Sequence[tuple[int, int]]) -> None:
        from pyodide.ffi import JsException, to_js

        try:
            _ranges.fetch(self.path, to_js([place for one in ranges for place in one]))
        except JsException as error:
            raise RangeError(str(error)) from None

    def read(self, start: int, end: int) -> bytes:
        self.fetch([(start, end)])
        with Path(self.sparse).open("rb") as file:
            file.seek(start)
            return file.read(end - start)


def ranged_file(source: object) -> RangedFile | None:
    """Return a file of the site that can be read in ranges; None for one that is here already."""
    if _ranges is None or not isinstance(source, str | os.PathLike):
        return None
    path = os.fspath(source)
    sparse = _ranges.sparse(path) if isinstance(path, str) else None
    return _RangedFile(str(path), Path(sparse).stat().st_size, sparse) if sparse else None


@dataclass(frozen=True)
class Response:
    """What a host has answered; `headers` are lines as HTTP has them."""

    status: int
    reason: str
    headers: str
    body: bytes


Why = Literal["refused", "unasked", "offline", "absent", "closed"]
"""Why there is no answer; `network.py` makes sentences of it."""


class NotAnsweredError(Exception):
    """A request went out for nothing, or not at all."""

    def __init__(self, *, why: Why) -> None:
        super().__init__(why)
        self.why = why


def fetch(address: str, method: str, headers: Mapping[str, str], body: bytes | None) -> Response:
    """Ask a host for something, with the reader's consent, and wait for the answer.

    Raises:
        NotAnsweredError: The reader refused (`refused`) or cannot be asked while Python waits
            (`unasked`); there is no network (`offline`), no host (`absent`), or a host that does
            not let pages of other sites read its answers (`closed`).
    """
    from pyodide.ffi import JsException, to_js

    js = import_module("js")
    _need_consent(address)
    request = js.XMLHttpRequest.new()
    request.open(method, address, False)  # noqa: FBT003  the browser's own argument
    request.responseType = "arraybuffer"
    for name, value in headers.items():
        request.setRequestHeader(name, value)
    try:
        request.send(None if body is None else to_js(body))
    except JsException:
        if not js.navigator.onLine:
            raise NotAnsweredError(why="offline") from None
        raise NotAnsweredError(why="closed" if _is_there(address) else "absent") from None
    lines = str(request.getAllResponseHeaders())
    return Response(request.status, request.statusText, lines, request.response.to_bytes())


def _need_consent(address: str) -> None:
    if _network.isAllowed(address):
        return
    is_allowed = _waited_for(_network.consent, _network.consentNow, address)
    if is_allowed is None:
        _network.consent(address)  # for the next run
        raise NotAnsweredError(why="unasked")
    if not is_allowed:
        raise NotAnsweredError(why="refused")


def _waited_for(ask: Callable[..., Any], ask_now: Callable[..., Any], *question: object) -> Any:
    """Ask the reader and wait for the answer; None where nothing can be waited for.

    Args:
        ask: Gives a promise, which Python can wait for where the browser has JSPI.
        ask_now: Stands still until there is an answer, where the site has a service worker.
        question: What both are called with.
    """
    from pyodide.ffi import JsException, can_run_sync, run_sync

    sys.stdout.flush()
    try:
        return run_sync(ask(*question)) if can_run_sync() else ask_now(*question)
    except JsException:  # the reader pressed Stop instead
        raise KeyboardInterrupt from None


async def why_not(address: str) -> Why | None:
    """Return why a request to `address` has just failed; nothing when the host does answer."""
    from pyodide.ffi import JsException

    js = import_module("js")
    if not _network.isAllowed(address):
        return "refused"
    try:
        await js.fetch(address)
    except JsException:
        if not js.navigator.onLine:
            return "offline"
        return "closed" if await _network.isThere(address) else "absent"
    return None


def _is_there(address: str) -> bool:
    from pyodide.ffi import can_run_sync, run_sync

    return bool(can_run_sync() and run_sync(_network.isThere(address)))


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


def _guard_stack() -> None:
    import pyodide_js

    pyodide_js._module.guardStack()


def _look() -> None:
    """Look for the reader's Stop, a message where sleeping lets them in, else a flag."""
    interrupts.check()
    repr(None)  # looks for signals; Pyodide's own way prints what it raises


class _Lines(io.TextIOBase):
    """`sys.stdin`: each line of it is asked of the reader, and an empty one is its end."""

    name, mode, encoding, errors = "<stdin>", "r", "utf-8", "strict"

    def readable(self) -> bool:
        return True

    def readline(self, _size: int | None = -1, /) -> str:  # type: ignore[override]
        line = _answer("", secret=False)
        return f"{line}\n" if line else ""

    def read(self, _size: int | None = -1, /) -> str:
        return "".join(self)

    def close(self) -> None:
        """Stay open: `exit()` closes it, and the next cell may need it."""


STDIN = _Lines()
_python_input = builtins.input


def _input(prompt: object = "", /) -> str:
    """Ask the reader for a line, below what the cell has written so far."""
    if sys.stdin is not STDIN and sys.stdin is not None:
        return _python_input(prompt)
    return _answer(str(prompt), secret=False)


def _getpass(prompt: str = "Password: ", stream: object = None) -> str:  # noqa: ARG001  its name
    """Ask the reader for a line that is not shown."""
    return _answer(prompt, secret=True)


def _answer(prompt: str, *, secret: bool) -> str:
    answer = _questions and _waited_for(_questions.ask, _questions.askNow, prompt, secret)
    if answer is None:
        msg = (
            "this browser cannot wait for an answer in the middle of a cell yet: "
            "reload the page and run the cell again, or write the value down"
        )
        raise RuntimeError(msg)
    text = str(answer)
    sys.stdout.write(f"{prompt}{'·' * 8 if secret else text}\n")
    return text
