"""Charts of growth, always against the middle package: everything grows."""

from collections.abc import Collection
from datetime import date
from typing import Any, Literal

import altair as alt
import polars as pl

from trends import wording
from trends.charts import theme
from trends.charts.labels import haloed, log_axis
from trends.charts.lines import (
    COUNTED,
    article_rule,
    counted_source,
    level_rule,
    named_lines,
)
from trends.charts.places import MARGIN, Place, Scatter
from trends.frames import MIDDLE, PRESENT, Month, as_month

SCATTER_HEIGHT = 420

NO_CLAIM = "no claim"

KINDS: dict[str, dict[str, tuple[str, str]]] = {
    "role": {"named": ("accent", "circle"), "rival": ("rest", "circle")},
    "verdict": {
        "supported": ("supported", "circle"),
        "partly": ("partly", "diamond"),
        "contradicted": ("contradicted", "cross"),
        "untestable": ("untestable", "square"),
        NO_CLAIM: ("rest", "triangle-up"),
    },
}
"""What colours can tell: name of the palette and shape of each kind."""

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
        subtitle=f"Downloads, {wording.month_name(base)} = 1{', log scale' if log else ''}",
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
    said = (
        f"{wording.month_name(month)}: "
        + (wording.listing(ahead) or "nobody")
        + " ahead of the middle"
    )
    return said + (f", {wording.listing(behind)} behind" if len(behind) else "")


def size_growth(
    grown: pl.DataFrame,
    *,
    middle: float,
    start: Month,
    end: Month = PRESENT,
    by: Literal["role", "verdict"] = "role",
    labelled: Collection[str] = (),
    others: bool = True,
) -> Any:
    """Draw each package by size and growth; above the dashed rule it outgrew the middle.

    Args:
        grown: One row a package. Columns: `package` String, `before`, `after` Int64 (downloads in
            30 days), `growth` Float64, and `by`: `role` (named by the article, or rival) or
            `verdict` (null where no claim names the package).
        middle: Growth of the middle package.
        start: The month divided by.
        end: The month divided.
        by: What colours tell.
        labelled: Packages to name first where there is not room for all.
        others: Name further packages where there is room.
    """
    rows = grown.with_columns(
        pl.col(by).cast(pl.String).fill_null(NO_CLAIM), millions=pl.col("after") / 1e6
    )
    first = pl.col("package").is_in(list(labelled)), pl.col(by) == "named", "after"
    rows = rows.sort(*first, descending=True)
    kinds = [kind for kind in KINDS[by] if kind in rows[by]]
    shades = [theme.color(KINDS[by][kind][0]) for kind in kinds]
    color = alt.Color(f"{by}:N").scale(domain=kinds, range=shades)
    # the grey of points is too light for words
    words = alt.Fill(f"{by}:N").scale(
        domain=kinds, range=[theme.words_color(shade) for shade in shades]
    )
    shape = alt.Shape(f"{by}:N").scale(domain=kinds, range=[KINDS[by][kind][1] for kind in kinds])
    key = alt.Legend(title=None, orient="top", columns=3, symbolOpacity=1)
    legend = key if by == "verdict" else None
    x = alt.X("millions:Q").title("million downloads").scale(type="log", padding=MARGIN, nice=False)
    y = alt.Y("growth:Q").title("times as many").scale(type="log", padding=MARGIN, nice=False)
    points = (
        alt.Chart(rows)
        .mark_point(size=70, opacity=0.9, filled=True)
        .encode(
            x=x.axis(log_axis(rows, "millions")),
            y=y.axis(log_axis(rows, "growth")),
            color=color.legend(legend),
            shape=shape.legend(legend),
            tooltip=[
                "package:N",
                alt.Tooltip("millions:Q", format=",.2f", title="million downloads"),
                alt.Tooltip("growth:Q", format=",.2f", title="times as many"),
                f"{by}:N",
            ],
        )
    )
    above = (rows["growth"] >= middle).sum()
    span = f"{wording.month_name(start)} to {wording.month_name(end)}"
    told = {"role": "in colour: named by the article", "verdict": "colour: worst verdict on it"}
    return theme.finish(
        alt.layer(
            level_rule(middle, color="text"),
            points,
            *_names(rows, middle, words, wanted=labelled, others=others),
        ).properties(height=SCATTER_HEIGHT),
        title=f"{above} of {len(rows)} grew at least as much as the middle package",
        subtitle=f"Downloads and growth, {span}, log scales; {told[by]}",
        source=f"{COUNTED}, {span}.",
    )


def _names(
    rows: pl.DataFrame, middle: float, words: alt.Fill, *, wanted: Collection[str], others: bool
) -> list[Any]:
    """Write the names that fit beside their points, chosen anew for page and phone."""
    layers = []
    said = f"middle package {wording.fold(middle)}"
    for width, test in ((560, f"width >= {WIDE}"), (270, f"width < {WIDE}")):
        shown = alt.ExprRef(f"{test} ? 1 : 0")
        size = width, SCATTER_HEIGHT - 100
        picture = Scatter(rows, x="millions", y="growth", size=size, rule=middle)
        places = picture.free_places(said, wanted=wanted)
        placed = rows.join(places, on="package", maintain_order="left")
        if not others:
            placed = placed.filter(pl.col("package").is_in(list(wanted)))
        for place in Place:
            here = placed.filter(place=place.name)
            if here.is_empty():
                continue
            base = alt.Chart(here).encode(x="millions:Q", y="growth:Q", text="package:N")
            halo, text = haloed(base, align=place.align, dx=place.dx, dy=place.dy, opacity=shown)
            layers += [halo, text.encode(fill=words.legend(None))]
        align, dy = picture.rule_corner(said).value
        at = pl.DataFrame({"level": [middle], "words": [said]})
        base = alt.Chart(at).encode(
            y="level:Q", text="words:N", x=alt.value(0 if align == "left" else alt.ExprRef("width"))
        )
        layers += haloed(base, align=align, dx=4 if align == "left" else -4, dy=dy, opacity=shown)
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
    scale = alt.Scale(
        domain=names.to_list(),
        range=theme.series_colors(order["package"].to_list()),
    )
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
    first = order["package"][0]
    fastest, factor = order.sort("growth").select("package", "growth").row(-1)
    is_both = first == fastest
    said = f"{first} is largest and" if is_both else f"{first} is largest, {fastest}"
    return theme.finish(
        chart,
        title=f"{said} grew most: {wording.fold(factor)}",
        subtitle=(
            f"Downloads in 30 days, {wording.month_name(start)} and {wording.month_name(end)}, "
            "log scale"
        ),
        source=f"{COUNTED}.",
    )
