"""What a page is put under: edits and runs, restarts, many cells, a cell that ticks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, expect

from browser.reader import Reader
from browser.server import PagesServer
from soak.memory import Soaked, Watch, write

LOOKS = 10

CHART = """import altair as alt, polars as pl
frame = pl.DataFrame({{"x": range(50), "y": [({n} * k) % 17 for k in range(50)]}})
alt.Chart(frame, title="{n}").mark_line().encode(x="x", y="y")"""
TABLE = 'import polars as pl\npl.DataFrame({{"n": range({n}, {n} + 300)}})'
TEXT = 'for k in range(200): print({n}, k)\ndisplay({n}, display_id=True).update("{n}")'
ERROR = "def wrong(x): return x / 0\nwrong({n})"
SOURCES = {CHART: "ok", TABLE: "ok", TEXT: "ok", ERROR: "error"}

TICKS = """import asyncio
shown = display(0, display_id=True)
for tick in progress(range({ticks}), "an hour"):
    shown.update(tick)
    if tick % 60 == 0: print("minute", tick // 60)
    await asyncio.sleep(0.01)"""


@contextmanager
def notebook(
    browser: Browser, server: PagesServer, cells: int
) -> Iterator[tuple[Reader, list[Locator]]]:
    """Open a notebook of a fresh profile with some cells, and a last one for looks."""
    context = browser.new_context(service_workers="block")
    reader = Reader(context.new_page(), server)
    reader.open("playground/")
    for _ in range(cells):
        reader.page.get_by_role("button", name="Add a cell below").last.click()
    yield reader, reader.page.locator("code-cell").all()
    context.close()


def edits(browser: Browser, server: PagesServer, rounds: int = 500) -> Soaked:
    """Edit and run one cell: charts, tables, text, errors in turn."""
    soaked = Soaked()
    with notebook(browser, server, 1) as (reader, (cell, probe)):
        watch = Watch(reader, probe)
        for done in range(1, rounds + 1):
            source, state = list(SOURCES.items())[done % len(SOURCES)]
            write(cell, source.format(n=done))
            reader.run(cell, state)
            if done % max(1, rounds // LOOKS) == 0:
                write(cell, "0")  # the look runs it too
                soaked.take(done, watch.look())
    return soaked


def restarts(browser: Browser, server: PagesServer, rounds: int = 50) -> Soaked:
    """End Python and start it anew, with something to run each time."""
    soaked = Soaked(weight=5)  # a worker, its boot, two runs
    with notebook(browser, server, 1) as (reader, (cell, probe)):
        watch = Watch(reader, probe)
        write(cell, "import polars as pl\npl.DataFrame({'a': [1]})")
        reader.run(cell)
        for done in range(1, rounds + 1):
            reader.bar.get_by_role("button", name="Restart").click()
            expect(reader.bar).to_have_attribute("data-state", "idle")
            reader.run(cell)
            if done % max(1, rounds // LOOKS) == 0:
                soaked.take(done, watch.look())
    return soaked


def many_cells(browser: Browser, server: PagesServer, cells: int = 200, rounds: int = 10) -> Soaked:
    """Run a page of many cells from top to bottom, again and again."""
    soaked = Soaked(weight=cells)
    with notebook(browser, server, cells) as (reader, (*found, probe)):
        watch = Watch(reader, probe)
        for number, cell in enumerate(found):
            source = CHART if number % 10 == 0 else TEXT
            write(cell, source.format(n=number))
        for done in range(1, rounds + 1):
            before = probe.evaluate("cell => cell.executionCount ?? 0")
            reader.bar.get_by_role("button", name="Run all").click()
            reader.page.wait_for_function(
                "([id, before]) => document.getElementById(id).executionCount > before",
                arg=[probe.get_attribute("id"), before],
            )
            expect(reader.bar).to_have_attribute("data-state", "idle")
            soaked.take(done, watch.look())
    return soaked


def ticking(browser: Browser, server: PagesServer, rounds: int = 3600) -> Soaked:
    """Let a cell update a display each second for an hour, compressed in time."""
    soaked = Soaked()
    with notebook(browser, server, 1) as (reader, (cell, probe)):
        watch = Watch(reader, probe)
        for look in range(1, LOOKS + 1):
            write(cell, TICKS.format(ticks=rounds // LOOKS))
            reader.run(cell)
            soaked.take(look * (rounds // LOOKS), watch.look())
    return soaked


Load = Callable[[Browser, PagesServer], Soaked]

LOADS: dict[str, Load] = {
    "edits and runs": edits,
    "restarts": restarts,
    "200 cells": many_cells,
    "an hour of ticks": ticking,
}
