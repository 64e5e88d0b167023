"""What code of a cell can do to Python: each ends in a named state, and there is a way on.

One page for all of them, as a reader has it: what one fault leaves behind is the next one's start.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.conftest import faults_of
from browser.faults import CELL_FAULTS, KINDS, CellFault
from browser.reader import Reader

pytestmark = pytest.mark.breaks


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(fault, id=name, marks=pytest.mark.fault(fault.kind))
        for name, fault in CELL_FAULTS.items()
    ],
)
def test_a_cell_that_misbehaves(page: Reader, fault: CellFault) -> None:
    cell = page.first_cell()
    if page.bar.get_attribute("data-state") not in ("off", "idle"):  # a test before has failed
        page.open("playground/")
    page.edit(cell, fault.source)
    page.press(cell, "Run")
    if fault.way_on == "stop":
        page.wait_for_state(cell, "busy")
        expect(cell.locator(".cell-clock")).to_contain_text("for ")
        page.press(cell, "Stop")
    page.wait_for_state(cell, fault.state)
    place = page.bar if fault.state == "failed" else page.outputs(cell)
    expect(place).to_contain_text(fault.said)
    if fault.state == "failed":
        expect(cell.locator(".cell-status")).to_have_text("Python crashed")
        expect(page.bar).to_contain_text("restart Python")
    if fault.way_on == "restart":
        page.bar.get_by_role("button", name="Restart").click()
        expect(page.bar).to_have_attribute("data-state", "idle")
    assert page.source(cell).strip() == fault.source.strip()
    page.edit(cell, "print('next', 6 * 7)")
    page.run(cell)
    expect(page.outputs(cell)).to_have_text("next 42")


def test_every_kind_of_fault_is_tried(request: pytest.FixtureRequest) -> None:
    folder = request.path.parent
    tried = {path for path in folder.glob("test_*.py") if "mark.fault(" in path.read_text()}
    if tried - {item.path for item in request.session.items}:
        pytest.skip("not all tests of faults are collected")
    counted = faults_of(request.session.items)
    assert [kind for kind in KINDS if not counted[kind]] == []
