"""What a reader takes along: the page's cells as files that run elsewhere, and a page as it was."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import venv
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Download, expect

from browser.reader import Reader

CHAPTER = "frameworks/modern-web/"


@pytest.fixture
def reader(regular: Reader) -> Reader:
    """One page for the tests of this file."""
    return regular


def choose(reader: Reader, entry: str) -> None:
    reader.press(reader.bar, "This page")
    reader.bar.get_by_role("menuitem", name=entry).click()


def saved(reader: Reader, entry: str) -> Download:
    with reader.page.expect_download() as download:
        choose(reader, entry)
    return download.value


def test_a_notebook_has_every_cell_and_its_outputs(reader: Reader) -> None:
    reader.open(CHAPTER)
    cell = reader.first_cell()
    reader.edit(cell, "print('mine')")
    reader.run(cell)
    download = saved(reader, "Download notebook (.ipynb)")
    assert download.suggested_filename == "modern-web.ipynb"
    notebook = json.loads(download.path().read_text())
    nbformat.validate(notebook)
    ids = reader.page.locator(f"code-cell[data-page='{CHAPTER}']").evaluate_all(
        "cells => cells.map(({id}) => id)"
    )
    assert [one["id"] for one in notebook["cells"]] == ["setup", *ids]
    setup, first = notebook["cells"][:2]
    other = next(one for one in notebook["cells"] if one["id"] == "web-crossings")
    assert "".join(setup["source"]).startswith(f"%pip install {reader.server.url}livecells/native/")
    assert first["outputs"] == [{"output_type": "stream", "name": "stdout", "text": "mine\n"}]
    (shown,) = other["outputs"]  # the author's, though this Python has not run it
    assert shown["data"]["application/vnd.vegalite.v6+json"]["datasets"]


def test_the_file_runs_natively_after_pip_install(
    reader: Reader, built_site: Path, tmp_path: Path
) -> None:
    reader.open(CHAPTER)
    choose(reader, "Open locally")
    dialog = reader.page.get_by_role("dialog", name="Open locally")
    install, run = dialog.locator("pre").inner_text().splitlines()
    assert run == "jupyter lab modern-web.ipynb"
    with reader.page.expect_download() as download:
        dialog.get_by_role("button", name=re.compile(r"\.py")).click()
    script = tmp_path / "modern-web.py"
    download.value.save_as(script)
    # A Python that has the wheel but not this checkout; Polars and Altair are those of the tests.
    venv.create(tmp_path / "venv", with_pip=False)
    (site_packages,) = (tmp_path / "venv").glob("lib/python*/site-packages")
    wheel = built_site / install.split()[2].removeprefix(reader.server.url)
    subprocess.run(
        [sys.executable, "-m", "zipfile", "-e", str(wheel), str(site_packages)], check=True
    )
    own = [path for path in sys.path if path.endswith("site-packages")]
    (site_packages / "tests.pth").write_text("\n".join(own))
    python = tmp_path / "venv" / "bin" / "python"
    checked = f"{script.read_text()}\nimport trends\nprint(trends.__file__)\n"
    script.write_text(checked)
    done = subprocess.run(
        [python, script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith(str(site_packages / "trends" / "__init__.py"))
    assert (tmp_path / "data" / "pypi_monthly_downloads.parquet").is_file()


def test_a_chart_is_handed_out_as_json(reader: Reader) -> None:
    reader.open("playground/")
    cell = reader.first_cell()
    reader.edit(cell, "import altair as alt\nalt.Chart({'values': [{'a': 1}]}).mark_bar()")
    reader.run(cell)
    reader.press(cell, "More")
    with reader.page.expect_download() as download:
        cell.get_by_role("menuitem", name="Specification (.json)").click()
    assert json.loads(download.value.path().read_text())["mark"] == {"type": "bar"}


def test_reset_page_can_be_undone(reader: Reader) -> None:
    reader.open(CHAPTER)
    cell = reader.first_cell()
    original = reader.source(cell)
    reader.edit(cell, "kept = 1\nkept + 1")
    reader.run(cell)
    choose(reader, "Reset page")
    toast = reader.page.locator(".cell-toast")
    expect(toast).to_contain_text("code is back in one cell.")
    toast.get_by_role("button", name="Undo").click()
    expect(cell.locator(".cm-content")).to_contain_text("kept = 1")
    expect(reader.outputs(cell)).to_have_text("2")
    choose(reader, "Reset page")
    assert reader.source(cell) == original
    expect(cell.locator("figure.chart")).to_be_visible()
    second = reader.cell("web-crossings")
    reader.edit(second, "'kept' in globals()")
    reader.press(second, "Run")
    reader.wait_for_state(second, "ok")
    expect(reader.outputs(second)).to_have_text("False")
    reader.page.reload()
    assert reader.source(reader.first_cell()) == original
