"""Building block: lines over time, named at their right ends."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt
import polars as pl

from trends import wording
from trends.charts import theme
from trends.charts.dates import START, date_axis, labelled, panel_axis
from trends.charts.labels import color_scale, end_labels, line_ends, log_axis
from trends.frames import MIDDLE, PRESENT, Month, as_month

HEIGHT = 360
HEADING = 120
LABEL_HEIGHT = 16
"""Pixels: a chart with heading and axis, these two alone, from one label to the next."""

POINT_ROOM = 7
"""Pixels between the axis of values and its labels where points may lie on it."""

EDGE = 1.08
"""How far a logarithmic axis goes on beyond its smallest and largest value."""

COUNTED = "Source: Top PyPI Packages (Hugo van Kemenade), downloads in 30 days"
BROKEN = "Lines break where the counting method changed."


def named_lines(
    rows: pl.DataFrame,
    *,
    y: str,
    y_title: str,
    x: str = "month",
    series: str = "package",
    colors: alt.Scale | None = None,
    log: bool = False,
    reverse: bool = False,
    zero: bool = True,
    step: bool = False,
    points: bool = False,
    panel: bool = False,
    dates: Sequence[date] = (),
    height: int = HEIGHT,
    reach: pl.Series | None = None,
    start: Month | None = None,
    digits: int = 1,
    details: Sequence[str | alt.Tooltip] = (),
) -> Any:
    """Draw one line a series, with its name at its end instead of a legend.

    Args:
        rows: One row per date and series. Columns: `x` Date, `series` String, `y` a number;
            nulls in `y` are no points. If there is a `segment`, lines break where it changes;
            the series called `MIDDLE` is dashed.
        y: Column of the values; positive if `log`.
        y_title: The unit, above the axis.
        x: Column of the dates.
        series: Column that names the lines.
        colors: Colours by series; by default each package has its own.
        log: Draw the values on a logarithmic axis.
        reverse: Put small values on top, as for ranks.
        zero: A linear axis begins at zero.
        step: Values stay until the next date.
        points: Mark each row with a point.
        panel: The chart becomes one of several: only a chart of its own can measure its width.
        dates: The dates to label, where the default would not do.
        height: Pixels.
        reach: Further values that a logarithmic axis has to show.
        start: The first month shown, as a Vega-Lite parameter of that name: the drawn chart can
            move it by itself. Not for panels.
        digits: Decimals of the value in the tooltip.
        details: Further columns for the tooltip.
    """
    rows = rows.drop_nulls(y).sort(x)
    names = rows[series].unique(maintain_order=True).to_list()
    scale = colors or series_scale(names)
    values = [*rows[y].cast(pl.Float64), *(() if reach is None else reach)]
    value = alt.Y(f"{y}:Q").title(y_title)
    gap = LABEL_HEIGHT / (height if panel else height - HEADING)
    if not log and zero:
        gap *= _share_with_zero(rows[y])
    ends = line_ends(rows, x=x, y=y, series=series, log=log, gap=gap)
    value = value.scale(
        _log_scale(values, ends["label_y"], reverse=reverse)
        if log
        else alt.Scale(reverse=reverse, zero=zero)
    )
    axis = log_axis(pl.DataFrame({y: values}), y) if log else alt.Axis()
    if reverse:
        axis.titleAnchor = "start"  # on top, as always
    if points:
        axis.labelPadding = POINT_ROOM
    value = value.axis(axis)
    time = panel_axis(rows, x, names) if panel else date_axis(rows, x, names, start)
    lines = (
        alt.Chart(rows)
        .mark_line(
            strokeWidth=2,
            clip=start is not None,
            point={"size": 36, "opacity": 1} if points else False,
            interpolate="step-after" if step else "linear",
        )
        .encode(
            x=labelled(time, dates) if dates else time,
            y=value,
            color=alt.Color(f"{series}:N").scale(scale).legend(None),
            **_dashes(names, series),
            detail=[f"{name}:N" for name in ("segment",) if name in rows.columns],
            tooltip=[
                alt.Tooltip(f"{x}:T", format="%B %Y"),
                f"{series}:N",
                alt.Tooltip(f"{y}:Q", format=f",.{digits}f", title=y_title),
                *details,
            ],
        )
    )
    labels = end_labels(ends, x=x, series=series, scale=scale)
    dots = [] if points else _alone(rows, series, clip=start is not None)
    dots = [dot.encode(x=f"{x}:T", y=f"{y}:Q", color=lines.encoding.color) for dot in dots]
    chart = alt.layer(lines, *dots, labels).properties(height=height)
    if start is None:
        return chart
    return chart.add_params(alt.param(name=START, value=f"{as_month(start):%Y-%m}"))


def _alone(rows: pl.DataFrame, series: str, *, clip: bool) -> list[Any]:
    """A piece of line with one point only would not be seen: make it a dot."""
    piece = [series, *({"segment"} & set(rows.columns))]
    alone = rows.filter(pl.len().over(piece) == 1)
    dots = alt.Chart(alone).mark_circle(size=18, opacity=1, clip=clip)
    return [] if alone.is_empty() else [dots]


def series_scale(names: Sequence[str]) -> alt.Scale:
    """Give each package its colour and the middle package the colour of text."""
    packages = [name for name in names if name != MIDDLE]
    scale = color_scale(packages)
    extra = [MIDDLE] if MIDDLE in names else []
    return (
        alt.Scale(
            domain=[*packages, *extra],
            range=[*theme.series_colors(packages), *(theme.color("text") for _ in extra)],
        )
        if extra
        else scale
    )


def date_rule(
    day: Month, text: str = "the article", *, below: bool = False, above: bool = False
) -> Any:
    """Draw a thin vertical rule at a date, with a word at its top.

    Args:
        day: The date.
        text: The word.
        below: Write it at the foot.
        above: Write it over the picture, where bars would cover it.
    """
    at = pl.DataFrame({"day": [day if isinstance(day, date) else as_month(day)], "text": [text]})
    rule = alt.Chart(at).mark_rule(strokeWidth=1, strokeDash=[2, 3]).encode(x="day:T")
    words = (
        alt.Chart(at)
        .mark_text(
            align="center" if above else "right",
            baseline="bottom" if below or above else "top",
            dx=0 if above else -4,
            dy=-3 if below or above else 2,
            color=theme.color("muted"),
        )
        .encode(x="day:T", y=alt.value("height" if below else 0), text="text:N")
    )
    return alt.layer(rule, words)


def article_rule(rows: pl.DataFrame, x: str = "month", *, below: bool = False) -> list[Any]:
    """Mark the month the article speaks from, if the rows reach beyond it."""
    first, last = rows[x].min(), rows[x].max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    return [date_rule(PRESENT, below=below)] if first < as_month(PRESENT) < last else []


def level_rule(value: float, text: str = "", *, color: str = "muted", centred: bool = False) -> Any:
    """Draw a dashed horizontal rule at a value, with words above its left end or its middle."""
    at = pl.DataFrame({"level": [float(value)], "text": [text]})
    rule = (
        alt.Chart(at)
        .mark_rule(strokeDash=[5, 4], strokeWidth=1.5, color=theme.color(color))
        .encode(y="level:Q")
    )
    place = alt.value(alt.ExprRef("width / 2")) if centred else alt.value(0)
    words = (
        alt.Chart(at)
        .mark_text(
            align="center" if centred else "left",
            dx=0 if centred else 4,
            dy=-8,
            color=theme.color(color),
        )
        .encode(x=place, y="level:Q", text="text:N")
    )
    return alt.layer(rule, words)


def counted_source(rows: pl.DataFrame, x: str = "month", *, broken: bool = True) -> str:
    """Name the source of download counts, and the last month drawn."""
    last = rows[x].max()
    assert isinstance(last, date)
    text = f"{COUNTED}, to {wording.month_name(last)}."
    return f"{text} {BROKEN}" if broken else text


def _share_with_zero(values: pl.Series) -> float:
    """How many times as long as the values' span the axis is, which begins at zero."""
    low, high = (float(value) for value in (values.min(), values.max()))  # type: ignore[arg-type]
    return (max(high, 0.0) - min(low, 0.0)) / ((high - low) or 1.0)


def _log_scale(values: Sequence[float], labels: pl.Series, *, reverse: bool) -> alt.Scale:
    """Fit the axis to values and labels; Vega would go on to the next power of ten."""
    both = [*values, *labels]
    return alt.Scale(
        type="log", domain=[min(both) / EDGE, max(both) * EDGE], nice=False, reverse=reverse
    )


def _dashes(names: Sequence[str], series: str) -> dict[str, alt.StrokeDash]:
    if MIDDLE not in names:
        return {}
    dashes = [[6, 4] if name == MIDDLE else [1, 0] for name in names]
    scale = alt.Scale(domain=list(names), range=dashes)
    return {"strokeDash": alt.StrokeDash(f"{series}:N").scale(scale).legend(None)}
