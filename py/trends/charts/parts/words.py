"""Words in charts: how they keep apart, the room they need, and how they write a number."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
import polars as pl

from trends.charts.parts.theme import Picture

GAP = 0.06
"""Least distance of two labels, as a share of the axis: the height of a line of text."""

CHARACTER = 7.3
"""Pixels of a character of a name."""

PAGE = "var(--md-default-bg-color, #fff)"
"""The colour of the page, behind a transparent chart."""


def limits(values: pl.Series) -> tuple[float, float]:
    """Return the smallest and the largest number of a column."""
    return float(values.min()), float(values.max())  # type: ignore[arg-type]


def room(words: Iterable[str], more: float = 12) -> alt.ExprRef:
    """Return where an axis must end, so that the longest of these words fits behind it.

    `more` is in pixels: between axis and words, and behind them.
    """
    return alt.ExprRef(f"width - {CHARACTER * max(len(text) for text in words) + more:.0f}")


def spread(positions: Sequence[float], *, gap: float) -> list[float]:
    """Move ascending positions apart until neighbours are `gap` from each other.

    Only those that are in each other's way move, together and as little as can be.
    """
    groups: list[list[float]] = []
    for index, position in enumerate(positions):
        groups.append([position - index * gap])
        while len(groups) > 1 and _mean(groups[-2]) > _mean(groups[-1]):
            groups[-2:] = [groups[-2] + groups[-1]]
    starts = [_mean(group) for group in groups for _ in group]
    return [start + index * gap for index, start in enumerate(starts)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)  # `statistics` is 40 kB more to fetch


def line_ends(
    frame: pl.DataFrame, *, x: str, y: str, series: str, log: bool = False, gap: float = GAP
) -> pl.DataFrame:
    """Find where each line ends and where its label fits.

    Args:
        frame: One row a point; nulls in `y` are no points.
        x: Column that lines go along.
        y: Column of the values; positive if `log`.
        series: Column that names the lines.
        log: The value axis is logarithmic.
        gap: Least distance of two labels, as a share of the axis; more where the chart is low.

    Returns:
        The last row of each line, with `label_y`: the value, moved apart where labels overlap.
    """
    points = frame.drop_nulls(y)
    ends = points.sort(x).group_by(series, maintain_order=True).last().sort(y)
    scale = math.log10 if log else float
    low, high = (scale(value) for value in limits(points[y]))
    wanted = [scale(float(value)) for value in ends[y]]
    placed = spread(wanted, gap=gap * ((high - low) or 1.0))
    return ends.with_columns(
        label_y=pl.Series([10**v if log else v for v in placed], dtype=pl.Float64)
    )


def haloed(base: alt.Chart, **mark: Any) -> list[alt.Chart]:
    """Write words with a rim in the colour of the page, so that they can stand over a rule."""
    return [base.mark_text(stroke=PAGE, strokeWidth=4, **mark), base.mark_text(**mark)]


def names_above(rows: pl.DataFrame, y: alt.Y, words: str = "words", *, dy: int = -16) -> Picture:
    """Write a row's words above it from the left edge, so that long names need no margin."""
    base = alt.Chart(rows).encode(x=alt.value(0), y=y, text=f"{words}:N")
    return alt.layer(*haloed(base, align="left", dy=dy))


def tips(*fields: str | tuple[str, str] | tuple[str, str, str]) -> list[alt.Tooltip]:
    """Make tooltips: a field each, with the format of its value and its title if they need one."""
    full = ((one, "", "") if isinstance(one, str) else (*one, "", "")[:3] for one in fields)
    unset = alt.Undefined
    return [alt.Tooltip(n, format=f or unset, title=t or unset) for n, f, t in full]


def short(column: str, digits: int = 1) -> pl.Expr:
    """Write a number with so many decimals, or with none where it is whole."""
    return pl.col(column).round(digits).cast(pl.String).str.strip_suffix(".0")


def fixed(column: str, digits: int = 0) -> pl.Expr:
    """Write a number with so many decimals, and commas between its thousands."""
    return pl.col(column).map_elements(lambda v: f"{v:,.{digits}f}", return_dtype=pl.String)
