"""The whole story in Chromium: every cell as the build has found it, every suggested edit too.

One Python walks through all pages, as that of a reader who goes from chapter to chapter does. It
has started from kept memory, as on each visit but the first: same numbers after a restart, too.
The line is said to be slow, so a second part of a module would come only when it is called.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

import chapters
from agreement import (
    Cell,
    SitePage,
    comparable,
    differences,
    native,
    pages_with_cells,
    read_page,
)
from browser import chromium
from browser.reader import Reader
from browser.server import SITE, serve
from livecells.kernel.outputs import VEGALITE, Output

CHROMIUM_ARGUMENTS = [chromium.SLOW_LINE]
PAGES = pages_with_cells(SITE)
ARE_ALIVE = """(ids) => {
  const cells = [...document.querySelectorAll("code-cell:not([data-checks])")];
  return cells.map((cell) => cell.id).join() === ids.join()
    && cells.every((cell) => cell.querySelector(".cell-toolbar")); }"""


class Story:
    """A reader who has started Python once and follows links from then on."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.page = reader.page
        reader.open("playground/")
        reader.run(reader.first_cell())
        reader.await_memory()
        self.page.goto(reader.server.url)
        self.page.evaluate("window.isSameDocument = true")

    def go_to(self, path: str, page: SitePage) -> None:
        """Follow the link of the navigation, and wait until the page's cells are live."""
        if self.page.url != self.reader.server.url + path:
            self.reader.follow(path)
        self.page.wait_for_function(ARE_ALIVE, arg=[cell.cell for cell in page.cells])
        assert self.page.evaluate("window.isSameDocument"), "the page was loaded anew"

    def outputs(self, cell: Cell) -> list[Output]:
        found: list[Output] = self.reader.cell(cell.cell).evaluate("cell => cell.outputs")
        return found


@pytest.fixture(scope="module")
def story(browser: Browser, built_site: Path) -> Iterator[Story]:
    with serve(built_site) as server:
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, service_workers="block"
        )
        reader = Reader(context.new_page(), server, keeps_memory=True)
        yield Story(reader)
        assert reader.bar.get_attribute("data-start") == "memory"
        context.close()
    assert not reader.foreign, f"requests left the site: {reader.foreign}"
    assert not reader.errors, f"the console has errors: {reader.errors}"


def assert_same(cell: Cell, here: list[Output], there: list[Output]) -> None:
    found = list(differences(comparable(here), comparable(there)))
    assert not found, f"{cell.cell}: native and browser differ: {found[:3]}"


def test_no_page_and_no_edit_is_left_out() -> None:
    for name in chapters.pages():
        path = chapters.url_of(name)
        assert path in PAGES
        written = {cell.id for cell in chapters.cells(name) if cell.edit}
        assert set(read_page(SITE, path).edits) == written, path


@pytest.mark.parametrize("path", PAGES)
def test_cells_and_edits_give_what_they_give_natively(story: Story, path: str) -> None:
    page = read_page(SITE, path)
    with ThreadPoolExecutor(1) as thread:  # Playwright's loop is this thread's
        natively = thread.submit(native, page)
        story.reader.requests.clear()
        story.go_to(path, page)
        story.reader.run_all()
        here = natively.result()
    for cell in page.cells:
        assert_same(cell, here.shown[cell.cell], story.outputs(cell))
    # From the last to the first: what an edit leaves in the variables reaches no cell below it.
    for cell in reversed(page.cells):
        if cell.cell not in page.edits:
            continue
        story.reader.try_out(cell.cell)
        outputs = here.edited[cell.cell]
        assert_same(cell, outputs, story.outputs(cell))
        assert comparable(outputs) != comparable(here.shown[cell.cell]), f"{cell.cell}: no change"
        charts = story.reader.outputs(story.reader.cell(cell.cell)).locator(".chart-live svg")
        expect(charts).to_have_count(sum(is_chart(output) for output in outputs))
    assert not story.reader.late_parts(), "a cell or an edit calls a second part"


def is_chart(output: Output) -> bool:
    bundle: Any = output.get("data", {})
    return VEGALITE in bundle


def test_differences_are_seen() -> None:
    one: Any = {"a": [1.0, "x"], "b": 2}
    assert list(differences(one, {"a": [1.0 + 1e-12, "x"], "b": 2})) == []
    assert list(differences(one, {"a": [1.1, "y"], "c": 2})) != []
    assert len(list(differences(one, {"a": [1.1, "y"], "b": 3}))) == 3
