"""Shares of a survey by year, with names and figures at the ends."""

from typing import Any, Unpack

import altair as alt
import polars as pl

from trends.charts.over_time import POINT_ROOM
from trends.charts.parts import theme
from trends.charts.parts.axes import package_scale
from trends.charts.parts.theme import Heading, Picture
from trends.charts.parts.words import GAP, room, short, spread

SLOPE_ROOM = 0.35
"""Share of the axis of years that a panel adds at the right for the labels."""


def slopes(
    shares: pl.DataFrame,
    *,
    name: str = "",
    colors: alt.Scale | None = None,
    **heading: Unpack[Heading],
) -> Picture:
    """Draw one line an item; alone, the chart has figures at both of its ends.

    Args:
        shares: One row per `year` and `item`: `share`, fraction (0 to 1) of the respondents. An
            item asked for in one year only is a dot.
        name: Heading of a panel.
        colors: Colours of the items, by their names in lower case.
        heading: As `Heading` says.
    """
    rows = shares.sort("year", "item").with_columns(
        package=pl.col("item").str.to_lowercase(), percent=pl.col("share") * 100
    )
    names = shares["item"].str.to_lowercase().unique(maintain_order=True).to_list()
    years = rows["year"].unique().sort().to_list()
    first, last = years[0], years[-1]
    high = max(rows["percent"])
    ends = rows.group_by("item", maintain_order=True).last().sort("percent")
    placed = spread(ends["percent"].to_list(), gap=GAP * 1.4 * high)
    ends = ends.with_columns(
        label=pl.format("{} {}", "item", short("percent")),
        label_y=pl.Series(placed, dtype=pl.Float64),
    )
    scale: dict[str, Any] = {"domain": [first, last + max((last - first) * SLOPE_ROOM, 0.5)]}
    if heading:
        scale = {"domain": [first, last], "rangeMin": 40, "rangeMax": room(ends["label"])}
    color = alt.Color("package:N").scale(colors or package_scale(names)).legend(None)
    base = alt.Chart(rows).encode(
        x=alt.X("year:Q").title(None).scale(nice=False, **scale).axis(format="d", values=years),
        y=alt.Y("percent:Q").title("percent").scale(zero=True).axis(labelPadding=POINT_ROOM),
        color=color,
        tooltip=["item:N", "year:Q", alt.Tooltip("percent:Q", format=".1f", title="percent")],
    )
    right = alt.Chart(ends).mark_text(align="left", dx=8, fontWeight=600)
    layers = [
        base.mark_line(strokeWidth=2.5, tooltip=None),
        base.mark_circle(size=60, opacity=1),
        right.encode(x="year:Q", y="label_y:Q", text="label:N", color=color),
    ]
    if heading:
        left = alt.Chart(rows.filter(year=first)).mark_text(align="right", dx=-9, fontWeight=600)
        figures = alt.Text("percent:Q", format=".0f")
        layers.append(left.encode(x="year:Q", y="percent:Q", text=figures, color=color))
        return theme.finish(alt.layer(*layers).properties(height=theme.HEIGHT), **heading)
    title = alt.Title(name, fontSize=13)
    chart: Picture = alt.layer(*layers).properties(title=title, height=theme.HEIGHT - 60)
    return chart
