"""A reader runs, edits, breaks, resets and stops cells; one boot of the real Python a test."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.reader import Reader

CHAPTER = "frameworks/modern-web/"
PLAYGROUND = "playground/"


def test_run_gives_the_chart_that_stood_there(regular: Reader) -> None:
    regular.open(CHAPTER)
    cell = regular.cell("web-claimed-and-counted")
    before = cell.locator("figure.chart svg").first.get_attribute("aria-label")
    regular.run(cell)
    expect(cell.locator("figure.chart .chart-live svg")).to_be_visible()
    assert before
    expect(cell.locator(".chart-live svg")).to_have_attribute("aria-label", before)


def test_no_python_is_loaded_before_a_run(newcomer: Reader) -> None:
    newcomer.open(CHAPTER)
    newcomer.page.wait_for_timeout(1000)
    assert newcomer.python_requests() == []
    expect(newcomer.bar).to_contain_text(re.compile(r"loads \d+\.\d MB"))


def test_edit_and_rerun_draws_the_edit(regular: Reader) -> None:
    regular.open(CHAPTER)
    cell = regular.cell("web-claimed-and-counted")
    regular.page.locator("cell-try").first.get_by_role("button").click()
    regular.wait_for_state(cell, "ok")
    assert '"fastapi": 30' in regular.source(cell)
    expect(cell.locator("svg")).to_contain_text("FastAPI 30 million")


def test_typed_code_runs_by_keyboard(regular: Reader) -> None:
    regular.open(PLAYGROUND)
    cell = regular.first_cell()
    regular.edit(cell, "import polars as pl\npl.DataFrame({'a': [1, 2]}).sum()")
    regular.page.keyboard.press("Control+Enter")
    regular.wait_for_state(cell, "ok")
    table = regular.outputs(cell).locator("table.frame")
    expect(table).to_contain_text("3")
    expect(table.locator("caption")).to_have_text("1 row, 1 column")


def test_parquet_by_path_works_as_natively(regular: Reader) -> None:
    regular.open(PLAYGROUND)
    cell = regular.first_cell()
    regular.edit(
        cell,
        "import polars as pl\n"
        "rows = pl.scan_parquet('data/pypi_top_packages.parquet').filter(package='polars')\n"
        "whole = pl.read_parquet('data/pypi_top_packages.parquet')\n"
        "print(rows.collect().height == whole.filter(package='polars').height, whole.height)",
    )
    regular.run(cell)
    expect(regular.outputs(cell)).to_have_text("True 661000")


def test_output_streams_in_order(regular: Reader) -> None:
    regular.open(PLAYGROUND)
    cell = regular.first_cell()
    regular.edit(
        cell,
        "import sys, asyncio\nprint('one')\ndisplay('two')\nprint('three', file=sys.stderr)\n"
        "await asyncio.sleep(0)\nprint('four')\n'five'",
    )
    regular.run(cell)
    assert regular.outputs(cell).inner_text().split() == ["one", "'two'", "three", "four", "'five'"]


def test_an_error_shows_the_cells_own_line(regular: Reader) -> None:
    regular.open(PLAYGROUND)
    cell = regular.first_cell()
    regular.edit(cell, "def half(x):\n    return x / 0\n\nprint('before')\nhalf(1)")
    regular.run(cell, "error")
    error = cell.locator("[data-part=error]")
    expect(error).to_contain_text("line 2, in half")
    expect(error).to_contain_text("ZeroDivisionError: division by zero")
    expect(regular.outputs(cell)).to_contain_text("before")
    expect(cell.locator(".cm-error-line")).to_have_text("    return x / 0")


def test_a_syntax_error_is_told_before_running(regular: Reader) -> None:
    regular.open(PLAYGROUND)
    cell = regular.first_cell()
    regular.edit(cell, "print('never')\nfor in range(3): pass")
    regular.run(cell, "error")
    expect(cell.locator("[data-part=error]")).to_contain_text("SyntaxError")
    expect(regular.outputs(cell)).not_to_contain_text("never\n")
    expect(cell.locator(".cm-error-line")).to_have_text("for in range(3): pass")


def test_reset_brings_the_authors_text_and_output_back(regular: Reader) -> None:
    regular.open(CHAPTER)
    cell = regular.cell("web-claimed-and-counted")
    text = cell.locator("[data-part=source]").inner_text().rstrip()
    regular.edit(cell, "print('mine')")
    regular.run(cell)
    expect(regular.outputs(cell)).to_have_text("mine")
    regular.press(cell, "Reset")
    regular.wait_for_state(cell, "static")
    assert cell.locator("[data-part=source]").inner_text().rstrip() == text
    expect(regular.outputs(cell).locator("figure.chart svg").first).to_be_attached()


def test_the_cells_above_run_first(regular: Reader) -> None:
    regular.open(CHAPTER)
    story = regular.page.locator(f'code-cell[data-page="{CHAPTER}"]').filter(visible=True)
    assert story.count() >= 4
    regular.run(story.last)
    states = [cell.get_attribute("data-state") for cell in story.all()]
    assert set(states) == {"ok"}, states


def test_a_newer_run_wins_over_an_older_one(regular: Reader) -> None:
    regular.open(PLAYGROUND)
    cell = regular.first_cell()
    regular.edit(cell, "import time\ntime.sleep(1)\nprint('old')")
    regular.press(cell, "Run")
    regular.edit(cell, "print('new')")
    regular.press(cell, "Run")
    regular.wait_for_state(cell, "ok")
    expect(regular.outputs(cell)).to_have_text("new")


def test_edits_outlive_the_page(reader: Reader) -> None:
    reader.open(CHAPTER)
    cell = reader.cell("web-claimed-and-counted")
    reader.edit(cell, "print('kept')")
    reader.page.wait_for_timeout(600)  # the page saves when typing pauses
    reader.open(CHAPTER)
    expect(cell.locator(".cm-content")).to_have_text("print('kept')")
    reader.press(cell, "Reset")
    reader.open(CHAPTER)
    expect(cell.locator("[data-part=source]")).to_contain_text("claimed_lines")


@pytest.mark.breaks  # the policy reports handlers even where they are parsed to be removed
def test_html_of_a_cell_cannot_run_scripts(regular: Reader) -> None:
    regular.open(PLAYGROUND)
    cell = regular.first_cell()
    regular.edit(
        cell,
        "from livecells.kernel import HTML, SVG, Markdown\n"
        'image = \'<img src="data:," onerror="window.hacked=1">\'\n'
        "display(HTML('<b>bold</b><script>hacked=1</script>' + image))\n"
        'display(SVG(\'<svg onload="window.hacked=1"><circle r="4"/></svg>\'))\n'
        "Markdown('*text* [link](javascript:alert(1)) ' + image)",
    )
    regular.run(cell)
    expect(regular.outputs(cell).locator("b")).to_have_text("bold")
    expect(regular.outputs(cell).locator("em")).to_have_text("text")
    assert regular.page.evaluate("window.hacked") is None
    assert regular.outputs(cell).locator("script, [onerror], [onload]").count() == 0


@pytest.mark.breaks
def test_a_rust_panic_is_an_error_and_the_text_is_kept(regular: Reader) -> None:
    regular.open(PLAYGROUND)
    cell = regular.first_cell()
    source = (
        "import polars as pl\npl.Series([1]).map_elements(lambda x: 1 / 0, return_dtype=pl.Int64)"
    )
    regular.edit(cell, source)
    regular.run(cell, "error")
    assert regular.source(cell) == source


def test_states_and_readiness_are_announced(reader: Reader) -> None:
    reader.page.add_init_script(
        "window.states = [];"
        "const on = (name, say) => document.addEventListener(`livecells:${name}`, (event) =>"
        " window.states.push(say(event)));"
        "on('ready', () => 'ready'); on('state', (event) => event.detail.state);"
    )
    reader.open(PLAYGROUND)
    reader.run(reader.first_cell())
    states = reader.page.evaluate("window.states")
    assert states[0] == "ready"
    assert [state for state in states if state != "ready"] == ["queued", "starting", "busy", "ok"]


def test_reset_wins_over_a_run_under_way(regular: Reader) -> None:
    regular.open(CHAPTER)
    cell = regular.cell("web-claimed-and-counted")
    regular.edit(cell, "import time\nprint('one', flush=True)\ntime.sleep(1)\nprint('two')")
    regular.press(cell, "Run")
    expect(regular.outputs(cell)).to_contain_text("one")
    regular.press(cell, "Reset")
    expect(regular.bar).to_have_attribute("data-state", "idle")
    regular.wait_for_state(cell, "static")
    expect(regular.outputs(cell)).not_to_contain_text("two")
    expect(regular.outputs(cell).locator("figure.chart")).to_have_count(1)


def test_a_chart_drawn_on_a_phone_fits_it(reader: Reader) -> None:
    reader.page.set_viewport_size({"width": 390, "height": 844})
    reader.open(CHAPTER)
    cell = reader.cell("web-claimed-and-counted")
    reader.run(cell)
    chart = cell.locator(".chart-live svg")
    chart.wait_for()
    assert int(chart.get_attribute("width") or 0) <= 360
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 390
