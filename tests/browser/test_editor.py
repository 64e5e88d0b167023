"""What the editor knows while the reader types, before Python is up and from the running one."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from browser.reader import Reader

PLAYGROUND = "playground/"


@pytest.fixture
def cell(regular: Reader) -> Locator:
    """A cell of a page whose Python may be up."""
    regular.open(PLAYGROUND)
    return regular.first_cell()


@pytest.fixture
def cold(reader: Reader) -> Locator:
    """A cell of a page whose Python is not up."""
    reader.open(PLAYGROUND)
    return reader.first_cell()


def write(reader: Reader, cell: Locator, text: str) -> None:
    """Replace the text as by typing, cursor at its end."""
    reader.edit(cell, "")
    reader.page.keyboard.type(text, delay=20)


def options(reader: Reader) -> Locator:
    return reader.page.get_by_role("listbox", name="Completions").get_by_role("option")


def test_python_that_runs_completes_and_explains(regular: Reader, cell: Locator) -> None:
    regular.edit(
        cell, "import polars as pl\nfrom trends import data\nframe = pl.DataFrame({'día': [1]})"
    )
    regular.run(cell)
    write(regular, cell, "frame['")
    expect(options(regular)).to_have_text(re.compile("^día"))
    regular.page.wait_for_timeout(200)  # CodeMirror takes no key for what has just appeared
    regular.page.keyboard.press("Enter")
    expect(cell.locator(".cm-line")).to_have_text(re.compile(r"frame\['día"))
    write(regular, cell, "frame.sort(desc")
    expect(options(regular).first).to_have_text(re.compile("^descending"))
    regular.page.keyboard.press("Escape")
    expect(options(regular)).to_have_count(0)
    write(regular, cell, "data.load('pypi_mon")
    expect(options(regular).first).to_have_text(re.compile("^pypi_monthly_downloads"))
    regular.page.keyboard.press("Escape")
    write(regular, cell, "frame.sort(")
    regular.page.keyboard.press("Shift+Tab")
    tooltip = cell.locator(".cm-explanation")
    expect(tooltip).to_contain_text("descending")
    expect(tooltip).to_contain_text("Sort the dataframe by the given columns.")


def test_before_python_the_text_itself_completes(reader: Reader, cold: Locator) -> None:
    write(reader, cold, "tremendous = 1\ntrem")
    reader.page.keyboard.press("Control+Space")
    expect(options(reader).filter(has_text="tremendous")).to_be_visible()


def test_a_mistake_is_underlined_without_a_run(regular: Reader, cell: Locator) -> None:
    regular.edit(cell, "1")
    regular.run(cell)
    regular.edit(cell, "x = 1\ny = = 2\n")
    expect(cell.locator(".cm-lintRange-error")).to_be_visible()
    expect(cell).to_have_attribute("data-state", "ok")
    regular.edit(cell, "%pip install anything\n")
    expect(cell.locator(".cm-lintRange-error")).to_have_count(0)


def test_keys_of_an_editor(regular: Reader, cell: Locator) -> None:
    lines = cell.locator(".cm-line")
    write(regular, cell, "def f(x):\nreturn 1")
    expect(lines).to_have_text(["def f(x):", "    return 1"])  # indented, brackets closed once
    regular.page.wait_for_timeout(600)  # what is typed faster is undone together
    regular.page.keyboard.press("Control+/")
    expect(lines).to_have_text(["def f(x):", "    # return 1"])
    regular.page.keyboard.press("Control+z")
    expect(lines).to_have_text(["def f(x):", "    return 1"])
    regular.page.keyboard.press("Control+f")
    expect(cell.locator(".cm-search")).to_be_visible()
    regular.page.keyboard.press("Escape")
    expect(cell.locator(".cm-search")).to_have_count(0)
    regular.page.keyboard.press("Escape")
    expect(cell.locator(".cm-editor.cm-focused")).to_have_count(0)
    regular.page.keyboard.press("Tab")  # and on it goes through the page
    expect(cell.locator(".cm-editor.cm-focused")).to_have_count(0)


def test_python_starts_when_the_mouse_rests_on_run(reader: Reader, cold: Locator) -> None:
    for name in ("Copy", "More"):
        cold.get_by_role("button", name=name, exact=True).hover()
        reader.page.wait_for_timeout(300)
    cold.locator("[data-part=source]").click()
    reader.page.wait_for_timeout(300)
    assert reader.python_requests() == []
    expect(reader.bar).to_have_attribute("data-state", "off")
    cold.get_by_role("button", name="Run", exact=True).hover()
    expect(reader.bar).to_have_attribute("data-state", "idle")


COLOURS = """(root) => {
  const found = [];
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    const { color, fontWeight } = getComputedStyle(parentElement);
    for (const letter of data) if (letter.trim()) found.push(`${letter} ${color} ${fontWeight}`);
  }
  return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_letter_changes_its_colour_when_the_editor_comes(reader: Reader, scheme: str) -> None:
    reader.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    reader.open("frameworks/modern-web/")
    colours: set[str] = set()
    for cell in reader.page.locator("code-cell[data-code]:visible").all():
        reader.unfold(cell)
        before = cell.locator("[data-part=source]").evaluate(COLOURS)
        cell.locator("[data-part=source]").click()
        cell.locator(".cm-content").wait_for()
        assert cell.locator(".cm-content").evaluate(COLOURS) == before
        colours.update(one.split(" ", 1)[1] for one in before)
    assert len(colours) >= 4


def test_completions_lie_edge_to_edge(reader: Reader, cold: Locator) -> None:
    reader.edit(cold, "".join(f"tremendous_{n} = 1\n" for n in range(14)))
    reader.page.keyboard.type("trem", delay=20)
    reader.page.keyboard.press("Control+Space")
    expect(options(reader).first).to_be_visible()
    popup = reader.page.locator(".cm-tooltip-autocomplete").bounding_box()
    rows = [row.bounding_box() for row in options(reader).all()]
    assert popup
    assert rows[0]
    assert rows[0]["x"] - popup["x"] <= 2
    below = popup["y"] + popup["height"]
    assert sum(row is not None and row["y"] + row["height"] <= below + 1 for row in rows) > 10


def test_the_editor_changes_neither_size_nor_place(regular: Reader) -> None:
    regular.open("frameworks/modern-web/")
    cell = regular.cell("web-crossings")
    regular.unfold(cell)
    source = cell.locator("[data-part=source]")
    source.scroll_into_view_if_needed()
    before = source.bounding_box()
    source.click()
    cell.locator(".cm-content").wait_for()
    after = source.bounding_box()
    assert before
    assert after
    assert abs(before["height"] - after["height"]) <= 1
    assert abs(before["y"] - after["y"]) <= 1
