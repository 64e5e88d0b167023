"""Charts of where Python runs: indexes of languages, browser, microcontroller."""

from typing import Any

import altair as alt
import polars as pl

from trends import wording
from trends.charts import theme
from trends.charts.lines import named_lines

PANEL = 150
"""Pixels, the height of one of three panels."""


def index_panels(shares: pl.DataFrame, *, highlight: str) -> Any:
    """Draw one panel an index, each with its own scale: their units must not share an axis.

    Args:
        shares: One row per index, date and language. Columns: `index` String, `date` Date,
            `language` String, `share` Float64 (fraction of what the index counts).
        highlight: The language drawn in colour; the others are grey.
    """
    names = shares["language"].unique(maintain_order=True).to_list()
    shades = [theme.color("accent" if name == highlight else "rest") for name in names]
    colors = alt.Scale(domain=names, range=shades)
    rows = shares.with_columns(percent=pl.col("share") * 100)
    panels = [
        named_lines(
            rows.filter(index=name),
            x="date",
            y="percent",
            series="language",
            y_title="percent",
            colors=colors,
            panel=True,
            height=PANEL,
        ).properties(title=alt.Title(name, fontSize=13))
        for name in rows["index"].unique(maintain_order=True)
    ]
    return theme.finish(
        alt.vconcat(*panels, spacing=18),
        title=_places(rows, highlight),
        subtitle="Share in percent of what each index counts; the scales differ",
        source=(
            "Sources: Stack Overflow Developer Surveys (ODbL 1.0); PYPL index; "
            "GitHub Innovation Graph (CC0)."
        ),
    )


def _places(rows: pl.DataFrame, highlight: str) -> str:
    newest = rows.filter(pl.col("date") == pl.col("date").max().over("index"))
    places = newest.with_columns(
        place=pl.col("percent").rank("ordinal", descending=True).over("index"),
        name=pl.col("index").str.replace(",.*", ""),
    ).filter(language=highlight)
    said = [f"{_ordinal(row['place'])} in {row['name']}" for row in places.to_dicts()]
    return f"{highlight} among these languages: {', '.join(said)}"


def _ordinal(place: int) -> str:
    return {1: "1st", 2: "2nd", 3: "3rd"}.get(place, f"{place}th")


def recipe_steps(recipes: pl.DataFrame) -> Any:
    """Draw how many packages are built for the browser, release by release.

    Args:
        recipes: One row a release. Columns: `date` Date, `version` String, `series` String (which
            repository), `packages` Int64.
    """
    names = recipes["series"].unique(maintain_order=True).to_list()
    shades = [theme.color(name) for name in ("accent", "rest", "fastapi")][: len(names)]
    chart = named_lines(
        recipes,
        x="date",
        y="packages",
        series="series",
        y_title="packages",
        colors=alt.Scale(domain=names, range=shades),
        step=True,
        points=True,
        digits=0,
        details=("version:N", "python_version:N"),
    )
    return theme.finish(
        chart,
        title=_recipe_finding(recipes, names),
        subtitle="Packages with a build recipe for Pyodide, by release",
        source="Source: counted in the public source of Pyodide (MPL-2.0).",
    )


def _recipe_finding(recipes: pl.DataFrame, names: list[str]) -> str:
    line = recipes.filter(series=names[0]).sort("date")
    top = line.filter(pl.col("packages") == pl.col("packages").max()).row(-1, named=True)
    last = line.row(-1, named=True)
    said = [f"{top['packages']} in {wording.month_name(top['date'])}"]
    if last["packages"] < top["packages"]:
        said.append(f"then {last['packages']}")
    if names[-1] != names[0]:
        newest = recipes.filter(series=names[-1]).sort("date").row(-1, named=True)
        said.append(f"{newest['packages']} in the {names[-1]}")
    return f"Packages built for the browser: {', '.join(said)}"


def board_steps(counts: pl.DataFrame, *, what: str) -> Any:
    """Draw what a release of MicroPython supports.

    Args:
        counts: One row per release and series. Columns: `date` Date, `version` String, `series`
            String, `count` Float64.
        what: The series that the title speaks of.
    """
    names = counts["series"].unique(maintain_order=True).to_list()
    shades = [theme.color("accent" if name == what else "rest") for name in names]
    chart = named_lines(
        counts,
        x="date",
        y="count",
        series="series",
        y_title="in the source tree",
        colors=alt.Scale(domain=names, range=shades),
        step=True,
        points=True,
        details=("version:N",),
    )
    line = counts.filter(series=what).sort("date")
    first, last = line.row(0, named=True), line.row(-1, named=True)
    said = [f"{row['count']:g} in {wording.month_name(row['date'])}" for row in (first, last)]
    return theme.finish(
        chart,
        title=f"MicroPython, {what.replace('_', ' ')}: {said[0]}, {said[1]}",
        subtitle="Boards and ports (families of chips) in the source tree, by release",
        source="Source: counted in the public source of MicroPython (MIT).",
    )
