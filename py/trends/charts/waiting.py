"""Charts of the site's own speed: stages of a start, growth, native against browser, memory."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import polars as pl

from trends.charts import theme
from trends.charts.bars import word_bars
from trends.charts.dots import dumbbell_rows, role_color
from trends.charts.labels import CHARACTER, haloed, line_ends, log_axis
from trends.wording import megabytes, wait

STAGE_COLORS: Mapping[str, str] = {
    "fetch": "pandas",
    "compile": "flask",
    "start Python": "accent",
    "imports": "django",
    "query": "fastapi",
    "chart": "ruff",
    "other": "rest",
}
BAR = 22
ROW = 52
"""Pixels: a bar, and a bar with its name above."""

SERIES = ("accent", "flask", "fastapi")
MEMORY = {
    "tab": "Resident memory of the tab's process, its worker included",
    "Python": "Memory of Python in the worker, a part of the tab's",
}

SOURCE = "Source: make bench, this project's own measurement."


def stage_bars(stages: pl.DataFrame) -> Any:
    """Draw each start as a bar of its stages, one after the other.

    Args:
        stages: One row a start and stage, in order. Columns: `bar`, `moment`, `place`, `group`
            String, `ms`, `total` Float64.
    """
    order = list(STAGE_COLORS)
    ends = pl.col("ms").cum_sum().over("bar")
    rows = stages.with_columns(end=ends, start=ends - pl.col("ms"))
    totals = stages.unique("bar", keep="first", maintain_order=True)
    said = [f"{row['bar']}: {wait(row['total'])}" for row in totals.to_dicts()]
    y = alt.Y("bar:N", sort=totals["bar"].to_list(), axis=None)
    colors = alt.Scale(domain=order, range=[theme.color(STAGE_COLORS[name]) for name in order])
    bars = (
        alt.Chart(rows)
        .mark_bar(height=BAR)
        .encode(
            x=alt.X("start:Q").title("milliseconds").scale(nice=False).axis(tickCount=5, grid=True),
            x2="end:Q",
            y=y,
            color=alt.Color("group:N").scale(colors).legend(title=None, orient="top", columns=4),
            tooltip=["bar:N", "group:N", alt.Tooltip("ms:Q", format=",.0f", title="ms")],
        )
    )
    names = (
        alt.Chart(totals.with_columns(words=pl.Series(said)))
        .mark_text(align="left", dy=-BAR)
        .encode(x=alt.value(0), y=y, text="words:N")
    )
    return theme.finish(
        alt.layer(bars, names).properties(height=alt.Step(ROW)),
        title=_stage_finding(totals),
        subtitle="From Run to a first chart; plain page: Pyodide and the same wheels, no more",
        source=SOURCE,
        description=f"{_stage_finding(totals)}. {'; '.join(said)}.",
    )


def _stage_finding(totals: pl.DataFrame) -> str:
    """Say how the site's time compares with the plain page's, on the last of the visits shown."""
    moments = totals["moment"].unique(maintain_order=True).to_list()
    wide = totals.pivot("place", index="moment", values="total", maintain_order=True)
    shares = [100 * row["site"] / row["plain"] for row in wide.to_dicts()]
    said = [
        f"{share:.0f} percent of the plain page's time on a {moment} visit"
        for share, moment in zip(shares, moments, strict=True)
    ]
    if len(said) == 1:
        return f"A chart takes {said[0]}"
    return (
        f"A chart takes {shares[0]:.0f} percent of the plain page's time, {shares[1]:.0f} on return"
    )


def query_dots(queries: pl.DataFrame, *, native: str) -> Any:
    """Draw each query's time in the browser and natively, joined by a line.

    Args:
        queries: One row a query. Columns: `query` String, `browser`, `native`, `ratio` Float64.
        native: What the native time is of, for the subtitle.
    """
    rows = queries.with_columns(
        words=pl.col("ratio").map_elements(lambda v: f"{v:.1f} times", return_dtype=pl.String)
    )
    values = pl.concat([rows.select(ms="browser"), rows.select(ms="native")])
    low, high = (float(v) for v in (values["ms"].min(), values["ms"].max()))  # type: ignore[arg-type]
    room = CHARACTER * max(len(text) for text in rows["words"])
    scale = alt.Scale(
        type="log",
        domain=[low / 1.3, high * 1.2],
        nice=False,
        rangeMax=alt.ExprRef(f"width - {room:.0f}"),
    )
    color = role_color("which", ["browser", "native"], ["accent", "flask"])
    chart = dumbbell_rows(
        rows,
        row="query",
        ends=("browser", "native"),
        words="words",
        x=alt.X("value:Q").title("milliseconds").axis(log_axis(values, "ms")).scale(scale),
        color=color.legend(title=None, orient="top", symbolOpacity=1),
    )
    middle = float(queries["ratio"].median())  # type: ignore[arg-type]
    worst = queries.sort("ratio").row(-1, named=True)
    return theme.finish(
        chart,
        title=f"In the browser a query takes {middle:.1f} times as long as natively",
        subtitle=f"Polars over this site's tables, log scale; {native}",
        source=SOURCE,
        description=(
            f"Median over {len(queries)} queries: {middle:.1f} times as long in the browser; "
            f"most for {worst['query']}, {worst['ratio']:.1f} times."
        ),
    )


def memory_bars(moments: pl.DataFrame, *, what: str) -> Any:
    """Draw the memory at each moment as a bar.

    Args:
        moments: One row a moment, in order. Columns: `moment` String, `mb` Float64.
        what: Whose memory it is, a key of `MEMORY`.
    """
    words = pl.col("mb").map_elements(megabytes, return_dtype=pl.String)
    rows = moments.with_columns(words=words, is_plain=pl.col("moment").str.starts_with("plain"))
    most = rows.sort("mb").row(-1, named=True)
    chart = word_bars(
        rows,
        row="moment",
        value="mb",
        words="words",
        x_title="megabytes",
        color=role_color("is_plain", [True, False], ["rest", "accent"]),
    )
    return theme.finish(
        chart,
        title=f"{most['words']} at most: {most['moment']}",
        subtitle=MEMORY[what],
        source=SOURCE,
        description="; ".join(f"{row['moment']}: {row['words']}" for row in rows.to_dicts()) + ".",
    )


def growth_lines(points: pl.DataFrame, *, topic: str) -> Any:
    """Draw how waiting grows, one line a thing waited for, on logarithmic axes.

    Args:
        points: One row a point. Columns: `series` String, `size` Int64, `ms` Float64.
        topic: What `size` counts: `rows` or `cells`.
    """
    names = points["series"].unique(maintain_order=True).to_list()
    shades = alt.Scale(domain=names, range=[theme.color(name) for name in SERIES[: len(names)]])
    color = alt.Color("series:N").scale(shades).legend(None)
    room = CHARACTER * max(len(name) for name in names) + 10
    across = alt.Scale(type="log", nice=False, rangeMax=alt.ExprRef(f"width - {room:.0f}"))
    x = alt.X("size:Q").title(topic).scale(across)
    x = x.axis(values=points["size"].unique().sort().to_list(), format=",", labelOverlap=True)
    y = alt.Y("ms:Q").title("milliseconds").scale(type="log", nice=False, padding=10)
    y = y.axis(log_axis(points, "ms"))
    base = alt.Chart(points).encode(x=x, y=y, color=color)
    tips = [
        "series:N",
        alt.Tooltip("size:Q", format=",", title=topic),
        alt.Tooltip("ms:Q", format=",.1f"),
    ]
    lines = base.mark_line(strokeWidth=2.5)
    dots = base.mark_circle(size=60, opacity=1).encode(tooltip=tips)
    ends = line_ends(points, x="size", y="ms", series="series", log=True)
    labels = alt.Chart(ends).encode(x="size:Q", y="label_y:Q", text="series:N", color=color)
    texts = haloed(labels, align="left", dx=8, fontWeight=600)
    first, *_, last = points["size"].unique().sort()
    slowest = points.filter(size=last).sort("ms").row(-1, named=True)
    return theme.finish(
        alt.layer(lines, dots, *texts).properties(height=theme.HEIGHT),
        title=f"At {last:,} {topic} the longest wait is {wait(slowest['ms'])}: {slowest['series']}",
        subtitle=f"Milliseconds by {topic}, {first:,} to {last:,}, both axes logarithmic",
        source=SOURCE,
        description="; ".join(
            f"{row['series']} {wait(row['ms'])} at {last:,} {topic}"
            for row in points.filter(size=last).to_dicts()
        )
        + ".",
    )
