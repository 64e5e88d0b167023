"""Python's memory between visits: kept when idle, started from, and distrusted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from browser.reader import Reader
from browser.server import PagesServer

CHAPTER = "frameworks/modern-web/"
CELL = "web-claimed-and-counted"

CHANGE = """async ([ending, content]) => {
  const root = await navigator.storage.getDirectory();
  for await (const folder of root.values()) {
    if (folder.name === "copy") continue;
    for await (const [name, file] of folder.entries()) {
      if (!name.endsWith(ending)) continue;
      const key = name.slice(0, name.indexOf("."));
      const other = content.name ? key + content.name : name;
      const target = await folder.getFileHandle(other, {create: true});
      const writer = await target.createWritable({keepExistingData: false});
      await writer.write(content.text);
      await writer.close();
    }
  }
}"""

COPY = """async ([from, to]) => {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(to, {recursive: true}).catch(() => {});
  const target = await root.getDirectoryHandle(to, {create: true});
  for await (const [name, file] of (await root.getDirectoryHandle(from)).entries()) {
    const writer = await (await target.getFileHandle(name, {create: true})).createWritable();
    await (await file.getFile()).stream().pipeTo(writer);
  }
}"""

FOLDER = "livecells~python-trends~"
OF_ANOTHER_BUILD = "0123456789abcdef.memory"
ADD = f"""async () => {{
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle("{FOLDER}", {{create: true}});
  await folder.getFileHandle("{OF_ANOTHER_BUILD}", {{create: true}});
}}"""


def visit(context: BrowserContext, server: PagesServer, path: str = CHAPTER) -> Reader:
    reader = Reader(context.new_page(), server, keeps_memory=True)
    reader.open(path)
    return reader


@dataclass(frozen=True)
class FirstVisit:
    """A visit that found the memory of another build, and at whose end ours is kept."""

    context: BrowserContext
    start: str
    before: set[str]
    after: set[str]


@pytest.fixture(scope="module")
def first_visit(profile: BrowserContext, site_server: PagesServer) -> FirstVisit:
    """Visit, run, and stay until the memory is kept; a copy of it is laid aside for each test."""
    reader = visit(profile, site_server)
    reader.page.evaluate(ADD)
    start = run_and_tell_start(reader)
    before = set(reader.kept_files())
    reader.await_memory()
    found = FirstVisit(profile, start, before, set(reader.kept_files()))
    reader.page.evaluate(COPY, [FOLDER, "copy"])
    reader.leave()
    return found


@pytest.fixture
def context(first_visit: FirstVisit, server: PagesServer) -> Iterator[BrowserContext]:
    """The profile after that visit."""
    tab = first_visit.context.new_page()
    tab.goto(f"{server.url}licences/")
    tab.evaluate("localStorage.clear()")
    tab.evaluate(COPY, ["copy", FOLDER])
    tab.close()
    yield first_visit.context
    for page in first_visit.context.pages:
        page.close()


def run_and_tell_start(reader: Reader) -> str:
    cell = reader.cell(CELL)
    reader.run(cell)
    expect(cell.locator(".chart-live svg")).to_be_visible()
    return reader.bar.get_attribute("data-start") or ""


def test_a_later_visit_starts_from_memory_and_runs_everything(
    context: BrowserContext, server: PagesServer
) -> None:
    reader = visit(context, server)
    kept = reader.kept_files()
    assert {name.rpartition(".")[2] for name in kept} == {"json", "memory", "wasm"}
    before = len(reader.python_requests())
    assert run_and_tell_start(reader) == "memory"
    assert not any("hot-" in path for path in reader.python_requests()[before:])
    reader.bar.get_by_role("button", name="Run all").click()
    for cell in reader.page.locator("code-cell").all():
        reader.wait_for_state(cell, "ok")
    assert reader.errors == []


@pytest.mark.fault("two tabs")
def test_two_tabs_start_from_it_at_once(context: BrowserContext, server: PagesServer) -> None:
    one, two = visit(context, server), visit(context, server)
    for reader in (one, two):
        reader.press(reader.cell(CELL), "Run")
    for reader in (one, two):
        reader.wait_for_state(reader.cell(CELL), "ok")
        expect(reader.bar).to_have_attribute("data-start", "memory")


@pytest.mark.fault("storage corrupt")
@pytest.mark.parametrize(
    ("ending", "content"),
    [
        (".memory", {"text": "short"}),
        (".json", {"text": "{}"}),
        (".json", {"text": "no json"}),
        (".json", {"text": "2", "name": ".tries"}),
    ],
    ids=["memory cut short", "head of nothing", "head broken", "two starts did not end"],
)
def test_memory_that_cannot_be_used_is_removed_and_python_starts_from_files(
    context: BrowserContext, server: PagesServer, ending: str, content: dict[str, str]
) -> None:
    reader = visit(context, server)
    reader.page.evaluate(CHANGE, [ending, content])
    warnings: list[str] = []
    reader.page.on("console", lambda message: warnings.append(message.text))
    assert run_and_tell_start(reader) == "files"
    assert any("is removed" in warning for warning in warnings)
    assert reader.errors == []


@pytest.mark.fault("storage corrupt")
def test_memory_of_another_build_is_left_alone_until_ours_is_made(first_visit: FirstVisit) -> None:
    assert first_visit.start == "files"
    assert first_visit.before == {OF_ANOTHER_BUILD}
    assert OF_ANOTHER_BUILD not in first_visit.after
    assert first_visit.after, "ours is not kept"


def test_nothing_is_kept_when_the_reader_does_not_want_it(newcomer: Reader) -> None:
    newcomer.open(CHAPTER)
    assert run_and_tell_start(newcomer) == "files"
    newcomer.page.wait_for_timeout(6000)
    assert newcomer.kept_files() == {}


@pytest.mark.fault("storage full")
def test_a_full_disk_leaves_nothing_behind(browser: Browser, server: PagesServer) -> None:
    context = browser.new_context(service_workers="block")
    reader = visit(context, server)
    warnings: list[str] = []
    reader.page.on("console", lambda message: warnings.append(message.text))
    session = context.new_cdp_session(reader.page)
    origin = server.url.split("/python-trends")[0]
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 30_000_000})
    assert run_and_tell_start(reader) == "files"
    for _ in range(60):
        if any("could not be kept" in warning for warning in warnings):
            break
        reader.page.wait_for_timeout(500)
    assert any("could not be kept" in warning for warning in warnings)
    assert reader.kept_files() == {}
    context.close()
