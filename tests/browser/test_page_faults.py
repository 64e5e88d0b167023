"""What happens around Python: workers that die, storage, frozen tabs, clocks, the network."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Worker, expect

from browser.reader import Reader
from browser.server import Reply
from browser.test_failures import runtime_files

PLAYGROUND = "playground/"
SILENT = 61_000
"""More than the page waits for a sign of life while Python starts (python.js), in ms."""

pytestmark = pytest.mark.breaks

HELD = {"core": "pyodide.asm.wasm", "packages": "polars"}
"""Stages of a start, and the file that holds it there."""


def throw(worker: Worker) -> None:
    worker.evaluate("() => void setTimeout(() => { throw new Error('killed') })")


def close(worker: Worker) -> None:
    worker.evaluate("() => self.close()")


def hold(reader: Reader, stage: str) -> None:
    path = next(path for path in runtime_files() if HELD[stage] in path)
    reader.server.faults.append(lambda asked: Reply(stall=True) if asked == path else None)


def write(reader: Reader, source: str) -> Locator:
    reader.open(PLAYGROUND)
    cell = reader.first_cell()
    reader.edit(cell, source)
    return cell


def require_way_on(reader: Reader, cell: Locator, source: str) -> None:
    """The text is there, Restart brings Python up, and the next run works."""
    assert reader.source(cell) == source
    reader.server.faults.clear()
    reader.bar.get_by_role("button", name="Restart").click()
    expect(reader.bar).to_have_attribute("data-state", "idle")
    reader.edit(cell, "6 * 7")
    reader.run(cell)
    expect(reader.outputs(cell)).to_have_text("42")


@pytest.mark.fault("worker killed")
@pytest.mark.parametrize("stage", HELD)
def test_a_worker_that_dies_while_python_starts(reader: Reader, stage: str) -> None:
    hold(reader, stage)
    cell = write(reader, "'mine'")
    with reader.page.expect_worker() as started:
        reader.press(cell, "Run")
    reader.wait_for_state(cell, "starting")
    throw(started.value)
    reader.wait_for_state(cell, "failed")
    expect(reader.bar).to_contain_text("Python could not start. Uncaught Error: killed")
    require_way_on(reader, cell, "'mine'")


@pytest.mark.fault("worker killed")
def test_a_worker_that_falls_silent_while_python_starts(reader: Reader) -> None:
    reader.page.clock.install()
    hold(reader, "core")
    cell = write(reader, "'mine'")
    with reader.page.expect_worker() as started:
        reader.press(cell, "Run")
    reader.wait_for_state(cell, "starting")
    close(started.value)
    reader.page.clock.fast_forward(SILENT)
    reader.wait_for_state(cell, "failed")
    expect(reader.bar).to_contain_text("Python did not answer for 60 seconds while starting")
    require_way_on(reader, cell, "'mine'")


@pytest.mark.fault("worker killed", rows=4)
def test_a_worker_that_dies_or_falls_silent_later(reader: Reader) -> None:
    """Idle and running, each with an error and without a word."""
    waits = "import asyncio\nprint('on', flush=True)\nawait asyncio.sleep(600)"
    cell = write(reader, "1")
    reader.run(cell)
    throw(reader.page.workers[0])  # idle
    expect(reader.bar).to_have_attribute("data-state", "failed")
    expect(reader.bar).to_contain_text("Python has broken down")
    require_way_on(reader, cell, "1")

    reader.edit(cell, waits)
    reader.press(cell, "Run")
    expect(reader.outputs(cell)).to_contain_text("on")
    throw(reader.page.workers[0])  # running
    reader.wait_for_state(cell, "failed")
    expect(cell.locator(".cell-status")).to_have_text("Python has broken down")
    expect(reader.outputs(cell)).to_contain_text("on")
    require_way_on(reader, cell, waits)

    for is_running in (False, True):
        reader.edit(cell, waits)
        if is_running:
            reader.press(cell, "Run")
            expect(reader.outputs(cell)).to_contain_text("on")
        close(reader.page.workers[0])
        if not is_running:
            reader.press(cell, "Run")
        reader.wait_for_state(cell, "busy")
        expect(cell.locator(".cell-clock")).to_contain_text("for ")
        reader.press(cell, "Stop")
        reader.wait_for_state(cell, "static")
        expect(reader.bar).to_contain_text("variables are gone")
        require_way_on(reader, cell, waits)


@pytest.mark.fault("worker killed")
def test_a_worker_that_dies_while_it_makes_a_snapshot(reader: Reader) -> None:
    page = reader.page
    page.add_init_script("localStorage.removeItem('livecells:/python-trends/:memory')")
    warnings: list[str] = []
    page.on("console", lambda message: warnings.append(message.text))
    cell = write(reader, "'mine'")
    reader.run(cell)
    while len(page.workers) < 2:
        page.wait_for_event("worker")
    throw(page.workers[-1])
    for _ in range(100):
        if any("could not be kept" in warning for warning in warnings):
            break
        page.wait_for_timeout(100)
    assert any("could not be kept" in warning for warning in warnings)
    expect(reader.bar).to_have_attribute("data-state", "idle")
    reader.run(cell)
    expect(reader.outputs(cell)).to_have_text("'mine'")


DENIED = """
const refuse = () => { throw new DOMException("denied", "SecurityError"); };
for (const name of ["localStorage", "sessionStorage", "caches", "indexedDB"]) {
  Object.defineProperty(window, name, { get: refuse });
}
Object.defineProperty(navigator, "storage", { get: refuse });
"""


@pytest.mark.fault("storage denied")
def test_a_browser_that_refuses_all_storage(reader: Reader) -> None:
    reader.page.add_init_script(DENIED)
    cell = write(reader, "'unkept'")
    expect(cell.locator(".cell-status")).to_contain_text("does not let the page keep your edits")
    reader.run(cell)
    expect(reader.outputs(cell)).to_have_text("'unkept'")
    assert not [error for error in reader.errors if "livecells" in error]


@pytest.mark.fault("storage corrupt", rows=4)
def test_edits_that_cannot_be_read_are_the_authors_text(reader: Reader) -> None:
    cell = write(reader, "'kept'")
    for broken in ("{", "null", "[1]", '{"original": 5, "text": {}}'):
        reader.page.evaluate(
            """(broken) => {
              const ours = (key) => key.startsWith("livecells:") && key.includes("#");
              for (const key of Object.keys(localStorage).filter(ours)) localStorage[key] = broken;
            }""",
            broken,
        )
        reader.open(PLAYGROUND)
        assert "'kept'" not in reader.source(cell)
        assert reader.source(cell)
        reader.edit(cell, "'kept'")
    reader.run(cell)
    assert reader.errors == []


@pytest.mark.fault("offline")
def test_the_network_goes_while_python_starts_and_comes_back(reader: Reader) -> None:
    cell = write(reader, "'mine'")
    reader.server.faults.append(
        lambda asked: Reply(drop=True) if "/runtime/" in asked and "polars" in asked else None
    )
    reader.press(cell, "Run")
    reader.wait_for_state(cell, "failed")
    expect(reader.bar).to_contain_text("the connection failed. Check the network")
    require_way_on(reader, cell, "'mine'")


@pytest.mark.fault("offline")
def test_the_network_goes_when_python_is_up(reader: Reader) -> None:
    cell = write(reader, "1")
    reader.run(cell)
    reader.server.faults.append(lambda _: Reply(drop=True))
    data = "import polars as pl\npl.read_parquet('data/pypi_top_packages.parquet').height"
    reader.edit(cell, data)
    reader.run(cell, "error")
    expect(reader.bar).to_contain_text("the connection failed")
    reader.edit(cell, "'without a network'")
    reader.run(cell)
    reader.server.faults.clear()
    reader.edit(cell, data)
    reader.run(cell)


@pytest.mark.fault("hidden and frozen", rows=2)
def test_a_frozen_tab_goes_on_where_it_was(reader: Reader) -> None:
    page = reader.page
    session = page.context.new_cdp_session(page)

    def freeze_and_thaw() -> None:
        session.send("Page.setWebLifecycleState", {"state": "frozen"})
        page.context.new_page().close()  # takes the time of another tab
        session.send("Page.setWebLifecycleState", {"state": "active"})

    cell = write(reader, "import time\nfor n in range(30): time.sleep(0.1)\nprint('through')")
    reader.press(cell, "Run")
    reader.wait_for_state(cell, "starting")
    freeze_and_thaw()
    reader.wait_for_state(cell, "busy")
    freeze_and_thaw()
    reader.wait_for_state(cell, "ok")
    expect(reader.outputs(cell)).to_have_text("through")


@pytest.mark.fault("two tabs")
def test_two_tabs_edit_the_same_cell(reader: Reader) -> None:
    other = Reader(reader.page.context.new_page(), reader.server, is_guarded=False)
    cell = write(reader, "'of the first'")
    second = write(other, "'of the second'")
    reader.run(cell)
    other.run(second)
    expect(reader.outputs(cell)).to_have_text("'of the first'")
    assert reader.source(cell) == "'of the first'"
    reader.open(PLAYGROUND)
    assert reader.source(cell) == "'of the second'"  # the later edit is the one that is kept
    assert reader.errors + other.errors == []


JUMPS: dict[str, Callable[[Page], None]] = {
    "ten years on": lambda page: page.clock.set_system_time("2036-01-01"),
    "to the year 1970": lambda page: page.clock.set_system_time(0),
    "an hour in a moment": lambda page: page.clock.fast_forward("01:00:00"),
}


@pytest.mark.fault("clock", rows=len(JUMPS))
def test_the_clock_jumps_while_a_cell_runs(reader: Reader) -> None:
    reader.page.clock.install()
    cell = write(reader, "import asyncio\nprint('on', flush=True)\nawait asyncio.sleep(1)\n'done'")
    for jump in JUMPS.values():
        reader.press(cell, "Run")
        expect(reader.outputs(cell)).to_have_text("on\n")
        jump(reader.page)
        reader.wait_for_state(cell, "ok")
        expect(reader.outputs(cell)).to_contain_text("done")
    expect(reader.bar).to_have_attribute("data-state", "idle")
