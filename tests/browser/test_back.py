"""A page that the browser keeps when a reader leaves it: Back brings outputs and variables."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from playwright.sync_api import TimeoutError as PatienceError
from playwright.sync_api import expect

from browser import chromium
from browser.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page, Request

    from browser.server import PagesServer

ELSEWHERE = "data:text/html,<title>elsewhere</title>"
QUIET_S = 2
PATIENCE_S = 120


class Network:
    """The requests of a page that are under way: no browser keeps a page that waits for one."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pending: set[Request] = set()
        self.changed = time.monotonic()
        page.on("request", lambda one: self._note(self.pending.add, one))
        for end in ("requestfinished", "requestfailed"):
            page.on(end, lambda one: self._note(self.pending.discard, one))

    def _note(self, change: Callable[[Request], None], one: Request) -> None:
        change(one)
        self.changed = time.monotonic()

    def await_quiet(self) -> None:
        end = time.monotonic() + PATIENCE_S
        while self.pending or time.monotonic() - self.changed < QUIET_S:
            assert time.monotonic() < end, self.pending
            self.page.wait_for_timeout(100)


def test_back_brings_outputs_and_variables(browser: Browser, site_server: PagesServer) -> None:
    keeping = browser.browser_type.launch(
        executable_path=chromium.find(),
        args=chromium.ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache"],  # Playwright's
    )
    page = keeping.new_page()
    network = Network(page)
    reader = Reader(page, site_server)
    reader.open("playground/")
    cell = reader.first_cell()
    reader.edit(cell, "kept = 7\nkept * 6")
    reader.run(cell)
    expect(reader.outputs(cell)).to_contain_text("42")
    network.await_quiet()
    page.evaluate("addEventListener('pageshow', (event) => (self.isKept = event.persisted))")
    page.goto(ELSEWHERE)
    with suppress(PatienceError):  # Playwright waits for a load, which a kept page does not have
        page.go_back(timeout=2_000)
    why = "JSON.stringify(performance.getEntriesByType('navigation')[0].notRestoredReasons)"
    assert page.evaluate("self.isKept === true"), page.evaluate(why)
    expect(reader.outputs(cell)).to_contain_text("42")
    reader.edit(cell, "kept + 1")
    reader.run(cell)
    expect(reader.outputs(cell)).to_contain_text("8")
    keeping.close()
