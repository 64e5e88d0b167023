"""Building block: one row a thing, a dot on a common axis, the value beside it."""

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt
import polars as pl

from trends.charts import theme
from trends.charts.dates import PHONE_PANEL
from trends.charts.labels import CHARACTER, haloed, log_axis

ROW_HEIGHT = 26
"""Pixels of a row."""

NAME_WIDTH = 150
"""Pixels of the longest name shown at the left."""


def row_axis(row: str, order: Sequence[str]) -> alt.Y:
    """Make the axis of names, in the order given."""
    axis = alt.Axis(title=None, labelLimit=NAME_WIDTH, labelPadding=8, grid=False)
    return alt.Y(f"{row}:N", sort=list(order), axis=axis)


def dot_rows(
    rows: pl.DataFrame,
    *,
    row: str,
    value: str,
    words: str,
    x_title: str,
    color: alt.Color,
    scale: Literal["log", "linear"] = "log",
    reverse: bool = False,
    shape: alt.Shape | None = None,
    panel: bool = False,
    details: Sequence[str | alt.Tooltip] = (),
) -> Any:
    """Draw one dot a row, in the order of `rows`, with words at its right.

    Args:
        rows: One row a thing. Columns: `row` String, `value` a number (positive if `scale` is
            log), `words` String, and what `color` uses.
        row: Column of the names at the left.
        value: Column of the values.
        words: Column of the words beside the dots.
        x_title: The unit.
        color: Colour of the dots.
        scale: Scale of the axis.
        reverse: Put small values at the right, as for ranks.
        shape: Shape of the dots, where colour alone must not tell them apart.
        panel: The chart becomes one of several: only a chart of its own can measure its width.
        details: Tooltip entries after name and value.
    """
    base = alt.Chart(rows).encode(y=row_axis(row, rows[row].to_list()), color=color)
    low, high = (float(v) for v in (rows[value].min(), rows[value].max()))  # type: ignore[arg-type]
    room = CHARACTER * max(len(text) for text in rows[words]) + 14
    start, end = (low / 1.15, high * 1.05) if scale == "log" else (0.0, high)
    if panel:
        end = _with_room(start, end, room, log=scale == "log")
    x = alt.X(f"{value}:Q").title(x_title)
    x = x.scale(
        type=scale,
        domain=[start, end],
        rangeMax=alt.Undefined if panel else alt.ExprRef(f"width - {room:.0f}"),
        reverse=reverse,
        nice=False,
    )
    axis = log_axis(rows, value).copy() if scale == "log" else alt.Axis(tickCount=5)
    axis["grid"] = True
    axis["labelOverlap"] = True
    dots = base.mark_point(shape="circle", filled=True, size=90, opacity=1).encode(
        x=x.axis(axis),
        **({} if shape is None else {"shape": shape}),
        tooltip=[f"{row}:N", alt.Tooltip(f"{value}:Q", format=",", title=x_title), *details],
    )
    named = alt.Chart(rows).encode(y=base.encoding.y, x=f"{value}:Q", text=f"{words}:N")
    texts = haloed(named, align="left", dx=9)
    return alt.layer(dots, *texts).properties(height=alt.Step(ROW_HEIGHT))


def _with_room(low: float, high: float, room: float, *, log: bool) -> float:
    """Where the axis of a panel must end, so that words fit behind its largest value."""
    share = room / (PHONE_PANEL - room)
    return high * (high / low) ** share if log else high + (high - low) * share


def dumbbell_rows(
    rows: pl.DataFrame,
    *,
    row: str,
    ends: tuple[str, str],
    words: str,
    x: alt.X,
    color: alt.Color,
    digits: int = 1,
) -> Any:
    """Draw two dots a row, joined by a line, in the order of `rows`; the name stands above.

    Args:
        rows: One row a thing. Columns: `row`, `words` String, and two columns of numbers; a null
            in one of them is no dot.
        row: Column of the names.
        ends: Columns of the two values; `color` has their names in the column `which`.
        words: Column of the words at the right of the right dot.
        x: Title, scale and axis of the values, which are in the column `value`.
        color: Colour of the dots.
        digits: Decimals in the tooltip.
    """
    first, second = ends
    y = alt.Y(f"{row}:N", sort=rows[row].to_list(), axis=None)
    long = rows.unpivot(list(ends), index=row, variable_name="which").drop_nulls("value")
    right = rows.with_columns(value=pl.max_horizontal(first, second))
    bars = alt.Chart(rows.drop_nulls(list(ends))).mark_rule(
        strokeWidth=2, color=theme.color("rest")
    )
    dots = alt.Chart(long).mark_circle(size=90, opacity=1)
    values = alt.Chart(right).mark_text(align="left", dx=9)
    names = alt.Chart(rows).mark_text(align="left", dy=-15)
    return alt.layer(
        bars.encode(x=f"{first}:Q", x2=f"{second}:Q", y=y),
        dots.encode(
            x=x,
            y=y,
            color=color,
            tooltip=[f"{row}:N", "which:N", alt.Tooltip("value:Q", format=f".{digits}f")],
        ),
        values.encode(x="value:Q", y=y, text=f"{words}:N"),
        names.encode(x=alt.value(0), y=y, text=f"{row}:N"),
    ).properties(height=alt.Step(ROW_HEIGHT + 18))


def role_color(field: str, chosen: Sequence[str | bool], shades: Sequence[str]) -> alt.Color:
    """Colour by a column, without a legend; `shades` are names of the palette."""
    scale = alt.Scale(domain=list(chosen), range=[theme.color(shade) for shade in shades])
    return alt.Color(f"{field}:N").scale(scale).legend(None)
