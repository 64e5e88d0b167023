"""A few rounds of `make soak`: enough to see what every run leaves behind."""

from __future__ import annotations

from playwright.sync_api import Browser

from browser.server import PagesServer
from soak.loads import edits


def test_some_edits_and_runs_leave_nothing(browser: Browser, server: PagesServer) -> None:
    soaked = edits(browser, server, rounds=40)
    growth = soaked.slopes()
    assert growth["DOM nodes"] < 1
    assert growth["listeners"] < 1
    assert growth["wasm memory, MB"] < 1
