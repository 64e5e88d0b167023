"""Chromium without one of the things that other browsers lack, or whose storage goes away."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from browser.conftest import KEPT
from browser.reader import Reader
from browser.server import SITE, Reply

PLAYGROUND = "playground/"
METHOD = "method/"

WITHOUT = {
    "JSPI": "delete WebAssembly.Suspending; delete WebAssembly.promising;",
    "private files": "delete StorageManager.prototype.getDirectory;",
    "any storage manager": "delete globalThis.Navigator?.prototype.storage;"
    "delete globalThis.WorkerNavigator?.prototype.storage;",
    "Cache Storage": "delete globalThis.caches;",
    "a service worker": "delete globalThis.Navigator?.prototype.serviceWorker;",
    "shared memory": "delete globalThis.SharedArrayBuffer;",
    "DecompressionStream": "delete globalThis.DecompressionStream;",
    "requestIdleCallback": "delete globalThis.requestIdleCallback;",
}
"""Scripts that take it away, in a page and in a worker."""

REFUSE = """
const refuse = () => Promise.reject(new DOMException("denied", "SecurityError"));
for (const name of Object.keys(globalThis.localStorage ?? {})) {
  if (name.endsWith(":memory")) localStorage[name] = "on";
}
"""
FILES = "StorageManager.prototype.getDirectory = refuse;"
REFUSED = {
    "private files": FILES,
    "opening private files": "if (globalThis.FileSystemSyncAccessHandle)"
    "FileSystemFileHandle.prototype.createSyncAccessHandle = refuse;",
    "private files and Cache Storage": FILES
    + "for (const name of ['open', 'keys', 'match', 'has', 'delete'])"
    "CacheStorage.prototype[name] = refuse;",
}
"""Scripts that refuse what is there, to a reader who wants Python's memory kept."""

SCRIPTS = WITHOUT | {f"{name}, refused": REFUSE + script for name, script in REFUSED.items()}


def without(reader: Reader, script: str) -> Reader:
    """Take something away from the page and from Python's worker, before either does anything."""
    (worker,) = SITE.glob("livecells/*/worker/worker.js")
    text = f"{{ {script} }}\n{worker.read_text()}"  # a block: both may have the same names
    reply = Reply(body=text.encode(), headers={"Content-Type": "text/javascript"})
    path = worker.relative_to(SITE).as_posix()
    reader.server.faults.append(lambda asked: reply if asked == path else None)
    reader.page.add_init_script(script)
    return reader


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_python_runs_and_panels_tell_without(newcomer: Reader, script: str) -> None:
    reader = without(newcomer, script)
    reader.open(METHOD)
    for panel in ("memory-panel", "offline-panel"):
        expect(reader.page.locator(f"{panel} > [role=status]")).not_to_be_empty()
    reader.open(PLAYGROUND)
    cell = reader.first_cell()
    reader.edit(cell, "import polars as pl\npl.DataFrame({'n': [6, 7]})['n'].product()")
    reader.run(cell)
    expect(reader.outputs(cell)).to_have_text("42")


def test_what_cannot_wait_says_what_to_do(newcomer: Reader) -> None:
    """Without JSPI the service worker waits in Python's place; this reader has neither."""
    reader = without(newcomer, WITHOUT["JSPI"])
    reader.open(PLAYGROUND)
    cell = reader.first_cell()
    reader.edit(cell, "input('Name? ')")
    reader.run(cell, "error")
    expect(reader.outputs(cell)).to_contain_text("reload")


@pytest.mark.fault("storage full")
def test_storage_may_be_cleared_while_python_is_up(newcomer: Reader) -> None:
    reader = newcomer
    reader.open(PLAYGROUND)
    cell = reader.first_cell()
    reader.edit(cell, "kept = 41")
    reader.run(cell)
    origin = urlsplit(reader.server.url)
    reader.page.context.new_cdp_session(reader.page).send(
        "Storage.clearDataForOrigin",
        {"origin": f"{origin.scheme}://{origin.netloc}", "storageTypes": KEPT},
    )
    reader.edit(cell, "kept + 1")
    reader.run(cell)
    expect(reader.outputs(cell)).to_have_text("42")
    reader.open(METHOD)
    expect(reader.page.locator("memory-panel > [role=status]")).not_to_be_empty()
    reader.open(PLAYGROUND)
    reader.edit(cell, "6 * 7")
    reader.run(cell)
