"""Building block: bars from zero, one row a thing, with words at their ends."""

from typing import Any

import altair as alt
import polars as pl

from trends.charts.dots import ROW_HEIGHT, row_axis
from trends.charts.labels import CHARACTER, haloed

THIN = 12
"""Pixels: height of a bar below its name."""


def word_bars(
    rows: pl.DataFrame,
    *,
    row: str,
    value: str,
    words: str,
    x_title: str,
    color: alt.Color,
    reach: float = 0,
) -> Any:
    """Draw one horizontal bar a row, in the order of `rows`.

    Args:
        rows: One row a thing. Columns: `row`, `words` String, `value` a number, and what
            `color` uses.
        row: Column of the names at the left.
        value: Column of the values; bars begin at zero.
        words: Column of the words at the ends of the bars.
        x_title: The unit.
        color: Colour of the bars.
        reach: A further value that the axis has to show.
    """
    room = CHARACTER * max(len(text) for text in rows[words]) + 8
    high = max(float(rows[value].max()), reach)  # type: ignore[arg-type]
    scale = alt.Scale(domain=[0, high], nice=False, rangeMax=alt.ExprRef(f"width - {room:.0f}"))
    base = alt.Chart(rows).encode(y=row_axis(row, rows[row].to_list()))
    bars = base.mark_bar(height=ROW_HEIGHT - 10).encode(
        x=alt.X(f"{value}:Q").title(x_title).scale(scale).axis(tickCount=4),
        color=color,
        tooltip=[f"{row}:N", alt.Tooltip(f"{value}:Q", format=",.1f", title=x_title)],
    )
    texts = haloed(base.encode(x=f"{value}:Q", text=f"{words}:N"), align="left", dx=6)
    return alt.layer(bars, *texts).properties(height=alt.Step(ROW_HEIGHT))


def named_bars(
    rows: pl.DataFrame, *, row: str, value: str, words: str, scale: alt.Scale, color: alt.Color
) -> Any:
    """Draw one horizontal bar a row, its words above it: long names need no margin.

    Args:
        rows: One row a thing, in the order to show. Columns: `row`, `words` String, `value` a
            number, and what `color` uses.
        row: Column that tells the rows apart.
        value: Column of the values; bars begin at zero.
        words: Column of the words above the bars.
        scale: Scale of the values.
        color: Colour of the bars.
    """
    base = alt.Chart(rows).encode(y=alt.Y(f"{row}:N", sort=rows[row].to_list(), axis=None))
    bars = base.mark_bar(height=THIN).encode(
        x=alt.X(f"{value}:Q").title(None).scale(scale).axis(grid=False, tickCount=5),
        color=color,
        tooltip=[f"{row}:N", alt.Tooltip(f"{value}:Q", format=".1f")],
    )
    names = base.mark_text(align="left", dy=-14).encode(x=alt.value(0), text=f"{words}:N")
    return alt.layer(bars, names).properties(height=(ROW_HEIGHT + THIN) * len(rows))
