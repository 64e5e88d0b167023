"""The checks as cells, read from files in the percent format.

Such a file begins with what its cells share. A line `# %% id` begins the cell of a claim, which
ends in its `Finding`. Editors that know the format run the same cells.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from livecells.kernel.claims.model import ClaimFileError, Finding

Scan = Callable[[str], pl.LazyFrame]
"""Opens a dataset by name."""

MARK = "# %% "


@dataclass(frozen=True)
class Data:
    """Stands for the site's `data` in a cell, so that data in the making can be checked too."""

    scan: Scan

    def load(self, name: str) -> pl.DataFrame:
        """Read a dataset whole."""
        return self.scan(name).collect()


@dataclass(frozen=True)
class Cell:
    """The check of one claim.

    Attributes:
        file: Where it stands.
        line: Of its mark, from 1.
        head: What the cells of its file share: imports, and the names that each gets its own of.
        text: Its own lines.
    """

    file: str
    line: int
    head: ast.Module
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its own lines, parsed, numbered as in the file.

        Raises:
            ClaimFileError: They are not valid Python.
        """
        try:
            return ast.increment_lineno(ast.parse(self.text), self.line)
        except SyntaxError as error:
            raise ClaimFileError(self.file, self.line + (error.lineno or 0), error.msg) from None

    @cached_property
    def names(self) -> set[str]:
        """The names it uses."""
        return _names(self.tree)

    @property
    def tables(self) -> tuple[str, ...]:
        """The datasets it reads, in the order of its lines."""
        return tuple(dict.fromkeys(_tables(self.tree)))

    def source(self, given: Mapping[str, str]) -> str:
        """Write it so that it runs alone: with the imports that it uses.

        Args:
            given: How the names of the head that each cell gets its own of are written.
        """
        written = {name: value for name, value in given.items() if name in self.names}
        used = self.names.union(*(_names(ast.parse(value)) for value in written.values()))
        lines = [line for node in self.head.body if (line := _import(node, used))]
        lines += [f"\n{name} = {value}" for name, value in written.items()]
        return "\n".join([*lines, "", self.text])

    def run(self, **given: object) -> Finding:
        """Run it.

        Args:
            given: Names that it gets in place of those of the head.

        Raises:
            ClaimFileError: It does not end in a finding.
        """
        *above, last = self.tree.body or [ast.Pass()]
        if not isinstance(last, ast.Expr):
            raise ClaimFileError(self.file, self.line, "the cell has to end in a Finding")
        namespace: dict[str, Any] = {}
        exec(compile(self.head, self.file, "exec"), namespace)
        namespace |= given
        exec(compile(ast.Module(above, []), self.file, "exec"), namespace)
        found = eval(compile(ast.Expression(last.value), self.file, "eval"), namespace)
        if not isinstance(found, Finding):
            what = f"the cell ends in {type(found).__name__}, and has to end in a Finding"
            raise ClaimFileError(self.file, last.lineno, what)
        return found


def parse(file: str, text: str) -> Iterator[tuple[str, Cell]]:
    """Read the cells of one file, each with the id of its claim.

    Raises:
        ClaimFileError: What they share is not valid Python.
    """
    first, *others = text.split(f"\n{MARK}")
    try:
        head = ast.parse(first)
    except SyntaxError as error:
        raise ClaimFileError(file, error.lineno or 0, error.msg) from None
    line = first.count("\n") + 2
    for other in others:
        claim_id, _, own = other.partition("\n")
        yield claim_id.strip(), Cell(file, line, head, own.strip("\n") + "\n")
        line += other.count("\n") + 1


def _names(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _import(node: ast.stmt, used: set[str]) -> str:
    """Write an import with the names that are used; empty where none is."""
    if not isinstance(node, ast.Import | ast.ImportFrom):
        return ""
    names = [name for name in node.names if (name.asname or name.name) in used]
    match node:
        case ast.ImportFrom(module, _, level) if names:
            return ast.unparse(ast.ImportFrom(module, names, level))
        case ast.Import() if names:
            return ast.unparse(ast.Import(names))
    return ""


def _tables(tree: ast.Module) -> Iterator[str]:
    for statement in tree.body:
        for node in ast.walk(statement):
            match node:
                case ast.Call(
                    ast.Attribute(ast.Name("data"), "load" | "scan"), [ast.Constant(str(name))]
                ):
                    yield name
