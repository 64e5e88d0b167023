"""Chromium on the built site: every console error, page error and foreign request fails a test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from browser import chromium
from browser.reader import Reader
from browser.releases import Publisher
from browser.server import SITE, PagesServer, serve


@pytest.fixture(scope="session")
def built_site() -> Path:
    if not (SITE / "index.html").is_file():
        pytest.fail("there is no built site: run 'make build', or 'make test' for everything")
    return SITE


@pytest.fixture(scope="module")  # Playwright's loop runs as long; others need asyncio.run()
def browser() -> Iterator[Browser]:
    path = chromium.find()
    if not path:
        pytest.fail("no Chromium: run 'make chromium'")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))
        yield started
        started.close()


@pytest.fixture
def server(built_site: Path) -> Iterator[PagesServer]:
    with serve(built_site) as running:
        yield running


@pytest.fixture
def reader(
    browser: Browser, server: PagesServer, request: pytest.FixtureRequest
) -> Iterator[Reader]:
    """A reader with a fresh profile; `@pytest.mark.breaks` allows errors on purpose."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        service_workers="block",  # test_offline.py is about them; elsewhere they hide requests
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.url)
    one = Reader(context.new_page(), server)
    yield one
    context.close()
    assert not one.foreign, f"requests left the site: {one.foreign}"
    if not request.node.get_closest_marker("breaks"):
        assert not one.errors, f"the console has errors: {one.errors}"


@pytest.fixture
def host(publisher: Publisher) -> Iterator[PagesServer]:
    """A server of the releases that a test publishes; its module says what `publisher` is."""
    with serve(publisher.folder) as running:
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A profile with service workers."""
    one = browser.new_context(viewport={"width": 1280, "height": 900})
    yield one
    one.close()
