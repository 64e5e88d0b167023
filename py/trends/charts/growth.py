"""Charts of growth, always against the middle package: everything grows."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import altair as alt
import polars as pl

from trends import numbers
from trends.charts import theme
from trends.charts.bars import word_bars
from trends.charts.dots import ROW_HEIGHT, role_color, row_axis
from trends.charts.labels import PAGE, log_axis
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
HEAT_HEIGHT, SHADES = 46, (0.2, 0.6)
"""Of a square: pixels of its height, and how far its colour covers the page."""

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
    chart = named_lines(
        index, y="index", y_title="times the first month", log=log, zero=False, digits=2
    )
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


def growth_bars(grown: pl.DataFrame, *, middle: float, start: Month, end: Month = PRESENT) -> Any:
    """Draw each package's growth as a bar, with a rule at that of the middle package.

    Args:
        grown: One row a package. Columns: `package`, `role` String, `after` Int64 (downloads in 30
            days), `growth` Float64, null where the package was not listed at the start.
        middle: Growth of the middle package.
        start: The month divided by.
        end: The month divided.
    """
    rows = grown.sort("growth", "package", descending=[True, False], nulls_last=True)
    times = pl.format("{}-fold", pl.col("growth").round(1)).fill_null("no start value")
    words = pl.format("{}, {} M", times, (pl.col("after") / 1e6).round(2))
    bars = word_bars(
        rows.with_columns(words=words, times=pl.col("growth").fill_null(0)),
        row="package",
        value="times",
        words="words",
        x_title="times as many",
        color=role_color("role", ["named", "rival"], ["accent", "rest"]),
        reach=middle,
    )
    at = pl.DataFrame({"middle": [middle], "words": [f"middle {numbers.fold(middle)}"]})
    rule = alt.Chart(at).mark_rule(strokeDash=[5, 4], strokeWidth=1.5).encode(x="middle:Q")
    name = (
        alt.Chart(at)
        .mark_text(baseline="bottom", dy=-4, color=theme.color("muted"))
        .encode(x="middle:Q", y=alt.value(0), text="words:N")
    )
    listed = rows.drop_nulls("growth")
    ahead = listed.filter(pl.col("growth") >= middle)["package"]
    behind = listed.filter(pl.col("growth") < middle)["package"]
    span = f"{numbers.month_name(start)} to {numbers.month_name(end)}"
    return theme.finish(
        alt.layer(rule, bars, name).properties(height=alt.Step(ROW_HEIGHT)),
        title=f"Ahead of the middle package: {_list(ahead) or 'none'}; behind: {_list(behind)}",
        subtitle=f"Growth, {span}, and million downloads; in colour: named by the article",
        source=f"{COUNTED}, {span}.",
    )


def window_heat(judged: pl.DataFrame, *, end: Month = PRESENT) -> Any:
    """Draw growth against the middle package from several start months, a square each.

    Args:
        judged: What `frames.growth_by_start` gives: `start` Date, `package` String, `growth`,
            `middle`, `ratio` Float64.
        end: The month growth leads to.
    """
    names = judged["package"].unique(maintain_order=True).to_list()
    rows = judged.with_columns(
        since=pl.col("start").dt.strftime("%b %Y"),
        is_ahead=pl.col("ratio") >= 1,
        strength=pl.col("ratio").log(2).abs().clip(0, 1),
    )
    x = alt.X("since:N", sort=rows.sort("start")["since"].unique(maintain_order=True).to_list())
    base = alt.Chart(rows).encode(
        x=x.title(f"growth from this month to {numbers.month_name(end)}").axis(
            labelAngle=0, labelExpr="split(datum.label, ' ')", domain=False, ticks=False
        ),
        y=row_axis("package", names),
    )
    ratio = alt.Text("ratio:Q", format=".2f")
    squares = base.mark_rect(stroke=PAGE, strokeWidth=2).encode(
        color=role_color("is_ahead", [True, False], ["accent", "torch"]),
        fillOpacity=alt.FillOpacity("strength:Q", legend=None).scale(
            domain=[0, 1], range=[0.2, 0.6]
        ),
        tooltip=[
            "package:N",
            alt.Tooltip("start:T", format="%B %Y"),
            alt.Tooltip("growth:Q", format=".2f"),
            alt.Tooltip("middle:Q", format=".2f", title="middle package"),
            alt.Tooltip("ratio:Q", format=".2f"),
        ],
    )
    values = base.mark_text(fontWeight=600, fontSize=14).encode(
        text=alt.Text("ratio:Q", format=".2f")
    )
    starts = rows.group_by("start").agg(pl.col("is_ahead").all())
    agree = int(starts["is_ahead"].sum())
    return theme.finish(
        alt.layer(squares, values.encode(text=ratio)).properties(height=alt.Step(HEAT_HEIGHT)),
        title=(
            f"{_list(names)} {'both' if len(names) == 2 else 'all'} keep up with the middle "
            f"from {numbers.in_words(agree)} of {numbers.in_words(len(starts))} start months"
        ),
        subtitle="Growth divided by that of the middle package; blue: 1 or more, orange: less",
        source=f"{COUNTED}.",
    )
