"""What a reader of a chapter waits for: the page, the first chart, the next one, a Stop."""

from __future__ import annotations

import re
import time

from playwright.sync_api import BrowserContext

from bench import weight
from bench.memory import CELL, CHAPTER, MANY
from bench.page import Tab
from bench.record import Sample
from browser.server import SITE, PagesServer

EDITS = 5

ASK = "import pyodide_js\nprint(pyodide_js._module.HEAPU8.length)"
"""A cell that prints the size of Python's memory in bytes."""

LONG_LIST = """
import altair as alt, polars as pl
rows = pl.scan_parquet("data/pypi_top_packages.parquet").filter(
    pl.col("package").is_in(["{package}", "django"])
).collect()
alt.Chart(rows).mark_line().encode(x="month:T", y="downloads_30d:Q", color="package:N")
"""
PACKAGES = ("fastapi", "flask", "polars", "pandas", "numpy", "requests")

STOPPED = """(id) => {
  const states = ["runtime-bar", `#${id}`].map((one) => document.querySelector(one).dataset.state);
  return states[0] === "idle" && !["busy", "queued", "starting"].includes(states[1]);
}"""

DEAF = "sum(range(10**12))"
"""One long call of C, which asks for no signal."""


def measure(context: BrowserContext, server: PagesServer) -> list[Sample]:
    """Visit the chapter for the first and for the second time, edit, stop."""
    return [*_first_visit(context, server), *_second_visit(context, server)]


def _first_visit(context: BrowserContext, server: PagesServer) -> list[Sample]:
    _forget(server)
    tab = Tab(context, server)
    found = _page_load(tab)
    found.append(_chart(tab, "first"))
    found += _long_tasks(tab, "Python starts")
    times = tab.repeat(CELL, _claimed, EDITS)
    found += [Sample("edit", "chart", "site", "ms", ms) for ms in times]
    tab.long_tasks()
    for _ in range(MANY):
        tab.run(CELL)
    found += _long_tasks(tab, f"{MANY} runs")
    python = _python_bytes(tab) / 1e6
    found.append(Sample("memory", "Python", "site", "MB", python, f"{MANY} runs"))
    tab.reader.press(tab.reader.cell(CELL), "Reset")
    tab.reader.await_memory()
    tab.close()
    kinds = weight.kinds_of(SITE)
    return found + weight.of_visit(server.sent, server.kept, kinds, "first")


def _second_visit(context: BrowserContext, server: PagesServer) -> list[Sample]:
    _forget(server)
    tab = Tab(context, server)
    tab.reader.open(CHAPTER)
    tab.page.wait_for_timeout(500)
    tab.long_tasks()
    found = [_chart(tab, "return")]
    assert tab.reader.bar.get_attribute("data-start") == "memory"
    found += weight.of_visit(server.sent, server.kept, weight.kinds_of(SITE), "return")
    found += _long_tasks(tab, "Python is restored")
    long_list = [LONG_LIST.format(package=package) for package in PACKAGES]
    times = tab.repeat(CELL, lambda number: long_list[number % len(long_list)], EDITS)
    found += [Sample("edit", "chart of the long list", "site", "ms", ms) for ms in times]
    found.append(Sample("stop", "heard", "site", "ms", _stop(tab, "while True: pass")))
    found.append(Sample("stop", "unheard", "site", "ms", _stop(tab, DEAF)))
    tab.close()
    return found


def _forget(server: PagesServer) -> None:
    for told in (server.sent, server.kept, server.requests):
        told.clear()


def _page_load(tab: Tab) -> list[Sample]:
    tab.reader.open(CHAPTER)
    tab.page.locator("figure.chart").first.scroll_into_view_if_needed()
    tab.page.locator(".chart-live svg").first.wait_for()
    tab.page.wait_for_timeout(800)
    size = sum(tab.server.sent.values()) / 1000
    paint = tab.page.evaluate("Math.max(...window.paints)")
    shift = tab.page.evaluate("window.shift")
    asked = float(len(tab.reader.python_requests()))
    found = _long_tasks(tab, "the page loads")
    return [
        Sample("page", "largest paint", "site", "ms", paint),
        Sample("page", "layout shift", "site", "shift", round(shift, 3)),
        Sample("page", "weight", "site", "kB", size),
        Sample("page", "files of Python", "site", "files", asked),
        *found,
    ]


def _chart(tab: Tab, visit: str) -> Sample:
    return Sample("chapter", "chart", "site", "ms", tab.run_time(CELL), visit)


def _long_tasks(tab: Tab, when: str) -> list[Sample]:
    tasks = tab.long_tasks()
    return [
        Sample("main thread", "long tasks", "site", "tasks", float(len(tasks)), when),
        Sample("main thread", "longest task", "site", "ms", max(tasks, default=0.0), when),
    ]


def _python_bytes(tab: Tab) -> int:
    text = tab.run_text(CELL, ASK)
    number = re.search(r"\d+", text)
    assert number, text
    return int(number[0])


def _claimed(number: int) -> str:
    return (
        "from trends import charts, data, frames\n"
        f'claimed = {{"fastapi": {9 + number}, "django": 8}}\n'
        'counts = frames.of_packages(data.load("pypi_monthly_downloads"), claimed)\n'
        'counts = frames.with_eras(counts, data.load("pypi_download_snapshots"))\n'
        "charts.claimed_lines(counts, claimed)"
    )


def _stop(tab: Tab, source: str) -> float:
    """Time from the press of Stop to a Python that is ready; edits outlive the page, so Reset."""
    cell = tab.reader.cell(CELL)
    tab.reader.edit(cell, source)
    tab.reader.press(cell, "Run")
    tab.reader.wait_for_state(cell, "busy")
    tab.page.wait_for_timeout(300)
    start = time.perf_counter()
    tab.reader.press(cell, "Stop")
    tab.page.wait_for_function(STOPPED, arg=CELL, polling=20)
    elapsed = (time.perf_counter() - start) * 1000
    tab.reader.press(cell, "Reset")
    return elapsed
