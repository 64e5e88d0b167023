"""Charts of parts of a whole: bands that add up, over time."""

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt
import polars as pl

from trends import wording
from trends.charts import theme
from trends.charts.dates import panel_axis
from trends.charts.labels import CHARACTER, color_scale, spread
from trends.charts.lines import (
    HEADING,
    HEIGHT,
    LABEL_HEIGHT,
    counted_source,
    date_rule,
)
from trends.frames import PRESENT, Month, as_month

PANEL = 130
"""Pixels, the height of one of several panels."""


def group_bands(groups: pl.DataFrame, *, at: Month = PRESENT) -> Any:
    """Draw each package's share of its group, one panel a group.

    Args:
        groups: One row per group, month and package, the groups in the order to show; the title
            speaks of the first package of each. Columns: `group`, `package` String, `month` Date,
            `share` Float64 (0 to 1, of the group's downloads in that month). A package lies above
            those that were listed before it.
        at: The month the title speaks of.
    """
    names = groups["group"].unique(maintain_order=True).to_list()
    longest = [f"{name} 00" for name in groups["package"].unique(maintain_order=True)]
    x = panel_axis(groups, "month", longest)
    panels = [_group_panel(groups.filter(group=name), name, x) for name in names]
    now = groups.filter(month=as_month(at)).group_by("group", maintain_order=True).first()
    said = [f"{row['package']} {row['share']:.0%}" for row in now.to_dicts()]
    return theme.finish(
        alt.vconcat(*panels, spacing=14).resolve_scale(color="independent"),
        title=f"Share of its group, {wording.month_name(at)}: {', '.join(said)}",
        subtitle="Percent of the downloads of the packages of a panel, month by month",
        source=counted_source(groups, broken=False),
    )


def _group_panel(rows: pl.DataFrame, name: str, x: alt.X) -> Any:
    bands = _stacked(rows.with_columns(value=100 * pl.col("share")))
    packages = bands["package"].unique(maintain_order=True).to_list()
    colors = color_scale(packages)
    last = bands.filter(pl.col("month") == pl.col("month").max()).with_columns(
        words=pl.format("{} {}", "package", pl.col("value").round(0).cast(pl.Int64)),
        middle=(pl.col("low") + pl.col("high")) / 2,
    )
    places = spread(last["middle"].to_list(), gap=100 * LABEL_HEIGHT / PANEL)
    last = last.with_columns(label_y=pl.Series(places))
    y = alt.Y("low:Q").title("percent").scale(domain=[0, 100]).axis(values=[0, 25, 50, 75, 100])
    areas = _areas(bands, x, y, colors)
    labels = _band_labels(last, colors, text="words:N", dx=6)
    layers = alt.layer(areas, date_rule(PRESENT, ""), labels)
    return layers.properties(height=PANEL, title=alt.Title(name, fontSize=13))


def pair_bands(
    counts: pl.DataFrame,
    *,
    stack: Literal["zero", "normalize"] = "zero",
    marked: Sequence[Month] = (),
) -> Any:
    """Draw two packages on top of each other, with how many of one there are per 100 of the other.

    Args:
        counts: One row per month and package, the larger package first. Columns: `month` Date,
            `package` String, `downloads_30d` Int64, `segment` Int64.
        stack: `zero` draws counts, `normalize` shares of 100.
        marked: The months at which the ratio is written.

    Raises:
        ValueError: `stack` is neither.
    """
    if stack not in ("zero", "normalize"):
        msg = f"stack must be 'zero' or 'normalize', not {stack!r}"
        raise ValueError(msg)
    bottom, top = counts["package"].unique(maintain_order=True)
    count = pl.col("downloads_30d")
    whole = count.sum().over("month") / 100 if stack == "normalize" else 1e6
    bands = _stacked(counts.with_columns(value=count / whole))
    colors = color_scale([bottom, top])
    wide = counts.pivot("package", index="month", values="downloads_30d").drop_nulls()
    ratios = wide.select("month", ratio=100 * pl.col(top) / pl.col(bottom)).sort("month")
    heights = bands.group_by("month").agg(pl.col("high").max())
    words = (
        ratios.filter(pl.col("month").is_in([as_month(month) for month in marked]))
        .join(heights, on="month")
        .sort("month")
        .with_columns(words=pl.col("ratio").round(1).cast(pl.String))
    )
    title = "percent" if stack == "normalize" else "million downloads"
    room = CHARACTER * max(len(top), len(bottom)) + 16
    scale = alt.Scale(nice=False, rangeMax=alt.ExprRef(f"width - {room:.0f}"))
    x = alt.X("month:T").title(None).scale(scale).axis(tickCount="year", format="%Y")
    y = alt.Y("low:Q").title(title)
    names = _band_names(bands, colors)
    values = (
        alt.Chart(words)
        .mark_text(dy=-10, fontWeight=600, color=theme.color("text"))
        .encode(x="month:T", y="high:Q", text="words:N")
    )
    dots = (
        alt.Chart(words)
        .mark_circle(size=50, opacity=1, color=theme.color("text"))
        .encode(x="month:T", y="high:Q")
    )
    said = [f"{row['words']} ({wording.month_name(row['month'])})" for row in words.to_dicts()]
    return theme.finish(
        alt.layer(_areas(bands, x, y, colors), names, dots, values).properties(height=HEIGHT - 60),
        title=f"Downloads of {top} for every 100 of {bottom}: {', '.join(said)}",
        subtitle=f"{title[0].upper()}{title[1:]} in 30 days, one on top of the other",
        source=counted_source(counts),
    )


def _stacked(rows: pl.DataFrame) -> pl.DataFrame:
    """Add where each band begins and ends: `low`, `high`; the first package is at the bottom.

    A package that is not listed in a month has a band without height there.
    """
    packages = rows.select(pl.col("package").unique(maintain_order=True)).with_row_index("place")
    months = rows.select(pl.col("month").unique().sort())
    full = months.join(packages, how="cross").join(rows, on=["month", "package"], how="left")
    full = full.with_columns(pl.col("value").fill_null(0)).sort("month", "place")
    high = pl.col("value").cum_sum().over("month")
    return full.with_columns(high=high).with_columns(low=pl.col("high") - pl.col("value"))


def _areas(bands: pl.DataFrame, x: alt.X, y: alt.Y, colors: alt.Scale) -> alt.Chart:
    """Draw the bands; they part where a `segment` ends."""
    chart: alt.Chart = (
        alt.Chart(bands)
        .mark_area(opacity=0.85)
        .encode(
            x=x,
            y=y,
            y2="high:Q",
            color=alt.Color("package:N").scale(colors).legend(None),
            detail=[f"{name}:N" for name in ("segment",) if name in bands.columns],
            tooltip=[
                alt.Tooltip("month:T", format="%B %Y"),
                "package:N",
                alt.Tooltip("value:Q", format=",.1f"),
            ],
        )
    )
    return chart


def _band_names(bands: pl.DataFrame, colors: alt.Scale) -> alt.Chart:
    """Write each package's name at the right end of its band."""
    last = bands.filter(pl.col("month") == pl.col("month").max())
    middles = [(low + high) / 2 for low, high in last.select("low", "high").iter_rows()]
    gap = float(last["high"][-1]) * LABEL_HEIGHT / (HEIGHT - HEADING)
    rows = last.with_columns(label_y=pl.Series(spread(middles, gap=gap)))
    return _band_labels(rows, colors, text="package:N", dx=8)


def _band_labels(rows: pl.DataFrame, colors: alt.Scale, *, text: str, dx: int) -> alt.Chart:
    """Write a text right of each band's end, at `label_y`, in the band's colour."""
    chart: alt.Chart = (
        alt.Chart(rows)
        .mark_text(align="left", dx=dx, fontWeight=600)
        .encode(
            x="month:T",
            y="label_y:Q",
            text=text,
            color=alt.Color("package:N").scale(colors).legend(None),
        )
    )
    return chart
