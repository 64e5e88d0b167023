"""Expressions in prose: `{= frame["share"][0] | percent =}`, evaluated in the namespace of a page.

An expression is Python. What follows a `|` outside of brackets is a formatter: a function of
`livecells.kernel.wording` or of the site's own module, called with the value first, `| millions` or
`| millions(2)`.
"""

import ast
import datetime as dt
import io
import math
import tokenize
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import import_module
from typing import Any, NotRequired, TypedDict

from livecells.kernel import spelling
from livecells.kernel import wording as standard
from livecells.kernel.dependencies import dependencies

PLAIN = (str, int, float, Decimal, dt.date, dt.time)
"""Types whose values can stand in a sentence as they are."""

_OPEN, _CLOSE = "([{", ")]}"


class ExpressionError(ValueError):
    """An expression that cannot be read, or whose value cannot stand in a sentence."""


class Request(TypedDict):
    """An expression to evaluate.

    `names` has the cell that must have given each name last; with another the value would be that
    of another place in the page.
    """

    expression: str
    names: dict[str, str]


class Value(TypedDict):
    """What an expression gave: `text` for the sentence, or a `problem`; neither: not yet."""

    text: NotRequired[str]
    problem: NotRequired[str]


@dataclass(frozen=True)
class Expression:
    """An expression that has been read.

    Attributes:
        code: Its Python.
        formatters: Names, each with the Python of its further arguments.
        names: The variables that it uses.
    """

    code: str
    formatters: tuple[tuple[str, str], ...]
    names: frozenset[str]


@lru_cache(maxsize=1024)
def read(text: str) -> Expression:
    """Read an expression.

    Raises:
        ExpressionError: It is not valid Python, or a formatter is not a name or a call.
    """
    code, *rest = _split(text)
    if not code:
        msg = "there is nothing before the first |" if rest else "it is empty"
        raise ExpressionError(msg)
    formatters = tuple(_formatter(one) for one in rest)
    used = [code, *(f"f({arguments})" for _, arguments in formatters)]
    names = set().union(*(_names(one) for one in used)) - {"f"}
    return Expression(code, formatters, frozenset(names))


def evaluate(text: str, variables: Mapping[str, Any], wording: str = "") -> str:
    """Evaluate an expression and write its value.

    Args:
        text: The expression.
        variables: The namespace; stays as it is.
        wording: Name of the module with the formatters.

    Raises:
        ExpressionError: The text is not an expression, a formatter does not exist, or the value
            is nothing that could stand in a sentence.
        Exception: What the expression raises.
    """
    expression = read(text)
    scope = dict(variables)
    value = eval(expression.code, scope)  # noqa: S307  the author's code, as a cell's
    for name, arguments in expression.formatters:
        scope["f"] = _function(name, wording)
        scope["value"] = value
        value = eval(f"f(value, {arguments})", scope)  # noqa: S307
    return _written(value)


def evaluate_all(
    requests: Sequence[Request],
    variables: Mapping[str, Any],
    givers: Mapping[str, str],
    wording: str,
) -> list[Value]:
    """Evaluate expressions after a run.

    Args:
        requests: The expressions.
        variables: The namespace.
        givers: The cell that gave each name last.
        wording: Name of the module with the formatters.
    """
    return [
        _value(one["expression"], variables, wording)
        if all(givers.get(name) == cell for name, cell in one["names"].items())
        else {}
        for one in requests
    ]


def _value(text: str, variables: Mapping[str, Any], wording: str) -> Value:
    try:
        return {"text": evaluate(text, variables, wording)}
    except Exception as error:  # the reader's own frame may lack what the sentence wants
        return {"problem": f"{type(error).__name__}: {error}"}


def _split(text: str) -> list[str]:
    """Split at each `|` outside of brackets."""
    parts, start, depth = [], 0, 0
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(f"({text})").readline))
    except (tokenize.TokenError, SyntaxError) as error:
        raise ExpressionError(_reason(error)) from None
    lines = f"({text})".split("\n")
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line) + 1)
    for token in tokens:
        place = offsets[token.start[0] - 1] + token.start[1] - 1
        if token.type == tokenize.OP and token.string in _OPEN:
            depth += 1
        elif token.type == tokenize.OP and token.string in _CLOSE:
            depth -= 1
        elif token.type == tokenize.OP and token.string == "|" and depth == 1:
            parts.append(text[start:place])
            start = place + 1
    return [part.strip() for part in [*parts, text[start:]]]


def _formatter(text: str) -> tuple[str, str]:
    name, bracket, arguments = text.partition("(")
    if not name.strip().isidentifier() or (bracket and not arguments.endswith(")")):
        msg = f"{text!r} is not a formatter: write | name or | name(arguments)"
        raise ExpressionError(msg)
    return name.strip(), arguments.removesuffix(")")


def _names(code: str) -> set[str]:
    try:
        tree = ast.parse(f"({code})")
    except SyntaxError as error:
        raise ExpressionError(_reason(error)) from None
    return set(dependencies(f"({code})", tree)["uses"])


def meant(name: str, known: Iterable[str]) -> str:
    """Say which known name is nearest, to end a sentence with; nothing where none is near."""
    near = spelling.near(name, known, most=1)
    return f": did you mean {near[0]}?" if near else ""


def _function(name: str, wording: str) -> Any:
    modules = [standard, import_module(wording)] if wording else [standard]
    known = {key: value for module in modules for key, value in vars(module).items()}
    functions = {k: v for k, v in known.items() if callable(v) and not k.startswith("_")}
    if name not in functions:
        msg = f"there is no formatter called {name}{meant(name, functions)}"
        raise ExpressionError(msg)
    return functions[name]


def _written(value: object) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        msg = f"it gives {value}, which cannot stand in a sentence"
        raise ExpressionError(msg)
    if not isinstance(value, PLAIN):
        msg = f"it gives {type(value).__name__}, not a number or text: take one value, or format it"
        raise ExpressionError(msg)
    return str(value)


def _reason(error: Exception) -> str:
    return f"it is not valid Python: {error.args[0]}"
