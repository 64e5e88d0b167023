"""Charts talk back: what is selected reaches Python, and cells that read it run again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from browser.reader import Reader

PLAYGROUND = "playground/"
CHART = """import altair as alt, polars as pl
frame = pl.DataFrame({"x": range(100), "kind": ["a", "b"] * 50})
brush = alt.selection_interval(name="brush", encodings=["x"])
alt.Chart(frame, width=400, height=100).mark_point().encode(x="x:Q").add_params(brush)"""
READER = "print(selected(frame, 'brush').height, 'of', frame.height, selection('brush').keys())"


@pytest.fixture
def reader(regular: Reader) -> Reader:
    """One page for the tests of this file."""
    return regular


@pytest.fixture
def cells(reader: Reader) -> list[Locator]:
    """A chart, a cell that reads its selection, one that uses that cell, one apart."""
    reader.open(PLAYGROUND)
    sources = [CHART, f"rows = selected(frame, 'brush').height\n{READER}", "print(rows * 2)", "1"]
    found = reader.write_cells(sources)
    reader.bar.get_by_role("button", name="Run all").click()
    reader.wait_for_state(found[-1], "ok")
    return found


def drag(reader: Reader, cell: Locator, start: float, end: float) -> None:
    """Drag over a part of the plot, from the left, as fractions of its width."""
    plot = cell.locator(".chart-live svg .background").first
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    reader.page.mouse.move(box["x"] + box["width"] * start, middle)
    reader.page.mouse.down()
    reader.page.mouse.move(box["x"] + box["width"] * end, middle, steps=5)
    reader.page.mouse.up()


def test_a_selection_runs_the_cells_that_read_it(reader: Reader, cells: list[Locator]) -> None:
    chart, reading, below, apart = cells
    expect(reader.outputs(reading)).to_contain_text("100 of 100 dict_keys([])")
    before = [reader.count(chart), reader.count(apart)]
    drag(reader, chart, 0.25, 0.5)
    expect(reader.outputs(reading)).to_have_text(re.compile(r"2\d of 100 dict_keys\(\['x'\]\)"))
    rows = int(reader.outputs(reading).inner_text().split()[0])
    expect(reader.outputs(below)).to_have_text(str(rows * 2))
    assert [reader.count(chart), reader.count(apart)] == before, "these have run again"
    expect(chart.locator(".chart-live svg")).to_be_visible()


def test_selections_can_be_kept_from_running_cells(reader: Reader, cells: list[Locator]) -> None:
    chart, reading, _, _ = cells
    switch = reader.bar.get_by_label("Selections in charts run cells")
    switch.uncheck()
    before = reader.count(reading)
    drag(reader, chart, 0.25, 0.5)
    reader.page.wait_for_timeout(800)
    assert reader.count(reading) == before
    reader.run(reading)  # Python knows what is selected all the same
    expect(reader.outputs(reading)).to_contain_text("dict_keys(['x'])")


def test_a_selection_does_not_run_a_text_that_is_being_written(
    reader: Reader, cells: list[Locator]
) -> None:
    chart, reading, _, _ = cells
    reader.edit(chart, "1 +")
    before = reader.count(chart)
    drag(reader, chart, 0.25, 0.5)
    expect(reader.outputs(reading)).to_contain_text("dict_keys(['x'])")
    reader.wait_for_state(reading, "ok")
    assert reader.count(chart) == before
    expect(chart.locator(".chart-live svg")).to_be_visible()


def test_a_chart_with_other_data_keeps_what_is_selected(
    reader: Reader, cells: list[Locator]
) -> None:
    chart, reading, _, _ = cells
    drag(reader, chart, 0.0, 0.5)
    expect(reader.outputs(reading)).to_contain_text("dict_keys(['x'])")
    reader.edit(chart, CHART.replace("range(100)", "range(0, 200, 2)"))
    svg = chart.locator(".chart-live svg")
    svg.evaluate("element => element.marked = true")
    reader.run(chart)
    assert svg.evaluate("element => element.marked") is True
    expect(svg).to_contain_text("200")
    expect(
        chart.locator(".chart-live svg .brush_brush, .chart-live .brush_brush")
    ).not_to_have_count(0)


def test_without_readers_there_is_no_switch(reader: Reader) -> None:
    reader.open("frameworks/modern-web/")
    expect(reader.bar.get_by_label("Selections in charts run cells")).to_be_hidden()
