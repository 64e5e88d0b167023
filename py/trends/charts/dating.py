"""A chart of when figures were true."""

from datetime import date
from typing import Any

import altair as alt
import polars as pl

from trends.charts import theme
from trends.charts.dots import ROW_HEIGHT
from trends.charts.labels import haloed
from trends.charts.lines import date_rule
from trends.frames import PRESENT, as_month


def true_spans(spans: pl.DataFrame, *, source: str) -> Any:
    """Draw the stretches of time in which figures were true, a row for each figure.

    Args:
        spans: One row a stretch, the figures in the order to show. Columns: `figure` String,
            `start`, `end` Date.
        source: Where the records come from.
    """
    last = spans.group_by("figure", maintain_order=True).agg(
        pl.col("start").min(), pl.col("end").max()
    )
    when = pl.struct("start", "end").map_elements(_span, return_dtype=pl.String)
    words = pl.format("{}: {}", "figure", when)
    rows = last.with_columns(words=words)
    y = alt.Y("figure:N", sort=rows["figure"].to_list(), axis=None)
    past = pl.col("end") < as_month(PRESENT)
    shaded = spans.join(last.select("figure", is_past=past), on="figure", maintain_order="left")
    color = (
        alt.Color("is_past:N")
        .scale(domain=[True, False], range=[theme.color("contradicted"), theme.color("accent")])
        .legend(None)
    )
    bars = (
        alt.Chart(shaded)
        .mark_bar(height=13)
        .encode(
            x=alt.X("start:T").title(None).axis(format="%Y", tickCount="year", grid=True),
            x2="end:T",
            y=y,
            color=color,
            tooltip=[
                "figure:N",
                alt.Tooltip("start:T", format="%d %B %Y", title="true from"),
                alt.Tooltip("end:T", format="%d %B %Y", title="to"),
            ],
        )
    )
    named = alt.Chart(rows).encode(x=alt.value(0), y=y, text="words:N")
    names = haloed(named, align="left", dy=-16)
    outdated = last.filter(past).height
    return theme.finish(
        alt.layer(date_rule(PRESENT, above=True), bars, *names).properties(
            height=alt.Step(ROW_HEIGHT + 12)
        ),
        title=f"{outdated} of {len(last)} figures were last true before the article appeared",
        subtitle="When each figure agreed with the record; red: before July 2025 only",
        source=source,
    )


def _span(stretch: dict[str, date]) -> str:
    """Whole years as years, anything else by months: `Sep 2022 to Jan 2023`."""
    start, end = stretch["start"], stretch["end"]
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start.year}" if start.year == end.year else f"{start.year} to {end.year}"
    return f"{start:%b %Y} to {end:%b %Y}"
