"""The record itself: how much was counted in each month, and by which method."""

from typing import Any

import altair as alt
import polars as pl

from trends import numbers
from trends.charts import theme
from trends.charts.labels import log_axis

WHAT = {
    "total_listed_downloads": "all listed packages together",
    "last_rank_downloads": "the last package of the list",
}

ERA_NAMES = {
    "A": "undercount",
    "B": "old table",
    "C": "pip only",
    "D": "all installers",
    "E": "full months",
}


def total_by_era(snapshots: pl.DataFrame, *, value: str = "total_listed_downloads") -> Any:
    """Draw one count of each month's list over bands for the five methods of counting.

    Args:
        snapshots: `pypi_download_snapshots`, one row a month. Columns used:
            `month` Date, `era` (its first letter names the method), `value`.
        value: A key of `WHAT`; downloads in 30 days.

    Raises:
        KeyError: `value` is not in `WHAT`.
    """
    counted = snapshots.select(
        "month", era=pl.col("era").cast(str).str.slice(0, 1), count=pl.col(value) / 1e6
    )
    bands = counted.group_by("era", maintain_order=True).agg(
        start=pl.col("month").min(), end=pl.col("month").max().dt.offset_by("1mo")
    )
    bands = bands.with_columns(method=pl.col("era").replace_strict(ERA_NAMES))
    chart = alt.layer(_bands(bands), _names(bands), _lines(counted)).properties(height=theme.HEIGHT)
    steps = len(bands) - 1
    return theme.finish(
        chart,
        title=f"The count changed its method {numbers.in_words(steps)} times",
        subtitle=f"Million downloads in 30 days of {WHAT[value]}, log scale",
        source="Source: Top PyPI Packages (Hugo van Kemenade), one list a month.",
    )


def _bands(bands: pl.DataFrame) -> alt.Chart:
    shades = [theme.color("rest"), "transparent"]
    chart: alt.Chart = (
        alt.Chart(bands)
        .mark_rect(opacity=0.12)
        .encode(
            x=alt.X("start:T").title(None),
            x2="end:T",
            color=alt.Color("era:N").scale(domain=list(ERA_NAMES), range=shades).legend(None),
        )
    )
    return chart


def _names(bands: pl.DataFrame) -> alt.Chart:
    middle = bands.with_columns(x=pl.col("start") + (pl.col("end") - pl.col("start")) / 2)
    chart: alt.Chart = (
        alt.Chart(middle)
        .mark_text(baseline="top", fontSize=11, fontWeight=600)
        .encode(x="x:T", y=alt.value(4), text="era:N")
    )
    return chart


def _lines(counted: pl.DataFrame) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(counted)
        .mark_line(point={"color": theme.color("accent")}, color=theme.color("accent"))
        .encode(
            x="month:T",
            y=alt.Y("count:Q")
            .scale(type="log")
            .axis(log_axis(counted, "count"))
            .title("million downloads"),
            detail="era:N",
            tooltip=[
                alt.Tooltip("month:T", format="%B %Y"),
                "era:N",
                alt.Tooltip("count:Q", format=",.3f", title="million downloads"),
            ],
        )
    )
    return chart
