"""What a cell produces, in Jupyter's notebook format 4.5 (nbformat validates it in the tests)."""

from typing import Any, Literal, NotRequired, TypedDict

from livecells.kernel.expressions import Request, Value
from livecells.kernel.failures.hints import Hint

PROGRESS = "application/vnd.livecells.progress+json"
"""`{"value": 3, "max": 10, "label": "reading"}`; `max` is missing where the end is not known."""

VEGALITE = "application/vnd.vegalite.v6+json"
"""Altair itself writes `.v6.json`, under which nbformat refuses an object."""

MimeBundle = dict[str, Any]
"""MIME type to content: text, base64 text for pictures, plain objects for JSON types."""


class Stream(TypedDict):
    """Text that the cell wrote to standard output or standard error."""

    output_type: Literal["stream"]
    name: Literal["stdout", "stderr"]
    text: str


class DisplayData(TypedDict):
    """A value shown by `display()`."""

    output_type: Literal["display_data"]
    data: MimeBundle
    metadata: dict[str, Any]


class UpdateDisplayData(TypedDict):
    """Another content for a display whose `metadata` has the same `display_id`; never kept."""

    output_type: Literal["update_display_data"]
    data: MimeBundle
    metadata: dict[str, Any]


class ClearOutput(TypedDict):
    """Takes back what was sent so far: at once, or when the next output comes; never kept."""

    output_type: Literal["clear_output"]
    wait: bool


class ExecuteResult(TypedDict):
    """The value of the cell's last expression."""

    output_type: Literal["execute_result"]
    execution_count: int
    data: MimeBundle
    metadata: dict[str, Any]


class Error(TypedDict):
    """An exception that ended the cell; `traceback` holds its lines."""

    output_type: Literal["error"]
    ename: str
    evalue: str
    traceback: list[str]


class Frame(TypedDict):
    """One call of a traceback; `cell` is empty where it is a library's.

    `more` calls after it are left out. `is_old`: the line is one of an earlier text of the cell.
    """

    cell: str
    file: str
    line: int
    name: str
    code: str
    more: NotRequired[int]
    is_old: NotRequired[bool]


Relation = Literal["cause", "context", "member"]
"""How another exception belongs to one: its cause, what was being handled, a group's member."""


class Related(TypedDict):
    """An exception that belongs to another one."""

    relation: Relation
    message: str
    frames: list[Frame]


class ErrorDetails(TypedDict):
    """An error for a page that can do more than print it.

    `message` is what Python says last, its own suggestions included; `frames` run from the cell
    to where the exception arose.
    """

    message: str
    frames: list[Frame]
    hints: list[Hint]
    related: list[Related]


class DetailedError(Error):
    """An `Error` as a running cell sends it; a notebook keeps no `details`."""

    details: ErrorDetails


Output = Stream | DisplayData | ExecuteResult | Error
"""What a notebook keeps."""

Emitted = Output | DetailedError | UpdateDisplayData | ClearOutput
"""What a running cell sends."""


class ExecuteRequest(TypedDict):
    """One run of one cell; `page` names the namespace in which it runs.

    `expressions` of the page's prose are evaluated after it, with the formatters of the module
    `wording`. `checks` are Python that must hold after it: those of an exercise.
    """

    page: str
    cell: str
    source: str
    expressions: NotRequired[list[Request]]
    wording: NotRequired[str]
    checks: NotRequired[list[str]]


class ExecuteReply(TypedDict):
    """How a run ended. `line` and `column` (from 1) say where in the cell an error arose.

    `values` are those of the request's expressions, in their order; they are missing after an
    error. `failed` is the number of the first check that does not hold, from 0; -1 where all do.
    """

    status: Literal["ok", "error"]
    execution_count: int
    values: NotRequired[list[Value]]
    line: NotRequired[int]
    column: NotRequired[int]
    failed: NotRequired[int]
