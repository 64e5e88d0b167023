"""A cell runs before the start is over, when it needs nothing of what is still missing."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from browser.reader import Reader
from browser.server import Fault, PagesServer, Reply

POLARS = "polars.abi3.so-"
SUM = "import polars as pl\nprint(pl.Series([1, 2]).sum())"
BEHIND = 'exec("import polars as pl")\nprint(pl.Series([1, 2]).sum())'
"""Of which nobody can tell that it needs Polars."""

CHART = """import altair as alt
rows = alt.Data(values=[{"a": 1, "b": 2}, {"a": 2, "b": 3}])
alt.Chart(rows).mark_line().encode(x="a:Q", y="b:Q").properties(description="Two points.")"""


def silent(path: str) -> Reply | None:
    return Reply(body=b"\x28", stall=True) if POLARS in path else None


def missing(path: str) -> Reply | None:
    return Reply(404) if POLARS in path else None


def start(reader: Reader, fault: Fault) -> None:
    reader.server.headers["Cache-Control"] = "no-store"
    reader.server.faults.append(fault)
    reader.open("playground/")


def run(reader: Reader, source: str) -> None:
    reader.edit(reader.first_cell(), source)
    reader.run(reader.first_cell())


def test_printing_and_a_chart_without_a_frame_do_not_wait_for_polars(newcomer: Reader) -> None:
    start(newcomer, silent)
    run(newcomer, "print('early')")
    outputs = newcomer.outputs(newcomer.first_cell())
    expect(outputs).to_have_text("early")
    expect(newcomer.bar).to_have_attribute("data-state", "idle")
    run(newcomer, CHART)
    expect(newcomer.first_cell().locator(".chart-live svg")).to_be_visible()
    newcomer.edit(newcomer.first_cell(), SUM)
    newcomer.press(newcomer.first_cell(), "Run")
    newcomer.wait_for_state(newcomer.first_cell(), "starting")
    expect(newcomer.bar).to_have_attribute("data-state", "starting")
    newcomer.server.faults.clear()
    newcomer.server.released.set()
    newcomer.wait_for_state(newcomer.first_cell(), "ok")
    expect(outputs).to_have_text("3")


def test_a_cell_that_waits_can_be_stopped(newcomer: Reader) -> None:
    start(newcomer, silent)
    run(newcomer, "print('early')")
    newcomer.edit(newcomer.first_cell(), SUM)
    newcomer.press(newcomer.first_cell(), "Run")
    newcomer.wait_for_state(newcomer.first_cell(), "starting")
    newcomer.press(newcomer.first_cell(), "Stop")
    newcomer.wait_for_state(newcomer.first_cell(), "static")
    newcomer.server.faults.clear()
    run(newcomer, SUM)
    expect(newcomer.outputs(newcomer.first_cell())).to_have_text("3")


def test_an_import_that_nobody_could_see_brings_polars_while_python_waits(newcomer: Reader) -> None:
    left = [silent]
    start(newcomer, lambda path: left.pop()(path) if left and POLARS in path else None)
    run(newcomer, BEHIND)
    expect(newcomer.outputs(newcomer.first_cell())).to_have_text("3")
    assert sum(POLARS in path for path in newcomer.server.requests) == 2


@pytest.mark.breaks
@pytest.mark.fault("missing")
def test_polars_that_is_missing_ends_only_what_needs_it(newcomer: Reader) -> None:
    start(newcomer, missing)
    run(newcomer, "print('early')")
    expect(newcomer.bar).to_contain_text(POLARS)
    run(newcomer, "print('still')")
    expect(newcomer.outputs(newcomer.first_cell())).to_have_text("still")
    newcomer.edit(newcomer.first_cell(), SUM)
    newcomer.run(newcomer.first_cell(), "failed")
    expect(newcomer.bar).to_contain_text("Python could not start")
    expect(newcomer.bar).to_contain_text(POLARS)
    newcomer.server.faults.clear()
    newcomer.bar.get_by_role("button", name="Restart").click()
    newcomer.run(newcomer.first_cell())
    expect(newcomer.outputs(newcomer.first_cell())).to_have_text("3")


@pytest.mark.fault("memory")
def test_memory_that_is_used_up_before_polars_is_there(newcomer: Reader) -> None:
    newcomer.open("playground/")
    cell = newcomer.first_cell()
    newcomer.edit(cell, "kept = []\nwhile True: kept.append(bytes(500_000_000))")
    newcomer.run(cell, "error")
    newcomer.page.wait_for_timeout(2000)  # the start goes on after less
    run(newcomer, "print('next')")
    expect(newcomer.outputs(cell)).to_have_text("next")
    newcomer.edit(cell, SUM)
    newcomer.run(cell, "failed")
    expect(newcomer.bar).to_contain_text("no memory left to start Python")
    newcomer.bar.get_by_role("button", name="Restart").click()
    newcomer.run(cell)


LINE = """
Object.defineProperty(Navigator.prototype, "connection", {get: () => ({effectiveType: "%s"})})
"""


@pytest.mark.parametrize(("line", "is_kept"), [("4g", True), ("3g", False)])
def test_the_pages_are_kept_where_bytes_are_cheap(
    context: BrowserContext, server: PagesServer, line: str, *, is_kept: bool
) -> None:
    reader = Reader(context.new_page(), server)
    reader.page.add_init_script(LINE % line)
    reader.open("licences/")
    reader.page.wait_for_timeout(2000)  # twice as long as the page waits
    kept = reader.page.evaluate("navigator.serviceWorker.getRegistration().then(Boolean)")
    assert kept == is_kept
