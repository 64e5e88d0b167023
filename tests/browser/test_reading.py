"""What a reader has before and without Python: pictures, tables, navigation, print, phones."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.reader import Reader
from browser.server import PagesServer

CHAPTER = "frameworks/modern-web/"
PHONE = {"width": 390, "height": 844}
AXE = Path("node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


def pages() -> list[str]:
    found = sorted(Path("_site").rglob("index.html"))
    return [f"{path.parent.relative_to('_site')}/".removeprefix("./") for path in found]


AXE_RUN = """async (rules) => {
  // Material's own furniture (search, header, toggles) is not ours to mend.
  const only = rules.length ? { runOnly: rules } : {};
  const { violations } = await axe.run("article", { resultTypes: ["violations"], ...only });
  const first = ({ nodes }) => nodes.slice(0, 3).map(({ html }) => html.slice(0, 160));
  return violations.map((one) => [one.id, first(one)]);
}"""

ABOUT_COLOURS = ["color-contrast", "link-in-text-block"]
"""Rules of axe; to all others the dark scheme is the same page."""


def go_dark(page: Page) -> None:
    page.locator("label[for^=__palette]:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def require_all_drawn(page: Page) -> None:
    """Every chart that can be seen has become interactive, and has values to walk through."""
    seen = page.locator("figure.chart:visible")
    for chart in seen.all():
        chart.scroll_into_view_if_needed()
    walked = page.locator("figure.chart:has(.chart-live svg[aria-describedby])")
    expect(walked).to_have_count(seen.count())


def test_without_javascript_every_chart_is_a_picture_with_words(
    browser: Browser, server: PagesServer
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.url + CHAPTER)
    charts = page.locator("figure.chart")
    assert charts.count() >= 4
    for chart in charts.all():
        picture = chart.locator(".chart-wide svg")
        expect(picture).to_be_visible()
        assert len(picture.get_attribute("aria-label") or "") > 40
    assert page.locator("button:visible", has_text="Run").count() == 0
    context.close()


@pytest.mark.parametrize("path", pages())
def test_a_page_on_a_desk(reader: Reader, path: str) -> None:
    """Charts become interactive without Python; axe finds nothing in either scheme."""
    page = reader.page
    page.emulate_media(color_scheme="light")
    reader.open(path)
    require_all_drawn(page)
    page.evaluate(AXE)  # a script tag would be against the policy
    assert page.evaluate(AXE_RUN, []) == []
    go_dark(page)
    assert page.evaluate(AXE_RUN, ABOUT_COLOURS) == []
    assert reader.python_requests() == []


@pytest.mark.parametrize("path", pages())
def test_no_page_scrolls_sideways_on_a_phone(reader: Reader, path: str) -> None:
    page = reader.page
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="light")
    reader.open(path)
    require_all_drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    go_dark(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_charts_follow_the_scheme_without_being_drawn_again(reader: Reader) -> None:
    reader.page.emulate_media(color_scheme="light")
    reader.open(CHAPTER)
    title = reader.first_cell().locator(".chart-live svg text").first
    title.wait_for()
    before = title.evaluate("node => getComputedStyle(node).fill")
    go_dark(reader.page)
    assert title.evaluate("node => getComputedStyle(node).fill") != before


def test_print_shows_pictures_but_neither_controls_nor_code(reader: Reader) -> None:
    reader.open(CHAPTER)
    cell = reader.first_cell()
    reader.unfold(cell)
    reader.page.emulate_media(media="print")
    expect(cell.locator("figure.chart svg").first).to_be_visible()
    expect(cell.locator("[data-part=source]")).to_be_hidden()
    expect(cell.locator(".cell-toolbar")).to_be_hidden()
    expect(reader.bar).to_be_hidden()


def test_ten_findings_print_on_one_sheet(reader: Reader) -> None:
    reader.open("brief/")
    pdf = reader.page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_a_chapter_prints_on_few_pages(reader: Reader) -> None:
    reader.open(CHAPTER)
    pdf = reader.page.pdf(format="A4")
    assert 3 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 8
    reader.page.emulate_media(media="print")
    expect(reader.page.locator(".claim details:visible, .chart-rows:visible")).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 1920])
def test_figures_take_the_room_of_a_wide_screen(reader: Reader, width: int) -> None:
    """The picture of the build and the live chart are of one size, beside the table of contents."""
    page = reader.page
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script("window.IntersectionObserver = class { observe() {} disconnect() {} }")
    reader.open(CHAPTER)
    sizes = []
    for drawn in (".chart-wide > svg", ".chart-live > svg"):
        svg = reader.first_cell().locator(drawn)
        svg.wait_for()
        sizes.append(svg.bounding_box())
        if drawn.startswith(".chart-wide"):
            reader.run(reader.first_cell())
    picture, live = sizes
    assert picture
    assert live
    assert abs(picture["width"] - live["width"]) <= 1
    assert abs(picture["height"] - live["height"]) <= 2
    text = page.locator("article > p").first.bounding_box()
    contents = page.locator(".md-sidebar--secondary .md-nav__list").bounding_box()
    assert text
    assert contents
    assert picture["width"] > text["width"] * 1.2
    assert picture["x"] + picture["width"] < contents["x"]


@pytest.mark.parametrize(
    ("width", "height", "font"), [(390, 844, "200%"), (320, 200, "")], ids=["a large font", "small"]
)
def test_a_chapter_stays_usable(reader: Reader, width: int, height: int, font: str) -> None:
    page = reader.page
    page.set_viewport_size({"width": width, "height": height})
    reader.open(CHAPTER)
    page.evaluate("font => { document.documentElement.style.fontSize = font }", font)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    cell = reader.first_cell()
    run = cell.get_by_role("button", name="Run", exact=True)
    run.scroll_into_view_if_needed()
    box = run.bounding_box()
    assert box
    at = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    top = "([x, y]) => document.elementFromPoint(x, y).textContent"
    assert page.evaluate(top, at) == "Run"  # nothing lies over it
    expect(cell.locator("figure.chart svg:visible").first).to_be_visible()


def test_python_survives_instant_navigation(reader: Reader) -> None:
    reader.open("playground/")
    cell = reader.first_cell()
    reader.edit(cell, "kept = 41")
    reader.run(cell)
    started = cores(reader)
    assert started
    reader.page.evaluate("window.isSamePage = true")
    reader.page.get_by_role("link", name="Method").first.click()
    expect(reader.page.get_by_role("heading", name="Where the counting changed")).to_be_visible()
    assert reader.page.evaluate("window.isSamePage"), "the page was loaded anew"
    reader.run(reader.cell("method-eras"))
    reader.page.get_by_role("link", name="Playground").first.click()
    expect(reader.page.locator("code-cell#play-start")).to_be_visible()
    again = reader.first_cell()
    reader.edit(again, "print(kept + 1)")
    reader.run(again)
    expect(reader.outputs(again)).to_have_text("42")
    assert cores(reader) == started


def cores(reader: Reader) -> list[str]:
    """Return the requests for Python's core, one or more for each start."""
    return [path for path in reader.python_requests() if path.endswith("pyodide.asm.wasm")]


def test_the_keyboard_reaches_edits_runs_and_leaves(reader: Reader) -> None:
    reader.open("playground/")
    cell = reader.first_cell()
    cell.locator("[data-part=source]").focus()
    reader.page.keyboard.press("Enter")
    cell.locator(".cm-content").wait_for()
    reader.page.keyboard.type("print(6 * 7)")
    reader.page.keyboard.press("Control+Enter")
    reader.wait_for_state(cell, "ok")
    expect(reader.outputs(cell)).to_have_text("42")
    reader.page.keyboard.press("Escape")
    assert reader.page.evaluate("document.activeElement.textContent") == "Run"


def test_the_menu_works_by_keyboard(reader: Reader) -> None:
    reader.open(CHAPTER)
    cell = reader.first_cell()
    cell.get_by_role("button", name="More").focus()
    reader.page.keyboard.press("Enter")
    expect(cell.get_by_role("menuitem").first).to_be_focused()
    names = cell.get_by_role("menuitem").all_inner_texts()
    for _ in range(names.index("Copy link to this cell")):
        reader.page.keyboard.press("ArrowDown")
    expect(cell.get_by_role("menuitem", name="Copy link to this cell")).to_be_focused()
    reader.page.keyboard.press("Enter")
    link = f"{reader.server.url}{CHAPTER}#web-claimed-and-counted"
    reader.page.wait_for_function(
        "async (link) => (await navigator.clipboard.readText()) === link", arg=link
    )
    cell.get_by_role("button", name="More").press("Enter")
    reader.page.keyboard.press("Escape")
    expect(cell.get_by_role("button", name="More")).to_be_focused()
    expect(cell.get_by_role("menuitem").first).to_be_hidden()


def test_a_cell_can_be_linked(reader: Reader) -> None:
    reader.open(f"{CHAPTER}#web-survey-shares")
    expect(reader.cell("web-survey-shares")).to_be_in_viewport()


def test_no_two_ids_on_a_page() -> None:
    for path in pages():
        html = (Path("_site") / path / "index.html").read_text()
        ids = Counter(re.findall(r'\sid="([^"]+)"', html))
        twice = [name for name, count in ids.items() if count > 1]
        assert not twice, f"{path}: {twice}"
