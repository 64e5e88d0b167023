"""The built site, unchanged, on hosts of other kinds: each runs a cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser.hosts import HOSTS, as_server
from browser.reader import Reader

CHAPTER = "frameworks/modern-web/"
CELL = "web-claimed-and-counted"


@pytest.mark.parametrize("name", HOSTS)
def test_a_cell_runs(browser: Browser, built_site: Path, tmp_path: Path, name: str) -> None:
    with HOSTS[name](built_site, tmp_path) as url:
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, service_workers="block"
        )
        reader = Reader(context.new_page(), as_server(url))
        reader.open(CHAPTER)
        cell = reader.cell(CELL)
        reader.run(cell)
        expect(cell.locator(".chart-live svg")).to_be_visible()
        isolated = reader.page.evaluate("crossOriginIsolated")
        context.close()
    assert isolated == (name == "COOP and COEP")
    assert not reader.foreign
    assert not reader.errors
