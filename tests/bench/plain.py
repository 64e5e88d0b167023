"""The yardstick: a page with a worker, Pyodide and the same wheels, and none of our tricks."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from bench import stages
from bench.record import Sample
from browser.server import PagesServer

CORE = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
HERE = Path(__file__).parent
PROGRAM = HERE / "start.txt"
PRINT = "print(6 * 7)"
PATIENCE_MS = 180_000


def make(folder: Path) -> Path:
    """Lay out the plain page: the core from npm, the wheels as they are, one data file."""
    for name in CORE:
        shutil.copy(Path("node_modules/pyodide") / name, folder / name)
    wheels = [
        *sorted(Path(".cache/wheels").glob("*.whl")),
        *sorted(Path("py/wheels").glob("*.whl")),
    ]
    for wheel in wheels:
        shutil.copy(wheel, folder / wheel.name)
    shutil.copy("data/pypi_top_packages.parquet", folder / "top.parquet")
    for name in ("plain_worker.js", "plain.html"):
        shutil.copy(HERE / name, folder / name)
    chart = {
        "wheels": [wheel.name for wheel in wheels],
        "table": "top.parquet",
        "code": PROGRAM.read_text(),
    }
    programs = {"chart": chart, "print": {"wheels": [], "code": PRINT}}
    (folder / "setup.json").write_text(json.dumps(programs))
    (folder / "404.html").write_text("nothing here")
    return folder


def measure(context: BrowserContext, server: PagesServer) -> list[Sample]:
    """Time navigation to the specification of a chart, on a first and on a second visit."""
    return [*_visit(context, server, "first"), *_visit(context, server, "return")]


def opened(context: BrowserContext, server: PagesServer, program: str) -> tuple[Page, Any, float]:
    """Let the plain page run one of its programs.

    Returns:
        The page, what its worker tells, and milliseconds from navigation to the program's end.
    """
    page = context.new_page()
    page.goto(f"{server.url}plain.html?program={program}")
    page.wait_for_function("window.told", timeout=PATIENCE_MS)
    told = page.evaluate("window.told")
    assert "failed" not in told, told["failed"]
    return page, told, told["ended"] - page.evaluate("performance.timeOrigin")


def _visit(context: BrowserContext, server: PagesServer, visit: str) -> list[Sample]:
    before = server.wire_bytes
    page, told, ms = opened(context, server, "chart")
    ended = told["ended"]
    begin = ended - ms
    spans, _ = stages.in_worker(stages.worker_of(page))
    own = [span for span in stages.of_program(told["stamps"], ended) if span.stage != "spec"]
    shares = stages.waited([*spans, *own], begin, ended)
    del shares["draw"]  # it draws nothing
    found = [Sample("start", "chart", "plain", "ms", ms, visit)]
    found += [Sample("stage", stage, "plain", "ms", ms, visit) for stage, ms in shares.items()]
    size = (server.wire_bytes - before) / 1e6
    found.append(Sample("bytes", "to a first chart", "plain", "MB", size, visit))
    if visit == "first":
        python = told["memory"] / 1e6
        found.append(Sample("memory", "Python", "plain", "MB", python, "first chart"))
    page.close()
    return found
