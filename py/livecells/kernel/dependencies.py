"""Which names a cell takes from the cells before it, and which it gives to those after it."""

import ast
import symtable
import sys
from collections.abc import Iterable
from typing import TypedDict

from livecells.kernel import sql

SELECTION = "selection "
"""Before the name of a chart's selection, so that no variable can have the whole name."""

_SELECTING = {"selection", "selected"}


class Dependencies(TypedDict):
    """What passes through a cell: names, and selections of charts that it reads.

    It defines `*` where it takes all names of a module, which may be unknown.
    """

    defines: list[str]
    uses: list[str]


def dependencies(source: str, tree: ast.Module) -> Dependencies:
    """Find what a cell defines and what it uses of others.

    A name that is used before the cell itself gives it a value is used; in a function also one
    that only gets its value below it.

    Args:
        source: The cell's text, as `tree` was read from it.
        tree: The same, parsed.
    """
    walker = _Walker()
    walker.visit(tree)
    plain = "" if sql.is_sql(source) else source
    nested = _of_inner_scopes(symtable.symtable(plain, "<cell>", "exec"))
    uses = walker.uses | (nested - walker.defines)
    return {"defines": sorted(walker.defines), "uses": sorted(uses)}


def _of_inner_scopes(table: symtable.SymbolTable) -> set[str]:
    """Find the names that functions, classes and comprehensions take from the cell's own scope."""
    found = set()
    for child in table.get_children():
        for symbol in child.get_symbols():
            if symbol.is_referenced() and symbol.is_global():
                found.add(symbol.get_name())
        found |= _of_inner_scopes(child)
    return found


class _Walker(ast.NodeVisitor):
    """Follows the statements of the cell's own scope in the order in which they run."""

    def __init__(self) -> None:
        self.defines: set[str] = set()
        self.uses: set[str] = set()

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self._use(node.id)
        else:
            self.defines.add(node.id)

    def visit_Assign(self, node: ast.Assign) -> None:
        self._visit_all([node.value, *node.targets])

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self._visit_all([node.annotation, node.value])
        if node.value:
            self.visit(node.target)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self._use(node.target.id)
        self._visit_all([node.value, node.target])

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self._visit_all([node.value, node.target])

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self._visit_all([node.iter, node.target, *node.body, *node.orelse])

    visit_AsyncFor = visit_For

    def visit_withitem(self, node: ast.withitem) -> None:
        self._visit_all([node.context_expr, node.optional_vars])

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            self.defines.add(alias.asname or alias.name.partition(".")[0])

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self.visit_Import(node)
        module = sys.modules.get(node.module or "")
        if "*" in self.defines and module:
            public = getattr(module, "__all__", None) or [n for n in dir(module) if n[0] != "_"]
            self.defines |= set(public)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        defaults = [*node.args.defaults, *node.args.kw_defaults]
        self._visit_all([*node.decorator_list, *defaults])
        self.defines.add(node.name)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._visit_all([*node.decorator_list, *node.bases, *node.keywords])
        self.defines.add(node.name)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._visit_all([*node.args.defaults, *node.args.kw_defaults])

    def visit_ListComp(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
    ) -> None:
        self.visit(node.generators[0].iter)  # the rest is a scope of its own

    visit_SetComp = visit_ListComp
    visit_GeneratorExp = visit_ListComp
    visit_DictComp = visit_ListComp

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self.defines.add(node.name)
        self.generic_visit(node)

    def visit_MatchAs(self, node: ast.MatchAs | ast.MatchStar) -> None:
        if node.name:
            self.defines.add(node.name)
        self.generic_visit(node)

    visit_MatchStar = visit_MatchAs

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        if node.rest:
            self.defines.add(node.rest)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        given = (one.value for one in node.args if isinstance(one, ast.Constant))
        for text in (one for one in given if isinstance(one, str)):
            if isinstance(node.func, ast.Name) and node.func.id in _SELECTING:
                self.uses.add(SELECTION + text)
            elif "sql" in (getattr(node.func, "id", ""), getattr(node.func, "attr", "")):
                for name in sql.tables(text):
                    self._use(name)
        self.generic_visit(node)

    def _use(self, name: str) -> None:
        if name not in self.defines and name != "__builtins__":
            self.uses.add(name)

    def _visit_all(self, nodes: Iterable[ast.AST | None]) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)
