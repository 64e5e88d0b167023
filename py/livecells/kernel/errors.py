"""From an exception to an `error` output that shows the cell's own lines."""

import linecache
import traceback
from collections.abc import Iterable
from types import TracebackType

from livecells.kernel.code import is_a
from livecells.kernel.hints import hints
from livecells.kernel.mime_bundle import shortened
from livecells.kernel.outputs import DetailedError, Error, ErrorDetails, Frame

CELL_PREFIX = "<cell "

MOST_TEXT = 100_000
"""Characters of a message or traceback; more is not read."""

LAST_TEXT = 2_000
"""Of these at the end."""


def cell_filename(cell: str) -> str:
    """Name the cell's code in tracebacks; the angle brackets say that it is not a file."""
    return f"{CELL_PREFIX}{cell}>"


def remember_source(cell: str, source: str) -> None:
    """Let tracebacks and `inspect` find the cell's text."""
    lines = source.splitlines(keepends=True)
    linecache.cache[cell_filename(cell)] = (len(source), None, lines, cell_filename(cell))


def error_output(error: BaseException) -> DetailedError:
    """Describe an exception: name, message and the lines of its traceback, and what may help.

    Frames above the first cell frame belong to the kernel and are left out. An exception whose own
    methods raise is described all the same.
    """
    try:
        return _described(error)
    except BaseException:  # the reader's own class raised, or the interpreter is failing
        return _bare(type(error).__name__, _message(error))


def _described(error: BaseException) -> DetailedError:
    formatted = traceback.TracebackException.from_exception(
        error.with_traceback(_from_first_cell(error.__traceback__)), compact=True
    )
    return {
        "output_type": "error",
        "ename": type(error).__name__,
        "evalue": _message(error),
        "traceback": _lines(formatted.format()),
        "details": {
            "message": "\n".join(_lines(formatted.format_exception_only())),
            "frames": [*map(_frame, formatted.stack), *_misread(error)],
            "hints": hints(error),
        },
    }


def _bare(name: str, message: str) -> DetailedError:
    line = f"{name}: {message}"
    details: ErrorDetails = {"message": line, "frames": [], "hints": []}
    error: Error = {"output_type": "error", "ename": name, "evalue": message, "traceback": [line]}
    return {**error, "details": details}


def _lines(pieces: Iterable[str]) -> list[str]:
    text = "".join(pieces).rstrip("\n")
    if len(text) > MOST_TEXT:  # what Python says last is what is read first
        text = f"{shortened(text[:-LAST_TEXT], MOST_TEXT - LAST_TEXT)}\n{text[-LAST_TEXT:]}"
    return text.split("\n")


def _frame(summary: traceback.FrameSummary) -> Frame:
    name = summary.filename
    is_cell = name.startswith(CELL_PREFIX)
    return {
        "cell": name.removeprefix(CELL_PREFIX).removesuffix(">") if is_cell else "",
        "file": name,
        "line": summary.lineno or 0,
        "name": summary.name,
        "code": (summary.line or "").strip() if is_cell else "",
    }


def _misread(error: BaseException) -> list[Frame]:
    """Name the line that Python could not read: no call has led there."""
    if not is_a(error, SyntaxError) or not error.filename or not error.lineno:
        return []
    return [_frame(traceback.FrameSummary(error.filename, error.lineno, "", line=error.text))]


def position(error: BaseException, cell: str) -> tuple[int, int] | None:
    """Find where in `cell` the error arose.

    Returns:
        Line and column, both from 1; `None` when no line of the cell is involved.
    """
    try:
        return _position(error, cell)
    except BaseException:  # as above
        return None


def _position(error: BaseException, cell: str) -> tuple[int, int] | None:
    if is_a(error, SyntaxError) and error.filename == cell_filename(cell) and error.lineno:
        return int(error.lineno), int(error.offset or 1)
    found = None
    for summary in traceback.extract_tb(error.__traceback__):
        if summary.filename == cell_filename(cell) and summary.lineno:
            found = summary.lineno, (summary.colno or 0) + 1
    return found


def _from_first_cell(tb: TracebackType | None) -> TracebackType | None:
    while tb and not tb.tb_frame.f_code.co_filename.startswith(CELL_PREFIX):
        tb = tb.tb_next
    return tb


def _message(error: BaseException) -> str:
    try:
        return shortened(str(error), MOST_TEXT)
    except BaseException:  # a reader's own __str__ may raise anything
        return "<the exception's own __str__ raised>"
