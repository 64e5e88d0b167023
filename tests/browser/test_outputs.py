"""What a reader sees of a run: text as in a terminal, displays, questions, errors that teach."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from browser.reader import Reader

PLAYGROUND = "playground/"


@pytest.fixture
def reader(regular: Reader) -> Reader:
    """One page for the tests of this file."""
    return regular


@pytest.fixture
def cell(reader: Reader) -> Locator:
    reader.open(PLAYGROUND)
    return reader.first_cell()


def run(reader: Reader, cell: Locator, source: str, state: str = "ok") -> Locator:
    reader.edit(cell, source)
    reader.run(cell, state)
    return reader.outputs(cell)


def test_text_is_shown_as_in_a_terminal(reader: Reader, cell: Locator) -> None:
    shown = run(
        reader,
        cell,
        "print('slow 10 %\\rslow 90 %')\n"
        "print('\\x1b[31mred\\x1b[0m and \\x1b[1;38;2;1;2;3mown\\x1b[0m')\n"
        "print('first\\nsecond\\x1b[1A\\rFIRST\\n\\n')",
    )
    expect(shown.locator("pre")).to_have_text("slow 90 %\nred and own\nFIRST\nsecond\n\n")
    expect(shown.locator(".ansi-red")).to_have_text("red")
    expect(shown.locator(".ansi-bold")).to_have_css("color", "rgb(1, 2, 3)")


def test_endless_text_is_folded_with_its_size(reader: Reader, cell: Locator) -> None:
    shown = run(reader, cell, "for number in range(1000):\n    print('line', number)")
    assert "line 500" not in shown.inner_text()
    expect(shown).to_contain_text("line 199")
    expect(shown).to_contain_text("line 999")
    unfold = shown.get_by_role("button")
    expect(unfold).to_have_text("… 751 more lines (7 kB)")
    unfold.click()
    expect(shown).to_contain_text("line 500\nline 501")
    expect(unfold).to_have_count(0)


def test_a_display_changes_in_its_place(reader: Reader, cell: Locator) -> None:
    shown = run(
        reader,
        cell,
        "handle = display('first', display_id=True)\nprint('between')\nhandle.update('second')",
    )
    expect(shown).to_contain_text("second")
    assert "first" not in shown.inner_text()
    assert shown.inner_text().index("second") < shown.inner_text().index("between")


def test_progress_is_a_bar(reader: Reader, cell: Locator) -> None:
    shown = run(
        reader, cell, "total = 0\nfor one in progress(range(40), 'adding'):\n    total += one"
    )
    bar = shown.get_by_role("progressbar", name="adding")
    expect(bar).to_have_js_property("value", 40)
    expect(bar).to_have_js_property("max", 40)


def test_input_asks_in_the_output(reader: Reader, cell: Locator) -> None:
    reader.edit(
        cell,
        "from getpass import getpass\n"
        "print('before')\nname = input('Your name? ')\n"
        "word = getpass()\nprint(name + '!', len(word))",
    )
    reader.press(cell, "Run")
    field = cell.get_by_label("Your name?")
    expect(field).to_be_focused()
    reader.page.keyboard.type("Ada")
    reader.page.keyboard.press("Enter")
    secret = cell.get_by_label("Password:")
    expect(secret).to_have_attribute("type", "password")
    secret.fill("secret")
    cell.get_by_role("button", name="Send").click()
    reader.wait_for_state(cell, "ok")
    shown = reader.outputs(cell)
    expect(shown).to_contain_text("before\nYour name? Ada\n")
    expect(shown).to_contain_text("Ada! 6")
    assert "secret" not in shown.inner_text()


@pytest.mark.breaks  # the flag of Stop is an address that fails
def test_a_question_can_be_stopped(reader: Reader, cell: Locator) -> None:
    reader.edit(cell, "kept = 1\nname = input('Your name? ')")
    reader.press(cell, "Run")
    cell.get_by_label("Your name?").wait_for()
    reader.press(cell, "Stop")
    reader.wait_for_state(cell, "error")
    expect(cell.locator(".cell-input")).to_have_count(0)
    expect(cell.locator(".cell-status")).to_contain_text("stopped after")
    assert "1" in run(reader, cell, "kept").inner_text()  # this Python lived on


def test_an_error_leads_to_its_line(reader: Reader, cell: Locator) -> None:
    shown = run(
        reader,
        cell,
        "import json\n\ndef read(text):\n    return json.loads(text)\n\nread('{')",
        "error",
    )
    error = shown.locator("[data-part=error]")
    expect(error.locator(".error-message")).to_contain_text(
        "json.decoder.JSONDecodeError: Expecting"
    )
    calls = error.locator(".error-calls > li")
    expect(calls.nth(0)).to_contain_text("read('{')")
    folded = calls.nth(2).locator("summary")
    expect(folded).to_have_text("3 calls inside json")
    look = (
        "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one, '::before').display]"
    )
    assert folded.evaluate(look) == ["rgba(0, 0, 0, 0)", "none"]  # not those of the theme's notes
    calls.nth(1).get_by_role("button").click()
    expect(cell.locator(".cm-content")).to_be_focused()
    reader.page.keyboard.type("#")
    assert "\n#    return json.loads(text)\n" in reader.source(cell)


def test_an_error_can_be_copied_whole(reader: Reader, cell: Locator) -> None:
    shown = run(
        reader,
        cell,
        "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    raise ValueError from error",
        "error",
    )
    reader.press(shown, "Copy error")
    expect(shown.get_by_role("button", name="Copied")).to_be_visible()
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Traceback (most recent call last):")
    assert "ZeroDivisionError: division by zero" in copied
    assert copied.endswith("ValueError")


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("downloads = 1\ndownlods", "Did you mean: 'downloads'?"),
        (
            "import polars as pl\npl.DataFrame({'package': [1]}).select('pakage')",
            "Did you mean “package”? The columns are package.",
        ),
        ("import polars as pl\npl.union([])", "Here, write `pl.concat(frames)`."),
        (
            "import polars as pl\npl.read_parquet('data/pypi_monthly_downlods.parquet')",
            "Did you mean “data/pypi_monthly_downloads.parquet”?",
        ),
        ("import flask", "%pip install flask"),
    ],
)
def test_an_error_says_what_may_help(reader: Reader, cell: Locator, source: str, hint: str) -> None:
    shown = run(reader, cell, source, "error")
    expect(shown.locator("[data-part=error]")).to_contain_text(hint)
