"""The record itself: how much was counted in each month, and by which method."""

from math import sqrt
from typing import Literal

import altair as alt
import polars as pl

from trends import wording
from trends.charts.over_time import HEIGHT
from trends.charts.parts import theme
from trends.charts.parts.axes import log_axis
from trends.charts.parts.theme import Picture
from trends.charts.parts.words import fixed, limits, tips

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


def months_by_era(months: pl.DataFrame, steps: pl.DataFrame, *, value: Value = "total") -> Picture:
    """Draw each month's count over bands for the five methods of counting.

    Args:
        months: One row a month: `month` Date, `era` (a letter), `segment`, `total` (downloads in
            30 days), `median_ratio` (null in the first month).
        steps: What `frames.era_steps` returns.
        value: What is drawn, a key of `WHAT`.
    """
    unit, measure = WHAT[value]
    scaled = pl.col(value) / (1e9 if value == "total" else 1)
    counted = months.select("month", "era", "segment", count=scaled).drop_nulls().sort("month")
    spans = counted.group_by("era", maintain_order=True).agg(
        start=pl.col("month").min(), end=pl.col("month").max().dt.offset_by("1mo")
    )
    shades = alt.Scale(domain=list(ERA_NAMES), range=[theme.color("rest"), "transparent"])
    ends = {"x": alt.X("start:T").title(None), "x2": "end:T"}
    bands = alt.Chart(spans).mark_rect(opacity=0.12)
    bands = bands.encode(color=alt.Color("era:N").scale(shades).legend(None), **ends)
    accent = theme.color("accent")
    lines = alt.Chart(counted).mark_line(point={"color": accent, "size": 26}, color=accent)
    years = alt.Axis(tickCount="year", format="%Y", labelOverlap=True, labelSeparation=5)
    y = alt.Y("count:Q").scale(type="log", nice=False).axis(log_axis(counted["count"]))
    lines = lines.encode(
        x=alt.X("month:T", axis=years),
        y=y.title(unit),
        detail="segment:N",
        tooltip=tips(("month:T", "%B %Y"), "era:N", ("count:Q", ",.3f", unit)),
    )
    chart = alt.layer(bands, *_changes(steps, counted, rising=value == "total"), lines)
    said = [f"{step:.2f}" for step in steps.sort("month")["step"]]
    return theme.finish(
        chart.properties(height=HEIGHT),
        title=f"{wording.capital(wording.in_words(len(said)))} changes of method lifted the median "
        f"package by {wording.listing(said)} times",
        subtitle=f"{measure}, {unit}, log scale; each step beyond the trend",
        source="Source: Top PyPI Packages (Hugo van Kemenade), one list a month.",
    )


def _changes(steps: pl.DataFrame, counted: pl.DataFrame, *, rising: bool) -> list[alt.Chart]:
    """Say along each break what is counted from there on, away from the line if that rises."""
    low, high = limits(counted["count"])
    here = steps.join(counted, on="month").with_columns(
        words=pl.format("{}: {}-fold", pl.col("era").replace_strict(ERA_NAMES), fixed("step", 2)),
        is_high=(pl.col("count") > sqrt(low * high)) & rising,
    )
    top, foot = (alt.Chart(here.filter(is_high=is_high)) for is_high in (False, True))
    top = top.mark_text(angle=270, dy=14, align="right", dx=-4)
    foot = foot.mark_text(angle=270, dy=14, align="left", dx=4)
    return [
        chart.encode(x="month:T", y=alt.value(y), text="words:N")
        for chart, y in ((top, 0), (foot, "height"))
    ]
