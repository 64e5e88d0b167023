"""Chromium on the built site: every console error, page error and foreign request fails a test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from browser import chromium
from browser.engine_record import pytest_runtest_makereport, pytest_sessionfinish
from browser.faults import KINDS
from browser.reader import Reader, Regular
from browser.releases import Publisher
from browser.server import SITE, PagesServer, serve

__all__ = ["pytest_runtest_makereport", "pytest_sessionfinish"]  # pytest finds them here

pytest.register_assert_rewrite("browser.every_engine", "browser.guest")

KEPT = "local_storage,session_storage,indexeddb,file_systems,cache_storage,service_workers"
"""What a browser keeps of a site, but for its cache."""

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
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Chromium, with the module's `CHROMIUM_ARGUMENTS`."""
    path = chromium.find()
    if not path:
        pytest.fail("no Chromium: run 'make chromium'")
    with sync_playwright() as playwright:
        arguments = [*chromium.ARGUMENTS, "--js-flags=--liftoff-only"]  # a fifth less work a start
        arguments += getattr(request.module, "CHROMIUM_ARGUMENTS", [])
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="module")
def site_server(built_site: Path) -> Iterator[PagesServer]:
    """The server of a module's tests: one address, hence one storage and one cache."""
    with serve(built_site) as running:
        yield running


@pytest.fixture
def server(site_server: PagesServer) -> Iterator[PagesServer]:
    """The same without what the tests before have told it."""
    yield site_server
    site_server.forget()


def new_profile(browser: Browser, server: PagesServer) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        service_workers="block",  # test_offline.py is about them; elsewhere they hide requests
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.url)
    return context


@pytest.fixture(scope="module")
def profile(browser: Browser, site_server: PagesServer) -> Iterator[BrowserContext]:
    """A browser profile that the tests of a module share."""
    context = new_profile(browser, site_server)
    yield context
    context.close()


def empty_tab(profile: BrowserContext, server: PagesServer) -> Page:
    """Open a tab and forget what the profile has kept of the site."""
    profile.set_offline(offline=False)
    page = profile.new_page()
    origin = urlsplit(server.url)
    profile.new_cdp_session(page).send(
        "Storage.clearDataForOrigin",
        {"origin": f"{origin.scheme}://{origin.netloc}", "storageTypes": KEPT},
    )
    return page


def require_clean(reader: Reader, request: pytest.FixtureRequest) -> None:
    """Nothing left the site, and errors only where `@pytest.mark.breaks` expects them."""
    assert not reader.foreign, f"requests left the site: {reader.foreign}"
    if not request.node.get_closest_marker("breaks"):
        assert not reader.errors, f"the console has errors: {reader.errors}"


@pytest.fixture
def reader(
    profile: BrowserContext, server: PagesServer, request: pytest.FixtureRequest
) -> Iterator[Reader]:
    """A reader in a new tab: files of the site are in the browser's cache, nothing else is kept."""
    one = Reader(empty_tab(profile, server), server)
    yield one
    one.leave()
    require_clean(one, request)


@pytest.fixture
def newcomer(
    browser: Browser, server: PagesServer, request: pytest.FixtureRequest
) -> Iterator[Reader]:
    """A reader whose browser has never seen the site: for first starts, bad files and storage."""
    context = new_profile(browser, server)
    one = Reader(context.new_page(), server)
    yield one
    context.close()
    require_clean(one, request)


@pytest.fixture(scope="module")
def seat(profile: BrowserContext, site_server: PagesServer) -> Iterator[list[Regular]]:
    """Where `regular` sits from test to test."""
    taken: list[Regular] = []
    yield taken
    for one in taken:
        one.leave()


@pytest.fixture
def regular(
    seat: list[Regular],
    profile: BrowserContext,
    server: PagesServer,
    request: pytest.FixtureRequest,
) -> Iterator[Reader]:
    """The reader of a module's one page: Python stays up, edits are forgotten at each `open`.

    A test that fails takes the page along; the next one gets a new one.
    """
    if seat and not seat[0].is_well():
        seat.pop().leave()
    if not seat:
        seat.append(Regular(empty_tab(profile, server), server))
    one = seat[0]
    for records in (one.errors, one.foreign, one.requests):
        records.clear()
    before = request.session.testsfailed
    yield one
    if request.session.testsfailed > before:
        seat.pop().leave()
    require_clean(one, request)


@pytest.fixture(scope="module")
def page(profile: BrowserContext, site_server: PagesServer) -> Iterator[Reader]:
    """A reader on the playground; the tests of a module share page and Python as they are."""
    one = Reader(profile.new_page(), site_server)
    one.open("playground/")
    yield one
    one.leave()


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
