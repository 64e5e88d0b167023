"""One tab of the bench: what it observes of itself, and cells run and timed inside the page.

A round trip to this process takes as long as a short run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from playwright.sync_api import BrowserContext, Playwright

from browser import chromium
from browser.reader import Reader
from browser.server import PagesServer

LONG_TASK_MS = 50
"""What a browser calls a long task begins there."""

OBSERVE = """
window.paints = []; window.shift = 0; window.longTasks = [];
function watch(type, use) {
  new PerformanceObserver((list) => list.getEntries().forEach(use)).observe({type, buffered: true});
}
watch("largest-contentful-paint", (entry) => window.paints.push(entry.startTime));
watch("layout-shift", (entry) => { window.shift += entry.hadRecentInput ? 0 : entry.value });
watch("longtask", (entry) => window.longTasks.push(entry.duration));
document.addEventListener("livecells:ready", () => { window.readyAt = performance.now() });
"""

RUN = """(ids) => new Promise((resolve) => {
  const now = () => performance.timeOrigin + performance.now();
  const cells = ids.map((id) => document.getElementById(id));
  const open = new Set(ids);
  const begin = now();
  document.addEventListener("livecells:state", function done({target, detail}) {
    if (!["ok", "error", "failed"].includes(detail.state) || !open.delete(target.id)) return;
    if (detail.state === "ok" && open.size) return;
    document.removeEventListener("livecells:state", done);
    resolve([begin, now(), detail.state]);
  });
  for (const cell of cells) cell.run();
})"""


class Tab:
    """A tab with one page of a site."""

    def __init__(self, context: BrowserContext, server: PagesServer) -> None:
        self.page = context.new_page()
        self.page.add_init_script(OBSERVE)
        self.reader = Reader(self.page, server, keeps_memory=True)
        self.server = server

    def run(self, *cells: str) -> tuple[float, float]:
        """Run cells and give when that began and when the last was drawn, in ms of the epoch."""
        begin, end, state = self.page.evaluate(RUN, list(cells))
        assert state == "ok", self.reader.outputs(self.reader.cell(cells[-1])).inner_text()
        return float(begin), float(end)

    def run_time(self, *cells: str) -> float:
        """Run cells; milliseconds."""
        begin, end = self.run(*cells)
        return end - begin

    def run_text(self, cell: str, source: str) -> str:
        """Put a text into a cell, run it and give what it shows."""
        self.reader.edit(self.reader.cell(cell), source)
        self.run(cell)
        return self.reader.outputs(self.reader.cell(cell)).inner_text()

    def repeat(self, cell: str, source: Callable[[int], str], times: int) -> list[float]:
        """Time as many edits of a cell, each with its own text; one before them warms up."""
        found = []
        for number in range(times + 1):
            self.reader.edit(self.reader.cell(cell), source(number))
            found.append(self.run_time(cell))
        return found[1:]

    def long_tasks(self) -> list[float]:
        """The page's tasks above 50 ms since the last call, in ms."""
        self.page.wait_for_timeout(100)  # the observer is told later
        found: list[float] = self.page.evaluate("window.longTasks.splice(0)")
        return found

    def close(self) -> None:
        """Leave the page."""
        self.page.close()


@contextmanager
def fresh(playwright: Playwright, *arguments: str) -> Iterator[BrowserContext]:
    """Open a browser with a new profile on disk: only such a one caches large files."""
    with TemporaryDirectory() as folder:
        context = playwright.chromium.launch_persistent_context(
            folder,
            executable_path=chromium.find(),
            args=[*chromium.ARGUMENTS, *arguments],
            viewport={"width": 1280, "height": 900},
        )
        yield context
        context.close()
