"""The checks as cells, read from files in the percent format.

Such a file begins with what its cells share. A line `# %% id` begins the cell of a claim (its words
are in `texts/`), which ends in its `Finding`. Editors that know the format run the same cells.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any, cast

import polars as pl

from trends.claims.model import ClaimFileError, Finding
from trends.claims.texts import PARTS
from trends.data import Name
from trends.frames import PRESENT

Scan = Callable[[Name], pl.LazyFrame]

FOLDER = "checks"
MARK = "# %% "

MODULES = {"claim": "claims", "rule": "rules"}
"""What those names of the head are made with."""

RULE = 'rules.Rule()  # or rules.Rule(band=0.1, needed=5, baseline="listed")'


@dataclass(frozen=True)
class Tables:
    """Stands for `trends.data` in a cell, so that data in the making can be checked too."""

    scan: Scan

    def load(self, name: Name) -> pl.DataFrame:
        """Read a dataset whole."""
        return self.scan(name).collect()


@dataclass(frozen=True)
class Cell:
    """The check of one claim.

    Attributes:
        file: Path below the package.
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
        return {node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name)}

    @property
    def tables(self) -> tuple[Name, ...]:
        """The datasets it reads, in the order of its lines."""
        return tuple(dict.fromkeys(_tables(self.tree)))

    def source(self, claim_id: str) -> str:
        """Write it so that it runs alone: with the imports that it uses."""
        used = self.names | {module for name, module in MODULES.items() if name in self.names}
        lines = [line for node in self.head.body if (line := _import(node, used))]
        given = {"present": f'"{PRESENT}"', "rule": RULE, "claim": f'claims.get("{claim_id}")'}
        lines += [f"\n{name} = {value}" for name, value in given.items() if name in used]
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


@cache
def read() -> dict[str, Cell]:
    """All cells by the id of their claim.

    Raises:
        ClaimFileError: Two have the same id, or what they share is not valid Python.
    """
    found: dict[str, Cell] = {}
    for part in PARTS:
        file = f"{FOLDER}/{part}.py"
        text = (resources.files("trends.claims") / file).read_text(encoding="utf-8")
        for claim_id, cell in parse(file, text):
            if claim_id in found:
                raise ClaimFileError(cell.file, cell.line, f"{claim_id!r} has a cell already")
            found[claim_id] = cell
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


def _tables(tree: ast.Module) -> Iterator[Name]:
    for statement in tree.body:
        for node in ast.walk(statement):
            match node:
                case ast.Call(
                    ast.Attribute(ast.Name("data"), "load" | "scan"), [ast.Constant(name)]
                ):
                    yield cast("Name", name)
