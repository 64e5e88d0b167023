"""Cells of SQL, cells that run by themselves, and exercises that check themselves."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Locator, expect

from browser.reader import Regular
from chapters import ROOT

SQL = "/codemirror-sql-"


def rows(cell: Locator) -> Locator:
    return cell.locator("[data-part=outputs] table.frame tbody tr")


def saved(regular: Regular, entry: str) -> str:
    """The text of the file that an entry of the page's menu hands out."""
    regular.bar.get_by_role("button", name="This page").click()
    with regular.page.expect_download() as waiting:
        regular.bar.get_by_role("menuitem", name=entry).click()
    return Path(waiting.value.path()).read_text(encoding="utf-8")


def switch(regular: Regular) -> None:
    """Turn the switch for cells that run by themselves, by keyboard."""
    regular.bar.get_by_role("button", name="This page").press("Enter")
    regular.bar.get_by_role("menuitemcheckbox", name="Run what depends on it").press("Enter")


def test_sql_and_python_see_each_other(regular: Regular, monkeypatch: pytest.MonkeyPatch) -> None:
    regular.open("explore/")
    fastest, python = regular.cell("fastest"), regular.cell("fastest-in-python")
    expect(rows(fastest)).to_have_count(8)  # from the build
    expect(fastest.locator("[data-part=source] .k").first).to_have_text("WITH")
    regular.run(fastest)
    regular.run(python)
    expect(regular.outputs(python)).to_contain_text("The same packages: True")

    source = regular.source(fastest)
    regular.unfold(python)
    python.locator("[data-part=source]").click()
    python.locator(".cm-content").wait_for()
    assert not [path for path in regular.requests if SQL in path]
    regular.edit(fastest, source.replace("LIMIT 8", "LIMIT 5"))
    assert [path for path in regular.requests if SQL in path]
    expect(fastest.locator(".cm-line:nth-child(2) .tok-keyword").first).to_have_text("WITH")
    expect(python).to_have_attribute("data-stale", "")  # the graph knows SQL
    regular.run(fastest)
    expect(rows(fastest)).to_have_count(5)

    regular.edit(fastest, "%%sql fastest\nSELECT *\nFROM pypi_key_month")
    regular.run(fastest, "error")
    expect(regular.outputs(fastest)).to_contain_text("Did you mean “pypi_key_months”")
    expect(fastest.get_by_role("button", name="fastest, line 3")).to_be_visible()
    expect(fastest.locator(".cm-error-line")).to_have_text("FROM pypi_key_month")
    regular.edit(fastest, "%%sql fastest\nSELECT * FROM growth g WHERE g.")
    regular.page.keyboard.press("Control+Space")
    offered = regular.page.get_by_role("listbox", name="Completions").get_by_role("option")
    expect(offered.first).to_have_text(re.compile("^package"))
    regular.page.keyboard.press("Escape")
    regular.edit(fastest, "%%sql fastest\nSELECT a\nFROM b c d")
    expect(fastest.locator(".cm-lintRange-error")).to_be_visible()

    regular.press(fastest, "Reset")
    text = saved(regular, "Download cells (.py)")
    found = re.search(r"^# %% fastest\n(.*?)^# %% ", text, re.M | re.S)
    assert found
    monkeypatch.chdir(ROOT)
    names: dict[str, pl.DataFrame] = {}
    exec(found[1], names)
    assert names["fastest"].height == 8


def test_what_depends_runs_by_itself_where_that_is_wanted(regular: Regular) -> None:
    regular.open("playground/")
    first, second, third = regular.write_cells(
        [
            "import polars as pl\nn = 3",
            "rows = pl.select(i=pl.int_range(n))",
            "%%sql top\nSELECT * FROM rows",
        ]
    )
    for cell in (first, second, third):
        regular.run(cell)
    ran = regular.count(third)
    regular.edit(first, "import polars as pl\nn = 4")
    regular.run(first)
    expect(third).to_have_attribute("data-stale", "")
    regular.page.wait_for_timeout(600)
    assert regular.count(third) == ran  # nobody has asked for it

    switch(regular)
    expect(rows(third)).to_have_count(4)  # what was out of date already
    regular.edit(first, "import polars as pl\nn = 5")
    regular.run(first)
    expect(rows(third)).to_have_count(5)
    ids = [cell.get_attribute("id") for cell in (second, third)]
    said = regular.bar.get_by_role("status").filter(has_text="Ran by itself")
    expect(said).to_have_text(f"Ran by itself: {ids[0]}, {ids[1]}")
    settled = [regular.count(cell) for cell in (first, second, third)]
    regular.page.wait_for_timeout(800)
    assert [regular.count(cell) for cell in (first, second, third)] == settled  # no loop

    # a text that the reader has not run does not run by itself, and nor does what needs it
    regular.edit(second, "rows = pl.select(i=pl.int_range(2 * n))")
    regular.edit(first, "import polars as pl\nn = 6")
    regular.run(first)
    regular.page.wait_for_timeout(800)
    expect(rows(third)).to_have_count(5)
    regular.run(second)
    expect(rows(third)).to_have_count(12)

    # a newer run overtakes what runs by itself
    regular.edit(
        second, "import time\nif n > 6:\n    time.sleep(30)\nrows = pl.select(i=pl.int_range(n))"
    )
    regular.run(second)
    regular.edit(first, "import polars as pl\nn = 7")
    regular.run(first)
    expect(second).to_have_attribute("data-state", "busy")
    regular.edit(first, "import polars as pl\nn = 2")
    regular.run(first)
    expect(rows(third)).to_have_count(2)
    expect(second).to_have_attribute("data-state", "ok")


def test_an_exercise_says_what_is_still_wrong_and_keeps_what_is_solved(regular: Regular) -> None:
    regular.open("learn/")
    answer = regular.cell("learn-median")
    exercise = regular.page.locator("cell-exercise[data-cell=learn-median]")
    check = exercise.get_by_role("button", name="Check my answer")
    said = exercise.get_by_role("status")
    expect(exercise).to_contain_text("0 of 3 solved on this page")
    check.press("Enter")
    expect(said).to_have_text(re.compile("^Not yet. A few packages .* Divide by the median.$"))
    exercise.get_by_text("Hint 1").click()
    expect(exercise.get_by_text("can stand in a division")).to_be_visible()
    regular.edit(answer, "1 / 0")
    expect(said).to_have_text("")
    check.click()
    expect(said).to_have_text(re.compile("ended with an error"))
    solution = exercise.locator("details code").last.evaluate("code => code.textContent")
    regular.edit(answer, solution)
    answer.locator(".cm-content").press("Control+Enter")
    expect(said).to_have_text("Right: your answer passes every check.")
    expect(exercise).to_contain_text("✓ Solved · 1 of 3 solved on this page")

    regular.edit(regular.cell("learn-start"), "1 / 0")  # an answer that raises holds up no other
    share = regular.page.locator("cell-exercise[data-cell=learn-share]")
    share.get_by_role("button", name="Check my answer").click()
    expect(share.get_by_role("status")).to_have_text(re.compile("whoever ticked six languages"))
    kept = json.loads(saved(regular, "Download my progress (.json)"))
    assert [bool(one.get("solved")) for one in kept["exercises"]] == [True, False, False]
    assert kept["exercises"][0]["answer"] == solution
    assert kept["exercises"][0]["tries"] == 2

    regular.page.reload()
    expect(exercise).to_contain_text("✓ Solved · 1 of 3 solved on this page")
