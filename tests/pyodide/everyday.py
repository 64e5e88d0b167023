"""What readers write every day, with Python, Polars and Altair: everyday.txt, as cells."""

from __future__ import annotations

from pathlib import Path

BORDER = "# %%\n"
HERE = Path(__file__).parent
START = HERE.parent / "bench" / "start.txt"
"""The program of the bench."""

STEP = """
import sys
from livecells.kernel import Kernel

if not hasattr(sys, "everyday"):
    sys.everyday = Kernel()
outputs = []
request = {{"page": "everyday/", "cell": "step", "source": {source!r}}}
reply = await sys.everyday.execute(request, outputs.append)
assert reply["status"] == "ok", outputs
"""
"""A step as a cell: after a run the kernel looks at variables and outputs, too."""


def cells() -> list[str]:
    """Return the texts of cells to be run in order: later ones use names of earlier ones."""
    texts = (HERE / "everyday.txt").read_text(encoding="utf-8").split(BORDER)
    return [*texts, START.read_text(encoding="utf-8")]


def steps() -> list[str]:
    """Return programs that run the cells one by one, in one Python."""
    return [STEP.format(source=text) for text in cells()]
