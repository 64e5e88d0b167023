"""How the time of a run grows with the rows of a table, and that of a page with its cells."""

from __future__ import annotations

from playwright.sync_api import BrowserContext

from bench import against_native, other_site
from bench.page import Tab
from bench.record import Sample
from browser.server import PagesServer

ROWS = (1_000, 10_000, 100_000, 1_000_000)
CELL = other_site.CELL

TABLE = """import altair as alt
import polars as pl

frame = pl.select(id=pl.int_range({rows})).with_columns(
    group=pl.col("id") % 50, value=pl.col("id") * 7919 % 1000 / 10
)
groups = frame.lazy().group_by("group").agg(pl.mean("value")).sort("group")
"""

STEPS = {
    "query": "groups.collect().height",
    "table": "frame",
    "chart": 'alt.Chart(groups.collect()).mark_bar().encode(x="group:O", y="value:Q")',
}
"""What a cell does with the table, drawn at the end: one number, the frame as a table, a chart."""


def measure(context: BrowserContext, server: PagesServer, runs: int) -> list[Sample]:
    """Measure rows and cells, and the queries while a Python is up."""
    tab = Tab(context, server)
    tab.reader.open(f"{other_site.START}/")
    tab.run(CELL)
    found = _with_rows(tab, runs)
    found += against_native.in_page(tab, CELL)
    tab.reader.press(tab.reader.cell(CELL), "Reset")
    tab.close()
    for _ in range(runs):
        for count in other_site.CELL_COUNTS:
            found += _with_cells(context, server, count)
    return found


def _with_rows(tab: Tab, runs: int) -> list[Sample]:
    found = []
    for rows in ROWS:
        tab.run_text(CELL, TABLE.format(rows=rows))
        for step, source in STEPS.items():
            texts = [f"{source}  # {number}" for number in range(runs + 1)]
            times = tab.repeat(CELL, texts.__getitem__, runs)
            found += [Sample("rows", step, "site", "ms", ms, size=rows) for ms in times]
    return found


def _with_cells(context: BrowserContext, server: PagesServer, count: int) -> list[Sample]:
    """Load a page and run all its cells; Python is up before the clock runs."""
    tab = Tab(context, server)
    tab.reader.open(f"{other_site.page_of(count)}/")
    tab.page.wait_for_function("window.readyAt")
    tab.page.wait_for_timeout(800)
    paint = tab.page.evaluate("Math.max(...window.paints)")
    ready = tab.page.evaluate("window.readyAt")
    cells = other_site.cell_ids(count)
    tab.run(cells[0])
    each = tab.run_time(*cells) / count
    tab.close()
    return [
        Sample("cells", "largest paint", "site", "ms", paint, size=count),
        Sample("cells", "cells ready", "site", "ms", ready, size=count),
        Sample("cells", "run all, a cell", "site", "ms", each, size=count),
    ]
