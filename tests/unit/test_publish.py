"""Figures as objects: their files, their page, and what two of one name get."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from buildlib import converting, site_context
from livecells.author import fence
from livecells.author.page import Page
from livecells.errors import BuildError
from livecells.figures import exports, publish
from livecells.figures.draw import draw
from livecells.figures.publish import Figure, Figures, Publication
from livecells.store import Store

CHART = """
import altair as alt
import polars as pl

rows = pl.DataFrame({"day": ["2025-07-01", "2025-08-01"], "n": [1, 2]}).cast({"day": pl.Date})
alt.Chart(rows).mark_line().encode(x="day", y="n").properties(
    title=alt.Title("Up & away", subtitle="Count"), description="A line that rises."
)
"""
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PUBLICATION = Publication(
    "A <site>", "https://example.org/", "livecells/1/embed.js", ("livecells/1/livecells.css",)
)


def spec(**more: Any) -> dict[str, Any]:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.4.1.json",
        "title": {"text": ["Two", "lines"], "subtitle": "A measure"},
        "description": "A line that rises.",
        "background": "transparent",
        "usermeta": {"caption": "Source: somebody.", "licence": "MIT"},
        "config": {"axis": {"labelColor": "var(--chart-muted, var(--other, rgb(1, 2, 3)))"}},
        "layer": [
            {
                "data": {"name": "points"},
                "mark": {"type": "line", "color": "var(--chart-accent, #0063a8)"},
                "encoding": {"x": {"field": "day", "type": "temporal"}, "y": {"field": "n"}},
            },
            {
                "data": {"name": "labels"},
                "mark": "text",
                "encoding": {"x": {"field": "day", "type": "temporal"}, "text": {"field": "n"}},
            },
        ],
        "datasets": {
            "points": [
                {"day": "2025-07-01T00:00:00", "n": 1},
                {"day": "2025-08-01T00:00:00", "n": None},
            ],
            "labels": [{"day": "2025-08-01T00:00:00", "n": "a, b"}],
        },
        **more,
    }


def figure(**more: Any) -> Figure:
    chart = spec(**more)
    return Figure("rise", chart, draw(chart), "chart()", "part/page/", "A page", "page.md")


def open_page(source: Path, figures: Figures) -> Page:
    site = site_context(source.parent / "cache", figures=figures)
    return Page(site, f"{source.stem}/", source)


def make(page: Page, source: str, cell: str = "rise") -> str:
    return fence.format_cell(source, "python", "python", {"cell": cell}, converting(page))


def test_a_figure_has_seven_files(tmp_path: Path) -> None:
    made = publish.files(figure(), PUBLICATION, Store(tmp_path))
    suffixes = {name.removeprefix("rise") for name in made}
    assert suffixes == {".json", ".csv", ".parquet", ".svg", ".png", ".metadata.json", ".html"}
    assert made["rise.png"].startswith(PNG_SIGNATURE)
    about = json.loads(made["rise.metadata.json"])
    assert about["title"] == "Two lines"
    assert about["source"] == "Source: somebody."
    assert (about["licence"], about["as_of"]) == ("MIT", "2025-08-01")
    assert about["url"] == "https://example.org/part/page/#rise"
    assert about["code"] == "chart()"
    for name, described in about["files"].items():
        assert described["sha256"] == hashlib.sha256(made[name]).hexdigest()


def test_no_file_for_other_programs_has_a_css_variable(tmp_path: Path) -> None:
    made = publish.files(figure(), PUBLICATION, Store(tmp_path))
    for suffix in (".json", ".svg", ".csv"):
        assert b"var(" not in made[f"rise{suffix}"], suffix
    exported = json.loads(made["rise.json"])
    assert exported["config"]["axis"]["labelColor"] == "rgb(1, 2, 3)"
    assert exported["layer"][0]["mark"]["color"] == "#0063a8"
    assert b"#0063a8" in made["rise.svg"]
    assert b"var(--chart-accent" in made["rise.html"], "the page follows the reader's scheme"


def test_a_picture_says_where_it_comes_from(tmp_path: Path) -> None:
    made = publish.files(figure(), PUBLICATION, Store(tmp_path))
    assert "Source: somebody." in made["rise.svg"].decode()
    assert "A &lt;site&gt;" in made["rise.svg"].decode()


def test_the_table_is_the_rows_drawn_without_those_of_labels() -> None:
    assert exports.rows_csv(spec()) == b"day,n\n2025-07-01,1\n2025-08-01,\n"


def test_panels_are_counted() -> None:
    panels = [{"data": {"values": [{"a": 1}]}}, {"data": {"values": [{"b": "x, y"}]}}]
    rows = list(csv.DictReader(exports.rows_csv({"hconcat": panels}).decode().splitlines()))
    assert rows == [{"panel": "1", "a": "1", "b": ""}, {"panel": "2", "a": "", "b": "x, y"}]


def test_links_of_marks_are_written_out(tmp_path: Path) -> None:
    linked = figure()
    linked.spec["layer"][1]["encoding"]["href"] = {"field": "where"}
    linked.spec["datasets"]["labels"][0]["where"] = "../other/#x"
    made = publish.files(linked, PUBLICATION, Store(tmp_path))
    rows = json.loads(made["rise.json"])["datasets"]["labels"]
    assert rows[0]["where"] == "https://example.org/part/other/#x"
    assert "https://example.org/part/other/#x" in made["rise.svg"].decode()
    assert linked.spec["datasets"]["labels"][0]["where"] == "../other/#x"


def test_pictures_of_unchanged_figures_are_not_drawn_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish.files(figure(), PUBLICATION, Store(tmp_path))

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(exports, "svg", refuse)
    monkeypatch.setattr(exports, "png", refuse)
    assert publish.files(figure(), PUBLICATION, Store(tmp_path)) == first
    with pytest.raises(AssertionError):
        publish.files(figure(description="Changed."), PUBLICATION, Store(tmp_path))


def test_the_page_of_a_figure_is_escaped_and_leads_back(tmp_path: Path) -> None:
    html = publish.files(figure(), PUBLICATION, Store(tmp_path))["rise.html"].decode()
    assert "<site>" not in html
    assert '<base href="../part/page/" target="_blank">' in html
    assert 'href="../../part/page/#rise"' in html
    assert 'src="../../livecells/1/embed.js"' in html
    assert "http://" not in html.replace("http://www.w3.org/", "")


def test_cells_with_charts_become_figures_and_checks_do_not(tmp_path: Path) -> None:
    figures = Figures()
    page = open_page(tmp_path / "page.md", figures)
    assert 'data-figure="rise"' in make(page, CHART)
    assert "data-figure" not in make(page, "1", "plain")
    assert "data-figure" not in fence.own_cell(page, "check", CHART)
    assert [one.id for one in figures] == ["rise"]
    folders = (tmp_path / "pictures", tmp_path / "kept")
    publish.publish(figures, tmp_path / "site", PUBLICATION, *folders)
    table = (tmp_path / "site/figures/rise.csv").read_text()
    assert table == "day,n\n2025-07-01,1\n2025-08-01,2\n"


def test_one_id_on_two_pages_stops_the_build(tmp_path: Path) -> None:
    figures = Figures()
    for name in ("one.md", "two.md"):
        (tmp_path / name).write_text(f'\n```python cell="rise"{CHART}```\n')
    make(open_page(tmp_path / "one.md", figures), CHART)
    second = open_page(tmp_path / "two.md", figures)
    make(second, CHART)
    with pytest.raises(BuildError, match=r'two\.md:2: figure "rise" is on one\.md too'):
        second.site.require_no_errors()


def test_a_page_links_only_to_pages_that_are_there(tmp_path: Path) -> None:
    here = {"": tmp_path, "claims/": tmp_path, "part/": tmp_path, "part/page/": tmp_path}
    for url, target, expected in (
        ("claims/", "part/page/", "../part/page/"),
        ("part/page/", "part/", "../"),
        ("", "claims/", "claims/"),
        ("claims/", "", "../"),
        ("claims/", "nowhere/", None),
    ):
        page = Page(site_context(tmp_path, pages=here), url, tmp_path / "x.md")
        assert page.link_to(target) == expected
