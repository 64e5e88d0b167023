"""The record itself: how much was counted in each month, and by which method."""

from math import sqrt
from typing import Any, Literal

import altair as alt
import polars as pl

from trends import wording
from trends.charts import theme
from trends.charts.labels import log_axis
from trends.charts.lines import HEIGHT

Value = Literal["total", "median_ratio"]

WHAT: dict[Value, tuple[str, str]] = {
    "total": ("thousand million downloads", "Downloads of all listed packages in 30 days"),
    "median_ratio": ("times the month before", "Median package against the month before"),
}
"""What can be drawn: the unit, and the measure in words."""

ERA_NAMES = {
    "A": "undercount",
    "B": "old table",
    "C": "pip only",
    "D": "all installers",
    "E": "full months",
}


def months_by_era(months: pl.DataFrame, steps: pl.DataFrame, *, value: Value = "total") -> Any:
    """Draw each month's count over bands for the five methods of counting.

    Args:
        months: One row a month. Columns: `month` Date, `era` (a letter), `segment` Int64, `total`
            Int64 (downloads in 30 days), `median_ratio` Float64 (null in the first month).
        steps: What `frames.era_steps` gives: `month`, `step`.
        value: A key of `WHAT`.

    Raises:
        KeyError: `value` is not in `WHAT`.
    """
    unit, measure = WHAT[value]
    scaled = pl.col(value) / (1e9 if value == "total" else 1)
    counted = months.select("month", "era", "segment", count=scaled).drop_nulls().sort("month")
    bands = counted.group_by("era", maintain_order=True).agg(
        start=pl.col("month").min(), end=pl.col("month").max().dt.offset_by("1mo")
    )
    changes = _changes(steps, counted, rising=value == "total")
    chart = alt.layer(_bands(bands), *changes, _lines(counted, unit))
    said = [f"{step:.2f}" for step in steps.sort("month")["step"]]
    times = wording.in_words(len(said))
    return theme.finish(
        chart.properties(height=HEIGHT),
        title=f"{times.capitalize()} changes of method lifted the middle package by "
        f"{wording.listing(said)} times",
        subtitle=f"{measure}, {unit}, log scale; each step beyond the trend",
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


def _changes(steps: pl.DataFrame, counted: pl.DataFrame, *, rising: bool) -> list[alt.Chart]:
    """Say along each break what is counted from there on, away from the line if that rises."""
    middle = sqrt(float(counted["count"].min()) * float(counted["count"].max()))  # type: ignore[arg-type]
    step = pl.col("step").map_elements(lambda value: f"{value:.2f}", return_dtype=pl.String)
    here = steps.join(counted, on="month").with_columns(
        words=pl.format("{}: {}-fold", pl.col("era").replace_strict(ERA_NAMES), step),
        is_high=(pl.col("count") > middle) & rising,
    )
    top = alt.Chart(here.filter(~pl.col("is_high"))).mark_text(
        angle=270, dy=14, align="right", dx=-4
    )
    foot = alt.Chart(here.filter("is_high")).mark_text(angle=270, dy=14, align="left", dx=4)
    return [
        chart.encode(x="month:T", y=alt.value(y), text="words:N")
        for chart, y in ((top, 0), (foot, "height"))
    ]


def _lines(counted: pl.DataFrame, unit: str) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(counted)
        .mark_line(point={"color": theme.color("accent"), "size": 26}, color=theme.color("accent"))
        .encode(
            x=alt.X("month:T").axis(
                tickCount="year", format="%Y", labelOverlap=True, labelSeparation=5
            ),
            y=alt.Y("count:Q")
            .scale(type="log", nice=False)
            .axis(log_axis(counted, "count"))
            .title(unit),
            detail="segment:N",
            tooltip=[
                alt.Tooltip("month:T", format="%B %Y"),
                "era:N",
                alt.Tooltip("count:Q", format=",.3f", title=unit),
            ],
        )
    )
    return chart
