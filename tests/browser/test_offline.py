"""The service worker: what is kept, what the reader sees of it, and that it can be taken back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from browser.reader import Reader
from browser.releases import CACHES, PYTHON, Publisher, Visitor, go_offline, go_online
from browser.server import PagesServer, Reply

FIGURE = "home-claimed-and-counted.json"


@pytest.fixture
def publisher(built_site: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Publisher:
    """A small site; `@pytest.mark.whole` asks for all of it, with Python."""
    is_whole = request.node.get_closest_marker("whole") is not None
    return Publisher(built_site, tmp_path / "site", is_whole=is_whole)


def panel_of(page: Page) -> Locator:
    return page.locator("offline-panel")


def press(panel: Locator, name: str) -> None:
    panel.get_by_role("button", name=name).click()


@pytest.mark.fault("offline")
@pytest.mark.breaks
@pytest.mark.whole
def test_a_page_never_visited_runs_python_offline(
    context: BrowserContext, host: PagesServer
) -> None:
    visitor = Visitor(context, host, "method/")
    panel = panel_of(visitor.page)
    press(panel, "Save Python and data")
    expect(panel).to_have_attribute("data-state", "saved")
    go_offline(host)
    visitor.reader.open("frameworks/modern-web/")
    cell = visitor.reader.cell("web-claimed-and-counted")
    visitor.reader.run(cell)
    expect(cell.locator(".chart-live svg")).to_be_visible()
    visitor.reader.press(cell, "More")
    cell.get_by_role("menuitem", name="Cite").click()
    expect(cell.get_by_role("dialog")).to_contain_text("FastAPI")


@pytest.mark.fault("offline")
@pytest.mark.breaks
@pytest.mark.whole
def test_what_ran_once_runs_offline(context: BrowserContext, host: PagesServer) -> None:
    visitor = Visitor(context, host, "frameworks/modern-web/")
    visitor.installed()
    reader = visitor.reader
    cell = reader.cell("web-claimed-and-counted")
    reader.run(cell)
    runtime = [path for path in host.requests if path.startswith("livecells/runtime/")]
    for kept in (*runtime, "data/pypi_monthly_downloads.parquet"):
        visitor.wait(f"caches.match('{host.url}{kept}').then(Boolean)")
    runtime = [path for path in host.requests if path.startswith("livecells/runtime/")]
    assert len(runtime) == len(set(runtime)), "it travelled twice"
    go_offline(host)
    reader.open("frameworks/modern-web/")
    reader.run(cell)
    expect(cell.locator(".chart-live svg")).to_be_visible()
    context.set_offline(True)
    reader.edit(cell, "from trends import data\ndata.load('micropython_releases')")
    reader.press(cell, "Run")  # the error itself may need what has never been fetched
    expect(reader.bar).to_contain_text("is not saved in this browser, and there is no network")
    reader.open("method/")
    expect(panel_of(visitor.page)).to_contain_text("What you have run works offline")


@pytest.mark.breaks
def test_it_can_be_installed_and_starts_offline(context: BrowserContext, host: PagesServer) -> None:
    visitor = Visitor(context, host)
    visitor.installed()
    session = context.new_cdp_session(visitor.page)
    told = session.send("Page.getAppManifest")
    assert told["errors"] == []
    named = json.loads(told["data"])
    assert named["name"] == "Python Trends, Checked"
    # a private window cannot install anything: that is all that may be missing
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {error["errorId"] for error in errors} <= {"in-incognito"}
    go_offline(host)
    start = str(
        visitor.page.evaluate("(url) => new URL(url, location.href).href", named["start_url"])
    )
    answer = visitor.page.goto(start)
    assert answer
    assert answer.from_service_worker
    expect(visitor.page.get_by_role("heading", name="Python Trends, Checked")).to_be_visible()


SHARE = """() => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "../playground/", enctype: "multipart/form-data" });
  const field = Object.assign(document.createElement("input"), { type: "file", name: "files" });
  const files = new DataTransfer();
  files.items.add(new File(["a,b\\n1,2\\n"], "päckchen & co.csv"));
  field.files = files.files;
  form.append(field);
  document.body.append(form);
  form.submit();
}"""


def test_a_shared_file_becomes_the_readers_own(context: BrowserContext, host: PagesServer) -> None:
    """What a system sends to a share target is what a form sends."""
    visitor = Visitor(context, host)
    visitor.installed()
    page = visitor.page
    page.goto(host.url + "method/")
    page.evaluate(SHARE)
    expect(page.locator("dialog.own-data")).to_contain_text("päckchen & co.csv")
    assert page.url == host.url + "playground/"
    page.reload()
    expect(page.locator("code-cell .cell-toolbar").first).to_be_visible()
    expect(page.locator("dialog.own-data")).to_have_count(0)


def test_a_file_that_opens_the_site_is_taken(context: BrowserContext, host: PagesServer) -> None:
    visitor = Visitor(context, host)
    visitor.page.add_init_script("""
      const file = new File(["a,b\\n1,2\\n"], "opened.csv");
      const files = [{ getFile: async () => file }];
      const value = { setConsumer: (take) => take({ files }) };
      Object.defineProperty(self, "launchQueue", { value });
    """)
    visitor.page.goto(host.url + "playground/")
    expect(visitor.page.locator("dialog.own-data")).to_contain_text("opened.csv")


@pytest.mark.fault("offline")
@pytest.mark.breaks
def test_pages_alone_are_read_offline(context: BrowserContext, host: PagesServer) -> None:
    visitor = Visitor(context, host)
    visitor.installed()
    go_offline(host)
    page = visitor.page
    page.goto(host.url + "method?from=mail")  # without the slash
    assert page.url == host.url + "method/?from=mail"
    expect(page.get_by_role("heading", name="From a value to a verdict")).to_be_visible()
    page.goto(host.url)
    expect(page.get_by_role("heading", name="Python Trends, Checked")).to_be_visible()
    answer = page.goto(host.url + "no/such/page/")
    assert answer
    assert answer.status == 404
    expect(page.get_by_role("heading", name="This page is not here")).to_be_visible()


def test_the_panel_says_what_is_kept_and_takes_it_back(
    context: BrowserContext, host: PagesServer, publisher: Publisher
) -> None:
    visitor = Visitor(context, host, "method/")
    page, panel = visitor.page, panel_of(visitor.page)
    expect(panel).to_have_attribute("data-state", "pages")
    expect(panel).to_contain_text("Version First, build build-first, saved on")
    press(panel, "Save Python and data")
    expect(panel).to_have_attribute("data-state", "saved")
    kept = sum(entry[1] for entry in _listed(publisher).values())
    expect(panel).to_contain_text(f"{kept / 1e6:.1f} MB on this device")
    press(panel, "Remove Python and data")
    expect(panel).to_have_attribute("data-state", "pages")
    assert page.evaluate(f"caches.match('{host.url}index.html').then(Boolean)")
    assert not page.evaluate(f"caches.match('{host.url}{PYTHON}').then(Boolean)")
    press(panel, "Remove everything")
    expect(panel).to_have_attribute("data-state", "removed")
    assert page.evaluate(CACHES) == []
    page.reload()
    expect(panel).to_have_attribute("data-state", "removed")
    page.wait_for_timeout(1500)  # by then a page would have asked for the worker
    assert not page.evaluate("navigator.serviceWorker.getRegistration().then(Boolean)")
    press(panel, "Save the pages")
    expect(panel).to_have_attribute("data-state", "pages")


@pytest.mark.breaks
def test_saving_can_be_paused_and_goes_on_where_it_stood(
    context: BrowserContext, host: PagesServer
) -> None:
    visitor = Visitor(context, host, "method/")
    panel = panel_of(visitor.page)
    host.faults.append(lambda asked: Reply(body=b"M", stall=True) if asked == PYTHON else None)
    press(panel, "Save Python and data")
    expect(panel).to_have_attribute("data-state", "saving")
    visitor.wait(f"caches.match('{host.url}figures/{FIGURE}').then(Boolean)")
    press(panel, "Pause")
    expect(panel).to_have_attribute("data-state", "paused")
    go_online(host)
    asked = len(host.requests)
    press(panel, "Save the rest")
    expect(panel).to_have_attribute("data-state", "saved")
    again = [path for path in host.requests[asked:] if path.startswith("figures/")]
    assert not again, "what was here was fetched again"


@pytest.mark.fault("release")
@pytest.mark.breaks
def test_saving_that_fails_names_the_file(context: BrowserContext, host: PagesServer) -> None:
    visitor = Visitor(context, host, "method/")
    panel = panel_of(visitor.page)
    portal = Reply(body=b"<html>log in</html>", headers={"Content-Type": "text/html"})
    host.faults.append(lambda asked: portal if asked == PYTHON else None)
    press(panel, "Save Python and data")
    expect(panel).to_contain_text(f"{PYTHON}: a web page came in its place")
    expect(panel).to_have_attribute("data-state", "paused")
    expect(panel.get_by_role("button", name="Save the rest")).to_be_visible()


def test_a_new_version_says_what_it_changed_and_waits(
    context: BrowserContext, host: PagesServer, publisher: Publisher
) -> None:
    one = Visitor(context, host)
    one.installed()
    two = Visitor(context, host, "method/")
    for title in ("Second", "Third"):
        publisher.publish(title)
    panel = panel_of(two.page)
    press(panel, "Check for a new version")
    expect(panel).to_contain_text("Version Third, build build-third is ready.")
    assert panel.locator("li").all_inner_texts() == ["Third it is.", "Second it is."]
    press(panel, "Later")
    expect(panel.get_by_role("button", name="Switch now")).to_be_hidden()
    two.page.reload()
    press(panel, "Switch now")
    expect(panel).to_contain_text("Another tab shows the previous version.")
    one.page.wait_for_timeout(300)
    assert one.page.title().startswith("First"), "a tab changed unasked"
    press(panel, "Switch all tabs")
    expect(one.page).to_have_title(re.compile("^Third"))  # it was loaded again, whole
    expect(panel).to_contain_text("Version Third, build build-third, saved on")


@pytest.mark.fault("release")
@pytest.mark.breaks
def test_a_new_version_that_fails_is_told(
    context: BrowserContext, host: PagesServer, publisher: Publisher
) -> None:
    visitor = Visitor(context, host, "method/")
    visitor.installed()
    publisher.publish("Second")
    host.faults.append(lambda asked: Reply(404) if asked == "index.html" else None)
    panel = panel_of(visitor.page)
    press(panel, "Check for a new version")
    expect(panel).to_contain_text("Version Second, build build-second could not be downloaded.")
    expect(panel).to_contain_text("index.html: the server answered 404.")
    expect(panel).to_contain_text("You stay on Version First, build build-first")


@pytest.mark.fault("storage full")
@pytest.mark.breaks
def test_a_full_disk_leaves_the_site_working(context: BrowserContext, host: PagesServer) -> None:
    page = context.new_page()
    page.goto(host.url + "404.html")
    session = context.new_cdp_session(page)
    origin = host.url.rpartition("/python-trends/")[0]
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 500_000})
    reader = Reader(page, host)
    reader.open("method/")
    expect(panel_of(page)).to_contain_text("The browser has no room left for this site.")
    assert page.evaluate(CACHES) == []
    expect(reader.cell("method-eras").locator(".chart-live svg")).to_be_visible()


def test_the_kill_switch_removes_everything_of_ours(
    context: BrowserContext, host: PagesServer, publisher: Publisher
) -> None:
    visitor = Visitor(context, host)
    visitor.installed()
    visitor.page.evaluate("caches.open('livecells:/another-project/:1')")
    publisher.publish("Off", is_on=False)
    visitor.update("one === undefined")
    visitor.wait("caches.keys().then((names) => names.length === 1)")
    assert visitor.page.evaluate(CACHES) == ["livecells:/another-project/:1"]
    visitor.page.goto(host.url)
    assert visitor.page.title().startswith("Off")


@pytest.mark.breaks
def test_ranges_are_answered_from_the_cache(
    context: BrowserContext, host: PagesServer, publisher: Publisher
) -> None:
    visitor = Visitor(context, host)
    visitor.installed()
    body = (publisher.folder / "404.html").read_text()
    size = len(body.encode())
    etag = visitor.page.evaluate(
        f"fetch('{host.url}404.html').then((one) => one.headers.get('ETag'))"
    )
    go_offline(host)

    def ask(wanted: str, condition: str = "") -> Any:
        headers = {"Range": wanted} | ({"If-Range": condition} if condition else {})
        return visitor.page.evaluate(
            """async ([path, headers]) => {
              const response = await fetch(path, { headers });
              const text = await response.text();
              return [response.status, response.headers.get("Content-Range"), text];
            }""",
            [host.url + "404.html", headers],
        )

    assert ask("bytes=2-9") == [206, f"bytes 2-9/{size}", body[2:10]]
    assert ask("bytes=-7") == [206, f"bytes {size - 7}-{size - 1}/{size}", body[-7:]]
    assert ask(f"bytes={size - 3}-") == [206, f"bytes {size - 3}-{size - 1}/{size}", body[-3:]]
    assert ask("bytes=2-9", etag)[0] == 206
    assert ask(f"bytes={size}-")[:2] == [416, f"bytes */{size}"]
    for whole in (ask("bytes=2-9", '"of another release"'), ask("bytes=0-1,4-5"), ask("lines=1-2")):
        assert whole == [200, None, body]


def _listed(publisher: Publisher) -> dict[str, Any]:
    line = (publisher.folder / "sw.js").read_text().partition("\n")[0]
    listed = json.loads(line.removeprefix("self.PRECACHE = ").removesuffix(";"))
    return {**listed["shell"], **listed["runtime"]}
