"""Charts of growth, always against the middle package: everything grows."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import altair as alt
import polars as pl

from trends import numbers
from trends.charts import theme
from trends.charts.labels import log_axis
from trends.charts.lines import (
    COUNTED,
    article_rule,
    counted_source,
    level_rule,
    named_lines,
)
from trends.charts.places import MARGIN, Place, free_places
from trends.frames import MIDDLE, PRESENT, Month, as_month

SCATTER_HEIGHT = 420
WIDE = 450
"""Pixels of width from which a scatter has room for the labels of a desktop page."""


def index_lines(index: pl.DataFrame, *, base: Month, at: Month = PRESENT, log: bool = True) -> Any:
    """Draw packages divided by themselves in one month, the middle package dashed.

    Args:
        index: One row per month and package. Columns: `month` Date, `package` String, `index`
            Float64 (1 in month `base`), `segment` Int64; with the middle package as a package
            called `MIDDLE`.
        base: The month divided by.
        at: The month the title speaks of; the last one if it is not drawn.
        log: Draw factors, not differences.
    """
    chart = named_lines(index, y="index", y_title="times the first month", log=log, digits=2)
    return theme.finish(
        alt.layer(*article_rule(index), chart),
        title=_index_finding(index, at),
        subtitle=f"Downloads, {numbers.month_name(base)} = 1{', log scale' if log else ''}",
        source=counted_source(index),
    )


def _index_finding(index: pl.DataFrame, at: Month) -> str:
    last = index["month"].max()
    assert isinstance(last, date)
    month = min(as_month(at), last)
    now = index.filter(month=month).sort("index", descending=True)
    middle = now.filter(package=MIDDLE)["index"][0]
    ahead = now.filter(pl.col("index") >= middle, pl.col("package") != MIDDLE)["package"]
    behind = now.filter(pl.col("index") < middle)["package"]
    said = f"{numbers.month_name(month)}: " + (_list(ahead) or "nobody") + " ahead of the middle"
    return said + (f", {_list(behind)} behind" if len(behind) else "")


def _list(names: Sequence[str] | pl.Series) -> str:
    *most, last = list(names) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def size_growth(
    grown: pl.DataFrame,
    *,
    middle: float,
    start: Month,
    end: Month = PRESENT,
    labelled: Collection[str] = (),
) -> Any:
    """Draw each package by size and growth; above the dashed rule it outgrew the middle.

    Args:
        grown: One row a package. Columns: `package`, `role` String (named by the article, or
            rival), `before`, `after` Int64 (downloads in 30 days), `growth` Float64.
        middle: Growth of the middle package.
        start: The month divided by.
        end: The month divided.
        labelled: Packages to name first where there is not room for all.
    """
    rows = grown.with_columns(millions=pl.col("after") / 1e6).sort(
        pl.col("package").is_in(list(labelled)), "after", descending=[True, True]
    )
    color = (
        alt.Color("role:N")
        .scale(domain=["named", "rival"], range=[theme.color("accent"), theme.color("rest")])
        .legend(None)
    )
    x = alt.X("millions:Q").title("million downloads").scale(type="log", padding=MARGIN, nice=False)
    y = alt.Y("growth:Q").title("times as many").scale(type="log", padding=MARGIN, nice=False)
    points = (
        alt.Chart(rows)
        .mark_circle(size=70, opacity=0.9)
        .encode(
            x=x.axis(log_axis(rows, "millions")),
            y=y.axis(log_axis(rows, "growth")),
            color=color,
            tooltip=[
                "package:N",
                alt.Tooltip("millions:Q", format=",.2f", title="million downloads"),
                alt.Tooltip("growth:Q", format=",.2f", title="times as many"),
                "role:N",
            ],
        )
    )
    above = (rows["growth"] >= middle).sum()
    span = f"{numbers.month_name(start)} to {numbers.month_name(end)}"
    return theme.finish(
        alt.layer(
            level_rule(middle, f"middle package {numbers.fold(middle)}", color="text"),
            points,
            *_names(rows, color, middle),
        ).properties(height=SCATTER_HEIGHT),
        title=f"{above} of {len(rows)} grew at least as much as the middle package",
        subtitle=f"Downloads and growth, {span}, log scales; in colour: named by the article",
        source=f"{COUNTED}, {span}.",
    )


def _names(rows: pl.DataFrame, color: alt.Color, middle: float) -> list[Any]:
    """Write the names that fit beside their points, chosen anew for page and phone."""
    layers = []
    for width, test in ((560, f"width >= {WIDE}"), (270, f"width < {WIDE}")):
        places = free_places(rows, "millions", "growth", width, SCATTER_HEIGHT - 100, middle)
        placed = rows.join(places, on="package")
        for place in Place:
            here = placed.filter(place=place.name)
            if here.is_empty():
                continue
            mark = alt.Chart(here).mark_text(
                align=place.align,
                dx=place.dx,
                dy=place.dy,
                opacity=alt.ExprRef(f"{test} ? 1 : 0"),
            )
            layers.append(mark.encode(x="millions:Q", y="growth:Q", text="package:N", color=color))
    return layers


def growth_slopes(grown: pl.DataFrame, *, start: Month, end: Month = PRESENT) -> Any:
    """Draw each package's downloads in two months; crossing lines change the order.

    Args:
        grown: What `frames.growth` gives: `package`, `before`, `after`, `growth`.
        start: The first of the two months.
        end: The second.
    """
    words = pl.format("{} {}-fold", "package", pl.col("growth").round(1))
    months = ((start, "before"), (end, "after"))
    points = pl.concat(
        grown.select(
            "package",
            words.alias("label"),
            month=pl.lit(as_month(month)),
            millions=pl.col(side) / 1e6,
        )
        for month, side in months
    )
    order = grown.sort("after", descending=True)
    names = order.select(label=words)["label"]
    scale = alt.Scale(domain=names.to_list(), range=theme.series_colors(order["package"].to_list()))
    chart = named_lines(
        points,
        y="millions",
        y_title="million downloads",
        series="label",
        colors=scale,
        log=True,
        points=True,
        dates=[as_month(month) for month, _ in months],
        digits=2,
    )
    first = order.row(0, named=True)
    fastest = order.sort("growth").row(-1, named=True)
    return theme.finish(
        chart,
        title=(
            f"{first['package']} is largest, {fastest['package']} grew most: "
            f"{numbers.fold(fastest['growth'])}"
        ),
        subtitle=(
            f"Downloads in 30 days, {numbers.month_name(start)} and {numbers.month_name(end)}, "
            "log scale"
        ),
        source=f"{COUNTED}.",
    )
