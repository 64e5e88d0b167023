"""Charts answer before any Python is loaded: to the pointer, to arrow keys, to a finger."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.reader import Reader
from browser.server import PagesServer

CHAPTER = "frameworks/modern-web/"
VALUES = re.compile(r"FastAPI:?\s*[\d.]+.*Django:?\s*[\d.]+", re.DOTALL)
"""A line for each series, named as its makers write it."""


def drawn_chart(page: Page) -> Locator:
    page.locator("#web-claimed-and-counted figure.chart").scroll_into_view_if_needed()
    svg = page.locator("#web-claimed-and-counted figure.chart .chart-live svg").first
    expect(svg).to_be_visible()
    return svg


def centre(svg: Locator) -> tuple[float, float]:
    box = svg.locator(".background").first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.fixture
def reader(regular: Reader) -> Reader:
    """One page for the tests of this file."""
    regular.open(CHAPTER)
    return regular


def test_the_pointer_reads_all_series_of_the_nearest_month(reader: Reader) -> None:
    reader.page.mouse.move(*centre(drawn_chart(reader.page)))
    expect(reader.page.locator("#vg-tooltip-element")).to_have_text(VALUES)
    assert reader.python_requests() == []


def test_arrow_keys_walk_from_month_to_month_and_speak(reader: Reader) -> None:
    svg = drawn_chart(reader.page)
    spoken = reader.page.locator("#web-claimed-and-counted .chart-spoken")
    svg.focus()
    svg.press("End")
    expect(spoken).to_contain_text("date: March 2026")
    expect(spoken).to_have_text(VALUES)
    svg.press("ArrowLeft")
    expect(spoken).to_contain_text("date: February 2026")
    svg.press("Home")
    svg.press("ArrowRight")
    expect(spoken).to_contain_text("2018")
    expect(reader.page.locator("#vg-tooltip-element")).to_have_class(re.compile("visible"))
    svg.press("Escape")
    expect(reader.page.locator("#vg-tooltip-element")).not_to_have_class(re.compile("visible"))


def test_a_tap_reads_a_chart_on_a_phone(browser: Browser, server: PagesServer) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, service_workers="block"
    )
    page = context.new_page()
    page.goto(server.url + CHAPTER)
    page.touchscreen.tap(*centre(drawn_chart(page)))
    expect(page.locator("#vg-tooltip-element")).to_have_text(VALUES)
    figure = page.locator("#web-claimed-and-counted figure.chart")
    figure.get_by_role("button", name="Listen").tap()
    expect(figure.get_by_role("button", name="Stop the sound")).to_be_visible()
    context.close()


def test_a_chart_fills_the_window_and_gives_it_back(reader: Reader) -> None:
    svg = drawn_chart(reader.page)
    before = svg.bounding_box()
    reader.page.locator("#web-claimed-and-counted .chart-full").click()
    dialog = reader.page.locator("dialog.is-full")
    full = dialog.locator(".chart-live svg")
    expect(full).to_be_visible()
    after = full.bounding_box()
    assert before
    assert after
    assert after["width"] > before["width"] * 1.3
    reader.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(svg).to_be_visible()
