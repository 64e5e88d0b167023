"""A check as a cell that a reader can run and edit: the function's own lines, unwrapped."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable
from typing import Any

from trends.claims.tables import table_code
from trends.frames import PRESENT

IMPORTS = {  # what a cell may need, by the word that shows it does, in the order of imports
    "date": "from datetime import date",
    "pl": "import polars as pl",
    "frames": "from trends import data, frames",
    "data": "from trends import data",
}
FROM_CLAIMS = ("rules", "values")
FROM_FRAMES = ("NEWEST",)


def computed_cell(function: Callable[..., Any]) -> str:
    """The body of a check as a cell.

    Its frames are loaded by name, `present` is a variable to edit, and the returned `Finding`
    is the last expression.
    """
    body = _body(function)
    parameters = list(inspect.signature(function).parameters)
    loads = [table_code(name) for name in parameters if name != "present"]
    present = [f'present = "{PRESENT}"'] if "present" in parameters else []
    code = "\n".join([*loads, *present, "", body])
    return f"{_imports(code)}\n\n{code}\n"


def judged_cell(claim_id: str) -> str:
    """A cell for a claim without a value: it shows what the verdict rests on."""
    return f'from trends import claims\n\nclaims.get("{claim_id}")\n'


def _body(function: Callable[..., Any]) -> str:
    source = textwrap.dedent(inspect.getsource(function))
    definition = ast.parse(source).body[0]
    assert isinstance(definition, ast.FunctionDef)
    first = definition.body[1]  # the docstring comes before it
    above = definition.body[0].end_lineno or 0
    lines = source.splitlines()[above:]
    assert first.lineno > above
    return re.sub(r"^return ", "", textwrap.dedent("\n".join(lines)), flags=re.MULTILINE)


def _imports(code: str) -> str:
    words = set(re.findall(r"\b[A-Za-z_]\w*\b(?=[.(])|\bNEWEST\b", code))
    lines = [IMPORTS[word] for word in ("date", "pl") if word in words]
    lines.append(IMPORTS["frames" if "frames" in words else "data"])
    names = ["Finding", *("judged" for _ in [0] if "judged" in words)]
    names += [name for name in FROM_CLAIMS if name in words]
    lines.append(f"from trends.claims import {', '.join(names)}")
    if "NEWEST" in words:
        lines.append("from trends.frames import NEWEST")
    return "\n".join(lines)
