"""Chromium on the built site: every console error, page error and foreign request fails a test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from browser import chromium
from browser.faults import KINDS
from browser.reader import Reader
from browser.releases import Publisher
from browser.server import SITE, PagesServer, serve

COUNTED = pytest.StashKey[Counter[str]]()


def faults_of(items: list[pytest.Item]) -> Counter[str]:
    """Count the faults that tests try, by their kind."""
    marks = [mark for item in items for mark in item.iter_markers("fault")]
    return Counter(dict.fromkeys(KINDS, 0)) + Counter(
        {kind: sum(m.kwargs.get("rows", 1) for m in marks if m.args == (kind,)) for kind in KINDS}
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse a fault that is not in the table."""
    unknown = {m.args for item in items for m in item.iter_markers("fault")} - {
        (kind,) for kind in KINDS
    }
    if unknown:
        raise pytest.UsageError(f"no kind of fault in faults.py: {unknown}")
    config.stash[COUNTED] = faults_of(items)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the count: `pytest tests/browser -m fault --collect-only -q`."""
    if config.option.markexpr != "fault":
        return
    counted = config.stash.get(COUNTED, Counter())
    for kind, meaning in KINDS.items():
        terminalreporter.write_line(f"{counted[kind]:4} {kind}: {meaning}")
    terminalreporter.write_line(f"{counted.total()} faults of {len(KINDS)} kinds")


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


@pytest.fixture(scope="module")
def page(browser: Browser, built_site: Path) -> Iterator[Reader]:
    """A reader on the playground; the tests of a module share page and Python."""
    with serve(built_site) as running:
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, service_workers="block"
        )
        one = Reader(context.new_page(), running, is_guarded=False)
        one.open("playground/")
        yield one
        context.close()


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
