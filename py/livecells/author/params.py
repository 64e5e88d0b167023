"""Parameters of a cell: lines that a reader may change by a control instead of by typing.

The convention is that of Colab's forms, so that the same text is a form there too:

    base = "django"  # @param ["django", "flask"]
    tolerance = 0.1  # @param {type: "slider", min: 0.05, max: 0.5, step: 0.05}
    value = "rank"  # @param ["rank", "share"] {label: "Compare by"}

A control rewrites its line and nothing else: the code in the cell always says what is chosen. Only
this module reads such a line. The page is told what stands before and after the value.
"""

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from livecells.author.prerender import Rendered
from livecells.kernel.runner import parse as parse_cell
from livecells.store import digest

FOLDER = "precomputed"
"""Where the outputs for the choices of a list are published, below the site's root."""

MOST_PRECOMPUTED = 8
"""Lists with more choices are not computed ahead: they ask for Python."""

COMMENT = re.compile(r"#\s*@param\b\s*(?P<form>.*)")
KEY = re.compile(r"([{,]\s*)([\w-]+)\s*:")
JSON_WORD = re.compile(r"\b(true|false)\b(?=\s*[,}])")
FIELDS = {
    "boolean": "checkbox",
    "slider": "range",
    "number": "number",
    "integer": "number",
    "string": "text",
    "date": "date",
    "month": "month",  # not Colab's: a plain field there
}
LIMITS = ("min", "max", "step")
WRITE = "name = value  # @param [...] or {type: ...}"

Precomputed = dict[str, dict[str, str]]
"""By parameter and by value in Python: the published file."""


@dataclass(frozen=True)
class Param:
    """One line that a control may rewrite.

    Attributes:
        name: The variable.
        line: Number of the line, from 0.
        before: What stands in it before the value.
        literal: The value as the author wrote it, in Python.
        after: What stands behind it.
        kind: `list`, or a key of `FIELDS`.
        choices: For a list, the values to choose from, in Python.
        limits: `min`, `max` and `step` of a number, as far as given.
        label: What a reader sees beside the control; empty for the name.
    """

    name: str
    line: int
    before: str
    literal: str
    after: str
    kind: str = "list"
    choices: tuple[str, ...] = ()
    limits: tuple[tuple[str, float], ...] = ()
    label: str = ""

    @property
    def others(self) -> tuple[str, ...]:
        """The choices that can be computed ahead: few, and not the author's own."""
        known = ("True", "False") if self.kind == "boolean" else self.choices
        if len(known) > MOST_PRECOMPUTED:
            return ()
        return tuple(one for one in known if one != self.literal)

    def chosen(self, source: str, literal: str) -> str:
        """Return the cell's text with another value in this line."""
        lines = source.split("\n")
        lines[self.line] = f"{self.before}{literal}{self.after}"
        return "\n".join(lines)


def parse(source: str) -> list[Param]:
    """Find the parameters of a cell, in the order of their lines.

    Raises:
        ValueError: A line with `# @param` is not of the form; the message quotes it.
    """
    if "@param" not in source:
        return []
    try:
        statements = {node.lineno: node for node in parse_cell(source, "<params>").body}
    except (SyntaxError, ValueError):  # running the cell says what is wrong
        return []
    lines = source.split("\n")
    params = [
        _param(lines[row - 1], row, statements.get(row), form) for row, form in _comments(source)
    ]
    names = [param.name for param in params]
    if twice := next((name for name in names if names.count(name) > 1), None):
        msg = f"parameter {twice} is declared twice"
        raise ValueError(msg)
    return params


def _comments(source: str) -> Iterator[tuple[int, str]]:
    """Find the comments that declare a parameter: number of the line, from 1, and the form."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and (found := COMMENT.search(token.string)):
            yield token.start[0], found["form"].strip()


def variants(source: str) -> Iterator[tuple[Param, str, str]]:
    """Yield each single choice that is computed ahead: parameter, value in Python, cell's text."""
    for param in parse(source):
        for literal in param.others:
            yield param, literal, param.chosen(source, literal)


def precomputed_file(
    cell: str, rendered: Rendered, expressions: Sequence[int]
) -> tuple[str, bytes]:
    """Write what a choice gives.

    Args:
        cell: Its id.
        rendered: Outputs, and values of expressions in the prose.
        expressions: Numbers of these on their page.

    Returns:
        Name of the file below `FOLDER`, and its content.
    """
    values = dict(zip(expressions, rendered.values, strict=True))
    given = {"outputs": rendered.outputs, "values": values}
    content = json.dumps(given, separators=(",", ":")).encode()
    return f"{cell}-{digest(content)[:10]}.json", content


def _param(line: str, row: int, statement: ast.stmt | None, form: str) -> Param:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=node, end_lineno=end) if end == row:
            pass
        case _:
            msg = f"{line.strip()!r} is not a parameter: write {WRITE}"
            raise ValueError(msg)
    raw = line.encode()  # `ast` counts bytes
    before, literal, after = (
        part.decode()
        for part in (
            raw[: node.col_offset],
            raw[node.col_offset : node.end_col_offset],
            raw[node.end_col_offset :],
        )
    )
    try:
        value = ast.literal_eval(node)
    except ValueError as error:
        msg = f"parameter {name}: {literal} is not a plain value of Python"
        raise ValueError(msg) from error
    asked, options = _asked(name, form)
    label = str(options.get("label", ""))
    if isinstance(asked, list):
        same = [type(choice) is type(value) and choice == value for choice in asked]
        if not any(same):
            msg = f"parameter {name}: {literal} is not one of its choices {form}"
            raise ValueError(msg)
        # The value in the author's own spelling, so that this choice is the selected one.
        choices = (
            literal if is_own else _literal(choice)
            for choice, is_own in zip(asked, same, strict=True)
        )
        place = (name, row - 1, before, literal, after)
        return Param(*place, choices=tuple(choices), label=label)
    kind = options.get("type")
    if kind not in FIELDS:
        msg = f"parameter {name}: type must be one of {', '.join(FIELDS)}, or a list of values"
        raise ValueError(msg)
    limits = tuple((limit, float(asked[limit])) for limit in LIMITS if limit in asked)
    return Param(name, row - 1, before, literal, after, str(kind), limits=limits, label=label)


def _asked(name: str, form: str) -> tuple[Any, dict[str, Any]]:
    """Read what follows `@param`: Python's list of values, and an object with bare keys, or one."""
    is_list = form.startswith("[")
    end = form.rfind("]") + 1 if is_list else 0
    options = JSON_WORD.sub(lambda found: found[0].title(), KEY.sub(r'\1"\2":', form[end:].strip()))
    try:
        read = ast.literal_eval(options) if options.startswith("{") else {}
        return (ast.literal_eval(form[:end]) if is_list else read), read
    except (ValueError, SyntaxError) as error:
        msg = f"parameter {name}: {form!r} is not a list of values or {{type: ...}}"
        raise ValueError(msg) from error


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
