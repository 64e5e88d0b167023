"""Large frames row by row, and rows as files."""

from __future__ import annotations

import io

import polars as pl
import pytest
from playwright.sync_api import Locator, expect
from polars.testing import assert_frame_equal

from browser.reader import Reader

PLAYGROUND = "playground/"
CHAPTER = "frameworks/modern-web/"
LARGE = (
    "import polars as pl\npl.DataFrame({'n': range(700_000)}).with_columns(half=pl.col('n') // -2)"
)


@pytest.fixture
def reader(regular: Reader) -> Reader:
    """One page for the tests of this file."""
    return regular


@pytest.fixture
def cell(reader: Reader) -> Locator:
    reader.open(PLAYGROUND)
    return reader.first_cell()


def scroll(view: Locator, where: str) -> None:
    view.locator(".table-scroller").evaluate(f"element => element.scrollTop = {where}")


def test_every_row_of_a_large_frame_can_be_seen(reader: Reader, cell: Locator) -> None:
    reader.edit(cell, LARGE)
    reader.run(cell)
    reader.press(cell, "Browse all rows")
    view = cell.locator(".table-view")
    expect(view.locator(".table-note")).to_have_text("Rows 1 to 16 of 700,000")
    expect(view.locator(".table-scroller")).to_be_focused()
    expect(view).to_be_in_viewport(ratio=0.9)
    scroll(view, "element.scrollHeight")
    expect(view.locator(".table-note")).to_have_text("Rows 699,985 to 700,000 of 700,000")
    expect(view.locator("tbody tr").last).to_contain_text("699999-350000")
    assert view.locator("tbody tr").count() == 16
    scroll(view, "element.scrollHeight / 2")
    expect(view.locator(".table-note")).to_contain_text("Rows 35")
    first = int(view.locator("tbody td").first.inner_text())
    expect(view.locator(".table-note")).to_contain_text(f"Rows {first + 1:,} to")


def test_a_frame_is_sorted_by_its_heads(reader: Reader, cell: Locator) -> None:
    reader.edit(cell, LARGE)
    reader.run(cell)
    reader.press(cell, "Browse all rows")
    head = cell.locator(".table-view th").nth(1)
    value = cell.locator(".table-view tbody td").nth(1)
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(value).to_have_text("-350000")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(value).to_have_text("0")
    head.get_by_role("button").click()
    expect(head).not_to_have_attribute("aria-sort", "descending")


def test_rows_that_python_no_longer_has(reader: Reader, cell: Locator) -> None:
    reader.edit(cell, LARGE)
    reader.run(cell)
    reader.bar.get_by_role("button", name="Restart").click()
    expect(reader.bar).to_have_attribute("data-state", "idle")
    reader.press(cell, "Browse all rows")
    expect(reader.outputs(cell)).to_contain_text("These rows are gone: run the cell again.")


def save(reader: Reader, cell: Locator, name: str) -> bytes:
    reader.press(cell, "More")
    with reader.page.expect_download() as download:
        cell.get_by_role("menuitem", name=name).click()
    return download.value.path().read_bytes()


def test_rows_of_a_frame_are_saved(reader: Reader, cell: Locator) -> None:
    reader.edit(cell, "import polars as pl\npl.DataFrame({'a': [1, None], 'b': ['x, y', 'ü']})")
    reader.run(cell)
    frame = pl.DataFrame({"a": [1, None], "b": ["x, y", "ü"]})
    assert_frame_equal(pl.read_csv(save(reader, cell, "Rows (.csv)")), frame)
    parquet = save(reader, cell, "Rows (.parquet)")
    assert_frame_equal(pl.read_parquet(io.BytesIO(parquet)), frame)


def test_rows_of_the_authors_chart_need_no_python(reader: Reader) -> None:
    reader.open(CHAPTER)
    cell = reader.cell("web-claimed-and-counted")
    rows = pl.read_csv(save(reader, cell, "Rows (.csv)"))
    saved = pl.read_parquet(io.BytesIO(save(reader, cell, "Rows (.parquet)")))
    assert saved.shape == rows.shape
    published = "figures/web-claimed-and-counted"
    assert {f"{published}.csv", f"{published}.parquet"} <= set(reader.server.requests)


def test_rows_of_an_edited_chart_are_those_of_the_edit(reader: Reader) -> None:
    reader.open(CHAPTER)
    cell = reader.cell("web-claimed-and-counted")
    reader.edit(cell, "import altair as alt\nalt.Chart(alt.Data(values=[{'x': 1}])).mark_point()")
    saved = save(reader, cell, "Rows (.csv)")  # which runs the cell first
    assert saved == b"x\n1\n"
    assert cell.get_attribute("data-state") == "ok"


def test_a_wide_frame_can_be_seen_to_its_last_column(reader: Reader, cell: Locator) -> None:
    reader.edit(cell, "import polars as pl\npl.DataFrame({f'c{n}': [n] for n in range(500)})")
    reader.run(cell)
    expect(cell.locator("caption")).to_contain_text("first 20 columns")
    reader.press(cell, "Browse all rows")
    last = cell.locator(".table-view tbody td").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    expect(last).to_have_text("499")


def test_a_rounded_value_is_shown_whole_by_keys(reader: Reader, cell: Locator) -> None:
    reader.edit(
        cell, "import polars as pl\npl.DataFrame({'a': [1 / 3, 2 / 3], 'b': ['x' * 200] * 2})"
    )
    reader.run(cell)
    values = cell.locator("td[title]")
    expect(values).to_have_count(4)
    values.first.press("Tab")
    reader.page.keyboard.press("Shift+Tab")
    expect(values.first).to_be_focused()
    content = "element => getComputedStyle(element, '::after').content"
    assert "0.3333333333333333" in values.first.evaluate(content)
    reader.page.keyboard.press("ArrowDown")
    expect(values.nth(2)).to_be_focused()
    reader.page.keyboard.press("ArrowRight")
    expect(values.nth(3)).to_be_focused()
    assert "x" * 200 in values.nth(3).evaluate(content)
