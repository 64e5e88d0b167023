"""Direct labels: names at the ends of lines instead of a legend."""

import math
from collections.abc import Sequence
from statistics import fmean
from typing import Any

import altair as alt
import polars as pl

from trends.charts import theme

GAP = 0.06
"""Least distance of two labels, as a share of the axis: the height of a line of text."""

CHARACTER = 7.3
"""Pixels of a character of a name."""

FEW_DECADES = 2.3

PAGE = "var(--md-default-bg-color, #fff)"
"""The colour of the page, behind a transparent chart."""


def line_ends(
    frame: pl.DataFrame, *, x: str, y: str, series: str, log: bool = False, gap: float = GAP
) -> pl.DataFrame:
    """Find where each line ends and where its label fits.

    Args:
        frame: One row a point, sorted by `x`; nulls in `y` are no points.
        x: Column of the time axis.
        y: Column of the values; positive if `log`.
        series: Column that names the lines.
        log: The value axis is logarithmic.
        gap: Least distance of two labels, as a share of the axis; more where the chart is low.

    Returns:
        The last row of each line, with `label_y`: the value, moved apart
        where two labels would overlap.
    """
    points = frame.drop_nulls(y)
    ends = points.sort(x).group_by(series, maintain_order=True).last().sort(y)
    scale = math.log10 if log else float
    low, high = (scale(float(v)) for v in (points[y].min(), points[y].max()))  # type: ignore[arg-type]
    wanted = [scale(float(value)) for value in ends[y]]
    placed = spread(wanted, gap=gap * ((high - low) or 1.0))
    return ends.with_columns(
        label_y=pl.Series([10**v if log else v for v in placed], dtype=pl.Float64)
    )


def spread(positions: Sequence[float], *, gap: float) -> list[float]:
    """Move ascending positions apart until neighbours are `gap` from each other.

    Only those that are in each other's way move, together and as little as can be.
    """
    groups: list[list[float]] = []
    for place, position in enumerate(positions):
        groups.append([position - place * gap])
        while len(groups) > 1 and fmean(groups[-2]) > fmean(groups[-1]):
            groups[-2:] = [groups[-2] + groups[-1]]
    starts = [fmean(group) for group in groups for _ in group]
    return [start + place * gap for place, start in enumerate(starts)]


def haloed(base: alt.Chart, **mark: Any) -> list[Any]:
    """Write words with a rim in the colour of the page, so that they can stand over a rule."""
    return [base.mark_text(stroke=PAGE, strokeWidth=4, **mark), base.mark_text(**mark)]


def end_labels(ends: pl.DataFrame, *, x: str, series: str, scale: alt.Scale) -> Any:
    """Write the name of each line at its end.

    Args:
        ends: What `line_ends` gives.
        x: Column of the time axis.
        series: Column that names the lines.
        scale: The colours of the lines.
    """
    base = alt.Chart(ends).encode(x=alt.X(f"{x}:T"), y=alt.Y("label_y:Q"), text=f"{series}:N")
    words = alt.Scale(domain=scale.domain, range=[theme.words_color(c) for c in scale.range])
    halo, text = haloed(base, align="left", dx=7, fontWeight=600)
    return alt.layer(halo, text.encode(fill=alt.Fill(f"{series}:N").scale(words).legend(None)))


def short(column: str, digits: int = 1) -> pl.Expr:
    """Write a number with so many decimals, or with none where it is whole."""
    return pl.col(column).round(digits).cast(pl.String).str.strip_suffix(".0")


def thousands(column: str) -> pl.Expr:
    """Write whole numbers with commas."""
    return pl.col(column).map_elements(lambda number: f"{number:,.0f}", return_dtype=pl.String)


def log_axis(frame: pl.DataFrame, y: str) -> alt.Axis:
    """Make the ticks of a logarithmic axis: powers of ten, and 2 and 5 where these are few.

    Vega's own choice draws a line for each of the nine steps of a decade.
    """
    low, high = (float(value) for value in (frame[y].min(), frame[y].max()))  # type: ignore[arg-type]
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = (1, 2, 5) if math.log10(high / low) <= FEW_DECADES else (1,)
    values = [step * 10.0**decade for decade in decades for step in steps]
    # Vega keeps every other value where there are more than its count.
    return alt.Axis(values=values, tickCount=len(values), format=",~r")


def color_scale(names: Sequence[str]) -> alt.Scale:
    """Give each line the colour that its package has through the whole site."""
    return alt.Scale(domain=list(names), range=theme.series_colors(names))
