"""The playground: a notebook of the reader's own, kept, saved and read again."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Locator, expect

from browser.reader import Reader

PAGE = "playground/"


@pytest.fixture
def notebook(reader: Reader) -> Reader:
    reader.open(PAGE)
    return reader


def add(reader: Reader, source: str) -> Locator:
    """Add a cell at the end and type into it."""
    reader.page.get_by_role("button", name="Add a cell below").last.click()
    added = reader.page.locator("code-cell").last.get_attribute("id")
    cell = reader.cell(str(added))
    reader.edit(cell, source)
    return cell


def sources(reader: Reader) -> list[str]:
    cells = reader.page.locator("code-cell")
    texts: list[str] = cells.evaluate_all("(cells) => cells.map((cell) => cell.source)")
    return texts


def press(reader: Reader, cell: Locator, name: str) -> None:
    block = reader.page.locator(f".cell-block:has(#{cell.get_attribute('id')})")
    block.get_by_role("button", name=name, exact=True).click()


def say(reader: Reader) -> Locator:
    return reader.page.locator(".notebook-bar [role=status]")


def test_cells_are_added_moved_deleted_and_kept(notebook: Reader) -> None:
    notebook.edit(notebook.first_cell(), "one = 1")
    add(notebook, "two = one + 1\ntwo")
    last = add(notebook, "three")
    assert sources(notebook) == ["one = 1", "two = one + 1\ntwo", "three"]
    press(notebook, last, "Move up")
    press(notebook, last, "Move up")
    press(notebook, last, "Move up")  # already first: nothing happens
    assert sources(notebook)[0] == "three"
    press(notebook, last, "Delete")
    toast = notebook.page.locator(".cell-toast")
    expect(toast).to_contain_text("The cell is deleted.")
    expect(toast.get_by_role("button", name="Undo")).to_be_focused()
    toast.get_by_role("button", name="Undo").press("Enter")
    assert sources(notebook) == ["three", "one = 1", "two = one + 1\ntwo"]
    press(notebook, notebook.page.locator("code-cell").first, "Delete")
    notebook.page.wait_for_timeout(500)
    notebook.open(PAGE)
    expect(notebook.page.locator("code-cell")).to_have_count(2)
    assert sources(notebook) == ["one = 1", "two = one + 1\ntwo"]
    cell = notebook.page.locator("code-cell").last
    notebook.run(cell)
    expect(notebook.outputs(cell)).to_have_text("2")


def test_the_first_cell_can_go_too(notebook: Reader) -> None:
    add(notebook, "left")
    press(notebook, notebook.page.locator("code-cell").first, "Delete")
    notebook.page.wait_for_timeout(500)
    notebook.open(PAGE)
    expect(notebook.page.locator("code-cell")).to_have_count(1)
    assert sources(notebook) == ["left"]


def test_a_starting_point_goes_into_a_cell_and_does_not_run(notebook: Reader) -> None:
    buttons = notebook.page.get_by_role("button", name="Open in a cell")
    buttons.nth(1).press("Enter")
    buttons.nth(2).press("Enter")
    expect(notebook.page.locator("code-cell")).to_have_count(2)
    expect(notebook.page.locator(".cm-content")).to_have_count(2)
    assert "data.tables()" in sources(notebook)[0] or "data.describe" in sources(notebook)[0]
    counts = "(cells) => cells.map((cell) => cell.executionCount)"
    assert notebook.page.locator("code-cell").evaluate_all(counts) == [None, None]


def test_saved_as_a_notebook_that_jupyter_takes(notebook: Reader, tmp_path: Path) -> None:
    cell = notebook.first_cell()
    notebook.edit(cell, "print('über')\n{'a': 1}")
    notebook.run(cell)
    failing = add(notebook, "1 / 0")
    notebook.run(failing, "error")
    with notebook.page.expect_download() as download:
        notebook.page.get_by_role("button", name="Save as .ipynb").click()
    path = tmp_path / "saved.ipynb"
    download.value.save_as(path)
    saved = json.loads(path.read_text(encoding="utf-8"))
    nbformat.validate(saved)
    one, two = saved["cells"]
    assert "".join(one["source"]) == "print('über')\n{'a': 1}"
    assert [output["output_type"] for output in one["outputs"]] == ["stream", "execute_result"]
    assert two["outputs"][0]["ename"] == "ZeroDivisionError"
    notebook.page.locator("input[type=file]").set_input_files(path)
    expect(say(notebook)).to_contain_text("2 cells from saved.ipynb. Nothing has run yet.")
    assert sources(notebook)[2:] == sources(notebook)[:2]


def test_saved_as_python_and_read_again(notebook: Reader, tmp_path: Path) -> None:
    texts = ["x = '# %% not a mark'", "def f():\n    return 1\n\n\nf()"]
    notebook.edit(notebook.first_cell(), texts[0])
    add(notebook, texts[1])
    with notebook.page.expect_download() as download:
        notebook.page.get_by_role("button", name="Save as .py").click()
    path = tmp_path / "saved.py"
    download.value.save_as(path)
    compile(path.read_text(encoding="utf-8"), "saved.py", "exec")
    notebook.page.locator("input[type=file]").set_input_files(path)
    expect(say(notebook)).to_contain_text("2 cells from saved.py")
    assert sources(notebook) == [*texts, *texts]


BROKEN = {
    "not-json.ipynb": (b"{", "it is not JSON"),
    "list.ipynb": (b"[1]", "it has no cells"),
    "null.ipynb": (b"null", "it has no cells"),
    "old.ipynb": (b'{"worksheets": []}', "it has no cells"),
    "empty.ipynb": (b'{"cells": []}', "has no cells"),
    "odd.ipynb": (b'{"cells": [null, 3, {"source": 4}, {"source": [1, {}]}]}', "has no cells"),
    "binary.py": (b"\x00\x01", "is not a text file"),
    "blank.py": (b"\n\n", "has no cells"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_answered_with_a_sentence(
    notebook: Reader, tmp_path: Path, name: str
) -> None:
    content, message = BROKEN[name]
    path = tmp_path / name
    path.write_bytes(content)
    notebook.page.locator("input[type=file]").set_input_files(path)
    expect(say(notebook)).to_contain_text(message)
    assert not notebook.python_requests()


def test_markdown_of_a_notebook_becomes_comments(notebook: Reader, tmp_path: Path) -> None:
    path = tmp_path / "n.ipynb"
    cells = [
        {"cell_type": "markdown", "source": "# Title\ntext"},
        {"cell_type": "code", "source": ["x = 1\n", "x"]},
    ]
    path.write_text(json.dumps({"cells": cells}))
    notebook.page.locator("input[type=file]").set_input_files(path)
    expect(say(notebook)).to_contain_text("2 cells")
    assert sources(notebook)[1:] == ["# # Title\n# text", "x = 1\nx"]


def test_an_empty_cell_invites_and_offers_nothing_twice(notebook: Reader) -> None:
    cell = notebook.first_cell()
    hint = "Write Python here. Shift+Enter runs it."
    shown = "code => getComputedStyle(code, '::before').content"
    assert cell.locator("[data-part=source] code").evaluate(shown) == f'"{hint}"'
    cell.locator("[data-part=source]").click()
    expect(cell.locator(".cm-placeholder")).to_have_text(hint)
    names = notebook.page.locator("cell-notebook button:visible").all_inner_texts()
    assert len(names) == len(set(names))
    assert [name for name in names if "Add" in name or "Move" in name] == ["Add a cell below"]
    press(notebook, cell, "Delete")
    notebook.page.get_by_role("button", name="Add a cell", exact=True).click()
    expect(notebook.page.locator("code-cell")).to_have_count(1)


def test_on_a_phone_nothing_is_wider_than_the_page(notebook: Reader) -> None:
    notebook.page.set_viewport_size({"width": 390, "height": 844})
    assert notebook.page.evaluate("document.documentElement.scrollWidth") == 390


def test_two_tabs_of_one_notebook_lose_no_cell(notebook: Reader) -> None:
    other = Reader(notebook.page.context.new_page(), notebook.server)
    other.open(PAGE)
    for number in range(3):
        add(notebook, f"first = {number}")
    expect(say(other)).to_contain_text("also open in another tab")
    expect(other.page.locator("code-cell")).to_have_count(4)
    add(other, "second = 1")
    expect(notebook.page.locator("code-cell")).to_have_count(5)
    expected = {"first = 0", "first = 1", "first = 2", "second = 1"}
    for tab in (other, notebook):
        assert expected <= set(sources(tab))
        tab.page.reload()
        expect(tab.page.locator("code-cell")).to_have_count(5)
        assert expected <= set(sources(tab))
    other.leave()


def test_a_text_changed_in_another_tab_can_be_taken_over(notebook: Reader) -> None:
    other = Reader(notebook.page.context.new_page(), notebook.server)
    other.open(PAGE)
    notebook.edit(notebook.first_cell(), "mine = 1")
    take = say(other).get_by_role("button", name="Use that version")
    take.click()
    expect(other.first_cell()).to_have_js_property("source", "mine = 1")
    other.leave()


def test_small_outputs_come_back_with_the_text(notebook: Reader) -> None:
    cell, outputs = notebook.first_cell(), notebook.outputs(notebook.first_cell())
    run_and_reload(notebook, cell, "print('kept')\n6 * 7")
    expect(outputs).to_have_text(re.compile(r"kept\s*42"))
    expect(cell.locator(".cell-status")).to_have_text("edited · output of its last run")
    run_and_reload(notebook, cell, "print('x' * 200_000)")
    expect(cell.locator(".cell-status")).to_have_text("edited")
    expect(outputs).to_be_empty()


def run_and_reload(notebook: Reader, cell: Locator, source: str) -> None:
    notebook.edit(cell, source)
    notebook.run(cell)
    notebook.page.wait_for_timeout(600)  # the page saves when typing pauses
    notebook.page.reload()
    expect(notebook.bar).to_have_attribute("data-state", "off")


def test_leaving_while_a_cell_runs_is_asked(notebook: Reader) -> None:
    cell = notebook.first_cell()
    notebook.edit(cell, "import asyncio\nawait asyncio.sleep(600)")
    notebook.press(cell, "Run")
    notebook.wait_for_state(cell, "busy")
    asked: list[str] = []
    notebook.page.on("dialog", lambda dialog: asked.append(dialog.type))
    notebook.page.reload()
    assert asked == ["beforeunload"]


def test_old_encodings_and_marks_are_read(notebook: Reader, tmp_path: Path) -> None:
    file = tmp_path / "old.py"
    file.write_bytes("#%%\nx = 'größe'\n# In[2]:\ny = 2\n".encode("latin-1"))
    notebook.page.locator("input[accept='.ipynb,.py']").set_input_files(file)
    expect(say(notebook)).to_contain_text("2 cells from old.py, read as windows-1252.")
    assert sources(notebook)[-2:] == ["x = 'größe'", "y = 2"]
