"""Python's memory between visits: kept when idle, started from, and distrusted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from browser.reader import Reader
from browser.server import PagesServer

CHAPTER = "frameworks/modern-web/"
CELL = "web-claimed-and-counted"

FILES = """async () => {
  const found = {};
  const root = await navigator.storage.getDirectory();
  for await (const folder of root.values()) {
    for await (const [name, file] of folder.entries()) found[name] = (await file.getFile()).size;
  }
  return found;
}"""

CHANGE = """async ([ending, content]) => {
  const root = await navigator.storage.getDirectory();
  for await (const folder of root.values()) {
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


@pytest.fixture
def context(browser: Browser, server: PagesServer) -> Iterator[BrowserContext]:
    made = browser.new_context(service_workers="block")
    yield made
    made.close()


def visit(context: BrowserContext, server: PagesServer, path: str = CHAPTER) -> Reader:
    reader = Reader(context.new_page(), server, is_guarded=False, keeps_memory=True)
    reader.open(path)
    return reader


def keep(context: BrowserContext, server: PagesServer) -> None:
    """Visit, run, and stay until the memory is kept."""
    reader = visit(context, server)
    reader.run(reader.cell(CELL))
    expect(reader.bar).to_have_attribute("data-start", "files")
    for _ in range(120):
        if any(name.endswith(".json") for name in files(reader)):
            break
        reader.page.wait_for_timeout(500)
    reader.page.close()


def files(reader: Reader) -> dict[str, int]:
    found: dict[str, int] = reader.page.evaluate(FILES)
    return found


def run_and_tell_start(reader: Reader) -> str:
    cell = reader.cell(CELL)
    reader.run(cell)
    expect(cell.locator(".chart-live svg")).to_be_visible()
    return reader.bar.get_attribute("data-start") or ""


def test_a_later_visit_starts_from_memory_and_runs_everything(
    context: BrowserContext, server: PagesServer
) -> None:
    keep(context, server)
    reader = visit(context, server)
    kept = files(reader)
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
    keep(context, server)
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
    keep(context, server)
    reader = visit(context, server)
    reader.page.evaluate(CHANGE, [ending, content])
    warnings: list[str] = []
    reader.page.on("console", lambda message: warnings.append(message.text))
    assert run_and_tell_start(reader) == "files"
    assert any("is removed" in warning for warning in warnings)
    assert reader.errors == []


@pytest.mark.fault("storage corrupt")
def test_memory_of_another_build_is_left_alone_until_ours_is_made(
    context: BrowserContext, server: PagesServer
) -> None:
    reader = visit(context, server)
    reader.page.evaluate(
        """async () => {
          const root = await navigator.storage.getDirectory();
          const folder = await root.getDirectoryHandle("livecells~python-trends~", {create: true});
          await folder.getFileHandle("0123456789abcdef.memory", {create: true});
        }"""
    )
    assert run_and_tell_start(reader) == "files"
    reader.page.close()
    keep(context, server)
    assert "0123456789abcdef.memory" not in files(visit(context, server))


def test_nothing_is_kept_when_the_reader_does_not_want_it(
    context: BrowserContext, server: PagesServer
) -> None:
    reader = Reader(context.new_page(), server, is_guarded=False)
    reader.open(CHAPTER)
    assert run_and_tell_start(reader) == "files"
    reader.page.wait_for_timeout(6000)
    assert files(reader) == {}


@pytest.mark.fault("storage full")
def test_a_full_disk_leaves_nothing_behind(context: BrowserContext, server: PagesServer) -> None:
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
    assert files(reader) == {}
