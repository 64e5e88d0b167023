"""Expressions in prose: which cells they depend on, and what the page holds of them."""

import ast
import builtins
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from livecells.author.source import Inline
from livecells.kernel.expressions import ExpressionError, Request, meant, read
from livecells.kernel.runner import defined_by, parse
from livecells.markup import Markup, element

GIVEN = ("display", "progress", "selection", "selected")
"""Names that every cell has."""


@dataclass(frozen=True)
class Located:
    """An expression with the cells whose names it uses.

    Attributes:
        number: Of the expression on its page, from 0.
        line: In the page's file, from 1.
        text: The expression.
        names: The cell that gives each name its value, at this place of the page; without
            imports, which give the same wherever they stand.
        cell: The last cell that it needs: when that has run, the value is there. Empty for none.
    """

    number: int
    line: int
    text: str
    names: Mapping[str, str]
    cell: str

    @property
    def request(self) -> Request:
        """What the kernel is asked."""
        return {"expression": self.text, "names": dict(self.names)}

    def html(self, value: str) -> Markup:
        """Write the value; where it depends on a cell, with what the page needs to renew it."""
        if not self.names:
            return element("span", value)
        return element(
            "span",
            value,
            class_="cell-value",
            data_value=str(self.number),
            data_expression=self.text,
            data_names=json.dumps(self.names, separators=(",", ":")),
        )


def locate(number: int, line: int, inline: Inline, cells: Mapping[str, str]) -> Located:
    """Find the cells on which an expression depends.

    A name has the value that it has above the expression; where no cell above gives it one, that
    of the first cell below that does.

    Args:
        number: Of the expression on its page.
        line: In the page's file.
        inline: The expression.
        cells: Source of each cell of the page by its id, in order.

    Raises:
        ExpressionError: It cannot be read, or no cell gives a name that it uses.
    """
    order = list(cells)
    if inline.is_named and inline.place not in cells:
        msg = f"this page has no cell {inline.place}{meant(inline.place, order)}"
        raise ExpressionError(msg)
    seen = order.index(inline.place) + 1 if inline.place else 0
    by_distance = [*reversed(order[seen:]), *order[:seen]]  # the last one that gives a name counts
    givers = {name: cell for cell in by_distance for name in defined_by(cells[cell])}
    used = read(inline.text).names - set(GIVEN)
    for name in sorted(used - givers.keys() - set(dir(builtins))):
        msg = f"no cell of this page gives {name} a value{meant(name, sorted(givers))}"
        raise ExpressionError(msg)
    needed = {name: givers[name] for name in sorted(used) if name in givers}
    names = {name: cell for name, cell in needed.items() if name not in _imports(cells[cell])}
    cell = max(needed.values(), key=order.index, default="")
    return Located(number, line, inline.text, names, cell)


@cache
def _imports(source: str) -> set[str]:
    """Return the names that a cell imports."""
    return {
        alias.asname or alias.name.partition(".")[0]
        for node in parse(source, "<cell>").body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
