"""Figures as objects: their files, the page of one figure, citing and embedding from the menu."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from browser.reader import Reader
from browser.server import PagesServer, Reply

CHAPTER = "frameworks/modern-web/"
CELL = "web-crossings"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def open_menu(reader: Reader, cell: Locator) -> None:
    reader.press(cell, "More")


def choose(reader: Reader, cell: Locator, name: str) -> None:
    open_menu(reader, cell)
    cell.get_by_role("menuitem", name=name, exact=True).click()


def texts_of(dialog: Locator, count: int) -> list[str]:
    """The texts that a dialog offers, once what they are made of has come."""
    texts = dialog.locator("pre")
    expect(texts).to_have_count(count)
    return texts.all_inner_texts()


def press_live(page: Page | FrameLocator) -> None:
    page.get_by_role("button", name="Make it interactive").click()


def test_every_charted_cell_is_published(reader: Reader, built_site: Path) -> None:
    reader.open(CHAPTER)
    charted = reader.page.locator("code-cell:has(figure.chart)")
    assert charted.count() >= 4
    for cell in charted.all():
        name = cell.get_attribute("data-figure")
        assert name == cell.get_attribute("id")
        folder = built_site / "figures"
        about = json.loads((folder / f"{name}.metadata.json").read_text())
        spec = json.loads((folder / f"{name}.json").read_text())
        assert about["title"]
        assert about["source"]
        assert about["licence"]
        assert "vega-lite" in spec["$schema"]
        assert spec["datasets"]
        assert (folder / f"{name}.png").read_bytes().startswith(PNG_SIGNATURE)
        assert list(csv.DictReader((folder / f"{name}.csv").read_text().splitlines()))
    checks = reader.page.locator("code-cell[id^=check-][data-figure]")
    assert checks.count() == 0


def test_every_chart_has_its_rows_as_a_table(reader: Reader, built_site: Path) -> None:
    """Without Python, and after a run that changes them."""
    reader.open(CHAPTER)
    cell = reader.cell(CELL)
    cell.locator("figure.chart").scroll_into_view_if_needed()
    cell.locator(".chart-live").wait_for()
    place = cell.locator("details.chart-rows")
    place.locator("summary").press("Enter")
    text = (built_site / f"figures/{CELL}.csv").read_text()
    published = list(csv.DictReader(text.splitlines()))
    rows = place.locator("tbody tr")
    expect(rows).to_have_count(len(published))
    assert place.locator("th").all_inner_texts() == list(published[0])
    assert rows.first.locator("td").first.inner_text() == next(iter(published[0].values()))
    assert reader.python_requests() == []
    reader.page.locator(f"cell-try[data-cell={CELL}]").get_by_role("button").press("Enter")
    reader.wait_for_state(cell, "ok")
    again = cell.locator("details.chart-rows")
    again.evaluate("details => (details.open = true)")
    first = again.locator("tbody tr").first
    expect(first).to_be_visible()
    expect(first).not_to_contain_text(published[0]["month"])


def test_no_published_picture_has_a_css_variable(built_site: Path) -> None:
    files = [*built_site.glob("figures/*.svg"), *built_site.glob("figures/*.json")]
    assert files
    assert [path.name for path in files if "var(--chart" in path.read_text()] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_embedded_figure_draws_without_python(reader: Reader, scheme: str) -> None:
    reader.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    reader.page.goto(f"{reader.server.url}figures/{CELL}.html")
    before = [path for path in reader.requests if path.endswith(".js")]
    assert {path.rpartition("/")[2] for path in before} == {"embed.js"}
    press_live(reader.page)
    live = reader.page.locator(".chart-live svg")
    expect(live).to_be_visible()
    label = live.locator("text").first.evaluate("node => getComputedStyle(node).fill")
    assert label == {"light": "rgb(91, 100, 112)", "dark": "rgb(163, 171, 181)"}[scheme]
    assert reader.python_requests() == []
    assert not [path for path in reader.requests if path.endswith("main.js")]


def test_an_embedded_figure_is_a_picture_without_javascript(
    browser: Browser, server: PagesServer
) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 800}, color_scheme="dark"
    )
    page = context.new_page()
    page.goto(f"{server.url}figures/{CELL}.html")
    picture = page.locator("figure.chart > div > svg:visible")
    expect(picture).to_have_count(1)
    assert picture.evaluate("svg => svg.getBoundingClientRect().right <= innerWidth")
    ground = page.locator("body").evaluate("node => getComputedStyle(node).backgroundColor")
    assert ground != "rgb(255, 255, 255)"
    page.get_by_role("link", name="code and context").click(trial=True)
    context.close()


def test_a_square_of_an_embedded_scoreboard_leads_to_its_claim(reader: Reader) -> None:
    reader.page.goto(f"{reader.server.url}figures/home-scoreboard.html")
    press_live(reader.page)
    square = reader.page.locator(".chart-live svg .mark-symbol path").first
    with reader.page.expect_popup() as popup:
        square.click(force=True)  # its letter lies above it
    claim = popup.value.locator("[data-verdict]:has(:target)")
    expect(claim).to_have_attribute("data-verdict", "supported")
    popup.value.close()


def test_the_way_back_leads_to_the_cell(reader: Reader) -> None:
    reader.page.goto(f"{reader.server.url}figures/{CELL}.html")
    link = reader.page.get_by_role("link", name="code and context")
    assert link.evaluate("node => node.href") == f"{reader.server.url}{CHAPTER}#{CELL}"


def test_cite_gives_each_form_and_needs_no_python(reader: Reader) -> None:
    """By keyboard throughout: a mouse over a cell's controls may start Python ahead of a click."""
    reader.open(CHAPTER)
    cell = reader.cell(CELL)
    cell.get_by_role("button", name="More", exact=True).press("Enter")
    cell.get_by_role("menuitem", name="Cite", exact=True).press("Enter")
    dialog = reader.page.get_by_role("dialog", name="Cite")
    plain, bibtex, csl, _ = texts_of(dialog, 4)
    address = f"{reader.server.url}{CHAPTER}#{CELL}"
    for text in (plain, bibtex, csl):
        assert address in text
        assert "Hugo van Kemenade" in text
    assert bibtex.startswith(f"@misc{{{CELL},")
    dialog.get_by_role("button", name="Copy").first.press("Enter")
    assert reader.page.evaluate("navigator.clipboard.readText()") == plain
    reader.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert reader.python_requests() == []
    expect(reader.bar).to_have_attribute("data-state", "off")


@pytest.mark.parametrize(
    ("entry", "suffix"), [("Rows (.csv)", ".csv"), ("Specification (.json)", ".json")]
)
def test_the_menu_hands_out_files(
    reader: Reader, built_site: Path, entry: str, suffix: str
) -> None:
    reader.open(CHAPTER)
    with reader.page.expect_download() as download:
        choose(reader, reader.cell(CELL), entry)
    assert download.value.suggested_filename == f"{CELL}{suffix}"
    published = built_site / "figures" / f"{CELL}{suffix}"
    assert download.value.path().read_bytes() == published.read_bytes()


def test_an_edited_cell_does_not_offer_the_authors_figure(reader: Reader) -> None:
    reader.open(CHAPTER)
    cell = reader.cell(CELL)
    reader.edit(cell, "1 + 1")
    open_menu(reader, cell)
    expect(cell.get_by_role("menuitem", name="Download code (.py)")).to_be_visible()
    for name in ("Cite", "Embed", "Specification (.json)"):
        entry = cell.get_by_role("menuitem", name=f"{name} (not after an edit)")
        expect(entry).to_be_disabled()
        entry.click(force=True)
    expect(reader.page.get_by_role("dialog", name="Cite")).to_have_count(0)
    expect(cell.get_by_role("menu").get_by_role("group")).to_have_count(5)


@pytest.mark.breaks
def test_a_missing_description_is_said(newcomer: Reader, server: PagesServer) -> None:
    server.faults.append(lambda path: Reply(404) if path.endswith(".metadata.json") else None)
    newcomer.open(CHAPTER)
    choose(newcomer, newcomer.cell(CELL), "Cite")
    dialog = newcomer.page.get_by_role("dialog", name="Cite")
    expect(dialog).to_contain_text("could not be loaded")
