"""What a reader of the site waits for."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page

from browser.reader import Reader
from browser.server import PagesServer

CHAPTER = "frameworks/modern-web/"
CELL = "web-claimed-and-counted"
EDITS = 5

LONG_LIST = """
import altair as alt, polars as pl
rows = pl.scan_parquet("data/pypi_top_packages.parquet").filter(
    pl.col("package").is_in(["{package}", "django"])
).collect()
alt.Chart(rows).mark_line().encode(x="month:T", y="downloads_30d:Q", color="package:N")
"""

OBSERVE = """
window.paints = []; window.shift = 0; window.longTasks = [];
function watch(type, use) {
  new PerformanceObserver((list) => list.getEntries().forEach(use)).observe({type, buffered: true});
}
watch("largest-contentful-paint", (entry) => window.paints.push(entry.startTime));
watch("layout-shift", (entry) => { window.shift += entry.hadRecentInput ? 0 : entry.value });
watch("longtask", (entry) => window.longTasks.push(entry.duration));
"""


def measure(context: BrowserContext, server: PagesServer) -> dict[str, float]:
    """Visit the chapter for the first and for the second time, edit, stop."""
    first = _reader(context, server)
    results = _page_load(first, server)
    before = server.wire_bytes
    results["first visit: Run to chart, cold, ms"] = _run(first)
    results["first visit: download, MB"] = (server.wire_bytes - before) / 1e6
    results["main thread: longest task while Python starts, ms"] = _longest_task(first.page)
    results["edit to chart, ms"] = _edits(first, _claimed)
    results["Stop to ready Python, ms"] = _stop(first)
    first.page.close()
    again = _reader(context, server)
    again.open(CHAPTER)
    again.page.wait_for_timeout(500)
    results["return visit: Run to chart, warm, ms"] = _run(again)
    results["edit to chart over 661,000 rows, ms"] = _edits(again, _long_list)
    return results


def _reader(context: BrowserContext, server: PagesServer) -> Reader:
    page = context.new_page()
    page.add_init_script(OBSERVE)
    return Reader(page, server, is_guarded=False)


def _page_load(reader: Reader, server: PagesServer) -> dict[str, float]:
    before = server.wire_bytes
    reader.open(CHAPTER)
    reader.page.locator("figure.chart").first.scroll_into_view_if_needed()
    reader.page.locator(".chart-live svg").first.wait_for()
    reader.page.wait_for_timeout(1000)
    return {
        "page: largest paint, ms": reader.page.evaluate("Math.max(...window.paints)"),
        "page: layout shift": reader.page.evaluate("window.shift"),
        "page: weight, kB": (server.wire_bytes - before) / 1000,
        "page: Python before a click, kB": float(len(reader.python_requests())),
    }


def _run(reader: Reader) -> float:
    cell = reader.cell(CELL)
    return _timed(lambda: reader.run(cell))


def _longest_task(page: Page) -> float:
    return float(page.evaluate("Math.max(0, ...window.longTasks)"))


def _edits(reader: Reader, edit: Callable[[int], str]) -> float:
    """Give the median time from a changed source to the new chart; the first run warms up."""
    cell = reader.cell(CELL)
    times = []
    for number in range(EDITS + 1):
        reader.edit(cell, edit(number))
        times.append(_timed(lambda: _rerun(reader)))
    return statistics.median(times[1:])


def _rerun(reader: Reader) -> None:
    """Run and wait inside the page: a round trip to this process takes as long as the run."""
    reader.page.evaluate(
        """(id) => new Promise((resolve) => {
          const cell = document.getElementById(id);
          cell.addEventListener("livecells:state", function done({detail}) {
            if (!["ok", "error"].includes(detail.state)) return;
            cell.removeEventListener("livecells:state", done);
            resolve();
          });
          cell.run();
        })""",
        CELL,
    )


def _claimed(number: int) -> str:
    return (
        "from trends import data, frames\nfrom trends.charts import downloads\n"
        f'claimed = {{"fastapi": {9 + number}, "django": 8}}\n'
        'counts = frames.of_packages(data.load("pypi_monthly_downloads"), claimed)\n'
        'counts = frames.with_eras(counts, data.load("pypi_download_snapshots"))\n'
        "downloads.claimed_lines(counts, claimed)"
    )


def _long_list(number: int) -> str:
    packages = ("fastapi", "flask", "polars", "pandas", "numpy", "requests")
    return LONG_LIST.format(package=packages[number % len(packages)])


def _stop(reader: Reader) -> float:
    cell = reader.cell(CELL)
    reader.edit(cell, "while True: pass")
    reader.press(cell, "Run")
    reader.wait_for_state(cell, "busy")
    start = time.perf_counter()
    reader.press(cell, "Stop")
    reader.page.wait_for_function(
        "document.querySelector('runtime-bar').dataset.state === 'idle'", polling=20
    )
    elapsed = (time.perf_counter() - start) * 1000
    reader.press(cell, "Reset")  # edits outlive the page; this one would loop on the next visit
    return elapsed


def _timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000
