"""A page as slides: keys and buttons lead through it, cells stay live, print has them all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from browser.reader import Reader

PAGE = "frameworks/async/"


def start(reader: Reader) -> Locator:
    reader.page.locator("runtime-bar").get_by_role("button", name="This page").click()
    reader.page.get_by_role("menuitem", name="Show as slides").click()
    bar = reader.page.get_by_role("group", name="Show as slides")
    expect(bar).to_be_visible()
    return bar


def test_a_chapter_as_slides(reader: Reader) -> None:
    reader.open(PAGE)
    bar = start(reader)
    heads = reader.page.locator("article :is(h1, h2, h3)[data-slide]")
    said = bar.get_by_role("status")
    count = heads.count()
    assert count > 3
    expect(said).to_have_text(f"Slide 1 of {count}")
    expect(bar.get_by_role("button", name="Back")).to_be_disabled()
    reader.page.keyboard.press("ArrowRight")
    expect(said).to_have_text(f"Slide 2 of {count}")
    expect(heads.nth(1)).to_be_focused()
    assert [head.is_visible() for head in heads.all()] == [place == 1 for place in range(count)]
    bar.get_by_role("button", name="Next").click()
    expect(said).to_have_text(f"Slide 3 of {count}")
    reader.page.keyboard.press("Home")
    reader.page.keyboard.press("PageUp")
    expect(said).to_have_text(f"Slide 1 of {count}")
    reader.page.keyboard.press("End")
    expect(bar.get_by_role("button", name="Next")).to_be_disabled()
    reader.page.emulate_media(media="print")
    assert all(head.is_visible() for head in heads.all())
    expect(bar).to_be_hidden()
    reader.page.emulate_media(media="screen")
    reader.page.keyboard.press("Escape")
    expect(bar).to_have_count(0)
    expect(reader.page.locator("article h1")).to_be_visible()
    assert heads.count() == 0


def test_cells_run_on_slides_and_keys_in_them_are_theirs(reader: Reader) -> None:
    reader.page.set_viewport_size({"width": 390, "height": 844})
    reader.open("playground/")
    bar = start(reader)
    said = bar.get_by_role("status")
    reader.page.keyboard.press("ArrowRight")
    expect(said).to_have_text(re.compile("Slide 2 of"))
    cell = reader.page.locator("code-cell").last
    reader.edit(cell, "6 * 7")
    reader.page.keyboard.press("ArrowLeft")
    expect(said).to_have_text(re.compile("Slide 2 of"))
    reader.run(cell)
    expect(reader.outputs(cell)).to_contain_text("42")
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 390
