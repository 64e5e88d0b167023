"""Runs cells, in the browser's worker and at build time alike; knows no page and no data.

`execute` is the one function that JavaScript calls: JSON text in, JSON text out.
"""

import builtins
import json
from collections.abc import Callable

from livecells.kernel.display import ipython
from livecells.kernel.display.display_handle import display, progress
from livecells.kernel.display.mime_wrappers import HTML, JSON, SVG, Markdown
from livecells.kernel.needs import needs_more
from livecells.kernel.outputs import VEGALITE, Emitted, ExecuteReply, ExecuteRequest, Output
from livecells.kernel.process import host, interrupts, patches
from livecells.kernel.process.imports import after_import
from livecells.kernel.remote import network, packages, scans
from livecells.kernel.requests import reply
from livecells.kernel.runner import Kernel
from livecells.kernel.selections import selected, selection
from livecells.kernel.sql import sql as run_sql

__all__ = [
    "HTML",
    "JSON",
    "SVG",
    "VEGALITE",
    "Emitted",
    "ExecuteReply",
    "ExecuteRequest",
    "Kernel",
    "Markdown",
    "Output",
    "ask",
    "connect",
    "display",
    "execute",
    "interrupt",
    "needs",
    "progress",
    "reset",
]

host.prepare()
patches.apply()
ipython.put_in_place()
if host.IS_BROWSER:
    after_import("urllib.request", network.patch_urllib)
    after_import("polars", scans.patch_polars)
    after_import("polars", network.patch_polars)
    after_import("micropip", packages.patch_micropip)
_kernel = Kernel()
interrupt = interrupts.interrupt
connect = host.connect
given = {
    "display": display,
    "progress": progress,
    "selection": selection,
    "selected": selected,
    "sql": run_sql,
}
vars(builtins).update(given)  # a cell can hide these names, and never lose them


async def execute(request: str, emit: Callable[[str], object]) -> str:
    """Run one cell in this process's kernel.

    Args:
        request: An `ExecuteRequest` as JSON.
        emit: Called with each `Output` as JSON, while the cell runs.

    Returns:
        An `ExecuteReply` as JSON.
    """

    def send(output: Emitted) -> None:
        emit(json.dumps(output, allow_nan=False, default=str))

    return json.dumps(await _kernel.execute(json.loads(request), send))


def needs(message: str, light: str) -> bool:
    """Return whether `execute` or `request` should wait until the start is over.

    Args:
        message: What it will be called with.
        light: Modules that need nothing compiled, as JSON.
    """
    return needs_more(json.loads(message), json.loads(light))


def request(message: str) -> str:
    """Reply to the page between two runs.

    Args:
        message: A `PageRequest` as JSON.

    Returns:
        The reply as JSON.
    """
    asked = json.loads(message)
    return json.dumps(reply(asked, _kernel.namespace(asked["page"])))


def reset(page: str) -> None:
    """Forget the variables of `page`."""
    _kernel.reset(page)
