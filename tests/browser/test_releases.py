"""A chapter drawn with an earlier release: one that is made up in the reader's own Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from browser.reader import Reader

PAGE = "tooling/linters-formatters/"
DAY = "2026-01-01"

EARLIER = f"""
from pathlib import Path
import polars as pl
from livecells.kernel.files import earlier
from trends import data, releases

for name in ("pypi_monthly_downloads", "pypi_key_months"):
    now = data.load(name)
    column = pl.col("downloads_30d")
    ruff = pl.when(pl.col("package") == "ruff").then(column * 2).otherwise(column)
    before = now.with_columns(downloads_30d=ruff.cast(now.schema["downloads_30d"]))
    place = Path("data/releases/{DAY}")
    place.mkdir(parents=True, exist_ok=True)
    earlier.difference(data.describe(name), before, now).write_parquet(place / f"{{name}}.parquet")
print(releases.days())
"""

CHOICE = f"""async (script) => {{
  const {{ ReleaseChoice }} = await import(script); // the page has no such element of its own
  customElements.define("release-choice", ReleaseChoice);
  const choice = document.createElement("release-choice");
  const select = document.createElement("select");
  for (const day of ["", "{DAY}"]) select.add(new Option(day || "newest", day));
  choice.append(select);
  document.querySelector(".chapter-facts").append(choice);
}}"""


def test_a_chapter_is_drawn_with_an_earlier_release_and_back(reader: Reader) -> None:
    """Its figures and the values in its sentences follow; no value is the author's by accident."""
    reader.open(PAGE)
    first = reader.first_cell()
    authored = first.evaluate("cell => cell.original")
    reader.edit(first, f"{EARLIER}\n{authored}")  # the hidden cells below it run, too
    reader.run(first)
    expect(reader.outputs(first)).to_contain_text(DAY)
    reader.page.evaluate(CHOICE, f"{reader.server.url}assets/release-choice.js")
    choice = reader.page.locator("release-choice select")
    moved = reader.page.locator(".cell-value.is-changed")
    expect(moved).to_have_count(0)
    for day in (DAY, ""):
        choice.select_option(day)
        said = f'releases.use("{day}")' if day else "releases.use()"
        wanted = f"from trends import releases\n\n{said}\n{authored}"
        expect(first).to_have_js_property("source", wanted)
        if day:
            expect(moved.first).to_be_visible()
        else:
            expect(moved).to_have_count(0)
        reader.wait_for_state(first, "ok")
    reader.press(first, "Reset")
    expect(first).to_have_js_property("source", authored)
