"""Stop: a signal where Python listens, its end where it does not; the reader's text is kept."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from browser.reader import Reader

PLAYGROUND = "playground/"

pytestmark = pytest.mark.breaks  # the browser's console tells that the flag's address is gone

HEARS = {
    "a plain loop": "while True: pass",
    "a loop that catches everything": (
        "while True:\n    try:\n        1 / 0\n    except Exception:\n        pass"
    ),
    "time.sleep": "import time\ntime.sleep(600)",
    "an await": "import asyncio\nawait asyncio.sleep(600)",
    "a busy loop in an async cell": "import asyncio\nawait asyncio.sleep(0)\nwhile True: pass",
    "a generator inside sorted": "import itertools\nsorted(n for n in itertools.count())",
    "an end that takes its time": (
        "import time\ntry:\n    while True: pass\n"
        "finally:\n    end = time.monotonic() + 3\n    while time.monotonic() < end: pass"
    ),
    "a callback of Polars": (
        "import polars as pl\n"
        "def slow(x):\n    while True: pass\n"
        "pl.Series([1]).map_elements(slow, return_dtype=pl.Int64)"
    ),
}

DEAF = {"one long native call": "sum(range(10**12))"}


def start(reader: Reader, source: str) -> Locator:
    """Define a variable, then run something that does not end."""
    cell = reader.first_cell()
    reader.edit(cell, "import polars\nkept = 41")  # an import that is stopped is another matter
    reader.run(cell)
    reader.edit(cell, f"print('running', flush=True)\n{source}")
    reader.press(cell, "Run")
    expect(reader.outputs(cell)).to_contain_text("running")
    return cell


@pytest.mark.fault("endless")
@pytest.mark.parametrize("source", HEARS.values(), ids=HEARS)
def test_a_cell_that_hears_ends_and_variables_stay(page: Reader, source: str) -> None:
    reader = page
    cell = start(reader, source)
    reader.press(cell, "Stop")
    reader.wait_for_state(cell, "error")
    expect(cell.locator(".cell-status")).to_have_text(
        re.compile(r"^stopped after [\d.]+ (m?s|min)")
    )
    note = cell.locator("[data-part=stopped]")
    expect(note.get_by_role("button").first).to_have_text(re.compile(r"line \d+$"))
    assert "livecells" not in note.inner_text()
    expect(cell.locator("[data-part=error], .cm-error-line")).to_have_count(0)  # nothing went wrong
    assert source in reader.source(cell)
    reader.edit(cell, "kept + 1")
    reader.run(cell)
    expect(reader.outputs(cell)).to_have_text("42")


@pytest.mark.fault("endless")
@pytest.mark.parametrize("source", DEAF.values(), ids=DEAF)
def test_a_cell_that_does_not_hear_is_ended_with_its_python(page: Reader, source: str) -> None:
    reader = page
    cell = start(reader, source)
    reader.press(cell, "Stop")
    reader.wait_for_state(cell, "static")
    expect(reader.bar).to_have_attribute("data-state", "idle")
    expect(reader.bar).to_contain_text("variables are gone")
    assert source in reader.source(cell)
    reader.edit(cell, "'kept' in globals()")
    reader.run(cell)
    expect(reader.outputs(cell)).to_have_text("False")


def test_a_second_run_is_not_hit_by_the_first_ones_stop(page: Reader) -> None:
    reader = page
    cell = start(reader, HEARS["a plain loop"])
    reader.press(cell, "Stop")
    reader.wait_for_state(cell, "error")
    reader.edit(cell, "sum(i % 7 for i in range(3_000_000))")
    reader.run(cell)


@pytest.mark.breaks
def test_the_page_can_stop_what_an_idle_python_has_begun(reader: Reader) -> None:
    reader.open(PLAYGROUND)
    cell = reader.first_cell()
    reader.edit(cell, "1")
    reader.run(cell)
    expect(reader.bar).to_have_attribute("data-state", "idle")
    reader.edit(cell, HEARS["a plain loop"])
    reader.press(cell, "Run")
    expect(reader.bar).to_have_attribute("data-state", "busy")
    reader.bar.get_by_role("button", name="Stop").click()
    reader.wait_for_state(cell, "error")
    expect(reader.bar).to_have_attribute("data-state", "idle")


@pytest.mark.fault("endless")
def test_stop_while_python_starts_ends_the_start(reader: Reader) -> None:
    reader.open(PLAYGROUND)
    cell = reader.first_cell()
    reader.edit(cell, "'later'")
    reader.press(cell, "Run")
    reader.wait_for_state(cell, "starting")
    reader.press(cell, "Stop")
    reader.wait_for_state(cell, "static")
    expect(reader.bar).to_have_attribute("data-state", "off")
    reader.run(cell)
    expect(reader.outputs(cell)).to_have_text("'later'")
