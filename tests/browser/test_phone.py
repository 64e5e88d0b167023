"""What a small device is: a slow processor, a slow line, little memory for a tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser.processes import leave_memory, renderers, slowed
from browser.reader import Reader
from browser.server import SITE, Line, Reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext

    from browser.server import PagesServer

CHAPTER = "frameworks/modern-web/"
CHART_CELL = "web-claimed-and-counted"

TIMES_SLOWER = 4
LATENCY_S = 0.3
BYTES_PER_S = 1_600_000 / 8
BYTES = 2_000_000
"""That come at this speed, for ten seconds; an eighth of what a start takes."""

WATCH_PROGRESS = """(bar) => {
  globalThis.progress = [];
  const look = () => progress.push(bar.querySelector("progress").value);
  new MutationObserver(look).observe(bar, { subtree: true, attributes: true, childList: true });
}"""


def test_a_slow_processor_and_a_slow_line(browser: Browser, newcomer: Reader) -> None:
    """The chart comes, progress moves on the way, nothing counts as dead, Stop keeps variables."""
    reader = newcomer
    reader.open(CHAPTER)
    cell = reader.cell(CHART_CELL)
    reader.bar.evaluate(WATCH_PROGRESS)
    reader.server.line = Line(LATENCY_S, BYTES_PER_S, BYTES)
    with slowed(renderers(browser), TIMES_SLOWER):
        reader.run(cell)
        expect(cell.locator(".chart-live svg")).to_be_visible()
        reader.edit(cell, "kept = 41\nprint('looping')\nwhile True: pass")
        reader.press(cell, "Run")
        expect(reader.outputs(cell)).to_contain_text("looping")
        reader.press(cell, "Stop")
        reader.wait_for_state(cell, "error")
    reader.edit(cell, "kept + 1")
    reader.run(cell)
    expect(reader.outputs(cell)).to_have_text("42")
    steps = reader.page.evaluate("progress")
    assert steps == sorted(steps)
    assert len(set(steps)) > BYTES / BYTES_PER_S  # more than one a second
    asked = [path for path in reader.server.requests if "/runtime/" in path]
    assert len(asked) == len(set(asked))  # no connection was given up for a new one


@pytest.fixture
def small(browser: Browser, server: PagesServer) -> Iterator[BrowserContext]:
    """A profile, whose tabs a test may kill."""
    one = browser.new_context(service_workers="block")
    yield one
    one.close()


MEMORY_MB = 200
"""What a tab may take for Python, beside 100 for the page; a start takes 300 to 400 in Chromium."""


def visit(browser: Browser, context: BrowserContext, server: PagesServer) -> Reader:
    """Open a page in a tab that has memory: a process that waits for one may have been limited."""
    leave_memory(renderers(browser), float("inf"))
    one = Reader(context.new_page(), server)
    one.open(CHAPTER)
    return one


def test_a_tab_that_ends_for_lack_of_memory(
    browser: Browser, small: BrowserContext, server: PagesServer
) -> None:
    """Twice it may; after that Python stays off, and says why and how to try again."""
    for _ in range(2):
        reader = visit(browser, small, server)
        leave_memory(renderers(browser), MEMORY_MB)
        with reader.page.expect_event("crash"):
            reader.press(reader.cell(CHART_CELL), "Run")
    reader = visit(browser, small, server)
    expect(reader.bar).to_contain_text("Python is off")  # a page alone starts nothing
    cell = reader.cell(CHART_CELL)
    reader.run(cell, "failed")
    expect(reader.bar).to_contain_text("most likely for lack of memory")
    assert reader.python_requests() == []
    leave_memory(renderers(browser), float("inf"))
    reader.press(reader.bar, "Restart")
    expect(reader.bar).to_have_attribute("data-state", "idle")
    reader.run(cell)


NO_GROWTH = """
const { prototype } = WebAssembly.Memory;
const { grow } = prototype;
const most = 30 * 2 ** 20;
prototype.grow = function (pages) {
  if (this.buffer.byteLength + pages * 65_536 > most) throw new RangeError("Unable to grow");
  return grow.call(this, pages);
};
"""
NO_BUFFERS = """
globalThis.Uint8Array = new Proxy(Uint8Array, {
  construct(type, given) {
    if (given[0] > 2 ** 21) throw new RangeError("Array buffer allocation failed");
    return Reflect.construct(type, given, type);
  },
});
"""
NO_CODE = """
WebAssembly.compile = () => Promise.reject(new RangeError("Out of memory"));
WebAssembly.compileStreaming = WebAssembly.compile;
"""


@pytest.mark.breaks
@pytest.mark.fault("memory", rows=3)
@pytest.mark.parametrize(
    "refusal", [NO_GROWTH, NO_BUFFERS, NO_CODE], ids=["Python's", "files'", "code's"]
)
def test_memory_that_is_refused_while_python_starts_is_named(
    newcomer: Reader, refusal: str
) -> None:
    (worker,) = SITE.glob("livecells/*/worker/worker.js")
    body = f"{{{refusal}}}\n{worker.read_text()}".encode()  # with names of its own
    reply = Reply(body=body, headers={"Content-Type": "text/javascript"})
    newcomer.server.faults.append(lambda path: reply if path.endswith(worker.name) else None)
    newcomer.open(CHAPTER)
    newcomer.run(newcomer.cell(CHART_CELL), "failed")
    expect(newcomer.bar).to_contain_text("no memory left to start Python")
    expect(newcomer.bar.get_by_role("button", name="Restart")).to_be_visible()
