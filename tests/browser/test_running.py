"""Order of runs, marks of what is out of date, and what is offered after Python has ended."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from browser.reader import Reader

PLAYGROUND = "playground/"


@pytest.fixture
def reader(regular: Reader) -> Reader:
    """One page for the tests of this file."""
    return regular


@pytest.fixture
def cells(reader: Reader) -> list[Locator]:
    """A notebook of three cells: the second uses what the first defines, the third nothing."""
    reader.open(PLAYGROUND)
    return reader.write_cells(["base = 10", "print(base + 1)", "print('alone')"])


def test_what_uses_a_changed_cell_is_marked_and_run_again(
    reader: Reader, cells: list[Locator]
) -> None:
    first, second, third = cells
    reader.bar.get_by_role("button", name="Run all").click()
    reader.wait_for_state(third, "ok")
    before = reader.count(third)
    reader.edit(first, "base = 20")
    mark = second.locator(".cell-stale")
    expect(mark).to_have_text(f"out of date: {first.get_attribute('id')} changed")
    expect(third.locator(".cell-stale")).to_be_hidden()
    again = reader.bar.get_by_role("button", name="Run 1 stale cell")
    again.click()
    expect(reader.outputs(second)).to_have_text("21")
    expect(mark).to_be_hidden()
    expect(again).to_be_hidden()
    assert reader.count(third) == before, "it has run again"


def test_a_mark_goes_when_the_change_is_taken_back(reader: Reader, cells: list[Locator]) -> None:
    reader.run(cells[1])
    reader.edit(cells[0], "base = 30")
    expect(cells[1].locator(".cell-stale")).to_be_visible()
    reader.edit(cells[0], "base = 10")
    expect(cells[1].locator(".cell-stale")).to_be_hidden()


def test_the_queue_shows_its_order(reader: Reader, cells: list[Locator]) -> None:
    reader.run(cells[2])
    before = reader.count(cells[2])
    reader.edit(cells[0], "import time\ntime.sleep(1)\nbase = 1")
    reader.edit(cells[1], "time.sleep(1)")
    reader.bar.get_by_role("button", name="Run all").click()
    expect(cells[2].locator(".cell-status")).to_have_text("waiting, 2 ahead")
    expect(cells[2].locator(".cell-status")).to_have_text("waiting, 1 ahead")
    reader.wait_for_state(cells[2], "ok")
    expect(cells[2].locator(".cell-status")).to_contain_text(f"[{before + 3}] done in")


def test_a_cell_that_runs_is_not_run_again_for_one_below(
    reader: Reader, cells: list[Locator]
) -> None:
    first, second, _ = cells
    counting = "import time\nruns = globals().get('runs', 0) + 1\ntime.sleep(1)\nbase = 10"
    reader.edit(first, f"{counting}\nprint(runs)")
    reader.edit(second, "print(base, runs)")
    reader.press(first, "Run")
    reader.wait_for_state(first, "busy")
    reader.run(second)
    expect(reader.outputs(first)).to_have_text("1")
    expect(reader.outputs(second)).to_have_text("10 1")


def test_one_runs_above_and_below(reader: Reader, cells: list[Locator]) -> None:
    first, second, third = cells
    reader.press(second, "More")
    second.get_by_role("menuitem", name="Run this and all below").click()
    reader.wait_for_state(third, "ok")
    assert first.get_attribute("data-state") == "ok"  # the second needs it
    before = reader.count(third)
    reader.press(third, "More")
    third.get_by_role("menuitem", name="Run all cells above").click()
    expect(second.locator(".cell-status")).to_contain_text(f"[{before + 2}]")
    assert reader.count(third) == before


def test_what_had_run_can_run_again_after_a_restart(reader: Reader, cells: list[Locator]) -> None:
    reader.run(cells[1])
    reader.bar.get_by_role("button", name="Restart").click()
    replay = reader.bar.get_by_role("button", name="Re-run 2 cells")
    replay.click()
    expect(cells[1].locator(".cell-status")).to_contain_text("[2] done")
    expect(replay).to_be_hidden()
    expect(reader.outputs(cells[1])).to_have_text("11")


def test_a_changed_cell_above_runs_again_with_those_below(
    reader: Reader, cells: list[Locator]
) -> None:
    reader.run(cells[1])
    reader.edit(cells[0], "base = 40")
    reader.run(cells[1])
    expect(reader.outputs(cells[1])).to_have_text("41")
