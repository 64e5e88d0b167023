"""The service worker: whole releases, verified, never mixed; edits outlive them all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from browser.reader import Reader
from browser.server import PagesServer, Reply, serve
from livecells.build.manifest import loads
from livecells.build.precache import write_service_worker

MARK = "Python Trends, Checked"
CACHES = "caches.keys()"


class Publisher:
    """A copy of the site that can be published again, changed."""

    def __init__(self, built: Path, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(built, folder)
        (manifest,) = folder.glob("livecells/*/manifest.json")
        self.runtime = [file["path"] for file in loads(manifest.read_text())["files"]]

    def publish(self, title: str, *, is_on: bool = True) -> None:
        """Change the title of the home page and write the service worker of the new release."""
        home = self.folder / "index.html"
        text = home.read_text().replace("<title>", f"<title>{title} ")
        home.write_text(text)
        write_service_worker(self.folder, self.runtime, is_on=is_on)


@pytest.fixture
def publisher(built_site: Path, tmp_path: Path) -> Publisher:
    return Publisher(built_site, tmp_path / "site")


@pytest.fixture
def host(publisher: Publisher) -> Iterator[PagesServer]:
    with serve(publisher.folder) as running:
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    one = browser.new_context(viewport={"width": 1280, "height": 900})
    yield one
    one.close()


def visit(context: BrowserContext, host: PagesServer, path: str = "") -> Reader:
    reader = Reader(context.new_page(), host, is_guarded=False)
    reader.open(path)
    return reader


def installed(reader: Reader) -> None:
    """Wait until the first release is kept and answers this page."""
    reader.page.wait_for_function(
        "navigator.serviceWorker.controller?.state === 'activated'", polling=100
    )


def title_of(reader: Reader, path: str = "") -> str:
    reader.page.goto(reader.server.url + path)
    return reader.page.title()


def changes_to(reader: Reader, title: str) -> None:
    """Go on reading until the new release answers.

    That is the next page, or the one after it while the browser still counts the last as open.
    Only waits with a limit here: `evaluate` and `title` have none, and stand still for good when
    the page changes under them.
    """
    for _ in range(5):
        reader.page.wait_for_function(
            "(url) => { setTimeout(() => location.assign(url)); return true; }",
            arg=reader.server.url,
        )
        with suppress(PlaywrightTimeoutError):  # the switch may ask for the page twice
            return reader.page.wait_for_function(
                "(title) => document.title.startsWith(title)", arg=title, timeout=10_000
            ).dispose()
    pytest.fail(f"the new release {title!r} never answered")


def update(reader: Reader, has_come: str) -> None:
    """Ask for the new release and wait for it; `has_come` is true of the registration then."""
    reader.page.wait_for_function(
        """async () => {
          const one = await navigator.serviceWorker.getRegistration();
          void one?.update().catch(() => {});
          return true;
        }"""
    )
    reader.page.wait_for_function(
        f"navigator.serviceWorker.getRegistration().then((one) => Boolean({has_come}))", polling=100
    )


def go_offline(host: PagesServer) -> None:
    host.faults.append(lambda _: Reply(drop=True))


@pytest.mark.breaks
def test_a_page_never_visited_runs_python_offline(
    context: BrowserContext, host: PagesServer
) -> None:
    reader = visit(context, host, "method/")
    panel = reader.page.locator("offline-panel")
    panel.get_by_role("button", name="Save Python and data").click()
    expect(panel).to_have_attribute("data-state", "saved")
    go_offline(host)
    reader.open("frameworks/modern-web/")
    cell = reader.cell("web-claimed-and-counted")
    reader.run(cell)
    expect(cell.locator(".chart-live svg")).to_be_visible()


@pytest.mark.breaks
def test_pages_alone_are_read_offline(context: BrowserContext, host: PagesServer) -> None:
    reader = visit(context, host)
    installed(reader)
    go_offline(host)
    reader.page.goto(host.url + "method")  # without the slash
    assert reader.page.url == host.url + "method/"
    expect(reader.page.get_by_role("heading", name="From a value to a verdict")).to_be_visible()
    reader.page.goto(host.url + "no/such/page/")
    expect(reader.page.locator("body")).to_contain_text("404")


def test_removing_keeps_the_pages(context: BrowserContext, host: PagesServer) -> None:
    reader = visit(context, host, "method/")
    panel = reader.page.locator("offline-panel")
    panel.get_by_role("button", name="Save Python and data").click()
    panel.get_by_role("button", name="Remove Python and data").click()
    expect(panel).to_have_attribute("data-state", "pages")
    assert reader.page.evaluate(f"caches.match('{host.url}index.html').then(Boolean)")
    assert not reader.page.evaluate(
        f"caches.match('{host.url}data/packages.parquet').then(Boolean)"
    )


def test_open_tabs_keep_their_release(
    context: BrowserContext, host: PagesServer, publisher: Publisher
) -> None:
    one, two = visit(context, host), visit(context, host, "playground/")
    installed(one)
    cell = two.first_cell()
    two.edit(cell, "print('mine')")
    two.page.wait_for_timeout(600)
    one.page.evaluate("caches.open('livecells:/another-project/:1')")

    publisher.publish("Second")
    update(one, "one.waiting")
    assert not title_of(one).startswith("Second"), "a tab changed while another was open"
    two.page.close()
    changes_to(one, "Second")
    names = one.page.evaluate(CACHES)
    assert len([name for name in names if ":/python-trends/:" in name]) == 1
    assert "livecells:/another-project/:1" in names, "another project's cache was deleted"
    one.open("playground/")
    assert one.source(one.first_cell()) == "print('mine')"


def test_a_release_two_steps_on_is_whole(
    context: BrowserContext, host: PagesServer, publisher: Publisher
) -> None:
    reader = visit(context, host)
    installed(reader)
    for title in ("Second", "Third"):
        publisher.publish(title)
    update(reader, "one.waiting")
    changes_to(reader, "Third")


@pytest.mark.breaks
@pytest.mark.parametrize(
    "fault",
    [
        Reply(body=b"an older file"),
        Reply(404),
        Reply(503),
        Reply(drop=True),
        Reply(body=b"<html>log in</html>", headers={"Content-Type": "text/html"}),
    ],
    ids=["stale", "missing", "busy", "cut off", "captive portal"],
)
def test_a_bad_file_leaves_the_old_release_whole(
    context: BrowserContext, host: PagesServer, publisher: Publisher, fault: Reply
) -> None:
    reader = visit(context, host)
    installed(reader)
    before = reader.page.evaluate(CACHES)
    publisher.publish("Second")
    host.faults.append(lambda asked: fault if asked == "index.html" else None)
    reader.page.evaluate(
        """() => navigator.serviceWorker.getRegistration().then((one) => new Promise((resolve) => {
          one.addEventListener("updatefound", () => {
            const worker = one.installing;
            worker.addEventListener("statechange", () => worker.state === "redundant" && resolve());
          });
          one.update().catch(resolve);
        }))"""
    )
    assert reader.page.evaluate(CACHES) == before
    assert not title_of(reader).startswith("Second")


@pytest.mark.breaks
def test_a_full_disk_leaves_the_site_working(context: BrowserContext, host: PagesServer) -> None:
    page = context.new_page()
    page.goto(host.url + "404.html")
    session = context.new_cdp_session(page)
    origin = host.url.rpartition("/python-trends/")[0]
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 500_000})
    reader = Reader(page, host, is_guarded=False)
    reader.open("method/")
    expect(page.locator("offline-panel")).to_contain_text("Saving did not work")
    assert page.evaluate(CACHES) == []
    reader.run(reader.cell("method-eras"))


def test_the_kill_switch_removes_everything_of_ours(
    context: BrowserContext, host: PagesServer, publisher: Publisher
) -> None:
    reader = visit(context, host)
    installed(reader)
    publisher.publish("Off", is_on=False)
    update(reader, "one === undefined")
    reader.page.wait_for_function("caches.keys().then((names) => names.length === 0)")


@pytest.mark.breaks
def test_ranges_are_answered_from_the_cache(context: BrowserContext, host: PagesServer) -> None:
    reader = visit(context, host)
    installed(reader)
    go_offline(host)
    ask = """async ([path, range]) => {
      const response = await fetch(path, {headers: {Range: range}});
      return [response.status, response.headers.get("Content-Range"), await response.text()];
    }"""
    body = (Path("_site") / "404.html").read_text()
    path = host.url + "404.html"
    size = len(body.encode())
    assert reader.page.evaluate(ask, [path, "bytes=2-9"]) == [206, f"bytes 2-9/{size}", body[2:10]]
    assert reader.page.evaluate(ask, [path, f"bytes={size}-"])[0] == 416
