"""What the editor asks between runs: JSON in, JSON out, and nothing of the reader's is run."""

import ast
import warnings
from typing import Any, Literal, NotRequired, TypedDict

from livecells.kernel.complete import Completion, complete
from livecells.kernel.errors import cell_filename
from livecells.kernel.explain import Explanation, explain
from livecells.kernel.flow import Flow, flow
from livecells.kernel.runner import parse


class Question(TypedDict):
    """A question on the text of a cell; `cursor` is a place in it, in characters."""

    what: Literal["complete", "explain", "check", "flow"]
    page: str
    cell: str
    source: str
    cursor: NotRequired[int]


class Mistake(TypedDict):
    """Where the text is no Python, both from 1, and why not."""

    line: int
    column: int
    message: str


def answer(
    question: Question, variables: dict[str, Any]
) -> Completion | Explanation | Mistake | Flow | None:
    """Answer the editor.

    Args:
        question: What it wants to know.
        variables: What the page's cells have defined.

    Raises:
        ValueError: There is no such question.
    """
    source, cursor = question["source"], question.get("cursor", 0)
    match question["what"]:
        case "complete":
            return complete(source, cursor, variables)
        case "explain":
            return explain(source, cursor, variables)
        case "check":
            return check(source, question["cell"])
        case "flow":
            return follow(source)
        case what:
            msg = f"no question is called {what!r}"
            raise ValueError(msg)


def check(source: str, cell: str) -> Mistake | None:
    """Find the first place where a cell is no Python."""
    try:
        _read(source, cell)
    except SyntaxError as error:
        return {"line": error.lineno or 1, "column": error.offset or 1, "message": error.msg}
    except ValueError as error:  # null bytes
        return {"line": 1, "column": 1, "message": str(error)}
    return None


def follow(source: str) -> Flow | None:
    """Find what passes through a cell; nothing is known of one that is no Python."""
    try:
        return flow(source, _read(source, ""))
    except (SyntaxError, ValueError):
        return None


def _read(source: str, cell: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return parse(source, cell_filename(cell))
