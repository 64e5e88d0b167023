"""Runs one cell: parse, execute, show the last expression, turn an exception into an output."""

import ast
import inspect
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from livecells.kernel import packages, rows
from livecells.kernel.dependencies import dependencies
from livecells.kernel.display_handle import DisplayHandle, Progress, total_of
from livecells.kernel.errors import cell_filename, error_output, position, remember_source
from livecells.kernel.expressions import evaluate_all
from livecells.kernel.interrupts import interruptible
from livecells.kernel.mime_bundle import mime_bundle
from livecells.kernel.namespace import Namespace
from livecells.kernel.outputs import Emitted, ExecuteReply, ExecuteRequest, Output
from livecells.kernel.streams import Emit, captured

T = TypeVar("T")


class Kernel:
    """The running Python of one tab: a namespace for each page."""

    def __init__(self) -> None:
        self._namespaces: dict[str, Namespace] = {}
        self._emit: Emit = _nowhere
        self._cell = ""
        self._handles = 0
        self._shown: dict[str, object] = {}

    def reset(self, page: str) -> None:
        """Forget what the cells of `page` have defined."""
        self._namespaces.pop(page, None)

    async def execute(self, request: ExecuteRequest, emit: Emit) -> ExecuteReply:
        """Run a cell and send its outputs in the order it makes them.

        Args:
            request: Page, cell and source.
            emit: Called with each output at once.

        Returns:
            The reply; an exception of the cell is an `error` output and the
            status `error`, never an exception here.
        """
        namespace = self.namespace(request["page"])
        namespace.execution_count += 1
        self._cell, self._handles = request["cell"], 0
        self._shown = namespace.shown
        namespace.forget_shown(request["cell"])
        reply: ExecuteReply = {"status": "ok", "execution_count": namespace.execution_count}
        with captured(emit) as transcript:
            self._emit = transcript.emit
            try:
                defines = defined_by(request["source"])
                with namespace.active(request["cell"], defines) as variables, interruptible():
                    value = await run_source(request["source"], request["cell"], variables)
                    if value is not None:
                        variables["_"] = value
                        transcript.emit(self._result(value, namespace.execution_count))
                if expressions := request.get("expressions"):
                    wording = request.get("wording", "")
                    given = namespace.variables, namespace.givers
                    reply["values"] = evaluate_all(expressions, *given, wording)
            except BaseException as error:  # a Rust panic and SystemExit are outputs too
                transcript.emit(error_output(error))
                reply["status"] = "error"
                if place := position(error, request["cell"]):
                    reply["line"], reply["column"] = place
        return reply

    def display(
        self, *values: object, display_id: str | bool | None = None
    ) -> DisplayHandle | None:
        """Show values at this point of the cell's output.

        Args:
            values: Anything that a cell's last line could be.
            display_id: True, or a name, for one value that will be updated.

        Returns:
            With a `display_id` the handle of the last display, to update it.
        """
        handle = None
        for value in values or ([""] if display_id else []):
            if display_id:
                handle = DisplayHandle(self.send, self._name(display_id))
                handle.display(value)
            else:
                data, metadata = mime_bundle(value), self._remember(value)
                self.send({"output_type": "display_data", "data": data, "metadata": metadata})
        return handle

    def progress(
        self, items: Iterable[T], label: str = "", total: int | None = None
    ) -> Iterator[T]:
        """Go through items with a bar that shows how far it has come.

        Args:
            items: Anything to go through.
            label: What is being done.
            total: How many there are, where `items` cannot tell.

        Returns:
            The items.
        """
        known = total_of(items) if total is None else total
        return Progress(self.send, self._name(), label, known).follow(items)

    def _result(self, value: object, execution_count: int) -> Output:
        return {
            "output_type": "execute_result",
            "execution_count": execution_count,
            "data": mime_bundle(value),
            "metadata": self._remember(value),
        }

    def _remember(self, value: object) -> dict[str, str]:
        """Keep a frame or chart, whose rows the page may ask for; give what names it there."""
        if not rows.has_rows(value):
            return {}
        name = self._name()
        self._shown[name] = value
        return {"shown": name}

    def _name(self, wanted: str | bool = True) -> str:  # noqa: FBT001, FBT002  Jupyter's argument
        """Name a display; the same in every run, so that two builds are equal."""
        self._handles += 1
        return wanted if isinstance(wanted, str) else f"{self._cell}.{self._handles}"

    def send(self, output: Emitted) -> None:
        """Send an output of the running cell."""
        self._emit(output)

    def namespace(self, page: str) -> Namespace:
        """Return what the cells of `page` share, empty at first."""
        if page not in self._namespaces:
            own = {"display": self.display, "progress": self.progress}
            self._namespaces[page] = Namespace(own)
        return self._namespaces[page]


def defined_by(source: str) -> list[str]:
    """Return the names that a cell gives a value; none for one that is not valid Python."""
    try:
        return dependencies(source, parse(source, "<cell>"))["defines"]
    except (SyntaxError, ValueError):
        return []


async def run_source(source: str, cell: str, variables: dict[str, Any]) -> object:
    """Execute `source` and return the value of its last expression.

    Args:
        source: Python; `await` is allowed at the top level. A last expression
            that ends in a semicolon counts as none, as in Jupyter.
        cell: Name that tracebacks show.
        variables: The namespace, changed in place.

    Returns:
        The value, or `None` when the last statement is not an expression.
    """
    remember_source(cell, source)
    body, last = split_last_expression(source, cell_filename(cell))
    await _evaluate(body, cell, variables, mode="exec")
    return await _evaluate(last, cell, variables, mode="eval") if last else None


def parse(source: str, filename: str) -> ast.Module:
    """Read a cell; `await` is allowed at its top level, and so is `%pip install`.

    Raises:
        SyntaxError: The source is not Python.
    """
    flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        tree = compile(source, filename, "exec", flags=flags, dont_inherit=True)
    except SyntaxError:
        if not packages.MAGIC.search(source):
            raise
        tree = compile(packages.translated(source), filename, "exec", flags, dont_inherit=True)
    assert isinstance(tree, ast.Module)
    return tree


def split_last_expression(source: str, filename: str) -> tuple[ast.Module, ast.Expression | None]:
    """Part a cell into its statements and the expression to be shown, if it ends in one.

    Raises:
        SyntaxError: The source is not Python.
    """
    tree = parse(source, filename)
    if not tree.body or not isinstance(tree.body[-1], ast.Expr) or _is_silenced(source):
        return tree, None
    last = tree.body.pop()
    assert isinstance(last, ast.Expr)
    return tree, ast.Expression(last.value)


def _is_silenced(source: str) -> bool:
    last_line = source.rstrip().rpartition("\n")[2]
    return last_line.partition("#")[0].rstrip().endswith(";")


async def _evaluate(tree: ast.Module | ast.Expression, cell: str, variables: Any, mode: str) -> Any:
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    code = compile(tree, cell_filename(cell), mode, flags=flags, dont_inherit=True)
    value = eval(code, variables)  # noqa: S307  running the reader's code is what a cell is for
    return await value if code.co_flags & inspect.CO_COROUTINE else value


def _nowhere(_output: Emitted) -> None:
    """Drop what is displayed before the first cell ran."""
