"""The chart of the page Explore: any packages of the long list."""

from collections.abc import Sequence
from typing import Literal

import altair as alt
import polars as pl

from trends import wording
from trends.charts.over_time import lines, series_scale
from trends.charts.parts import theme
from trends.charts.parts.rules import counted
from trends.charts.parts.theme import Picture
from trends.charts.parts.words import PAGE, tips
from trends.explore import SHARE_DEPTH, Value
from trends.frames import START_MONTHS, Month, as_month

Scale = Literal["log", "linear"]

UNITS: dict[Value, str] = {
    "downloads": "million downloads",
    "rank": "rank",
    "share": "of a million",
    "median": "times the median",
}

MEASURES: dict[Value, str] = {
    "downloads": "Downloads in 30 days, millions",
    "rank": "Rank by downloads, 1 = most downloaded",
    "share": f"Downloads of every million of the first {SHARE_DEPTH:,} ranks",
    "median": "Growth divided by growth of the median package",
}

FLOORS: tuple[Value, ...] = ("downloads", "rank")
FLOOR = "end of the list"
ESTIMATED = "Dashed: counts before the last change of method, lifted to its level by an estimate."


def package_view(
    rows: pl.DataFrame,
    *,
    value: Value = "rank",
    scale: Scale = "log",
    index_to: Month | None = None,
    floor: pl.DataFrame | None = None,
    start: Month | None = None,
) -> Picture:
    """Draw what `explore.compare` gives, with `value` and `index_to` as they were given to it.

    Args:
        rows: One row per month and package.
        value: What the column `value` means.
        scale: Scale of the values' axis.
        index_to: The month that is 1.
        floor: What `explore.floor` gives: drawn in grey where ranks or downloads are drawn,
            because who is absent is below it, not at zero.
        start: The first month shown; the reader can move it in the drawn chart.
    """
    if value == "rank":
        index_to = None
    is_indexed = index_to is not None or value == "median"
    in_millions = value == "downloads" and not is_indexed
    drawn = rows.with_columns(pl.col("value") / (1e6 if in_millions else 1.0))
    names = rows["package"].unique(maintain_order=True).to_list()
    has_floor = floor is not None and not is_indexed and scale == "log" and value in FLOORS
    below = _floor(floor, value, drawn) if floor is not None and has_floor else None
    late = None if index_to is None else _late_starts(drawn, names, index_to)
    source = counted(rows, broken=bool(rows["segment"].n_unique() > 1))
    return lines(
        drawn,
        y="value",
        y_title=_unit(value, index_to),
        colors=series_scale(names),
        log=scale == "log",
        reverse=value == "rank",
        start=start,
        reach=None if below is None else below["end"],
        digits=0 if value == "rank" else 2,
        behind=[] if below is None else [_floor_line(below)],
        front=[layer for layer in (_estimated(drawn), late) if layer is not None],
        title=_finding(rows, value, index_to),
        subtitle=_measure(value, scale, index_to),
        source=f"{source} {ESTIMATED}" if rows["estimated"].any() else source,
    )


def _floor(floor: pl.DataFrame, value: Value, drawn: pl.DataFrame) -> pl.DataFrame:
    """Return the end of the list in the months drawn, in the unit drawn: `month`, `end`."""
    end = pl.col("downloads") / 1e6 if value == "downloads" else pl.col("rank").cast(pl.Float64)
    months = pl.col("month").is_between(drawn["month"].min(), drawn["month"].max())
    return floor.filter(months).select("month", end=end)


def _floor_line(below: pl.DataFrame) -> Picture:
    grey, muted = theme.color("rest"), theme.color("muted")
    base = alt.Chart(below).encode(x="month:T", y="end:Q")
    line = base.mark_line(interpolate="step-after", clip=True, strokeWidth=1, color=grey)
    words = alt.Chart(below.tail(1)).mark_text(align="right", dx=-4, dy=-8, color=muted)
    words = words.encode(x="month:T", y="end:Q", text=alt.value(FLOOR))
    return alt.layer(
        line.encode(tooltip=tips(("month:T", "%B %Y"), ("end:Q", ",.2~f", FLOOR))), words
    )


def _estimated(drawn: pl.DataFrame) -> alt.Chart | None:
    """Lay a gap pattern over the part of a line that is no count: the page's colour, dashed."""
    part = drawn.filter("estimated")
    if part.is_empty():
        return None
    line = alt.Chart(part).mark_line(strokeWidth=3, strokeDash=[3, 4], clip=True, color=PAGE)
    drawn_over: alt.Chart = line.encode(x="month:T", y="value:Q", detail=["package:N", "segment:N"])
    return drawn_over


def _late_starts(drawn: pl.DataFrame, names: Sequence[str], index_to: Month) -> alt.Chart | None:
    """Mark packages that were not listed in the month that is 1."""
    first = drawn.sort("month").group_by("package", maintain_order=True).first()
    late = first.filter(pl.col("month") > as_month(index_to))
    if late.is_empty():
        return None
    color = alt.Color("package:N").scale(series_scale(names)).legend(None)
    dots = alt.Chart(late).mark_circle(size=70, opacity=1)
    return dots.encode(x="month:T", y="value:Q", color=color)  # type: ignore[no-any-return]


def _unit(value: Value, index_to: Month | None) -> str:
    if index_to is None or value == "median":
        return UNITS[value]
    return f"times {wording.month_name(index_to)}"


def _measure(value: Value, scale: Scale, index_to: Month | None) -> str:
    text = MEASURES[value]
    base = index_to or (START_MONTHS[0] if value == "median" else None)
    if base is not None:
        text += f", {wording.month_name(base)} = 1"
    return f"{text}, log scale" if scale == "log" else text


def _finding(rows: pl.DataFrame, value: Value, index_to: Month | None) -> str:
    if rows.is_empty():
        return "No month to show"
    last = rows.filter(pl.col("month") == pl.col("month").max())
    top = last.sort("value", descending=value != "rank", maintain_order=True).row(0, named=True)
    month = wording.month_name(top["month"])
    name, amount = top["package"], top["value"]
    if value == "rank":
        said = f"rank {amount:,.0f}"
    elif value == "median":
        said = f"{amount:,.1f} times the median package's growth"
    elif index_to is not None:
        said = f"{wording.fold(amount)} since {wording.month_name(index_to)}"
    elif value == "share":
        said = f"{amount:,.0f} of every million downloads"
    else:
        said = wording.millions(amount)
    ahead = f"{name} ahead" if len(last) > 1 else name
    return f"{month}: {ahead}, {said}"
