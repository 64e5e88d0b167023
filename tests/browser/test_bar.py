"""The bar is a chip at the foot of the window: small, of one height, and out of the way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser.reader import Reader

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Locator

CHAPTER = "frameworks/modern-web/"
HEIGHTS = """() => {
  const bar = document.querySelector("runtime-bar");
  [window.heights, window.texts] = [new Set(), new Set()];
  const note = () => {
    window.heights.add(bar.offsetHeight);
    window.texts.add(bar.querySelector(".runtime-text").textContent);
  };
  new MutationObserver(note).observe(bar, {
    attributes: true, childList: true, characterData: true, subtree: true,
  });
}"""
"""Measures and reads the bar after every change of it."""


def box_of(part: Locator) -> FloatRect:
    box = part.bounding_box()
    assert box
    return box


def right_of(part: Locator) -> float:
    box = box_of(part)
    return box["x"] + box["width"]


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 664)])
def test_the_bar_has_one_height_while_python_starts_and_runs(
    reader: Reader, width: int, height: int
) -> None:
    reader.page.set_viewport_size({"width": width, "height": height})
    reader.open(CHAPTER)
    rest = box_of(reader.bar)
    assert rest["height"] <= height / 10
    assert rest["y"] + rest["height"] <= height
    reader.page.evaluate(HEIGHTS)
    run_all = reader.bar.get_by_role("button", name="Run all")
    right = right_of(run_all)
    run_all.click()
    stop = reader.bar.get_by_role("button", name="Stop")
    expect(stop).to_be_visible()
    assert abs(right_of(stop) - right) <= 1
    text = reader.bar.locator(".runtime-text")
    cells = reader.page.locator("code-cell").count()
    expect(reader.bar).to_have_attribute("data-state", "idle")
    expect(text).to_have_text("Python is ready")
    assert reader.page.evaluate("[...window.heights]") == [rest["height"]]
    texts = reader.page.evaluate("[...window.texts]")
    assert {f"{place} of {cells} running" for place in (2, cells)} <= set(texts)
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_bar_leaves_a_low_window_to_the_text(reader: Reader) -> None:
    reader.page.set_viewport_size({"width": 320, "height": 200})
    reader.open(CHAPTER)
    assert box_of(reader.bar)["y"] > 200
    reader.bar.scroll_into_view_if_needed()
    expect(reader.bar.get_by_role("button", name="Run all")).to_be_visible()


def test_the_bar_says_all_it_says_on_a_phone(reader: Reader) -> None:
    reader.page.set_viewport_size({"width": 390, "height": 844})
    reader.open(CHAPTER)
    text = reader.bar.locator(".runtime-text")
    expect(text).to_have_text(re.compile("^Python is off"))
    assert text.evaluate("text => text.scrollWidth <= text.clientWidth")
    expect(reader.page.locator(".md-top")).to_be_hidden()


def test_run_all_says_how_many(reader: Reader) -> None:
    """Some lie in details that are closed."""
    reader.open("claims/")
    cells = reader.page.locator("code-cell").count()
    expect(reader.bar.get_by_role("button", name=f"Run all {cells}", exact=True)).to_be_visible()


def test_a_page_without_cells_has_no_bar(reader: Reader) -> None:
    reader.page.goto(reader.server.url + "licences/")
    expect(reader.page.get_by_role("heading", level=1)).to_be_visible()
    expect(reader.bar).to_have_count(0)
