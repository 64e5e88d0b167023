"""Copies on disk: the whole site as a folder, and one page as a file; opened without any server."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.reader import Reader
from browser.server import PagesServer, Reply

CHAPTER = "frameworks/modern-web/"
CELL = "web-claimed-and-counted"
SUM = "import polars as pl\nprint(pl.read_parquet('data/pypi_top_packages.parquet').height > 1000)"


@pytest.fixture
def disk(browser: Browser) -> Iterator[Reader]:
    """A reader without any server: what is asked of one is an error."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    nowhere = PagesServer("file://")
    one = Reader(context.new_page(), nowhere)
    yield one
    context.close()
    assert not one.errors, f"the console has errors: {one.errors}"
    asked = [url for url in one.foreign if not url.startswith("file://")]
    assert not asked, f"the copy asked a server: {asked}"


def require_live(disk: Reader) -> None:
    """Run the author's cell, then one of the reader's, over the largest file; then restart."""
    cell = disk.cell(CELL)
    disk.run(cell)
    expect(cell.locator(".chart-live svg")).to_be_visible()
    disk.edit(cell, SUM)
    disk.run(cell)
    expect(disk.outputs(cell)).to_contain_text("True")


@pytest.fixture(scope="module")
def folder(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip that readers download, unpacked."""
    (place,) = (built_site / "copy").glob("*.zip")
    target = tmp_path_factory.mktemp("disk with a space")
    with zipfile.ZipFile(place) as archive:
        archive.extractall(target)
    return target / place.stem


def test_the_folder(disk: Reader, folder: Path) -> None:
    page = disk.page
    page.goto((folder / "index.html").as_uri())
    page.get_by_placeholder("Search").fill("FastAPI")
    results = page.locator(".md-search-result__link")
    expect(results.first).to_be_visible()
    assert (results.first.get_attribute("href") or "").startswith("file://")
    page.keyboard.press("Escape")
    page.get_by_role("navigation").get_by_role("link", name="Modern web frameworks").click()
    page.wait_for_url(f"**/{CHAPTER}index.html")
    require_live(disk)
    require_download(page, "Specification", f"{CELL}.json")


def require_download(page: Page, entry: str, name: str) -> None:
    cell = page.locator(f"code-cell#{CELL}")
    cell.get_by_role("button", name="Reset", exact=True).click()
    cell.get_by_role("button", name="More", exact=True).click()
    with page.expect_download() as started:
        page.get_by_role("menuitem", name=entry).click()
    assert started.value.suggested_filename == name


def saved(reader: Reader, path: str, folder: Path) -> Path:
    """Save a page as one file."""
    reader.open(path)
    button = reader.page.locator("page-file button")
    expect(button).to_contain_text("MB")
    with reader.page.expect_download() as started:
        button.click()
    place = folder / started.value.suggested_filename
    started.value.save_as(place)
    size = f"{place.stat().st_size / 1e6:.1f} MB"
    expect(reader.page.locator("page-file [role=status]")).to_contain_text(size)
    return place


def test_the_page(reader: Reader, disk: Reader, tmp_path: Path) -> None:
    place = saved(reader, CHAPTER, tmp_path)
    disk.page.goto(place.as_uri())
    cell = disk.cell(CELL)
    cell.locator(".cell-toolbar").wait_for()
    published, kept = (one.page.locator("article p").all_text_contents() for one in (reader, disk))
    assert kept == published
    links = disk.page.locator("a[href]").evaluate_all("(all) => all.map((one) => one.href)")
    inside = [link for link in links if link.startswith("file:")]
    assert all("#" in link for link in inside), f"links to files that are not there: {inside}"
    disk.run(cell)
    expect(cell.locator(".chart-live svg")).to_be_visible()
    disk.edit(cell, "print('Größe 😀')")
    disk.run(cell)
    expect(disk.outputs(cell)).to_have_text("Größe 😀")


@pytest.mark.breaks
def test_a_page_names_what_it_has_not(reader: Reader, disk: Reader, tmp_path: Path) -> None:
    place = saved(reader, CHAPTER, tmp_path)
    status = reader.page.locator("page-file [role=status]")
    expect(status).to_contain_text("Left out to keep it small: data/pypi_top_packages.parquet")
    disk.page.goto(place.as_uri())
    cell = disk.cell(CELL)
    disk.edit(cell, SUM)
    disk.press(cell, "Run")
    missing = "data/pypi_top_packages.parquet is not in this file"
    expect(disk.bar).to_contain_text(
        f"{missing}, which was kept small. The page on its site has it"
    )
    expect(disk.bar).to_contain_text(reader.server.url + CHAPTER)
    disk.errors.clear()  # Polars' words for it can end Python, which Pyodide logs


def test_no_page_is_large(reader: Reader, built_site: Path, tmp_path: Path) -> None:
    pages = [
        one for one in built_site.rglob("index.html") if "<code-cell" in one.read_text("utf-8")
    ]
    largest = max(pages, key=lambda one: one.stat().st_size).parent.relative_to(built_site)
    place = saved(reader, f"{largest.as_posix()}/", tmp_path)
    assert place.stat().st_size < 10e6


@pytest.mark.breaks
def test_a_page_that_cannot_be_gathered(newcomer: Reader) -> None:
    newcomer.server.faults.append(lambda path: Reply(503) if path.endswith(".wasm.zstd") else None)
    newcomer.open("playground/")
    newcomer.page.locator("page-file button").click()
    status = newcomer.page.locator("page-file [role=status]")
    expect(status).to_contain_text(
        "pyodide.asm.wasm.zstd could not be loaded: the server answered 503"
    )
    expect(newcomer.page.locator("page-file button")).to_be_enabled()
