"""Lines over time, named at their right ends."""

from collections.abc import Sequence
from datetime import date
from typing import Unpack

import altair as alt
import polars as pl

from trends.charts.parts import theme
from trends.charts.parts.axes import START, date_axis, log_axis, moment, package_scale, panel_axis
from trends.charts.parts.readout import readout
from trends.charts.parts.theme import Heading, Picture
from trends.charts.parts.words import haloed, limits, line_ends
from trends.frames import MEDIAN, Month, as_month
from trends.wording import PRODUCTS, product

HEIGHT = 360
HEADING = 120
LABEL_HEIGHT = 16
"""Pixels: a chart with heading and axis, these two alone, from one label to the next."""

POINT_ROOM = 7
"""Pixels between the axis of values and its labels where points may lie on it."""

EDGE = 1.08
"""How far a logarithmic axis goes on beyond its smallest and largest value."""


def lines(
    rows: pl.DataFrame,
    *,
    y: str,
    y_title: str,
    x: str = "month",
    series: str = "package",
    colors: alt.Scale | Sequence[str] | None = None,
    highlight: str = "",
    log: bool = False,
    reverse: bool = False,
    zero: bool = True,
    step: bool = False,
    points: bool = False,
    dates: Sequence[date] = (),
    height: int = HEIGHT,
    reach: pl.Series | None = None,
    start: Month | None = None,
    digits: int = 1,
    details: Sequence[str | alt.Tooltip] = (),
    behind: Sequence[Picture] = (),
    front: Sequence[Picture] = (),
    **heading: Unpack[Heading],
) -> Picture:
    """Draw one line a series, with its name at its end instead of a legend.

    Args:
        rows: One row per date and series; nulls in `y` are no points. If there is a `segment`,
            lines break where it changes; the series called `MEDIAN` is dashed.
        y: Column of the values; positive if `log`.
        y_title: The unit, above the axis.
        x: Column of the dates.
        series: Column that names the lines.
        colors: Colours by series, or names of the palette in the order of the series; by default
            each package has its own.
        highlight: The one series in colour, the others are grey.
        log: Draw the values on a logarithmic axis.
        reverse: Put small values on top, as for ranks.
        zero: A linear axis begins at zero.
        step: Values stay until the next date.
        points: Mark each row with a point.
        dates: The dates to label, where the default would not do.
        height: Pixels.
        reach: Further values that a logarithmic axis has to show.
        start: The first month shown, as a Vega-Lite parameter of that name: the drawn chart can
            move it by itself. Not for panels.
        digits: Decimals of the value in the tooltip.
        details: Further columns for the tooltip of the points.
        behind: Layers below the lines, such as `level_rule(1)`, and `front` those above them.
        front: Layers.
        heading: As `Heading` says.
    """
    order = rows[series].unique(maintain_order=True).to_list()
    rows = rows.drop_nulls(y).sort(x)
    names = rows[series].unique(maintain_order=True).to_list()
    scale = _colors(names, order, colors, highlight)
    panel = not heading
    values = [*rows[y].cast(pl.Float64), *(() if reach is None else reach)]
    gap = LABEL_HEIGHT / (height if panel else height - HEADING)
    if not log and zero:
        gap *= _share_with_zero(rows[y])
    ends = line_ends(rows, x=x, y=y, series=series, log=log, gap=gap)
    axis = log_axis(values) if log else alt.Axis()
    if reverse:
        axis.titleAnchor = "start"  # on top, as always
    if points:
        axis.labelPadding = POINT_ROOM
    shown = [product(name) for name in names]
    time = panel_axis(rows, x, shown) if panel else date_axis(rows, x, shown, start)
    if dates:
        time = time.axis(values=[moment(day) for day in dates], format="%b %Y")
    color = alt.Color(f"{series}:N").scale(scale).legend(None)
    base = alt.Chart(rows).encode(
        x=time,
        y=alt.Y(f"{y}:Q")
        .title(y_title)
        .scale(
            _log_scale([*values, *ends["label_y"]], reverse=reverse)
            if log
            else alt.Scale(reverse=reverse, zero=zero)
        )
        .axis(axis),
        color=color,
        detail=[f"{name}:N" for name in ("segment",) if name in rows.columns],
    )
    if points:  # a line has one tooltip for all its values
        value = alt.Tooltip(f"{y}:Q", format=f",.{digits}f", title=y_title)
        date_of = alt.Tooltip(f"{x}:T", format="%B %Y")
        base = base.encode(tooltip=[date_of, f"{series}:N", value, *details])
    clip = start is not None
    drawn = base.mark_line(
        strokeWidth=2,
        clip=clip,
        point={"size": 36, "opacity": 1} if points else False,
        interpolate="step-after" if step else "linear",
    )
    if MEDIAN in names:
        dashes = alt.Scale(domain=names, range=[[6, 4] if n == MEDIAN else [1, 0] for n in names])
        drawn = drawn.encode(alt.StrokeDash(f"{series}:N").scale(dashes).legend(None))
    layers = [readout(rows, x=x, y=y, series=series, digits=digits, best_is_low=reverse, clip=clip)]
    if "segment" in rows.columns:  # what lies between two pieces is no count: dotted
        between = alt.Chart(rows).mark_line(strokeWidth=1, strokeDash=[1, 4], clip=clip)
        layers.append(between.encode(x=f"{x}:T", y=f"{y}:Q", color=color))
    layers.append(drawn)
    # A piece of line with one point only would not be seen: make it a dot.
    alone = rows.filter(pl.len().over([series, *({"segment"} & set(rows.columns))]) == 1)
    if not points and not alone.is_empty():
        dots = alt.Chart(alone).mark_circle(size=18, opacity=1, clip=clip)
        layers.append(dots.encode(x=f"{x}:T", y=f"{y}:Q", color=color))
    chart = alt.layer(*layers, _end_labels(ends, x, series, scale)).properties(height=height)
    if start is not None:
        chart = chart.add_params(alt.param(name=START, value=f"{as_month(start):%Y-%m}"))
    return theme.layered(chart, behind, front, heading)


def _colors(
    names: Sequence[str],
    order: Sequence[str],
    colors: alt.Scale | Sequence[str] | None,
    highlight: str,
) -> alt.Scale:
    if isinstance(colors, alt.Scale):
        return colors
    if highlight:
        colors = ["accent" if name == highlight else "rest" for name in order]
    if colors is not None:
        shades = [theme.color(name) for name in colors[: len(order)]]
        return alt.Scale(domain=list(order), range=shades)
    return series_scale(names)


def series_scale(names: Sequence[str]) -> alt.Scale:
    """Give each package its colour and the median package the colour of text."""
    packages = [name for name in names if name != MEDIAN]
    if MEDIAN not in names:
        return package_scale(packages)
    shades = [*theme.series_colors(packages), theme.color("text")]
    return alt.Scale(domain=[*packages, MEDIAN], range=shades)


def _end_labels(ends: pl.DataFrame, x: str, series: str, scale: alt.Scale) -> Picture:
    """Write the name of each line at its end."""
    ends = ends.with_columns(name=pl.col(series).replace(PRODUCTS))
    base = alt.Chart(ends).encode(x=alt.X(f"{x}:T"), y=alt.Y("label_y:Q"), text="name:N")
    words = alt.Scale(domain=scale.domain, range=[theme.words_color(c) for c in scale.range])
    halo, text = haloed(base, align="left", dx=7, fontWeight=600)
    return alt.layer(halo, text.encode(fill=alt.Fill(f"{series}:N").scale(words).legend(None)))


def _share_with_zero(values: pl.Series) -> float:
    """Return how many times as long as the values' span the axis is, which begins at zero."""
    low, high = limits(values)
    return (max(high, 0.0) - min(low, 0.0)) / ((high - low) or 1.0)


def _log_scale(values: Sequence[float], *, reverse: bool) -> alt.Scale:
    """Fit the axis to values and labels; Vega would go on to the next power of ten."""
    ends = [min(values) / EDGE, max(values) * EDGE]
    return alt.Scale(type="log", domain=ends, nice=False, reverse=reverse)
