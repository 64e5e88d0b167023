"""Parts of a whole over time: bands that lie on each other, named at their right ends."""

from collections.abc import Sequence
from typing import Any, Unpack

import altair as alt
import polars as pl

from trends.charts.over_time import HEADING, HEIGHT, LABEL_HEIGHT
from trends.charts.parts import theme
from trends.charts.parts.axes import package_scale, years
from trends.charts.parts.readout import readout
from trends.charts.parts.theme import Heading, Picture
from trends.charts.parts.words import PAGE, room, spread
from trends.wording import PRODUCTS


def stacked_bands(
    rows: pl.DataFrame,
    *,
    value: str,
    y_title: str,
    series: str = "package",
    words: str = "",
    x: alt.X | None = None,
    top: float | None = None,
    color: alt.Color | None = None,
    opacity: alt.FillOpacity | None = None,
    least: float = 0,
    height: int = HEIGHT - 60,
    front: Sequence[Picture] = (),
    **heading: Unpack[Heading],
) -> Picture:
    """Draw one band a series, the first at the bottom.

    Args:
        rows: One row per `month` (Date) and series, the series in their order. If there is a
            `segment`, bands part where it changes.
        value: Column of the thickness.
        y_title: The unit.
        series: Column that names the bands.
        words: Column of the words at the right ends, by default the names.
        x: The axis of dates, for panels.
        top: Where the axis of values ends, such as 100.
        color: Colour of the bands; by default each package has its own, and so have its words.
        opacity: How far bands cover the page.
        least: Bands thinner than this at their right ends have no words there.
        height: Pixels.
        front: Layers above the bands.
        heading: As `Heading` says.
    """
    bands = _stacked(rows, value, series)
    names = bands[series].unique(maintain_order=True).to_list()
    words = words or series
    last = bands.filter(pl.col("month") == pl.col("month").max(), pl.col(value) >= least)
    last = last.with_columns(
        pl.col(words).replace(PRODUCTS).alias("name"), middle=(pl.col("low") + pl.col("high")) / 2
    )
    gap = (top or last["high"][-1]) * LABEL_HEIGHT / (height - HEADING + 60 if heading else height)
    last = last.with_columns(label_y=pl.Series(spread(last["middle"].to_list(), gap=gap)))
    scale = alt.Scale() if top is None else alt.Scale(domain=[0, top], nice=False)
    own = alt.Color(f"{series}:N").scale(package_scale(names)).legend(None)
    rim: dict[str, Any] = (
        {"opacity": 0.85} if opacity is None else {"opacity": 1, "stroke": PAGE, "strokeWidth": 1}
    )
    areas = (
        alt.Chart(bands)
        .mark_area(**rim)
        .encode(
            x=x or years("month", grid=False, nice=False, rangeMax=room(last["name"])),
            y=alt.Y("low:Q").title(y_title).scale(scale),
            y2="high:Q",
            color=color or own,
            fillOpacity=opacity or alt.Undefined,
            detail=[f"{name}:N" for name in (series, "segment") if name in bands.columns],
        )
    )
    labels = alt.Chart(last).mark_text(align="left", dx=7, fontWeight=600)
    labels = labels.encode(x="month:T", y="label_y:Q", text="name:N")
    if color is None:
        labels = labels.encode(color=own)
    values = readout(bands, x="month", y=value, series=series)
    chart = alt.layer(areas, values, labels).properties(height=height)
    return theme.layered(chart, (), front, heading)


def _stacked(rows: pl.DataFrame, value: str, series: str) -> pl.DataFrame:
    """Add where each band begins and ends: `low`, `high`; the first series is at the bottom.

    A series that is not listed in a month has a band without height there.
    """
    order = rows.select(pl.col(series).unique(maintain_order=True)).with_row_index("order")
    months = rows.select(pl.col("month").unique().sort())
    full = months.join(order, how="cross").join(rows, on=["month", series], how="left")
    full = full.with_columns(pl.col(value).fill_null(0)).sort("month", "order")
    high = pl.col(value).cum_sum().over("month")
    return full.with_columns(high=high).with_columns(low=pl.col("high") - pl.col(value))
