"""Ten questions about three charts, answered by keys and sound alone.

The expected answers come from the rows that each chart draws.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.ours import SCRIPT, module
from browser.reader import Reader
from browser.server import Reply

TONES = """
window.tones = [];
window.OscillatorNode = class extends OscillatorNode {
  constructor(context, options) {
    super(context, options);
    window.tones.push(options.frequency);
  }
};
"""
"""Write down the frequency of each tone that the browser plays."""

ROWS = """figure => {
  const { content } = figure.parentElement.querySelector("template[data-part=spec]");
  return Object.values(JSON.parse(content.textContent).datasets);
}"""

PLAYED_MS = 30_000


class Listener:
    """Somebody who hears a chart and does not see it."""

    def __init__(self, page: Page, figure: Locator) -> None:
        self.page = page
        self.figure = figure
        figure.scroll_into_view_if_needed()
        self.svg = figure.locator(".chart-live svg").first
        self.spoken = figure.locator(".chart-spoken")
        expect(self.svg).to_be_visible()
        self.svg.focus()

    def rows(self) -> list[list[dict[str, Any]]]:
        """Return the tables that the chart draws."""
        tables: list[list[dict[str, Any]]] = self.figure.evaluate(ROWS)
        return tables

    def press(self, *keys: str) -> str:
        """Press keys and return what is spoken after the last."""
        for key in keys:
            self.svg.press(key)
        return self.spoken.text_content() or ""

    def about(self) -> str:
        """Return what a screen reader says of the chart at first."""
        named = self.svg.get_attribute("aria-describedby")
        return self.page.locator(f"id={named}").text_content() or ""

    def play(self) -> list[float]:
        """Play what the reader is at, and return the tones in hertz."""
        self.page.evaluate("tones.length = 0")
        self.svg.press(" ")
        listen = self.figure.get_by_role("button", name="Listen")
        expect(listen).to_be_visible(timeout=PLAYED_MS)  # it was "Stop the sound" meanwhile
        tones: list[float] = self.page.evaluate("tones")
        return tones


@pytest.fixture
def listener(reader: Reader) -> Reader:
    reader.page.add_init_script(TONES)
    return reader


def chart(reader: Reader, cell: str) -> Listener:
    return Listener(reader.page, reader.page.locator(f"#{cell} figure.chart").first)


def test_lines_over_time(listener: Reader) -> None:
    listener.open("frameworks/modern-web/")
    lines = chart(listener, "web-claimed-and-counted")
    counted = max(lines.rows(), key=len)
    fastapi, django = (
        [row["millions"] for row in counted if row["package"] == package and row["millions"]]
        for package in ("fastapi", "django")
    )
    # 1. What is in the chart, and what is its unit?
    assert lines.press("ArrowDown").startswith("all series. ")
    assert lines.press("ArrowDown").startswith("FastAPI, 1 of 2. ")
    # 2. How many downloads had FastAPI in the last month?
    assert lines.press("End") == f"March 2026, million downloads: {fastapi[-1]:.1f}"
    # 3. And Django, in the same month?
    assert lines.press("ArrowDown").endswith(f"March 2026, million downloads: {django[-1]:.1f}")
    # 4. What was Django's lowest month?
    lowest = re.search(r"Django.*?([\d.]+) \((\w+ \d{4})\), the lowest", lines.about())
    assert lowest
    assert lowest[1] == f"{min(django):.1f}"
    assert not [path for path in listener.requests if "chart-sound" in path]
    # 5. Which of the two grew more? By ear: both begin low, one ends higher.
    lines.press("ArrowUp")
    tones = lines.play()
    assert len(tones) == len(fastapi)
    lines.press("ArrowDown")
    others = lines.play()
    assert len(others) == len(django)
    assert tones[-1] > others[-1]
    assert tones[-1] / tones[0] > others[-1] / others[0]
    assert [path for path in listener.requests if "chart-sound" in path]
    assert listener.python_requests() == []


def test_rows_of_bars(listener: Reader) -> None:
    listener.open("how-fast/")
    bars = Listener(listener.page, listener.page.locator("figure.chart").nth(3))
    used = {row["moment"]: row["mb"] for row in bars.rows()[0]}
    # 6. What is the first bar, and how long is it?
    first = next(iter(used))
    assert bars.press("ArrowRight") == f"moment: {first}, megabytes: {used[first]:.1f}"
    # 7. Which bars are the shortest and the longest?
    low, high = min(used, key=lambda m: used[m]), max(used, key=lambda m: used[m])
    assert f"from moment: {low}, " in bars.about()
    assert f"to moment: {high}, " in bars.about()
    # 8. Which bar is the longest, by ear?
    tones = bars.play()
    assert [*used][tones.index(max(tones))] == high


def test_panels(listener: Reader) -> None:
    listener.open("introduction/")
    panels = Listener(listener.page, listener.page.locator("figure.chart").first)
    java = [row["percent"] for row in panels.rows()[0] if row["language"] == "Java"]
    # 9. What share has Java at the end, in the first of the panels?
    while not panels.press("ArrowDown").startswith("Stack Overflow, Java, "):
        assert "PYPL" not in panels.press()
    assert panels.press("End").endswith(f", percent: {java[-1]:.1f}")
    # 10. Does it rise or fall? By ear.
    tones = panels.play()
    assert len(tones) == len(java)
    assert (tones[-1] > tones[0]) == (java[-1] > java[0])


def test_the_sound_ends_when_asked(listener: Reader) -> None:
    listener.open("introduction/")
    panels = Listener(listener.page, listener.page.locator("figure.chart").first)
    panels.figure.get_by_role("button", name="Listen").click()
    stop = panels.figure.get_by_role("button", name="Stop the sound")
    stop.click()
    expect(panels.figure.get_by_role("button", name="Listen")).to_be_visible()
    panels.svg.press(" ")
    expect(stop).to_be_visible()
    panels.svg.press("Escape")
    expect(panels.figure.get_by_role("button", name="Listen")).to_be_visible()


def test_a_browser_without_sound_says_so(listener: Reader) -> None:
    listener.page.add_init_script("delete window.AudioContext")
    listener.open("introduction/")
    panels = Listener(listener.page, listener.page.locator("figure.chart").first)
    expect(panels.figure.get_by_role("button", name="Listen")).to_have_count(0)
    assert panels.press(" ") == "This browser plays no sound."
    assert panels.press("End").startswith("date: ")


DRAW = """async (spec) => {
  const { drawChart } = await import(document.baseURI + "drawing.js");
  const place = document.querySelector("figure.chart");
  await drawChart(place, spec);
}"""


@pytest.mark.parametrize(
    ("mark", "key", "spoken"),
    [
        ("line", "ArrowDown", ["a, 1 of 2. x: 1, y: 5", "b, 2 of 2. x: 1, y: 3"]),
        ("point", "ArrowRight", ["x: 1, y: 5, kind: a", "x: 1, y: 3, kind: b"]),
    ],
)
def test_a_chart_without_tooltips_has_its_descriptions(
    listener: Reader, tmp_path: Path, mark: str, key: str, spoken: list[str]
) -> None:
    chart_alone = Reply(body=module("output/chart.js", tmp_path), headers=SCRIPT)
    listener.server.faults.append(lambda path: chart_alone if path.endswith("drawing.js") else None)
    listener.open("introduction/")
    rows = [
        {"x": x, "y": y, "kind": k}
        for x, y, k in ((1, 5, "a"), (2, 6, "a"), (1, 3, "b"), (2, 4, "b"))
    ]
    encoding = {
        "x": {"field": "x", "type": "quantitative"},
        "y": {"field": "y", "type": "quantitative"},
        "color": {"field": "kind", "type": "nominal"},
    }
    drawn = Listener(listener.page, listener.page.locator("figure.chart").first)
    listener.page.evaluate(DRAW, {"data": {"values": rows}, "mark": mark, "encoding": encoding})
    assert [drawn.press(key), drawn.press(key)] == spoken
