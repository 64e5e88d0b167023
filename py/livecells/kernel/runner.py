"""Runs one cell: parse, execute, show the last expression, turn an exception into an output."""

import ast
import asyncio
import contextvars
import inspect
import sys
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from livecells.kernel import sql
from livecells.kernel.code import tokens
from livecells.kernel.dependencies import dependencies
from livecells.kernel.display.display_handle import show
from livecells.kernel.expressions import evaluate_all
from livecells.kernel.failures import idioms
from livecells.kernel.failures.errors import error_output, position, remember_source
from livecells.kernel.namespace import Namespace
from livecells.kernel.outputs import ExecuteReply, ExecuteRequest
from livecells.kernel.process.imports import forget_half_imported
from livecells.kernel.process.interrupts import interruptible
from livecells.kernel.process.streams import Emit, Transcript, captured


class Kernel:
    """The running Python of one tab: a namespace for each page, and one context for all cells."""

    def __init__(self) -> None:
        self._namespaces: dict[str, Namespace] = {}
        self._context = contextvars.copy_context()

    def reset(self, page: str) -> None:
        """Forget what the cells of `page` have defined."""
        self._namespaces.pop(page, None)

    async def execute(self, request: ExecuteRequest, emit: Emit) -> ExecuteReply:
        """Run a cell and send its outputs in the order it makes them.

        Args:
            request: Page, cell and source.
            emit: Called with each output at once, and after the reply with those of tasks.

        Returns:
            The reply; an exception of the cell is an `error` output and the
            status `error`, never an exception here.
        """
        loop = asyncio.get_running_loop()
        return await loop.create_task(self._run(request, emit), context=self._context)

    async def _run(self, request: ExecuteRequest, emit: Emit) -> ExecuteReply:
        source, cell = request["source"], request["cell"]
        namespace = self.namespace(request["page"])
        namespace.execution_count += 1
        namespace.forget_shown(cell)
        reply: ExecuteReply = {"status": "ok", "execution_count": namespace.execution_count}
        transcript = Transcript(emit, cell, namespace)
        before = asyncio.all_tasks()
        with captured(transcript):
            try:
                defines = defined_by(source)
                with namespace.active(cell, source, defines) as variables, interruptible():
                    value = await run_source(source, cell, variables)
                    if value is not None:
                        show_result(value, variables, namespace.execution_count)
                    if checks := request.get("checks"):
                        reply["failed"] = await first_failing(checks, namespace)
                if expressions := request.get("expressions"):
                    wording = request.get("wording", "")
                    given = namespace.variables, namespace.givers
                    reply["values"] = evaluate_all(expressions, *given, wording)
            except BaseException as error:  # a Rust panic and SystemExit are outputs too
                if issubclass(type(error), KeyboardInterrupt):  # `isinstance` would ask the error
                    forget_half_imported()
                transcript.emit(error_output(error))
                reply["status"] = "error"
                if place := position(error, cell):
                    reply["line"], reply["column"] = place
        for task in asyncio.all_tasks() - before:
            follow(task, transcript)
        return reply

    def namespace(self, page: str) -> Namespace:
        """Return what the cells of `page` share, empty at first."""
        if page not in self._namespaces:
            self._namespaces[page] = Namespace()
        return self._namespaces[page]


async def first_failing(checks: Sequence[str], namespace: Namespace) -> int:
    """Run the checks of an exercise and leave the variables as they were.

    Args:
        checks: Python each, which fails where it raises or where its last line is false.
        namespace: With what the answer has defined.

    Returns:
        Number of the first that fails, from 0; -1 where none does.
    """
    with namespace.restored():
        for number, check in enumerate(checks):
            try:
                is_right = await run_source(check, "check", namespace.variables) is not False
            except Exception:  # whatever a wrong answer leads to
                is_right = False
            if not is_right:
                return number
    return -1


def show_result(value: object, variables: dict[str, Any], count: int) -> None:
    """Show the value of a cell's last line, and keep it as `_`."""
    show(value, execution_count=count)
    if inspect.iscoroutine(value) and not any(one is value for one in variables.values()):
        name = value.__name__
        value.close()  # nobody else can await it
        print(f"{name}() has not run: write await {name}(…)", file=sys.stderr)  # noqa: T201
    else:
        variables["_"] = value


def follow(task: asyncio.Task[Any], transcript: Transcript) -> None:
    """Show what a task raises that its cell has left behind, where nobody awaits it."""
    loop = asyncio.get_running_loop()

    def tell() -> None:
        if not task.cancelled() and task._log_traceback and (error := task.exception()):
            transcript.emit(error_output(error))

    task.add_done_callback(lambda _: loop.call_soon(tell))  # whoever awaits it goes first


@lru_cache(maxsize=64)  # a build asks for each expression of a page
def defined_by(source: str) -> tuple[str, ...]:
    """Return the names that a cell gives a value; none for one that is not valid Python."""
    try:
        return tuple(dependencies(source, parse(source, "<cell>"))["defines"])
    except (SyntaxError, ValueError):
        return ()


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
    filename = remember_source(cell, source)
    body, last = split_last_expression(source, filename)
    await _evaluate(body, filename, variables, mode="exec")
    return await _evaluate(last, filename, variables, mode="eval") if last else None


def parse(source: str, filename: str) -> ast.Module:
    """Read a cell; `await` is allowed at its top level, and so are SQL and what `idioms` knows.

    Raises:
        SyntaxError: The source is not Python.
    """
    if sql.is_sql(source):
        return sql.as_python(source, filename)
    flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        tree = compile(source, filename, "exec", flags=flags, dont_inherit=True)
    except SyntaxError:
        changed = idioms.translated(source)
        if changed == source:
            raise
        tree = compile(changed, filename, "exec", flags=flags, dont_inherit=True)
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
    found = [] if sql.is_sql(source) else tokens(source)
    return bool(found) and found[-1].text == ";"


async def _evaluate(
    tree: ast.Module | ast.Expression, filename: str, variables: Any, mode: str
) -> Any:
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    code = compile(tree, filename, mode, flags=flags, dont_inherit=True)
    value = eval(code, variables)  # noqa: S307  running the reader's code is what a cell is for
    return await value if code.co_flags & inspect.CO_COROUTINE else value
