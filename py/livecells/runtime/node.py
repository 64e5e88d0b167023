"""Runs our scripts under Node, which is where Pyodide runs during a build."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from livecells.runtime.errors import ToolError

_HERE = Path(__file__).parent
_TIMEOUT_S = 600


def run_node(script: str, *words: str) -> None:
    """Run a script of this folder.

    Args:
        script: File name.
        words: Its arguments.

    Raises:
        ToolError: Node is missing, failed, or came to no end.
    """
    command = ["node", script, *words[-3:]]
    node = shutil.which("node")
    if node is None:
        raise ToolError(command, "Node is not installed; it runs Pyodide during the build")
    try:
        done = subprocess.run(  # noqa: S603  fixed words
            [node, str(_HERE / script), *words],
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ToolError(command, f"no end after {_TIMEOUT_S} s") from error
    if done.returncode:
        raise ToolError(command, done.stderr)
