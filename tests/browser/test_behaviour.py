"""What a notebook's user does by habit or mistake, where the page has a part in it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from browser.reader import Reader

PLAYGROUND = "playground/"

LATE = """\
import asyncio
async def late():
    await asyncio.sleep(0.5)
    print("late print")
    raise ValueError("late error")
handle = display("before", display_id=True)
task = asyncio.create_task(late())"""


@pytest.fixture
def reader(regular: Reader) -> Reader:
    """One page for the tests of this file."""
    regular.open(PLAYGROUND)
    return regular


def test_a_task_and_a_handle_speak_under_their_own_cell(reader: Reader) -> None:
    first, second = reader.write_cells([LATE, 'handle.update("after")\nprint("second")'])
    reader.run(second)
    outputs = reader.outputs(first)
    expect(outputs).to_contain_text("'after'")
    expect(outputs).to_contain_text("late print")
    expect(outputs).to_contain_text("ValueError: late error")
    expect(outputs).not_to_contain_text("before")
    expect(reader.outputs(second)).to_have_text("second")
    reader.edit(first, "print('new')")
    reader.run(first)
    expect(outputs).to_have_text("new")


def test_context_and_logging_last_from_cell_to_cell(reader: Reader) -> None:
    setting = (
        "import decimal, logging\ndecimal.getcontext().prec = 50\n"
        "logging.basicConfig(level=logging.INFO, force=True)\nlogging.info('first')"
    )
    using = "logging.info('second')\nlen(str(decimal.Decimal(1) / 3))"
    first, second = reader.write_cells([setting, using])
    reader.run(second)
    expect(reader.outputs(first)).to_have_text("INFO:root:first")
    expect(reader.outputs(second)).to_contain_text("INFO:root:second")
    expect(reader.outputs(second)).to_contain_text("52")


def test_a_failed_rerun_is_a_failure_for_the_cells_below(reader: Reader) -> None:
    text = (
        "tries = globals().get('tries', 0) + 1\nx = None\n"
        "if tries == 2: raise ValueError\nx = tries"
    )
    first, second = reader.write_cells([text, "x"])
    reader.run(second)
    reader.run(first, "error")
    reader.run(second)
    expect(reader.outputs(second)).to_have_text("3")


def test_a_name_whose_text_is_gone_is_marked_and_can_be_forgotten(reader: Reader) -> None:
    first, second = reader.write_cells(["ghost = 1", "ghost + 1"])
    reader.run(second)
    mark = second.locator(".cell-stale")
    expect(mark).to_be_hidden()
    reader.edit(first, "other = 1")
    reader.run(first)
    expect(mark).to_contain_text("ghost comes from code that is gone.")
    mark.get_by_role("button", name="Forget ghost").click()
    expect(mark).to_be_hidden()
    reader.run(second, "error")
    expect(reader.outputs(second)).to_contain_text("NameError: name 'ghost' is not defined")


def test_another_star_import_marks_what_uses_its_names(reader: Reader) -> None:
    first, second = reader.write_cells(["from math import *", "sqrt(16)"])
    reader.run(second)
    reader.edit(first, "from cmath import *")
    expect(second.locator(".cell-stale")).to_contain_text("changed")


@pytest.mark.fault("endless")
def test_a_loop_that_was_ended_does_not_start_again_for_another_cell(reader: Reader) -> None:
    deaf = "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    first, second = reader.write_cells([deaf, "'alone'"])
    reader.press(first, "Run")
    reader.wait_for_state(first, "busy")
    reader.press(first, "Stop")
    reader.wait_for_state(first, "static")
    reader.run(second)
    expect(reader.outputs(second)).to_have_text("'alone'")


@pytest.mark.parametrize("text", ['"""doc"""', "'''doc'''", 'f"""{x}"""', "x = [\"a\", 'b']"])
def test_typed_quotes_stay_as_they_are_typed(reader: Reader, text: str) -> None:
    cell = reader.first_cell()
    reader.edit(cell, "")
    reader.page.keyboard.type(text, delay=20)
    assert reader.source(cell) == text


def run(reader: Reader, source: str, state: str = "ok") -> Locator:
    cell = reader.first_cell()
    reader.edit(cell, source)
    reader.run(cell, state)
    return reader.outputs(cell)


def test_what_led_to_an_error_is_visible(reader: Reader) -> None:
    outputs = run(
        reader,
        "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise KeyError('k') from e",
        "error",
    )
    expect(outputs.get_by_text("Caused by ZeroDivisionError: division by zero")).to_be_visible()
    outputs = run(
        reader, "raise ExceptionGroup('both', [ValueError('a'), TypeError('b')])", "error"
    )
    expect(outputs.get_by_text("One of the group: TypeError: b")).to_be_visible()


DEEP = {
    "eq": "class C:\n    def __eq__(self, o): return self == o\nC() == C()",
    "repr": "class C:\n    def __repr__(self): return f'{self}'\nC()",
    "generators": "def g(): yield from list(g())\nlist(g())",
    "map": "def f(x): return list(map(f, [1]))\nf(1)",
    "sorted": "def f(x): return sorted([1], key=f)\nf(1)",
    "cache": "from functools import cache\n@cache\ndef f(n): return f(n + 1)\nf(0)",
    "list": "x = []\nfor _ in range(20_000): x = [x]\nx",
    "limit": "import sys\nsys.setrecursionlimit(20000)\ndef f(n): return f(n + 1)\nf(0)",
}


def test_calls_that_go_too_deep_cost_no_variable(newcomer: Reader) -> None:
    """In a Python that has just started: the browser's own frames are largest then.

    The list is not shared with other tests: to delete one so deep still ends Python.
    """
    newcomer.open(PLAYGROUND)
    run(newcomer, "kept = 7")
    for source in DEEP.values():
        expect(run(newcomer, source, "error")).to_contain_text("RecursionError")
    expect(run(newcomer, "kept")).to_have_text("7")


def test_a_recursion_is_shown_in_few_lines(reader: Reader) -> None:
    outputs = run(reader, "def f(n): return f(n + 1)\nf(0)", "error")
    expect(outputs).to_contain_text("more calls")
    assert outputs.locator(".error-calls li").count() < 10


def test_habits_are_read_or_answered(reader: Reader) -> None:
    expect(run(reader, ">>> x = 1\n>>> x + 1\n2")).to_have_text("2")
    expect(run(reader, "    x = 3\n    x")).to_have_text("3")
    expect(run(reader, "len?")).to_contain_text("Help on built-in function len")
    outputs = run(reader, "%timeit 1 + 1", "error")
    expect(outputs).to_contain_text("Here, write import timeit")


def test_ipythons_display_shows_and_takes_back(reader: Reader) -> None:
    outputs = run(
        reader,
        "from IPython.display import HTML, Image, clear_output, display\n"
        "print('gone')\nclear_output(wait=True)\ndisplay(HTML('<b>bold</b>'))\n"
        "Image(b'GIF89a\\x01\\0\\x01\\0\\x80\\0\\0\\0\\0\\0\\xff\\xff\\xff!\\xf9\\x04\\x01\\0\\0\\0\\0,"
        "\\0\\0\\0\\0\\x01\\0\\x01\\0\\0\\x02\\x01D\\0;')",
    )
    expect(outputs.locator("b")).to_have_text("bold")
    expect(outputs.locator("img[src^='data:image/gif']")).to_have_count(1)
    expect(outputs).not_to_contain_text("gone")
