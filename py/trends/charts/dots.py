"""Building block: one row a thing, a dot on a common axis, the value beside it."""

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt
import polars as pl

from trends.charts import theme
from trends.charts.labels import log_axis
from trends.charts.lines import CHARACTER

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
        color: Colour of dot and words.
        scale: Scale of the axis.
        reverse: Put small values at the right, as for ranks.
        details: Tooltip entries after name and value.
    """
    base = alt.Chart(rows).encode(y=row_axis(row, rows[row].to_list()), color=color)
    low, high = (float(v) for v in (rows[value].min(), rows[value].max()))  # type: ignore[arg-type]
    room = CHARACTER * max(len(text) for text in rows[words]) + 14
    x = alt.X(f"{value}:Q").title(x_title)
    x = x.scale(
        type=scale,
        domain=[low / 1.15, high * 1.05] if scale == "log" else [0, high],
        rangeMax=alt.ExprRef(f"width - {room:.0f}"),
        reverse=reverse,
        nice=False,
    )
    axis = log_axis(rows, value).copy() if scale == "log" else alt.Axis()
    axis["grid"] = True
    axis["labelOverlap"] = True
    dots = base.mark_circle(size=90, opacity=1).encode(
        x=x.axis(axis),
        tooltip=[f"{row}:N", alt.Tooltip(f"{value}:Q", format=",", title=x_title), *details],
    )
    texts = base.mark_text(align="left", dx=9).encode(x=f"{value}:Q", text=f"{words}:N")
    return alt.layer(dots, texts).properties(height=alt.Step(ROW_HEIGHT))


def role_color(field: str, chosen: Sequence[str], shades: Sequence[str]) -> alt.Color:
    """Colour by a column, without a legend; `shades` are names of the palette."""
    scale = alt.Scale(domain=list(chosen), range=[theme.color(shade) for shade in shades])
    return alt.Color(f"{field}:N").scale(scale).legend(None)
