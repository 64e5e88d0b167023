"""Python in a browser without JSPI, where it cannot wait for promises: it stands still instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser.reader import FORGET, Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Locator

    from browser.server import PagesServer

CONTROLLED = """() => navigator.serviceWorker.controller !== null || new Promise((resolve) =>
  navigator.serviceWorker.addEventListener("controllerchange", () => resolve(true)))"""


@pytest.fixture(scope="module")
def kept(browser: Browser) -> Iterator[BrowserContext]:
    """A profile that keeps the site: its service worker is there for all tests of this file."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def without_jspi(kept: BrowserContext, server: PagesServer) -> Iterator[Reader]:
    """A notebook in a site that is kept, whose Python finds no JSPI when it starts."""
    reader = Reader(kept.new_page(), server)
    reader.page.add_init_script(f"({FORGET})()")
    reader.open("playground/")
    assert reader.page.evaluate(CONTROLLED)
    yield reader
    reader.leave()


def start(reader: Reader, source: str) -> Locator:
    """Run a text in a Python that starts now, in a worker that has never heard of JSPI."""
    cell = reader.first_cell()
    with reader.page.expect_event("worker") as started:
        reader.edit(cell, source)
    started.value.evaluate("delete WebAssembly.Suspending")
    reader.press(cell, "Run")
    return cell


def test_questions_are_asked_and_answered(without_jspi: Reader) -> None:
    cell = start(
        without_jspi,
        "from pyodide.ffi import can_run_sync\nprint(can_run_sync())\n"
        "name = input('Your name? ')\nword = input('And? ')\nprint(name + '!', repr(word))",
    )
    field = cell.get_by_label("Your name?")
    expect(field).to_be_focused()
    field.fill("Ada Löwe")
    field.press("Enter")
    cell.get_by_label("And?").press("Enter")
    without_jspi.wait_for_state(cell, "ok")
    shown = without_jspi.outputs(cell)
    expect(shown).to_contain_text("False\nYour name? Ada Löwe\n")
    expect(shown).to_contain_text("Ada Löwe! ''")
    assert not without_jspi.errors


def test_a_question_can_be_stopped(without_jspi: Reader) -> None:
    cell = start(without_jspi, "kept = 1\nname = input('Your name? ')")
    cell.get_by_label("Your name?").wait_for()
    without_jspi.press(cell, "Stop")
    without_jspi.wait_for_state(cell, "error")
    expect(cell.locator(".cell-status")).to_contain_text("stopped after")
    without_jspi.edit(cell, "print(kept + 1)")
    without_jspi.run(cell)
    expect(without_jspi.outputs(cell)).to_contain_text("2")  # this Python lived on


def test_the_service_worker_may_be_ended_in_between(without_jspi: Reader) -> None:
    cell = start(without_jspi, "print('got', input('Your name? '))")
    field = cell.get_by_label("Your name?")
    field.wait_for()
    session = without_jspi.page.context.new_cdp_session(without_jspi.page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    field.fill("Ada")
    field.press("Enter")
    without_jspi.wait_for_state(cell, "ok")
    expect(without_jspi.outputs(cell)).to_contain_text("got Ada")


def test_another_host_is_asked_when_the_reader_agrees(without_jspi: Reader) -> None:
    cell = start(
        without_jspi, "import urllib.request\nurllib.request.urlopen('https://data.example/x')"
    )
    cell.get_by_role("button", name="Refuse").click()
    without_jspi.wait_for_state(cell, "error")
    expect(without_jspi.outputs(cell)).to_contain_text("you have not allowed data.example")
