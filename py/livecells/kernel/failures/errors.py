"""From an exception to an `error` output that shows the cell's own lines."""

import builtins
import io
import itertools
import linecache
import re
import traceback
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from livecells.kernel import sql
from livecells.kernel.code import is_a
from livecells.kernel.display.mime_bundle import shortened
from livecells.kernel.failures.hints import hints
from livecells.kernel.outputs import DetailedError, Error, ErrorDetails, Frame, Relation

CELL_PREFIX = "<cell "

MOST_TEXT = 100_000
"""Characters of a message or traceback; more is not read."""

LAST_TEXT = 2_000
"""Of these at the end."""


MOST_FRAMES = 40
"""Calls of a traceback that are listed; the others are counted."""

MOST_REPEATED = 3
"""Times that one call is listed in a row, as in Python's own tracebacks."""

MOST_RELATED = 12
"""Causes and members of groups that are described."""

WITHIN_PANIC = re.compile(
    r"PyErr \{ type: <class '(\w+)'>, value: \w+\((['\"])(.*?)\2\), trace", re.S
)
"""How Rust writes a Python error that it did not expect."""

ENGINE = str(Path(__file__).parents[1])

OWN_NAME = re.compile(r"^([ |]*)livecells\.(?:\w+\.)*(\w+)(?=:|$)", re.M)
"""Where a traceback names an exception of the engine with its module, which helps no reader."""

_texts: dict[str, dict[str, str]] = {}
"""By cell, the names of its texts that have run: what a text has defined may outlive it."""

_newest: dict[str, str] = {}
"""By cell, the name of the text that ran last."""

_cells: dict[str, str] = {}
"""By the names of texts, their cells."""


def cell_filename(cell: str, text: int = 1) -> str:
    """Name a cell's text in tracebacks; the angle brackets say that it is not a file."""
    return f"{CELL_PREFIX}{cell}{f', text {text}' if text > 1 else ''}>"


def remember_source(cell: str, source: str) -> str:
    """Let tracebacks and `inspect` find a cell's text; return its name there."""
    names = _texts.setdefault(cell, {})
    name = names.setdefault(source, cell_filename(cell, len(names) + 1))
    lines = list(io.StringIO(source, newline=None))  # Python's own ends of lines, and no others
    linecache.cache[name] = (len(source), None, lines, name)
    _newest[cell], _cells[name] = name, cell
    return name


def file_of_class(kind: type) -> str | None:
    """Find the text of a cell that has defined a class: newer ones first."""
    line = vars(kind).get("__firstlineno__", 0)
    for name in reversed(_cells):
        lines = linecache.getlines(name)[line - 1 :] if line else []
        code = next((one for one in lines if not one.lstrip().startswith("@")), "")
        if re.match(rf"\s*class\s+{re.escape(kind.__name__)}\b", code):
            return name
    return None


def error_output(error: BaseException) -> DetailedError:
    """Describe an exception: name, message and the lines of its traceback, and what may help.

    Frames above the first cell frame belong to the kernel and are left out. An exception whose own
    methods raise is described all the same.
    """
    try:
        return _described(_within_panic(error))
    except BaseException:  # the reader's own class raised, or the interpreter is failing
        return _bare(type(error).__name__, _message(error))


def _within_panic(error: BaseException) -> BaseException:
    """Return the Python error for which Rust panicked, if there is one: a missing module, say."""
    found = WITHIN_PANIC.search(str(error)) if type(error).__name__ == "PanicException" else None
    kind = getattr(builtins, found[1], None) if found else None
    if not found or not isinstance(kind, type) or not issubclass(kind, Exception):
        return error
    with suppress(TypeError):  # some take more than a message
        return kind(found[3]).with_traceback(error.__traceback__)
    return error


def _described(error: BaseException) -> DetailedError:
    formatted = traceback.TracebackException.from_exception(
        error.with_traceback(_from_first_cell(error.__traceback__)), compact=True
    )
    related = list(itertools.islice(_related(formatted), MOST_RELATED))
    for one in (formatted, *(one for _, one in related)):
        own = (call for call in one.stack if not call.filename.startswith(ENGINE))
        one.stack[:] = [_in_statement(call, error) for call in own]
    return {
        "output_type": "error",
        "ename": type(error).__name__,
        "evalue": _message(error),
        "traceback": _lines(formatted.format()),
        "details": {
            "message": "\n".join(_lines(formatted.format_exception_only())),
            "frames": [*_frames(formatted.stack), *_misread(error)],
            "hints": hints(error),
            "related": [
                {
                    "relation": relation,
                    "message": "\n".join(_lines(one.format_exception_only())),
                    "frames": _frames(one.stack),
                }
                for relation, one in related
            ],
        },
    }


def _in_statement(call: traceback.FrameSummary, error: BaseException) -> traceback.FrameSummary:
    """Let the call that runs a cell of SQL stand where its statement is wrong."""
    place = vars(error).get("place")
    if not place or not sql.is_sql("".join(linecache.getlines(call.filename)[:1])):
        return call
    return traceback.FrameSummary(call.filename, place[0], "<statement>")


def _related(
    one: traceback.TracebackException,
) -> Iterator[tuple[Relation, traceback.TracebackException]]:
    """Go through the members of a group, and then through what led to an exception."""
    for member in one.exceptions or ():
        yield "member", member
        yield from _related(member)
    cause = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    if cause:
        yield "cause" if one.__cause__ else "context", cause
        yield from _related(cause)


def _bare(name: str, message: str) -> DetailedError:
    line = f"{name}: {message}"
    details: ErrorDetails = {"message": line, "frames": [], "hints": [], "related": []}
    error: Error = {"output_type": "error", "ename": name, "evalue": message, "traceback": [line]}
    return {**error, "details": details}


def _lines(pieces: Iterable[str]) -> list[str]:
    text = OWN_NAME.sub(r"\1\2", "".join(pieces).rstrip("\n"))
    if len(text) > MOST_TEXT:  # what Python says last is what is read first
        text = f"{shortened(text[:-LAST_TEXT], MOST_TEXT - LAST_TEXT)}\n{text[-LAST_TEXT:]}"
    return text.split("\n")


def _frames(stack: traceback.StackSummary) -> list[Frame]:
    """List calls, and count those that would repeat one or be too many."""
    found: list[Frame] = []
    times = 1
    for call in stack:
        frame = _frame(call)
        times = times + 1 if found and _is_same(found[-1], frame) else 1
        if times <= MOST_REPEATED:
            found.append(frame)
        else:
            found[-1]["more"] = times - MOST_REPEATED
    half = MOST_FRAMES // 2
    middle = found[half - 1 : -half]
    if len(found) > MOST_FRAMES:
        count = sum(1 + frame.get("more", 0) for frame in middle) - 1
        found[half - 1 : -half] = [{**middle[0], "more": count}]
    return found


def _is_same(frame: Frame, other: Frame) -> bool:
    return {**frame, "more": 0} == {**other, "more": 0}


def _frame(call: traceback.FrameSummary) -> Frame:
    cell = _cells.get(call.filename, "")
    is_old = cell != "" and _newest.get(cell) != call.filename
    code = (call.line or "").strip() if cell else ""
    line = call.lineno or 0
    found: Frame = {
        "cell": cell,
        "file": call.filename,
        "line": line,
        "name": call.name,
        "code": code,
    }
    return {**found, "is_old": True} if is_old else found


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
    name = _newest.get(cell)
    if is_a(error, SyntaxError) and error.filename == name and error.lineno:
        return int(error.lineno), int(error.offset or 1)
    tb, found = error.__traceback__, None
    while tb:
        if tb.tb_frame.f_code.co_filename == name:
            found = tb
        tb = tb.tb_next
    if found is None:
        return None
    (call,) = traceback.extract_tb(found, limit=1)
    if call is not (placed := _in_statement(call, error)):
        return int(placed.lineno or 1), int(vars(error)["place"][1])
    return (call.lineno, (call.colno or 0) + 1) if call.lineno else None


def _from_first_cell(tb: TracebackType | None) -> TracebackType | None:
    while tb and not tb.tb_frame.f_code.co_filename.startswith(CELL_PREFIX):
        tb = tb.tb_next
    return tb


def _message(error: BaseException) -> str:
    try:
        return shortened(str(error), MOST_TEXT)
    except BaseException:  # a reader's own __str__ may raise anything
        return "<the exception's own __str__ raised>"
