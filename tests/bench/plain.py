"""The yardstick: a page with a worker, Pyodide and the same wheels, and none of our tricks."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

from playwright.sync_api import BrowserContext

from browser.server import PagesServer

CORE = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
CODE = Path(__file__).with_name("plain.txt")


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
        shutil.copy(Path(__file__).with_name(name), folder / name)
    setup = {"wheels": [wheel.name for wheel in wheels], "code": CODE.read_text()}
    (folder / "setup.json").write_text(json.dumps(setup))
    (folder / "404.html").write_text("nothing here")
    return folder


def measure(context: BrowserContext, server: PagesServer) -> dict[str, float]:
    """Time navigation to the specification of a chart, on a first and on a second visit."""
    return {
        "plain page: first chart, cold, ms": _chart(context, server),
        "plain page: first chart, warm, ms": _chart(context, server),
    }


def _chart(context: BrowserContext, server: PagesServer) -> float:
    page = context.new_page()
    start = time.perf_counter()
    page.goto(f"{server.url}plain.html")
    page.wait_for_function("document.title !== 'starting'", timeout=180_000)
    elapsed = (time.perf_counter() - start) * 1000
    assert page.title() == "chart", page.title()
    page.close()
    return elapsed
