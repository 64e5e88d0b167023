"""Controls without code: parameters of a cell, and the explorer that adds the packages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from browser.reader import Reader

PAGE = "explore/"
CELL = "explore-compare"


@pytest.fixture
def explorer(reader: Reader) -> Reader:
    reader.open(PAGE)
    return reader


def params(reader: Reader) -> Locator:
    return reader.page.locator(f"cell-params[data-cell={CELL}]")


def status(reader: Reader) -> Locator:
    return params(reader).locator(".params-status")


def title(reader: Reader) -> Locator:
    return reader.outputs(reader.cell(CELL)).locator("svg .role-title-text").first


def line(reader: Reader, name: str) -> str:
    source = reader.source(reader.cell(CELL))
    return next(text for text in source.splitlines() if text.startswith(f"{name} = "))


def test_a_choice_computed_ahead_is_shown_without_python(explorer: Reader) -> None:
    params(explorer).get_by_label("Compare by").select_option("downloads")
    expect(status(explorer)).to_contain_text("Computed in advance")
    expect(title(explorer)).to_contain_text("million")
    assert line(explorer, "value").startswith('value = "downloads"')
    assert not explorer.python_requests()
    params(explorer).get_by_label("Compare by").select_option("rank")
    expect(title(explorer)).to_contain_text("rank")
    expect(status(explorer)).to_have_text("")


def test_the_chart_answers_by_itself_where_it_can(explorer: Reader) -> None:
    outputs = explorer.outputs(explorer.cell(CELL))
    expect(outputs.locator(".chart-live")).to_be_visible()
    years = outputs.locator("svg .role-axis-label text")
    expect(years.filter(has_text="2018")).to_have_count(1)
    start = params(explorer).get_by_label("From")
    start.fill("2023-01")
    start.press("Tab")
    expect(status(explorer)).to_contain_text("The heading describes the last run")
    expect(years.filter(has_text="2018")).to_have_count(0)
    assert not explorer.python_requests()


def test_enter_compares_at_once_and_the_chart_fills_in_place(explorer: Reader) -> None:
    package = explorer.page.get_by_label("Package", exact=True)
    package.fill("http")
    expect(explorer.page.get_by_role("option").first).to_have_text("http")
    package.press("ArrowDown")
    chosen = explorer.page.locator("[role=option][aria-selected=true]").inner_text()
    package.press("Enter")
    dimmed = explorer.outputs(explorer.cell(CELL)).locator("> *").first
    expect(dimmed).to_have_css("opacity", "0.65")
    assert f'"{chosen}"]' in line(explorer, "names")
    explorer.wait_for_state(explorer.cell(CELL), "ok")
    expect(explorer.outputs(explorer.cell(CELL)).locator("table")).to_contain_text(chosen)
    explorer.page.get_by_label("Or a group").select_option("Data frames")
    expect(status(explorer)).to_contain_text("Computed just now by Python")
    expect(explorer.outputs(explorer.cell(CELL)).locator("table")).to_contain_text("duckdb")


def test_the_address_keeps_the_view(explorer: Reader) -> None:
    explorer.page.get_by_text("Packages of the article").click()
    explorer.page.get_by_role("button", name="polars", exact=True).click()
    explorer.page.get_by_role("button", name="Remove flask").click()
    params(explorer).get_by_label("Scale").select_option("linear")
    params(explorer).get_by_label("Keep counting errors").uncheck()
    expected = "names=fastapi,django,polars&scale=linear&accidents=false"
    expect(explorer.page).to_have_url(re.compile(re.escape(expected)))
    shared = explorer.page.url
    explorer.page.evaluate("localStorage.clear()")
    explorer.page.goto("about:blank")
    explorer.requests.clear()
    explorer.page.goto(shared)
    expect(explorer.page.locator(".explorer-chosen")).to_contain_text("polars")
    expect(params(explorer).get_by_label("Scale")).to_have_value('"linear"')
    expect(params(explorer).get_by_label("Keep counting errors")).not_to_be_checked()
    assert line(explorer, "names") == 'names = ["fastapi", "django", "polars"]'
    assert not explorer.python_requests(), "a link must not run anything"


@pytest.mark.parametrize(
    "query",
    [
        'names=a";import%20os;"',
        "names=__import__('os')",
        'value=rank";print(1);x="',
        "scale=__import__",
        "start=1e9",
        "index_to=x%22%0Aimport%20os",
        "accidents=print()",
        "nonsense=1",
    ],
)
def test_an_address_cannot_write_code(reader: Reader, query: str) -> None:
    reader.open(f"{PAGE}?{query}")
    reader.page.wait_for_timeout(300)
    cell = reader.cell(CELL)
    author = cell.evaluate("(cell) => cell.original")
    assert cell.evaluate("(cell) => cell.source") == author


def test_an_unknown_package_is_answered_with_near_ones(explorer: Reader) -> None:
    package = explorer.page.get_by_label("Package", exact=True)
    package.fill("Fast_Apii")
    package.press("Escape")
    package.press("Enter")
    said = explorer.page.locator(".explorer-status")
    expect(said).to_contain_text("fast-apii was never among the most downloaded")
    expect(said.get_by_role("button").first).to_be_visible()
    before = line(explorer, "names") if explorer.cell(CELL).locator(".cm-line").count() else ""
    assert "apii" not in before


def test_seven_packages_are_one_too_many(explorer: Reader) -> None:
    explorer.page.get_by_label("Or a group").select_option("Data frames")
    package = explorer.page.get_by_label("Package", exact=True)
    package.fill("flask")
    package.press("Enter")
    expect(explorer.page.locator(".explorer-status")).to_contain_text("6 at most")


@pytest.mark.breaks
def test_without_the_list_of_names_any_name_can_be_typed(explorer: Reader) -> None:
    explorer.page.route("**/package-names.txt", lambda route: route.abort())
    package = explorer.page.get_by_label("Package", exact=True)
    package.fill("uv")
    expect(explorer.page.locator(".explorer-status")).to_contain_text("could not be loaded")
    package.press("Enter")
    expect(explorer.page.locator(".explorer-chosen")).to_contain_text("uv")


def test_controls_follow_what_is_typed(explorer: Reader) -> None:
    cell = explorer.cell(CELL)
    author = cell.evaluate("(cell) => cell.original")
    explorer.edit(cell, author.replace('value = "rank"', 'value = "share"'))
    expect(params(explorer).get_by_label("Compare by")).to_have_value('"share"')
    explorer.edit(cell, "print('mine')")
    expect(params(explorer).get_by_label("Compare by")).to_be_disabled()
    explorer.press(cell, "Reset")
    expect(params(explorer).get_by_label("Compare by")).to_have_value('"rank"')


def test_on_a_phone_nothing_is_wider_than_the_page(explorer: Reader) -> None:
    explorer.page.set_viewport_size({"width": 390, "height": 844})
    assert explorer.page.evaluate("document.documentElement.scrollWidth") == 390


def test_charts_of_chapters_answer_without_code_or_python(reader: Reader) -> None:
    reader.open("frameworks/async/")
    speed = reader.page.locator("cell-params[data-cell=async-requests-per-second]")
    speed.get_by_label("concurrency").select_option("512")
    expect(speed.locator(".params-status")).to_contain_text("Computed in advance")
    dots = reader.outputs(reader.cell("async-requests-per-second"))
    expect(dots.locator(".chart-live svg")).to_contain_text("27,911")
    ranks = reader.page.locator("cell-params[data-cell=async-flask-rank]")
    lines = reader.outputs(reader.cell("async-flask-rank"))
    lines.scroll_into_view_if_needed()
    expect(lines.locator(".chart-live svg")).to_be_visible()
    ranks.get_by_label("start").fill("2023-01")
    ranks.get_by_label("start").press("Tab")
    expect(ranks.locator(".params-status")).to_contain_text("The heading describes the last run")
    years = lines.locator(".chart-live .role-axis-label text")
    expect(years.filter(has_text="2024")).to_have_count(1)
    expect(years.filter(has_text="2020")).to_have_count(0)
    assert not reader.python_requests()


def test_the_median_of_the_verdicts_can_be_changed(reader: Reader) -> None:
    reader.open("method/")
    choice = reader.page.locator("cell-params[data-cell=method-median]").get_by_label("baseline")
    choice.select_option("listed")
    said = reader.outputs(reader.cell("method-median"))
    expect(said).to_contain_text("Verdicts that change with this median: async-shift")
    assert not reader.python_requests()
