"""Each runtime file missing, cut, altered, replaced or silent ends in a sentence that names it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser.faults import once
from browser.reader import Reader
from browser.releases import impatient_worker
from browser.server import Reply, Slow, serve

PLAYGROUND = "playground/"

MINE = "import polars\nprint('mine')"
"""Which needs all files of a start."""

# How a file of the runtime goes wrong: from its bytes to what the server sends; and what is said.
FAULTS: dict[str, tuple[str, Callable[[bytes], Reply]]] = {
    "missing": ("the server answered 404", lambda _: Reply(404, b"gone")),
    "cut": ("is not the file", lambda body: Reply(body=body[: len(body) // 2])),
    "altered": ("is not the file", lambda body: Reply(body=bytes([body[0] ^ 1]) + body[1:])),
    "wrong type": (
        "is not the file",
        lambda _: Reply(body=b"<html>log in</html>", headers={"Content-Type": "text/html"}),
    ),
    "stalled": ("nothing arrived for", lambda body: Reply(body=body[:100], stall=True)),
}

WORKER = "/worker/worker.js"


def runtime_files() -> list[str]:
    manifests = sorted(Path("_site/livecells").glob("*/manifest.json"))
    if not manifests:
        return ["no built site"]
    files = json.loads(manifests[-1].read_text())["files"]
    return [file["path"] for file in files if file["stage"] == "boot"]


def short(path: str) -> str:
    return path.rpartition("/")[2].split("-")[0]


@pytest.fixture(scope="module")
def unlucky(
    browser: Browser, built_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reader]:
    """A reader whose Python never comes up; its fetcher gives a silent connection up sooner."""
    worker = impatient_worker(tmp_path_factory.mktemp("worker"), WORKER[1:])
    short = Reply(body=worker, headers={"Content-Type": "text/javascript"})
    with serve(built_site) as server:
        context = browser.new_context(service_workers="block")
        one = Reader(context.new_page(), server)
        server.headers["Cache-Control"] = "no-store"  # what came right for the test before
        server.faults.append(lambda asked: short if asked.endswith(WORKER) else None)
        server.faults.append(lambda asked: Reply(404) if "/runtime/" in asked else None)
        one.open(PLAYGROUND)
        one.edit(one.first_cell(), MINE)
        one.run(one.first_cell(), "failed")  # each test fails a Restart
        yield one
        context.close()


@pytest.mark.parametrize(
    ("fault", "path"),
    [
        pytest.param(fault, path, id=f"{short(path)}-{fault}", marks=pytest.mark.fault(fault))
        for fault in FAULTS
        for path in runtime_files()
    ],
)
def test_a_broken_runtime_file_is_named(unlucky: Reader, fault: str, path: str) -> None:
    cell, server = unlucky.first_cell(), unlucky.server
    said, spoil = FAULTS[fault]
    body = (Path("_site") / path).read_bytes()
    server.faults[1:] = [lambda asked: spoil(body) if asked == path else None]
    unlucky.bar.get_by_role("button", name="Restart").click()
    unlucky.run(cell, "failed")
    expect(unlucky.bar).to_contain_text("Python could not start")
    expect(unlucky.bar).to_contain_text(path.rpartition("/")[2])
    expect(unlucky.bar).to_contain_text(said)
    assert unlucky.source(cell) == MINE
    expect(unlucky.bar.get_by_role("button", name="Restart")).to_be_visible()


@pytest.mark.fault("stalled")
def test_a_slow_line_is_not_a_failure(newcomer: Reader) -> None:
    """Half a megabit a second, and twenty seconds of silence on each connection."""
    path = next(path for path in runtime_files() if "project" in path)
    name = path.rpartition("/")[2]
    newcomer.server.slow[path] = Slow(silent_s=20, bytes_per_s=62_500)
    newcomer.open(PLAYGROUND)
    newcomer.press(newcomer.first_cell(), "Run")
    expect(newcomer.bar).to_contain_text(f"Waiting for {name}: nothing has arrived")
    newcomer.wait_for_state(newcomer.first_cell(), "ok")
    # The first connection was given up, the second had more patience.
    assert newcomer.server.requests.count(path) == 2


@pytest.mark.fault("wrong type")
def test_wasm_under_another_type_is_used_all_the_same(newcomer: Reader) -> None:
    core = next(path for path in runtime_files() if path.endswith(".wasm"))
    reply = Reply(body=(Path("_site") / core).read_bytes())
    newcomer.server.faults.append(lambda asked: reply if asked == core else None)
    newcomer.open(PLAYGROUND)
    newcomer.run(newcomer.first_cell())


@pytest.mark.fault("missing")
@pytest.mark.breaks
def test_restart_works_when_the_fault_is_gone(newcomer: Reader) -> None:
    path = next(path for path in runtime_files() if "hot" in path)
    newcomer.server.faults.append(lambda asked: Reply(503) if asked == path else None)
    newcomer.open(PLAYGROUND)
    cell = newcomer.first_cell()
    newcomer.edit(cell, "print('back')")
    newcomer.run(cell, "failed")
    newcomer.server.faults.clear()
    newcomer.bar.get_by_role("button", name="Restart").click()
    expect(newcomer.bar).to_have_attribute("data-state", "idle")
    newcomer.run(cell)
    expect(newcomer.outputs(cell)).to_have_text("back")


@pytest.mark.fault("missing")
@pytest.mark.breaks
def test_one_bad_answer_is_tried_again(newcomer: Reader) -> None:
    path = next(path for path in runtime_files() if "polars" in path)
    newcomer.server.faults.append(once(path, Reply(503)))
    newcomer.open(PLAYGROUND)
    newcomer.run(newcomer.first_cell())
    assert newcomer.server.requests.count(path) > 1


@pytest.mark.fault("missing")
@pytest.mark.breaks
def test_a_missing_data_file_is_an_error_of_the_cell(reader: Reader) -> None:
    path = "data/pypi_top_packages.parquet"
    reader.server.faults.append(lambda asked: Reply(404) if asked == path else None)
    reader.open(PLAYGROUND)
    cell = reader.first_cell()
    reader.edit(cell, f"import polars as pl\npl.read_parquet('{path}')")
    reader.run(cell, "error")
    expect(reader.bar).to_contain_text(f"{path} could not be loaded")
    reader.edit(cell, "print('alive')")
    reader.run(cell)


@pytest.mark.fault("missing")
@pytest.mark.breaks
def test_a_missing_pack_of_rare_modules_is_an_error_of_the_cell(newcomer: Reader) -> None:
    # With the compiled module missing Python turns to its source.
    newcomer.server.faults.append(
        lambda asked: Reply(404) if "/cold-" in asked or "/sources-" in asked else None
    )
    newcomer.open(PLAYGROUND)
    cell = newcomer.first_cell()
    newcomer.edit(cell, "import wave")
    newcomer.run(cell, "error")
    expect(cell.locator("[data-part=error]")).to_contain_text("OSError")
    expect(newcomer.bar).to_contain_text(re.compile(r"/(cold|sources)-.* could not be loaded"))
    newcomer.server.faults.clear()
    newcomer.run(cell)


@pytest.mark.fault("missing")
@pytest.mark.breaks
def test_the_page_stays_readable_when_python_fails(newcomer: Reader) -> None:
    path = runtime_files()[0]
    newcomer.server.faults.append(lambda asked: Reply(404) if asked == path else None)
    newcomer.open("frameworks/modern-web/")
    cell = newcomer.first_cell()
    newcomer.run(cell, "failed")
    expect(cell.locator("figure.chart svg").first).to_be_attached()


@pytest.mark.fault("page's file")
@pytest.mark.breaks
def test_a_blocked_manifest_is_named(newcomer: Reader) -> None:
    newcomer.server.faults.append(
        lambda asked: Reply(404) if asked.endswith("manifest.json") else None
    )
    newcomer.open(PLAYGROUND)
    newcomer.run(newcomer.first_cell(), "failed")
    expect(newcomer.bar).to_contain_text("list of runtime files")


@pytest.mark.fault("storage full")
def test_a_browser_without_storage_says_so(reader: Reader) -> None:
    reader.page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
    )
    reader.open(PLAYGROUND)
    cell = reader.first_cell()
    reader.edit(cell, "print('unsaved')")
    expect(cell.locator(".cell-status")).to_contain_text("does not let the page keep your edits")
    reader.run(cell)


@pytest.mark.fault("page's file")
@pytest.mark.breaks
def test_a_missing_worker_is_named(newcomer: Reader) -> None:
    newcomer.server.faults.append(lambda asked: Reply(404) if asked.endswith(WORKER) else None)
    newcomer.open(PLAYGROUND)
    newcomer.run(newcomer.first_cell(), "failed")
    expect(newcomer.bar).to_contain_text("a script is missing or blocked")


@pytest.mark.fault("page's file")
@pytest.mark.breaks
def test_a_missing_editor_is_told_and_tried_again(newcomer: Reader) -> None:
    newcomer.server.faults.append(lambda asked: Reply(404) if "/codemirror-" in asked else None)
    newcomer.open("frameworks/modern-web/")
    cell = newcomer.first_cell()
    cell.locator("[data-part=source]").click()
    expect(cell.locator(".cell-status")).to_contain_text("editor could not be loaded")


@pytest.mark.fault("page's file")
@pytest.mark.breaks
def test_without_vega_the_pictures_stay(newcomer: Reader) -> None:
    newcomer.server.faults.append(lambda asked: Reply(404) if "/vega-" in asked else None)
    newcomer.open("frameworks/modern-web/")
    newcomer.page.wait_for_timeout(1000)
    expect(newcomer.first_cell().locator(".chart-wide svg")).to_be_visible()
