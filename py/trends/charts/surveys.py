"""Charts of survey shares."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import polars as pl

from trends.charts import theme
from trends.charts.bars import THIN, named_bars
from trends.charts.dots import ROW_HEIGHT, dot_rows
from trends.charts.labels import CHARACTER, GAP, color_scale, short, spread
from trends.charts.lines import POINT_ROOM

SLOPE_ROOM = 0.35
"""Share of the axis of years added at the right for the labels."""


SOURCE = (
    "Sources: Stack Overflow Developer Surveys (ODbL 1.0); Python Developers Survey "
    "(PSF and JetBrains), published figures."
)


def share_slopes(shares: pl.DataFrame) -> Any:
    """Draw shares by year, one panel a survey: their bases differ and must not share an axis.

    Args:
        shares: One row per survey, year and item. Columns: `survey` String,
            `year` Int32, `item` String, `share` Float64, fraction (0 to 1) of
            the survey's respondents.
    """
    surveys = shares["survey"].unique(maintain_order=True).to_list()
    colors = color_scale([name.lower() for name in shares["item"].unique(maintain_order=True)])
    panels = [year_slopes(shares.filter(survey=name), name, colors) for name in surveys]
    chart = alt.hconcat(*panels, spacing=24).resolve_scale(y="independent")
    return theme.finish(
        chart,
        title=_finding(shares),
        subtitle="Share of each survey's respondents, percent",
        source=SOURCE,
    )


def _finding(shares: pl.DataFrame) -> str:
    """Name the leader of each survey's last year."""
    newest = shares.filter(pl.col("year") == pl.col("year").max().over("survey"))
    leaders = newest.sort("share").group_by("survey", maintain_order=True).last()
    said = [f"{row['item']} {row['share']:.0%} ({row['year']})" for row in leaders.to_dicts()]
    return f"First in its newest survey: {', '.join(said)}"


def year_slopes(shares: pl.DataFrame, name: str, colors: alt.Scale) -> Any:
    """Draw one survey's shares by year as a panel, with names and figures at the ends.

    Args:
        shares: One row per year and item. Columns: `year` Int32, `item` String, `share` Float64.
        name: Heading of the panel.
        colors: Colours of the items, by their names in lower case.
    """
    rows = shares.with_columns(
        package=pl.col("item").str.to_lowercase(), percent=pl.col("share") * 100
    )
    first, last = int(rows["year"].min()), int(rows["year"].max())  # type: ignore[arg-type]
    domain = [first, last + max((last - first) * SLOPE_ROOM, 0.5)]
    years = sorted(set(rows["year"].to_list()))
    base = alt.Chart(rows).encode(
        x=alt.X("year:Q")
        .title(None)
        .scale(domain=domain, nice=False)
        .axis(format="d", values=years),
        y=alt.Y("percent:Q").title("percent").scale(zero=True).axis(labelPadding=POINT_ROOM),
        color=alt.Color("package:N").scale(colors).legend(None),
        tooltip=["item:N", "year:Q", alt.Tooltip("percent:Q", format=".1f", title="percent")],
    )
    labels = (
        alt.Chart(_labelled(rows))
        .mark_text(align="left", dx=8, fontWeight=600)
        .encode(
            x="year:Q", y="label_y:Q", text="label:N", color=alt.Color("package:N").scale(colors)
        )
    )
    layers = alt.layer(
        base.mark_line(strokeWidth=2.5), base.mark_circle(size=60, opacity=1), labels
    )
    return layers.properties(title=alt.Title(name, fontSize=13), height=theme.HEIGHT - 60)


def _labelled(rows: pl.DataFrame) -> pl.DataFrame:
    """Give the last point of each line its words, moved apart where they would overlap."""
    ends = rows.sort("year").group_by("item", maintain_order=True).last().sort("percent")
    span = float(rows["percent"].max())  # type: ignore[arg-type]
    placed = spread([float(value) for value in ends["percent"]], gap=GAP * 1.4 * span)
    words = pl.format("{} {}", pl.col("item"), pl.col("percent").round(1))
    return ends.with_columns(label=words, label_y=pl.Series(placed, dtype=pl.Float64))


def question_bars(answers: pl.DataFrame, *, claimed: Mapping[str, float]) -> Any:
    """Draw the first answers to several questions on one scale, with claimed shares as rules.

    Args:
        answers: One row per question and answer, in the order to show. Columns: `question`,
            `item` String, `share` Float64 (0 to 1), `is_named` Boolean (one of the claimed).
        claimed: Name to claimed percent.
    """
    rows = answers.with_columns(percent=pl.col("share") * 100)
    rows = rows.with_columns(words=pl.format("{} {}", "item", pl.col("percent").round(1)))
    color = alt.Color("is_named:N").scale(
        domain=[True, False], range=[theme.color("accent"), theme.color("rest")]
    )
    rules = pl.DataFrame({"claimed": [float(value) for value in claimed.values()]})
    scale = alt.Scale(domain=[0, 100])
    panels = []
    for question in rows["question"].unique(maintain_order=True):
        part = rows.filter(question=question)
        bars = named_bars(
            part, row="item", value="percent", words="words", scale=scale, color=color.legend(None)
        )
        y = alt.Y("item:N", sort=part["item"].to_list(), axis=None)
        rule = (
            alt.Chart(part.join(rules, how="cross"))
            .mark_tick(size=13, thickness=2, color=theme.color("text"))
            .encode(x=alt.X("claimed:Q").scale(scale), y=y)
        )
        panel = alt.layer(bars, rule).properties(height=(ROW_HEIGHT + THIN) * len(part))
        panels.append(panel.properties(title=alt.Title(question, fontSize=13)))
    said = [f"{name} {value:g}" for name, value in claimed.items()]
    first = [
        rows.filter(question=q)["item"][0] for q in rows["question"].unique(maintain_order=True)
    ]
    return theme.finish(
        alt.vconcat(*panels, spacing=16),
        title=f"First answer to each question: {', '.join(first)}",
        subtitle=f"Percent of the first 1,000 respondents; ticks: claimed ({', '.join(said)})",
        source="Source: Stack Overflow Developer Survey 2025 (ODbL 1.0), its first 1,000 rows.",
    )


def change_slopes(shares: pl.DataFrame) -> Any:
    """Draw how shares changed from one year to another, with figures at both ends.

    Args:
        shares: One row per item and year. Columns: `item` String, `year` Int32, `share` Float64,
            fraction (0 to 1) of the respondents. An item asked for in one year only is a dot.
    """
    rows = shares.sort("year", "item").with_columns(percent=pl.col("share") * 100)
    names = shares["item"].unique(maintain_order=True).to_list()
    first, last = int(rows["year"].min()), int(rows["year"].max())  # type: ignore[arg-type]
    room = CHARACTER * (max(len(name) for name in names) + 3) + 12
    years = alt.X("year:Q").title(None).axis(format="d", values=[first, last])
    x = years.scale(
        domain=[first, last], nice=False, rangeMin=40, rangeMax=alt.ExprRef(f"width - {room:.0f}")
    )
    color = alt.Color("item:N").scale(color_scale(names)).legend(None)
    y = alt.Y("percent:Q").title("percent").scale(domain=[0, 100])
    base = alt.Chart(rows).encode(
        x=x,
        color=color,
        tooltip=["item:N", "year:Q", alt.Tooltip("percent:Q", format=".1f", title="percent")],
    )
    ends = rows.filter(year=last).sort("percent")
    placed = spread(ends["percent"].to_list(), gap=100 * GAP)
    ends = ends.with_columns(
        label=pl.format("{} {}", "item", short("percent")),
        label_y=pl.Series(placed, dtype=pl.Float64),
    )
    right = alt.Chart(ends).mark_text(align="left", dx=9, fontWeight=600)
    left = alt.Chart(rows.filter(year=first)).mark_text(align="right", dx=-9, fontWeight=600)
    changed = rows.filter(year=last).join(rows.filter(year=first), on="item", suffix="_before")
    said = [
        f"{row['item']}, {row['percent_before']:.0f} to {row['percent']:.0f} percent"
        for row in changed.sort("percent", descending=True).to_dicts()
    ]
    return theme.finish(
        alt.layer(
            base.mark_line(strokeWidth=2.5).encode(y=y),
            base.mark_circle(size=70, opacity=1).encode(y=y),
            right.encode(x=x, y="label_y:Q", text="label:N", color=color),
            left.encode(x=x, y="percent:Q", text=alt.Text("percent:Q", format=".0f"), color=color),
        ).properties(height=theme.HEIGHT),
        title=f"{first} to {last}: {'; '.join(said)}",
        subtitle="Share of all respondents, percent",
        source="Source: Stack Overflow Developer Surveys (ODbL 1.0).",
    )


def population_dots(shares: pl.DataFrame, *, what: str) -> Any:
    """Draw one dot an item; its shape tells whom the share is of.

    Args:
        shares: One row an item. Columns: `item`, `population` String, `share` Float64, fraction (0
            to 1) of the population.
        what: What the items are, for the words.
    """
    rows = shares.sort("share", "item", descending=[True, False]).with_columns(
        percent=pl.col("share") * 100,
        words=pl.format("{} %", (pl.col("share") * 100).round(1)),
        population=pl.col("population").str.replace_all(
            " respondents (not representative)", " answers", literal=True
        ),
    )
    groups = rows["population"].unique(maintain_order=True).to_list()
    shades = [theme.color(shade) for shade in ("accent", "flask", "fastapi")][: len(groups)]
    shapes = ["circle", "diamond", "square"][: len(groups)]
    legend = alt.Legend(title=None, orient="top", columns=1, symbolOpacity=1, labelLimit=340)
    chart = dot_rows(
        rows,
        row="item",
        value="percent",
        words="words",
        x_title="percent",
        scale="linear",
        color=alt.Color("population:N").scale(domain=groups, range=shades).legend(legend),
        shape=alt.Shape("population:N").scale(domain=groups, range=shapes).legend(legend),
    )
    first = rows.row(0, named=True)
    return theme.finish(
        chart,
        title=f"{what}: {first['item']} first, used by {first['percent']:.1f} percent",
        subtitle="Share who used it, several answers allowed, percent",
        source="Source: Stack Overflow Developer Survey 2025 (ODbL 1.0).",
    )
