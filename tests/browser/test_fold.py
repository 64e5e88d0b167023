"""A cell is a figure first: its code is one line until the reader opens it, or all code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser.reader import Reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

    from browser.server import PagesServer

CHAPTER = "frameworks/modern-web/"
ONE_LINE = 40
"""Pixels; a line of code needs fewer, two need more."""


def height(source: Locator) -> float:
    box = source.bounding_box()
    assert box
    return box["height"]


def top(part: Locator) -> float:
    box = part.bounding_box()
    assert box
    return box["y"]


def source_of(cell: Locator) -> Locator:
    return cell.locator("> [data-part=source]")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_chart_comes_first_and_its_control_is_beside_it(reader: Reader, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 844})
    reader.open(CHAPTER)
    cell = reader.cell("web-crossings")
    outputs, row = reader.outputs(cell).bounding_box(), cell.locator(".cell-row").bounding_box()
    control = cell.get_by_label("base").bounding_box()
    assert outputs
    assert row
    assert control
    assert outputs["y"] + outputs["height"] <= row["y"] + 1
    assert control["y"] - outputs["y"] - outputs["height"] < 20
    assert row["height"] < (80 if width < 500 else 45)
    assert top(source_of(cell)) >= row["y"] + row["height"] - 1
    assert height(source_of(cell)) < ONE_LINE
    for name in ("Run", "Share", "Copy", "More"):
        expect(cell.get_by_role("button", name=name, exact=True)).to_be_visible()
    expect(cell.get_by_role("button", name="Reset", exact=True)).to_be_hidden()
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width


def test_code_opens_by_one_press_and_by_a_click_into_it(reader: Reader) -> None:
    reader.open(CHAPTER)
    first, second = reader.first_cell(), reader.cell("web-crossings")
    code = first.get_by_role("button", name="Code · 6 lines")
    expect(code).to_have_attribute("aria-expanded", "false")
    code.press("Enter")
    expect(code).to_have_attribute("aria-expanded", "true")
    assert height(source_of(first)) > 2 * ONE_LINE
    code.press("Enter")
    assert height(source_of(first)) < ONE_LINE
    source_of(second).click()
    expect(second.locator(".cm-content")).to_be_focused()
    assert height(source_of(second)) > 2 * ONE_LINE


def test_a_choice_in_a_control_leaves_the_code_folded(reader: Reader) -> None:
    reader.open(CHAPTER)
    cell = reader.cell("web-crossings")
    cell.get_by_label("base").select_option(label="starlette")
    expect(cell.locator(".cm-content")).to_contain_text('base = "starlette"')
    assert height(source_of(cell)) < ONE_LINE
    assert not reader.python_requests()


def test_a_phone_keeps_the_row_slim_while_the_cell_is_edited(reader: Reader) -> None:
    reader.page.set_viewport_size({"width": 390, "height": 844})
    reader.open(CHAPTER)
    cell = reader.cell("web-crossings")
    toolbar = cell.get_by_role("toolbar")
    before = toolbar.bounding_box()
    cell.get_by_label("base").select_option(label="starlette")
    expect(cell.get_by_role("button", name="Reset", exact=True)).to_be_visible()
    after = toolbar.bounding_box()
    assert before
    assert after
    assert after["height"] == before["height"]
    reader.press(cell, "Run")
    expect(cell.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    during = toolbar.bounding_box()
    assert during
    assert during["height"] == before["height"]
    offer = reader.bar.get_by_role("button", name="stale")
    expect(offer).to_be_visible()
    assert offer.evaluate("button => button.scrollWidth <= button.clientWidth")
    title = reader.page.locator(".md-header__topic").first
    assert title.evaluate("title => title.scrollWidth <= title.clientWidth")
    expect(reader.page.get_by_role("switch", name="Developer")).to_be_visible()


def test_a_control_without_its_line_says_why_it_is_grey(reader: Reader) -> None:
    reader.open(CHAPTER)
    cell = reader.cell("web-crossings")
    control = cell.get_by_label("base")
    label = cell.locator("cell-params label > code")
    expect(label).to_have_text("base")  # a name, as code; a label is written as text
    text = cell.evaluate("cell => cell.source")
    reader.edit(cell, text.replace("base = ", "basis = "))
    expect(control).to_be_disabled()
    status = cell.locator(".params-status")
    expect(status).to_have_text("The cell no longer has a line “base = …”. Reset brings it back.")
    reader.press(cell, "Reset")
    expect(control).to_be_enabled()
    expect(status).to_be_empty()


def test_developers_see_all_code_on_every_page(reader: Reader) -> None:
    reader.open(CHAPTER)
    switch = reader.page.get_by_role("switch", name="Developer")
    expect(switch).to_have_attribute("aria-checked", "false")
    switch.press("Enter")
    expect(switch).to_have_attribute("aria-checked", "true")
    for cell in reader.page.locator("code-cell[data-code]:visible").all():
        assert cell.get_attribute("data-code") == "open"
    reader.open("explore/")
    cell = reader.first_cell()
    assert height(source_of(cell)) > 2 * ONE_LINE
    reader.page.emulate_media(media="print")
    expect(source_of(cell)).to_be_visible()
    reader.page.emulate_media(media="screen")
    reader.page.get_by_role("switch", name="Developer").click()
    assert height(source_of(cell)) < ONE_LINE


def test_a_notebook_shows_its_code(reader: Reader) -> None:
    reader.open("playground/")
    expect(reader.page.get_by_role("button", name="Code · ")).to_have_count(0)
    cell = reader.first_cell()
    reader.edit(cell, "a = 1\nb = 2\nc = 3")
    reader.run(cell)
    assert height(source_of(cell)) > ONE_LINE
    assert top(source_of(cell)) < top(reader.outputs(cell))


def test_code_is_open_without_scripts(browser: Browser, server: PagesServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.url + CHAPTER)
    source = page.locator("code-cell#web-crossings > [data-part=source]")
    assert height(source) > 2 * ONE_LINE
    context.close()


def test_a_script_that_is_missing_does_not_keep_the_code(
    browser: Browser, server: PagesServer
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/main.js", lambda route: route.abort())
    page.goto(server.url + CHAPTER)
    source = page.locator("code-cell#web-crossings > [data-part=source]")
    page.wait_for_function(
        "source => source.getBoundingClientRect().height > 80", arg=source.element_handle()
    )
    context.close()
