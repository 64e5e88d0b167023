"""What must run in every engine: `test_in_*.py` have these tests, each with its own engine."""

from __future__ import annotations

import os
import re
import zipfile
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from browser.engines import Tab, missing, tab
from browser.guest import LIVE, Guest
from browser.ours import fragment
from browser.releases import go_offline, go_online
from browser.server import SITE, Line, PagesServer, Reply, serve

PLAYGROUND = "playground/"
CHAPTER = "frameworks/modern-web/"
CHART_CELL = "code-cell#web-claimed-and-counted"
SALES = "day;shop;n\n2025-01-01;a;1\n2025-01-02;b;\n"
READ = "import polars as pl\npl.read_csv('own/sales.csv', separator=';')['n'].sum()"
CHARTS = """() => {
  const charts = [...document.querySelectorAll("code-cell [data-part=outputs]")];
  const drawn = charts.map((one) => one.querySelector("svg, img")).filter(Boolean);
  return drawn.filter((one) => one.getBoundingClientRect().height > 100).length;
}"""
SCROLL = """() => {
  const one = document.querySelector(".table-scroller");
  one.scrollTop = one.scrollHeight;
}"""
READ_ON = """async () => {
  scrollTo(0, document.documentElement.scrollHeight);
  await new Promise((seen) => setTimeout(seen, 200));
}"""
SAVE = """() => {
  const buttons = [...document.querySelectorAll("offline-panel button")];
  const wanted = (one) => !one.hidden && /^Save (Python|the rest)/.test(one.textContent);
  return buttons.find(wanted)?.textContent;
}"""
CLICK_RUN = """() => {
  const buttons = [...document.querySelectorAll("code-cell button")];
  buttons.find((one) => one.textContent === "Run").click();
}"""
KEEP = "kept = 7"
SURVIVED = "ok: 7"
KEPT = """async () => {
  const names = [];
  try {
    const root = await navigator.storage.getDirectory();
    for await (const folder of root.values()) {
      for await (const name of folder.keys()) names.push(name);
    }
  } catch {
    for (const name of await caches.keys()) {
      for (const { url } of await (await caches.open(name)).keys()) names.push(url);
    }
  }
  return names.some((name) => /[0-9a-f]{16}[.]json$/.test(name));
}"""
"""Whether Python's memory is kept; its head is written last."""

PAGE_AS_FILE = """async () => {
  const { createObjectURL } = URL;
  const saved = new Promise((resolve) => {
    URL.createObjectURL = (blob) => (resolve(blob), createObjectURL.call(URL, blob));
  });
  document.querySelector("page-file button").click();
  const reader = new FileReader();
  reader.readAsDataURL(await saved);
  await new Promise((resolve) => reader.addEventListener("load", resolve));
  return reader.result.replace(/^[^,]*,/, "");
}"""
"""What the button at a page's foot saves, in base64."""

feature = pytest.mark.feature

WATCH = """<script>
  globalThis.complaints = [];
  const note = (text) => complaints.push(String(text));
  addEventListener("error", ({ message }) => note(message));
  addEventListener("unhandledrejection", ({ reason }) => note(reason));
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
    note(`${violatedDirective} ${blockedURI} ${sample}`));
  const { error } = console;
  console.error = (...all) => (note(all.join(" ")), error(...all));
</script>"""
"""In the head of pages, before the policy: WebKit's driver has no log of the console."""


def watched(path: str) -> Reply | None:
    """Put `WATCH` into a page."""
    file = SITE / path / "index.html" if path.endswith("/") or not path else SITE / path
    if file.suffix != ".html" or not file.is_file():
        return None
    text = file.read_text().replace("<head>", f"<head>{WATCH}", 1)
    return Reply(body=text.encode(), headers={"Content-Type": "text/html"})


@pytest.fixture(scope="module")
def engine(request: pytest.FixtureRequest) -> str:
    """The engine of the module; where it is missing its tests are left out, but not in CI."""
    name = str(request.module.ENGINE)
    if reason := missing(name):
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    return name


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """One for all tabs: its loop bears no second one."""
    with sync_playwright() as one:
        yield one


@pytest.fixture(scope="module")
def seat(engine: str, playwright: Playwright) -> Iterator[Tab]:
    """The tab of most tests."""
    with tab(engine, playwright) as one:
        yield one


@pytest.fixture
def guest(seat: Tab, server: PagesServer, record_property: Callable[[str, object], None]) -> Guest:
    """Somebody in the module's tab, which stays as the last test left it."""
    seat.errors.clear()
    record_property("version", seat.version)
    return Guest(seat, server)


@pytest.fixture
def new_guest(
    engine: str,
    playwright: Playwright,
    server: PagesServer,
    record_property: Callable[[str, object], None],
) -> Iterator[Guest]:
    """Somebody in a new profile."""
    with tab(engine, playwright) as one:
        record_property("version", one.version)
        yield Guest(one, server)


@pytest.fixture
def blocked_guest(engine: str, playwright: Playwright, server: PagesServer) -> Iterator[Guest]:
    """Somebody who has blocked all site data."""
    if engine == "WebKit":
        pytest.skip("WebKit's driver cannot block site data")
    with tab(engine, playwright, is_blocked=True) as one:
        yield Guest(one, server)


@feature("Text, search and charts, before any Python")
def test_home(guest: Guest) -> None:
    guest.tab.go(f"{guest.server.url}licences.txt")
    guest.set("offline", "off")  # else the next test's pages come unwatched, of the service worker
    guest.open()
    assert guest.tab.ask(CHARTS) >= 4
    assert not [path for path in guest.server.requests if "livecells/runtime/" in path]


@feature("No error and no report of the content policy on any page")
def test_no_page_complains(guest: Guest) -> None:
    guest.server.faults.append(watched)
    complaints = {}
    for file in sorted(SITE.rglob("index.html")):
        page = f"{file.parent.relative_to(SITE).as_posix()}/".removeprefix("./")
        guest.open(page)
        guest.tab.ask(READ_ON)
        complaints[page] = guest.tab.heard()
    guest.set("offline", "on")
    guest.open()
    assert {page: errors for page, errors in complaints.items() if errors} == {}


@feature("A file of your own as the first thing")
def test_own_file_first(guest: Guest) -> None:
    guest.await_worker(PLAYGROUND)  # input() needs it in WebKit
    said = guest.give("sales.csv", SALES)
    assert "2 rows, 3 columns" in said
    assert guest.run(READ) == "ok: 1"


@feature("Run, edit, errors")
def test_run_edit_and_error(guest: Guest) -> None:
    assert guest.run("kept = 7\nprint('Größe 🐍')\nkept * 6") == "ok: Größe 🐍\n42"
    said = guest.run("1 / 0")
    assert said.startswith("error:")
    assert "ZeroDivisionError" in said
    assert guest.run("kept") == SURVIVED


@feature("Charts of Altair over a Parquet file")
def test_a_chart(guest: Guest) -> None:
    guest.run(KEEP)
    text = (
        "import altair as alt, polars as pl\n"
        "frame = pl.scan_parquet('data/pypi_top_packages.parquet').head(9).collect()\n"
        "alt.Chart(frame).mark_bar().encode(x=frame.columns[0])"
    )
    assert guest.run(text).startswith("ok")
    assert guest.wait("() => document.querySelector('code-cell .chart-live svg') !== null")
    assert guest.run("kept") == SURVIVED


@feature("Stop of a loop keeps all variables")
def test_stop_a_loop(guest: Guest) -> None:
    guest.run(KEEP)
    guest.press_run("print('looping')\nwhile True: pass")
    assert "Traceback" not in guest.stop("looping")
    assert guest.run("kept") == SURVIVED


@feature("Stop of time.sleep keeps all variables")
def test_stop_sleep(guest: Guest) -> None:
    guest.run(KEEP)
    guest.press_run("import time\nprint('sleeping')\ntime.sleep(600)")
    said = guest.stop("sleeping")
    assert "interrupts.py" not in said
    assert "http" not in said
    assert guest.run("kept") == SURVIVED


@feature("Stop of asyncio.sleep keeps all variables")
def test_stop_asyncio_sleep(guest: Guest) -> None:
    guest.run(KEEP)
    guest.press_run("import asyncio\nprint('waiting')\nawait asyncio.sleep(600)")
    assert "interrupts.py" not in guest.stop("waiting")
    assert guest.run("kept") == SURVIVED


@feature("Stop of what never looks ends Python, and says so")
def test_stop_the_unheard(guest: Guest) -> None:
    guest.press_run("print('deaf', flush=True)\nsum(range(10**12))")
    guest.stop("deaf")
    guest.await_text("runtime-bar", "Python is ready")
    assert guest.run("kept = 7\nkept") == SURVIVED


@feature("input()")
def test_input(guest: Guest) -> None:
    guest.press_run("name = input('Name? ')\nname[::-1]")
    field = "code-cell [data-part=outputs] input"
    guest.wait("([css]) => document.querySelector(css) !== null", field)
    answer = """([css]) => {
      const field = document.querySelector(css);
      field.value = "anna b";
      const key = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
      if (field.form) field.form.requestSubmit();
      else field.dispatchEvent(key);
    }"""
    guest.tab.ask(answer, field)
    guest.await_end()
    assert guest.outputs().endswith("'b anna'")


@feature("All rows of a large table")
def test_rows(guest: Guest) -> None:
    assert guest.run("import polars as pl\npl.DataFrame({'n': range(70_000)})").startswith("ok")
    guest.tab.press("code-cell", "Browse all rows")
    guest.wait("() => document.querySelector('.table-scroller') !== null")
    guest.tab.ask(SCROLL)
    guest.await_text(".table-scroller", "69999")


@feature("A file of your own in the place of a dataset")
def test_own_file_in_place(guest: Guest) -> None:
    guest.open(PLAYGROUND)
    said = guest.give("sales.csv", SALES)
    assert "2 rows, 3 columns" in said
    guest.tab.press("runtime-bar", "Restart")
    assert guest.run(READ) == "ok: 1"


@feature("Sentences follow an edit")
def test_sentences(guest: Guest) -> None:
    guest.open(CHAPTER)
    value = '.cell-value[data-names*="web-claimed-when"]'
    author = guest.text(value)
    source = guest.tab.ask("([css]) => document.querySelector(css).source", CHART_CELL)
    guest.run(source.replace('"fastapi": 9', '"fastapi": 30', 1), CHART_CELL)
    guest.wait("([css, text]) => document.querySelector(css).innerText !== text", value, author)
    guest.tab.press(CHART_CELL, "Reset")


@feature("A shared link is offered, and runs without network and storage")
def test_share(guest: Guest) -> None:
    guest.open(PLAYGROUND)
    cell = guest.tab.ask("() => document.querySelector('code-cell').id")
    guest.tab.ask("() => localStorage.clear()")
    guest.open("licences/")
    guest.open(PLAYGROUND + fragment({cell: "print('shared', 6 * 7)"}))
    guest.await_text(".cell-offer", "it has not run")
    guest.tab.press(".cell-offer", "Use and run")
    guest.await_text("code-cell [data-part=outputs]", "shared 42")
    assert guest.tab.errors == []


@feature("A return visit starts from kept memory")
def test_return(new_guest: Guest, record_property: Callable[[str, object], None]) -> None:
    guest = new_guest
    guest.server.line = Line(latency_s=0.04, bytes_per_s=20e6 / 8, left=float("inf"))
    guest.open("licences/")
    guest.set("memory", "on")
    record_property("first", round(seconds_to_chart(guest), 1))
    assert not guest.is_restored()
    guest.wait(KEPT)
    guest.open("licences/")
    record_property("return", round(seconds_to_chart(guest), 1))
    assert guest.is_restored()


def seconds_to_chart(guest: Guest) -> float:
    """Seconds from Run to a chart, of a Python that starts with it."""
    guest.open(CHAPTER)
    seconds = guest.seconds_to_run(CHART_CELL)
    assert guest.await_end(CHART_CELL) == "ok"
    return seconds


@feature("Saved for offline use, it runs without a network")
def test_offline(guest: Guest) -> None:
    guest.open("method/")
    guest.tab.press("offline-panel", guest.wait(SAVE))
    guest.wait("() => document.querySelector('offline-panel')?.dataset.state === 'saved'")
    go_offline(guest.server)
    try:
        guest.open("explore/")
        guest.open(PLAYGROUND)
        assert guest.run("import polars; 6 * 7") == "ok: 42"
    finally:
        go_online(guest.server)


@feature("The copy on disk runs Python, and reads your files")
def test_copy_on_disk(new_guest: Guest, tmp_path: Path) -> None:
    (place,) = (SITE / "copy").glob("*.zip")
    with zipfile.ZipFile(place) as archive:
        archive.extractall(tmp_path)
    new_guest.open((tmp_path / place.stem / "playground/index.html").as_uri())
    assert new_guest.run("6 * 7") == "ok: 42"
    assert "2 rows, 3 columns" in new_guest.give("sales.csv", SALES)
    assert new_guest.run(READ) == "ok: 1"
    assert new_guest.tab.errors == []


def test_page_on_disk(new_guest: Guest, tmp_path: Path) -> None:
    new_guest.open(CHAPTER)
    new_guest.await_text("page-file button", "MB")
    place = tmp_path / "page.html"
    place.write_bytes(b64decode(new_guest.tab.ask(PAGE_AS_FILE)))
    new_guest.open(place.as_uri())
    new_guest.wait(LIVE.replace("!cell ||", "cell &&"))
    assert new_guest.run(cell=CHART_CELL).startswith("ok: ")
    assert new_guest.run("print('Größe 😀')", CHART_CELL) == "ok: Größe 😀"
    assert new_guest.tab.errors == []


@feature("In a frame of another site, Python runs")
def test_in_a_frame(new_guest: Guest) -> None:
    guest = new_guest
    around = f'<!doctype html><iframe src="{guest.server.url}{PLAYGROUND}" width=900 height=700>'
    reply = Reply(body=around.encode(), headers={"Content-Type": "text/html"})
    with serve(SITE) as other:
        other.faults.append(lambda path: reply if path == "frame.html" else None)
        guest.tab.go(f"{other.url}frame.html".replace("127.0.0.1", "localhost"))
        guest.tab.enter_frame()
        guest.wait(LIVE)
        guest.tab.ask(CLICK_RUN)  # Firefox's driver clicks beside what is in a frame
        assert guest.await_end() == "ok"


@feature("With all site data blocked, Python runs, and panels say that nothing is kept")
def test_site_data_blocked(blocked_guest: Guest) -> None:
    for _ in ("first visit", "second visit"):
        blocked_guest.open(PLAYGROUND)
        assert blocked_guest.run("6 * 7") == "ok: 42"
    blocked_guest.open("method/")
    blocked_guest.await_text("memory-panel", "does not let this site keep anything")
    blocked_guest.await_text("offline-panel", "cannot be saved for offline use")
    ours = [
        one
        for one in blocked_guest.tab.errors
        if not re.search("Storage access is restricted", one)
    ]
    assert ours == []  # Firefox reports each look at what it blocks
