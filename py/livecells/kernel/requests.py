"""What the page asks between runs: JSON in, JSON out. Never executes the reader's code."""

import ast
import warnings
from typing import Any, Literal, NotRequired, TypedDict

from livecells.kernel import sql
from livecells.kernel.dependencies import Dependencies, dependencies
from livecells.kernel.display import rows
from livecells.kernel.editor.complete import complete
from livecells.kernel.editor.hover import explain
from livecells.kernel.failures.errors import cell_filename
from livecells.kernel.files import uploads
from livecells.kernel.namespace import Namespace
from livecells.kernel.runner import parse
from livecells.kernel.selections import Clause


class PageRequest(TypedDict):
    """A request on a cell.

    `cursor` is a place in its text, in characters. `shown` names a frame or chart in its outputs.
    `path` is a file that the reader has added, `chosen` how the reader wants it read, by the names
    of points; `dataset` is a Parquet file that it replaces. `name` is a variable.
    """

    what: Literal[
        "complete",
        "explain",
        "check",
        "dependencies",
        "rows",
        "export",
        "select",
        "preview",
        "replace",
        "givers",
        "forget",
    ]
    page: str
    cell: str
    source: NotRequired[str]
    cursor: NotRequired[int]
    shown: NotRequired[str]
    start: NotRequired[int]
    count: NotRequired[int]
    by: NotRequired[str]
    is_descending: NotRequired[bool]
    form: NotRequired[Literal["csv", "parquet"]]
    selection: NotRequired[str]
    clauses: NotRequired[list[Clause]]
    path: NotRequired[str]
    chosen: NotRequired[dict[str, str]]
    dataset: NotRequired[str]
    name: NotRequired[str]


class Mistake(TypedDict):
    """Where the text is not valid Python, both from 1, and why not."""

    line: int
    column: int
    message: str


def reply(request: PageRequest, namespace: Namespace) -> Any:
    """Reply to the page; the reply can be written as JSON.

    Args:
        request: What it wants to know.
        namespace: What the page's cells have defined and shown.

    Raises:
        ValueError: There is no such request.
    """
    source, cursor = request.get("source", ""), request.get("cursor", 0)
    match request["what"]:
        case "complete":
            return complete(source, cursor, namespace.variables)
        case "explain":
            return explain(source, cursor, namespace.variables)
        case "check":
            return check(source, request["cell"])
        case "dependencies":
            return follow(source)
        case "rows":
            return page_of(request, namespace)
        case "export":
            frame = shown(request, namespace)
            return None if frame is None else rows.export(frame, request.get("form", "csv"))
        case "select":
            namespace.selections[request["selection"]] = request["clauses"]
            return True
        case "preview":
            return uploads.preview(request["path"], request.get("chosen"))
        case "replace":
            return uploads.replace(request["path"], request["dataset"])
        case "givers":
            return namespace.given()
        case "forget":
            return namespace.variables.pop(request["name"], None) is not None
        case what:
            msg = f"no request is called {what!r}"
            raise ValueError(msg)


def page_of(request: PageRequest, namespace: Namespace) -> rows.Page | None:
    """Return some of the rows of what a cell has shown; None where it is gone."""
    frame = shown(request, namespace)
    if frame is None:
        return None
    place = request.get("start", 0), request.get("count", rows.MOST_ROWS), request.get("by", "")
    return rows.page(frame, *place, is_descending=request.get("is_descending", False))


def shown(request: PageRequest, namespace: Namespace) -> Any:
    """Return the rows of what a cell has shown as a frame; None where it is gone."""
    name = request.get("shown", "")
    return rows.frame_of(namespace.shown[name]) if name in namespace.shown else None


def check(source: str, cell: str) -> Mistake | None:
    """Find the first place where a cell is not valid Python, or not valid SQL."""
    try:
        _read(source, cell)
        if sql.is_sql(source) and (found := sql.mistake(source)):
            return {"line": found[0], "column": found[1], "message": found[2]}
    except SyntaxError as error:
        return {"line": error.lineno or 1, "column": error.offset or 1, "message": error.msg}
    except ValueError as error:  # null bytes
        return {"line": 1, "column": 1, "message": str(error)}
    return None


def follow(source: str) -> Dependencies | None:
    """Find what passes through a cell; None for one that is not valid Python."""
    try:
        return dependencies(source, _read(source, ""))
    except (SyntaxError, ValueError):
        return None


def _read(source: str, cell: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return parse(source, cell_filename(cell))
