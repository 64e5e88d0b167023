"""How many second parts of modules the cells of each page call; they should call none.

The line is said to be slow, so a second part is fetched only when it is called.
"""

from __future__ import annotations

from playwright.sync_api import Playwright

from agreement import pages_with_cells
from bench.page import Tab, fresh
from bench.record import Sample
from browser import chromium
from browser.server import SITE, PagesServer


def measure(playwright: Playwright, server: PagesServer) -> list[Sample]:
    """Run all cells of every page, each in a Python of its own."""
    found = []
    with fresh(playwright, chromium.SLOW_LINE) as context:
        for path in pages_with_cells(SITE):
            tab = Tab(context, server)
            tab.reader.open(path)
            tab.reader.run_all()
            called = float(len(tab.reader.late_parts()))
            found.append(Sample("second parts", path or "the first page", "site", "calls", called))
            tab.close()
    return found
