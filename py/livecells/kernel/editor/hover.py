"""What is known of the thing at the cursor: its signature and the beginning of its docstring."""

import inspect
from collections.abc import Mapping
from typing import Any, TypedDict

from livecells.kernel import code
from livecells.kernel.editor.complete import kind_of, named, summary
from livecells.kernel.process import docstrings

MOST_LINES = 12
"""Of a docstring; the rest is for `help()`."""


class Explanation(TypedDict):
    """`name` as written, `signature` as code, `text` plain; empty where there is nothing to say."""

    name: str
    signature: str
    text: str


def explain(source: str, cursor: int, variables: Mapping[str, Any]) -> Explanation | None:
    """Explain the name at a place of a cell, or the call whose arguments stand there.

    Args:
        source: The cell's text.
        cursor: Place in it, in characters.
        variables: What the page's cells have defined.
    """
    variables = named(variables)
    end = cursor = max(cursor, 0)
    while end < len(source) and (source[end].isalnum() or source[end] == "_"):
        end += 1
    way = code.steps(code.tokens(source[:end]))
    value = code.look_up(way, variables)
    if value is code.MISSING:
        call = code.open_call(code.tokens(source[:cursor]))
        way = call.function if call else ()
        value = code.look_up(way, variables)
    return None if value is code.MISSING else _explanation(way[-1].name, value)


def _explanation(name: str, value: Any) -> Explanation:
    if code.is_a(value, code.Instance):
        return {"name": name, "signature": f"{name}(…) -> {value.of.__name__}", "text": ""}
    if callable(value) or kind_of(value) == "module":
        return {"name": name, "signature": _signature(name, value), "text": _beginning(value)}
    return {"name": name, "signature": f"{name}: {type(value).__name__}", "text": summary(value)}


def _signature(name: str, value: Any) -> str:
    if kind_of(value) == "module":
        return f"module {value.__name__}"
    try:
        written = str(inspect.signature(value))
    except Exception:  # a reader's own class may raise anything when looked at
        written = "(…)"
    return f"{'class ' * (kind_of(value) == 'class')}{name}{written}"


def _beginning(value: Any) -> str:
    try:
        lines = (docstrings.find(value) or inspect.getdoc(value) or "").splitlines()
    except Exception:  # as above
        return ""
    shown = lines[:MOST_LINES]
    return "\n".join([*shown, "…"] if len(lines) > MOST_LINES else shown)
