"""Charts of everyday mistakes: drawn whole, or with a sentence that says what is missing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from browser.reader import Reader

START = "import polars as pl, altair as alt, datetime as dt\n"
GRID = 'd = pl.DataFrame({"x": list(range(12)), "y": list(range(12)), "c": ["p", "q", "r"] * 4})\n'


@pytest.fixture
def reader(regular: Reader) -> Reader:
    """One page for the tests of this file."""
    return regular


@pytest.fixture
def cell(reader: Reader) -> Locator:
    reader.open("playground/")
    return reader.first_cell()


def drawn(reader: Reader, cell: Locator, source: str) -> Locator:
    reader.edit(cell, START + source)
    reader.run(cell)
    chart = cell.locator(".chart-live svg")
    expect(chart).to_be_visible()
    return chart


ZONED = """d = pl.DataFrame({"t": [dt.datetime(2024, 7, 1, tzinfo=dt.UTC)]})
alt.Chart(d).mark_point().encode(x="t")"""
STRIP = 'alt.Chart(pl.DataFrame({"a": [1.0, 5.0, 9.0]}), title="Strip").mark_tick().encode(x="a")'
COLUMNS = f'{GRID}alt.Chart(d).mark_point().encode(x="x", y="y", column="c")'


def test_a_chart_with_one_axis_has_its_marks_and_its_title(reader: Reader, cell: Locator) -> None:
    chart = drawn(reader, cell, STRIP)
    box = chart.bounding_box()
    assert box
    for part in (".mark-rule.role-mark path, .mark-rect.role-mark path", ".role-axis-title text"):
        mark = chart.locator(part).first
        expect(mark).to_be_visible()
        own = mark.bounding_box()
        assert own
        assert own["y"] >= box["y"] - 1
        assert own["y"] + own["height"] <= box["y"] + box["height"] + 1


def test_panels_by_column_can_be_read(reader: Reader, cell: Locator) -> None:
    chart = drawn(reader, cell, COLUMNS)
    box = chart.bounding_box()
    label = chart.locator(".role-axis-label text").first.bounding_box()
    assert box
    assert label
    assert box["width"] <= 680
    assert label["height"] > 9, "the text of a chart that was scaled down cannot be read"


@pytest.mark.parametrize(
    ("source", "note"),
    [
        (
            'alt.Chart("https://example.org/cars.json").mark_point().encode(x="a:Q")',
            "load no files",
        ),
        (GRID + 'alt.Chart(d).mark_point().encode(x="B:Q", y="y")', "The data has no field B"),
        (
            'alt.Chart(pl.DataFrame({"a.b": [1, 2]})).mark_point().encode(x="a.b:Q")',
            'Write "a\\\\.b"',
        ),
        (ZONED, "Times are shown in your time zone"),
    ],
)
def test_what_cannot_be_drawn_is_said_below(
    reader: Reader, cell: Locator, source: str, note: str
) -> None:
    drawn(reader, cell, source)
    expect(cell.locator(".chart-notes li")).to_contain_text([note])


def test_bars_as_high_as_their_steps_have_no_notes(reader: Reader, cell: Locator) -> None:
    frame = 'pl.DataFrame({"n": [1, 2], "s": ["a", "b"]})'
    drawn(reader, cell, f'alt.Chart({frame}).mark_bar().encode(x="n", y="s")')
    expect(cell.locator(".chart-notes li")).to_have_count(0)


def test_a_usual_chart_has_no_notes_and_a_gap_is_drawn(reader: Reader, cell: Locator) -> None:
    chart = drawn(
        reader,
        cell,
        'd = pl.DataFrame({"m": [1, 2, 3], "v": [1.0, float("nan"), 3.0]})\n'
        'alt.Chart(d).mark_point().encode(x="m:O", y="v")',
    )
    assert chart.locator(".mark-symbol.role-mark path").count() == 2
    expect(cell.locator(".chart-notes li")).to_have_count(0)


def test_options_of_one_chart_do_not_reach_another(reader: Reader, cell: Locator) -> None:
    text = 'alt.Text("a:Q", format=",.1f")'
    numbers = f'alt.Chart(pl.DataFrame({{"a": [1000000.5]}})).mark_text().encode(text={text})'
    signs = '"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", ""]'
    german = f'{{"formatLocale": {{{signs}}}}}'
    one = f"chart = {numbers}.properties(usermeta={{'embedOptions': {german}}})"
    drawn(reader, cell, f"{one}\nchart")
    chart = drawn(reader, cell, numbers)
    expect(chart.locator(".role-mark text")).to_have_text("1,000,000.5")
