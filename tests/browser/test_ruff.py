"""Ruff in the editor, loaded late or when asked: marks before a run, and the formatter."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from browser.reader import Reader
from browser.server import SITE, Reply

PLAYGROUND = "playground/"
TYPED = "x = len('twenty keys and more')"
BACKGROUND = "element => getComputedStyle(element).backgroundColor"
OF_RUFF = re.compile(r"ruff/worker\.js|runtime/ruff-")


def marks(cell: Locator, severity: str) -> Locator:
    return cell.locator(f".cm-lintRange-{severity}")


def asked(reader: Reader) -> list[str]:
    """What only Ruff needs of what the browser has asked for."""
    return [path for path in reader.requests if OF_RUFF.search(path)]


def format_code(reader: Reader, cell: Locator) -> None:
    reader.press(cell, "More")
    cell.get_by_role("menuitem", name="Format code").click()


def test_what_is_surely_wrong_is_marked_before_a_run(regular: Reader) -> None:
    regular.open(PLAYGROUND)
    first, second = regular.write_cells(["base = 1", "base"])
    regular.run(first)
    regular.edit(first, "base = 1\n")
    regular.page.keyboard.type(TYPED[:10])
    regular.page.wait_for_timeout(500)
    assert asked(regular) == []
    regular.page.keyboard.type(TYPED[10:])
    regular.edit(second, "import os\nbase + bsae")
    expect(marks(second, "warning")).to_have_text("bsae")
    expect(marks(second, "info")).to_have_text("os")
    marks(second, "warning").hover()
    note = second.locator(".cm-tooltip-hover")
    expect(note).to_have_text("No cell of this page defines “bsae”.")
    assert note.evaluate(BACKGROUND) == regular.page.locator("body").evaluate(BACKGROUND)
    regular.edit(first, "from os.path import *")
    expect(marks(second, "warning")).to_have_count(0)
    expect(marks(second, "info")).to_have_count(0)


def test_formatting_can_be_undone(regular: Reader) -> None:
    regular.open(PLAYGROUND)
    cell = regular.first_cell()
    text = cell.locator(".cm-content")
    regular.edit(cell, "x={ 'a':1 }")
    format_code(regular, cell)
    expect(text).to_have_text('x = {"a": 1}')
    text.press("Control+z")
    expect(text).to_have_text("x={ 'a':1 }")
    text.press("Shift+Alt+f")
    expect(text).to_have_text('x = {"a": 1}')
    regular.edit(cell, "x = (1,")
    format_code(regular, cell)
    expect(regular.page.locator(".cell-toast")).to_contain_text("not valid Python yet")


@pytest.mark.fault("altered")
@pytest.mark.fault("cut")
@pytest.mark.fault("missing")
@pytest.mark.breaks
def test_a_broken_ruff_says_nothing_until_it_is_asked(newcomer: Reader) -> None:
    (path,) = SITE.glob("livecells/runtime/ruff-*")
    body = path.read_bytes()
    spoiled = [Reply(body=b"?" + body[1:]), Reply(body=body[: len(body) // 2]), Reply(404)]
    newcomer.server.faults.append(
        lambda name: spoiled[0] if spoiled and name.endswith(path.name) else None
    )
    newcomer.open(PLAYGROUND)
    cell, note = newcomer.first_cell(), newcomer.page.locator(".cell-toast")
    newcomer.edit(cell, "undefined_name\n")
    newcomer.run(cell, "error")
    newcomer.edit(cell, "undefined_name\n")
    with newcomer.page.expect_console_message(lambda one: path.name in one.text):
        newcomer.page.keyboard.type(TYPED)
    newcomer.page.keyboard.type("\n1")
    assert newcomer.source(cell) == f"undefined_name\n{TYPED}\n1"
    for _ in range(2):
        spoiled.pop(0)
        format_code(newcomer, cell)
        expect(note).to_contain_text("could not be loaded")
    expect(marks(cell, "warning")).to_have_count(0)
    spoiled.clear()
    format_code(newcomer, cell)
    expect(note).to_contain_text("Formatted.")
    expect(marks(cell, "warning")).to_have_text("undefined_name")
