"""The data catalogue: entries before Python, files, and tables that open in a cell."""

from __future__ import annotations

import io
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import polars as pl
import pytest
from playwright.sync_api import Browser, expect

from browser.reader import Reader
from browser.server import PagesServer
from trends import data

PAGE = "data/"
PLAYGROUND = "playground/"


def fetch(server: PagesServer, path: str) -> bytes:
    with urllib.request.urlopen(f"{server.url}{path}") as answer:
        content: bytes = answer.read()
    return content


def test_every_table_has_its_entry_without_javascript(
    browser: Browser, server: PagesServer
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.url}{PAGE}")
    for name in data.NAMES:
        dataset = data.describe(name)
        entry = page.locator(f"h2#{name} + .dataset")
        text = entry.text_content() or ""
        for said in (dataset.title, dataset.licence, dataset.publisher, f"{dataset.rows:,} rows",
                     *dataset.attribution, *dataset.caveats):  # fmt: skip
            assert said in text, (name, said)
        columns = entry.locator("table.dataset-columns tbody tr")
        assert columns.count() == len(dataset.columns)
        preview = entry.locator("table.frame").nth(1)
        assert preview.locator("tbody tr").count() == min(5, dataset.rows)
        assert f"of {dataset.rows:,} rows" in preview.locator("caption").inner_text()
    expect(page.locator(".dataset")).to_have_count(len(data.NAMES))
    context.close()


def test_files_can_be_downloaded_and_agree(server: PagesServer, built_site: Path) -> None:
    html = (built_site / PAGE / "index.html").read_text()
    for name in data.NAMES:
        assert f'href="../data/{name}.parquet"' in html
        frame = data.load(name)
        assert pl.read_parquet(io.BytesIO(fetch(server, f"data/{name}.parquet"))).equals(frame)
        if name == "pypi_top_packages":
            assert f'href="../data/{name}.csv"' not in html
            with pytest.raises(HTTPError):
                fetch(server, f"data/{name}.csv")
            continue
        assert f'href="../data/{name}.csv"' in html
        csv = pl.read_csv(io.BytesIO(fetch(server, f"data/{name}.csv")), infer_schema=False)
        assert csv.columns == frame.columns
        assert csv.height == frame.height


def test_what_uses_a_table_is_linked(reader: Reader) -> None:
    reader.open(f"{PAGE}#stackoverflow_survey")
    uses = reader.page.locator("h2#stackoverflow_survey + .dataset .dataset-uses")
    uses.locator("summary").click()
    cell = uses.get_by_role("link", name="web-survey-shares")
    address = cell.evaluate("node => node.href")
    assert address == f"{reader.server.url}frameworks/modern-web/#web-survey-shares"
    claim = uses.get_by_role("link", name="fastapi-5-points")
    if claim.count():
        assert "claims/#claim-" in claim.evaluate("node => node.href")


def test_open_in_a_cell_edits_and_does_not_run(reader: Reader) -> None:
    reader.open(PAGE)
    entry = reader.page.locator("h2#peps + .dataset")
    entry.get_by_role("link", name="Open in a cell").click()
    cell = reader.cell("play-start")
    expect(cell.locator(".cm-content")).to_contain_text('data.load("peps")')
    expect(reader.page.locator("open-table [role=status]")).to_contain_text("peps is in the cell")
    assert reader.python_requests() == []
    expect(cell).to_have_attribute("data-state", "static")
    reader.run(cell)
    expect(reader.outputs(cell).locator("table")).to_contain_text("736 rows")


def test_own_text_is_not_replaced(reader: Reader) -> None:
    reader.open(PLAYGROUND)
    cell = reader.cell("play-start")
    reader.edit(cell, "mine = 1")
    reader.page.wait_for_timeout(600)
    reader.open(f"{PLAYGROUND}?open=peps")
    status = reader.page.locator("open-table [role=status]")
    expect(status).to_contain_text("The cell has your text")
    expect(cell.locator(".cm-content")).to_have_text("mine = 1")
    reader.page.get_by_role("button", name="Put it into the cell").click()
    expect(status).to_contain_text("peps is in the cell")
    assert reader.source(cell).startswith("mine = 1\n")
    assert reader.source(cell).strip().endswith('data.load("peps")')


@pytest.mark.parametrize("name", ["pep", "no-such", "<b>x</b>", "peps%22)%3Bimport%20os"])
def test_an_unknown_table_is_said_and_nothing_is_edited(reader: Reader, name: str) -> None:
    reader.open(f"{PLAYGROUND}?open={name}")
    status = reader.page.locator("open-table [role=status]")
    expect(status).to_contain_text("There is no table called")
    if name == "pep":
        expect(status).to_contain_text("Did you mean peps")
    assert reader.source(reader.cell("play-start")).strip() == ""
    expect(status.locator("b")).to_have_count(0)
