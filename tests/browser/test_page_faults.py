"""What happens around Python: workers that die, storage, frozen tabs, clocks, the network."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.reader import Reader
from browser.server import SITE, Reply
from browser.test_failures import runtime_files

PLAYGROUND = "playground/"
SILENT = 181_000
"""More than the page waits for a sign of life while Python starts (python.js), in ms."""

pytestmark = pytest.mark.breaks

HELD = {"core": "pyodide.asm.wasm", "packages": "polars"}
"""Stages of a start, and the file that holds it there."""


WORKER = "/worker/worker.js"

KILLABLE = """
let role;
self.addEventListener("message", ({ data }) => { if (data.type === "init") role = data.snapshot; });
new BroadcastChannel("kill").onmessage = ({ data }) => {
  if (data === role) throw Error("killed");
};
"""
"""Appended to the worker's script: it dies of an error at a word from the page."""


@pytest.fixture
def mortal(newcomer: Reader) -> Reader:
    """A newcomer whose workers can be killed."""
    (path,) = SITE.glob(f"livecells/*{WORKER}")
    body = (path.read_text() + KILLABLE).encode()
    reply = Reply(body=body, headers={"Content-Type": "text/javascript"})
    newcomer.server.faults.append(lambda asked: reply if asked.endswith(WORKER) else None)
    return newcomer


def throw(reader: Reader, role: str = "none") -> None:
    """Let the worker die that runs cells, or the one that makes a snapshot (`make`)."""
    reader.page.evaluate("role => new BroadcastChannel('kill').postMessage(role)", role)


def close(reader: Reader) -> None:
    """Let the worker end without a word."""
    reader.page.workers[-1].evaluate("() => self.close()")


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
    del reader.server.faults[1:]  # the first one is not of the test
    reader.bar.get_by_role("button", name="Restart").click()
    expect(reader.bar).to_have_attribute("data-state", "idle")
    reader.edit(cell, "6 * 7")
    reader.run(cell)
    expect(reader.outputs(cell)).to_have_text("42")


@pytest.mark.fault("worker killed")
@pytest.mark.parametrize("stage", HELD)
def test_a_worker_that_dies_while_python_starts(mortal: Reader, stage: str) -> None:
    hold(mortal, stage)
    source = "import polars\n'mine'"
    cell = write(mortal, source)
    mortal.press(cell, "Run")
    expect(mortal.bar).to_contain_text(re.compile(r"[1-9]\d* .B of|[1-9]\.\d MB of"))
    throw(mortal)
    mortal.wait_for_state(cell, "failed")
    expect(mortal.bar).to_contain_text("Python could not start")
    expect(mortal.bar).to_contain_text("Uncaught Error: killed")
    require_way_on(mortal, cell, source)


@pytest.mark.fault("worker killed")
def test_a_worker_that_falls_silent_while_python_starts(mortal: Reader) -> None:
    mortal.page.clock.install()
    hold(mortal, "core")
    cell = write(mortal, "'mine'")
    mortal.press(cell, "Run")
    mortal.wait_for_state(cell, "starting")
    close(mortal)
    mortal.page.clock.fast_forward(SILENT)
    mortal.wait_for_state(cell, "failed")
    expect(mortal.bar).to_contain_text("Python did not answer for 180 seconds while starting")
    require_way_on(mortal, cell, "'mine'")


@pytest.mark.fault("worker killed", rows=4)
def test_a_worker_that_dies_or_falls_silent_later(mortal: Reader) -> None:
    """Idle and running, each with an error and without a word."""
    waits = "import asyncio\nprint('on', flush=True)\nawait asyncio.sleep(600)"
    cell = write(mortal, "1")
    mortal.run(cell)
    throw(mortal)  # idle
    expect(mortal.bar).to_have_attribute("data-state", "failed")
    expect(mortal.bar).to_contain_text("Python crashed")
    require_way_on(mortal, cell, "1")

    mortal.edit(cell, waits)
    mortal.press(cell, "Run")
    expect(mortal.outputs(cell)).to_contain_text("on")
    throw(mortal)  # running
    mortal.wait_for_state(cell, "failed")
    expect(cell.locator(".cell-status")).to_have_text("Python crashed")
    expect(mortal.outputs(cell)).to_contain_text("on")
    require_way_on(mortal, cell, waits)

    for is_running in (False, True):
        mortal.edit(cell, waits)
        if is_running:
            mortal.press(cell, "Run")
            expect(mortal.outputs(cell)).to_contain_text("on")
        close(mortal)
        if not is_running:
            mortal.press(cell, "Run")
        mortal.wait_for_state(cell, "busy")
        expect(cell.locator(".cell-clock")).to_contain_text("for ")
        mortal.press(cell, "Stop")
        mortal.wait_for_state(cell, "static")
        expect(mortal.bar).to_contain_text("variables are gone")
        require_way_on(mortal, cell, waits)


@pytest.mark.fault("worker killed")
def test_a_worker_that_dies_while_it_makes_a_snapshot(mortal: Reader) -> None:
    page = mortal.page
    page.add_init_script("localStorage.removeItem('livecells:/python-trends/:memory')")
    cell = write(mortal, "'mine'")
    mortal.run(cell)
    with page.expect_worker():  # which begins when Python has been idle for a while
        pass
    with page.expect_console_message(lambda message: "could not be kept" in message.text):
        for _ in range(40):
            throw(mortal, "make")
            page.wait_for_timeout(50)
    expect(mortal.bar).to_have_attribute("data-state", "idle")
    mortal.run(cell)
    expect(mortal.outputs(cell)).to_have_text("'mine'")


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


KEPT = """() => new Promise((resolve) => {
  const isKept = () => JSON.stringify(localStorage).includes("'kept'");
  const look = () => isKept() ? resolve() : setTimeout(look, 50);
  look();
})"""
"""The page saves an edit a moment later: what breaks it must come after that."""


@pytest.mark.fault("storage corrupt", rows=4)
def test_edits_that_cannot_be_read_are_the_authors_text(reader: Reader) -> None:
    reader.open(PLAYGROUND)
    cell = reader.first_cell()
    authors = reader.source(cell)
    reader.edit(cell, "'kept'")
    for broken in ("{", "null", "[1]", '{"original": 5, "text": {}}'):
        reader.page.evaluate(KEPT)
        reader.page.evaluate(
            """(broken) => {
              const ours = (key) => key.startsWith("livecells:") && key.includes("#");
              for (const key of Object.keys(localStorage).filter(ours)) localStorage[key] = broken;
            }""",
            broken,
        )
        reader.open(PLAYGROUND)
        assert reader.source(cell) == authors
        reader.edit(cell, "'kept'")
    reader.run(cell)
    assert reader.errors == []


@pytest.mark.fault("offline")
def test_the_network_goes_while_python_starts_and_comes_back(mortal: Reader) -> None:
    reader = mortal
    reader.server.faults.append(  # before the editor is touched, which begins the start
        lambda asked: Reply(drop=True) if "/runtime/" in asked and "polars" in asked else None
    )
    source = "import polars\n'mine'"
    cell = write(reader, source)
    reader.press(cell, "Run")
    reader.wait_for_state(cell, "failed")
    expect(reader.bar).to_contain_text("the connection failed. Check the network")
    require_way_on(reader, cell, source)


@pytest.mark.fault("offline")
def test_the_network_goes_when_python_is_up(reader: Reader) -> None:
    cell = write(reader, "1")
    reader.run(cell)
    reader.server.faults.append(lambda _: Reply(drop=True))
    reader.edit(cell, "'without a network'")
    reader.run(cell)
    data = "import polars as pl\npl.read_parquet('data/pypi_top_packages.parquet').height"
    reader.edit(cell, data)
    reader.run(cell, "error")  # Python is still there, and so is what cells have defined
    expect(reader.bar).to_contain_text("the connection failed")
    reader.server.faults.clear()
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
    other = Reader(reader.page.context.new_page(), reader.server)
    cell = write(reader, "'of the first'")
    second = write(other, "'of the second'")
    reader.run(cell)
    other.run(second)
    expect(reader.outputs(cell)).to_have_text("'of the first'")
    assert reader.source(cell) == "'of the first'"
    reader.open(PLAYGROUND)
    kept = cell.locator(".cm-content")  # the later edit is the one that is kept
    expect(kept).to_have_text("'of the second'")
    other.leave()
    assert reader.errors + other.errors == []


JUMPS: dict[str, Callable[[Page], None]] = {
    "ten years on": lambda page: page.clock.set_system_time("2036-01-01"),
    "to the year 1970": lambda page: page.clock.set_system_time(0),
    "an hour in a moment": lambda page: page.clock.fast_forward("01:00:00"),
}


@pytest.mark.fault("clock", rows=len(JUMPS))
def test_the_clock_jumps_while_a_cell_runs(newcomer: Reader) -> None:
    newcomer.page.clock.install()
    waits = "import asyncio\nprint('on', flush=True)\nawait asyncio.sleep(1)\n'done'"
    cell = write(newcomer, waits)
    for jump in JUMPS.values():
        newcomer.press(cell, "Run")
        expect(newcomer.outputs(cell)).to_have_text("on\n")
        jump(newcomer.page)
        newcomer.wait_for_state(cell, "ok")
        expect(newcomer.outputs(cell)).to_contain_text("done")
    expect(newcomer.bar).to_have_attribute("data-state", "idle")
